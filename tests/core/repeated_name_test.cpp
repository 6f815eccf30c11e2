// The first of many names that is equal to one before it: small lists of all kinds, large ones, and hashes that agree as
// an attacker would have them.

#include <repeated_name.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace {

using authgrammar::detail::first_repeated;
using authgrammar::detail::name_view;

struct name {
    std::string raw;
    bool quoted = false;
};

/// What the name means, in lower case.
std::string meaning(const name& n) {
    std::string out;
    for (std::size_t i = 0; i < n.raw.size(); ++i) {
        if (n.quoted && n.raw[i] == '\\') ++i;
        const char c = n.raw[i];
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    return out;
}

class list {
public:
    explicit list(std::vector<name> names) : names_(std::move(names)) {}
    [[nodiscard]] std::size_t size() const { return names_.size(); }
    name& operator[](std::size_t i) { return names_[i]; }
    template <typename F>
    void for_each(F&& f) const {
        for (std::size_t i = 0; i < names_.size(); ++i) {
            if (!f(i, name_view(names_[i].raw, names_[i].quoted))) return;
        }
    }
    [[nodiscard]] std::size_t repeated_by_definition() const {
        for (std::size_t i = 0; i < names_.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (meaning(names_[i]) == meaning(names_[j])) return i;
            }
        }
        return names_.size();
    }

private:
    std::vector<name> names_;
};

/// All names of one hash: what the worst attacker could do.
std::uint64_t one_hash(const name_view&, std::uint64_t) { return 0x123456789ABCDEF0u; }
/// Three hashes.
std::uint64_t few_hashes(const name_view& n, std::uint64_t seed) { return n.hash(seed) % 3 * 0x9E3779B97F4A7C15u; }
/// Hashes that agree in pairs, or so: more suspects than there is room for.
std::uint64_t half_hash(const name_view& n, std::uint64_t seed) { return (n.hash(seed) & 0x3FF) * 0x9E3779B97F4A7C15u; }

void expect_first(const list& names, std::size_t wanted, const char* what) {
    EXPECT_EQ(first_repeated(names, names.size()), wanted) << what;
    EXPECT_EQ(first_repeated(names, names.size(), one_hash), wanted) << what;
    EXPECT_EQ(first_repeated(names, names.size(), few_hashes), wanted) << what;
    EXPECT_EQ(first_repeated(names, names.size(), half_hash), wanted) << what;
}

TEST(repeated_name, of_every_short_list) {
    const std::vector<name> choices{{"a"},      {"A"}, {"b"}, {"ab"}, {"aB"}, {R"(\a)", true}, {R"(a\B)", true},
                                    {"b", true}};
    std::size_t repeated = 0;
    for (std::size_t size = 0; size <= 5; ++size) {
        std::vector<std::size_t> digits(size, 0);
        for (;;) {
            std::vector<name> names;
            for (const std::size_t d : digits) names.push_back(choices[d]);
            const list all(names);
            const std::size_t wanted = all.repeated_by_definition();
            if (wanted != size) ++repeated;
            ASSERT_EQ(first_repeated(all, size), wanted);
            ASSERT_EQ(first_repeated(all, size, one_hash), wanted);
            ASSERT_EQ(first_repeated(all, size, few_hashes), wanted);
            std::size_t i = 0;
            while (i < size && ++digits[i] == choices.size()) digits[i++] = 0;
            if (i == size) break;
        }
    }
    EXPECT_GT(repeated, 10000U);
}

// In any other text than a quoted-string a backslash is an octet like others.
TEST(repeated_name, escapes_are_of_quoted_strings_only) {
    expect_first(list({{"ab"}, {R"(a\b)"}}), 2, "an octet more");
    expect_first(list({{R"(a\b)"}, {"ab", true}}), 2, "an octet less");
    expect_first(list({{R"(a\b)"}, {R"(a\\b)", true}}), 1, "the octet, and the escape for it");
}

TEST(repeated_name, only_letters_have_a_case) {
    for (int octet = 0; octet < 256; ++octet) {
        for (const std::size_t length : {1U, 3U, 4U, 7U, 8U, 9U}) {
            const std::string first(length, static_cast<char>(octet));
            const std::string other(length, static_cast<char>(octet ^ 0x20));
            const list names({{first}, {other}});
            expect_first(names, names.repeated_by_definition(),
                         "octets that differ by the bit of upper and lower case");
        }
    }
}

