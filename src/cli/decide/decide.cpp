#include "decide/decide.hpp"

#include "commands.hpp"
#include "common/field_text.hpp"
#include "shell/input.hpp"
#include "shell/known_names.hpp"
#include "shell/terminal.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

namespace authlint {

namespace {

namespace policy = authgrammar::policy;

struct decide_arguments {
    bool table = false;
    bool svg = false;
    std::string format = "text";
    std::vector<std::string> offered;
    decide_input input{{policy::resource_state{}, policy::credentials_state{}}};
};

/// What an answer is printed with.
struct shown_with {
    bool proxy = false;  ///< the answer is a proxy's
    std::string_view offered{};
    std::string_view scheme{};
};

/// "403; must not send WWW-Authenticate".
std::string summary_of(const policy::outcome& o, bool proxy, const palette& colours) {
    const policy::sending challenge = proxy ? o.proxy_authenticate : o.www_authenticate;
    std::string text = colours.bold(std::to_string(o.status)) + ", " + std::string(name_of(challenge)) + " send " +
                       (proxy ? "Proxy-Authenticate" : "WWW-Authenticate");
    if (o.challenges == policy::challenge_set::offered) text += " with one challenge or more";
    if (o.challenges == policy::challenge_set::next_round) text += " with the next round of the scheme";
    if (o.location == policy::sending::must) text += ", must send Location";
    if (o.upgrade == policy::sending::must) text += ", must send Upgrade";
    if (o.retry_after == policy::sending::may) text += ", may send Retry-After";
    return text;
}

/// What the challenge says of credentials, if the field is not printed anyway.
void print_errors(const policy::outcome& o, std::string_view scheme) {
    std::string list;
    for (const error_of_scheme& e : errors_of(o, scheme)) {
        list += (list.empty() ? "" : "; ") + std::string(e.scheme) + " " + std::string(e.says.param) + "=" +
                std::string(e.says.value);
        if (!e.says.with.empty()) list += " with " + std::string(e.says.with);
    }
    if (!list.empty()) print("    the challenge says: " + wrapped(list, 4) + "\n");
}

void print_fields(const policy::outcome& o, const shown_with& with) {
    if (const auto field = field_of(o, with.offered, with.scheme)) {
        print("    " + printable(std::string(name_of(field->name)) + ": " + field->value) + "\n");
    } else {
        print_errors(o, with.scheme);
    }
    if (!o.cache_control.empty()) print("    Cache-Control: " + std::string(o.cache_control) + "\n");
    if (!o.vary.empty()) print("    Vary: " + std::string(o.vary) + "\n");
}

void print_alike(const std::vector<std::string_view>& alike) {
    if (!alike.empty()) print("\nMust not differ in\n");
    for (const std::string_view text : alike) print("    " + wrapped(text, 4) + "\n");
}

void print_outcome(const policy::outcome& o, const shown_with& with, const palette& colours) {
    print_fields(o, with);
    for (const policy::reason& r : o.reasons) {
        print("    " + colours.cyan(r.requirement.empty() ? "practice" : r.requirement) + "  " +
              std::string(r.section) + "\n");
        print("      " + wrapped(r.text, 6) + "\n");
    }
}

void print_answer(const policy::answer& a, const shown_with& with) {
    const palette colours = palette::for_stdout();
    for (const policy::step& s : a.walk) {
        print(std::string(s.question) + " " + colours.bold(s.branch) +
              colours.faint("  [" + std::string(s.section) + "]") + "\n");
    }
    print("\nAnswer " + summary_of(a.recommended, with.proxy, colours) + "\n");
    print_outcome(a.recommended, with, colours);
    print_alike(a.alike);
    for (const policy::outcome& o : a.also) {
        print("\nAlso permitted: " + summary_of(o, with.proxy, colours) + "\n");
        print_outcome(o, with, colours);
        print_alike(o.alike);
    }
}

int answer(const decide_input& input, bool as_json, const std::string& offered = "") {
    const policy::facts& facts = input.facts;
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
        print(decision_as_json(d, offered, input.scheme) + "\n");
    } else {
        const bool proxy = facts.hop == policy::hop_role::proxy || facts.method == policy::request_method::connect;
        print_answer(d, {proxy, offered, input.scheme});
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
    const auto read = read_decide_input(*input.bytes);
    if (const auto* e = std::get_if<decide_error>(&read)) {
        print(error_as_json(*e) + "\n");
        return exit_unreadable;
    }
    return answer(std::get<decide_input>(read), true);
}

/// The challenges that are offered as one value, or nothing and a complaint if one cannot be sent.
std::optional<std::string> offered_by(const decide_arguments& a) {
    if (!a.offered.empty() && a.input.facts.authentication == policy::authentication_kind::form) {
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
    sub.add_flag("--table", a->table, "print all decisions as a Markdown table");
    sub.add_flag("--svg", a->svg, "print the decision tree as an SVG picture");
    facts_given.push_back(sub.add_option("--challenge", a->offered,
                                         "a challenge that the service offers; printed where the answer sends it")
                              .placeholder("VALUE")
                              .repeatable());
    facts_given.push_back(
        sub.add_option("--scheme", a->input.scheme, "the scheme of the credentials in the request: Bearer, Digest, ...")
            .placeholder("NAME")
            .suggest(known_schemes()));
    const form_option form =
        sub.add_form(a->format, {"text", "json"}, "text (default) or json; --json without facts reads them from stdin");
    for (const policy::fact& fact : policy::all_facts()) {
        std::vector<std::string> values(fact.values, fact.values + fact.value_count);
        std::string list;
        for (const std::string& v : values) list += (list.empty() ? "" : "|") + v;
        if (fact.name == "method") values.insert(values.end(), std::begin(other_methods), std::end(other_methods));
        const policy::fact* described = &fact;
        const auto set = [a, described](const std::string& value) {
            described->set(a->input.facts, *value_named(*described, value));
        };
        facts_given.push_back(sub.add_option(option_of(fact.name), set, std::string(fact.explanation))
                                  .placeholder(list)
                                  .group("Facts; the default is the first value")
                                  .one_of(values));
        by_name.emplace(fact.name, facts_given.back());
    }
    sub.action([a, form, facts_given, by_name] {
        const bool with_facts =
            std::any_of(facts_given.begin(), facts_given.end(), [](const option& o) { return o.given(); });
        if ((a->table && a->svg) || ((a->table || a->svg) && (with_facts || form.given()))) {
            complain("--table and --svg cannot be combined with each other, with facts, --format or --json");
            return static_cast<int>(exit_unreadable);
        }
        if (a->table || a->svg) {
            print(a->table ? table_as_markdown() : tree_as_svg());
            return static_cast<int>(exit_clean);
        }
        if (form.json.given() && !with_facts) return answer_stdin();
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
        return offered ? answer(a->input, a->format == "json", *offered) : exit_unreadable;
    });
}

}  // namespace authlint
