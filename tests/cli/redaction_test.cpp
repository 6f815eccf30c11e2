#include "program.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

namespace {

using authlint_test::answers;
using authlint_test::json_bytes;
using authlint_test::outcome;
using authlint_test::run;

// No piece of four bytes of it occurs in what authlint says of its own.
const std::string secret = "Zq7Xk9Wj3Vv5Yh1Qz8Kx2Jw6";

void expect_hidden(const std::string& text, const std::string& context) {
    for (std::size_t i = 0; i + 4 <= secret.size(); ++i) {
        const std::size_t at = text.find(secret.substr(i, 4));
        EXPECT_EQ(at, std::string::npos) << context << "\n"
                                         << text.substr(std::max<std::size_t>(at, 2000) - 2000, 4000);
    }
}

const std::vector<std::string>& field_names() {
    static const std::vector<std::string> names{"Authorization", "Proxy-Authorization", "Authentication-Info",
                                                "Proxy-Authentication-Info"};
    return names;
}

/// Values that hold the secret somewhere, valid ones and all sorts of broken ones.
std::vector<std::string> values() {
    const std::string& s = secret;
    return {"Basic " + s,
            "Basic " + s + "==",
            "Bearer " + s + "/" + s,
            "Digest username=\"" + s + "\", realm=" + s,
            "nextnonce=\"" + s + "\", rspauth=" + s,
            "Digest username=\"" + s,
            "Digest username=\"" + s + "\\",
            "Digest username=\"a\"" + s,
            "Digest a=b " + s,
            "Digest a=b, \"" + s + "\"",
            "Basic " + s + ":" + s,
            "Basic " + s + "=" + s + "==",
            "Basic " + s + ", Basic " + s,
            "Basic " + s + " " + s,
            "Basic a" + s + "\t" + s,
            "\"" + s + "\"",
            "(" + s,
            "Basic \x01" + s,
            "Basic " + s + std::string(1, '\0') + s,
            "Basic\t" + s,
            "Digest response=" + s + "\x80",
            "Digest response=\x7F" + s,
            "Digest response = " + s + ";" + s,
            "a=\"b\" " + s,
            "a=" + s + "\"",
            "Digest a=" + s + ",,, b=\"" + s + "\" x",
            s,
            s + " a",
            s + " a=b",
            s + "=1",
            s + "=1, " + s + "=2",
            "Basic " + s + "=1",
            "Digest " + s + "=1, " + s + "=2, qop=" + s,
            "Digest qop=\"" + s + "\", nc=" + s + ", algorithm=" + s + ", userhash=" + s,
            "Basic a, " + s};
}

TEST(redaction, ndjson) {
    std::vector<std::string> questions;
    for (const std::string& name : field_names()) {
        for (const std::string& value : values()) {
            const std::string start = R"({"field": ")" + name + "\", ";
            questions.push_back(start + R"("value": )" + json_bytes(value) + "}");
            questions.push_back(start + R"("values": [)" + json_bytes(value) + ", " + json_bytes(value) + "]}");
        }
    }
    for (const char* engine : {"tokenizer", "pegtl", "reference"}) {
        for (const char* edition : {"rfc7235", "rfc9110-recipient", "rfc9110-sender"}) {
            const auto said = answers(questions, {"--engine", engine, "--edition", edition});
            for (std::size_t i = 0; i < said.size(); ++i) expect_hidden(said[i], questions[i]);
        }
    }
}

TEST(redaction, parse) {
    for (const std::string& name : field_names()) {
        for (const std::string& value : values()) {
            if (value.find('\0') != std::string::npos) continue;
            for (const std::vector<std::string>& more : std::vector<std::vector<std::string>>{
                     {}, {"--engine", "pegtl"}, {"-e", "rfc7235"}, {"-e", "rfc9110-sender"}, {value}}) {
                std::vector<std::string> arguments{"parse", "-f", name, value};
                arguments.insert(arguments.end(), more.begin(), more.end());
                const outcome text = run(arguments);
                expect_hidden(text.out + text.err, name + ": " + value);
                EXPECT_LE(text.exit_code, 1);
            }
        }
    }
}

