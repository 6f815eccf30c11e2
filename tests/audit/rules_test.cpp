// Every member of every finding, rule by rule, and every branch on which it depends.

#include "found.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace authgrammar::audit;
using namespace authgrammar::audit::testing;
using authgrammar::field;
using authgrammar::name_of;
using texts = std::vector<std::string>;

/// The findings of one rule.
std::vector<found> of_rule(std::string_view id, const std::string& input, const known_facts& facts = {}) {
    std::vector<found> list;
    for (const found& f : findings_in(input, facts)) {
        if (f.id == id) list.push_back(f);
    }
    return list;
}

/// The one finding of one rule.
found the(std::string_view id, const std::string& input, const known_facts& facts = {}) {
    const auto list = of_rule(id, input, facts);
    EXPECT_EQ(list.size(), 1u) << id << " in " << input;
    return list.empty() ? found{} : list.front();
}

bool says(const found& f, std::string_view words) { return f.text.find(words) != std::string::npos; }

known_facts form_login() {
    known_facts facts;
    facts.form_login = true;
    return facts;
}

const std::array<field, 6> fields{field::www_authenticate,    field::authorization,
                                  field::proxy_authenticate,  field::proxy_authorization,
                                  field::authentication_info, field::proxy_authentication_info};

// Where each field is defined: RFC 9110, 11.6 and 11.7.
const std::map<field, std::string> sections{
    {field::www_authenticate, "RFC 9110, 11.6.1"},    {field::authorization, "RFC 9110, 11.6.2"},
    {field::authentication_info, "RFC 9110, 11.6.3"}, {field::proxy_authenticate, "RFC 9110, 11.7.1"},
    {field::proxy_authorization, "RFC 9110, 11.7.2"}, {field::proxy_authentication_info, "RFC 9110, 11.7.3"},
};

std::string line_of(field f, const std::string& value) { return std::string(name_of(f)) + ": " + value + "\n"; }

TEST(rules, a_finding_has_what_its_rule_says) {
    const found f = the("obs-fold", "WWW-Authenticate: A,\n B\n");
    const finding_rule* const rule = finding_rule_from_id("obs-fold");
    EXPECT_EQ(f.level, rule->level);
    EXPECT_EQ(f.section, rule->section);
    EXPECT_EQ(f.explanation, rule->explanation);
    EXPECT_TRUE(f.requirements.empty());
    const found once = the("param-repeated", "WWW-Authenticate: A b=1, b=2\n");
    EXPECT_EQ(once.requirements, (texts{"R7235-2.1-param-once", "R9110-11.2-param-once"}));
    EXPECT_EQ(name_of(severity::info), "info");
    EXPECT_EQ(name_of(severity::warning), "warning");
    EXPECT_EQ(name_of(severity::error), "error");
}

// By their place; where that is the same, in the order of the rules.
TEST(rules, findings_are_in_order) {
    const std::string page = "<form><input type=password></form>";
    EXPECT_EQ(ids_in("HTTP/1.1 401 X\r\n\r\n" + page, form_login()), (texts{"401-from-form-login"}));
    EXPECT_EQ(
        ids_in("HTTP/1.1 401 X\r\nstray\r\nProxy-Authenticate : A b=1,b=2,\r\n d=e\r\n\r\n"),
        (texts{"401-without-www-authenticate", "unreadable-line", "space-before-colon", "param-repeated", "obs-fold"}));
}

// Fields are judged one by one: whatever the first ones are, the last one is found.
TEST(rules, every_field_is_judged) {
    const std::vector<std::pair<std::string, std::string>> lines{
        {"syntax", "WWW-Authenticate: @\n"},
        {"empty-list-elements", "WWW-Authenticate: A,,B\n"},
        {"element-spans-lines", "WWW-Authenticate: A b=\"c\nWWW-Authenticate: d\"\n"},
        {"no-challenge", "WWW-Authenticate: \n"},
        {"param-repeated", "WWW-Authenticate: A b=1, b=2\n"},
        {"realm-as-token", "WWW-Authenticate: A realm=x\n"},
        {"unknown-scheme-first", "WWW-Authenticate: A, Basic realm=\"x\"\n"},
        {"obs-fold", "WWW-Authenticate: A,\n B\n"},
        {"space-before-colon", "WWW-Authenticate : A\n"},
        {"several-credentials", "Authorization: A b\nAuthorization: A b\n"},
        {"credentials-unsecured", "Authorization: A b\n"},
    };
    for (const auto& [id, last] : lines) {
        for (const std::string first : {"X: y\n", "Proxy-Authenticate: A\n", "Proxy-Authenticate: @\n",
                                        "Authentication-Info: a=b\n", "Proxy-Authorization: A b\n"}) {
            const std::string input = "GET http://a.test/ HTTP/1.1\n" + first + last;
            const field about = *authgrammar::field_from_name(last.substr(0, last.find_first_of(" :")));
            const auto list = of_rule(id, input);
            EXPECT_EQ(std::count_if(list.begin(), list.end(), [&](const found& f) { return f.about == about; }), 1)
                << id << " behind " << first;
        }
    }
}

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

