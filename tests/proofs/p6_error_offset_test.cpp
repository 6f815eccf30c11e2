// Proof P6: the PEGTL engine's verdict, error offset and events are the judge's, on every short value.

#include "engines.hpp"
#include "languages.hpp"
#include "report.hpp"

#include <authgrammar/abnf/events.hpp>
#include <authgrammar/abnf/reference.hpp>
#include <authgrammar/abnf/w_method.hpp>
#include <authgrammar/isa.hpp>

#include <gtest/gtest.h>

#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace authgrammar;
using namespace authgrammar::proofs;

constexpr abnf::suite_settings every_byte{0, true};

/// Every value up to `all` bytes, and up to `deep` bytes those with at most two bytes after the first that no valid
/// value has there.
struct reach {
    std::size_t all;
    std::size_t deep;
};

event to_core(const abnf::event& e) {
    const auto kind = [&] {
        switch (e.kind) {
            case abnf::event_kind::challenge_begin: return event_kind::challenge_begin;
            case abnf::event_kind::scheme: return event_kind::scheme;
            case abnf::event_kind::token68: return event_kind::token68;
            case abnf::event_kind::param_name: return event_kind::param_name;
            case abnf::event_kind::param_value: return event_kind::param_value;
            case abnf::event_kind::challenge_end: break;
        }
        return event_kind::challenge_end;
    };
    return {kind(), e.quoted, static_cast<std::uint32_t>(e.begin), static_cast<std::uint32_t>(e.end)};
}

/// The judge's opinion, by the automata.
class judge {
public:
    explicit judge(const language& l) : language_(l), live_(abnf::live_states(l.automaton)), reader_(l.labels) {}

    void read(std::string_view value, opinion& says) {
        says.events.clear();
        says.valid = abnf::accepts(language_.automaton, value);
        says.offset = says.valid ? 0 : abnf::viable_prefix(language_.automaton, live_, value);
        if (!says.valid) return;
        for (const abnf::event& e : abnf::events_of(reader_.read(value).value())) says.events.push_back(to_core(e));
    }

    /// A byte of each class that any field of any edition tells apart.
    static const std::vector<unsigned char>& alphabet() {
        static const std::vector<unsigned char> octets = abnf::class_representatives(languages().front().automaton);
        return octets;
    }

    /// Calls `visit(value)` for the values of exactly `length` bytes that are within reach, until it answers false.
    template <typename Visit>
    bool each_of_length(std::size_t length, const reach& far, Visit&& visit) const {
        std::string value;
        return extend(value, length, length <= far.all ? length : 2, language_.automaton.start, visit);
    }

private:
    template <typename Visit>
    bool extend(std::string& value, std::size_t length, std::size_t may_follow, std::uint32_t state,
                Visit& visit) const {
        if (value.size() == length) return visit(value);
        for (const unsigned char octet : alphabet()) {
            const std::uint32_t next = language_.automaton.step(state, octet);
            if (!live_[next] && may_follow == 0) continue;
            value.push_back(static_cast<char>(octet));
            const bool go_on = extend(value, length, live_[next] ? may_follow : may_follow - 1, next, visit);
            value.pop_back();
            if (!go_on) return false;
        }
        return true;
    }

    const language& language_;
    std::vector<bool> live_;
    abnf::label_reader reader_;
};

/// How an engine contradicts the judge over a value; nothing if it does not.
std::optional<std::string> contradiction(const engine& by, const language& l, std::string_view value,
                                         const opinion& right, opinion& scratch) {
    scratch.events.clear();
    by.read(l.f, l.e, value, scratch);
    if (scratch.valid != right.valid) return right.valid ? "refuses a valid value" : "accepts an invalid value";
    if (scratch.offset != right.offset) {
        return "finds the error at " + std::to_string(scratch.offset) + " and not at " + std::to_string(right.offset);
    }
    if (right.valid && by.events && scratch.events != right.events) return "sends other events";
    return std::nullopt;
}

struct finding {
    std::string value;
    std::string what;
};

struct counts {
    std::size_t strings = 0;
    std::size_t accepted = 0;
};

/// The first value, and so a shortest, over which one of the engines contradicts the judge.
std::optional<finding> first_contradiction(const language& l, const std::vector<const engine*>& engines,
                                           const reach& far, counts& sum) {
    judge by(l);
    opinion right;
    opinion scratch;
    std::optional<finding> found;
    for (std::size_t length = 0; length <= far.deep && !found; ++length) {
        by.each_of_length(length, far, [&](const std::string& value) {
            by.read(value, right);
            ++sum.strings;
            sum.accepted += right.valid ? 1 : 0;
            for (const engine* e : engines) {
                if (const auto what = contradiction(*e, l, value, right, scratch)) {
                    found = {value, std::string(e->name) + " " + *what};
                    return false;
                }
            }
            return true;
        });
    }
    return found;
}

const std::vector<const engine*> all_engines{&pegtl_engine, &pegtl_recogniser, &tokenizer_engine};

