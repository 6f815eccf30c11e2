#include "errors.hpp"

#include <authgrammar/verify/error.hpp>

namespace authgrammar::verify {

namespace {

struct description {
    verify_code code;
    std::string_view name;
    std::string_view param;
    std::string_view requirement;
    std::string_view section;
    std::string_view expected;
};

constexpr description descriptions[] = {
    {verify_code::none, "none", {}, {}, {}, {}},
    {verify_code::unreadable, "unreadable", {}, {}, {}, {}},
    {verify_code::wrong_credentials, "wrong_credentials", {}, {}, "RFC 9110, 11.6.2", "a user and the password"},
    {verify_code::other_realm, "other_realm", "realm", {}, "RFC 7616, 3.4", "the realm of the challenge"},
    {verify_code::algorithm_not_offered, "algorithm_not_offered", "algorithm", "R7616-3.4-algorithm-echoed",
     "RFC 7616, 3.4", "the algorithm of a challenge"},
    {verify_code::qop_not_offered, "qop_not_offered", "qop", "R7616-3.4-qop-offered", "RFC 7616, 3.4",
     "a quality of protection that was offered"},
    {verify_code::other_opaque, "other_opaque", "opaque", "R7616-3.4-algorithm-echoed", "RFC 7616, 3.4",
     "the opaque of the challenge"},
    {verify_code::other_uri, "other_uri", "uri", "R7616-3.4.6-uri", "RFC 7616, 3.4.6", "the request-target"},
    {verify_code::nonce_malformed, "nonce_malformed", "nonce", "R7616-3.3-nonce-bound", "RFC 7616, 3.3",
     "a nonce of this server"},
    {verify_code::nonce_foreign, "nonce_foreign", "nonce", "R7616-3.3-nonce-bound", "RFC 7616, 3.3",
     "a nonce of this server, for this realm and client"},
    {verify_code::nonce_from_the_future, "nonce_from_the_future", "nonce", "R7616-3.3-nonce-bound", "RFC 7616, 3.3",
     "a nonce that was made before now"},
    {verify_code::nonce_expired, "nonce_expired", "nonce", "R7616-3.3-stale-nonce", "RFC 7616, 3.3", "a newer nonce"},
    {verify_code::replayed, "replayed", "nc", "R7616-3.4-nc-replay", "RFC 7616, 3.4", "an nc that was not used before"},
    {verify_code::replay_unknown, "replay_unknown", "nc", "R7616-3.4-nc-replay", "RFC 7616, 3.4",
     "an nc close to the highest one seen"},
    {verify_code::replay_store_full,
     "replay_store_full",
     "nonce",
     {},
     "RFC 7616, 3.4",
     "a replay store with room for the nonce"},
    {verify_code::body_hash_missing,
     "body_hash_missing",
     "qop",
     {},
     "RFC 7616, 3.4.3",
     "the hash of the body, given by the caller"},
    {verify_code::username_unfit, "username_unfit", "username", "R7617-2.1-precis", "RFC 8265, 3.4",
     "a username in Unicode"},
    {verify_code::password_unfit, "password_unfit", {}, "R7617-2.1-precis", "RFC 8265, 4.2", "a password in Unicode"},
    {verify_code::too_long, "too_long", {}, {}, {}, "a shorter username or password"},
    {verify_code::not_computable, "not_computable", "algorithm", {}, {}, "an algorithm that OpenSSL offers"},
    {verify_code::a1_unfit, "a1_unfit", {}, {}, "RFC 7616, 3.4.2", "H(A1) of the challenge's algorithm"},
};

[[nodiscard]] const description& of(verify_code code) noexcept {
    for (const description& d : descriptions) {
        if (d.code == code) return d;
    }
    return descriptions[0];
}

}  // namespace

std::string_view name_of(verify_code code) noexcept { return of(code).name; }

verify_error make_error(verify_code code, std::size_t offset) noexcept {
    const description& d = of(code);
    verify_error e;
    e.code = code;
    e.offset = offset;
    e.param = d.param;
    e.requirement = d.requirement;
    e.section = d.section;
    e.expected = d.expected;
    return e;
}

verify_error make_error(verify_code unfit, const precis_result& why, std::size_t offset) noexcept {
    const bool too_long = why.code == precis_code::too_long || why.code == precis_code::buffer_full;
    verify_error e = make_error(too_long ? verify_code::too_long : unfit, offset);
    e.precis = why.code;
    if (!why.section.empty()) e.section = why.section;
    e.expected = why.expected;
    return e;
}

verify_error make_error(const schemes::scheme_error& scheme) noexcept {
    verify_error e;
    e.code = verify_code::unreadable;
    e.scheme = scheme;
    e.offset = scheme.offset;
    e.param = scheme.param;
    e.requirement = scheme.requirement;
    e.section = scheme.section;
    e.expected = scheme.expected;
    return e;
}

unsigned verify_error::status() const noexcept {
    switch (code) {
        case verify_code::other_uri: return 400;
        case verify_code::body_hash_missing:
        case verify_code::not_computable:
        case verify_code::a1_unfit: return 500;
        default: return 401;
    }
}

}  // namespace authgrammar::verify
