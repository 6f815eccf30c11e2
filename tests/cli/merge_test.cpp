// What merge makes of the reports of lint.

#include "program.hpp"
#include "report_samples.hpp"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace authlint_test;
using nlohmann::json;

/// NDJSON reports of the captures, a few to a file.
std::vector<std::string> reports_of(const std::vector<std::string>& files, const std::string& form) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < files.size(); at += 7) {
        const std::vector<std::string> some(
            files.begin() + static_cast<std::ptrdiff_t>(at),
            files.begin() + static_cast<std::ptrdiff_t>(std::min(at + 7, files.size())));
        out.push_back(
            file_with("part" + std::to_string(at) + "." + form, run(with({"lint", "--format", form}, some)).out));
    }
    return out;
}

TEST(merge, equals_one_run) {
    std::vector<std::string> files = captures();
    files.push_back("missing.http");
    const std::vector<std::string> lines = reports_of(files, "ndjson");
    const std::vector<std::string> objects = reports_of(files, "json");
    std::string all;
    for (const std::string& part : lines) all += content(part);
    for (const std::string& form : report_forms) {
        const outcome one = run(with({"lint", "--format", form}, files));
        for (const outcome& merged :
             {run(with({"merge", "--format", form}, lines)), run(with({"merge", "--format", form}, objects)),
              run({"merge", "--format", form}, all)}) {
            EXPECT_EQ(merged.out, one.out) << form;
            EXPECT_EQ(merged.exit_code, one.exit_code) << form;
            EXPECT_EQ(merged.err, one.err) << form;
        }
    }
}

TEST(merge, names_what_is_no_report) {
    const std::string good = run({"lint", "--format", "ndjson"}, one_warning).out;
    const std::string object = run({"lint", "--format", "json"}, one_warning).out;
    const std::vector<std::string> parts = lines_of(good);
    ASSERT_EQ(parts.size(), 3U);
    const auto changed = [](std::string text, const std::string& from, const std::string& to) {
        const std::size_t at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return text.replace(at, from.size(), to);
    };
    const std::string now = json::parse(parts[0])["version"];
    for (const auto& [text, why] : std::vector<std::pair<std::string, std::string>>{
             {"", "is empty, and so no report"},
             {" \n", "is empty, and so no report"},
             {"HTTP/1.1 200 OK\n", "is no JSON"},
             {"[]", "is not a JSON object"},
             {"{}", "is no report of authlint"},
             {object + "x", "has something behind the report"},
             {object.substr(0, object.size() - 20), "ends early"},
             {parts[0] + "\n" + parts[1] + "\n",
              "ends early, after line 2: the report has no line \"summary\"; what came before"},
             {parts[0] + "\n" + parts[1].substr(0, 100), "line 2 is broken at byte 100"},
             {parts[1] + "\n" + parts[2] + "\n", "line 1 is part of a report that begins with no line \"report\""},
             {parts[0] + "\n" + good, "line 2 begins a report, and the one before it has no line \"summary\""},
             {changed(good, "\"schema\": 2", "\"schema\": 3"), "line 1 is a report of schema 3; merge reads schema 2"},
             {changed(object, "\"schema\": 2", "\"schema\": 1"), "is a report of schema 1; merge reads schema 2"},
             {changed(good, now, "0.0.1"), "line 1 was written by authlint \"0.0.1\", and this is " + now},
             {changed(object, now, "0.0.1"), "was written by authlint \"0.0.1\""},
             {changed(good, "\"realm-as-token\", \"sev", "\"no-such-id\", \"sev"),
              "line 2 has a finding that has no proper member \"id\""},
             {changed(object, "\"column\": 31", "\"column\": \"31\""),
              "messages[0] has a finding that has no proper member \"column\""},
             {changed(good, "\"warnings\": 1", "\"warnings\": 2"), "line 3 has no proper member \"ids\""},
             {changed(object, "\"summary\"", "\"summery\""), "has no \"summary\""}}) {
        const outcome result = run({"merge"}, text);
        EXPECT_EQ(result.exit_code, 2) << text;
        EXPECT_TRUE(contains(result.err, why)) << why << ": " << result.err;
        EXPECT_TRUE(contains(result.out, "authentication field")) << "there is a report all the same";
    }
    const outcome old = run({"merge"}, run({"lint", "--format", "json", "--schema", "1"}, one_warning).out);
    EXPECT_TRUE(contains(old.err, "is a report of schema 1")) << old.err;
    EXPECT_EQ(run({"merge", "no such file"}).exit_code, 2);
    EXPECT_EQ(run({"merge", "."}).exit_code, 2);
}

// One broken report does not stop the others, and what there is of it counts.
TEST(merge, says_what_was_not_read_as_lint_does) {
    std::ofstream("cut.har") << R"({"log": {"version": "1.2", "entries": [{"request": {"method": "GET"}}, {)";
    const std::vector<std::string> files{"no such file", "cut.har", "."};
    const outcome one = run(with({"lint", "--format", "ndjson"}, files));
    EXPECT_TRUE(contains(one.err, "cut.har: log.entries[0].request: not read: there are no headers")) << one.err;
    EXPECT_EQ(run({"merge"}, one.out).err, one.err);
}

TEST(merge, goes_on_after_a_broken_report) {
    const std::string good = run({"lint", "--format", "ndjson"}, one_warning).out;
    file_with("cut.ndjson", good.substr(0, good.rfind("{\"type\"")));
    file_with("good.ndjson", good);
    const outcome result = run({"merge", "--format", "json", "cut.ndjson", "good.ndjson"});
    EXPECT_EQ(result.exit_code, 2);
    const json said = json::parse(result.out);
    EXPECT_EQ(said["messages"].size(), 2U);
    EXPECT_EQ(said["summary"]["warnings"], 2);
    EXPECT_EQ(said["summary"]["fields"], 2);
    EXPECT_EQ(said["summary"]["files"], 2);
}

TEST(merge, says_what_it_leaves_out) {
    const outcome result = run({"merge"}, run({"lint", "--format", "json", "--why"}, one_warning).out);
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_TRUE(contains(result.err, "-: \"refusals\" is left out")) << result.err;
}

}  // namespace
