// Findings about values: every member of each, and every branch on which it depends.

#include "of_rule.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace {

using namespace authgrammar::audit;
using namespace authgrammar::audit::testing;
using authgrammar::field;
using authgrammar::name_of;
using texts = std::vector<std::string>;

// A value that is not in the grammar, in each field.
TEST(syntax, every_field) {
    const std::map<field, texts> requirements{
        {field::www_authenticate, {"R7235-4.1-syntax", "R9110-11.6.1-www-authenticate"}},
        {field::proxy_authenticate, {"R7235-4.3-syntax", "R9110-11.7.1-proxy-authenticate"}},
        {field::authorization, {"R7235-4.2-syntax"}},
        {field::proxy_authorization, {"R7235-4.4-syntax"}},
        {field::authentication_info, {"R7615-3-info", "R9110-11.6.3-authentication-info"}},
        {field::proxy_authentication_info, {"R7615-3-info", "R9110-11.7.3-proxy-authentication-info"}},
    };
    for (const field f : fields) {
        const found bad = the("syntax", line_of(f, "@x"));
        EXPECT_EQ(bad.about, f);
        EXPECT_EQ(bad.at, "@");
        EXPECT_EQ(bad.level, severity::error);
        EXPECT_EQ(bad.requirements, requirements.at(f)) << name_of(f);
        EXPECT_TRUE(says(bad, "at byte 0 of the value")) << bad.text;
        EXPECT_TRUE(says(bad, "expected ")) << bad.text;
        EXPECT_FALSE(bad.explanation.empty());
        EXPECT_EQ(bad.section.substr(0, 4), "RFC ");
        EXPECT_TRUE(of_rule("syntax", line_of(f, "a=b")).empty() == (kind_of(f) == authgrammar::field_kind::info));
    }
}

TEST(syntax, where) {
    const found middle = the("syntax", "WWW-Authenticate: A b=\"c\"d\n");
    EXPECT_EQ(middle.at, "d");
    EXPECT_TRUE(says(middle, "at byte 7")) << middle.text;
    const found end = the("syntax", "WWW-Authenticate: A b=\"c\n");
    EXPECT_EQ(end.at, "");
    EXPECT_EQ(end.offset, 24u) << "behind the value";
    EXPECT_TRUE(says(end, "at byte 6")) << end.text;
    EXPECT_NE(end.explanation, middle.explanation) << "each error has its own";
    // Lines without an error, and lines that are valid together, have none.
    EXPECT_EQ(of_rule("syntax", "WWW-Authenticate: A\nWWW-Authenticate: @\nWWW-Authenticate: B\n").size(), 1u);
    EXPECT_EQ(of_rule("syntax", "WWW-Authenticate: @\nWWW-Authenticate: @\n").size(), 2u);
    EXPECT_TRUE(of_rule("syntax", "WWW-Authenticate: A b=\"c\nWWW-Authenticate: d\"\n").empty());
    // Empty credentials are an error by themselves, not beside others.
    EXPECT_EQ(of_rule("syntax", "Authorization:\n").size(), 1u);
    EXPECT_EQ(of_rule("syntax", "Authorization:\nAuthorization: A b\nAuthorization: C d\n").size(), 0u);
    EXPECT_EQ(of_rule("syntax", "Authorization: @\nAuthorization: A b\n").size(), 1u);
    EXPECT_EQ(of_rule("syntax", "Authorization:\nAuthorization: @\n").size(), 1u);
}

TEST(empty_list_elements, the_first_is_shown) {
    const found f = the("empty-list-elements", "WWW-Authenticate: A\nWWW-Authenticate: , B,,\n");
    EXPECT_EQ(f.about, field::www_authenticate);
    EXPECT_EQ(f.at, ",");
    EXPECT_EQ(f.offset, 38u);
    EXPECT_TRUE(of_rule("empty-list-elements", "WWW-Authenticate: A, B\n").empty());
    EXPECT_TRUE(of_rule("empty-list-elements", "WWW-Authenticate: ,@\n").empty()) << "not in any grammar";
    const found at_end = the("empty-list-elements", "WWW-Authenticate: A,\n");
    EXPECT_EQ(at_end.offset, 20u);
    EXPECT_EQ(at_end.at, "") << "where the next element should be";
    EXPECT_EQ(the("empty-list-elements", "Authentication-Info: a=b,\n").about, field::authentication_info);
}

