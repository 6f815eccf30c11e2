#include "decision_rows.hpp"
#include "row_checks.hpp"

#include <algorithm>
#include <tuple>

namespace authgrammar::policy::testing {

namespace {

bool same_outcome(const outcome& a, const outcome& b) {
    const auto all = [](const outcome& o) {
        return std::tie(o.status, o.www_authenticate, o.proxy_authenticate, o.location, o.upgrade, o.retry_after,
                        o.challenges, o.error, o.cache_control, o.vary);
    };
    return all(a) == all(b);
}

bool same_reasons(const outcome& a, const outcome& b) {
    return a.alike == b.alike && std::equal(a.reasons.begin(), a.reasons.end(), b.reasons.begin(), b.reasons.end(),
                                            [](const reason& x, const reason& y) {
                                                return std::tie(x.requirement, x.section, x.text) ==
                                                       std::tie(y.requirement, y.section, y.text);
                                            });
}

template <typename Condition>
bool each_outcome(const decision& d, Condition condition) {
    return condition(d.recommended) && std::all_of(d.also.begin(), d.also.end(), condition);
}

}  // namespace

bool same_on_the_wire(const answer& a, const answer& b) {
    return same_outcome(a.recommended, b.recommended) &&
           std::equal(a.also.begin(), a.also.end(), b.also.begin(), b.also.end(), same_outcome);
}

bool same_answer(const answer& a, const answer& b) {
    const auto same_step = [](const step& x, const step& y) {
        return std::tie(x.question, x.branch, x.section) == std::tie(y.question, y.branch, y.section);
    };
    return same_on_the_wire(a, b) && same_reasons(a.recommended, b.recommended) && a.alike == b.alike &&
           std::equal(a.also.begin(), a.also.end(), b.also.begin(), b.also.end(), same_reasons) &&
           std::equal(a.walk.begin(), a.walk.end(), b.walk.begin(), b.walk.end(), same_step);
}

const std::vector<invariant>& all_invariants() {
    static const std::vector<invariant> invariants{
        {"a status is given",
         [](const facts&, const decision& d, const decision_tree&) {
             return each_outcome(
                 d, [](const outcome& o) { return (o.status >= 200 && o.status < 500) || o.status == 511; });
         }},
        {"every answer has reasons, each with section and text, and with a requirement but for preflights",
         [](const facts& f, const decision& d, const decision_tree&) {
             return each_outcome(d, [&](const outcome& o) {
                 return !o.reasons.empty() && std::all_of(o.reasons.begin(), o.reasons.end(), [&](const reason& r) {
                     const bool practice = r.requirement.empty();
                     return practice == (r.section.find("Fetch") != std::string_view::npos) && !r.section.empty() &&
                            !r.text.empty() && (!practice || asks_ahead(f));
                 });
             });
         }},
        {"a preflight is answered whoever asks, unless it is refused",
         [](const facts& f, const decision& d, const decision_tree&) {
             if (!asks_ahead(f) || f.forbidden != refusal::no) return true;
             return d.status() == 200 && d.recommended.challenges == challenge_set::none;
         }},
        {"401 must carry WWW-Authenticate with at least one challenge",
         [](const facts&, const decision& d, const decision_tree&) {
             return each_outcome(d, [](const outcome& o) {
                 return o.status != 401 || (o.www_authenticate == sending::must && o.challenges != challenge_set::none);
             });
         }},
        {"407 must carry Proxy-Authenticate with at least one challenge, and comes from a proxy",
         [](const facts& f, const decision& d, const decision_tree&) {
             return each_outcome(d, [&](const outcome& o) {
                 return o.status != 407 ||
                        (o.proxy_authenticate == sending::must && o.challenges != challenge_set::none && is_proxy(f));
             });
         }},
        {"a field that must be sent goes with 401 or 407 only",
         [](const facts&, const decision& d, const decision_tree&) {
             return each_outcome(d, [](const outcome& o) {
                 return (o.www_authenticate == sending::must) == (o.status == 401) &&
                        (o.proxy_authenticate == sending::must) == (o.status == 407);
             });
         }},
        {"a proxy never sends 401, nor WWW-Authenticate of its own",
         [](const facts& f, const decision& d, const decision_tree&) {
             return !is_proxy(f) || each_outcome(d, [](const outcome& o) {
                 return o.status != 401 && o.www_authenticate == sending::must_not;
             });
         }},
        {"an origin server or gateway never sends 407, nor Proxy-Authenticate",
         [](const facts& f, const decision& d, const decision_tree&) {
             return is_proxy(f) || each_outcome(d, [](const outcome& o) {
                        return o.status != 407 && o.proxy_authenticate == sending::must_not;
                    });
         }},
        {"a service with a form only never sends 401, 407 or a challenge",
         [](const facts& f, const decision& d, const decision_tree&) {
             return f.authentication != authentication_kind::form || each_outcome(d, [](const outcome& o) {
                        return o.status != 401 && o.status != 407 && o.challenges == challenge_set::none &&
                               o.www_authenticate == sending::must_not && o.proxy_authenticate == sending::must_not;
                    });
         }},
        {"challenges are named exactly where a field may or must carry them",
         [](const facts&, const decision& d, const decision_tree&) {
             return each_outcome(d, [](const outcome& o) {
                 return (o.challenges == challenge_set::none) ==
                        (o.www_authenticate == sending::must_not && o.proxy_authenticate == sending::must_not);
             });
         }},
        {"forbidden whatever the credentials: no challenge, and nothing is granted",
         [](const facts& f, const decision& d, const decision_tree&) {
             return f.forbidden == refusal::no || each_outcome(d, [&](const outcome& o) {
                        const bool to_https = o.status == 301 || o.status == 308;
                        return o.challenges == challenge_set::none &&
                               (o.status == 403 || o.status == 404 || o.status == 426 || o.status == 429 ||
                                o.status == 451 || (to_https && f.forbidden == refusal::unsecured_connection));
                    });
         }},
        {"Upgrade goes with 426, Retry-After with 429, and neither with anything else",
         [](const facts&, const decision& d, const decision_tree&) {
             return each_outcome(d, [](const outcome& o) {
                 return (o.upgrade == sending::must) == (o.status == 426) &&
                        (o.retry_after == sending::may) == (o.status == 429);
             });
         }},
        {"511 comes from a proxy with a login form, and is not stored",
         [](const facts& f, const decision& d, const decision_tree&) {
             return each_outcome(d, [&](const outcome& o) {
                 return o.status != 511 ||
                        (is_proxy(f) && f.authentication == authentication_kind::form && o.cache_control == "no-store");
             });
         }},
        {"nothing is said of credentials where none came, with other answers than 400, 401, 403 and 407, or by a form",
         [](const facts& f, const decision& d, const decision_tree&) {
             return each_outcome(d, [&](const outcome& o) {
                 if (o.error == challenge_error::none) return true;
                 const bool came = f.credentials != credentials_state::absent;
                 const bool with = o.status == 400   ? o.error == challenge_error::malformed
                                   : o.status == 403 ? o.error == challenge_error::insufficient
                                                     : o.status == 401 || o.status == 407;
                 return came && with && f.authentication == authentication_kind::http &&
                        o.challenges == challenge_set::offered;
             });
         }},
        {"what a challenge says of refused credentials is that they are, and only the cause says more",
         [](const facts& f, const decision& d, const decision_tree&) {
             return each_outcome(d, [&](const outcome& o) {
                 if (o.status != 401 && o.status != 407) return true;
                 if (f.credentials == credentials_state::malformed) return o.error == challenge_error::invalid;
                 if (f.credentials != credentials_state::invalid) return o.error == challenge_error::none;
                 const challenge_error said = f.cause == invalid_cause::stale_nonce ? challenge_error::stale_nonce
                                              : f.cause == invalid_cause::more_authentication
                                                  ? challenge_error::more_authentication
                                                  : challenge_error::invalid;
                 return o.error == said;
             });
         }},
        {"every other answer that hides says what must be alike",
         [](const facts& f, const decision& d, const decision_tree&) {
             const bool hides = f.existence != existence_rule::open && (f.forbidden != refusal::no || !may_know(f));
             return std::all_of(d.also.begin(), d.also.end(), [&](const outcome& o) {
                 const bool absent = f.resource == resource_state::absent && f.existence == existence_rule::open &&
                                     f.forbidden == refusal::no;
                 const bool syntax = o.status == 400;  // comes before all that could tell
                 const bool hiding = (hides && !syntax) || (o.status == 404 && !absent);
                 return !hiding || !o.alike.empty();
             });
         }},
        {"410 is no answer where existence is hidden",
         [](const facts& f, const decision& d, const decision_tree&) {
             return f.existence == existence_rule::open ||
                    each_outcome(d, [](const outcome& o) { return o.status != 410; });
         }},
        {"where a login is asked for, 403 and, but for a proxy, 404 are named as well; a handshake is not broken off",
         [](const facts& f, const decision& d, const decision_tree&) {
             const int status = d.status();
             if ((status != 401 && status != 407) || f.resource == resource_state::public_resource) return true;
             const auto names = [&](int other) {
                 return std::any_of(d.also.begin(), d.also.end(), [&](const outcome& o) { return o.status == other; });
             };
             if (f.credentials == credentials_state::partial) return d.also.empty();
             return names(403) && (is_proxy(f) || names(404));
         }},
        {"CONNECT is answered as by a proxy",
         [](const facts& f, const decision& d, const decision_tree& tree) {
             if (f.method != request_method::connect) return true;
             facts g = f;
             g.hop = hop_role::proxy;
             g.method = request_method::other;
             const decision other = decide_by(tree, g);
             return other && same_on_the_wire(d, other);
         }},
        {"forbidden whatever the credentials: the credentials change nothing",
         [](const facts& f, const decision& d, const decision_tree& tree) {
             if (f.forbidden == refusal::no) return true;
             facts g = f;
             g.credentials = credentials_state::absent;
             const decision other = decide_by(tree, g);
             return !other || same_answer(d, other);
         }},
        {"hidden existence: equal in every byte for what does not exist and what the client may not know of",
         [](const facts& f, const decision& d, const decision_tree& tree) {
             if (may_know(f) && f.forbidden == refusal::no) return true;
             if (f.existence == existence_rule::open || f.resource != resource_state::protected_resource) return true;
             facts g = f;
             g.resource = resource_state::absent;
             const decision other = decide_by(tree, g);
             return other && same_answer(d, other);
         }},
        {"the cause of invalid credentials changes no status, and nothing at all unless it is said",
         [](const facts& f, const decision& d, const decision_tree& tree) {
             facts g = f;
             g.cause = invalid_cause::wrong;
             const decision other = decide_by(tree, g);
             if (f.cause <= invalid_cause::unknown_user) return other && same_answer(d, other);
             return other && d.status() == other.status() &&
                    d.recommended.www_authenticate == other.recommended.www_authenticate &&
                    d.recommended.proxy_authenticate == other.recommended.proxy_authenticate;
         }},
        {"an absent target that anybody may know of: 404 or 410, and no challenge",
         [](const facts& f, const decision& d, const decision_tree&) {
             if (f.resource != resource_state::absent || f.existence != existence_rule::open) return true;
             if (f.forbidden != refusal::no || f.credentials == credentials_state::malformed) return true;
             if (f.method == request_method::put || asks_ahead(f)) return true;
             return each_outcome(d, [](const outcome& o) {
                 return (o.status == 404 || o.status == 410) && o.challenges == challenge_set::none;
             });
         }},
        {"Location goes with redirects, and with nothing else; no login page is moved to for good",
         [](const facts& f, const decision& d, const decision_tree&) {
             return each_outcome(d, [&](const outcome& o) {
                 const bool redirect = o.status >= 300 && o.status < 400;
                 const bool for_good = o.status == 301 || o.status == 308;
                 return (o.location == sending::must) == redirect &&
                        (!for_good || f.resource == resource_state::moved ||
                         f.forbidden == refusal::unsecured_connection);
             });
         }},
        {"a gateway answers as an origin server does",
         [](const facts& f, const decision& d, const decision_tree& tree) {
             if (f.hop != hop_role::gateway) return true;
             facts g = f;
             g.hop = hop_role::origin;
             const decision other = decide_by(tree, g);
             return other && same_on_the_wire(d, other) && d.alike == other.alike;
         }},
        {"what is protected is granted to sufficient credentials only",
         [](const facts& f, const decision& d, const decision_tree&) {
             if (f.resource != resource_state::protected_resource) return true;
             const bool granted = d.status() == 200;
             if (asks_ahead(f)) return true;
             return granted == (f.credentials == credentials_state::sufficient && f.forbidden == refusal::no);
         }},
        {"the other answers differ from the recommended one, and from one another, in status",
         [](const facts&, const decision& d, const decision_tree&) {
             std::vector<int> seen{d.status()};
             for (const outcome& o : d.also) {
                 if (std::find(seen.begin(), seen.end(), o.status) != seen.end()) return false;
                 seen.push_back(o.status);
             }
             return true;
         }},
        {"the walk starts at the first question and is not empty",
         [](const facts&, const decision& d, const decision_tree& tree) {
             return !d.walk.empty() && d.walk.front().question == tree.nodes[0].text;
         }},
    };
    return invariants;
}

}  // namespace authgrammar::policy::testing
