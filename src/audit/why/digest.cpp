#include "why/digest.hpp"

#include "common/field_text.hpp"
#include "common/wording.hpp"
#include "values/empty_value.hpp"
#include "why/altered.hpp"

#include <algorithm>
#include <cstdio>

// Digest: its members, beside the challenge, the request line and the requests before.

namespace authgrammar::audit {

using detail::words;

std::optional<digest_asked> answered_challenge(const attempt& a, const digest_params& sent) {
    std::optional<digest_asked> best;
    int best_score = -1;
    const auto value_of = [](const std::optional<auth_param>& p) {
        return p ? std::optional(detail::unescaped(p->value)) : std::nullopt;
    };
    const auto nonce = value_of(sent.nonce);
    const auto realm = value_of(sent.realm);
    const auto algorithm = value_of(sent.algorithm);
    const auto same = [](const std::optional<std::string>& x, const std::optional<auth_param>& y) {
        return x && y && y->value.equals(*x);
    };
    for (const field_reading* r : {a.before, a.after}) {
        if (r == nullptr || best) continue;
        for (const challenge& c : r->parts()) {
            if (!c.has_scheme("Digest")) continue;
            const auto asked = c.param("algorithm");
            const bool same_algorithm =
                asked ? algorithm && asked->value.equals_ignoring_case(*algorithm) : !algorithm.has_value();
            const int score = (same(nonce, c.param("nonce")) ? 4 : 0) + (same(realm, c.param("realm")) ? 2 : 0) +
                              (same_algorithm ? 1 : 0);
            if (score <= best_score) continue;
            best_score = score;
            best = digest_asked{r, c, r == a.before};
        }
    }
    return best;
}

namespace {

bool is_hex(std::string_view s) noexcept {
    return std::all_of(s.begin(), s.end(), [](char c) { return detail::hex_value(c) >= 0; });
}

std::string eight_digits(std::uint64_t n) {
    char out[17];
    std::snprintf(out, sizeof out, "%08llx", static_cast<unsigned long long>(n));
    return out;
}

/// Whether a backslash stands before what needs none: it was meant to be there.
bool escapes_a_letter(const text& t) {
    const std::string_view raw = t.quoted() ? t.raw() : std::string_view();
    for (std::size_t i = 0; i + 1 < raw.size(); ++i) {
        if (raw[i] != '\\') continue;
        if (raw[++i] != '"' && raw[i] != '\\') return true;
    }
    return false;
}

/// The elements of a list such as qop: comma-separated, or a token.
bool lists(const text& list, std::string_view element) {
    bool found = false;
    detail::for_each_list_element(detail::unescaped(list), [&](std::string_view e) { found = found || e == element; });
    return found;
}

bool is_absolute(std::string_view uri) { return uri.find("://") != std::string_view::npos && uri.front() != '/'; }

std::string_view path_of(std::string_view uri) {
    if (!is_absolute(uri)) return uri;
    const std::size_t path = uri.find('/', uri.find("://") + 3);
    return path == std::string_view::npos ? std::string_view("/") : uri.substr(path);
}

class member_examiner {
public:
    member_examiner(const attempt& a, const digest_params& sent, std::optional<digest_asked> asked, reason_list& out)
        : a_(a), sent_(sent), asked_(std::move(asked)), out_(out) {}

    void examine() {
        missing();
        forms();
        if (asked_) {
            realm();
            algorithm();
            qop();
            opaque();
            userhash();
        }
        nonce();
        uri();
        quotes();
        stale();
    }

private:
    refusal_reason& add(cause_id id, certainty how, const text& at, std::string text) {
        return out_.add(a_.about, id, how, a_.place_of(at), std::move(text));
    }
    /// Beside the parameter of the challenge, which is what would have been right.
    void beside(refusal_reason& r, const std::optional<auth_param>& asked, std::string_view name) {
        if (!asked) return;
        r.related.push_back(asked_->in->source(asked->value.begin(), asked->value.end()));
        r.right = shown_param(name, asked->value);
    }

