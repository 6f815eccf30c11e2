#ifndef AUTHGRAMMAR_POLICY_FACTS_HPP
#define AUTHGRAMMAR_POLICY_FACTS_HPP

#include <authgrammar/policy/export.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace authgrammar::policy {

/// Who is about to answer (RFC 9110, 3.7 and 11.3).
enum class hop_role : std::uint8_t {
    origin,  ///< the server of the resource
    proxy,   ///< chosen by the client; it wants credentials for its own service
    gateway  ///< a reverse proxy: an origin server to its client, whatever the server behind it wants
};

/// What the request asks for, where it makes a difference.
enum class request_method : std::uint8_t {
    other,     ///< any method but these; extended CONNECT (RFC 8441) too, which has a URI as its target
    put,       ///< creates the target if there is nothing (RFC 9110, 9.3.4)
    connect,   ///< asks for a tunnel, so whoever answers it acts as a proxy, whatever it is otherwise (RFC 9110, 9.3.6)
    preflight  ///< OPTIONS by which a browser asks ahead of a request to another site (the Fetch standard)
};

/// What the request is for. Of a proxy it is the proxy's own service to the client, not the resource behind it.
enum class resource_state : std::uint8_t {
    public_resource,     ///< anybody may have it
    protected_resource,  ///< only with credentials
    absent,              ///< there is nothing; who may PUT it is known by credentials
    moved                ///< anybody may have it, at another URI
};

/// Who may know that the target exists (RFC 9110, 15.5.4). Hiding is for a part of the server in which some targets
/// exist and others do not, and holds for both alike.
enum class existence_rule : std::uint8_t {
    open,                  ///< everybody
    hidden,                ///< only who may have it
    hidden_from_strangers  ///< everybody whose credentials are valid, sufficient or not
};

/// How the service lets its users identify themselves.
enum class authentication_kind : std::uint8_t {
    http,  ///< by a scheme of RFC 9110, 11
    form   ///< by a login form and a cookie only: no challenge can be made
};

/// What the request shows of its sender. With authentication_kind::form it is the state of the login session:
/// no cookie, a cookie that cannot be read, a login with a step to go, an expired session, and so on.
enum class credentials_state : std::uint8_t {
    absent,
    malformed,     ///< the field value is not in the grammar
    partial,       ///< the scheme needs a further round
    invalid,       ///< read, and refused; invalid_cause says why
    insufficient,  ///< valid, but of somebody who may not have the target
    sufficient     ///< valid, and of somebody who may
};

/// Why credentials are invalid. The status is the same for all (S401-2). So is all else for the first four; that nothing
/// should tell which of them it is is our advice, and no rule of RFC 9110's. The other two select what the challenge says
/// of the credentials: see challenge_error.
enum class invalid_cause : std::uint8_t {
    wrong,
    expired,
    revoked,
    unknown_user,
    stale_nonce,         ///< made with a nonce that is no longer valid (RFC 7616, 3.3), or with none (RFC 9449, 9)
    more_authentication  ///< a token of a login that is too old, or too weak for the target: step-up (RFC 9470, 3)
};

/// Whether, and why, the request is refused whoever sends it. A property of the request and of the part of the
/// server that it is for, whether or not there is something at the target.
enum class refusal : std::uint8_t {
    no,
    always,
    network,               ///< where it comes from
    unsecured_connection,  ///< it came without TLS
    too_many_requests,     ///< 429 (RFC 6585, 4)
    legal_reasons,         ///< 451 (RFC 7725, 3)
    upgrade_required       ///< 426: in this version of HTTP (RFC 9110, 15.5.22)
};

/// The answer to a field value that is not in the grammar, where the RFCs leave the choice (S401-3). The default is also
/// that of verify_error::status().
enum class malformed_policy : std::uint8_t {
    as_invalid,  ///< as for invalid credentials: 401, at a proxy 407
    bad_request  ///< 400
};

/// How existence is hidden (S401-6, S401-7).
enum class hiding_policy : std::uint8_t {
    not_found,  ///< 404, as for a target that does not exist
    challenge   ///< 401 for every path
};

/// What a service without an HTTP authentication scheme answers to those who are not logged in (S401-8).
enum class login_policy : std::uint8_t {
    forbidden,
    found,
    see_other,
    temporary_redirect,
    network_authentication  ///< 511, of a captive portal only: a proxy that the client did not choose (RFC 6585, 6)
};

/// Optional authentication: what becomes of credentials that are not valid, if the target is public.
enum class public_policy : std::uint8_t {
    ignore,  ///< they are not looked at: 200, as without any
    check    ///< who identifies themselves gets something else, so the client learns that it failed: 401
};

/// Everything that the status of an answer depends on. What is at the target and what the request shows of its sender has
/// to be said: a resource that somebody forgot to call protected would be given to everybody. The defaults of the others
/// are the first values of their enumerations.
struct facts {
    constexpr facts(resource_state what, credentials_state whose) noexcept : resource(what), credentials(whose) {}

    hop_role hop = hop_role::origin;
    resource_state resource;
    existence_rule existence = existence_rule::open;
    authentication_kind authentication = authentication_kind::http;
    credentials_state credentials;
    invalid_cause cause = invalid_cause::wrong;  ///< counts for credentials_state::invalid only
    refusal forbidden = refusal::no;
    malformed_policy malformed = malformed_policy::as_invalid;
    hiding_policy hide_with = hiding_policy::not_found;
    login_policy login = login_policy::forbidden;
    request_method method = request_method::other;
    public_policy optional = public_policy::ignore;
};

/// One of the facts, described: for readers of options and JSON, for tables and for enumerations.
struct fact {
    std::string_view name;           ///< "hop", "policy.malformed"
    std::string_view explanation;    ///< half a sentence for a person
    const std::string_view* values;  ///< names of its values, in the order of the enumeration
    std::size_t value_count;
    std::uint8_t (*get)(const facts&) noexcept;
    void (*set)(facts&, std::uint8_t) noexcept;  ///< the value must be less than `value_count`
    bool (*counts)(const facts&) noexcept;       ///< false: with these others no value of it makes a difference

    /// The index of the value with that name, or nothing. Linear in the values.
    [[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::optional<std::uint8_t> index_of(std::string_view value) const noexcept;
};

/// All twelve facts, in the order of the members of `facts`. The array is of static storage.
struct fact_table {
    const fact* first;
    const fact* last;
    [[nodiscard]] const fact* begin() const noexcept { return first; }
    [[nodiscard]] const fact* end() const noexcept { return last; }
    [[nodiscard]] std::size_t size() const noexcept { return static_cast<std::size_t>(last - first); }
};
/// All facts that a decision depends on. Constant time.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT fact_table all_facts() noexcept;

/// The fact with that name ("policy.login"), or null.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT const fact* fact_from_name(std::string_view name) noexcept;

/// Facts that cannot be true together, by what stands against them.
struct contradiction {
    std::string_view names;        ///< "hop, resource": the names of the facts, comma-separated
    std::string_view explanation;  ///< why not, in a sentence or two
    bool (*applies)(const facts&) noexcept;
};

/// All contradictions that are known, then one for each fact, in their order, that has a value outside its enumeration.
/// The array is of static storage.
struct contradiction_table {
    const contradiction* first;
    const contradiction* last;
    [[nodiscard]] const contradiction* begin() const noexcept { return first; }
    [[nodiscard]] const contradiction* end() const noexcept { return last; }
};
/// All of them. Constant time.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT contradiction_table all_contradictions() noexcept;

}  // namespace authgrammar::policy

#endif
