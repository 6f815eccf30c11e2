#include "program.hpp"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>

namespace {

using authlint_test::outcome;
using authlint_test::run;
using nlohmann::json;

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string file_with(const std::string& name, const std::string& bytes) {
    std::ofstream(name, std::ios::binary) << bytes;
    return name;
}

json lint_json(const std::string& input) { return json::parse(run({"lint", "--format", "json"}, input).out); }

TEST(lint, json_form) {
    const std::string input = "HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=x\r\n\r\n";
    const outcome result = run({"lint", "--format", "json"}, input);
    EXPECT_EQ(result.exit_code, 1);
    const json said = json::parse(result.out);
    EXPECT_EQ(said["schema"], 2);
    ASSERT_EQ(said["messages"].size(), 1U);
    const json& m = said["messages"][0];
    EXPECT_EQ(m["source"], "-");
    EXPECT_EQ(m["status"], 401);
    ASSERT_EQ(m["findings"].size(), 1U);
    const json& f = m["findings"][0];
    std::set<std::string> names;
    for (const auto& member : f.items()) names.insert(member.key());
    EXPECT_EQ(names, (std::set<std::string>{"id", "severity", "category", "field", "offset", "length", "requirements",
                                            "section", "cwe", "text", "fix", "line", "column", "code", "title", "what",
                                            "why", "excerpt", "fingerprint"}));
    EXPECT_EQ(f["id"], "realm-as-token");
    EXPECT_EQ(f["severity"], "warning");
    EXPECT_EQ(f["category"], "grammar");
    EXPECT_TRUE(f["cwe"].is_null());
    EXPECT_EQ(f["field"], "WWW-Authenticate");
    EXPECT_EQ(f["offset"], input.find("x\r\n\r\n"));
    EXPECT_EQ(f["length"], 1);
    EXPECT_EQ(f["requirements"], json({"R7235-2.2-realm-quoted", "R9110-11.5-realm"}));
    EXPECT_EQ(f["section"], "RFC 9110, 11.5");
    EXPECT_EQ(f["fix"]["value"], "Basic realm=\"x\"");
    EXPECT_EQ(f["fix"]["same_meaning"], true);
    EXPECT_EQ(f["fix"]["for_sending"], true);
    EXPECT_EQ(f["line"], 2);
    EXPECT_EQ(f["column"], 31);
    EXPECT_TRUE(f["code"].is_null());
    EXPECT_EQ(f["excerpt"], json({{"line", "WWW-Authenticate: Basic realm=x"}, {"mark", std::string(30, ' ') + "^"}}));
    EXPECT_EQ(f["fingerprint"], "realm-as-token in response 401, WWW-Authenticate: Basic realm=...");
    EXPECT_EQ(f["text"], f["what"].get<std::string>() + ". " + f["why"].get<std::string>() + " " +
                             f["fix"]["text"].get<std::string>());
    for (const char c : result.out) EXPECT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7F));
}

// Lines between messages belong to no header section, whatever was in memory for the message before.
TEST(lint, places_of_lines_between_messages) {
    std::string input;
    for (int i = 0; i < 3; ++i) input += "GET / HTTP/1.1\r\nHost: a\r\nA: b\r\n\r\n";
    input += "junk one\r\n\r\njunk two\r\n\r\n\r\njunk three\r\n";
    const std::vector<std::string> lines = authlint_test::lines_of(authlint_test::run({"lint"}, input).out);
    ASSERT_GT(lines.size(), 3u);
    EXPECT_EQ(lines[0].substr(0, 16), "-:13:1: warning:");
    EXPECT_EQ(lines[1].substr(0, 16), "-:15:1: warning:");
    EXPECT_EQ(lines[2].substr(0, 16), "-:18:1: warning:");
}

TEST(lint, json_redacts_the_corrected_value) {
    const std::string input = "Authorization: Basic user:pass\n";
    const json hidden = lint_json(input)["messages"][0]["findings"][0]["fix"];
    EXPECT_EQ(hidden["value"], "Basic <redacted>");
    EXPECT_EQ(hidden["same_meaning"], false);
    EXPECT_EQ(hidden["for_sending"], false);
    const json all = json::parse(run({"lint", "--format", "json", "--reveal"}, input).out);
    const json shown = all["messages"][0]["findings"][0]["fix"];
    EXPECT_EQ(shown["value"], "Basic dXNlcjpwYXNz");
    EXPECT_EQ(shown["for_sending"], true);
}

