#include <authgrammar/edition.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>

#include "ascii.hpp"

namespace authgrammar {

// decides: R7235-5.3-fields
std::string_view name_of(field f) noexcept {
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

std::optional<field> field_from_name(std::string_view name) noexcept {
    for (const field f : all_fields) {
        if (detail::equal_ignoring_case(name, name_of(f))) return f;
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