TEST(repeated_name, of_every_length) {
    // Names that differ in one octet, at every place of every length; and in case only.
    for (std::size_t length = 1; length <= 26; ++length) {
        for (std::size_t at = 0; at < length; ++at) {
            const std::string first(length, 'q');
            std::string other = first;
            other[at] = 'r';
            expect_first(list({{first}, {"z"}, {other}}), 3, "another name");
            other[at] = 'Q';
            expect_first(list({{first}, {"z"}, {other}}), 2, "the same name");
            const std::string escaped = other.substr(0, at) + '\\' + other.substr(at);
            expect_first(list({{first}, {"z"}, {escaped, true}}), 2, "the same name with an escape");
        }
        expect_first(list({{std::string(length, 'q')}, {std::string(length + 1, 'q')}}), 2, "longer");
    }
}

std::vector<name> distinct(std::size_t count) {
    std::vector<name> names;
    for (std::size_t i = 0; i < count; ++i) names.push_back({"x-" + std::to_string(i * 7919 % 1000003)});
    return names;
}

TEST(repeated_name, of_long_lists) {
    // Around the sizes of the filter's parts, and of what is sorted at a time.
    for (const std::size_t count :
         {7U, 8U, 9U, 128U, 129U, 319U, 320U, 321U, 639U, 640U, 641U, 960U, 1281U, 16383U, 16384U, 16385U, 33000U}) {
        list names(distinct(count));
        expect_first(names, count, "all differ");
        const auto repeat = [&](std::size_t first, std::size_t second, std::size_t wanted) {
            const name before = names[second];
            names[second] = names[first];
            if (second % 2 == 0) names[second].raw[0] = 'X';
            expect_first(names, wanted, "one repeated");
            return before;
        };
        const std::size_t last = count - 1;
        const name end = repeat(0, last, last);
        const name middle = repeat(last / 2, last / 2 + 1, last / 2 + 1);
        names[last] = end;
        names[last / 2 + 1] = middle;
        (void)repeat(last - 1, last, last);
        (void)repeat(0, 1, 1);
    }
}

TEST(repeated_name, of_neighbours_in_order) {
    // What is sorted at a time ends between two of them.
    constexpr std::size_t count = 700;
    const auto index = [](std::size_t rank) { return rank * 37 % count; };
    list names(std::vector<name>(count, name{}));
    for (std::size_t rank = 0; rank < count; ++rank) names[index(rank)].raw = std::to_string(1000 + rank);
    for (std::size_t rank = 0; rank + 1 < count; ++rank) {
        const std::string before = std::exchange(names[index(rank)].raw, std::to_string(1000 + rank + 1));
        const std::size_t wanted = std::max(index(rank), index(rank + 1));
        EXPECT_EQ(first_repeated(names, count, one_hash), wanted) << rank;
        names[index(rank)].raw = before;
    }
}

TEST(repeated_name, of_lists_of_one_name) {
    for (const std::size_t count : {2U, 600U, 20000U}) {
        expect_first(list(std::vector<name>(count, {"realm"})), 1, "one name");
        const std::vector<name> once = distinct(count);
        std::vector<name> pairs = once;
        pairs.insert(pairs.end(), once.begin(), once.end());
        expect_first(list(pairs), count, "all twice");
    }
}

TEST(repeated_name, in_part_of_a_list) {
    list names(distinct(100));
    names[50] = names[10];
    // Only so many are there to be looked at; the list itself ends where it is told to.
    struct beginning {
        const list& of;
        std::size_t count;
        void for_each(const std::function<bool(std::size_t, name_view)>& f) const {
            of.for_each([&](std::size_t i, const name_view& n) { return i < count && f(i, n); });
        }
    };
    EXPECT_EQ(first_repeated(beginning{names, 50}, 50), 50U);
    EXPECT_EQ(first_repeated(beginning{names, 51}, 51), 50U);
    EXPECT_EQ(first_repeated(beginning{names, 51}, 51, one_hash), 50U);
}

TEST(repeated_name, hashes_spread) {
    // What the filter takes for granted: of 16,384 names of one pattern few look as if they were repeated.
    authgrammar::detail::name_filter filter;
    for (const std::size_t length : {1U, 4U, 9U, 30U}) {
        filter.clear(16384);
        std::size_t suspects = 0;
        for (std::size_t i = 0; i < 16384; ++i) {
            const std::string raw = std::string(length, 'p') + std::to_string(i);
            if (filter.add(name_view(raw, false).hash(0))) ++suspects;
        }
        EXPECT_LT(suspects, 150U) << length;
    }
}

TEST(repeated_name, three_quarters_of_the_slots_hold_suspects) {
    // More would make looking for a free slot slow. One that is there already takes no room.
    authgrammar::detail::name_suspects suspects;
    suspects.clear();
    const auto hash = [](std::uint64_t i) { return i << 33; };
    for (std::uint64_t i = 1; i <= 192; ++i) ASSERT_TRUE(suspects.add(hash(i))) << i;
    EXPECT_TRUE(suspects.add(hash(192)));
    EXPECT_FALSE(suspects.add(hash(193)));
}

}  // namespace
