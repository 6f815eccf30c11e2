// What is said of responses of Digest, beside the user, the password and the hash that are known.

#include "digest_login.hpp"

#include <openssl/evp.h>

namespace authgrammar::audit {
namespace {

using namespace testing;

/// While there is one, OpenSSL offers no hash function, as a FIPS provider offers no MD5.
class no_hash_functions {
public:
    no_hash_functions() { EXPECT_EQ(EVP_set_default_properties(nullptr, "provider=none"), 1); }
    no_hash_functions(const no_hash_functions&) = delete;
    no_hash_functions& operator=(const no_hash_functions&) = delete;
    ~no_hash_functions() { EVP_set_default_properties(nullptr, ""); }
};

TEST(why_response, right) {
    EXPECT_EQ(said_of({}), "likely refused-by-server [response]: the response matches the login given\n");
    EXPECT_EQ(said_of(with(&login::password, "q")),
              "certain wrong-password [response]: the response does not match the password given\n");
    sent_members m;
    m.rest = "qop=\"auth\", nc=00000001, cnonce=\"c\"";
    EXPECT_EQ(said_of({}, m),
              "likely quoted-member [auth#3]: the response matches the login given, and qop is in quotes => qop "
              "without quotes\n");
    m.rest = "qop=auth, nc=\"00000001\", cnonce=\"c\"";
    EXPECT_EQ(said_of({}, m),
              "likely quoted-member [00000001]: the response matches the login given, and nc is in quotes => nc "
              "without quotes\n");
    m.rest = "qop=auth, nc=00000001, cnonce=\"c\", algorithm=\"MD5\"";
    EXPECT_EQ(said_of({}, m),
              "likely quoted-member [MD5]: the response matches the login given, and algorithm is in quotes => "
              "algorithm without quotes\n");
    m = {};
    m.realm = R"(realm="\r")";
    EXPECT_EQ(said_of({}, m),
              "likely escapes-in-realm [\\r]: the response matches the login given, and the realm has escapes\n");
    m.realm = "realm=r";
    EXPECT_EQ(said_of({}, m), "likely refused-by-server [response]: the response matches the login given\n");
    // Something else is wrong, and it is not the response.
    m = {};
    m.more = "opaque=\"x\"";
    EXPECT_EQ(said_of({}, m, asked + ", opaque=\"o\""),
              "likely refused-by-server [response]: the response matches the login given\n"
              "possible other-opaque [x#2] beside [o#18]: opaque is not that of the challenge => opaque=\"o\"\n");
    // RFC 7616, 3.4.1 without qop, and RFC 2617's H(A2) with a body.
    m = {};
    m.rest = "";
    EXPECT_EQ(said_of(with(&login::qop, digest_qop::none), m, "Digest realm=\"r\", nonce=\"n\""),
              "likely refused-by-server [response]: the response matches the login given\n");
}

TEST(why_response, what_cannot_be_recomputed) {
    sent_members m;
    m.rest = "qop=auth-conf, nc=00000001, cnonce=\"c\"";
    EXPECT_EQ(said_of({}, m),
              "certain qop-not-offered [auth-conf] beside [auth, auth-int#2]: qop is not one of those that the "
              "challenge offers => qop=\"auth, auth-int\"\n");
    EXPECT_EQ(said_of(with(&login::password, "q"), m), said_of({}, m)) << "right or wrong";
    m.rest = "qop=auth, nc=00000001";
    EXPECT_EQ(said_of({}, m), "certain member-missing [Authorization]: cnonce is missing\n");
    m.rest = "qop=auth, cnonce=\"c\"";
    EXPECT_EQ(said_of({}, m), "certain member-missing [Authorization]: nc is missing\n");
    m = {};
    m.realm = "";
    EXPECT_EQ(said_of({}, m), "certain member-missing [Authorization] beside [r#8]: realm is missing => realm=\"r\"\n");
    m = {};
    m.nonce = "";
    EXPECT_EQ(said_of({}, m),
              "certain member-missing [Authorization] beside [n#21]: nonce is missing => nonce=\"n\"\n");
    m = {};
    m.uri = "";
    EXPECT_EQ(said_of({}, m), "certain member-missing [Authorization]: uri is missing => uri=\"/a?<redacted>\"\n");
    m = {};
    m.more = "algorithm=SHA-1";
    EXPECT_EQ(said_of({}, m),
              "certain other-algorithm [SHA-1]: algorithm is not that of the challenge => algorithm=MD5, or none\n");
    m = {};
    m.user = "username=\"00112233445566778899aabbccddeeff\", userhash=true";
    EXPECT_EQ(said_of({}, m),
              "certain userhash [true]: the username is hashed, and the challenge does not ask for that => the plain "
              "username, without userhash\n"
              "possible wrong-password [response]: the response was not checked\n"
              "missing user\n");
    m.user = "";
    EXPECT_EQ(said_of({}, m), "certain member-missing [Authorization]: username is missing\n");
    EXPECT_EQ(
        last_explained(with(credentials({}, response_of({}))) + "\r\n" + challenge(asked), login_of(nullptr, "p")),
        "possible wrong-password [6bac1e5634e0299bb2eaff25f8078708]: the response was not checked\n"
        "missing request-line\n")
        << "a request without its start line has no method";
}

TEST(why_response, without_the_hash_function) {
    const std::string wants = asked + ", userhash=true";
    const std::string hashed = "00112233445566778899aabbccddeeff";
    sent_members m;
    m.user = "username=\"" + hashed + "\", userhash=true";
    const std::string plain = challenge(asked) + request(credentials({}, hashed)) + challenge(asked);
    const std::string by_hash = challenge(wants) + request(credentials(m, hashed)) + challenge(wants);
    const std::string unchecked = "possible wrong-password [" + hashed + "]: the response was not checked\n";
    const no_hash_functions none;
    EXPECT_EQ(last_explained(plain, login_of("u", "p")), unchecked + "missing not-computable\n");
    EXPECT_EQ(last_explained(by_hash, login_of("u", "p")),
              "possible wrong-password [" + hashed + "#2]: the response was not checked\nmissing not-computable\n")
        << "nothing is said of the user";
}

TEST(why_response, no_challenge) {
    EXPECT_EQ(last_explained(request(credentials({}, response_of(with(&login::password, "q")))) + answer(401),
                             login_of(nullptr, "p")),
              "certain wrong-password [437e919adb1b9c2a70cec290f49dc23a]: the response does not match the password "
              "given\n");
}

TEST(why_response, no_user) {
    sent_members m;
    m.user = "username=\"\"";
    login l = with(&login::user, "");
    l.password = "p\n";
    EXPECT_EQ(said_of(l, m), "certain placeholder []@174: the username is empty\n");
    EXPECT_EQ(said_of(l, m, asked, "/a?b", login_of("", "p")),
              "certain control-character [response]: the response was computed with the password in another form: it "
              "has a line feed at its end\n");
    m.user = "username*=UTF-8''u";
    EXPECT_EQ(said_of(with(&login::user, ""), m),
              "certain wrong-password [response]: the response does not match the password given\n");
}

TEST(why_response, other_users) {
    EXPECT_EQ(said_of({}, {}, asked, "/a?b", login_of("u", "p")),
              "likely refused-by-server [response]: the response matches the login given\n");
    EXPECT_EQ(said_of({}, {}, asked, "/a?b", login_of("v", "p")),
              "certain wrong-user [u#6]: the user is not the one given\n");
    EXPECT_EQ(said_of(with(&login::user, "v"), {}, asked, "/a?b", login_of("v", "p")),
              "certain wrong-user [u#6]: the user is not the one given\n");
    EXPECT_EQ(said_of({}, {}, asked, "/a?b", login_of("U", "p")),
              "certain wrong-user [u#6]: the user is in lower case\n");
    sent_members mixed;
    mixed.user = "username=\"uU\"";
    EXPECT_EQ(said_of({}, mixed, asked, "/a?b", login_of("Uu", "p")),
              "certain wrong-user [uU]: the user differs from the one given only in case\n"
              "certain wrong-password [response]: the response does not match the password given\n");
    EXPECT_EQ(said_of({}, {}, asked, "/a?b", login_of("u ", "p")),
              "certain wrong-user [u#6]: the user is cut off at a special character\n");
    EXPECT_EQ(said_of({}, {}, asked, "/a?b", login_of("u", nullptr)),
              "possible wrong-password [response]: the response was not checked\n"
              "missing password\n");
    sent_members m;
    m.user = R"(username="D\u")";
    EXPECT_EQ(said_of(with(&login::user, "Du"), m, asked, "/a?b", login_of(R"(D\u)", "p")),
              "certain escapes-hashed [D\\u]: the backslash in the username is not escaped, so that it is lost => two "
              "backslashes for one\n");
    EXPECT_EQ(said_of(with(&login::user, R"(D\u)"), m),
              "certain escapes-hashed [response]: the username was hashed with its backslashes\n"
              "likely escapes-hashed [D\\u]: the backslash in the username is not escaped, so that it is lost => two "
              "backslashes for one\n");
    m.user = "username=\"DOM/Xu\"";
    EXPECT_EQ(said_of(with(&login::user, "dom/xu"), m),
              "certain wrong-hash [response]: the username was hashed in lower case\n");
    EXPECT_EQ(said_of(with(&login::user, "Xu"), m),
              "certain wrong-hash [response]: the username was hashed without its domain\n");
    m.user = R"(username="DOM\\xu")";
    EXPECT_EQ(said_of(with(&login::user, "xu"), m),
              "certain wrong-hash [response]: the username was hashed without its domain\n");
    m.user = "username*=UTF-8''%C3%A4";
    EXPECT_EQ(said_of(with(&login::user, "\xC3\xA4"), m),
              "likely refused-by-server [response]: the response matches the login given\n");
    EXPECT_EQ(said_of(with(&login::user, "\xE4"), m),
              "certain other-charset [response]: the response was computed with the username in another form: it is in "
              "ISO-8859-1, not in UTF-8\n");
    EXPECT_EQ(said_of(with(&login::user, "??"), m),
              "certain other-charset [response]: the response was computed with the username in another form: it has "
              "question marks in place of non-ASCII characters\n");
    EXPECT_EQ(said_of(with(&login::user, "\xC3\xA4"), m, asked, "/a?b", login_of("x", "p")),
              "certain wrong-user [UTF-8''%C3%A4]: the user is not the one given\n");
    m.user = "username=\"a&b\"";
    EXPECT_EQ(said_of(with(&login::user, "a"), m),
              "certain wrong-password [response]: the response does not match the password given\n")
        << "only other encodings of a name are tried";
}

TEST(why_response, hashed_users) {
    verify::hasher hashes;
    const std::string hash(hashes.username(digest_algorithm::md5, "u", "r").view());
    sent_members m;
    m.user = "username=\"" + hash + "\", userhash=true";
    const std::string value = asked + ", userhash=true";
    EXPECT_EQ(said_of({}, m, value, "/a?b", login_of("u", "p")),
              "likely refused-by-server [response]: the response matches the login given\n");
    EXPECT_EQ(said_of(with(&login::user, hash.c_str()), m, value, "/a?b", login_of("u", "p")),
              "certain userhash [response]: the hashed username was hashed again: A1 has the plain one\n");
    EXPECT_EQ(said_of(with(&login::user, "v"), m, value, "/a?b", login_of("v", "p")),
              "certain wrong-user [ba84be203fdfc7d34e054a76d285d0c9]: the hashed username is not that of the user "
              "given, in this realm\n");
    EXPECT_EQ(said_of({}, m, value, "/a?b", login_of("v", "p")),
              "certain wrong-user [ba84be203fdfc7d34e054a76d285d0c9]: the hashed username is not that of the user "
              "given, in this realm\n"
              "certain wrong-password [response]: the response does not match the password given\n");
    // Without what the hash is of, it is not compared.
    const std::string hashed = m.user;
    for (std::string sent_members::*lacking : {&sent_members::user, &sent_members::realm}) {
        sent_members less = m;
        less.*lacking = lacking == &sent_members::user ? "userhash=true" : "";
        const std::string said = said_of({}, less, value, "/a?b", login_of("v", "p"));
        EXPECT_EQ(said.find("wrong-user"), std::string::npos) << said;
        EXPECT_EQ(said.find("certain member-missing [Authorization"), 0U) << said;
    }
    m.user = hashed + ", algorithm=SHA-1";
    EXPECT_EQ(said_of({}, m, value + ", algorithm=SHA-1", "/a?b", login_of("v", "p")),
              "certain other-algorithm [SHA-1#2]: this algorithm is not registered for Digest\n");
    std::string upper = hash;
    for (char& c : upper) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
    m.user = "username=\"" + upper + "\", userhash=true";
    EXPECT_EQ(said_of({}, m, value, "/a?b", login_of("u", "p")),
              "likely refused-by-server [response]: the response matches the login given\n");
}

TEST(why_response, other_passwords) {
    EXPECT_EQ(said_of(with(&login::password, "p\n")),
              "certain control-character [response]: the response was computed with the password in another form: it "
              "has a line feed at its end\n");
    EXPECT_EQ(said_of(with(&login::password, "")),
              "certain altered-password [response]: the response was computed with the password in another form: it is "
              "empty\n");
    EXPECT_EQ(said_of(with(&login::password, "\xE4"), {}, asked, "/a?b", login_of(nullptr, "\xC3\xA4")),
              "certain other-charset [response]: the response was computed with the password in another form: it is in "
              "ISO-8859-1, not in UTF-8\n");
    EXPECT_EQ(said_of(with(&login::password, "p"), {}, asked, "/a?b", login_of(nullptr, "")),
              "certain wrong-password [response]: the response does not match the password given\n");
}

TEST(why_response, other_realms) {
    EXPECT_EQ(said_of(with(&login::realm, "\"r\"")),
              "certain escapes-hashed [response]: the realm was hashed with its quotes\n");
    EXPECT_EQ(said_of(with(&login::realm, "")),
              "certain wrong-hash [response]: the response was computed without the realm\n");
    sent_members m;
    m.realm = R"(realm="D\\r")";
    EXPECT_EQ(said_of(with(&login::realm, R"(D\\r)"), m, R"(Digest realm="D\\r", nonce="n", qop="auth")"),
              "certain escapes-hashed [response]: the realm was hashed with its backslashes\n");
    EXPECT_EQ(said_of(with(&login::realm, "D\\r"), m, R"(Digest realm="D\\r", nonce="n", qop="auth")"),
              "likely escapes-in-realm [D\\\\r#2]: the response matches the login given, and the realm has escapes\n");
    EXPECT_EQ(said_of(with(&login::realm, "s"), {}, R"(Digest realm="s", nonce="n", qop="auth")"),
              "certain other-realm [r#5] beside [s#9]: realm is not that of the challenge => realm=\"s\"\n"
              "certain other-realm [response]: the response was computed with the realm of the challenge\n");
    EXPECT_EQ(said_of(with(&login::realm, R"(\s)"), {}, R"(Digest realm="\s", nonce="n", qop="auth")"),
              "certain other-realm [r#5] beside [\\s#2]: realm is not that of the challenge => realm=\"\\s\"\n"
              "certain escapes-hashed [response]: the realm was hashed with its backslashes\n");
}

/// A hash that was kept: of what, and for whom, if that is known.
struct kept_hash {
    login of{};
    std::optional<std::string> user{};
    std::optional<std::string> realm{};
};

known_login login_with(const std::vector<kept_hash>& all) {
    verify::hasher hashes;
    known_login known;
    for (const kept_hash& h : all) {
        known_hash& made = known.hashes.emplace_back();
        made.user = h.user;
        made.realm = h.realm;
        made.digits = policy::secret(hashes.a1(h.of.algorithm, h.of.user, h.of.realm, h.of.password).view());
    }
    return known;
}

TEST(why_response, known_hashes) {
    const auto said = [](const std::vector<kept_hash>& hashes, const login& l = {}, const sent_members& m = {}) {
        return said_of(l, m, asked, "/a?b", login_with(hashes));
    };
    const kept_hash right{{}, "u", "r"};
    const kept_hash wrong{with(&login::password, "q"), "u", "r"};
    EXPECT_EQ(said({kept_hash{}}), "likely refused-by-server [response]: the response matches the login given\n");
    EXPECT_EQ(said({kept_hash{with(&login::password, "q")}}),
              "certain wrong-password [response]: the response does not match the hash given: password, user or realm "
              "differ\n");
    EXPECT_EQ(said({right}), "likely refused-by-server [response]: the response matches the login given\n");
    EXPECT_EQ(said({wrong}),
              "certain wrong-password [response]: the response does not match the hash given: password, user or realm "
              "differ\n");
    EXPECT_EQ(said({kept_hash{{}, "v", "r"}}), "certain wrong-user [u#6]: no hash was given for this user\n");
    EXPECT_EQ(said({kept_hash{{}, "u", "s"}}), "certain other-realm [r#6]: the hash given is for a different realm\n");
    EXPECT_EQ(said({kept_hash{with(&login::password, "q"), "u", "s"}, right}),
              "likely refused-by-server [response]: the response matches the login given\n")
        << "that of the realm";
    EXPECT_EQ(said({kept_hash{}, wrong}),
              "certain wrong-password [response]: the response does not match the hash given: password, user or realm "
              "differ\n")
        << "the more exact one";
    EXPECT_EQ(said({right, kept_hash{with(&login::password, "q")}}),
              "likely refused-by-server [response]: the response matches the login given\n");
    EXPECT_EQ(said({kept_hash{}, kept_hash{with(&login::password, "q"), "u", "s"}}),
              "likely refused-by-server [response]: the response matches the login given\n")
        << "that of another realm is not the more exact one";
    EXPECT_EQ(said({kept_hash{with(&login::algorithm, digest_algorithm::sha_256)}}),
              "possible wrong-password [response]: the response was not checked\n"
              "missing hash\n");
    EXPECT_EQ(said({right}, with(&login::algorithm, digest_algorithm::md5_sess)),
              "certain other-session [response]: the response was computed with a session, and algorithm does not say "
              "so => a response computed with MD5\n");
    EXPECT_EQ(said({right}, with(&login::algorithm, digest_algorithm::sha_256)),
              "certain wrong-hash [response]: response has 64 digits, and a hash of MD5 has 32\n"
              "certain wrong-password [response]: the response does not match the hash given: password, user or realm "
              "differ\n");
    EXPECT_EQ(said({right}, with(&login::uri, "/a")),
              "certain wrong-hash [response]: the response was computed without the query => a response for "
              "uri=\"/a?<redacted>\"\n");
    sent_members m;
    m.user = "username*=UTF-8''w";
    EXPECT_EQ(said({right}, {}, m), "certain wrong-user [Authorization]: no hash was given for this user\n");
    m.user = "";
    EXPECT_EQ(said({right}, {}, m),
              "certain member-missing [Authorization]: username is missing\n"
              "certain wrong-user [Authorization]: no hash was given for this user\n");
    m = {};
    m.realm = "realm=\"s\"";
    EXPECT_EQ(said({right}, {}, m), "certain other-realm [s#5]: the hash given is for a different realm\n");
}

// RFC 7616, 3.4.3: qop=auth-int takes the body, all of which has to be in the input.
TEST(why_response, bodies) {
    const auto said = [](const std::string& lines, const std::string& rest, const std::string& end = "\r\n") {
        login l = with(&login::qop, digest_qop::auth_int);
        l.method = "POST";
        l.body = "hello";
        sent_members m;
        m.rest = "qop=auth-int, nc=00000001, cnonce=\"c\"";
        const std::string input = challenge(asked) + "POST /a?b HTTP/1.1" + end +
                                  "Authorization: " + credentials(m, response_of(l)) + end + lines + end + rest +
                                  challenge(asked);
        const std::string all = last_explained(input, login_of(nullptr, "p"));
        return all.substr(0, all.find(" [")) + (all.find("missing body") != std::string::npos ? ", body missing" : "");
    };
    EXPECT_EQ(said("Content-Length: 5\r\n", "hello"), "likely refused-by-server");
    EXPECT_EQ(said("Content-Length: 5\n", "hello", "\n"), "likely refused-by-server");
    EXPECT_EQ(said("Content-Length: 5\r\n", "world"), "certain wrong-password");
    EXPECT_EQ(said("Content-Length: 6\r\n", "hello"), "possible wrong-password, body missing");
    EXPECT_EQ(said("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n"),
              "possible wrong-password, body missing");
    EXPECT_EQ(said("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n"),
              "possible wrong-password, body missing");
    EXPECT_EQ(said("Content-Length: 0\r\n", ""), "certain wrong-password");
    EXPECT_EQ(said("", ""), "certain wrong-password");
    EXPECT_EQ(said("Content-Length: 05\r\n", "hello"), "possible wrong-password, body missing");
    // Where the input ends.
    login l = with(&login::qop, digest_qop::auth_int);
    l.method = "POST";
    l.body = "world";
    sent_members m;
    m.rest = "qop=auth-int, nc=00000001, cnonce=\"c\"";
    const std::string input = challenge(asked) + "POST /a?b HTTP/1.1\r\n" + with(credentials(m, response_of(l)));
    EXPECT_EQ(
        last_explained(input + "Content-Length: 5\r\n\r\nhello", login_of(nullptr, "p")).find("certain wrong-password"),
        0U);
    EXPECT_EQ(last_explained(input + "Content-Length: 0\r\n" + challenge(asked), login_of(nullptr, "p"))
                  .find("certain wrong-password"),
              0U)
        << "no empty line behind the field lines";
}

TEST(why_response, at_a_proxy) {
    const std::string value = "Proxy-Authenticate: " + asked + "\r\n";
    const auto said = [&](const std::string& uri) {
        sent_members m;
        m.uri = "uri=\"" + uri + "\"";
        const std::string input =
            answer(407, value) + "GET http://a.example/a?b HTTP/1.1\r\nHost: a.example\r\nProxy-" +
            with(credentials(m, response_of(with(&login::uri, uri.c_str())))) + "\r\n" + answer(407, value);
        return last_explained(input, login_of(nullptr, "p"));
    };
    EXPECT_EQ(said("/a?b"),
              "likely other-uri [/a?b#2] of Proxy-Authorization: the response matches the login given, and uri is only "
              "the path of the request target => uri=\"http://a.example/a?<redacted>\"\n");
    EXPECT_EQ(said("http://a.example/a?b"),
              "likely refused-by-server [253b050889f11ac9075482939c08a469] of Proxy-Authorization: the response "
              "matches the login given\n");
}

}  // namespace
}  // namespace authgrammar::audit
