#include "conversation/sent_credentials.hpp"

#include "values/basic_value.hpp"

namespace authgrammar::audit {

void read_credentials(const field_reading* r, std::optional<sent_credentials>& into,
                      std::optional<remembered_digest>& digest) {
    into.reset();
    digest.reset();
    const std::optional<part_values> part = first_part(r);
    if (!part) return;
    if (part->has_scheme("Digest")) read_digest(*part, digest);
    const std::string_view value = r->lines().front()->value.text();
    sent_credentials& sent = into.emplace();
    sent.about = r->name();
    sent.known = schemes::find_scheme(part->scheme());
    if (sent.known == nullptr) sent.unknown = part->scheme();
    sent.value = fingerprint_of(value);
    if (digest) {
        if (digest->realm) sent.realm = digest->realm->text;
        sent.user = digest->username;
    } else {
        sent.realm = part->known(digest_name::realm);
        sent.user = part->known(digest_name::username);
    }
    sent.scheme_alone = value.find(' ') == std::string_view::npos;
    // In base64; its first octets are the name of the protocol and the number of the message.
    sent.last_leg_of_ntlm = sent.has_scheme("NTLM") && value.find(" TlRMTVNTUAAD") != std::string_view::npos;
    sent.at = r->lines().front()->name_at;
}

std::optional<span> malformed_in(const field_reading* r) {
    if (r == nullptr) return std::nullopt;
    const challenges parts = r->parts();
    const bool readable = r->valid() && (parts.empty() || !basic_fault(*parts.begin()));
    return readable ? std::nullopt : std::optional(r->lines().front()->name_at);
}

}  // namespace authgrammar::audit
