#include <authgrammar/policy/facts.hpp>

#include "acting.hpp"
#include "contradictory.hpp"

#include <array>
#include <iterator>
#include <type_traits>
#include <utility>

namespace authgrammar::policy {

namespace {

constexpr std::string_view hop_values[]{"origin", "proxy", "gateway"};
constexpr std::string_view method_values[]{"other", "PUT", "CONNECT", "preflight"};
constexpr std::string_view resource_values[]{"public", "protected", "absent", "moved"};
constexpr std::string_view existence_values[]{"open", "hidden", "hidden-from-strangers"};
constexpr std::string_view authentication_values[]{"http", "form"};
constexpr std::string_view credentials_values[]{"absent",  "malformed",    "partial",
                                                "invalid", "insufficient", "sufficient"};
constexpr std::string_view cause_values[]{"wrong", "expired", "revoked", "unknown-user", "stale-nonce", "step-up"};
constexpr std::string_view forbidden_values[]{
    "no", "yes", "network", "unsecured-connection", "too-many-requests", "legal-reasons", "upgrade-required"};
constexpr std::string_view malformed_values[]{"401", "400"};
constexpr std::string_view hide_with_values[]{"404", "401"};
constexpr std::string_view login_values[]{"403", "302", "303", "307", "511"};
constexpr std::string_view optional_values[]{"200", "401"};

bool always(const facts&) noexcept { return true; }
bool is_hiding(const facts& f) noexcept { return f.existence != existence_rule::open; }
bool has_form(const facts& f) noexcept { return f.authentication == authentication_kind::form; }
bool is_malformed(const facts& f) noexcept { return f.credentials == credentials_state::malformed; }
bool is_invalid(const facts& f) noexcept { return f.credentials == credentials_state::invalid; }
bool is_public(const facts& f) noexcept { return f.resource == resource_state::public_resource; }

template <auto Member, std::size_t Count>
constexpr fact describe(std::string_view name, std::string_view explanation, const std::string_view (&values)[Count],
                        bool (*counts)(const facts&) noexcept) noexcept {
    return {name,
            explanation,
            values,
            Count,
            [](const facts& f) noexcept { return static_cast<std::uint8_t>(f.*Member); },
            [](facts& f, std::uint8_t value) noexcept {
                using type = std::remove_reference_t<decltype(f.*Member)>;
                f.*Member = static_cast<type>(value);
            },
            counts};
}

constexpr fact table[]{
    describe<&facts::hop>("hop", "who answers", hop_values, always),
    describe<&facts::resource>("resource", "what is at the target; for a proxy, its own service", resource_values,
                               always),
    describe<&facts::existence>("existence", "who may know that the target exists", existence_values, always),
    describe<&facts::authentication>("authentication", "an HTTP scheme, or a login form only", authentication_values,
                                     always),
    describe<&facts::credentials>("credentials", "the state of the credentials in the request", credentials_values,
                                  always),
    describe<&facts::cause>("cause", "why invalid credentials are invalid; never changes the status", cause_values,
                            is_invalid),
    describe<&facts::forbidden>("forbidden", "whether the request is refused, whatever its credentials, and why",
                                forbidden_values, always),
    describe<&facts::malformed>("policy.malformed", "the answer to a field value that breaks the grammar",
                                malformed_values, is_malformed),
    describe<&facts::hide_with>("policy.hide_with", "how existence is hidden", hide_with_values, is_hiding),
    describe<&facts::login>("policy.login",
                            "the answer to clients that are not logged in, if there is only a login form", login_values,
                            has_form),
    describe<&facts::method>("method", "what the request asks for: PUT, CONNECT, a CORS preflight, or anything else",
                             method_values, always),
    describe<&facts::optional>("policy.optional", "the answer to invalid credentials, if the target is public",
                               optional_values, is_public),
};

/// Without branches: each test is cheaper than a mispredicted branch.
template <typename... Tests>
constexpr bool all_of(Tests... tests) noexcept {
    return (unsigned{tests} & ...) != 0;
}
template <typename... Tests>
constexpr bool one_of(Tests... tests) noexcept {
    return (unsigned{tests} | ...) != 0;
}

constexpr bool is_for_everybody(const facts& f) noexcept {
    return one_of(f.resource == resource_state::public_resource, f.resource == resource_state::moved);
}
constexpr bool connects(const facts& f) noexcept { return f.method == request_method::connect; }
constexpr bool is_proxy(const facts& f) noexcept { return all_of(f.hop == hop_role::proxy, !connects(f)); }

constexpr contradiction impossible[]{
    {"hop, resource", "A proxy that answers exists, so its service to the client cannot be absent.",
     [](const facts& f) noexcept { return all_of(is_proxy(f), f.resource == resource_state::absent); }},
    {"hop, resource",
     "No status code says that a proxy has moved: a redirect is about the target behind it, and 305 (Use Proxy) is "
     "deprecated (RFC 9110, 15.4.6).",
     [](const facts& f) noexcept { return all_of(is_proxy(f), f.resource == resource_state::moved); }},
    {"hop, existence",
     "The client chose the proxy, so it knows that it exists. Only the origin server can hide a resource (RFC 9110, "
     "15.5.4).",
     [](const facts& f) noexcept { return all_of(is_proxy(f), f.existence != existence_rule::open); }},
    {"method, resource",
     "CONNECT asks for a tunnel, and whoever answers it acts as a proxy, so its service to the client is neither "
     "absent nor moved (RFC 9110, 9.3.6).",
     [](const facts& f) noexcept {
         return all_of(connects(f), one_of(f.resource == resource_state::absent, f.resource == resource_state::moved));
     }},
    {"method, existence",
     "CONNECT asks for a tunnel and names no resource whose existence could be hidden (RFC 9110, 9.3.6).",
     [](const facts& f) noexcept { return all_of(connects(f), f.existence != existence_rule::open); }},
    {"method, credentials",
     "A preflight carries no credentials for the target. A request that carries some is not a preflight (the Fetch "
     "standard, CORS-preflight fetch).",
     [](const facts& f) noexcept { return all_of(is_preflight(f), f.credentials != credentials_state::absent); }},
    {"resource, existence",
     "A resource that everyone may read, or that redirects everyone, cannot be hidden from anyone.",
     [](const facts& f) noexcept {
         return all_of(is_for_everybody(f), f.existence != existence_rule::open, f.forbidden == refusal::no);
     }},
    {"resource, credentials", "Credentials cannot be insufficient for a resource that needs none.",
     [](const facts& f) noexcept {
         return all_of(is_for_everybody(f), f.credentials == credentials_state::insufficient);
     }},
    {"authentication, existence, policy.hide_with",
     "A service without a challenge to send cannot hide existence with 401 (RFC 9110, 15.5.2).",
     [](const facts& f) noexcept {
         return all_of(has_form(f), f.existence != existence_rule::open, f.hide_with == hiding_policy::challenge);
     }},
    {"authentication, cause", "A login form has no nonce that could be stale.",
     [](const facts& f) noexcept {
         return all_of(has_form(f), f.credentials == credentials_state::invalid, f.cause == invalid_cause::stale_nonce);
     }},
    {"authentication, resource, policy.optional",
     "A service without a challenge to send cannot answer 401, not even for a public target (RFC 9110, 15.5.2).",
     [](const facts& f) noexcept {
         return all_of(has_form(f), f.resource == resource_state::public_resource, f.optional == public_policy::check);
     }},
    {"hop, authentication, policy.login",
     "511 is a captive portal's, which is a proxy. An origin server sends none (RFC 6585, 6).",
     [](const facts& f) noexcept {
         return all_of(!acts_as_proxy(f), has_form(f), f.login == login_policy::network_authentication);
     }},
};

template <std::size_t I>
constexpr contradiction not_a_value() noexcept {
    return {table[I].name, "The value is outside the enumeration of the fact.",
            [](const facts& f) noexcept { return table[I].get(f) >= table[I].value_count; }};
}

template <std::size_t... Known, std::size_t... Fact>
constexpr auto with_strange_values(std::index_sequence<Known...>, std::index_sequence<Fact...>) noexcept {
    return std::array<contradiction, sizeof...(Known) + sizeof...(Fact)>{impossible[Known]..., not_a_value<Fact>()...};
}

constexpr auto contradictions = with_strange_values(std::make_index_sequence<std::size(impossible)>(),
                                                    std::make_index_sequence<std::size(table)>());

/// Inlines each test, where a call by its pointer would cost more than the test.
template <std::size_t... Each>
bool any_applies(const facts& f, std::index_sequence<Each...>) noexcept {
    return one_of(contradictions[Each].applies(f)...);
}

}  // namespace

bool are_contradictory(const facts& f) noexcept {
    return any_applies(f, std::make_index_sequence<contradictions.size()>());
}

std::optional<std::uint8_t> fact::index_of(std::string_view value) const noexcept {
    for (std::size_t i = 0; i < value_count; ++i) {
        if (values[i] == value) return static_cast<std::uint8_t>(i);
    }
    return std::nullopt;
}

fact_table all_facts() noexcept { return {std::begin(table), std::end(table)}; }

const fact* fact_from_name(std::string_view name) noexcept {
    for (const fact& f : table) {
        if (f.name == name) return &f;
    }
    return nullptr;
}

contradiction_table all_contradictions() noexcept {
    return {contradictions.data(), contradictions.data() + contradictions.size()};
}

}  // namespace authgrammar::policy