TEST(several_credentials, all_places) {
    for (const field f : {field::authorization, field::proxy_authorization}) {
        const std::string name(name_of(f));
        const found two = the("several-credentials", name + ": A b\n" + name + " : C d\n");
        EXPECT_EQ(two.about, f);
        EXPECT_EQ(two.related, texts{name});
        EXPECT_EQ(two.text, name + " is sent in 2 field lines");
        EXPECT_EQ(two.offset, name.size() + 6) << "the second";
        const std::string three = name + ": A b\n" + name + ": C d\nX: y\n" + name + ": E f\n";
        EXPECT_EQ(the("several-credentials", three).related, (texts{name, name}));
        EXPECT_EQ(the("several-credentials", three).text, name + " is sent in 3 field lines");
        EXPECT_TRUE(of_rule("several-credentials", name + ": A b\n").empty());
    }
    EXPECT_TRUE(of_rule("several-credentials", "WWW-Authenticate: A\nWWW-Authenticate: B\n").empty());
    EXPECT_TRUE(of_rule("several-credentials", "Authentication-Info: a=b\nAuthentication-Info: c=d\n").empty());
}

TEST(obs_fold, all_places) {
    const found f = the("obs-fold", "WWW-Authenticate: A,\n B,\n\tC,\r\n  D\n");
    EXPECT_EQ(f.at, "\n ");
    EXPECT_EQ(f.related, (texts{"\n\t", "\r\n  "}));
    EXPECT_EQ(f.about, field::www_authenticate);
    EXPECT_TRUE(the("obs-fold", "WWW-Authenticate: A,\n B\n").related.empty());
    EXPECT_TRUE(of_rule("obs-fold", "X: A,\n B\n").empty()) << "fields that do not concern us";
    EXPECT_EQ(of_rule("obs-fold", "WWW-Authenticate: A,\n B\nAuthorization: A\n b\n").size(), 2u);
}

TEST(space_before_colon, all_places) {
    const found f = the("space-before-colon", "WWW-Authenticate \t: A\n");
    EXPECT_EQ(f.at, " \t");
    EXPECT_EQ(f.about, field::www_authenticate);
    EXPECT_TRUE(of_rule("space-before-colon", "X : A\n").empty());
    EXPECT_TRUE(of_rule("space-before-colon", "WWW-Authenticate: A\n").empty());
    EXPECT_EQ(of_rule("space-before-colon", "WWW-Authenticate : A\nAuthorization : A b\n").size(), 2u);
}

TEST(unreadable_line, all_places) {
    const auto list = of_rule("unreadable-line", "X: y\na\nZ: z\n: nameless\n");
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list[0].at, "a");
    EXPECT_EQ(list[0].text, "1 byte cannot be read as a field line");
    EXPECT_EQ(list[1].at, ": nameless");
    EXPECT_EQ(list[1].text, "10 bytes cannot be read as a field line");
    EXPECT_FALSE(list[0].about);
}

TEST(nothing_to_read, where_there_is_nothing) {
    for (const std::string input : {"", "\n", "* a remark of curl\n"}) {
        const found f = the("nothing-to-read", input);
        EXPECT_EQ(f.offset, 0u);
        EXPECT_EQ(f.at, "");
        EXPECT_FALSE(f.about);
    }
    for (const std::string input : {"X: y\n", "stray\n", "GET / HTTP/1.1\n", "HTTP/1.1 200\n"}) {
        EXPECT_TRUE(of_rule("nothing-to-read", input).empty()) << input;
    }
}

