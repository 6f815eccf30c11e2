#include "program.hpp"

#include <authgrammar/version.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <regex>
#include <set>
#include <string>

namespace {

using authlint_test::outcome;
using authlint_test::run;
using authlint_test::run_on_terminal;

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(parse, text) {
    const auto result = run({"parse", "--field", "www-authenticate", "Basic realm=\"x\", D e=f, N o=="});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.out,
              "WWW-Authenticate (rfc9110-recipient): valid, 3 challenges\n"
              "  Basic\n"
              "    realm    \"x\"\n"
              "  D\n"
              "    e        f\n"
              "  N\n"
              "    token68  o==\n");
    EXPECT_EQ(result.err, "");
}

TEST(parse, caret_under_an_error) {
    const auto result = run({"parse", "-f", "WWW-Authenticate", "Basic realm=\"a \"b\"\""});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_TRUE(contains(result.out,
                         "  Basic realm=\"a \"b\"\"\n"
                         "                  ^\n"
                         "  expected_comma at byte 16: "))
        << result.out;
    EXPECT_TRUE(contains(result.out, "editions that accept it: none"));
}

TEST(parse, caret_stands_right_after_escaped_bytes) {
    const auto result = run({"parse", "-f", "WWW-Authenticate", "A b=\"\t\x80\" \x1B"});
    EXPECT_TRUE(contains(result.out,
                         "  A b=\"\\t\\x80\" \\x1B\n"
                         "               ^~~~\n"))
        << result.out;
}

TEST(parse, caret_in_a_long_value) {
    const auto result =
        run({"parse", "-f", "WWW-Authenticate", "A b=\"" + std::string(100000, 'x') + "\"!" + std::string(1000, 'y')});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_LT(result.out.size(), 1000U);
    EXPECT_TRUE(contains(result.out, "expected_comma at byte 100006"));
}

TEST(parse, several_lines) {
    const auto result = run({"parse", "-f", "WWW-Authenticate", "A b=c", "D e=\"f"});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_TRUE(contains(result.out, "at byte 6 of line 2")) << result.out;
    EXPECT_TRUE(contains(result.out, "  D e=\"f\n        ^\n")) << result.out;
}

TEST(parse, values_are_taken_as_they_are) {
    for (const char* value : {"[a,b]", "{}", "%%", "[]", "\x1A"}) {
        const auto result = run({"parse", "-f", "WWW-Authenticate", "--format", "json", value});
        EXPECT_EQ(result.exit_code, std::string(value) == "%%" ? 0 : 1) << value;
        EXPECT_EQ(result.out, authlint_test::answers({R"({"field": "WWW-Authenticate", "value": )" +
                                                      authlint_test::json_bytes(value) + "}"})[0] +
                                  "\n");
    }
    EXPECT_EQ(run({"parse", "-f", "WWW-Authenticate", ""}).exit_code, 0);
    EXPECT_EQ(run({"parse", "-f", "Authorization", "--", "--a b"}).exit_code, 0);
}

TEST(parse, field_lines_from_stdin) {
    EXPECT_EQ(run({"parse", "-f", "WWW-Authenticate"}, "A b=c\r\nD\n").out,
              run({"parse", "-f", "WWW-Authenticate", "A b=c", "D"}).out);
    EXPECT_EQ(run({"parse", "-f", "WWW-Authenticate"}, "").exit_code, 2);
    EXPECT_EQ(run({"parse", "-f", "WWW-Authenticate"}, "\n").exit_code, 0);
}

TEST(parse, engines_and_editions) {
    for (const char* engine : {"tokenizer", "pegtl", "reference"}) {
        EXPECT_EQ(run({"parse", "-f", "WWW-Authenticate", "--engine", engine, "A,,B"}).exit_code, 0);
        const auto sender =
            run({"parse", "-f", "WWW-Authenticate", "--engine", engine, "-e", "rfc9110-sender", "A,,B"});
        EXPECT_EQ(sender.exit_code, 1);
        EXPECT_TRUE(contains(sender.out, "editions that accept it: rfc7235, rfc9110-recipient")) << sender.out;
    }
}

TEST(parse, misuse) {
    EXPECT_EQ(run({"parse"}).exit_code, 2);
    EXPECT_EQ(run({"parse", "A"}).exit_code, 2);
    EXPECT_EQ(run({"parse", "-f", "Cookie", "A"}).exit_code, 2);
    EXPECT_EQ(run({"parse", "--nonsense"}).exit_code, 2);
}

