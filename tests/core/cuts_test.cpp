// The tokenizer says the same however a value is cut, and its text is the text of the value.

#include "samples.hpp"
#include "trace.hpp"

#include <algorithm>

namespace authgrammar::test {
namespace {

template <typename Check>
void for_all_samples(Check check) {
    static_assert(std::size(samples) >= 60);
    for (const field f : a_field_of_each_kind) {
        for (const edition e : all_editions) {
            for (const std::string_view value : samples) check(f, e, value);
        }
    }
}

TEST(Cuts, EveryCutGivesTheSame) {
    for_all_samples([](field f, edition e, std::string_view value) { expect_same_for_every_cut(f, e, value); });
}

TEST(Cuts, EveryCutOfEveryShortValue) {
    for (const field f : a_field_of_each_kind) {
        for (const edition e : all_editions) {
            for_each_string(" \",/=\\a!", 4, [&](std::string_view tail) {
                const std::string value = (f == field::authentication_info ? "a" : "a ") + std::string(tail);
                const trace whole = read_cut(f, e, value, {});
                ASSERT_EQ(read_cut(f, e, value, std::vector<std::size_t>(value.size(), 1)), whole)
                    << shown(f, e, value);
                ASSERT_EQ(read_cut(f, e, value, {value.size() / 2}), whole) << shown(f, e, value);
            });
        }
    }
}

TEST(Cuts, ACopyGoesOnFromTheSamePlace) {
    for_all_samples([](field f, edition e, std::string_view value) {
        const trace whole = read_cut(f, e, value, {});
        for (std::size_t i = 0; i <= value.size(); ++i) {
            tokenizer t(f, e);
            tracer arrived;
            if (t.feed(value.substr(0, i), arrived) != error_code::none) break;
            const tokenizer copy = t;
            const std::string_view rest = value.substr(i);
            EXPECT_EQ(go_on(copy, arrived, rest, std::vector<std::size_t>(rest.size(), 1)), whole);
            EXPECT_EQ(go_on(t, arrived, rest, {}), whole);
            // The copies share nothing: what one read does not show in the other.
            EXPECT_EQ(go_on(copy, arrived, rest, {}), whole);
        }
    });
}

/// Whether text of `role` may turn out to be what `e` says.
bool may_be(text_role role, const event& e) {
    switch (role) {
        case text_role::scheme_or_name: return e.kind == event_kind::scheme || e.kind == event_kind::param_name;
        case text_role::token68_or_name: return e.kind == event_kind::token68 || e.kind == event_kind::param_name;
        case text_role::scheme: return e.kind == event_kind::scheme;
        case text_role::token68: return e.kind == event_kind::token68;
        case text_role::param_name: return e.kind == event_kind::param_name;
        case text_role::token_value: return e.kind == event_kind::param_value && !e.quoted;
        case text_role::quoted_value: return e.kind == event_kind::param_value && e.quoted;
    }
    return false;
}

TEST(Cuts, TextIsTheTextOfTheWords) {
    for_all_samples([](field f, edition e, std::string_view value) {
        const std::string where = shown(f, e, value);
        const trace t = read_cut(f, e, value, std::vector<std::size_t>(value.size(), 1));
        std::string word;
        std::uint64_t begin = 0;
        std::vector<text_role> roles;
        for (const arrival& a : t.arrivals) {
            if (!a.ev) {
                ASSERT_LE(a.position + a.fragment.size(), value.size()) << where;
                EXPECT_EQ(a.fragment, value.substr(static_cast<std::size_t>(a.position), a.fragment.size())) << where;
                if (roles.empty()) begin = a.position;
                EXPECT_EQ(a.position, begin + word.size()) << where << " fragments follow one another";
                word += a.fragment;
                roles.push_back(a.role);
                continue;
            }
            if (a.ev->kind == event_kind::challenge_begin || a.ev->kind == event_kind::challenge_end) continue;
            EXPECT_EQ(word, value.substr(a.ev->begin, a.ev->end - a.ev->begin)) << where;
            if (!word.empty()) {
                EXPECT_EQ(begin, a.ev->begin) << where;
            }
            // A word becomes decided once, and then is what its event says.
            EXPECT_TRUE(std::all_of(roles.begin(), roles.end(), [&](text_role r) { return may_be(r, *a.ev); }))
                << where;
            EXPECT_LE(roles.size(), 2U) << where;
            word.clear();
            roles.clear();
        }
        // Text of a word that never ended comes only with a refusal, and lies before its offset.
        if (t.code == error_code::none) {
            EXPECT_TRUE(roles.empty()) << where;
        }
        EXPECT_LE(roles.empty() ? 0 : begin + word.size(), t.position) << where;
    });
}

/// Counts fragments that could have been sent with the one before.
struct splitting {
    std::string_view value;
    text_role role{};
    std::uint64_t end = 0;
    std::size_t split = 0;
    bool on_event(const event&) noexcept { return true; }
    bool on_text(text_role r, std::string_view fragment, std::uint64_t position) noexcept {
        // An "=" that decides for token68 comes late, on its own.
        const bool late = end != 0 && value[static_cast<std::size_t>(end) - 1] == '=';
        if (r == role && position == end && end != 0 && !late) ++split;
        role = r;
        end = position + fragment.size();
        return true;
    }
};

TEST(Cuts, FragmentsAreAsLongAsAChunkAllows) {
    for_all_samples([](field f, edition e, std::string_view value) {
        tokenizer t(f, e);
        splitting counted{value};
        if (t.feed(value, counted) == error_code::none) (void)t.finish(counted);
        EXPECT_EQ(counted.split, 0U) << shown(f, e, value);
    });
}

TEST(Cuts, TextOfAnUndecidedWordComesAtOnce) {
    tokenizer t(field::www_authenticate);
    tracer arrived;
    ASSERT_EQ(t.feed("A ab", arrived), error_code::none);
    ASSERT_EQ(arrived.arrivals.size(), 4U);
    EXPECT_EQ(arrived.arrivals[3], (arrival{{}, text_role::token68_or_name, 2, "ab"}));
    ASSERT_EQ(t.feed("=", arrived), error_code::none);
    EXPECT_EQ(arrived.arrivals.size(), 4U) << "the \"=\" is not yet known to be the token68's";
    ASSERT_EQ(t.feed(" ", arrived), error_code::none);
    ASSERT_EQ(t.feed(",", arrived), error_code::none);
    ASSERT_EQ(arrived.arrivals.size(), 7U);
    EXPECT_EQ(arrived.arrivals[4], (arrival{{}, text_role::token68, 4, "="}));
    EXPECT_EQ(arrived.arrivals[5].ev, (event{event_kind::token68, false, 2, 5}));
    EXPECT_EQ(arrived.arrivals[6].ev, (event{event_kind::challenge_end, false, 0, 5}));
    ASSERT_EQ(t.feed("B c=d,ef", arrived), error_code::none);
    EXPECT_EQ(arrived.arrivals.back(), (arrival{{}, text_role::scheme_or_name, 13, "ef"}));
}

TEST(Cuts, ThreeChunksAreEnoughForAnyTwoWords) {
    constexpr std::string_view value = R"(A bc== , D e = "f\"g",hi j)";
    const trace whole = read_cut(field::www_authenticate, r9110, value, {});
    EXPECT_EQ(whole.code, error_code::none);
    for (std::size_t i = 0; i <= value.size(); ++i) {
        for (std::size_t j = i; j <= value.size(); ++j) {
            EXPECT_EQ(read_cut(field::www_authenticate, r9110, value, {i, j - i}), whole) << i << " " << j;
        }
    }
}

}  // namespace
}  // namespace authgrammar::test
