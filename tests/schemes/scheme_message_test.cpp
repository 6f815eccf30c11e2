// Any scheme read by its description: what the RFCs print, and a value that breaks each of the rules, scheme by scheme.

#include <authgrammar/schemes/considerations.hpp>
#include <authgrammar/schemes/scheme_message.hpp>

#include "support.hpp"

#include <map>
#include <set>
#include <utility>

namespace authgrammar::schemes::test {
namespace {

using code = scheme_error_code;
using reading = result<scheme_message, scheme_error>;

constexpr field_kind in_challenge = field_kind::challenges;
constexpr field_kind in_credentials = field_kind::credentials;
constexpr field_kind in_info = field_kind::info;

/// A value that was read; it keeps the events.
class read_value {
public:
    read_value(const scheme_description& s, field_kind kind, std::string_view value) : is_(made(s, kind, value)) {}

    const reading& operator*() const { return is_; }
    const reading* operator->() const { return &is_; }

private:
    reading made(const scheme_description& s, field_kind kind, std::string_view value) {
        switch (kind) {
            case in_challenge:
                return events_.challenge_by(value, [&](const challenge& c) { return read_scheme_challenge(s, c); });
            case in_credentials:
                return events_.credentials_by(value,
                                              [&](const credentials& c) { return read_scheme_credentials(s, c); });
            case in_info: break;
        }
        return events_.info_by(value, [&](const auth_params& p) { return read_scheme_info(s, p); });
    }

