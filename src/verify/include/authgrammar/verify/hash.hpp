#ifndef AUTHGRAMMAR_VERIFY_HASH_HPP
#define AUTHGRAMMAR_VERIFY_HASH_HPP

#include <authgrammar/schemes/digest.hpp>
#include <authgrammar/text.hpp>
#include <authgrammar/verify/export.hpp>

#include <cstddef>
#include <string_view>

// The hashes of Digest (RFC 7616, 3.4.1 to 3.4.4 and 3.5), all over unescaped octets.

namespace authgrammar::verify {

using schemes::digest_algorithm;
using schemes::digest_qop;

/// A hash in lower-case hexadecimal, 32 or 64 digits (RFC 7616, 3.2), or empty if it could not be computed: OpenSSL does
/// not offer the algorithm, as MD5 in FIPS mode. An empty one equals nothing. Wiped at the end of its life, because H(A1)
/// is as good as the password; a copy is another one to wipe.
class AUTHGRAMMAR_VERIFY_EXPORT hex_hash {
public:
    hex_hash() noexcept = default;
    hex_hash(const hex_hash& other) noexcept;
    hex_hash& operator=(const hex_hash& other) noexcept;
    ~hex_hash();

    /// The digits. Valid as long as this object, until it is assigned to.
    [[nodiscard]] std::string_view view() const noexcept { return {digits_, size_}; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

    /// A copy of digits that were computed elsewhere, 32 or 64 of them; empty for any other number.
    void assign(std::string_view digits) noexcept;

    /// Whether it is `other`, digit by digit; the time depends on the lengths alone. Constant time; no allocation.
    [[nodiscard]] bool equals(std::string_view other) const noexcept;

private:
    friend class hasher;
    friend class body_hash;
    void set(const unsigned char* bytes, std::size_t size) noexcept;

    char digits_[64];
    std::size_t size_ = 0;
};

/// What the response of credentials is computed from (RFC 7616, 3.4.1), and the rspauth of a server's answer (3.5).
/// A view: for the length of the call. Texts are unescaped by the call.
struct response_input {
    digest_algorithm algorithm = digest_algorithm::md5;
    digest_qop qop = digest_qop::auth;
    std::string_view a1;      ///< H(A1): that of the session if the algorithm is a session variant
    text nonce;               ///< of the challenge
    std::string_view nc;      ///< as it is on the wire: eight hexadecimal digits; unused without qop
    text cnonce;              ///< unused without qop
    std::string_view method;  ///< of the request; empty for rspauth
    text uri;                 ///< as it is in the credentials
    std::string_view body;    ///< H(entity-body), for auth-int only
};

/// Computes Digest's hashes with the functions of OpenSSL, which are fetched once, when this is made. Holds the contexts
/// that they work in: not for use by several threads at once; make one for each. Of an algorithm with "-sess" the hash
/// function is that of the one without. All functions are linear in their arguments. OpenSSL 3.0 allocates a context of
/// its own for each hash, about a hundred bytes that it wipes; nothing else is allocated.
class AUTHGRAMMAR_VERIFY_EXPORT hasher {
public:
    hasher() noexcept;
    hasher(const hasher&) = delete;
    hasher& operator=(const hasher&) = delete;
    ~hasher();

    /// Whether OpenSSL, as it is configured, offers the algorithm. Constant time.
    [[nodiscard]] bool supports(digest_algorithm a) const noexcept;

    /// The hashed username of `userhash=true`: H(username ":" realm) (3.4.4).
    [[nodiscard]] hex_hash username(digest_algorithm a, std::string_view username, std::string_view realm) noexcept;

    /// H(A1) without a session, H(username ":" realm ":" password) (3.4.2), as files of passwords keep it.
    [[nodiscard]] hex_hash a1(digest_algorithm a, std::string_view username, std::string_view realm,
                              std::string_view password) noexcept;

    /// H(A1) of a session, H(a1 ":" nonce ":" cnonce), of the nonce and cnonce that began it (3.4.2). `a1` is H(A1)
    /// without a session, in hexadecimal (RFC 2617, erratum 1649).
    [[nodiscard]] hex_hash session_a1(digest_algorithm a, std::string_view a1, text nonce, text cnonce) noexcept;

    /// The response, or rspauth if there is no method.
    [[nodiscard]] hex_hash response(const response_input& input) noexcept;

private:
    friend class body_hash;
    class input;

    void* functions_[3] = {};
    void* context_ = nullptr;
};

/// H(entity-body), for qop auth-int (3.4.3): of the body with its content codings and without transfer codings. Fed piece by
/// piece. Not for use by several threads at once. Allocates two contexts of OpenSSL's when it is made.
class AUTHGRAMMAR_VERIFY_EXPORT body_hash {
public:
    /// `functions` must outlive this object. Nothing else is shared with it: both can be used in turns.
    body_hash(const hasher& functions, digest_algorithm a) noexcept;
    body_hash(const body_hash&) = delete;
    body_hash& operator=(const body_hash&) = delete;
    ~body_hash();

    /// The next piece. Linear; no allocation.
    void feed(std::string_view piece) noexcept;

    /// The hash of all that was fed, and the start of the next one: of nothing, it is that of an empty body.
    [[nodiscard]] hex_hash finish() noexcept;

private:
    void start() noexcept;

    void* function_;
    void* context_ = nullptr;
    bool ok_ = false;
};

}  // namespace authgrammar::verify

#endif
