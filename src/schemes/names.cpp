#include <authgrammar/schemes/scheme.hpp>

namespace authgrammar::schemes {

std::string_view name_of(presence p) noexcept {
    switch (p) {
        case presence::absent: break;
        case presence::optional: return "optional";
        case presence::conditional: return "conditional";
        case presence::required: return "required";
    }
    return "absent";
}

std::string_view name_of(value_syntax s) noexcept {
    switch (s) {
        case value_syntax::any: break;
        case value_syntax::ascii: return "ascii";
        case value_syntax::token: return "token";
        case value_syntax::token_list: return "token-list";
        case value_syntax::word_list: return "word-list";
        case value_syntax::boolean: return "boolean";
        case value_syntax::decimal: return "decimal";
        case value_syntax::digits: return "digits";
        case value_syntax::hex: return "hex";
        case value_syntax::nonce_count: return "nonce-count";
        case value_syntax::base64: return "base64";
        case value_syntax::base64url: return "base64url";
        case value_syntax::base64url_padded: return "base64url-padded";
        case value_syntax::uri: return "uri";
        case value_syntax::uri_list: return "uri-list";
        case value_syntax::request_target: return "request-target";
        case value_syntax::ext_value: return "ext-value";
        case value_syntax::percent_encoded: return "percent-encoded";
        case value_syntax::jws: return "jws";
        case value_syntax::other: return "other";
    }
    return "any";
}

std::string_view name_of(usability u) noexcept {
    switch (u) {
        case usability::yes: return "yes";
        case usability::no: return "no";
        case usability::unstated: break;
    }
    return "unstated";
}

std::string_view name_of(realm_rule r) noexcept {
    switch (r) {
        case realm_rule::required: return "required";
        case realm_rule::optional: return "optional";
        case realm_rule::none: break;
        case realm_rule::ignored: return "ignored";
        case realm_rule::redefined: return "redefined";
    }
    return "none";
}

std::string_view name_of(space_rule r) noexcept {
    switch (r) {
        case space_rule::unstated: break;
        case space_rule::path_prefix: return "path-prefix";
        case space_rule::domain_list: return "domain-list";
    }
    return "unstated";
}

std::string_view name_of(state_rule r) noexcept {
    switch (r) {
        case state_rule::request: break;
        case state_rule::server: return "server";
        case state_rule::connection: return "connection";
        case state_rule::tls_connection: return "tls-connection";
    }
    return "request";
}

std::string_view name_of(exposure e) noexcept {
    switch (e) {
        case exposure::password: break;
        case exposure::token: return "token";
        case exposure::bound_token: return "bound-token";
        case exposure::proof: return "proof";
    }
    return "password";
}

std::string_view name_of(unknown_rule r) noexcept {
    switch (r) {
        case unknown_rule::undefined: break;
        case unknown_rule::ignored: return "ignored";
        case unknown_rule::refused: return "refused";
        case unknown_rule::no_params: return "no-params";
    }
    return "undefined";
}

std::string_view name_of(error_occasion o) noexcept {
    switch (o) {
        case error_occasion::none: break;
        case error_occasion::malformed: return "malformed";
        case error_occasion::invalid: return "invalid";
        case error_occasion::stale_nonce: return "stale-nonce";
        case error_occasion::more_authentication: return "more-authentication";
        case error_occasion::insufficient: return "insufficient";
    }
    return "none";
}

}  // namespace authgrammar::schemes
