#include "input/curl_notes.hpp"

#include <algorithm>
#include <iterator>

namespace authgrammar::audit {

namespace {

bool begins_with(std::string_view text, std::string_view start) noexcept {
    return text.substr(0, start.size()) == start;
}

/// How curl's own lines about TLS begin, by TLS library. Other lines with those letters, such as the subject of a
/// certificate or the name of a host, come from elsewhere.
constexpr std::string_view tls_notes[] = {"* SSL connection using ",
                                          "* TLS connection using ",
                                          "* TLS 1.0 connection using ",
                                          "* TLS 1.1 connection using ",
                                          "* TLS 1.2 connection using ",
                                          "* TLS 1.3 connection using ",
                                          "* TLSv1.0 (OUT), TLS ",
                                          "* TLSv1.1 (OUT), TLS ",
                                          "* TLSv1.2 (OUT), TLS ",
                                          "* TLSv1.3 (OUT), TLS ",
                                          "* schannel: SSL/TLS connection with ",
                                          "* mbedTLS: Handshake complete",
                                          "* QUIC cipher selection",
                                          "* using HTTP/3"};

bool is_tls_note(std::string_view note) noexcept {
    return std::any_of(std::begin(tls_notes), std::end(tls_notes),
                       [note](std::string_view start) { return begins_with(note, start); });
}

/// Whether a connection was made to the port of https: "* Connected to www.example.com (192.0.2.1) port 443 (#0)", or, from
/// curl 8.16 on, "* Established connection to www.example.com (192.0.2.1 port 443) from 192.0.2.2 port 50000".
bool is_connected_to_443(std::string_view note) noexcept {
    const bool old = begins_with(note, "* Connected to ");
    if (!old && !begins_with(note, "* Established connection to ")) return false;
    const std::string_view before = old ? ") port 443" : " port 443)";
    const std::size_t at = old ? note.rfind(before) : note.find(before);
    if (at == std::string_view::npos) return false;
    const std::string_view rest = note.substr(at + before.size());
    return rest.empty() || rest.front() == ' ';
}

/// Whether an address is one of loopback: "127.0.0.1:80...", "[::1]:80...", in older versions "::1:80...".
bool begins_with_loopback(std::string_view address) noexcept {
    return begins_with(address, "127.") || begins_with(address, "[::1]:") || begins_with(address, "::1:");
}

constexpr std::string_view trying = "*   Trying ";

}  // namespace

void curl_notes::take(std::string_view note) noexcept {
    if (begins_with(note, trying)) {
        ++connections_;
        secured_ = false;
        loopback_ = begins_with_loopback(note.substr(trying.size()));
    } else if (begins_with(note, "* Re-using existing") || begins_with(note, "* Reusing existing")) {
        if (connections_ > 1) {
            secured_.reset();
            loopback_ = false;
        }
    } else if (is_tls_note(note) || is_connected_to_443(note)) {
        secured_ = true;
    }
}

}  // namespace authgrammar::audit
