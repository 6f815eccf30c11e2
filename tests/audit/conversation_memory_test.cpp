// What a conversation remembers, from which message to which, and for whom.

#include "exchange.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using namespace authgrammar::audit;
using namespace authgrammar::audit::testing;

std::string unsecured(int n) { return std::to_string(n) + " warning credentials-unsecured"; }
std::string repeated(int n) { return std::to_string(n) + " info challenge-repeated"; }
std::string again(int n) { return std::to_string(n) + " warning refused-credentials-again"; }
std::string carried(int n) { return std::to_string(n) + " error credentials-after-redirect"; }
std::string realms(int n) { return std::to_string(n) + " info several-realms"; }

const std::string basic = with("Basic dTpw");
const std::string proxy_basic = "Proxy-Authorization: Basic dTpw\r\n";
const std::string basic_x = "Basic realm=\"x\"";
std::string proxy_challenge(int status, const std::string& value) {
    return answer(status, "Proxy-Authenticate: " + value + "\r\n");
}

// Host has no scheme. It is that of the root that is known for it; of two that are known, the one that is expected.
TEST(server, scheme_of_a_host) {
    const std::string both = get("/", "a") + moved("https://a/");
    EXPECT_EQ(found_in(both + get("/", "a", basic), at("http://a/")), none) << "https is expected";
    EXPECT_EQ(found_in(both + get("/", "a") + moved("http://a/x") + get("/x", "a", basic), at("http://a/")),
              ids{unsecured(5)});
    EXPECT_EQ(found_in(both + get("/", "a") + moved("http://b/") + get("/", "a", basic), at("http://a/")), none)
        << "neither is";
    EXPECT_EQ(found_in(both + get("/", "a") + moved("http://b/") + get("/", "b", basic), at("http://a/")),
              ids{unsecured(5)});
    EXPECT_EQ(found_in(both + get("/", "a", basic)), none) << "only https is known";
    EXPECT_EQ(found_in(get("/", "a") + moved("http://a/x") + get("/x", "a", basic)), ids{unsecured(3)});
    EXPECT_EQ(found_in(get("http://a/", "a") + answer(200) + get("/", "a", basic)), ids{unsecured(3)});
    EXPECT_EQ(found_in(get("https://a/", "a") + answer(200) + get("/", "a", basic)), none);
    EXPECT_EQ(found_in(get("/", "a") + moved("/x") + get("/x", "a", basic)), none) << "a path tells no scheme";
    EXPECT_EQ(found_in(get("/", "a") + moved("/x") + get("/x", "a", basic), at("http://a/")), ids{unsecured(3)});
}

// A redirect that tells no scheme does not choose between two that are known.
TEST(server, scheme_of_a_redirect) {
    const std::string to_https = get("/", "a") + moved("https://a/");
    const std::string relative = get("/", "b") + moved("//a/x") + get("/x", "a", basic);
    EXPECT_EQ(found_in(to_https + relative), none) << "https is known";
    EXPECT_EQ(found_in(to_https + relative, at("http://a/")), none) << "both are known";
    EXPECT_EQ(found_in(to_https + get("/", "b", basic) + moved("https://a/x") + get("/x", "a", basic), at("http://a/")),
              ids{carried(5)})
        << "to https, which is another server than the one with http";
    EXPECT_EQ(found_in(get("/", "") + moved("/x") + get("/x", "", basic), at("http://a/")), ids{unsecured(3)});
    const std::string tls = "*   Trying 192.0.2.1:443...\n* SSL connection using TLSv1.3\n";
    const auto asked = [](const std::string& target, const std::string& realm) {
        return "> GET " + target + " HTTP/1.1\n> Host: a\n> \n< HTTP/1.1 401 X\n< WWW-Authenticate: A realm=\"" +
               realm + "\"\n< \n";
    };
    EXPECT_EQ(found_in(tls + asked("/", "x") + asked("https://a/", "y")), ids{realms(4)}) << "TLS is https";
    EXPECT_EQ(found_in(tls + asked("/", "x") + asked("http://a/", "y")), none);
}

