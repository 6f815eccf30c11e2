#include <authgrammar/policy/challenge_field.hpp>
#include <authgrammar/schemes/scheme.hpp>
#include <authgrammar/writer.hpp>

#include "common/field_text.hpp"

#include <algorithm>
#include <vector>

namespace authgrammar::policy {

namespace {

using schemes::error_occasion;
constexpr error_occasion occasions[]{
    error_occasion::none,        error_occasion::malformed,           error_occasion::invalid,
    error_occasion::stale_nonce, error_occasion::more_authentication, error_occasion::insufficient};

error_occasion occasion_of(challenge_error e) noexcept {
    switch (e) {
        case challenge_error::none: return error_occasion::none;
        case challenge_error::malformed: return error_occasion::malformed;
        case challenge_error::invalid: return error_occasion::invalid;
        case challenge_error::stale_nonce: return error_occasion::stale_nonce;
        case challenge_error::more_authentication: return error_occasion::more_authentication;
        case challenge_error::insufficient: break;
    }
    return error_occasion::insufficient;
}

bool is(const text& t, std::string_view name) noexcept { return t.equals_ignoring_case(name); }

/// A challenge that is offered, with room for its parameters.
struct offered_challenge {
    text scheme;
    std::optional<text> token68{};
    std::vector<param_spec> params{};
};

/// The form that the scheme gives the parameter, or `otherwise` where it does not say.
param_form form_of(const text& scheme, const text& name, quoting_table table, param_form otherwise) noexcept {
    const bool listed = std::any_of(table.lines, table.lines + table.count, [&](const quoting& line) {
        return line.kind == field_kind::challenges && is(scheme, line.scheme) && is(name, line.param);
    });
    return listed ? param_form::automatic : otherwise;
}

/// Whether the parameter says, in words that the scheme defines, what there is to say of credentials.
bool is_signal(const schemes::scheme_description& s, const param_spec& p) noexcept {
    return std::any_of(std::begin(occasions), std::end(occasions), [&](error_occasion when) {
        const auto signal = schemes::find_error(s, when);
        return signal && is(p.name, signal->param) && is(p.value, signal->value);
    });
}

bool has_param(const std::vector<param_spec>& params, std::string_view name) noexcept {
    return std::any_of(params.begin(), params.end(), [&](const param_spec& p) { return is(p.name, name); });
}

/// The parameters of a challenge as they are sent; `said` is what has to be said of credentials of its scheme.
std::vector<param_spec> params_to_send(const offered_challenge& c, bool credentials_came,
                                       const std::optional<scheme_error>& said) {
    const quoting_table table = schemes::standard_quoting();
    const schemes::scheme_description* s = schemes::find_scheme(detail::unescaped(c.scheme));
    std::vector<param_spec> params;
    for (const param_spec& p : c.params) {
        if (s != nullptr && is_signal(*s, p)) continue;
        const schemes::parameter_description* known =
            s == nullptr ? nullptr : schemes::find_parameter(*s, field_kind::challenges, detail::unescaped(p.name));
        if (known != nullptr && known->of_refusal && !credentials_came) continue;
        params.push_back({p.name, p.value, form_of(c.scheme, p.name, table, p.form)});
    }
    if (said && !has_param(params, said->param)) {
        const text name(said->param);
        params.push_back({name, text(said->value), form_of(c.scheme, name, table, param_form::quoted)});
    }
    return params;
}

/// The scheme of all challenges, if they have one.
std::string_view only_scheme(const std::vector<offered_challenge>& offered) noexcept {
    std::string_view only;
    for (const offered_challenge& c : offered) {
        if (only.empty()) only = c.scheme.raw();
        if (!is(c.scheme, only)) return {};
    }
    return only;
}

/// What challenges_to_send() sends of `offered`, which it makes use of.
std::optional<challenge_field> written(const outcome& o, std::vector<offered_challenge>& offered,
                                       std::string_view used) {
    if (o.challenges == challenge_set::none) return std::nullopt;
    const bool came = o.error != challenge_error::none;
    if (used.empty()) used = only_scheme(offered);
    std::vector<challenge_spec> list;
    for (offered_challenge& c : offered) {
        std::optional<scheme_error> said;
        const bool of_used = came && is(c.scheme, used);
        if (!c.token68 && (of_used || !came)) said = error_to_send(o, detail::unescaped(c.scheme));
        c.params = params_to_send(c, of_used, said);
        challenge_spec& spec = list.emplace_back(c.scheme);
        spec.token68 = c.token68;
        spec.params = c.params.data();
        spec.param_count = c.params.size();
    }
    challenge_field sent;
    sent.name = o.proxy_authenticate == sending::must_not ? field::www_authenticate : field::proxy_authenticate;
    if (!write_challenges_to(sent.value, sent.name, list, schemes::standard_quoting())) return std::nullopt;
    return sent;
}

}  // namespace

// decides: R6750-3-error-with-token, R6750-3.1-no-error-without-token, R6750-3.1-invalid-request
// decides: R6750-3.1-invalid-token, R6750-3.1-insufficient-scope
std::optional<scheme_error> error_to_send(const outcome& o, std::string_view scheme) noexcept {
    if (o.challenges != challenge_set::offered) return std::nullopt;
    const schemes::scheme_description* s = schemes::find_scheme(scheme);
    if (s == nullptr) return std::nullopt;
    const auto signal = schemes::find_error(*s, occasion_of(o.error));
    if (!signal) return std::nullopt;
    const bool asks = o.status == 401 || o.status == 407;
    if (signal->status == 0 ? !asks : signal->status != o.status) return std::nullopt;
    return scheme_error{signal->param, signal->value, signal->with, signal->section};
}

std::optional<challenge_field> challenges_to_send(const outcome& o, const challenges& offered, std::string_view used) {
    std::vector<offered_challenge> list;
    for (const challenge& c : offered) {
        offered_challenge& of = list.emplace_back(offered_challenge{c.scheme(), c.token68(), {}});
        for (const auth_param& p : c.params()) {
            of.params.push_back({p.name, p.value, p.value.quoted() ? param_form::quoted : param_form::token});
        }
    }
    return written(o, list, used);
}

std::optional<challenge_field> challenges_to_send(const outcome& o, const challenge_spec* offered, std::size_t count,
                                                  std::string_view used) {
    std::vector<offered_challenge> list;
    if (offered == nullptr) count = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const challenge_spec& c = offered[i];
        if (c.params == nullptr && c.param_count != 0) return std::nullopt;
        list.push_back({c.scheme, c.token68, {c.params, c.params + c.param_count}});
    }
    return written(o, list, used);
}

}  // namespace authgrammar::policy
