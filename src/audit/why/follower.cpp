#include "common/field_text.hpp"
#include "common/wording.hpp"
#include "values/line_name.hpp"
#include "values/value_of.hpp"
#include "why/attempt.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>

// Follows the messages, and puts each refusal beside what stood around it.

namespace authgrammar::audit {

namespace {

using readings = std::vector<field_reading>;

const field_reading* find_field(const readings& fields, field f) {
    const auto found =
        std::find_if(fields.begin(), fields.end(), [f](const field_reading& r) { return r.name() == f; });
    return found == fields.end() ? nullptr : &*found;
}

std::optional<std::string> digest_member(const field_reading& r, std::string_view name) {
    const challenges parts = r.parts();
    if (parts.empty()) return std::nullopt;
    const challenge c = *parts.begin();
    if (!c.has_scheme("Digest")) return std::nullopt;
    const auto param = c.param(name);
    return param ? std::optional(detail::unescaped(param->value)) : std::nullopt;
}

/// The number that nc is; nothing for anything but one to eight hexadecimal digits.
std::optional<std::uint64_t> nc_of(const std::string& digits) {
    if (digits.empty() || digits.size() > 8) return std::nullopt;
    std::uint64_t n = 0;
    for (const char c : digits) {
        const int digit = detail::hex_value(c);
        if (digit < 0) return std::nullopt;
        n = n * 16 + static_cast<std::uint64_t>(digit);
    }
    return n;
}

/// One server, or the proxy.
struct asker {
    std::shared_ptr<readings> asked;  // of the last response with a challenge of it
    std::unordered_map<std::string, nonce_history> nonces;
    std::size_t responses = 0;                       // so far
    std::string handshake;                           // the scheme whose token its last response had, in lower case
    const message* closing = nullptr;                // that response, or its request, if the connection ended with it
    std::optional<span> credentials_at;              // of the last request with some
    std::shared_ptr<const std::string> basic_realm;  // of the last challenge of Basic
    std::optional<accepted_basic> accepted;
    std::optional<refusal> unanswered;  // if no credentials follow
};

bool is_interim(int status) { return status < 200 && status != 101; }

/// Whether the challenge field of a response to credentials says that it is they that are at fault (RFC 6750, 3.1).
bool names_error(const field_reading* challenge_field) {
    if (challenge_field == nullptr) return false;
    const challenges parts = challenge_field->parts();
    return std::any_of(parts.begin(), parts.end(), [](const challenge& c) { return c.param("error").has_value(); });
}

class follower {
public:
    follower(std::string_view input, const known_facts& facts, const known_login& login)
        : input_(input), facts_(facts), conversation_(facts_), login_(login) {}

    void next(const message& m) {
        readings fields = read_fields(m);
        const circumstances around = conversation_.next(m, fields);
        if (m.foreign) say("messages", "The input is not text with HTTP messages; authlint lint names its format.");
        if (m.place != message_place::stream) return;
        if (around.head_ended) {
            for (const field_reading& r : fields) {
                if (kind_of(r.name()) == field_kind::credentials) lost_ = r.lines().front()->name_at;
            }
            return;
        }
        seen_ += m.start_line.length + m.body_bytes;
        for (const field_line& line : m.lines) seen_ += line.whole.length;
        const bool request =
            m.start == start_kind::request ||
            (m.start == start_kind::none && (find_field(fields, field::authorization) != nullptr ||
                                             find_field(fields, field::proxy_authorization) != nullptr));
        if (request) {
            ++requests_;
            examine_unfinished();
            open_ = &m;
            lost_.reset();
            dropped_ = std::exchange(redirected_, std::nullopt);
            request_ = std::move(fields);
            server_ = around.server;
            answered(around);
        } else if (m.status && !is_interim(*m.status)) {
            ++responses_;
            take_response(m, *m.status, std::move(fields), around);
            request_.clear();
            open_ = nullptr;
        }
    }

