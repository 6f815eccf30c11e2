// What Digest says of a message beside those before it: what is compared with what, and where both stand.

#include "exchange.hpp"
#include "told.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace authgrammar::audit;
using namespace authgrammar::audit::testing;
using authgrammar::field;
using authgrammar::name_of;

/// What is said of the last message: "realm [r] beside [q]", the text of the input at both places; "no" before what is not there.
std::string said_of(const std::string& input) {
    told all;
    const digest_circumstances d = all.next(input).digest;
    std::string out;
    const auto text_at = [&input](span s) { return "[" + input.substr(s.offset, s.length) + "]"; };
    const auto add = [&](const std::string& what, const linked_places& where) {
        out += (out.empty() ? "" : "; ") + what + " " + text_at(where.at) + " beside " + text_at(where.earlier);
        out += where.about == field::authorization || where.about == field::www_authenticate
                   ? ""
                   : " of " + std::string(name_of(where.about));
    };
    for (const unlike_param& p : d.unlike_challenge) add((p.missing ? "no " : "") + std::string(p.name), p.where);
    for (const unlike_param& p : d.unlike_request) {
        add("echoed " + std::string(p.name), p.where);
        EXPECT_FALSE(p.missing);
    }
    if (d.nc_reused) add("nc reused", *d.nc_reused);
    if (d.nonce_repeated) add("nonce repeated", *d.nonce_repeated);
    if (d.stale_missing) add("stale missing", *d.stale_missing);
    if (d.never_accepted) add("never accepted", *d.never_accepted);
    return out;
}

struct exchange {
    std::string input;
    const char* said;
};
void expect_said(const std::vector<exchange>& all) {
    for (const exchange& each : all) EXPECT_EQ(said_of(each.input), each.said) << each.input;
}

std::string asks(const std::string& params) { return get("/", "a") + challenge("Digest " + params); }
std::string sends(const std::string& params) { return get("/", "a", with("Digest " + params)); }
std::string info(const std::string& params, int status = 200) {
    return answer(status, "Authentication-Info: " + params + "\r\n");
}

TEST(digest_memory, compares_with_the_challenge) {
    const std::string n = "nonce=\"1\", ";
    const std::string plain = asks(n + "realm=\"r\"");
    expect_said({
        {plain + sends("nonce=1, realm=r"), ""},
        {plain + sends("nonce=1"), ""},
        {plain + sends("nonce=1, realm=\"R\""), "realm [R] beside [1]"},
        {plain + sends("nonce=1, realm=q, realm=r"), "realm [q] beside [1]"},
        {asks("nonce=1") + sends("nonce=1, realm=q"), "realm [q] beside [1]"},
        {asks("nonce=1") + sends("nonce=1, realm=\"\""), ""},
        {plain + sends("nonce=1, opaque=o"), "opaque [o] beside [1]"},
        {asks(n + "opaque=\"o\"") + sends("nonce=1"), "no opaque [Authorization] beside [1]"},
        {asks(n + "opaque=\"o\"") + sends("nonce=1, opaque=o"), ""},
        {asks(n + "opaque=\"o\"") + sends("nonce=1, opaque=p, opaque=o"), "opaque [p] beside [1]"},
        {asks(n + "opaque=\"o\"") + sends("nonce=1, opaque=O"), "opaque [O] beside [1]"},
        {plain + sends("nonce=1, algorithm=MD5"), ""},
        {plain + sends("nonce=1, algorithm=md5"), ""},
        {plain + sends("nonce=1, algorithm=SHA-256"), "algorithm [SHA-256] beside [1]"},
        {plain + sends("nonce=1, algorithm=SHA-256, algorithm=MD5"), "algorithm [SHA-256] beside [1]"},
        {asks(n + "algorithm=SHA-256") + sends("nonce=1"), "no algorithm [Authorization] beside [1]"},
        {asks(n + "algorithm=SHA-256") + sends("nonce=1, algorithm=sha-256"), ""},
        {plain + sends("nonce=1, qop=auth"), "qop [auth] beside [1]"},
        {asks(n + "qop=\"auth\"") + sends("nonce=1"), "no qop [Authorization] beside [1]"},
        {asks(n + "qop=\"auth\"") + sends("nonce=1, qop=auth"), ""},
        {asks(n + "qop=\"auth\"") + sends("nonce=1, qop=AUTH"), "qop [AUTH] beside [1]"},
        {asks(n + "qop=\"auth\"") + sends("nonce=1, qop=auth-int, qop=auth"), "qop [auth-int] beside [1]"},
        {asks(n + "qop=\" auth ,, auth-int\"") + sends("nonce=1, qop=auth-int"), ""},
        {asks(n + "qop=\"\"") + sends("nonce=1"), "no qop [Authorization] beside [1]"},
        {asks(n + "qop=\"\"") + sends("nonce=1, qop=auth"), "qop [auth] beside [1]"},
        {plain + sends("nonce=1, realm=q, opaque=o, algorithm=x, qop=y"),
         "realm [q] beside [1]; opaque [o] beside [1]; algorithm [x] beside [1]; qop [y] beside [1]"},
        {plain + get("/", "a", "Proxy-" + with("Digest nonce=1, realm=q")), ""},
        {plain + get("/", "b", with("Digest nonce=1, realm=q")), ""},
        {plain + get("/", "a", with("Other nonce=1, realm=q")), ""},
        {plain + get("/", "a", with("Digest nonce=1, realm=q") + with("Digest nonce=1, realm=q")), ""},
        {get("/", "a") + answer(407, "Proxy-Authenticate: Digest nonce=\"1\", realm=\"r\"\r\n") +
             get("/", "b", "Proxy-" + with("Digest nonce=1, realm=q")),
         "realm [q] beside [1] of Proxy-Authorization"},
    });
}

