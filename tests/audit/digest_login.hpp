#ifndef AUTHGRAMMAR_TESTS_AUDIT_DIGEST_LOGIN_HPP
#define AUTHGRAMMAR_TESTS_AUDIT_DIGEST_LOGIN_HPP

#include "explained.hpp"

#include <authgrammar/verify/hash.hpp>

#include <optional>
#include <string>
#include <utility>

// Responses of Digest, computed from what a test says.

namespace authgrammar::audit::testing {

using schemes::digest_algorithm;
using schemes::digest_qop;

/// What a response is computed from. The members with the same names are sent, unless a test says otherwise.
struct login {
    std::string user = "u";
    std::string realm = "r";
    std::string password = "p";
    std::string nonce = "n";
    std::string nc = "00000001";
    std::string cnonce = "c";
    std::string method = "GET";
    std::string uri = "/a?b";
    std::string body{};
    digest_algorithm algorithm = digest_algorithm::md5;
    digest_qop qop = digest_qop::auth;
    std::optional<std::string> session_cnonce{};
};

inline std::string response_of(const login& l) {
    verify::hasher hashes;
    verify::hex_hash a1 = hashes.a1(l.algorithm, l.user, l.realm, l.password);
    if (is_session(l.algorithm)) {
        const std::string cnonce = l.session_cnonce.value_or(l.cnonce);
        a1 = hashes.session_a1(l.algorithm, a1.view(), text(l.nonce), text(cnonce));
    }
    verify::body_hash body(hashes, l.algorithm);
    body.feed(l.body);
    const verify::hex_hash body_hash = body.finish();
    const verify::response_input input{
        l.algorithm,   l.qop,       a1.view(),
        text(l.nonce), l.nc,        text(l.cnonce),
        l.method,      text(l.uri), l.qop == digest_qop::auth_int ? body_hash.view() : std::string_view()};
    return std::string(hashes.response(input).view());
}

/// What is sent besides the response, each as it stands in the credentials; nothing for those that are not.
struct sent_members {
    std::string user = "username=\"u\"";
    std::string realm = "realm=\"r\"";
    std::string nonce = "nonce=\"n\"";
    std::string uri = "uri=\"/a?b\"";
    std::string rest = "qop=auth, nc=00000001, cnonce=\"c\"";
    std::string more{};
};

inline std::string credentials(const sent_members& m, const std::string& response) {
    std::string out = "Digest ";
    for (const std::string& one : {m.user, m.realm, m.nonce, m.uri, m.rest, m.more})
        out += one.empty() ? "" : one + ", ";
    return out + "response=\"" + response + "\"";
}

inline const std::string asked = "Digest realm=\"r\", nonce=\"n\", qop=\"auth, auth-int\"";

inline std::string request(const std::string& credentials, const std::string& target = "/a?b",
                           const std::string& method = "GET") {
    return method + " " + target + " HTTP/1.1\r\nHost: a.example\r\n" + with(credentials) + "\r\n";
}

/// What is said of a response that was computed from `l`, without the place, which is the response.
inline std::string said_of(const login& l, const sent_members& m = {}, const std::string& value = asked,
                           const std::string& target = "/a?b", const known_login& known = login_of(nullptr, "p"),
                           const std::string& method = "GET") {
    const std::string response = response_of(l);
    std::string said =
        last_explained(challenge(value) + request(credentials(m, response), target, method) + challenge(value), known);
    for (std::size_t at = said.find(response); at != std::string::npos; at = said.find(response)) {
        said.replace(at, response.size(), "response");
    }
    return said;
}

/// The usual login but for one member.
template <typename Member, typename Value>
login with(Member login::*member, Value&& value) {
    login l;
    l.*member = std::forward<Value>(value);
    return l;
}

}  // namespace authgrammar::audit::testing

#endif
