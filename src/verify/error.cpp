#include "errors.hpp"

#include <authgrammar/verify/error.hpp>

namespace authgrammar::verify {

namespace {

struct description {
    verify_code code;
    std::string_view name;
    std::string_view explanation;
    std::string_view param;
    std::string_view requirement;
    std::string_view section;
    std::string_view expected;
};

constexpr description descriptions[] = {
    {verify_code::none, "none", "There is no error.", {}, {}, {}, {}},
    {verify_code::unreadable, "unreadable", "The value is not one of its scheme.", {}, {}, {}, {}},
    {verify_code::wrong_credentials,
     "wrong_credentials",
     "There is no such user, the password is another one, or the response is for another request: which is not said.",
     {},
     {},
     "RFC 9110, 11.6.2",
     "a user and the password"},
    {verify_code::other_realm,
     "other_realm",
     "The realm is not the one of the challenge.",
     "realm",
     {},
     "RFC 7616, 3.4",
     "the realm of the challenge"},
    {verify_code::algorithm_not_offered, "algorithm_not_offered", "The algorithm is not one that was offered.",
     "algorithm", "R7616-3.4-algorithm-echoed", "RFC 7616, 3.4", "the algorithm of a challenge"},
    {verify_code::qop_not_offered, "qop_not_offered", "The quality of protection is not one that was offered.", "qop",
     "R7616-3.4-qop-offered", "RFC 7616, 3.4", "a quality of protection that was offered"},
    {verify_code::other_opaque, "other_opaque", "The opaque is not the one of the challenge.", "opaque",
     "R7616-3.4-algorithm-echoed", "RFC 7616, 3.4", "the opaque of the challenge"},
    {verify_code::other_uri, "other_uri", "The uri is not the request-target.", "uri", "R7616-3.4.6-uri",
     "RFC 7616, 3.4.6", "the request-target"},
    {verify_code::nonce_malformed, "nonce_malformed", "The nonce does not have the form of this server's nonces.",
     "nonce", "R7616-3.3-nonce-bound", "RFC 7616, 3.3", "a nonce of this server"},
    {verify_code::nonce_foreign, "nonce_foreign",
     "The nonce was made with another key, or for another realm or client.", "nonce", "R7616-3.3-nonce-bound",
     "RFC 7616, 3.3", "a nonce of this server, for this realm and client"},
    {verify_code::nonce_from_the_future, "nonce_from_the_future",
     "The password is right, but the nonce was made after now: the clock was set back, or that of another server is "
     "ahead.",
     "nonce", "R7616-3.3-stale-nonce", "RFC 7616, 3.3", "a nonce that was made before now"},
    {verify_code::nonce_expired, "nonce_expired", "The password is right, but the nonce is too old.", "nonce",
     "R7616-3.3-stale-nonce", "RFC 7616, 3.3", "a newer nonce"},
    {verify_code::replayed, "replayed", "The password is right, but the nonce was used with this nc before.", "nc",
     "R7616-3.4-nc-replay", "RFC 7616, 3.4", "an nc that was not used before"},
    {verify_code::replay_unknown, "replay_unknown",
     "The password is right, but the nc is so far below the highest one, or the nonce so old, that nobody knows "
     "whether they were used before.",
     "nc", "R7616-3.4-nc-replay", "RFC 7616, 3.4", "an nc close to the highest one seen"},
    {verify_code::replay_store_full,
     "replay_store_full",
     "The password is right, but there is no room to remember the nonce.",
     "nonce",
     {},
     "RFC 7616, 3.4",
     "a replay store with room for the nonce"},
    {verify_code::body_hash_missing,
     "body_hash_missing",
     "The qop is auth-int, and nobody has given the hash of the body.",
     "qop",
     {},
     "RFC 7616, 3.4.3",
     "the hash of the body, given by the caller"},
    {verify_code::username_unfit, "username_unfit",
     "The username is empty, is not in UTF-8, or has a character that usernames may not have.", "username",
     "R7617-2.1-precis", "RFC 8265, 3.4", "a username in Unicode"},
    {verify_code::password_unfit,
     "password_unfit",
     "The password is empty, is not in UTF-8, or has a character that passwords may not have.",
     {},
     "R7617-2.1-precis",
     "RFC 8265, 4.2",
     "a password in Unicode"},
    {verify_code::too_long,
     "too_long",
     "The username, the password or the whole value is longer than this library takes.",
     {},
     {},
     {},
     "a shorter username or password"},
    {verify_code::not_computable,
     "not_computable",
     "OpenSSL, as it is configured, does not offer the algorithm.",
     "algorithm",
     {},
     {},
     "an algorithm that OpenSSL offers"},
    {verify_code::a1_unfit,
     "a1_unfit",
     "The client's H(A1) is not a hash of the challenge's algorithm.",
     {},
     {},
     "RFC 7616, 3.4.2",
     "H(A1) of the challenge's algorithm"},
};

[[nodiscard]] const description& of(verify_code code) noexcept {
    for (const description& d : descriptions) {
        if (d.code == code) return d;
    }
    return descriptions[0];
}

}  // namespace

std::string_view name_of(verify_code code) noexcept { return of(code).name; }
std::string_view explain(verify_code code) noexcept { return of(code).explanation; }

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
