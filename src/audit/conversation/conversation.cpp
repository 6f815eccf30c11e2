#include <authgrammar/audit/conversation.hpp>

#include <authgrammar/policy/shared_cache.hpp>
#include <authgrammar/schemes/list.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include "common/field_text.hpp"
#include "conversation/client_uri.hpp"
#include "conversation/digest_memory.hpp"
#include "conversation/sent_credentials.hpp"
#include "conversation/tunnel.hpp"
#include "values/authority.hpp"
#include "values/value_of.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace authgrammar::audit {

namespace {

/// The server that a request is for.
struct server {
    policy::target_uri uri;
    bool scheme_known;  ///< if not, the URI has http in its place

    [[nodiscard]] std::string_view authority() const noexcept {
        return std::string_view(uri.root).substr(uri.secured ? 8 : 7);
    }
    /// By what its state is found: the root, or the authority if there is no telling the scheme.
    [[nodiscard]] std::string key() const { return scheme_known ? uri.root : "//" + std::string(authority()); }
};

/// Whether a redirect from one to the other leads to another server: by the root, or, where a scheme is not known, by the
/// authority.
bool is_other(const server& from, const server& to) noexcept {
    if (from.scheme_known && to.scheme_known) return !keeps_authorization(from.uri, to.uri);
    return from.authority() != to.authority();
}

using detail::lower;
using detail::unescaped;

/// Who asked for what, as far as a comparison goes.
std::string asked_key(std::string_view scheme, const std::optional<std::string>& realm) {
    std::string key = lower(scheme);
    if (realm) key.append(" ").append(*realm);
    return key;
}

/// Credentials, and the target that they were for. No target has a space.
std::string try_key(std::string_view target, std::string_view credentials) {
    return std::string(target).append(" ").append(credentials);
}

/// What one server, or the proxy, has asked for and refused.
struct asker {
    std::unordered_set<std::string> asked;          // challenges, by asked_key()
    std::unordered_set<std::string> schemes;        // of them
    std::unordered_map<std::string, span> refused;  // tries, by try_key()
    std::unordered_set<std::string> realms;
    std::optional<span> first_realm;
    std::unordered_map<std::string, span> accepted;  // credentials, by the target that they were for
    digest_memory digest;
    std::optional<span> proof_offered;  // by the last 401: a challenge for a scheme that sends no password
    std::optional<span> utf8_asked;     // by the last challenge of Basic
    std::optional<span> ntlm_begun;     // by the last response: a challenge of NTLM without a token
};

/// Credentials that a redirect may have carried on, and the server for which they were.
struct carried {
    server from;
    sent_credentials credentials;
};

/// Reads a URI by the letter, or else as clients do.
template <typename Read>
std::optional<policy::target_uri> read_uri(std::string_view uri, Read read) {
    if (auto strict = read(uri)) return strict;
    return read(as_clients_read(uri));
}

std::optional<policy::target_uri> read_absolute(std::string_view uri) {
    return read_uri(uri, [](std::string_view text) { return policy::read_target_uri(text); });
}

/// The place of the request target in its start line.
span target_span(const message& m) { return {m.start_line.offset + m.method.size() + 1, m.target.size()}; }

/// Whether the port is that of https (RFC 9110, 4.2.2). Port 80 says nothing that a host alone does not.
bool is_https_port(std::string_view host) noexcept { return host.size() > 4 && host.substr(host.size() - 4) == ":443"; }

/// Whether field lines are some that requests have, and none that only responses have.
bool looks_requested(const message& m) {
    constexpr std::string_view requested[] = {
        "accept", "accept-encoding", "accept-language",     "authorization", "content-length", "content-type", "cookie",
        "host",   "origin",          "proxy-authorization", "referer",       "user-agent"};
    constexpr std::string_view sent_back[] = {"authentication-info",       "location", "proxy-authenticate",
                                              "proxy-authentication-info", "server",   "set-cookie",
                                              "www-authenticate"};
    const auto has_any = [&m](const auto& names) {
        return std::any_of(m.lines.begin(), m.lines.end(), [&](const field_line& line) {
            return std::any_of(std::begin(names), std::end(names),
                               [&](std::string_view name) { return detail::equal_ignoring_case(line.name, name); });
        });
    };
    return has_any(requested) && !has_any(sent_back);
}

bool is_interim(int status) noexcept { return status < 200 && status != 101; }

bool is_redirect(int status) noexcept { return status >= 300 && status < 400 && status != 304; }

std::optional<remembered_digest> digest_in(const std::vector<field_reading>& fields, field f) {
    const field_reading* const r = reading_of(fields, f);
    return r == nullptr ? std::nullopt : remembered_digest::in(*r);
}

}  // namespace

