#include "decision_rows.hpp"
#include "row_checks.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>

namespace authgrammar::policy::testing {

namespace {

facts for_protected(credentials_state c = credentials_state::absent) {
    facts f(resource_state{}, credentials_state{});
    f.resource = resource_state::protected_resource;
    f.credentials = c;
    return f;
}

bool is_ordinary(const facts& f) {
    return !is_proxy(f) && !asks_ahead(f) && f.resource == resource_state::protected_resource &&
           f.existence == existence_rule::open && f.authentication == authentication_kind::http &&
           f.forbidden == refusal::no;
}

bool is_redirect_to_login(int status) { return status == 302 || status == 303 || status == 307; }

void s401_1(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    for_each(
        cases, found, [](const facts& f) { return is_ordinary(f) && f.credentials == credentials_state::absent; },
        [&](const facts& f) {
            decision d;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr) return;
            expect(o->status == 401, f, "401 without credentials", found);
            expect(o->www_authenticate == sending::must, f, "with a challenge", found);
            expect(cites(*o, "S401-1"), f, "S401-1 cited", found);
        });
}

void s401_2(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    for_each(
        cases, found, [](const facts& f) { return is_ordinary(f) && f.credentials == credentials_state::invalid; },
        [&](const facts& f) {
            decision d;
            decision wrong;
            facts g = f;
            g.cause = invalid_cause::wrong;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr || decided(tree, g, wrong, found) == nullptr) return;
            expect(o->status == 401 && o->www_authenticate == sending::must, f, "401 for invalid", found);
            expect(o->status == wrong.status(), f, "the same status whatever the cause", found);
            if (f.cause <= invalid_cause::unknown_user) {
                expect(same_answer(d, wrong), f, "the same answer for these causes", found);
            }
            expect(cites(*o, "S401-2"), f, "S401-2 cited", found);
        });
}

void s401_3(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    for_each(
        cases, found, [](const facts& f) { return is_ordinary(f) && f.credentials == credentials_state::malformed; },
        [&](const facts& f) {
            decision d;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr) return;
            const bool bad = f.malformed == malformed_policy::bad_request;
            expect(o->status == (bad ? 400 : 401), f, "400 or 401 by policy", found);
            expect(o->www_authenticate == (bad ? sending::may : sending::must), f, "challenge by status", found);
            const auto& also = d.also;
            expect(
                std::any_of(also.begin(), also.end(), [&](const outcome& a) { return a.status == (bad ? 401 : 400); }),
                f, "the other one is named", found);
            expect(cites(*o, "S401-3"), f, "S401-3 cited", found);
        });
}

void s401_4(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    for_each(
        cases, found, [](const facts& f) { return is_ordinary(f) && f.credentials == credentials_state::insufficient; },
        [&](const facts& f) {
            decision d;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr) return;
            expect(o->status == 403, f, "403 for insufficient", found);
            expect(o->www_authenticate == sending::may, f, "a challenge may say that others help", found);
            expect(cites(*o, "S401-4"), f, "S401-4 cited", found);
        });
}

void s401_5(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    for_each(
        cases, found, [](const facts& f) { return f.forbidden != refusal::no; },
        [&](const facts& f) {
            decision d;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr) return;
            const bool tells = f.forbidden != refusal::too_many_requests && f.forbidden != refusal::upgrade_required;
            const bool hidden = tells && f.existence != existence_rule::open;
            const auto in_the_open = [](refusal r) {
                return r == refusal::too_many_requests  ? 429
                       : r == refusal::legal_reasons    ? 451
                       : r == refusal::upgrade_required ? 426
                                                        : 403;
            };
            expect(o->status == (hidden ? 404 : in_the_open(f.forbidden)), f, "403 and such, or 404 to hide", found);
            expect(o->www_authenticate == sending::must_not && o->proxy_authenticate == sending::must_not, f,
                   "no challenge", found);
            expect(cites(*o, "S401-5"), f, "S401-5 cited", found);
        });
}

