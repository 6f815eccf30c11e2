#include "values/login_form.hpp"

#include "common/field_text.hpp"

#include <algorithm>
#include <cstddef>

namespace authgrammar::audit {

namespace {

/// `from` is at most the size of the text.
std::size_t find_ignoring_case(std::string_view text, std::string_view wanted, std::size_t from) noexcept {
    const auto found = std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), wanted.begin(),
                                   wanted.end(), [](char a, char b) { return detail::lower(a) == b; });
    return found == text.end() ? std::string_view::npos : static_cast<std::size_t>(found - text.begin());
}

/// Whether a tag has type=password, in any of HTML's spellings.
bool is_password(std::string_view tag) noexcept {
    for (std::size_t at{}; (at = find_ignoring_case(tag, "type", at)) != std::string_view::npos;) {
        at = tag.find_first_not_of(" \t\r\n=\"'", at + 4);
        if (at == std::string_view::npos) return false;
        if (detail::equal_ignoring_case(tag.substr(at, 8), "password")) return true;
    }
    return false;
}

}  // namespace

bool has_login_form(std::string_view body) noexcept {
    // No tag that asks for a password is longer, and so many without an end take no quadratic time.
    constexpr std::size_t longest_tag = 1024;
    std::size_t at = find_ignoring_case(body, "<form", 0);
    if (at == std::string_view::npos) return false;
    while ((at = find_ignoring_case(body, "<input", at)) != std::string_view::npos) {
        const std::string_view tag = body.substr(at, longest_tag);
        if (is_password(tag.substr(0, tag.find('>')))) return true;
        ++at;
    }
    return false;
}

}  // namespace authgrammar::audit