class conversation::memory {
public:
    explicit memory(known_facts facts) : form_login_(facts.form_login), loopback_counts_(facts.loopback_counts) {
        if (!facts.url) return;
        known_roots_.insert(facts.url->root);
        expected_ = server{std::move(*facts.url), true};
    }

    circumstances next(const message& m, const std::vector<field_reading>& fields) {
        circumstances around;
        around.form_login = form_login_;
        // What may be a body takes no part in the exchange.
        if (m.place != message_place::stream) return around;
        if (m.start == start_kind::none && headed_ && looks_requested(m)) {
            around.head_ended = std::exchange(headed_, std::nullopt);
            return around;
        }
        headed_ = m.start == start_kind::request && m.body_bytes == 0 ? std::optional(m.start_line) : std::nullopt;
        const bool request =
            m.start == start_kind::request ||
            (m.start == start_kind::none && (reading_of(fields, field::authorization) != nullptr ||
                                             reading_of(fields, field::proxy_authorization) != nullptr));
        if (request) {
            take_request(m, fields, around);
        } else if (m.status && !is_interim(*m.status)) {
            take_response(m, *m.status, fields, around);
        }
        return around;
    }

private:
    struct open_request {
        const message* source;
        std::optional<server> to;
        std::optional<sent_credentials> credentials;
        std::optional<sent_credentials> proxy_credentials;
        std::optional<remembered_digest> digest;
        std::optional<remembered_digest> proxy_digest;
        std::optional<span> malformed;
        bool in_tunnel = false;

        [[nodiscard]] std::optional<proxy_line> proxy_line_sent() const {
            if (!proxy_credentials) return std::nullopt;
            return proxy_line{proxy_credentials->value, proxy_credentials->at};
        }
    };

    void take_request(const message& m, const std::vector<field_reading>& fields, circumstances& around) {
        open_request r{&m,
                       server_of(m, around),
                       credentials_in(field::authorization, fields),
                       credentials_in(field::proxy_authorization, fields),
                       digest_in(fields, field::authorization),
                       digest_in(fields, field::proxy_authorization),
                       malformed_in(fields)};
        if (r.to) around.server = r.to->key();
        r.in_tunnel = around.in_tunnel = tunnel_.take_request(m, r.proxy_line_sent(), around.leaked);
        take_security(r, around);
        if (r.credentials) {
            if (r.to) {
                around.sent_again = refused_before(servers_[r.to->key()], *r.credentials, m);
                around.carried_over = carried_to(*r.to, *r.credentials);
                take_choice(servers_[r.to->key()], *r.credentials, around);
            }
        }
        if (r.to && r.digest) servers_[r.to->key()].digest.take_request(*r.digest, around.digest);
        if (r.proxy_digest) proxy_.digest.take_request(*r.proxy_digest, around.digest);
        if (!around.sent_again && r.proxy_credentials) {
            around.sent_again = refused_before(proxy_, *r.proxy_credentials, m);
        }
        open_ = std::move(r);
    }

    void take_response(const message& m, int status, const std::vector<field_reading>& fields, circumstances& around) {
        open_request r{};
        if (open_) r = *std::exchange(open_, std::nullopt);
        if (r.source == nullptr) r.to = expected_;
        around.request = r.source;
        if (r.to) around.server = r.to->key();
        around.tried = tried(r.credentials);
        around.proxy_tried = tried(r.proxy_credentials);
        around.in_tunnel = r.in_tunnel;
        take_security(r, around);
        if (r.source != nullptr) tunnel_.take_response(m, *r.source, r.in_tunnel, r.proxy_line_sent());
        for (const field_reading& f : fields) {
            if (f.name() == field::www_authenticate && r.to) {
                asker& by = servers_[r.to->key()];
                if (status == 401) take_challenges(f, r.credentials, r.source, by, around);
                take_realms(f, by, around);
            } else if (f.name() == field::proxy_authenticate && status == 407) {
                take_challenges(f, r.proxy_credentials, r.source, proxy_, around);
            }
        }
        around.malformed = r.malformed;
        if (r.to) take_answer(servers_[r.to->key()], field::www_authenticate, status, fields, r.digest, around);
        take_answer(proxy_, field::proxy_authenticate, status, fields, r.proxy_digest, around);
        if (r.source != nullptr) take_acceptance(m, status, fields, r, around);
        if (status < 400) take_back(r);
        if (r.to && is_redirect(status)) take_redirect(m, *r.to, r.credentials, around);
    }

