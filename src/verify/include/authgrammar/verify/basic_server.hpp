#ifndef AUTHGRAMMAR_VERIFY_BASIC_SERVER_HPP
#define AUTHGRAMMAR_VERIFY_BASIC_SERVER_HPP

#include <authgrammar/result.hpp>
#include <authgrammar/schemes/basic.hpp>
#include <authgrammar/verify/error.hpp>
#include <authgrammar/verify/export.hpp>
#include <authgrammar/verify/precis.hpp>
#include <authgrammar/verify/secure.hpp>

#include <cstddef>
#include <memory>
#include <string_view>
#include <type_traits>

// The server's side of Basic (RFC 7617): from the value of Authorization to whether the request is let in.

namespace authgrammar::verify {

/// What a Basic server asks of credentials.
struct basic_rules {
    /// With charset=UTF-8: user-id and password are prepared as prepare_username() and prepare_password() do before they are
    /// judged. Otherwise they are octets. Neither may then be empty: the profiles of RFC 8265, which RFC 7617, 2.1 names for
    /// this case, have no string of zero octets (3.1 and 4.1), so that an empty password is password_unfit.
    bool utf8 = false;
    schemes::tolerances allowed{};
};

/// A reference to a function `bool(std::string_view user_id, std::string_view password) noexcept` that judges a password: with a
/// password hash, or equal_secrets(). The views end when it returns. It must outlive the call that it is passed to. What
/// may throw is no password_judge: declare it noexcept.
class password_judge {
public:
    template <typename F, std::enable_if_t<!std::is_same_v<std::decay_t<F>, password_judge> &&
                                               std::is_nothrow_invocable_r_v<bool, std::remove_reference_t<F>&,
                                                                             std::string_view, std::string_view>,
                                           int> = 0>
    password_judge(F&& judge) noexcept  // NOLINT(google-explicit-constructor)
        : judge_(const_cast<void*>(static_cast<const void*>(std::addressof(judge)))),
          call_([](void* f, std::string_view user_id, std::string_view password) noexcept -> bool {
              return (*static_cast<std::remove_reference_t<F>*>(f))(user_id, password);
          }) {}

    bool operator()(std::string_view user_id, std::string_view password) const noexcept {
        return call_(judge_, user_id, password);
    }

private:
    void* judge_;
    bool (*call_)(void*, std::string_view, std::string_view) noexcept;
};

/// The longest value of Authorization that is read as Basic, in bytes.
inline constexpr std::size_t longest_basic = 4096;

namespace detail {

/// Room for a secret. Only what it has become is wiped.
template <std::size_t Capacity>
class measured_secret {
public:
    measured_secret() noexcept {}  // NOLINT(modernize-use-equals-default): the bytes are left as they are
    measured_secret(const measured_secret&) = delete;
    measured_secret& operator=(const measured_secret&) = delete;
    ~measured_secret() { clear(); }

    [[nodiscard]] char* data() noexcept { return bytes_; }
    [[nodiscard]] static constexpr std::size_t capacity() noexcept { return Capacity; }

    /// Call with the capacity before anything is written, and with what was written then.
    void holds(std::size_t size) noexcept { size_ = size; }
    void clear() noexcept {
        if (size_ != 0) wipe(bytes_, size_);
        size_ = 0;
    }

private:
    // Far from a multiple of a page behind the first bytes: a load of the size would have to wait until it is known that it is
    // none of what was just stored there.
    static constexpr std::size_t distance = Capacity % 4096 < 512 ? 512 : 0;

    char bytes_[Capacity + distance];
    std::size_t size_ = 0;
};

}  // namespace detail

/// User-id and password of Basic, in memory of its own that is wiped when it is used again and at its end. About 12 KiB.
class basic_login {
public:
    basic_login() noexcept = default;
    basic_login(const basic_login&) = delete;
    basic_login& operator=(const basic_login&) = delete;

    /// Reads the value of Authorization or Proxy-Authorization, one field line, and prepares both by the rules; nothing of what
    /// it held before remains. The result is a view of this object. Errors: unreadable, too_long (which also means any value over longest_basic), username_unfit,
    /// password_unfit. Linear; no allocation.
    AUTHGRAMMAR_VERIFY_EXPORT result<schemes::basic_credentials, verify_error> read(std::string_view value,
                                                                                    const basic_rules& rules) noexcept;

    /// Wipes both. Linear in their lengths.
    void clear() noexcept {
        decoded_.clear();
        prepared_user_id_.clear();
        prepared_password_.clear();
    }

private:
    [[nodiscard]] result<schemes::basic_credentials, verify_error> prepare(
        const schemes::basic_credentials& read) noexcept;

    detail::measured_secret<longest_basic> decoded_;
    detail::measured_secret<4 * precis_limit> prepared_user_id_;
    detail::measured_secret<4 * precis_limit> prepared_password_;
};

/// Judges the value of Authorization or Proxy-Authorization, one field line: as basic_login::read() reads it. An error of code
/// `none`: the request is let in. Errors: those of read(), and wrong_credentials. For a request without the field do not call
/// this, but answer 401 with a challenge. The decoded user-id and password are wiped before it returns. Linear; no allocation.
[[nodiscard]] AUTHGRAMMAR_VERIFY_EXPORT verify_error verify_basic(std::string_view value, const basic_rules& rules,
                                                                  password_judge judge) noexcept;

}  // namespace authgrammar::verify

#endif