// What can be read of a value that is not valid is marked, and never called valid.
TEST(lint, json_marks_what_was_recovered) {
    const json said = lint_json(
        "HTTP/1.1 401 X\nWWW-Authenticate: Basic realm=\"x\" y\nWWW-Authenticate: Bearer realm=\"z\"\n"
        "Proxy-Authenticate: Basic realm=\"p\"\nAuthentication-Info: =\n\n");
    const json& fields = said["messages"][0]["fields"];
    ASSERT_EQ(fields.size(), 3U);
    EXPECT_EQ(fields[0]["field"], "WWW-Authenticate");
    EXPECT_EQ(fields[0]["lines"], 2);
    EXPECT_EQ(fields[0]["valid"], false);
    EXPECT_EQ(fields[0]["recovered"], true);
    EXPECT_EQ(fields[0].count("parsed"), 0U);
    ASSERT_EQ(fields[0]["readable"].size(), 1U);
    EXPECT_EQ(fields[0]["readable"][0]["scheme"], "Bearer");
    EXPECT_EQ(fields[0]["readable"][0]["params"][0]["value"], "z");
    EXPECT_EQ(fields[1], json::parse(R"({"field": "Proxy-Authenticate", "lines": 1, "valid": true, "parsed": [)"
                                     R"({"scheme": "Basic", "token68": null, "params": [)"
                                     R"({"name": "realm", "value": "p", "form": "quoted"}]}]})"));
    EXPECT_EQ(fields[2], json::parse(R"({"field": "Authentication-Info", "lines": 1, "valid": false})"));
    const json hidden =
        lint_json("Authorization: Bearer secret\nAuthorization: Bearer a b\n")["messages"][0]["fields"][0];
    EXPECT_EQ(hidden["recovered"], true);
    EXPECT_EQ(hidden["readable"][0]["token68"], "<redacted>");
}

TEST(lint, json_of_requests_and_bare_lines) {
    const json said = lint_json("GET / HTTP/1.1\nAuthorization: Bearer b\n\nno colon here\nHTTP/1.1 401 X\n");
    ASSERT_EQ(said["messages"].size(), 3U);
    EXPECT_TRUE(said["messages"][0]["status"].is_null());
    EXPECT_EQ(said["messages"][0]["findings"], json::array());
    EXPECT_EQ(said["messages"][1]["findings"][0]["id"], "unreadable-line");
    EXPECT_EQ(said["messages"][2]["status"], 401);
    const json junk = lint_json("no colon here\n");
    EXPECT_EQ(junk["messages"][0]["findings"][0]["id"], "unreadable-line");
    EXPECT_TRUE(junk["messages"][0]["findings"][0]["field"].is_null());
}

TEST(lint, verbose_shows_line_caret_and_fix) {
    const outcome result = run({"lint", "--verbose"}, "HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=abc\r\n");
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_TRUE(contains(result.out,
                         "  -:2:31: warning: a realm without quotes [realm-as-token]\n"
                         "        WWW-Authenticate: Basic realm=abc\n"
                         "                                      ^~~\n"))
        << result.out;
    EXPECT_TRUE(contains(result.out,
                         "      fix   Put the value in quotes.\n"
                         "      send  WWW-Authenticate: Basic realm=\"abc\"\n"));
    EXPECT_TRUE(contains(result.out, "RFC 9110, 11.5; R7235-2.2-realm-quoted; R9110-11.5-realm"));
    EXPECT_TRUE(contains(result.out, "1 file, 1 message, 1 authentication field: no errors, 1 warning\n"))
        << result.out;
}

TEST(lint, verbose_shows_both_places_of_a_repeated_parameter) {
    const outcome result = run({"lint", "--verbose"}, "WWW-Authenticate: A b=1,\n b=2\n");
    EXPECT_TRUE(contains(result.out, "-:2:2: error: a repeated parameter")) << result.out;
    EXPECT_TRUE(contains(result.out, "see also, line 1:\n")) << result.out;
}