TEST(server, without_host) {
    EXPECT_EQ(found_in(get("/", "") + moved("https://b/") + get("/", "", basic), at("http://a/")), none);
    EXPECT_EQ(found_in(get("/", "") + moved("http://b/") + get("/", "", basic), at("https://a/")), ids{unsecured(3)});
    EXPECT_EQ(found_in(get("/", "", basic)), none);
    EXPECT_EQ(found_in(get("/", "a/b", basic), at("http://a/")), none) << "a Host that is none";
    EXPECT_EQ(found_in(get("/", "a/b") + challenge(basic_x) + get("/", "a/b") + challenge("Basic realm=\"y\"")), none);
    const std::string connect = "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n";
    EXPECT_EQ(found_in(connect + challenge(basic_x) + get("/", "a:443") + challenge("Basic realm=\"y\"")), none)
        << "who answers a CONNECT is not known";
}

// Bare field lines with credentials are a request to the server that is expected.
TEST(server, of_bare_field_lines) {
    const std::string bare = "Authorization: Basic dTpw\r\n\r\n";
    EXPECT_EQ(found_in(bare, at("http://a/")), ids{unsecured(1)});
    EXPECT_EQ(found_in(bare + challenge(basic_x), at("https://a/")), ids{repeated(2)});
    EXPECT_EQ(found_in("Proxy-" + bare + proxy_challenge(407, basic_x)), ids{repeated(2)});
    EXPECT_EQ(found_in("X: y\r\n\r\n" + challenge(basic_x), at("https://a/")), none);
    EXPECT_EQ(found_in("Host: b\r\n" + bare, at("http://a/")), ids{unsecured(1)})
        << "Host is of requests with a target";
}

// A response belongs to the request right before it, and to no other.
TEST(answers, one_for_each_request) {
    const std::string tried = get("/", "a", basic);
    for (int status = 100; status <= 210; ++status) {
        const bool interim = status < 200 && status != 101;
        EXPECT_EQ(found_in(tried + answer(status) + challenge(basic_x)), interim ? ids{repeated(3)} : none) << status;
    }
    EXPECT_EQ(found_in(tried + get("/", "a") + challenge(basic_x)), none) << "it answers the second";
    EXPECT_EQ(found_in(tried + answer(401, "WWW-Authenticate: " + basic_x + "\r\n" + basic)), ids{repeated(2)})
        << "a response is none with Authorization, too";
    EXPECT_EQ(found_in("> GET / HTTP/1.1\n> Host: a\n> Authorization: Basic dTpw\nstray\n< HTTP/1.1 401 X\n"
                       "< WWW-Authenticate: Basic realm=\"x\"\n< \n"),
              ids{repeated(3)})
        << "what cannot be read between them is neither";
    EXPECT_EQ(found_in(tried + challenge(basic_x) + challenge(basic_x)), ids{repeated(2)})
        << "the second answers nothing";
}

TEST(answers, which_are_redirects) {
    for (const int status : {200, 299, 300, 301, 302, 303, 304, 305, 307, 308, 399, 400, 401, 500}) {
        const std::string input =
            get("/", "a", basic) + answer(status, "Location: https://b/\r\n") + get("/", "b", basic);
        const bool redirect = status >= 300 && status < 400 && status != 304;
        EXPECT_EQ(found_in(input), redirect ? ids{carried(3)} : none) << status;
    }
    EXPECT_EQ(found_in(get("/", "a", basic) + answer(302) + get("/", "b", basic)), none) << "without Location";
    EXPECT_EQ(found_in(get("/", "a", basic) + moved("ftp://b/") + get("/", "b", basic)), none);
}

