// grammar/deviations.md, held against the headers and against the naive transcriptions.

#include "abnf_text.hpp"
#include "header_text.hpp"
#include "match.hpp"
#include "naive.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace authgrammar::test {
namespace {

struct witness {
    std::string field, edition, value;
    bool ours = false;
    std::string naive;
    bool theirs = false;
};

struct deviation {
    std::set<std::string> rules, editions;
    std::vector<witness> witnesses;
};

void split(std::string_view text, std::set<std::string>& into) {
    for (std::string& word : words(text, ", ")) into.insert(std::move(word));
}

// FIELD EDITION "VALUE" valid|invalid; TRANSCRIPTION valid|invalid
witness read_witness(std::string_view text) {
    const std::size_t first = text.find('"'), last = text.rfind('"');
    if (first == std::string_view::npos || first == last) {
        ADD_FAILURE() << "no value: " << text;
        return {};
    }
    const std::vector<std::string> where = words(text.substr(0, first), " ");
    const std::vector<std::string> verdicts = words(text.substr(last + 1), " ;");
    if (where.size() != 2 || verdicts.size() != 3) {
        ADD_FAILURE() << "no witness: " << text;
        return {};
    }
    for (const std::string& verdict : {verdicts[0], verdicts[2]}) {
        EXPECT_TRUE(verdict == "valid" || verdict == "invalid") << text;
    }
    return {where[0],
            where[1],
            unquote(text.substr(first, last + 1 - first)),
            verdicts[0] == "valid",
            verdicts[1],
            verdicts[2] == "valid"};
}

std::map<std::string, deviation> read_deviations() {
    std::map<std::string, deviation> deviations;
    deviation* current = nullptr;
    std::string item;
    for (const std::string& line : read_lines("grammar/deviations.md")) {
        if (line.rfind("## S-", 0) == 0) {
            current = nullptr;  // what is outside the framework: tests/proofs/p8_schemes_test.cpp
        } else if (line.rfind("## ", 0) == 0) {
            const auto [at, fresh] = deviations.try_emplace(line.substr(3, line.find(':') - 3));
            EXPECT_TRUE(fresh) << line;
            current = &at->second;
            item.clear();
        } else if (current != nullptr && line.rfind("- ", 0) == 0) {
            const std::size_t colon = line.find(": ");
            item = line.substr(2, colon == std::string::npos ? 0 : colon - 2);
            const std::string text = line.substr(colon == std::string::npos ? line.size() : colon + 2);
            if (item == "Rules") split(text, current->rules);
            if (item == "Editions") split(text, current->editions);
            if (item == "Witness") current->witnesses.push_back(read_witness(text));
        } else if (item == "Rules" && line.rfind("  ", 0) == 0) {
            split(line, current->rules);
        }
    }
    return deviations;
}

// Transcription or "ours"; field and edition, or rule and scheme.
using key = std::tuple<std::string, std::string, std::string>;

const std::map<key, matcher>& matchers() {
    using namespace grammar;
    static const std::map<key, matcher> all{
        {{"ours", "WWW-Authenticate", "rfc7235"}, &matches<fields::rfc7235::WWW_Authenticate>},
        {{"ours", "Authorization", "rfc7235"}, &matches<fields::rfc7235::Authorization>},
        {{"ours", "Authentication-Info", "rfc7235"}, &matches<fields::rfc7235::Authentication_Info>},
        {{"ours", "WWW-Authenticate", "rfc9110-recipient"}, &matches<fields::rfc9110_recipient::WWW_Authenticate>},
        {{"ours", "Authorization", "rfc9110-recipient"}, &matches<fields::rfc9110_recipient::Authorization>},
        {{"ours", "Authentication-Info", "rfc9110-recipient"},
         &matches<fields::rfc9110_recipient::Authentication_Info>},
        {{"ours", "WWW-Authenticate", "rfc9110-sender"}, &matches<fields::rfc9110_sender::WWW_Authenticate>},
        {{"ours", "Authorization", "rfc9110-sender"}, &matches<fields::rfc9110_sender::Authorization>},
        {{"literal_copy", "WWW-Authenticate", "rfc7235"}, &matches<naive::literal_copy::rfc7235::WWW_Authenticate>},
        {{"literal_copy", "Authorization", "rfc7235"}, &matches<naive::literal_copy::rfc7235::Authorization>},
        {{"literal_copy", "WWW-Authenticate", "rfc9110-recipient"},
         &matches<naive::literal_copy::rfc9110_recipient::WWW_Authenticate>},
        {{"literal_copy", "Authorization", "rfc9110-recipient"},
         &matches<naive::literal_copy::rfc9110_recipient::Authorization>},
        {{"literal_copy", "WWW-Authenticate", "rfc9110-sender"},
         &matches<naive::literal_copy::rfc9110_sender::WWW_Authenticate>},
        {{"literal_copy", "Authorization", "rfc9110-sender"},
         &matches<naive::literal_copy::rfc9110_sender::Authorization>},
        {{"params_first", "WWW-Authenticate", "rfc7235"}, &matches<naive::params_first::rfc7235::WWW_Authenticate>},
        {{"guarded_token68", "WWW-Authenticate", "rfc7235"},
         &matches<naive::guarded_token68::rfc7235::WWW_Authenticate>},
        {{"guarded_token68", "WWW-Authenticate", "rfc9110-recipient"},
         &matches<naive::guarded_token68::rfc9110_recipient::WWW_Authenticate>},
        {{"separated_list", "WWW-Authenticate", "rfc7235"}, &matches<naive::separated_list::rfc7235::WWW_Authenticate>},
        {{"optional_gap", "WWW-Authenticate", "rfc7235"}, &matches<naive::optional_gap::rfc7235::WWW_Authenticate>},
        {{"sender_expansion", "Authentication-Info", "rfc7235"},
         &matches<naive::sender_expansion::rfc7235::Authentication_Info>},
        {{"sender_expansion", "WWW-Authenticate", "rfc9110-recipient"},
         &matches<naive::sender_expansion::rfc9110_recipient::WWW_Authenticate>},
        {{"sender_expansion", "Authentication-Info", "rfc9110-recipient"},
         &matches<naive::sender_expansion::rfc9110_recipient::Authentication_Info>},
        {{"recipient_expansion", "Authentication-Info", "rfc7235"},
         &matches<naive::recipient_expansion::rfc7235::Authentication_Info>},
        {{"rfc7230_expansion", "WWW-Authenticate", "rfc9110-recipient"},
         &matches<naive::rfc7230_expansion::rfc9110_recipient::WWW_Authenticate>},
        {{"rfc7230_expansion", "Authorization", "rfc9110-recipient"},
         &matches<naive::rfc7230_expansion::rfc9110_recipient::Authorization>},
        {{"rfc7230_expansion", "Authentication-Info", "rfc9110-recipient"},
         &matches<naive::rfc7230_expansion::rfc9110_recipient::Authentication_Info>},
        {{"ours", "challenge", "bearer"}, &matches<bearer::challenge>},
        {{"ours", "challenge", "digest"}, &matches<digest::challenge>},
        {{"ours", "charset", "digest"}, &matches<rfc8187::charset>},
        {{"ours", "challenge", "negotiate"}, &matches<negotiate::challenge>},
        {{"recipient_expansion", "challenge", "bearer"}, &matches<naive::recipient_expansion::bearer::challenge>},
        {{"recipient_expansion", "challenge", "digest"}, &matches<naive::recipient_expansion::digest::challenge>},
        {{"literal_copy", "charset", "digest"}, &matches<naive::literal_copy::digest::charset>},
        {{"sender_expansion", "challenge", "negotiate"}, &matches<naive::sender_expansion::negotiate::challenge>},
    };
    return all;
}

bool verdict_of(const std::string& transcription, const std::string& field, const std::string& edition,
                const std::string& value) {
    const auto found = matchers().find({transcription, field, edition});
    if (found == matchers().end()) {
        ADD_FAILURE() << "no " << field << " of " << edition << " in " << transcription;
        return false;
    }
    return found->second(value);
}

TEST(deviations, headers_and_list_agree_on_ids_and_rules) {
    std::map<std::string, std::set<std::string>> in_headers, in_list;
    for (std::string_view source : sources) {
        for (const header_rule& rule : read_header(source)) {
            for (const std::string& id : rule.deviations) in_headers[id].insert(std::string(source) + "::" + rule.name);
        }
    }
    for (const auto& [id, entry] : read_deviations()) in_list[id] = entry.rules;
    EXPECT_EQ(in_headers, in_list);
}

TEST(deviations, ids_are_numbered_without_a_hole) {
    int next = 1;
    for (const auto& entry : read_deviations()) {
        EXPECT_EQ(entry.first, std::string(next < 10 ? "D-0" : "D-") + std::to_string(next));
        ++next;
    }
    EXPECT_GT(next, 1);
}

TEST(deviations, each_has_a_witness_that_a_transcription_gets_wrong_in_each_of_its_editions) {
    for (const auto& [id, entry] : read_deviations()) {
        std::set<std::string> shown;
        for (const witness& w : entry.witnesses) {
            SCOPED_TRACE(id + " " + w.field + " " + w.edition + " " + w.value);
            EXPECT_NE(w.ours, w.theirs);
            EXPECT_EQ(verdict_of("ours", w.field, w.edition, w.value), w.ours);
            EXPECT_EQ(verdict_of(w.naive, w.field, w.edition, w.value), w.theirs) << w.naive;
            shown.insert(w.edition);
        }
        EXPECT_EQ(shown, entry.editions) << id;
    }
}

TEST(deviations, each_transcription_is_the_witness_of_one) {
    std::set<std::string> kept, used{"ours"};
    for (const auto& entry : matchers()) kept.insert(std::get<0>(entry.first));
    for (const auto& entry : read_deviations()) {
        for (const witness& w : entry.second.witnesses) used.insert(w.naive);
    }
    EXPECT_EQ(kept, used);
}

// What a person who writes them down would try first.
TEST(deviations, transcriptions_pass_and_fail_the_usual_examples) {
    const std::string basic = "Basic realm=\"simple\"";
    const std::string two = "Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"simple\"";
    const std::string token68 = "Negotiate abc=";
    const struct {
        const char* transcription;
        bool basic, two, token68;
    } rows[] = {
        {"literal_copy", false, false, true},   {"params_first", true, false, false},
        {"guarded_token68", true, false, true}, {"separated_list", true, true, true},
        {"optional_gap", true, true, true},     {"ours", true, true, true},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(verdict_of(row.transcription, "WWW-Authenticate", "rfc7235", basic), row.basic) << row.transcription;
        EXPECT_EQ(verdict_of(row.transcription, "WWW-Authenticate", "rfc7235", two), row.two) << row.transcription;
        EXPECT_EQ(verdict_of(row.transcription, "WWW-Authenticate", "rfc7235", token68), row.token68)
            << row.transcription;
    }
}

}  // namespace
}  // namespace authgrammar::test