TEST(lint, verbose_shows_earlier_messages_and_hides_their_secrets) {
    const std::string get = "GET / HTTP/1.1\nHost: a.example\nAuthorization: Basic ";
    const std::string refused = "HTTP/1.1 401 X\nContent-Length: 0\nWWW-Authenticate: Basic realm=\"x\"\n\n";
    const outcome result =
        run({"lint", "--verbose"}, get + "c2VjcmV0OnB3\n\n" + refused + get + "b3RoZXI6cHc=\n\n" + refused);
    EXPECT_EQ(result.exit_code, 0) << "for information only";
    EXPECT_TRUE(contains(result.out,
                         "  -:15:19: info: a new challenge in answer to credentials [challenge-repeated]\n"
                         "        WWW-Authenticate: Basic realm=\"x\"\n"
                         "                          ^~~~~\n"
                         "      see also, line 11:\n"
                         "        Authorization: Basic <redacted>\n"
                         "        ^~~~~~~~~~~~~\n"))
        << result.out;
    EXPECT_FALSE(contains(result.out, "c2Vj") || contains(result.out, "b3Ro"));
}

TEST(lint, url_and_form_login_are_facts) {
    const std::string dump = "GET / HTTP/1.1\nHost: a.example\nAuthorization: Basic dTpw\n\nHTTP/1.1 401 X\n";
    const auto ids = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"lint", "--format", "json"});
        std::set<std::string> out;
        const json said = json::parse(run(arguments, dump).out);
        for (const json& m : said["messages"]) {
            for (const json& f : m["findings"]) out.insert(f["id"].get<std::string>());
        }
        return out;
    };
    const std::string bare = "401-without-www-authenticate";
    EXPECT_EQ(ids({}), (std::set<std::string>{bare}));
    EXPECT_EQ(ids({"--url", "https://a.example/"}), (std::set<std::string>{bare}));
    EXPECT_EQ(ids({"--url", "http://a.example/"}), (std::set<std::string>{bare, "credentials-unsecured"}));
    EXPECT_EQ(ids({"--form-login"}), (std::set<std::string>{"401-from-form-login"}));
    for (const char* url : {"", "a.example", "ftp://a.example/", "https://a b/", "/path"}) {
        const outcome result = run({"lint", "--url", url}, dump);
        EXPECT_EQ(result.exit_code, 2) << url;
        EXPECT_EQ(result.out, "") << url;
    }
}

TEST(lint, loopback_counts_as_unsecured_on_request_only) {
    const std::string dump = "GET http://localhost/ HTTP/1.1\nAuthorization: Basic dTpw\n\n";
    EXPECT_EQ(run({"lint"}, dump).exit_code, 0);
    EXPECT_EQ(run({"lint", "--loopback"}, dump).exit_code, 1);
}

TEST(lint, practice_is_a_category) {
    const std::string dump = "GET / HTTP/2\nAuthorization: NTLM TlRMTVNTUAAB\n\n";
    const json f = lint_json(dump)["messages"][0]["findings"][0];
    EXPECT_EQ(f["id"], "handshake-over-http2");
    EXPECT_EQ(f["category"], "practice");
    EXPECT_EQ(f["requirements"], json::array());
}

TEST(lint, exit_codes) {
    EXPECT_EQ(run({"lint"}, "HTTP/1.1 401 X\nWWW-Authenticate: A\n").exit_code, 0);
    EXPECT_EQ(run({"lint"}, "WWW-Authenticate: A,,B\n").exit_code, 0);
    EXPECT_EQ(run({"lint"}, "HTTP/1.1 401 X\n").exit_code, 1);
    EXPECT_EQ(run({"lint"}, "WWW-Authenticate: A realm=b\n").exit_code, 1);
    EXPECT_EQ(run({"lint"}, "").exit_code, 1);
    EXPECT_EQ(run({"lint", "no such file"}).exit_code, 2);
    EXPECT_EQ(run({"lint", "."}).exit_code, 2);
    EXPECT_EQ(run({"lint", "--format", "xml"}).exit_code, 2);
    EXPECT_EQ(run({"lint", "-"}, "WWW-Authenticate: A\n").exit_code, 0);
}