TEST(answers, which_accept) {
    const std::string tried = get("/", "a", basic);
    for (const int status : {200, 204, 304, 399, 400, 403, 500}) {
        const std::string input = tried + challenge(basic_x) + tried + answer(status) + tried;
        EXPECT_EQ(found_in(input), status < 400 ? (ids{repeated(2), again(3)}) : (ids{repeated(2), again(3), again(5)}))
            << status;
        const std::string proxied = get("/", "a", proxy_basic);
        const std::string through = proxied + proxy_challenge(407, basic_x) + proxied + answer(status) + proxied;
        EXPECT_EQ(found_in(through),
                  status < 400 ? (ids{repeated(2), again(3)}) : (ids{repeated(2), again(3), again(5)}))
            << status;
    }
    // Only what was accepted is forgotten: these credentials, this target, this server.
    const std::string refused = tried + challenge(basic_x);
    EXPECT_EQ(found_in(refused + get("/", "a", with("Basic b3RoZXI=")) + answer(200) + tried),
              (ids{repeated(2), again(5)}));
    EXPECT_EQ(found_in(refused + get("/x", "a", basic) + answer(200) + tried), (ids{repeated(2), again(5)}));
    EXPECT_EQ(found_in(refused + get("/", "b", basic) + answer(200) + tried), (ids{repeated(2), again(5)}));
    EXPECT_EQ(found_in(refused + get("/", "a") + answer(200) + tried), (ids{repeated(2), again(5)}));
    EXPECT_EQ(found_in(refused + get("/", "a", proxy_basic) + answer(200) + tried), (ids{repeated(2), again(5)}));
}

// What is a refusal: the challenge that was asked before, or the first of its scheme, to credentials of that scheme.
TEST(refusals, by_challenge) {
    const std::string tried = get("/", "a", basic);
    const std::string asked = get("/", "a") + challenge(basic_x);
    EXPECT_EQ(found_in(asked + tried + challenge(basic_x)), ids{repeated(4)});
    EXPECT_EQ(found_in(asked + get("/", "a", with("basic dTpw")) + challenge("BASIC Realm=x")), ids{repeated(4)});
    EXPECT_EQ(found_in(asked + tried + challenge("Basic")), none) << "no realm is another space";
    EXPECT_EQ(found_in(get("/", "a") + challenge("Basic") + tried + challenge("Basic realm=\"\"")), none);
    EXPECT_EQ(found_in(get("/", "a") + challenge("Basic") + tried + challenge("Basic")), ids{repeated(4)});
    EXPECT_EQ(found_in(asked + get("/", "a", with("Newauth dTpw")) + challenge(basic_x)), none) << "others were tried";
    EXPECT_EQ(found_in(tried + challenge("Basic realm=\"x\", Basic realm=\"y\"")), ids{repeated(2)}) << "once";
    EXPECT_EQ(found_in(asked + tried + challenge("Basic realm=\"y\", Basic realm=\"x\"")),
              (ids{realms(4), repeated(4)}));
    EXPECT_EQ(found_in(tried + challenge("Basic realm=\"y\"") + tried + challenge("Basic realm=\"z\"")),
              (ids{repeated(2), again(3), realms(4)}))
        << "the second is another challenge, and not the first of its scheme";
    EXPECT_EQ(found_in(tried + answer(403, "WWW-Authenticate: Basic realm=\"x\"\r\n")), none) << "403 refuses nothing";
    EXPECT_EQ(found_in(get("/", "a", basic + basic) + challenge(basic_x)), none) << "two lines are no credentials";
    EXPECT_EQ(found_in(get("/", "a", with("@")) + challenge(basic_x)), none);
    const auto digest = [](const std::string& more) { return get("/", "a", with("Digest nonce=\"1\"" + more)); };
    EXPECT_EQ(found_in(digest("") + challenge("Digest nonce=\"2\", stale=TRUE")), none);
    EXPECT_EQ(found_in(digest("") + challenge("Digest nonce=\"2\", stale=false")), ids{repeated(2)});
    EXPECT_EQ(found_in(digest("") + challenge("Digest nonce=\"2\", fresh=true")), ids{repeated(2)});
    EXPECT_EQ(found_in(digest("") + challenge("Digest realm=\"x\", nonce=\"2\"")), ids{repeated(2)})
        << "no realm was named";
    EXPECT_EQ(found_in(digest(", realm=\"x\"") + challenge("Digest nonce=\"2\"")), none) << "another realm than sent";
    EXPECT_EQ(found_in(get("/", "a", with("NTLM AAAA")) + challenge("NTLM BBBB")), none) << "a round";
    EXPECT_EQ(found_in(get("/", "a", with("NTLM AAAA")) + challenge("NTLM")), ids{repeated(2)});
}

