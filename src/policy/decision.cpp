#include <authgrammar/policy/decision.hpp>
#include <authgrammar/policy/decision_tree.hpp>

#include <initializer_list>

namespace authgrammar::policy {

namespace {

// What the RFCs say, each in one place.

constexpr reason no_credentials{
    "S401-1", "RFC 9110, 11.4 and 15.5.2",
    "A request for a protected resource without credentials is answered with 401 and at least one challenge."};
constexpr reason refused_credentials{
    "S401-2", "RFC 9110, 11.4 and 15.5.2",
    "Invalid credentials get the same answer as none, whether they are wrong, expired, revoked, malformed or of an "
    "unknown user."};
constexpr reason malformed_as_invalid{
    "S401-3", "RFC 9110, 11.4 and 15.5.1",
    "A field value that breaks the grammar has no valid credentials. By policy it gets the same answer as invalid "
    "ones, which asks the client to try again."};
constexpr reason malformed_as_bad_request{
    "S401-3", "RFC 9110, 15.5.1",
    "A field value that breaks the grammar is malformed request syntax, for which 400 is permitted. It tells the "
    "author "
    "of a broken client more than a challenge does, and comes before all other checks."};
constexpr reason another_round{
    "R7235-2.1-multi-round", "RFC 9110, 11.4",
    "Partial credentials are not rejected: the scheme needs another round, and a new challenge carries it."};
constexpr reason ask_origin{"R7235-2.1-no-or-bad-credentials", "RFC 9110, 11.4",
                            "Omitted, invalid and partial credentials for a protected resource get 401."};
constexpr reason ask_proxy{"R7235-2.1-no-or-bad-proxy-credentials", "RFC 9110, 11.4",
                           "Omitted, invalid and partial proxy credentials get 407."};
constexpr reason with_challenge{"R7235-2.1-401-challenge", "RFC 9110, 11.6.1 and 15.5.2",
                                "A 401 carries WWW-Authenticate with at least one challenge."};
constexpr reason with_proxy_challenge{"R7235-2.1-407-challenge", "RFC 9110, 11.7.1 and 15.5.8",
                                      "A 407 carries Proxy-Authenticate with at least one challenge for this proxy."};
constexpr reason refused_again{"R7235-3.1-401-refused", "RFC 9110, 15.5.2",
                               "A 401 to a request with credentials says that they were rejected."};
constexpr reason proxy_says_407{"S401-10", "RFC 9110, 11.3 and 15.5.8",
                                "The proxy asks for credentials: 407, never 401, which only an origin server sends."};
constexpr reason gateway_says_401{"R9110-3.7-gateway", "RFC 9110, 3.7",
                                  "A gateway meets all requirements on an origin server: 401, never 407, which is for "
                                  "a proxy that the client chose."};
constexpr reason not_adequate{"S401-4", "RFC 9110, 11.4 and 15.5.4",
                              "Valid credentials that are not sufficient get 403. The client may repeat the request "
                              "with others, but should not automatically repeat it with the same ones."};
constexpr reason inadequate_403{"R7235-2.1-inadequate-403", "RFC 9110, 11.4",
                                "Valid credentials that are not sufficient should get 403."};
constexpr reason whatever_credentials{
    "S401-5", "RFC 9110, 15.5.4",
    "A request can be forbidden for reasons that have nothing to do with its credentials: 403 without a challenge, "
    "which would promise that credentials help."};
constexpr reason by_network{"S401-5", "RFC 9110, 15.5.4",
                            "The network that the request comes from is blocked: 403 without a challenge, which "
                            "would promise that credentials help."};
constexpr reason by_connection{
    "S401-5", "RFC 9110, 15.5.4 and 17.16.1",
    "The connection is not encrypted: 403 without a challenge, which would make the client send its credentials in the "
    "clear."};
constexpr reason secure_first{"R7235-6.1-server-secures", "RFC 9110, 17.16.1",
                              "A server whose credentials need confidentiality has to secure the connection before "
                              "they are exchanged."};
constexpr reason hide_403{"S401-6", "RFC 9110, 15.5.4 and 15.5.5",
                          "To hide that a target exists, send 404 instead of 403 to everyone who may not know: the "
                          "answer for a target that does not exist."};
constexpr reason hide_404{"S401-6", "RFC 9110, 15.5.4 and 15.5.5",
                          "Existence is hidden from this client: the answer is 404 whether or not the target exists."};
constexpr reason same_403{"S401-6", "RFC 9110, 15.5.4",
                          "403 hides existence as well, if every path here gets it whether or not it exists."};
constexpr reason hide_401{"S401-7", "RFC 9110, 11.4 and 15.5.2",
                          "Existence is hidden from this client: the answer is 401 with the same challenge whether "
                          "or not the target exists."};
constexpr reason round_hides{"S401-7", "RFC 9110, 11.4 and 15.5.2",
                             "Existence is hidden from this client: the round is completed first, whether or not the "
                             "target exists."};
constexpr reason may_offer{
    "R7235-4.1-elsewhere", "RFC 9110, 11.6.1",
    "WWW-Authenticate may be sent with other status codes, to say that (other) credentials could change the answer."};
constexpr reason form_only{
    "S401-8", "RFC 9110, 11.4, 15.5.2 and 15.5.4",
    "A login with a form or a cookie is not an HTTP authentication scheme, so there is no challenge to send and 401 is "
    "not permitted. 403 is."};
constexpr reason form_redirect{
    "S401-8", "RFC 9110, 11.4, 15.5.2 and 15.4",
    "A login with a form or a cookie is not an HTTP authentication scheme, so there is no challenge to send and 401 is "
    "not permitted. A temporary redirect to the login page is; clients would remember a permanent one (301, 308)."};
constexpr reason form_rewrites{"S401-8", "RFC 9110, 15.4.3",
                               "302 lets user agents turn a POST into a GET, and most do. 303 tells them to."};
constexpr reason form_resends{"S401-8", "RFC 9110, 15.4.8",
                              "307 keeps the method: a POST is sent to the login page with its content."};
constexpr reason not_there{"S401-9", "RFC 9110, 15.5.5",
                           "There is nothing at the target, and that is no secret: 404. Credentials would not change "
                           "that, so do not ask for them."};
constexpr reason gone{"S401-9", "RFC 9110, 15.5.5 and 15.5.11",
                      "410 is better if the origin server knows that the target is gone for good."};
constexpr reason elsewhere{
    "S401-9", "RFC 9110, 15.4.2",
    "The target has moved, and everyone may know: a redirect with Location, without a challenge."};
constexpr reason elsewhere_same_method{"S401-9", "RFC 9110, 15.4.9", "308 is permanent too, and keeps the method."};
constexpr reason elsewhere_for_now{"S401-9", "RFC 9110, 15.4.3 and 15.4.8",
                                   "302 and 307 say that the target is temporarily elsewhere; 307 keeps the method."};
constexpr reason needs_none{"S401-9", "RFC 9110, 11.4",
                            "The target is open to everyone: only protected resources ask for credentials, and "
                            "credentials that are not needed are not checked."};
constexpr reason proxy_needs_none{"S401-10", "RFC 9110, 11.4",
                                  "The proxy serves everyone: it forwards the request, and the status is that of the "
                                  "response that comes back."};
constexpr reason accepted{"R7235-4.2-realm-wide", "RFC 9110, 11.4 and 11.6.2",
                          "The credentials are valid and sufficient: the request is answered. They count for the whole "
                          "realm unless the scheme says otherwise."};
constexpr reason proxy_accepted{"R7235-4.4-consumed", "RFC 9110, 11.7.2",
                                "The proxy accepts the credentials and consumes them: it forwards the request, and the "
                                "status is that of the response that comes back."};
constexpr reason once_403{
    "S401-11", "RFC 9110, 15.5.4 (RFC 2616, 10.4.4)",
    "In RFC 2616, 403 meant that authorization would not help and that the request should not be repeated. Since "
    "RFC 7231 (6.5.3) other credentials may help, and the client may try them."};
constexpr reason once_401{
    "S401-11", "RFC 9110, 11.4 (RFC 2616, 10.4.2)",
    "In RFC 2616, known users without access rights got 401, because its 403 ruled out that credentials help. Since "
    "RFC 7235 (2.1) they should get 403."};

constexpr std::string_view alike_causes =
    "status, fields, content and time taken: for a wrong password, an unknown user, and expired or revoked credentials";
constexpr std::string_view alike_targets =
    "status, fields, content and time taken: for a target that does not exist, and one that the client may not know "
    "about";
constexpr std::string_view alike_paths =
    "status, fields, content and time taken: for every path in the refused part, whether or not it exists";

outcome plain(int status, std::initializer_list<reason> reasons) {
    outcome o;
    o.status = status;
    o.reasons = reasons;
    return o;
}

constexpr int login_status(login_policy p) noexcept {
    switch (p) {
        case login_policy::forbidden: return 403;
        case login_policy::found: return 302;
        case login_policy::see_other: return 303;
        case login_policy::temporary_redirect: break;
    }
    return 307;
}

/// With what the hop that answers asks for credentials.
constexpr int asking_status(const facts& f) noexcept { return f.hop == hop_role::proxy ? 407 : 401; }

constexpr int status_of(verdict v, const facts& f) noexcept {
    switch (v) {
        case verdict::refused:
        case verdict::inadequate: return 403;
        case verdict::refused_and_hidden:
        case verdict::not_found_for_all:
        case verdict::not_found: return 404;
        case verdict::bad_request: return 400;
        case verdict::moved: return 301;
        case verdict::open_to_all:
        case verdict::granted: return 200;
        case verdict::log_in: return login_status(f.login);
        case verdict::round_for_all:
        case verdict::challenge_for_all: return asking_status(f);
        // The tree, not the fact, says who asks, so that a broken tree shows.
        case verdict::challenge: return 401;
        case verdict::proxy_challenge: break;
    }
    return 407;
}

bool has_scheme(const facts& f) noexcept { return f.authentication == authentication_kind::http; }

/// Adds the challenges of the hop that answers.
void offer(outcome& o, const facts& f, sending s, challenge_set challenges = challenge_set::offered) {
    (f.hop == hop_role::proxy ? o.proxy_authenticate : o.www_authenticate) = s;
    o.challenges = challenges;
}

void may_offer_too(outcome& o, const facts& f) {
    if (!has_scheme(f)) return;
    offer(o, f, sending::may);
    if (f.hop != hop_role::proxy) o.reasons.push_back(may_offer);
}

outcome challenged(const facts& f) {
    outcome o;
    const bool partial = f.credentials == credentials_state::partial;
    const bool proxy = f.hop == hop_role::proxy;
    o.status = asking_status(f);
    offer(o, f, sending::must, partial ? challenge_set::next_round : challenge_set::offered);
    if (proxy) o.reasons.push_back(proxy_says_407);
    if (f.hop == hop_role::gateway) o.reasons.push_back(gateway_says_401);
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

outcome refused(const facts& f) {
    outcome o = plain(status_of(verdict::refused, f), {});
    switch (f.forbidden) {
        case refusal::network: o.reasons = {by_network}; break;
        case refusal::unsecured_connection: o.reasons = {by_connection, secure_first}; break;
        default: o.reasons = {whatever_credentials}; break;
    }
    o.reasons.push_back(once_403);
    return o;
}

outcome inadequate(const facts& f) {
    outcome o = plain(status_of(verdict::inadequate, f), {not_adequate, inadequate_403});
    may_offer_too(o, f);
    o.reasons.push_back(once_403);
    o.reasons.push_back(once_401);
    return o;
}

outcome hidden_as_absent(const facts& f) {
    outcome o = plain(status_of(verdict::not_found_for_all, f), {hide_404});
    may_offer_too(o, f);
    return o;
}

outcome challenge_for_all(const facts& f) {
    outcome o = challenged(f);
    const bool partial = f.credentials == credentials_state::partial;
    o.reasons.insert(o.reasons.begin(), partial ? round_hides : hide_401);
    return o;
}

outcome login(login_policy p) {
    outcome o = plain(login_status(p), {form_redirect});
    switch (p) {
        case login_policy::forbidden: return plain(login_status(p), {form_only, once_403});
        case login_policy::found: o.reasons.push_back(form_rewrites); break;
        case login_policy::see_other: break;
        case login_policy::temporary_redirect: o.reasons.push_back(form_resends); break;
    }
    o.location = sending::must;
    return o;
}

outcome redirect(int status, std::initializer_list<reason> reasons) {
    outcome o = plain(status, reasons);
    o.location = sending::must;
    return o;
}

outcome granted(const facts& f) {
    const bool proxy = f.hop == hop_role::proxy;
    outcome o = plain(status_of(verdict::granted, f), {proxy ? proxy_accepted : accepted});
    may_offer_too(o, f);
    return o;
}

outcome open_to_all(const facts& f) {
    const int status = status_of(verdict::open_to_all, f);
    if (f.hop == hop_role::proxy) return plain(status, {proxy_needs_none});
    outcome o = plain(status, {needs_none});
    may_offer_too(o, f);
    return o;
}

outcome recommended(verdict v, const facts& f) {
    const int status = status_of(v, f);
    switch (v) {
        case verdict::refused: return refused(f);
        case verdict::refused_and_hidden: return plain(status, {hide_403, whatever_credentials});
        case verdict::bad_request: {
            outcome o = plain(status, {malformed_as_bad_request});
            may_offer_too(o, f);
            return o;
        }
        case verdict::round_for_all:
        case verdict::challenge_for_all: return challenge_for_all(f);
        case verdict::not_found_for_all: return hidden_as_absent(f);
        case verdict::not_found: return plain(status, {not_there});
        case verdict::moved: return redirect(status, {elsewhere});
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
    } else if (f.hop == hop_role::proxy) {
        asked.hop = hop_role::origin;
    }
    return challenged(asked);
}

/// The ways to ask for a login by form: all, or all but the one that is the policy.
void add_logins(std::vector<outcome>& list, const facts& f, bool all) {
    for (const login_policy p :
         {login_policy::forbidden, login_policy::found, login_policy::see_other, login_policy::temporary_redirect}) {
        if (all || p != f.login) list.push_back(login(p));
    }
}

/// The ways to hide by giving every path the same answer, other than 404.
void add_hidings(std::vector<outcome>& list, const facts& f) {
    if (f.credentials == credentials_state::insufficient) {
        list.push_back(plain(403, {same_403, once_403}));
    } else if (has_scheme(f)) {
        list.push_back(challenge_for_all(f));
    } else {
        const std::size_t before = list.size();
        add_logins(list, f, true);
        for (std::size_t i = before; i < list.size(); ++i) list[i].reasons.insert(list[i].reasons.begin(), same_403);
    }
}

std::vector<outcome> alternatives(verdict v, const facts& f) {
    std::vector<outcome> list;
    switch (v) {
        case verdict::refused:
            if (f.hop != hop_role::proxy) list.push_back(plain(404, {hide_403}));
            break;
        case verdict::refused_and_hidden: list.push_back(plain(403, {same_403, whatever_credentials, once_403})); break;
        case verdict::challenge_for_all: list.push_back(hidden_as_absent(f)); break;
        case verdict::not_found_for_all: add_hidings(list, f); break;
        case verdict::not_found: list.push_back(plain(410, {gone})); break;
        case verdict::moved:
            list.push_back(redirect(308, {elsewhere, elsewhere_same_method}));
            list.push_back(redirect(302, {elsewhere, elsewhere_for_now}));
            list.push_back(redirect(307, {elsewhere, elsewhere_for_now}));
            break;
        case verdict::inadequate:
            if (f.hop != hop_role::proxy) {
                list.push_back(plain(404, {hide_403}));
                may_offer_too(list.back(), f);
            }
            break;
        case verdict::log_in: add_logins(list, f, false); break;
        default: break;
    }
    return list;
}

std::vector<std::string_view> likenesses(verdict v, const facts& f) {
    std::vector<std::string_view> list;
    switch (v) {
        case verdict::refused_and_hidden: list.push_back(alike_paths); break;
        case verdict::round_for_all:
        case verdict::challenge_for_all:
        case verdict::not_found_for_all: list.push_back(alike_targets); break;
        default: break;
    }
    const bool judged = v == verdict::challenge || v == verdict::proxy_challenge || v == verdict::log_in ||
                        v == verdict::challenge_for_all || v == verdict::not_found_for_all;
    if (judged && f.credentials == credentials_state::invalid) list.push_back(alike_causes);
    return list;
}

/// Follows the tree. Nothing if it does not end.
bool follow(const decision_tree& tree, const facts& f, verdict& found, std::vector<step>* walk) {
    question at{};
    for (std::size_t i = 0; i < question_count; ++i) {
        const tree_node& node = tree.nodes[static_cast<std::size_t>(at)];
        const branch& taken = node.branches[branch_taken(at, f)];
        if (walk != nullptr) walk->push_back({node.text, taken.label, node.section});
        if (taken.ends) {
            found = taken.end;
            return true;
        }
        at = taken.next;
    }
    return false;
}

}  // namespace

decision decide_by(const decision_tree& tree, const facts& f) {
    decision d;
    for (const contradiction& c : all_contradictions()) {
        if (c.applies(f)) d.contradictions.push_back(c);
    }
    if (!d.contradictions.empty()) return d;

    verdict v{};
    if (!follow(tree, f, v, &d.answer.walk)) return d;
    d.answer.recommended = recommended(v, f);
    d.answer.also = alternatives(v, f);
    d.answer.alike = likenesses(v, f);
    if (f.credentials == credentials_state::malformed) {
        facts other = f;
        other.malformed =
            f.malformed == malformed_policy::bad_request ? malformed_policy::as_invalid : malformed_policy::bad_request;
        verdict w{};
        if (follow(tree, other, w, nullptr) && w != v) d.answer.also.push_back(recommended(w, other));
    }
    return d;
}

decision decide(const facts& f) { return decide_by(standard_tree(), f); }

int status_for(const facts& f) noexcept {
    for (const contradiction& c : all_contradictions()) {
        if (c.applies(f)) return 0;
    }
    verdict v{};
    return follow(standard_tree(), f, v, nullptr) ? status_of(v, f) : 0;
}

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

}  // namespace authgrammar::policy
