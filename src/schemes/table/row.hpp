#ifndef AUTHGRAMMAR_SCHEMES_TABLE_ROW_HPP
#define AUTHGRAMMAR_SCHEMES_TABLE_ROW_HPP

#include <authgrammar/schemes/scheme.hpp>

#include <cstddef>
#include <string_view>

namespace authgrammar::schemes::table {

/// A row of a parameter, made piece by piece: row("nonce", "RFC 7616, 3.3").in(…).quoted().
struct row : parameter_description {
    constexpr row(std::string_view named, std::string_view in_section) noexcept {
        name = named;
        section = in_section;
    }
    constexpr row& challenge(presence p) noexcept { return in_challenge = p, *this; }
    constexpr row& credentials(presence p) noexcept { return in_credentials = p, *this; }
    constexpr row& info(presence p) noexcept { return in_info = p, *this; }
    constexpr row& is(value_syntax s) noexcept { return syntax = s, *this; }
    constexpr row& quoted() noexcept { return form = param_form::quoted, *this; }
    constexpr row& bare() noexcept { return form = param_form::token, *this; }
    constexpr row& better(param_form f) noexcept { return form = f, form_advised = true, *this; }
    constexpr row& hidden() noexcept { return secret = true, *this; }
    constexpr row& changes() noexcept { return changing = true, *this; }
    constexpr row& tells_of_refusal() noexcept { return of_refusal = true, changes(); }
    constexpr row& begins_next_round() noexcept { return continues = true, *this; }
    constexpr row& tells_stale_nonce() noexcept { return renews = of_refusal = true, changes(); }
    constexpr row& one_of(row_list<std::string_view> v) noexcept { return values = v, *this; }
    constexpr row& some_of(row_list<std::string_view> v) noexcept { return values_open = true, one_of(v); }
    constexpr row& note(std::string_view n) noexcept { return when = n, *this; }
};

/// realm as RFC 9110, 11.5 has it; `p` says whether every challenge has one.
constexpr row realm_row(std::string_view section, presence challenge,
                        presence credentials = presence::absent) noexcept {
    return row("realm", section).challenge(challenge).credentials(credentials);
}

constexpr content_forms alone{true, false, false};
constexpr content_forms token68_only{false, true, false};
constexpr content_forms alone_or_token68{true, true, false};
constexpr content_forms params_only{false, false, true};
constexpr content_forms alone_or_params{true, false, true};

inline constexpr std::string_view utf8[]{"UTF-8"};
inline constexpr std::string_view true_or_false[]{"true", "false"};

}  // namespace authgrammar::schemes::table

#endif
