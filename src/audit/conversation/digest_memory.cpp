#include "conversation/digest_memory.hpp"

#include "common/field_text.hpp"
#include "values/digest_params.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace authgrammar::audit {

namespace {

using detail::unescaped;

constexpr std::string_view scheme = "Digest";

/// Refusals with a new nonce each of which the last is told.
constexpr std::size_t most_guesses = 3;

placed_value placed(const field_reading& r, const text& t, const fingerprint& of) {
    return {of, r.source(t.begin(), t.end())};
}

std::optional<placed_value> placed(const field_reading& r, const std::optional<auth_param>& p) {
    if (!p) return std::nullopt;
    return placed(r, p->value, fingerprint_of_text(p->value));
}

const fingerprint& md5() {
    static const fingerprint made = fingerprint_of(std::string_view("md5"));
    return made;
}

const fingerprint& nothing() {
    static const fingerprint made = fingerprint_of(std::string_view());
    return made;
}

}  // namespace

void read_digest(const field_reading* r, std::optional<remembered_digest>& into) {
    into.reset();
    if (r == nullptr || r->lines().size() != 1) return;
    const challenges parts = r->parts();
    if (parts.empty()) return;
    const challenge c = *parts.begin();
    if (!c.has_scheme(scheme)) return;
    remembered_digest& sent = into.emplace();
    sent.about = r->name();
    sent.at = r->lines().front()->name_at;
    std::optional<fingerprint> username_ext;
    const auto take_first = [](std::optional<fingerprint>& known, const text& value) {
        if (!known) known = fingerprint_of_text(value);
    };
    const auto place_first = [r](std::optional<placed_value>& known, const text& value) {
        if (!known) known = placed(*r, value, fingerprint_of_text(value));
    };
    for (const auth_param p : c.params()) {
        const std::optional<digest_name> name = digest_name_of(p.name.raw());
        if (!name) continue;
        switch (*name) {
            case digest_name::username: take_first(sent.username, p.value); break;
            case digest_name::username_ext: take_first(username_ext, p.value); break;
            case digest_name::realm: place_first(sent.realm, p.value); break;
            case digest_name::nonce: place_first(sent.nonce, p.value); break;
            case digest_name::opaque: place_first(sent.opaque, p.value); break;
            case digest_name::qop: place_first(sent.qop, p.value); break;
            case digest_name::nc: place_first(sent.nc, p.value); break;
            case digest_name::cnonce: place_first(sent.cnonce, p.value); break;
            case digest_name::algorithm:
                if (!sent.algorithm) sent.algorithm = placed(*r, p.value, fingerprint_in_lower_case(p.value));
                break;
            case digest_name::uri:
            case digest_name::response:
            case digest_name::userhash: break;
        }
    }
    sent.user = username_ext ? *username_ext : sent.username.value_or(nothing());
}

digest_memory::offered digest_memory::read(const field_reading& r, const challenge& c, const auth_param& nonce) {
    terms said;
    const auto realm = c.param("realm");
    said.realm = realm ? fingerprint_of_text(realm->value) : nothing();
    const auto algorithm = c.param("algorithm");
    said.algorithm = algorithm ? fingerprint_in_lower_case(algorithm->value) : md5();
    if (const auto opaque = c.param("opaque")) said.opaque = fingerprint_of_text(opaque->value);
    if (const auto qop = c.param("qop")) {
        said.qops.emplace();
        detail::for_each_list_element(unescaped(qop->value), [&](std::string_view word) {
            said.more_qops = said.qops->size() == limits::words_of_qop;
            if (!said.more_qops) said.qops->push_back(fingerprint_of(word));
        });
    }
    return {r.source(nonce.value.begin(), nonce.value.end()), std::move(said)};
}

/// The challenge with the nonce of the credentials, and with their algorithm if there is one of those.
const digest_memory::offered* digest_memory::answered(const digest_party& by, const remembered_digest& sent) const {
    if (!sent.nonce) return nullptr;
    const std::vector<offered>* const found = nonces_.find(joined(by.name, sent.nonce->text));
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
    const fingerprint& realm = sent.realm ? sent.realm->text : nothing();
    const auto [known, is_new] = accounts_.take(joined(by.name, joined(sent.user, realm)));
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
    const bool offers =
        sent.qop && said.qops &&
        (said.more_qops || std::find(said.qops->begin(), said.qops->end(), sent.qop->text) != said.qops->end());
    if (sent.qop ? !offers : said.qops.has_value()) unlike("qop", sent.qop);
}

