#include "findings/findings_text.hpp"

#include "common/lines.hpp"
#include "common/wording.hpp"
#include "shell/terminal.hpp"

#include <authgrammar/audit/conversation.hpp>
#include <authgrammar/audit/finding.hpp>
#include <authgrammar/audit/message.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <vector>

namespace authlint {

namespace {

using authgrammar::audit::all_finding_rules;
using authgrammar::audit::cwe_of;
using authgrammar::audit::finding;
using authgrammar::audit::finding_rule;
using authgrammar::audit::rule_category;
using authgrammar::detail::words;
using nlohmann::ordered_json;

/// A category, and what the page says of its findings.
struct chapter {
    rule_category category;
    std::string_view about;
};
constexpr chapter chapters[] = {
    {rule_category::grammar,
     "How a value is written: what the grammar refuses, and what it accepts and was not meant."},
    {rule_category::scheme,
     "What one scheme says of its challenges and credentials, by the table of schemes (schemes.md)."},
    {rule_category::message, "One message by itself: its status code, its field lines, its framing, its URIs."},
    {rule_category::exchange,
     "A message beside those before it, or beside what the caller says. What it needs is listed; without it, nothing "
     "is "
     "said."},
    {rule_category::practice,
     "What rests on another source than an RFC. The source is named in place of a section. Never an error."},
};

/// What authlint says of the rule's own violating input: the text, and the bytes that the caret is under.
std::string said_of_example(const finding_rule& rule) {
    authgrammar::audit::known_facts facts;
    facts.form_login = rule.options == "--form-login";
    authgrammar::audit::conversation all(facts);
    const auto messages = authgrammar::audit::read_messages(rule.violating);
    for (const auto& m : messages) {
        const auto fields = read_fields(m);
        for (const finding& f : judge(m, fields, all.next(m, fields))) {
            if (f.rule != &rule) continue;
            const std::string_view at = rule.violating.substr(f.at.offset, f.at.length);
            return words(f.text, at.empty() ? "" : words(" (at `", printable_start(at, 40), "`)"));
        }
    }
    return {};
}

/// Each line of the input, printable.
std::string code_block(std::string_view input) {
    if (input.empty()) return "Nothing: an empty file.\n";
    std::string out = "```\n";
    while (!input.empty()) out += printable(authgrammar::detail::take_until(input, '\n')) + "\n";
    return out + "```\n";
}

void append_paragraph(std::string& out, std::string_view label, std::string_view text) {
    if (!text.empty()) out += words("- **", label, "**: ", text, "\n");
}

void append_section(std::string& out, const finding_rule& rule) {
    out += words("### ", rule.id, "\n\n", rule.title, "\n\n");
    std::string source = words(name_of(rule.level), "; ", rule.section);
    for (const std::string_view id : rule.requirements) source += words("; `", id, "`");
    if (rule.cwe != 0) {
        source +=
            words("; [", cwe_of(rule), "](https://cwe.mitre.org/data/definitions/", std::to_string(rule.cwe), ".html)");
    }
    out += source + "\n\n";
    append_paragraph(out, "Why", rule.explanation);
    append_paragraph(out, "What peers do", rule.peers);
    append_paragraph(out, "Fix", rule.fix);
    append_paragraph(out, "Other severities", rule.varies);
    append_paragraph(out, "Needs", rule.needs);
    const std::string options = rule.options.empty() ? "" : words(" with `", rule.options, "`");
    out += words("\nHas it", options, ": ", said_of_example(rule), "\n\n", code_block(rule.violating),
                 "\nDoes not have it:\n\n", code_block(rule.conforming), "\n");
}

std::vector<const finding_rule*> rules_of(rule_category c) {
    std::vector<const finding_rule*> rules;
    for (const finding_rule* rule : all_finding_rules()) {
        if (rule->category == c) rules.push_back(rule);
    }
    return rules;
}

ordered_json as_json(const finding_rule& rule) {
    ordered_json out;
    out["id"] = rule.id;
    out["severity"] = name_of(rule.level);
    out["category"] = name_of(rule.category);
    out["requirements"] = rule.requirements;
    out["section"] = rule.section;
    out["title"] = rule.title;
    out["why"] = rule.explanation;
    out["peers"] = rule.peers;
    out["fix"] = rule.fix;
    out["other_severities"] = rule.varies;
    out["needs"] = rule.needs;
    out["cwe"] = rule.cwe == 0 ? ordered_json(nullptr) : ordered_json(cwe_of(rule));
    out["options"] = rule.options;
    out["violating"] = rule.violating;
    out["conforming"] = rule.conforming;
    return out;
}

}  // namespace

std::string findings_as_text() {
    std::size_t width = 0;
    for (const finding_rule* rule : all_finding_rules()) width = std::max(width, rule->id.size());
    std::string out;
    const auto padded = [](std::string_view text, std::size_t to) {
        return words(text, std::string(to - text.size() + 2, ' '));
    };
    for (const chapter& c : chapters) {
        for (const finding_rule* rule : rules_of(c.category)) {
            out += padded(rule->id, width) + padded(name_of(rule->level), 7) + padded(name_of(rule->category), 8);
            out += words(rule->title, "\n");
        }
    }
    return out;
}

std::string findings_as_json() {
    ordered_json out;
    out["schema"] = 1;
    out["findings"] = ordered_json::array();
    for (const finding_rule* rule : all_finding_rules()) out["findings"].push_back(as_json(*rule));
    return out.dump(2, ' ', true, ordered_json::error_handler_t::replace) + "\n";
}

std::string findings_as_markdown() {
    std::string out = words(
        "# Findings of authlint lint\n\nMade by `authlint findings --table` from the declarations in "
        "`src/audit/rules`. All "
        "examples are run by a test.\nThere are ",
        std::to_string(all_finding_rules().size()),
        " findings. Secrets in the examples are made up.\n\n"
        "| id | severity | category | section | CWE | what it finds |\n|---|---|---|---|---|---|\n");
    for (const chapter& c : chapters) {
        for (const finding_rule* rule : rules_of(c.category)) {
            out +=
                words("| [`", rule->id, "`](#", rule->id, ") | ", name_of(rule->level), " | ", name_of(rule->category),
                      " | ", rule->section, " | ", cwe_of(*rule), " | ", rule->title, " |\n");
        }
    }
    for (const chapter& c : chapters) {
        out += words("\n## ", name_of(c.category), "\n\n", c.about, "\n\n");
        for (const finding_rule* rule : rules_of(c.category)) append_section(out, *rule);
    }
    out.pop_back();  // the empty line behind the last section
    return out;
}

}  // namespace authlint