    parsed events_;
    reading is_;
};

const scheme_description& scheme(std::string_view name) {
    const scheme_description* const s = find_scheme(name);
    if (s == nullptr) ADD_FAILURE() << "no scheme " << name;
    return s == nullptr ? all_schemes()[0] : *s;
}

struct accepted {
    std::string_view scheme;
    field_kind kind;
    std::string value;
    std::vector<std::pair<std::string_view, std::string>> params;  ///< some of them, unescaped
    std::string token68 = {};
};

void expect_accepted(const accepted& a) {
    SCOPED_TRACE(a.value.substr(0, 200));
    const read_value r(scheme(a.scheme), a.kind, a.value);
    ASSERT_TRUE(r->has_value()) << name_of(r->error().code) << " at " << r->error().offset << ' ' << r->error().param;
    const scheme_message& m = **r;
    EXPECT_EQ(m.scheme().name, a.scheme);
    EXPECT_EQ(m.kind(), a.kind);
    EXPECT_EQ(plain(m.token68()), a.token68.empty() ? std::nullopt : std::optional(a.token68));
    for (const auto& [name, value] : a.params) EXPECT_EQ(plain(m.value(name)), value) << name;
}

// RFC 7486 prints plain base64 where it asks for base64url; others leave out the padding.
TEST(SchemeMessage, TolerancesOfBase64) {
    const auto read = [](std::string_view s, field_kind kind, const std::string& value, tolerances allowed) {
        parsed events;
        const reading r =
            kind == in_challenge
                ? events.challenge_by(value,
                                      [&](const challenge& c) { return read_scheme_challenge(scheme(s), c, allowed); })
                : events.credentials_by(
                      value, [&](const credentials& c) { return read_scheme_credentials(scheme(s), c, allowed); });
        if (r) return r->used().empty() ? std::string("strict") : std::string("tolerated");
        return std::string(name_of(r.error().code)) + " " + std::string(name_of(r.error().permitted_by));
    };
    const auto hoba = [&](std::string_view base64, tolerances allowed) {
        return read("HOBA", in_challenge, "HOBA max-age=1, challenge=\"" + std::string(base64) + "\"", allowed);
    };
    EXPECT_EQ(hoba("vhmHuQ9U/_8=", tolerances::all()), "invalid_base64 none") << "two alphabets";
    EXPECT_EQ(hoba("pUE77w0L+/8=", {}), "invalid_base64 base64_alphabet");
    EXPECT_EQ(hoba("pUE77w0L+/8=", tolerance::base64_alphabet), "tolerated");
    EXPECT_EQ(hoba("pUE77w0L-_8=", tolerances::all()), "strict");
    EXPECT_EQ(hoba("pUE77w0L-_8", {}), "base64_padding base64_missing_padding");
    EXPECT_EQ(hoba("pUE77w0L-_8", tolerance::base64_missing_padding), "tolerated");
    EXPECT_EQ(hoba("pUE77w0L-_8==", tolerances::all()), "base64_padding none");
    EXPECT_EQ(hoba("pUE77w0L-_9=", tolerances::all()), "base64_trailing_bits none");
    EXPECT_EQ(hoba("pUE77w0L-", tolerances::all()), "base64_length none");
    EXPECT_EQ(hoba("p", tolerances::all()), "base64_length none");
    const auto scram = [&](std::string_view base64, tolerances allowed) {
        return read("SCRAM-SHA-1", in_credentials, "SCRAM-SHA-1 data=\"" + std::string(base64) + "\"", allowed);
    };
    EXPECT_EQ(scram("bi-_", {}), "invalid_base64 base64url_alphabet");
    EXPECT_EQ(scram("bi-_", tolerance::base64url_alphabet), "tolerated");
    EXPECT_EQ(scram("bi-/", tolerances::all()), "invalid_base64 none");
}

TEST(SchemeMessage, EachPartOfAJwsIsBase64url) {
    const auto is_read = [](const std::string& jws) {
        return read_value(scheme("vapid"), in_credentials, "vapid k=BA1Hxw, t=\"" + jws + "\"")->has_value();
    };
    EXPECT_TRUE(is_read("eyJh.eyJ1.i3CY"));
    EXPECT_TRUE(is_read("eyI.eyI.iw"));
    EXPECT_TRUE(is_read("eyI..")) << "payload and signature may be empty";
    for (const char* bad :
         {"", ".", "..", ".a.b", "eyI", "eyI.eyI", "eyI.eyI.iw.", "eyI.eyI.iw.iw", "e.eyI.iw", "eyI.e.iw", "eyI.eyI.i",
          "eyJ.eyI.iw", "eyI.eyJ.iw", "eyI.eyI.ix", "ey+I.eyI.iw", "ey/I.eyI.iw", "eyI=.eyI.iw", "eyI.eyI.iw=="}) {
        EXPECT_FALSE(is_read(bad)) << bad;
    }
}

TEST(SchemeMessage, OfEachSchemeIsRead) {
    const std::string jws = "eyJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQifQ.i3CYb7t4";
    const std::string mutual =
        "Mutual version=1, algorithm=iso-kam3-dl-2048-sha256, validation=host, realm=\"a realm\"";
    const accepted cases[] = {
        {"Basic", in_challenge, R"(Basic realm="foo", charset="UTF-8")", {{"realm", "foo"}, {"charset", "UTF-8"}}},
        {"Basic", in_credentials, "basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", {}, "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="},
        {"Bearer", in_challenge, "Bearer max_age=\"5\", error=other", {{"max_age", "5"}, {"error", "other"}}},
        {"Bearer", in_credentials, "Bearer mF_9.B5f-4.1JqM", {}, "mF_9.B5f-4.1JqM"},
        {"Digest",
         in_challenge,
         R"(Digest realm="a\"b", qop="auth, auth-int", nonce=n, stale=maybe, algorithm=new)",
         {{"realm", "a\"b"}, {"qop", "auth, auth-int"}, {"stale", "maybe"}}},
        {"Digest", in_info, R"(nextnonce="n", qop=auth, rspauth="0a", cnonce="c", nc=0000000A)", {{"nc", "0000000A"}}},
        {"DPoP", in_challenge, R"(DPoP algs="ES256 PS256")", {{"ALGS", "ES256 PS256"}}},
        {"DPoP",
         in_credentials,
         "DPoP Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU",
         {},
         "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"},
        // RFC 9635 prints it with semicolons and without DQUOTEs, which no recipient can read.
        {"GNAP",
         in_challenge,
         R"(GNAP as_uri="https://as.example/tx", access=FWWIKYBQ6U56NL1, referrer="https://rs.example")",
         {{"as_uri", "https://as.example/tx"}, {"access", "FWWIKYBQ6U56NL1"}}},
        {"GNAP",
         in_credentials,
         "GNAP OS9M2PMHKUR64TB8N6BW7OZB8CDFONP219RP1LT0",
         {},
         "OS9M2PMHKUR64TB8N6BW7OZB8CDFONP219RP1LT0"},
        {"HOBA", in_challenge, "HOBA challenge=\"pUE77w0L-_8=\", max-age=010", {{"max-age", "010"}}},
        {"Mutual", in_challenge, mutual + ", reason=initial, other=1", {{"reason", "initial"}, {"other", "1"}}},
        {"Mutual", in_credentials, mutual + ", user*=UTF-8''J%C3%A4s, kc1=\"a+/=\"", {{"user*", "UTF-8''J%C3%A4s"}}},
        {"Mutual", in_credentials, mutual + ", sid=0aF1, nc=0, vkc=00", {{"sid", "0aF1"}}},
        {"Mutual", in_info, "version=1, sid=0aF1, vks=00", {{"vks", "00"}}},
        {"Negotiate", in_challenge, "Negotiate", {}},
        {"Negotiate", in_challenge, "Negotiate YIIFzAYGKwYBBQUC", {}, "YIIFzAYGKwYBBQUC"},
        {"NTLM", in_credentials, "NTLM TlRMTVNTUAABAAAA", {}, "TlRMTVNTUAABAAAA"},
        {"OAuth", in_challenge, "OAuth", {}},
        {"OAuth",
         in_challenge,
         "OAuth realm=\"r\", oauth_problem=token_rejected",
         {{"oauth_problem", "token_rejected"}}},
        // RFC 5849, 2.1.
        {"OAuth",
         in_credentials,
         R"(OAuth realm="Example", oauth_consumer_key="jd83jd92dhsh93js", oauth_signature_method="PLAINTEXT", )"
         R"(oauth_callback="http%3A%2F%2Fclient.example.net%2Fcb%3Fx%3D1", oauth_signature="ja893SD9%26")",
         {{"oauth_signature", "ja893SD9%26"}}},
        {"PrivateToken", in_credentials, "PrivateToken token=\"AAIB-g==\", more=1", {{"token", "AAIB-g=="}}},
        // RFC 7804, 5.1, with the DQUOTEs that the RFC forgets.
        {"SCRAM-SHA-256",
         in_challenge,
         R"(SCRAM-SHA-256 realm="testrealm@example.com", sr="%hvYDpWUa2RaTCAfuxFIlj)hNlF", ttl=120, stale=TRUE)",
         {{"sr", "%hvYDpWUa2RaTCAfuxFIlj)hNlF"}, {"ttl", "120"}}},
        {"SCRAM-SHA-1", in_challenge, "SCRAM-SHA-1", {}},
        {"SCRAM-SHA-1", in_credentials, "scram-sha-1 data=\"biws\"", {{"data", "biws"}}},
        {"SCRAM-SHA-256",
         in_info,
         "sid=AAAABBBBCCCCDDDD, data=\"dj02cnJpVFJCaTIzV3BSUi93dHVwK21NaFVaVW4vZEI1bkxUSlJzamw5NUc0PQo=\"",
         {{"sid", "AAAABBBBCCCCDDDD"}}},
        {"vapid", in_challenge, "vapid", {}},
        {"vapid", in_challenge, "vapid realm=\"r\"", {{"realm", "r"}}},
        {"vapid", in_credentials, "vapid t=" + jws + ", k=BA1Hxw, u=1", {{"t", jws}, {"u", "1"}}},
        // SigV4 is outside the grammar: it is read where its values are quoted.
        {"AWS4-HMAC-SHA256",
         in_credentials,
         R"(AWS4-HMAC-SHA256 Credential="A/20261121/r/s/aws4_request", SignedHeaders="host;x-amz-date", Signature=0a)",
         {{"signedheaders", "host;x-amz-date"}}},
    };
    std::set<std::string_view> schemes;
    for (const accepted& a : cases) {
        expect_accepted(a);
        schemes.insert(a.scheme);
    }
    // Concealed is in the samples of the table.
    EXPECT_EQ(schemes.size() + 1, all_schemes().size());
}