// Whether the challenge had come before.
TEST(refusals, by_the_same_challenge) {
    const auto refused = [](const std::string& input) {
        const std::vector<message> messages = read_messages(input);
        conversation all;
        circumstances last;
        for (const message& m : messages) last = all.next(m, read_fields(m));
        return std::string(last.refusal ? "refused" : "not refused") + (last.refused_by_same ? " again" : "");
    };
    const std::string tried = get("/", "a", basic);
    EXPECT_EQ(refused(tried + challenge(basic_x)), "refused");
    EXPECT_EQ(refused(get("/", "a") + challenge(basic_x) + tried + challenge(basic_x)), "refused again");
    EXPECT_EQ(refused(tried + answer(200)), "not refused");
    EXPECT_EQ(refused(""), "not refused");
    EXPECT_EQ(refused(get("/", "a") + challenge("Basicx") + tried + challenge(basic_x)), "refused")
        << "scheme and realm";
}

// What was asked before counts for the server that asked.
TEST(refusals, by_server) {
    const std::string tried = get("/", "a", with("Digest realm=\"y\", nonce=\"1\""));
    const std::string digest_x = "Digest realm=\"x\", nonce=\"1\"";
    EXPECT_EQ(found_in(get("/", "a") + challenge(digest_x) + tried + challenge(digest_x)), ids{repeated(4)});
    EXPECT_EQ(found_in(get("/", "b") + challenge(digest_x) + tried + challenge(digest_x)), none) << "b asked, not a";
    EXPECT_EQ(found_in(get("/", "a") + proxy_challenge(407, digest_x) + tried + challenge(digest_x)), none)
        << "the proxy asked";
    EXPECT_EQ(found_in(get("/", "a:80") + challenge(digest_x) + tried + challenge(digest_x)), ids{repeated(4)})
        << "the port by default";
}

TEST(refusals, of_proxies) {
    const std::string proxied = get("/", "a", proxy_basic);
    EXPECT_EQ(found_in(proxied + proxy_challenge(407, basic_x)), ids{repeated(2)});
    EXPECT_EQ(found_in(get("/", "a", basic) + proxy_challenge(407, basic_x)), none) << "the server's were not refused";
    EXPECT_EQ(found_in(proxied + challenge(basic_x)), none);
    EXPECT_EQ(found_in(proxied + proxy_challenge(401, basic_x)), none) << "a 401 is the server's";
    EXPECT_EQ(found_in(proxied + proxy_challenge(200, basic_x)), none);
    EXPECT_EQ(found_in(proxied + answer(407, "WWW-Authenticate: " + basic_x + "\r\n")), none);
    EXPECT_EQ(found_in("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n" + proxy_basic + "\r\n" +
                       answer(407, "WWW-Authenticate: " + basic_x + "\r\n")),
              none);
    EXPECT_EQ(found_in(get("/", "a") + proxy_challenge(407, basic_x) + get("/", "b", proxy_basic) +
                       proxy_challenge(407, basic_x)),
              ids{repeated(4)})
        << "one proxy for all servers";
    const std::string with_both = get("/", "a", basic + proxy_basic);
    EXPECT_EQ(found_in(with_both + challenge(basic_x) + with_both + proxy_challenge(407, basic_x) + with_both),
              (ids{repeated(2), again(3), repeated(4), again(5)}))
        << "said once, of the server's";
    EXPECT_EQ(found_in(with_both + proxy_challenge(407, basic_x) + with_both), (ids{repeated(2), again(3)}));
    EXPECT_EQ(found_in(proxied + proxy_challenge(407, basic_x) + get("/x", "a", proxy_basic)), ids{repeated(2)})
        << "another target";
}

