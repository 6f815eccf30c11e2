#include "shell/near_names.hpp"

#include "common/field_text.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>

namespace authlint {

namespace {

/// A longer name is no name of ours.
constexpr std::size_t longest_name = 64;

/// For names of rules, which ABNF spells with "-" and C++ with "_".
char folded(char c) noexcept { return c == '_' ? '-' : authgrammar::detail::lower(c); }

/// Insertions, deletions and replacements that make one of the other (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (folded(a[i - 1]) == folded(b[j - 1]) ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

bool begins_like(std::string_view name, std::string_view start) {
    return start.size() >= 3 && is_same_name(name.substr(0, start.size()), start);
}

}  // namespace

bool is_same_name(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return folded(x) == folded(y); });
}

std::string cut_name(std::string_view name) {
    return name.size() <= longest_name ? std::string(name) : std::string(name.substr(0, longest_name)) + "...";
}

std::string near_names(std::string_view name, const std::vector<std::string>& names) {
    std::string out;
    if (name.size() > longest_name) return out;
    for (const std::string& candidate : names) {
        if (distance(name, candidate) > 1 + name.size() / 4 && !begins_like(candidate, name)) continue;
        out += (out.empty() ? "; did you mean " : ", ") + candidate;
    }
    return out.empty() ? out : out + "?";
}

}  // namespace authlint
