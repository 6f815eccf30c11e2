#include "outcomes.hpp"

#include "acting.hpp"
#include "decision_reasons.hpp"

#include <utility>

namespace authgrammar::policy {

namespace {

using namespace reasons;

constexpr int login_status(login_policy p) noexcept {
    switch (p) {
        case login_policy::forbidden: return 403;
        case login_policy::found: return 302;
        case login_policy::see_other: return 303;
        case login_policy::temporary_redirect: return 307;
        case login_policy::network_authentication: break;
    }
    // decides: R6585-6-511
    return 511;
}

/// With what the hop that answers asks for credentials.
constexpr int asking_status(const facts& f) noexcept { return acts_as_proxy(f) ? 407 : 401; }

/// Adds the challenges of the hop that answers.
void offer(outcome& o, const facts& f, sending s, challenge_set challenges = challenge_set::offered) {
    (acts_as_proxy(f) ? o.proxy_authenticate : o.www_authenticate) = s;
    o.challenges = challenges;
}

/// What a challenge says of credentials that are not accepted.
// decides: R6750-3.1-no-error-without-token, R7616-3.3-stale-nonce
challenge_error error_of(const facts& f) noexcept {
    if (f.credentials == credentials_state::malformed) return challenge_error::invalid;
    if (f.credentials != credentials_state::invalid) return challenge_error::none;
    switch (f.cause) {
        case invalid_cause::stale_nonce: return challenge_error::stale_nonce;
        case invalid_cause::more_authentication: return challenge_error::more_authentication;
        default: return challenge_error::invalid;
    }
}

/// Who gets the answer is known by the credentials, so caches have to keep it for them.
void keep_personal(outcome& o, const facts& f) {
    if (acts_as_proxy(f) || f.method == request_method::put) return;
    // decides: R9111-3.5-personal
    o.cache_control = "private";
    o.vary = has_scheme(f) ? "Authorization" : "Cookie";
    o.reasons.push_back(personal);
}

outcome inadequate(const facts& f) {
    outcome o = plain(status_of(verdict::inadequate, f), {not_adequate, inadequate_403});
    may_offer_too(o, f);
    if (has_scheme(f)) o.error = challenge_error::insufficient;
    o.reasons.push_back(once_403);
    o.reasons.push_back(once_401);
    return o;
}

outcome granted(const facts& f) {
    outcome o = plain(status_of(verdict::granted, f), {acts_as_proxy(f) ? proxy_accepted : accepted});
    if (f.method == request_method::connect) o.reasons.push_back(opens_tunnel);
    if (creates_target(f)) o.reasons.push_back(created);
    may_offer_too(o, f);
    keep_personal(o, f);
    return o;
}

outcome bad_request(const facts& f) {
    outcome o = plain(status_of(verdict::bad_request, f), {malformed_as_bad_request});
    may_offer_too(o, f);
    if (has_scheme(f)) o.error = challenge_error::malformed;
    return o;
}

}  // namespace

int refusal_status(refusal r) noexcept {
    switch (r) {
        // decides: R6585-4-429
        case refusal::too_many_requests: return 429;
        // decides: R7725-3-451
        case refusal::legal_reasons: return 451;
        case refusal::upgrade_required: return 426;
        default: return 403;
    }
}

int status_of(verdict v, const facts& f) noexcept {
    switch (v) {
        case verdict::refused: return refusal_status(f.forbidden);
        case verdict::inadequate: return 403;
        case verdict::refused_and_hidden:
        case verdict::not_found_for_all:
        case verdict::not_found: return 404;
        case verdict::bad_request: return 400;
        case verdict::moved: return 301;
        case verdict::preflight:
        case verdict::open_to_all: return 200;
        case verdict::granted: return creates_target(f) ? 201 : 200;
        case verdict::log_in: return login_status(f.login);
        case verdict::round_for_all:
        case verdict::challenge_for_all: return asking_status(f);
        // The tree, not the fact, says who asks, so that a broken tree shows.
        case verdict::challenge: return 401;
        case verdict::proxy_challenge: break;
    }
    return 407;
}

outcome plain(int status, std::vector<reason> reasons) {
    outcome o;
    o.status = status;
    o.reasons = std::move(reasons);
    return o;
}

outcome redirect(int status, std::vector<reason> reasons) {
    outcome o = plain(status, std::move(reasons));
    o.location = sending::must;
    return o;
}

void may_offer_too(outcome& o, const facts& f) {
    if (!has_scheme(f)) return;
    // decides: R7235-4.1-elsewhere
    offer(o, f, sending::may);
    if (!acts_as_proxy(f)) o.reasons.push_back(may_offer);
}

outcome challenged(const facts& f) {
    outcome o;
    const bool partial = f.credentials == credentials_state::partial;
    const bool proxy = acts_as_proxy(f);
    o.status = asking_status(f);
    // decides: R7235-2.1-401-challenge
    offer(o, f, sending::must, partial ? challenge_set::next_round : challenge_set::offered);
    o.error = error_of(f);
    if (f.method == request_method::connect) o.reasons.push_back(connects);
    if (proxy) o.reasons.push_back(proxy_says_407);
    if (!proxy && f.hop == hop_role::gateway) o.reasons.push_back(gateway_says_401);
    switch (f.credentials) {
        case credentials_state::malformed: o.reasons.push_back(malformed_as_invalid); break;
        case credentials_state::partial: o.reasons.push_back(another_round); break;
        case credentials_state::invalid: o.reasons.push_back(refused_credentials); break;
        default:
            if (!proxy) o.reasons.push_back(no_credentials);
            break;
    }
    o.reasons.push_back(proxy ? ask_proxy : ask_origin);
    o.reasons.push_back(proxy ? with_proxy_challenge : with_challenge);
    if (!proxy && f.credentials == credentials_state::invalid) o.reasons.push_back(refused_again);
    return o;
}

outcome challenge_for_all(const facts& f) {
    outcome o = challenged(f);
    const bool partial = f.credentials == credentials_state::partial;
    o.reasons.insert(o.reasons.begin(), partial ? round_hides : hide_401);
    return o;
}

outcome refused(const facts& f) {
    outcome o = plain(refusal_status(f.forbidden), {});
    switch (f.forbidden) {
        case refusal::too_many_requests:
            o.reasons = {by_rate, whatever_credentials};
            o.retry_after = sending::may;
            o.cache_control = "no-store";
            return o;
        case refusal::legal_reasons: o.reasons = {by_law, whatever_credentials}; return o;
        case refusal::upgrade_required:
            o.reasons = {by_protocol, whatever_credentials};
            // decides: R9110-15.5.22-426
            o.upgrade = sending::must;
            return o;
        case refusal::network: o.reasons = {by_network}; break;
        case refusal::unsecured_connection: o.reasons = {by_connection, secure_first}; break;
        default: o.reasons = {whatever_credentials}; break;
    }
    o.reasons.push_back(once_403);
    return o;
}

outcome hiding_404(const reason& why) {
    // decides: R9110-15.5.5-heuristic
    outcome o = plain(404, {why});
    o.cache_control = "no-store";
    return o;
}

outcome login(login_policy p) {
    outcome o = plain(login_status(p), {form_redirect});
    switch (p) {
        case login_policy::forbidden: return plain(login_status(p), {form_only, once_403});
        case login_policy::network_authentication:
            o.reasons = {captive};
            o.cache_control = "no-store";
            return o;
        case login_policy::found: o.reasons.push_back(form_rewrites); break;
        case login_policy::see_other: break;
        case login_policy::temporary_redirect: o.reasons.push_back(form_resends); break;
    }
    o.location = sending::must;
    return o;
}

outcome open_to_all(const facts& f) {
    const bool connect = f.method == request_method::connect;
    const int status = status_of(verdict::open_to_all, f);
    outcome o = plain(status, {acts_as_proxy(f) ? proxy_needs_none : needs_none});
    if (connect) o.reasons.push_back(opens_tunnel);
    if (acts_as_proxy(f)) return o;
    may_offer_too(o, f);
    if (f.optional == public_policy::ignore || !has_scheme(f)) return o;
    if (f.credentials == credentials_state::sufficient) {
        keep_personal(o, f);
    } else if (f.method != request_method::put) {
        o.vary = "Authorization";
        o.reasons.push_back(varies);
    }
    return o;
}

outcome recommended(verdict v, const facts& f) {
    switch (v) {
        case verdict::refused: return refused(f);
        case verdict::refused_and_hidden: {
            outcome o = hiding_404(hide_403);
            o.reasons.push_back(whatever_credentials);
            o.reasons.push_back(not_stored);
            return o;
        }
        case verdict::preflight: return plain(status_of(v, f), {preflight_passes});
        case verdict::bad_request: return bad_request(f);
        case verdict::round_for_all:
        case verdict::challenge_for_all: return challenge_for_all(f);
        case verdict::not_found_for_all: {
            outcome o = hiding_404(hide_404);
            may_offer_too(o, f);
            o.reasons.push_back(not_stored);
            return o;
        }
        case verdict::not_found: return plain(status_of(v, f), {not_there});
        case verdict::moved: return redirect(status_of(v, f), {elsewhere});
        case verdict::open_to_all: return open_to_all(f);
        case verdict::granted: return granted(f);
        case verdict::inadequate: return inadequate(f);
        case verdict::log_in: return login(f.login);
        case verdict::challenge:
        case verdict::proxy_challenge: break;
    }
    facts asked = f;
    if (v == verdict::proxy_challenge) {
        asked.hop = hop_role::proxy;
    } else if (acts_as_proxy(f)) {
        asked.hop = hop_role::origin;
        asked.method = request_method::other;
    }
    outcome o = challenged(asked);
    if (f.resource == resource_state::public_resource) o.reasons.insert(o.reasons.begin(), checked);
    if (creates_target(f)) o.reasons.insert(o.reasons.begin(), would_be_created);
    return o;
}

}  // namespace authgrammar::policy
