// What holds for the credentials of every scheme: each case with all that is said of it.

#include "explained.hpp"

namespace authgrammar::audit {
namespace {

using namespace testing;

const std::string basic = "Basic realm=\"r\"";

TEST(why_any_scheme, several_lines) {
    expect_last_explained(
        {{get("/", "a.example", with("Basic dTpw") + with("Bearer x")) + challenge("Basic realm=\"r\", Bearer"),
          "certain several-credentials [Authorization#2] beside [Authorization]: the request has 2 lines of "
          "Authorization => one line of Authorization\n"},
         {get("/", "a.example", with("Basic dTpw") + with("") + with("Basic dTpw!")) + challenge(basic),
          "certain several-credentials [Authorization#2] beside [Authorization]: the request has 3 lines of "
          "Authorization => one line of Authorization\n"},
         {get("/", "a.example", with("")) + challenge(basic),
          "certain empty-credentials [Authorization]: Authorization is empty\n"}});
}

TEST(why_any_scheme, grammar) {
    expect_last_explained({
        {refused("Basic dTpw!", basic),
         "certain malformed-credentials [!]: the token has a character that tokens cannot contain\n"},
        {refused("Bearer x, Bearer y", "Bearer"),
         "certain malformed-credentials [Bearer#2]: two credentials are in one value\n"},
        {refused("Bearer Bearer x", "Bearer"),
         "certain malformed-credentials [Bearer#2]: the scheme is written twice => Authorization: Bearer <redacted>\n"},
        {refused("Bearer ${TOKEN}", "Bearer"),
         "certain placeholder [${TOKEN}]: a placeholder was not replaced by a token\n"},
        {refused("Bearer: x", "Bearer"),
         "certain malformed-credentials [:#3]: a colon follows the scheme => Authorization: Bearer <redacted>\n"},
        {refused("dTpwYXNzd29yZA==", basic),
         "certain malformed-credentials [dTpwYXNzd29yZA==]: the scheme is missing before base64 of user-id and "
         "password => Authorization: Basic <redacted>\n"},
        {refused("Basic (dTpw)", basic),
         "certain malformed-credentials [(]: the token has a character that tokens cannot contain\n"},
        {refused("Basic u:p", basic),
         "certain malformed-credentials [u#2]: user-id and password are not encoded => Authorization: Basic "
         "<redacted>\n"},
        {refused("Bearer YOUR_TOKEN", "Bearer"),
         "likely placeholder [YOUR_TOKEN]: the token is a word that examples have in place of a token\n"
         "possible token-refused [YOUR_TOKEN]: the server does not accept the token and does not say why\n"
         "missing token\n"},
        {refused("Bearer Bearer", "Bearer"),
         "possible token-refused [Bearer#2]: the server does not accept the token and does not say why\n"
         "missing token\n"},
        {refused("Bearer access_token=x", "Bearer"),
         "certain wrong-form [Bearer]: Bearer takes one token, and parameters follow its name\n"},
        {refused("Bearer token", "Bearer"),
         "likely placeholder [token]: the token is a word that examples have in place of a token\n"
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing token\n"},
        {refused("Digest a=\"\x01\"", basic),
         "certain malformed-credentials [\x1]: the value breaks the grammar here: qdtext, quoted-pair or DQUOTE is "
         "expected\n"},
        {refused("Digest a=1, a=2, =", basic),
         "certain malformed-credentials [2, =]: a parameter has spaces and is not quoted => Authorization: Digest "
         "<redacted>=<redacted>, <redacted>=<redacted>\n"},
        {refused("Digest a=(", basic),
         "certain malformed-credentials [(]: a parameter has characters that are allowed only in quotes => "
         "Authorization: Digest <redacted>=<redacted>\n"},
        {refused("Digest a", basic),
         "certain scheme-not-offered [Digest] beside [WWW-Authenticate]: the credentials are for Digest, and the "
         "challenge offers Basic => credentials for Basic\n"
         "certain wrong-form [Digest]: Digest takes parameters, and a token follows its name\n"},
        {refused("Digest a=\"b", basic),
         "certain malformed-credentials []@59: the closing quote of a parameter is missing => Authorization: Digest "
         "<redacted>=<redacted>\n"},
        // A slip that changes nothing comes before one that does.
        {refused("Digest username=\"u\" realm=\"r\"", basic),
         "certain malformed-credentials [realm]: the comma between two parameters is missing => Authorization: Digest "
         "username=<redacted>, realm=<redacted>\n"},
        {get("/", "a.example", "Authorization: Basic dXNlcm5hbWU6YSBsb25nIHBhc3N3b3JkIHRoYXQgd3JhcHM\nhIQ==\r\n") +
             challenge(basic),
         "certain malformed-credentials [Authorization] beside [hIQ==]: the token is broken into lines, and its rest "
         "is lost => the whole value in one line\n"},
        {get("/", "a.example", "Authorization: Digest username=\"u\",\nrealm=\"r\"\r\n") + challenge(basic),
         "certain malformed-credentials [Authorization] beside [realm=\"r\"]: the value goes on in the next line, and "
         "that is lost => the whole value in one line\n"
         "certain scheme-not-offered [Digest] beside [WWW-Authenticate]: the credentials are for Digest, and the "
         "challenge offers Basic => credentials for Basic\n"},
    });
}

TEST(why_any_scheme, empty_values) {
    expect_last_explained({
        {refused("Bearer null", "Bearer"), "certain placeholder [null]: the token is the name of an empty value\n"},
        {refused("Bearer Access_Token", "Bearer"),
         "likely placeholder [Access_Token]: the token is a word that examples have in place of a token\n"
         "possible token-refused [Access_Token]: the server does not accept the token and does not say why\n"
         "missing token\n"},
        {refused("Bearer", "Bearer"), "certain empty-credentials [Bearer]: nothing follows Bearer\n"},
        {refused("Digest", "Digest realm=\"r\", nonce=\"n\""),
         "certain empty-credentials [Digest]: nothing follows Digest\n"},
        {refused("x", basic),
         "certain malformed-credentials [x#2]: the scheme is missing before a token\n"
         "certain scheme-not-offered [x#2] beside [WWW-Authenticate]: the credentials are for a scheme that is not "
         "registered, and the challenge offers Basic => credentials for Basic\n"},
    });
}

TEST(why_any_scheme, forms) {
    expect_last_explained({
        {refused("Digest dTpw", "Digest realm=\"r\", nonce=\"n\""),
         "certain wrong-form [Digest]: Digest takes parameters, and a token follows its name\n"},
        {refused("Basic realm=\"r\"", basic),
         "certain wrong-form [Basic]: Basic takes one token, and parameters follow its name\n"},
        {refused("NTLM a=b", "NTLM"),
         "certain wrong-form [NTLM]: NTLM takes one token, and parameters follow its name\n"},
        {refused("OAuth abc", "OAuth"),
         "certain wrong-form [OAuth]: OAuth takes parameters, and a token follows its name\n"},
        {refused("X-Own abc", "X-Own"),
         "possible refused-by-server [Authorization]: no reason can be seen\n"
         "missing scheme\n"},
    });
}

TEST(why_any_scheme, schemes_that_are_offered) {
    expect_last_explained({
        {refused("Basic dTpw", "Bearer"),
         "certain scheme-not-offered [Basic] beside [WWW-Authenticate]: the credentials are for Basic, and the "
         "challenge offers Bearer => credentials for Bearer\n"},
        {refused("Basic dTpw", "Bearer, Negotiate"),
         "certain scheme-not-offered [Basic] beside [WWW-Authenticate]: the credentials are for Basic, and the "
         "challenge offers Bearer or Negotiate => credentials for Bearer or Negotiate\n"},
        {refused("Basic dTpw", "Bearer, X-Own, Bearer realm=\"b\", Negotiate, X-Other"),
         "certain scheme-not-offered [Basic] beside [WWW-Authenticate]: the credentials are for Basic, and the "
         "challenge offers Bearer, a scheme that is not registered or Negotiate => credentials for Bearer, a scheme "
         "that is not registered or Negotiate\n"},
        {refused("X-Own dTpw", "Bearer, X-Other"),
         "certain scheme-not-offered [X-Own] beside [WWW-Authenticate]: the credentials are for a scheme that is not "
         "registered, and the challenge offers Bearer or a scheme that is not registered => credentials for Bearer or "
         "a scheme that is not registered\n"},
        {refused("Basic dTpw", "Bearer, basic realm=\"r\""),
         "possible wrong-password [dTpw]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {refused("Basic dTpw", "Bearer realm=\"r"),
         "possible wrong-password [dTpw]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {refused_again("Basic dTpw", "Bearer", basic),
         "possible wrong-password [dTpw]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {refused_again("Basic dTpw", basic, "Bearer"),
         "certain scheme-not-offered [Basic#2] beside [WWW-Authenticate#2]: the credentials are for Basic, and the "
         "challenge offers Bearer => credentials for Bearer\n"},
        // A response without a challenge: that before counts.
        {get("/", "a.example") + challenge("Bearer") + get("/", "a.example", with("Basic dTpw")) + answer(401),
         "certain scheme-not-offered [Basic] beside [WWW-Authenticate]: the credentials are for Basic, and the "
         "challenge offers Bearer => credentials for Bearer\n"},
        {get("/", "a.example") + challenge("Bearer") + refused("Basic dTpw", ""),
         "certain scheme-not-offered [Basic] beside [WWW-Authenticate]: the credentials are for Basic, and the "
         "challenge offers Bearer => credentials for Bearer\n"},
        {get("/", "a.example", with("Basic dTpw")) + answer(401),
         "possible wrong-password [dTpw]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        // No more than eight are listed.
        {refused("Basic dTpw", "Bearer, Digest, DPoP, GNAP, HOBA, Mutual, Negotiate, OAuth, NTLM, vapid"),
         "certain scheme-not-offered [Basic] beside [WWW-Authenticate]: the credentials are for Basic, and the "
         "challenge offers Bearer, Digest, DPoP, GNAP, HOBA, Mutual, Negotiate or OAuth => credentials for Bearer, "
         "Digest, DPoP, GNAP, HOBA, Mutual, Negotiate or OAuth\n"},
    });
}

TEST(why_any_scheme, realms) {
    const std::string a = "Bearer realm=\"a\"";
    expect_last_explained({
        {refused_again("Bearer x", a, "Bearer realm=\"b\""),
         "likely other-realm [Authorization] beside [a#6] [b]: the server asked for credentials for one realm before, "
         "and refuses them in another => credentials for realm=\"b\"\n"
         "possible token-refused [x#3]: the server does not accept the token and does not say why\n"
         "missing token\n"},
        {refused_again("Bearer x", a, "Bearer realm=a"),
         "possible token-refused [x#3]: the server does not accept the token and does not say why\n"
         "missing token\n"},
        {refused_again("Bearer x", a, "Bearer realm=\"b\", Bearer realm=\"a\""),
         "possible token-refused [x#3]: the server does not accept the token and does not say why\n"
         "missing token\n"},
        {refused_again("Bearer x", a, "Basic realm=\"d\", Bearer realm=\"b\", Bearer realm=\"c\""),
         "likely other-realm [Authorization] beside [a#6] [b]: the server asked for credentials for one realm before, "
         "and refuses them in another => credentials for realm=\"b\"\n"
         "possible token-refused [x#3]: the server does not accept the token and does not say why\n"
         "missing token\n"},
        {refused_again("Bearer x", a, "Bearer realm=\"b\", Bearer"),
         "possible token-refused [x#3]: the server does not accept the token and does not say why\n"
         "missing token\n"},
        {refused_again("Bearer x", a, "Bearer"),
         "possible token-refused [x#3]: the server does not accept the token and does not say why\n"
         "missing token\n"},
        {refused_again("Bearer x", "Bearer", "Bearer realm=\"b\""),
         "possible token-refused [x#3]: the server does not accept the token and does not say why\n"
         "missing token\n"},
        {refused_again("Bearer x", "Basic realm=\"a\"", "Bearer realm=\"b\""),
         "possible token-refused [x#3]: the server does not accept the token and does not say why\n"
         "missing token\n"},
        // Of Digest it is a matter of its members.
        {refused_again("Digest realm=\"a\"", "Digest realm=\"a\"", "Digest realm=\"b\""),
         "certain member-missing [Authorization]: username, nonce, uri, response are missing => uri=\"/\"\n"},
    });
}

TEST(why_any_scheme, credentials_that_were_accepted) {
    const std::string login = get("/a", "a.example") + challenge("Basic realm=\"a\"") +
                              get("/a", "a.example", with("Basic dTpw")) + answer(200);
    const std::string in_b = get("/b", "a.example") + challenge("Basic realm=\"b\"");
    expect_last_explained({
        {login + in_b + refused("Basic dTpw", "Basic realm=\"b\""),
         "likely other-realm [Authorization#2] beside [Authorization] [b#3]: the server accepted the same credentials "
         "in another realm, and refuses them in this one => credentials for realm=\"b\"\n"
         "possible wrong-password [dTpw#2]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {login + in_b + refused("Basic dTpx", "Basic realm=\"b\""),
         "possible wrong-password [dTpx]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {login + in_b + refused("Basic dTpw", "Basic"),
         "possible wrong-password [dTpw#2]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {login + refused("Basic dTpw", "Basic realm=\"a\""),
         "possible wrong-password [dTpw#2]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {login + in_b + get("/b", "a.example", with("Basic dTpw") + with("Basic dTpw")) +
             challenge("Basic realm=\"b\""),
         "certain several-credentials [Authorization#3] beside [Authorization#2]: the request has 2 lines of "
         "Authorization => one line of Authorization\n"},
        {login + in_b + get("/b", "a.example", with("Basic dTpw")) + answer(401),
         "possible wrong-password [dTpw#2]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        // It was accepted without having been asked for.
        {get("/a", "a.example", with("Basic dTpw")) + answer(200) + in_b + refused("Basic dTpw", "Basic realm=\"b\""),
         "possible wrong-password [dTpw#2]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {get("/a", "a.example") + challenge("Bearer realm=\"a\"") + get("/a", "a.example", with("Bearer x")) +
             answer(200) + get("/b", "a.example") + challenge("Bearer realm=\"b\"") +
             refused("Bearer x", "Bearer realm=\"b\""),
         "possible token-refused [x#6]: the server does not accept the token and does not say why\n"
         "missing token\n"},
    });
}

/// Digest credentials with this realm, of which the rest is right.
std::string digest(const std::string& realm) {
    return "Digest username=\"u\", realm=" + realm +
           ", nonce=\"n\", uri=\"/\", response=\"0123456789abcdef0123456789abcdef\", qop=auth, nc=00000001, "
           "cnonce=\"c\"";
}

TEST(why_any_scheme, challenges_that_are_broken) {
    const std::string with_quotes = R"(Digest realm="a "b" c", nonce="n", qop="auth")";
    expect_last_explained({
        {refused_again(digest("\"a \""), with_quotes),
         "likely quote-in-challenge [\"#2] of WWW-Authenticate: the quote at byte 16 ends the value of realm => "
         "WWW-Authenticate: Digest realm=\"a \\\"b\\\" c\", nonce=\"n\", qop=\"auth\"\n"
         "possible wrong-password [0123456789abcdef0123456789abcdef]: the response was not checked\n"
         "missing password\n"},
        {refused_again(digest(R"("a \"b\" c")"), with_quotes),
         "possible quote-in-challenge [\"#2] of WWW-Authenticate: the quote at byte 16 ends the value of realm => "
         "WWW-Authenticate: Digest realm=\"a \\\"b\\\" c\", nonce=\"n\", qop=\"auth\"\n"
         "possible wrong-password [0123456789abcdef0123456789abcdef]: the response was not checked\n"
         "missing password\n"},
        {refused_again(digest("\"a \"b\" c\""), with_quotes),
         "certain quote-in-challenge [\"#2] of WWW-Authenticate: the quote at byte 16 ends the value of realm => "
         "WWW-Authenticate: Digest realm=\"a \\\"b\\\" c\", nonce=\"n\", qop=\"auth\"\n"
         "certain malformed-credentials [\"#12]: the quote at byte 30 ends the value of realm => Authorization: Digest "
         "username=<redacted>, realm=<redacted>, nonce=<redacted>, uri=<redacted>, response=<redacted>, qop=auth, "
         "nc=00000001, cnonce=<redacted>\n"},
        {refused(digest("\"r\""), "Digest realm=\"r\", nonce=\"n\" qop=\"auth\""),
         "likely challenge-unreadable [qop#2] of WWW-Authenticate: the comma between two parameters is missing => "
         "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"\n"
         "possible wrong-password [0123456789abcdef0123456789abcdef]: the response was not checked\n"
         "missing password\n"},
        {get("/", "a.example") + challenge("Digest realm=r nonce=n") +
             refused("Digest x y", "Digest realm=\"r\", nonce=\"n\""),
         "certain malformed-credentials [ #15]: white space inside the token\n"
         "likely challenge-unreadable [nonce] of WWW-Authenticate: the comma between two parameters is missing => "
         "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\"\n"},
        // Valid, whatever was meant.
        {refused(digest("\"'r'\""), "Digest realm='r', nonce=\"n\", qop=\"auth\""),
         "possible wrong-password [0123456789abcdef0123456789abcdef]: the response was not checked\n"
         "missing password\n"},
        // Corrected, it has no realm that the credentials could repeat.
        {refused(digest("\"r\""), R"(Digest opaque="D\", nonce="n", qop="auth")"),
         "likely quote-in-challenge [\\\"] of WWW-Authenticate: the backslash before the closing quote of opaque "
         "escapes it => WWW-Authenticate: Digest opaque=\"D\\\\\", nonce=\"n\", qop=\"auth\"\n"
         "possible wrong-password [0123456789abcdef0123456789abcdef]: the response was not checked\n"
         "missing password\n"},
        {refused("Basic dTpw", "Basic realm=\"a \"b\" c\""),
         "possible wrong-password [dTpw]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {get("/", "a.example", with(digest("\"r\""))) +
             answer(401, "WWW-Authenticate: Bearer\r\nWWW-Authenticate: Digest realm=\"r\" nonce=\"n\"\r\n"),
         "likely scheme-not-offered [Digest] beside [WWW-Authenticate]: the credentials are for Digest, and the "
         "challenge offers Bearer => credentials for Bearer\n"
         "likely challenge-unreadable [nonce#3] of WWW-Authenticate: the comma between two parameters is missing => "
         "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\"\n"
         "possible wrong-password [0123456789abcdef0123456789abcdef]: the response was not checked\n"
         "missing password\n"},
        {get("/", "a.example") + challenge("Digest realm=\"" + std::string(400, 'x') + "\" nonce=\"n\", qop=\"auth\""),
         "certain no-credentials [GET / HTTP/1.1]: the request has no Authorization, and no request after it has one "
         "for this server => Authorization with credentials for a scheme that is offered\n"
         "likely challenge-unreadable [nonce] of WWW-Authenticate: the comma between two parameters is missing => "
         "WWW-Authenticate: Digest "
         "realm="
         "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
         "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
         "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
         "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n"},
    });
}

