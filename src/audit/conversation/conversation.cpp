#include <authgrammar/audit/conversation.hpp>

#include <authgrammar/policy/protection_space.hpp>
#include <authgrammar/policy/shared_cache.hpp>
#include <authgrammar/schemes/list.hpp>

#include "common/field_text.hpp"
#include "conversation/asker.hpp"
#include "conversation/part_values.hpp"
#include "conversation/request_facts.hpp"
#include "conversation/sent_credentials.hpp"
#include "conversation/server.hpp"
#include "conversation/tunnel.hpp"
#include "values/authority.hpp"
#include "values/line_name.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <utility>

namespace authgrammar::audit {

namespace {

/// Credentials that a redirect may have carried on, and the server for which they were.
struct carried {
    server_identity from;
    sent_credentials credentials;
};

/// A request that waits for its response, and how it was understood. The strings of `facts` are used again.
struct open_request {
    request_facts facts;
    fingerprint target;
    fingerprint resource;  ///< the target at the server, if `to` is known
    std::optional<named_server> to;
    std::optional<sent_credentials> credentials;
    std::optional<sent_credentials> proxy_credentials;
    std::optional<remembered_digest> digest;
    std::optional<remembered_digest> proxy_digest;
    std::optional<span> malformed;
    bool in_tunnel = false;
    bool open = false;  ///< if not, the rest is of no request
};

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

/// The challenges of the field that was read last. Its memory is used again, unless it is much.
class challenge_list {
public:
    [[nodiscard]] const std::vector<part_values>& read(const field_reading* r) {
        constexpr std::size_t most_kept = 64;
        if (all_.capacity() > most_kept) all_ = {};
        read_parts(r, all_);
        return all_;
    }

private:
    std::vector<part_values> all_;
};

struct nothing {};

bool is_interim(int status) noexcept { return status < 200 && status != 101; }

bool is_redirect(int status) noexcept { return status >= 300 && status < 400 && status != 304; }

std::optional<proxy_line> proxy_line_of(const open_request& r) {
    if (!r.proxy_credentials) return std::nullopt;
    return proxy_line{r.proxy_credentials->value, r.proxy_credentials->at};
}

/// A scheme alone may be a token whose scheme is missing.
std::optional<tried_scheme> tried(const std::optional<sent_credentials>& sent) {
    if (!sent || sent->scheme_alone) return std::nullopt;
    return tried_scheme{sent->known, sent->scheme(), sent->at};
}

/// The domain of a challenge of Digest; null if there is none.
const event* domain_of(const part_values& c) noexcept {
    return c.has_scheme("Digest") ? c[digest_name::domain] : nullptr;
}

/// Digest's domain may name URIs of other servers (RFC 7616, 3.3).
void take_domains(const std::vector<part_values>& challenges, const server& from, circumstances& around) {
    for (const part_values& c : challenges) {
        const event* const domain = domain_of(c);
        if (domain == nullptr) continue;
        bool elsewhere = false;
        schemes::for_each_word(c.text_of(*domain), [&](const text& word) {
            const auto uri = policy::read_target_uri(detail::unescaped(word));
            elsewhere = uri && is_other(server_identity(from), server_identity(server{uri->root, uri->secured, true}));
            return !elsewhere;
        });
        const span at = c.at(*domain);
        if (elsewhere) around.domains_elsewhere.push_back({c.in().name(), at, at});
    }
}

/// By what it is found that credentials of one server hold at another: by the roots, or, where a scheme is not known, by the
/// authorities.
fingerprint extension(const server_identity& from, const server_identity& to) noexcept {
    const bool by_root = from.scheme_known && to.scheme_known;
    return by_root ? joined(from.root, to.root) : joined(from.authority, to.authority);
}

/// What lets a shared cache use the answer to a request with Authorization for others.
std::string_view reuse_by_caches(const named_lines& lines) {
    std::vector<std::string_view> cache_control;
    lines.for_each(line_name::cache_control,
                   [&](const field_line& line) { cache_control.push_back(line.value.text()); });
    if (cache_control.empty()) return {};
    const policy::shared_reuse_answer reuse =
        policy::shared_cache_reuse(true, cache_control.data(), cache_control.size());
    return reuse.reuse == policy::shared_reuse::allowed ? reuse.directive : std::string_view();
}

}  // namespace

class conversation::memory {
public:
    explicit memory(known_facts facts)
        : form_login_(facts.form_login), loopback_counts_(facts.loopback_counts), finder_(std::move(facts.url)) {}

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
    void take_request(const message& m, const std::vector<field_reading>& fields, circumstances& around) {
        const named_lines lines(m);
        open_request& r = last_;
        r.open = true;
        r.target = fingerprint_of(m.target);
        finder_.of_request(m, lines, r.to, around);
        if (r.to) askers_.expect_server(r.to->name);
        const field_reading* const for_server = reading_of(fields, field::authorization);
        const field_reading* const for_proxy = reading_of(fields, field::proxy_authorization);
        read_credentials(for_server, r.credentials, r.digest);
        read_credentials(for_proxy, r.proxy_credentials, r.proxy_digest);
        if (r.to) {
            r.resource = joined(r.to->name, r.target);
            askers_.expect_resource(r.to->name, r.resource);
            expect(r.credentials, r.digest, r.to->name, r.resource);
        }
        expect(r.proxy_credentials, r.proxy_digest, askers_.proxy().name, joined(askers_.proxy().name, r.target));
        take_facts(m, lines, fields, r.facts);
        r.malformed = malformed_in(for_server);
        r.in_tunnel = around.in_tunnel = tunnel_.take_request(m, lines, proxy_line_of(r), around.leaked);
        take_security(r, around);
        if (r.to) take_credentials(r, around);
        if (r.proxy_digest) askers_.digest().take_request(askers_.proxy().digest, *r.proxy_digest, around.digest);
        if (!around.sent_again && r.proxy_credentials) {
            around.sent_again = sent_again(*r.proxy_credentials);
        }
    }