TEST(login_page_as_401, only_without_a_challenge) {
    const std::string page = "\r\n<form><input type=password></form>";
    const found f = the("login-page-as-401", "HTTP/1.1 401 X\r\nProxy-Authenticate: A\r\n" + page);
    EXPECT_EQ(f.about, field::www_authenticate);
    EXPECT_EQ(f.at, "HTTP/1.1 401 X");
    EXPECT_TRUE(of_rule("login-page-as-401", "HTTP/1.1 401 X\r\nWWW-Authenticate: A\r\n" + page).empty());
    EXPECT_TRUE(of_rule("login-page-as-401", "HTTP/1.1 401 X\r\n\r\n").empty());
    const found form = the("401-from-form-login", response(401, "WWW-Authenticate: A\r\n"), form_login());
    EXPECT_EQ(form.about, field::www_authenticate);
    EXPECT_EQ(form.at, "HTTP/1.1 401 X");
    const auto level = [](const std::string& lines) {
        return the("401-from-form-login", response(401, lines), form_login()).level;
    };
    EXPECT_EQ(form.level, severity::info) << "a valid challenge makes it a 401 by RFC 9110, 15.5.2";
    EXPECT_EQ(level("WWW-Authenticate: @\r\nWWW-Authenticate: A b=c\r\n"), severity::error)
        << "of one list, not in the grammar";
    for (const std::string lines : {"", "Proxy-Authenticate: A\r\n", "WWW-Authenticate: @\r\n",
                                    "WWW-Authenticate: ,\r\n", "WWW-Authenticate:\r\n"}) {
        EXPECT_EQ(level(lines), severity::error) << lines;
    }
    for (const int status : {200, 400, 402, 403}) {
        EXPECT_TRUE(of_rule("401-from-form-login", response(status, ""), form_login()).empty()) << status;
    }
    EXPECT_TRUE(of_rule("401-from-form-login", response(401, "")).empty());
    const message m = read_messages(response(401, "WWW-Authenticate: NTLM\r\n")).at(0);
    EXPECT_TRUE(judge(m, read_fields(m)).empty()) << "of which nothing else is known";
}

// Schemes that prove who sends the request, and schemes that give a secret away.
TEST(credentials_unsecured, by_scheme) {
    const auto sent = [](const std::string& credentials) {
        return the("credentials-unsecured", request("http://a.test/", "Authorization: " + credentials + "\r\n"));
    };
    for (const std::string proof :
         {"Digest", "NEGOTIATE", "ntlm", "HOBA", "SCRAM-SHA-256", "SCRAM-SHA-1", "Mutual", "Concealed"}) {
        const found f = sent(proof + " eA==");
        EXPECT_EQ(f.level, severity::info) << proof;
        EXPECT_TRUE(says(f, "a proof for this request")) << proof;
        EXPECT_TRUE(says(f, "to the server")) << proof;
        EXPECT_EQ(f.at, "Authorization");
        EXPECT_EQ(f.about, field::authorization);
    }
    for (const std::string secret : {"Basic", "Bearer", "DPoP", "Newauth", "Digests", "SCRAM-SHA"}) {
        const found f = sent(secret + " eA==");
        EXPECT_EQ(f.level, severity::warning) << secret;
        EXPECT_FALSE(says(f, "prove")) << secret;
    }
    EXPECT_TRUE(of_rule("credentials-unsecured", request("http://a.test/", "Authorization: @\r\n")).empty());
    EXPECT_TRUE(of_rule("credentials-unsecured", request("http://a.test/", "WWW-Authenticate: Basic\r\n")).empty());
    EXPECT_TRUE(of_rule("credentials-unsecured", request("https://a.test/", "Authorization: Basic eA==\r\n")).empty());
    EXPECT_TRUE(of_rule("credentials-unsecured", request("/", "Authorization: Basic eA==\r\n")).empty());
}