void s401_6(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    for_each(
        cases, found,
        [](const facts& f) {
            return f.existence != existence_rule::open && f.hide_with == hiding_policy::not_found && !may_know(f) &&
                   !asks_ahead(f) && f.forbidden == refusal::no && f.resource == resource_state::protected_resource;
        },
        [&](const facts& f) {
            decision d;
            decision absent;
            facts g = f;
            g.resource = resource_state::absent;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr || decided(tree, g, absent, found) == nullptr) return;
            expect(same_answer(d, absent), f, "as for what does not exist", found);
            const bool http = f.authentication == authentication_kind::http;
            const bool syntax =
                f.credentials == credentials_state::malformed && f.malformed == malformed_policy::bad_request;
            if (syntax || (http && f.credentials == credentials_state::partial)) return;
            expect(o->status == 404, f, "404 in place of 403", found);
            expect(cites(*o, "S401-6"), f, "S401-6 cited", found);
            expect(o->www_authenticate == (http ? sending::may : sending::must_not), f, "a challenge may help", found);
        });
}

void s401_7(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    for_each(
        cases, found,
        [](const facts& f) {
            return f.existence != existence_rule::open && f.hide_with == hiding_policy::challenge && !may_know(f) &&
                   !asks_ahead(f) && f.forbidden == refusal::no && f.resource == resource_state::protected_resource;
        },
        [&](const facts& f) {
            decision d;
            decision absent;
            facts g = f;
            g.resource = resource_state::absent;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr || decided(tree, g, absent, found) == nullptr) return;
            expect(same_answer(d, absent), f, "as for what does not exist", found);
            if (f.credentials == credentials_state::malformed && f.malformed == malformed_policy::bad_request) return;
            if (f.credentials == credentials_state::insufficient) {
                expect(o->status == 404, f, "404 in place of 403 for who is known", found);
            } else {
                expect(o->status == 401 && o->www_authenticate == sending::must, f, "401 for every path", found);
                expect(cites(*o, "S401-7"), f, "S401-7 cited", found);
                const bool partial = f.credentials == credentials_state::partial;
                expect(d.also.empty() == partial || f.credentials == credentials_state::malformed, f,
                       "404 would do as well, but for a handshake", found);
            }
        });
    for_each(
        cases, found, [](const facts& f) { return f.existence == existence_rule::open; },
        [&](const facts& f) {
            decision d;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr) return;
            expect(!cites(*o, "S401-6") && !cites(*o, "S401-7"), f, "nothing is hidden", found);
        });
}

void s401_8(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    for_each(
        cases, found, [](const facts& f) { return f.authentication == authentication_kind::form; },
        [&](const facts& f) {
            decision d;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr) return;
            expect(o->status != 401 && o->status != 407, f, "no 401 without a scheme", found);
            for (const outcome& a : d.also) {
                expect(a.status != 401 && a.status != 407, f, "nor among the others", found);
            }
            if (f.resource != resource_state::protected_resource || f.forbidden != refusal::no ||
                f.existence != existence_rule::open || f.credentials != credentials_state::absent || asks_ahead(f)) {
                return;
            }
            constexpr std::array<int, 5> by_policy{403, 302, 303, 307, 511};
            expect(o->status == by_policy[static_cast<std::size_t>(f.login)], f, "403 or a redirect", found);
            expect((o->location == sending::must) == is_redirect_to_login(o->status), f, "Location", found);
            expect(d.also.size() == 4, f, "the others are named: 511 at a proxy, 404 elsewhere", found);
            expect((o->status == 511) != cites(*o, "S401-8"), f, "S401-8 cited", found);
        });
}

void s401_9(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    for_each(
        cases, found,
        [](const facts& f) {
            return f.resource != resource_state::protected_resource && f.existence == existence_rule::open &&
                   !is_proxy(f) && !asks_ahead(f) && f.forbidden == refusal::no &&
                   !(f.method == request_method::put && f.resource == resource_state::absent) &&
                   f.optional == public_policy::ignore &&
                   !(f.credentials == credentials_state::malformed && f.malformed == malformed_policy::bad_request);
        },
        [&](const facts& f) {
            decision d;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr) return;
            expect(cites(*o, "S401-9"), f, "S401-9 cited", found);
            if (f.resource == resource_state::public_resource) {
                expect(o->status == 200, f, "a public resource is given to all", found);
                return;
            }
            const bool moved = f.resource == resource_state::moved;
            expect(o->status == (moved ? 301 : 404), f, "404, or a redirect", found);
            expect(o->www_authenticate == sending::must_not, f, "asks for no credentials", found);
            expect((o->location == sending::must) == moved, f, "Location", found);
        });
}

