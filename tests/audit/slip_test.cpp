// What people write in place of what they mean: each slip by several values, in every field that can hold it.

#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/redaction.hpp>
#include <authgrammar/audit/slip.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace authgrammar;
using audit::correct;
using audit::corrected_value;

struct place {
    std::string_view id;
    std::size_t begin;
    std::size_t end;
};

struct example {
    field name;
    std::string_view value;
    std::vector<place> slips;
    std::optional<std::string_view> corrected;
};

const example examples[] = {
    {field::authorization,
     "eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYWRlLXVwIn0.bWFkZS11cA",
     {{"scheme-missing", 0, 54}},
     "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYWRlLXVwIn0.bWFkZS11cA"},
    {field::authorization, "dXNlcjpwYXNz", {{"scheme-missing", 0, 12}}, "Basic dXNlcjpwYXNz"},
    {field::authorization, "dXNlcjpwYXNzdw==", {{"scheme-missing", 0, 16}}, "Basic dXNlcjpwYXNzdw=="},
    {field::authorization, "dXNlcjpwYXNzdw==x", {{"scheme-missing", 0, 17}}, std::nullopt},
    {field::authorization, "a/b+c/ddd", {{"scheme-missing", 0, 9}}, std::nullopt},
    {field::authorization, "sk-live-123456", {{"scheme-missing", 0, 14}}, std::nullopt},
    {field::authorization, "user:pass", {{"scheme-missing", 0, 9}}, "Basic dXNlcjpwYXNz"},
    {field::authorization, "access_token=abc", {{"scheme-missing", 0, 12}}, std::nullopt},
    {field::authorization,
     "username=\"u\", realm=\"r\", nonce=\"n\", uri=\"/\", response=\"00\"",
     {{"scheme-missing", 0, 8}},
     "Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"/\", response=\"00\""},
    {field::proxy_authorization,
     "eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYWRlLXVwIn0.bWFkZS11cA",
     {{"scheme-missing", 0, 54}},
     "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYWRlLXVwIn0.bWFkZS11cA"},
    {field::www_authenticate, "realm=\"x\"", {{"scheme-missing", 0, 5}}, std::nullopt},
    {field::www_authenticate,
     "realm=\"x\", nonce=\"y\", qop=\"auth\"",
     {{"scheme-missing", 0, 5}},
     "Digest realm=\"x\", nonce=\"y\", qop=\"auth\""},
    {field::authorization,
     "Bearer Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln",
     {{"scheme-twice", 7, 13}},
     "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln"},
    {field::authorization, "Basic basic dXNlcjpwYXNz", {{"scheme-twice", 6, 11}}, "Basic dXNlcjpwYXNz"},
    {field::authorization,
     "Digest Digest username=\"u\", realm=\"r\"",
     {{"scheme-twice", 7, 13}},
     "Digest username=\"u\", realm=\"r\""},
    {field::www_authenticate, "Basic Basic realm=\"x\"", {{"scheme-twice", 6, 11}}, "Basic realm=\"x\""},
    {field::authorization, "Bearer Basic dXNlcjpwYXNz", {{"two-schemes", 7, 12}}, std::nullopt},
    {field::www_authenticate, "Basic, realm=\"x\"", {{"comma-after-scheme", 5, 6}}, "Basic realm=\"x\""},
    {field::www_authenticate,
     "Basic realm=\"y\", Digest, realm=\"x\", nonce=\"z\"",
     {{"comma-after-scheme", 23, 24}},
     "Basic realm=\"y\", Digest realm=\"x\", nonce=\"z\""},
    {field::authorization,
     "Digest, username=\"u\", realm=\"r\"",
     {{"comma-after-scheme", 6, 7}},
     "Digest username=\"u\", realm=\"r\""},
    {field::authorization, "Bearer, tok", {{"comma-after-scheme", 6, 7}}, "Bearer tok"},
    {field::authorization, "Bearer: tok", {{"wrong-separator-after-scheme", 6, 7}}, "Bearer tok"},
    {field::authorization, "Bearer:tok", {{"wrong-separator-after-scheme", 6, 7}}, "Bearer tok"},
    {field::authorization, "Bearer=tok", {{"wrong-separator-after-scheme", 6, 7}}, "Bearer tok"},
    {field::www_authenticate, "Basic: realm=\"x\"", {{"wrong-separator-after-scheme", 5, 6}}, "Basic realm=\"x\""},
    {field::www_authenticate,
     "Basic realm=\"store\" charset=\"UTF-8\"",
     {{"comma-missing", 20, 27}},
     "Basic realm=\"store\", charset=\"UTF-8\""},
    {field::www_authenticate,
     "Basic realm=\"store\"charset=\"UTF-8\"",
     {{"comma-missing", 19, 26}},
     "Basic realm=\"store\", charset=\"UTF-8\""},
    {field::www_authenticate,
     "Digest realm=\"a\" nonce=\"b\" qop=\"auth\"",
     {{"comma-missing", 17, 22}, {"comma-missing", 27, 30}},
     "Digest realm=\"a\", nonce=\"b\", qop=\"auth\""},
    {field::authorization,
     "Digest username=\"a\" realm=\"b\", nonce=c",
     {{"comma-missing", 20, 25}, {"value-not-quoted", 37, 38}},
     "Digest username=\"a\", realm=\"b\", nonce=\"c\""},
    {field::authentication_info, "nextnonce=\"x\" qop=auth", {{"comma-missing", 14, 17}}, "nextnonce=\"x\", qop=auth"},
    {field::www_authenticate,
     "Basic realm=\"a\" Bearer realm=\"b\"",
     {{"comma-missing", 16, 22}},
     "Basic realm=\"a\", Bearer realm=\"b\""},
    {field::www_authenticate,
     "Basic realm=\"a\"; charset=\"UTF-8\"",
     {{"semicolon", 15, 16}},
     "Basic realm=\"a\", charset=\"UTF-8\""},
    {field::www_authenticate,
     "Digest realm=a;nonce=b",
     {{"semicolon", 14, 15}, {"realm-as-token", 13, 14}, {"value-not-quoted", 21, 22}},
     "Digest realm=\"a\", nonce=\"b\""},
    {field::authentication_info,
     "nextnonce=\"a\"; qop=auth;",
     {{"semicolon", 13, 14}, {"semicolon", 23, 24}},
     "nextnonce=\"a\", qop=auth"},
    {field::www_authenticate,
     "Basic realm=\"My \"special\" site\"",
     {{"quote-not-escaped", 16, 17}},
     "Basic realm=\"My \\\"special\\\" site\""},
    {field::www_authenticate,
     "Basic realm=\"My \"special\" site\", charset=\"UTF-8\"",
     {{"quote-not-escaped", 16, 17}},
     "Basic realm=\"My \\\"special\\\" site\", charset=\"UTF-8\""},
    {field::www_authenticate,
     "Bearer error_description=\"{\"code\":\"x\",\"d\":\"y\"}\", error=\"invalid_token\"",
     {{"quote-not-escaped", 27, 28}},
     "Bearer error_description=\"{\\\"code\\\":\\\"x\\\",\\\"d\\\":\\\"y\\\"}\", error=\"invalid_token\""},
    {field::www_authenticate, "Basic realm=\"\"x\"\"", {{"quotes-doubled", 13, 14}}, "Basic realm=\"x\""},
    {field::www_authenticate, "Basic realm=\"x\"\"", {{"quotes-doubled", 14, 15}}, "Basic realm=\"x\""},
    {field::authorization,
     "Digest username=\"a\"b\", realm=\"r\"",
     {{"quote-not-escaped", 18, 19}},
     "Digest username=\"a\\\"b\", realm=\"r\""},
    {field::authentication_info, "nextnonce=\"a\"b\"", {{"quote-not-escaped", 12, 13}}, "nextnonce=\"a\\\"b\""},
    {field::www_authenticate, "Basic realm=\"C:\\\"", {{"backslash-before-quote", 15, 17}}, "Basic realm=\"C:\\\\\""},
    {field::www_authenticate,
     "Basic realm=\"C:\\\", charset=\"UTF-8\"",
     {{"backslash-before-quote", 15, 17}},
     "Basic realm=\"C:\\\\\", charset=\"UTF-8\""},
    {field::www_authenticate, "Basic realm=\"x", {{"quote-missing", 14, 14}}, "Basic realm=\"x\""},
    {field::www_authenticate,
     "Basic realm=\"x, charset=\"UTF-8\"",
     {{"quote-missing", 14, 15}},
     "Basic realm=\"x\", charset=\"UTF-8\""},
    {field::www_authenticate, "Basic realm=x\"", {{"quote-missing", 12, 12}}, "Basic realm=\"x\""},
    {field::www_authenticate,
     "Basic realm=x\", charset=\"UTF-8\"",
     {{"quote-missing", 12, 12}},
     "Basic realm=\"x\", charset=\"UTF-8\""},
    {field::authorization, "Basic dXNl cjpwYXNz", {{"base64-in-pieces", 10, 11}}, "Basic dXNlcjpwYXNz"},
    {field::authorization, "Basic dXNlcjph LXZlcnk= ", {{"base64-in-pieces", 14, 15}}, "Basic dXNlcjphLXZlcnk="},
    {field::authorization, "Bearer abc def", {{"base64-in-pieces", 10, 11}}, std::nullopt},
    {field::authorization, "Basic dXNlcjpwYXNz== x", {{"after-padding", 21, 22}}, "Basic dXNlcjpwYXNz"},
    {field::authorization, "Basic dXNlcjpwYXNzdw==xyz", {{"after-padding", 22, 25}}, "Basic dXNlcjpwYXNzdw=="},
    {field::authorization, "Basic dXNlcjpwYXNz=1", {{"after-padding", 19, 20}}, "Basic dXNlcjpwYXNz"},
    {field::authorization,
     "Basic dXNlcjpwYXNzdw==,realm=\"x\"",
     {{"list-after-token", 22, 23}},
     "Basic dXNlcjpwYXNzdw=="},
    {field::authorization, "Bearer abc==def", {{"after-padding", 12, 15}}, std::nullopt},
    {field::authorization,
     "Digest username=\"a\", qop=auth,auth-int, nc=00000001",
     {{"list-for-one-value", 25, 38}},
     "Digest username=\"a\", qop=auth, nc=00000001"},
    {field::authorization,
     "Digest username=\"a\", qop=auth,auth-int",
     {{"list-for-one-value", 25, 38}},
     "Digest username=\"a\", qop=auth"},
    {field::authorization,
     "Digest username=\"a\", qop=\"auth,auth-int\", nc=00000001",
     {{"list-for-one-value", 26, 39}},
     "Digest username=\"a\", qop=auth, nc=00000001"},
    {field::authorization,
     "Digest qop=auth, auth-int, username=\"a\"",
     {{"list-for-one-value", 11, 25}},
     "Digest qop=auth, username=\"a\""},
    {field::www_authenticate,
     "Digest realm=\"x\", qop=auth,auth-int, nonce=\"y\"",
     {{"list-not-quoted", 22, 35}},
     "Digest realm=\"x\", qop=\"auth,auth-int\", nonce=\"y\""},
    {field::www_authenticate,
     "Digest realm=\"x\", nonce=\"y\", qop=auth,auth-int",
     {{"list-not-quoted", 33, 46}},
     "Digest realm=\"x\", nonce=\"y\", qop=\"auth,auth-int\""},
    {field::www_authenticate,
     "Digest realm=\"x\", nonce=\"y\", qop=auth, auth-int",
     {{"list-not-quoted", 33, 47}},
     "Digest realm=\"x\", nonce=\"y\", qop=\"auth, auth-int\""},
    {field::authentication_info,
     "qop=auth,auth-int, rspauth=\"00\"",
     {{"list-for-one-value", 4, 17}},
     "qop=auth, rspauth=\"00\""},
    {field::www_authenticate,
     "Bearer authorization_uri=https://login.example.com/t1/oauth2/authorize, resource_id=https://org.example.com/",
     {{"value-not-quoted", 25, 70}, {"value-not-quoted", 84, 108}},
     "Bearer authorization_uri=\"https://login.example.com/t1/oauth2/authorize\", "
     "resource_id=\"https://org.example.com/\""},
    {field::www_authenticate,
     "Bearer realm=https://x.example/a,b, error=\"invalid_token\"",
     {{"value-not-quoted", 13, 34}},
     "Bearer realm=\"https://x.example/a,b\", error=\"invalid_token\""},
    {field::www_authenticate,
     "Basic realm=admin@example.com",
     {{"value-not-quoted", 12, 29}},
     "Basic realm=\"admin@example.com\""},
    {field::authorization,
     "Digest username=bob@example.com, realm=\"r\"",
     {{"value-not-quoted", 16, 31}},
     "Digest username=\"bob@example.com\", realm=\"r\""},
    {field::authorization,
     "Digest username=\"u\", uri=/a/b?c=d, nonce=n",
     {{"value-not-quoted", 25, 33}, {"value-not-quoted", 41, 42}},
     "Digest username=\"u\", uri=\"/a/b?c=d\", nonce=\"n\""},
    {field::www_authenticate, "Basic realm='x'", {{"apostrophes-as-quotes", 12, 15}}, "Basic realm=\"x\""},
    {field::www_authenticate,
     "Basic realm='My Site', charset='UTF-8'",
     {{"apostrophes-as-quotes", 12, 13}, {"apostrophes-as-quotes", 31, 38}},
     "Basic realm=\"My Site\", charset=\"UTF-8\""},
    {field::authorization,
     "Digest username='u', realm='r s'",
     {{"apostrophes-as-quotes", 27, 28}, {"apostrophes-as-quotes", 16, 19}},
     "Digest username=\"u\", realm=\"r s\""},
    {field::authentication_info, "nextnonce='a b'", {{"apostrophes-as-quotes", 10, 11}}, "nextnonce=\"a b\""},
    {field::www_authenticate,
     "Basic realm=\xE2\x80\x9Cx\xE2\x80\x9D",
     {{"not-ascii-quotes", 12, 15}},
     "Basic realm=\"x\""},
    {field::www_authenticate,
     "Basic realm=\xE2\x80\x9CMy Site\xE2\x80\x9D, charset=\xE2\x80\x9CUTF-8\xE2\x80\x9D",
     {{"not-ascii-quotes", 12, 15}, {"not-ascii-quotes", 35, 38}},
     "Basic realm=\"My Site\", charset=\"UTF-8\""},
    {field::www_authenticate, "Basic realm=\"x\xE2\x80\x9D", {{"not-ascii-quotes", 14, 17}}, "Basic realm=\"x\""},
    {field::www_authenticate, "Basic realm=\\\"x\\\"", {{"escaped-quotes", 12, 14}}, "Basic realm=\"x\""},
    {field::www_authenticate,
     "Basic realm=&quot;My Site&quot;",
     {{"not-ascii-quotes", 12, 18}},
     "Basic realm=\"My Site\""},
    {field::www_authenticate,
     "WWW-Authenticate: Basic realm=\"x\"",
     {{"field-name-in-value", 0, 16}},
     "Basic realm=\"x\""},
    {field::authorization, "Authorization: Bearer tok-1", {{"field-name-in-value", 0, 13}}, "Bearer tok-1"},
    {field::authorization, "authorization:Basic dXNlcjpwYXNz", {{"field-name-in-value", 0, 13}}, "Basic dXNlcjpwYXNz"},
    {field::authorization, "Authorization Bearer tok", {{"field-name-in-value", 0, 13}}, "Bearer tok"},
    {field::proxy_authorization,
     "Proxy-Authorization: Basic dXNlcjpwYXNz",
     {{"field-name-in-value", 0, 19}},
     "Basic dXNlcjpwYXNz"},
    {field::authentication_info,
     "Authentication-Info: nextnonce=\"x\"",
     {{"field-name-in-value", 0, 19}},
     "nextnonce=\"x\""},
    {field::authorization, "\"Bearer tok\"", {{"quotes-around-value", 0, 1}}, "Bearer tok"},
    {field::authorization, "'Bearer tok'", {{"quotes-around-value", 0, 1}}, "Bearer tok"},
    {field::authorization, "Bearer \"tok\"", {{"token-in-quotes", 7, 8}}, "Bearer tok"},
    {field::authorization, "Bearer <tok>", {{"token-in-quotes", 7, 8}}, "Bearer tok"},
    {field::www_authenticate, "\"Basic realm=\\\"x\\\"\"", {{"quotes-around-value", 0, 1}}, "Basic realm=\"x\""},
    {field::www_authenticate,
     "Bearer resource_metadata = \"https://mcp.example.com/x\"",
     {{"space-around-equals", 24, 27}},
     "Bearer resource_metadata=\"https://mcp.example.com/x\""},
    {field::www_authenticate,
     "Basic realm= \"x\" , charset =\"UTF-8\"",
     {{"space-around-equals", 11, 13}, {"space-around-equals", 26, 28}},
     "Basic realm=\"x\" , charset=\"UTF-8\""},
    {field::authorization,
     "Digest username = \"u\", realm= \"r\"",
     {{"space-around-equals", 15, 18}, {"space-around-equals", 28, 30}},
     "Digest username=\"u\", realm=\"r\""},
    {field::authentication_info, "nextnonce = \"x\"", {{"space-around-equals", 9, 12}}, "nextnonce=\"x\""},
    {field::www_authenticate, "Basic realm=My Site", {{"value-not-quoted", 12, 19}}, "Basic realm=\"My Site\""},
    {field::www_authenticate,
     "Basic realm=My Site, charset=\"UTF-8\"",
     {{"value-not-quoted", 12, 19}},
     "Basic realm=\"My Site\", charset=\"UTF-8\""},
    {field::www_authenticate,
     "Basic realm=My Site charset=\"UTF-8\"",
     {{"value-not-quoted", 12, 19}, {"comma-missing", 20, 27}},
     "Basic realm=\"My Site\", charset=\"UTF-8\""},
    {field::www_authenticate,
     "Bearer realm=x, error_description=The token expired at noon, error=invalid_token",
     {{"value-not-quoted", 34, 59}, {"realm-as-token", 13, 14}},
     "Bearer realm=\"x\", error_description=\"The token expired at noon\", error=invalid_token"},
    {field::authorization,
     "Digest username=Bob Smith, realm=\"r\"",
     {{"value-not-quoted", 16, 25}},
     "Digest username=\"Bob Smith\", realm=\"r\""},
    {field::www_authenticate, "Basic realm: \"x\"", {{"colon-for-equals", 11, 12}}, "Basic realm=\"x\""},
    {field::www_authenticate,
     "Digest realm=\"x\", nonce: \"y\"",
     {{"colon-for-equals", 23, 24}},
     "Digest realm=\"x\", nonce=\"y\""},
    {field::authorization, "Basic user:pass", {{"basic-not-encoded", 6, 7}}, "Basic dXNlcjpwYXNz"},
    {field::authorization, "Basic user:pa ss,word", {{"basic-not-encoded", 6, 7}}, "Basic dXNlcjpwYSBzcyx3b3Jk"},
    {field::authorization, "Bearer tok-1,Bearer tok-1", {{"credentials-twice", 13, 25}}, "Bearer tok-1"},
    {field::authorization, "Bearer tok-1, Basic dXNlcjpwYXNz", {{"two-credentials", 14, 19}}, std::nullopt},
    {field::authorization, "Bearer tok-1,", {{"comma-after-credentials", 12, 13}}, "Bearer tok-1"},
    {field::authorization, "Bearer tok-1, x=y", {{"list-after-token", 12, 13}}, std::nullopt},
    {field::www_authenticate, "Basic\trealm=\"x\"", {{"tab-after-scheme", 5, 6}}, "Basic realm=\"x\""},
    {field::authorization, "Bearer\ttok", {{"tab-after-scheme", 6, 7}}, "Bearer tok"},
    {field::www_authenticate, "Digest realm=\"x\", stale, nonce=\"a\"", {{"value-missing", 18, 23}}, std::nullopt},
    {field::www_authenticate,
     "Basic realm=, charset=\"UTF-8\"",
     {{"value-missing", 12, 12}},
     "Basic realm=\"\", charset=\"UTF-8\""},
    {field::authentication_info, "Digest nextnonce=\"x\"", {{"scheme-in-info", 0, 6}}, "nextnonce=\"x\""},
    {field::www_authenticate,
     ",Basic realm=x,,,Digest nonce=a, qop=auth,",
     {{"empty-list-elements", 0, 1},
      {"realm-as-token", 13, 14},
      {"empty-list-elements", 15, 16},
      {"value-not-quoted", 30, 31},
      {"value-not-quoted", 37, 41},
      {"empty-list-elements", 41, 42}},
     "Basic realm=\"x\", Digest nonce=\"a\", qop=\"auth\""},
    {field::www_authenticate, "Basic , realm=\"x\"", {{"empty-list-elements", 6, 7}}, "Basic realm=\"x\""},
    {field::authorization,
     "Digest username=u, qop=\"auth\", algorithm=\"MD5\"",
     {{"value-not-quoted", 16, 17}, {"value-quoted", 24, 28}, {"value-quoted", 42, 45}},
     "Digest username=\"u\", qop=auth, algorithm=MD5"},
    {field::www_authenticate, "Basic realm=\"x\"", {}, "Basic realm=\"x\""},
    {field::authorization, "Basic dXNlcjpwYXNzdw== realm=\"x\"", {{"after-padding", 23, 32}}, "Basic dXNlcjpwYXNzdw=="},
    {field::www_authenticate,
     "Basic realm=\xE2\x80\x98x\xE2\x80\x99",
     {{"not-ascii-quotes", 12, 15}},
     "Basic realm=\"x\""},
    {field::authorization,
     "Digest username=\xE2\x80\x9Cu\xE2\x80\x9D, realm=\"r\"",
     {{"not-ascii-quotes", 16, 19}},
     "Digest username=\"u\", realm=\"r\""},
    {field::authentication_info,
     "nextnonce=\xE2\x80\x9Cu\xE2\x80\x9D",
     {{"not-ascii-quotes", 10, 13}},
     "nextnonce=\"u\""},
    {field::www_authenticate, "Bearer scope=a b c", {{"value-not-quoted", 13, 18}}, "Bearer scope=\"a b c\""},
    {field::www_authenticate, "Negotiate, Basic realm=\"x\"", {}, "Negotiate, Basic realm=\"x\""},
    {field::proxy_authenticate,
     "Basic realm=Squid proxy-caching web server",
     {{"value-not-quoted", 12, 42}},
     "Basic realm=\"Squid proxy-caching web server\""},
    {field::proxy_authenticate,
     "Basic realm=\"Squid \"proxy\" server\"",
     {{"quote-not-escaped", 19, 20}},
     "Basic realm=\"Squid \\\"proxy\\\" server\""},
    {field::authorization, "Bearer eyJ0.a b.c", {{"base64-in-pieces", 13, 14}}, std::nullopt},
    {field::authorization, "Token token=abc", {}, "Token token=abc"},
    {field::authorization, "Bearer", {}, "Bearer"},
    {field::authorization, "", {}, std::nullopt},
    {field::authorization, "Basic username:password", {{"basic-not-encoded", 6, 7}}, "Basic dXNlcm5hbWU6cGFzc3dvcmQ="},
    {field::authorization, "ApiKey abc:def", {{"wrong-character-in-token", 10, 11}}, std::nullopt},
    {field::authorization,
     "Digest username=\"bob\", realm=\"a b, nonce=\"x\"",
     {{"quote-missing", 33, 34}},
     "Digest username=\"bob\", realm=\"a b\", nonce=\"x\""},
    {field::authentication_info, "nextnonce=\"x", {{"quote-missing", 12, 12}}, "nextnonce=\"x\""},
    {field::authentication_info, "rspauth=ab/c, qop=auth", {{"value-not-quoted", 8, 12}}, "rspauth=\"ab/c\", qop=auth"},
    {field::authentication_info, "qop=auth rspauth=\"x\"", {{"comma-missing", 9, 16}}, "qop=auth, rspauth=\"x\""},
    {field::proxy_authentication_info,
     "nextnonce = \"x\",,qop=auth",
     {{"space-around-equals", 9, 12}, {"empty-list-elements", 16, 17}},
     "nextnonce=\"x\", qop=auth"},
    {field::www_authenticate,
     "Basic realm=\"a\" , , charset=\"UTF-8\"",
     {{"empty-list-elements", 18, 19}},
     "Basic realm=\"a\", charset=\"UTF-8\""},
    {field::authorization,
     "Digest username=\"a\",, realm=\"b\"",
     {{"empty-list-elements", 20, 21}},
     "Digest username=\"a\", realm=\"b\""},
    {field::www_authenticate,
     "Digest realm=, nonce=\"x\"",
     {{"value-missing", 13, 13}},
     "Digest realm=\"\", nonce=\"x\""},
    {field::authentication_info, "nextnonce=, qop=auth", {{"value-missing", 10, 10}}, "nextnonce=\"\", qop=auth"},
    {field::proxy_authenticate, "Basic realm=", {{"value-missing", 12, 12}}, "Basic realm=\"\""},
    {field::proxy_authenticate, "Basic, realm=\"x\"", {{"comma-after-scheme", 5, 6}}, "Basic realm=\"x\""},
    {field::proxy_authenticate, "Basic realm=a@b.org", {{"value-not-quoted", 12, 19}}, "Basic realm=\"a@b.org\""},
    {field::proxy_authorization, "Bearer Bearer abc", {{"scheme-twice", 7, 13}}, "Bearer abc"},
    {field::proxy_authorization, "Basic dXNlcjpwYXNz=1", {{"after-padding", 19, 20}}, "Basic dXNlcjpwYXNz"},
    {field::proxy_authorization,
     "Digest username=\"a\" nonce=\"b\"",
     {{"comma-missing", 20, 25}},
     "Digest username=\"a\", nonce=\"b\""},
    {field::proxy_authorization,
     "Digest username=\xE2\x80\x9C"
     "a\xE2\x80\x9D, nonce=\"b\"",
     {{"not-ascii-quotes", 16, 19}},
     "Digest username=\"a\", nonce=\"b\""},
    {field::proxy_authorization,
     "Digest qop=auth,auth-int,nonce=\"b\"",
     {{"list-for-one-value", 11, 24}},
     "Digest qop=auth,nonce=\"b\""},
    {field::proxy_authorization, "user:pass", {{"scheme-missing", 0, 9}}, "Basic dXNlcjpwYXNz"},
    {field::proxy_authentication_info,
     "nextnonce=\"a\"b\", qop=auth",
     {{"quote-not-escaped", 12, 13}},
     "nextnonce=\"a\\\"b\", qop=auth"},
    {field::proxy_authentication_info,
     "nextnonce='a', qop=auth",
     {{"apostrophes-as-quotes", 10, 13}},
     "nextnonce=\"a\", qop=auth"},
    {field::proxy_authentication_info,
     "Proxy-Authentication-Info: nextnonce=\"a\"",
     {{"field-name-in-value", 0, 25}},
     "nextnonce=\"a\""},
    {field::authorization, "dXNlcjpwYXNz ,", {{"scheme-missing", 0, 12}}, "Basic dXNlcjpwYXNz"},
    {field::authorization, "abc ,", {{"scheme-missing", 0, 3}, {"empty-list-elements", 4, 5}}, std::nullopt},
};

