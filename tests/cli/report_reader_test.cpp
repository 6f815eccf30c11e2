// Reports are files that anybody may have touched: whatever they hold is read or named, and a report that was cut never passes
// for a whole one.

#include "merge/report_reader.hpp"
#include "report/message_json.hpp"

#include <authgrammar/version.hpp>

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace {

using authlint::message_record;
using authlint::report_totals;
using authlint::unread_record;

/// Counts what it is told.
class counter : public authlint::report_listener {
public:
    void message(const message_record& m) override {
        ++messages;
        for (const auto& f : m.findings) EXPECT_NE(f.rule, nullptr);
    }
    void unread(const unread_record&) override { ++unreads; }
    void end(const report_totals&) override { ++ends; }
    void left_out(const std::string&) override {}

    int messages = 0;
    int unreads = 0;
    int ends = 0;
};

message_record some_message() {
    message_record m;
    m.source = "a \"b\"\xC3\xA9\n.http";
    m.label = "log.entries[0]";
    m.title = "response 401";
    m.status = 401;
    m.fields = R"([{"field": "WWW-Authenticate", "lines": 1, "valid": false}])";
    authlint::finding_record& f = m.findings.emplace_back();
    f.rule = authgrammar::audit::finding_rule_from_id("syntax");
    f.level = f.rule->level;
    f.field = "WWW-Authenticate";
    f.offset = 7;
    f.what = f.why = f.fix = f.section = "text";
    f.excerpt = "(";
    f.mark = "^";
    f.fingerprint = "syntax in response 401";
    f.requirements = {"R7235-4.1-syntax"};
    f.value = "Basic";
    return m;
}

/// The parts of a report of two messages and one part that was not read.
struct parts {
    std::string message;
    nlohmann::ordered_json unread = authlint::unread_as_json({"b", "record 2", "it ends early"});
    nlohmann::ordered_json totals;

    parts() {
        authlint::append_message_json(message, some_message(), authlint::json_schema, "\"type\": \"message\", ");
        report_totals sum;
        const message_record m = some_message();
        for (int i = 0; i < 2; ++i) sum.count(*m.findings[0].rule, m.findings[0].level);
        totals = authlint::totals_as_json(sum);
    }
};

std::string head() { return "\"schema\": 2, \"version\": \"" + std::string(authgrammar::version) + "\""; }

std::string as_lines() {
    parts p;
    p.unread["type"] = "unread";
    p.totals["type"] = "summary";
    return "{\"type\": \"report\", " + head() + "}\n" + p.message + "\n" + p.unread.dump() + "\n" + p.message + "\n" +
           p.totals.dump() + "\n";
}

std::string as_object() {
    const parts p;
    return "{" + head() + ", \"messages\": [" + p.message + "," + p.message + "], \"unread\": [" + p.unread.dump() +
           "], \"summary\": " + p.totals.dump() + "}";
}

std::string read(const std::string& text, counter& out) {
    std::istringstream in(text);
    return authlint::read_reports(in, out);
}

TEST(report_reader, reads_both_forms) {
    for (const std::string& text : {as_lines(), as_object(), as_lines() + as_lines(), " \n" + as_object() + "\n "}) {
        counter out;
        EXPECT_EQ(read(text, out), "");
        EXPECT_EQ(out.messages, 2 * out.ends);
        EXPECT_EQ(out.unreads, out.ends);
        EXPECT_GE(out.ends, 1);
    }
}

TEST(report_reader, what_is_written_is_read) {
    const message_record before = some_message();
    std::string text;
    authlint::append_message_json(text, before);
    message_record after;
    EXPECT_EQ(authlint::read_message_json(nlohmann::ordered_json::parse(text), after), "");
    std::string again;
    authlint::append_message_json(again, after);
    EXPECT_EQ(again, text);
    EXPECT_EQ(after.source, before.source);
    EXPECT_EQ(after.field_count, 1U);
}

TEST(report_reader, names_every_cut) {
    for (const std::string& whole : {as_lines(), as_object()}) {
        const bool lines = whole.back() == '\n';
        for (std::size_t size = 0; size < whole.size() - (lines ? 1 : 0); ++size) {
            counter out;
            EXPECT_NE(read(whole.substr(0, size), out), "") << size;
            EXPECT_EQ(out.ends, 0) << size;
        }
    }
}

TEST(report_reader, survives_changed_bytes) {
    for (const std::string& whole : {as_lines(), as_object()}) {
        for (std::size_t i = 0; i < whole.size(); i += 3) {
            for (const char c : {'\0', '"', '{', '9', '\xFF'}) {
                std::string text = whole;
                text[i] = c;
                counter out;
                const std::string why = read(text, out);
                EXPECT_TRUE(!why.empty() || out.ends == 1) << i << ' ' << c;
            }
        }
    }
}

TEST(report_reader, bounds_what_it_builds) {
    const std::string start = "{" + head() + ", \"messages\": [";
    counter deep;
    EXPECT_EQ(read(start + std::string(100000, '['), deep), "is nested too deeply");
    std::string members = start + "{";
    for (int i = 0; i < 100000; ++i) members += "\"" + std::to_string(i) + "\": 1,";
    counter wide;
    EXPECT_EQ(read(members, wide), "has an object with too many members");
    counter line;
    EXPECT_NE(read("{\"type\": \"report\", " + head() + "}\n{\"type\": \"message\"" + std::string(1000, ' '), line),
              "");
}

}  // namespace
