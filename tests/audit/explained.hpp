#ifndef AUTHGRAMMAR_TESTS_AUDIT_EXPLAINED_HPP
#define AUTHGRAMMAR_TESTS_AUDIT_EXPLAINED_HPP

#include <authgrammar/audit/why.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include "exchange.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::audit::testing {

/// The part of the input, in brackets; "[b#2]" is the second "b" of the input.
inline std::string quoted(const std::string& input, span s) {
    EXPECT_LE(s.end(), input.size());
    if (s.end() > input.size()) return "[?]";
    const std::string text = input.substr(s.offset, s.length);
    if (text.empty()) return "[]@" + std::to_string(s.offset);
    std::size_t number = 1;
    for (std::size_t at = input.find(text); at < s.offset; at = input.find(text, at + 1)) ++number;
    return "[" + text + (number == 1 ? "]" : "#" + std::to_string(number) + "]");
}

/// What a reason says: "certain other-uri [/a] beside [/b]: text => right". A field other than Authorization is named.
inline std::string described(const refusal_reason& r, const std::string& input) {
    std::string out = std::string(name_of(r.how)) + " " + std::string(r.cause->id) + " " + quoted(input, r.at);
    if (r.about && r.about != field::authorization) out += " of " + std::string(name_of(*r.about));
    if (!r.related.empty()) out += " beside";
    for (const span& s : r.related) out += " " + quoted(input, s);
    out += ": " + r.text;
    return r.right.empty() ? out : out + " => " + r.right;
}

inline std::string missing_in(const std::vector<missing_evidence>& list) {
    std::string out;
    for (const missing_evidence& m : list) out += "missing " + std::string(m.id) + "\n";
    return out;
}

/// Which refusal it is: "401 to GET, Authorization: Basic"; "-" for what the input does not hold.
inline std::string headed(const refusal& r) {
    std::string out = r.response == nullptr ? "-" : std::to_string(r.response->status.value_or(0));
    out += " to " + (r.request == nullptr ? "-" : std::string(r.request->method));
    out += ", " + (r.about ? std::string(name_of(*r.about)) : "-");
    return out + ": " + (r.scheme == nullptr ? "-" : std::string(r.scheme->name)) + "\n";
}

/// The reasons of the last refusal, and what is missing, a line each.
inline std::string last_explained(const std::string& input, const known_login& login = {}) {
    const std::vector<message> messages = read_messages(input);
    const refusals all = explain_refusals(messages, input, {}, login);
    if (all.refused.empty()) return "-\n" + missing_in(all.missing);
    std::string out;
    for (const refusal_reason& r : all.refused.back().reasons) out += described(r, input) + "\n";
    return out + missing_in(all.refused.back().missing);
}

/// All that is said of the messages: the refusals with their reasons, and of the input as a whole.
inline std::string all_explained(const std::string& input, const known_login& login = {}) {
    const std::vector<message> messages = read_messages(input);
    const refusals all = explain_refusals(messages, input, {}, login);
    std::string out;
    for (const refusal& refused : all.refused) {
        out += headed(refused);
        for (const refusal_reason& r : refused.reasons) out += "  " + described(r, input) + "\n";
        out += missing_in(refused.missing);
    }
    if (all.accepted != 0) out += "accepted " + std::to_string(all.accepted) + "\n";
    return out + missing_in(all.missing);
}

/// What is to be said of an input.
struct explanation {
    std::string input;
    std::string said;
};

inline void expect_last_explained(const std::vector<explanation>& all, const known_login& login = {}) {
    for (const explanation& each : all) EXPECT_EQ(last_explained(each.input, login), each.said) << each.input;
}

/// Credentials that a 401 with this challenge refuses; nothing was said before.
inline std::string refused(const std::string& credentials, const std::string& value) {
    return get("/", "a.example", with(credentials)) + challenge(value);
}

/// Credentials that answer the challenge, and are refused with it again, or with another one.
inline std::string refused_again(const std::string& credentials, const std::string& value,
                                 const std::string& after = {}) {
    return get("/", "a.example") + challenge(value) + refused(credentials, after.empty() ? value : after);
}

inline known_login login_of(const char* user, const char* password) {
    known_login login;
    if (user != nullptr) login.user = user;
    if (password != nullptr) login.password.emplace(password);
    return login;
}

}  // namespace authgrammar::audit::testing

#endif
