// Reads WWW-Authenticate from two field lines, takes Digest's realm out of it, and writes a challenge with it.

#include <authgrammar/authgrammar.hpp>

#include <cstddef>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace {

using namespace authgrammar;

/// The realm of the first Digest challenge, without DQUOTEs and escapes; empty if there is none.
std::string realm_of_digest(const field_value& value) {
    inline_event_buffer<64> events;  // 4 for a challenge, 2 for a parameter
    const auto read = parse_challenges(field::www_authenticate, value, events);
    if (!read) {
        const error& e = read.error();
        std::cerr << name_of(e.code) << " in line " << e.line << " at byte " << e.offset << '\n';
        return {};
    }
    const auto digest = read->find("Digest");
    const auto realm = digest ? digest->param("realm") : std::nullopt;
    if (!realm) return {};

    // raw() would keep the escapes; of a value that several lines hold it would be the first piece.
    std::string unescaped(realm->value.size(), '\0');
    if (!realm->value.unescape(&unescaped[0], unescaped.size())) return {};
    return unescaped;
}

/// A Digest challenge with that realm. What has to be quoted or escaped is, so that the values are given plain.
std::string digest_challenge(const std::string& realm) {
    const param_spec params[] = {{"realm", realm},
                                 {"nonce", "dcd98b7102dd", param_form::quoted},
                                 {"qop", "auth", param_form::quoted},
                                 {"algorithm", "SHA-256"}};
    const challenge_spec challenge("Digest", params);
    std::string out;
    const write_result written = write_to(out, [&](char* buffer, std::size_t capacity) {
        return write_challenges(field::www_authenticate, &challenge, 1, buffer, capacity);
    });
    if (!written) std::cerr << name_of(written.code) << ", expected " << written.expected << '\n';
    return out;
}

}  // namespace

int main() {
    const std::string_view lines[] = {R"(Basic realm="a, b", Digest realm="The \"inner\" court\\yard", nonce="n")",
                                      R"(qop="auth, auth-int", Bearer)"};
    const std::string realm = realm_of_digest({lines, std::size(lines)});
    std::cout << realm << '\n' << digest_challenge(realm) << '\n';
}
