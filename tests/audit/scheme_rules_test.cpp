#include "judged_input.hpp"

#include "rules/scheme_parts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

// The rules about Basic, Bearer, DPoP, Negotiate, NTLM and any scheme, and about what carries credentials.

namespace {

using namespace authgrammar::audit::testing;

/// How many letters are other, missing, too many or have changed places with a neighbour, at least (optimal string alignment).
std::size_t distance(const std::string& a, const std::string& b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            const auto same = [&](std::size_t x, std::size_t y) { return lower(a[x - 1]) == lower(b[y - 1]); };
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (same(i, j) ? 0 : 1)});
            if (i > 1 && j > 1 && same(i, j - 1) && same(i - 1, j)) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    }
    return d[a.size()][b.size()];
}

TEST(scheme_rules, names_are_one_slip_away_at_a_distance_of_one) {
    std::vector<std::string> words{""};
    for (std::size_t i = 0; words[i].size() < 4; ++i) {
        for (const char c : {'a', 'B', 'b', 'c'}) words.push_back(words[i] + c);
    }
    ASSERT_EQ(words.size(), 341u);
    for (const std::string& a : words) {
        for (const std::string& b : words) {
            EXPECT_EQ(authgrammar::audit::is_one_slip_away(a, b), distance(a, b) == 1) << a << " " << b;
        }
    }
}

