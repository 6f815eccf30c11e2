#include "row_checks.hpp"

namespace authgrammar::policy::testing {

namespace {

bool is_given(const facts& f) { return f.forbidden == refusal::no; }

void connect(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    for_each(
        cases, found, [](const facts& f) { return f.method == request_method::connect; },
        [&](const facts& f) {
            decision d;
            decision of_proxy;
            facts g = f;
            g.hop = hop_role::proxy;
            g.method = request_method::other;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr || decided(tree, g, of_proxy, found) == nullptr) return;
            expect(same_on_the_wire(d, of_proxy), f, "as a proxy answers", found);
            expect(o->status != 401 && o->www_authenticate == sending::must_not, f, "never 401", found);
            const bool tells = o->status == 407 || o->status == 200;
            expect(tells == cites(*o, "R9110-9.3.6-connect"), f, "cited where it counts", found);
        });
}

void created(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    for_each(
        cases, found,
        [](const facts& f) {
            return f.method == request_method::put && f.resource == resource_state::absent && is_given(f);
        },
        [&](const facts& f) {
            decision d;
            decision existing;
            facts g = f;
            g.resource = resource_state::protected_resource;
            const outcome* o = decided(tree, f, d, found);
            const outcome* other = decided(tree, g, existing, found);
            if (o == nullptr || other == nullptr) return;
            const bool makes = f.credentials == credentials_state::sufficient;
            expect(o->status == (makes ? 201 : other->status), f, "201, or as for what exists", found);
            expect(!makes || cites(*o, "R9110-9.3.4-created"), f, "cited", found);
        });
}

void refusal_of(const decision_tree& tree, const std::vector<facts>& cases, faults& found, refusal why, int status,
                std::string_view id, bool (*whole)(const outcome&)) {
    for_each(
        cases, found, [&](const facts& f) { return f.forbidden == why && f.existence == existence_rule::open; },
        [&](const facts& f) {
            decision d;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr) return;
            expect(o->status == status && o->challenges == challenge_set::none, f, "the status of that reason", found);
            expect(whole(*o), f, "what goes with it", found);
            expect(cites(*o, id), f, "cited", found);
        });
}

void too_many(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    refusal_of(tree, cases, found, refusal::too_many_requests, 429, "R6585-4-429",
               [](const outcome& o) { return o.retry_after == sending::may && o.cache_control == "no-store"; });
}

void legal(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    refusal_of(tree, cases, found, refusal::legal_reasons, 451, "R7725-3-451",
               [](const outcome& o) { return o.upgrade == sending::must_not && o.retry_after == sending::must_not; });
}

void upgrade(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    refusal_of(tree, cases, found, refusal::upgrade_required, 426, "R9110-15.5.22-426",
               [](const outcome& o) { return o.upgrade == sending::must; });
}

void captive_portal(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    for_each(
        cases, found, [](const facts& f) { return is_given(f) && f.authentication == authentication_kind::form; },
        [&](const facts& f) {
            decision d;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr) return;
            expect(o->status != 511 || is_proxy(f), f, "only a captive portal sends 511", found);
            const bool asks = f.resource == resource_state::protected_resource &&
                              f.credentials == credentials_state::absent &&
                              f.login == login_policy::network_authentication;
            if (!asks) return;
            expect(o->status == 511 && o->cache_control == "no-store", f, "511, which no cache stores", found);
            expect(cites(*o, "R6585-6-511"), f, "cited", found);
        });
    facts f(resource_state::protected_resource, credentials_state::absent);
    f.hop = hop_role::proxy;
    f.authentication = authentication_kind::form;
    f.login = login_policy::network_authentication;
    decision d;
    const outcome* o = decided(tree, f, d, found);
    if (o != nullptr) expect(o->status == 511, f, "511", found);
}

void optional(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    for_each(
        cases, found,
        [](const facts& f) {
            return f.resource == resource_state::public_resource && is_given(f) && !asks_ahead(f) &&
                   f.authentication == authentication_kind::http && f.credentials == credentials_state::invalid;
        },
        [&](const facts& f) {
            decision d;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr) return;
            const bool checks = f.optional == public_policy::check;
            const int asks = is_proxy(f) ? 407 : 401;
            expect(o->status == (checks ? asks : 200), f, "checked by policy only", found);
            expect(d.also.size() == 1 && d.also[0].status == (checks ? 200 : asks), f, "the other one is named", found);
            expect(cites(checks ? *o : d.also[0], "R9110-11.4-optional"), f, "cited", found);
        });
}

void not_stored(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    for_each(
        cases, found, [](const facts& f) { return f.existence != existence_rule::open; },
        [&](const facts& f) {
            decision d;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr) return;
            const auto keeps_out = [&](const outcome& each) {
                return each.status != 404 || (may_know(f) && is_given(f)) ||
                       (each.cache_control == "no-store" && cites(each, "R9110-15.5.5-heuristic"));
            };
            expect(keeps_out(*o) && std::all_of(d.also.begin(), d.also.end(), keeps_out), f,
                   "no cache keeps a 404 that hides", found);
        });
    facts f(resource_state::protected_resource, credentials_state::absent);
    f.existence = existence_rule::hidden;
    decision d;
    const outcome* o = decided(tree, f, d, found);
    if (o != nullptr) expect(cites(*o, "R9110-15.5.5-heuristic"), f, "cited", found);
}

void personal(const decision_tree& tree, const std::vector<facts>& cases, faults& found) {
    for_each(
        cases, found,
        [](const facts& f) {
            return f.resource == resource_state::protected_resource && is_given(f) && !is_proxy(f) &&
                   f.method == request_method::other && f.credentials == credentials_state::sufficient;
        },
        [&](const facts& f) {
            decision d;
            const outcome* o = decided(tree, f, d, found);
            if (o == nullptr) return;
            const bool form = f.authentication == authentication_kind::form;
            expect(o->cache_control == "private" && o->vary == (form ? "Cookie" : "Authorization"), f,
                   "what is personal is private, and varies", found);
            expect(cites(*o, "R9111-3.5-personal"), f, "cited", found);
        });
}

}  // namespace

const std::vector<row>& rows_of_facts() {
    static const std::vector<row> rows{
        {"R9110-9.3.6-connect", connect},  {"R9110-9.3.4-created", created},
        {"R6585-4-429", too_many},         {"R7725-3-451", legal},
        {"R9110-15.5.22-426", upgrade},    {"R6585-6-511", captive_portal},
        {"R9110-11.4-optional", optional}, {"R9110-15.5.5-heuristic", not_stored},
        {"R9111-3.5-personal", personal},
    };
    return rows;
}

}  // namespace authgrammar::policy::testing
