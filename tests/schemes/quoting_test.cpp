// The standard quoting table against the wording of the RFCs: the lists here are those of the text.

#include <authgrammar/authgrammar.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace {

using namespace authgrammar;
using schemes::standard_quoting;

using names = std::set<std::string>;

names written(std::string_view scheme, field_kind kind, param_form form) {
    names out;
    const quoting_table table = standard_quoting();
    for (std::size_t i = 0; i < table.count; ++i) {
        const quoting& line = table.lines[i];
        if (line.scheme == scheme && line.kind == kind && line.form == form) out.insert(std::string(line.param));
    }
    return out;
}

TEST(standard_quoting, has_digest_in_the_words_of_rfc7616) {
    // 3.3: "a sender MUST only generate the quoted string syntax values for the following parameters: realm, domain,
    // nonce, opaque, and qop" and "MUST NOT generate the quoted string syntax values for the following parameters:
    // stale and algorithm". The writer quotes realm by itself.
    EXPECT_EQ(written("Digest", field_kind::challenges, param_form::quoted),
              (names{"domain", "nonce", "opaque", "qop"}));
    EXPECT_EQ(written("Digest", field_kind::challenges, param_form::token), (names{"stale", "algorithm"}));
    // 3.4: "username, realm, nonce, uri, response, cnonce, and opaque"; "algorithm, qop, and nc".
    EXPECT_EQ(written("Digest", field_kind::credentials, param_form::quoted),
              (names{"username", "nonce", "uri", "response", "cnonce", "opaque"}));
    EXPECT_EQ(written("Digest", field_kind::credentials, param_form::token), (names{"algorithm", "qop", "nc"}));
    // 3.5: "nextnonce, rspauth, and cnonce"; "qop and nc".
    EXPECT_EQ(written("Digest", field_kind::info, param_form::quoted), (names{"nextnonce", "rspauth", "cnonce"}));
    EXPECT_EQ(written("Digest", field_kind::info, param_form::token), (names{"qop", "nc"}));
}

TEST(standard_quoting, has_concealed_bare_and_oauth_quoted) {
    EXPECT_EQ(written("Concealed", field_kind::credentials, param_form::token), (names{"k", "a", "p", "s", "v"}));
    EXPECT_EQ(written("OAuth", field_kind::credentials, param_form::token), names{});
    EXPECT_EQ(written("OAuth", field_kind::credentials, param_form::quoted).count("oauth_nonce"), 1u);
}

// What AWS4-HMAC-SHA256 sends is no token, and its servers do not accept it quoted: the grammar has no form for it, so that
// it is not written rather than written in a form that is refused.
TEST(standard_quoting, does_not_quote_what_aws4_sends_bare) {
    EXPECT_EQ(written("AWS4-HMAC-SHA256", field_kind::credentials, param_form::quoted), names{});
    const param_spec params[]{{"Credential", "AKID/20261127/us-east-1/s3/aws4_request"},
                              {"SignedHeaders", "host;x-amz-date"},
                              {"Signature", "0a"}};
    for (const param_spec& p : params) {
        credentials_spec spec("AWS4-HMAC-SHA256");
        spec.params = &p;
        spec.param_count = 1;
        char buffer[128];
        const write_result r = write_credentials(field::authorization, spec, buffer, sizeof buffer, standard_quoting());
        EXPECT_EQ(r.code, p.name.equals("Signature") ? error_code::none : error_code::not_a_token) << p.name.raw();
    }
}

TEST(standard_quoting, has_each_parameter_once) {
    std::set<std::string> seen;
    const quoting_table table = standard_quoting();
    ASSERT_GT(table.count, 0u);
    for (std::size_t i = 0; i < table.count; ++i) {
        const quoting& line = table.lines[i];
        const std::string key = std::string(line.scheme) + " " + std::to_string(static_cast<int>(line.kind)) + " " +
                                std::string(line.param);
        EXPECT_TRUE(seen.insert(key).second) << key;
        EXPECT_NE(line.form, param_form::automatic) << key;
        EXPECT_NE(line.param, "realm") << key;
    }
}

TEST(standard_quoting, writes_digest_challenges_in_the_forms_of_rfc7616) {
    const param_spec params[]{{"realm", "http-auth@example.org"},
                              {"qop", "auth, auth-int"},
                              {"algorithm", "MD5"},
                              {"nonce", "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"},
                              {"opaque", "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"},
                              {"stale", "true"}};
    const challenge_spec spec("Digest", params);
    std::string out;
    ASSERT_TRUE(write_to(out, [&](char* buffer, std::size_t n) {
        return write_challenges(field::www_authenticate, &spec, 1, buffer, n, standard_quoting());
    }));
    EXPECT_EQ(out,
              "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=MD5, "
              "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
              "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\", stale=true");
}

TEST(standard_quoting, writes_credentials_with_bare_qop_and_nc) {
    const param_spec params[]{{"username", "Mufasa"}, {"nonce", "abc"},    {"uri", "/"},      {"nc", "00000001"},
                              {"cnonce", "def"},      {"qop", "auth-int"}, {"response", "0"}, {"userhash", "false"}};
    const credentials_spec spec("digest", params);
    std::string out;
    ASSERT_TRUE(write_to(out, [&](char* buffer, std::size_t n) {
        return write_credentials(field::authorization, spec, buffer, n, standard_quoting());
    }));
    EXPECT_EQ(out,
              "digest username=\"Mufasa\", nonce=\"abc\", uri=\"/\", nc=00000001, cnonce=\"def\", qop=auth-int, "
              "response=\"0\", userhash=false");
}

}  // namespace