    refusals finish() {
        examine_unfinished();
        for (auto& [key, by] : askers_) {
            if (by.unanswered) out_.refused.push_back(std::move(*by.unanswered));
        }
        const auto before = [](const refusal& a, const refusal& b) { return place_of(a) < place_of(b); };
        std::stable_sort(out_.refused.begin(), out_.refused.end(), before);
        if (out_.refused.empty()) say_what_is_missing();
        return std::move(out_);
    }

private:
    static std::size_t place_of(const refusal& r) {
        return (r.response != nullptr ? r.response : r.request)->start_line.offset;
    }

    /// A request that nothing answers: its credentials may still be such that no server can accept them.
    void examine_unfinished() {
        if (open_ == nullptr) return;
        const message& request = *std::exchange(open_, nullptr);
        for (const field f : {field::authorization, field::proxy_authorization}) {
            if (find_field(request_, f) == nullptr) continue;
            unanswered_ = true;
            asker& by = askers_[f == field::proxy_authorization ? "proxy" : "server " + server_];
            reason_list out;
            const attempt a = attempt_of(nothing_, f, {}, &request, by, out);
            judge(a, out);
            out.forget_guesses();
            if (out.empty()) continue;
            out.missing("response", "The response is missing, so the input does not show whether they were refused.");
            refusal r = refusal_of(a);
            r.response = nullptr;
            out.take_into(r);
            out_.refused.push_back(std::move(r));
        }
    }

    asker& asker_of(field credentials, const circumstances& around) {
        return askers_[credentials == field::proxy_authorization ? "proxy"
                                                                 : std::string("server ").append(around.server)];
    }

    /// A request with credentials answers what was asked before.
    void answered(const circumstances& around) {
        for (const field f : {field::authorization, field::proxy_authorization}) {
            if (find_field(request_, f) != nullptr) asker_of(f, around).unanswered.reset();
        }
    }

    void take_response(const message& m, int status, readings fields, const circumstances& around) {
        const auto shared = std::make_shared<readings>(std::move(fields));
        const message* const request = open_;
        if (request == nullptr) request_.clear();
        const bool had_any = std::any_of(request_.begin(), request_.end(), [](const field_reading& r) {
            return kind_of(r.name()) == field_kind::credentials;
        });
        const field_reading* const sent = find_field(request_, field::authorization);
        const bool redirect = status >= 300 && status < 400 && line_of(m, "location") != nullptr;
        if (redirect) redirected_ = sent != nullptr ? std::optional(sent->lines().front()->name_at) : dropped_;
        if (had_any && status < 400) ++out_.accepted;
        if (had_any && status >= 400 && status != 401 && status != 407) other_status_ = status;
        for (const field f : {field::authorization, field::proxy_authorization}) {
            const bool is_mine = status == (f == field::authorization ? 401 : 407);
            const bool may_be = f == field::authorization && (status == 400 || status == 403);
            asker& by = asker_of(f, around);
            if (is_mine || may_be) examine(m, status, f, *shared, request, by);
            remember(m, f, shared, request, by);
        }
    }

    /// What stands around a request, from the response and what this asker said before.
    attempt attempt_of(const message& response, field f, const readings& fields, const message* request, asker& by,
                       reason_list& out) {
        const field other = f == field::authorization ? field::proxy_authorization : field::authorization;
        attempt a{request, response, input_, f, find_field(request_, f), find_field(request_, other), login_, hashes_};
        a.after = find_field(fields, a.challenge_field());
        a.accepted = by.accepted;
        a.earlier = by.credentials_at;
        a.dropped = dropped_;
        a.lost = lost_;
        if (by.asked != nullptr) a.before = affordable(find_field(*by.asked, a.challenge_field()), out);
        if (a.sent == nullptr) return a;
        if (const auto nonce = digest_member(*a.sent, "nonce")) {
            const auto found = by.nonces.find(*nonce);
            a.nonce = found == by.nonces.end() ? nonce_history{} : found->second;
            a.nonce->just_sent = a.nonce->sent && a.nonce->sent_in == by.responses;
        }
        const auto c = a.credentials();
        a.handshake_went_on =
            c && !by.handshake.empty() && detail::lower(detail::unescaped(c->scheme())) == by.handshake;
        if (a.handshake_went_on) a.closed_before = by.closing;
        return a;
    }

