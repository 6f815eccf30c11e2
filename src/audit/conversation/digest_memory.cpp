#include "conversation/digest_memory.hpp"

#include "common/field_text.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace authgrammar::audit {

namespace {

using detail::unescaped;

constexpr std::string_view scheme = "Digest";

/// Refusals with a new nonce each of which the last is told.
constexpr std::size_t most_guesses = 3;

const fingerprint& md5() {
    static const fingerprint made = fingerprint_of(std::string_view("md5"));
    return made;
}

const fingerprint& nothing() {
    static const fingerprint made = fingerprint_of(std::string_view());
    return made;
}

}  // namespace

void read_digest(const part_values& credentials, std::optional<remembered_digest>& into) {
    using n = digest_name;
    const field_reading& r = credentials.in();
    remembered_digest& sent = into.emplace();
    sent.about = r.name();
    sent.at = r.lines().front()->name_at;
    sent.username = credentials.known(n::username);
    credentials.place(n::realm, sent.realm);
    credentials.place(n::nonce, sent.nonce);
    credentials.place(n::opaque, sent.opaque);
    credentials.place(n::qop, sent.qop);
    credentials.place(n::nc, sent.nc);
    credentials.place(n::cnonce, sent.cnonce);
    if (const event* const algorithm = credentials[n::algorithm]) {
        sent.algorithm =
            placed_value{fingerprint_in_lower_case(credentials.text_of(*algorithm)), credentials.at(*algorithm)};
    }
    const std::optional<fingerprint> username_ext = credentials.known(n::username_ext);
    sent.user = username_ext ? *username_ext : sent.username.value_or(nothing());
}

void digest_memory::expect(const fingerprint& party, remembered_digest& sent) const noexcept {
    const fingerprint& realm = sent.realm ? sent.realm->text : nothing();
    sent.key.account = joined(party, joined(sent.user, realm));
    accounts_.prefetch(sent.key.account);
    if (!sent.nonce) return;
    sent.key.nonce = joined(party, sent.nonce->text);
    nonces_.prefetch(sent.key.nonce);
    if (!sent.nc) return;
    sent.key.count = joined(sent.key.nonce, sent.nc->text);
    counts_.prefetch(sent.key.count);
}

bool digest_memory::qop_words::may_have(const fingerprint& word) const noexcept {
    const auto end = words.begin() + static_cast<std::ptrdiff_t>(count);
    return more || std::find(words.begin(), end, word) != end;
}

digest_memory::qop_words digest_memory::words_of(const part_values& challenge, const event& qop) {
    qop_words out;
    const auto take = [&out](std::string_view list) {
        detail::for_each_list_element(list, [&](std::string_view word) {
            out.more = out.count == out.words.size();
            if (!out.more) out.words[out.count++] = fingerprint_of(word);
        });
    };
    const text value = challenge.text_of(qop);
    if (means_itself(value)) {
        take(value.raw());
    } else {
        take(unescaped(value));
    }
    return out;
}

digest_memory::offered digest_memory::read(const part_values& challenge, const event& nonce) {
    using n = digest_name;
    terms said;
    said.realm = challenge.known(n::realm).value_or(nothing());
    const event* const algorithm = challenge[n::algorithm];
    said.algorithm = algorithm == nullptr ? md5() : fingerprint_in_lower_case(challenge.text_of(*algorithm));
    said.opaque = challenge.known(n::opaque);
    if (const event* const qop = challenge[n::qop]) said.qop = words_of(challenge, *qop);
    return {challenge.at(nonce), said};
}

/// The challenge with the nonce of the credentials, and with their algorithm if there is one of those.
const digest_memory::offered* digest_memory::answered(const remembered_digest& sent) const {
    if (!sent.nonce) return nullptr;
    const std::vector<offered>* const found = nonces_.find(sent.key.nonce);
    if (found == nullptr) return nullptr;
    const fingerprint& algorithm = sent.algorithm ? sent.algorithm->text : md5();
    const auto same =
        std::find_if(found->begin(), found->end(), [&](const offered& o) { return o.of.algorithm == algorithm; });
    return same == found->end() ? &found->front() : &*same;
}

std::vector<digest_memory::offered>& digest_memory::offers_of(digest_party& by, const fingerprint& nonce) {
    if (!by.first_nonce) by.first_nonce = nonces_.taken();
    return nonces_.take(joined(by.name, nonce)).first;
}

digest_memory::account& digest_memory::account_of(digest_party& by, const remembered_digest& sent) {
    if (!by.first_account) by.first_account = accounts_.taken();
    const auto [known, is_new] = accounts_.take(sent.key.account);
    if (is_new) known.perhaps_known = by.perhaps_known || accounts_.has_forgotten(*by.first_account);
    return known;
}

// decides: R7616-3.4-algorithm-echoed, R7616-3.4-qop-offered
void digest_memory::compare(const offered& challenge, const remembered_digest& sent,
                            digest_circumstances& around) const {
    const auto unlike = [&](std::string_view name, const std::optional<placed_value>& value) {
        around.unlike_challenge.push_back({name, {sent.about, value ? value->at : sent.at, challenge.nonce}, !value});
    };
    const terms& said = challenge.of;
    if (sent.realm && sent.realm->text != said.realm) unlike("realm", sent.realm);
    const bool same_opaque =
        sent.opaque.has_value() == said.opaque.has_value() && (!sent.opaque || sent.opaque->text == *said.opaque);
    if (!same_opaque) unlike("opaque", sent.opaque);
    if ((sent.algorithm ? sent.algorithm->text : md5()) != said.algorithm) unlike("algorithm", sent.algorithm);
    const bool offers = sent.qop && said.qop && said.qop->may_have(sent.qop->text);
    if (sent.qop ? !offers : said.qop.has_value()) unlike("qop", sent.qop);
}

