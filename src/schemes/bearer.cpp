#include <authgrammar/event.hpp>
#include <authgrammar/parse.hpp>
#include <authgrammar/schemes/bearer.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include <algorithm>
#include <limits>

#include "grammar_fault.hpp"
#include "params.hpp"
#include "token68_line.hpp"
#include "value_checks.hpp"
#include "written.hpp"

namespace authgrammar::schemes {

namespace {

constexpr std::string_view bearer_scheme = "Bearer";

constexpr rule has_token{"R6750-2.1-token", "RFC 6750, 2.1"};
constexpr rule has_params{"R6750-3-params", "RFC 6750, 3"};
constexpr rule once{"R6750-3-once", "RFC 6750, 3"};
constexpr rule scope_octets{"R6750-3-scope", "RFC 6750, 3"};
constexpr rule token_needs_error{"R6750-3-error-with-token", "RFC 6750, 3"};
constexpr rule error_needs_token{"R6750-3.1-no-error-without-token", "RFC 6750, 3.1"};
constexpr rule error_octets{"R6750-3-error", "RFC 6750, 3"};
constexpr rule error_uri_octets{"R6750-3-error-uri", "RFC 6750, 3"};
constexpr rule max_age_integer{"R9470-3-max-age", "RFC 9470, 3"};
constexpr rule acr_values_words{"R9470-3-acr-values", "RFC 9470, 3"};
constexpr rule metadata_url{"R9728-5.1-url", "RFC 9728, 5.1"};

constexpr std::string_view after_bearer = "a token";
constexpr std::string_view words = "words of visible characters without DQUOTE and backslash, one space between them";

enum : std::size_t {
    realm,
    scope,
    error_param,
    error_description,
    error_uri,
    acr_values,
    max_age,
    resource_metadata,
    param_count
};
constexpr param_names<param_count> bearer_names{"realm",     "scope",      "error",   "error_description",
                                                "error_uri", "acr_values", "max_age", "resource_metadata"};

constexpr bearer_error known_errors[] = {bearer_error::invalid_request, bearer_error::invalid_token,
                                         bearer_error::insufficient_scope,
                                         bearer_error::insufficient_user_authentication};

[[nodiscard]] bearer_error code_of(const text& value) noexcept {
    for (const bearer_error e : known_errors) {
        if (value.equals(name_of(e))) return e;
    }
    return bearer_error::other;
}

/// What a parameter may hold.
struct value_rule {
    std::size_t param;
    bool is_list;             ///< words separated by SP
    bool (*allowed)(char c);  ///< an octet, or one of a word
    bool may_be_empty;
    rule broken;
    std::string_view expected;
    tolerance permitted_by;
};
constexpr value_rule value_rules[] = {
    {scope, true, is_nqchar, false, scope_octets, words, tolerance::none},
    {error_param, false, is_nqschar, false, error_octets, "printable ASCII without DQUOTE and backslash",
     tolerance::bearer_octets},
    {error_description, false, is_nqschar, false, error_octets, "printable ASCII without DQUOTE and backslash",
     tolerance::bearer_octets},
    {error_uri, false, is_nqchar, true, error_uri_octets, "visible ASCII without DQUOTE and backslash",
     tolerance::bearer_octets},
    {acr_values, true, is_nqchar, false, acr_values_words, words, tolerance::none},
    {resource_metadata, false, is_uri_character, false, metadata_url, "a character of a URL", tolerance::none},
};

/// The errors that go with one status only; with which, the table of schemes says. RFC 9470 has none for its error.
struct status_rule {
    error_occasion when;
    rule broken;
};
constexpr status_rule status_rules[] = {
    {error_occasion::malformed, {"R6750-3.1-invalid-request", "RFC 6750, 3.1"}},
    {error_occasion::invalid, {"R6750-3.1-invalid-token", "RFC 6750, 3.1"}},
    {error_occasion::insufficient, {"R6750-3.1-insufficient-scope", "RFC 6750, 3.1"}},
};

/// Whether an answer with that status says what is wrong with a token.
[[nodiscard]] bool tells_of_tokens(const scheme_description& bearer, int status) noexcept {
    return std::any_of(bearer.errors.begin(), bearer.errors.end(),
                       [status](const error_signal& e) { return e.status == status; });
}

/// The offset at which a value breaks its rule.
[[nodiscard]] std::optional<std::size_t> broken_at(const value_rule& r, const text& value) noexcept {
    if (r.is_list) return first_outside_words(value, r.allowed);
    if (!r.may_be_empty && value.begin() == value.end()) return value.begin();
    return first_outside(value, r.allowed);
}

using bearer_params = known_params<param_count>;

[[nodiscard]] scheme_error check_values(const bearer_params& params, tolerances allowed, tolerances& used) noexcept {
    for (const value_rule& r : value_rules) {
        if (!params.has(r.param)) continue;
        const std::optional<std::size_t> at = broken_at(r, params.value(r.param));
        if (!at) continue;
        const text& value = params.value(r.param);
        const tolerance permitted_by = value.begin() == value.end() ? tolerance::none : r.permitted_by;
        if (permitted_by == tolerance::none || !allowed.has(permitted_by)) {
            return fault(scheme_error_code::invalid_value, *at, r.broken, r.expected, permitted_by,
                         bearer_names[r.param]);
        }
        used |= permitted_by;
    }
    return {};
}

[[nodiscard]] scheme_error read_max_age(const text& value, std::uint64_t& seconds) noexcept {
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    seconds = 0;
    const auto add = [&seconds](char c) {
        if (!is_digit(c)) return false;
        const auto digit = static_cast<std::uint64_t>(c - '0');
        if (seconds > (most - digit) / 10) return false;
        seconds = seconds * 10 + digit;
        return true;
    };
    std::optional<std::size_t> at = first_refused(value, add);
    if (!at && value.begin() == value.end()) at = value.begin();
    if (!at) return {};
    return fault(scheme_error_code::invalid_value, *at, max_age_integer, "a number of seconds of 64 bits",
                 tolerance::none, bearer_names[max_age]);
}

}  // namespace

std::string_view name_of(bearer_error e) noexcept {
    switch (e) {
        case bearer_error::invalid_request: return "invalid_request";
        case bearer_error::invalid_token: return "invalid_token";
        case bearer_error::insufficient_scope: return "insufficient_scope";
        case bearer_error::insufficient_user_authentication: return "insufficient_user_authentication";
        case bearer_error::none:
        case bearer_error::other: break;
    }
    return {};
}

result<bearer_credentials, scheme_error> read_bearer(std::string_view value) noexcept {
    if (const token68_line line(value, bearer_scheme); AUTHGRAMMAR_LIKELY(line)) {
        return bearer_credentials{line.token().text};
    }
    event memory[4];
    event_buffer events(memory, 4);
    const result<credentials> read = parse_credentials(field::authorization, value, events);
    if (!read) return unread_token68(value, read.error(), bearer_scheme, has_token, after_bearer);
    return read_bearer_credentials(*read);
}

result<bearer_credentials, scheme_error> read_bearer_credentials(const credentials& read) noexcept {
    const std::optional<text> token = read.token68();
    if (AUTHGRAMMAR_UNLIKELY(!token || !read.has_scheme(bearer_scheme)))
        return no_token68(read, bearer_scheme, has_token, after_bearer);
    return bearer_credentials{token->raw()};
}

result<bearer_challenge, scheme_error> read_bearer_challenge(const challenge& read, tolerances allowed) noexcept {
    if (const scheme_error e = check_params_of(read, bearer_scheme, has_params); failed(e)) return e;
    bearer_params params(bearer_names);
    if (scheme_error e = params.read(read.params()); failed(e)) {
        // RFC 6750 says so of its own parameters, RFC 9110 of all.
        if (e.param == bearer_names[realm] || e.param == bearer_names[scope] || e.param == bearer_names[error_param] ||
            e.param == bearer_names[error_description] || e.param == bearer_names[error_uri]) {
            e.requirement = once.requirement;
            e.section = once.section;
        }
        return e;
    }
    bearer_challenge c;
    if (read.params().empty()) {
        if (!allowed.has(tolerance::bearer_without_params)) {
            return fault(scheme_error_code::missing_param, read.end(), has_params, "a parameter",
                         tolerance::bearer_without_params);
        }
        c.used |= tolerance::bearer_without_params;
    }
    if (const scheme_error e = check_values(params, allowed, c.used); failed(e)) return e;
    if (params.has(max_age)) {
        std::uint64_t seconds = 0;
        if (const scheme_error e = read_max_age(params.value(max_age), seconds); failed(e)) return e;
        c.max_age = seconds;
    }
    c.realm = params.find(realm);
    c.scope = params.find(scope);
    c.error = params.find(error_param);
    c.error_description = params.find(error_description);
    c.error_uri = params.find(error_uri);
    c.acr_values = params.find(acr_values);
    c.resource_metadata = params.find(resource_metadata);
    if (c.error) c.code = code_of(*c.error);
    return c;
}

result<void, scheme_error> check_bearer_response(const bearer_challenge& c, int status, bool token_sent) noexcept {
    if (!token_sent) {
        const std::optional<text> values[] = {c.error, c.error_description, c.error_uri};
        const std::size_t params[] = {error_param, error_description, error_uri};
        for (std::size_t i = 0; i < 3; ++i) {
            if (!values[i]) continue;
            return fault(scheme_error_code::unexpected_param, values[i]->begin(), error_needs_token,
                         "no error, since there was no token", tolerance::none, bearer_names[params[i]]);
        }
        return {};
    }
    const scheme_description& bearer = *find_scheme(bearer_scheme);
    if (!c.error) {
        if (!tells_of_tokens(bearer, status)) return {};
        return fault(scheme_error_code::missing_param, 0, token_needs_error, "error", tolerance::none,
                     bearer_names[error_param]);
    }
    // Whoever made the challenge need not have set `code`.
    for (const status_rule& r : status_rules) {
        const std::optional<error_signal> signal = find_error(bearer, r.when);
        if (!signal || signal->status == status || !c.error->equals(signal->value)) continue;
        return fault(scheme_error_code::invalid_value, c.error->begin(), r.broken, "an error that goes with the status",
                     tolerance::none, bearer_names[error_param]);
    }
    return {};
}

write_result write_bearer_credentials(field f, std::string_view token, char* buffer, std::size_t capacity) noexcept {
    return write_credentials(f, credentials_spec(bearer_scheme, text(token)), buffer, capacity);
}

write_result write_bearer_challenge(field f, const bearer_challenge& c, char* buffer, std::size_t capacity) noexcept {
    const decimal seconds(c.max_age.value_or(0));
    const std::optional<text> values[] = {c.realm,
                                          c.scope,
                                          c.error,
                                          c.error_description,
                                          c.error_uri,
                                          c.acr_values,
                                          c.max_age ? std::optional<text>(seconds.digits()) : std::nullopt,
                                          c.resource_metadata};
    written_params<param_count> list;
    for (std::size_t i = 0; i < param_count; ++i) {
        if (values[i]) list.add(bearer_names[i], *values[i], param_form::quoted);
    }
    if (list.size() == 0) return refusal(error_code::empty_challenge_list, "a parameter", has_params);
    for (const value_rule& r : value_rules) {
        if (!values[r.param]) continue;
        const std::optional<std::size_t> at = broken_at(r, *values[r.param]);
        if (at) return list.refuse(bearer_names[r.param], *at - values[r.param]->begin(), r.expected, r.broken);
    }
    return list.write_challenge(f, bearer_scheme, buffer, capacity);
}

}  // namespace authgrammar::schemes