    /// What of the challenges before a client chose.
    static void take_choice(asker& by, const sent_credentials& sent, circumstances& around) {
        if (exposes(sent.scheme, schemes::exposure::password) && by.proof_offered) {
            around.weaker_scheme = linked_places{sent.about, sent.at, *std::exchange(by.proof_offered, std::nullopt)};
        }
        if (sent.scheme == "basic") around.utf8_asked = by.utf8_asked;
        if (by.ntlm_begun && sent.is_last_leg_of_ntlm()) {
            around.leg_unasked = linked_places{sent.about, sent.at, *by.ntlm_begun};
        }
    }

    /// What one side says in a response, and whom it accepts.
    static void take_answer(asker& by, field asks, int status, const std::vector<field_reading>& fields,
                            const std::optional<remembered_digest>& sent, circumstances& around) {
        const bool server = asks == field::www_authenticate;
        const field_reading* const r = status == (server ? 401 : 407) ? reading_of(fields, asks) : nullptr;
        by.ntlm_begun.reset();
        if (r != nullptr) {
            by.proof_offered.reset();
            for (const challenge& c : r->parts()) {
                const std::string scheme = unescaped(c.scheme());
                const text name = c.scheme();
                const span at = r->source(name.begin(), name.end());
                if (exposes(scheme, schemes::exposure::proof) && !by.proof_offered) by.proof_offered = at;
                if (c.has_scheme("NTLM") && !c.token68()) by.ntlm_begun = at;
                if (!c.has_scheme("Basic")) continue;
                const auto charset = c.param("charset");
                by.utf8_asked =
                    charset && charset->value.equals_ignoring_case("UTF-8") ? std::optional(at) : std::nullopt;
            }
            by.digest.take_challenges(*r, sent, around.digest);
        } else {
            by.digest.take_other_response();
        }
        if (!sent) return;
        const field_reading* const info =
            reading_of(fields, server ? field::authentication_info : field::proxy_authentication_info);
        if (info != nullptr) by.digest.take_info(*info, *sent, around.digest);
        // A proxy lets a response of the server pass, whatever it is.
        if (status < 400 || (!server && status != 407)) by.digest.take_success(*sent);
    }

    /// What was accepted, of the server and the proxy, and what follows from it later.
    void take_acceptance(const message& m, int status, const std::vector<field_reading>& fields, const open_request& r,
                         circumstances& around) {
        if (r.to) {
            asker& by = servers_[r.to->key()];
            const auto before = by.accepted.find(r.source->target);
            if (r.credentials && status < 400) {
                by.accepted.insert_or_assign(r.source->target, r.credentials->at);
            } else if (!r.credentials && before != by.accepted.end()) {
                around.accepted_before = before->second;
            }
            if (status == 401 && m.start == start_kind::response) take_domains(fields, *r.to, around);
        }
        if (r.proxy_credentials && status != 407 && !r.in_tunnel) {
            proxy_accepted_ = r.proxy_credentials->at;
        } else if (!r.proxy_credentials && status == 407 && proxy_accepted_ && is_for_proxy(*r.source)) {
            around.credentials_left_out = linked_places{field::proxy_authenticate, m.start_line, *proxy_accepted_};
        }
        if (!r.credentials) return;
        std::vector<std::string_view> cache_control;
        for (const field_line& line : m.lines) {
            if (detail::equal_ignoring_case(line.name, "cache-control")) cache_control.push_back(line.value.text());
        }
        const policy::shared_reuse_answer reuse =
            policy::shared_cache_reuse(true, cache_control.data(), cache_control.size());
        if (reuse.reuse == policy::shared_reuse::allowed) around.shared_cache = reuse.directive;
    }

