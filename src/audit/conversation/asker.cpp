#include "conversation/asker.hpp"

#include <authgrammar/schemes/scheme.hpp>

#include <algorithm>
#include <utility>

namespace authgrammar::audit {

namespace {

bool holds(const std::vector<fingerprint>& all, const fingerprint& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

/// Adds what is not among `all` yet, as long as there is room.
void remember(std::vector<fingerprint>& all, const fingerprint& one, std::size_t most) {
    if (all.size() < most && !holds(all, one)) all.push_back(one);
}

/// Who asked for what, as far as a comparison goes.
fingerprint asked_key(const asker& by, const fingerprint& scheme, const std::optional<fingerprint>& realm) {
    const fingerprint what = joined(by.name, scheme);
    return realm ? joined(what, *realm) : what;
}

/// A further round of the scheme, or a nonce that was too old: no refusal.
bool goes_on(const part_values& c) {
    if (c.has_token68()) return true;
    const schemes::scheme_description* const known = schemes::find_scheme(c.scheme());
    const auto renews = [](const schemes::parameter_description& p) { return p.renews; };
    if (known != nullptr && std::none_of(known->params.begin(), known->params.end(), renews)) return false;
    bool stale = false;
    c.for_each_param([&](std::string_view name, const event& value) {
        if (!schemes::says_nonce_is_stale(c.scheme(), name)) return true;
        stale = c.text_of(value).equals_ignoring_case("true");
        return false;
    });
    return stale;
}

bool exposes_proof(const part_values& c) noexcept {
    const schemes::scheme_description* const known = schemes::find_scheme(c.scheme());
    return known != nullptr && known->exposes == schemes::exposure::proof;
}

}  // namespace

asker& asker_memory::server(const fingerprint& name) {
    const bool forgetful = servers_.has_forgotten();
    const auto [by, is_new] = servers_.take(name);
    if (is_new) {
        by.name = by.digest.name = name;
        by.perhaps_known = by.digest.perhaps_known = forgetful;
    }
    return by;
}

void asker_memory::take_choice(asker& by, const sent_credentials& sent, circumstances& around) {
    if (sent.exposes(schemes::exposure::password) && by.proof_offered) {
        around.weaker_scheme = linked_places{sent.about, sent.at, *std::exchange(by.proof_offered, std::nullopt)};
    }
    if (sent.has_scheme("Basic")) around.utf8_asked = by.utf8_asked;
    if (by.ntlm_begun && sent.last_leg_of_ntlm) {
        around.leg_unasked = linked_places{sent.about, sent.at, *by.ntlm_begun};
    }
}

// decides: R7235-3.1-401-refused, R7235-3.1-same-challenge
void asker_memory::take_challenges(asker& by, const std::vector<part_values>& challenges,
                                   const std::optional<sent_credentials>& sent, circumstances& around) {
    std::vector<std::pair<fingerprint, fingerprint>> now;
    now.reserve(challenges.size());
    for (const part_values& c : challenges) {
        const fingerprint scheme = fingerprint_in_lower_case(c.scheme());
        const std::optional<fingerprint> realm = c.known(digest_name::realm);
        const fingerprint key = asked_key(by, scheme, realm);
        now.emplace_back(key, scheme);
        if (!sent || around.refusal || !c.has_scheme(sent->scheme())) continue;
        const bool before = asked_.find(key) != nullptr;
        // The first challenge of its scheme, if it is certain that there was none.
        const bool none_forgotten = !by.perhaps_known && by.schemes.size() < limits::schemes_of_server;
        const bool first = none_forgotten && !holds(by.schemes, scheme) && (!sent->realm || sent->realm == realm);
        if (!before && !first) continue;
        if (goes_on(c)) continue;
        around.refusal = linked_places{c.in().name(), c.scheme_at(), sent->at};
        around.refused_by_same = before;
        const auto [tried, is_new] = refused_.take(sent->attempt);
        if (is_new) tried.at = sent->at;
    }
    for (const auto& [key, scheme] : now) {
        asked_.take(key);
        remember(by.schemes, scheme, limits::schemes_of_server);
    }
}

// decides: R7235-6.3-shared-root
void asker_memory::take_realms(asker& by, const std::vector<part_values>& challenges, circumstances& around) {
    std::vector<std::pair<fingerprint, span>> now;  // that are new
    const bool full = by.realms.size() == limits::realms_of_server;
    for (const part_values& c : challenges) {
        const event* const realm = c[digest_name::realm];
        if (realm == nullptr) continue;
        const fingerprint value = c.known(*realm);
        if (full || holds(by.realms, value)) continue;
        const span at = c.at(*realm);
        if (by.first_realm) around.other_realms.push_back({c.in().name(), at, *by.first_realm});
        now.emplace_back(value, at);
    }
    for (const auto& [value, at] : now) {
        if (!by.first_realm) by.first_realm = at;
        remember(by.realms, value, limits::realms_of_server);
    }
}

void asker_memory::take_answer(asker& by, field asks, int status, const std::vector<part_values>& challenges,
                               const std::vector<field_reading>& fields, const std::optional<remembered_digest>& sent,
                               circumstances& around) {
    const bool server = asks == field::www_authenticate;
    by.ntlm_begun.reset();
    if (status == (server ? 401 : 407) && reading_of(fields, asks) != nullptr) {
        by.proof_offered.reset();
        for (const part_values& c : challenges) {
            if (!by.proof_offered && exposes_proof(c)) by.proof_offered = c.scheme_at();
            if (c.has_scheme("NTLM") && !c.has_token68()) by.ntlm_begun = c.scheme_at();
            if (!c.has_scheme("Basic")) continue;
            by.utf8_asked = c.says(digest_name::charset, "UTF-8") ? std::optional(c.scheme_at()) : std::nullopt;
        }
        digest_.take_challenges(by.digest, challenges, sent, around.digest);
    } else {
        digest_memory::take_other_response(by.digest);
    }
    if (!sent) return;
    const field_reading* const info =
        reading_of(fields, server ? field::authentication_info : field::proxy_authentication_info);
    if (info != nullptr) digest_.take_info(by.digest, *info, *sent, around.digest);
    // A proxy lets a response of the server pass, whatever it is.
    if (status < 400 || (!server && status != 407)) digest_.take_success(by.digest, *sent);
}

std::optional<span> asker_memory::refused(const sent_credentials& sent) const {
    const place* const found = refused_.find(sent.attempt);
    return found == nullptr ? std::nullopt : std::optional(found->at);
}

void asker_memory::take_back(const sent_credentials& sent) { refused_.erase(sent.attempt); }

const span* asker_memory::accepted(const fingerprint& resource) const {
    const place* const found = accepted_.find(resource);
    return found == nullptr ? nullptr : &found->at;
}

void asker_memory::accept(const fingerprint& resource, span credentials) {
    accepted_.take(resource).first.at = credentials;
}

}  // namespace authgrammar::audit