TEST(credentials_unsecured, by_field) {
    const std::string plain = "*   Trying 192.0.2.1:80...\n";
    const std::string tls = plain + "* SSL connection using TLSv1.3\n";
    const auto get = [](const std::string& line) { return "> GET https://a.test/ HTTP/1.1\n> " + line + "\n> \n"; };
    const found proxy = the("credentials-unsecured", plain + get("Proxy-Authorization: Basic eA=="));
    EXPECT_EQ(proxy.about, field::proxy_authorization);
    EXPECT_TRUE(says(proxy, "to the proxy"));
    EXPECT_EQ(proxy.level, severity::warning);
    EXPECT_TRUE(of_rule("credentials-unsecured", tls + get("Proxy-Authorization: Basic eA==")).empty());
    EXPECT_TRUE(of_rule("credentials-unsecured", plain + get("Authorization: Basic eA==")).empty())
        << "the target is https, whatever the connection to the proxy";
    EXPECT_TRUE(of_rule("credentials-unsecured", get("Proxy-Authorization: Basic eA==")).empty()) << "nothing tells";
    EXPECT_TRUE(of_rule("credentials-unsecured", plain + get("WWW-Authenticate: Basic realm=\"x\"")).empty());
}

// What needs two messages: where it points, and to what.
TEST(exchanges, both_places) {
    const std::string host = "Host: a\r\n";
    const std::string basic = "Authorization: Basic dTpw\r\n";
    const std::string asked = response(401, "WWW-Authenticate: Newauth, Basic realm=\"x\"\r\n");
    const found ahead = the("challenge-repeated", request("/", host + basic) + asked);
    EXPECT_EQ(ahead.about, field::www_authenticate);
    EXPECT_EQ(ahead.at, "Basic");
    EXPECT_EQ(ahead.related, texts{"Authorization"});
    EXPECT_TRUE(says(ahead, "answers the credentials with a challenge")) << ahead.text;
    EXPECT_EQ(ahead.section, "RFC 9110, 15.5.2");
    const std::string twofold =
        request("/", host + basic) + response(401, "WWW-Authenticate: Basic realm=\"x\", Basic\r\n");
    EXPECT_EQ(the("challenge-repeated", twofold).offset, twofold.find("Basic realm")) << "the first";
    const found again = the("challenge-repeated", request("/", host) + asked + request("/", host + basic) + asked);
    EXPECT_TRUE(says(again, "sends the challenge that the credentials answered again")) << again.text;
    const found proxy = the("challenge-repeated", request("/", host + "Proxy-Authorization: Basic dTpw\r\n") +
                                                      response(407, "Proxy-Authenticate: Basic realm=\"x\"\r\n"));
    EXPECT_EQ(proxy.about, field::proxy_authenticate);
    EXPECT_EQ(proxy.section, "RFC 9110, 15.5.8");
    EXPECT_EQ(proxy.related, texts{"Proxy-Authorization"});
    const std::string twice = request("/", host + basic) + asked + request("/", host + basic);
    const found sent_again = the("refused-credentials-again", twice);
    EXPECT_EQ(sent_again.about, field::authorization);
    EXPECT_EQ(sent_again.at, "Authorization");
    EXPECT_GT(sent_again.offset, twice.rfind("GET"));
    EXPECT_EQ(sent_again.related, texts{"Authorization"});
    EXPECT_TRUE(says(sent_again, "were rejected for the same target"));
    const found carried =
        the("credentials-after-redirect", request("/", host + basic) + response(302, "Location: http://b/\r\n") +
                                              request("/", "Host: b\r\n" + basic));
    EXPECT_EQ(carried.about, field::authorization);
    EXPECT_EQ(carried.at, "Authorization");
    EXPECT_EQ(carried.related, texts{"Authorization"});
    EXPECT_TRUE(says(carried, "the server that redirected here"));
    const std::string realms = request("/", host) + response(401, "WWW-Authenticate: Basic realm=\"x\"\r\n") +
                               request("/y", host) +
                               response(401, "WWW-Authenticate: A realm=\"y\", B, C realm=z, D realm=\"x\"\r\n");
    const auto list = of_rule("several-realms", realms);
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list[0].at, "y");
    EXPECT_EQ(list[1].at, "z");
    for (const found& f : list) {
        EXPECT_EQ(f.about, field::www_authenticate);
        EXPECT_EQ(f.related, texts{"x"});
        EXPECT_EQ(f.section, "RFC 9110, 17.16.3");
    }
    EXPECT_EQ(the("several-realms", request("/", host) + response(401, "WWW-Authenticate: Basic realm=\"x\"\r\n") +
                                        request("/y", host) +
                                        response(407, "Proxy-Authenticate: A\r\nWWW-Authenticate: A realm=\"y\"\r\n"))
                  .at,
              "y");
}

}  // namespace