TEST(p6, engines_agree_on_every_short_value) {
    const stopwatch watch;
    constexpr reach far = checked_build ? reach{4, 6} : reach{6, 8};
    ASSERT_EQ(judge::alphabet().size(), 11U);
    counts sum;
    for (const language& l : languages()) {
        const auto found = first_contradiction(l, all_engines, far, sum);
        EXPECT_FALSE(found) << l.name() << ": " << visible(found->value) << ": " << found->what;
    }
    if (HasFailure()) return;
    std::printf(
        "P6 pegtl = tokenizer = judge in verdict, offset and events: %zu languages, every string to length %zu and "
        "viable ones with two bytes more to %zu, %zu strings, %zu accepted, %.1f s\n",
        languages().size(), far.all, far.deep, sum.strings, sum.accepted, watch.seconds());
}

// The strings above have one byte for each class of bytes. Here every byte stands at every state.
TEST(p6, engines_agree_on_every_byte) {
    const stopwatch watch;
    std::size_t strings = 0;
    for (const language& l : languages()) {
        judge by(l);
        opinion right;
        opinion scratch;
        abnf::for_each_suite_word(l.automaton, every_byte, [&](const std::string& value) {
            by.read(value, right);
            ++strings;
            for (const engine* e : all_engines) {
                const auto what = contradiction(*e, l, value, right, scratch);
                ASSERT_FALSE(what) << l.name() << ": " << visible(value) << ": " << e->name << " " << *what;
            }
        });
    }
    if (HasFailure()) return;
    std::printf("P6 the same with each of 256 bytes at each state: %zu languages, %zu strings, %.1f s\n",
                languages().size(), strings, watch.seconds());
}

/// The value with each byte that can stand in a run written `times` times.
std::string stretched(const std::string& value, std::size_t times) {
    std::string out;
    for (const char c : value) {
        const bool mark = std::string_view("\t \",/=\\").find(c) != std::string_view::npos;
        out.append(mark ? 1 : times, c);
    }
    return out;
}

// The tokenizer reads long chunks in other ways than short ones. A word of each suite is long enough for them when
// its runs are, and it is long enough for several blocks when they are longer.
TEST(p6, tokenizer_agrees_on_long_runs) {
    const stopwatch watch;
    const isa best = active_isa();
    std::size_t strings = 0;
    std::string paths;
    for (const isa path : all_isas) {
        if (!force_isa(path)) continue;
        paths += (paths.empty() ? "" : ", ") + std::string(name_of(path));
        for (const language& l : languages()) {
            judge by(l);
            opinion right;
            opinion scratch;
            abnf::for_each_suite_word(l.automaton, {}, [&](const std::string& word) {
                for (const std::size_t times : {std::size_t{17}, std::size_t{67}}) {
                    const std::string value = stretched(word, times);
                    by.read(value, right);
                    ++strings;
                    const auto what = contradiction(tokenizer_engine, l, value, right, scratch);
                    ASSERT_FALSE(what) << name_of(path) << ", " << l.name() << ": " << visible(value) << ": " << *what;
                }
            });
        }
    }
    ASSERT_TRUE(force_isa(best));
    if (HasFailure()) return;
    std::printf("P6 tokenizer = judge on long runs: paths %s, %zu strings, %.1f s\n", paths.c_str(), strings,
                watch.seconds());
}

// The automata, which are the judge above, and the context-free recogniser are two readings of the same text;
// reference::parse fails when they differ.
TEST(p6, recogniser_agrees_on_every_short_value) {
    const stopwatch watch;
    constexpr reach far = checked_build ? reach{2, 3} : reach{3, 4};
    std::size_t strings = 0;
    for (const language& l : languages()) {
        abnf::reference reference = get(abnf::reference::load(name_of(l.e)));
        judge by(l);
        opinion right;
        for (std::size_t length = 0; length <= far.deep; ++length) {
            by.each_of_length(length, far, [&](const std::string& value) {
                by.read(value, right);
                ++strings;
                const auto says = reference.parse(name_of(l.f), value);
                EXPECT_TRUE(says) << l.name() << ": " << visible(value);
                if (!says) return false;
                std::vector<event> events;
                for (const abnf::event& e : says->events) events.push_back(to_core(e));
                const bool same = says->valid == right.valid && events == right.events &&
                                  says->error_offset == (right.valid ? value.size() : right.offset);
                EXPECT_TRUE(same) << l.name() << ": " << visible(value);
                return same;
            });
        }
    }
    if (HasFailure()) return;
    std::printf("P6 recogniser = automata: %zu languages, %zu strings, %.1f s\n", languages().size(), strings,
                watch.seconds());
}

TEST(p6, broken_engines_are_refuted) {
    const language& l = languages().front();
    ASSERT_EQ(l.f, field::www_authenticate);
    ASSERT_EQ(l.e, edition::rfc7235);
    const auto refute = [&](const engine& broken) {
        counts ignored;
        const auto found = first_contradiction(l, {&broken}, {5, 5}, ignored);
        return found ? visible(found->value) + " " + found->what : "none";
    };
    EXPECT_EQ(refute(engine_of_the_literal_copy), "'! a!' literal copy finds the error at 3 and not at 4");
    EXPECT_EQ(refute(engine_without_furthest_failure), "',' no furthest failure finds the error at 0 and not at 1");
    EXPECT_EQ(refute(engine_that_acts_too_early), "'! a=!' early action sends other events");
}

}  // namespace