TEST(why_any_scheme, no_credentials) {
    const std::string proxy = "Proxy-Authenticate: Basic realm=\"p\"\r\n";
    const std::string for_proxy = "Proxy-Authorization: Basic dTpw\r\n";
    expect_last_explained({
        {challenge(basic),
         "possible no-credentials [HTTP/1.1 401 X]: the server asks for credentials, and no response after it accepts "
         "any\n"
         "missing request\n"},
        {answer(407, proxy),
         "possible no-credentials [HTTP/1.1 407 X] of Proxy-Authorization: the proxy asks for credentials, and no "
         "response after it accepts any\n"
         "missing request\n"},
        {get("/", "a.example") + challenge(basic),
         "certain no-credentials [GET / HTTP/1.1]: the request has no Authorization, and no request after it has one "
         "for this server => Authorization with credentials for Basic\n"},
        {get("/", "a.example") + challenge("Basic realm=\"r\", Bearer"),
         "certain no-credentials [GET / HTTP/1.1]: the request has no Authorization, and no request after it has one "
         "for this server => Authorization with credentials for Basic or Bearer\n"},
        {get("/", "a.example") + challenge("="),
         "certain no-credentials [GET / HTTP/1.1]: the request has no Authorization, and no request after it has one "
         "for this server => Authorization with credentials for a scheme that is offered\n"
         "likely challenge-unreadable [=] of WWW-Authenticate: the value begins with \"=\" => WWW-Authenticate: \n"},
        {get("/", "a.example") + answer(407, proxy),
         "certain no-credentials [GET / HTTP/1.1] of Proxy-Authorization: the request has no Proxy-Authorization, and "
         "no request after it has one for this proxy => Proxy-Authorization with credentials for Basic\n"},
        {get("/", "a.example") + answer(401),
         "certain no-challenge [HTTP/1.1 401 X]: the response has no WWW-Authenticate, and the request no "
         "Authorization => WWW-Authenticate with a challenge\n"},
        {get("/", "a.example") + challenge(""),
         "certain no-challenge [HTTP/1.1 401 X]: the response has no WWW-Authenticate, and the request no "
         "Authorization => WWW-Authenticate with a challenge\n"},
        {get("/", "a.example") + answer(407),
         "certain no-challenge [HTTP/1.1 407 X] of Proxy-Authorization: the response has no Proxy-Authenticate, and "
         "the request no Proxy-Authorization => Proxy-Authenticate with a challenge\n"},
        // Those for the other hop.
        {get("/", "a.example", for_proxy) + challenge(basic),
         "certain credentials-for-other-hop [Proxy-Authorization]: the server asks for credentials, and the request "
         "has some in Proxy-Authorization only => Authorization\n"},
        {get("http://a.example/", "a.example", for_proxy) + challenge(basic),
         "certain no-credentials [GET http://a.example/ HTTP/1.1]: the request has no Authorization, and no request "
         "after it has one for this server => Authorization with credentials for Basic\n"},
        {get("/", "a.example", with("Basic dTpw")) + answer(407, proxy),
         "certain credentials-for-other-hop [Authorization] of Proxy-Authorization: the proxy asks for credentials, "
         "and the request has some in Authorization only => Proxy-Authorization\n"},
        {get("http://a.example/", "a.example", with("Basic dTpw")) + answer(407, proxy),
         "certain credentials-for-other-hop [Authorization] of Proxy-Authorization: the proxy asks for credentials, "
         "and the request has some in Authorization only => Proxy-Authorization\n"},
        {"CONNECT x:443 HTTP/1.1\r\n" + for_proxy + "\r\n" + challenge(basic),
         "certain asked-with-other-status [HTTP/1.1 401 X]: the answer to CONNECT is 401, and clients wait for 407 => "
         "407, and Proxy-Authenticate\n"},
        // How it was asked.
        {"CONNECT a.example:443 HTTP/1.1\r\n\r\n" + challenge(basic),
         "certain asked-with-other-status [HTTP/1.1 401 X]: the answer to CONNECT is 401, and clients wait for 407 => "
         "407, and Proxy-Authenticate\n"},
        {"CONNECT a.example:443 HTTP/1.1\r\n\r\n" + answer(407, proxy),
         "certain no-credentials [CONNECT a.example:443 HTTP/1.1] of Proxy-Authorization: the request has no "
         "Proxy-Authorization, and no request after it has one for this proxy => Proxy-Authorization with credentials "
         "for Basic\n"},
        {"OPTIONS / HTTP/1.1\r\nHost: a.example\r\nAccess-Control-Request-Method: PUT\r\n\r\n" + challenge(basic),
         "certain preflight [OPTIONS / HTTP/1.1]: the request is a CORS preflight, which has no credentials\n"},
        {"OPTIONS / HTTP/1.1\r\nHost: a.example\r\n\r\n" + challenge(basic),
         "certain no-credentials [OPTIONS / HTTP/1.1]: the request has no Authorization, and no request after it has "
         "one for this server => Authorization with credentials for Basic\n"},
        {get("/", "a.example", "Access-Control-Request-Method: PUT\r\n") + challenge(basic),
         "certain no-credentials [GET / HTTP/1.1]: the request has no Authorization, and no request after it has one "
         "for this server => Authorization with credentials for Basic\n"},
        // After a redirect, after an empty line, after a request that had some.
        {get("/", "a.example", with("Basic dTpw")) + moved("http://b.example/") + get("/", "b.example") +
             challenge(basic),
         "certain dropped-at-redirect [GET / HTTP/1.1#2] beside [Authorization]: the request that was redirected here "
         "had credentials, and this one has none\n"},
        {get("/", "a.example", with("Basic dTpw")) + moved("http://b.example/") + get("/", "b.example") +
             answer(407, proxy),
         "certain no-credentials [GET / HTTP/1.1#2] of Proxy-Authorization: the request has no Proxy-Authorization, "
         "and no request after it has one for this proxy => Proxy-Authorization with credentials for Basic\n"},
        {get("/", "a.example") + with("Basic dTpw") + "\r\n" + challenge(basic),
         "certain no-credentials [Authorization]: the credentials are behind the empty line that ends the header "
         "section, so they were not sent => no empty line before them\n"},
        {get("/", "a.example", with("Basic dTpw")) + answer(200) + get("/x", "a.example") + challenge(basic),
         "certain no-credentials [GET /x HTTP/1.1] beside [Authorization]: the request has no Authorization, and no "
         "request after it has one for this server; an earlier one had => Authorization with credentials for Basic\n"},
        {get("/", "a.example", for_proxy) + answer(200) + get("/x", "a.example") + answer(407, proxy),
         "certain no-credentials [GET /x HTTP/1.1] of Proxy-Authorization beside [Proxy-Authorization]: the request "
         "has no Proxy-Authorization, and no request after it has one for this proxy; an earlier one had => "
         "Proxy-Authorization with credentials for Basic\n"},
    });
}

// Names of schemes are the same in any case, in credentials that cannot be read as well.
TEST(why_any_scheme, case_of_a_name_in_broken_credentials) {
    const std::string broken_challenge = "Digest realm=\"r\", nonce=\"n";
    const auto said = [](const std::string& name) {
        return "certain malformed-credentials []@66: the closing quote of username is missing => Authorization: " +
               name + " username=<redacted>\n";
    };
    for (const std::string name : {"Digest", "digest", "DIGEST"}) {
        expect_last_explained(
            {{refused(name + " username=\"x", broken_challenge),
              said(name) + "likely challenge-unreadable []@149 of WWW-Authenticate: the closing quote of nonce "
                           "is missing => WWW-Authenticate: Digest realm=\"r\", nonce=\"n\"\n"}});
    }
    // Of other schemes no credentials depend on what the challenge says.
    expect_last_explained({{refused("Digesu username=\"x", broken_challenge),
                            "certain malformed-credentials []@66: the closing quote of a parameter is missing\n"}});
}

}  // namespace
}  // namespace authgrammar::audit
