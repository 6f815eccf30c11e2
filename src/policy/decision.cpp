#include <authgrammar/policy/decision.hpp>

#include "contradictory.hpp"
#include "decision_tree.hpp"
#include "outcomes.hpp"

namespace authgrammar::policy {

namespace {

/// Follows the tree. Nothing if it does not end.
bool follow(const decision_tree& tree, const facts& f, verdict& found, std::vector<step>* walk) {
    question at{};
    for (std::size_t i = 0; i < question_count; ++i) {
        const tree_node& node = tree.nodes[static_cast<std::size_t>(at)];
        const std::size_t number = branch_taken(at, f);
        if (number >= node.branch_count) return false;
        const branch& taken = node.branches[number];
        if (walk != nullptr) walk->push_back({node.text, taken.label, node.section});
        if (taken.ends) {
            found = taken.end;
            return true;
        }
        at = taken.next;
    }
    return false;
}

/// By the other policy for credentials that are malformed.
facts with_other_policy(facts f) noexcept {
    const bool is_400 = f.malformed == malformed_policy::bad_request;
    f.malformed = is_400 ? malformed_policy::as_invalid : malformed_policy::bad_request;
    return f;
}

}  // namespace

decision decide_by(const decision_tree& tree, const facts& f) {
    decision d;
    for (const contradiction& c : all_contradictions()) {
        if (c.applies(f)) d.contradictions.push_back(c);
    }
    if (!d.contradictions.empty()) return d;

    verdict v{};
    if (!follow(tree, f, v, &d.walk)) return d;
    verdict without = v;
    if (v == verdict::preflight) {
        facts plain_request = f;
        plain_request.method = request_method::other;
        if (!follow(tree, plain_request, without, nullptr)) return d;
    }
    d.recommended = recommended(v, f);
    d.also = alternatives(v, f, without);
    d.alike = likenesses(v, f);
    if (f.credentials == credentials_state::malformed) {
        const facts other = with_other_policy(f);
        verdict w{};
        if (follow(tree, other, w, nullptr) && w != v) {
            d.also.push_back(recommended(w, other));
            d.also.back().alike = likenesses(w, other);
        }
    }
    return d;
}

decision decide(const facts& f) { return decide_by(standard_tree(), f); }

int status_for(const facts& f) noexcept { return are_contradictory(f) ? 0 : status_of(standard_verdict(f), f); }

std::string_view name_of(sending s) noexcept {
    switch (s) {
        case sending::must_not: return "must not";
        case sending::may: return "may";
        case sending::must: break;
    }
    return "must";
}

std::string_view name_of(challenge_set c) noexcept {
    switch (c) {
        case challenge_set::none: return "none";
        case challenge_set::offered: return "offered";
        case challenge_set::next_round: break;
    }
    return "next round";
}

std::string_view name_of(challenge_error e) noexcept {
    switch (e) {
        case challenge_error::none: return "none";
        case challenge_error::malformed: return "malformed";
        case challenge_error::invalid: return "invalid";
        case challenge_error::stale_nonce: return "stale nonce";
        case challenge_error::more_authentication: return "more authentication";
        case challenge_error::insufficient: break;
    }
    return "insufficient";
}

}  // namespace authgrammar::policy