    /// Digest's domain may name URIs of other servers (RFC 7616, 3.3).
    static void take_domains(const std::vector<field_reading>& fields, const server& from, circumstances& around) {
        const field_reading* const r = reading_of(fields, field::www_authenticate);
        if (r == nullptr) return;
        for (const challenge& c : r->parts()) {
            const auto domain = c.has_scheme("Digest") ? c.param("domain") : std::nullopt;
            if (!domain) continue;
            bool elsewhere = false;
            schemes::for_each_word(domain->value, [&](const text& word) {
                const auto uri = policy::read_target_uri(unescaped(word));
                elsewhere = uri && is_other(from, server{*uri, true});
                return !elsewhere;
            });
            const span at = r->source(domain->value.begin(), domain->value.end());
            if (elsewhere) around.domains_elsewhere.push_back({r->name(), at, at});
        }
    }

    void take_security(const open_request& r, circumstances& around) const {
        const bool to_loopback = r.source != nullptr && r.source->loopback && !loopback_counts_;
        const bool by_proxy = r.in_tunnel || (r.source != nullptr && is_for_proxy(*r.source));
        if (r.to && r.to->scheme_known && (by_proxy || !to_loopback) &&
            (loopback_counts_ || !is_loopback(r.to->authority()))) {
            around.server_secured = r.to->uri.secured;
        }
        if (r.source != nullptr && !to_loopback) around.proxy_secured = r.source->secured;
    }

    /// A scheme alone may be a token whose scheme is missing.
    static std::optional<tried_scheme> tried(const std::optional<sent_credentials>& sent) {
        if (!sent || sent->value.find(' ') == std::string_view::npos) return std::nullopt;
        return tried_scheme{sent->scheme, sent->at};
    }

    /// What was refused and is accepted now may be sent again.
    void take_back(const open_request& r) {
        const auto forget = [&r](asker& by, const std::optional<sent_credentials>& sent) {
            if (sent) by.refused.erase(try_key(r.source->target, sent->value));
        };
        if (r.to) forget(servers_[r.to->key()], r.credentials);
        forget(proxy_, r.proxy_credentials);
    }

    // decides: R7235-3.1-401-refused, R7235-3.1-same-challenge
    static void take_challenges(const field_reading& f, const std::optional<sent_credentials>& sent,
                                const message* request, asker& by, circumstances& around) {
        std::vector<std::pair<std::string, std::string>> now;
        for (const challenge& c : f.parts()) {
            const std::string scheme = lower(unescaped(c.scheme()));
            const std::optional<std::string> realm = param_of(c, "realm");
            std::string key = asked_key(scheme, realm);
            if (sent && sent->scheme == scheme && !around.refusal && !goes_on(c)) {
                const bool before = by.asked.count(key) != 0;
                const bool first = by.schemes.count(scheme) == 0 && (!sent->realm || sent->realm == realm);
                if (before || first) {
                    const text name = c.scheme();
                    around.refusal = linked_places{f.name(), f.source(name.begin(), name.end()), sent->at};
                    around.refused_by_same = before;
                    by.refused.emplace(try_key(request->target, sent->value), sent->at);
                }
            }
            now.emplace_back(std::move(key), scheme);
        }
        for (auto& [key, scheme] : now) {
            by.asked.insert(std::move(key));
            by.schemes.insert(std::move(scheme));
        }
    }

    /// A further round of the scheme, or a nonce that was too old: no refusal.
    static bool goes_on(const challenge& c) {
        if (c.token68()) return true;
        const std::string scheme = unescaped(c.scheme());
        const auto params = c.params();
        const auto stale = std::find_if(params.begin(), params.end(), [&](const auth_param& p) {
            return schemes::says_nonce_is_stale(scheme, unescaped(p.name));
        });
        return stale != params.end() && (*stale).value.equals_ignoring_case("true");
    }

    // decides: R7235-6.3-shared-root
    static void take_realms(const field_reading& f, asker& by, circumstances& around) {
        std::vector<std::pair<std::string, span>> now;
        for (const challenge& c : f.parts()) {
            const auto realm = c.param("realm");
            if (!realm) continue;
            const span at = f.source(realm->value.begin(), realm->value.end());
            std::string value = unescaped(realm->value);
            if (by.first_realm && by.realms.count(value) == 0) {
                around.other_realms.push_back({f.name(), at, *by.first_realm});
            }
            now.emplace_back(std::move(value), at);
        }
        for (auto& [value, at] : now) {
            if (!by.first_realm) by.first_realm = at;
            by.realms.insert(std::move(value));
        }
    }

