#include "commands.hpp"
#include "near_names.hpp"
#include "peg_rules.hpp"
#include "terminal.hpp"

#include <authgrammar/abnf/edition.hpp>
#include <authgrammar/edition.hpp>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <stdexcept>

namespace authlint {

namespace {

namespace abnf = authgrammar::abnf;

struct edition_rules {
    std::string name;
    abnf::rule_set rules;
};

/// A rule that is the same, ABNF and PEGTL, in all of `editions`.
struct shown_rule {
    std::vector<std::string_view> editions;
    const abnf::rule* text = nullptr;  ///< null for a helper of the PEGTL grammar
    const peg_rule* peg = nullptr;     ///< null if the PEGTL grammar has none
};

std::vector<edition_rules> load(const std::vector<std::string>& names,
                                const std::optional<std::filesystem::path>& dir) {
    std::vector<edition_rules> out;
    for (const std::string& name : names) {
        auto rules = abnf::load_edition(name, dir);
        if (!rules) throw std::runtime_error(to_string(rules.failure()));
        out.push_back({name, std::move(rules).value()});
    }
    return out;
}

/// "auth_param" and "auth-param" are both found.
const abnf::rule* find_abnf(const abnf::rule_set& rules, std::string name) {
    if (const abnf::rule* found = rules.find(name)) return found;
    std::replace(name.begin(), name.end(), '_', '-');
    return rules.find(name);
}

std::string place(const abnf::rule& rule) {
    if (rule.document.empty()) return rule.source;
    return rule.document + (rule.section.empty() ? "" : ", " + rule.section);
}

bool same(const shown_rule& a, const shown_rule& b) {
    if ((a.text == nullptr) != (b.text == nullptr) || a.peg != b.peg) return false;
    return a.text == nullptr || (a.text->text == b.text->text && place(*a.text) == place(*b.text));
}

std::vector<shown_rule> find_in(const std::vector<edition_rules>& editions, const std::string& name) {
    std::vector<shown_rule> out;
    for (const edition_rules& e : editions) {
        shown_rule found{{e.name}, find_abnf(e.rules, name), find_peg_rule(e.name, name)};
        if (found.text == nullptr && found.peg == nullptr) continue;
        const auto known = std::find_if(out.begin(), out.end(), [&](const shown_rule& r) { return same(r, found); });
        if (known == out.end()) {
            out.push_back(found);
        } else {
            known->editions.emplace_back(e.name);
        }
    }
    return out;
}

/// The lines of `text`, each after the first behind `indent` spaces.
std::string indented(std::string_view text, std::size_t indent) {
    std::string out;
    for (const char c : text) {
        if (c == '\r') continue;
        out += c;
        if (c == '\n') out.append(indent, ' ');
    }
    while (!out.empty() && (out.back() == ' ' || out.back() == '\n')) out.pop_back();
    return out;
}

void print_abnf(const abnf::rule& rule) {
    print("  ABNF        " + indented(rule.text, 14) + "\n");
    print("  in          " + place(rule) + "\n");
    if (!rule.import_text.empty()) print("  imported by " + indented(rule.import_text, 14) + "\n");
}

void print_peg(const peg_rule& rule) {
    const peg_rule& meant = resolve_alias(rule);
    print("  PEGTL       " + indented(meant.declaration, 14) + "\n");
    print("  in          authgrammar/grammar/" + std::string(meant.file));
    if (&meant != &rule) print(", taken over by " + std::string(rule.file));
    print("\n");
    std::string notes;
    for (const std::string_view l : meant.is_helper() ? meant.head : std::vector<std::string_view>{}) {
        notes += std::string(notes.empty() ? "" : " ") + std::string(l);
    }
    for (const std::string_view l : meant.notes) notes += std::string(notes.empty() ? "" : " ") + std::string(l);
    if (!notes.empty()) print("  note        " + wrapped(notes, 14) + "\n");
    for (const std::string_view id : meant.deviations) {
        const std::string title = deviation_title(id).value_or("");
        print("  deviation   " + std::string(id) + (title.empty() ? "" : "  " + wrapped(title, 20)) + "\n");
    }
    for (const std::string_view example : meant.accepts) print("  accepts     " + std::string(example) + "\n");
    for (const std::string_view example : meant.rejects) print("  rejects     " + std::string(example) + "\n");
}

void print_rule(const shown_rule& rule, const palette& colours) {
    std::string editions;
    for (const std::string_view e : rule.editions) editions += (editions.empty() ? "" : ", ") + std::string(e);
    const std::string name = rule.text != nullptr ? rule.text->name : std::string(rule.peg->name);
    print(colours.bold(name) + colours.faint("  (" + editions + ")") + "\n");
    if (rule.text != nullptr) print_abnf(*rule.text);
    if (rule.peg != nullptr) print_peg(*rule.peg);
}

void list_rules(const edition_rules& e, const palette& colours) {
    print("Rules of " + e.name + ". authlint grammar RULE shows one.\n");
    std::size_t width = 0;
    for (const abnf::rule& r : e.rules.rules()) width = std::max(width, r.name.size());
    for (const abnf::rule& r : e.rules.rules()) {
        print("  " + colours.bold(r.name) + std::string(width - r.name.size() + 2, ' ') + place(r) + "\n");
    }
}

std::vector<std::string> all_names(const std::vector<edition_rules>& editions) {
    std::vector<std::string> names;
    for (const edition_rules& e : editions) {
        for (const abnf::rule& r : e.rules.rules()) names.push_back(r.name);
    }
    for (const peg_rule& r : all_peg_rules()) {
        if (r.is_helper()) names.emplace_back(r.name);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

int run_grammar(const std::string& rule, const std::string& edition, const std::optional<std::filesystem::path>& dir) {
    const palette colours = palette::for_stdout();
    std::vector<std::string> names;
    for (const auto e : authgrammar::all_editions) {
        if (edition.empty() || edition == name_of(e)) names.emplace_back(name_of(e));
    }
    const std::vector<edition_rules> editions = load(names, dir);
    if (rule.empty()) {
        for (const edition_rules& e : editions) list_rules(e, colours);
        return exit_clean;
    }
    const std::vector<shown_rule> found = find_in(editions, rule);
    if (found.empty()) {
        complain("no rule " + rule + (edition.empty() ? "" : " in " + edition) + near_names(rule, all_names(editions)));
        return exit_unreadable;
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (i != 0) print("\n");
        print_rule(found[i], colours);
    }
    return exit_clean;
}

}  // namespace

void add_grammar(const command& program) {
    const command sub =
        program.add_command("grammar", "show a rule: ABNF, RFC, PEGTL, deviations; without RULE list all");
    struct arguments {
        std::string rule;
        std::string edition;
        std::optional<std::filesystem::path> abnf;
    };
    auto a = std::make_shared<arguments>();
    std::vector<std::string> editions;
    for (const auto e : authgrammar::all_editions) editions.emplace_back(name_of(e));
    sub.add_option("RULE", a->rule, "the name of a rule, auth-param or challenge_in_list for instance")
        .placeholder(" ");
    sub.add_option("--edition,-e", a->edition, "rfc7235, rfc9110-recipient, rfc9110-sender (default: all)")
        .placeholder("EDITION")
        .one_of(editions);
    sub.add_option("--abnf", a->abnf, "a folder whose ABNF files take the place of those built in")
        .placeholder("DIR")
        .existing_directory();
    sub.action([a] { return run_grammar(a->rule, a->edition, a->abnf); });
}

}  // namespace authlint
