#include <authgrammar_decide.h>

#include <authgrammar/policy/decision.hpp>

#include "allocate.hpp"

#include <cstdint>
#include <optional>

using namespace authgrammar;
using namespace authgrammar::c;

// The numbers of C are those of C++.
static_assert(static_cast<int>(policy::hop_role::gateway) == AUTHGRAMMAR_HOP_GATEWAY);
static_assert(static_cast<int>(policy::resource_state::moved) == AUTHGRAMMAR_RESOURCE_MOVED);
static_assert(static_cast<int>(policy::existence_rule::hidden_from_strangers) ==
              AUTHGRAMMAR_EXISTENCE_HIDDEN_FROM_STRANGERS);
static_assert(static_cast<int>(policy::authentication_kind::form) == AUTHGRAMMAR_AUTHENTICATION_FORM);
static_assert(static_cast<int>(policy::credentials_state::sufficient) == AUTHGRAMMAR_CREDENTIALS_SUFFICIENT);
static_assert(static_cast<int>(policy::invalid_cause::more_authentication) == AUTHGRAMMAR_CAUSE_MORE_AUTHENTICATION);
static_assert(static_cast<int>(policy::refusal::upgrade_required) == AUTHGRAMMAR_REFUSAL_UPGRADE_REQUIRED);
static_assert(static_cast<int>(policy::malformed_policy::bad_request) == AUTHGRAMMAR_MALFORMED_BAD_REQUEST);
static_assert(static_cast<int>(policy::hiding_policy::challenge) == AUTHGRAMMAR_HIDING_CHALLENGE);
static_assert(static_cast<int>(policy::login_policy::network_authentication) ==
              AUTHGRAMMAR_LOGIN_NETWORK_AUTHENTICATION);
static_assert(static_cast<int>(policy::request_method::preflight) == AUTHGRAMMAR_METHOD_PREFLIGHT);
static_assert(static_cast<int>(policy::public_policy::check) == AUTHGRAMMAR_OPTIONAL_CHECK);
static_assert(static_cast<int>(policy::sending::must) == AUTHGRAMMAR_MUST_SEND);

struct authgrammar_decision {
    policy::decision made;
};

namespace {

/// The facts in C++. Values that are outside their enumerations stay so: decide() says that they contradict.
std::optional<policy::facts> read_facts(const authgrammar_facts* from) noexcept {
    authgrammar_facts f;
    if (!read_versioned(from, f)) return std::nullopt;
    policy::facts to(to_enum<policy::resource_state>(f.resource), to_enum<policy::credentials_state>(f.credentials));
    to.hop = to_enum<policy::hop_role>(f.hop);
    to.existence = to_enum<policy::existence_rule>(f.existence);
    to.authentication = to_enum<policy::authentication_kind>(f.authentication);
    to.cause = to_enum<policy::invalid_cause>(f.cause);
    to.forbidden = to_enum<policy::refusal>(f.forbidden);
    to.malformed = to_enum<policy::malformed_policy>(f.malformed);
    to.hide_with = to_enum<policy::hiding_policy>(f.hide_with);
    to.login = to_enum<policy::login_policy>(f.login);
    to.method = to_enum<policy::request_method>(f.method);
    to.optional = to_enum<policy::public_policy>(f.optional);
    return to;
}

/// The outcome of that number, or null.
const policy::outcome* find_outcome(const authgrammar_decision* d, std::size_t number) noexcept {
    if (number >= authgrammar_decision_outcomes(d)) return nullptr;
    const policy::answer& a = d->made;
    return number == 0 ? &a.recommended : &a.also[number - 1];
}

}  // namespace

int authgrammar_status_for(const authgrammar_facts* facts) {
    const std::optional<policy::facts> f = read_facts(facts);
    return f ? policy::status_for(*f) : 0;
}

authgrammar_code authgrammar_decision_new(const authgrammar_facts* facts, authgrammar_decision** decision) {
    return allocate(decision, [facts]() -> authgrammar_decision* {
        const std::optional<policy::facts> f = read_facts(facts);
        return f ? new authgrammar_decision{policy::decide(*f)} : nullptr;
    });
}

void authgrammar_decision_free(authgrammar_decision* decision) { delete decision; }

std::size_t authgrammar_decision_outcomes(const authgrammar_decision* d) {
    return d != nullptr && d->made ? 1 + d->made.also.size() : 0;
}

int authgrammar_decision_outcome(const authgrammar_decision* d, std::size_t number, authgrammar_outcome* outcome) {
    if (outcome == nullptr) return 0;
    *outcome = {};
    const policy::outcome* const o = find_outcome(d, number);
    if (o == nullptr) return 0;
    outcome->status = o->status;
    outcome->www_authenticate = static_cast<authgrammar_sending>(o->www_authenticate);
    outcome->proxy_authenticate = static_cast<authgrammar_sending>(o->proxy_authenticate);
    outcome->location = static_cast<authgrammar_sending>(o->location);
    outcome->upgrade = static_cast<authgrammar_sending>(o->upgrade);
    outcome->retry_after = static_cast<authgrammar_sending>(o->retry_after);
    outcome->cache_control = to_c(o->cache_control);
    outcome->vary = to_c(o->vary);
    outcome->reason_count = o->reasons.size();
    return 1;
}

int authgrammar_decision_reason_of(const authgrammar_decision* d, std::size_t outcome, std::size_t reason,
                                   authgrammar_decision_reason* text) {
    if (text == nullptr) return 0;
    *text = {};
    const policy::outcome* const o = find_outcome(d, outcome);
    if (o == nullptr || reason >= o->reasons.size()) return 0;
    const policy::reason& r = o->reasons[reason];
    *text = {to_c(r.requirement), to_c(r.section), to_c(r.text)};
    return 1;
}

int authgrammar_decision_contradiction(const authgrammar_decision* d, std::size_t number,
                                       authgrammar_decision_reason* text) {
    if (text == nullptr) return 0;
    *text = {};
    if (d == nullptr || number >= d->made.contradictions.size()) return 0;
    const policy::contradiction& c = d->made.contradictions[number];
    *text = {to_c(c.names), to_c(std::string_view()), to_c(c.explanation)};
    return 1;
}
