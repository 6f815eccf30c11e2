#include "digest_support.hpp"

namespace authgrammar::schemes::test {
namespace {

using code = scheme_error_code;

const std::string hash32 = "9b712497bc9f91499fbcca1dfc5f09a5";
const std::string hash64 = "86d3b25618d41854ca5039a5d7e53ff6355d5134a9b1fb088a78ac3c462195a0";

void expect_refusals(const std::vector<refused>& cases, tolerances allowed = {}) {
    for (const refused& c : cases) expect_refused(read_info(std::string_view(c.value), allowed), c);
}

// shows: R7616-3.5-rspauth conforming
TEST(DigestInfo, IsRead) {
    const std::string value = "nextnonce=\"n\", qop=auth, rspauth=\"" + hash32 + "\", cnonce=\"c\", nc=0000000b, x=y";
    const digest_info i = value_of(read_info(std::string_view(value)));
    EXPECT_EQ(plain(i.nextnonce), "n");
    EXPECT_EQ(plain(i.rspauth), hash32);
    EXPECT_EQ(plain(i.cnonce), "c");
    EXPECT_EQ(i.nc, 11U);
    EXPECT_EQ(i.qop, digest_qop::auth);
    EXPECT_TRUE(i.used.empty());
    const digest_info empty = value_of(read_info(""));
    EXPECT_FALSE(empty.nextnonce || empty.rspauth || empty.cnonce || empty.nc);
    EXPECT_EQ(empty.qop, digest_qop::none);
    const std::string old = "RSPAUTH=" + hash64;
    EXPECT_EQ(plain(value_of(read_info(std::string_view(old))).rspauth), hash64);
    EXPECT_EQ(plain(value_of(read_info("nextnonce=a")).nextnonce), "a");
}

// shows: R7616-3.5-rspauth violating
TEST(DigestInfo, QopNeedsTheOthers) {
    const std::string rspauth = "rspauth=\"" + hash32 + "\"";
    const auto missing = [](const std::string& value, std::string_view name) {
        const auto r = read_info(std::string_view(value));
        ASSERT_FALSE(r.has_value()) << value;
        EXPECT_EQ(r.error().code, code::missing_param);
        EXPECT_EQ(r.error().param, name);
        EXPECT_EQ(r.error().requirement, "R7616-3.5-rspauth");
    };
    missing("qop=auth, cnonce=\"c\", nc=00000001", "rspauth");
    missing("qop=auth-int, " + rspauth + ", nc=00000001", "cnonce");
    missing("qop=auth, " + rspauth + ", cnonce=c", "nc");
    missing("qop=auth", "rspauth");
}

TEST(DigestInfo, ImproperValues) {
    expect_refusals(
        {{"qop=\"auth,auth-int\"", code::invalid_value, "auth,", "qop", "R7616-3.4-qop-one"},
         {"rspauth=\"" + hash32.substr(1) + "\", a=b", code::invalid_value, "\", a", "rspauth", "R7616-3.2-hex"},
         {"rspauth=" + hash32 + "0, a=b", code::invalid_value, ", a", "rspauth", "R7616-3.2-hex"},
         {"rspauth=" + hash64 + "f, a=b", code::invalid_value, "f, a", "rspauth", "R7616-3.2-hex"},
         {"rspauth=Z", code::invalid_value, "Z", "rspauth", "R7616-3.2-hex"},
         {"nc=1", code::invalid_value, "", "nc", "R7616-3.5-nc-digits", tolerance::digest_nc_length},
         {"cnonce=\"\x80\"", code::invalid_value, "\x80", "cnonce", "R7616-3.4-cnonce-ascii"},
         {"nc=00000001, NC=00000002", code::repeated_param, "NC", "nc", "R9110-11.2-param-once"}});
    const std::string_view upper = "rspauth=9B712497BC9F91499FBCCA1DFC5F09A5, nc=2";
    EXPECT_EQ(value_of(read_info(upper, tolerances::all())).used,
              tolerance::digest_upper_case_hex | tolerance::digest_nc_length);
}

// shows: R7616-3.5-quoted conforming
// shows: R7616-3.5-quoted violating
// shows: R7616-3.5-bare conforming
// shows: R7616-3.5-bare violating
TEST(DigestInfo, IsWrittenInTheFormsOfTheRfc) {
    const std::string wrong =
        "nextnonce=n, qop=\"auth-int\", rspauth=" + hash32 + ", cnonce=c, nc=\"0000000B\", unknown=1";
    const digest_info i = value_of(read_info(std::string_view(wrong)));
    EXPECT_EQ(write(i), "rspauth=\"" + hash32 + "\", cnonce=\"c\", nc=0000000B, qop=auth-int, nextnonce=\"n\"");
    EXPECT_EQ(write(digest_info{}), "");
}

TEST(DigestInfo, IsNotWrittenIfItCannotBeRead) {
    char buffer[200];
    const auto rule_of = [&](const digest_info& i) {
        const write_result r = write_digest_info(field::authentication_info, i, buffer, sizeof buffer);
        EXPECT_EQ(r.code, error_code::forbidden_octet);
        return std::string(r.rule);
    };
    digest_info i;
    i.qop = digest_qop::auth;
    EXPECT_EQ(rule_of(i), "rspauth");
    i.rspauth = "x";
    EXPECT_EQ(rule_of(i), "rspauth");
    i.rspauth = text(hash64);
    EXPECT_EQ(rule_of(i), "cnonce");
    i.cnonce = "c";
    EXPECT_EQ(rule_of(i), "nc");
    i.nc = 0;
    EXPECT_EQ(rule_of(i), "nc");
    i.nc = 10;
    for (const char* other : {"0000000b", "a", "0000000g", "00000000a"}) {
        i.nc_digits = other;
        EXPECT_EQ(rule_of(i), "nc") << other;
    }
    i.nc_digits = "0000000A";
    EXPECT_TRUE(write_digest_info(field::authentication_info, i, buffer, sizeof buffer));
    i.cnonce = "\x80";
    EXPECT_EQ(rule_of(i), "cnonce");
}

}  // namespace
}  // namespace authgrammar::schemes::test