TEST(SchemeMessage, OfTheSamplesInTheTableIsRead) {
    std::size_t count = 0;
    for (const scheme_description& s : all_schemes()) {
        for (const sample& each : s.samples) {
            scheme_description alone;
            alone.samples = {&each, 1};
            if (considerations(alone).has(consideration::parsing_fixed)) continue;
            SCOPED_TRACE(each.value.substr(0, 100));
            // The two of SCRAM share their samples.
            const read_value r(scheme(each.value.substr(0, each.value.find(' '))), each.kind, each.value);
            ASSERT_TRUE(r->has_value()) << name_of(r->error().code) << " at " << r->error().offset;
            for (const auth_param p : (**r).params()) {
                const parameter_description* const d = (**r).describe(p);
                EXPECT_EQ(d == nullptr, p.has_name("unknownChallengeAttribute"));
                if (d != nullptr) {
                    EXPECT_EQ(plain((**r).value(*d)), plain(p.value));
                }
            }
            ++count;
        }
    }
    EXPECT_EQ(count, 27U);
}

struct violation {
    std::string_view scheme;
    field_kind kind;
    refused what;
    std::string_view section;
};

const std::string_view repeated = "R9110-11.2-param-once";

const violation violations[] = {
    {"Basic", in_challenge, {"Basic charset=UTF-8", code::missing_param, "", "realm"}, "RFC 7617, 2"},
    {"Basic", in_challenge, {"Basic realm=x, charset=UTF-7", code::invalid_value, "UTF-7", "charset"}, "RFC 7617, 2.1"},
    {"Basic", in_challenge, {"Basic QUJD", code::unexpected_token68, "QUJD"}, "RFC 7617"},
    {"Basic", in_credentials, {"Basic", code::expected_token68, ""}, "RFC 7617"},
    {"Basic", in_credentials, {"Basic user=x", code::expected_token68, "user"}, "RFC 7617"},
    {"Bearer", in_challenge, {"Bearer", code::missing_param, ""}, "RFC 6750"},
    {"Bearer", in_challenge, {"Bearer scope=\"a  b\"", code::invalid_value, " b", "scope"}, "RFC 6750, 3"},
    {"Bearer", in_challenge, {"Bearer max_age=\"-5\"", code::invalid_value, "-5", "max_age"}, "RFC 9470, 3"},
    {"Bearer", in_challenge, {"Bearer error=\"a\tb\"", code::invalid_value, "\tb", "error"}, "RFC 6750, 3.1"},
    {"Concealed", in_challenge, {"Concealed realm=x", code::undefined_message, "Concealed"}, "RFC 9729"},
    {"Concealed",
     in_credentials,
     {"Concealed k=YQ, a=YQ, p=YQ, s=2055", code::missing_param, "", "v"},
     "RFC 9729, 4.5"},
    {"Concealed", in_credentials, {"Concealed k=\"YQ==\"", code::invalid_base64, "==", "k"}, "RFC 4648, 3.3"},
    {"Concealed", in_credentials, {"Concealed s=02055", code::invalid_value, "2055", "s"}, "RFC 9729, 4.4"},
    {"Digest", in_challenge, {"Digest realm=x, qop=auth", code::missing_param, "", "nonce"}, "RFC 7616, 3.3"},
    {"Digest", in_challenge, {"Digest nonce=n, qop=\"a b\"", code::invalid_value, "b\"", "qop"}, "RFC 7616, 3.3"},
    {"Digest", in_challenge, {"Digest qop=\" ,\"", code::invalid_value, " ,", "qop"}, "RFC 7616, 3.3"},
    {"Digest", in_challenge, {"Digest domain=\"/a /<\"", code::invalid_value, "<", "domain"}, "RFC 7616, 3.3"},
    {"Digest",
     in_challenge,
     {"Digest realm=x, REALM=y", code::repeated_param, "REALM", "realm", repeated},
     "RFC 9110, 11.2"},
    {"Digest", in_challenge, {"Digest x=1, X=1", code::repeated_param, "X=", "", repeated}, "RFC 9110, 11.2"},
    {"Digest", in_challenge, {"Digest algorithm=\"a b\"", code::invalid_value, " b", "algorithm"}, "RFC 7616, 3.3"},
    {"Digest", in_credentials, {"Digest nc=0000001", code::invalid_value, "", "nc"}, "RFC 7616, 3.4"},
    {"Digest", in_credentials, {"Digest nc=000000001", code::invalid_value, "1", "nc"}, "RFC 7616, 3.4"},
    {"Digest", in_credentials, {"Digest response=\"0g\"", code::invalid_value, "g\"", "response"}, "RFC 7616, 3.4"},
    {"Digest", in_credentials, {"Digest uri=\"/a b\"", code::invalid_value, " b", "uri"}, "RFC 7616, 3.4"},
    {"Digest", in_credentials, {"Digest uri=\"\", x=1", code::invalid_value, "\", x", "uri"}, "RFC 7616, 3.4"},
    {"Digest",
     in_credentials,
     {"Digest username*=Z", code::invalid_ext_value, "Z", "username*", "R8187-3.2.1-ext-value"},
     ""},
    {"Digest", in_info, {"qop=other", code::invalid_value, "other", "qop"}, "RFC 7616, 3.5"},
    {"DPoP", in_challenge, {"DPoP", code::missing_param, ""}, "RFC 9449, Section 7.1"},
    {"DPoP", in_challenge, {"DPoP algs=\"\", x=1", code::invalid_value, "\", x", "algs"}, "RFC 9449, 7.1"},
    {"DPoP",
     in_challenge,
     {"DPoP resource_metadata=\"a b\"", code::invalid_value, " b", "resource_metadata"},
     "RFC 9728, 5.1"},
    {"DPoP", in_credentials, {"DPoP token=a", code::expected_token68, "token"}, "RFC 9449, Section 7.1"},
    {"GNAP", in_challenge, {"GNAP as_uri=\"a<\"", code::invalid_value, "<", "as_uri"}, "RFC 9635, 9.1"},
    {"GNAP", in_challenge, {"GNAP QUJD", code::unexpected_token68, "QUJD"}, "RFC 9635, Section 7.2"},
    {"GNAP", in_credentials, {"GNAP a=b", code::expected_token68, "a="}, "RFC 9635, Section 7.2"},
    {"HOBA", in_challenge, {"HOBA challenge=\"YQ==\"", code::missing_param, "", "max-age"}, "RFC 7486, 3"},
    {"HOBA",
     in_challenge,
     {"HOBA challenge=\"a/==\"", code::invalid_base64, "/", "challenge", "", tolerance::base64_alphabet},
     "RFC 4648, 3.3"},
    {"HOBA", in_challenge, {"HOBA max-age=1s", code::invalid_value, "s", "max-age"}, "RFC 7486, 3"},
    {"HOBA", in_credentials, {"HOBA realm=x", code::missing_param, "", "result"}, "RFC 7486, 3"},
    {"Mutual", in_challenge, {"Mutual version=2", code::invalid_value, "2", "version"}, "RFC 8120, 4"},
    {"Mutual", in_challenge, {"Mutual sid=x", code::invalid_value, "x", "sid"}, "RFC 8120, 4.3"},
    {"Mutual", in_challenge, {"Mutual nc-max=05", code::invalid_value, "5", "nc-max"}, "RFC 8120, 4.3"},
    {"Mutual", in_challenge, {"Mutual version=1, Version=1", code::repeated_param, "Version", "version", repeated}, ""},
    {"Mutual",
     in_credentials,
     {"Mutual user*=a''b", code::invalid_ext_value, "a''", "user*", "R8187-3.2.1-ext-value"},
     ""},
    {"Mutual", in_info, {"version=1, sid=00", code::missing_param, "", "vks"}, "RFC 8120, 4.5"},
    {"Negotiate", in_challenge, {"Negotiate realm=x", code::unexpected_param, "realm"}, "RFC 4559, Section 3"},
    {"Negotiate", in_credentials, {"Negotiate", code::expected_token68, ""}, "RFC 4559, Section 3"},
    {"NTLM", in_challenge, {"NTLM realm=x", code::unexpected_param, "realm"}, "MS-NTHT"},
    {"NTLM", in_credentials, {"NTLM a=b", code::expected_token68, "a="}, "MS-NTHT"},
    {"OAuth",
     in_credentials,
     {"OAuth realm=x, oauth_extra=1", code::unexpected_param, "oauth_extra"},
     "RFC 5849, Section 3.5.1"},
    {"OAuth",
     in_credentials,
     {"OAuth oauth_consumer_key=a", code::missing_param, "", "oauth_signature_method"},
     "RFC 5849, 3.1"},
    {"OAuth", in_credentials, {"OAuth oauth_nonce=\"a/\"", code::invalid_value, "/", "oauth_nonce"}, "RFC 5849, 3.1"},
    {"OAuth", in_credentials, {"OAuth oauth_nonce=\"%2f\"", code::invalid_value, "f", "oauth_nonce"}, "RFC 5849, 3.1"},
    {"OAuth", in_credentials, {"OAuth oauth_nonce=%2", code::invalid_value, "", "oauth_nonce"}, "RFC 5849, 3.1"},
    {"OAuth",
     in_credentials,
     {"OAuth oauth_version=2.0", code::invalid_value, "2.0", "oauth_version"},
     "RFC 5849, 3.1"},
    {"PrivateToken", in_challenge, {"PrivateToken max-age=10", code::missing_param, "", "challenge"}, "RFC 9577, 2.1"},
    {"PrivateToken",
     in_challenge,
     {"PrivateToken challenge=YQ", code::base64_padding, "", "challenge", "", tolerance::base64_missing_padding},
     "RFC 4648, 3.2"},
    {"PrivateToken",
     in_challenge,
     {"PrivateToken challenge=\"YQ===\", x=1", code::base64_padding, "=\", x", "challenge"},
     "RFC 4648, 3.2"},
    {"PrivateToken",
     in_challenge,
     {"PrivateToken challenge=YWJjZ", code::base64_length, "", "challenge"},
     "RFC 4648, 4"},
    {"PrivateToken",
     in_credentials,
     {"PrivateToken token=\"YR==\"", code::base64_trailing_bits, "R", "token"},
     "RFC 4648, 3.5"},
    {"SCRAM-SHA-1", in_credentials, {"SCRAM-SHA-1 sid=a", code::missing_param, "", "data"}, "RFC 7804, 5"},
    {"SCRAM-SHA-1", in_challenge, {"SCRAM-SHA-1 stale=maybe", code::invalid_value, "maybe", "stale"}, "RFC 7804, 5.1"},
    {"SCRAM-SHA-256", in_challenge, {"SCRAM-SHA-256 ttl=x", code::invalid_value, "x", "ttl"}, "RFC 7804, 5.1"},
    {"SCRAM-SHA-256",
     in_challenge,
     {"SCRAM-SHA-256 data=\"a_==\"", code::invalid_base64, "_", "data", "", tolerance::base64url_alphabet},
     "RFC 4648, 3.3"},
    {"SCRAM-SHA-256", in_info, {"sid=a", code::missing_param, "", "data"}, "RFC 7804, 5"},
    {"vapid", in_challenge, {"vapid QUJD", code::unexpected_token68, "QUJD"}, "RFC 8292, Section 3"},
    {"vapid", in_credentials, {"vapid k=YQ", code::missing_param, "", "t"}, "RFC 8292, 3.1"},
    {"vapid", in_credentials, {"vapid t=YQ.YQ", code::invalid_value, "", "t"}, "RFC 8292, 3.1"},
    {"vapid", in_credentials, {"vapid t=.YQ.YQ", code::invalid_value, ".YQ.YQ", "t"}, "RFC 8292, 3.1"},
    {"vapid", in_credentials, {"vapid t=eyI.eyI.iw.d", code::invalid_value, ".d", "t"}, "RFC 8292, 3.1"},
    {"vapid", in_credentials, {"vapid t=a.b.c", code::invalid_value, ".b", "t"}, "RFC 8292, 3.1"},
    {"AWS4-HMAC-SHA256",
     in_challenge,
     {"AWS4-HMAC-SHA256", code::undefined_message, "AWS4"},
     "AWS Signature Version 4"},
    {"AWS4-HMAC-SHA256",
     in_credentials,
     {"AWS4-HMAC-SHA256 Signature=xy", code::invalid_value, "xy", "Signature"},
     "captures"},
    {"AWS4-HMAC-SHA256",
     in_credentials,
     {"AWS4-HMAC-SHA256 Signature=00", code::missing_param, "", "Credential"},
     "captures"},
    {"HOBA", in_info, {"a=b", code::undefined_message, "a"}, "RFC 7486, Section 3"},
    {"Digest",
     in_info,
     {"nextnonce=a, NextNonce=b", code::repeated_param, "Next", "nextnonce", "R9110-11.2-param-once"},
     "RFC 9110, 11.2"},
    {"Digest", in_info, {"x=a, y=b, X=b", code::repeated_param, "X", "", "R9110-11.2-param-once"}, "RFC 9110, 11.2"},
    {"HOBA", in_challenge, {"Basic realm=x", code::other_scheme, "Basic"}, "RFC 9110, 11.1"},
};

