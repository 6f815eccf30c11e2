#include "commands.hpp"
#include "grammar/peg_rules.hpp"
#include "shell/near_names.hpp"
#include "shell/terminal.hpp"

#include <authgrammar/abnf/edition.hpp>
#include <authgrammar/edition.hpp>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <stdexcept>

namespace authlint {

namespace {

namespace abnf = authgrammar::abnf;

/// The rules of an edition, or of a scheme: of that only those that are its own.
struct edition_rules {
    std::string name;
    abnf::rule_set rules;
    bool of_scheme = false;

    [[nodiscard]] bool has(const abnf::rule& rule) const { return !of_scheme || abnf::is_scheme_rule(rule); }
};

/// A rule that is the same, ABNF and PEGTL, in all of `editions`.
struct shown_rule {
    std::vector<std::string_view> editions;
    const abnf::rule* text = nullptr;  ///< null for a helper of the PEGTL grammar
    const peg_rule* peg = nullptr;     ///< null if the PEGTL grammar has none
};

edition_rules load(std::string_view name, bool of_scheme, const std::optional<std::filesystem::path>& dir) {
    auto rules = of_scheme ? abnf::load_scheme(name, dir) : abnf::load_edition(name, dir);
    if (!rules) throw std::runtime_error(to_string(rules.failure()));
    return {std::string(name), std::move(rules).value(), of_scheme};
}

/// What `edition` and `scheme` name; all editions, then all schemes, if both are empty.
std::vector<edition_rules> load_named(const std::string& edition, const std::string& scheme,
                                      const std::optional<std::filesystem::path>& dir) {
    std::vector<edition_rules> out;
    const bool all = edition.empty() && scheme.empty();
    for (const abnf::edition_info& e : abnf::editions()) {
        if (all || edition == e.name) out.push_back(load(e.name, false, dir));
    }
    for (const abnf::edition_info& s : abnf::schemes()) {
        if (all || scheme == s.name) out.push_back(load(s.name, true, dir));
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
        if (found.text != nullptr && !e.has(*found.text)) found.text = nullptr;
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
    if (&meant != &rule) print(", also used by " + std::string(rule.file));
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
    for (const abnf::rule& r : e.rules.rules()) width = std::max(width, e.has(r) ? r.name.size() : 0);
    for (const abnf::rule& r : e.rules.rules()) {
        if (!e.has(r)) continue;
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

int run_grammar(const std::string& rule, const std::string& edition, const std::string& scheme,
                const std::optional<std::filesystem::path>& dir) {
    const palette colours = palette::for_stdout();
    const std::vector<edition_rules> editions = load_named(edition, scheme, dir);
    if (rule.empty()) {
        for (const edition_rules& e : editions) list_rules(e, colours);
        return exit_clean;
    }
    const std::vector<shown_rule> found = find_in(editions, rule);
    if (found.empty()) {
        const std::string where = edition + (edition.empty() || scheme.empty() ? "" : " and ") + scheme;
        complain("no rule " + cut_name(rule) + (where.empty() ? "" : " in " + where) +
                 near_names(rule, all_names(editions)));
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
        program.add_command("grammar", "show a rule: ABNF, RFC, PEGTL, deviations; without RULE, list all");
    struct arguments {
        std::string rule;
        std::string edition;
        std::string scheme;
        std::optional<std::filesystem::path> abnf;
    };
    auto a = std::make_shared<arguments>();
    std::vector<std::string> editions;
    for (const auto e : authgrammar::all_editions) editions.emplace_back(name_of(e));
    sub.add_option("RULE", a->rule, "the name of a rule, such as auth-param or challenge_in_list").placeholder(" ");
    sub.add_option("--edition,-e", a->edition, "rfc7235, rfc9110-recipient, rfc9110-sender (default: all)")
        .placeholder("EDITION")
        .one_of(editions);
    std::vector<std::string> schemes;
    for (const abnf::edition_info& s : abnf::schemes()) schemes.emplace_back(s.name);
    sub.add_option("--scheme,-s", a->scheme,
                   "the rules of one scheme: basic, bearer, digest or negotiate (default: all)")
        .placeholder("SCHEME")
        .one_of(schemes);
    sub.add_option("--abnf", a->abnf, "a folder with ABNF files to use instead of the built-in ones")
        .placeholder("DIR")
        .existing_directory();
    sub.action([a] { return run_grammar(a->rule, a->edition, a->scheme, a->abnf); });
}

}  // namespace authlint
