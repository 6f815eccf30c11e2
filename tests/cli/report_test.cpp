// What lint prints: its forms, and what is left out of them. Their syntax is checked against their
// schemas by report_forms_test.py.

#include "program.hpp"
#include "report_samples.hpp"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace {

using namespace authlint_test;
using nlohmann::json;

TEST(text, has_a_line_for_each_finding_and_explains_each_id_once) {
    const outcome result = run({"lint"}, one_warning + "WWW-Authenticate: Basic realm=xyz\r\n");
    EXPECT_EQ(result.exit_code, 1);
    const std::vector<std::string> lines = lines_of(result.out);
    ASSERT_GT(lines.size(), 5U);
    EXPECT_EQ(lines[0], "-:2:31: warning: a realm without quotes: realm is not quoted [realm-as-token]");
    EXPECT_EQ(lines[1], "-:3:31: warning: a realm without quotes: realm is not quoted [realm-as-token]");
    EXPECT_EQ(lines[2], "");
    EXPECT_EQ(lines[3], "realm-as-token, 2 times  (RFC 9110, 11.5)");
    EXPECT_EQ(lines[4].substr(0, 7), "  why  ");
    EXPECT_EQ(lines.back(), "1 file, 1 message, 1 authentication field: no errors, 2 warnings");
    const outcome quiet = run({"lint", "--quiet"}, one_warning);
    EXPECT_EQ(quiet.out, lines[0] + "\n");
    EXPECT_EQ(quiet.exit_code, 1);
}

TEST(text, of_a_clean_input_is_its_counts) {
    const std::string clean = "WWW-Authenticate: Basic realm=\"x\"\n";
    EXPECT_EQ(run({"lint"}, clean).out, "1 file, 1 message, 1 authentication field: no errors, no warnings\n");
    EXPECT_EQ(run({"lint", "--quiet"}, clean).out, "");
}

TEST(text, says_what_it_could_not_read) {
    const outcome result = run({"lint", "missing.http"});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_TRUE(contains(result.err, "missing.http: No such file or directory"));
    EXPECT_TRUE(contains(result.out, "no warnings; 1 input could not be read in full\n")) << result.out;
}

/// The example of docs/audit.md is what authlint says.
TEST(text, the_guide_is_right) {
    std::istringstream guide(content(AUTHGRAMMAR_SOURCE_DIR "/docs/audit.md"));
    const std::string start = "    $ authlint lint ";
    std::string line;
    while (std::getline(guide, line) && line.rfind(start, 0) != 0) {
    }
    ASSERT_EQ(line.rfind(start, 0), 0U);
    const std::string name = line.substr(start.size());
    std::string shown;
    while (std::getline(guide, line) && (line.empty() || line.rfind("    ", 0) == 0)) {
        shown += line.substr(std::min<std::size_t>(line.size(), 4)) + "\n";
    }
    shown.pop_back();  // the empty line behind it
    const std::string folder = AUTHGRAMMAR_SOURCE_DIR "/";
    std::string said = run({"lint", folder + name}).out;
    said.erase(said.find(folder), folder.size());
    EXPECT_EQ(said, shown);
}

/// The text without colours, and as lines.
std::vector<std::string> plain_lines(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\x1B')
            i = text.find('m', i);
        else if (text[i] != '\r')
            out += text[i];
    }
    return lines_of(out);
}

TEST(text, is_never_wider_than_the_terminal) {
    const std::string long_name(50, 'n');
    const std::string file = file_with(long_name + ".http", "WWW-Authenticate: Digest realm=x\n");
    for (const int columns : {24, 40, 80, 132}) {
        const outcome result = run_on_terminal({"lint", file}, "", {}, columns);
        std::string all;
        for (const std::string& line : plain_lines(result.out)) {
            EXPECT_LE(line.size(), static_cast<std::size_t>(columns)) << line;
            all += line;
        }
        EXPECT_TRUE(contains(all, "[realm-as-token]")) << result.out;
        EXPECT_TRUE(contains(all, long_name)) << result.out;
    }
    const std::string wide = run({"lint", file}).out;
    EXPECT_TRUE(contains(wide, long_name + ".http:1:32: warning: a realm without quotes: "))
        << "off a terminal nothing is cut";
}

