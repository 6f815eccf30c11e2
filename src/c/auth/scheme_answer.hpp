#ifndef AUTHGRAMMAR_C_AUTH_SCHEME_ANSWER_HPP
#define AUTHGRAMMAR_C_AUTH_SCHEME_ANSWER_HPP

#include <authgrammar_schemes.h>

#include <authgrammar/result.hpp>
#include <authgrammar/schemes/digest.hpp>
#include <authgrammar/schemes/error.hpp>
#include <authgrammar/schemes/tolerance.hpp>

#include "convert.hpp"

#include <optional>

namespace authgrammar::c {

// ---- Tolerances ----

/// The set of the bits; nothing if one of them is no tolerance.
[[nodiscard]] std::optional<schemes::tolerances> to_cpp(authgrammar_tolerances bits) noexcept;
[[nodiscard]] authgrammar_tolerances to_c(schemes::tolerances set) noexcept;

// ---- Words that may be absent ----

[[nodiscard]] inline authgrammar_word to_c(const std::optional<text>& t) noexcept {
    return t ? to_c(*t) : authgrammar_word{};
}
[[nodiscard]] inline std::optional<text> optional_text(const authgrammar_word& w) noexcept {
    if (w.raw.data == nullptr) return std::nullopt;
    return text_of(w);
}
template <typename... Words>
[[nodiscard]] bool are_words(const Words&... words) noexcept {
    return (is_word(&words) && ...);
}

// ---- Enumerations of Digest ----

[[nodiscard]] inline bool is_algorithm(authgrammar_digest_algorithm a) noexcept {
    return a >= AUTHGRAMMAR_DIGEST_MD5 && a <= AUTHGRAMMAR_DIGEST_SHA_512_256_SESS;
}
[[nodiscard]] inline bool is_qop(authgrammar_digest_qop q) noexcept {
    return q >= AUTHGRAMMAR_QOP_NONE && q <= AUTHGRAMMAR_QOP_AUTH_INT;
}
[[nodiscard]] constexpr unsigned qop_bit(authgrammar_digest_qop q) noexcept { return 1u << static_cast<unsigned>(q); }
/// The set of the bits; nothing if one of them is no quality of protection.
[[nodiscard]] std::optional<schemes::digest_qops> to_qops(unsigned bits) noexcept;
[[nodiscard]] unsigned to_c(schemes::digest_qops set) noexcept;

// ---- Answers ----

/// Fills in `out`, unless it is null, and returns the code.
authgrammar_scheme_code answer(const schemes::scheme_error& e, authgrammar_scheme_error* out) noexcept;
authgrammar_scheme_code refuse_argument(authgrammar_scheme_error* out) noexcept;

/// What `read(tolerances)` makes of `from`, stored in `to` by `store(value)`: how all readers are called. `valid` says
/// whether the other arguments are.
template <typename C, typename Read, typename Store>
authgrammar_scheme_code read_with(bool valid, authgrammar_tolerances allowed, C* to, authgrammar_scheme_error* error,
                                  Read read, Store store) noexcept {
    if (to != nullptr) *to = {};
    const std::optional<schemes::tolerances> tolerances = to_cpp(allowed);
    if (!valid || to == nullptr || !tolerances) return refuse_argument(error);
    const auto result = read(*tolerances);
    if (!result) return answer(result.error(), error);
    store(*result, *to);
    return answer(schemes::scheme_error{}, error);
}

/// Whether there is a challenge, or credentials, to read.
[[nodiscard]] inline bool is_challenge(const authgrammar_challenge* c) noexcept {
    return c != nullptr && c->scheme.raw.data != nullptr;
}

}  // namespace authgrammar::c

#endif
