#include "digest_support.hpp"

#include <authgrammar/schemes/list.hpp>

namespace authgrammar::schemes::test {
namespace {

using code = scheme_error_code;

/// A challenge with all that is required, and `more`.
std::string with(std::string_view more) {
    return "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"" + (more.empty() ? "" : ", " + std::string(more));
}
digest_challenge challenge_with(std::string_view more, tolerances allowed = {}) {
    const std::string value = with(more);
    // Views of `value`, which ends: only what is no view may be looked at.
    digest_challenge c = value_of(read_challenge(std::string_view(value), allowed));
    c.realm = c.nonce = text();
    c.opaque = c.domain = std::nullopt;
    return c;
}

void expect_refusals(const std::vector<refused>& cases, tolerances allowed = {}) {
    for (const refused& c : cases) expect_refused(read_challenge(std::string_view(c.value), allowed), c);
}

// shows: R7616-3.3-required conforming
// shows: R7616-3.3-qop conforming
TEST(DigestChallenge, OfTheRfc) {
    const digest_challenge c =
        value_of(read_challenge("Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=SHA-256, "
                                "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
                                "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""));
    EXPECT_EQ(plain(c.realm), "http-auth@example.org");
    EXPECT_EQ(plain(c.nonce), "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v");
    EXPECT_EQ(plain(c.opaque), "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS");
    EXPECT_EQ(c.algorithm, digest_algorithm::sha_256);
    EXPECT_TRUE(c.algorithm_given);
    EXPECT_EQ(c.qop, digest_qop::auth | digest_qop::auth_int);
    EXPECT_FALSE(c.stale || c.userhash || c.utf8 || c.domain);
    EXPECT_TRUE(c.used.empty());

    const digest_challenge d = value_of(
        read_challenge("Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256, nonce=\"5TsQ\", "
                       "opaque=\"HRPC\", charset=UTF-8, userhash=true"));
    EXPECT_EQ(d.algorithm, digest_algorithm::sha_512_256);
    EXPECT_TRUE(d.utf8 && d.userhash);
    EXPECT_EQ(d.qop, digest_qops(digest_qop::auth));
}

// shows: R7616-3.3-required violating
TEST(DigestChallenge, NeedsRealmAndNonce) {
    expect_refusals({
        {"Digest", code::missing_param, "", "realm", "R7616-3.3-required"},
        {"Digest nonce=n, qop=auth", code::missing_param, "", "realm", "R7616-3.3-required"},
        {"Digest realm=r, qop=auth", code::missing_param, "", "nonce", "R7616-3.3-required"},
        {"Digest abc=", code::unexpected_token68, "abc=", "", "R7616-3.3-required"},
        {"Basic realm=x", code::other_scheme, "Basic"},
        {"Digest realm=a, nonce=b, Nonce=c", code::repeated_param, "Nonce", "nonce", "R9110-11.2-param-once"},
        {"Digest realm=a, x=b, X=c", code::repeated_param, "X", "", "R9110-11.2-param-once"},
    });
}

// shows: R7616-3.3-qop violating
TEST(DigestChallenge, NeedsQop) {
    const refused missing{"Digest realm=r, nonce=n", code::missing_param,          "", "qop",
                          "R7616-3.3-qop",           tolerance::digest_without_qop};
    expect_refusals(
        {missing,
         {"Digest realm=r, nonce=n, qop=\",\"", code::invalid_value, ",\"", "qop", "R7616-3.3-qop"},
         {"Digest realm=r, nonce=n, qop=\"\", a=b", code::invalid_value, "\", a", "qop", "R7616-3.3-qop"},
         {"Digest realm=r, nonce=n, qop=\"auth auth-int\"", code::invalid_value, "auth-int", "qop", "R7616-3.3-qop"},
         {"Digest realm=r, nonce=n, qop=\"auth;x\"", code::invalid_value, ";x", "qop", "R7616-3.3-qop"}});
    const digest_challenge c = value_of(read_challenge(std::string_view(missing.value), tolerances::all()));
    EXPECT_TRUE(c.qop.empty());
    EXPECT_EQ(c.used, tolerances(tolerance::digest_without_qop));
}

// shows: R7616-3.3-qop-unknown conforming
TEST(DigestChallenge, UnknownQualitiesOfProtectionAreIgnored) {
    for (const auto& [list, offered] : std::vector<std::pair<std::string, digest_qops>>{
             {"auth", digest_qop::auth},
             {"\"auth-int\"", digest_qop::auth_int},
             {"\"auth,auth-int\"", digest_qop::auth | digest_qop::auth_int},
             {"\" auth-int ,\t auth \"", digest_qop::auth | digest_qop::auth_int},
             {"\",,auth,\"", digest_qop::auth},
             {"\"auth-conf, auth\"", digest_qop::auth},
             {"\"future,auth-int,auth,auth\"", digest_qop::auth | digest_qop::auth_int},
             {"\"\\a\\u\\t\\h\"", digest_qop::auth},
             {"\"AUTH, auth\"", digest_qop::auth}}) {
        const std::string value = "Digest realm=r, nonce=n, qop=" + list;
        EXPECT_EQ(value_of(read_challenge(std::string_view(value))).qop, offered) << value;
    }
    const std::string_view lines[] = {"Digest realm=r, nonce=n, qop=\"auth", "auth-int\""};
    EXPECT_EQ(value_of(read_challenge({lines, 2})).qop, digest_qop::auth | digest_qop::auth_int);
}

// shows: R7616-3.3-qop-unknown violating
TEST(DigestChallenge, ThatOffersOnlyUnknownQualitiesIsPassedOver) {
    expect_refusals({{"Digest realm=r, nonce=n, qop=\"auth-conf, x\"", code::unknown_qop, "auth-conf", "qop",
                      "R7616-3.3-qop-unknown"},
                     {"Digest realm=r, nonce=n, qop=AUTH", code::unknown_qop, "AUTH", "qop", "R7616-3.3-qop-unknown"}});
}

// shows: R7616-3.3-algorithm conforming
// shows: R7616-3.3-algorithm-default conforming
TEST(DigestChallenge, Algorithms) {
    for (const std::string_view name :
         {"MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "SHA-512-256", "SHA-512-256-sess"}) {
        for (const std::string& spelt : {std::string(name), '"' + std::string(name) + '"'}) {
            const digest_challenge c = challenge_with("algorithm=" + spelt);
            EXPECT_EQ(name_of(c.algorithm), name);
            EXPECT_TRUE(c.algorithm_given);
            EXPECT_EQ(is_session(c.algorithm), name.find("-sess") != std::string_view::npos);
            EXPECT_EQ(hex_digits(c.algorithm), name[0] == 'M' ? 32U : 64U);
        }
        EXPECT_EQ(digest_algorithm_from_name(name), challenge_with("algorithm=" + std::string(name)).algorithm);
    }
    EXPECT_EQ(challenge_with("algorithm=md5").algorithm, digest_algorithm::md5);
    EXPECT_EQ(challenge_with("algorithm=\"sha-256-SESS\"").algorithm, digest_algorithm::sha_256_sess);
    const digest_challenge c = challenge_with("");
    EXPECT_EQ(c.algorithm, digest_algorithm::md5);
    EXPECT_FALSE(c.algorithm_given);
    EXPECT_FALSE(digest_algorithm_from_name("SHA-512").has_value());
    EXPECT_FALSE(digest_algorithm_from_name("").has_value());
}

// shows: R7616-3.3-algorithm violating
// shows: R7616-3.3-algorithm-default violating
TEST(DigestChallenge, OfAnUnknownAlgorithmIsPassedOver) {
    for (const std::string algorithm :
         {"SHA-512", "SHA3-256", "token", "MD5-session", "\"MD5,MD5-sess\"", "\"\"", "\"MD5 \""}) {
        const std::string value = "Digest algorithm=" + algorithm + ", x=y";
        // Whatever else is wrong with it.
        expect_refusals(
            {{value, code::unknown_algorithm, (algorithm[0] == '"' ? algorithm.substr(1) : algorithm) + ", x",
              "algorithm", "R7616-3.3-algorithm"}});
    }
}

// shows: R7616-3.3-stale conforming
// shows: R7616-3.3-stale violating
TEST(DigestChallenge, StaleIsTrueOrNothing) {
    for (const std::string_view value : {"true", "TRUE", "\"True\""}) {
        EXPECT_TRUE(challenge_with("stale=" + std::string(value)).stale) << value;
    }
    for (const std::string_view value : {"false", "1", "yes", "\"\"", "\"true \"", "truely"}) {
        EXPECT_FALSE(challenge_with("stale=" + std::string(value)).stale) << value;
    }
    EXPECT_FALSE(challenge_with("").stale);
}

// shows: R7616-3.3-userhash conforming
// shows: R7616-3.3-charset conforming
TEST(DigestChallenge, UserhashAndCharset) {
    EXPECT_TRUE(challenge_with("userhash=true").userhash);
    EXPECT_TRUE(challenge_with("userhash=\"True\"").userhash);
    EXPECT_FALSE(challenge_with("userhash=false").userhash);
    EXPECT_FALSE(challenge_with("").userhash);
    EXPECT_TRUE(challenge_with("charset=\"utf-8\"").utf8);
    EXPECT_FALSE(challenge_with("").utf8);
}

// shows: R7616-3.3-userhash violating
// shows: R7616-3.3-charset violating
TEST(DigestChallenge, NothingElseIsAFlagOrACharset) {
    expect_refusals({{with("userhash=1"), code::invalid_value, "1", "userhash", "R7616-3.3-userhash"},
                     {with("userhash=\"\", a=b"), code::invalid_value, "\", a=", "userhash", "R7616-3.3-userhash"},
                     {with("charset=ISO-8859-1"), code::invalid_value, "ISO", "charset", "R7616-3.3-charset",
                      tolerance::unknown_charset}});
    const digest_challenge c = challenge_with("charset=ISO-8859-1", tolerances::all());
    EXPECT_FALSE(c.utf8);
    EXPECT_EQ(c.used, tolerances(tolerance::unknown_charset));
}

// shows: R7616-3.3-domain-syntax conforming
// shows: R7616-3.3-domain-proxy conforming
TEST(DigestChallenge, Domain) {
    const std::string_view value =
        "Digest realm=r, nonce=n, qop=auth, domain=\"/a/?q=%20#[x]  http://other.example:80/~b/(c) \\/d\"";
    const digest_challenge c = value_of(read_challenge(value));
    ASSERT_TRUE(c.domain.has_value());
    std::vector<std::string> uris;
    for_each_word(*c.domain, [&](const text& uri) {
        uris.push_back(plain(uri));
        return true;
    });
    EXPECT_EQ(uris, (std::vector<std::string>{"/a/?q=%20#[x]", "http://other.example:80/~b/(c)", "/d"}));
    EXPECT_FALSE(value_of(read_challenge(value, {}, field::proxy_authenticate)).domain.has_value());
    EXPECT_EQ(plain(value_of(read_challenge("Digest realm=r, nonce=n, qop=auth, domain=\"\"")).domain), "");
}

// shows: R7616-3.3-domain-syntax violating
// shows: R7616-3.3-domain-proxy violating
TEST(DigestChallenge, AHostileDomain) {
    for (const std::string bad : {"\\\"", "\\\\", "<", "\t", "\x80", "^", "`", "{"}) {
        const std::string value = with("domain=\"/a " + bad + "\"");
        const refused expected{value, code::invalid_value, bad.size() == 2 ? bad.substr(1) + "\"" : bad, "domain",
                               "R7616-3.3-domain-syntax"};
        expect_refusals({expected});
        // There it does not matter.
        EXPECT_FALSE(
            value_of(read_challenge(std::string_view(value), {}, field::proxy_authenticate)).domain.has_value());
    }
    const std::string comma = with("domain=\"/a,/b\"");
    EXPECT_EQ(plain(value_of(read_challenge(std::string_view(comma))).domain), "/a,/b");
}

TEST(DigestChallenge, UnknownParametersAndEscapes) {
    const std::string_view value =
        "DIGEST future=1, REALM=\"a\\\"b\\\\\\c\", NONCE=bare, Qop=\"auth\", opaque=\"\", title=\"x\"";
    const digest_challenge c = value_of(read_challenge(value));
    EXPECT_EQ(plain(c.realm), "a\"b\\c");
    EXPECT_EQ(plain(c.nonce), "bare");
    EXPECT_EQ(plain(c.opaque), "");
    const std::string_view lines[] = {"", "Digest realm=\"r", "", "s\", nonce=n", "qop=auth", "Basic realm=x"};
    const digest_challenge d = value_of(read_challenge({lines, 6}));
    EXPECT_EQ(plain(d.realm), "r, s");
    EXPECT_EQ(plain(d.nonce), "n");
}

// shows: R7616-3.3-quoted conforming
// shows: R7616-3.3-quoted violating
// shows: R7616-3.3-bare conforming
// shows: R7616-3.3-bare violating
TEST(DigestChallenge, IsWrittenInTheFormsOfTheRfc) {
    const std::string_view wrong_forms =
        "Digest realm=r, domain=token, qop=auth, algorithm=\"MD5-sess\", nonce=n, opaque=o, stale=\"true\", "
        "charset=\"UTF-8\", userhash=\"true\"";
    const digest_challenge c = value_of(read_challenge(wrong_forms));
    EXPECT_EQ(write(c),
              "Digest realm=\"r\", domain=\"token\", qop=\"auth\", algorithm=MD5-sess, nonce=\"n\", opaque=\"o\", "
              "stale=true, charset=UTF-8, userhash=true");
    EXPECT_EQ(write(c, field::proxy_authenticate),
              "Digest realm=\"r\", qop=\"auth\", algorithm=MD5-sess, nonce=\"n\", opaque=\"o\", stale=true, "
              "charset=UTF-8, userhash=true");
    digest_challenge d;
    d.realm = "a\"b";
    d.nonce = "n";
    d.qop = digest_qop::auth | digest_qop::auth_int;
    d.algorithm_given = false;
    EXPECT_EQ(write(d), "Digest realm=\"a\\\"b\", qop=\"auth, auth-int\", nonce=\"n\"");
    d.qop = digest_qop::auth_int;
    d.algorithm = digest_algorithm::sha_512_256;
    EXPECT_EQ(write(d), "Digest realm=\"a\\\"b\", qop=\"auth-int\", algorithm=SHA-512-256, nonce=\"n\"");
}

// RFC 7616, 3.3: of what nobody sets, algorithm is sent, and nothing else.
TEST(DigestChallenge, ThatIsFilledInSendsItsAlgorithm) {
    digest_challenge c;
    c.realm = "r";
    c.nonce = "n";
    EXPECT_EQ(write(c), "Digest realm=\"r\", algorithm=MD5, nonce=\"n\"");
}

TEST(DigestChallenge, IsNotWrittenIfItCannotBeRead) {
    digest_challenge c;
    c.realm = "r";
    c.nonce = "n";
    c.qop = digest_qop::auth;
    c.domain = "/a /b\"";
    char buffer[200];
    write_result r = write_digest_challenge(field::www_authenticate, c, buffer, sizeof buffer);
    EXPECT_EQ(r.code, error_code::forbidden_octet);
    EXPECT_EQ(r.rule, "domain");
    EXPECT_EQ(r.offset, 5U);
    EXPECT_EQ(r.param, 1U);
    EXPECT_TRUE(write_digest_challenge(field::proxy_authenticate, c, buffer, sizeof buffer));
    c.domain = std::nullopt;
    c.nonce = "a\r\nb";
    r = write_digest_challenge(field::www_authenticate, c, buffer, sizeof buffer);
    EXPECT_EQ(r.code, error_code::forbidden_octet);
    EXPECT_EQ(r.offset, 1U);
    c.nonce = "n";
    r = write_digest_challenge(field::authorization, c, buffer, sizeof buffer);
    EXPECT_EQ(r.code, error_code::wrong_field_kind);
    r = write_digest_challenge(field::www_authenticate, c, buffer, 0);
    EXPECT_EQ(r.code, error_code::text_buffer_full);
    EXPECT_EQ(r.size, write(c).size());
}

}  // namespace
}  // namespace authgrammar::schemes::test
