#include "decision.hpp"

#include <initializer_list>

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

/// With a challenge that may be sent, if the service has any.
outcome with_offer(outcome o, const facts& f) {
    if (f.authentication == authentication_kind::form) return o;
    (f.hop == hop_role::proxy ? o.proxy_authenticate : o.www_authenticate) = sending::may;
    o.challenges = challenge_set::offered;
    return o;
}

outcome challenge(const facts& f) {
    outcome o = status(f.hop == hop_role::proxy ? 407 : 401);
    (f.hop == hop_role::proxy ? o.proxy_authenticate : o.www_authenticate) = sending::must;
    o.challenges = f.credentials == credentials_state::partial ? challenge_set::next_round : challenge_set::offered;
    return o;
}

outcome login(login_policy p) {
    switch (p) {
        case login_policy::found: return redirect(302);
        case login_policy::see_other: return redirect(303);
        case login_policy::temporary_redirect: return redirect(307);
        case login_policy::forbidden: break;
    }
    return status(403);
}

bool is_possible(const facts& f) {
    const bool for_everybody = f.resource == resource_state::public_resource || f.resource == resource_state::moved;
    const bool hides = f.existence != existence_rule::open;
    if (f.hop == hop_role::proxy) {
        if (f.resource == resource_state::absent || f.resource == resource_state::moved || hides) return false;
    }
    if (for_everybody && hides && f.forbidden == refusal::no) return false;
    if (for_everybody && f.credentials == credentials_state::insufficient) return false;
    return !(f.authentication == authentication_kind::form && hides && f.hide_with == hiding_policy::challenge);
}

bool is_hidden(const facts& f) {
    if (f.existence == existence_rule::open || f.credentials == credentials_state::sufficient) return false;
    return f.existence == existence_rule::hidden || f.credentials != credentials_state::insufficient;
}

constexpr login_policy logins[]{login_policy::forbidden, login_policy::found, login_policy::see_other,
                                login_policy::temporary_redirect};

/// Refused whatever the credentials: nothing else is looked at.
expected_decision refused(const facts& f) {
    expected_decision d;
    d.recommended = status(403);
    if (f.existence != existence_rule::open) {
        d.recommended = status(404);
        d.also = {status(403)};
        d.alike_paths = true;
    } else if (f.hop != hop_role::proxy) {
        d.also = {status(404)};
    }
    return d;
}

/// Existence is hidden from this client.
expected_decision hidden(const facts& f) {
    expected_decision d;
    d.alike_targets = true;
    const bool form = f.authentication == authentication_kind::form;
    if (!form && f.credentials == credentials_state::partial) {
        d.recommended = challenge(f);
        return d;
    }
    const bool known_user = f.credentials == credentials_state::insufficient;
    const outcome not_found = with_offer(status(404), f);
    d.alike_causes = true;
    if (!form && !known_user && f.hide_with == hiding_policy::challenge) {
        d.recommended = challenge(f);
        d.also = {not_found};
        return d;
    }
    d.recommended = not_found;
    if (known_user) {
        d.also = {status(403)};
    } else if (!form) {
        d.also = {challenge(f)};
    } else {
        for (const login_policy p : logins) d.also.push_back(login(p));
    }
    return d;
}

expected_decision for_protected(const facts& f) {
    expected_decision d;
    if (f.credentials == credentials_state::sufficient) {
        d.recommended = with_offer(status(200), f);
    } else if (f.credentials == credentials_state::insufficient) {
        d.recommended = with_offer(status(403), f);
        if (f.hop != hop_role::proxy) d.also = {with_offer(status(404), f)};
    } else if (f.authentication == authentication_kind::form) {
        d.recommended = login(f.login);
        d.alike_causes = true;
        for (const login_policy p : logins) {
            if (p != f.login) d.also.push_back(login(p));
        }
    } else {
        d.recommended = challenge(f);
        d.alike_causes = true;
    }
    return d;
}

expected_decision known(const facts& f) {
    expected_decision d;
    switch (f.resource) {
        case resource_state::protected_resource: return for_protected(f);
        case resource_state::absent:
            d.recommended = status(404);
            d.also = {status(410)};
            break;
        case resource_state::moved:
            d.recommended = redirect(301);
            d.also = {redirect(302), redirect(307), redirect(308)};
            break;
        case resource_state::public_resource:
            d.recommended = f.hop != hop_role::proxy ? with_offer(status(200), f) : status(200);
            break;
    }
    return d;
}

}  // namespace

expected_decision expect_decision(const facts& f) {
    expected_decision d;
    if (!is_possible(f)) {
        d.possible = false;
        return d;
    }
    if (f.forbidden != refusal::no) return refused(f);

    d = is_hidden(f) ? hidden(f) : known(f);
    if (f.credentials != credentials_state::invalid) d.alike_causes = false;
    if (f.credentials != credentials_state::malformed) return d;

    const outcome bad_request = with_offer(status(400), f);
    if (f.malformed == malformed_policy::as_invalid) {
        d.also.push_back(bad_request);
        return d;
    }
    expected_decision malformed;
    malformed.also = {d.recommended};
    malformed.recommended = bad_request;
    return malformed;
}

}  // namespace authgrammar::fuzz
