#ifndef AUTHGRAMMAR_TESTS_AUDIT_OCTETS_HPP
#define AUTHGRAMMAR_TESTS_AUDIT_OCTETS_HPP

#include <authgrammar/schemes/base64.hpp>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

// What credentials are made of: base64, JSON Web Tokens, DER.

namespace authgrammar::audit::testing {

inline std::string base64(std::string_view octets) {
    std::string out(schemes::base64_encoded_size(octets.size()), '\0');
    out.resize(schemes::encode_base64(octets, out.data()));
    return out;
}

/// Without padding (RFC 7515, 2).
inline std::string base64url(std::string_view octets) {
    std::string out = base64(octets);
    out.erase(std::min(out.find('='), out.size()));
    std::replace(out.begin(), out.end(), '+', '-');
    std::replace(out.begin(), out.end(), '/', '_');
    return out;
}

inline std::string json_web_token(std::string_view claims) {
    return base64url("{\"alg\":\"RS256\"}") + "." + base64url(claims) + ".c2ln";
}

/// An element of DER with less than 128 octets of content.
inline std::string der(int tag, std::initializer_list<std::string> content) {
    std::string all;
    for (const std::string& each : content) all += each;
    std::string out{static_cast<char>(tag), static_cast<char>(all.size())};
    return out + all;
}

/// KRB-ERROR (RFC 4120, 5.9.1), as far as its error-code.
inline std::string kerberos_error(int code) {
    return der(
        0x7E,
        {der(0x30, {der(0xA0, {der(2, {"\x05"})}), der(0xA6, {der(2, {std::string(1, static_cast<char>(code))})})})});
}

/// AP-REQ (RFC 4120, 5.5.1) with the ticket for HTTP and a host.
inline std::string kerberos_request(const std::string& host) {
    const std::string name =
        der(0x30, {der(0xA0, {der(2, {"\x03"})}), der(0xA1, {der(0x30, {der(0x1B, {"HTTP"}), der(0x1B, {host})})})});
    const std::string ticket = der(0x61, {der(0x30, {der(0xA1, {der(0x1B, {"R"})}), der(0xA2, {name})})});
    return der(0x6E, {der(0x30, {der(0xA3, {ticket})})});
}

/// A message of Kerberos in the frame of RFC 4121, 4.1.
inline std::string kerberos_frame(const std::string& message) {
    const std::string oid("\x06\x09\x2A\x86\x48\x86\xF7\x12\x01\x02\x02", 11);
    return der(0x60, {oid, std::string("\x01\x00", 2), message});
}

/// NegTokenInit (RFC 4178, 4.2.1) with a token of its first mechanism.
inline std::string negotiation_init(const std::string& token) {
    const std::string oid("\x06\x06\x2B\x06\x01\x05\x05\x02", 8);
    return der(0x60, {oid, der(0xA0, {der(0x30, {der(0xA2, {der(4, {token})})})})});
}

/// NegTokenResp (RFC 4178, 4.2.2) with a state: 0 accepted, 1 incomplete, 2 rejected; and a token, unless it is empty.
inline std::string negotiation_answer(int state, const std::string& token = {}) {
    const std::string said = der(0xA0, {der(0x0A, {std::string(1, static_cast<char>(state))})});
    return der(0xA1, {der(0x30, {said, token.empty() ? std::string() : der(0xA2, {der(4, {token})})})});
}

/// A message of NTLM, by its type, with what reads it wants to see.
inline std::string ntlm_message(int type) {
    std::string out("NTLMSSP\0", 8);
    out += static_cast<char>(type);
    out += std::string(3, '\0');
    return out + std::string(64, '\0');
}

}  // namespace authgrammar::audit::testing

#endif
