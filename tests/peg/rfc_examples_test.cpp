// The examples of the RFCs, line folds replaced by one space (RFC 9112, 5.2), read in every edition.

#include "event_log.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::test {
namespace {

// "Scheme", "Scheme:token68" or "Scheme name=value name="quoted" …", a line for each challenge; for the -Info fields
// without scheme.
std::string outline(std::string_view value, const std::vector<event>& events) {
    std::string text;
    for (const event& e : events) {
        const std::string_view part = value.substr(e.begin, e.end - e.begin);
        switch (e.kind) {
            case event_kind::challenge_begin: break;
            case event_kind::scheme: text.append(part); break;
            case event_kind::token68: text.append(":").append(part); break;
            case event_kind::param_name: text.append(" ").append(part).append("="); break;
            case event_kind::param_value:
                text.append(e.quoted ? "\"" : "").append(part).append(e.quoted ? "\"" : "");
                break;
            case event_kind::challenge_end: text.append("\n"); break;
        }
    }
    return text;
}

void expect(field f, std::string_view value, const std::string& expected) {
    for (const edition e : all_editions) {
        event_log log;
        EXPECT_TRUE(peg::parse(f, e, value, sink_for(log)).valid) << name_of(e) << ": " << value;
        EXPECT_EQ(outline(value, log.events), expected) << name_of(e);
    }
}

TEST(rfc7235, section_4_1_two_challenges) {
    expect(field::www_authenticate,
           "Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"simple\"",
           "Newauth realm=\"apps\" type=1 title=\"Login to \\\"apps\\\"\"\n"
           "Basic realm=\"simple\"\n");
}

TEST(rfc9110, section_11_6_1_two_challenges) {
    expect(field::www_authenticate,
           "Basic realm=\"simple\", Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\"",
           "Basic realm=\"simple\"\n"
           "Newauth realm=\"apps\" type=1 title=\"Login to \\\"apps\\\"\"\n");
}

TEST(rfc9110, section_9_3_6_connect) {
    expect(field::proxy_authorization, "basic aGVsbG86d29ybGQ=", "basic:aGVsbG86d29ybGQ=\n");
}

TEST(rfc7617, basic) {
    expect(field::www_authenticate, "Basic realm=\"WallyWorld\"", "Basic realm=\"WallyWorld\"\n");
    expect(field::authorization, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Basic:QWxhZGRpbjpvcGVuIHNlc2FtZQ==\n");
    expect(field::www_authenticate, "Basic realm=\"foo\", charset=\"UTF-8\"",
           "Basic realm=\"foo\" charset=\"UTF-8\"\n");
    expect(field::authorization, "Basic dGVzdDoxMjPCow==", "Basic:dGVzdDoxMjPCow==\n");
    expect(field::proxy_authorization, "Basic dGVzdDoxMjPCow==", "Basic:dGVzdDoxMjPCow==\n");
}

TEST(rfc7616, digest_challenges) {
    const std::string_view common =
        "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
        "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
    for (const std::string_view algorithm : {"SHA-256", "MD5"}) {
        expect(field::www_authenticate,
               std::string("Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=")
                   .append(algorithm)
                   .append(", ")
                   .append(common),
               std::string("Digest realm=\"http-auth@example.org\" qop=\"auth, auth-int\" algorithm=")
                   .append(algorithm)
                   .append(" nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\""
                           " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"\n"));
    }
    expect(field::www_authenticate,
           "Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256, "
           "nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\", "
           "opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\", charset=UTF-8, userhash=true",
           "Digest realm=\"api@example.org\" qop=\"auth\" algorithm=SHA-512-256"
           " nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\""
           " opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\" charset=UTF-8 userhash=true\n");
}

TEST(rfc7616, digest_credentials) {
    expect(field::authorization,
           "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\", algorithm=MD5, "
           "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001, "
           "cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth, "
           "response=\"8ca523f5e9506fed4657c9700eebdbec\", "
           "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"",
           "Digest username=\"Mufasa\" realm=\"http-auth@example.org\" uri=\"/dir/index.html\" algorithm=MD5"
           " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\" nc=00000001"
           " cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\" qop=auth"
           " response=\"8ca523f5e9506fed4657c9700eebdbec\""
           " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"\n");
    expect(field::authorization,
           "Digest username*=UTF-8''J%C3%A4s%C3%B8n%20Doe, realm=\"api@example.org\", uri=\"/doe.json\", "
           "algorithm=SHA-512-256, nc=00000001, qop=auth, userhash=false",
           "Digest username*=UTF-8''J%C3%A4s%C3%B8n%20Doe realm=\"api@example.org\" uri=\"/doe.json\""
           " algorithm=SHA-512-256 nc=00000001 qop=auth userhash=false\n");
}

// RFC 7615 has no example of its own; this one has the parameters of RFC 7616, Section 3.5.
TEST(rfc7615, authentication_info) {
    const std::string_view value =
        "nextnonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\", qop=auth, "
        "rspauth=\"ae66e67d6b427bd3f120414a82e4acff38e8ecd9101d6c861229025f607a79dd\", cnonce=\"NTg6\", nc=00000001";
    const std::string expected =
        " nextnonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\" qop=auth"
        " rspauth=\"ae66e67d6b427bd3f120414a82e4acff38e8ecd9101d6c861229025f607a79dd\" cnonce=\"NTg6\" nc=00000001";
    expect(field::authentication_info, value, expected);
    expect(field::proxy_authentication_info, value, expected);
}

}  // namespace
}  // namespace authgrammar::test
