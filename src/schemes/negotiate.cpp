#include <authgrammar/schemes/base64.hpp>
#include <authgrammar/schemes/negotiate.hpp>

#include <cstring>

#include "base64_credentials.hpp"
#include "fault.hpp"
#include "value_checks.hpp"

namespace authgrammar::schemes {

namespace {

/// A scheme, and where its tokens are described.
struct token_scheme {
    std::string_view name;
    rule tokens;
};
constexpr token_scheme negotiate{"Negotiate", {"", "RFC 4559, 4"}};
constexpr token_scheme ntlm{"NTLM", {"", "MS-NTHT"}};

[[nodiscard]] bool begins_with(std::string_view octets, std::string_view begin) noexcept {
    return octets.size() >= begin.size() && std::memcmp(octets.data(), begin.data(), begin.size()) == 0;
}

/// One of NTLM's messages: a signature, then a number of 32 bits, the least significant octet first.
[[nodiscard]] exchange_token ntlm_message(std::string_view token) noexcept {
    constexpr std::string_view signature("NTLMSSP\0", 8);
    if (token.size() < 12 || !begins_with(token, signature)) return exchange_token::other;
    if (token[9] != 0 || token[10] != 0 || token[11] != 0) return exchange_token::other;
    switch (token[8]) {
        case 1: return exchange_token::ntlm_negotiate;
        case 2: return exchange_token::ntlm_challenge;
        case 3: return exchange_token::ntlm_authenticate;
        default: return exchange_token::other;
    }
}

/// What is after the tag and the length of a DER element that begins `octets`; empty if there is none.
[[nodiscard]] std::string_view content_of(std::string_view octets) noexcept {
    if (octets.size() < 2) return {};
    const auto length = static_cast<unsigned char>(octets[1]);
    const std::size_t header = 2 + (length < 0x80 ? 0u : length & 0x7Fu);
    return header < octets.size() ? std::string_view(octets.data() + header, octets.size() - header)
                                  : std::string_view();
}

/// What a token of GSS-API is: [APPLICATION 0] with the mechanism for initial ones (RFC 2743, 3.1), [1] for NegTokenResp
/// (RFC 4178, 4.2).
[[nodiscard]] exchange_token kind_of_token(std::string_view token) noexcept {
    constexpr std::string_view spnego("\x06\x06\x2B\x06\x01\x05\x05\x02", 8);
    if (token.empty()) return exchange_token::other;
    switch (static_cast<unsigned char>(token[0])) {
        case 0x60: {
            const std::string_view content = content_of(token);
            if (begins_with(content, spnego)) return exchange_token::spnego_init;
            return !content.empty() && content[0] == 6 ? exchange_token::gss_initial : exchange_token::other;
        }
        case 0xA1: return exchange_token::spnego_response;
        default: return ntlm_message(token);
    }
}

/// Decodes the token of a challenge or credentials, if there is one.
[[nodiscard]] scheme_error read_token(const challenge& read, const token_scheme& scheme, char* buffer,
                                      std::size_t capacity, tolerances allowed, exchange_message& m) noexcept {
    if (!read.has_scheme(scheme.name)) return other_scheme(read.begin(), scheme.name);
    const auth_params params = read.params();
    if (!params.empty()) {
        return fault(scheme_error_code::unexpected_param, params.begin()->name.begin(), scheme.tokens,
                     "base64, or nothing");
    }
    const std::optional<text> token = read.token68();
    if (!token) return {};
    const result<decoded_base64, scheme_error> decoded = decode_base64(token->raw(), buffer, capacity, allowed);
    if (!decoded) {
        scheme_error e = decoded.error();
        if (e.code != scheme_error_code::buffer_full) e.offset += token->begin();
        return e;
    }
    m.token = std::string_view(buffer, decoded->size);
    m.used = decoded->used;
    m.kind = kind_of_token(m.token);
    return {};
}

[[nodiscard]] result<exchange_message, scheme_error> read_challenge(const challenge& read, const token_scheme& scheme,
                                                                    int status, char* buffer, std::size_t capacity,
                                                                    tolerances allowed) noexcept {
    exchange_message m;
    const scheme_error e = read_token(read, scheme, buffer, capacity, allowed, m);
    if (e.code != scheme_error_code::none) return e;
    const bool asks = status == 401 || status == 407;
    m.leg = !read.token68() ? exchange_leg::start : asks ? exchange_leg::proceed : exchange_leg::finish;
    return m;
}

[[nodiscard]] result<exchange_message, scheme_error> read_credentials(const credentials& read,
                                                                      const token_scheme& scheme, char* buffer,
                                                                      std::size_t capacity,
                                                                      tolerances allowed) noexcept {
    exchange_message m;
    const scheme_error e = read_token(read, scheme, buffer, capacity, allowed, m);
    if (e.code != scheme_error_code::none) return e;
    if (!read.token68()) return fault(scheme_error_code::expected_token68, read.end(), scheme.tokens, "base64");
    switch (m.kind) {
        case exchange_token::spnego_init:
        case exchange_token::gss_initial:
        case exchange_token::ntlm_negotiate: m.leg = exchange_leg::initiate; break;
        default: m.leg = exchange_leg::respond; break;
    }
    return m;
}

/// The error of an NTLM message that its leg does not have. What was decoded is overwritten.
[[nodiscard]] scheme_error wrong_message(const challenge& read, char* buffer, std::size_t size,
                                         std::string_view expected) noexcept {
    if (size != 0) std::memset(buffer, 0, size);
    const std::optional<text> token = read.token68();
    return fault(scheme_error_code::invalid_message, token ? token->begin() : read.end(), ntlm.tokens, expected);
}

}  // namespace

result<exchange_message, scheme_error> read_negotiate_challenge(const challenge& read, int status, char* buffer,
                                                                std::size_t capacity, tolerances allowed) noexcept {
    return read_challenge(read, negotiate, status, buffer, capacity, allowed);
}

result<exchange_message, scheme_error> read_negotiate_credentials(const credentials& read, char* buffer,
                                                                  std::size_t capacity, tolerances allowed) noexcept {
    return read_credentials(read, negotiate, buffer, capacity, allowed);
}

result<exchange_message, scheme_error> read_ntlm_challenge(const challenge& read, int status, char* buffer,
                                                           std::size_t capacity, tolerances allowed) noexcept {
    const auto m = read_challenge(read, ntlm, status, buffer, capacity, allowed);
    if (!m || m->kind == exchange_token::none || m->kind == exchange_token::ntlm_challenge) return m;
    return wrong_message(read, buffer, m->token.size(), "NTLM's second message");
}

result<exchange_message, scheme_error> read_ntlm_credentials(const credentials& read, char* buffer,
                                                             std::size_t capacity, tolerances allowed) noexcept {
    const auto m = read_credentials(read, ntlm, buffer, capacity, allowed);
    if (!m || m->kind == exchange_token::ntlm_negotiate || m->kind == exchange_token::ntlm_authenticate) return m;
    return wrong_message(read, buffer, m->token.size(), "NTLM's first or third message");
}

write_result write_exchange(field f, std::string_view scheme, std::string_view token, char* buffer,
                            std::size_t capacity) noexcept {
    const field_kind kind = kind_of(f);
    if (token.empty()) {
        const challenge_spec alone(scheme);
        if (kind != field_kind::credentials) return write_challenges(f, &alone, 1, buffer, capacity);
        write_result r;
        r.code = error_code::not_a_token68;
        r.part = written_part::token68;
        r.rule = "token68";
        r.section = "RFC 9110, 11.2";
        r.expected = "a token of the mechanism";
        return r;
    }
    // The octets of a token68 cannot be wrong; the scheme can.
    const credentials_spec probe(scheme, text("x"));
    const write_result checked = kind == field_kind::credentials ? write_credentials(f, probe, nullptr, 0)
                                                                 : write_challenges(f, &probe, 1, nullptr, 0);
    if (checked.code != error_code::text_buffer_full) return checked;
    const auto octet = [token](std::size_t i) { return token[i]; };
    const auto overlap = [&](const detail::written_memory& m) { return m.overlaps(scheme) || m.overlaps(token); };
    return write_base64_credentials(scheme, token.size(), octet, overlap, buffer, capacity);
}

}  // namespace authgrammar::schemes
