#ifndef AUTHGRAMMAR_AUDIT_WHY_COMPUTE_DIGEST_HASHES_HPP
#define AUTHGRAMMAR_AUDIT_WHY_COMPUTE_DIGEST_HASHES_HPP

#include <authgrammar/schemes/digest.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace authgrammar::audit {

/// What H(A1) is computed from (RFC 7616, 3.4.2), or H(A1) without a session itself. Views, unescaped.
struct a1_formula {
    std::string_view user;
    std::string_view realm;
    std::string_view password;
    std::string_view hash{};  ///< H(A1) in hexadecimal, in place of the three
};

/// What a response is computed from (RFC 7616, 3.4.1). Views, unescaped, for the length of the call.
struct digest_formula {
    schemes::digest_algorithm algorithm = schemes::digest_algorithm::md5;
    schemes::digest_qop qop = schemes::digest_qop::none;
    a1_formula a1;
    std::string_view nonce;
    std::string_view nc;
    std::string_view cnonce;
    std::string_view session_cnonce;  ///< of a session variant: the one that began it
    std::string_view method;
    std::string_view uri;
    std::string_view body_hash;  ///< H(entity-body), of auth-int: hashed_body() of the algorithm
};

/// Computes hashes with the verify library; with none, where authlint is built without it.
class digest_hashes {
public:
    digest_hashes();
    digest_hashes(const digest_hashes&) = delete;
    digest_hashes& operator=(const digest_hashes&) = delete;
    ~digest_hashes();

    [[nodiscard]] bool supports(schemes::digest_algorithm a) const noexcept;

    /// Whether the response of the formula is `response`, upper-case digits included. False if it cannot be computed.
    /// Linear.
    [[nodiscard]] bool gives(const digest_formula& f, std::string_view response);

    /// The hashed username (RFC 7616, 3.4.4) in lower case; empty if it cannot be computed.
    [[nodiscard]] std::string hashed_user(schemes::digest_algorithm a, std::string_view user, std::string_view realm);

    /// H(entity-body) (RFC 7616, 3.4.3); empty if it cannot be computed. Linear.
    [[nodiscard]] std::string hashed_body(schemes::digest_algorithm a, std::string_view body);

private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace authgrammar::audit

#endif