    void take_redirect(const message& m, const server& from, const std::optional<sent_credentials>& sent,
                       circumstances& around) {
        const field_line* const line = line_of(m, "location");
        if (line == nullptr) return;
        const std::string_view location = line->value.text();
        std::optional<policy::target_uri> to =
            read_uri(location, [&from](std::string_view text) { return policy::resolve(from.uri, text); });
        if (!to) {
            if (!has_other_scheme(location)) {
                around.unread_uri = span_between(line->value.source_of(0), line->value.source_of(location.size()));
            }
            return;
        }
        const bool absolute = read_absolute(location).has_value();
        server target{std::move(*to), absolute || from.scheme_known};
        if (target.scheme_known) known_roots_.insert(target.uri.root);
        const std::string key = target.key();
        const auto earlier = carried_.find(from.key());
        if (sent) {
            carried_.insert_or_assign(key, carried{from, *sent});
        } else if (earlier != carried_.end()) {
            carried_.insert_or_assign(key, carried(earlier->second));
        }
        expected_ = std::move(target);
    }

    static std::optional<linked_places> refused_before(const asker& by, const sent_credentials& sent,
                                                       const message& m) {
        const auto found = by.refused.find(try_key(m.target, sent.value));
        if (found == by.refused.end()) return std::nullopt;
        return linked_places{sent.about, sent.at, found->second};
    }

    // decides: R7235-2.2-server-bound
    std::optional<linked_places> carried_to(const server& to, const sent_credentials& sent) const {
        const auto found = carried_.find(to.key());
        if (found == carried_.end()) return std::nullopt;
        const carried& c = found->second;
        if (!is_other(c.from, to) || !sent.same_user(c.credentials)) return std::nullopt;
        return linked_places{sent.about, sent.at, c.credentials.at};
    }

    std::optional<server> server_of(const message& m, circumstances& around) {
        if (m.start == start_kind::none) return expected_;
        if (m.method == "CONNECT") return std::nullopt;
        if (auto absolute = read_absolute(m.target)) {
            known_roots_.insert(absolute->root);
            return server{std::move(*absolute), true};
        }
        const std::optional<std::string_view> host = value_of(m, "host");
        if (!host) return expected_;
        const auto effective = [&](bool with_tls) {
            return read_uri(m.target, [&](std::string_view target) {
                return policy::effective_request_uri(m.method, target, *host, with_tls);
            });
        };
        auto plain = effective(false);
        auto secured = effective(true);
        if (!plain) {
            if (!host->empty() && !has_other_scheme(m.target)) around.unread_uri = target_span(m);
            return std::nullopt;
        }
        const bool may_be_plain = known_roots_.count(plain->root) != 0;
        const bool may_be_secured = known_roots_.count(secured->root) != 0;
        if (expected_ && expected_->scheme_known) {
            if (expected_->uri.root == plain->root) return server{std::move(*plain), true};
            if (expected_->uri.root == secured->root) return server{std::move(*secured), true};
        }
        if (may_be_plain != may_be_secured) {
            return may_be_plain ? server{std::move(*plain), true} : server{std::move(*secured), true};
        }
        if (m.secured) return *m.secured ? server{std::move(*secured), true} : server{std::move(*plain), true};
        if (is_https_port(*host)) {
            known_roots_.insert(secured->root);
            return server{std::move(*secured), true};
        }
        return server{std::move(*plain), false};
    }

    bool form_login_;
    bool loopback_counts_;
    std::optional<span> headed_;  // the start line of the message before, if that is a request without a body
    tunnel tunnel_;
    std::optional<server> expected_;  // where the next request goes, if nothing in it says
    std::unordered_set<std::string> known_roots_;
    std::unordered_map<std::string, asker> servers_;
    std::unordered_map<std::string, carried> carried_;  // by the server to which the redirect led
    asker proxy_;
    std::optional<span> proxy_accepted_;  // credentials that the proxy took last
    std::optional<open_request> open_;
};

conversation::conversation(known_facts facts) : memory_(std::make_unique<memory>(std::move(facts))) {}
conversation::~conversation() = default;

circumstances conversation::next(const message& m, const std::vector<field_reading>& fields) {
    return memory_->next(m, fields);
}

}  // namespace authgrammar::audit
