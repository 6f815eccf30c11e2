#ifndef AUTHGRAMMAR_CONVERSATION_CHALLENGE_LINES_HPP
#define AUTHGRAMMAR_CONVERSATION_CHALLENGE_LINES_HPP

#include "settings.hpp"

#include <authgrammar/conversation/exchange.hpp>
#include <authgrammar/schemes/bearer.hpp>
#include <authgrammar/verify/digest_server.hpp>
#include <authgrammar/verify/nonce.hpp>
#include <authgrammar/writer.hpp>

#include <cstddef>
#include <string_view>

// The challenges that a guard sends: written to the exchange's memory, each of them once.

namespace authgrammar::conversation::detail {

/// What the Bearer challenge says of the token that was sent.
struct bearer_refusal {
    schemes::bearer_error error = schemes::bearer_error::none;
    token_verdict verdict{};
};

/// Where values are written to.
struct value_memory {
    char* data;
    std::size_t capacity;
};

/// Writes the Bearer challenge of `s`. A scope, or anything else of the host's that cannot be written, is left out.
[[nodiscard]] write_result write_bearer(const guard_settings& s, const bearer_refusal& why, value_memory to) noexcept;

/// Whether all challenges of `s` can be written, and how much room they take leaves the rest of an exchange's memory free.
[[nodiscard]] bool challenges_fit(const guard_settings& s) noexcept;

/// Bytes of an exchange for the values of its fields, and those that guard's challenges may take of them.
inline constexpr std::size_t exchange_memory = 8192;
inline constexpr std::size_t longest_challenges = 6144;

}  // namespace authgrammar::conversation::detail

#endif