void digest_memory::take_request(digest_party& by, const remembered_digest& sent, digest_circumstances& around) {
    if (const offered* const challenge = answered(sent)) {
        compare(*challenge, sent, around);
    } else if (sent.nonce && sent.realm) {
        const auto asked = std::find_if(by.last_realms.begin(), by.last_realms.end(),
                                        [&](const digest_party::realm& r) { return r.name == sent.realm->text; });
        // Unless the nonce is one that has been forgotten.
        const bool perhaps_known = by.perhaps_known || (by.first_nonce && nonces_.has_forgotten(*by.first_nonce));
        if (asked != by.last_realms.end() && !perhaps_known) {
            around.unlike_challenge.push_back({"nonce", {sent.about, sent.nonce->at, asked->nonce}, false});
        }
    }
    accounts_.prefetch_value(sent.key.account);
    if (!sent.nonce || !sent.nc) return;
    const auto [first, is_new] = counts_.take(sent.key.count);
    if (is_new) {
        first.at = sent.nc->at;
    } else {
        around.nc_reused = linked_places{sent.about, sent.nc->at, first.at};
    }
}

void digest_memory::take_challenges(digest_party& by, const std::vector<part_values>& challenges,
                                    const std::optional<remembered_digest>& sent, digest_circumstances& around) {
    by.last_realms.clear();
    std::vector<named_offer> now;
    bool stale = false;
    for (const part_values& c : challenges) {
        const event* const nonce = c.has_scheme(scheme) ? c[digest_name::nonce] : nullptr;
        if (nonce == nullptr) continue;
        stale = stale || c.says(digest_name::stale, "true");
        if (now.empty()) now.reserve(challenges.size());
        now.push_back({c.known(*nonce), read(c, *nonce)});
    }
    if (now.empty()) return;
    const field about = challenges.front().in().name();
    for (const auto& [nonce, o] : now) {
        const fingerprint& realm = o.of.realm;
        const bool is_new = std::none_of(by.last_realms.begin(), by.last_realms.end(),
                                         [&](const digest_party::realm& known) { return known.name == realm; });
        if (is_new && by.last_realms.size() < limits::realms_of_response) by.last_realms.push_back({realm, o.nonce});
        const fingerprint key = joined(by.name, nonce);
        const std::vector<offered>* const before = nonces_.find(key);
        if (before == nullptr) continue;
        if (!around.nonce_repeated) around.nonce_repeated = linked_places{about, o.nonce, before->front().nonce};
        nonces_.erase(key);
    }
    if (sent && sent->nonce && !stale) {
        const auto renewed = std::find_if(now.begin(), now.end(), [&](const named_offer& n) {
            return sent->realm && n.offer.of.realm == sent->realm->text && n.nonce != sent->nonce->text;
        });
        if (renewed != now.end()) take_refusal(by, *sent, {about, renewed->offer.nonce, {}}, around);
    }
    for (const auto& [nonce, o] : now) {
        std::vector<offered>& all = offers_of(by, nonce);
        if (all.size() < limits::challenges_of_nonce) all.push_back(o);
    }
}

void digest_memory::take_refusal(digest_party& by, const remembered_digest& sent, linked_places nonce,
                                 digest_circumstances& around) {
    account& refused = account_of(by, sent);
    if (refused.accepted) {
        nonce.earlier = refused.at;
        around.stale_missing = nonce;
        return;
    }
    if (refused.refusals++ == 0) refused.at = nonce.at;
    // Unless it is forgotten that the account was accepted.
    if (refused.refusals != most_guesses || refused.perhaps_known) return;
    nonce.earlier = refused.at;
    around.never_accepted = nonce;
}

// decides: R7616-3.5-rspauth-value
void digest_memory::take_info(digest_party& by, const field_reading& r, const remembered_digest& sent,
                              digest_circumstances& around) {
    const part_values said(r, r.events().data(), r.events().data() + r.events().size());
    const auto compare_echo = [&](std::string_view name, const event* theirs, const std::optional<placed_value>& mine) {
        if (theirs == nullptr || !mine || said.known(*theirs) == mine->text) return;
        around.unlike_request.push_back({name, {r.name(), said.at(*theirs), mine->at}, false});
    };
    compare_echo("cnonce", said[digest_name::cnonce], sent.cnonce);
    compare_echo("nc", said[digest_name::nc], sent.nc);
    compare_echo("qop", said[digest_name::qop], sent.qop);
    const event* const next = said[digest_name::nextnonce];
    const offered* const challenge = next == nullptr ? nullptr : answered(sent);
    if (challenge == nullptr) return;
    const offered renewed{said.at(*next), challenge->of};
    std::vector<offered>& all = offers_of(by, said.known(*next));
    if (all.empty()) all.push_back(renewed);
}

void digest_memory::take_success(digest_party& by, const remembered_digest& sent) {
    account& known = account_of(by, sent);
    known.accepted = true;
    known.at = sent.at;
}

}  // namespace authgrammar::audit