std::string shown(const example& e) { return std::string(name_of(e.name)) + ": " + std::string(e.value); }

TEST(slip, examples) {
    for (const example& e : examples) {
        SCOPED_TRACE(shown(e));
        const corrected_value got = correct(e.name, e.value);
        ASSERT_EQ(got.slips.size(), e.slips.size());
        for (std::size_t i = 0; i < e.slips.size(); ++i) {
            EXPECT_EQ(got.slips[i].id, e.slips[i].id);
            EXPECT_EQ(got.slips[i].begin, e.slips[i].begin) << e.slips[i].id;
            EXPECT_EQ(got.slips[i].end, e.slips[i].end) << e.slips[i].id;
        }
        ASSERT_EQ(got.value.has_value(), e.corrected.has_value());
        EXPECT_EQ(got.value.value_or(""), e.corrected.value_or(""));
    }
}

bool sendable(field f, std::string_view value) {
    std::vector<event> events;
    return audit::read_events(f, value, edition::rfc9110_sender, events).code == error_code::none;
}

TEST(slip, corrected_values_can_be_sent_and_have_no_slips) {
    for (const example& e : examples) {
        const corrected_value got = correct(e.name, e.value);
        if (!got.value) continue;
        EXPECT_TRUE(sendable(e.name, *got.value)) << shown(e);
        const corrected_value again = correct(e.name, *got.value);
        EXPECT_TRUE(again.slips.empty()) << shown(e);
        EXPECT_EQ(again.value, got.value) << shown(e);
    }
}

