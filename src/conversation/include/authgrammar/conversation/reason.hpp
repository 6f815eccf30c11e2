#ifndef AUTHGRAMMAR_CONVERSATION_REASON_HPP
#define AUTHGRAMMAR_CONVERSATION_REASON_HPP

#include <authgrammar/conversation/export.hpp>
#include <authgrammar/schemes/error.hpp>
#include <authgrammar/verify/error.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace authgrammar::conversation {

/// Why a request is refused. The numbers are stable: they are never changed or used again.
enum class reason_code : std::uint8_t {
    none = 0,
    no_credentials = 1,
    several_lines = 2,  ///< more than one field line of credentials: nobody knows which one counts
    malformed = 3,      ///< the value is not in the grammar of credentials
    scheme_not_offered = 4,
    wrong_credentials = 5,  ///< log_reason::verify says more, if the library judged them
    stale = 6,              ///< right, with a nonce that is too old, of the future, or was used before
    token_invalid = 7,
    insufficient_scope = 8,
    step_up = 9,          ///< the user has to authenticate again (RFC 9470)
    not_permitted = 10,   ///< the host said forbid()
    unsecured = 11,       ///< the request was not secured
    by_resource = 12,     ///< the resource is absent or has moved
    contradiction = 13,   ///< what the request says of the resource cannot be true together: see policy::facts
    guard_unusable = 14,  ///< guard::why_not() says why
    not_answered = 15,    ///< the host cannot answer what it was asked
    not_asked = 16,       ///< the host answered what it was not asked
    not_computable = 17,  ///< OpenSSL cannot compute it, or an answer does not fit
    other_uri = 18,       ///< Digest's uri is not the request-target (RFC 7616, 3.4.6): perhaps an attack
    next_round = 19       ///< nothing is wrong: the handshake goes on with the client's next request
};

/// The stable name of `code`, such as "no_credentials": a view of static storage. Constant time; explain() too.
[[nodiscard]] AUTHGRAMMAR_CONVERSATION_EXPORT std::string_view name_of(reason_code code) noexcept;

/// What `code` means, in a sentence: a view of static storage.
[[nodiscard]] AUTHGRAMMAR_CONVERSATION_EXPORT std::string_view explain(reason_code code) noexcept;

/// Why a request is refused, for a log. All views are of static storage: nothing of the request, and no secret, is in it.
struct log_reason {
    reason_code code = reason_code::none;
    verify::verify_code verify = verify::verify_code::none;                ///< of Basic and Digest
    schemes::scheme_error_code scheme = schemes::scheme_error_code::none;  ///< of a value that could not be read
    std::size_t offset = 0;       ///< in bytes from the start of the value; of what is at fault
    std::string_view section{};   ///< where it is required, such as "RFC 7616, 3.4.6"
    std::string_view expected{};  ///< what is expected there, in words
};

}  // namespace authgrammar::conversation

#endif