// The section is that of the field.
TEST(element_spans_lines, every_field) {
    for (const field f : fields) {
        const bool info = kind_of(f) == authgrammar::field_kind::info;
        const found spanning =
            the("element-spans-lines", line_of(f, info ? "b=\"c" : "A b=\"c") + line_of(f, "d") + line_of(f, "e\""));
        EXPECT_EQ(spanning.about, f);
        EXPECT_EQ(spanning.at, info ? "b=\"c" : "A b=\"c") << "the first line only";
        EXPECT_EQ(spanning.section, sections.at(f)) << name_of(f);
        EXPECT_TRUE(says(spanning, name_of(f))) << spanning.text;
    }
    const found second =
        the("element-spans-lines", "WWW-Authenticate: A\nWWW-Authenticate: B c=\"d\nWWW-Authenticate: e\"\n");
    EXPECT_EQ(second.at, "B c=\"d");
    EXPECT_TRUE(of_rule("element-spans-lines", "WWW-Authenticate: A\nWWW-Authenticate: B\n").empty());
    EXPECT_TRUE(of_rule("element-spans-lines", "WWW-Authenticate: A b=\"c\nWWW-Authenticate: @\n").empty());
}

TEST(unchallenged, by_status_and_field) {
    const std::string www = "WWW-Authenticate: A\r\n";
    const std::string proxy = "Proxy-Authenticate: A\r\n";
    const found f401 = the("401-without-www-authenticate", response(401, proxy));
    EXPECT_EQ(f401.about, field::www_authenticate);
    EXPECT_EQ(f401.at, "HTTP/1.1 401 X");
    EXPECT_EQ(f401.text, "this 401 has no WWW-Authenticate");
    const found f407 = the("407-without-proxy-authenticate", response(407, www));
    EXPECT_EQ(f407.about, field::proxy_authenticate);
    EXPECT_EQ(f407.text, "this 407 has no Proxy-Authenticate");
    for (const int status : {200, 400, 402, 403, 406, 408}) EXPECT_EQ(ids_in(response(status, "")), texts{}) << status;
    EXPECT_EQ(ids_in(response(401, www)), texts{});
    EXPECT_EQ(ids_in(response(407, proxy)), texts{});
    EXPECT_EQ(ids_in(response(401, www + proxy)), texts{});
    EXPECT_TRUE(of_rule("401-without-www-authenticate", response(401, "WWW-Authenticate: @\r\n")).empty());
}

// An empty field where it has to hold a challenge is an error, elsewhere a warning; each with its requirements.
TEST(no_challenge, by_status_and_field) {
    struct row {
        int status;
        field about;
        severity level;
        std::string section;
        texts requirements;
    };
    const texts www{"R7235-4.1-syntax", "R9110-11.6.1-www-authenticate"};
    const texts proxy{"R7235-4.3-syntax", "R9110-11.7.1-proxy-authenticate"};
    const auto with = [](texts list, const std::string& a, const std::string& b) {
        list.push_back(a);
        list.push_back(b);
        return list;
    };
    const row rows[]{
        {401, field::www_authenticate, severity::error, "RFC 9110, 15.5.2",
         with(www, "R7235-2.1-401-challenge", "R9110-15.5.2-401")},
        {407, field::proxy_authenticate, severity::error, "RFC 9110, 15.5.8",
         with(proxy, "R7235-2.1-407-challenge", "R9110-15.5.8-407")},
        {407, field::www_authenticate, severity::warning, "RFC 7235, 4.1", www},
        {401, field::proxy_authenticate, severity::warning, "RFC 9110, 11.7.1", proxy},
        {200, field::www_authenticate, severity::warning, "RFC 7235, 4.1", www},
        {200, field::proxy_authenticate, severity::warning, "RFC 9110, 11.7.1", proxy},
        {402, field::www_authenticate, severity::warning, "RFC 7235, 4.1", www},
        {406, field::proxy_authenticate, severity::warning, "RFC 9110, 11.7.1", proxy},
    };
    for (const row& r : rows) {
        for (const std::string value : {"", ","}) {
            const std::string name(name_of(r.about));
            const found f = the("no-challenge", response(r.status, name + ": " + value + "\r\n"));
            EXPECT_EQ(f.about, r.about);
            EXPECT_EQ(f.at, name) << "the first line's";
            EXPECT_EQ(f.level, r.level) << r.status << ' ' << name;
            EXPECT_EQ(f.section, r.section) << r.status << ' ' << name;
            EXPECT_EQ(f.requirements, r.requirements) << r.status << ' ' << name;
            EXPECT_TRUE(says(f, name + " is empty"));
        }
    }
    EXPECT_TRUE(of_rule("no-challenge", response(401, "WWW-Authenticate:\r\nWWW-Authenticate: A\r\n")).empty());
    EXPECT_TRUE(of_rule("no-challenge", response(401, "WWW-Authenticate: @\r\n")).empty());
    EXPECT_TRUE(of_rule("no-challenge", "Authentication-Info:\r\n").empty());
    EXPECT_EQ(the("no-challenge", response(401, "WWW-Authenticate:\r\nwww-authenticate:\r\n")).at, "WWW-Authenticate");
}

