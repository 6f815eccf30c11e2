#ifndef AUTHGRAMMAR_TESTS_SCHEMES_DIGEST_SUPPORT_HPP
#define AUTHGRAMMAR_TESTS_SCHEMES_DIGEST_SUPPORT_HPP

#include <authgrammar/schemes/digest.hpp>

#include "support.hpp"

namespace authgrammar::schemes::test {

inline result<digest_challenge, scheme_error> read_challenge(const field_value& value, tolerances allowed = {},
                                                             field f = field::www_authenticate) {
    parsed p;
    return p.challenge_by(value, [&](const challenge& c) { return read_digest_challenge(c, allowed, f); });
}
inline result<digest_credentials, scheme_error> read_credentials(const field_value& value, tolerances allowed = {}) {
    parsed p;
    return p.credentials_by(value, [&](const credentials& c) { return read_digest_credentials(c, allowed); });
}
inline result<digest_info, scheme_error> read_info(const field_value& value, tolerances allowed = {}) {
    parsed p;
    return p.info_by(value, [&](const auth_params& i) { return read_digest_info(i, allowed); });
}

/// What `r` holds; fails if it is an error.
template <typename T>
T value_of(const result<T, scheme_error>& r) {
    if (!r) ADD_FAILURE() << r.error().code << " at " << r.error().offset << ' ' << r.error().param;
    return r ? *r : T{};
}

inline std::string write(const digest_challenge& c, field f = field::www_authenticate) {
    return written([&](char* b, std::size_t n) { return write_digest_challenge(f, c, b, n); });
}
inline std::string write(const digest_credentials& c) {
    return written([&](char* b, std::size_t n) { return write_digest_credentials(field::authorization, c, b, n); });
}
inline std::string write(const digest_info& i) {
    return written([&](char* b, std::size_t n) { return write_digest_info(field::authentication_info, i, b, n); });
}

}  // namespace authgrammar::schemes::test

#endif
