#include "conversation.hpp"

#include "challenge.hpp"
#include "stale.hpp"
#include "text.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

namespace authgrammar::fuzz {

namespace {

using audit::message;
using audit::start_kind;

struct tried {
    std::string scheme;
    std::string value;
    std::optional<std::string> realm;
    audit::span at;
};

struct refused_try {
    std::string value;
    std::string target;
    audit::span at;
};

/// A server, or the proxy.
struct asker {
    std::vector<std::pair<std::string, std::optional<std::string>>> asked;  // scheme and realm
    std::vector<refused_try> refused;
    std::vector<std::pair<std::string, audit::span>> realms;
};

struct request {
    const message* source = nullptr;
    bool has_server = false;
    std::optional<tried> credentials;
    std::optional<tried> proxy_credentials;
};

std::vector<std::string_view> values_of(const message& m, std::string_view name) {
    std::vector<std::string_view> values;
    for (const audit::field_line& line : m.lines) {
        if (lower(line.name) == name) values.push_back(line.value.text());
    }
    return values;
}

const audit::field_reading* reading_of(const read_message& m, field f) {
    for (const audit::field_reading& r : *m.fields) {
        if (r.name() == f) return &r;
    }
    return nullptr;
}

std::optional<std::string> realm_of(const challenge& c) {
    if (const auto param = c.param("realm")) return octets_of(param->value);
    return std::nullopt;
}

/// The credentials of a field, if it is in the grammar, and on one line.
std::optional<tried> tried_in(const read_message& m, field f) {
    const audit::field_reading* r = reading_of(m, f);
    if (r == nullptr || r->lines().size() != 1) return std::nullopt;
    for (const challenge& c : r->parts()) {
        const audit::field_line& line = *r->lines()[0];
        return tried{lower(octets_of(c.scheme())), std::string(line.value.text()), realm_of(c), line.name_at};
    }
    return std::nullopt;
}

bool is_request(const read_message& m) {
    if (m.source->start != start_kind::none) return m.source->start == start_kind::request;
    return reading_of(m, field::authorization) != nullptr || reading_of(m, field::proxy_authorization) != nullptr;
}

bool is_final_response(const message& m) { return m.status && (*m.status >= 200 || *m.status == 101); }

std::optional<audit::linked_places> repeated(const asker& by, field f, const std::optional<tried>& t,
                                             const message& m) {
    for (const refused_try& r : by.refused) {
        if (t && r.value == t->value && r.target == m.target) return audit::linked_places{f, t->at, r.at};
    }
    return std::nullopt;
}

void forget(asker& by, const std::optional<tried>& t, std::string_view target) {
    if (!t) return;
    const auto gone = [&](const refused_try& r) { return r.value == t->value && r.target == target; };
    by.refused.erase(std::remove_if(by.refused.begin(), by.refused.end(), gone), by.refused.end());
}

/// A response that asks: says in `around` whether it refuses what was tried, and keeps what it asks for from now on.
void ask(asker& by, const audit::field_reading& r, const std::optional<tried>& t, const message* answered,
         audit::circumstances& around) {
    const auto known = by.asked;
    for (const challenge& c : r.parts()) {
        const std::string scheme = lower(octets_of(c.scheme()));
        const std::optional<std::string> realm = realm_of(c);
        by.asked.emplace_back(scheme, realm);
        const auto stale = c.param("stale");
        const bool renews = stale && may_be_stale(scheme) && lower(octets_of(stale->value)) == "true";
        const bool goes_on = c.token68() || renews;
        if (!t || t->scheme != scheme || goes_on || around.refusal) continue;
        const bool same = std::find(known.begin(), known.end(), std::pair(scheme, realm)) != known.end();
        const bool other = std::any_of(known.begin(), known.end(), [&](const auto& k) { return k.first == scheme; });
        if (!same && (other || (t->realm && t->realm != realm))) continue;
        const text name = c.scheme();
        around.refusal = audit::linked_places{r.name(), r.source(name.begin(), name.end()), t->at};
        around.refused_by_same = same;
        by.refused.push_back({t->value, std::string(answered->target), t->at});
    }
}

std::vector<audit::linked_places> other_realms(asker& by, const audit::field_reading& r) {
    std::vector<audit::linked_places> others;
    const auto known = by.realms;
    for (const challenge& c : r.parts()) {
        const auto realm = c.param("realm");
        if (!realm) continue;
        const std::string value = octets_of(realm->value);
        const audit::span at = r.source(realm->value.begin(), realm->value.end());
        by.realms.emplace_back(value, at);
        const bool same = std::any_of(known.begin(), known.end(), [&](const auto& k) { return k.first == value; });
        if (!known.empty() && !same) others.push_back({r.name(), at, known[0].second});
    }
    return others;
}

}  // namespace

bool is_with_one_server(const std::vector<read_message>& messages) {
    std::optional<std::string> host;
    for (const read_message& m : messages) {
        if (m.source->place != audit::message_place::stream) continue;
        if (m.source->secured || !values_of(*m.source, "location").empty()) return false;
        if (m.source->start != start_kind::request) continue;
        const std::vector<std::string_view> hosts = values_of(*m.source, "host");
        if (m.source->method == "CONNECT" || m.source->target.substr(0, 1) != "/" || hosts.size() != 1) return false;
        // A name and nothing else, so that there is no other way to write it.
        if (hosts[0].empty() || hosts[0].find_first_not_of("abcdefghijklmnopqrstuvwxyz") != std::string_view::npos)
            return false;
        if (m.source->target.find_first_not_of("/abcdefghijklmnopqrstuvwxyz") != std::string::npos) return false;
        if (host && *host != hosts[0]) return false;
        host = std::string(hosts[0]);
    }
    return true;
}

audit::circumstances expect_circumstances(const std::vector<read_message>& messages) {
    asker server;
    asker proxy;
    request open;
    audit::circumstances last;
    for (const read_message& m : messages) {
        last = {};
        if (m.source->place != audit::message_place::stream) continue;
        if (is_request(m)) {
            open = {m.source, m.source->start == start_kind::request, tried_in(m, field::authorization),
                    tried_in(m, field::proxy_authorization)};
            if (open.has_server) last.sent_again = repeated(server, field::authorization, open.credentials, *m.source);
            if (!last.sent_again) {
                last.sent_again = repeated(proxy, field::proxy_authorization, open.proxy_credentials, *m.source);
            }
        } else if (is_final_response(*m.source)) {
            const request answered = open;
            open = {};
            const audit::field_reading* origin = reading_of(m, field::www_authenticate);
            const audit::field_reading* hop = reading_of(m, field::proxy_authenticate);
            if (origin != nullptr && answered.has_server) {
                if (m.source->status == 401) ask(server, *origin, answered.credentials, answered.source, last);
                last.other_realms = other_realms(server, *origin);
            }
            if (hop != nullptr && m.source->status == 407) {
                ask(proxy, *hop, answered.proxy_credentials, answered.source, last);
            }
            if (m.source->status && *m.source->status < 400 && answered.source != nullptr) {
                if (answered.has_server) forget(server, answered.credentials, answered.source->target);
                forget(proxy, answered.proxy_credentials, answered.source->target);
            }
        }
    }
    return last;
}

}  // namespace authgrammar::fuzz