TEST(param_repeated, by_challenge_and_field) {
    const std::string input = "WWW-Authenticate: A b=1, c=2, B=3, D b=1, b=2\n";
    const auto list = of_rule("param-repeated", input);
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list[0].at, "B");
    EXPECT_EQ(list[0].related, texts{"b"});
    EXPECT_EQ(list[0].text, "the parameter B is repeated; the first one is at byte 20 of the input");
    EXPECT_EQ(list[1].at, "b");
    EXPECT_EQ(list[1].text, "the parameter b is repeated; the first one is at byte " +
                                std::to_string(input.find("D b=") + 2) + " of the input");
    EXPECT_TRUE(of_rule("param-repeated", "WWW-Authenticate: A b=1, b=2, @\n").empty()) << "not in the grammar";
    EXPECT_TRUE(of_rule("param-repeated", "WWW-Authenticate: A b=c, c=b\n").empty()) << "names, not values";
    const std::map<field, severity> levels{
        {field::www_authenticate, severity::error},      {field::authorization, severity::warning},
        {field::proxy_authenticate, severity::error},    {field::proxy_authorization, severity::warning},
        {field::authentication_info, severity::warning}, {field::proxy_authentication_info, severity::warning},
    };
    for (const auto& [f, level] : levels) {
        const std::string scheme = kind_of(f) == authgrammar::field_kind::info ? "" : "A ";
        const found repeated = the("param-repeated", line_of(f, scheme + "b=1, b=2"));
        EXPECT_EQ(repeated.level, level) << name_of(f);
        EXPECT_EQ(repeated.about, f);
    }
}

TEST(param_repeated, names_have_no_case) {
    for (char c = 'a'; c <= 'z'; ++c) {
        const std::string upper(1, static_cast<char>(c - 'a' + 'A'));
        const std::string value = "A " + std::string(1, c) + "=1, " + upper + "=2";
        EXPECT_EQ(of_rule("param-repeated", "WWW-Authenticate: " + value + "\n").size(), 1u) << value;
    }
    const std::string tchars = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz";
    std::string all = "A";
    for (const char c : tchars) all += (all == "A" ? " " : ", ") + std::string(1, c) + "=1";
    EXPECT_TRUE(of_rule("param-repeated", "WWW-Authenticate: " + all + "\n").empty());
}

TEST(realm_as_token, where_there_are_realms) {
    const found f = the("realm-as-token", "WWW-Authenticate: A b=c, REALM = d, e=f\n");
    EXPECT_EQ(f.at, "d");
    EXPECT_EQ(f.about, field::www_authenticate);
    EXPECT_EQ(the("realm-as-token", "Authorization: A realm=d\n").about, field::authorization);
    EXPECT_EQ(of_rule("realm-as-token", "WWW-Authenticate: A realm=d, B realm=e\n").size(), 2u);
    for (const std::string value :
         {"A realm=\"d\"", "A realms=d", "A b=realm", "A realm=\"d\", b=c", "A b=c", "A realm=d, @"}) {
        EXPECT_TRUE(of_rule("realm-as-token", "WWW-Authenticate: " + value + "\n").empty()) << value;
    }
    EXPECT_TRUE(of_rule("realm-as-token", "Authentication-Info: realm=d\n").empty()) << "no realm is sent there";
}

}  // namespace
