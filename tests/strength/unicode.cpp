#include "unicode.hpp"

#include <authgrammar/verify/precis.hpp>

#include <valgrind/callgrind.h>

#include <iterator>
#include <string>
#include <string_view>

namespace authgrammar::strength {

namespace {

using verify::precis_code;

/// Texts that ask for more than a look at each character: `head`, then units until there are so many characters.
struct family {
    const char* name;
    std::string_view head;
    std::string_view unit;
    std::size_t unit_size;  ///< in characters
    precis_code as_username;
    precis_code as_password;
};

constexpr family families[] = {
    {"letters", "", "a", 1, precis_code::none, precis_code::none},
    {"userparts", "", "a a ", 4, precis_code::empty, precis_code::none},  // ends with a space
    {"katakana_middle_dots", "\u30a2", "\u30fb", 1, precis_code::none, precis_code::none},
    {"katakana_middle_dots_first", "", "\u30fb", 1, precis_code::context, precis_code::context},
    {"arabic_indic_digits", "\u0627", "\u0661", 1, precis_code::none, precis_code::none},
    {"extended_arabic_indic_digits", "\u0627", "\u06f1", 1, precis_code::none, precis_code::none},
    {"middle_dots", "l", "\u00b7l", 2, precis_code::none, precis_code::none},
    {"geresh", "\u05d0", "\u05f3", 1, precis_code::none, precis_code::none},
    {"non_joiners", "\u0628", "\u200c\u0628", 2, precis_code::none, precis_code::none},
    {"non_joiners_and_marks", "\u0628", "\u064e\u064e\u064e\u200c\u064e\u064e\u064e\u0628", 8, precis_code::none,
     precis_code::none},
    {"marks_out_of_order", "a", "\u0301\u0323", 2, precis_code::none, precis_code::none},
    {"starters_and_marks_out_of_order", "", "b\u0301\u0323\u0345", 4, precis_code::none, precis_code::none},
    {"hangul", "", "\uac01", 3, precis_code::none, precis_code::none},
    {"fullwidth", "", "\uff41", 1, precis_code::none, precis_code::none},
};

/// Marks of descending classes, each class in one stretch: the most exchanges of neighbours there are.
[[nodiscard]] std::string falling_marks(std::size_t n) {
    constexpr std::string_view by_class[] = {"\u0345", "\u0301", "\u0323", "\u0327",
                                             "\u0334"};  // 240, 230, 220, 202, 1
    std::string text = "a";
    for (std::size_t i = 0; i + 1 != n; ++i) text += by_class[i * std::size(by_class) / n];
    return text;
}

[[nodiscard]] std::string member(const family& f, std::size_t n) {
    std::string text(f.head);
    for (std::size_t size = f.head.empty() ? 0 : 1; size + f.unit_size <= n; size += f.unit_size) text += f.unit;
    return text;
}

template <typename Prepare>
[[nodiscard]] bool count(const char* call, const char* of, std::size_t n, Prepare prepare, std::string_view text,
                         precis_code expected) {
    static char buffer[3 * 4 * verify::precis_limit];
    const std::string name = std::string("unicode ") + call + "_" + of + " " + std::to_string(n);
    CALLGRIND_ZERO_STATS;
    const verify::precis_result r = prepare(text, buffer, sizeof buffer);
    CALLGRIND_DUMP_STATS_AT(name.c_str());
    return r.code == expected;
}

}  // namespace

std::string count_unicode(std::size_t n) {
    const auto both = [n](const char* of, std::string_view text, precis_code as_username, precis_code as_password) {
        return count("username", of, n, verify::prepare_username, text, as_username) &&
               count("password", of, n, verify::prepare_password, text, as_password);
    };
    for (const family& f : families) {
        if (!both(f.name, member(f, n), f.as_username, f.as_password)) return std::string("not as expected: ") + f.name;
    }
    if (!both("falling_marks", falling_marks(n), precis_code::none, precis_code::none)) return "falling marks";
    return {};
}

}  // namespace authgrammar::strength