// A person reads what is found in a day's captures, and not thousands of lines.
TEST(text, is_short) {
    const std::vector<std::string> files = captures("tests/audit/field/captures");
    ASSERT_GT(files.size(), 150U);
    const std::size_t shown = lines_of(run(with({"lint"}, files)).out).size();
    const std::size_t before = lines_of(run(with({"lint", "--verbose"}, files)).out).size();
    EXPECT_LE(shown, 350U);
    EXPECT_LT(6 * shown, before);
}

TEST(which, severity_only_and_ignore) {
    const std::string input =
        "HTTP/1.1 401 X\nWWW-Authenticate: Basic realm=a, , Digest realm=\"b\"\n\nHTTP/1.1 401 X\n";
    const auto ids = [&](const std::vector<std::string>& options) {
        std::multiset<std::string> out;
        const json said = json::parse(run(with({"lint", "--format", "json"}, options), input).out);
        for (const json& m : said["messages"]) {
            for (const json& f : m["findings"]) out.insert(f["id"].get<std::string>());
        }
        EXPECT_EQ(out.size() + said["summary"]["not_shown"].get<std::size_t>(), 5U);
        return out;
    };
    const std::string bare = "401-without-www-authenticate";
    const std::multiset<std::string> all{bare, "digest-incomplete", "digest-md5-only", "empty-list-elements",
                                         "realm-as-token"};
    EXPECT_EQ(ids({}), all);
    EXPECT_EQ(ids({"--severity", "error"}).count("realm-as-token"), 0U);
    EXPECT_EQ(ids({"--severity", "error"}).count(bare), 1U);
    EXPECT_EQ(ids({"--only", "realm-as-token"}), (std::multiset<std::string>{"realm-as-token"}));
    EXPECT_EQ(ids({"--only", "message", "--only", "realm-as-token"}),
              (std::multiset<std::string>{bare, "realm-as-token"}));
    EXPECT_EQ(ids({"--ignore", "grammar,scheme"}), (std::multiset<std::string>{bare}));
    EXPECT_EQ(ids({"--only", "grammar", "--ignore", "realm-as-token"}).count("realm-as-token"), 0U);
    const outcome unknown = run({"lint", "--only", "realm-as-tokn"}, input);
    EXPECT_EQ(unknown.exit_code, 2);
    EXPECT_TRUE(contains(unknown.err, "did you mean realm-as-token?")) << unknown.err;
    EXPECT_EQ(run({"lint", "--ignore", ""}, input).exit_code, 2);
    EXPECT_EQ(run({"lint", "--severity", "fatal"}, input).exit_code, 2);
}

// What is left out does not count, and the counts say that something was.
TEST(which, what_is_left_out_does_not_count) {
    const outcome ignored = run({"lint", "--ignore", "realm-as-token"}, one_warning);
    EXPECT_EQ(ignored.exit_code, 0);
    EXPECT_EQ(ignored.out, "1 file, 1 message, 1 authentication field: no errors, no warnings; 1 finding not shown\n");
    EXPECT_EQ(run({"lint", "--severity", "error"}, one_warning).exit_code, 0);
    EXPECT_EQ(run({"lint", "--severity", "warning"}, one_warning).exit_code, 1);
}