void s401_10(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    for_each(
        cases, found, [](const facts& f) { return is_proxy(f); },
        [&](const facts& f) {
            decision d;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr) return;
            expect(o->status != 401, f, "never 401", found);
            expect(o->www_authenticate == sending::must_not, f, "no WWW-Authenticate of its own", found);
            const bool asks =
                f.resource == resource_state::protected_resource && f.forbidden == refusal::no &&
                f.authentication == authentication_kind::http &&
                (f.credentials == credentials_state::absent || f.credentials == credentials_state::partial ||
                 f.credentials == credentials_state::invalid);
            if (!asks) return;
            expect(o->status == 407 && o->proxy_authenticate == sending::must, f, "407 with a challenge", found);
            expect(cites(*o, "S401-10"), f, "S401-10 cited", found);
        });
}

void gateway(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    for_each(
        cases, found, [](const facts& f) { return f.hop == hop_role::gateway && !is_proxy(f); },
        [&](const facts& f) {
            decision d;
            decision of_origin;
            facts g = f;
            g.hop = hop_role::origin;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr || decided(tree, g, of_origin, found) == nullptr) return;
            expect(same_on_the_wire(d, of_origin), f, "as the origin server answers", found);
            expect(o->status != 407 && o->proxy_authenticate == sending::must_not, f, "never 407", found);
            expect((o->status == 401) == cites(*o, "R9110-3.7-gateway"), f, "cited where it asks", found);
            expect(!cites(of_origin.recommended, "R9110-3.7-gateway"), g, "and by nobody else", found);
        });
}

void s401_11(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    for_each(
        cases, found, [](const facts&) { return true; },
        [&](const facts& f) {
            decision d;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr) return;
            // The texts differ where 403 is decided, and nowhere else.
            expect((o->status == 403) == cites(*o, "S401-11"), f, "RFC 2616 named with 403 only", found);
            for (const reason& r : o->reasons) {
                if (r.requirement != "S401-11") continue;
                expect(r.section.find("RFC 9110") != std::string_view::npos &&
                           r.section.find("RFC 2616") != std::string_view::npos,
                       f, "both texts named", found);
            }
        });
    decision d;
    const facts known = for_protected(credentials_state::insufficient);
    const outcome* o = decided(tree, known, d, found);
    if (o != nullptr) expect(cites(*o, "S401-11"), known, "the change that the thread is about", found);
}

void challenges_401(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    bool seen = false;
    for_each(
        cases, found, [](const facts& f) { return !is_proxy(f); },
        [&](const facts& f) {
            decision d;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr || o->status != 401) return;
            seen = true;
            expect(o->www_authenticate == sending::must && o->challenges != challenge_set::none, f,
                   "401 with a challenge", found);
            expect(cites(*o, "R7235-2.1-401-challenge"), f, "cited", found);
        });
    if (!seen) found.push_back("no 401 at all");
}

void challenges_407(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    bool seen = false;
    for_each(
        cases, found, [](const facts&) { return true; },
        [&](const facts& f) {
            decision d;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr || o->status != 407) return;
            seen = true;
            expect(is_proxy(f), f, "only a proxy sends 407, or who acts as one", found);
            expect(o->proxy_authenticate == sending::must && o->challenges != challenge_set::none, f,
                   "407 with a challenge", found);
            expect(cites(*o, "R7235-2.1-407-challenge"), f, "cited", found);
        });
    if (!seen) found.push_back("no 407 at all");
}

void no_or_bad(const decision_tree& tree, faults& found, hop_role hop, int status, std::string_view id) {
    for (const credentials_state c :
         {credentials_state::absent, credentials_state::partial, credentials_state::invalid}) {
        facts f = for_protected(c);
        f.hop = hop;
        decision d;
        const outcome* o = decided(tree, f, d, found);
        if (o == nullptr) continue;
        expect(o->status == status, f, "omitted, invalid or partial credentials", found);
        expect(cites(*o, id), f, "cited", found);
    }
}

void multi_round(const decision_tree& tree, const std::vector<facts>&, faults& found) {
    for (const existence_rule e : {existence_rule::open, existence_rule::hidden}) {
        facts f = for_protected(credentials_state::partial);
        f.existence = e;
        decision d;
        const outcome* o = decided(tree, f, d, found);
        if (o == nullptr) continue;
        expect(o->status == 401 && o->challenges == challenge_set::next_round, f, "the next round", found);
        expect(cites(*o, "R7235-2.1-multi-round"), f, "cited", found);
        expect(!cites(*o, "S401-2"), f, "not a refusal", found);
    }
}

