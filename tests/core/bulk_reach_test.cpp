// How far the bulk path goes at once, and where it is tried again. What it leaves is read by the steps with the same
// result, so that only here shows whether plain forms are read fast.

#include <authgrammar/detail/bulk.hpp>
#include <authgrammar/detail/tokenizer_impl.hpp>
#include <authgrammar/isa.hpp>

#include "support.hpp"

#include <algorithm>
#include <vector>

namespace authgrammar::test {
namespace {

/// A reading of elements: where it began and ended, and up to where it has looked at bytes.
struct reading_of_elements {
    std::size_t begin;
    std::size_t end;
    std::size_t scanned;
};

/// The bulk functions, which say of each reading of elements how far it goes, and of each search for the end of a run in
/// how many bytes.
struct recorded_readings : detail::bulk_functions {
    static constexpr std::size_t shortest = 1;
    static inline std::vector<reading_of_elements> all;
    static inline std::vector<std::size_t> runs;

    [[nodiscard]] static std::size_t run_length(unsigned set, const char* p, std::size_t n) noexcept {
        runs.push_back(n);
        return detail::run_length(set, p, n);
    }

    static void read_elements(detail::tokenizer_state& s, detail::bulk_chunk& chunk) noexcept {
        const std::size_t begin = chunk.at;
        detail::read_elements(s, chunk);
        all.push_back({begin, chunk.at, chunk.scanned});
    }
    [[nodiscard]] static bool read_scheme_token68(detail::tokenizer_state&, const char*, std::size_t, event*) noexcept {
        return false;
    }
};

/// The readings of a value into a buffer with so much room.
const std::vector<reading_of_elements>& readings_of(field f, std::string_view value, const limits& bounds,
                                                    std::size_t room) {
    std::vector<event> memory(room);
    event_buffer events(memory.data(), room);
    basic_tokenizer<detail::standard_tables, recorded_readings> t(f, r9110, bounds);
    recorded_readings::all.clear();
    (void)t.feed(value, events);
    return recorded_readings::all;
}

/// The readings of a second chunk, and the searches in it.
void read_second(field f, std::string_view first, std::string_view second) {
    event memory[64];
    event_buffer events(memory, 64);
    basic_tokenizer<detail::standard_tables, recorded_readings> t(f, r9110);
    ASSERT_EQ(t.feed(first, events), error_code::none) << first;
    recorded_readings::all.clear();
    recorded_readings::runs.clear();
    ASSERT_EQ(t.feed(second, events), error_code::none) << second;
}

/// What of `value` is read at once.
std::string_view read_at_once(field f, std::string_view value, const limits& bounds, std::size_t room) {
    const auto& readings = readings_of(f, value, bounds, room);
    return value.substr(0, readings.empty() ? 0 : readings.front().end);
}

class bulk_reach : public testing::Test {
protected:
    ~bulk_reach() override { EXPECT_TRUE(force_isa(best_)); }

    /// What is read at once of `read` and `left` together is `read`; one byte at a time it is `by_bytes`.
    static void expect_reach(field f, std::string_view read, std::string_view left, std::string_view by_bytes,
                             const limits& bounds = limits::none(), std::size_t room = 64) {
        const std::string value = std::string(read) + std::string(left);
        ASSERT_GE(value.size(), 8U) << "NEON reads fewer one by one";
        for (const isa i : all_isas) {
            if (!is_available(i)) continue;
            ASSERT_TRUE(force_isa(i));
            EXPECT_EQ(read_at_once(f, value, bounds, room), i == isa::portable ? by_bytes : read)
                << name_of(i) << " " << shown(f, r9110, value);
        }
    }
    static void expect_reach(field f, std::string_view read, std::string_view left) {
        expect_reach(f, read, left, read);
    }

