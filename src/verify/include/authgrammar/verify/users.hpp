#ifndef AUTHGRAMMAR_VERIFY_USERS_HPP
#define AUTHGRAMMAR_VERIFY_USERS_HPP

#include <authgrammar/schemes/digest.hpp>

#include <memory>
#include <string_view>
#include <type_traits>

namespace authgrammar::verify {

/// Whose secret a Digest server needs.
struct user_query {
    std::string_view username;            ///< or, if `hashed`, H(username ":" realm) in hexadecimal (RFC 7616, 3.4.4)
    bool hashed = false;                  ///< search by the hash: see hasher::username()
    std::string_view realm;               ///< of the server
    schemes::digest_algorithm algorithm;  ///< of the credentials; H(A1) is by the one without "-sess"
};

/// The secret of a user: one of `password` and `a1`; if both are empty, there is no such user. Views, which are to live until
/// the server's call returns.
struct user_secret {
    std::string_view username{};  ///< only for a query by hash that is answered with `password`: the name
    std::string_view password{};
    std::string_view a1{};  ///< H(A1) without a session, in lower-case hexadecimal; used if not empty. Of
                            ///< another length than the algorithm has: wrong_credentials
};

/// A reference to a function `bool(const user_query&, user_secret&) noexcept` that finds the secret of a user: false, if there
/// is none. It must outlive the call that it is passed to. What may throw is no user_lookup: declare it noexcept.
class user_lookup {
public:
    template <typename F, std::enable_if_t<!std::is_same_v<std::decay_t<F>, user_lookup> &&
                                               std::is_nothrow_invocable_r_v<bool, std::remove_reference_t<F>&,
                                                                             const user_query&, user_secret&>,
                                           int> = 0>
    user_lookup(F&& find) noexcept  // NOLINT(google-explicit-constructor)
        : find_(const_cast<void*>(static_cast<const void*>(std::addressof(find)))),
          call_([](void* f, const user_query& q, user_secret& s) noexcept -> bool {
              return (*static_cast<std::remove_reference_t<F>*>(f))(q, s);
          }) {}

    bool operator()(const user_query& query, user_secret& secret) const noexcept { return call_(find_, query, secret); }

private:
    void* find_;
    bool (*call_)(void*, const user_query&, user_secret&) noexcept;
};

}  // namespace authgrammar::verify

#endif