    static refusal refusal_of(const attempt& a) {
        refusal r;
        r.response = &a.response;
        r.request = a.request;
        if (a.sent != nullptr) r.about = a.about;
        r.scheme = a.scheme();
        return r;
    }

    void examine(const message& m, int status, field f, const readings& fields, const message* request, asker& by) {
        const bool asks = status == 401 || status == 407;
        reason_list out;
        const attempt a = attempt_of(m, f, fields, request, by, out);
        refusal r = refusal_of(a);
        if (a.sent == nullptr) {
            if (!asks) return;
            examine_unanswered(a, out);
            out.take_into(r);
            by.unanswered = std::move(r);
            return;
        }
        judge(a, out);
        if (out.empty() && asks) {
            out.add(f, cause_id::refused_by_server, certainty::possible, a.place(), "no reason can be seen");
        }
        if (!asks && !out.has(certainty::certain) && !names_error(a.after)) {
            other_status_ = status;
            return;
        }
        out.take_into(r);
        if (goes_on(a)) {
            by.unanswered = std::move(r);
        } else {
            out_.refused.push_back(std::move(r));
        }
    }

    static void judge(const attempt& a, reason_list& out) {
        examine_any_scheme(a, out);
        const schemes::scheme_description* const scheme = a.scheme();
        if (out.unreadable() || !a.credentials()) return;
        if (scheme == nullptr) {
            out.missing("scheme", "authlint does not know the scheme of these credentials and cannot check them.");
            return;
        }
        if (scheme->name == "Basic") examine_basic(a, out);
        if (scheme->name == "Digest") examine_digest(a, out);
        if (scheme->name == "Bearer" || scheme->name == "DPoP") examine_bearer(a, out);
        if (scheme->state == schemes::state_rule::connection) examine_handshake(a, out);
    }

    /// Whether the response has the next token of a handshake, so that it refuses nothing yet.
    static bool goes_on(const attempt& a) {
        const auto c = a.credentials();
        if (!c || a.after == nullptr) return false;
        const challenges parts = a.after->parts();
        const std::string scheme = detail::unescaped(c->scheme());
        return std::any_of(parts.begin(), parts.end(), [&scheme](const challenge& offered) {
            return offered.token68() && offered.has_scheme(scheme);
        });
    }

    /// The challenges before, if comparing them once more keeps the whole linear.
    const field_reading* affordable(const field_reading* r, reason_list& out) {
        if (r == nullptr) return nullptr;
        compared_ += r->value().size();
        if (compared_ <= 8 * seen_ + 65536) return r;
        out.missing("long-challenges", "The challenges before are too long to be compared with every request.");
        return nullptr;
    }

    /// Notes what the request used and what the response `m` sent, which has a status.
    void remember(const message& m, field f, const std::shared_ptr<readings>& fields, const message* request,
                  asker& by) {
        const bool proxy = f == field::proxy_authorization;
        const field_reading* const sent = find_field(request_, f);
        if (sent != nullptr) {
            by.credentials_at = sent->lines().front()->name_at;
            if (const auto nonce = digest_member(*sent, "nonce")) use(*sent, by.nonces[*nonce]);
            if (*m.status < 400) accept(*sent, by);
        }
        const field_reading* const asked =
            find_field(*fields, proxy ? field::proxy_authenticate : field::www_authenticate);
        const field_reading* const info =
            find_field(*fields, proxy ? field::proxy_authentication_info : field::authentication_info);
        const bool mine = asked != nullptr || sent != nullptr || m.status == (proxy ? 407 : 401) || request == nullptr;
        if (!mine) return;
        ++by.responses;
        by.handshake.clear();
        by.closing = request != nullptr && closes(*request) ? request : closes(m) ? &m : nullptr;
        if (asked != nullptr) {
            for (const challenge& c : asked->parts()) {
                if (c.token68()) by.handshake = detail::lower(detail::unescaped(c.scheme()));
                const auto nonce = c.has_scheme("Digest") ? c.param("nonce") : std::nullopt;
                if (nonce) give(nonce->value, by);
            }
            const auto basic = asked->parts().find("Basic");
            const auto realm = basic ? basic->param("realm") : std::nullopt;
            by.basic_realm = realm ? std::make_shared<const std::string>(detail::unescaped(realm->value)) : nullptr;
            by.asked = fields;
        }
        if (info != nullptr && info->valid()) {
            const auto next = auth_params(field_value(info->value()), info->events().data(),
                                          info->events().data() + info->events().size())
                                  .find("nextnonce");
            if (next) give(next->value, by);
        }
    }