TEST(redaction, misuse) {
    const std::string value = "Basic " + secret;
    for (const std::vector<std::string>& arguments :
         std::vector<std::vector<std::string>>{{"Authorization", value},
                                               {value},
                                               {"explain", "syntax", value},
                                               {"parse", "-f", "Authorization", "--", value, "--", value},
                                               {"parse", "--ndjson", value},
                                               {"parse", "--nonsense=" + secret, value},
                                               {"parse", "--nonsense", value},
                                               {"parse", "-x" + secret},
                                               {"parse", "-f", "Authorization: " + value}}) {
        const outcome result = run(arguments);
        if (result.exit_code == 2) expect_hidden(result.out + result.err, arguments[0]);
    }
}

/// Writes a file into the folder of the test, and answers its name.
std::string file_with(std::size_t number, const std::string& text) {
    const std::string name = std::to_string(number) + ".http";
    std::ofstream(name, std::ios::binary) << text;
    return name;
}

TEST(redaction, lint) {
    // All in one run for each format: to start a program takes longer than what it does here.
    std::vector<std::string> files;
    for (const std::string name : {"Authorization", "Proxy-Authentication-Info"}) {
        for (const std::string& value : values()) {
            const std::string fold = "\r\n  " + secret;
            for (const std::string& line :
                 {name + ": " + value, name + " : " + value, name + ":" + value + fold, name + " " + value,
                  name + "\x01: " + value, name + ": " + value + "\r\n" + name + ": " + value,
                  "HTTP/1.1 401 X\r\n" + name + ": " + value + "\r\n" + secret,
                  "> GET /" + secret + " HTTP/1.1\r\n> " + name + ": " + value + "\r\n" + secret,
                  "GET http://" + secret + "@x/ HTTP/1.1\r\n" + name + ": " + value + "\r\nCookie: " + secret,
                  "Authorisation: " + value, "X-" + name + ": " + value,
                  secret + " / HTTP/1.1\r\n" + name + ": " + value,
                  "GET /a?" + secret + "&b=" + secret + "#" + secret + " HTTP/1.1\r\nAuthorization: Basic YTpi\r\n" +
                      name + ": " + value + "\r\nReferer: http://" + secret + "@h/?" + secret + "=\r\n",
                  "GET / HTTP/1.1\r\nHost: a\r\nX-Key : " + secret + "\r\nCookie : " + secret + "\r\n " + secret}) {
                files.push_back(file_with(files.size(), line + "\r\n"));
            }
        }
    }
    for (const std::vector<std::string>& form :
         std::vector<std::vector<std::string>>{{"--verbose"},
                                               {"--format", "text"},
                                               {"--format", "json", "--schema", "1"},
                                               {"--format", "json"},
                                               {"--format", "ndjson"},
                                               {"--format", "sarif"},
                                               {"--format", "junit"},
                                               {"--format", "github"},
                                               {"--format", "html"}}) {
        std::vector<std::string> arguments{"lint"};
        arguments.insert(arguments.end(), form.begin(), form.end());
        arguments.insert(arguments.end(), files.begin(), files.end());
        const outcome result = run(arguments);
        expect_hidden(result.out + result.err, form.back());
        EXPECT_EQ(result.exit_code, 1);
        const auto named = std::count_if(files.begin(), files.end(), [&](const std::string& file) {
            return result.out.find(file) != std::string::npos;
        });
        // Some forms name only inputs with findings; HTML has the first ones of each id.
        const std::string& name = form.back();
        const bool all = name == "--verbose" || name == "json" || name == "1" || name == "ndjson" || name == "junit";
        const auto expected = static_cast<std::ptrdiff_t>(files.size()) * (all ? 20 : name == "html" ? 5 : 15) / 20;
        EXPECT_GE(named, expected) << name;
    }
    std::vector<std::string> arguments{"lint", "--write-baseline", "baseline.json"};
    arguments.insert(arguments.end(), files.begin(), files.end());
    EXPECT_EQ(run(arguments).exit_code, 0);
    std::stringstream written;
    written << std::ifstream("baseline.json").rdbuf();
    EXPECT_GT(written.str().size(), 10000U);
    expect_hidden(written.str(), "baseline");
}