TEST(lint, files_that_cannot_be_read_do_not_stop_the_others) {
    const std::string good = file_with("good.http", "WWW-Authenticate: Seen\n");
    const outcome text = run({"lint", "--verbose", "missing.http", ".", good});
    EXPECT_EQ(text.exit_code, 2);
    EXPECT_TRUE(contains(text.out, "Seen"));
    EXPECT_TRUE(contains(text.err, "missing.http: No such file or directory")) << text.err;
    EXPECT_TRUE(contains(text.err, ".: Is a directory")) << text.err;
    const outcome as_json = run({"lint", "--format", "json", good, "missing.http"});
    EXPECT_EQ(as_json.exit_code, 2);
    EXPECT_EQ(json::parse(as_json.out)["messages"].size(), 1U);
}

TEST(lint, any_file_name) {
    for (const char* name : {"[a,b]", "\xFF\xFE", "new\nline", "%%"}) {
        const std::string file = file_with(name, "WWW-Authenticate: A realm=b\n");
        const outcome text = run({"lint", file});
        EXPECT_EQ(text.exit_code, 1) << name;
        EXPECT_FALSE(contains(text.out, "new\nline"));
        EXPECT_EQ(json::parse(run({"lint", "--format", "json", file}).out)["messages"].size(), 1U);
    }
}

TEST(lint, any_bytes_get_an_answer) {
    std::string all_bytes;
    for (int i = 0; i < 65536; ++i) {
        all_bytes += static_cast<char>(i * 7 / 256);
        all_bytes += static_cast<char>(i);
    }
    const std::vector<std::string> inputs{
        std::string(1, '\0'),
        std::string("WWW-Authenticate: A\0b\r\n", 23),
        "WWW-Authenticate: A \x80=b\n",
        "WWW-Authenticate: A b=\"\rx\"\n",
        "WWW-Authenticate: A b=\"" + std::string(std::size_t{1} << 20, '\xFF') + "\"\n",
        "WWW-Authenticate: A b=\"" + std::string(std::size_t{1} << 20, 'x'),
        "Authorization: " + std::string(std::size_t{1} << 20, ','),
        "\x7F"
        "ELF" +
            all_bytes,
        all_bytes,
    };
    for (const std::string& input : inputs) {
        const outcome text = run({"lint", "--verbose"}, input);
        EXPECT_TRUE(text.exit_code == 0 || text.exit_code == 1) << text.exit_code;
        for (const char c : text.out) EXPECT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7F));
        const outcome as_json = run({"lint", "--format", "json"}, input);
        EXPECT_EQ(as_json.exit_code, text.exit_code);
        EXPECT_FALSE(json::parse(as_json.out)["messages"].empty());
    }
    EXPECT_EQ(run({"lint", AUTHLINT}).exit_code, 1);
}

/// Every capture is understood to its last line, and says what its provenance says.
TEST(lint, captures) {
    std::ifstream provenance(AUTHGRAMMAR_SOURCE_DIR "/corpus/captures/provenance.json");
    const json captures = json::parse(provenance)["captures"];
    ASSERT_GT(captures.size(), 50U);
    for (const json& capture : captures) {
        const std::string file = capture["file"];
        SCOPED_TRACE(file);
        const json said =
            json::parse(run({"lint", "--format", "json", AUTHGRAMMAR_SOURCE_DIR "/corpus/captures/" + file}).out);
        json statuses = json::array();
        for (const json& m : said["messages"]) {
            if (!m["status"].is_null()) statuses.push_back(m["status"]);
            for (const json& f : m["findings"]) EXPECT_NE(f["id"], "unreadable-line");
        }
        if (capture["kind"] == "response") {
            EXPECT_EQ(statuses, capture["statuses"]);
        }
    }
}

