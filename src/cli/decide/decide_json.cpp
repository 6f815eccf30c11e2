#include "decide/decide.hpp"

#include "json/strict_json.hpp"

#include <authgrammar/authgrammar.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace authlint {

namespace {

namespace policy = authgrammar::policy;
using json = nlohmann::ordered_json;

/// A member of the form, and how many of the fact's values it may take: the library knows more than the form.
struct form_member {
    std::string_view name;
    std::size_t values;
};
constexpr std::array<form_member, 6> top_members{
    {{"hop", 3}, {"resource", 4}, {"existence", 2}, {"authentication", 2}, {"credentials", 6}, {"cause", 4}}};
constexpr std::array<form_member, 3> policy_members{{{"malformed", 2}, {"hide_with", 2}, {"login", 4}}};

std::string choices_of(const policy::fact& fact, std::size_t count) {
    std::string list;
    for (std::size_t i = 0; i < count; ++i) {
        if (i != 0) list += i + 1 == count ? " or " : ", ";
        list.append(fact.values[i]);
    }
    return list;
}

decide_error unknown_member(const std::string& name) {
    return {"unknown_member", {name}, "there is no fact " + json(name).dump(-1, ' ', true)};
}

/// Sets the fact from a value of the form. An error's code is empty if there is none.
decide_error set_fact(policy::facts& facts, const std::string& name, std::size_t count, const json& value,
                      bool number_allowed) {
    const policy::fact& fact = *policy::fact_from_name(name);
    std::string text;
    if (value.is_string()) text = value.get<std::string>();
    if (number_allowed && value.is_number_unsigned()) text = value.dump();
    const auto index = fact.index_of(text);
    if (!index || *index >= count) {
        return {"unknown_value", {name}, name + " is " + choices_of(fact, count) + ", not " + shown(value)};
    }
    fact.set(facts, *index);
    return {};
}

template <std::size_t N>
const form_member* find(const std::array<form_member, N>& members, const std::string& name) {
    const auto found =
        std::find_if(members.begin(), members.end(), [&](const form_member& m) { return m.name == name; });
    return found == members.end() ? nullptr : &*found;
}

decide_error read_policy(policy::facts& facts, const json& value) {
    if (!value.is_object()) return {"unknown_value", {"policy"}, "policy is an object, not " + shown(value)};
    for (const auto& [name, member] : value.items()) {
        const form_member* known = find(policy_members, name);
        if (known == nullptr) return unknown_member("policy." + name);
        decide_error e = set_fact(facts, "policy." + name, known->values, member, true);
        if (!e.code.empty()) return e;
    }
    return {};
}

decide_error read_member(policy::facts& facts, const std::string& name, const json& value) {
    if (name == "policy") return read_policy(facts, value);
    if (name == "forbidden") {
        if (!value.is_boolean()) {
            return {"unknown_value", {name}, "forbidden is true or false, not " + shown(value)};
        }
        facts.forbidden = value.get<bool>() ? policy::refusal::always : policy::refusal::no;
        return {};
    }
    const form_member* known = find(top_members, name);
    if (known == nullptr) return unknown_member(name);
    return set_fact(facts, name, known->values, value, false);
}

json send_as_json(const policy::outcome& o) {
    json send = json::object();
    send["WWW-Authenticate"] = name_of(o.www_authenticate);
    send["Proxy-Authenticate"] = name_of(o.proxy_authenticate);
    if (o.location != policy::sending::must_not) send["Location"] = name_of(o.location);
    return send;
}

json outcome_as_json(const policy::outcome& o, std::string_view offered) {
    json out = json::object();
    out["status"] = o.status;
    out["send"] = send_as_json(o);
    out["challenges"] = name_of(o.challenges);
    if (offered.empty()) return out;
    out["fields"] = json::object();
    if (const auto field = field_of(o, offered)) out["fields"][name_of(field->name)] = field->value;
    return out;
}

json reasons_as_json(const policy::outcome& o) {
    json list = json::array();
    for (const policy::reason& r : o.reasons) {
        list.push_back(json{{"requirement", r.requirement}, {"section", r.section}, {"text", r.text}});
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
    return {
        "missing_fact",
        {"resource"},
        "credentials without the resource that they are for: by default it would be public, whatever the credentials"};
}

std::variant<policy::facts, decide_error> read_facts(std::string_view text) {
    const strict_json read = read_strict_json(text);
    if (!read.repeated.empty()) return decide_error{"repeated_member", {read.repeated}, "the object has a fact twice"};
    if (!read.failure.empty()) return decide_error{"not_json", {}, read.failure};
    if (read.object.contains("credentials") && !read.object.contains("resource")) return resource_not_said();
    policy::facts facts(policy::resource_state{}, policy::credentials_state{});
    for (const auto& [name, value] : read.object.items()) {
        decide_error e = read_member(facts, name, value);
        if (!e.code.empty()) return e;
    }
    return facts;
}

std::optional<policy::challenge_field> field_of(const policy::outcome& o, std::string_view offered) {
    std::vector<authgrammar::event> memory(4 * offered.size() + 4);
    authgrammar::event_buffer events(memory.data(), memory.size());
    const auto read = authgrammar::parse_challenges(authgrammar::field::www_authenticate, offered, events);
    if (!read) return std::nullopt;
    return challenges_to_send(o, *read);
}

std::string decision_as_json(const policy::decision& d, std::string_view offered) {
    json out = outcome_as_json(d.answer.recommended, offered);
    json also = json::array();
    for (const policy::outcome& o : d.answer.also) {
        json other = outcome_as_json(o, offered);
        other["reasons"] = reasons_as_json(o);
        also.push_back(std::move(other));
    }
    out["also"] = std::move(also);
    out["reasons"] = reasons_as_json(d.answer.recommended);
    out["alike"] = d.answer.alike;
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
