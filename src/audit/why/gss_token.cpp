#include "why/gss_token.hpp"

#include <algorithm>
#include <cstddef>

namespace authgrammar::audit {

namespace {

/// An element of DER with a tag of one octet.
struct element {
    unsigned char tag = 0;
    std::string_view content{};
};

/// Takes the first element; nothing if there is none, or it is not all there.
std::optional<element> take(std::string_view& rest) {
    if (rest.size() < 2) return std::nullopt;
    const auto at = [&rest](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
    std::size_t header = 2;
    std::size_t size = at(1);
    if (size >= 0x80) {
        const std::size_t octets = size & 0x7FU;
        if (octets == 0 || octets > 4 || rest.size() < 2 + octets) return std::nullopt;
        size = 0;
        for (std::size_t i = 0; i < octets; ++i) size = size << 8 | at(2 + i);
        header += octets;
    }
    if (size > rest.size() - header) return std::nullopt;
    const element e{at(0), rest.substr(header, size)};
    rest.remove_prefix(header + size);
    return e;
}

/// The content of the first element with that tag.
std::optional<std::string_view> find(std::string_view in, unsigned char tag) {
    while (const auto e = take(in)) {
        if (e->tag == tag) return e->content;
    }
    return std::nullopt;
}

/// The content of what is found by one tag in the other, from the outside in.
template <typename... Tags>
std::optional<std::string_view> find(std::string_view in, unsigned char tag, Tags... more) {
    const auto outer = find(in, tag);
    return outer ? find(*outer, static_cast<unsigned char>(more)...) : std::nullopt;
}

constexpr unsigned char sequence = 0x30;
constexpr unsigned char general_string = 0x1B;
constexpr unsigned char octet_string = 0x04;
constexpr unsigned char integer = 0x02;
constexpr unsigned char enumerated = 0x0A;

constexpr unsigned char context(unsigned n) { return static_cast<unsigned char>(0xA0U | n); }
constexpr unsigned char application(unsigned n) { return static_cast<unsigned char>(0x60U | n); }

constexpr std::string_view spnego_oid("\x2B\x06\x01\x05\x05\x02", 6);
constexpr std::string_view ntlm_mark("NTLMSSP\0", 8);

/// AP-REQ (RFC 4120, 5.5.1): the name of the service is in the ticket, in the clear.
void read_ap_req(std::string_view in, gss_facts& out) {
    out.kerberos = true;
    const auto names =
        find(in, sequence, context(3), application(1), sequence, context(2), sequence, context(1), sequence);
    if (!names) return;
    std::string_view rest = *names;
    const auto service = take(rest);
    const auto host = take(rest);
    if (service && host && service->tag == general_string && host->tag == general_string) {
        out.host = std::string(host->content);
    }
}

/// KRB-ERROR (RFC 4120, 5.9.1).
void read_error(std::string_view in, gss_facts& out) {
    out.kerberos = true;
    const auto code = find(in, sequence, context(6), integer);
    if (code && code->size() == 1) out.kerberos_error = static_cast<unsigned char>(code->front());
}

/// A token of a mechanism.
void read_mechanism(std::string_view token, gss_facts& out) {
    if (token.substr(0, ntlm_mark.size()) == ntlm_mark) {
        out.ntlm = true;
        return;
    }
    std::string_view rest = token;
    const auto whole = take(rest);
    if (!whole) return;
    if (whole->tag == application(14)) return read_ap_req(whole->content, out);
    if (whole->tag == application(30)) return read_error(whole->content, out);
    if (whole->tag != application(0)) return;
    // RFC 4121, 4.1: the mechanism, two octets that say what follows, the message.
    std::string_view inner = whole->content;
    if (!take(inner)) return;
    inner.remove_prefix(std::min<std::size_t>(2, inner.size()));
    const auto message = take(inner);
    if (message && message->tag == application(14)) read_ap_req(message->content, out);
    if (message && message->tag == application(30)) read_error(message->content, out);
}

}  // namespace

gss_facts read_gss_token(std::string_view token) {
    gss_facts out;
    std::string_view rest = token;
    const auto whole = take(rest);
    if (whole && whole->tag == context(1)) {  // NegTokenResp
        const auto state = find(whole->content, sequence, context(0), enumerated);
        out.rejected = state && *state == std::string_view("\x02", 1);
        if (const auto inner = find(whole->content, sequence, context(2), octet_string)) read_mechanism(*inner, out);
        return out;
    }
    if (whole && whole->tag == application(0)) {
        std::string_view inner = whole->content;
        const auto mechanism = take(inner);
        if (mechanism && mechanism->content == spnego_oid) {  // NegTokenInit
            if (const auto first = find(inner, context(0), sequence, context(2), octet_string))
                read_mechanism(*first, out);
            return out;
        }
    }
    read_mechanism(token, out);
    return out;
}

}  // namespace authgrammar::audit
