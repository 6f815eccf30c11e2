// The exports of corpus/exports, which other programs made, and what `authlint lint` and `authlint why` find in them.

#include "program.hpp"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace {

using authlint_test::run;
using nlohmann::json;

const std::filesystem::path corpus = std::filesystem::path(AUTHGRAMMAR_SOURCE_DIR) / "corpus" / "exports";

/// Of each message its status, the ids of its findings, and its authentication fields with their lines.
json essence(const std::string& name) {
    const auto result = run({"lint", "--format", "json", (corpus / name).string()});
    EXPECT_EQ(result.err, "") << name;
    EXPECT_NE(result.exit_code, 2) << name;
    json all = json::array();
    const json said = json::parse(result.out);
    for (const json& m : said["messages"]) {
        json one{{"status", m["status"]}, {"findings", json::array()}, {"fields", json::array()}};
        for (const json& f : m["findings"]) one["findings"].push_back(f["id"]);
        for (const json& f : m["fields"]) one["fields"].push_back({f["field"], f["lines"], f["valid"]});
        all.push_back(one);
    }
    return all;
}

/// Whether this authlint was built without what the export takes.
bool lacks_a_library(const std::string& name) {
    return run({"lint", (corpus / name).string()}).err.find("this authlint was built without") != std::string::npos;
}

bool has_tshark() { return std::system("tshark --version > /dev/null 2>&1") == 0; }  // NOLINT: no input in it

TEST(exports, one_login_has_the_same_findings_in_every_form) {
    const json expected = json::parse(R"([
        {"status": null, "findings": [], "fields": []},
        {"status": 401, "findings": ["realm-as-token", "syntax"], "fields": [["WWW-Authenticate", 2, false]]},
        {"status": null, "findings": [], "fields": [["Authorization", 1, true]]},
        {"status": 200, "findings": [], "fields": []}])");
    const std::set<std::string> others{"README.md",  ".gitattributes", "chromium-login.har",
                                       "nghttp.txt", "nghttp.pcap",    "h2-trailers.pcap"};
    std::size_t compared = 0;
    for (const auto& entry : std::filesystem::directory_iterator(corpus)) {
        const std::string name = entry.path().filename().string();
        const bool capture = entry.path().extension() == ".pcap" || entry.path().extension() == ".pcapng";
        if (others.count(name) != 0 || (capture && !has_tshark()) || lacks_a_library(name)) continue;
        EXPECT_EQ(essence(name), expected) << name;
        ++compared;
    }
    EXPECT_GE(compared, 16U);
}

// Two streams of one connection, whose frames are interleaved.
TEST(exports, http2_is_paired_by_stream) {
    const json expected = json::parse(R"([
        {"status": null, "findings": ["syntax"], "fields": [["Authorization", 1, false]]},
        {"status": 200, "findings": [], "fields": []},
        {"status": null, "findings": ["syntax"], "fields": [["Authorization", 1, false]]},
        {"status": 404, "findings": [], "fields": []}])");
    EXPECT_EQ(essence("nghttp.txt"), expected);
    if (!has_tshark() || lacks_a_library("nghttp.pcap")) GTEST_SKIP() << "tshark is not installed";
    EXPECT_EQ(essence("nghttp.pcap"), expected);
}

// A second HEADERS frame on a stream, of responses and of a request.
TEST(exports, trailers_of_http2_are_judged_as_trailers) {
    if (!has_tshark() || lacks_a_library("h2-trailers.pcap")) GTEST_SKIP() << "tshark is not installed";
    const json request = json::parse(R"({"status": null, "findings": [], "fields": []})");
    const json sent =
        json::parse(R"({"status": null, "findings": ["field-in-trailers"], "fields": [["Authorization", 1, true]]})");
    const json received = json::parse(R"({"status": null, "findings": ["field-in-trailers", "realm-as-token"],
        "fields": [["Authentication-Info", 1, true], ["WWW-Authenticate", 1, true]]})");
    const auto response = [](int status) {
        return json{{"status", status}, {"findings", json::array()}, {"fields", json::array()}};
    };
    EXPECT_EQ(essence("h2-trailers.pcap"), json({request, response(200), received, request, response(404), received,
                                                 request, sent, response(200), received}));
    const std::string text = run({"lint", "--quiet", (corpus / "h2-trailers.pcap").string()}).out;
    EXPECT_NE(text.find("h2-trailers.pcap:frame "), std::string::npos) << text;
}