    void missing() {
        const std::pair<std::string_view, bool> members[] = {{"username", sent_.username || sent_.username_ext},
                                                             {"realm", sent_.realm.has_value()},
                                                             {"nonce", sent_.nonce.has_value()},
                                                             {"uri", sent_.uri.has_value()},
                                                             {"response", sent_.response.has_value()},
                                                             {"cnonce", sent_.cnonce || !sent_.qop},
                                                             {"nc", sent_.nc || !sent_.qop}};
        refusal_reason lacking;
        for (const auto& [name, is_there] : members) {
            if (is_there) continue;
            lacking.text += (lacking.text.empty() ? "" : ", ") + std::string(name);
            const std::string known = known_member(name, lacking);
            if (!known.empty()) lacking.right += (lacking.right.empty() ? "" : ", ") + known;
        }
        if (lacking.text.empty()) return;
        const bool several = lacking.text.find(',') != std::string::npos;
        refusal_reason& r = out_.add(a_.about, cause_id::member_missing, certainty::certain, a_.place(),
                                     lacking.text + (several ? " are missing" : " is missing"));
        r.related = std::move(lacking.related);
        r.right = std::move(lacking.right);
    }

    /// What a missing member would have been, from the challenge, which is noted beside it, or from the request.
    std::string known_member(std::string_view name, refusal_reason& r) {
        if (name == "uri" && a_.request != nullptr) return words("uri=\"", shown_target(a_.request->target), "\"");
        const auto asked = asked_ && (name == "realm" || name == "nonce") ? asked_->what.param(name) : std::nullopt;
        if (!asked) return {};
        r.related.push_back(asked_->in->source(asked->value.begin(), asked->value.end()));
        return shown_param(name, asked->value);
    }

    void forms() {
        if (sent_.nc) {
            const std::string digits = detail::unescaped(sent_.nc->value);
            if (digits.size() != 8 || !is_hex(digits)) {
                add(cause_id::member_malformed, certainty::certain, sent_.nc->value,
                    "nc is not eight hexadecimal digits")
                    .right = "nc=00000001 with a new nonce";
            }
        }
        if (sent_.response) response_form(detail::unescaped(sent_.response->value));
        if (sent_.username && sent_.username_ext) {
            add(cause_id::member_malformed, certainty::certain, sent_.username_ext->value,
                "the username is sent both as username and as username*");
        }
        if (!sent_.algorithm_known()) {
            add(cause_id::other_algorithm, certainty::certain, sent_.algorithm->value,
                "this algorithm is not registered for Digest");
        }
        if (sent_.username && escapes_a_letter(sent_.username->value)) {
            add(cause_id::escapes_hashed, certainty::likely, sent_.username->value,
                "the backslash in the username is not escaped, so that it is lost")
                .right = "two backslashes for one";
        }
        const auto name = sent_.user();
        if (name && *name != a_.login.user && (names_empty_value(*name) || name->empty())) {
            // A user may have such a name.
            add(cause_id::placeholder, a_.login.user || name->empty() ? certainty::certain : certainty::likely,
                sent_.username ? sent_.username->value : sent_.username_ext->value,
                name->empty() ? "the username is empty" : "the username is the name of an empty value");
        }
    }

    void response_form(const std::string& response) {
        const auto algorithm = sent_.algorithm_known();
        if (!is_hex(response) || (response.size() != 32 && response.size() != 64)) {
            add(cause_id::member_malformed, certainty::certain, sent_.response->value,
                "response is not 32 or 64 hexadecimal digits");
        } else if (algorithm && hex_digits(*algorithm) != response.size()) {
            add(cause_id::wrong_hash, certainty::certain, sent_.response->value,
                words("response has ", std::to_string(response.size()), " digits, and a hash of ", name_of(*algorithm),
                      " has ", std::to_string(hex_digits(*algorithm))));
        } else if (response != detail::lower(response)) {
            add(cause_id::member_malformed, certainty::likely, sent_.response->value,
                "response is in upper case, and most servers compare it with lower case");
        }
    }

    void realm() {
        const auto asked = asked_->what.param("realm");
        if (!asked || !sent_.realm || asked->value.equals(detail::unescaped(sent_.realm->value))) return;
        // A realm that is cut off at a quote comes from a challenge that cannot be read.
        const bool readable = asked_->in->valid();
        refusal_reason& r = add(cause_id::other_realm, readable ? certainty::certain : certainty::possible,
                                sent_.realm->value, "realm is not that of the challenge");
        beside(r, asked, "realm");
        const bool escapes = asked->value.quoted() && sent_.realm->value.quoted() &&
                             asked->value.raw() != sent_.realm->value.raw() &&
                             asked->value.equals(std::string(sent_.realm->value.raw()));
        if (escapes || sent_.realm->value.equals(asked->value.raw())) {
            r.cause = &cause_of(cause_id::escapes_hashed);
            r.text = "the realm has more or fewer backslashes than in the challenge";
        }
    }

