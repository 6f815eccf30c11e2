#include "program.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace {

using authlint_test::outcome;
using authlint_test::run;
using nlohmann::json;

const std::string refused =
    "GET / HTTP/1.1\r\nHost: a.example\r\nAuthorization: Basic dXNlcjpodW50ZXIy\r\n\r\n"  // user:hunter2
    "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"r\"\r\nContent-Length: 0\r\n\r\n";

std::string write_file(const std::string& name, const std::string& bytes) {
    std::ofstream(name, std::ios::binary) << bytes;
    return name;
}

json why(std::vector<std::string> arguments, const std::string& input, int exit_code = 1) {
    arguments.insert(arguments.begin(), {"why", "--json"});
    const outcome result = run(arguments, input);
    EXPECT_EQ(result.exit_code, exit_code) << result.err;
    EXPECT_EQ(result.err, "");
    return json::parse(result.out);
}

std::string first_reason(const json& all) { return all["refusals"].at(0)["reasons"].at(0)["id"]; }
std::string how(const json& all) { return all["refusals"].at(0)["reasons"].at(0)["certainty"]; }

TEST(why, exit_codes) {
    EXPECT_EQ(run({"why"}, refused).exit_code, 1);
    const std::string accepted =
        "GET / HTTP/1.1\r\nHost: a.example\r\nAuthorization: Basic dXNlcjpw\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
        "0\r\n\r\n";
    const outcome clean = run({"why"}, accepted);
    EXPECT_EQ(clean.exit_code, 0);
    EXPECT_EQ(clean.out, "-\n  nothing was refused; 1 request with credentials was accepted\n");
    EXPECT_EQ(run({"why"}, "").exit_code, 1) << "nothing is not clean";
    EXPECT_EQ(run({"why", "no-such-file"}).exit_code, 2);
    EXPECT_EQ(run({"why", "--url", "a.example"}, refused).exit_code, 2);
    EXPECT_EQ(run({"why", "--password-file", "no-such-file"}, refused).exit_code, 2);
    EXPECT_EQ(run({"why", "--password-env", "AUTHLINT_NO_SUCH_VARIABLE"}, refused).exit_code, 2);
    EXPECT_EQ(run({"why", "--password-file", "-"}, refused).exit_code, 2) << "stdin has the messages";
    EXPECT_EQ(run({"why", "--password-file", "-", write_file("messages", refused)}, "hunter2\n").exit_code, 1);
    EXPECT_EQ(run({"why", "--password-file", "x", "--password-env", "HOME"}, refused).exit_code, 2);
    EXPECT_EQ(run({"why", "--password", "x"}, refused).exit_code, 2) << "a password is never an argument";
}

TEST(why, the_password_comes_from_a_file_or_the_environment) {
    EXPECT_EQ(how(why({}, refused)), "possible");
    for (const char* end : {"", "\n", "\r\n"}) {
        const std::string right = write_file("right", std::string("hunter2") + end);
        EXPECT_EQ(first_reason(why({"--password-file", right}, refused)), "refused-by-server");
        const std::string wrong = write_file("wrong", std::string("hunter3") + end);
        EXPECT_EQ(first_reason(why({"--password-file", wrong}, refused)), "wrong-password");
    }
    EXPECT_EQ(first_reason(why({"--password-file", write_file("two", "hunter2\n\n")}, refused)), "altered-password")
        << "one line end only is not part of it";
    ASSERT_EQ(setenv("AUTHLINT_TEST_PASSWORD", "hunter2", 1), 0);
    EXPECT_EQ(first_reason(why({"--password-env", "AUTHLINT_TEST_PASSWORD"}, refused)), "refused-by-server");
    EXPECT_EQ(first_reason(why({"--user", "User", "--password-env", "AUTHLINT_TEST_PASSWORD"}, refused)), "wrong-user");
}

TEST(why, a_hash_is_checked) {
    for (const char* bad : {"", "zq", "0123", "user:realm:xyz", "user:0123456789abcdef0123456789abcdef"}) {
        const outcome result = run({"why", "--ha1-file", write_file("bad", bad)}, refused);
        EXPECT_EQ(result.exit_code, 2) << bad;
        EXPECT_EQ(result.err.find(bad[0] == '\0' ? "xyz" : bad), std::string::npos) << "it may be a secret";
    }
    for (const char* good : {"0123456789abcdef0123456789ABCDEF\n", "\nuser:r:e:0123456789abcdef0123456789abcdef\n"}) {
        EXPECT_EQ(run({"why", "--ha1-file", write_file("good", good)}, refused).exit_code, 1) << good;
    }
}