// What --fix prints has the same messages, read alike, without the findings that are only about form.
TEST(lint_fix, writes_values_as_a_sender_should) {
    const std::string input =
        "HTTP/1.1 401 X\r\nWWW-Authenticate: ,Basic realm = x,\r\n charset=UTF-8,\r\nX-Other: a\r\n b\r\n"
        "WWW-Authenticate: Digest realm=\"y\", nonce=n, qop=auth, algorithm=SHA-256\r\n\r\nbody";
    const outcome result = run({"lint", "--fix", "--reveal"}, input);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.out,
              "HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=\"x\", charset=UTF-8\r\nX-Other: a\r\n b\r\n"
              "WWW-Authenticate: Digest realm=\"y\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256\r\n\r\nbody");
    for (const char* said : {"-:2: fixed: realm is not quoted [realm-as-token]", "-:2: fixed: the field line is folded",
                             "-:2: fixed: white space around \"=\" of realm", "-:6: fixed: nonce is not quoted"}) {
        EXPECT_TRUE(contains(result.err, said)) << said << " in " << result.err;
    }
    EXPECT_FALSE(contains(result.err, "not fixed"));
    EXPECT_EQ(run({"lint"}, result.out).exit_code, 0);
}

TEST(lint_fix, leaves_what_it_would_have_to_guess) {
    const std::string input =
        "HTTP/1.1 401 X\nWWW-Authenticate: Basic realm=My Site\nWWW-Authenticate : Digest nonce='n'\n";
    const outcome result = run({"lint", "--fix"}, input);
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_EQ(result.out, input);
    EXPECT_TRUE(contains(result.err,
                         "[syntax]: recipients may reject the value, so its meaning is a guess; "
                         "perhaps Basic realm=\"My Site\"\n"))
        << result.err;
    EXPECT_TRUE(contains(result.err, "[space-before-colon]: ")) << result.err;
    EXPECT_TRUE(contains(result.err, "[apostrophes-as-quotes]: it would change what recipients read; perhaps "))
        << result.err;
}

// A line may mean something only together with the next one.
TEST(lint_fix, leaves_lines_that_are_not_whole) {
    const std::string input = "WWW-Authenticate: Digest ,\nWWW-Authenticate: realm=x, nonce=\"a\"\n";
    EXPECT_EQ(run({"lint", "--fix"}, input).out, input);
}

TEST(lint_fix, hides_secrets_and_says_so) {
    const std::string input =
        "> GET /a?b=s3cret HTTP/1.1\n> Host: h\n> Authorization: Digest username = s3cret, qop=\"auth\"\n"
        "> Cookie: s3cret\n>\n* s3cret\n< HTTP/1.1 200 OK\n< Content-Length: 6\n<\ns3cret\n";
    const outcome hidden = run({"lint", "--fix"}, input);
    EXPECT_EQ(hidden.out,
              "# Not for sending: secrets are replaced by <redacted>. --reveal prints them.\n"
              "> GET /a?b=<redacted> HTTP/1.1\n> Host: h\n> Authorization: Digest username=<redacted>, qop=auth\n"
              "> Cookie: <redacted>\n>\n<redacted>\n< HTTP/1.1 200 OK\n< Content-Length: 6\n<\n<redacted>\n");
    EXPECT_FALSE(contains(hidden.err, "s3cret"));
    const outcome shown = run({"lint", "--fix", "--reveal"}, input);
    EXPECT_TRUE(contains(shown.out, "> Authorization: Digest username=\"s3cret\", qop=auth\n")) << shown.out;
    EXPECT_FALSE(contains(shown.out, "Not for sending"));
}

TEST(lint_fix, json_has_the_text_and_the_notes) {
    const std::string input = "Authorization: Basic user:pass\nWWW-Authenticate: Basic realm=x\n";
    const json said = json::parse(run({"lint", "--fix", "--format", "json"}, input).out);
    ASSERT_EQ(said["fixed"].size(), 1U);
    const json& fixed = said["fixed"][0];
    EXPECT_EQ(fixed["source"], "-");
    EXPECT_EQ(fixed["text"], "Authorization: Basic <redacted>\nWWW-Authenticate: Basic realm=\"x\"\n");
    EXPECT_EQ(fixed["for_sending"], false);
    ASSERT_EQ(fixed["applied"].size(), 1U);
    EXPECT_EQ(fixed["applied"][0]["id"], "realm-as-token");
    ASSERT_EQ(fixed["not_applied"].size(), 1U);
    EXPECT_EQ(fixed["not_applied"][0]["id"], "syntax");
    EXPECT_EQ(fixed["not_applied"][0]["guess"], "Basic <redacted>");
    EXPECT_FALSE(lint_json(input).contains("fixed"));
}

}  // namespace
