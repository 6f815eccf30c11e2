#include "decide/decide.hpp"

#include "json/strict_json.hpp"

#include <authgrammar/authgrammar.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace authlint {

namespace {

namespace policy = authgrammar::policy;
using json = nlohmann::ordered_json;

/// The members of the form that are facts by the name of the fact; "forbidden" has a form of its own.
constexpr std::string_view top_members[]{"hop",         "method", "resource", "existence", "authentication",
                                         "credentials", "cause"};
constexpr std::string_view policy_members[]{"malformed", "hide_with", "login", "optional"};
/// "no" and "yes" of the fact are the member "forbidden".
constexpr std::size_t first_cause_to_forbid = 2;

/// The values from the first one on: "a, b or c".
std::string choices_of(const policy::fact& fact, std::size_t first = 0) {
    std::string list;
    for (std::size_t i = first; i < fact.value_count; ++i) {
        if (i != first) list += i + 1 == fact.value_count ? " or " : ", ";
        list.append(fact.values[i]);
    }
    return list;
}

decide_error unknown_member(const std::string& name) {
    return {"unknown_member", {name}, "there is no fact of that name: " + shown(json(name))};
}

/// Sets the fact from a value of the form. An error's code is empty if there is none.
decide_error set_fact(policy::facts& facts, const std::string& name, const json& value, bool number_allowed) {
    const policy::fact& fact = *policy::fact_from_name(name);
    std::string text;
    if (value.is_string()) text = value.get<std::string>();
    if (number_allowed && value.is_number_unsigned()) text = value.dump();
    const auto index = value_named(fact, text);
    if (!index) {
        return {"unknown_value", {name}, name + " is " + choices_of(fact) + ", not " + shown(value)};
    }
    fact.set(facts, *index);
    return {};
}

template <std::size_t N>
bool is_one_of(const std::string_view (&members)[N], std::string_view name) {
    return std::find(std::begin(members), std::end(members), name) != std::end(members);
}

decide_error read_policy(policy::facts& facts, const json& value) {
    if (!value.is_object()) return {"unknown_value", {"policy"}, "policy is an object, not " + shown(value)};
    for (const auto& [name, member] : value.items()) {
        if (!is_one_of(policy_members, name)) return unknown_member("policy." + name);
        decide_error e = set_fact(facts, "policy." + name, member, true);
        if (!e.code.empty()) return e;
    }
    return {};
}

/// Reads "forbidden" and "forbidden_because", which are one fact.
decide_error read_refusal(policy::facts& facts, const json& object) {
    const bool says_whether = object.contains("forbidden");
    if (says_whether) {
        const json& whether = object["forbidden"];
        if (!whether.is_boolean()) {
            return {"unknown_value", {"forbidden"}, "forbidden is true or false, not " + shown(whether)};
        }
        facts.forbidden = whether.get<bool>() ? policy::refusal::always : policy::refusal::no;
    }
    if (!object.contains("forbidden_because")) return {};
    const json& cause = object["forbidden_because"];
    const policy::fact& fact = *policy::fact_from_name("forbidden");
    const auto index = fact.index_of(cause.is_string() ? cause.get<std::string>() : std::string());
    if (!index || *index < first_cause_to_forbid) {
        return {"unknown_value",
                {"forbidden_because"},
                "forbidden_because is " + choices_of(fact, first_cause_to_forbid) + ", not " + shown(cause)};
    }
    if (says_whether && facts.forbidden == policy::refusal::no) {
        return {"contradictory_facts",
                {"forbidden", "forbidden_because"},
                "forbidden_because needs a request that is forbidden."};
    }
    fact.set(facts, *index);
    return {};
}

bool is_scheme_name(std::string_view text) {
    std::array<authgrammar::event, 4> memory{};
    authgrammar::event_buffer events(memory.data(), memory.size());
    const auto read = authgrammar::parse_credentials(authgrammar::field::authorization, text, events);
    return read && read->scheme().raw() == text;
}

decide_error read_scheme_name(decide_input& input, const json& value) {
    const std::string name = value.is_string() ? value.get<std::string>() : std::string();
    if (!is_scheme_name(name)) {
        return {"unknown_value", {"scheme"}, "scheme is the name of an authentication scheme, not " + shown(value)};
    }
    input.scheme = name;
    return {};
}

decide_error read_member(decide_input& input, const std::string& name, const json& value) {
    if (name == "policy") return read_policy(input.facts, value);
    if (name == "scheme") return read_scheme_name(input, value);
    if (name == "forbidden" || name == "forbidden_because") return {};
    if (!is_one_of(top_members, name)) return unknown_member(name);
    return set_fact(input.facts, name, value, false);
}

json send_as_json(const policy::outcome& o) {
    json send = json::object();
    send["WWW-Authenticate"] = name_of(o.www_authenticate);
    send["Proxy-Authenticate"] = name_of(o.proxy_authenticate);
    if (o.location != policy::sending::must_not) send["Location"] = name_of(o.location);
    if (o.upgrade != policy::sending::must_not) send["Upgrade"] = name_of(o.upgrade);
    if (o.retry_after != policy::sending::must_not) send["Retry-After"] = name_of(o.retry_after);
    return send;
}

json cache_as_json(const policy::outcome& o) {
    json cache = json::object();
    if (!o.cache_control.empty()) cache["Cache-Control"] = o.cache_control;
    if (!o.vary.empty()) cache["Vary"] = o.vary;
    return cache;
}

json errors_as_json(const policy::outcome& o, std::string_view scheme) {
    json list = json::array();
    for (const error_of_scheme& e : errors_of(o, scheme)) {
        json one{{"scheme", e.scheme}, {"param", e.says.param}, {"value", e.says.value}};
        if (!e.says.with.empty()) one["with"] = e.says.with;
        one["section"] = e.says.section;
        list.push_back(std::move(one));
    }
    return list;
}

json outcome_as_json(const policy::outcome& o, std::string_view offered, std::string_view scheme) {
    json out = json::object();
    out["status"] = o.status;
    out["send"] = send_as_json(o);
    out["challenges"] = name_of(o.challenges);
    if (json errors = errors_as_json(o, scheme); !errors.empty()) out["errors"] = std::move(errors);
    if (json cache = cache_as_json(o); !cache.empty()) out["cache"] = std::move(cache);
    if (offered.empty()) return out;
    out["fields"] = json::object();
    if (const auto field = field_of(o, offered, scheme)) out["fields"][name_of(field->name)] = field->value;
    return out;
}

json reasons_as_json(const policy::outcome& o) {
    json list = json::array();
    for (const policy::reason& r : o.reasons) {
        list.push_back(json{{"requirement", r.requirement}, {"section", r.section}, {"text", r.text}});
        if (r.requirement.empty()) list.back()["category"] = "practice";
    }
    return list;
}

}  // namespace