    void algorithm() {
        const auto asked = asked_->what.param("algorithm");
        const std::string wanted = asked ? detail::unescaped(asked->value) : "MD5";
        const std::string is = sent_.algorithm ? detail::unescaped(sent_.algorithm->value) : "MD5";
        if (detail::equal_ignoring_case(wanted, is)) return;
        refusal_reason& r = out_.add(
            a_.about, cause_id::other_algorithm, certainty::certain,
            sent_.algorithm ? a_.place_of(sent_.algorithm->value) : a_.place(),
            sent_.algorithm ? std::string("algorithm is not that of the challenge")
                            : std::string("algorithm is missing, so it is MD5, and the challenge has another one"));
        beside(r, asked, "algorithm");
        if (!asked) r.right = "algorithm=MD5, or none";
    }

    void qop() {
        const auto asked = asked_->what.param("qop");
        if (!sent_.qop) {
            if (!asked) return;
            refusal_reason& r = out_.add(a_.about, cause_id::qop_missing, certainty::likely, a_.place(),
                                         "the challenge offers qop, and the credentials have none");
            beside(r, asked, "qop");
            r.right = lists(asked->value, "auth") ? "qop=auth, with cnonce and nc" : "qop=auth-int, with cnonce and nc";
            return;
        }
        const std::string is = detail::unescaped(sent_.qop->value);
        if (asked && lists(asked->value, is)) return;
        refusal_reason& r = add(cause_id::qop_not_offered, certainty::certain, sent_.qop->value,
                                asked ? "qop is not one of those that the challenge offers"
                                      : "the credentials have qop, and the challenge offers none");
        beside(r, asked, "qop");
        if (!asked) r.right = "neither qop nor nc and cnonce";
    }

    void opaque() {
        const auto asked = asked_->what.param("opaque");
        const certainty how = asked_->came_before ? certainty::certain : certainty::possible;
        if (!asked && !sent_.opaque) return;
        if (asked && sent_.opaque && asked->value.equals(detail::unescaped(sent_.opaque->value))) return;
        // opaque may be another one in each challenge.
        if (asked_->came_before && !same_nonce()) return;
        refusal_reason& r = out_.add(a_.about, cause_id::other_opaque, asked ? how : certainty::possible,
                                     sent_.opaque ? a_.place_of(sent_.opaque->value) : a_.place(),
                                     !asked         ? "the credentials have opaque, and the challenge has none"
                                     : sent_.opaque ? "opaque is not that of the challenge"
                                                    : "opaque is missing");
        beside(r, asked, "opaque");
        if (!asked) r.right = "no opaque";
    }

    [[nodiscard]] bool same_nonce() const {
        const auto asked = asked_->what.param("nonce");
        return asked && sent_.nonce && asked->value.equals(detail::unescaped(sent_.nonce->value));
    }

    void userhash() {
        const auto asked = asked_->what.param("userhash");
        const bool wanted = asked && asked->value.equals_ignoring_case("true");
        if (sent_.hashes_user() && !wanted) {
            add(cause_id::userhash, certainty::certain, sent_.userhash->value,
                "the username is hashed, and the challenge does not ask for that")
                .right = "the plain username, without userhash";
        }
        if (sent_.hashes_user() || !sent_.username) return;
        const std::string name = detail::unescaped(sent_.username->value);
        const bool looks_hashed = (name.size() == 32 || name.size() == 64) && is_hex(name);
        if (looks_hashed && wanted) {
            add(cause_id::userhash, certainty::certain, sent_.username->value,
                "the username looks hashed, and userhash=true is missing beside it")
                .right = "userhash=true";
        } else if (wanted) {
            refusal_reason& r = add(cause_id::userhash, certainty::likely, sent_.username->value,
                                    "the challenge asks for a hashed username, and this one is plain");
            beside(r, asked, "userhash");
        }
    }

