// Tokens that were refused: each case with all that is said of it.

#include "explained.hpp"
#include "octets.hpp"

#include "why/json_web_token.hpp"

namespace authgrammar::audit {
namespace {

using namespace testing;

const std::string date = "Date: Fri, 27 Nov 2026 22:00:00 GMT\r\n";  // 1795816800 seconds since 1970

/// A JSON Web Token with these claims, and the answer to it.
std::string claiming(const std::string& claims, const std::string& value = "Bearer", const std::string& more = date,
                     int status = 401) {
    return get("/", "a.example", with("Bearer " + json_web_token(claims))) +
           answer(status, "WWW-Authenticate: " + value + "\r\n" + more);
}

/// What is said of it, without the token itself.
void expect_of_tokens(const std::vector<explanation>& all, const known_login& login = {}) {
    for (const explanation& each : all) {
        std::string said = last_explained(each.input, login);
        for (std::size_t at = said.find("[ey"); at != std::string::npos; at = said.find("[ey")) {
            said.replace(at, said.find(']', at) - at, "[token");
        }
        EXPECT_EQ(said, each.said) << each.input;
    }
}

TEST(why_bearer, times) {
    const std::string expired = "Bearer error_description=\"It has EXPIRED.\"";
    expect_of_tokens({
        {claiming("{\"exp\":1795816800}"),
         "certain token-expired [token]: the token expired at 2026-11-27T22:00:00Z; the response is dated "
         "2026-11-27T22:00:00Z => a token whose exp is later\n"
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {claiming("{\"exp\":1795816801}"),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {claiming("{\"exp\":1795816801}", expired),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {claiming("{}", expired),
         "likely token-expired [token] beside [It has EXPIRED.]: the server says that the token has expired\n"
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {claiming("{}", "Bearer error_description=\"no\""),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {claiming("{\"nbf\":1795816800}"),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {claiming("{\"nbf\":1795816801}"),
         "certain token-not-yet-valid [token]: the token is valid from 2026-11-27T22:00:01Z; the response is dated "
         "2026-11-27T22:00:00Z\n"
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {claiming("{\"iat\":1795816801}"),
         "likely token-not-yet-valid [token]: the token was issued at 2026-11-27T22:00:01Z; the response is dated "
         "2026-11-27T22:00:00Z\n"
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {claiming("{\"iat\":1795816801,\"nbf\":1795816800}"),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {claiming("{\"exp\":1795816800,\"nbf\":1795816802}"),
         "certain token-expired [token]: the token expired at 2026-11-27T22:00:00Z; the response is dated "
         "2026-11-27T22:00:00Z => a token whose exp is later\n"
         "certain token-not-yet-valid [token]: the token is valid from 2026-11-27T22:00:02Z; the response is dated "
         "2026-11-27T22:00:00Z\n"
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {claiming("{\"exp\":1795816800}", "Bearer", ""),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing date\n"
         "missing signature\n"},
        {claiming("{\"iat\":1795816800}", "Bearer", ""),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing date\n"
         "missing signature\n"},
        {claiming("{}", "Bearer", ""),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
    });
    known_login login;
    login.now = 1795816804;
    expect_of_tokens({{claiming("{\"exp\":1795816804}", "Bearer", ""),
                       "possible token-expired [token]: the token expired at 2026-11-27T22:00:04Z; it is now "
                       "2026-11-27T22:00:04Z => a token whose exp is later\n"
                       "possible token-refused [token]: the server does not accept the token and does not say why\n"
                       "missing date\n"
                       "missing signature\n"},
                      {claiming("{\"exp\":1795816804}"),
                       "possible token-refused [token]: the server does not accept the token and does not say why\n"
                       "missing signature\n"},
                      {claiming("{\"nbf\":1795816805}", "Bearer", ""),
                       "possible token-not-yet-valid [token]: the token is valid from 2026-11-27T22:00:05Z; it is now "
                       "2026-11-27T22:00:04Z\n"
                       "possible token-refused [token]: the server does not accept the token and does not say why\n"
                       "missing date\n"
                       "missing signature\n"},
                      {claiming("{\"iat\":1795816805}", "Bearer", ""),
                       "possible token-not-yet-valid [token]: the token was issued at 2026-11-27T22:00:05Z; it is now "
                       "2026-11-27T22:00:04Z\n"
                       "possible token-refused [token]: the server does not accept the token and does not say why\n"
                       "missing date\n"
                       "missing signature\n"}},
                     login);
}

// RFC 7519, 2: a NumericDate is in seconds. Thirty years of 366 days are 948672000 of them.
TEST(why_bearer, milliseconds) {
    const std::string in_2001 = "Date: Sun, 09 Sep 2001 01:46:40 GMT\r\n";  // 1000000000
    expect_of_tokens({
        {claiming("{\"nbf\":1948672000000}", "Bearer", in_2001),
         "certain token-not-yet-valid [token]: the token is valid from a time out of range; the response is dated "
         "2001-09-09T01:46:40Z\n"
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {claiming("{\"nbf\":1948671999999}", "Bearer", in_2001),
         "certain token-not-yet-valid [token]: nbf is in milliseconds, and a NumericDate is in seconds => times in "
         "seconds since 1970\n"
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {claiming("{\"iat\":1948671999999}", "Bearer", in_2001),
         "likely token-not-yet-valid [token]: iat is in milliseconds, and a NumericDate is in seconds => times in "
         "seconds since 1970\n"
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {claiming("{\"nbf\":51328000999}", "Bearer", in_2001),
         "certain token-not-yet-valid [token]: the token is valid from 3596-07-09T02:03:19Z; the response is dated "
         "2001-09-09T01:46:40Z\n"
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {claiming("{\"nbf\":51328001000}", "Bearer", in_2001),
         "certain token-not-yet-valid [token]: nbf is in milliseconds, and a NumericDate is in seconds => times in "
         "seconds since 1970\n"
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
    });
}

TEST(why_bearer, error_codes) {
    const std::string step_up = "Bearer error=insufficient_user_authentication";
    expect_of_tokens({
        {claiming("{}", "Bearer error=invalid_token"),
         "likely token-refused [token] beside [invalid_token]: the server answers with invalid_token\n"
         "missing signature\n"},
        {claiming("{}", "Bearer error=invalid_token", "", 403),
         "likely token-refused [token] beside [invalid_token]: the server answers with invalid_token\n"
         "missing signature\n"},
        {claiming("{}", "Bearer realm=x", "", 403),
         "-\n"
         "missing refusal\n"},
        {claiming("{}", "Bearer error=insufficient_scope"),
         "certain insufficient-scope [token] beside [insufficient_scope]: the server says that the scope of the token "
         "is not sufficient\n"},
        {claiming("{}", "Bearer error=invalid_request", "", 400),
         "certain invalid-request [token] beside [invalid_request]: the server answers with invalid_request\n"},
        {claiming("{}", "Bearer error=own"),
         "likely token-refused [token] beside [own]: the server answers with an error code of its own\n"},
        {claiming("{}", step_up),
         "certain step-up [token] beside [insufficient_user_authentication]: the server asks for a login that is newer "
         "or stronger\n"},
        {claiming("{}", step_up + ", max_age=5"),
         "certain step-up [token] beside [insufficient_user_authentication]: the server asks for a login that is newer "
         "or stronger => max_age=5\n"},
        {claiming("{}", step_up + ", acr_values=\"x\""),
         "certain step-up [token] beside [insufficient_user_authentication]: the server asks for a login that is newer "
         "or stronger => acr_values=\"x\"\n"},
        {claiming("{\"auth_time\":60}", step_up + ", max_age=5, acr_values=\"x\""),
         "certain step-up [token] beside [insufficient_user_authentication]: the server asks for a login that is newer "
         "or stronger; the login of the token was at 1970-01-01T00:01:00Z => max_age=5, acr_values=\"x\"\n"},
        {refused("DPoP abc", "DPoP error=use_dpop_nonce"),
         "certain dpop-nonce-needed [abc] beside [use_dpop_nonce]: the server answers with use_dpop_nonce: the DPoP "
         "proof lacks its current nonce => a DPoP proof with the nonce of DPoP-Nonce\n"},
        {refused("DPoP abc", "DPoP error=invalid_dpop_proof"),
         "certain dpop-proof-refused [abc] beside [invalid_dpop_proof]: the server answers with invalid_dpop_proof: it "
         "does not accept the DPoP proof\n"},
        {refused("DPoP abc", "Bearer error=invalid_token, DPoP algs=x"),
         "possible token-refused [abc]: the server does not accept the token and does not say why\n"
         "missing token\n"},
        {refused("DPoP abc", "Bearer error=invalid_token"),
         "certain scheme-not-offered [DPoP] beside [WWW-Authenticate]: the credentials are for DPoP, and the challenge "
         "offers Bearer => credentials for Bearer\n"},
        {refused_again("Bearer abc", "Bearer error=invalid_request", "Bearer"),
         "possible token-refused [abc]: the server does not accept the token and does not say why\n"
         "missing token\n"},
        {get("/", "a.example", "Proxy-Authorization: Bearer abc\r\n") +
             answer(407, "Proxy-Authenticate: Bearer error=invalid_token\r\n"),
         "likely token-refused [abc] of Proxy-Authorization beside [invalid_token]: the server answers with "
         "invalid_token\n"
         "missing token\n"},
        {get("/", "a.example", "Proxy-Authorization: Bearer abc\r\n") + answer(407, "Proxy-Authenticate: Bearer\r\n"),
         "possible token-refused [abc] of Proxy-Authorization: the server does not accept the token and does not say "
         "why\n"
         "missing token\n"},
    });
}

TEST(why_bearer, scopes) {
    const std::string wants = "Bearer error=insufficient_scope, scope=";
    expect_of_tokens({
        {claiming("{\"scope\":\"a b\"}", wants + "\"a c b d\""),
         "certain insufficient-scope [token] beside [insufficient_scope]: the token lacks the scope c d => scope=\"a c "
         "b d\"\n"},
        {claiming("{\"scope\":\"a b\"}", wants + "\"a b\""),
         "certain insufficient-scope [token] beside [insufficient_scope]: the server says that the scope of the token "
         "is not sufficient => scope=\"a b\"\n"},
        {claiming("{\"scope\":\"a b\"}", wants + "\" c  d \""),
         "certain insufficient-scope [token] beside [insufficient_scope]: the token lacks the scope c d => scope=\" c  "
         "d \"\n"},
        {claiming("{\"scp\":[\"a\",\"b\"]}", wants + "c"),
         "certain insufficient-scope [token] beside [insufficient_scope]: the token lacks the scope c => scope=c\n"},
        {claiming("{}", wants + "c"),
         "certain insufficient-scope [token] beside [insufficient_scope]: the server says that the scope of the token "
         "is not sufficient => scope=c\n"},
        {claiming("{\"scope\":\"a\"}", "Bearer scope=b"),
         "likely insufficient-scope [token] beside [b#2]: the token lacks the scope b => scope=b\n"
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {claiming("{\"scope\":\"a\"}", "Bearer scope=a"),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {claiming("{\"scope\":\"a\"}", "Bearer error=insufficient_scope"),
         "certain insufficient-scope [token] beside [insufficient_scope]: the server says that the scope of the token "
         "is not sufficient\n"},
        {claiming("{}", "Bearer scope=b"),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        // A long name is cut off at 60 characters, and the list at the first that makes it 120.
        {claiming("{\"scope\":\"a\"}", wants + "\"" + std::string(61, 'x') + " y\""),
         "certain insufficient-scope [token] beside [insufficient_scope]: the token lacks the scope "
         "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx y => "
         "scope=\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx y\"\n"},
        {claiming("{\"scope\":\"a\"}", wants + "\"" + std::string(60, 'x') + " " + std::string(59, 'y') + " zz\""),
         "certain insufficient-scope [token] beside [insufficient_scope]: the token lacks the scope "
         "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx "
         "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy => "
         "scope=\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx "
         "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy...\"\n"},
        {claiming("{\"scope\":\"a\"}", wants + "\"" + std::string(60, 'x') + " " + std::string(58, 'y') + " zz\""),
         "certain insufficient-scope [token] beside [insufficient_scope]: the token lacks the scope "
         "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx "
         "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy zz => "
         "scope=\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx "
         "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy ...\"\n"},
    });
}

TEST(why_bearer, audiences) {
    const auto for_host = [](const std::string& audience, const std::string& value = "Bearer") {
        return claiming("{\"aud\":" + audience + "}", value);
    };
    expect_of_tokens({
        {for_host("\"https://b.example\""),
         "likely wrong-audience [token]: the token is for a host other than a.example => a token for a.example\n"
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {for_host("\"https://b.example\"", "Bearer error_description=\"wrong Audience\""),
         "likely wrong-audience [token] beside [wrong Audience]: the server says that the audience of the token is "
         "wrong\n"
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {for_host("\"https://b.example\"", "Bearer error=insufficient_scope"),
         "certain insufficient-scope [token] beside [insufficient_scope]: the server says that the scope of the token "
         "is not sufficient\n"},
        {for_host("\"https://b.example\"", "Bearer error=invalid_token"),
         "likely wrong-audience [token]: the token is for a host other than a.example => a token for a.example\n"
         "likely token-refused [token] beside [invalid_token]: the server answers with invalid_token\n"
         "missing signature\n"},
        {for_host("\"https://A.example\""),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {for_host("\"http://a.example:8080/x?y#z\""),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {for_host("\"HTTPS://u@b.example/x\""),
         "likely wrong-audience [token]: the token is for a host other than a.example => a token for a.example\n"
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {for_host("\"https://u@a.example/x\""),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {for_host("\"https://b.example?a.example\""),
         "likely wrong-audience [token]: the token is for a host other than a.example => a token for a.example\n"
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {for_host("\"https://a.example#x\""),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {for_host("\"api://b.example\""),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {for_host("\"b.example\""),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {for_host("\"https\""),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {for_host("[\"https://b.example\",\"https://a.example\"]"),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {for_host("[\"https://b.example\",\"https://c.example\"]"),
         "likely wrong-audience [token]: the token is for a host other than a.example => a token for a.example\n"
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {for_host("\"https://b.example\"", "Bearer realm=\"https://b.example\""),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {for_host("\"https://b.example/x\"", "Bearer realm=\"https://B.example\""),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {for_host("\"https://b.example\"", "Bearer resource_metadata=\"https://b.example/.well-known/x\""),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {for_host("\"https://b.example\"", "Bearer service=\"https://b.example\""),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {for_host("\"https://b.example\"", "Bearer realm=\"b.example\""),
         "likely wrong-audience [token]: the token is for a host other than a.example => a token for a.example\n"
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {for_host("\"https://b.example\"", "Bearer x=\"https://b.example\""),
         "likely wrong-audience [token]: the token is for a host other than a.example => a token for a.example\n"
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {get("/", "[::1]:8080", with("Bearer " + json_web_token("{\"aud\":\"https://[::1]:80/\"}"))) +
             challenge("Bearer"),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {get("/", "[::1]:8080", with("Bearer " + json_web_token("{\"aud\":\"https://[::2]:80/\"}"))) +
             challenge("Bearer"),
         "likely wrong-audience [token]: the token is for a host other than [::1] => a token for [::1]\n"
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
        {get("/", "", with("Bearer " + json_web_token("{\"aud\":\"https://b.example\"}"))) + challenge("Bearer"),
         "possible token-refused [token]: the server does not accept the token and does not say why\n"
         "missing signature\n"},
    });
}

TEST(why_bearer, forms) {
    const std::string header = base64url("{\"alg\":\"RS256\"}");
    expect_last_explained({
        {refused("Bearer eyJx", "Bearer"),
         "certain token-truncated [eyJx]: the token begins as a JSON Web Token and is not a complete one\n"
         "possible token-refused [eyJx]: the server does not accept the token and does not say why\n"},
        {refused("Bearer " + header + ".a.b.c.d", "Bearer"),
         "possible token-refused [eyJhbGciOiJSUzI1NiJ9.a.b.c.d]: the server does not accept the token and does not say "
         "why\n"
         "missing token\n"},
        {refused("Bearer abc", "Bearer"),
         "possible token-refused [abc]: the server does not accept the token and does not say why\n"
         "missing token\n"},
        {refused("Bearer " + header + ".a.b.c.d", "Bearer error=own"),
         "likely token-refused [eyJhbGciOiJSUzI1NiJ9.a.b.c.d] beside [own]: the server answers with an error code of "
         "its own\n"},
    });
}

std::string claims_of(const std::string& token) {
    const token_claims c = read_token(token);
    std::string out = std::to_string(static_cast<int>(c.form));
    for (const auto& time : {c.expires, c.not_before, c.issued, c.logged_in}) {
        out += " " + (time ? std::to_string(*time) : "-");
    }
    for (const std::string& one : c.audience) out += " aud:" + one;
    if (c.has_scopes) out += " scopes";
    for (const std::string& one : c.scopes) out += ":" + one;
    return out;
}

TEST(why_bearer, claims) {
    const std::string header = base64url("{\"alg\":\"RS256\"}");
    const std::string claims = base64url("{}");
    const auto of = [](const std::string& text) { return claims_of(json_web_token(text)); };
    EXPECT_EQ(of("{\"exp\":1.5,\"nbf\":-1.5,\"iat\":3,\"auth_time\":4}"), "1 1 -2 3 4");
    EXPECT_EQ(of("{\"exp\":1e15,\"nbf\":-1e15,\"iat\":999999999999999,\"auth_time\":\"4\"}"),
              "1 - - 999999999999999 -");
    EXPECT_EQ(of("{\"aud\":\"a\",\"scope\":\"\",\"scp\":\"x y\"}"), "1 - - - - aud:a scopes:x:y");
    EXPECT_EQ(of("{\"aud\":[\"a\",1,\"b\"],\"scope\":\"x\",\"scp\":[\"y z\",{}]}"),
              "1 - - - - aud:a aud:b scopes:x:y:z");
    EXPECT_EQ(of("{\"aud\":{\"x\":\"y\"},\"scope\":5}"), "1 - - - - scopes");
    EXPECT_EQ(of("[]"), "3 - - - -") << "no object";
    EXPECT_EQ(claims_of(base64url("[]") + "." + claims + ".x"), "0 - - - -");
    EXPECT_EQ(claims_of(header), "3 - - - -");
    EXPECT_EQ(claims_of(header + "." + claims), "3 - - - -");
    EXPECT_EQ(claims_of(header + "." + claims + "."), "3 - - - -");
    EXPECT_EQ(claims_of(base64url("{\"alg\":\"none\"}") + "." + claims + "."), "1 - - - -");
    EXPECT_EQ(claims_of(base64url("{\"alg\":1}") + "." + claims + "."), "3 - - - -");
    EXPECT_EQ(claims_of(base64url("{}") + "." + claims + "."), "3 - - - -");
    EXPECT_EQ(claims_of(header + "." + claims + ".x.y"), "3 - - - -") << "four parts";
    EXPECT_EQ(claims_of(header + "." + claims + ".x.y.z"), "2 - - - -") << "five: encrypted";
    EXPECT_EQ(claims_of(header + "." + claims + ".x.y.z.a"), "3 - - - -") << "six";
    EXPECT_EQ(claims_of(header + "." + claims + ".x.y.z.a.b"), "3 - - - -") << "seven";
    EXPECT_EQ(claims_of("eyJ."), "3 - - - -");
    EXPECT_EQ(claims_of("eyK."), "0 - - - -");
    EXPECT_EQ(claims_of("xeyJ."), "0 - - - -");
}

}  // namespace
}  // namespace authgrammar::audit
