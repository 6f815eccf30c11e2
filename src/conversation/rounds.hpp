#ifndef AUTHGRAMMAR_CONVERSATION_ROUNDS_HPP
#define AUTHGRAMMAR_CONVERSATION_ROUNDS_HPP

#include <authgrammar/challenge.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/result.hpp>
#include <authgrammar/schemes/error.hpp>
#include <authgrammar/schemes/scheme.hpp>
#include <authgrammar/text.hpp>
#include <authgrammar/writer.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

// Schemes of several rounds, by the table of schemes: Negotiate, NTLM and SCRAM. What their tokens mean is the host's.

namespace authgrammar::conversation::detail {

/// A scheme of rounds, and where its tokens are.
struct round_scheme {
    const schemes::scheme_description* scheme = nullptr;
    bool by_params = false;  ///< in `data`, with `sid` for the handshake (RFC 7804, 5); else the token68

    [[nodiscard]] bool of_connection() const noexcept { return scheme->state == schemes::state_rule::connection; }
};

/// The scheme of that name, or nothing if the table has none, or one of another kind. Linear in the table.
[[nodiscard]] std::optional<round_scheme> find_round_scheme(std::string_view name) noexcept;

/// A token, in base64 as it is sent, and the handshake that it belongs to, if the scheme names it.
struct round_message {
    text token{};
    text session{};
};

/// Reads credentials. The message is a view of them.
[[nodiscard]] result<round_message, schemes::scheme_error> read_round(const round_scheme& s,
                                                                      const credentials& read) noexcept;

/// What is written of a round. Whatever is empty is left out, and so is what the scheme has no place for.
struct round_to_write {
    std::string_view realm{};
    std::string_view session{};
    std::string_view token{};
};

/// Writes a challenge or credentials, by the kind of `f`.
[[nodiscard]] write_result write_round(field f, const round_scheme& s, const round_to_write& r, char* buffer,
                                       std::size_t capacity) noexcept;

/// The field with the last token of a server, which goes with the answer to the request: for a scheme `by_params`
/// Authentication-Info (RFC 7804, 5), else WWW-Authenticate (RFC 4559, 5); or their companions of a proxy.
[[nodiscard]] constexpr field final_round_field(const round_scheme& s, bool at_proxy) noexcept {
    if (s.by_params) return at_proxy ? field::proxy_authentication_info : field::authentication_info;
    return at_proxy ? field::proxy_authenticate : field::www_authenticate;
}

/// Writes its value.
[[nodiscard]] write_result write_final_round(field f, const round_scheme& s, const round_to_write& r, char* buffer,
                                             std::size_t capacity) noexcept;

}  // namespace authgrammar::conversation::detail

#endif