    /// Where reading ends that goes on later, what was looked at is left to the steps.
    static void expect_linear(field f, std::string_view value) {
        for (const isa i : all_isas) {
            if (!is_available(i)) continue;
            ASSERT_TRUE(force_isa(i));
            const auto& readings = readings_of(f, value, limits::none(), 1000);
            EXPECT_GE(readings.size(), 2U) << name_of(i) << " " << shown(f, r9110, value);
            for (std::size_t n = 1; n < readings.size(); ++n) {
                const auto& before = readings[n - 1];
                EXPECT_GE(readings[n].begin, std::max(before.scanned, before.end + 1))
                    << name_of(i) << " " << shown(f, r9110, value);
            }
        }
    }

private:
    isa best_ = active_isa();
};

constexpr field W = field::www_authenticate;
constexpr field Z = field::authorization;
constexpr field I = field::authentication_info;

TEST_F(bulk_reach, tried_again_behind_what_was_looked_at) {
    // The bulk path leaves so many spaces behind a scheme to the run scanner.
    const std::string spaces(8, ' ');
    // More than is looked at at once.
    std::string rest = "g=h";
    for (int i = 0; i < 200; ++i) rest += ", i=\"j\"";
    expect_linear(W, "A" + spaces + "b=c, D" + spaces + "e=f, " + rest);
    expect_linear(W, ",, ,A" + spaces + "b =c, , D" + spaces + rest);
    expect_linear(W, "A" + spaces + "b/c, D" + spaces + ", E" + spaces + rest);
    expect_linear(Z, "A" + spaces + "b\t=c, d=\t\"e\", " + rest);
}

// Where a chunk begins within a run, the steps read on; else whole elements are tried at once.
TEST_F(bulk_reach, of_a_chunk_that_goes_on) {
    const auto begin_of_first = [](field f, std::string_view first, std::string_view second) {
        read_second(f, first, second);
        EXPECT_FALSE(recorded_readings::all.empty()) << first << second;
        return recorded_readings::all.empty() ? 0 : recorded_readings::all.front().begin;
    };
    for (const std::string_view rest : {"b=c, d=e", "b=\"c\""}) {
        EXPECT_EQ(begin_of_first(W, "A ", rest), 0U);
        EXPECT_EQ(begin_of_first(W, "A ", "  " + std::string(rest)), 2U);
        EXPECT_EQ(begin_of_first(W, "A b=c,", " " + std::string(rest)), 0U);
        EXPECT_EQ(begin_of_first(W, "A b=c,", ", " + std::string(rest)), 0U);
        EXPECT_EQ(begin_of_first(W, ",", "A " + std::string(rest)), 0U);
        EXPECT_EQ(begin_of_first(W, ",", ",A " + std::string(rest)), 1U);
    }
}

// Of a token68 that goes on, all is looked at in one search.
TEST_F(bulk_reach, of_a_token68_that_goes_on) {
    for (const std::string_view first : {"A b", "A b/"}) {
        for (const std::size_t size : {1U, 11U, 12U, 13U, 63U, 64U, 65U}) {
            read_second(Z, first, std::string(size, 'c'));
            EXPECT_EQ(recorded_readings::runs, std::vector<std::size_t>{size}) << first;
            EXPECT_TRUE(recorded_readings::all.empty());
        }
    }
}

// The end of a short run is found without a call.
TEST_F(bulk_reach, of_short_runs) {
    const auto searches = [](std::size_t size, std::size_t run, std::size_t from) {
        std::string chunk(size, ' ');
        chunk.replace(0, run, run, 'a');
        recorded_readings::runs.clear();
        const detail::run_scanner<recorded_readings> scanner(chunk.data(), size);
        EXPECT_EQ(scanner.end_of_run(detail::run_tchar, from), run) << size << " from " << from;
        return recorded_readings::runs;
    };
    using sizes = std::vector<std::size_t>;
    EXPECT_EQ(searches(63, 11, 0), sizes{});
    EXPECT_EQ(searches(63, 12, 0), sizes{51});
    EXPECT_EQ(searches(63, 63, 0), sizes{51});
    EXPECT_EQ(searches(12, 12, 0), sizes{});
    EXPECT_EQ(searches(13, 13, 0), sizes{1});
    EXPECT_EQ(searches(64, 5, 1), sizes{});
    EXPECT_EQ(searches(64, 64, 1), sizes{51});
    EXPECT_EQ(searches(64, 64, 52), sizes{});
    // A chunk of 64 bytes or more that begins in a word.
    EXPECT_EQ(searches(64, 5, 0), sizes{64});
    EXPECT_EQ(searches(65, 65, 0), sizes{65});
}

TEST_F(bulk_reach, parameters) {
    expect_reach(W, "A b=c, d=e, f", "");
    expect_reach(W, "A b=c,d=e,f=g", "");
    expect_reach(W, "A b=\"c\", d=\"\", e=\"f\\\"g\",h", "");
    expect_reach(W, "A b=-c, d=e-, -f=g-h, i-", "");
    expect_reach(W, "A b=!c, d=e!, !f=g!h, i!=j, !", "");
    expect_reach(Z, "A b=c, d=\"e\", f=g", "");
    expect_reach(I, "a=b, c=\"d\", e=f", "");
    expect_reach(W, "A b=\"c, d", "");
    expect_reach(W, "A b=c, ", "d=\"e\\");
    expect_reach(W, "A b=c, ", "d=/, e=f");
    expect_reach(W, "A b=c, ", "d=, e=f");
}

TEST_F(bulk_reach, challenges) {
    expect_reach(W, "A b=c, D e=f, G", "");
    expect_reach(W, "A, B, C-D, E f, G", "");
    expect_reach(W, "A b=c, D, E, F g=h", "");
    expect_reach(W, "A b, C d/e, F g==, H i/=, J", "");
    expect_reach(W, "A b=c, D e/f, G h", "");
    expect_reach(W, "A!, !B, C!D e=f, G!, !H", "");
    expect_reach(W, "A b=, Cde", "");
    expect_reach(Z, "A b=c, D", " e");
}

// A few SP are read, and the run scanner reads more.
TEST_F(bulk_reach, spaces_behind_a_scheme) {
    for (std::size_t spaces = 1; spaces <= 5; ++spaces) {
        expect_reach(W, "A" + std::string(spaces, ' ') + "b=c, Def", "");
        expect_reach(W, "A" + std::string(spaces, ' ') + "b/, Def", "");
    }
    expect_reach(W, "A     ", " b=c, D");
}

// A scheme, one SP and a token68 of ten bytes or more, of which two may be "=", is read at a glance at every length.
TEST_F(bulk_reach, scheme_and_token68) {
    for (const isa i : all_isas) {
        if (!is_available(i)) continue;
        ASSERT_TRUE(force_isa(i));
        for (const std::string_view head : {"A ", "Basic ", "Negotiate "}) {
            for (std::size_t length = 10; length < 200; ++length) {
                for (std::size_t equals = 0; equals <= 2; ++equals) {
                    std::string value = std::string(head) + std::string(length - equals, 'a');
                    value.append(equals, '=');
                    for (const char first : {'a', '/'}) {
                        value[head.size()] = first;
                        event events[4];
                        EXPECT_TRUE(detail::read_token68_value(value.data(), value.size(), events))
                            << name_of(i) << " " << shown(value);
                        detail::tokenizer_state state(&default_limits, Z, r9110, 0);
                        EXPECT_TRUE(detail::read_scheme_token68(state, value.data(), value.size(), events))
                            << name_of(i) << " " << shown(value);
                    }
                }
            }
        }
    }
}

// OWS, BWS and empty elements are crossed by blocks only.
TEST_F(bulk_reach, white_space_and_empty_elements) {
    const auto expect = [](std::string_view read, std::string_view left, std::string_view by_bytes) {
        expect_reach(W, read, left, by_bytes);
    };
    expect("A b =c, d", "", "A b");
    expect("A b \t = \tc, d", "", "A b");
    expect("A b=c, d\t=e, f", "", "A b=c, d");
    expect("A b=c, d=\t\"e\", f", "", "A b=c, ");
    expect("A b=c ,d", "\t,e", "A b=c");
    expect("A b=c, d \t=\te , f", "", "A b=c, d");
    expect("A b=\"c\" , d=\"e\"\t,f", "", "A b=\"c\"");
    expect("A b/c , D e==\t, F", "", "A b");
    expect("A b , Cde", "", "A b");
    expect("A b=c,, ,\td=e, f", "", "A b=c,");
    expect("A, , B,, C d=e", "", "A, ");
}

TEST_F(bulk_reach, limits_that_are_met) {
    limits bounds = limits::none();
    const auto expect = [&](std::string_view read, std::string_view left, std::string_view by_bytes) {
        expect_reach(W, read, left, by_bytes, bounds);
    };
    const auto expect_all = [&](std::string_view read, std::string_view left) { expect(read, left, read); };
    bounds.value_length = 2;
    expect_all("A b=cd, e=\"fg\", h=i, j=\"k\", L mn, O p=, q", "");
    expect_all("A b=cd, ", "e=fgh, i");
    expect_all("A b=cd, ", "e=\"fgh\", i");
    bounds = limits::none();
    bounds.name_length = 2;
    expect_all("AB cd=e, fg=\"h\", IJ kl=m, NO, PQ, R", "");
    expect_all("AB cd=e, ", "fgh=i, j");
    expect_all("AB cd=e, FGH", " i=j");
    expect_all("AB, ", "CDE, F");
    bounds = limits::none();
    bounds.challenges = 2;
    expect_all("A, B, ", "Cde");
    expect_all("A b=c, D e=f, G", " h=i");
    bounds = limits::none();
    bounds.params = 2;
    expect_all("A b=c, d=e, ", "f=g");
    bounds = limits::none();
    bounds.empty_elements = 2;
    expect("A b=c,,,d=e,,,f", "", "A b=c,");
    expect("A b=c,,,", ",d", "A b=c,");
    expect("A,,,B,,,", ",C", "A,");
}

// An element is read where there is room for as many events as one may have, a parameter where there is for its two.
TEST_F(bulk_reach, room_that_is_used) {
    const auto expect = [](std::size_t room, std::string_view read, std::string_view left) {
        expect_reach(W, read, left, read, limits::none(), room);
    };
    static_assert(detail::events_of_element == 4);
    expect(3, "", "A b=c, d=e");
    expect(4, "A b=c, ", "d=e, f=g");
    expect(5, "A b=c, ", "d=e, f=g");
    expect(6, "A b=c, d=e, ", "f=g");
    expect(4, "A, ", "B, Cde");
    expect(6, "A, ", "B, Cde");
    expect(7, "A, B, ", "Cde");
    expect(6, "A, ", "B c, D");
    expect(8, "A b=c, D ", "e=f");
    expect(9, "A b=c, D e=f, ", "g=h");
}

}  // namespace
}  // namespace authgrammar::test