TEST(baseline, hides_what_it_has_and_nothing_else) {
    const std::string file = file_with("known.http", one_warning);
    const outcome first = run({"lint", "--write-baseline", "baseline.json", file});
    EXPECT_EQ(first.exit_code, 0);
    EXPECT_TRUE(contains(first.out, "[realm-as-token]")) << "a baseline is written, and the findings are shown";
    EXPECT_EQ(
        content("baseline.json"),
        "{\"authlint_baseline\": 1, \"findings\": [\n"
        R"({"source":"known.http","finding":"realm-as-token in response 401, WWW-Authenticate: Basic realm=...","count":1})"
        "\n]}\n");
    const auto exit_code_of = [&](const std::string& text) {
        file_with(file, text);
        return run({"lint", "--baseline", "baseline.json", file}).exit_code;
    };
    EXPECT_EQ(exit_code_of(one_warning), 0);
    EXPECT_EQ(
        exit_code_of(
            "GET / HTTP/1.1\r\nHost: a\r\n\r\nHTTP/1.1 401 X\r\nDate: x\r\nWWW-Authenticate: Basic realm=other\r\n"),
        0)
        << "another line and another realm";
    EXPECT_EQ(exit_code_of(one_warning + "WWW-Authenticate: Basic realm=abc\r\n"), 1) << "once more than it was";
    EXPECT_EQ(exit_code_of("HTTP/1.1 401 X\r\nWWW-Authenticate: Digest realm=abc\r\n"), 1) << "in another challenge";
    EXPECT_EQ(run({"lint", "--baseline", "baseline.json"}, one_warning).exit_code, 1) << "in another file";
    file_with(file, one_warning);
    const outcome shown = run({"lint", "--baseline", "baseline.json", file});
    EXPECT_EQ(shown.out,
              "1 file, 1 message, 1 authentication field: no errors, no warnings; 1 finding in the baseline\n");
}

TEST(baseline, can_be_read_and_written_in_one_run) {
    const std::string file = file_with("twice.http", one_warning);
    EXPECT_EQ(run({"lint", "--write-baseline", "twice.json", file}).exit_code, 0);
    const std::string before = content("twice.json");
    EXPECT_EQ(run({"lint", "--baseline", "twice.json", "--write-baseline", "twice.json", file}).exit_code, 0);
    EXPECT_EQ(content("twice.json"), before) << "what it has stays in it";
}

TEST(baseline, that_is_none_is_refused) {
    for (const auto& [text, why] : std::vector<std::pair<std::string, std::string>>{
             {"", "not JSON"},
             {"{}", "no member \"authlint_baseline\""},
             {R"({"authlint_baseline": 2, "findings": []})", "version 2, and this authlint reads version 1"},
             {R"({"authlint_baseline": 1, "findings": [{}]})", "findings[0]"},
             {R"({"authlint_baseline": 1, "findings": [{"source": "a", "finding": "b", "count": -1}]})", "findings[0]"},
             {R"({"authlint_baseline": 1, "findings": [], "more": 1})", "one other member"},
             {R"({"authlint_baseline": 1, "findings": [)", "not JSON"},
             {R"({"authlint_baseline": 1, "findings": )" + std::string(100, '['), "nested too deep"}}) {
        const outcome result = run({"lint", "--baseline", file_with("broken.json", text)}, one_warning);
        EXPECT_EQ(result.exit_code, 2) << text;
        EXPECT_EQ(result.out, "") << text;
        EXPECT_TRUE(contains(result.err, "broken.json is ") && contains(result.err, why)) << result.err;
    }
    EXPECT_EQ(run({"lint", "--baseline", "no such file"}, one_warning).exit_code, 2);
    const outcome unwritten = run({"lint", "--write-baseline", "no/such/folder"}, one_warning);
    EXPECT_EQ(unwritten.exit_code, 2);
    EXPECT_TRUE(contains(unwritten.err, "the baseline is not written: No such file or directory")) << unwritten.err;
}

