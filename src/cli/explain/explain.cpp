#include "commands.hpp"
#include "common/lines.hpp"
#include "decide/decide.hpp"
#include "explain/requirements.hpp"
#include "grammar/peg_rules.hpp"
#include "json/ndjson.hpp"
#include "shell/near_names.hpp"
#include "shell/terminal.hpp"

#include <authgrammar/audit/finding.hpp>
#include <authgrammar/audit/slip_kinds.hpp>
#include <authgrammar/audit/why.hpp>
#include <authgrammar/error.hpp>
#include <authgrammar/schemes/error.hpp>

#include <algorithm>
#include <limits>

namespace authlint {

namespace {

using authgrammar::audit::finding_rule;

void explain_finding(const finding_rule& rule, const palette& colours) {
    const auto row = [](std::string_view label, std::string_view text) {
        if (text.empty()) return;
        const std::string name(label);
        print("  " + name + std::string(7 - name.size(), ' ') + wrapped(text, 9) + "\n");
    };
    const auto example = [&colours](std::string_view title, std::string_view input) {
        print("\n  " + colours.faint(title) + "\n");
        while (!input.empty()) print("    " + printable(authgrammar::detail::take_until(input, '\n')) + "\n");
    };
    print(colours.bold(rule.id) + "  " + std::string(name_of(rule.level)) + ", a finding of authlint lint (" +
          std::string(name_of(rule.category)) + ")\n");
    print("  " + wrapped(rule.title, 2) + "\n\n");
    row("why", rule.explanation);
    row("peers", rule.peers);
    row("fix", rule.fix);
    row("level", rule.varies);
    row("needs", rule.needs);
    std::string sources(rule.section);
    for (const std::string_view id : rule.requirements) sources += "; " + std::string(id);
    if (rule.cwe != 0) sources += "; " + cwe_of(rule);
    row("see", sources);
    example(rule.options.empty() ? std::string("has it") : "has it, with " + std::string(rule.options), rule.violating);
    example("does not have it", rule.conforming);
}

void explain_cause(const authgrammar::audit::refusal_cause& cause, const palette& colours) {
    print(colours.bold(cause.id) + "  a cause that authlint why names\n");
    print("  " + wrapped(cause.title, 2) + "\n\n");
    print("  why   " + wrapped(cause.explanation, 8) + "\n");
    print("  fix   " + wrapped(cause.fix, 8) + "\n");
    std::string sources(cause.section);
    for (const std::string_view id : cause.requirements) sources += "; " + std::string(id);
    print("  see   " + wrapped(sources, 8) + "\n");
}

/// "RFC 7616, 3.4". The table has no number for sections of RFC 7235, and none of the discussion of 401 and 403.
std::string section_of(const requirement& r) {
    if (r.id[0] != 'R') return "the discussion of 401 and 403 on the mailing list of the HTTP working group";
    if (r.section.substr(0, 4) != "RFC ") return "RFC 7235, " + std::string(r.section);
    const std::size_t space = r.section.find(' ', 4);
    return std::string(r.section.substr(0, space)) + "," + std::string(r.section.substr(space));
}

void explain_requirement(const requirement& r, const palette& colours) {
    print(colours.bold(r.id) + "  a requirement: " + std::string(r.actor) + ", " + std::string(r.level) + "\n");
    print("  " + wrapped(r.text, 2) + "\n  see   " + section_of(r) + "\n");
}

/// The codes that `scheme --check` finds in samples, among others.
std::vector<authgrammar::schemes::scheme_error_code> all_scheme_errors() {
    using authgrammar::schemes::scheme_error_code;
    std::vector<scheme_error_code> out;
    for (int i = 1; i <= std::numeric_limits<std::uint8_t>::max(); ++i) {
        const auto code = static_cast<scheme_error_code>(i);
        if (name_of(code) != name_of(scheme_error_code::none)) out.push_back(code);
    }
    return out;
}

std::vector<std::string> all_names() {
    std::vector<std::string> names;
    for (const requirement& r : all_requirements()) names.emplace_back(r.id);
    for (const decide_error_description& e : all_decide_errors()) names.emplace_back(e.name);
    for (const finding_rule* rule : authgrammar::audit::all_finding_rules()) names.emplace_back(rule->id);
    for (const auto* cause : authgrammar::audit::all_refusal_causes()) names.emplace_back(cause->id);
    for (const auto& kind : authgrammar::audit::all_slip_kinds()) names.emplace_back(kind.id);
    for (const auto& e : authgrammar::all_errors()) names.emplace_back(e.name);
    for (const auto code : all_scheme_errors()) names.emplace_back(name_of(code));
    for (const auto& e : all_line_errors()) names.emplace_back(e.name);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
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
    print("\nCauses of a refusal, as authlint why names them:\n");
    for (const auto* cause : authgrammar::audit::all_refusal_causes()) row(cause->id, cause->title);
    print("\nMistakes in values, as --fix and JSON name them:\n");
    for (const auto& kind : authgrammar::audit::all_slip_kinds()) row(kind.id, kind.explanation);
    print("\nError codes of values and of the libraries:\n");
    for (const auto& e : authgrammar::all_errors()) row(e.name, e.explanation);
    print("\nError codes of what a scheme has in its values:\n");
    for (const auto code : all_scheme_errors()) row(name_of(code), authgrammar::schemes::explain(code));
    print("\nError codes of a line of NDJSON:\n");
    for (const auto& e : all_line_errors()) row(e.name, e.explanation);
    print("\nError codes of decide --json:\n");
    for (const decide_error_description& e : all_decide_errors()) row(e.name, e.explanation);
    print("\nRequirements:\n");
    for (const requirement& r : all_requirements()) row(r.id, r.text);
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
    if (const auto* cause = authgrammar::audit::refusal_cause_from_id(name)) {
        explain_cause(*cause, colours);
        found = true;
    }
    for (const auto& kind : authgrammar::audit::all_slip_kinds()) {
        if (kind.id != name) continue;
        print(colours.bold(name) + "  a mistake in a value, as --fix and JSON name it\n  " +
              wrapped(kind.explanation, 2) + "\n");
        found = true;
    }
    if (const auto code = authgrammar::error_code_from_name(name)) {
        print(colours.bold(name) + "  an error code of a value\n  " + wrapped(authgrammar::explain(*code), 2) + "\n");
        found = true;
    }
    for (const auto code : all_scheme_errors()) {
        if (name_of(code) != name) continue;
        print(colours.bold(name) + "  an error code of what a scheme has in its values\n  " +
              wrapped(authgrammar::schemes::explain(code), 2) + "\n");
        found = true;
    }
    for (const auto& e : all_line_errors()) {
        if (e.name != name) continue;
        print(colours.bold(name) + "  an error code of a line of NDJSON\n  " + wrapped(e.explanation, 2) + "\n");
        found = true;
    }
    for (const decide_error_description& e : all_decide_errors()) {
        if (e.name != name) continue;
        print(colours.bold(name) + "  an error code of decide --json\n  " + wrapped(e.explanation, 2) + "\n");
        found = true;
    }
    for (const requirement& r : all_requirements()) {
        if (r.id != name) continue;
        explain_requirement(r, colours);
        found = true;
    }
    if (const auto title = deviation_title(name); title && name.size() > 3) {
        print(colours.bold(name) + "  where the PEGTL grammar differs from the ABNF (grammar/deviations.md)\n  " +
              wrapped(*title, 2) + "\n");
        found = true;
    }
    if (found) return exit_clean;
    complain("no finding, cause, error code or requirement " + cut_name(name) + near_names(name, all_names()));
    return exit_unreadable;
}

}  // namespace

void add_explain(const command& program) {
    const command sub =
        program.add_command("explain", "explain a finding, an error code or a requirement; without CODE, list all");
    auto name = std::make_shared<std::string>();
    sub.add_option("CODE", *name, "the id of a finding or a requirement, or an error code").placeholder(" ");
    sub.action([name] { return explain(*name); });
}

}  // namespace authlint