// A value that a recipient refuses has no meaning that a correction could keep.
TEST(slip, only_accepted_values_keep_their_meaning) {
    for (const example& e : examples) {
        std::vector<event> events;
        const error why = audit::read_events(e.name, e.value, edition::rfc9110_recipient, events);
        const bool around = why.code == error_code::leading_whitespace || why.code == error_code::trailing_whitespace;
        if (why.code == error_code::none || around || e.slips.empty()) continue;
        EXPECT_FALSE(correct(e.name, e.value).same_meaning()) << shown(e);
    }
}

/// What a value says: schemes and names in lower case, values without quotes.
std::vector<std::string> meaning(field f, std::string_view value) {
    std::vector<event> events;
    audit::read_events(f, value, edition::rfc9110_recipient, events);
    std::vector<std::string> out;
    for (const event& e : events) {
        std::string word(value.substr(e.begin, e.end - e.begin));
        if (e.quoted) {
            for (std::size_t i = 0; i < word.size(); ++i) {
                if (word[i] == '\\') word.erase(i, 1);
            }
        }
        if (e.kind != event_kind::challenge_begin && e.kind != event_kind::challenge_end) out.push_back(word);
    }
    return out;
}

TEST(slip, corrections_of_the_form_keep_the_meaning) {
    int kept = 0;
    for (const example& e : examples) {
        const corrected_value got = correct(e.name, e.value);
        if (!got.value || !got.same_meaning() || got.slips.empty()) continue;
        ++kept;
        const std::string_view trimmed = e.value.substr(0, e.value.find_last_not_of(' ') + 1);
        EXPECT_EQ(meaning(e.name, *got.value), meaning(e.name, trimmed)) << shown(e);
    }
    EXPECT_GE(kept, 10);
}