TEST(baseline, does_not_replace_a_file_that_is_none) {
    const std::string file = file_with("input.http", one_warning);
    const outcome result = run({"lint", "--write-baseline", file, file});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_TRUE(contains(result.err, "the file is there and is no baseline")) << result.err;
    EXPECT_EQ(run({"lint", file}).exit_code, 1) << "it is as it was";
    const std::string empty = file_with("empty.json", "");
    EXPECT_EQ(run({"lint", "--write-baseline", empty, file}).exit_code, 0);
    EXPECT_EQ(run({"lint", "--write-baseline", empty, file}).exit_code, 0) << "over a baseline";
}

TEST(baseline, that_is_too_large_is_refused) {
    std::string text = R"({"authlint_baseline": 1, "findings": [)";
    for (int i = 0; i <= 20000; ++i)
        text += (i == 0 ? "" : ",") + std::string(R"({"source":"a","finding":"b","count":1})");
    const outcome result = run({"lint", "--baseline", file_with("large.json", text + "]}")}, one_warning);
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_TRUE(contains(result.err, "more than 20000 entries")) << result.err;
}

/// Runs lint in a folder below that of the configuration.
class config : public ::testing::Test {
protected:
    void SetUp() override {
        std::filesystem::create_directories("configured/below");
        std::filesystem::current_path("configured/below");
    }
    void TearDown() override {
        std::filesystem::current_path("../..");
        std::filesystem::remove_all("configured");
    }
    static void say(const std::string& text) { file_with("../.authlint.json", text); }
};

TEST_F(config, is_found_above_and_the_command_line_wins) {
    say(R"({"ignore": ["realm-as-token"], "format": "json"})");
    const outcome found = run({"lint"}, one_warning);
    EXPECT_EQ(found.exit_code, 0) << found.err;
    EXPECT_EQ(json::parse(found.out)["summary"]["not_shown"], 1);
    EXPECT_EQ(run({"lint", "--ignore", "syntax"}, one_warning).exit_code, 1);
    EXPECT_TRUE(contains(run({"lint", "--format", "text"}, one_warning).out, "1 finding not shown"));
    EXPECT_EQ(run({"lint", "--no-config"}, one_warning).exit_code, 1);
    EXPECT_EQ(run({"lint", "--config", file_with("own.json", "{}")}, one_warning).exit_code, 1);
    EXPECT_EQ(run({"lint", "--config", "own.json", "--no-config"}, one_warning).exit_code, 2);
}

TEST_F(config, nearest_wins_and_paths_are_its_own) {
    file_with("known.http", one_warning);
    EXPECT_EQ(run({"lint", "--write-baseline", "../baseline.json", "known.http"}).exit_code, 0);
    say(R"({"baseline": "baseline.json", "severity": "info", "only": ["grammar", "scheme"], "loopback": true, "form_login": false})");
    EXPECT_EQ(run({"lint", "known.http"}).exit_code, 0);
    file_with(".authlint.json", "{}");
    EXPECT_EQ(run({"lint", "known.http"}).exit_code, 1);
}

TEST_F(config, is_no_pipe) {
    ASSERT_EQ(::mkfifo(".authlint.json", 0600), 0);
    EXPECT_EQ(run({"lint"}, one_warning).exit_code, 1);
}

TEST_F(config, that_is_wrong_is_refused_with_its_place) {
    for (const auto& [text, why] : std::vector<std::pair<std::string, std::string>>{
             {"{\n  \"ignore\": [],\n  \"ingore\": []\n}", ".authlint.json:3:3: unknown member \"ingore\""},
             {R"({"only": "syntax"})", ".authlint.json:1:10: \"only\" has to be an array of strings"},
             {R"({"only": [], "only": []})", ":1:14: the member \"only\" a second time"},
             {R"({"severity": "fatal"})", "\"severity\" has to be info, warning or error"},
             {R"({"format": "xml"})", "\"format\" is no format of lint"},
             {R"({"ignore": ["no-such-id"]})", "\"ignore\": no-such-id is no finding and no category"},
             {R"({"loopback": 1})", "\"loopback\" has to be true or false"},
             {"{", ":1:2: expected"},
             {"", ":1:1: expected a JSON object"}}) {
        say(text);
        const outcome result = run({"lint"}, one_warning);
        EXPECT_EQ(result.exit_code, 2) << text;
        EXPECT_EQ(result.out, "") << text;
        EXPECT_TRUE(contains(result.err, why)) << result.err;
    }
}