void digest_memory::take_request(digest_party& by, const remembered_digest& sent, digest_circumstances& around) {
    if (const offered* const challenge = answered(by, sent)) {
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
    if (!sent.nonce || !sent.nc) return;
    const auto [first, is_new] = counts_.take(joined(by.name, joined(sent.nonce->text, sent.nc->text)));
    if (is_new) {
        first.at = sent.nc->at;
    } else {
        around.nc_reused = linked_places{sent.about, sent.nc->at, first.at};
    }
}

void digest_memory::take_challenges(digest_party& by, const field_reading& r,
                                    const std::optional<remembered_digest>& sent, digest_circumstances& around) {
    by.last_realms.clear();
    std::vector<std::pair<fingerprint, offered>> now;
    bool stale = false;
    for (const challenge& c : r.parts()) {
        const std::optional<auth_param> nonce = c.has_scheme(scheme) ? c.param("nonce") : std::nullopt;
        if (!nonce) continue;
        const auto flag = c.param("stale");
        stale = stale || (flag && flag->value.equals_ignoring_case("true"));
        now.emplace_back(fingerprint_of_text(nonce->value), read(r, c, *nonce));
    }
    for (const auto& [nonce, o] : now) {
        const fingerprint& realm = o.of.realm;
        const bool is_new = std::none_of(by.last_realms.begin(), by.last_realms.end(),
                                         [&](const digest_party::realm& known) { return known.name == realm; });
        if (is_new && by.last_realms.size() < limits::realms_of_response) by.last_realms.push_back({realm, o.nonce});
        const fingerprint key = joined(by.name, nonce);
        const std::vector<offered>* const before = nonces_.find(key);
        if (before == nullptr) continue;
        if (!around.nonce_repeated) around.nonce_repeated = linked_places{r.name(), o.nonce, before->front().nonce};
        nonces_.erase(key);
    }
    if (sent && sent->nonce && !stale) {
        const auto renewed = std::find_if(now.begin(), now.end(), [&](const auto& entry) {
            return sent->realm && entry.second.of.realm == sent->realm->text && entry.first != sent->nonce->text;
        });
        if (renewed != now.end()) take_refusal(by, *sent, {r.name(), renewed->second.nonce, {}}, around);
    }
    for (auto& [nonce, o] : now) {
        std::vector<offered>& all = offers_of(by, nonce);
        if (all.size() < limits::challenges_of_nonce) all.push_back(std::move(o));
    }
}

void digest_memory::take_refusal(digest_party& by, const remembered_digest& sent, linked_places nonce,
                                 digest_circumstances& around) {
    account& refused = account_of(by, sent);
    if (refused.accepted) {
        nonce.earlier = *refused.accepted;
        around.stale_missing = nonce;
        return;
    }
    if (refused.refusals++ == 0) refused.first_refusal = nonce.at;
    // Unless it is forgotten that the account was accepted.
    if (refused.refusals != most_guesses || refused.perhaps_known) return;
    nonce.earlier = refused.first_refusal;
    around.never_accepted = nonce;
}

// decides: R7616-3.5-rspauth-value
void digest_memory::take_info(digest_party& by, const field_reading& r, const remembered_digest& sent,
                              digest_circumstances& around) {
    if (!r.valid() || r.events().empty()) return;
    const auth_params params{field_value(r.value()), r.events().data(), r.events().data() + r.events().size()};
    const std::pair<std::string_view, const std::optional<placed_value>*> echoed[] = {
        {"cnonce", &sent.cnonce}, {"nc", &sent.nc}, {"qop", &sent.qop}};
    for (const auto& [name, mine] : echoed) {
        const auto theirs = placed(r, params.find(name));
        if (!theirs || !*mine || theirs->text == (*mine)->text) continue;
        around.unlike_request.push_back({name, {r.name(), theirs->at, (*mine)->at}, false});
    }
    const auto next = placed(r, params.find("nextnonce"));
    const offered* const challenge = next ? answered(by, sent) : nullptr;
    if (challenge == nullptr) return;
    offered renewed{next->at, challenge->of};
    std::vector<offered>& all = offers_of(by, next->text);
    if (all.empty()) all.push_back(std::move(renewed));
}

void digest_memory::take_success(digest_party& by, const remembered_digest& sent) {
    account_of(by, sent).accepted = sent.at;
}

}  // namespace authgrammar::audit
