#include "decision_tree.hpp"

#include "acting.hpp"

namespace authgrammar::policy {

namespace {

constexpr branch to(std::string_view label, question next) noexcept { return {label, false, next, verdict::refused}; }
constexpr branch end(std::string_view label, verdict v) noexcept { return {label, true, question::is_refused, v}; }

constexpr tree_node node(std::string_view text, std::string_view section, branch a, branch b) noexcept {
    return {text, section, 2, {a, b, {}, {}}};
}

constexpr decision_tree tree{{
    node("Is the request refused whatever the credentials?", "RFC 9110, 15.5.4", to("no", question::is_preflight),
         to("yes", question::is_refusal_hidden)),
    // decides: S401-5, R7235-6.1-server-secures
    node("Is existence to be hidden, and would the refusal tell?", "RFC 9110, 15.5.4", end("no", verdict::refused),
         end("yes", verdict::refused_and_hidden)),
    node("Is it a CORS preflight?", "the Fetch standard, CORS-preflight fetch", to("no", question::is_bad_request),
         end("yes", verdict::preflight)),
    // decides: S401-3
    node("Do the credentials break the grammar, and is 400 the policy for that?", "RFC 9110, 15.5.1",
         to("no", question::is_hidden), end("yes", verdict::bad_request)),
    node("Is existence hidden from this client?", "RFC 9110, 15.5.4", to("no", question::what_is_there),
         to("yes", question::is_round_due)),
    // decides: R7235-2.1-multi-round
    node("Does the HTTP scheme need another round?", "RFC 9110, 11.4", to("no", question::how_hidden),
         end("yes", verdict::round_for_all)),
    // decides: S401-6, S401-7
    node("Is it the policy to hide with 401, and is the client not identified yet?", "RFC 9110, 15.5.5",
         end("no", verdict::not_found_for_all), end("yes", verdict::challenge_for_all)),
    // decides: S401-9
    {"What is at the target?",
     "RFC 9110, 15.5.5",
     4,
     {to("open to everyone", question::is_checked), to("protected", question::are_sufficient),
      to("nothing", question::is_created), end("moved", verdict::moved)}},
    // decides: S401-9, R9110-11.4-optional
    node("Is it the policy to check credentials here too, and are these not valid?", "RFC 9110, 11.4",
         end("no", verdict::open_to_all), to("yes", question::which_hop)),
    // decides: S401-9, R9110-9.3.4-created
    node("Would the request create it?", "RFC 9110, 9.3.4", end("no", verdict::not_found),
         to("yes", question::are_sufficient)),
    // decides: S401-8, R7235-2.1-other-mechanisms
    node("Does the service have an HTTP authentication scheme?", "RFC 9110, 11.4", to("yes", question::which_hop),
         end("no, a form", verdict::log_in)),
    // decides: S401-1, S401-2, S401-4, S401-11, R7235-2.1-inadequate-403, R7235-3.1-401-refused
    // decides: R7235-2.1-no-or-bad-credentials, R9110-15.5.2-401, R9110-15.5.4-403
    {"What do the credentials show?",
     "RFC 9110, 11.4",
     3,
     {to("nothing yet", question::how_authenticated), end("valid, but not sufficient", verdict::inadequate),
      end("sufficient", verdict::granted), branch{}}},
    // decides: S401-10, R7235-5.2-status-codes, R9110-15.5.8-407, R7235-2.1-no-or-bad-proxy-credentials
    // decides: R9110-3.7-gateway
    {"Who asks for the credentials?",
     "RFC 9110, 3.7 and 11.3",
     3,
     {end("the origin server", verdict::challenge), end("a proxy", verdict::proxy_challenge),
      end("a gateway", verdict::challenge), branch{}}},
}};

/// Whether a refusal would be for some targets of a part of the server and not for others. The others are about the
/// sender, the protocol or the rate, and every path gets them.
constexpr bool depends_on_target(refusal r) noexcept {
    return r != refusal::too_many_requests && r != refusal::upgrade_required;
}

/// Credentials that came and show of nobody who it is.
constexpr bool identify_nobody(credentials_state c) noexcept {
    return c == credentials_state::malformed || c == credentials_state::partial || c == credentials_state::invalid;
}

inline std::size_t answer_to(question q, const facts& f) noexcept {
    switch (q) {
        case question::is_refused: return f.forbidden != refusal::no;
        // Whoever is refused whatever the credentials learns nothing by having some.
        case question::is_refusal_hidden: return f.existence != existence_rule::open && depends_on_target(f.forbidden);
        case question::is_preflight: return is_preflight(f);
        case question::is_bad_request:
            return f.credentials == credentials_state::malformed && f.malformed == malformed_policy::bad_request;
        case question::is_hidden: return !may_know(f);
        case question::is_round_due:
            return f.credentials == credentials_state::partial && f.authentication == authentication_kind::http;
        case question::how_hidden:
            return f.hide_with == hiding_policy::challenge && f.authentication == authentication_kind::http &&
                   f.credentials != credentials_state::insufficient;
        case question::what_is_there: return static_cast<std::size_t>(f.resource);
        case question::is_checked:
            return f.optional == public_policy::check && has_scheme(f) && identify_nobody(f.credentials);
        case question::is_created: return creates_target(f);
        case question::how_authenticated: return f.authentication == authentication_kind::form;
        case question::are_sufficient:
            if (f.credentials == credentials_state::sufficient) return 2;
            return f.credentials == credentials_state::insufficient;
        case question::which_hop: break;
    }
    return acts_as_proxy(f) ? 1 : static_cast<std::size_t>(f.hop);
}

template <question Q>
verdict verdict_from(const facts& f) noexcept;

/// The verdict behind branch number `taken`, which is `Branch` or one after it.
template <question Q, std::size_t Branch>
verdict verdict_behind(const facts& f, std::size_t taken) noexcept {
    constexpr const tree_node& node = tree.nodes[static_cast<std::size_t>(Q)];
    constexpr branch here = node.branches[Branch];
    if constexpr (Branch + 1 != node.branch_count) {
        if (taken != Branch) return verdict_behind<Q, Branch + 1>(f, taken);
    }
    if constexpr (here.ends) {
        return here.end;
    } else {
        return verdict_from<here.next>(f);
    }
}

/// The tree as code: a question at a time, with nothing to look up but the facts.
template <question Q>
verdict verdict_from(const facts& f) noexcept {
    return verdict_behind<Q, 0>(f, answer_to(Q, f));
}

}  // namespace

const decision_tree& standard_tree() noexcept { return tree; }

bool may_know(const facts& f) noexcept {
    switch (f.existence) {
        case existence_rule::open: return true;
        case existence_rule::hidden: return f.credentials == credentials_state::sufficient;
        case existence_rule::hidden_from_strangers: break;
    }
    return f.credentials == credentials_state::sufficient || f.credentials == credentials_state::insufficient;
}

std::size_t branch_taken(question q, const facts& f) noexcept { return answer_to(q, f); }

verdict standard_verdict(const facts& f) noexcept { return verdict_from<question{}>(f); }

std::string_view name_of(verdict v) noexcept {
    switch (v) {
        case verdict::refused: return "403, 426, 429 or 451, no challenge";
        case verdict::refused_and_hidden: return "404 for every path, no challenge";
        case verdict::preflight: return "200, whoever asks, no challenge";
        case verdict::bad_request: return "400";
        case verdict::round_for_all: return "401 with the next round, for every path";
        case verdict::challenge_for_all: return "401 with a challenge, for every path";
        case verdict::not_found_for_all: return "404, as for a target that does not exist";
        case verdict::not_found: return "404, no challenge";
        case verdict::moved: return "301 with Location, no challenge";
        case verdict::open_to_all: return "200, or what the request leads to";
        case verdict::granted: return "200, or 201 if it is created now";
        case verdict::inadequate: return "403";
        case verdict::log_in: return "403, or 302, 303, 307 to the login page, or 511; never 401";
        case verdict::challenge: return "401 with WWW-Authenticate";
        case verdict::proxy_challenge: break;
    }
    return "407 with Proxy-Authenticate; never 401";
}

}  // namespace authgrammar::policy
