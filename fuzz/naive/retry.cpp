#include "retry.hpp"

#include "challenge.hpp"
#include "stale.hpp"
#include "text.hpp"

#include <authgrammar/parse.hpp>

#include <algorithm>

namespace authgrammar::fuzz {

naive_retry::plain_challenge naive_retry::plain(const challenge& c) {
    plain_challenge p;
    p.scheme = lower(octets_of(c.scheme()));
    if (c.token68()) p.round = p.token68 = octets_of(*c.token68());
    if (c.param("realm")) p.realm = octets_of(c.param("realm")->value);
    const bool of_token = p.scheme == "bearer" || p.scheme == "dpop";
    const bool scram = p.scheme == "scram-sha-256" || p.scheme == "scram-sha-1";
    for (const auth_param& a : c.params()) {
        const std::string name = lower(octets_of(a.name));
        const std::string value = octets_of(a.value);
        if (name == "stale" && may_be_stale(p.scheme)) p.stale = lower(value) == "true";
        if (name == "reason" && p.scheme == "mutual") p.stale = lower(value) == "stale-session";
        if (name == "error" && p.scheme == "dpop") p.stale = lower(value) == "use_dpop_nonce";
        if (name == "error" && of_token) {
            const std::string said = lower(value);
            p.token_refused =
                said == "invalid_token" || said == "insufficient_user_authentication" || said == "insufficient_scope";
        }
        if ((scram && name == "data") || (p.scheme == "mutual" && name == "ks1")) p.round = value;
        const bool changes = name == "nonce" || name == "opaque" || name == "stale" || name == "error" ||
                             name == "error_description" || name == "error_uri" || name == "sr" || name == "reason" ||
                             (name == "challenge" && p.scheme != "privatetoken");
        if (!changes) p.params.emplace_back(name, value);
    }
    std::sort(p.params.begin(), p.params.end());
    return p;
}

bool naive_retry::same_set(const std::vector<plain_challenge>& a, std::vector<plain_challenge> b) {
    for (const plain_challenge& c : a) {
        const auto found = std::find(b.begin(), b.end(), c);
        if (found == b.end()) return false;
        b.erase(found);
    }
    return b.empty();
}

/// How often an advice was given from entry `from` of the log on.
std::size_t naive_retry::count(advice a, std::size_t from) const {
    std::size_t n = 0;
    for (std::size_t i = from; i < log_.size(); ++i) n += log_[i].sent.empty() && log_[i].given == a ? 1 : 0;
    return n;
}

void naive_retry::sent(std::string_view credentials) {
    happened h;
    h.sent = "!" + std::string(credentials);
    log_.push_back(h);
}

/// Of Digest and Mutual, whose they are; of other schemes, the words. "!" before it.
std::string naive_retry::in_short(std::string_view credentials) {
    const std::string scheme = lower(credentials.substr(0, credentials.find(' ')));
    const std::string name = scheme == "digest" ? "username" : scheme == "mutual" ? "user" : "";
    std::vector<event> memory(2 * credentials.size() + 4);
    event_buffer events(memory.data(), memory.size());
    const auto read = parse_credentials(field::authorization, credentials, events);
    if (read && !name.empty() && (read->param(name) || read->param(name + "*"))) {
        std::string shown = "!" + scheme + " of";
        for (const std::string& each : {name, name + "*", std::string("realm")}) {
            const auto param = read->param(each);
            shown += param ? " '" + std::to_string(param->value.size()) + "' " + octets_of(param->value) : " nothing";
        }
        return shown;
    }
    const std::size_t space = std::min(credentials.find(' '), credentials.size());
    return "!" + scheme + " = " + std::string(trim(credentials.substr(space)));
}

bool naive_retry::was_sent(std::string_view credentials) const {
    for (std::size_t i = 0; i < log_.size(); ++i) {
        if (log_[i].sent.empty() || in_short(log_[i].sent.substr(1)) != in_short(credentials)) continue;
        const bool stale = i + 1 < log_.size() && log_[i + 1].sent.empty() && log_[i + 1].given == advice::renewed;
        if (!stale) return true;
    }
    return false;
}

naive_retry::advice naive_retry::challenged(const challenges* offered) {
    if (offered == nullptr || offered->empty()) return advice::unreadable;
    happened now;
    for (const challenge& c : *offered) now.offered.push_back(plain(c));

    // The credentials tried since the last response, the last response that was no further round, and from where on
    // rounds and renewals count.
    std::string tried;
    if (!log_.empty() && !log_.back().sent.empty()) tried = log_.back().sent.substr(1);
    const bool anything_tried = !log_.empty() && !log_.back().sent.empty();
    const happened* before = nullptr;
    const happened* last = nullptr;
    std::size_t since = 0;
    std::string last_round;
    for (std::size_t i = 0; i < log_.size(); ++i) {
        const happened& h = log_[i];
        if (!h.sent.empty()) continue;
        last = &h;
        const bool round = !h.round.empty();
        const bool went_on = round || h.given == advice::renewed || h.given == advice::new_token;
        const bool after_a_try = i != 0 && !log_[i - 1].sent.empty();
        if (!(round && h.given == advice::next_round)) before = &h;
        if (!went_on && after_a_try) {
            since = i;
            last_round.clear();
        }
        if (round) last_round = h.round;
    }

    std::vector<event> memory(2 * tried.size() + 4);
    event_buffer events(memory.data(), memory.size());
    const auto read = parse_credentials(field::authorization, tried, events);
    std::optional<std::string> of_realm;
    if (read && read->param("realm")) of_realm = octets_of(read->param("realm")->value);

    const auto answers = [&] {
        return count(advice::first, 0) + count(advice::changed, 0) + count(advice::new_token, 0) + 1;
    };
    const auto renewals = [&] { return count(advice::renewed, since) + count(advice::new_token, since); };
    const auto decide = [&]() -> advice {
        if (!anything_tried) return answers() > limits_.tries ? advice::too_often : advice::first;
        const std::string scheme = lower(tried.substr(0, tried.find(' ')));
        std::vector<std::string> rounds;
        for (const plain_challenge& c : now.offered) {
            if (c.scheme != scheme) continue;
            const bool same_realm = !of_realm || !c.realm || *of_realm == *c.realm;
            if (c.round.empty() && c.stale && same_realm && renewals() < limits_.renewals) return advice::renewed;
            if (c.round.empty() && c.token_refused && renewals() < limits_.renewals) {
                return answers() > limits_.tries ? advice::too_often : advice::new_token;
            }
            if (c.round.empty()) continue;
            const std::string round = scheme + " " + std::to_string(c.round.size()) + ":" + c.round;
            if (round != last_round) rounds.push_back(round);
        }
        if (!rounds.empty()) {
            // Any of several would do; the library takes the least by size and text.
            now.round = *std::min_element(rounds.begin(), rounds.end());
            return count(advice::next_round, since) + 1 > limits_.rounds ? advice::too_often : advice::next_round;
        }
        if (before != nullptr && same_set(before->offered, now.offered)) return advice::same;
        if (last != nullptr && same_set(last->offered, now.offered)) return advice::same;
        if (answers() > limits_.tries) return advice::too_often;
        return before == nullptr ? advice::first : advice::changed;
    };
    now.given = decide();
    log_.push_back(now);
    return now.given;
}

}  // namespace authgrammar::fuzz