// One of several challenges with the nonce: that with the algorithm of the credentials, or else the first.
TEST(digest_memory, chooses_the_challenge) {
    const std::string two = get("/", "a") + challenge(
                                                "Digest nonce=\"1\", realm=\"x\", algorithm=A, Digest nonce=1, "
                                                "realm=\"y\", algorithm=B");
    const std::string with_md5 = get("/", "a") + challenge(
                                                     "Digest nonce=\"1\", realm=\"x\", algorithm=A, "
                                                     "Digest nonce=1, realm=\"y\"");
    expect_said({
        {two + sends("nonce=1, realm=x, algorithm=A"), ""},
        {two + sends("nonce=1, realm=y, algorithm=b"), ""},
        {two + sends("nonce=1, realm=y, algorithm=A"), "realm [y] beside [1]"},
        {two + sends("nonce=1, realm=x, algorithm=C"), "algorithm [C] beside [1]"},
        {with_md5 + sends("nonce=1, realm=y"), ""},
        {with_md5 + sends("nonce=1, realm=y, algorithm=MD5"), ""},
        {two + asks("nonce=1, realm=z") + sends("nonce=1, realm=z"), ""},
        {two + asks("nonce=1, realm=z") + sends("nonce=1, realm=y, algorithm=B"),
         "realm [y] beside [1]; algorithm [B] beside [1]"},
    });
}

// A nonce that was not given, for a realm that the last response asked for.
TEST(digest_memory, tells_an_invented_nonce) {
    const std::string both =
        get("/", "a") + challenge("Digest nonce=\"n1\", realm=\"x\", Digest nonce=\"n2\", realm=\"y\"");
    expect_said({
        {both + sends("nonce=m, realm=x"), "nonce [m] beside [n1]"},
        {both + sends("nonce=m, realm=y"), "nonce [m] beside [n2]"},
        {both + sends("nonce=m, realm=z"), ""},
        {both + sends("nonce=m"), ""},
        {both + sends("realm=x"), ""},
        {both + sends("nonce=m, nonce=n1, realm=x"), "nonce [m] beside [n1]"},
        {both + get("/", "a") + answer(200) + sends("nonce=m, realm=x"), ""},
        {both + get("/", "a") + challenge("Basic realm=\"x\"") + sends("nonce=m, realm=x"), ""},
        {both + asks("nonce=n3, realm=y") + sends("nonce=m, realm=x"), ""},
        {both + get("/", "b") + challenge("Basic") + sends("nonce=m, realm=x"), "nonce [m] beside [n1]"},
        {get("/", "a") + challenge("Digest nonce=n1, realm=x, Digest nonce=n2, realm=x") + sends("nonce=m, realm=x"),
         "nonce [m] beside [n1]"},
        {get("/", "a") + challenge("Digest realm=x") + sends("nonce=m, realm=x"), ""},
    });
}

TEST(digest_memory, tells_counts_that_come_again) {
    const std::string first = sends("nonce=n, nc=1");
    expect_said({
        {first + answer(200) + sends("nonce=n, nc=2"), ""},
        {first + answer(200) + sends("nonce=m, nc=1"), ""},
        {first + answer(200) + sends("nonce=n"), ""},
        {first + answer(200) + sends("nc=1"), ""},
        {sends("nonce=n") + answer(200) + sends("nonce=n, nc=1"), ""},
        {first + answer(200) + get("/", "b", with("Digest nonce=n, nc=1")), ""},
        {"X: y\r\n\r\n" + first + answer(200) + sends("nonce=n, nc=1"), "nc reused [1] beside [1]"},
        {sends("nonce=n, nc=\"01\"") + sends("nonce=n, nc=01, nc=2"), "nc reused [01] beside [01]"},
        {sends("nonce=n, nc=2, nc=1") + sends("nonce=n, nc=1"), ""},
    });
}

