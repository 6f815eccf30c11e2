#ifndef AUTHGRAMMAR_CONVERSATION_VERDICT_HPP
#define AUTHGRAMMAR_CONVERSATION_VERDICT_HPP

#include <cstdint>
#include <optional>
#include <string_view>

// What a host says of what only it can judge.

namespace authgrammar::conversation {

/// What a Bearer token is worth (RFC 6750, 3.1; RFC 9470).
enum class token_state : std::uint8_t {
    invalid,             ///< unknown, malformed, revoked or expired: 401 with invalid_token
    insufficient_scope,  ///< 403 with insufficient_scope
    step_up,  ///< the user's authentication is not strong or fresh enough: 401 with insufficient_user_authentication
    valid
};

/// The host's answer about a token. The views must live until the next check().
struct token_verdict {
    token_state is = token_state::invalid;
    std::string_view user{};        ///< of a valid one: what user() will say
    std::string_view scope{};       ///< of insufficient_scope: what it takes; that of the offer if empty
    std::string_view acr_values{};  ///< of step_up (RFC 9470, 3)
    std::optional<std::uint64_t> max_age{};
};

/// That a token is valid, and whose it is: what user() will say.
[[nodiscard]] constexpr token_verdict valid_token(std::string_view user) noexcept {
    return {token_state::valid, user, {}, {}, std::nullopt};
}

/// A client's part of a handshake of several rounds. Views of the request.
struct client_round {
    std::string_view scheme;   ///< "Negotiate", "SCRAM-SHA-256"
    std::string_view token;    ///< as it was sent, in base64; a secret
    std::string_view session;  ///< SCRAM's `sid`; empty in a first round, and for other schemes
};

/// What has become of a handshake of several rounds.
enum class round_state : std::uint8_t {
    refused,     ///< the client is not who it says, or the handshake is unknown or broken off: 401 with the challenges
    proceed,     ///< another round: 401 with `token`
    established  ///< `user` is authenticated
};

/// The host's answer about a round. The views must live until the next check().
struct round_verdict {
    round_state is = round_state::refused;
    /// What the mechanism sends the client, in base64. To proceed there must be one; once established there may be.
    std::string_view token{};
    std::string_view session{};  ///< of SCRAM: its `sid`, a token, in every answer with a token
    std::string_view user{};     ///< of an established one: what user() will say
};

}  // namespace authgrammar::conversation

#endif