TEST(program, misuse_and_help) {
    EXPECT_EQ(run({}).exit_code, 2);
    EXPECT_EQ(run({"nonsense"}).exit_code, 2);
    EXPECT_EQ(run({"--help"}).exit_code, 0);
    EXPECT_EQ(run({"lint", "--help"}).exit_code, 0);
    EXPECT_EQ(run({"--version"}).out, "authlint " + std::string(authgrammar::version) + "\n");
}

TEST(program, colour_on_a_terminal_only) {
    const std::vector<std::string> arguments{"parse", "-f", "WWW-Authenticate", "A b"};
    EXPECT_FALSE(contains(run(arguments).out, "\x1B"));
    EXPECT_TRUE(contains(run_on_terminal(arguments, "").out, "\x1B["));
    EXPECT_FALSE(contains(run_on_terminal(arguments, "", {"NO_COLOR=1"}).out, "\x1B"));
    EXPECT_TRUE(contains(run_on_terminal(arguments, "", {"NO_COLOR="}).out, "\x1B["));
    EXPECT_FALSE(contains(run_on_terminal(arguments, "", {"TERM=dumb"}).out, "\x1B"));
}

TEST(program, says_that_it_waits_for_a_terminal) {
    EXPECT_TRUE(contains(run_on_terminal({"lint"}, "X: y\n").out, "reading HTTP messages from the terminal"));
    EXPECT_TRUE(contains(run_on_terminal({"parse", "--ndjson"}, "").out, "from the terminal"));
    EXPECT_TRUE(contains(run_on_terminal({"parse", "-f", "WWW-Authenticate"}, "A\n").out, "from the terminal"));
    EXPECT_FALSE(contains(run({"lint"}, "X: y\n").err, "terminal"));
}

