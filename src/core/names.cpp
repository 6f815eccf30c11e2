#include <authgrammar/edition.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>

#include "ascii.hpp"

#include <cstdint>
#include <optional>

namespace authgrammar {

namespace {

// decides: R7235-5.3-fields
constexpr std::string_view registered_name(field f) noexcept {
    switch (f) {
        case field::www_authenticate: return "WWW-Authenticate";
        case field::proxy_authenticate: return "Proxy-Authenticate";
        case field::authorization: return "Authorization";
        case field::proxy_authorization: return "Proxy-Authorization";
        case field::authentication_info: return "Authentication-Info";
        case field::proxy_authentication_info: break;
    }
    return "Proxy-Authentication-Info";
}

/// One bit for each length that a name has.
constexpr std::uint32_t name_lengths = [] {
    std::uint32_t lengths = 0;
    for (const field f : all_fields) lengths |= std::uint32_t{1} << registered_name(f).size();
    return lengths;
}();

}  // namespace

std::string_view name_of(field f) noexcept { return registered_name(f); }

std::optional<field> field_from_name(std::string_view name) noexcept {
    if (name.size() >= 32 || (name_lengths >> name.size() & 1) == 0) return std::nullopt;
    for (const field f : all_fields) {
        if (detail::equal_ignoring_case(name, registered_name(f))) return f;
    }
    return std::nullopt;
}

std::string_view name_of(edition e) noexcept {
    switch (e) {
        case edition::rfc7235: return "rfc7235";
        case edition::rfc9110_recipient: return "rfc9110-recipient";
        case edition::rfc9110_sender: break;
    }
    return "rfc9110-sender";
}

std::optional<edition> edition_from_name(std::string_view name) noexcept {
    for (const edition e : all_editions) {
        if (name == name_of(e)) return e;
    }
    return std::nullopt;
}

std::string_view name_of(event_kind k) noexcept {
    switch (k) {
        case event_kind::challenge_begin: return "challenge_begin";
        case event_kind::scheme: return "scheme";
        case event_kind::token68: return "token68";
        case event_kind::param_name: return "param_name";
        case event_kind::param_value: return "param_value";
        case event_kind::challenge_end: break;
    }
    return "challenge_end";
}

}  // namespace authgrammar
