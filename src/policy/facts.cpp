#include <authgrammar/policy/facts.hpp>

#include <array>
#include <iterator>

namespace authgrammar::policy {

namespace {

constexpr std::string_view hop_values[]{"origin", "proxy", "gateway"};
constexpr std::string_view resource_values[]{"public", "protected", "absent", "moved"};
constexpr std::string_view existence_values[]{"open", "hidden", "hidden-from-strangers"};
constexpr std::string_view authentication_values[]{"http", "form"};
constexpr std::string_view credentials_values[]{"absent",  "malformed",    "partial",
                                                "invalid", "insufficient", "sufficient"};
constexpr std::string_view cause_values[]{"wrong", "expired", "revoked", "unknown-user"};
constexpr std::string_view forbidden_values[]{"no", "yes", "network", "unsecured-connection"};
constexpr std::string_view malformed_values[]{"401", "400"};
constexpr std::string_view hide_with_values[]{"404", "401"};
constexpr std::string_view login_values[]{"403", "302", "303", "307"};

template <auto Member, std::size_t Count>
constexpr fact describe(std::string_view name, std::string_view explanation,
                        const std::string_view (&values)[Count]) noexcept {
    return {name,
            explanation,
            values,
            Count,
            [](const facts& f) noexcept { return static_cast<std::uint8_t>(f.*Member); },
            [](facts& f, std::uint8_t value) noexcept {
                using type = std::remove_reference_t<decltype(f.*Member)>;
                f.*Member = static_cast<type>(value);
            }};
}

constexpr fact table[]{
    describe<&facts::hop>("hop", "who answers", hop_values),
    describe<&facts::resource>("resource", "what is at the target; for a proxy, its own service", resource_values),
    describe<&facts::existence>("existence", "who may know that the target exists", existence_values),
    describe<&facts::authentication>("authentication", "an HTTP scheme, or a login form only", authentication_values),
    describe<&facts::credentials>("credentials", "the state of the credentials in the request", credentials_values),
    describe<&facts::cause>("cause", "why invalid credentials are invalid", cause_values),
    describe<&facts::forbidden>("forbidden", "whether the request is refused, whatever its credentials",
                                forbidden_values),
    describe<&facts::malformed>("policy.malformed", "the answer to a field value that breaks the grammar",
                                malformed_values),
    describe<&facts::hide_with>("policy.hide_with", "how existence is hidden", hide_with_values),
    describe<&facts::login>(
        "policy.login", "the answer to clients that are not logged in, if there is only a login form", login_values),
};

bool is_for_everybody(const facts& f) noexcept {
    return f.resource == resource_state::public_resource || f.resource == resource_state::moved;
}

constexpr contradiction impossible[]{
    {"hop, resource", "A proxy that answers exists: its service to the client cannot be absent.",
     [](const facts& f) noexcept { return f.hop == hop_role::proxy && f.resource == resource_state::absent; }},
    {"hop, resource",
     "No status code says that a proxy has moved: a redirect is about the target behind it, and 305 (Use Proxy) is "
     "deprecated (RFC 9110, 15.4.6).",
     [](const facts& f) noexcept { return f.hop == hop_role::proxy && f.resource == resource_state::moved; }},
    {"hop, existence",
     "The client chose the proxy, so it knows that it exists. Only the origin server can hide a resource (RFC 9110, "
     "15.5.4).",
     [](const facts& f) noexcept { return f.hop == hop_role::proxy && f.existence != existence_rule::open; }},
    {"resource, existence",
     "A resource that everyone may read, or that redirects everyone, cannot be hidden from anyone.",
     [](const facts& f) noexcept {
         return is_for_everybody(f) && f.existence != existence_rule::open && f.forbidden == refusal::no;
     }},
    {"resource, credentials", "Credentials cannot be insufficient for a resource that needs none.",
     [](const facts& f) noexcept { return is_for_everybody(f) && f.credentials == credentials_state::insufficient; }},
    {"authentication, existence, policy.hide_with",
     "A service without a challenge to send cannot hide existence with 401 (RFC 9110, 15.5.2).",
     [](const facts& f) noexcept {
         return f.authentication == authentication_kind::form && f.existence != existence_rule::open &&
                f.hide_with == hiding_policy::challenge;
     }},
};

}  // namespace

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

contradiction_table all_contradictions() noexcept { return {std::begin(impossible), std::end(impossible)}; }

}  // namespace authgrammar::policy
