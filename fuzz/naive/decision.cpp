#include "decision.hpp"

#include <initializer_list>
#include <utility>

namespace authgrammar::fuzz {

namespace {

using namespace policy;

outcome status(int code) {
    outcome o;
    o.status = code;
    return o;
}

outcome redirect(int code) {
    outcome o = status(code);
    o.location = sending::must;
    return o;
}

bool is_proxy(const facts& f) { return f.hop == hop_role::proxy || f.method == request_method::connect; }

bool hides(const facts& f) { return f.existence != existence_rule::open; }

bool has_form(const facts& f) { return f.authentication == authentication_kind::form; }

outcome not_stored(int code) {
    outcome o = status(code);
    o.cache_control = "no-store";
    return o;
}

/// With a challenge that may be sent, if the service has any.
outcome with_offer(outcome o, const facts& f) {
    if (f.authentication == authentication_kind::form) return o;
    (is_proxy(f) ? o.proxy_authenticate : o.www_authenticate) = sending::may;
    o.challenges = challenge_set::offered;
    return o;
}

outcome challenge(const facts& f) {
    outcome o = status(is_proxy(f) ? 407 : 401);
    (is_proxy(f) ? o.proxy_authenticate : o.www_authenticate) = sending::must;
    o.challenges = f.credentials == credentials_state::partial ? challenge_set::next_round : challenge_set::offered;
    if (f.credentials == credentials_state::malformed) o.error = challenge_error::invalid;
    if (f.credentials == credentials_state::invalid) {
        o.error = f.cause == invalid_cause::stale_nonce           ? challenge_error::stale_nonce
                  : f.cause == invalid_cause::more_authentication ? challenge_error::more_authentication
                                                                  : challenge_error::invalid;
    }
    return o;
}

outcome login(login_policy p) {
    switch (p) {
        case login_policy::found: return redirect(302);
        case login_policy::see_other: return redirect(303);
        case login_policy::temporary_redirect: return redirect(307);
        case login_policy::network_authentication: return not_stored(511);
        case login_policy::forbidden: break;
    }
    return status(403);
}

bool is_possible(const facts& f) {
    const bool for_everybody = f.resource == resource_state::public_resource || f.resource == resource_state::moved;
    if (is_proxy(f)) {
        if (f.resource == resource_state::absent || f.resource == resource_state::moved || hides(f)) return false;
    } else {
        if (f.method == request_method::preflight && f.credentials != credentials_state::absent) return false;
        if (has_form(f) && f.login == login_policy::network_authentication) return false;
    }
    if (has_form(f)) {
        if (f.credentials == credentials_state::invalid && f.cause == invalid_cause::stale_nonce) return false;
        if (f.resource == resource_state::public_resource && f.optional == public_policy::check) return false;
    }
    if (for_everybody && hides(f) && f.forbidden == refusal::no) return false;
    if (for_everybody && f.credentials == credentials_state::insufficient) return false;
    return !(has_form(f) && hides(f) && f.hide_with == hiding_policy::challenge);
}

bool is_hidden(const facts& f) {
    if (f.existence == existence_rule::open || f.credentials == credentials_state::sufficient) return false;
    return f.existence == existence_rule::hidden || f.credentials != credentials_state::insufficient;
}

void add_logins(std::vector<outcome>& list, const facts& f, bool all) {
    for (const login_policy p :
         {login_policy::forbidden, login_policy::found, login_policy::see_other, login_policy::temporary_redirect}) {
        if (all || p != f.login) list.push_back(login(p));
    }
    const auto portal = login_policy::network_authentication;
    if (is_proxy(f) && (all || f.login != portal)) list.push_back(login(portal));
}

/// Refused whatever the credentials: nothing else is looked at.
expected_decision refused(const facts& f) {
    expected_decision d;
    outcome own = status(403);
    bool tells_of_target = true;
    if (f.forbidden == refusal::legal_reasons) own = status(451);
    if (f.forbidden == refusal::too_many_requests) {
        own = not_stored(429);
        own.retry_after = sending::may;
        tells_of_target = false;
    }
    if (f.forbidden == refusal::upgrade_required) {
        own = status(426);
        own.upgrade = sending::must;
        tells_of_target = false;
    }
    d.alike_paths = hides(f);
    if (hides(f) && tells_of_target) {
        d.recommended = not_stored(404);
        d.also = {status(403)};
        if (own.status != 403) d.also.push_back(own);
    } else {
        d.recommended = own;
        if (own.status != 403) d.also.push_back(status(403));
        if (tells_of_target && !is_proxy(f)) d.also.push_back(not_stored(404));
    }
    if (f.forbidden == refusal::unsecured_connection && !is_proxy(f)) {
        d.also.push_back(redirect(301));
        d.also.push_back(redirect(308));
    }
    return d;
}

/// Existence is hidden from this client.
expected_decision hidden(const facts& f) {
    expected_decision d;
    d.alike_targets = true;
    if (!has_form(f) && f.credentials == credentials_state::partial) {
        d.recommended = challenge(f);
        return d;
    }
    const bool known_user = f.credentials == credentials_state::insufficient;
    const outcome not_found = with_offer(not_stored(404), f);
    d.alike_causes = true;
    if (!has_form(f) && !known_user && f.hide_with == hiding_policy::challenge) {
        d.recommended = challenge(f);
        d.also = {not_found, status(403)};
        return d;
    }
    d.recommended = not_found;
    if (known_user) {
        d.also = {status(403)};
    } else if (!has_form(f)) {
        d.also = {challenge(f), status(403)};
    } else {
        add_logins(d.also, f, true);
    }
    return d;
}

expected_decision for_protected(const facts& f) {
    expected_decision d;
    const bool creates = f.resource == resource_state::absent;
    if (f.credentials == credentials_state::sufficient) {
        d.recommended = with_offer(status(creates ? 201 : 200), f);
        if (!is_proxy(f) && f.method != request_method::put) {
            d.recommended.cache_control = "private";
            d.recommended.vary = has_form(f) ? "Cookie" : "Authorization";
        }
        return d;
    }
    const outcome not_found = with_offer(not_stored(404), f);
    if (f.credentials == credentials_state::insufficient) {
        d.recommended = with_offer(status(403), f);
        if (!has_form(f)) d.recommended.error = challenge_error::insufficient;
    } else if (has_form(f)) {
        d.recommended = login(f.login);
        d.alike_causes = true;
        add_logins(d.also, f, false);
    } else {
        d.recommended = challenge(f);
        d.alike_causes = true;
        if (f.credentials == credentials_state::partial) return d;
        d.also = {with_offer(status(403), f)};
    }
    if (!is_proxy(f)) d.also.push_back(not_found);
    return d;
}

/// Nobody needs credentials here. Those that came may be checked.
expected_decision for_public(const facts& f) {
    expected_decision d;
    outcome open = is_proxy(f) ? status(200) : with_offer(status(200), f);
    const bool nobody = f.credentials == credentials_state::malformed || f.credentials == credentials_state::partial ||
                        f.credentials == credentials_state::invalid;
    const bool checks = f.optional == public_policy::check;
    if (checks && !is_proxy(f)) {
        const bool known = f.credentials == credentials_state::sufficient;
        if (f.method != request_method::put) open.vary = "Authorization";
        if (f.method != request_method::put && known) open.cache_control = "private";
    }
    d.recommended = open;
    if (!nobody || has_form(f)) return d;
    d.also = {challenge(f)};
    if (checks) std::swap(d.recommended, d.also[0]);
    d.alike_causes = checks;
    return d;
}

expected_decision known(const facts& f) {
    expected_decision d;
    switch (f.resource) {
        case resource_state::protected_resource: return for_protected(f);
        case resource_state::absent:
            if (f.method == request_method::put) return for_protected(f);
            d.recommended = status(404);
            if (!hides(f)) d.also = {status(410)};
            break;
        case resource_state::moved:
            d.recommended = redirect(301);
            d.also = {redirect(302), redirect(307), redirect(308)};
            break;
        case resource_state::public_resource: return for_public(f);
    }
    return d;
}

}  // namespace

bool expected_decision::hides(const outcome& other) const {
    const bool hidden = of.existence != existence_rule::open && (of.forbidden != refusal::no || is_hidden(of));
    const bool first_of_all = other.status == 400;
    const bool in_place_of_more = other.status == 404 && of.resource != resource_state::absent;
    const bool would_be_made = other.status == 404 && of.method == request_method::put;
    const bool refusing = other.status == 404 && of.forbidden != refusal::no;
    // What is said of invalid credentials must not tell why they are.
    const bool not_judged = other.status == 410 || of.resource == resource_state::moved;
    const bool judged = of.credentials == credentials_state::invalid && of.forbidden == refusal::no && !not_judged &&
                        recommended.error != challenge_error::insufficient && other.status != 200;
    return (hidden && !first_of_all) || in_place_of_more || would_be_made || refusing || judged;
}

expected_decision expect_decision(const facts& f) {
    expected_decision d;
    d.of = f;
    if (!is_possible(f)) {
        d.possible = false;
        return d;
    }
    if (f.forbidden != refusal::no) {
        d = refused(f);
        d.of = f;
        return d;
    }
    if (f.method == request_method::preflight && !is_proxy(f)) {
        facts plain = f;
        plain.method = request_method::other;
        expected_decision later = expect_decision(plain);
        d.recommended = status(200);
        d.alike_targets = hides(f);
        if (later.recommended.status != 200) d.also = {later.recommended};
        return d;
    }

    d = is_hidden(f) ? hidden(f) : known(f);
    d.of = f;
    if (f.credentials != credentials_state::invalid) d.alike_causes = false;
    if (f.credentials != credentials_state::malformed) return d;

    outcome bad_request = with_offer(status(400), f);
    if (!has_form(f)) bad_request.error = challenge_error::malformed;
    if (f.malformed == malformed_policy::as_invalid) {
        d.also.push_back(bad_request);
        return d;
    }
    expected_decision malformed;
    malformed.of = f;
    malformed.also = {d.recommended};
    malformed.recommended = bad_request;
    return malformed;
}

}  // namespace authgrammar::fuzz