// Chromium answered the 401 itself, and its HAR has the last response only.
TEST(exports, why_says_what_a_har_lacks) {
    const auto result = run({"why", "--json", (corpus / "chromium-login.har").string()});
    EXPECT_EQ(result.exit_code, 1) << "not clean";
    const json said = json::parse(result.out);
    ASSERT_EQ(said["inputs"].size(), 1U);
    ASSERT_FALSE(said["inputs"][0]["missing"].empty()) << said.dump(2);
    EXPECT_NE(said["inputs"][0]["missing"][0]["text"].get<std::string>().find("HAR"), std::string::npos);
    EXPECT_TRUE(said["refusals"].empty());
}

TEST(exports, why_reads_them_too) {
    if (lacks_a_library("wget.warc.gz")) GTEST_SKIP() << "built without zlib";
    const auto result = run({"why", (corpus / "wget.warc.gz").string()});
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    EXPECT_NE(result.out.find("1 request with credentials was accepted"), std::string::npos) << result.out;
}

TEST(exports, a_kind_can_be_forced) {
    const auto as_text = run({"lint", "--input", "text", (corpus / "login.ndjson").string()});
    EXPECT_EQ(as_text.exit_code, 1);
    EXPECT_NE(as_text.out.find("[foreign-input]"), std::string::npos) << as_text.out;
    EXPECT_EQ(run({"lint", "--input", "ndjson", (corpus / "login.ndjson").string()}).exit_code, 1);
    EXPECT_EQ(run({"lint", "--input", "gopher", (corpus / "login.ndjson").string()}).exit_code, 2);
    const auto wrong = run({"lint", "--input", "har", (corpus / "login.http").string()});
    EXPECT_EQ(wrong.exit_code, 2);
    EXPECT_NE(wrong.err.find("byte 0: not read: "), std::string::npos) << wrong.err;
}

TEST(exports, lines_of_a_value_may_end_with_crlf) {
    const auto result =
        run({"lint", "--input", "ndjson", "--quiet"}, R"({"response": {"status": 401, "headers": {"WWW-Authenticate": )"
                                                      R"("Basic realm=\"a\"\r\nNewauth realm=\"b\""}}})"
                                                      "\n");
    EXPECT_EQ(result.out.find("[bare-cr]"), std::string::npos) << result.out;
    EXPECT_NE(result.out.find(":3:"), std::string::npos) << "the second line is a field line: " << result.out;
}

TEST(exports, unread_parts_are_told_and_the_rest_is_read) {
    const std::string har =
        R"({"log": {"entries": [{"request": {"url": "http://127.0.0.1/"}, "response": {"status": 401, "headers": []}}, )"
        R"({"request": {"method": "GET", "url": "http://127.0.0.1/", "headers": [)";
    const auto result = run({"lint", "--verbose"}, har);
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_NE(result.out.find("[401-without-www-authenticate]"), std::string::npos) << result.out;
    EXPECT_NE(result.err.find("-: log.entries[0].request: not read: there is no method\n"), std::string::npos)
        << result.err;
    EXPECT_NE(result.err.find("-: byte " + std::to_string(har.size()) + ": not read: the JSON ends early\n"),
              std::string::npos)
        << result.err;
    EXPECT_NE(result.out.find("GET request"), std::string::npos) << "what there is of the second entry";
}

}  // namespace