TEST(digest_memory, tells_nonces_that_come_again) {
    const std::string again = get("/", "a") + challenge("Digest nonce=m, Digest nonce=\"n\", realm=x, Digest nonce=m");
    expect_said({
        {asks("nonce=n") + again, "nonce repeated [n] beside [n]"},
        {asks("nonce=o") + again, ""},
        {again, ""},
        {asks("nonce=\"m\"") + asks("nonce=n") + again, "nonce repeated [m] beside [m]"},
        {get("/", "b") + challenge("Digest nonce=n") + again, ""},
        {asks("nonce=n") + again + again, "nonce repeated [m] beside [m]"},
        {asks("nonce=n") + get("/", "a") + challenge("Other nonce=n"), ""},
    });
}

TEST(digest_memory, compares_info_with_the_request) {
    const std::string sent = sends("nonce=n, cnonce=\"c\", nc=1, qop=auth");
    expect_said({
        {sent + info("cnonce=c, nc=1, qop=auth"), ""},
        {sent + info("cnonce=C"), "echoed cnonce [C] beside [c] of Authentication-Info"},
        {sent + info("nc=2"), "echoed nc [2] beside [1] of Authentication-Info"},
        {sent + info("qop=auth-int"), "echoed qop [auth-int] beside [auth] of Authentication-Info"},
        {sent + info("cnonce=d, nc=2, qop=x"),
         "echoed cnonce [d] beside [c] of Authentication-Info; echoed nc [2] beside [1] of Authentication-Info; "
         "echoed qop [x] beside [auth] of Authentication-Info"},
        {sends("nonce=n") + info("cnonce=d, nc=2, qop=x"), ""},
        {sends("nonce=n, cnonce=c, cnonce=d") + info("cnonce=d"),
         "echoed cnonce [d] beside [c] of Authentication-Info"},
        {sent + info("rspauth=\"00\""), ""},
        {sent + info("cnonce=d @"), ""},
        {sent + info(""), ""},
        {sent + info("cnonce=d", 500), "echoed cnonce [d] beside [c] of Authentication-Info"},
        {sent + answer(200, "Proxy-Authentication-Info: cnonce=d\r\n"), ""},
        {get("/", "a", "Proxy-" + with("Digest nonce=n, cnonce=c")) +
             answer(200, "Proxy-Authentication-Info: cnonce=d\r\n"),
         "echoed cnonce [d] beside [c] of Proxy-Authentication-Info"},
        {get("/", "a", "Proxy-" + with("Digest nonce=n, cnonce=c")) + info("cnonce=d"), ""},
    });
}

// The next nonce has the terms of the challenge that was answered, unless it was given before.
TEST(digest_memory, takes_the_next_nonce) {
    const std::string asked = asks("nonce=n, realm=r, opaque=\"o\"");
    const std::string sent = sends("nonce=n, realm=r, opaque=o");
    expect_said({
        {asked + sent + info("nextnonce=\"m\"") + sends("nonce=m, realm=r, opaque=o"), ""},
        {asked + sent + info("nextnonce=\"m\"") + sends("nonce=m, realm=r, opaque=p"), "opaque [p] beside [m]"},
        {asked + sent + info("nextnonce=\"m\"") + sends("nonce=m, realm=q, opaque=o"), "realm [q] beside [m]"},
        {asked + sent + info("nextnonce=\"n\"") + sends("nonce=n, realm=r"), "no opaque [Authorization] beside [n]"},
        {asks("nonce=m, realm=x") + asked + sent + info("nextnonce=\"m\"") + sends("nonce=m, realm=x"), ""},
        {sent + info("nextnonce=\"m\"") + sends("nonce=m, realm=q"), ""},
        {asked + sends("realm=r, opaque=o") + info("nextnonce=\"m\"") + sends("nonce=m, realm=q"), ""},
        {asked + sent + info("nextnonce=\"m\"") + asks("nonce=m"), "nonce repeated [m] beside [m]"},
    });
}

/// Credentials of a user, refused with the nonce `next`.
std::string refused(const std::string& nonce, const std::string& next, const std::string& user = "username=u") {
    return sends(user + ", realm=r, nonce=" + nonce) + challenge("Digest realm=r, nonce=\"" + next + "\"");
}
const std::string accepted = sends("username=u, realm=r, nonce=1");

