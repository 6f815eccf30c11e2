#include <authgrammar/schemes/base64.hpp>
#include <authgrammar/schemes/negotiate.hpp>

#include "support.hpp"

#include <cstring>

namespace authgrammar::schemes::test {
namespace {

using code = scheme_error_code;
using reader = result<exchange_message, scheme_error>;

char buffer[2000];

std::string base64(std::string_view octets) {
    std::string out(base64_encoded_size(octets.size()), ' ');
    encode_base64(octets, out.data());
    return out;
}
std::string octets_of(std::initializer_list<int> list) {
    std::string out;
    for (const int octet : list) out += static_cast<char>(octet);
    return out;
}
std::string ntlm_message(int type, std::size_t more = 20) {
    return std::string("NTLMSSP\0", 8) + octets_of({type, 0, 0, 0}) + std::string(more, 'x');
}
const std::string spnego_init = octets_of({0x60, 0x30, 6, 6, 0x2B, 6, 1, 5, 5, 2, 0xA0, 0x20}) + std::string(36, 'y');
const std::string kerberos =
    octets_of({0x60, 0x82, 1, 0, 6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x12, 1, 2, 2}) + std::string(250, 'y');
const std::string spnego_response = octets_of({0xA1, 0x14}) + std::string(20, 'z');

reader negotiate_challenge(std::string_view value, int status, tolerances allowed = {}) {
    parsed p;
    return p.challenge_by(
        value, [&](const challenge& c) { return read_negotiate_challenge(c, status, buffer, sizeof buffer, allowed); });
}
reader negotiate_credentials(std::string_view value, tolerances allowed = {}) {
    parsed p;
    return p.credentials_by(
        value, [&](const credentials& c) { return read_negotiate_credentials(c, buffer, sizeof buffer, allowed); });
}
reader ntlm_challenge(std::string_view value, int status) {
    parsed p;
    return p.challenge_by(value,
                          [&](const challenge& c) { return read_ntlm_challenge(c, status, buffer, sizeof buffer); });
}
reader ntlm_credentials(std::string_view value) {
    parsed p;
    return p.credentials_by(value,
                            [&](const credentials& c) { return read_ntlm_credentials(c, buffer, sizeof buffer); });
}

void expect(const reader& r, exchange_leg leg, exchange_token kind, std::string_view token) {
    ASSERT_TRUE(r.has_value());
    EXPECT_EQ(r->leg, leg);
    EXPECT_EQ(r->kind, kind);
    EXPECT_EQ(r->token, token);
}

TEST(Negotiate, LegsOfAServer) {
    expect(negotiate_challenge("Negotiate", 401), exchange_leg::start, exchange_token::none, "");
    expect(negotiate_challenge("negotiate", 200), exchange_leg::start, exchange_token::none, "");
    const std::string with_data = "Negotiate " + base64(spnego_response);
    for (const int status : {401, 407}) {
        expect(negotiate_challenge(with_data, status), exchange_leg::proceed, exchange_token::spnego_response,
               spnego_response);
    }
    // The last token comes with any other status, not with 2xx alone.
    for (const int status : {200, 302, 404, 500}) {
        expect(negotiate_challenge(with_data, status), exchange_leg::finish, exchange_token::spnego_response,
               spnego_response);
    }
}

TEST(Negotiate, LegsOfAClient) {
    const auto value = [](std::string_view token) { return "Negotiate " + base64(token); };
    expect(negotiate_credentials(value(spnego_init)), exchange_leg::initiate, exchange_token::spnego_init, spnego_init);
    expect(negotiate_credentials(value(kerberos)), exchange_leg::initiate, exchange_token::gss_initial, kerberos);
    expect(negotiate_credentials(value(spnego_response)), exchange_leg::respond, exchange_token::spnego_response,
           spnego_response);
    // NTLM without SPNEGO.
    expect(negotiate_credentials(value(ntlm_message(1))), exchange_leg::initiate, exchange_token::ntlm_negotiate,
           ntlm_message(1));
    expect(negotiate_credentials(value(ntlm_message(3))), exchange_leg::respond, exchange_token::ntlm_authenticate,
           ntlm_message(3));
    for (const std::string& other :
         {octets_of({0x60}), octets_of({0x60, 0x84, 6}), octets_of({0x60, 2, 7, 7}), octets_of({1, 2, 3}),
          std::string("NTLMSSP"), ntlm_message(0), ntlm_message(4), std::string("NTLMSSP\0\1\0\0\1", 12)}) {
        expect(negotiate_credentials(value(other)), exchange_leg::respond, exchange_token::other, other);
    }
}

TEST(Negotiate, RefusesWhatIsNoToken) {
    const auto refuse = [](const refused& c) { expect_refused(negotiate_credentials(c.value), c); };
    refuse({"Negotiate", code::expected_token68, ""});
    refuse({"Negotiate a=b", code::unexpected_param, "a=b"});
    refuse({"NTLM QUJD", code::other_scheme, "NTLM"});
    refuse({"Negotiate QU.D", code::invalid_base64, ".D"});
    refuse({"Negotiate QUI", code::base64_padding, "", "", "", tolerance::base64_missing_padding});
    // The tokens that RFC 4559, 5 prints are fillers, and most are no base64.
    refuse({"Negotiate 749efa7b23409c20b92356", code::base64_trailing_bits, "6"});
    EXPECT_TRUE(negotiate_credentials("Negotiate QUI", tolerance::base64_missing_padding)
                    ->used.has(tolerance::base64_missing_padding));
    parsed p;
    char small[2];
    const auto full = p.credentials_by(std::string_view("Negotiate QUJD"), [&](const credentials& c) {
        return read_negotiate_credentials(c, small, sizeof small);
    });
    ASSERT_FALSE(full.has_value());
    EXPECT_EQ(full.error().code, code::buffer_full);
    EXPECT_EQ(full.error().offset, 3U);
}

TEST(Ntlm, MessagesOfEachSide) {
    const auto value = [](std::string_view token) { return "NTLM " + base64(token); };
    expect(ntlm_challenge("NTLM", 401), exchange_leg::start, exchange_token::none, "");
    expect(ntlm_challenge(value(ntlm_message(2)), 401), exchange_leg::proceed, exchange_token::ntlm_challenge,
           ntlm_message(2));
    expect(ntlm_credentials(value(ntlm_message(1))), exchange_leg::initiate, exchange_token::ntlm_negotiate,
           ntlm_message(1));
    expect(ntlm_credentials(value(ntlm_message(3, 0))), exchange_leg::respond, exchange_token::ntlm_authenticate,
           ntlm_message(3, 0));
    for (const int type : {1, 3}) {
        const std::string wrong = value(ntlm_message(type));
        expect_refused(ntlm_challenge(wrong, 401), {wrong, code::invalid_message, "TlR"});
        EXPECT_EQ(std::string(buffer, 12), std::string(12, '\0'));
    }
    for (const std::string& token : {ntlm_message(2), spnego_init, std::string("NTLMSSP")}) {
        const std::string wrong = value(token);
        expect_refused(ntlm_credentials(wrong), {wrong, code::invalid_message, wrong.substr(5)});
    }
    expect_refused(ntlm_credentials("NTLM"), {"NTLM", code::expected_token68, ""});
}

TEST(Exchange, ErrorsNameTheTextOfTheirScheme) {
    EXPECT_EQ(negotiate_challenge("Negotiate a=b", 401).error().section, "RFC 4559, 4");
    EXPECT_EQ(negotiate_credentials("Negotiate").error().section, "RFC 4559, 4");
    EXPECT_EQ(ntlm_challenge("NTLM a=b", 401).error().section, "MS-NTHT");
    EXPECT_EQ(ntlm_credentials("NTLM").error().section, "MS-NTHT");
    EXPECT_EQ(ntlm_credentials("NTLM QUJD").error().section, "MS-NTHT");
}

TEST(Exchange, IsWritten) {
    const auto write = [](field f, std::string_view scheme, std::string_view token) {
        return written([&](char* b, std::size_t n) { return write_exchange(f, scheme, token, b, n); });
    };
    EXPECT_EQ(write(field::www_authenticate, "Negotiate", ""), "Negotiate");
    EXPECT_EQ(write(field::proxy_authenticate, "NTLM", ntlm_message(2, 0)), "NTLM TlRMTVNTUAACAAAA");
    for (std::size_t size = 1; size < 10; ++size) {
        const std::string token(size, '\xAB');
        const std::string value = write(field::authorization, "Negotiate", token);
        expect(negotiate_credentials(value), exchange_leg::respond, exchange_token::other, token);
    }
    char out[40];
    std::memset(out, '#', sizeof out);
    const auto code_of = [&](field f, std::string_view scheme, std::string_view token, std::size_t capacity) {
        return write_exchange(f, scheme, token, out, capacity).code;
    };
    EXPECT_EQ(code_of(field::authorization, "Negotiate", "", 40), error_code::not_a_token68);
    EXPECT_EQ(code_of(field::authentication_info, "Negotiate", "", 40), error_code::wrong_field_kind);
    EXPECT_EQ(code_of(field::authentication_info, "Negotiate", "abc", 40), error_code::wrong_field_kind);
    EXPECT_EQ(code_of(field::authorization, "Nego tiate", "abc", 40), error_code::not_a_token);
    EXPECT_EQ(code_of(field::authorization, "Negotiate", "abc", 13), error_code::text_buffer_full);
    EXPECT_EQ(code_of(field::authorization, "Negotiate", std::string_view(out + 20, 3), 40),
              error_code::buffer_overlap);
    EXPECT_EQ(std::string(out, 40), std::string(40, '#'));
    EXPECT_EQ(code_of(field::authorization, "Negotiate", "abc", 14), error_code::none);
    EXPECT_EQ(std::string(out, 15), "Negotiate YWJj#");
}

}  // namespace
}  // namespace authgrammar::schemes::test