    void nonce() {
        if (!sent_.nonce || !a_.nonce) return;
        const nonce_history& h = *a_.nonce;
        const bool asked_before = asked_ && asked_->came_before;
        if (!h.sent && asked_before) {
            refusal_reason& r = add(cause_id::other_nonce, certainty::likely, sent_.nonce->value,
                                    "the server sent other nonces, and not this one");
            beside(r, asked_->what.param("nonce"), "nonce");
        }
        if (!sent_.nc) return;
        std::uint64_t nc = 0;
        const std::string digits = detail::unescaped(sent_.nc->value);
        if (digits.size() > 8 || !is_hex(digits)) return;
        for (const char c : digits) nc = nc * 16 + static_cast<std::uint64_t>(detail::hex_value(c));
        std::string text;
        certainty how = certainty::certain;
        if (nc == 0) {
            text = "nc is 0, and the first request with a nonce has 00000001";
        } else if (h.highest != 0 && nc <= h.highest) {
            text = nc == h.highest ? "the nonce was sent with this nc before"
                                   : "the nonce was sent with a higher nc before";
        } else if (nc > h.highest + 1 && (h.highest != 0 || h.just_sent)) {
            text = h.highest == 0 ? "the nonce is new, and its nc is not 00000001" : "nc skips numbers";
            how = certainty::likely;
        }
        if (text.empty()) return;
        refusal_reason& r = add(cause_id::nc_out_of_order, how, sent_.nc->value, std::move(text));
        if (h.highest != 0) r.related.push_back(h.highest_at);
        r.right = "nc=" + eight_digits(h.highest + 1);
    }

    void uri() {
        if (!sent_.uri || a_.request == nullptr || a_.request->target.empty()) return;
        const std::string uri = detail::unescaped(sent_.uri->value);
        const std::string_view target = a_.request->target;
        if (uri == target || is_path_of_target(a_, sent_)) return;
        const std::size_t query = target.find('?');
        std::string text = "uri is not the request target";
        certainty how = certainty::certain;
        if (query != std::string::npos && uri == target.substr(0, query)) {
            text = "uri lacks the query of the request target";
        } else if (uri.find('?') != std::string::npos && uri.substr(0, uri.find('?')) == target) {
            text = "uri has a query, and the request target has none";
        } else if (is_absolute(uri) && !is_absolute(target) && path_of(uri) == target) {
            text = "uri is a whole URI, and the request target is a path";
            how = certainty::likely;
        } else if (percent_decoded(uri) == percent_decoded(target)) {
            text = "uri differs from the request target only in its percent-encoding";
            how = certainty::likely;
        } else if (detail::equal_ignoring_case(uri, target)) {
            text = "uri differs from the request target only in case";
        }
        refusal_reason& r = add(cause_id::other_uri, how, sent_.uri->value, std::move(text));
        r.related = {{a_.request->start_line.offset + a_.request->method.size() + 1, target.size()}};
        r.right = words("uri=\"", shown_target(target), "\"");
    }

    void quotes() {
        for (const auto* p : {&sent_.qop, &sent_.algorithm, &sent_.nc}) {
            if (!*p || !(*p)->value.quoted()) continue;
            add(cause_id::quoted_member, certainty::possible, (*p)->value,
                words(detail::lower((*p)->name.raw()), " is in quotes"))
                .right = detail::lower((*p)->name.raw()) + " without quotes";
            return;
        }
    }

    void stale() {
        if (a_.after == nullptr) return;
        for (const challenge& c : a_.after->parts()) {
            const auto stale = c.has_scheme("Digest") ? c.param("stale") : std::nullopt;
            if (!stale || !stale->value.equals_ignoring_case("true")) continue;
            const bool at_once = a_.nonce && a_.nonce->just_sent && a_.nonce->highest == 0;
            refusal_reason& r = out_.add(
                a_.about, at_once ? cause_id::stale_at_once : cause_id::stale_nonce, certainty::certain,
                sent_.nonce ? a_.place_of(sent_.nonce->value) : a_.place(),
                at_once ? "the server calls a nonce stale that it has only just sent" : "the server says stale=true");
            r.related = {a_.after->source(stale->value.begin(), stale->value.end())};
            const auto next = c.param("nonce");
            if (next) r.right = words(shown_param("nonce", next->value), ", nc=00000001");
            return;
        }
    }

    const attempt& a_;
    const digest_params& sent_;
    std::optional<digest_asked> asked_;
    reason_list& out_;
};

}  // namespace

bool is_path_of_target(const attempt& a, const digest_params& sent) {
    if (a.request == nullptr || !sent.uri) return false;
    const std::string uri = detail::unescaped(sent.uri->value);
    return !is_absolute(uri) && is_absolute(a.request->target) && uri == path_of(a.request->target);
}

void examine_digest(const attempt& a, reason_list& out) {
    const std::optional<challenge> c = a.credentials();
    if (!c || c->token68() || c->params().empty()) return;
    const digest_params sent = digest_params::of(c->params());
    const std::optional<digest_asked> asked = answered_challenge(a, sent);
    member_examiner(a, sent, asked, out).examine();
    examine_response(a, sent, asked, out);
}

}  // namespace authgrammar::audit