/// How a shell's command ends, which has authlint's path as $1: its exit code, or that of `timeout` after 20 s.
int status_of(const std::string& script) {
    const std::string command = "timeout 20 bash -c '" + script + "' bash \"" AUTHLINT "\" >/dev/null 2>&1";
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(output, that_nobody_reads_ends_the_run) {
    const std::string lines = R"(yes "{\"field\": \"Authorization\", \"value\": \"A b\"}")";
    EXPECT_EQ(status_of(lines + R"( | "$1" parse --ndjson | head -1; exit ${PIPESTATUS[1]})"), 2);
    EXPECT_EQ(status_of(lines + R"( | "$1" parse --ndjson >/dev/full)"), 2);
    const std::string orders = R"(yes "{\"field\": \"Authorization\", \"parsed\": [{\"scheme\": \"A\"}]}")";
    EXPECT_EQ(status_of(orders + R"( | "$1" write --ndjson | head -1; exit ${PIPESTATUS[1]})"), 2);
    for (const std::string form : {"text", "json", "ndjson", "sarif", "junit", "github", "html", "text --verbose"}) {
        EXPECT_EQ(
            status_of(
                R"(for i in {1..2000}; do printf "HTTP/1.1 401 x\nWWW-Authenticate: (\n\n"; done | "$1" lint >/dev/full --format )" +
                form),
            2);
    }
    for (const std::string form : {"json", "ndjson", "sarif", "github"}) {
        EXPECT_EQ(
            status_of(
                R"(for i in {1..2000}; do printf "HTTP/1.1 401 x\nWWW-Authenticate: (\n\n"; done | "$1" lint --format )" +
                form + R"( | head -c 1; exit ${PIPESTATUS[1]})"),
            2);
    }
    const std::string says = R"( 2>&1 >/dev/full | grep -qx "authlint: cannot write: No space left on device")";
    for (const std::string form : {"text", "json", "ndjson", "sarif", "junit", "github", "html"}) {
        EXPECT_EQ(status_of(R"("$1" lint --format )" + form + R"( <<<"WWW-Authenticate: (")" + says), 0) << form;
    }
    EXPECT_EQ(status_of(R"("$1" lint --write-baseline /dev/full <<<"WWW-Authenticate: (")"), 2);
    EXPECT_EQ(status_of(R"("$1" lint --format ndjson <<<"WWW-Authenticate: (" | "$1" merge --format html >/dev/full)"),
              2);
    EXPECT_EQ(status_of(R"("$1" explain >/dev/full)"), 2);
}

TEST(explain, repeats_no_long_name) {
    const std::string name(1000, 'x');
    for (const char* command : {"explain", "scheme", "grammar"}) {
        const auto result = run({command, name});
        EXPECT_EQ(result.exit_code, 2) << command;
        EXPECT_TRUE(contains(result.err, "xxx...")) << command;
        EXPECT_LT(result.err.size(), 250u) << command;
    }
}

TEST(explain, finds_findings_and_codes) {
    EXPECT_TRUE(contains(run({"explain", "realm-as-token"}).out, "R7235-2.2-realm-quoted"));
    EXPECT_TRUE(contains(run({"explain", "expected_value"}).out, "an error code of a value"));
    EXPECT_TRUE(contains(run({"explain", "code_point_over_ff"}).out, "U+00FF"));
    const auto all = run({"explain"});
    EXPECT_EQ(all.exit_code, 0);
    for (const char* name : {"syntax", "nothing-to-read", "second_credentials", "limit_params", "several_values"}) {
        EXPECT_TRUE(contains(all.out, name)) << name;
    }
    EXPECT_TRUE(contains(run({"explain", "contradictory_facts"}).out, "an error code of decide"));
    EXPECT_TRUE(contains(run({"explain", "D-01"}).out, "token68"));
    EXPECT_TRUE(contains(run({"explain", "S401-8"}).out, "requirement: origin server"));
    EXPECT_TRUE(contains(run({"explain", "R7616-3.4-bare"}).out, "RFC 7616, 3.4"));
    EXPECT_TRUE(contains(run({"explain", "R9110-3.7-401-forwarded"}).out, "see   RFC 9110, 3.7, 15.5.2\n"));
    EXPECT_TRUE(contains(run({"explain", "R7235-1.1-error-handling"}).out, "see   RFC 7235, 1.1 (RFC 7230 2.5)\n"));
    const auto near = run({"explain", "realm-as-tokn"});
    EXPECT_EQ(near.exit_code, 2);
    EXPECT_TRUE(contains(near.err, "did you mean realm-as-token?")) << near.err;
}

// One rule for all commands that have a JSON form.
TEST(json, is_short_for_format_json_everywhere) {
    const std::string message = "HTTP/1.1 401 X\nWWW-Authenticate: Basic realm=a\n\n";
    std::ofstream("refused.http") << message;
    const std::vector<std::vector<std::string>> commands{{"lint", "-"},
                                                         {"why", "-"},
                                                         {"parse", "-f", "WWW-Authenticate", "Basic realm=a"},
                                                         {"decide", "--resource", "protected"},
                                                         {"hop", "refused.http", "-"},
                                                         {"scheme"},
                                                         {"scheme", "Digest"},
                                                         {"findings"}};
    const auto with = [](std::vector<std::string> arguments, const std::vector<std::string>& more) {
        arguments.insert(arguments.end(), more.begin(), more.end());
        return arguments;
    };
    for (const auto& command : commands) {
        const outcome whole = run(with(command, {"--format", "json"}), message);
        const outcome brief = run(with(command, {"--json"}), message);
        EXPECT_TRUE(nlohmann::json::accept(whole.out)) << command.front() << whole.out << whole.err;
        EXPECT_EQ(brief.out, whole.out) << command.front();
        EXPECT_EQ(brief.exit_code, whole.exit_code) << command.front();
        EXPECT_EQ(run(with(command, {"--json", "--format", "text"}), message).exit_code, 2) << command.front();
        EXPECT_TRUE(contains(run({command.front(), "--help"}).out, "--json")) << command.front();
    }
    const std::string report = run({"lint", "--json"}, message).out;
    EXPECT_EQ(run({"merge", "--json"}, report).out, report);
    // A configuration file does not count where the command line says what form.
    std::ofstream("sarif.json") << R"({"format": "sarif"})";
    EXPECT_EQ(run({"lint", "--config", "sarif.json", "--json"}, message).out, report);
    EXPECT_EQ(run({"lint", "--json", "--quiet"}, message).exit_code, 2);
    EXPECT_EQ(run({"decide", "--table", "--json"}).exit_code, 2);
    EXPECT_EQ(run({"parse", "--ndjson", "--json"}).exit_code, 2);
}

TEST(explain, knows_every_id_that_an_output_has) {
    const std::string message =
        "GET / HTTP/1.1\nHost: a\nAuthorization: Basic YTpi\nAuthorization: x\n\n"
        "HTTP/1.1 401 X\nWWW-Authenticate: Basic realm=a, , realm=b, Basic c=d\n\n"
        "HTTP/1.1 200 OK\nWWW-Authenticate: (\n\nHTTP/1.1 401 X\n";
    std::string said = run({"lint", "--verbose"}, message).out + run({"scheme"}).out + run({"scheme", "Hawk"}).out;
    for (const char* facts :
         {R"({"resource": "protected", "credentials": "none"})", R"({"resource": "protected", "forbidden": true})",
          R"({"hop": "proxy", "resource": "protected", "credentials": "invalid"})",
          R"({"resource": "absent", "existence": "hidden"})", R"({"nonsense": 1})", "x",
          R"({"resource": "public", "resource": "public"})"}) {
        said += run({"decide", "--json"}, facts).out + run({"decide", "--json"}, facts).err;
    }
    const std::string known = run({"explain"}).out;
    const std::regex id(R"re(\b(R\d{4}-[\w.-]+|S401-\d+)|"code": ?"(\w+)"|\[([a-z0-9]+(?:-[a-z0-9]+)+)\])re");
    std::set<std::string> ids;
    for (std::sregex_iterator i(said.begin(), said.end(), id), end; i != end; ++i) {
        ids.insert((*i)[1].str() + (*i)[2].str() + (*i)[3].str());
    }
    EXPECT_GT(ids.size(), 15u);
    for (const std::string& each : ids) EXPECT_TRUE(contains(known, "  " + each + " ")) << each;
}

TEST(grammar, shows_abnf_and_pegtl) {
    const auto result = run({"grammar", "auth-param", "--edition", "rfc9110-sender"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_TRUE(contains(result.out, "auth-param = token BWS \"=\" BWS ( token / quoted-string )")) << result.out;
    EXPECT_TRUE(contains(result.out, "RFC 9110, Section 11.2"));
    EXPECT_TRUE(contains(result.out, "struct auth_param"));
    EXPECT_EQ(run({"grammar", "AUTH_PARAM", "--edition", "rfc9110-sender"}).out, result.out);
}

TEST(grammar, tells_the_editions_apart) {
    const auto result = run({"grammar", "WWW-Authenticate"});
    EXPECT_TRUE(contains(result.out, "(rfc7235)"));
    EXPECT_TRUE(contains(result.out, "(rfc9110-recipient)"));
    EXPECT_TRUE(contains(result.out, "(rfc9110-sender)"));
    EXPECT_TRUE(contains(result.out, "D-02"));
    EXPECT_TRUE(contains(run({"grammar", "SP"}).out, "(rfc7235, rfc9110-recipient, rfc9110-sender)"));
}

TEST(grammar, every_listed_rule_has_both_forms_in_every_edition) {
    for (const char* edition : {"rfc7235", "rfc9110-recipient", "rfc9110-sender"}) {
        const auto listed = authlint_test::lines_of(run({"grammar", "--edition", edition}).out);
        ASSERT_GT(listed.size(), 25U);
        for (std::size_t i = 1; i < listed.size(); ++i) {
            const std::string name = listed[i].substr(2, listed[i].find(' ', 2) - 2);
            const auto shown = run({"grammar", name, "--edition", edition});
            EXPECT_TRUE(contains(shown.out, "  ABNF        " + name)) << edition << ' ' << name;
            EXPECT_TRUE(contains(shown.out, "  PEGTL       ")) << edition << ' ' << name;
            EXPECT_TRUE(contains(shown.out, "  accepts     ")) << edition << ' ' << name;
            EXPECT_FALSE(contains(shown.out, "PEGTL       using")) << edition << ' ' << name;
        }
    }
}

TEST(grammar, every_rule_of_a_scheme_has_both_forms) {
    for (const char* scheme : {"basic", "bearer", "digest", "negotiate"}) {
        const auto listed = authlint_test::lines_of(run({"grammar", "--scheme", scheme}).out);
        ASSERT_GT(listed.size(), 8U);
        for (std::size_t i = 1; i < listed.size(); ++i) {
            const std::string name = listed[i].substr(2, listed[i].find(' ', 2) - 2);
            const auto shown = run({"grammar", name, "--scheme", scheme});
            EXPECT_TRUE(contains(shown.out, name + "  (" + scheme + ")")) << scheme << ' ' << name;
            EXPECT_TRUE(contains(shown.out, "  ABNF        " + name)) << scheme << ' ' << name;
            EXPECT_TRUE(contains(shown.out, "  PEGTL       struct ")) << scheme << ' ' << name;
        }
    }
    EXPECT_EQ(run({"grammar", "auth-param", "--scheme", "bearer"}).exit_code, 2) << "a rule of the framework";
    EXPECT_EQ(run({"grammar", "--scheme", "vapid"}).exit_code, 2) << "a scheme without a grammar of its own";
}

TEST(grammar, rules_of_schemes_are_found_beside_the_framework) {
    const auto nc = run({"grammar", "nc-value"});
    EXPECT_TRUE(contains(nc.out, "nc-value = 8HEXDIG")) << nc.out;
    EXPECT_TRUE(contains(nc.out, "RFC 7616, Section 3.5, in words")) << nc.out;
    const auto challenge = run({"grammar", "challenge"});
    for (const char* name : {"(rfc9110-sender)", "(basic)", "(negotiate)", "D-06"}) {
        EXPECT_TRUE(contains(challenge.out, name)) << name;
    }
}

TEST(grammar, helpers_and_unknown_rules) {
    EXPECT_TRUE(contains(run({"grammar", "challenge_in_list"}).out, "helper:"));
    const auto unknown = run({"grammar", "auth-parm"});
    EXPECT_EQ(unknown.exit_code, 2);
    EXPECT_TRUE(contains(unknown.err, "auth-param")) << unknown.err;
    EXPECT_EQ(run({"grammar", "--edition", "rfc1"}).exit_code, 2);
}

TEST(parse_fix, writes_the_value_as_a_sender_should) {
    const auto fixed = run({"parse", "--fix", "-f", "WWW-Authenticate", ",Digest realm = x, nonce=\"n\",, qop=auth"});
    EXPECT_EQ(fixed.exit_code, 0);
    EXPECT_EQ(fixed.out, "Digest realm=\"x\", nonce=\"n\", qop=\"auth\"\n");
    EXPECT_NE(fixed.err.find("fixed: realm is not quoted [realm-as-token]\n"), std::string::npos) << fixed.err;
    const auto fine = run({"parse", "--fix", "-f", "WWW-Authenticate", "Basic realm=\"x\""});
    EXPECT_EQ(fine.exit_code, 0);
    EXPECT_EQ(fine.out + fine.err, "Basic realm=\"x\"\n");
}

TEST(parse_fix, leaves_what_it_would_have_to_guess) {
    const auto left = run({"parse", "--fix", "-f", "WWW-Authenticate", "Basic realm=My Site"});
    EXPECT_EQ(left.exit_code, 1);
    EXPECT_EQ(left.out, "Basic realm=My Site\n");
    EXPECT_NE(left.err.find("not fixed: realm has spaces and is not quoted"), std::string::npos) << left.err;
    EXPECT_NE(left.err.find("; perhaps Basic realm=\"My Site\"\n"), std::string::npos) << left.err;
    const auto cut = run({"parse", "--fix", "-f", "WWW-Authenticate", "Digest ,", "realm=x"});
    EXPECT_EQ(cut.exit_code, 1);
    EXPECT_EQ(cut.out, "Digest ,\nrealm=x\n");
}

TEST(parse_fix, hides_secrets_and_says_so) {
    const std::vector<std::string> question{"parse", "--fix", "-f", "Authorization", "Digest username = \"bob\""};
    const auto hidden = run(question);
    EXPECT_EQ(hidden.out,
              "# Not for sending: secrets are replaced by <redacted>. --reveal prints them.\n"
              "Digest username=<redacted>\n");
    std::vector<std::string> revealing = question;
    revealing.emplace_back("--reveal");
    EXPECT_EQ(run(revealing).out, "Digest username=\"bob\"\n");
    std::vector<std::string> as_json = question;
    as_json.insert(as_json.end(), {"--format", "json"});
    EXPECT_NE(run(as_json).out.find(
                  R"("fix": {"values": ["Digest username=<redacted>"], "complete": true, "for_sending": false, )"
                  R"("slips": [{"id": "space-around-equals", "line": 0, "offset": 15, )"),
              std::string::npos)
        << run(as_json).out;
}

TEST(parse, names_the_slip_of_a_value_that_is_not_valid) {
    const auto refused = run({"parse", "-f", "Authorization", "Basic user:pass"});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_NE(refused.out.find("\n  what  user-id and password are not encoded\n"
                               "  fix   Send the base64 of user-id, colon and password.\n"
                               "  send  Basic <redacted>\n"),
              std::string::npos)
        << refused.out;
}

}  // namespace