TEST(why, json) {
    const json all = why({"--password-file", write_file("wrong", "other")}, refused);
    EXPECT_EQ(all["schema"], 1);
    EXPECT_EQ(all["inputs"], json::parse(R"([{"source": "-", "accepted": 0, "missing": []}])"));
    const json& r = all["refusals"].at(0);
    EXPECT_EQ(r["source"], "-");
    EXPECT_EQ(r["status"], 401);
    EXPECT_EQ(r["offset"], refused.find("HTTP/1.1 401"));
    EXPECT_EQ(r["request"], 0);
    EXPECT_EQ(r["field"], "Authorization");
    EXPECT_EQ(r["scheme"], "Basic");
    const json& reason = r["reasons"].at(0);
    EXPECT_EQ(reason["certainty"], "certain");
    EXPECT_EQ(reason["offset"], refused.find("dXNl"));
    EXPECT_EQ(reason["length"], 16);
    for (const char* member :
         {"id", "field", "related", "requirements", "section", "title", "text", "right", "explanation", "fix"}) {
        EXPECT_TRUE(reason.contains(member)) << member;
    }
}

TEST(why, secrets_are_never_shown) {
    const std::string right = write_file("right", "Zq7Xk9Wj3V");
    for (const char* format : {"text", "json"}) {
        for (const char* reveal : {"--loopback", "--reveal"}) {
            std::vector<std::string> arguments{"why", "--format", format, "--password-file", right};
            if (reveal == std::string("--reveal")) arguments.emplace_back(reveal);
            const outcome result = run(arguments, refused);
            EXPECT_EQ((result.out + result.err).find("Zq7X"), std::string::npos) << "the password that was given";
            const bool shown = result.out.find("dXNlcjpodW50ZXIy") != std::string::npos;
            EXPECT_EQ(shown, arguments.back() == "--reveal" && format == std::string("text"));
            EXPECT_EQ(result.out.find("hunter2"), std::string::npos);
        }
    }
}

TEST(why, lint_explains_too) {
    const outcome text = run({"lint", "--why"}, refused);
    EXPECT_NE(text.out.find("[wrong-password]"), std::string::npos);
    EXPECT_EQ(text.exit_code, run({"lint"}, refused).exit_code);
    const json all = json::parse(run({"lint", "--why", "--format", "json"}, refused).out);
    EXPECT_EQ(first_reason(all), "wrong-password");
    EXPECT_EQ(all["inputs"].size(), 1u);
    EXPECT_EQ(json::parse(run({"lint", "--why", "--format", "json"}, "").out)["inputs"][0]["missing"][0]["id"],
              "messages");
    EXPECT_FALSE(json::parse(run({"lint", "--format", "json"}, refused).out).contains("refusals"));
}

TEST(why, causes_are_explained) {
    const outcome result = run({"explain", "other-uri"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_NE(result.out.find("a cause that authlint why names"), std::string::npos);
    EXPECT_NE(run({"explain"}).out.find("\nCauses of a refusal"), std::string::npos);
}

/// Inputs from the field that ask for it.
TEST(why, cases_from_the_field) {
    const std::pair<const char*, const char*> cases[] = {{"01-unquoted-uri.http", "challenge-unreadable"},
                                                         {"04-one-bad-line-of-three.http", "challenge-unreadable"},
                                                         {"07-error-without-credentials.http", "no-credentials"},
                                                         {"14-digest-uri-without-query.http", "other-uri"},
                                                         {"16-scheme-twice.http", "malformed-credentials"},
                                                         {"17-token-without-scheme.http", "malformed-credentials"},
                                                         {"18-joined-twice.http", "malformed-credentials"},
                                                         {"19-base64-wrapped.http", "malformed-credentials"},
                                                         {"20-two-lines.http", "several-credentials"},
                                                         {"22-connect-answered-401.http", "asked-with-other-status"},
                                                         {"41-ntlm-and-close.txt", "connection-closed"},
                                                         {"42-proxy-credentials-forgotten.http", "no-credentials"},
                                                         {"44-qop-undefined.http", "qop-not-offered"},
                                                         {"45-quoted-qop-and-algorithm.http", "quoted-member"},
                                                         {"47-basic-not-encoded.http", "malformed-credentials"},
                                                         {"49-field-name-in-value.http", "malformed-credentials"},
                                                         {"50-preflight-401.http", "preflight"}};
    for (const auto& [name, cause] : cases) {
        const json all = why({AUTHGRAMMAR_SOURCE_DIR "/tests/audit/field/cases/" + std::string(name)}, "");
        ASSERT_EQ(all["refusals"].size(), 1u) << name;
        EXPECT_EQ(first_reason(all), cause) << name;
    }
}

/// The example of docs/audit.md is what authlint says.
TEST(why, the_guide_is_right) {
    std::ifstream file(AUTHGRAMMAR_SOURCE_DIR "/docs/audit.md");
    const std::string start = "    $ authlint why ";
    std::string line;
    while (std::getline(file, line) && line.rfind(start, 0) != 0) {
    }
    ASSERT_EQ(line.rfind(start, 0), 0u);
    const std::string name = line.substr(start.size());
    std::string shown;
    while (std::getline(file, line) && line.rfind("    ", 0) == 0) shown += line.substr(4) + "\n";
    std::ifstream input(AUTHGRAMMAR_SOURCE_DIR "/" + name, std::ios::binary);
    ASSERT_TRUE(input);
    std::stringstream bytes;
    bytes << input.rdbuf();
    const std::string said = run({"why"}, bytes.str()).out;
    EXPECT_EQ(name + said.substr(1), shown);
}

}  // namespace