TEST(SchemeMessage, OfEachSchemeIsRefused) {
    std::map<std::string_view, std::size_t> of_scheme;
    std::map<code, std::size_t> of_code;
    for (const violation& v : violations) {
        const read_value r(scheme(v.scheme), v.kind, v.what.value);
        expect_refused(*r, v.what);
        if (!r->has_value() && !v.section.empty()) {
            EXPECT_EQ(r->error().section, v.section) << v.what.value;
        }
        ++of_scheme[v.scheme];
        if (!r->has_value()) ++of_code[r->error().code];
    }
    for (const scheme_description& s : all_schemes()) EXPECT_GE(of_scheme[s.name], 2U) << s.name;
    for (const code c : {code::other_scheme, code::expected_token68, code::unexpected_token68, code::missing_param,
                         code::repeated_param, code::unexpected_param, code::invalid_value, code::undefined_message,
                         code::invalid_base64, code::base64_length, code::base64_padding, code::base64_trailing_bits,
                         code::invalid_ext_value}) {
        EXPECT_GE(of_code[c], 1U) << c;
    }
}

TEST(SchemeMessage, FindsParametersByNameAndByRow) {
    const scheme_description& digest = scheme("Digest");
    const std::string value =
        R"(Digest username="a\"b", realm=r, nonce=n, uri="/", response=00, cnonce=c, qop=auth, nc=00000001, x=1)";
    const read_value r(digest, in_credentials, value);
    ASSERT_TRUE(r->has_value());
    const scheme_message& m = **r;
    EXPECT_EQ(plain(m.value("USERNAME")), "a\"b");
    EXPECT_EQ(plain(m.value("x")), "1");
    EXPECT_FALSE(m.value("opaque").has_value());
    EXPECT_EQ(m.params().size(), 9U);
    // Digest has three rows of qop: that of credentials finds it.
    std::size_t rows = 0;
    for (const parameter_description& p : digest.params) {
        if (p.name != "qop") continue;
        ++rows;
        EXPECT_EQ(m.value(p).has_value(), p.in_credentials != presence::absent);
    }
    EXPECT_EQ(rows, 3U);
    std::size_t described = 0;
    for (const auth_param p : m.params()) {
        const parameter_description* const d = m.describe(p);
        EXPECT_EQ(d == nullptr, p.has_name("x"));
        if (d != nullptr) {
            EXPECT_EQ(d, find_parameter(digest, in_credentials, d->name));
        }
        described += d != nullptr ? 1 : 0;
    }
    EXPECT_EQ(described, 8U);
    const scheme_message nothing;
    EXPECT_TRUE(nothing.params().empty());
    EXPECT_FALSE(nothing.value("a").has_value());
    EXPECT_TRUE(nothing.scheme().name.empty());
}

