#include <authgrammar/policy/retry.hpp>

#include <authgrammar/schemes/scheme.hpp>

#include "common/field_text.hpp"
#include "event_memory.hpp"

#include <algorithm>
#include <cstring>

namespace authgrammar::policy {

namespace {

/// Appends a text so that no two lists of texts are written alike.
void append(std::string& to, std::string_view text) { to.append(std::to_string(text.size())).append(":").append(text); }

constexpr field authorization_to(field challenges) noexcept {
    return challenges == field::proxy_authenticate ? field::proxy_authorization : field::authorization;
}

/// The parameters of credentials that say whose they are. Only those of schemes that make the others anew each time.
constexpr std::string_view user_params[]{"user", "user*", "username", "username*"};

/// Whose the credentials are, if that is what distinguishes them: realm and user. Empty if it is not.
std::string user_in(field f, std::string_view value, std::string_view scheme_name) {
    std::string user;
    const schemes::scheme_description* scheme = schemes::find_scheme(scheme_name);
    if (scheme == nullptr || scheme->exposes != schemes::exposure::proof) return user;
    std::vector<event> memory = event_memory_for(value.size());
    event_buffer events(memory.data(), memory.size());
    const result<credentials> read = parse_credentials(f, value, events);
    if (!read) return user;
    for (const std::string_view name : user_params) {
        if (schemes::find_parameter(*scheme, field_kind::credentials, name) == nullptr) continue;
        const auto param = read->param(name);
        if (!param) continue;
        append(user, name);
        append(user, detail::unescaped(param->value));
    }
    if (user.empty()) return user;
    if (const auto realm = read->param("realm")) append(user, detail::unescaped(realm->value));
    return user;
}

/// The realm that credentials name, if they do.
std::optional<std::string> realm_in(field f, std::string_view value) {
    std::vector<event> memory = event_memory_for(value.size());
    event_buffer events(memory.data(), memory.size());
    const result<credentials> read = parse_credentials(f, value, events);
    if (!read) return std::nullopt;
    const auto realm = read->param("realm");
    return realm ? std::optional<std::string>(detail::unescaped(realm->value)) : std::nullopt;
}

/// What counts in a comparison of credentials: scheme, and user or all that follows.
secret identity_of(field f, std::string_view value) {
    const std::size_t space = std::min(value.find(' '), value.size());
    const std::string scheme = detail::lower(value.substr(0, space));
    std::string identity;
    append(identity, scheme);
    const std::string user = user_in(f, value, scheme);
    // Nothing secret is in it before, so growing leaves no copy of one.
    identity.append(user.empty() ? detail::trimmed(value.substr(space)) : std::string_view(user));
    secret kept(identity);
    explicit_bzero(&identity[0], identity.size());
    return kept;
}

using schemes::error_occasion;

/// What is said of a token that another token could change.
constexpr error_occasion of_tokens[]{error_occasion::invalid, error_occasion::more_authentication,
                                     error_occasion::insufficient};

bool takes_tokens(const schemes::scheme_description* s) noexcept {
    return s != nullptr && (s->exposes == schemes::exposure::token || s->exposes == schemes::exposure::bound_token);
}

/// Whether the parameter says that of the credentials; of an unknown scheme, in the words of those that are known.
bool says(const schemes::scheme_description* s, std::string_view scheme, const auth_param& p, std::string_view name,
          error_occasion when) noexcept {
    if (s == nullptr) {
        return when == error_occasion::stale_nonce && schemes::says_nonce_is_stale(scheme, name) &&
               p.value.equals_ignoring_case("true");
    }
    const auto signal = schemes::find_error(*s, when);
    return signal && signal->param == name && p.value.equals_ignoring_case(signal->value);
}

/// Whether a challenge with that parameter is a further round.
bool continues(const schemes::scheme_description* s, std::string_view name) noexcept {
    const schemes::parameter_description* p =
        s == nullptr ? nullptr : schemes::find_parameter(*s, field_kind::challenges, name);
    return p != nullptr && p->continues;
}

constexpr retry_advice first_time{retry_step::answer, "R7235-3.1-401-retry",
                                  "The first challenge: the request may be repeated with credentials."};
constexpr retry_advice changed{retry_step::answer, "R7235-3.1-401-retry",
                               "The challenge has changed: the request may be repeated with new credentials."};
constexpr retry_advice first_time_proxy{retry_step::answer, "R7235-3.2-407-retry",
                                        "The proxy's first challenge: the request may be repeated with credentials."};
constexpr retry_advice changed_proxy{
    retry_step::answer, "R7235-3.2-407-retry",
    "The proxy's challenge has changed: the request may be repeated with new credentials."};
constexpr retry_advice next_round{retry_step::continue_round, "R7235-2.1-multi-round",
                                  "The scheme in progress needs another round."};
constexpr retry_advice renewed{retry_step::renew, "R7235-3.1-401-retry",
                               "Only the nonce was stale: the same password or token is sent again with the new nonce "
                               "(RFC 7616, 3.3; RFC 9449, 9)."};
constexpr retry_advice renewed_proxy{
    retry_step::renew, "R7235-3.2-407-retry",
    "Only the proxy's nonce was stale: the same password is sent again with the new nonce (RFC 7616, 3.3)."};
constexpr retry_advice new_token{retry_step::answer, "R7235-3.1-401-retry",
                                 "The token was refused: the request may be repeated with a new one, with the scope or "
                                 "the login that the challenge asks for (RFC 6750, 3.1; RFC 9470, 4)."};
constexpr retry_advice new_token_proxy{
    retry_step::answer, "R7235-3.2-407-retry",
    "The proxy refused the token: the request may be repeated with a new one (RFC 6750, 3.1)."};
constexpr retry_advice same_again{
    retry_step::show, "R7235-3.1-same-challenge",
    "The credentials were answered with the same challenge: show the response, and do not retry."};
constexpr retry_advice too_often{retry_step::show, "R7235-3.1-same-challenge",
                                 "The request has been retried often enough: show the response."};
constexpr retry_advice nothing_to_answer{retry_step::show, "R7235-2.1-401-challenge",
                                         "No challenge could be read: show the response."};
constexpr retry_advice nothing_to_answer_proxy{retry_step::show, "R7235-2.1-407-challenge",
                                               "No challenge of the proxy could be read: show the response."};

}  // namespace

std::string_view name_of(retry_step s) noexcept {
    switch (s) {
        case retry_step::answer: return "answer";
        case retry_step::renew: return "renew";
        case retry_step::continue_round: return "continue round";
        case retry_step::show: break;
    }
    return "show";
}

retry_guard::retry_guard(field f, retry_limits limits) : field_(f), limits_(limits) {}

void retry_guard::sent(std::string_view credentials_value) {
    sent_.push_back(identity_of(authorization_to(field_), credentials_value));
    was_sent_since_ = true;
    last_scheme_ = detail::lower(credentials_value.substr(0, credentials_value.find(' ')));
    last_realm_ = realm_in(authorization_to(field_), credentials_value);
}

bool retry_guard::was_sent(std::string_view credentials_value) const {
    const secret asked = identity_of(authorization_to(field_), credentials_value);
    bool found = false;
    for (const secret& s : sent_) found |= s.equals(asked.bytes());
    return found;
}

std::optional<std::vector<retry_guard::seen_challenge>> retry_guard::read(const field_value& value) const {
    std::vector<event> memory = event_memory_for(value.size());
    event_buffer events(memory.data(), memory.size());
    const result<challenges> parsed = parse_challenges(field_, value, events);
    if (!parsed || parsed->empty()) return std::nullopt;

    std::vector<seen_challenge> list;
    for (const challenge& c : *parsed) {
        seen_challenge seen;
        seen.scheme = detail::lower(detail::unescaped(c.scheme()));
        std::string token68;
        if (const auto token = c.token68()) seen.round = token68 = detail::unescaped(*token);
        const schemes::scheme_description* known = schemes::find_scheme(seen.scheme);
        if (const auto realm = c.param("realm")) seen.realm = detail::unescaped(realm->value);
        std::vector<std::string> params;
        for (const auth_param& p : c.params()) {
            const std::string name = detail::lower(detail::unescaped(p.name));
            if (says(known, seen.scheme, p, name, error_occasion::stale_nonce)) seen.stale = true;
            if (continues(known, name)) seen.round = detail::unescaped(p.value);
            for (const error_occasion when : of_tokens) {
                if (takes_tokens(known) && says(known, seen.scheme, p, name, when)) seen.new_token = true;
            }
            if (schemes::changes_with_each_challenge(seen.scheme, name)) continue;
            append(params.emplace_back(), name);
            append(params.back(), detail::unescaped(p.value));
        }
        std::sort(params.begin(), params.end());
        append(seen.fixed, seen.scheme);
        append(seen.fixed, token68);
        for (const std::string& p : params) seen.fixed += p;
        list.push_back(std::move(seen));
    }
    std::sort(list.begin(), list.end(),
              [](const seen_challenge& a, const seen_challenge& b) { return a.fixed < b.fixed; });
    return list;
}

/// What comes of what the challenge says of the last try, or of its next round.
std::optional<retry_advice> retry_guard::answer_to_refusal(const std::vector<seen_challenge>& now) {
    for (const seen_challenge& c : now) {
        if (c.scheme != last_scheme_) continue;
        if (!c.round.empty()) {
            if (c.round == last_round_) continue;
            last_round_ = c.round;
            return ++rounds_ > limits_.rounds ? too_often : next_round;
        }
        if (renewals_ == limits_.renewals) continue;
        // The password of one realm is none of another.
        if (c.stale && (!last_realm_ || !c.realm || *c.realm == *last_realm_)) return renew();
        if (c.new_token) {
            ++renewals_;
            return ++tries_ > limits_.tries              ? too_often
                   : field_ == field::proxy_authenticate ? new_token_proxy
                                                         : new_token;
        }
    }
    return std::nullopt;
}

/// Whether two lists hold the same challenges.
bool retry_guard::is_like(const std::vector<seen_challenge>& now,
                          const std::optional<std::vector<seen_challenge>>& then) {
    return then && std::equal(now.begin(), now.end(), then->begin(), then->end(),
                              [](const seen_challenge& a, const seen_challenge& b) { return a.fixed == b.fixed; });
}

/// The nonce was refused, and not the credentials that were sent last.
retry_advice retry_guard::renew() {
    ++renewals_;
    sent_.pop_back();
    return field_ == field::proxy_authenticate ? renewed_proxy : renewed;
}

retry_advice retry_guard::judge(const std::vector<seen_challenge>& now) {
    const bool proxy = field_ == field::proxy_authenticate;
    if (!was_sent_since_) {
        // Nothing was tried since: a request without credentials, or one more of them.
        return ++tries_ > limits_.tries ? too_often : proxy ? first_time_proxy : first_time;
    }
    if (const auto advice = answer_to_refusal(now)) return *advice;
    rounds_ = 0;
    renewals_ = 0;
    last_round_.clear();
    if (is_like(now, before_) || is_like(now, last_)) return same_again;
    if (++tries_ > limits_.tries) return too_often;
    // Without a prior response the credentials were sent ahead, and this is the first challenge.
    if (!before_) return proxy ? first_time_proxy : first_time;
    return proxy ? changed_proxy : changed;
}

retry_advice retry_guard::challenged(const field_value& value) {
    std::optional<std::vector<seen_challenge>> now = read(value);
    if (!now) return field_ == field::proxy_authenticate ? nothing_to_answer_proxy : nothing_to_answer;
    const retry_advice advice = judge(*now);
    // A round is no new challenge: when it fails, the one before the first round comes again, or the round itself does.
    if (advice.step != retry_step::continue_round) before_ = now;
    last_ = std::move(now);
    was_sent_since_ = false;
    return advice;
}

}  // namespace authgrammar::policy
