#include "decide/decide.hpp"

#include "commands.hpp"
#include "common/field_text.hpp"
#include "shell/input.hpp"
#include "shell/terminal.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

namespace authlint {

namespace {

namespace policy = authgrammar::policy;

struct decide_arguments {
    bool json = false;
    bool table = false;
    bool svg = false;
    std::string format = "text";
    std::vector<std::string> offered;
    policy::facts facts{policy::resource_state{}, policy::credentials_state{}};
};

/// "403; must not send WWW-Authenticate".
std::string summary_of(const policy::outcome& o, policy::hop_role hop, const palette& colours) {
    const bool proxy = hop == policy::hop_role::proxy;
    const policy::sending challenge = proxy ? o.proxy_authenticate : o.www_authenticate;
    std::string text = colours.bold(std::to_string(o.status)) + ", " + std::string(name_of(challenge)) + " send " +
                       (proxy ? "Proxy-Authenticate" : "WWW-Authenticate");
    if (o.challenges == policy::challenge_set::offered) text += " with one challenge or more";
    if (o.challenges == policy::challenge_set::next_round) text += " with the next round of the scheme";
    if (o.location == policy::sending::must) text += ", must send Location";
    return text;
}

void print_reasons(const policy::outcome& o, const std::string& offered, const palette& colours) {
    if (const auto field = field_of(o, offered)) {
        print("    " + printable(std::string(name_of(field->name)) + ": " + field->value) + "\n");
    }
    for (const policy::reason& r : o.reasons) {
        print("    " + colours.cyan(r.requirement) + "  " + std::string(r.section) + "\n");
        print("      " + wrapped(r.text, 6) + "\n");
    }
}

void print_answer(const policy::answer& a, const policy::facts& f, const std::string& offered) {
    const palette colours = palette::for_stdout();
    for (const policy::step& s : a.walk) {
        print(std::string(s.question) + " " + colours.bold(s.branch) +
              colours.faint("  [" + std::string(s.section) + "]") + "\n");
    }
    print("\nAnswer " + summary_of(a.recommended, f.hop, colours) + "\n");
    print_reasons(a.recommended, offered, colours);
    for (const policy::outcome& o : a.also) {
        print("\nAlso permitted: " + summary_of(o, f.hop, colours) + "\n");
        print_reasons(o, offered, colours);
    }
    if (!a.alike.empty()) print("\nMust not differ in\n");
    for (const std::string_view text : a.alike) print("    " + wrapped(text, 4) + "\n");
}

int answer(const policy::facts& facts, bool as_json, const std::string& offered = "") {
    const policy::decision d = decide(facts);
    if (!d) {
        const decide_error e = error_of(d);
        if (as_json) {
            print(error_as_json(e) + "\n");
        } else {
            std::string names;
            for (const std::string& name : e.facts) names += (names.empty() ? "" : ", ") + name;
            complain("these facts cannot be true together (" + names + "): " + e.text);
        }
        return exit_unreadable;
    }
    if (as_json) {
        print(decision_as_json(d, offered) + "\n");
    } else {
        print_answer(d.answer, facts, offered);
    }
    return exit_clean;
}

int answer_stdin() {
    announce_terminal_input("a JSON object with the facts");
    const input_text input = read_input("-");
    if (!input.bytes) {
        complain("stdin: " + input.failure);
        return exit_unreadable;
    }
    const auto read = read_facts(*input.bytes);
    if (const auto* e = std::get_if<decide_error>(&read)) {
        print(error_as_json(*e) + "\n");
        return exit_unreadable;
    }
    return answer(std::get<policy::facts>(read), true);
}

/// The challenges that are offered as one value, or nothing and a complaint if one cannot be sent.
std::optional<std::string> offered_by(const decide_arguments& a) {
    if (!a.offered.empty() && a.facts.authentication == policy::authentication_kind::form) {
        complain("a service with only a login form has no challenge to offer");
        return std::nullopt;
    }
    for (const std::string& value : a.offered) {
        policy::outcome asks;
        asks.challenges = policy::challenge_set::offered;
        if (!field_of(asks, value)) {
            complain("--challenge takes a value of WWW-Authenticate; authlint parse shows what is wrong with it");
            return std::nullopt;
        }
    }
    return authgrammar::detail::joined(a.offered);
}

/// "policy.hide_with" is --hide-with.
std::string option_of(std::string_view name) {
    std::string text = "--";
    text.append(name.substr(name.find('.') + 1));
    for (char& c : text) {
        if (c == '_') c = '-';
    }
    return text;
}

}  // namespace

void add_decide(const command& program) {
    const command sub =
        program.add_command("decide", "say which status code to answer with (401, 403, 404, 407, ...), and why");
    auto a = std::make_shared<decide_arguments>();
    std::vector<option> facts_given;
    std::map<std::string, option> by_name;
    sub.add_flag("--json", a->json, "read the facts from stdin, as JSON; answer in JSON");
    sub.add_flag("--table", a->table, "print all decisions as a Markdown table");
    sub.add_flag("--svg", a->svg, "print the decision tree as an SVG picture");
    facts_given.push_back(sub.add_option("--challenge", a->offered,
                                         "a challenge that the service offers; printed where the answer sends it")
                              .placeholder("VALUE")
                              .repeatable());
    const option format =
        sub.add_option("--format", a->format, "text (default) or json").placeholder("FORMAT").one_of({"text", "json"});
    for (const policy::fact& fact : policy::all_facts()) {
        std::vector<std::string> values(fact.values, fact.values + fact.value_count);
        std::string list;
        for (const std::string& v : values) list += (list.empty() ? "" : "|") + v;
        const policy::fact* described = &fact;
        const auto set = [a, described](const std::string& value) {
            described->set(a->facts, *described->index_of(value));
        };
        facts_given.push_back(sub.add_option(option_of(fact.name), set, std::string(fact.explanation))
                                  .placeholder(list)
                                  .group("Facts; the default is the first value")
                                  .one_of(values));
        by_name.emplace(fact.name, facts_given.back());
    }
    sub.action([a, format, facts_given, by_name] {
        const bool with_facts = format.given() || std::any_of(facts_given.begin(), facts_given.end(),
                                                              [](const option& o) { return o.given(); });
        const int modes = int{a->json} + int{a->table} + int{a->svg};
        if (modes > 1 || (modes == 1 && with_facts)) {
            complain("--json, --table and --svg cannot be combined with each other, with facts or with --format");
            return static_cast<int>(exit_unreadable);
        }
        if (a->table || a->svg) {
            print(a->table ? table_as_markdown() : tree_as_svg());
            return static_cast<int>(exit_clean);
        }
        if (a->json) return answer_stdin();
        if (by_name.at("credentials").given() && !by_name.at("resource").given()) {
            const decide_error e = resource_not_said();
            if (a->format == "json") {
                print(error_as_json(e) + "\n");
            } else {
                complain(e.text);
            }
            return static_cast<int>(exit_unreadable);
        }
        const std::optional<std::string> offered = offered_by(*a);
        return offered ? answer(a->facts, a->format == "json", *offered) : exit_unreadable;
    });
}

}  // namespace authlint