void elsewhere(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    bool seen = false;
    for_each(
        cases, found, [](const facts& f) { return !is_proxy(f); },
        [&](const facts& f) {
            decision d;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr || o->www_authenticate != sending::may) return;
            seen = true;
            expect(o->status != 401, f, "may is for other statuses", found);
            expect(f.authentication == authentication_kind::http, f, "only where there is a scheme", found);
            expect(cites(*o, "R7235-4.1-elsewhere"), f, "cited", found);
        });
    if (!seen) found.push_back("no other status may carry a challenge");
}

void server_secures(const decision_tree& tree, const std::vector<facts>&, faults& found) {
    facts f = for_protected();
    f.forbidden = refusal::unsecured_connection;
    decision d;
    const outcome* o = decided(tree, f, d, found);
    if (o == nullptr) return;
    expect(o->status == 403 && o->www_authenticate == sending::must_not, f, "no credentials in the open", found);
    expect(cites(*o, "R7235-6.1-server-secures"), f, "cited", found);
}

void granted_with(const decision_tree& tree, faults& found, hop_role hop, std::string_view id) {
    facts f = for_protected(credentials_state::sufficient);
    f.hop = hop;
    decision d;
    const outcome* o = decided(tree, f, d, found);
    if (o == nullptr) return;
    expect(o->status == 200 && cites(*o, id), f, "adequate credentials are let through", found);
}

void refused_again(const decision_tree& tree, const std::vector<facts>&, faults& found) {
    facts f = for_protected(credentials_state::invalid);
    decision d;
    const outcome* o = decided(tree, f, d, found);
    if (o == nullptr) return;
    expect(o->status == 401 && cites(*o, "R7235-3.1-401-refused"), f, "401 says that they were refused", found);
    f.credentials = credentials_state::insufficient;
    o = decided(tree, f, d, found);
    if (o != nullptr) expect(o->status != 401, f, "those that were not refused get another status", found);
}

void inadequate_403(const decision_tree& tree, const std::vector<facts>&, faults& found) {
    for (const hop_role hop : {hop_role::origin, hop_role::proxy, hop_role::gateway}) {
        facts f = for_protected(credentials_state::insufficient);
        f.hop = hop;
        decision d;
        const outcome* o = decided(tree, f, d, found);
        if (o == nullptr) continue;
        expect(o->status == 403 && cites(*o, "R7235-2.1-inadequate-403"), f, "403", found);
    }
}

}  // namespace

const std::vector<row>& all_rows() {
    static const std::vector<row> own{
        {"S401-1", s401_1},
        {"S401-2", s401_2},
        {"S401-3", s401_3},
        {"S401-4", s401_4},
        {"S401-5", s401_5},
        {"S401-6", s401_6},
        {"S401-7", s401_7},
        {"S401-8", s401_8},
        {"S401-9", s401_9},
        {"S401-10", s401_10},
        {"S401-11", s401_11},
        {"R7235-2.1-401-challenge", challenges_401},
        {"R7235-2.1-407-challenge", challenges_407},
        {"R7235-2.1-no-or-bad-credentials",
         [](const decision_tree& t, const std::vector<facts>&, faults& x) {
             no_or_bad(t, x, hop_role::origin, 401, "R7235-2.1-no-or-bad-credentials");
         }},
        {"R7235-2.1-no-or-bad-proxy-credentials",
         [](const decision_tree& t, const std::vector<facts>&, faults& x) {
             no_or_bad(t, x, hop_role::proxy, 407, "R7235-2.1-no-or-bad-proxy-credentials");
         }},
        {"R9110-3.7-gateway", gateway},
        {"R7235-2.1-inadequate-403", inadequate_403},
        {"R7235-2.1-multi-round", multi_round},
        {"R7235-3.1-401-refused", refused_again},
        {"R7235-4.1-elsewhere", elsewhere},
        {"R7235-4.2-realm-wide", [](const decision_tree& t, const std::vector<facts>&,
                                    faults& x) { granted_with(t, x, hop_role::origin, "R7235-4.2-realm-wide"); }},
        {"R7235-4.4-consumed", [](const decision_tree& t, const std::vector<facts>&,
                                  faults& x) { granted_with(t, x, hop_role::proxy, "R7235-4.4-consumed"); }},
        {"R7235-6.1-server-secures", server_secures},
    };
    static const std::vector<row> rows = [] {
        std::vector<row> list = own;
        list.insert(list.end(), rows_of_facts().begin(), rows_of_facts().end());
        return list;
    }();
    return rows;
}

const row& row_of(std::string_view id) {
    for (const row& r : all_rows()) {
        if (r.id == id) return r;
    }
    std::abort();
}

}  // namespace authgrammar::policy::testing
