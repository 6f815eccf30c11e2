// How far the bulk path goes at once. What it leaves is read by the steps with the same result, so that only here shows
// whether plain forms are read fast.

#include <authgrammar/detail/bulk.hpp>
#include <authgrammar/detail/tokenizer_impl.hpp>
#include <authgrammar/isa.hpp>

#include "support.hpp"

#include <optional>

namespace authgrammar::test {
namespace {

/// The bulk functions, which say how far the first reading of elements goes.
struct first_reading : detail::bulk_functions {
    static constexpr std::size_t shortest = 1;
    static inline std::optional<std::size_t> reached;

    static void read_elements(detail::tokenizer_state& s, detail::bulk_chunk& chunk) noexcept {
        detail::read_elements(s, chunk);
        if (!reached) reached = chunk.at;
    }
    [[nodiscard]] static bool read_scheme_token68(detail::tokenizer_state&, const char*, std::size_t, event*) noexcept {
        return false;
    }
};

/// What of `value` is read at once into a buffer with so much room.
std::string_view read_at_once(field f, std::string_view value, const limits& bounds, std::size_t room) {
    std::vector<event> memory(room);
    event_buffer events(memory.data(), room);
    basic_tokenizer<detail::standard_tables, first_reading> t(f, r9110, bounds);
    first_reading::reached.reset();
    (void)t.feed(value, events);
    return value.substr(0, first_reading::reached.value_or(0));
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

private:
    isa best_ = active_isa();
};

constexpr field W = field::www_authenticate;
constexpr field Z = field::authorization;
constexpr field I = field::authentication_info;

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
