#ifndef AUTHGRAMMAR_AUDIT_CONVERSATION_MEMORY_LIMITS_HPP
#define AUTHGRAMMAR_AUDIT_CONVERSATION_MEMORY_LIMITS_HPP

#include <cstddef>

// How much a conversation remembers, so that its memory is bounded by 20 MiB and the last request, however long it goes on.
// What is over is forgotten, the oldest first. All that is lost is that something was seen before: where a finding says that
// something was *not* seen, it is not made once that may have been forgotten.

namespace authgrammar::audit::limits {

inline constexpr std::size_t servers = 4096;           ///< and what was last said by each of them
inline constexpr std::size_t schemes_of_server = 16;   ///< schemes that a server has asked for
inline constexpr std::size_t realms_of_server = 32;    ///< further ones are not reported
inline constexpr std::size_t realms_of_response = 16;  ///< of Digest, in the last response of a server
inline constexpr std::size_t challenges = 16384;       ///< by server, scheme and realm
inline constexpr std::size_t refused = 8192;           ///< credentials, by server and target
inline constexpr std::size_t accepted = 8192;          ///< targets for which credentials were accepted, by server
inline constexpr std::size_t roots = 4096;             ///< whose scheme a target, a redirect or the caller named
inline constexpr std::size_t redirects = 1024;         ///< servers to which credentials may have been carried
inline constexpr std::size_t extensions = 2048;  ///< pairs of servers of which one names the other in Digest's domain
inline constexpr std::size_t hosts = 2048;       ///< values of Host that need not be read again

inline constexpr std::size_t nonces = 8192;            ///< of Digest, by server
inline constexpr std::size_t challenges_of_nonce = 8;  ///< one for each algorithm, and a few more
inline constexpr std::size_t words_of_qop = 8;         ///< of a challenge
inline constexpr std::size_t nonce_counts = 16384;     ///< pairs of nonce and nc, by server
inline constexpr std::size_t accounts = 8192;          ///< pairs of user and realm in Digest, by server

}  // namespace authgrammar::audit::limits

#endif