TEST(forms, options_that_do_not_go_together_are_refused) {
    for (const std::vector<std::string>& options :
         std::vector<std::vector<std::string>>{{"--format", "sarif", "--fix"},
                                               {"--format", "html", "--why"},
                                               {"--format", "json", "--quiet"},
                                               {"--format", "json", "--verbose"},
                                               {"--verbose", "--quiet"},
                                               {"--schema", "1"},
                                               {"--format", "json", "--schema", "3"}}) {
        EXPECT_EQ(run(with({"lint"}, options), one_warning).exit_code, 2) << options.back();
    }
}

/// The object without the members that only schema 2 has.
json as_schema_1(json said) {
    said["schema"] = 1;
    for (const char* name : {"version", "unread", "summary"}) said.erase(name);
    for (json& m : said["messages"]) {
        for (const char* name : {"label", "title", "offset", "line"}) m.erase(name);
        for (json& f : m["findings"]) {
            for (const char* name : {"line", "column", "code", "title", "what", "why", "excerpt", "fingerprint"})
                f.erase(name);
        }
    }
    return said;
}

TEST(forms, schema_2_is_schema_1_and_more) {
    const std::vector<std::string> files = captures();
    const json old = json::parse(run(with({"lint", "--format", "json", "--schema", "1", "--why", "--fix"}, files)).out);
    const json now = json::parse(run(with({"lint", "--format", "json", "--why", "--fix"}, files)).out);
    EXPECT_EQ(old["schema"], 1);
    ASSERT_GT(old["messages"].size(), files.size() / 2);
    EXPECT_EQ(as_schema_1(now), old);
    const std::string small =
        run({"lint", "--format", "json", "--schema", "1"}, "WWW-Authenticate: Basic realm=\"x\"\n").out;
    EXPECT_EQ(small, R"({
  "schema": 1,
  "messages": [
    {
      "source": "-",
      "status": null,
      "fields": [
        {
          "field": "WWW-Authenticate",
          "lines": 1,
          "valid": true,
          "parsed": [
            {
              "scheme": "Basic",
              "token68": null,
              "params": [
                {
                  "name": "realm",
                  "value": "x",
                  "form": "quoted"
                }
              ]
            }
          ]
        }
      ],
      "findings": []
    }
  ]
}
)");
}

TEST(forms, json_names_the_error_and_what_was_not_read) {
    const json said = json::parse(
        run({"lint", "--format", "json", "missing.http", file_with("bad.http", "WWW-Authenticate: (\n")}).out);
    EXPECT_EQ(said["messages"][0]["findings"][0]["code"], "expected_scheme");
    EXPECT_EQ(said["unread"],
              json::parse(R"([{"source": "missing.http", "place": null, "reason": "No such file or directory"}])"));
    EXPECT_EQ(said["summary"]["unread"], 1);
    EXPECT_EQ(said["summary"]["ids"], json::parse(R"([{"id": "syntax", "infos": 0, "warnings": 0, "errors": 1}])"));
}

