#ifndef AUTHGRAMMAR_TESTS_AUDIT_EXCHANGE_HPP
#define AUTHGRAMMAR_TESTS_AUDIT_EXCHANGE_HPP

#include <authgrammar/audit/conversation.hpp>
#include <authgrammar/audit/finding.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace authgrammar::audit::testing {

inline known_facts at(const char* url) {
    known_facts facts;
    facts.url = policy::read_target_uri(url);
    EXPECT_TRUE(facts.url.has_value()) << url;
    return facts;
}

/// The findings of the rules that are tested here, each with its severity and the number of its message.
inline std::vector<std::string> found_in(const std::string& input, const known_facts& facts = {}) {
    static const std::vector<std::string> tested{
        "login-page-as-401",         "401-from-form-login",        "credentials-unsecured", "challenge-repeated",
        "refused-credentials-again", "credentials-after-redirect", "several-realms"};
    std::vector<std::string> out;
    const std::vector<message> messages = read_messages(input);
    conversation all(facts);
    std::size_t number = 0;
    for (const message& each : messages) {
        const message m = each;  // which ends before the next one is looked at
        ++number;
        const auto fields = read_fields(m);
        std::size_t last = 0;
        for (const finding& f : judge(m, fields, all.next(m, fields))) {
            EXPECT_GE(f.at.offset, last) << "by their place in the input";
            last = f.at.offset;
            for (const span& s : f.related) EXPECT_LE(s.end(), input.size());
            const std::string id(f.rule->id);
            if (std::find(tested.begin(), tested.end(), id) == tested.end()) continue;
            out.push_back(std::to_string(number) + " " + std::string(name_of(f.level)) + " " + id);
        }
    }
    return out;
}

using ids = std::vector<std::string>;
inline const ids none;

inline std::string get(const std::string& target, const std::string& host, const std::string& more = "") {
    return "GET " + target + " HTTP/1.1\r\n" + (host.empty() ? "" : "Host: " + host + "\r\n") + more + "\r\n";
}
inline std::string answer(int status, const std::string& lines = "") {
    return "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Length: 0\r\n" + lines + "\r\n";
}
inline std::string challenge(const std::string& value) { return answer(401, "WWW-Authenticate: " + value + "\r\n"); }
inline std::string moved(const std::string& to) { return answer(307, "Location: " + to + "\r\n"); }
inline std::string with(const std::string& credentials) { return "Authorization: " + credentials + "\r\n"; }

}  // namespace authgrammar::audit::testing

#endif
