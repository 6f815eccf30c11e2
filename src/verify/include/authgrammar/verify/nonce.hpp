#ifndef AUTHGRAMMAR_VERIFY_NONCE_HPP
#define AUTHGRAMMAR_VERIFY_NONCE_HPP

#include <authgrammar/text.hpp>
#include <authgrammar/verify/export.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

// The nonces of a Digest server that keeps no state (RFC 7616, 3.3 and 5.4). A nonce says when it was made, and carries a tag
// under the server's key of that and of what it is bound to.

namespace authgrammar::verify {

/// When a nonce is made and checked, by the clock of the wall.
using time_point = std::chrono::system_clock::time_point;

/// The key of a server's nonces: a secret of 128 bits, for this alone.
struct nonce_key {
    std::array<unsigned char, 16> bytes{};

    /// A random one, or nothing if OpenSSL has no randomness.
    [[nodiscard]] AUTHGRAMMAR_VERIFY_EXPORT static std::optional<nonce_key> generate() noexcept;

    /// One that several servers have in a file: nothing unless it is 16 octets, not all of them 0. Constant time.
    [[nodiscard]] AUTHGRAMMAR_VERIFY_EXPORT static std::optional<nonce_key> from(std::string_view octets) noexcept;

    /// Whether all octets are 0: a key that nobody has set. Constant time.
    [[nodiscard]] bool is_zero() const noexcept { return bytes == decltype(bytes){}; }
};

/// How long nonces are valid. A nonce that says it was made more than `skew` after now is refused; set it to the most by
/// which the clocks of servers with one key differ. A negative one is 0.
struct nonce_times {
    std::chrono::milliseconds lifetime = std::chrono::minutes(5);
    std::chrono::milliseconds skew{0};
};

/// What a nonce is bound to: it is valid only with the same again. Not secret; any octets.
struct nonce_binding {
    std::string_view realm{};
    std::string_view client{};  ///< such as the address of the client, if it is to keep it
    std::string_view other{};   ///< such as the proxy's name, or the ETag of the resource
};

/// Tells nonces apart: two that were made by servers with one key are equal in this if they are one.
struct nonce_identity {
    std::uint64_t made = 0;    ///< milliseconds since 1970
    std::uint64_t random = 0;  ///< 64 random bits
};

/// What a nonce is worth.
enum class nonce_verdict : std::uint8_t {
    valid,
    malformed,        ///< not of the form of our nonces
    foreign,          ///< not made with this key for this binding: of another realm or client, or made up
    expired,          ///< ours, and too old: answer with stale=true if the response is right
    from_the_future,  ///< ours, and made after now, as the clock was set back or another server's is ahead: the same
    unchecked         ///< OpenSSL could not compute the tag
};

/// The stable name of `v`, such as "expired": a view of static storage. Constant time, no allocation.
[[nodiscard]] AUTHGRAMMAR_VERIFY_EXPORT std::string_view name_of(nonce_verdict v) noexcept;

/// What came of checking a nonce, and which nonce it is.
struct nonce_check {
    nonce_verdict verdict = nonce_verdict::unchecked;
    nonce_identity identity{};  ///< unless malformed or foreign
};

/// Makes nonces and checks them. The tag is the SipHash-2-4 of 128 bits, a keyed function that costs a fraction of a hash.
/// Holds a context of OpenSSL's: not for use by several threads at once; make one for each, with one key. The key is
/// wiped at the end.
class AUTHGRAMMAR_VERIFY_EXPORT nonce_maker {
public:
    /// The characters of a nonce, which are those of base64.
    static constexpr std::size_t size = 40;

    /// `previous` is the key before `key`, if nonces made with it are to stay valid: change keys at most once a lifetime.
    explicit nonce_maker(const nonce_key& key, nonce_times times = {},
                         const std::optional<nonce_key>& previous = std::nullopt) noexcept;
    nonce_maker(const nonce_maker&) = delete;
    nonce_maker& operator=(const nonce_maker&) = delete;
    ~nonce_maker();

    /// Whether OpenSSL, as it is configured, has what it takes: if not, nothing is made, and all is `unchecked`.
    [[nodiscard]] bool usable() const noexcept { return context_ != nullptr; }

    /// Writes a nonce of `size` characters to `buffer`. False, with nothing written, if OpenSSL has no randomness or is not
    /// usable(), or `now` is before 1970 or after the year 10000. Linear in the binding; no allocation.
    [[nodiscard]] bool make(const nonce_binding& binding, time_point now, char* buffer) noexcept;

    /// Judges a nonce. Linear in the binding; no allocation. The tag is compared in constant time.
    [[nodiscard]] nonce_check check(const text& nonce, const nonce_binding& binding, time_point now) noexcept;

    [[nodiscard]] const nonce_times& times() const noexcept { return times_; }

private:
    struct parts;
    [[nodiscard]] bool tag(const nonce_key& key, const unsigned char* head, const nonce_binding& binding,
                           unsigned char* made) noexcept;

    nonce_key key_;
    std::optional<nonce_key> previous_;
    nonce_times times_;
    void* context_ = nullptr;
};

}  // namespace authgrammar::verify

#endif