    /// Says what credentials are sent to: a `resource` of the `party` of that name.
    void expect(std::optional<sent_credentials>& sent, std::optional<remembered_digest>& digest,
                const fingerprint& party, const fingerprint& resource) {
        if (sent) {
            sent->attempt = joined(resource, sent->value);
            askers_.expect(*sent);
        }
        if (digest) askers_.digest().expect(party, *digest);
    }

    /// What a request sends to its server.
    void take_credentials(const open_request& r, circumstances& around) {
        around.server = r.to->is.key();
        asker& by = askers_.server(r.to->name);
        if (r.credentials) {
            around.sent_again = sent_again(*r.credentials);
            around.carried_over = carried_to(by, r.to->is, *r.credentials);
            asker_memory::take_choice(by, *r.credentials, around);
        }
        if (r.digest) askers_.digest().take_request(by.digest, *r.digest, around.digest);
    }

    void take_response(const message& m, int status, const std::vector<field_reading>& fields, circumstances& around) {
        const named_lines lines(m);
        if (!last_.open) {
            last_ = open_request{};
            last_.to = finder_.expected();
        }
        open_request& r = last_;
        around.request = std::exchange(r.open, false) ? &r.facts : nullptr;
        around.tried = tried(r.credentials);
        around.proxy_tried = tried(r.proxy_credentials);
        around.in_tunnel = r.in_tunnel;
        around.malformed = r.malformed;
        take_security(r, around);
        if (around.request != nullptr) tunnel_.take_response(m, r.facts, r.in_tunnel, proxy_line_of(r));
        if (r.to) take_answer_of_server(m, status, fields, around);
        take_answer_of_proxy(m, status, fields, around);
        if (around.request != nullptr && r.credentials) around.shared_cache = reuse_by_caches(lines);
        const field_line* const location = is_redirect(status) ? lines.first(line_name::location) : nullptr;
        if (r.to && location != nullptr) take_redirect(*location, around);
    }

    /// What the server says, and whom it accepts.
    void take_answer_of_server(const message& m, int status, const std::vector<field_reading>& fields,
                               circumstances& around) {
        const open_request& r = last_;
        around.server = r.to->is.key();
        asker& by = askers_.server(r.to->name);
        const std::vector<part_values>& asked = challenges_.read(reading_of(fields, field::www_authenticate));
        if (!asked.empty()) {
            if (status == 401) askers_.take_challenges(by, asked, r.credentials, around);
            asker_memory::take_realms(by, asked, around);
        }
        askers_.take_answer(by, field::www_authenticate, status, asked, fields, r.digest, around);
        if (around.request == nullptr) return;
        if (r.credentials && status < 400) {
            askers_.accept(r.resource, r.credentials->at);
            askers_.take_back(*r.credentials);
        } else if (const span* before = r.credentials ? nullptr : askers_.accepted(r.resource)) {
            around.accepted_before = *before;
        }
        if (status == 401 && m.start == start_kind::response) take_domains(asked, r.to->is, around);
        if (!around.domains_elsewhere.empty()) extend(asked, r.to->is);
    }

