#ifndef AUTHGRAMMAR_TESTS_CORE_TRACE_HPP
#define AUTHGRAMMAR_TESTS_CORE_TRACE_HPP

#include "support.hpp"

#include <optional>
#include <random>

namespace authgrammar::test {

/// A fragment of text or an event, in the order of arrival.
struct arrival {
    std::optional<event> ev{};
    text_role role{};
    std::uint64_t position = 0;
    std::string fragment{};
};

inline bool operator==(const arrival& a, const arrival& b) {
    return a.ev == b.ev && (a.ev || (a.role == b.role && a.position == b.position && a.fragment == b.fragment));
}

inline void PrintTo(const arrival& a, std::ostream* out) {
    if (a.ev) {
        PrintTo(*a.ev, out);
    } else {
        *out << "text " << static_cast<int>(a.role) << " at " << a.position << " " << shown(a.fragment);
    }
}

/// Keeps everything that arrives; adjacent fragments of one role are joined, so that the record does not tell where
/// the input was cut.
struct tracer {
    std::vector<arrival> arrivals{};
    bool empty_fragment = false;

    bool on_event(const event& e) noexcept {
        arrivals.push_back({e, {}, 0, {}});
        return true;
    }
    bool on_text(text_role role, std::string_view fragment, std::uint64_t position) noexcept {
        empty_fragment = empty_fragment || fragment.empty();
        if (!arrivals.empty()) {
            arrival& last = arrivals.back();
            if (!last.ev && last.role == role && last.position + last.fragment.size() == position) {
                last.fragment += fragment;
                return true;
            }
        }
        arrivals.push_back({{}, role, position, std::string(fragment)});
        return true;
    }
};

/// All that a reading shows from outside.
struct trace {
    std::vector<arrival> arrivals{};
    error_code code = error_code::none;
    error why{};
    std::uint64_t position = 0;
};

inline bool operator==(const trace& a, const trace& b) {
    return a.arrivals == b.arrivals && a.code == b.code && a.why.code == b.why.code && a.why.offset == b.why.offset &&
           a.why.rule == b.why.rule && a.why.section == b.why.section && a.why.expected == b.why.expected &&
           a.position == b.position;
}

inline void PrintTo(const trace& t, std::ostream* out) {
    *out << name_of(t.code) << " at " << t.position << ":";
    for (const arrival& a : t.arrivals) {
        *out << "\n  ";
        PrintTo(a, out);
    }
}

/// Goes on with `t` and what arrived so far; `cuts` are the lengths of the chunks, and the rest comes as one more.
inline trace go_on(tokenizer t, tracer arrived, std::string_view rest, const std::vector<std::size_t>& cuts) {
    error_code code = error_code::none;
    for (const std::size_t length : cuts) {
        code = t.feed(rest.substr(0, length), arrived);
        rest.remove_prefix(length);
        if (code != error_code::none) break;
    }
    if (code == error_code::none) code = t.feed(rest, arrived);
    if (code == error_code::none) code = t.finish(arrived);
    EXPECT_FALSE(arrived.empty_fragment);
    return {std::move(arrived.arrivals), code, t.last_error(), t.position()};
}

inline trace read_cut(field f, edition e, std::string_view value, const std::vector<std::size_t>& cuts,
                      const limits& bounds = default_limits) {
    return go_on(tokenizer(f, e, bounds), tracer{}, value, cuts);
}

/// Chunk lengths that add up to at most `size`, some of them 0.
template <typename Random>
std::vector<std::size_t> random_cuts(std::size_t size, Random& random) {
    std::vector<std::size_t> cuts;
    std::uniform_int_distribution<std::size_t> length(0, size < 8 ? 2 : size / 4);
    for (std::size_t left = size;;) {
        const std::size_t n = length(random);
        if (n > left) return cuts;
        cuts.push_back(n);
        left -= n;
        if (left == 0) return cuts;
    }
}

/// Expects the same of `value` however it is cut: in two at every place, octet by octet, with empty chunks at every
/// place, and at random.
inline void expect_same_for_every_cut(field f, edition e, std::string_view value,
                                      const limits& bounds = default_limits) {
    const std::string where = shown(f, e, value);
    const trace whole = read_cut(f, e, value, {}, bounds);
    for (std::size_t i = 0; i <= value.size(); ++i) {
        EXPECT_EQ(read_cut(f, e, value, {i}, bounds), whole) << where << " cut at " << i;
        EXPECT_EQ(read_cut(f, e, value, {0, i, 0, 0}, bounds), whole) << where << " cut at " << i;
    }
    EXPECT_EQ(read_cut(f, e, value, std::vector<std::size_t>(value.size(), 1), bounds), whole) << where;
    std::vector<std::size_t> ones_and_none;
    for (std::size_t i = 0; i < value.size(); ++i) ones_and_none.insert(ones_and_none.end(), {0, 1});
    ones_and_none.push_back(0);
    EXPECT_EQ(read_cut(f, e, value, ones_and_none, bounds), whole) << where;
    std::mt19937 random(7235);
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(read_cut(f, e, value, random_cuts(value.size(), random), bounds), whole) << where;
}

}  // namespace authgrammar::test

#endif
