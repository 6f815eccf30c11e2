#include "common/field_text.hpp"
#include "common/wording.hpp"
#include "why/attempt.hpp"
#include "why/json_web_token.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

// Bearer and DPoP: what the challenge says of the token, and what can be read in it.

namespace authgrammar::audit {

namespace {

using detail::words;

/// The host in an http or https URI; empty if it is none. What stands there in api://ID is no host.
std::string_view host_of(std::string_view uri) {
    const std::size_t scheme = uri.find("://");
    if (scheme == std::string_view::npos) return {};
    const std::string_view name = uri.substr(0, scheme);
    if (!detail::equal_ignoring_case(name, "http") && !detail::equal_ignoring_case(name, "https")) return {};
    const std::string_view rest = uri.substr(scheme + 3);
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
    const std::string_view host = authority.substr(authority.find_last_of('@') + 1);
    return host.substr(0, host.find(':', host.find(']') == std::string_view::npos ? 0 : host.find(']')));
}

/// Whether a time would be within 30 years of now if it were in milliseconds (RFC 7519, 2: NumericDate has seconds).
bool is_in_milliseconds(std::int64_t time, std::int64_t now) noexcept {
    constexpr std::int64_t thirty_years = std::int64_t{30} * 366 * 86400;
    const std::int64_t seconds = time / 1000;
    return seconds > now - thirty_years && seconds < now + thirty_years;
}

/// Names of a resource, and the hosts in those that are URIs.
class names_of_resource {
public:
    void add(std::string name) {
        hosts_.emplace_back(host_of(name));
        names_.push_back(std::move(name));
    }

    /// Whether the audience, or its host, is one of them. Linear in the audience.
    [[nodiscard]] bool have(std::string_view audience, std::string_view host) const {
        const auto is_host = [host](const std::string& h) { return detail::equal_ignoring_case(h, host); };
        return std::find(names_.begin(), names_.end(), audience) != names_.end() ||
               std::any_of(hosts_.begin(), hosts_.end(), is_host);
    }

private:
    std::vector<std::string> names_;
    std::vector<std::string> hosts_;
};

class token_examiner {
public:
    token_examiner(const attempt& a, const text& token, reason_list& out)
        : a_(a), at_(a.place_of(token)), claims_(read_token(token.raw())), out_(out) {
        date_ = date_of(a.response);
        const auto scheme = detail::unescaped(a.credentials()->scheme());
        in_ = a.after != nullptr && a.after->parts().find(scheme) ? a.after : nullptr;
        if (in_ == nullptr) return;
        challenge_ = in_->parts().find(scheme);
        if (const auto code = challenge_->param("error")) error_ = detail::unescaped(code->value);
        if (const auto said = challenge_->param("error_description"))
            description_ = detail::lower(detail::unescaped(said->value));
    }

    void examine() {
        if (claims_.form == token_form::broken) {
            out_.add(a_.about, cause_id::token_truncated, certainty::certain, at_,
                     "the token begins as a JSON Web Token and is not a complete one");
        }
        times();
        codes();
        scopes();
        audience();
        rest();
    }

private:
    refusal_reason& add(cause_id id, certainty how, std::string text, std::string_view param = {}) {
        refusal_reason& r = out_.add(a_.about, id, how, at_, std::move(text));
        const auto said = challenge_ && !param.empty() ? challenge_->param(param) : std::nullopt;
        if (said) r.related = {in_->source(said->value.begin(), said->value.end())};
        return r;
    }

    void times() {
        const std::optional<std::int64_t> now = date_ ? date_ : a_.login.now;
        const std::string_view clock = date_ ? "the response is dated " : "it is now ";
        if (claims_.expires && now && *claims_.expires <= *now) {
            refusal_reason& r =
                add(cause_id::token_expired, date_ ? certainty::certain : certainty::possible,
                    words("the token expired at ", shown_time(*claims_.expires), "; ", clock, shown_time(*now)));
            r.right = "a token whose exp is later";
        } else if (!claims_.expires && description_.find("expired") != std::string::npos) {
            add(cause_id::token_expired, certainty::likely, "the server says that the token has expired",
                "error_description");
        }
        const auto& from = claims_.not_before ? claims_.not_before : claims_.issued;
        if (from && now && *from > *now) {
            // No rule refuses a token for its iat (RFC 7519, 4.1.6).
            const certainty by_date = claims_.not_before ? certainty::certain : certainty::likely;
            refusal_reason& r = add(cause_id::token_not_yet_valid, date_ ? by_date : certainty::possible,
                                    words(claims_.not_before ? "the token is valid from " : "the token was issued at ",
                                          shown_time(*from), "; ", clock, shown_time(*now)));
            if (is_in_milliseconds(*from, *now)) {
                r.text =
                    words(claims_.not_before ? "nbf" : "iat", " is in milliseconds, and a NumericDate is in seconds");
                r.right = "times in seconds since 1970";
            }
        }
        if (!date_ && (claims_.expires || from)) {
            out_.missing(
                "date",
                "The response has no Date, so the times in the token can only be compared with the current time.");
        }
    }