    static void use(const field_reading& sent, nonce_history& h) {
        const auto digits = digest_member(sent, "nc");
        const auto nc = digits ? nc_of(*digits) : std::nullopt;
        if (h.first_cnonce.empty()) h.first_cnonce = digest_member(sent, "cnonce").value_or("");
        if (!nc || *nc <= h.highest) return;
        h.highest = *nc;
        h.highest_at = sent.lines().front()->name_at;
    }

    static void accept(const field_reading& sent, asker& by) {
        const challenges parts = sent.parts();
        if (sent.lines().size() != 1 || parts.empty() || !(*parts.begin()).has_scheme("Basic")) return;
        const field_line& line = *sent.lines().front();
        by.accepted = accepted_basic{line.value.text(), by.basic_realm, line.name_at};
    }

    static void give(const text& nonce, asker& by) {
        nonce_history& h = by.nonces[detail::unescaped(nonce)];
        h.sent = true;
        h.sent_in = by.responses;
    }

    void say(std::string_view id, std::string text) {
        const auto said = [id](const missing_evidence& m) { return m.id == id; };
        if (std::none_of(out_.missing.begin(), out_.missing.end(), said)) out_.missing.push_back({id, std::move(text)});
    }

    void say_what_is_missing() {
        if (!out_.missing.empty() || out_.accepted != 0) return;
        if (requests_ + responses_ == 0) {
            say("messages", "The input has no HTTP message.");
        } else if (responses_ == 0) {
            say("response",
                "The input has no response, so it does not show whether the credentials were refused. Give both, for "
                "example from curl -v.");
        } else if (unanswered_) {
            say("response",
                "A request with credentials has no response in the input, so it does not show whether they were "
                "refused.");
        } else if (requests_ == 0) {
            say("request",
                "The input has responses only, and none of them refuses anything. If a login failed, its requests and "
                "the "
                "401 or 407 are missing: use curl -v in place of curl -i.");
        } else if (other_status_ != 0) {
            say("refusal", detail::words("A request with credentials got the status ", std::to_string(other_status_),
                                         ", which does not refuse credentials; 401 and 407 do. Nothing in the messages "
                                         "says that other credentials would help."));
        } else {
            say("refusal",
                "No request here has credentials, and no response is a 401 or 407. If a login failed, its messages are "
                "missing: browsers, HAR files and logs often hold only the last response.");
        }
    }

    std::string_view input_;
    known_facts facts_;
    conversation conversation_;
    const known_login& login_;
    digest_hashes hashes_;
    const message nothing_{};
    const message* open_ = nullptr;   // the request that no response answered yet
    std::string server_;              // its server
    std::optional<span> dropped_;     // the credentials of the request that was redirected to it
    std::optional<span> lost_;        // credentials behind the empty line that ends its header section
    std::optional<span> redirected_;  // the credentials of the last request, if the last response was a redirect
    readings request_;                // its fields
    int other_status_ = 0;            // of a response to credentials, and neither a success nor a refusal
    bool unanswered_ = false;         // a request with credentials has no response
    std::map<std::string, asker> askers_;
    std::size_t seen_ = 0;
    std::size_t compared_ = 0;
    std::size_t requests_ = 0;
    std::size_t responses_ = 0;
    refusals out_;
};

}  // namespace

refusals explain_refusals(const std::vector<message>& messages, std::string_view input, const known_facts& facts,
                          const known_login& login) {
    follower all(input, facts, login);
    for (const message& m : messages) all.next(m);
    return all.finish();
}

}  // namespace authgrammar::audit
