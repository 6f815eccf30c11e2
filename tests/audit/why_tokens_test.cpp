// What can be read in a token: each element of DER, each claim of a JSON Web Token, and what stands in their place.

#include "why/gss_token.hpp"
#include "why/json_web_token.hpp"

#include <authgrammar/schemes/base64.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace authgrammar::audit {
namespace {

using octets = std::string;

/// An element of DER, whose length takes so many octets more than it has to.
octets der(unsigned tag, const octets& content, std::size_t length_octets = 0) {
    octets out(1, static_cast<char>(tag));
    if (length_octets == 0 && content.size() >= 0x80) length_octets = content.size() < 0x100 ? 1 : 2;
    if (length_octets == 0) return out + static_cast<char>(content.size()) + content;
    out += static_cast<char>(0x80 | length_octets);
    for (std::size_t i = length_octets; i-- > 0;)
        out += static_cast<char>(i < sizeof content.size() ? content.size() >> (8 * i) : 0);
    return out + content;
}

constexpr unsigned sequence = 0x30;
constexpr unsigned general_string = 0x1B;
constexpr unsigned octet_string = 0x04;
unsigned context(unsigned n) { return 0xA0 | n; }
unsigned application(unsigned n) { return 0x60 | n; }

const octets kerberos_oid = der(0x06, octets("\x2A\x86\x48\x86\xF7\x12\x01\x02\x02", 9));
const octets spnego_oid = der(0x06, octets("\x2B\x06\x01\x05\x05\x02", 6));
const octets ntlm = octets("NTLMSSP\0\1\0\0\0", 12);

/// The tags of an AP-REQ from the outside in, those of the two names last.
std::vector<unsigned> tags_of_ap_req() {
    return {application(14), sequence,   context(3), application(1), sequence,      context(2),
            sequence,        context(1), sequence,   general_string, general_string};
}

octets ap_req(const std::vector<unsigned>& t, const octets& host) {
    octets inner = der(t[8], der(t[9], "HTTP") + der(t[10], host));
    inner = der(context(0), der(0x02, "\x01")) + der(t[7], inner);
    inner = der(context(0), der(0x02, "\x05")) + der(context(1), der(general_string, "REALM")) +
            der(t[5], der(t[6], inner));
    inner = der(context(0), der(0x02, "\x05")) + der(context(1), der(0x02, "\x0E")) +
            der(t[2], der(t[3], der(t[4], inner)));
    return der(t[0], der(t[1], inner));
}

octets ap_req(const octets& host = "a.example") { return ap_req(tags_of_ap_req(), host); }

octets krb_error(const octets& code) {
    return der(application(30), der(sequence, der(context(0), der(0x02, "\x05")) + der(context(6), der(0x02, code))));
}

/// In the frame of RFC 4121.
octets framed(const octets& message) { return der(application(0), kerberos_oid + octets("\x01\x00", 2) + message); }

octets neg_token_init(const octets& token) {
    const octets types = der(context(0), der(sequence, kerberos_oid));
    return der(application(0),
               spnego_oid + der(context(0), der(sequence, types + der(context(2), der(octet_string, token)))));
}

octets neg_token_resp(char state, const octets& token) {
    return der(context(1),
               der(sequence, der(context(0), der(0x0A, octets(1, state))) + der(context(2), der(octet_string, token))));
}

std::string facts_of(const octets& token) {
    const gss_facts f = read_gss_token(token);
    std::string out;
    if (f.ntlm) out += " ntlm";
    if (f.kerberos) out += " kerberos";
    if (f.rejected) out += " rejected";
    if (f.host) out += " for " + *f.host;
    if (f.kerberos_error) out += " error " + std::to_string(*f.kerberos_error);
    return out;
}

TEST(why_gss_token, is_read_in_each_of_its_layers) {
    EXPECT_EQ(facts_of(ap_req()), " kerberos for a.example");
    EXPECT_EQ(facts_of(framed(ap_req())), " kerberos for a.example");
    EXPECT_EQ(facts_of(neg_token_init(ap_req())), " kerberos for a.example");
    EXPECT_EQ(facts_of(neg_token_init(framed(ap_req()))), " kerberos for a.example");
    EXPECT_EQ(facts_of(neg_token_init(ntlm)), " ntlm");
    EXPECT_EQ(facts_of(ntlm), " ntlm");
    EXPECT_EQ(facts_of(neg_token_resp(1, framed(krb_error("\x25")))), " kerberos error 37");
    EXPECT_EQ(facts_of(neg_token_resp(2, krb_error("\x25"))), " kerberos rejected error 37");
    EXPECT_EQ(facts_of(neg_token_resp(2, ntlm)), " ntlm rejected");
    for (const char state : {'\0', '\1', '\3'}) EXPECT_EQ(facts_of(neg_token_resp(state, "")), "");
    EXPECT_EQ(facts_of(neg_token_resp(2, "")), " rejected");
    EXPECT_EQ(facts_of(der(context(1), der(sequence, der(context(0), der(0x0A, octets("\2\2")))))), "")
        << "a state of two octets";
    EXPECT_EQ(facts_of(krb_error(octets("\0", 1))), " kerberos error 0");
    EXPECT_EQ(facts_of(krb_error("\xFF")), " kerberos error 255");
    EXPECT_EQ(facts_of(krb_error("\x01\x01")), " kerberos") << "no code has two octets";
    EXPECT_EQ(facts_of(krb_error("")), " kerberos");
    for (const unsigned tag : {application(1), application(13), application(15), application(29), application(31)}) {
        EXPECT_EQ(facts_of(der(tag, ap_req().substr(2))), "") << tag;
        EXPECT_EQ(facts_of(framed(der(tag, ap_req().substr(2)))), "") << tag;
    }
}

// Each tag by another one: what is behind it is not found.
TEST(why_gss_token, needs_each_tag) {
    for (std::size_t i = 0; i < tags_of_ap_req().size(); ++i) {
        for (const unsigned other : {1U, 0x40U}) {
            auto tags = tags_of_ap_req();
            tags[i] ^= other;
            EXPECT_EQ(facts_of(ap_req(tags, "a.example")), i == 0 ? "" : " kerberos") << i;
        }
    }
    EXPECT_EQ(facts_of(ap_req(octets(200, 'h'))), " kerberos for " + octets(200, 'h'));
    const octets inits[] = {neg_token_init(ap_req()), neg_token_resp(2, ap_req())};
    const char* const said[] = {" kerberos for a.example", " kerberos rejected for a.example"};
    for (std::size_t which = 0; which < 2; ++which) {
        EXPECT_EQ(facts_of(inits[which]), said[which]);
        const std::size_t end = inits[which].find(ap_req());
        for (std::size_t cut = 0; cut < inits[which].size(); ++cut)
            EXPECT_EQ(facts_of(inits[which].substr(0, cut)), "") << cut;
        EXPECT_NE(end, octets::npos);
    }
}

TEST(why_gss_token, needs_two_octets_before_the_message) {
    for (const char* between : {"", "\x01", "\x01\x01\x01"})
        EXPECT_EQ(facts_of(der(application(0), kerberos_oid + between + ap_req())), "") << between;
    EXPECT_EQ(facts_of(der(application(0), kerberos_oid + "\x01\x01")), "");
    EXPECT_EQ(facts_of(der(application(0), kerberos_oid + "\x01")), "");
    EXPECT_EQ(facts_of(der(application(0), "")), "");
}

TEST(why_gss_token, has_lengths_of_up_to_four_octets) {
    const octets inside = ap_req().substr(2);
    for (const std::size_t size : {1U, 2U, 3U, 4U}) {
        const octets token = der(application(14), inside, size);
        EXPECT_EQ(facts_of(token), " kerberos for a.example") << size;
        for (std::size_t cut = 0; cut < token.size(); ++cut) EXPECT_EQ(facts_of(token.substr(0, cut)), "") << cut;
        EXPECT_EQ(facts_of(token + "more"), " kerberos for a.example") << size;
    }
    EXPECT_EQ(facts_of(der(application(14), inside, 5)), "");
    EXPECT_EQ(facts_of(octets("\x6E\x80", 2) + inside), "") << "the indefinite form";
    // Sizes around those that take one octet more.
    for (const std::size_t size : {60U, 100U, 120U, 127U, 128U, 129U, 254U, 255U, 256U, 257U, 300U}) {
        const octets host(size, 'h');
        EXPECT_EQ(facts_of(ap_req(host)), " kerberos for " + host) << size;
    }
}

TEST(why_gss_token, is_ntlm_by_its_whole_mark) {
    for (std::size_t at = 0; at < 8; ++at) {
        octets other = ntlm;
        other[at] = static_cast<char>(other[at] ^ 1);
        EXPECT_EQ(facts_of(other), "") << at;
        EXPECT_EQ(facts_of(ntlm.substr(0, at)), "") << at;
    }
    EXPECT_EQ(facts_of(ntlm.substr(0, 8)), " ntlm");
}

std::string base64url(const std::string& text) {
    std::string out(schemes::base64_encoded_size(text.size()), '\0');
    out.resize(schemes::encode_base64(text, out.data()));
    out.erase(out.find_last_not_of('=') + 1);
    for (char& c : out) c = c == '+' ? '-' : c == '/' ? '_' : c;
    return out;
}

const std::string header = base64url("{\"alg\":\"RS256\"}");

token_claims claims(const std::string& json) { return read_token(header + "." + base64url(json) + ".c2ln"); }

TEST(why_json_web_token, has_three_parts_or_five) {
    const std::string body = base64url("{}");
    for (int parts = 1; parts <= 8; ++parts) {
        std::string token = header;
        for (int i = 1; i < parts; ++i) token += "." + body;
        const token_form form = parts == 3   ? token_form::signed_
                                : parts == 5 ? token_form::encrypted
                                             : token_form::broken;
        EXPECT_EQ(read_token(token).form, form) << parts;
    }
    for (const char* other : {"", ".", "a.b.c", "eyK.e30.x", "ey", "xeyJ", "e30", "W10.e30.x", "ey0.e30.x"}) {
        const bool object = std::string(other) == "e30";  // {}
        EXPECT_EQ(read_token(other).form, object ? token_form::broken : token_form::opaque) << other;
    }
    for (const char* broken : {"eyJ", "eyJ.e30.x", "eyJh.e30.x"})
        EXPECT_EQ(read_token(broken).form, token_form::broken) << broken;
    EXPECT_EQ(read_token(header + "." + base64url("[1]") + ".x").form, token_form::broken);
    EXPECT_EQ(read_token(header + "." + base64url("1") + ".x").form, token_form::broken);
    EXPECT_EQ(read_token("e30=." + body + ".x").form, token_form::signed_) << "padding may be there";
}

TEST(why_json_web_token, is_without_a_signature_only_if_it_says_so) {
    for (const char* alg : {"{\"alg\":\"none\"}", "{\"alg\":\"RS256\"}", "{}", "{\"alg\":1}", "{\"alg\":\"None\"}"}) {
        const std::string unsigned_token = base64url(alg) + "." + base64url("{}") + ".";
        const bool none = std::string(alg) == "{\"alg\":\"none\"}";
        EXPECT_EQ(read_token(unsigned_token).form, none ? token_form::signed_ : token_form::broken) << alg;
        EXPECT_EQ(read_token(unsigned_token + "x").form, token_form::signed_) << alg;
    }
}

TEST(why_json_web_token, has_times) {
    using member = std::optional<std::int64_t> token_claims::*;
    const std::pair<const char*, member> all[] = {{"exp", &token_claims::expires},
                                                  {"nbf", &token_claims::not_before},
                                                  {"iat", &token_claims::issued},
                                                  {"auth_time", &token_claims::logged_in}};
    for (const auto& [name, time] : all) {
        const auto read = [&, time = time, name = name](const std::string& value) {
            const token_claims c = claims("{\"" + std::string(name) + "\":" + value + "}");
            for (const auto& [other, other_time] : all) {
                if (other_time == time) continue;
                EXPECT_EQ(c.*other_time, std::nullopt) << other;
            }
            EXPECT_EQ(c.form, token_form::signed_);
            return c.*time;
        };
        EXPECT_EQ(read("0"), 0);
        EXPECT_EQ(read("1700000000"), 1700000000);
        EXPECT_EQ(read("1.9"), 1);
        EXPECT_EQ(read("-1.1"), -2);
        EXPECT_EQ(read("999999999999999"), 999999999999999);
        EXPECT_EQ(read("-999999999999999"), -999999999999999);
        for (const char* none : {"1e15", "-1e15", "1e300", "\"1\"", "null", "[1]", "true"})
            EXPECT_EQ(read(none), std::nullopt) << none;
    }
}

TEST(why_json_web_token, has_an_audience_and_scopes) {
    using texts = std::vector<std::string>;
    const std::pair<const char*, texts> lists[] = {
        {"\"a\"", {"a"}}, {"[\"a\",\"b\"]", {"a", "b"}}, {"[1,\"a\",[\"b\"],null]", {"a"}}, {"[]", {}},
        {"1", {}},        {"{\"a\":\"b\"}", {}}};
    for (const auto& [json, list] : lists) {
        EXPECT_EQ(claims("{\"aud\":" + std::string(json) + "}").audience, list) << json;
        for (const char* name : {"scope", "scp"}) {
            const token_claims c = claims("{\"" + std::string(name) + "\":" + std::string(json) + "}");
            EXPECT_EQ(c.scopes, list) << json;
            EXPECT_TRUE(c.has_scopes) << json;
            EXPECT_EQ(c.audience, texts{}) << json;
        }
    }
    EXPECT_EQ(claims("{\"scope\":\" a  bc d\"}").scopes, (texts{"a", "bc", "d"}));
    EXPECT_EQ(claims("{\"scope\":\"\"}").scopes, texts{});
    EXPECT_EQ(claims("{\"scope\":\"a\",\"scp\":[\"b c\",\"d\"]}").scopes, (texts{"a", "b", "c", "d"}));
    EXPECT_FALSE(claims("{}").has_scopes);
    EXPECT_EQ(claims("{\"aud\":\"a b\"}").audience, texts{"a b"});
}

}  // namespace
}  // namespace authgrammar::audit