const std::vector<decide_error_description>& all_decide_errors() {
    static const std::vector<decide_error_description> all{
        {"not_json", "The input is not one JSON object (RFC 8259)."},
        {"repeated_member", "The object has a member twice."},
        {"unknown_member", "The object has a member that is not a fact."},
        {"unknown_value", "A fact has an unknown value."},
        {"missing_fact", "The credentials are given, but not the resource that they are for."},
        {"contradictory_facts", "The facts cannot be true together."}};
    return all;
}

decide_error resource_not_said() {
    return {"missing_fact",
            {"resource"},
            "credentials are given, but not the resource that they are for: it would default to public, which ignores "
            "them"};
}

std::variant<decide_input, decide_error> read_decide_input(std::string_view text) {
    const strict_json read = read_strict_json(text);
    if (!read.repeated.empty()) return decide_error{"repeated_member", {read.repeated}, "a fact is given twice"};
    if (!read.failure.empty()) return decide_error{"not_json", {}, read.failure};
    if (read.object.contains("credentials") && !read.object.contains("resource")) return resource_not_said();
    decide_input input{{policy::resource_state{}, policy::credentials_state{}}};
    for (const auto& [name, value] : read.object.items()) {
        decide_error e = read_member(input, name, value);
        if (!e.code.empty()) return e;
    }
    decide_error e = read_refusal(input.facts, read.object);
    if (!e.code.empty()) return e;
    return input;
}

std::optional<std::uint8_t> value_named(const policy::fact& fact, std::string_view name) {
    const bool other = fact.name == "method" &&
                       std::find(std::begin(other_methods), std::end(other_methods), name) != std::end(other_methods);
    return other ? std::uint8_t{0} : fact.index_of(name);
}

std::vector<error_of_scheme> errors_of(const policy::outcome& o, std::string_view scheme) {
    std::vector<error_of_scheme> list;
    if (o.error == policy::challenge_error::none) return list;
    for (const authgrammar::schemes::scheme_description& s : authgrammar::schemes::all_schemes()) {
        if (!scheme.empty() && authgrammar::schemes::find_scheme(scheme) != &s) continue;
        if (const auto says = error_to_send(o, s.name)) list.push_back({s.name, *says});
    }
    return list;
}

std::optional<policy::challenge_field> field_of(const policy::outcome& o, std::string_view offered,
                                                std::string_view scheme) {
    std::vector<authgrammar::event> memory(4 * offered.size() + 4);
    authgrammar::event_buffer events(memory.data(), memory.size());
    const auto read = authgrammar::parse_challenges(authgrammar::field::www_authenticate, offered, events);
    if (!read) return std::nullopt;
    return challenges_to_send(o, *read, scheme);
}

std::string decision_as_json(const policy::decision& d, std::string_view offered, std::string_view scheme) {
    json out = outcome_as_json(d.recommended, offered, scheme);
    json also = json::array();
    for (const policy::outcome& o : d.also) {
        json other = outcome_as_json(o, offered, scheme);
        other["reasons"] = reasons_as_json(o);
        other["alike"] = o.alike;
        also.push_back(std::move(other));
    }
    out["also"] = std::move(also);
    out["reasons"] = reasons_as_json(d.recommended);
    out["alike"] = d.alike;
    return out.dump(-1, ' ', true, json::error_handler_t::replace);
}

decide_error error_of(const policy::decision& d) {
    decide_error e;
    e.code = "contradictory_facts";
    for (const policy::contradiction& c : d.contradictions) {
        for (std::size_t at = 0; at < c.names.size();) {
            const std::size_t end = std::min(c.names.find(", ", at), c.names.size());
            std::string name(c.names.substr(at, end - at));
            if (std::find(e.facts.begin(), e.facts.end(), name) == e.facts.end()) e.facts.push_back(std::move(name));
            at = end + 2;
        }
        if (!e.text.empty()) e.text += ' ';
        e.text.append(c.explanation);
    }
    return e;
}

std::string error_as_json(const decide_error& e) {
    return json{{"error", json{{"code", e.code}, {"facts", e.facts}, {"text", e.text}}}}.dump(
        -1, ' ', true, json::error_handler_t::replace);
}

}  // namespace authlint
