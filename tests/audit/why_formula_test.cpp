// Responses of Digest that were computed from something else than RFC 7616, 3.4.1 says: what is named for each.

#include "digest_login.hpp"

namespace authgrammar::audit {
namespace {

using namespace testing;

TEST(why_formula, other_algorithms) {
    EXPECT_EQ(said_of(with(&login::algorithm, digest_algorithm::md5_sess)),
              "certain other-session [response]: the response was computed with a session, and algorithm does not say "
              "so => a response computed with MD5\n");
    sent_members m;
    m.more = "algorithm=MD5-sess";
    const std::string session = asked + ", algorithm=MD5-sess";
    EXPECT_EQ(said_of(with(&login::algorithm, digest_algorithm::md5_sess), m, session),
              "likely refused-by-server [response]: the response matches the login given\n");
    EXPECT_EQ(said_of({}, m, session),
              "certain other-session [response]: the response was computed without the session => a response computed "
              "with MD5-sess\n");
    login l = with(&login::algorithm, digest_algorithm::md5_sess);
    l.session_cnonce = "";
    EXPECT_EQ(said_of(l, m, session), "certain other-session [response]: the session was begun without a cnonce\n");
    l.session_cnonce = "first";
    EXPECT_EQ(said_of(l, m, session),
              "certain wrong-password [response]: the response does not match the password given\n");
    m.more = "algorithm=SHA-256";
    EXPECT_EQ(said_of(with(&login::algorithm, digest_algorithm::sha_512_256), m, asked + ", algorithm=SHA-256"),
              "certain wrong-hash [response]: the response was computed with SHA-512-256 => a response computed with "
              "SHA-256\n");
    EXPECT_EQ(said_of(with(&login::algorithm, digest_algorithm::sha_512_256_sess), m, asked + ", algorithm=SHA-256"),
              "certain wrong-hash [response]: the response was computed with SHA-512-256-sess => a response computed "
              "with SHA-256\n");
    EXPECT_EQ(
        said_of(with(&login::algorithm, digest_algorithm::md5), m, asked + ", algorithm=SHA-256"),
        "certain wrong-hash [response]: the response was computed with MD5 => a response computed with SHA-256\n");
    EXPECT_EQ(
        said_of(with(&login::qop, digest_qop::none)),
        "certain wrong-hash [response]: the response was computed without qop, cnonce and nc => a response with qop\n");
    EXPECT_EQ(said_of(with(&login::qop, digest_qop::auth_int)),
              "certain wrong-hash [response]: the response was computed for qop=auth-int => a response for qop=auth\n");
    m.more = "";
    m.rest = "qop=auth-int, nc=00000001, cnonce=\"c\"";
    EXPECT_EQ(said_of(with(&login::qop, digest_qop::auth_int), m),
              "likely refused-by-server [response]: the response matches the login given\n");
    EXPECT_EQ(said_of(with(&login::qop, digest_qop::auth), m),
              "certain wrong-hash [response]: the response was computed for qop=auth => a response for qop=auth-int\n");
    EXPECT_EQ(
        said_of(with(&login::qop, digest_qop::none), m),
        "certain wrong-hash [response]: the response was computed without qop, cnonce and nc => a response with qop\n");
    l = with(&login::algorithm, digest_algorithm::md5_sess);
    l.qop = digest_qop::auth_int;
    EXPECT_EQ(said_of(l, m),
              "certain other-session [response]: the response was computed with a session, and algorithm does not say "
              "so => a response computed with MD5\n");
    l = with(&login::algorithm, digest_algorithm::sha_256);
    l.qop = digest_qop::auth_int;
    EXPECT_EQ(
        said_of(l, m),
        "certain wrong-hash [response]: the response was computed with SHA-256 => a response computed with MD5\n");
    m.rest = "";
    const std::string plain = "Digest realm=\"r\", nonce=\"n\"";
    EXPECT_EQ(said_of(with(&login::qop, digest_qop::auth), m, plain),
              "certain wrong-password [response]: the response does not match the password given\n");
}

// A session goes on with the cnonce of its first request (RFC 7616, 3.4.2).
TEST(why_formula, sessions) {
    const std::string value = asked + ", algorithm=MD5-sess";
    sent_members first;
    first.more = "algorithm=MD5-sess";
    const login begin = with(&login::algorithm, digest_algorithm::md5_sess);
    sent_members second;
    second.rest = "qop=auth, nc=00000002, cnonce=\"d\"";
    second.more = "algorithm=MD5-sess";
    login l = begin;
    l.nc = "00000002";
    l.cnonce = "d";
    const std::string start = challenge(value) + request(credentials(first, response_of(begin))) + answer(200);
    const auto said = [&](const std::optional<std::string>& cnonce) {
        l.session_cnonce = cnonce;
        const std::string all = last_explained(start + request(credentials(second, response_of(l))) + challenge(value),
                                               login_of(nullptr, "p"));
        return all.substr(0, all.find(" ["));
    };
    EXPECT_EQ(said("c"), "likely refused-by-server");
    EXPECT_EQ(said("d"), "likely refused-by-server");
    EXPECT_EQ(said("e"), "certain wrong-password");
    EXPECT_EQ(said(""), "certain other-session");
}

TEST(why_formula, other_targets) {
    EXPECT_EQ(said_of(with(&login::uri, "/a")),
              "certain wrong-hash [response]: the response was computed without the query => a response for "
              "uri=\"/a?<redacted>\"\n");
    EXPECT_EQ(said_of(with(&login::uri, "/")),
              "certain wrong-hash [response]: the response was computed for the path / => a response for "
              "uri=\"/a?<redacted>\"\n");
    EXPECT_EQ(said_of(with(&login::uri, "/b")),
              "certain wrong-password [response]: the response does not match the password given\n");
    sent_members m;
    m.uri = "uri=\"/c\"";
    EXPECT_EQ(said_of(with(&login::uri, "/a?b"), m),
              "certain other-uri [/c] beside [/a?b]: uri is not the request target => uri=\"/a?<redacted>\"\n"
              "certain wrong-hash [response]: the response was computed with the request target, and uri differs from "
              "it => a response for uri=\"/a?<redacted>\"\n");
    EXPECT_EQ(said_of(with(&login::uri, "/c"), m),
              "certain other-uri [/c] beside [/a?b]: uri is not the request target => uri=\"/a?<redacted>\"\n");
    m.uri = R"(uri="/\a?b")";
    EXPECT_EQ(
        said_of(with(&login::uri, R"(/\a?b)"), m),
        "certain wrong-hash [response]: uri was hashed with its backslashes => a response for uri=\"/a?<redacted>\"\n");
    m.uri = "uri=\"http://a.example/a?b\"";
    EXPECT_EQ(said_of(with(&login::uri, "/a?b"), m, asked, "http://a.example/a?b"),
              "certain wrong-hash [response]: the response was computed for the path alone => a response for "
              "uri=\"http://a.example/a?<redacted>\"\n");
    EXPECT_EQ(said_of(with(&login::uri, "http://a.example/a"), m, asked, "http://a.example/a?b"),
              "certain wrong-hash [response]: the response was computed without the query => a response for "
              "uri=\"http://a.example/a?<redacted>\"\n");
    m.uri = "uri=\"http://a.example\"";
    EXPECT_EQ(said_of(with(&login::uri, "/"), m, asked, "http://a.example"),
              "certain wrong-hash [response]: the response was computed for the path / => a response for "
              "uri=\"http://a.example\"\n");
    m.uri = "uri=\"/a?b\"";
    EXPECT_EQ(said_of(with(&login::uri, "/a?b"), m, asked, "http://a.example/a?b"),
              "likely refused-by-server [response]: the response matches the login given\n");
}

TEST(why_formula, other_methods) {
    for (const char* method : {"HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT", "PROPFIND", "REGISTER",
                               "INVITE", "DESCRIBE", "SETUP", "PLAY"}) {
        EXPECT_EQ(said_of(with(&login::method, method)),
                  "certain other-method [response]: the response was computed for " + std::string(method) +
                      " => a response for GET\n");
    }
    EXPECT_EQ(said_of(with(&login::method, "GET"), {}, asked, "/a?b", login_of(nullptr, "p"), "POST"),
              "certain other-method [response]: the response was computed for GET => a response for POST\n");
    EXPECT_EQ(said_of(with(&login::method, "")),
              "certain other-method [response]: the response was computed without the method => a response for GET\n");
    EXPECT_EQ(said_of(with(&login::method, "get")),
              "certain other-method [response]: the method was hashed in lower case\n");
    EXPECT_EQ(said_of(with(&login::method, "TRACE")),
              "certain wrong-password [response]: the response does not match the password given\n");
    EXPECT_EQ(said_of(with(&login::method, "GET"), {}, asked, "/a?b", login_of(nullptr, "p"), "SECRET"),
              "certain other-method [response]: the response was computed for GET => a response for <redacted>\n");
}

TEST(why_formula, other_counters) {
    sent_members m;
    m.rest = "qop=auth, nc=0000000a, cnonce=\"c\"";
    EXPECT_EQ(said_of(with(&login::nc, "0000000A"), m),
              "certain wrong-hash [response]: nc was hashed in another form, or another one, than it is sent\n");
    EXPECT_EQ(said_of(with(&login::nc, "00000001"), m),
              "certain wrong-hash [response]: nc was hashed in another form, or another one, than it is sent\n");
    EXPECT_EQ(said_of(with(&login::nc, "a"), m),
              "certain wrong-hash [response]: nc was hashed in another form, or another one, than it is sent\n");
    EXPECT_EQ(said_of(with(&login::nc, ""), m),
              "certain wrong-hash [response]: nc was hashed in another form, or another one, than it is sent\n");
    EXPECT_EQ(said_of(with(&login::nc, "b"), m),
              "certain wrong-password [response]: the response does not match the password given\n");
    m.rest = "qop=auth, nc=000AFafz, cnonce=\"c\"";
    EXPECT_EQ(
        said_of(with(&login::nc, "000AFAFz"), m),
        "certain member-malformed [000AFafz]: nc is not eight hexadecimal digits => nc=00000001 with a new nonce\n"
        "certain wrong-hash [response]: nc was hashed in another form, or another one, than it is sent\n");
    EXPECT_EQ(
        said_of(with(&login::nc, "000afafz"), m),
        "certain member-malformed [000AFafz]: nc is not eight hexadecimal digits => nc=00000001 with a new nonce\n"
        "certain wrong-hash [response]: nc was hashed in another form, or another one, than it is sent\n");
    EXPECT_EQ(
        said_of(with(&login::nc, "000AFAFZ"), m),
        "certain member-malformed [000AFafz]: nc is not eight hexadecimal digits => nc=00000001 with a new nonce\n"
        "certain wrong-password [response]: the response does not match the password given\n");
    m.rest = "qop=auth, nc=00000001, cnonce=\"\\c\"";
    login l;
    l.cnonce = "\\c";
    EXPECT_EQ(said_of(l, m), "certain escapes-hashed [response]: cnonce was hashed with its backslashes\n");
    m = {};
    m.nonce = "nonce=\"\\n\"";
    l = {};
    l.nonce = "\\n";
    EXPECT_EQ(said_of(l, m), "certain escapes-hashed [response]: nonce was hashed with its backslashes\n");
    m.nonce = "nonce=\"m\"";
    l.nonce = "n";
    EXPECT_EQ(said_of(l, m),
              "certain wrong-hash [response]: the response was computed with the nonce of the challenge, and another "
              "one was sent\n");
    l.nonce = "k";
    EXPECT_EQ(said_of(l, m), "certain wrong-password [response]: the response does not match the password given\n");
}

}  // namespace
}  // namespace authgrammar::audit
