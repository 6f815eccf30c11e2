#include "values/login_form.hpp"

#include "common/field_text.hpp"

#include <algorithm>
#include <cstddef>

namespace authgrammar::audit {

namespace {

/// Where a tag begins with `wanted`, which begins with "<".
std::size_t find_tag(std::string_view text, std::string_view wanted, std::size_t from) noexcept {
    while ((from = text.find('<', from)) != std::string_view::npos) {
        if (detail::equal_ignoring_case(text.substr(from, wanted.size()), wanted)) return from;
        ++from;
    }
    return from;
}

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

/// No tag that asks for a password is longer, and so many without an end take no quadratic time.
constexpr std::size_t longest_tag = 1024;

}  // namespace

void login_form_search::take(std::string_view piece) {
    if (found_) return;
    rest_ += piece;
    if (!in_form_) {
        const std::size_t form = find_tag(rest_, "<form", 0);
        in_form_ = form != std::string::npos;
        rest_.erase(0, in_form_ ? form : rest_.size() - std::min(rest_.size(), std::string_view("<for").size()));
        if (!in_form_) return;
    }
    std::size_t at = find_tag(rest_, "<input", 0);
    while (at != std::string::npos) {
        const std::string_view tag = std::string_view(rest_).substr(at, longest_tag);
        const std::size_t end = tag.find('>');
        if (end == std::string_view::npos && tag.size() < longest_tag) break;
        found_ = found_ || is_password(tag.substr(0, end));
        at = find_tag(rest_, "<input", at + 1);
    }
    rest_.erase(0,
                at != std::string::npos ? at : rest_.size() - std::min(rest_.size(), std::string_view("<inpu").size()));
}

bool login_form_search::found() const { return found_ || (in_form_ && is_password(rest_)); }

bool has_login_form(std::string_view body) {
    login_form_search search;
    search.take(body);
    return search.found();
}

}  // namespace authgrammar::audit
