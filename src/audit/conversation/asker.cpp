#include "conversation/asker.hpp"

#include <authgrammar/schemes/scheme.hpp>

#include "common/field_text.hpp"

#include <algorithm>
#include <utility>

namespace authgrammar::audit {

namespace {

using detail::unescaped;

bool holds(const std::vector<fingerprint>& all, const fingerprint& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

/// Who asked for what, as far as a comparison goes.
fingerprint asked_key(const asker& by, const fingerprint& scheme, const std::optional<fingerprint>& realm) {
    const fingerprint what = joined(by.name, scheme);
    return realm ? joined(what, *realm) : what;
}

/// Credentials, and the target that they were for.
fingerprint try_key(const asker& by, const sent_credentials& sent, const fingerprint& target) {
    return joined(joined(by.name, target), sent.value);
}

/// A further round of the scheme, or a nonce that was too old: no refusal.
bool goes_on(const challenge& c) {
    if (c.token68()) return true;
    const std::string scheme = unescaped(c.scheme());
    const auto params = c.params();
    const auto stale = std::find_if(params.begin(), params.end(), [&](const auth_param& p) {
        return schemes::says_nonce_is_stale(scheme, p.name.raw());
    });
    return stale != params.end() && (*stale).value.equals_ignoring_case("true");
}

bool exposes_proof(const challenge& c) noexcept {
    const schemes::scheme_description* const known = schemes::find_scheme(c.scheme().raw());
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
    if (sent.is("basic")) around.utf8_asked = by.utf8_asked;
    if (by.ntlm_begun && sent.last_leg_of_ntlm) {
        around.leg_unasked = linked_places{sent.about, sent.at, *by.ntlm_begun};
    }
}

// decides: R7235-3.1-401-refused, R7235-3.1-same-challenge
void asker_memory::take_challenges(asker& by, const field_reading& f, const std::optional<sent_credentials>& sent,
                                   const fingerprint& target, circumstances& around) {
    std::vector<std::pair<fingerprint, fingerprint>> now;
    for (const challenge& c : f.parts()) {
        const fingerprint scheme = fingerprint_in_lower_case(c.scheme());
        const std::optional<fingerprint> realm = param_of(c, "realm");
        const fingerprint key = asked_key(by, scheme, realm);
        now.emplace_back(key, scheme);
        if (!sent || around.refusal || !c.has_scheme(sent->scheme) || goes_on(c)) continue;
        const bool before = asked_.find(key) != nullptr;
        // The first challenge of its scheme, if it is certain that there was none.
        const bool none_forgotten = !by.perhaps_known && by.schemes.size() < limits::schemes_of_server;
        const bool first = none_forgotten && !holds(by.schemes, scheme) && (!sent->realm || sent->realm == realm);
        if (!before && !first) continue;
        const text name = c.scheme();
        around.refusal = linked_places{f.name(), f.source(name.begin(), name.end()), sent->at};
        around.refused_by_same = before;
        const auto [tried, is_new] = refused_.take(try_key(by, *sent, target));
        if (is_new) tried.at = sent->at;
    }
    for (const auto& [key, scheme] : now) {
        asked_.take(key);
        if (by.schemes.size() < limits::schemes_of_server && !holds(by.schemes, scheme)) by.schemes.push_back(scheme);
    }
}

// decides: R7235-6.3-shared-root
void asker_memory::take_realms(asker& by, const field_reading& f, circumstances& around) {
    std::vector<std::pair<fingerprint, span>> now;  // that are new
    const bool full = by.realms.size() == limits::realms_of_server;
    for (const challenge& c : f.parts()) {
        const auto realm = c.param("realm");
        if (!realm) continue;
        const fingerprint value = fingerprint_of_text(realm->value);
        if (full || holds(by.realms, value)) continue;
        const span at = f.source(realm->value.begin(), realm->value.end());
        if (by.first_realm) around.other_realms.push_back({f.name(), at, *by.first_realm});
        now.emplace_back(value, at);
    }
    for (const auto& [value, at] : now) {
        if (!by.first_realm) by.first_realm = at;
        if (by.realms.size() < limits::realms_of_server && !holds(by.realms, value)) by.realms.push_back(value);
    }
}

void asker_memory::take_answer(asker& by, field asks, int status, const std::vector<field_reading>& fields,
                               const std::optional<remembered_digest>& sent, circumstances& around) {
    const bool server = asks == field::www_authenticate;
    const field_reading* const r = status == (server ? 401 : 407) ? reading_of(fields, asks) : nullptr;
    by.ntlm_begun.reset();
    if (r != nullptr) {
        by.proof_offered.reset();
        for (const challenge& c : r->parts()) {
            const text name = c.scheme();
            const span at = r->source(name.begin(), name.end());
            if (!by.proof_offered && exposes_proof(c)) by.proof_offered = at;
            if (c.has_scheme("NTLM") && !c.token68()) by.ntlm_begun = at;
            if (!c.has_scheme("Basic")) continue;
            const auto charset = c.param("charset");
            by.utf8_asked = charset && charset->value.equals_ignoring_case("UTF-8") ? std::optional(at) : std::nullopt;
        }
        digest_.take_challenges(by.digest, *r, sent, around.digest);
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

std::optional<span> asker_memory::refused(const asker& by, const sent_credentials& sent,
                                          const fingerprint& target) const {
    if (refused_.empty()) return std::nullopt;
    const place* const found = refused_.find(try_key(by, sent, target));
    return found == nullptr ? std::nullopt : std::optional(found->at);
}

void asker_memory::take_back(const asker& by, const sent_credentials& sent, const fingerprint& target) {
    if (!refused_.empty()) refused_.erase(try_key(by, sent, target));
}

const span* asker_memory::accepted(const asker& by, const fingerprint& target) const {
    const place* const found = accepted_.find(joined(by.name, target));
    return found == nullptr ? nullptr : &found->at;
}

void asker_memory::accept(const asker& by, const fingerprint& target, span credentials) {
    accepted_.take(joined(by.name, target)).first.at = credentials;
}

}  // namespace authgrammar::audit
