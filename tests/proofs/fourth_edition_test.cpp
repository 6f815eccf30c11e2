// A fourth edition takes one row of flags, one ABNF file and one PEGTL header. With these it has what the three have: the
// PEG equals the ABNF, the tokenizer equals both, and the bulk paths, of which nothing was changed, do what the steps do.

#include "bisimulation.hpp"
#include "fourth_edition/first_element.hpp"
#include "peg_automaton.hpp"
#include "peg_rules_of_types.hpp"
#include "report.hpp"

#include <authgrammar/abnf/edition.hpp>
#include <authgrammar/abnf/labels.hpp>
#include <authgrammar/abnf/product.hpp>
#include <authgrammar/isa.hpp>
#include <authgrammar/tokenizer.hpp>

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

namespace {

using namespace authgrammar;
using namespace authgrammar::proofs;

constexpr auto first_element_edition = static_cast<edition>(detail::AG_EDITIONS);

/// The row of flags, behind those of the three editions.
struct four_editions {
    static constexpr unsigned char rows[] = {
        detail::AG_RFC7235, detail::AG_RECIPIENT, detail::AG_SENDER,
        detail::AG_EMPTY_LIST + detail::AG_EMPTY_ELEMENTS + detail::AG_TRAILING_OWS};
    static constexpr detail::step_tables<4> of{rows};
};
using tokenizer_of_four = basic_tokenizer<four_editions>;

const abnf::rule_set& rules() {
    static const abnf::rule_set all = [] {
        std::ifstream file(AUTHGRAMMAR_SOURCE_DIR "/tests/proofs/fourth_edition/first_element.abnf", std::ios::binary);
        const std::string own(std::istreambuf_iterator<char>(file), {});
        abnf::rule_set set;
        for (const char* name : {"rfc5234.abnf", "rfc9110.abnf"}) {
            EXPECT_FALSE(set.add(get(abnf::read(get(abnf::load_file(name)), name))));
        }
        EXPECT_FALSE(set.add(get(abnf::read(own, "first_element.abnf"))));
        return get(set.resolve(abnf::list_form::sender));
    }();
    return all;
}

TEST(fourth_edition, differs_from_the_three) {
    for (const edition e : all_editions) {
        const abnf::dfa theirs = get(abnf::make_dfa(get(abnf::load_edition(name_of(e))), "WWW-Authenticate"));
        EXPECT_TRUE(abnf::find_difference(get(abnf::make_dfa(rules(), "WWW-Authenticate")), theirs)) << name_of(e);
    }
}

TEST(fourth_edition, peg_equals_abnf) {
    std::size_t fields = 0;
    for (const peg_rule& rule : peg_fields<first_element::fields>()) {
        const auto witness = abnf::find_difference(automaton_of(rule.types), get(abnf::make_dfa(rules(), rule.name)));
        EXPECT_FALSE(witness) << rule.name << ": " << visible(*witness);
        ++fields;
    }
    EXPECT_EQ(fields, 6U);
}

TEST(fourth_edition, tokenizer_equals_abnf) {
    figures total;
    for (const field f : all_fields) {
        const abnf::dfa automaton = get(abnf::make_dfa(rules(), name_of(f)));
        const abnf::labelled_automaton labels = get(abnf::make_labelled(rules(), name_of(f)));
        const auto found =
            bisimulation<tokenizer_of_four>(f, first_element_edition, automaton, labels, all_bytes()).run(total);
        EXPECT_FALSE(found) << name_of(f) << ": " << visible(found->value) << " " << found->what;
    }
    std::printf("P5 fourth edition: tokenizer = ABNF = PEG, %zu + %zu pairs, %zu steps\n", total.verdict_pairs,
                total.event_pairs, total.steps);
}

struct outcome {
    error_code code;
    std::uint64_t offset;
    std::vector<event> events;
};

outcome read(field f, const std::string& value, std::size_t piece) {
    recording r;
    tokenizer_of_four t(f, first_element_edition, unlimited);
    error_code code = error_code::none;
    for (std::size_t i = 0; i < value.size() && code == error_code::none; i += piece) {
        code = t.feed(std::string_view(value).substr(i, piece), r);
    }
    if (code == error_code::none) code = t.finish(r);
    return {code, t.position(), std::move(r.events)};
}

TEST(fourth_edition, bulk_paths_do_what_the_steps_do) {
    const std::vector<std::string> parts = {"A",  "Basic ", "a=b",    "c=\"d, \\\" e\"", ",",  ", ",  " ,",
                                            ",,", " \t,",   "x68/==", "realm=\"",        "\"", "\\,", " = ",
                                            "=",  "y68"};
    const isa best = active_isa();
    std::minstd_rand random(4);
    std::size_t accepted = 0;
    for (const isa i : all_isas) {
        if (!force_isa(i)) continue;
        for (int n = 0; n < 20000; ++n) {
            std::string value;
            const std::size_t size = random() % 200;
            while (value.size() < size) value += parts[random() % parts.size()];
            const field f = all_fields[random() % all_fields.size()];
            const outcome steps = read(f, value, 1);
            const outcome bulk = read(f, value, value.size() + 1);
            ASSERT_EQ(bulk.code, steps.code) << name_of(f) << " " << visible(value);
            ASSERT_EQ(bulk.offset, steps.offset) << name_of(f) << " " << visible(value);
            ASSERT_EQ(bulk.events, steps.events) << name_of(f) << " " << visible(value);
            accepted += steps.code == error_code::none ? 1 : 0;
        }
    }
    EXPECT_TRUE(force_isa(best));
    EXPECT_GT(accepted, 100U);
}

}  // namespace
