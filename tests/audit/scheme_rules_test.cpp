#include "found.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

// The rules about Basic, Bearer, DPoP, Negotiate, NTLM and any scheme, and about what carries credentials.

namespace {

using namespace authgrammar::audit::testing;
using authgrammar::audit::severity;
using texts = std::vector<std::string>;

/// An input, and all that is found in it: the ids, with the severity of what is no error.
struct judged_input {
    const char* what;
    std::string input;
    texts expected;
};

std::string lines_of(const texts& lines) {
    std::string out;
    for (const std::string& line : lines) out += line + "\r\n";
    return out;
}

std::string get(const std::string& target, const texts& lines = {}) {
    return request(target, "Host: a.example\r\n" + lines_of(lines));
}

std::string answer(int status, const texts& lines = {}) {
    return response(status, "Content-Length: 0\r\n" + lines_of(lines));
}

/// With the severity of what is no error.
texts ids_of(const std::string& input) {
    texts ids;
    for (const found& f : all_findings_in(input)) {
        ids.push_back(f.id + (f.level == severity::error ? "" : ":" + std::string(name_of(f.level))));
    }
    return ids;
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