// Credentials of the same user, carried from one server to another.
TEST(redirects, by_user) {
    const auto from_a_to_b = [](const std::string& sent, const std::string& then) {
        return found_in(get("/", "a", with(sent)) + moved("https://b/") + get("/", "b", with(then)));
    };
    EXPECT_EQ(from_a_to_b("Digest username=\"u\", nonce=\"1\"", "digest nonce=\"2\", USERNAME=u"), ids{carried(3)});
    EXPECT_EQ(from_a_to_b("Digest username=\"u\"", "Digest username=\"v\""), none);
    EXPECT_EQ(from_a_to_b("Digest username=\"u\"", "Newauth username=\"u\""), none) << "another scheme";
    EXPECT_EQ(from_a_to_b("Digest nonce=\"1\"", "Digest nonce=\"2\""), none) << "no user is told";
    EXPECT_EQ(from_a_to_b("Digest nonce=\"1\"", "Digest username=\"u\""), none);
    EXPECT_EQ(from_a_to_b("Bearer t", "Bearer t"), ids{carried(3)});
    EXPECT_EQ(from_a_to_b("Bearer t", "bearer t"), none) << "not the same in every octet";
    EXPECT_EQ(found_in(get("/", "a", proxy_basic) + moved("https://b/") + get("/", "b", proxy_basic)), none)
        << "the proxy's go with every request";
}

TEST(redirects, by_way_of_others) {
    const std::string from_a = get("/", "a", basic) + moved("https://b/");
    const std::string other = with("Basic b3RoZXI=");
    EXPECT_EQ(found_in(from_a + get("/", "b") + moved("https://c/") + get("/", "c", basic)), ids{carried(5)});
    EXPECT_EQ(found_in(from_a + get("/", "b", other) + moved("https://c/") + get("/", "c", basic)), none)
        << "b's own were carried on, if any";
    EXPECT_EQ(found_in(from_a + get("/", "b", other) + moved("https://c/") + get("/", "c", other)), ids{carried(5)});
    EXPECT_EQ(found_in(from_a + get("/", "b") + moved("https://a/") + get("/", "a", basic)), none) << "back to a";
    EXPECT_EQ(found_in(from_a + get("/", "c", other) + moved("https://b/") + get("/", "b", basic)), none)
        << "the last redirect to b counts";
    EXPECT_EQ(found_in(from_a + get("/", "c", other) + moved("https://b/") + get("/", "b", other)), ids{carried(5)});
    EXPECT_EQ(found_in(from_a + get("/", "d") + moved("https://c/") + get("/", "c", basic)), none)
        << "nothing was carried to d";
    EXPECT_EQ(found_in(from_a + get("/", "c", basic)), none) << "nobody redirected to c";
    EXPECT_EQ(found_in(from_a + get("/", "b:8443", basic)), none);
}

// http and https of one authority are two servers, in either direction; what is not known is not another.
TEST(redirects, by_scheme) {
    const auto from_to = [](const std::string& from, const std::string& to) {
        return found_in(get(from, "a", basic) + moved(to) + get("/", "a", basic));
    };
    EXPECT_EQ(from_to("https://a/", "http://a:443/"), none) << "Host a is neither";
    EXPECT_EQ(found_in(get("https://a:80/", "a:80", basic) + moved("http://a/") + get("http://a/", "a", basic)),
              (ids{unsecured(3), carried(3)}));
    EXPECT_EQ(found_in(get("https://a/", "a", basic) + moved("http://a/") + get("http://a/", "a", basic)),
              (ids{unsecured(3), carried(3)}));
    EXPECT_EQ(found_in(get("http://a/", "a", basic) + moved("https://a/") + get("https://a/", "a", basic)),
              (ids{unsecured(1), carried(3)}));
    EXPECT_EQ(found_in(get("https://a/", "a", basic) + moved("https://a/x") + get("https://a/x", "a", basic)), none);
    EXPECT_EQ(found_in(get("/", "a", basic) + moved("http://a/") + get("http://a/", "a", basic)), ids{unsecured(3)})
        << "the first may have been http as well";
    EXPECT_EQ(found_in(get("http://a/", "a", basic) + moved("http://a/x") + get("http://a/x", "a", basic)),
              (ids{unsecured(1), unsecured(3)}));
}

