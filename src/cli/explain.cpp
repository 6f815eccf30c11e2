#include "commands.hpp"
#include "ndjson.hpp"
#include "near_names.hpp"
#include "terminal.hpp"

#include <authgrammar/audit/finding.hpp>
#include <authgrammar/error.hpp>

#include <algorithm>

namespace authlint {

namespace {

using authgrammar::audit::finding_rule;

void explain_finding(const finding_rule& rule, const palette& colours) {
    print(colours.bold(rule.id) + "  " + std::string(name_of(rule.level)) + ", a finding of authlint lint\n");
    print("  " + wrapped(rule.title, 2) + "\n\n");
    print("  why   " + wrapped(rule.explanation, 8) + "\n");
    print("  mend  " + wrapped(rule.mend, 8) + "\n");
    std::string sources(rule.section);
    for (const std::string_view id : rule.requirements) sources += "; " + std::string(id);
    print("  see   " + wrapped(sources, 8) + "\n");
}

std::vector<std::string> all_names() {
    std::vector<std::string> names;
    for (const finding_rule* rule : authgrammar::audit::all_finding_rules()) names.emplace_back(rule->id);
    for (const auto& e : authgrammar::all_errors()) names.emplace_back(e.name);
    for (const auto& e : all_line_errors()) names.emplace_back(e.name);
    return names;
}

void list_all(const palette& colours) {
    std::size_t width = 0;
    for (const std::string& name : all_names()) width = std::max(width, name.size());
    const auto row = [&](std::string_view name, std::string_view text) {
        print("  " + colours.bold(name) + std::string(width - name.size() + 2, ' ') + wrapped(text, width + 4, 110) +
              "\n");
    };
    print("Findings of authlint lint:\n");
    for (const finding_rule* rule : authgrammar::audit::all_finding_rules()) {
        row(rule->id, std::string(name_of(rule->level)) + ": " + std::string(rule->title));
    }
    print("\nError codes of a value, and of the libraries:\n");
    for (const auto& e : authgrammar::all_errors()) row(e.name, e.explanation);
    print("\nError codes of a line of NDJSON:\n");
    for (const auto& e : all_line_errors()) row(e.name, e.explanation);
}

int explain(const std::string& name) {
    const palette colours = palette::for_stdout();
    if (name.empty()) {
        list_all(colours);
        return exit_clean;
    }
    bool found = false;
    if (const finding_rule* rule = authgrammar::audit::finding_rule_from_id(name)) {
        explain_finding(*rule, colours);
        found = true;
    }
    if (const auto code = authgrammar::error_code_from_name(name)) {
        print(colours.bold(name) + "  an error code of a value\n  " + wrapped(authgrammar::explain(*code), 2) + "\n");
        found = true;
    }
    for (const auto& e : all_line_errors()) {
        if (e.name != name) continue;
        print(colours.bold(name) + "  an error code of a line of NDJSON\n  " + wrapped(e.explanation, 2) + "\n");
        found = true;
    }
    if (found) return exit_clean;
    complain("no finding or error code " + name + near_names(name, all_names()));
    return exit_unreadable;
}

}  // namespace

void add_explain(const command& program) {
    const command sub =
        program.add_command("explain", "say what a finding or an error code means; without CODE list all");
    auto name = std::make_shared<std::string>();
    sub.add_option("CODE", *name, "the id of a finding, or an error code").placeholder(" ");
    sub.action([name] { return explain(*name); });
}

}  // namespace authlint