TEST(redaction, bad_lines_of_ndjson) {
    for (const std::string& line :
         {R"({"field": "Authorization", "value": "Basic )" + secret + "\"",
          R"({"field": "X", "value": ")" + secret + "\"}",
          R"({"field": "Authorization", "value": "\u0100)" + secret + "\"}",
          R"({"field": "Authorization", "value_hex": ")" + secret + "\"}",
          R"({"field": "Authorization", "value": ")" + secret + R"(", "value": ")" + secret + "\"}", secret}) {
        const outcome result = run({"parse", "--ndjson"}, line + "\n");
        EXPECT_EQ(result.exit_code, 2);
        expect_hidden(result.out + result.err, line);
    }
}

TEST(redaction, a_name_that_only_joined_lines_make_is_hidden) {
    const std::string lines = "Authorization: J b=\"\"\nAuthorization: " + secret + "=b\n";
    expect_hidden(run({"lint", "--verbose"}, lines).out, lines);
    expect_hidden(run({"lint", "--format", "json"}, lines).out, lines);
    const std::string whole = "Authentication-Info: nextnonce=1\nAuthentication-Info: " + secret + "=b\n";
    expect_hidden(run({"lint", "--verbose"}, whole).out, whole);
}

TEST(redaction, reveal_shows) {
    EXPECT_NE(run({"parse", "-f", "Authorization", "--reveal", "Basic " + secret}).out.find(secret), std::string::npos);
    EXPECT_NE(run({"parse", "-f", "Authorization", "--reveal", "Basic " + secret + ":"}).out.find(secret),
              std::string::npos);
    EXPECT_NE(run({"lint", "--verbose", "--reveal"}, "Authorization: Basic " + secret + "\n").out.find(secret),
              std::string::npos);
    EXPECT_NE(run({"lint", "--verbose", "--reveal"}, "Authorization Basic " + secret + "\n").out.find(secret),
              std::string::npos);
}

TEST(redaction, challenges_are_no_secret) {
    EXPECT_NE(run({"parse", "-f", "WWW-Authenticate", "Basic realm=" + secret}).out.find(secret), std::string::npos);
}

TEST(redaction, keeps_number_order_and_form) {
    EXPECT_EQ(
        run({"parse", "--ndjson"}, R"({"field": "Authorization", "value": "Digest a=b, qop=auth, realm=\"\""})").out,
        R"({"valid": true, "parsed": [{"scheme": "Digest", "token68": null, "params": [)"
        R"({"name": "<redacted>", "value": "<redacted>", "form": "token"}, )"
        R"({"name": "qop", "value": "auth", "form": "token"}, )"
        R"({"name": "realm", "value": "<redacted>", "form": "quoted"}]}]})"
        "\n");
    EXPECT_EQ(run({"parse", "--ndjson"}, R"({"field": "Authorization", "value": "Basic abc"})").out,
              R"({"valid": true, "parsed": [{"scheme": "Basic", "token68": "<redacted>", "params": []}]})"
              "\n");
    EXPECT_EQ(run({"parse", "--ndjson"}, R"({"field": "Authorization", "value": "abc"})").out,
              R"({"valid": true, "parsed": [{"scheme": "<redacted>", "token68": null, "params": []}]})"
              "\n");
}

TEST(redaction, caret_points_at_the_place_of_the_secret) {
    const outcome result = run({"lint", "--verbose"}, "Authorization: Digest uri=b, cnonce=\"d\"e\n");
    EXPECT_NE(result.out.find("        Authorization: Digest uri=<redacted>, cnonce=<redacted>\n"
                              "                                                     ^\n"),
              std::string::npos)
        << result.out;
}

}  // namespace
