#include "acting.hpp"
#include "decision_reasons.hpp"
#include "outcomes.hpp"

#include <initializer_list>

namespace authgrammar::policy {

namespace {

using namespace reasons;
using list_of_outcomes = std::vector<outcome>;
using likeness_list = std::vector<std::string_view>;

bool came_invalid(const facts& f) noexcept { return f.credentials == credentials_state::invalid; }

/// What the other answers for a target that is hidden must not tell.
likeness_list hiding_likenesses(const facts& f) {
    likeness_list list{alike_targets};
    if (came_invalid(f)) list.push_back(alike_causes);
    return list;
}

outcome with(outcome o, likeness_list alike) {
    o.alike = std::move(alike);
    return o;
}

/// With a first reason that says why every path gets the answer.
outcome for_every_path(outcome o, likeness_list alike) {
    o.reasons.insert(o.reasons.begin(), same_403);
    return with(std::move(o), std::move(alike));
}

/// 404 in place of what tells that the target exists.
outcome hidden_instead(const facts& f, const reason& why) {
    outcome o = hiding_404(why);
    may_offer_too(o, f);
    o.reasons.push_back(not_stored);
    return with(std::move(o), hiding_likenesses(f));
}

/// The ways to ask for a login by form: all that the hop has, or all but the one that is the policy.
void add_logins(list_of_outcomes& list, const facts& f, bool all) {
    for (const login_policy p : {login_policy::forbidden, login_policy::found, login_policy::see_other,
                                 login_policy::temporary_redirect, login_policy::network_authentication}) {
        if (p == login_policy::network_authentication && !acts_as_proxy(f)) continue;
        if (!all && p == f.login) continue;
        likeness_list alike;
        if (came_invalid(f)) alike.push_back(alike_causes);
        list.push_back(with(login(p), alike));
    }
}

void add_redirects_to_https(list_of_outcomes& list, const facts& f, const likeness_list& alike) {
    if (f.forbidden != refusal::unsecured_connection || acts_as_proxy(f)) return;
    list.push_back(with(redirect(308, {to_https, secure_first}), alike));
    list.push_back(with(redirect(301, {to_https, secure_first}), alike));
}

list_of_outcomes in_place_of_refusal(const facts& f) {
    list_of_outcomes list;
    const bool hides = f.existence != existence_rule::open;
    const likeness_list alike = hides ? likeness_list{alike_paths} : likeness_list{};
    if (refusal_status(f.forbidden) != 403) {
        list.push_back(with(plain(403, {refused_as_403, whatever_credentials, once_403}), alike));
    }
    // A rate, a version or a missing TLS is no secret of the target.
    const bool about_target = f.forbidden != refusal::too_many_requests && f.forbidden != refusal::upgrade_required;
    if (about_target && !acts_as_proxy(f)) {
        outcome o = hiding_404(hide_403);
        o.reasons.push_back(not_stored);
        list.push_back(with(std::move(o), {alike_paths}));
    }
    add_redirects_to_https(list, f, alike);
    return list;
}

list_of_outcomes in_place_of_hidden_refusal(const facts& f) {
    list_of_outcomes list;
    list.push_back(with(plain(403, {same_403, whatever_credentials, once_403}), {alike_paths}));
    if (refusal_status(f.forbidden) != 403) list.push_back(for_every_path(refused(f), {alike_paths}));
    add_redirects_to_https(list, f, {alike_paths});
    return list;
}

/// The ways to hide by giving every path the same answer, other than 404.
list_of_outcomes in_place_of_hidden_404(const facts& f) {
    list_of_outcomes list;
    const likeness_list alike = hiding_likenesses(f);
    if (f.credentials == credentials_state::insufficient) {
        list.push_back(with(plain(403, {same_403, once_403}), alike));
    } else if (has_scheme(f)) {
        list.push_back(with(challenge_for_all(f), alike));
        list.push_back(with(plain(403, {same_403, once_403}), alike));
    } else {
        add_logins(list, f, true);
        for (outcome& o : list) o = for_every_path(std::move(o), alike);
    }
    return list;
}

list_of_outcomes in_place_of_challenge(const facts& f) {
    list_of_outcomes list;
    if (f.resource == resource_state::public_resource) {
        outcome o = open_to_all(f);
        o.reasons.insert(o.reasons.begin(), not_checked);
        list.push_back(std::move(o));
        return list;
    }
    // A handshake that was begun is finished.
    if (f.credentials == credentials_state::partial) return list;
    const bool proxy = acts_as_proxy(f);
    outcome forbidden = plain(403, {proxy ? unasked_proxy_403 : unasked_403});
    may_offer_too(forbidden, f);
    forbidden.reasons.push_back(once_403);
    if (came_invalid(f)) forbidden.alike.push_back(alike_causes);
    list.push_back(std::move(forbidden));
    if (!proxy) list.push_back(hidden_instead(f, hide_401_answer));
    return list;
}

list_of_outcomes in_place_of_login(const facts& f) {
    list_of_outcomes list;
    add_logins(list, f, false);
    if (!acts_as_proxy(f)) list.push_back(hidden_instead(f, hide_401_answer));
    return list;
}

/// Credentials that came for a public target may be checked.
list_of_outcomes in_place_of_public(const facts& f) {
    list_of_outcomes list;
    const bool nobody = f.credentials == credentials_state::malformed || f.credentials == credentials_state::partial ||
                        f.credentials == credentials_state::invalid;
    if (!nobody || !has_scheme(f) || f.optional == public_policy::check) return list;
    outcome o = challenged(f);
    o.reasons.insert(o.reasons.begin(), checked);
    if (came_invalid(f)) o.alike.push_back(alike_causes);
    list.push_back(std::move(o));
    return list;
}

}  // namespace

std::vector<std::string_view> likenesses(verdict v, const facts& f) {
    likeness_list list;
    const bool hides = f.existence != existence_rule::open;
    switch (v) {
        case verdict::refused:
            if (hides) list.push_back(alike_paths);
            break;
        case verdict::refused_and_hidden: list.push_back(alike_paths); break;
        case verdict::preflight:
            if (hides) list.push_back(alike_targets);
            break;
        case verdict::round_for_all:
        case verdict::challenge_for_all:
        case verdict::not_found_for_all: list.push_back(alike_targets); break;
        default: break;
    }
    const bool judged = v == verdict::challenge || v == verdict::proxy_challenge || v == verdict::log_in ||
                        v == verdict::challenge_for_all || v == verdict::not_found_for_all;
    if (judged && came_invalid(f)) list.push_back(alike_causes);
    return list;
}

std::vector<outcome> alternatives(verdict v, const facts& f, verdict without) {
    list_of_outcomes list;
    switch (v) {
        case verdict::refused: return in_place_of_refusal(f);
        case verdict::refused_and_hidden: return in_place_of_hidden_refusal(f);
        case verdict::preflight: {
            outcome o = recommended(without, f);
            if (o.status == status_of(v, f)) break;
            o.reasons.insert(o.reasons.begin(), preflight_breaks);
            list.push_back(with(std::move(o), likenesses(without, f)));
            break;
        }
        case verdict::challenge_for_all:
            list.push_back(hidden_instead(f, hide_404));
            list.push_back(with(plain(403, {same_403, once_403}), hiding_likenesses(f)));
            break;
        case verdict::not_found_for_all: return in_place_of_hidden_404(f);
        case verdict::not_found:
            // Where existence is hidden, 410 tells that something was there.
            if (f.existence == existence_rule::open) list.push_back(plain(410, {gone}));
            break;
        case verdict::moved:
            list.push_back(redirect(308, {elsewhere, elsewhere_same_method}));
            list.push_back(redirect(302, {elsewhere, elsewhere_for_now}));
            list.push_back(redirect(307, {elsewhere, elsewhere_for_now}));
            break;
        case verdict::open_to_all: return in_place_of_public(f);
        case verdict::inadequate:
            if (!acts_as_proxy(f)) list.push_back(hidden_instead(f, hide_403));
            break;
        case verdict::log_in: return in_place_of_login(f);
        case verdict::challenge:
        case verdict::proxy_challenge: return in_place_of_challenge(f);
        default: break;
    }
    return list;
}

}  // namespace authgrammar::policy
