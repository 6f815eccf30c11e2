#include "digest_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace authgrammar::verify {
namespace {

using std::chrono::seconds;
using testing::now;
using testing::server_and_client;

/// What the server says of a value: "accepted", or the verdict and the name of the error.
std::string said(const digest_verdict& v) {
    if (v.is == verdict::accepted) return "accepted";
    return std::string(v.is == verdict::stale ? "stale " : "refused ") + std::string(name_of(v.error.code));
}

class digest_server_test : public ::testing::Test {
protected:
    std::string verdict_of(const std::string& value) { return said(s.verify(value)); }

    server_and_client s;
};

// Every algorithm with every quality of protection, with a password and with a stored hash.
// shows: R7616-3.6-same-operation conforming
// shows: R7616-3.4.6-uri conforming
// shows: R7616-3.4-algorithm-echoed conforming
// shows: R7616-3.4-qop-offered conforming
TEST_F(digest_server_test, accepts_what_its_client_sends) {
    s.offer.qop = digest_qop::auth | digest_qop::auth_int;
    for (const digest_algorithm a : testing::all_algorithms) {
        for (const bool integrity : {false, true}) {
            for (const bool stored : {false, true}) {
                for (const bool userhash : {false, true}) {
                    SCOPED_TRACE(std::string(name_of(a)) + (integrity ? " auth-int" : " auth") +
                                 (stored ? " stored" : "") + (userhash ? " userhash" : ""));
                    s.offer.userhash = userhash;
                    s.use.prefer_integrity = integrity;
                    s.users.stored = stored;
                    const std::string value = s.answer(s.challenge(a));
                    EXPECT_EQ(verdict_of(value), "accepted") << value;
                    EXPECT_EQ(s.exchange.credentials()->qop, integrity ? digest_qop::auth_int : digest_qop::auth);
                    EXPECT_EQ(s.exchange.credentials()->algorithm, a);
                    EXPECT_TRUE(s.server_knows_password());
                    EXPECT_EQ(verdict_of(value), "stale replayed");
                }
            }
        }
    }
}

// shows: R7616-3.6-same-operation violating
TEST_F(digest_server_test, refuses_another_user_or_password) {
    const std::string challenge = s.challenge(digest_algorithm::sha_256);
    s.login.password = "Circle Of Life";
    EXPECT_EQ(verdict_of(s.answer(challenge)), "refused wrong_credentials");
    s.login.password = "";
    EXPECT_EQ(verdict_of(s.answer(challenge)), "refused wrong_credentials");
    s.login = {"Scar", "Circle of Life", {}};
    const digest_verdict unknown = s.verify(s.answer(challenge));
    EXPECT_EQ(said(unknown), "refused wrong_credentials");
    EXPECT_EQ(unknown.error.status(), 401u);
    // Nor a user that does not exist, with the password that is computed with in its place.
    s.login = {"nobody", "no password", {}};
    EXPECT_EQ(verdict_of(s.answer(challenge)), "refused wrong_credentials");
    s.login = {"Mufasa", "Circle of Life", {}};
    EXPECT_EQ(verdict_of(s.answer(challenge)), "accepted") << "what was refused has used up nothing";
}

// Every digit of the response counts.
TEST_F(digest_server_test, refuses_a_changed_response) {
    const std::string value = s.answer(s.challenge(digest_algorithm::sha_256));
    const std::size_t at = value.find("response=\"") + 10;
    for (std::size_t i = 0; i != 64; ++i) {
        std::string changed = value;
        changed[at + i] = changed[at + i] == '0' ? '1' : '0';
        const digest_verdict v = s.verify(changed);
        EXPECT_EQ(said(v), "refused wrong_credentials");
        EXPECT_EQ(v.error.offset, at);
    }
    EXPECT_EQ(verdict_of(value), "accepted");
}

// shows: R7616-3.4.6-uri violating
TEST_F(digest_server_test, uri_is_the_request_target) {
    const std::string value = s.answer(s.challenge(digest_algorithm::md5));
    for (const char* target : {"/", "/dir/index.html?", "/dir/index.htm", "/dir/Index.html", "/dir/%69ndex.html",
                               "http://example.org/dir/index.html", "*", ""}) {
        s.request.target = target;
        const digest_verdict v = s.verify(value);
        EXPECT_EQ(said(v), "refused other_uri") << target;
        EXPECT_EQ(v.error.status(), 400u);
        EXPECT_EQ(v.error.requirement, "R7616-3.4.6-uri");
        EXPECT_EQ(v.error.section, "RFC 7616, 3.4.6");
        EXPECT_EQ(v.error.offset, value.find("uri=\"") + 5);
    }
    s.request.target = s.use.target;
    s.request.method = "POST";
    EXPECT_EQ(verdict_of(value), "refused wrong_credentials") << "the method is hashed";
}

TEST_F(digest_server_test, uri_may_be_the_path_of_an_absolute_target) {
    s.offer.allowed = schemes::tolerance::digest_uri_path;
    const auto of_target = [this](const char* uri, const char* target) {
        s.use.target = uri;
        const std::string value = s.answer(s.challenge(digest_algorithm::sha_256));
        s.request.target = target;
        return verdict_of(value);
    };
    EXPECT_EQ(of_target("/a?b", "/a?b"), "accepted");
    EXPECT_TRUE(s.exchange.used().empty());
    EXPECT_EQ(of_target("/a?b", "http://example.org:80/a?b"), "accepted");
    EXPECT_TRUE(s.exchange.used().has(schemes::tolerance::digest_uri_path));
    EXPECT_EQ(of_target("http://example.org/a", "http://example.org/a"), "accepted");
    EXPECT_EQ(of_target("/", "http://example.org/a"), "refused other_uri");
    EXPECT_EQ(of_target("/a", "http://example.org/a?b"), "refused other_uri");
    EXPECT_EQ(of_target("/a", "http://example.org/b/a"), "refused other_uri");
    EXPECT_EQ(of_target("/", "http://example.org"), "refused other_uri") << "there is no path";
    EXPECT_EQ(of_target("?b", "http://example.org?b"), "refused other_uri");
    EXPECT_EQ(of_target("/a", "/b?http://example.org/a"), "refused other_uri");
    EXPECT_EQ(of_target("http://example.org/a", "/a"), "refused other_uri");
    s.offer.allowed = {};
    EXPECT_EQ(of_target("/a", "http://example.org/a"), "refused other_uri");
}

// shows: R7616-3.3-stale-nonce conforming
// shows: R7616-3.3-stale-nonce violating
TEST_F(digest_server_test, stale_only_with_the_right_password) {
    const std::string value = s.answer(s.challenge(digest_algorithm::sha_256));
    s.time = now + s.nonces.times().lifetime;
    EXPECT_EQ(verdict_of(value), "accepted") << "to the end of its lifetime";
    s.time += seconds(1);
    const digest_verdict v = s.verify(value);
    EXPECT_EQ(said(v), "stale nonce_expired");
    EXPECT_EQ(v.error.offset, value.find(" nonce=\"") + 8);
    EXPECT_EQ(v.error.status(), 401u);
    EXPECT_NE(s.challenge(digest_algorithm::sha_256, true).find("stale=true"), std::string::npos);
    s.time = now;
    s.login.password = "wrong";
    const std::string wrong = s.answer(s.challenge(digest_algorithm::sha_256));
    s.time = now + s.nonces.times().lifetime + seconds(1);
    EXPECT_EQ(verdict_of(wrong), "refused wrong_credentials");
}

// shows: R7616-3.3-stale-nonce conforming
// shows: R7616-3.3-stale-nonce violating
TEST_F(digest_server_test, stale_if_the_clock_was_set_back) {
    const std::string value = s.answer(s.challenge(digest_algorithm::sha_256));
    s.time = now - seconds(1);
    const digest_verdict v = s.verify(value);
    EXPECT_EQ(said(v), "stale nonce_from_the_future");
    EXPECT_EQ(v.error.offset, value.find(" nonce=\"") + 8);
    EXPECT_EQ(v.error.requirement, "R7616-3.3-stale-nonce");
    EXPECT_EQ(v.error.status(), 401u);
    EXPECT_EQ(verdict_of(s.answer(s.challenge(digest_algorithm::sha_256, true))), "accepted") << "with a new nonce";
    s.time = now;
    s.login.password = "wrong";
    const std::string wrong = s.answer(s.challenge(digest_algorithm::sha_256));
    s.time = now - seconds(1);
    EXPECT_EQ(verdict_of(wrong), "refused wrong_credentials");
}

TEST_F(digest_server_test, nonces_of_others) {
    const auto another = [this](auto change) {
        server_and_client other;
        change(other);
        const std::string challenge = other.challenge(digest_algorithm::sha_256);
        return s.answer(challenge);
    };
    EXPECT_EQ(verdict_of(another([](auto& o) { o.request.client = "192.0.2.99"; })), "refused nonce_foreign");
    EXPECT_EQ(verdict_of(another([](auto& o) { o.offer.proxy = true; })), "refused nonce_foreign");
    EXPECT_EQ(verdict_of(another([](auto& o) { o.offer.realm = "other@example.org"; })), "refused other_realm");
    // The nonce of another realm under the name of ours.
    server_and_client other;
    other.offer.realm = "other@example.org";
    std::string challenge = other.challenge(digest_algorithm::sha_256);
    challenge.replace(challenge.find("other@"), 6, "http-auth@");
    const std::string value = s.answer(challenge);
    EXPECT_EQ(verdict_of(value), "refused nonce_foreign");
    s.offer.foreign_is_stale = true;
    EXPECT_EQ(verdict_of(value), "stale nonce_foreign");
    const std::string ours = s.answer(s.challenge(digest_algorithm::sha_256));
    EXPECT_EQ(verdict_of(ours), "accepted");
    EXPECT_EQ(verdict_of(ours), "stale replayed") << "what is ours is still remembered";
    s.offer.foreign_is_stale = false;
    const std::string old = s.answer(
        "Digest realm=\"http-auth@example.org\", qop=\"auth\", algorithm=SHA-256, "
        "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\"");
    EXPECT_EQ(verdict_of(old), "refused nonce_malformed");
}

// shows: R7616-3.4-algorithm-echoed violating
// shows: R7616-3.4-qop-offered violating
TEST_F(digest_server_test, what_was_not_offered) {
    const std::string value = s.answer(s.challenge(digest_algorithm::md5));
    s.algorithms = {digest_algorithm::sha_256, digest_algorithm::md5_sess};
    EXPECT_EQ(verdict_of(value), "refused algorithm_not_offered");
    s.algorithms = {digest_algorithm::md5};
    s.offer.qop = digest_qop::auth_int;
    EXPECT_EQ(verdict_of(value), "refused qop_not_offered");
    s.offer.qop = digest_qop::auth;
    s.offer.opaque = "5ccc069c403ebaf9f0171e9517f40e41";
    EXPECT_EQ(verdict_of(value), "refused other_opaque");
    EXPECT_EQ(verdict_of(s.answer(s.challenge(digest_algorithm::md5))), "accepted");
}

TEST_F(digest_server_test, bodies) {
    s.offer.qop = digest_qop::auth_int;
    const std::string value = s.answer(s.challenge(digest_algorithm::sha_256));
    s.request.body_hash = {};
    const digest_verdict v = s.verify(value);
    EXPECT_EQ(said(v), "refused body_hash_missing");
    EXPECT_EQ(s.exchange.credentials()->algorithm, digest_algorithm::sha_256) << "the one to hash the body with";
    body_hash other(s.hashes, digest_algorithm::sha_256);
    other.feed("another body");
    const hex_hash hashed = other.finish();
    s.request.body_hash = hashed.view();
    EXPECT_EQ(verdict_of(value), "refused wrong_credentials");
}

TEST_F(digest_server_test, proves_nothing_to_whom_it_does_not_let_in) {
    const std::string value = s.answer(s.challenge(digest_algorithm::sha_256));
    EXPECT_EQ(s.info(true), "");
    EXPECT_EQ(s.verify(value).is, verdict::accepted);
    EXPECT_NE(s.info(true).find("rspauth="), std::string::npos);
    EXPECT_EQ(said(s.verify(value)), "stale replayed");
    EXPECT_EQ(s.info(true), "");
    s.login.password = "another";
    EXPECT_EQ(s.verify(s.answer(s.challenge(digest_algorithm::sha_256))).is, verdict::refused);
    EXPECT_EQ(s.info(true), "");
    EXPECT_EQ(s.verify("Digest").is, verdict::refused);
    EXPECT_EQ(s.info(false), "");
}

TEST_F(digest_server_test, replays) {
    const std::string challenge = s.challenge(digest_algorithm::sha_256);
    for (const std::uint32_t nc : {1u, 2u, 5u, 3u, 0xau, 0xabcdef01u}) {
        s.use.nc = nc;
        const std::string value = s.answer(challenge);
        EXPECT_EQ(verdict_of(value), "accepted") << nc;
        EXPECT_EQ(verdict_of(value), "stale replayed") << nc;
    }
    s.use.nc = 4;
    EXPECT_EQ(verdict_of(s.answer(challenge)), "stale replay_unknown");
    s.use.nc = 1;
    for (int i = 1; i != 100; ++i) ASSERT_EQ(verdict_of(s.answer(s.challenge(digest_algorithm::sha_256))), "accepted");
    const std::string one_more = s.answer(s.challenge(digest_algorithm::sha_256));
    EXPECT_EQ(verdict_of(one_more), "stale replay_store_full");
}

// nc is hashed as it was sent, and counts as a number.
TEST_F(digest_server_test, nc_in_upper_case) {
    s.use.nc = 0xabc;
    std::string value = s.answer(s.challenge(digest_algorithm::sha_256));
    const std::size_t at = value.find("nc=00000abc");
    ASSERT_NE(at, std::string::npos);
    const std::string upper = s.with_nc(value, "00000ABC");
    EXPECT_EQ(verdict_of(upper), "accepted");
    EXPECT_NE(s.info(false).find("nc=00000ABC,"), std::string::npos) << "what rspauth was hashed with";
    EXPECT_EQ(verdict_of(value), "stale replayed");
}

// RFC 2069, where the caller lets it pass: a nonce is good for one request.
TEST_F(digest_server_test, without_qop) {
    s.offer.allowed = schemes::tolerance::digest_without_qop;
    s.offer.qop = {};
    s.client_allows = schemes::tolerance::digest_without_qop;
    const std::string value = s.answer(s.challenge(digest_algorithm::md5));
    EXPECT_EQ(value.find("qop"), std::string::npos);
    EXPECT_EQ(value.find("nc="), std::string::npos);
    EXPECT_EQ(verdict_of(value), "accepted");
    EXPECT_EQ(verdict_of(value), "stale replayed");
    // The one request of a nonce is also the first of those that are counted.
    s.offer.qop = digest_qop::auth;
    std::string challenge = s.challenge(digest_algorithm::md5);
    s.use.nc = 1;
    EXPECT_EQ(verdict_of(s.answer(challenge)), "accepted");
    challenge.erase(challenge.find("qop=\"auth\", "), 12);
    EXPECT_EQ(verdict_of(s.answer(challenge)), "stale replayed");
    s.offer.allowed = {};
    EXPECT_EQ(verdict_of(value), "refused unreadable");
}

TEST_F(digest_server_test, usernames_in_unicode) {
    s.offer.utf8 = true;
    s.login = {"J\xc3\xa4s\xc3\xb8n Doe", "Secret, or not?", {}};
    const std::string value = s.answer(s.challenge(digest_algorithm::sha_512_256));
    EXPECT_NE(value.find("username*=UTF-8''J%C3%A4s%C3%B8n%20Doe"), std::string::npos) << value;
    EXPECT_EQ(verdict_of(value), "accepted");
    EXPECT_EQ(s.exchange.username(), s.login.username);
    // Decomposed, as some keyboards and file systems have it: found, and hashed as it was sent.
    s.login.username = "Ja\xcc\x88s\xc3\xb8n Doe";
    EXPECT_EQ(verdict_of(s.answer(s.challenge(digest_algorithm::sha_512_256))), "accepted");
    EXPECT_EQ(s.exchange.username(), "J\xc3\xa4s\xc3\xb8n Doe") << "the same user, however it is spelt";
    s.login.username = "henry\xe2\x85\xa3";
    const digest_verdict unfit = s.verify(s.answer(s.challenge(digest_algorithm::md5)));
    EXPECT_EQ(said(unfit), "refused username_unfit");
    EXPECT_EQ(unfit.error.precis, precis_code::disallowed);
    EXPECT_EQ(unfit.error.section, "RFC 8264, 4.2 and 4.3");
    std::string longest;
    for (int i = 0; i != 512; ++i) longest += "\u0390";
    s.login.username = longest;
    const digest_verdict too_long = s.verify(s.answer(s.challenge(digest_algorithm::md5)));
    EXPECT_EQ(said(too_long), "refused too_long");
    EXPECT_EQ(too_long.error.precis, precis_code::too_long);
    // Not UTF-8, in a quoted-string.
    std::string latin = s.answer(s.challenge(digest_algorithm::md5));
    const std::size_t at = latin.find("username*=");
    latin.replace(at, latin.find(',', at) - at, "username=\"J\xe4s\"");
    EXPECT_EQ(verdict_of(latin), "refused username_unfit");
    EXPECT_EQ(s.verify(latin).error.precis, precis_code::not_utf8);
    s.offer.utf8 = false;
    EXPECT_EQ(verdict_of(latin), "refused wrong_credentials");
}

// RFC 7616, 3.5: what of the server's answer counts.
TEST_F(digest_server_test, what_a_client_believes) {
    s.use.nc = 0xabc;
    ASSERT_EQ(verdict_of(s.answer(s.challenge(digest_algorithm::sha_256))), "accepted");
    const std::string value = s.info(false);
    const auto believes = [&](std::string changed, schemes::tolerances allowed = {}) {
        inline_event_buffer<64> events;
        const auto params = parse_info(field::authentication_info, std::string_view(changed), events);
        const auto read = schemes::read_digest_info(*params, allowed);
        inline_event_buffer<64> more;
        const auto list = parse_challenges(field::www_authenticate, std::string_view(s.challenge_value), more);
        const auto challenge = schemes::read_digest_challenge(*(*list).begin());
        return read && check_rspauth(s.hashes, *read, *challenge, s.last, s.use);
    };
    const auto with = [&](std::string_view part, std::string_view by) {
        std::string changed = value;
        EXPECT_NE(changed.find(part), std::string::npos) << part;
        return changed.replace(changed.find(part), part.size(), by);
    };
    EXPECT_TRUE(believes(value));
    EXPECT_TRUE(believes(with("qop=auth", "qop=auth-int"))) << "SHOULD be the same";
    EXPECT_TRUE(believes(with(", qop=auth", ""))) << "SHOULD be the same";
    EXPECT_TRUE(believes(value.substr(0, value.find(", cnonce")))) << "without qop these need not be there";
    EXPECT_TRUE(believes(with("nc=00000abc", "nc=00000ABC")));
    EXPECT_FALSE(believes(with("nc=00000abc", "nc=00000abd")));
    EXPECT_FALSE(believes(with("cnonce=\"f", "cnonce=\"g")));
    EXPECT_FALSE(believes(with("nc=00000abc, qop=auth", "nc=00000abd")));
    std::string upper = value;
    for (std::size_t i = upper.find("rspauth=\"") + 9; upper[i] != '"'; ++i) {
        if (upper[i] >= 'a') upper[i] = static_cast<char>(upper[i] - 'a' + 'A');
    }
    ASSERT_NE(upper, value);
    EXPECT_FALSE(believes(upper)) << "is not read";
    EXPECT_TRUE(believes(upper, schemes::tolerance::digest_upper_case_hex));
}

TEST_F(digest_server_test, escapes) {
    s.offer.realm = "a \"quoted\" \\ realm";
    s.login = {"Quo\"te\\d", "p:w", {}};
    const std::string value = s.answer(s.challenge(digest_algorithm::sha_256));
    EXPECT_NE(value.find("realm=\"a \\\"quoted\\\" \\\\ realm\""), std::string::npos) << value;
    EXPECT_EQ(verdict_of(value), "accepted");
    EXPECT_EQ(s.exchange.username(), s.login.username);
    // Also in what needs none.
    std::string more = s.answer(s.challenge(digest_algorithm::sha_256));
    for (const char* name : {"response=\"", "nonce=\"", "uri=\""}) {
        more.insert(more.find(name) + std::string_view(name).size(), "\\");
    }
    EXPECT_EQ(verdict_of(more), "accepted") << more;
    char& first = more[more.find("response=\"") + 11];
    first = first == '0' ? '1' : '0';
    EXPECT_EQ(verdict_of(more), "refused wrong_credentials");
}

// A value that goes on in another field line, with an escape there.
TEST_F(digest_server_test, field_lines) {
    s.login = {"Quo\"te\\d", "p:w", {}};
    std::string value = s.answer(s.challenge(digest_algorithm::sha_256));
    const std::size_t name = value.find("username=");
    const std::string username = value.substr(name, value.find(", ", name) - name);
    value.erase(name, username.size() + 2);
    const std::string_view lines[] = {value, username};
    const digest_verdict v = s.server().verify({lines, 2}, s.request, s.users, s.time, s.exchange);
    EXPECT_EQ(said(v), "accepted");
    EXPECT_EQ(s.exchange.username(), s.login.username);
}

// RFC 7616, 3.2 has lower case; some clients do not.
TEST_F(digest_server_test, hashes_in_upper_case) {
    for (const bool userhash : {false, true}) {
        s.offer.userhash = userhash;
        std::string value = s.answer(s.challenge(digest_algorithm::sha_256));
        std::vector<const char*> upper{"response=\""};
        if (userhash) upper.push_back("username=\"");
        for (const char* param : upper) {
            const std::size_t begin = value.find(param) + 10;
            for (std::size_t i = begin; value[i] != '"'; ++i) {
                if (value[i] >= 'a' && value[i] <= 'f') value[i] = static_cast<char>(value[i] - 'a' + 'A');
            }
        }
        s.offer.allowed = {};
        EXPECT_EQ(verdict_of(value), "refused unreadable");
        s.offer.allowed = schemes::tolerance::digest_upper_case_hex;
        EXPECT_EQ(verdict_of(value), "accepted") << value;
        EXPECT_TRUE(s.exchange.used().has(schemes::tolerance::digest_upper_case_hex));
    }
}

// What is no Digest at all, or not whole: an error with its place, and never a crash.
TEST_F(digest_server_test, unreadable) {
    const std::string value = s.answer(s.challenge(digest_algorithm::sha_256));
    for (std::size_t size = 0; size != value.size(); ++size) {
        const digest_verdict v = s.verify(value.substr(0, size));
        EXPECT_EQ(v.is, verdict::refused) << size;
        EXPECT_LE(v.error.offset, size);
    }
    const auto code = [this](const std::string& v) {
        const verify_error e = s.verify(v).error;
        return e.code == verify_code::unreadable ? e.scheme.code : schemes::scheme_error_code::none;
    };
    using schemes::scheme_error_code;
    EXPECT_EQ(code("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), scheme_error_code::other_scheme);
    EXPECT_EQ(s.verify("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==").error.status(), 401u);
    EXPECT_EQ(code("Digest"), scheme_error_code::missing_param);
    EXPECT_EQ(code("Digest "), scheme_error_code::missing_param);
    EXPECT_EQ(code("Digest token68=="), scheme_error_code::unexpected_token68);
    EXPECT_EQ(code("Digest username=\""), scheme_error_code::malformed_value);
    EXPECT_EQ(code(std::string("Digest a=\"\0\"", 12)), scheme_error_code::malformed_value);
    EXPECT_EQ(s.verify("Digest").error.status(), 401u) << "as what is invalid (RFC 9110, 11.4)";
    std::string many = value;
    for (int i = 0; i != 100; ++i) many += ", p" + std::to_string(i) + "=1";
    EXPECT_EQ(code(many), scheme_error_code::malformed_value) << "more parameters than there is room for";
    const std::size_t nc = value.find("nc=00000001");
    for (const char* bad : {"nc=0000001", "nc=000000001", "nc=0000000g", "nc=00000000", "nc=\"\""}) {
        EXPECT_EQ(code(std::string(value).replace(nc, 11, bad)), scheme_error_code::invalid_value) << bad;
    }
    EXPECT_EQ(code(value + ", nc=00000001"), scheme_error_code::repeated_param);
    EXPECT_EQ(code(value + ", username*=UTF-8''x"), scheme_error_code::two_usernames);
}

TEST_F(digest_server_test, long_parameters) {
    const std::string value = s.answer(s.challenge(digest_algorithm::sha_256));
    const std::string mebi(1 << 20, 'x');
    for (const char* name : {"username", "realm", "nonce", "uri", "response", "cnonce"}) {
        std::string changed = value;
        const std::size_t at = changed.find(std::string(name) + "=\"") + std::string(name).size() + 2;
        changed.insert(at, mebi);
        EXPECT_EQ(s.verify(changed).is, verdict::refused) << name;
    }
    s.login.username = mebi;
    EXPECT_EQ(s.answer(s.challenge(digest_algorithm::sha_256)), "too_long");
}

// What errors say shows nothing of the value, however it is wrong.
TEST_F(digest_server_test, no_secret_in_an_error) {
    s.login = {"Mufasa", "Xyzzy-Secret", {}};
    const std::string value = s.answer(s.challenge(digest_algorithm::sha_256));
    for (std::size_t i = 0; i != value.size(); ++i) {
        std::string changed = value;
        changed[i] = '~';
        const verify_error e = s.verify(changed).error;
        const std::string shown = std::string(name_of(e.code)) + '|' + std::string(e.param) + '|' +
                                  std::string(e.section) + '|' + std::string(e.expected) + '|' +
                                  std::string(e.requirement);
        for (std::size_t k = 0; k + 8 <= value.size(); ++k) {
            const std::string piece = value.substr(k, 8);
            if (piece.find_first_of("0123456789/") == std::string::npos) continue;
            EXPECT_EQ(shown.find(piece), std::string::npos) << piece;
        }
    }
}

TEST_F(digest_server_test, proxies) {
    s.offer.proxy = true;
    s.use.proxy = true;
    s.offer.domain = "/";
    const std::string challenge = s.challenge(digest_algorithm::md5);
    EXPECT_EQ(challenge.find("domain"), std::string::npos) << "it means nothing there";
    EXPECT_EQ(verdict_of(s.answer(challenge)), "accepted");
}

// Without H(A1) anybody could compute rspauth.
TEST_F(digest_server_test, an_answer_that_failed_believes_no_server) {
    hasher hashes;
    inline_event_buffer<32> events;
    const auto list = parse_challenges(field::www_authenticate,
                                       R"(Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256)", events);
    const auto challenge = choose_challenge(hashes, *list);
    ASSERT_TRUE(challenge);
    digest_use use;
    use.target = "/";
    use.cnonce = "c";
    use.nc = 1;
    digest_answer failed;
    failed.qop = digest_qop::auth;
    response_input empty;
    empty.algorithm = digest_algorithm::sha_256;
    empty.nonce = text("n");
    empty.nc = "00000001";
    empty.cnonce = text("c");
    empty.qop = digest_qop::auth;
    empty.uri = text("/");
    schemes::digest_info info;
    const hex_hash forged = hashes.response(empty);
    info.rspauth = text(forged.view());
    info.qop = digest_qop::auth;
    info.cnonce = text("c");
    info.nc = 1;
    EXPECT_FALSE(check_rspauth(hashes, info, *challenge, failed, use, {}));
}

// rspauth shows that the server knows the password, for this request.
// shows: R7616-3.5-rspauth-value violating
TEST_F(digest_server_test, authentication_info) {
    EXPECT_EQ(verdict_of(s.answer(s.challenge(digest_algorithm::sha_256_sess))), "accepted");
    EXPECT_TRUE(s.server_knows_password());
    s.use.nc = 2;
    EXPECT_FALSE(s.server_knows_password()) << "of another request";
    s.use.nc = 1;
    s.use.target = "/other";
    EXPECT_FALSE(s.server_knows_password());
    s.use.target = s.request.target;
    EXPECT_TRUE(s.server_knows_password());
    s.last.a1.assign("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    EXPECT_FALSE(s.server_knows_password());
    // The next nonce of the server is one of its own.
    const std::string info = s.info(true);
    const std::size_t at = info.find("nextnonce=\"");
    ASSERT_NE(at, std::string::npos) << info;
    const std::string next = info.substr(at + 11, nonce_maker::size);
    const std::string value =
        s.answer("Digest realm=\"http-auth@example.org\", qop=\"auth\", algorithm=SHA-256, nonce=\"" + next + "\"");
    EXPECT_EQ(verdict_of(value), "accepted");
}

// A session goes on with the cnonce that began it, where the server remembers that.
TEST_F(digest_server_test, sessions) {
    const std::string challenge = s.challenge(digest_algorithm::sha_256_sess);
    const std::string first = "0123456789abcdef0123456789abcdef";
    s.use.session_cnonce = first;
    const std::string value = s.answer(challenge);
    EXPECT_EQ(verdict_of(value), "refused wrong_credentials");
    s.request.session_cnonce = first;
    EXPECT_EQ(verdict_of(value), "accepted");
}

}  // namespace
}  // namespace authgrammar::verify
