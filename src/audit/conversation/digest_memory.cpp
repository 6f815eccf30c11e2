#include "conversation/digest_memory.hpp"

#include "common/field_text.hpp"
#include "values/digest_params.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace authgrammar::audit {

namespace {

using detail::lower;
using detail::unescaped;

constexpr std::string_view scheme = "Digest";

/// Challenges with one nonce that are kept: one for each algorithm, and a few more.
constexpr std::size_t most_of_a_nonce = 8;

/// Refusals with a new nonce each of which the last is told.
constexpr std::size_t most_guesses = 3;

/// Words of a qop that are kept.
constexpr std::size_t most_qops = 8;

std::optional<placed_value> placed(const field_reading& r, const std::optional<auth_param>& p) {
    if (!p) return std::nullopt;
    return placed_value{unescaped(p->value), r.source(p->value.begin(), p->value.end())};
}

std::string joined_key(std::string_view a, std::string_view b) {
    return std::to_string(a.size()).append(" ").append(a).append(b);
}

std::string account_of(const remembered_digest& sent) {
    return joined_key(sent.user, sent.realm ? std::string_view(sent.realm->text) : std::string_view());
}

}  // namespace

std::optional<remembered_digest> remembered_digest::in(const field_reading& r) {
    const challenges parts = r.parts();
    if (parts.empty() || r.lines().size() != 1) return std::nullopt;
    const challenge c = *parts.begin();
    if (!c.has_scheme(scheme)) return std::nullopt;
    const digest_params sent = digest_params::of(c.params());
    const auto value = [&](const std::optional<auth_param>& p) { return placed(r, p); };
    const std::optional<auth_param>& user = sent.username_ext ? sent.username_ext : sent.username;
    return remembered_digest{r.name(),
                             r.lines().front()->name_at,
                             user ? unescaped(user->value) : std::string(),
                             value(sent.realm),
                             value(sent.nonce),
                             value(sent.opaque),
                             value(sent.algorithm),
                             value(sent.qop),
                             value(sent.nc),
                             value(sent.cnonce)};
}

digest_memory::offered digest_memory::read(const field_reading& r, const challenge& c, const auth_param& nonce) {
    auto said = std::make_shared<terms>();
    said->algorithm = "md5";
    if (const auto realm = c.param("realm")) said->realm = unescaped(realm->value);
    if (const auto algorithm = c.param("algorithm")) said->algorithm = lower(unescaped(algorithm->value));
    if (const auto opaque = c.param("opaque")) said->opaque = unescaped(opaque->value);
    if (const auto qop = c.param("qop")) {
        said->qops.emplace();
        detail::for_each_list_element(unescaped(qop->value), [&](std::string_view word) {
            said->more_qops = said->qops->size() == most_qops;
            if (!said->more_qops) said->qops->emplace_back(word);
        });
    }
    return {r.source(nonce.value.begin(), nonce.value.end()), std::move(said)};
}

/// The challenge with the nonce of the credentials, and with their algorithm if there is one of those.
const digest_memory::offered* digest_memory::answered(const remembered_digest& sent) const {
    if (!sent.nonce) return nullptr;
    const auto found = by_nonce_.find(sent.nonce->text);
    if (found == by_nonce_.end()) return nullptr;
    const std::string algorithm = sent.algorithm ? lower(sent.algorithm->text) : "md5";
    const auto same = std::find_if(found->second.begin(), found->second.end(),
                                   [&](const offered& o) { return o.of->algorithm == algorithm; });
    return same == found->second.end() ? &found->second.front() : &*same;
}