// File names are the one thing in a report that anybody may choose.
TEST(forms, names_of_files_break_nothing) {
    const std::string file = file_with("a<b>&\"'\n::error::x\x1B[31m,:%\xFF\xE2\x80\xAE.http", one_warning);
    for (const std::string& form : report_forms) {
        const std::string said = run({"lint", "--format", form, file}).out;
        EXPECT_FALSE(contains(said, "\x1B")) << form;
        EXPECT_FALSE(contains(said, "\n::error::x")) << form;
        EXPECT_FALSE(contains(said, "\xFF") || contains(said, "\xE2\x80\xAE")) << form;
        EXPECT_FALSE((form == "html" || form == "junit") && contains(said, "a<b>")) << said;
    }
    const std::string github = run({"lint", "--format", "github", file}).out;
    EXPECT_TRUE(contains(
        github,
        "::warning file=a<b>&\"'%0A%3A%3Aerror%3A%3Ax\\u001B[31m%2C%3A%25\xEF\xBF\xBD\\u202E.http,line=2,col=31,"))
        << github;
    const json sarif = json::parse(run({"lint", "--format", "sarif", file}).out);
    EXPECT_EQ(sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
              "a%3Cb%3E&%22'%0A%3A%3Aerror%3A%3Ax%1B%5B31m,%3A%25%FF%E2%80%AE.http");
}

/// A report as lint writes it of an export: with a label in it, and a part that was not read.
std::string report_of_an_export() {
    std::vector<std::string> lines = lines_of(run({"lint", "--format", "ndjson"}, one_warning).out);
    json message = json::parse(lines[1]);
    message["source"] = "x.har";
    message["label"] = "log.entries[3].response";
    json unread{{"type", "unread"}, {"source", "x.har"}, {"place", "log.entries[4]"}, {"reason", "it has no request"}};
    json summary = json::parse(lines[2]);
    summary["unread"] = 1;
    return lines[0] + "\n" + message.dump() + "\n" + unread.dump() + "\n" + summary.dump() + "\n";
}

// A place in an export is one in the text that was made of it, and is never given out for one in its file.
TEST(forms, name_places_in_exports) {
    const std::string report = report_of_an_export();
    const auto said = [&](const std::string& form) { return run({"merge", "--format", form}, report).out; };
    EXPECT_EQ(lines_of(said("text"))[0].substr(0, 47), "x.har:log.entries[3].response:2:31: warning: a ");
    EXPECT_TRUE(contains(said("text"), "; 1 input could not be read in full\n"));
    EXPECT_TRUE(contains(said("junit"), "x.har:log.entries[3].response:2:31: warning: realm")) << said("junit");
    // The part may come before the messages, too.
    const std::vector<std::string> lines = lines_of(report);
    const std::string early = lines[0] + "\n" + lines[2] + "\n" + lines[1] + "\n" + lines[3] + "\n";
    EXPECT_EQ(run({"merge", "--format", "junit"}, early).out, said("junit"));
    EXPECT_TRUE(contains(said("junit"), "errors=\"1\"") &&
                contains(said("junit"), "log.entries[4]: it has no request"));
    EXPECT_TRUE(
        contains(said("github"), "::warning file=x.har,title=realm-as-token::log.entries[3].response:2:31: a realm"));
    EXPECT_TRUE(contains(said("github"), "::error file=x.har,title=not read::log.entries[4]: it has no request\n"));
    EXPECT_TRUE(contains(said("html"), "<code>x.har:log.entries[3].response:2:31</code>")) << said("html");
    EXPECT_TRUE(contains(said("html"), "<code>x.har, log.entries[4]</code>: it has no request"));
    const json sarif = json::parse(said("sarif"))["runs"][0];
    const json& place = sarif["results"][0]["locations"][0];
    EXPECT_FALSE(place["physicalLocation"].contains("region"));
    EXPECT_EQ(place["logicalLocations"][0]["fullyQualifiedName"], "log.entries[3].response");
    EXPECT_EQ(place["message"]["text"], "line 2, column 31");
    EXPECT_EQ(sarif["invocations"][0]["executionSuccessful"], false);
    EXPECT_EQ(sarif["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"],
              "not read: log.entries[4]: it has no request");
    const outcome text = run({"merge"}, report);
    EXPECT_EQ(text.exit_code, 2);
    EXPECT_EQ(text.err, "authlint: x.har: log.entries[4]: not read: it has no request\n");
    EXPECT_EQ(json::parse(said("json"))["messages"][0]["label"], "log.entries[3].response");
}

}  // namespace
