#ifndef AUTHGRAMMAR_VERIFY_BASIC_SERVER_HPP
#define AUTHGRAMMAR_VERIFY_BASIC_SERVER_HPP

#include <authgrammar/schemes/basic.hpp>
#include <authgrammar/verify/error.hpp>
#include <authgrammar/verify/export.hpp>
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

/// The longest value of Authorization that verify_basic() reads, in bytes.
inline constexpr std::size_t longest_basic = 4096;

/// Judges the value of Authorization or Proxy-Authorization, one field line. An error of code `none`: the request is let in.
/// Errors: unreadable, too_long (which also means any value over longest_basic), username_unfit, password_unfit,
/// wrong_credentials. For a request without the field do not call this, but answer 401 with a challenge. The decoded user-id
/// and password are wiped before it returns. Linear; no allocation.
[[nodiscard]] AUTHGRAMMAR_VERIFY_EXPORT verify_error verify_basic(std::string_view value, const basic_rules& rules,
                                                                  password_judge judge) noexcept;

}  // namespace authgrammar::verify

#endif