// Escapes and field lines do not matter: offsets count in the joined value.
TEST(SchemeMessage, IsReadOverFieldLines) {
    const scheme_description& hoba = scheme("HOBA");
    const std::string_view lines[] = {"HOBA challenge=\"Y\\Q==\"", "max-age=5"};
    parsed events;
    const auto read =
        events.challenge_by(field_value(lines, 2), [&](const challenge& c) { return read_scheme_challenge(hoba, c); });
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(plain(read->value("challenge")), "YQ==");
    EXPECT_EQ(plain(read->value("max-age")), "5");
    const std::string_view wrong[] = {"HOBA challenge=\"Y\\R==\"", "max-age=5"};
    const auto refused =
        events.challenge_by(field_value(wrong, 2), [&](const challenge& c) { return read_scheme_challenge(hoba, c); });
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, code::base64_trailing_bits);
    EXPECT_EQ(refused.error().offset, wrong[0].find('R'));
}

// A scheme that is not in the table, as its author describes it.
TEST(SchemeMessage, IsReadByADescriptionOfTheCallers) {
    parameter_description rows[2];
    rows[0].name = "level";
    rows[0].in_challenge = presence::required;
    rows[0].syntax = value_syntax::decimal;
    rows[0].section = "1";
    rows[1].name = "list";
    rows[1].in_challenge = presence::optional;
    rows[1].syntax = value_syntax::token_list;
    scheme_description mine;
    mine.name = "Mine";
    mine.reference = "none";
    mine.challenge.alone = mine.challenge.params = true;
    mine.params = rows;
    EXPECT_TRUE(read_value(mine, in_challenge, "mine")->has_value());
    EXPECT_TRUE(read_value(mine, in_challenge, "Mine level=0, list=\",a ,, b\", c=d")->has_value());
    for (const std::string_view level : {"", "00", "1a", "-1"}) {
        const std::string value = "Mine level=\"" + std::string(level) + '"';
        EXPECT_FALSE(read_value(mine, in_challenge, value)->has_value()) << value;
    }
    expect_refused(*read_value(mine, in_challenge, "Mine list=a"), {"Mine list=a", code::missing_param, "", "level"});
    expect_refused(*read_value(mine, in_credentials, "Mine a=b"), {"Mine a=b", code::undefined_message, "Mine"});
    mine.challenge.alone = false;
    expect_refused(*read_value(mine, in_challenge, "Mine"), {"Mine", code::missing_param, ""});
}

}  // namespace
}  // namespace authgrammar::schemes::test