    /// Digest credentials hold where domain says, though Location leads there (RFC 7616, 3.3).
    void extend(const std::vector<part_values>& challenges, const server& from) {
        const std::optional<policy::target_uri> target = policy::read_target_uri(from.root);
        if (!target) return;
        for (const part_values& c : challenges) {
            const event* const domain = domain_of(c);
            if (domain == nullptr) continue;
            for (const policy::scope& s : policy::domain_scopes(*target, detail::unescaped(c.text_of(*domain)))) {
                const bool secured = s.root.rfind("https://", 0) == 0;
                for (const bool scheme_known : {true, false}) {
                    const server_identity to(server{s.root, secured, scheme_known});
                    extended_.take(extension(server_identity(from), to));
                }
            }
        }
    }

    /// The same of the proxy, if there is one.
    void take_answer_of_proxy(const message& m, int status, const std::vector<field_reading>& fields,
                              circumstances& around) {
        const open_request& r = last_;
        asker& by = askers_.proxy();
        const field_reading* const asks = status == 407 ? reading_of(fields, field::proxy_authenticate) : nullptr;
        const std::vector<part_values>& asked = challenges_.read(asks);
        if (!asked.empty()) askers_.take_challenges(by, asked, r.proxy_credentials, around);
        askers_.take_answer(by, field::proxy_authenticate, status, asked, fields, r.proxy_digest, around);
        if (around.request == nullptr) return;
        if (r.proxy_credentials && status < 400) askers_.take_back(*r.proxy_credentials);
        if (r.proxy_credentials && status != 407 && !r.in_tunnel) {
            proxy_accepted_ = r.proxy_credentials->at;
        } else if (!r.proxy_credentials && status == 407 && proxy_accepted_ &&
                   is_for_proxy(r.facts.method, r.facts.target)) {
            around.credentials_left_out = linked_places{field::proxy_authenticate, m.start_line, *proxy_accepted_};
        }
    }

    void take_security(const open_request& r, circumstances& around) const {
        const bool to_loopback = r.facts.loopback && !loopback_counts_;
        const bool by_proxy = r.in_tunnel || is_for_proxy(r.facts.method, r.facts.target);
        if (r.to && r.to->is.scheme_known && (by_proxy || !to_loopback) &&
            (loopback_counts_ || !is_loopback(r.to->is.authority()))) {
            around.server_secured = r.to->is.secured;
        }
        if (!to_loopback) around.proxy_secured = r.facts.secured;
    }

    void take_redirect(const field_line& location, circumstances& around) {
        const open_request& r = last_;
        const request_facts* const request = around.request;
        const std::optional<named_server> to = finder_.take_redirect(r.to->is, request, location, around);
        if (!to) return;
        const carried* const earlier = carried_.find(r.to->name);
        if (!r.credentials && earlier == nullptr) return;
        carried kept = r.credentials ? carried{server_identity(r.to->is), *r.credentials} : *earlier;
        carried_.take(to->name).first = std::move(kept);
    }

    [[nodiscard]] std::optional<linked_places> sent_again(const sent_credentials& sent) const {
        const std::optional<span> before = askers_.refused(sent);
        return before ? std::optional(linked_places{sent.about, sent.at, *before}) : std::nullopt;
    }

    // decides: R7235-2.2-server-bound
    [[nodiscard]] std::optional<linked_places> carried_to(const asker& by, const server& to,
                                                          const sent_credentials& sent) const {
        const carried* const c = carried_.find(by.name);
        if (c == nullptr || !is_other(c->from, server_identity(to)) || !sent.same_user(c->credentials)) {
            return std::nullopt;
        }
        const bool may_extend =
            c->credentials.has_scheme("Digest") &&
            (extended_.has_forgotten() || extended_.find(extension(c->from, server_identity(to))) != nullptr);
        if (may_extend) return std::nullopt;
        return linked_places{sent.about, sent.at, c->credentials.at};
    }

    bool form_login_;
    bool loopback_counts_;
    std::optional<span> headed_;  // the start line of the message before, if that is a request without a body
    tunnel tunnel_;
    server_finder finder_;
    asker_memory askers_;
    challenge_list challenges_;
    forgetful_map<carried> carried_{limits::redirects};    // by the server to which the redirect led
    forgetful_map<nothing> extended_{limits::extensions};  // servers, by one that names them in a domain
    std::optional<span> proxy_accepted_;                   // credentials that the proxy took last
    open_request last_;
};

conversation::conversation(known_facts facts) : memory_(std::make_unique<memory>(std::move(facts))) {}
conversation::~conversation() = default;

circumstances conversation::next(const message& m, const std::vector<field_reading>& fields) {
    return memory_->next(m, fields);
}

}  // namespace authgrammar::audit