// The port that the scheme has anyway, named or not: one server, for redirects, refusals and realms.
TEST(servers, a_default_port_makes_no_other) {
    const auto redirected = [](const std::string& host, const std::string& to, const std::string& then) {
        return found_in(get("/", host, basic) + moved(to) + get("/", then, basic));
    };
    EXPECT_EQ(redirected("a.example:443", "https://a.example/", "a.example"), none);
    EXPECT_EQ(redirected("a.example:443", "https://a.example/", "a.example:443"), none);
    EXPECT_EQ(redirected("a.example", "https://a.example:443/", "a.example:443"), none);
    EXPECT_EQ(redirected("A.example:443", "/x", "a.example"), none);
    EXPECT_EQ(redirected("[2001:db8::1]:443", "https://[2001:db8::1]/", "[2001:db8::1]"), none);
    EXPECT_EQ(redirected("a.example:80", "http://a.example/", "a.example"), ids{unsecured(3)});
    EXPECT_EQ(redirected("a.example:443", "https://b.example/", "b.example"), ids{carried(3)});
    EXPECT_EQ(redirected("a.example:443", "https://a.example:8443/", "a.example:8443"), ids{carried(3)});
    const std::string with_port = get("/", "a.example:443", basic);
    const std::string without = get("https://a.example/", "a.example", basic);
    const std::string x = challenge(basic_x);
    EXPECT_EQ(found_in(get("https://a.example/", "a.example") + x + with_port + challenge("Basic realm=\"y\"")),
              ids{realms(4)});
    EXPECT_EQ(found_in(with_port + challenge("Basic realm=\"y\"") + without + x),
              (ids{"2 info challenge-repeated", realms(4)}));
}

// A realm beside the first one, for one server, whatever the status and the scheme of the challenge.
TEST(realms, of_one_server) {
    const std::string x = challenge(basic_x);
    const std::string y = challenge("Basic realm=\"y\"");
    const std::string a = get("/", "a");
    EXPECT_EQ(found_in(a + x + a + answer(200, "WWW-Authenticate: Basic realm=\"y\"\r\n")), ids{realms(4)});
    EXPECT_EQ(found_in(a + answer(403, "WWW-Authenticate: Basic realm=\"y\"\r\n") + a + x), ids{realms(4)});
    EXPECT_EQ(found_in(a + x + a + y + a + y + a + x), ids{realms(4)}) << "each once";
    EXPECT_EQ(found_in(a + x + a + y + a + challenge("Basic realm=\"z\"")), (ids{realms(4), realms(6)}));
    EXPECT_EQ(found_in(a + challenge("A realm=\"x\", B realm=\"y\"") + a + y + a + x), none) << "said in one response";
    EXPECT_EQ(found_in(a + challenge("A realm=\"x\", B realm=\"y\"") + a + challenge("C realm=\"z\"")), ids{realms(4)});
    EXPECT_EQ(found_in(a + challenge("Newauth") + a + x), none) << "no realm is none";
    EXPECT_EQ(found_in(a + x + a + challenge("A realm=\"x\", Newauth, B realm=\"y\", A realm=\"x\", C realm=\"z\"")),
              (ids{realms(4), realms(4)}))
        << "beside one that is known, and none";
    EXPECT_EQ(found_in(a + x + a + challenge("Basic realm=\"\", Newauth")), ids{realms(4)}) << "an empty one is one";
    EXPECT_EQ(found_in(a + x + a + challenge("Basic realm=\"\\x\"")), none) << "the same, escaped";
    EXPECT_EQ(found_in(a + x + a + challenge("Basic realm=\"X\"")), ids{realms(4)}) << "realms have case";
    EXPECT_EQ(found_in(a + x + a + proxy_challenge(407, "Basic realm=\"y\"")), none) << "the proxy's realm";
    EXPECT_EQ(found_in(get("https://a/", "a") + x + get("http://a/", "a") + y), none) << "two roots";
    EXPECT_EQ(found_in(a + x + get("https://a/", "a") + y), none) << "no telling whether it is the same";
    EXPECT_EQ(found_in(x + moved("/other") + y, at("https://a/")), ids{realms(3)}) << "responses only";
    EXPECT_EQ(found_in(x + moved("https://b/") + x + y, at("https://a/")), ids{realms(4)});
}

}  // namespace
