// Values that go on in the lines after their field line: base64 from an encoder that breaks lines, and pasted text.

#include "found.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace {

using namespace authgrammar;
using namespace authgrammar::audit::testing;
using texts = std::vector<std::string>;

const std::string first_base64 = "dXNlcjphLXZlcnktbG9uZy1tYWRlLXVwLXBhc3N3b3JkLXRoYXQtZ29lcy1vdmVyLWEtbGlu";
const std::string rest_base64 = "ZS1vZi1iYXNlNjQ=";

struct broken {
    std::string lines;
    std::optional<std::string> corrected;
};

/// The finding of a message with these field lines, if it is the only one.
const audit::finding* only_finding(const std::vector<audit::finding>& all, const std::string& lines) {
    EXPECT_EQ(all.size(), 1U) << lines;
    if (all.size() != 1) return nullptr;
    EXPECT_EQ(all[0].rule->id, "value-broken-into-lines") << lines;
    return &all[0];
}

TEST(broken_value, is_one_finding_at_the_field) {
    const broken all[] = {
        {"Authorization: Basic " + first_base64 + "\n" + rest_base64, "Basic " + first_base64 + rest_base64},
        {"Authorization: Basic " + first_base64 + "\r\n" + rest_base64.substr(0, 8) + "\r\n" + rest_base64.substr(8),
         "Basic " + first_base64 + rest_base64},
        {"Proxy-Authorization: Basic dXNlcjpwYXNzd29y\nZA==", "Basic dXNlcjpwYXNzd29yZA=="},
        {"WWW-Authenticate: Negotiate " + std::string(64, 'a') + "\nYWJj", std::nullopt},
        {"Authorization: Bearer eyJhbGciOiJub25lIn0.\neyJzdWIiOiJ4In0.c2ln",
         "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln"},
        {"WWW-Authenticate: Digest realm=\"x\",\nnonce=\"y\",\nqop=\"auth\"", std::nullopt},
        {"WWW-Authenticate: Digest realm=\"x\"\nnonce=\"y\"", std::nullopt},
        {"WWW-Authenticate: Basic realm=\"x\"\nDigest realm=\"y\"", std::nullopt},
        {"Authorization: Digest username=\"u\",\nrealm=\"r\"", "Digest username=\"u\", realm=\"r\""},
        {"Authorization: Digest username=\"u\"\n,realm=\"r\"", "Digest username=\"u\" ,realm=\"r\""},
        {"Authentication-Info: nextnonce=\"a\",\nqop=auth", "nextnonce=\"a\", qop=auth"},
        {"WWW-Authenticate: Bearer error_description=\"The token\nis not good\"", std::nullopt},
        {"WWW-Authenticate: Digest realm=\"x\"\n,nonce=\"y\"", std::nullopt},
        {"WWW-Authenticate: Bearer error_description=\"C:\\\n\"x\"", std::nullopt},
        {"Authorization: Bearer eyJ0.e30\n.c2ln", "Bearer eyJ0.e30.c2ln"},
        {"Authorization: Bearer " + std::string(32, 'a') + "\nbcd", "Bearer " + std::string(32, 'a') + "bcd"},
        {"Authorization: Bearer abc\ndef=", "Bearer abcdef="},
    };
    for (const broken& each : all) {
        const bool of_request = each.lines.find("uthorization: ") != std::string::npos;
        const std::string start = of_request ? "GET / HTTP/1.1\n" : "HTTP/1.1 200 OK\n";
        const auto messages = audit::read_messages(start + each.lines + "\nX: y\n\n");
        ASSERT_EQ(messages.size(), 1U);
        const auto found = audit::judge(messages[0], audit::read_fields(messages[0]));
        const audit::finding* const one = only_finding(found, each.lines);
        if (one == nullptr) continue;
        EXPECT_EQ(one->corrected ? std::optional(*one->corrected) : std::nullopt, each.corrected) << each.lines;
        EXPECT_EQ(one->about, messages[0].lines[0].known) << each.lines;
        EXPECT_EQ(one->at.offset, messages[0].lines[0].value.source_of(0)) << each.lines;
        EXPECT_EQ(one->related.size(), 1U);
    }
}

TEST(broken_value, unrelated_lines_stay_unreadable) {
    const std::string all[] = {
        "Authorization: Basic dXNlcjpwYXNz\nhello",
        "Authorization: Bearer tok-1\nhello world",
        "Authorization: Bearer " + std::string(31, 'a') + "\nbcd",
        "Authorization: Bearer abc\ndef",
        "Authorization: Bearer eyJ0.e30.c2ln\nhello",
        "Authorization: Bearer eyJ0.e30\nabc",
        "Authorization: Bearer abc.def\n.ghi",
        "Authorization: Bearer eyJ0\n.e30.c2ln.x",
        "Authorization: Bearer " + std::string(64, 'a') + "\n%PDF",
        "Authorization: Basic dXNlcjpwYXNzdw==\nZA==",
        "WWW-Authenticate: Basic realm=\"x\"\nno field line",
        "WWW-Authenticate: Basic realm=\"x\"\n--8<--",
        "X: " + first_base64 + "\n" + rest_base64,
        "Authorization: Basic " + first_base64 + "\nX: y\n" + rest_base64,
    };
    for (const std::string& lines : all) EXPECT_EQ(ids_in(lines + "\n"), texts{"unreadable-line"}) << lines;
}

TEST(broken_value, curl_marks_each_line) {
    EXPECT_EQ(ids_in("> GET / HTTP/1.1\n> Authorization: Basic " + first_base64 + "\n> " + rest_base64 +
                     "\n> Host: a\n> \n< HTTP/1.1 200 OK\n< \n"),
              texts{"value-broken-into-lines"});
}

TEST(broken_value, shows_no_secret) {
    for (const found& f : findings_in("Authorization: Basic " + first_base64 + "\n" + rest_base64 + "\n")) {
        EXPECT_EQ(f.text.find(rest_base64.substr(0, 4)), std::string::npos);
        EXPECT_EQ(f.at, "Basic " + first_base64);
        EXPECT_EQ(f.related, texts{rest_base64});
    }
}

}  // namespace
