#ifndef AUTHGRAMMAR_CONVERSATION_SETTINGS_HPP
#define AUTHGRAMMAR_CONVERSATION_SETTINGS_HPP

#include <authgrammar/conversation/guard.hpp>

#include "even_clock.hpp"
#include "rounds.hpp"

#include <authgrammar/field.hpp>
#include <authgrammar/verify/digest_server.hpp>
#include <authgrammar/verify/replay.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::conversation::detail {

/// A scheme of rounds that is offered, and its challenge as it is sent before any round.
struct offered_rounds {
    round_scheme of;
    std::string challenge;
};

/// An answer as policy::decide() has it. The views are of static storage.
struct decided_answer {
    int status = 0;  ///< 0: what the request says cannot be true together
    std::string_view cache_control{};
    std::string_view vary{};
};

/// Whether anybody may have a resource in that state.
[[nodiscard]] constexpr bool is_for_everybody(policy::resource_state s) noexcept {
    return s == policy::resource_state::public_resource || s == policy::resource_state::moved;
}

/// What a guard is made of, once its options were judged. Never changed afterwards.
struct guard_settings {
    guard_options options;
    std::string_view why_not;  ///< static; empty if usable

    const basic_offer* basic = nullptr;  ///< in `options`
    const digest_offer* digest = nullptr;
    const bearer_offer* bearer = nullptr;
    std::vector<offered_rounds> rounds;  ///< in the order of the offers

    /// What decide() says for all that a request can show: see decided().
    std::array<decided_answer, 4 * 3 * 2 * 2 * 6> answers{};

    std::string basic_challenge;  ///< as it is sent
    verify::digest_offer digest_offered;
    verify::nonce_key key;
    std::optional<verify::replay_memory> own_replays;
    verify::replay_check replays;
    std::optional<even_clock> own_clock;  ///< if key and memory of nonces are the guard's own

    /// The time for nonces, if the request does not give it.
    [[nodiscard]] verify::time_point now() const noexcept {
        return own_clock ? own_clock->now() : std::chrono::system_clock::now();
    }

    /// The answer for a resource and credentials, which may be of a request that is bad whatever its credentials.
    [[nodiscard]] const decided_answer& decided(policy::resource_state resource, policy::existence_rule existence,
                                                bool secured, bool bad_request,
                                                policy::credentials_state whose) const noexcept {
        static constexpr decided_answer unknown{};
        // An enumeration can have a value that is none of its enumerators: nothing is known of that.
        if (resource > policy::resource_state::moved || existence > policy::existence_rule::hidden_from_strangers) {
            return unknown;
        }
        return answers[index(resource, existence, secured, bad_request, whose)];
    }
    [[nodiscard]] static constexpr std::size_t index(policy::resource_state resource, policy::existence_rule existence,
                                                     bool secured, bool bad_request,
                                                     policy::credentials_state whose) noexcept {
        std::size_t i = static_cast<std::size_t>(resource);
        i = i * 3 + static_cast<std::size_t>(existence);
        i = i * 2 + (secured ? 1 : 0);
        i = i * 2 + (bad_request ? 1 : 0);
        return i * 6 + static_cast<std::size_t>(whose);
    }

    /// Whether a connection can be authenticated.
    [[nodiscard]] bool has_connection_users() const noexcept {
        for (const offered_rounds& r : rounds) {
            if (r.of.of_connection()) return true;
        }
        return false;
    }
    [[nodiscard]] bool at_proxy() const noexcept { return options.hop == policy::hop_role::proxy; }
    [[nodiscard]] field challenge_field() const noexcept {
        return at_proxy() ? field::proxy_authenticate : field::www_authenticate;
    }
    [[nodiscard]] field credentials_field() const noexcept {
        return at_proxy() ? field::proxy_authorization : field::authorization;
    }
    [[nodiscard]] field info_field() const noexcept {
        return at_proxy() ? field::proxy_authentication_info : field::authentication_info;
    }
};

}  // namespace authgrammar::conversation::detail

#endif