    void codes() {
        if (error_ == "insufficient_user_authentication") {
            refusal_reason& r = add(cause_id::step_up, certainty::certain,
                                    "the server asks for a login that is newer or stronger", "error");
            const auto age = challenge_->param("max_age");
            const auto acr = challenge_->param("acr_values");
            if (age) r.right = shown_param("max_age", age->value);
            if (acr) r.right += (r.right.empty() ? "" : ", ") + shown_param("acr_values", acr->value);
            if (claims_.logged_in) r.text += words("; the login of the token was at ", shown_time(*claims_.logged_in));
        } else if (error_ == "invalid_request") {
            add(cause_id::invalid_request, certainty::certain, "the server answers with invalid_request", "error");
        } else if (error_ == "use_dpop_nonce") {
            add(cause_id::dpop_nonce_needed, certainty::certain,
                "the server answers with use_dpop_nonce: the DPoP proof lacks its current nonce", "error")
                .right = "a DPoP proof with the nonce of DPoP-Nonce";
        } else if (error_ == "invalid_dpop_proof") {
            add(cause_id::dpop_proof_refused, certainty::certain,
                "the server answers with invalid_dpop_proof: it does not accept the DPoP proof", "error");
        } else if (!error_says_invalid() && error_ != "insufficient_scope") {
            add(cause_id::token_refused, certainty::likely, "the server answers with an error code of its own",
                "error");
        }
    }

    void scopes() {
        const auto wanted = challenge_ ? challenge_->param("scope") : std::nullopt;
        const bool said = error_ == "insufficient_scope";
        if (!wanted && !said) return;
        std::string lacking;
        if (wanted && claims_.has_scopes) {
            const std::unordered_set<std::string> have(claims_.scopes.begin(), claims_.scopes.end());
            std::string list = detail::unescaped(wanted->value);
            std::string_view left = list;
            while (!left.empty() && lacking.size() < 120) {
                const std::size_t end = std::min(left.find(' '), left.size());
                const std::string word(left.substr(0, end));
                left.remove_prefix(std::min(end + 1, left.size()));
                if (!word.empty() && have.count(word) == 0)
                    lacking += (lacking.empty() ? "" : " ") + word.substr(0, 60);
            }
        }
        if (!said && lacking.empty()) return;
        refusal_reason& r = add(cause_id::insufficient_scope, said ? certainty::certain : certainty::likely,
                                lacking.empty() ? "the server says that the scope of the token is not sufficient"
                                                : words("the token lacks the scope ", lacking),
                                said ? "error" : "scope");
        if (wanted) r.right = shown_param("scope", wanted->value);
    }

    void audience() {
        const bool said = description_.find("audience") != std::string::npos;
        if (said) {
            add(cause_id::wrong_audience, certainty::likely, "the server says that the audience of the token is wrong",
                "error_description");
            return;
        }
        if (claims_.audience.empty() || !error_says_invalid()) return;
        const std::string_view host = requested_host(a_);
        if (host.empty()) return;
        const names_of_resource names = named();
        const auto meant_here = [&](const std::string& aud) {
            const std::string_view other = host_of(aud);
            return other.empty() || detail::equal_ignoring_case(other, host) || names.have(aud, other);
        };
        if (std::any_of(claims_.audience.begin(), claims_.audience.end(), meant_here)) return;
        add(cause_id::wrong_audience, certainty::likely, words("the token is for a host other than ", host)).right =
            words("a token for ", host);
    }

    /// What the challenge calls the resource: its realm, its metadata or its service.
    [[nodiscard]] names_of_resource named() const {
        names_of_resource out;
        if (!challenge_) return out;
        for (const std::string_view name : {"realm", "resource_metadata", "service"}) {
            if (const auto param = challenge_->param(name)) out.add(detail::unescaped(param->value));
        }
        return out;
    }

    [[nodiscard]] bool error_says_invalid() const { return error_.empty() || error_ == "invalid_token"; }

    void rest() {
        if (!error_says_invalid()) return;
        if (error_ == "invalid_token") {
            add(cause_id::token_refused, certainty::likely, "the server answers with invalid_token", "error");
        } else if (a_.response.status == 401 || a_.response.status == 407) {
            add(cause_id::token_refused, certainty::possible,
                "the server does not accept the token and does not say why");
        }
        if (claims_.form == token_form::opaque) {
            out_.missing(
                "token",
                "The token is not a JSON Web Token: only its issuer can tell whether it is valid and for what.");
        } else if (claims_.form == token_form::encrypted) {
            out_.missing("token", "The token is encrypted: its times, audience and scope cannot be read.");
        } else if (claims_.form == token_form::signed_) {
            out_.missing("signature",
                         "The signature of the token is not checked: authlint does not know the key of its issuer.");
        }
    }

    const attempt& a_;
    span at_;
    token_claims claims_;
    reason_list& out_;
    std::optional<std::int64_t> date_;
    const field_reading* in_ = nullptr;
    std::optional<challenge> challenge_;
    std::string error_;
    std::string description_;
};

}  // namespace

void examine_bearer(const attempt& a, reason_list& out) {
    const std::optional<challenge> c = a.credentials();
    if (!c || !c->token68()) return;
    token_examiner(a, *c->token68(), out).examine();
}

}  // namespace authgrammar::audit