TEST(digest_memory, tells_a_new_nonce_for_a_user_who_was_accepted) {
    expect_said({
        {accepted + answer(200) + refused("1", "2"), "stale missing [2] beside [Authorization]"},
        {accepted + answer(399) + refused("1", "2"), "stale missing [2] beside [Authorization]"},
        {accepted + answer(400) + refused("1", "2"), ""},
        {accepted + answer(200) + refused("1", "1"), ""},
        {accepted + answer(200) + refused("1", "2", "username=v"), ""},
        {accepted + answer(200) + refused("1", "2", "username=u, username=v"),
         "stale missing [2] beside [Authorization]"},
        {accepted + answer(200) + refused("1", "2", "username*=UTF-8''u"), ""},
        {sends("username*=UTF-8''u, username=v, realm=r, nonce=1") + answer(200) +
             refused("1", "2", "username*=UTF-8''u, username*=x"),
         "stale missing [2] beside [Authorization]"},
        {accepted + answer(200) + sends("username=u, nonce=1") + challenge("Digest realm=r, nonce=2"), ""},
        {accepted + answer(200) + sends("username=u, realm=r") + challenge("Digest realm=r, nonce=2"), ""},
        {accepted + answer(200) + sends("username=u, realm=q, nonce=1") + challenge("Digest realm=q, nonce=2"), ""},
        {accepted + answer(200) + sends("username=u, realm=r, nonce=1") + challenge("Digest realm=q, nonce=2"), ""},
        {accepted + answer(200) + sends("username=u, realm=r, nonce=1") +
             challenge("Digest realm=q, nonce=2, Digest realm=r, nonce=3"),
         "stale missing [3] beside [Authorization]"},
        {accepted + answer(200) + sends("username=u, realm=r, nonce=1") +
             challenge("Digest realm=r, nonce=2, stale=TRUE"),
         ""},
        {accepted + answer(200) + sends("username=u, realm=r, nonce=1") +
             challenge("Digest realm=r, nonce=2, stale=false"),
         "stale missing [2] beside [Authorization]"},
        {accepted + answer(200) + sends("username=u, realm=r, nonce=1") +
             challenge("Digest realm=r, nonce=2, Digest realm=r, nonce=2, stale=true"),
         ""},
        {accepted + answer(200) + sends("username=u, realm=r, nonce=1") +
             challenge("Digest realm=r, nonce=2, stale=true, Digest realm=r, nonce=2"),
         ""},
        {accepted + answer(200) + get("/", "b", with("Digest username=u, realm=r, nonce=1")) +
             challenge("Digest realm=r, nonce=2"),
         ""},
        {sends("realm=r, nonce=1") + answer(200) + sends("username=\"\", realm=r, nonce=1") +
             challenge("Digest realm=r, nonce=2"),
         "stale missing [2] beside [Authorization]"},
    });
}

// A proxy lets every response of the server pass, and accepts by that; a 407 is its own.
TEST(digest_memory, tells_whom_a_proxy_accepted) {
    const std::string sent = get("/", "a", "Proxy-" + with("Digest username=u, realm=r, nonce=1"));
    const auto asks_again = [](const std::string& nonce) {
        return answer(407, "Proxy-Authenticate: Digest realm=r, nonce=\"" + nonce + "\"\r\n");
    };
    for (const int status : {200, 304, 400, 401, 404, 406, 408, 500}) {
        EXPECT_EQ(said_of(sent + answer(status) + sent + asks_again("2")),
                  "stale missing [2] beside [Proxy-Authorization] of Proxy-Authenticate")
            << status;
    }
    EXPECT_EQ(said_of(sent + answer(407) + sent + asks_again("2")), "");
    EXPECT_EQ(said_of(sent + asks_again("2") + sent + asks_again("3")), "");
    EXPECT_EQ(said_of(sent + asks_again("2") + sent + asks_again("3") + sent + asks_again("4")),
              "never accepted [4] beside [2] of Proxy-Authenticate");
}

// The third new nonce, and only that one.
TEST(digest_memory, tells_a_user_who_is_never_accepted) {
    const std::string two = refused("1", "2") + refused("2", "3");
    expect_said({
        {two, ""},
        {two + refused("3", "4"), "never accepted [4] beside [2]"},
        {two + refused("3", "4") + refused("4", "5"), ""},
        {two + refused("3", "4") + refused("4", "5") + refused("5", "6") + refused("6", "7"), ""},
        {two + refused("3", "4", "username=v"), ""},
        {two + refused("x", "9", "username=v") + refused("3", "4"), "never accepted [4] beside [2]"},
        {two + accepted + answer(200) + refused("3", "4"), "stale missing [4] beside [Authorization]"},
        {two + accepted + answer(500) + refused("3", "4"), "never accepted [4] beside [2]"},
    });
}

}  // namespace