TEST(scheme_rules, say_what_is_wrong_and_nothing_else) {
    const judged_input inputs[] = {
        {"Basic", answer(401, {"WWW-Authenticate: bAsIc realm=\"x\""}), {}},
        {"Basic without realm",
         answer(401, {"WWW-Authenticate: Basic charset=\"UTF-8\""}),
         {"basic-without-realm:warning"}},
        {"Basic alone, of a proxy", answer(407, {"Proxy-Authenticate: Basic"}), {"basic-without-realm:warning"}},
        {"realm misspelt", answer(401, {"WWW-Authenticate: Basic relam=\"x\""}), {"param-misspelt:warning"}},
        {"another charset",
         answer(401, {"WWW-Authenticate: Basic realm=\"x\", charset=\"ISO-8859-1\""}),
         {"unknown-charset:warning"}},
        {"a word after Basic", answer(401, {"WWW-Authenticate: Basic files"}), {"token68-for-parameters"}},
        {"base64url", get("/", {"Authorization: Basic dXNlcjo_Pz8_"}), {"basic-not-base64"}},
        {"no padding", get("/", {"Authorization: Basic dXNlcjpwYXNzdw"}), {"basic-not-base64"}},
        {"no colon", get("/", {"Authorization: Basic dXNlcg=="}), {"basic-without-colon"}},
        {"a line end behind the password",
         get("/", {"Authorization: Basic dXNlcjpwYXNzCg=="}),
         {"basic-control-character"}},
        {"an empty user", get("/", {"Authorization: Basic OnB3"}), {}},
        {"ISO-8859-1 for UTF-8",
         get("/", {}) + answer(401, {"WWW-Authenticate: Basic realm=\"x\", charset=\"UTF-8\""}) +
             get("/", {"Authorization: Basic dTr8"}),
         {"basic-not-utf8:warning"}},
        {"a letter and a mark for a letter",
         get("/", {}) + answer(401, {"WWW-Authenticate: Basic realm=\"x\", charset=\"UTF-8\""}) +
             get("/", {"Authorization: Basic dTp1zIg="}),
         {"basic-not-utf8:warning"}},
        {"UTF-8",
         get("/", {}) + answer(401, {"WWW-Authenticate: Basic realm=\"x\", charset=\"UTF-8\""}) +
             get("/", {"Authorization: Basic dTrDvA=="}),
         {}},
        {"ISO-8859-1, which nobody forbade",
         get("/", {}) + answer(401, {"WWW-Authenticate: Basic realm=\"x\""}) + get("/", {"Authorization: Basic dTr8"}),
         {}},
        {"MD5 before two stronger ones",
         answer(401, {"WWW-Authenticate: Digest realm=\"x\", nonce=\"n\", qop=\"auth\", algorithm=MD5",
                      "WWW-Authenticate: Digest realm=\"x\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256",
                      "WWW-Authenticate: Digest realm=\"x\", nonce=\"n\", qop=\"auth\", algorithm=SHA-512-256"}),
         {"digest-md5-first:info"}},
        {"the domain of a camera",
         answer(401,
                {"WWW-Authenticate: Digest realm=\"x\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256, domain=\"::\""}),
         {"digest-domain-malformed:warning"}},
        {"a host for a domain",
         answer(401, {"WWW-Authenticate: Digest realm=\"x\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256, domain=\"/ "
                      "a.example\""}),
         {"digest-domain-malformed:warning"}},
        {"a path and a URI",
         answer(401, {"WWW-Authenticate: Digest realm=\"x\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256, "
                      "domain=\"/a https://a.example/b\""}),
         {}},
        {"a no-break space, which is one fault",
         get("/", {"Authorization: Bearer\xC2\xA0"
                   "abc"}),
         {"syntax"}},
        {"credentials behind an empty line",
         get("/", {}) + "Accept: */*\r\nAuthorization: Basic dTpw\r\n\r\n",
         {"head-ended-early:warning"}},
        {"other fields behind an empty line", get("/", {}) + "User-Agent: x\r\n\r\n", {"head-ended-early:info"}},
        {"field lines of a response behind a request",
         get("/", {}) + "WWW-Authenticate: Basic realm=\"x\"\r\nContent-Type: text/html\r\n\r\n",
         {}},
        {"Bearer alone", answer(401, {"WWW-Authenticate: Bearer"}), {"bearer-without-parameters:warning"}},
        {"a scope with two spaces", answer(401, {"WWW-Authenticate: Bearer scope=\"a  b\""}), {"param-value-invalid"}},
        {"an error unasked",
         get("/", {}) + answer(401, {"WWW-Authenticate: Bearer realm=\"x\", error=\"invalid_token\""}),
         {"error-without-credentials:warning"}},
        {"words about it alone",
         get("/", {}) + answer(401, {"WWW-Authenticate: Bearer realm=\"x\", error_description=\"no token\""}),
         {"error-without-credentials:warning"}},
        {"an error after a form",
         "POST / HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n" +
             answer(401, {"WWW-Authenticate: Bearer error=\"invalid_token\""}),
         {}},
        {"an error after a token",
         get("/", {"Authorization: Bearer t"}) + answer(401, {"WWW-Authenticate: Bearer error=\"invalid_token\""}),
         {"challenge-repeated:info"}},
        {"no error after a token",
         get("/", {"Authorization: Bearer t"}) + answer(401, {"WWW-Authenticate: Bearer realm=\"x\""}),
         {"challenge-repeated:info", "refusal-without-error:warning"}},
        {"an error of its own",
         answer(401, {"WWW-Authenticate: Bearer error=\"token_expired\""}),
         {"unknown-error-code:info"}},
        {"invalid_request with 401",
         answer(401, {"WWW-Authenticate: Bearer error=\"invalid_request\""}),
         {"error-status:warning"}},
        {"insufficient_scope with 401",
         answer(401, {"WWW-Authenticate: Bearer error=\"insufficient_scope\""}),
         {"error-status:info"}},
        {"insufficient_scope with 403", answer(403, {"WWW-Authenticate: Bearer error=\"insufficient_scope\""}), {}},
        {"a nonce for the proof", get("/", {}) + answer(401, {"WWW-Authenticate: DPoP error=\"use_dpop_nonce\""}), {}},
        {"metadata by http",
         answer(401, {"WWW-Authenticate: Bearer resource_metadata=\"http://a.example/m\""}),
         {"metadata-not-https:warning"}},
        {"metadata on loopback",
         answer(401, {"WWW-Authenticate: Bearer resource_metadata=\"http://localhost:8080/m\""}),
         {}},
        {"DPoP refused as Bearer",
         get("/", {"Authorization: DPoP t", "DPoP: a.b.c"}) +
             answer(401, {"WWW-Authenticate: Bearer error=\"invalid_token\""}),
         {"dpop-refused-as-bearer:warning"}},
        {"DPoP without its proof", get("/", {"Authorization: DPoP t"}), {"dpop-proof-missing"}},
        {"two proofs", get("/", {"Authorization: DPoP t", "DPoP: a.b.c", "DPoP: a.b.c"}), {"dpop-proof-missing"}},
        {"a parameter for a token", get("/", {"Authorization: Bearer token=\"t\""}), {"parameters-for-token68"}},
        {"nothing for a token", get("/", {"Authorization: Bearer"}), {"parameters-for-token68"}},
        {"a token for parameters", get("/", {"Authorization: Digest abc="}), {"token68-for-parameters"}},
        {"parameters of Negotiate",
         answer(401, {"WWW-Authenticate: Negotiate realm=\"x\""}),
         {"scheme-breaks-framework:info", "parameters-for-token68"}},
        {"not base64 of Negotiate", get("/", {"Authorization: Negotiate a-b"}), {"handshake-token-malformed"}},
        {"no message of NTLM", get("/", {"Authorization: NTLM dXNlcjpwYXNz"}), {"handshake-token-malformed"}},
        {"NTLM in Negotiate",
         get("/", {"Authorization: Negotiate TlRMTVNTUAABAAAAB4IIAA=="}),
         {"ntlm-in-negotiate:info"}},
        {"the third message at once",
         get("/", {}) + answer(401, {"WWW-Authenticate: NTLM"}) +
             get("/", {"Authorization: NTLM TlRMTVNTUAADAAAAAAAAAA=="}),
         {"handshake-leg-unasked:warning"}},
        {"the first",
         get("/", {}) + answer(401, {"WWW-Authenticate: NTLM"}) +
             get("/", {"Authorization: NTLM TlRMTVNTUAABAAAAB4IIAA=="}),
         {}},
        {"the third after the second",
         get("/", {}) + answer(401, {"WWW-Authenticate: NTLM TlRMTVNTUAACAAAA"}) +
             get("/", {"Authorization: NTLM TlRMTVNTUAADAAAAAAAAAA=="}),
         {}},
        {"nobody knows Token", get("/", {"Authorization: Token t"}), {"unregistered-scheme:info"}},
        {"Baerer", get("/", {"Authorization: Baerer t"}), {"misspelt-scheme:warning"}},
        {"Nagotiate", answer(401, {"WWW-Authenticate: Nagotiate"}), {"misspelt-scheme:warning"}},
        {"Digst", answer(401, {"WWW-Authenticate: Digst realm=\"x\""}), {"misspelt-scheme:warning"}},
        {"Bearerr is another name, for it holds the right one",
         get("/", {"Authorization: Bearerr t"}),
         {"unregistered-scheme:info"}},
        {"NTLN is too short to tell", answer(401, {"WWW-Authenticate: NTLN"}), {"unregistered-scheme:info"}},
        {"hidden on purpose", answer(401, {"WWW-Authenticate: xBasic realm=\"x\""}), {"unregistered-scheme:info"}},
        {"twice the same",
         answer(401, {"WWW-Authenticate: Basic realm=\"x\"", "WWW-Authenticate: Basic realm=\"x\""}),
         {"challenge-twice:info"}},
        {"two realms", answer(401, {"WWW-Authenticate: Basic realm=\"x\"", "WWW-Authenticate: Basic realm=\"y\""}), {}},
        {"Negotiate at a proxy",
         answer(407, {"Proxy-Authenticate: Negotiate"}),
         {"scheme-breaks-framework:info", "scheme-misplaced:info"}},
        {"a challenge of Concealed", answer(401, {"WWW-Authenticate: Concealed"}), {"scheme-misplaced:info"}},
        {"Basic where Digest was offered",
         get("/", {}) +
             answer(401, {"WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=MD5",
                          "WWW-Authenticate: Basic realm=\"r\""}) +
             get("/", {"Authorization: Basic dTpw"}),
         {"digest-md5-only:info", "weaker-scheme-chosen:info"}},
        {"a parameter that Bearer does not have",
         answer(401, {"WWW-Authenticate: Bearer realm=\"x\", service=\"y\""}),
         {"param-undefined:info"}},
        {"HOBA without its challenge", answer(401, {"WWW-Authenticate: HOBA max-age=1"}), {"param-missing"}},
        {"a challenge to whom was let in",
         get("/", {"Authorization: Basic dTpw"}) + answer(200, {"WWW-Authenticate: Basic realm=\"x\""}),
         {"challenge-after-success:info"}},
        {"a challenge to a stranger on 200", get("/", {}) + answer(200, {"WWW-Authenticate: Basic realm=\"x\""}), {}},
        {"UTF-8 in a realm", answer(401, {"WWW-Authenticate: Basic realm=\"café\""}), {"non-ascii-value:info"}},
        {"a backslash that was meant",
         answer(401, {"WWW-Authenticate: Basic realm=\"CORP\\files\""}),
         {"needless-backslash:warning"}},
        {"a backslash behind one that is right",
         answer(401, {"WWW-Authenticate: Basic realm=\"a\\\"b\\\\c\\d\""}),
         {"needless-backslash:warning"}},
        {"backslashes that are right", answer(401, {"WWW-Authenticate: Basic realm=\"\\\"a\\\\b\\\"\""}), {}},
        {"a CR", answer(401, {"WWW-Authenticate: Basic realm=\"a\rb\""}), {"bare-cr"}},
        {"userinfo in Location",
         get("/", {}) + answer(302, {"Location: https://u:p@a.example/"}),
         {"credentials-in-uri:warning"}},
        {"an @ in a path", get("/@a", {}), {}},
        {"a token in a query",
         get("/a?b=c&access_token=t", {}) + answer(200, {"Cache-Control: no-store"}),
         {"token-in-uri:warning"}},
        {"its answer without a word of caches",
         get("/a?access_token=t", {}) + answer(200, {}),
         {"token-in-uri:warning", "uri-token-cacheable:warning"}},
        {"an empty token", get("/a?access_token=&b", {}) + answer(200, {}), {}},
        {"a 500",
         get("/", {"Authorization: Basic dXNlcg"}) + answer(500, {}),
         {"basic-not-base64", "server-error-to-credentials"}},
        {"a 500 to what can be read", get("/", {"Authorization: Basic dTpw"}) + answer(500, {}), {}},
        {"public",
         get("/", {"Authorization: Basic dTpw"}) + answer(200, {"Cache-Control: public"}),
         {"shared-cache-may-keep:info"}},
        {"max-age", get("/", {"Authorization: Basic dTpw"}) + answer(200, {"Cache-Control: max-age=9"}), {}},
        {"Authentication-Info for nobody",
         get("/", {}) + answer(200, {"Authentication-Info: a=b"}),
         {"info-without-success:info"}},
        {"a 403 where somebody was let in",
         get("/a", {"Authorization: Basic dTpw"}) + answer(200, {}) + get("/a", {}) + answer(403, {}),
         {"403-without-credentials:warning"}},
        {"all origins with credentials",
         answer(200, {"Access-Control-Allow-Origin: *", "Access-Control-Allow-Credentials: true"}),
         {"cors-wildcard-with-credentials:warning"}},
        {"all origins without", answer(200, {"Access-Control-Allow-Origin: *"}), {}},
    };
    for (const judged_input& each : inputs) EXPECT_EQ(ids_of(each.input), each.expected) << each.what;
}

}  // namespace