// decides: R7616-3.4-algorithm-echoed, R7616-3.4-qop-offered
void digest_memory::take_request(const remembered_digest& sent, digest_circumstances& around) {
    const auto unlike = [&](std::string_view name, const std::optional<placed_value>& value, span earlier) {
        around.unlike_challenge.push_back({name, {sent.about, value ? value->at : sent.at, earlier}, !value});
    };
    const offered* const challenge = answered(sent);
    if (challenge != nullptr) {
        const span there = challenge->nonce;
        const terms& said = *challenge->of;
        if (sent.realm && sent.realm->text != said.realm) unlike("realm", sent.realm, there);
        const std::optional<std::string> opaque = sent.opaque ? std::optional(sent.opaque->text) : std::nullopt;
        if (opaque != said.opaque) unlike("opaque", sent.opaque, there);
        const std::string algorithm = sent.algorithm ? lower(sent.algorithm->text) : "md5";
        if (algorithm != said.algorithm) unlike("algorithm", sent.algorithm, there);
        const bool offers =
            sent.qop && said.qops &&
            (said.more_qops || std::find(said.qops->begin(), said.qops->end(), sent.qop->text) != said.qops->end());
        if (sent.qop ? !offers : said.qops.has_value()) unlike("qop", sent.qop, there);
    } else if (sent.nonce && sent.realm) {
        const auto asked = last_realms_.find(sent.realm->text);
        if (asked != last_realms_.end()) unlike("nonce", sent.nonce, asked->second);
    }
    if (sent.nonce && sent.nc) {
        const auto [first, is_new] = counts_.try_emplace(joined_key(sent.nonce->text, sent.nc->text), sent.nc->at);
        if (!is_new) around.nc_reused = linked_places{sent.about, sent.nc->at, first->second};
    }
}

void digest_memory::take_challenges(const field_reading& r, const std::optional<remembered_digest>& sent,
                                    digest_circumstances& around) {
    last_realms_.clear();
    std::vector<std::pair<std::string, offered>> now;
    bool stale = false;
    for (const challenge& c : r.parts()) {
        const std::optional<auth_param> nonce = c.has_scheme(scheme) ? c.param("nonce") : std::nullopt;
        if (!nonce) continue;
        const auto flag = c.param("stale");
        stale = stale || (flag && flag->value.equals_ignoring_case("true"));
        now.emplace_back(unescaped(nonce->value), read(r, c, *nonce));
    }
    for (const auto& [nonce, o] : now) {
        last_realms_.emplace(o.of->realm, o.nonce);
        const auto before = by_nonce_.find(nonce);
        if (before == by_nonce_.end()) continue;
        if (!around.nonce_repeated) {
            around.nonce_repeated = linked_places{r.name(), o.nonce, before->second.front().nonce};
        }
        by_nonce_.erase(before);
    }
    if (sent && sent->nonce && !stale) {
        const auto renewed = std::find_if(now.begin(), now.end(), [&](const auto& entry) {
            return sent->realm && entry.second.of->realm == sent->realm->text && entry.first != sent->nonce->text;
        });
        if (renewed != now.end()) take_refusal(*sent, {r.name(), renewed->second.nonce, {}}, around);
    }
    for (auto& [nonce, o] : now) {
        std::vector<offered>& all = by_nonce_[nonce];
        if (all.size() < most_of_a_nonce) all.push_back(std::move(o));
    }
}

void digest_memory::take_refusal(const remembered_digest& sent, linked_places nonce, digest_circumstances& around) {
    const std::string account = account_of(sent);
    const auto accepted = accepted_.find(account);
    if (accepted != accepted_.end()) {
        nonce.earlier = accepted->second;
        around.stale_missing = nonce;
        return;
    }
    refusals& before = refused_[account];
    if (before.count++ == 0) before.first = nonce.at;
    if (before.count != most_guesses) return;
    nonce.earlier = before.first;
    around.never_accepted = nonce;
}

// decides: R7616-3.5-rspauth-value
void digest_memory::take_info(const field_reading& r, const remembered_digest& sent, digest_circumstances& around) {
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
    const offered* const challenge = answered(sent);
    if (!next || challenge == nullptr) return;
    offered renewed{next->at, challenge->of};
    by_nonce_.try_emplace(next->text, std::vector<offered>{std::move(renewed)});
}

void digest_memory::take_success(const remembered_digest& sent) {
    const std::string account = account_of(sent);
    refused_.erase(account);
    accepted_.insert_or_assign(account, sent.at);
}

}  // namespace authgrammar::audit