// What is said of credentials is said without them.
TEST(slip, no_text_holds_a_secret) {
    for (const example& e : examples) {
        if (!audit::is_secret(e.name)) continue;
        std::vector<event> events;
        audit::read_events(e.name, e.value, edition::rfc9110_recipient, events);
        audit::word_filter filter(kind_of(e.name));
        for (const event& word : events) {
            const std::string_view text = e.value.substr(word.begin, word.end - word.begin);
            if (filter.shows(e.value, word) || text.size() < 4) continue;
            for (const audit::slip& each : correct(e.name, e.value).slips) {
                EXPECT_EQ(each.what.find(text), std::string::npos) << shown(e) << ": " << each.what;
            }
        }
    }
}

TEST(slip, challenges_are_not_spoken_of_where_there_are_none) {
    for (const example& e : examples) {
        if (kind_of(e.name) == field_kind::challenges) continue;
        for (const audit::slip& s : correct(e.name, e.value).slips) {
            EXPECT_EQ(s.what.find("challenge"), std::string::npos) << shown(e);
            EXPECT_EQ(std::string(s.fix).find("challenge"), std::string::npos) << shown(e);
        }
    }
}

// More mistakes than are taken out one by one, and values that are too long: nothing is made up.
TEST(slip, limits) {
    std::string many = "Basic a=1";
    for (int i = 0; i < 40; ++i) many += " b" + std::to_string(i) + "=1";
    EXPECT_FALSE(correct(field::www_authenticate, many).value);
    EXPECT_EQ(correct(field::www_authenticate, many).slips.front().id, "comma-missing");
    EXPECT_TRUE(correct(field::www_authenticate, std::string(70000, 'a') + "=").slips.empty());
}

}  // namespace
