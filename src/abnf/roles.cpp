#include "roles.hpp"

#include "authgrammar/abnf/tree.hpp"

namespace authgrammar::abnf {

std::optional<role> role_of_mention(std::string_view rule, std::string_view caller, std::uint32_t ordinal) {
    const std::string name = fold_case(rule);
    const std::string by = fold_case(caller);
    if (name == "auth-scheme") return role::scheme;
    if (name == "token68") return role::token68;
    if (by == "auth-param" && name == "token") return ordinal == 0 ? role::name : role::value;
    if (by == "auth-param" && name == "quoted-string") return role::quoted;
    if (by == "quoted-string" && name == "dquote") return role::quote;
    return std::nullopt;
}

std::string_view to_string(role r) {
    switch (r) {
        case role::separator: return "separator";
        case role::scheme: return "scheme";
        case role::token68: return "token68";
        case role::name: return "name";
        case role::value: return "value";
        case role::quoted: return "quoted";
        case role::quote: return "quote";
    }
    return "";
}

std::string_view to_string(event_kind kind) {
    switch (kind) {
        case event_kind::challenge_begin: return "challenge_begin";
        case event_kind::scheme: return "scheme";
        case event_kind::token68: return "token68";
        case event_kind::param_name: return "param_name";
        case event_kind::param_value: return "param_value";
        case event_kind::challenge_end: return "challenge_end";
    }
    return "";
}

}  // namespace authgrammar::abnf
