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

/// A report without messages whose summary has one id, with a number in the place of a count, or of several.
std::string with_counts(const std::string& number, const std::string& member) {
    parts p;
    std::string totals = p.totals.dump();
    const std::string before = "\"" + member + "\":";
    const std::size_t at = totals.find(before);
    EXPECT_NE(at, std::string::npos) << member;
    const std::size_t value = at + before.size();
    totals.replace(value, totals.find_first_of(",}", value) - value, number);
    return "{" + head() + ", \"messages\": [], \"unread\": [], \"summary\": " + totals + "}";
}

TEST(report_reader, refuses_numbers_that_are_no_counts) {
    for (const char* number :
         {"-1",   "-0",   "1.0",      "1e3",       "1e999", "-1e999", "1e-999", "18446744073709551616",
          "NaN",  "nan",  "Infinity", "-Infinity", "0x10",  "01",     "+1",     "\"1\"",
          "null", "true", "[1]",      "{}"}) {
        for (const char* member : {"files", "messages", "fields", "unread", "not_shown", "in_baseline"}) {
            counter out;
            EXPECT_NE(read(with_counts(number, member), out), "") << member << ' ' << number;
            EXPECT_EQ(out.ends, 0) << member << ' ' << number;
        }
    }
    counter out;
    EXPECT_EQ(read(with_counts("18446744073709551615", "files"), out), "");
    EXPECT_EQ(read(with_counts("-1", "files"), out), "\"summary\" has no proper member \"files\"");
}

TEST(report_reader, refuses_a_status_of_no_three_digits) {
    for (const char* number : {"-1", "1000", "4294967697", "18446744073709551615", "1e2", "\"401\""}) {
        std::string text = as_object();
        const std::size_t at = text.find("\"status\": 401") + 10;
        counter out;
        EXPECT_EQ(read(text.replace(at, 3, number), out), "messages[0] has no proper member \"status\"") << number;
    }
}

TEST(report_totals, never_start_again_at_0) {
    constexpr auto most = static_cast<std::size_t>(-1);
    const auto& rule = *authgrammar::audit::finding_rule_from_id("syntax");
    report_totals a;
    report_totals b;
    for (report_totals* each : {&a, &b}) {
        each->files = each->unread = each->not_shown = most;
        each->count(rule, authgrammar::audit::severity::error, most);
        each->count(rule, authgrammar::audit::severity::error, 2);
        each->count(rule, authgrammar::audit::severity::info, 1);
    }
    a.add(b);
    EXPECT_EQ(a.files, most);
    EXPECT_EQ(a.unread, most);
    EXPECT_EQ(a.not_shown, most);
    EXPECT_EQ(a.errors, most);
    EXPECT_EQ(a.infos, 2U);
    EXPECT_FALSE(a.clean());
    EXPECT_EQ(a.by_id().front().count(), most);
}

TEST(report_reader, bounds_the_bytes_of_a_value) {
    const std::string start = "{" + head() + ", \"messages\": [";
    const std::string message = parts().message;
    const std::string why = "has a value of more than " + std::to_string(authlint::longest_report_line) +
                            " bytes, which begins behind byte ";
    const std::string long_run(authlint::longest_report_line + (std::size_t{1} << 17), ' ');
    counter string;
    EXPECT_EQ(read(start + message + ",{\"source\": \"" + long_run, string),
              why + std::to_string((start + message).size()));
    EXPECT_EQ(string.messages, 1);
    counter space;
    EXPECT_EQ(read(start + long_run + message, space), why + std::to_string(head().size() + 1));
    // Many values, each of which may be as long, are no long value.
    std::string many = start + message;
    while (many.size() < long_run.size()) many += "," + std::string(1 << 20, ' ') + message;
    counter all;
    EXPECT_EQ(read(many + "]", all).rfind("is no JSON, or ends early", 0), 0U);
    EXPECT_GT(all.messages, 60);
}

TEST(report_reader, bounds_what_it_builds) {
    const std::string start = "{" + head() + ", \"messages\": [";
    counter deep;
    EXPECT_EQ(read(start + std::string(100000, '['), deep), "is nested too deeply");
    std::string members = start + "{";
    for (int i = 0; i < 100000; ++i) members += "\"" + std::to_string(i) + "\": 1,";
    counter wide;
    EXPECT_EQ(read(members, wide), "has an object with too many members");
    std::string values;
    for (int i = 0; i < 300000; ++i) values += "1,";
    counter many;
    EXPECT_EQ(read(start + "{\"source\": [" + values, many),
              "has more than 262144 values in one element of \"messages\"");
    const std::string lines = "{\"type\": \"report\", " + head() + "}\n";
    EXPECT_EQ(read(lines + "{\"type\": \"message\", \"findings\": [" + values + "1]}\n", many),
              "line 2 has too many elements in \"findings\"");
    EXPECT_EQ(read(lines + "{\"type\": \"message\", \"findings\": [{\"requirements\": [" + values + "1]}]}\n", many),
              "line 2 has a broken element in \"findings\": the input has more than 262144 values");
    counter line;
    EXPECT_NE(read("{\"type\": \"report\", " + head() + "}\n{\"type\": \"message\"" + std::string(1000, ' '), line),
              "");
}

}  // namespace
