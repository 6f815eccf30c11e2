// How much the engine does: the rules that it starts are counted, so the measure is the same on every machine.
// The engine's own rules, actions and state are used, with its control made to count.

#include "../../src/peg/engine.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::test {
namespace {

std::size_t starts = 0;

template <typename Rule>
struct counting : peg::stoppable<Rule> {
    template <typename... States>
    static void start(const peg::input&, States&&...) noexcept {
        ++starts;
    }
};

struct ignore {
    bool on_event(const event&) noexcept { return true; }
};

template <typename Rule>
std::size_t starts_for(const std::string& value) {
    ignore consumer;
    peg::input in(value.data(), value.data() + value.size(), "");
    peg::reading st(value, sink_for(consumer));
    starts = 0;
    static_cast<void>(tao::pegtl::parse<tao::pegtl::seq<Rule, tao::pegtl::eof>, peg::action, counting>(in, st));
    return starts;
}

std::string repeat(std::string_view first, std::string_view part, std::size_t times, std::string_view last = "") {
    std::string text(first);
    for (std::size_t i = 0; i < times; ++i) text += part;
    return text += last;
}

// Families with many derivations, with long common prefixes of alternatives, and with errors at the very end.
std::vector<std::string> values(std::size_t n) {
    std::vector<std::string> all;
    for (const std::string_view last : {"", "\x01", "\"", "=", " "}) {
        all.push_back(repeat("A", " ,A", n, last));
        all.push_back(repeat("A", " ,,A", n, last));
        all.push_back(repeat("A a=b", ",,A a=b", n, last));
        all.push_back(repeat("A a=b", ",a=b", n, last));
        all.push_back(repeat("A a=b", " , a", n, last));
        all.push_back(repeat("A", ",A a", n, last));
        all.push_back(repeat("A a=b", ",A\t\t\t", n, last));
        all.push_back(repeat("A ", ",", n, last));
        all.push_back(repeat("A ", " ,\t", n, last));
        all.push_back(repeat("A a=b", " ,", n, last));
        all.push_back(repeat("A", " ", n, last));
        all.push_back(repeat("A", "\t", n, last));
        all.push_back(repeat("A b", " ", n, last));
        all.push_back(repeat("A b=c", " ", n, last));
        all.push_back(repeat("A b=", "\t", n, last));
        all.push_back(repeat("A ,", " ", n, last));
        all.push_back(repeat("", "A", n, last));
        all.push_back(repeat("A ", "b", n, last));
        all.push_back(repeat("A ", "/", n, last));
        all.push_back(repeat("A b", "=", n, last));
        all.push_back(repeat("A b=", "c", n, last));
        all.push_back(repeat("A b=c,", "d", n, last));
        all.push_back(repeat("A b=c,", "d", n, std::string(n, 'e') + std::string(last)));
        all.push_back(repeat("A b=\"", "c", n, last));
        all.push_back(repeat("A b=\"", "\\\"", n, last));
        all.push_back(repeat("A b=\"", "\x80", n, "\""));
        all.push_back(repeat("A b=c", ",d=\"e\"", n, last));
        all.push_back(repeat("a=b", ",c=d", n, last));
        all.push_back(repeat("", ", ", n, last));
        all.push_back(repeat("", ",a", n, last));
        all.push_back(repeat("a=b", "\t,", n, last));
    }
    return all;
}

double worst = 0;

template <typename Rule>
void expect_linear() {
    const std::vector<std::string> small = values(500), large = values(1000);
    for (std::size_t i = 0; i < small.size(); ++i) {
        const double few = static_cast<double>(starts_for<Rule>(small[i]));
        const double many = static_cast<double>(starts_for<Rule>(large[i]));
        const double per_byte = many / static_cast<double>(large[i].size());
        if (per_byte > worst) worst = per_byte;
        // Twice the input is at most twice the work, and a constant.
        EXPECT_LE(many, 2 * few + 200) << large[i].substr(0, 20);
        EXPECT_LE(per_byte, 25) << large[i].substr(0, 20);
    }
}

template <typename Edition>
void expect_linear_fields() {
    expect_linear<typename Edition::WWW_Authenticate>();
    expect_linear<typename Edition::Authorization>();
    expect_linear<typename Edition::Authentication_Info>();
}

TEST(work, is_linear) {
    expect_linear_fields<grammar::fields::rfc7235>();
    expect_linear_fields<grammar::fields::rfc9110_recipient>();
    expect_linear_fields<grammar::fields::rfc9110_sender>();
    std::printf("at most %.2f rules are started per byte\n", worst);
    RecordProperty("rules_started_per_byte", std::to_string(worst));
    EXPECT_GT(worst, 1);
}

// After a refused event the rest of the value is not looked at.
TEST(work, ends_when_the_sink_refuses) {
    struct refuse {
        bool on_event(const event&) noexcept { return false; }
    } consumer;
    for (const std::size_t n : {std::size_t{1000}, std::size_t{100000}}) {
        const std::string value = repeat("A b=c", ",d=e", n);
        peg::input in(value.data(), value.data() + value.size(), "");
        peg::reading st(value, sink_for(consumer));
        starts = 0;
        using whole = tao::pegtl::seq<grammar::fields::rfc9110_recipient::WWW_Authenticate, tao::pegtl::eof>;
        EXPECT_FALSE((tao::pegtl::parse<whole, peg::action, counting>(in, st)));
        EXPECT_TRUE(st.stopped());
        EXPECT_LE(starts, 200u);
    }
}

}  // namespace
}  // namespace authgrammar::test
