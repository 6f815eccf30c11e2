#include <authgrammar/audit/redaction.hpp>

#include "common/field_text.hpp"
#include "common/wording.hpp"
#include "why/altered.hpp"
#include "why/digest.hpp"

#include <algorithm>

// Digest: the response, recomputed from what the caller knows. If it is not that, from what clients mistake for it.

namespace authgrammar::audit {

namespace {

using detail::words;
using schemes::digest_algorithm;
using schemes::digest_qop;

/// The values of the credentials, and what they may have been mistaken for.
struct values {
    std::string realm, raw_realm, user, raw_user, nonce, nc, cnonce, uri, response;
};

std::string value_of(const std::optional<auth_param>& p) { return p ? detail::unescaped(p->value) : std::string(); }
std::string raw_of(const std::optional<auth_param>& p) { return p ? std::string(p->value.raw()) : std::string(); }

/// The body of the request, if the input holds all of it.
std::optional<std::string_view> body_of(const attempt& a) {
    const message& m = *a.request;
    std::optional<std::string_view> length;
    for (const field_line& line : m.lines) {
        if (detail::equal_ignoring_case(line.name, "transfer-encoding")) return std::nullopt;
        if (detail::equal_ignoring_case(line.name, "content-length")) length = line.value.text();
    }
    if (!length || *length == "0") return m.body_bytes == 0 ? std::optional(std::string_view()) : std::nullopt;
    if (m.curl_notes != 0 || m.lines.empty() || *length != std::to_string(m.body_bytes)) return std::nullopt;
    std::size_t at = m.lines.back().whole.end();
    for (int line_ends = 0; line_ends < 2; ++line_ends) {
        if (a.input.substr(at, 2) == "\r\n") ++at;
        if (a.input.substr(at, 1) != "\n") return std::nullopt;
        ++at;
    }
    return a.input.substr(at, m.body_bytes);
}

class response_examiner {
public:
    response_examiner(const attempt& a, const digest_params& sent, const std::optional<digest_asked>& asked,
                      reason_list& out)
        : a_(a), sent_(sent), asked_(asked), out_(out) {
        v_ = {value_of(sent.realm),  raw_of(sent.realm),   "",
              raw_of(sent.username), value_of(sent.nonce), value_of(sent.nc),
              value_of(sent.cnonce), value_of(sent.uri),   value_of(sent.response)};
    }

    void examine() {
        compare_user();
        const bool complete = sent_.realm && sent_.nonce && sent_.uri && sent_.response && a_.request != nullptr &&
                              (!sent_.qop || (sent_.nc && sent_.cnonce));
        if (!complete || !sent_.algorithm_known()) return;
        if (!find_secret()) return;
        if (a_.request->method.empty()) {
            unchecked("request-line", "The request line is missing, and the response is computed from its method.");
            return;
        }
        if (is_right()) {
            if (!out_.has(certainty::certain)) right_response();
            return;
        }
        if (not_computable_ || is_right_for_sent_user()) return;
        if (by_password() || by_formula()) return;
        out_.add(a_.about, cause_id::wrong_password, certainty::certain, a_.place_of(sent_.response->value),
                 formula_.a1.hash.empty()
                     ? "the response does not match the password given"
                     : "the response does not match the hash given: password, user or realm differ");
    }

private:
    void compare_user() {
        const auto name = sent_.user();
        if (name) v_.user = *name;
        if (!a_.login.user) return;
        const std::string& right = *a_.login.user;
        if (sent_.hashes_user()) {
            compare_hashed_user(right);
        } else if (name && *name != right) {
            const text& at = sent_.username ? sent_.username->value : sent_.username_ext->value;
            if (v_.raw_user == right) {
                out_.add(a_.about, cause_id::escapes_hashed, certainty::certain, a_.place_of(at),
                         "the backslash in the username is not escaped, so that it is lost")
                    .right = "two backslashes for one";
                return;
            }
            std::string_view how = "is not the one given";
            if (detail::equal_ignoring_case(*name, right)) how = "differs from the one given only in case";
            for (const altered_secret& altered : alterations_of(right)) {
                if (altered.text.bytes() == *name) how = altered.what;
            }
            out_.add(a_.about, cause_id::wrong_user, certainty::certain, a_.place_of(at), words("the user ", how));
        }
        v_.user = right;
    }

    void compare_hashed_user(const std::string& right) {
        const auto algorithm = sent_.algorithm_known();
        if (!algorithm || !a_.hashes.supports(*algorithm) || !sent_.username || !sent_.realm) return;
        const std::string is = detail::lower(value_of(sent_.username));
        if (is == a_.hashes.hashed_user(*algorithm, right, v_.realm)) return;
        out_.add(a_.about, cause_id::wrong_user, certainty::certain, a_.place_of(sent_.username->value),
                 "the hashed username is not that of the user given, in this realm");
    }

    /// The response may be wrong, and it cannot be said.
    void unchecked(std::string_view id, std::string text) {
        out_.add(a_.about, cause_id::wrong_password, certainty::possible, a_.place_of(sent_.response->value),
                 "the response was not checked");
        out_.missing(id, std::move(text));
    }

    /// What the caller knows becomes part of the formula. False if nothing does.
    bool find_secret() {
        formula_.algorithm = *sent_.algorithm_known();
        if (a_.login.password) {
            if (v_.user.empty() && !a_.login.user) {
                if (!sent_.hashes_user()) return false;
                unchecked("user", "The username is hashed: with --user the response can be recomputed.");
                return false;
            }
            formula_.a1 = {v_.user, v_.realm, a_.login.password->bytes(), {}};
        } else if (!find_hash()) {
            if (a_.login.hashes.empty()) {
                unchecked("password",
                          "The right password, or H(A1): with one in a file or in the environment (--password-file, "
                          "--password-env, --ha1-file, --ha1-env), the response is recomputed.");
            }
            return false;
        }
        if (!can_compute_digest()) {
            unchecked("not-computable", "authlint was built without the verify library, so no response is recomputed.");
            return false;
        }
        return true;
    }

    bool find_hash() {
        const known_hash* best = nullptr;
        for (const known_hash& h : a_.login.hashes) {
            if (h.user && *h.user != v_.user) continue;
            if (best == nullptr || (h.realm && *h.realm == v_.realm)) best = &h;
        }
        if (best == nullptr) {
            if (a_.login.hashes.empty()) return false;
            out_.add(a_.about, cause_id::wrong_user, certainty::certain,
                     sent_.username ? a_.place_of(sent_.username->value) : a_.place(),
                     "no hash was given for this user");
            return false;
        }
        if (best->realm && *best->realm != v_.realm) {
            out_.add(a_.about, cause_id::other_realm, certainty::certain, a_.place_of(sent_.realm->value),
                     "the hash given is for a different realm");
            return false;
        }
        if (best->digits.size() != hex_digits(formula_.algorithm)) {
            unchecked("hash", words("The hash given has ", std::to_string(best->digits.size()),
                                    " digits; the credentials use ", name_of(formula_.algorithm),
                                    ", whose hashes have ", std::to_string(hex_digits(formula_.algorithm)), "."));
            return false;
        }
        formula_.a1.hash = best->digits.bytes();
        return true;
    }

    /// The formula of RFC 7616 with the values of the credentials.
    bool is_right() {
        formula_.nonce = v_.nonce;
        formula_.nc = v_.nc;
        formula_.cnonce = v_.cnonce;
        formula_.session_cnonce = v_.cnonce;
        formula_.method = a_.request->method;
        formula_.uri = v_.uri;
        const std::string qop = value_of(sent_.qop);
        formula_.qop = qop == "auth-int" ? digest_qop::auth_int : sent_.qop ? digest_qop::auth : digest_qop::none;
        if (!a_.hashes.supports(formula_.algorithm)) {
            not_computable_ = true;
            unchecked("not-computable", words("OpenSSL does not offer ", name_of(formula_.algorithm),
                                              " here, so the response is not recomputed."));
            return false;
        }
        if (sent_.qop && qop != "auth" && qop != "auth-int") {
            not_computable_ = true;  // it is named already: nobody offers it
            return false;
        }
        if (formula_.qop == digest_qop::auth_int) {
            const auto body = body_of(a_);
            if (!body) {
                not_computable_ = true;
                unchecked("body",
                          "qop=auth-int hashes the body of the request, and the input does not hold all of it: the "
                          "response is not computable.");
                return false;
            }
            body_hash_ = a_.hashes.hashed_body(formula_.algorithm, *body);
            formula_.body_hash = body_hash_;
        }
        if (a_.hashes.gives(formula_, v_.response)) return true;
        if (!is_session(formula_.algorithm) || !a_.nonce || a_.nonce->first_cnonce.empty()) return false;
        digest_formula f = formula_;
        f.session_cnonce = a_.nonce->first_cnonce;
        return a_.hashes.gives(f, v_.response);
    }

    /// The user is another one, which is said already, and nothing else is wrong.
    bool is_right_for_sent_user() {
        const auto name = sent_.user();
        if (!name || *name == v_.user || !formula_.a1.hash.empty()) return false;
        digest_formula f = formula_;
        f.a1.user = *name;
        return a_.hashes.gives(f, v_.response);
    }

    void right_response() {
        if (sent_.realm->value.quoted() && v_.raw_realm != v_.realm) {
            out_.add(a_.about, cause_id::escapes_in_realm, certainty::likely, a_.place_of(sent_.realm->value),
                     "the response matches the login given, and the realm has escapes");
            return;
        }
        for (const auto* p : {&sent_.qop, &sent_.algorithm, &sent_.nc}) {
            if (!*p || !(*p)->value.quoted()) continue;
            const std::string name = detail::lower((*p)->name.raw());
            out_.add(a_.about, cause_id::quoted_member, certainty::likely, a_.place_of((*p)->value),
                     words("the response matches the login given, and ", name, " is in quotes"))
                .right = name + " without quotes";
            return;
        }
        if (a_.about == field::proxy_authorization && is_path_of_target(a_, sent_)) {
            out_.add(a_.about, cause_id::other_uri, certainty::likely, a_.place_of(sent_.uri->value),
                     "the response matches the login given, and uri is only the path of the request target")
                .right = words("uri=\"", shown_target(a_.request->target), "\"");
            return;
        }
        out_.add(a_.about, cause_id::refused_by_server, certainty::likely, a_.place_of(sent_.response->value),
                 "the response matches the login given");
    }

    bool gives(const digest_formula& f, cause_id id, std::string text, std::string right = {}) {
        if (!a_.hashes.gives(f, v_.response)) return false;
        refusal_reason& r =
            out_.add(a_.about, id, certainty::certain, a_.place_of(sent_.response->value), std::move(text));
        r.right = std::move(right);
        return true;
    }

    bool by_password() {
        if (formula_.a1.password.empty() && formula_.a1.user.empty()) return false;
        digest_formula f = formula_;
        for (const altered_secret& altered : alterations_of(formula_.a1.password)) {
            f.a1.password = altered.text.bytes();
            if (gives(f, altered.cause,
                      words("the response was computed with the password in another form: it ", altered.what)))
                return true;
        }
        f = formula_;
        const auto realm = [&](std::string_view text, cause_id id, std::string_view what) {
            f.a1.realm = text;
            return gives(f, id, std::string(what));
        };
        if (v_.raw_realm != v_.realm &&
            realm(v_.raw_realm, cause_id::escapes_hashed, "the realm was hashed with its backslashes"))
            return true;
        const std::string quoted = "\"" + v_.realm + "\"";
        if (realm(quoted, cause_id::escapes_hashed, "the realm was hashed with its quotes")) return true;
        if (asked_ && realm(value_of(asked_->what.param("realm")), cause_id::other_realm,
                            "the response was computed with the realm of the challenge"))
            return true;
        if (asked_ && realm(raw_of(asked_->what.param("realm")), cause_id::escapes_hashed,
                            "the realm was hashed with its backslashes"))
            return true;
        if (realm("", cause_id::wrong_hash, "the response was computed without the realm")) return true;
        f = formula_;
        const auto user = [&](std::string_view text, cause_id id, std::string_view what) {
            f.a1.user = text;
            return gives(f, id, std::string(what));
        };
        const std::string sent_user = value_of(sent_.username);
        if (v_.raw_user != sent_user &&
            user(v_.raw_user, cause_id::escapes_hashed, "the username was hashed with its backslashes"))
            return true;
        const std::string lower = detail::lower(v_.user);
        if (user(lower, cause_id::wrong_hash, "the username was hashed in lower case")) return true;
        const std::string short_name = v_.user.substr(v_.user.find_last_of("\\/") + 1);
        if (user(short_name, cause_id::wrong_hash, "the username was hashed without its domain")) return true;
        if (sent_.hashes_user() &&
            user(sent_user, cause_id::userhash, "the hashed username was hashed again: A1 has the plain one"))
            return true;
        for (const altered_secret& altered : alterations_of(formula_.a1.user)) {
            if (altered.cause != cause_id::other_charset) continue;
            f.a1.user = altered.text.bytes();
            if (gives(f, altered.cause,
                      words("the response was computed with the username in another form: it ", altered.what)))
                return true;
        }
        return false;
    }

    bool by_formula() { return by_algorithm() || by_target() || by_counter(); }

    bool by_algorithm() {
        constexpr digest_algorithm all[] = {digest_algorithm::md5,          digest_algorithm::sha_256,
                                            digest_algorithm::sha_512_256,  digest_algorithm::md5_sess,
                                            digest_algorithm::sha_256_sess, digest_algorithm::sha_512_256_sess};
        for (const digest_algorithm other : all) {
            digest_formula f = formula_;
            f.algorithm = other;
            std::string other_body;
            if (formula_.qop == digest_qop::auth_int && !same_base(other)) {
                other_body = a_.hashes.hashed_body(other, body_of(a_).value_or(std::string_view()));
                f.body_hash = other_body;
            }
            // H(A1) that was given is of one hash function.
            if (!f.a1.hash.empty() && !same_base(other)) continue;
            const std::string right = words("a response computed with ", name_of(formula_.algorithm));
            if (same_base(other)) {
                if (gives(f, cause_id::other_session,
                          is_session(other) ? "the response was computed with a session, and algorithm does not say so"
                                            : "the response was computed without the session",
                          right)) {
                    return true;
                }
            } else if (gives(f, cause_id::wrong_hash, words("the response was computed with ", name_of(other)),
                             right)) {
                return true;
            }
        }
        if (formula_.qop == digest_qop::none) return false;
        digest_formula f = formula_;
        f.qop = digest_qop::none;
        if (gives(f, cause_id::wrong_hash, "the response was computed without qop, cnonce and nc",
                  "a response with qop"))
            return true;
        f.qop = formula_.qop == digest_qop::auth ? digest_qop::auth_int : digest_qop::auth;
        if (f.qop == digest_qop::auth_int) {
            const auto body = body_of(a_);
            if (!body) return false;
            body_hash_ = a_.hashes.hashed_body(f.algorithm, *body);
            f.body_hash = body_hash_;
        }
        return gives(f, cause_id::wrong_hash, words("the response was computed for qop=", name_of(f.qop)),
                     words("a response for qop=", name_of(formula_.qop)));
    }

    /// Whether the other algorithm is the same but for the session.
    [[nodiscard]] bool same_base(digest_algorithm other) const {
        const auto base = [](digest_algorithm a) {
            const std::string_view name = name_of(a);
            return is_session(a) ? name.substr(0, name.size() - 5) : name;
        };
        return base(other) == base(formula_.algorithm);
    }

    bool by_target() {
        const std::string_view target = a_.request->target;
        const std::string_view without_query = target.substr(0, target.find('?'));
        const std::string raw_uri = raw_of(sent_.uri);
        const std::string right = words("a response for uri=\"", shown_target(target), "\"");
        digest_formula f = formula_;
        const auto uri = [&](std::string_view text, std::string_view what) {
            f.uri = text;
            return text != v_.uri && gives(f, cause_id::wrong_hash, std::string(what), right);
        };
        if (uri(target, "the response was computed with the request target, and uri differs from it")) return true;
        if (uri(without_query, "the response was computed without the query")) return true;
        if (uri(raw_uri, "uri was hashed with its backslashes")) return true;
        if (uri("/", "the response was computed for the path /")) return true;
        constexpr std::string_view authority = "://";
        if (const std::size_t at = target.find(authority); at != std::string_view::npos) {
            const std::size_t path = target.find('/', at + authority.size());
            const std::string_view only_path = path == std::string_view::npos ? "/" : target.substr(path);
            if (uri(only_path, "the response was computed for the path alone")) return true;
        }
        f = formula_;
        for (const std::string_view method : {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT",
                                              "PROPFIND", "REGISTER", "INVITE", "DESCRIBE", "SETUP", "PLAY", ""}) {
            f.method = method;
            if (method == formula_.method) continue;
            if (gives(f, cause_id::other_method,
                      method.empty() ? std::string("the response was computed without the method")
                                     : words("the response was computed for ", method),
                      words("a response for ", shows_method(a_.request->method) ? a_.request->method : redacted))) {
                return true;
            }
        }
        f.method = formula_.method;
        const std::string lower = detail::lower(formula_.method);
        f.method = lower;
        return gives(f, cause_id::other_method, "the method was hashed in lower case");
    }

    bool by_counter() {
        digest_formula f = formula_;
        const auto nc = [&](std::string_view digits) {
            f.nc = digits;
            return digits != v_.nc &&
                   gives(f, cause_id::wrong_hash, "nc was hashed in another form, or another one, than it is sent");
        };
        const std::string lower = detail::lower(v_.nc);
        std::string upper = lower;
        for (char& c : upper) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
        const std::string short_nc = v_.nc.substr(std::min(v_.nc.find_first_not_of('0'), v_.nc.size()));
        if (nc(lower) || nc(upper) || nc("00000001") || nc(short_nc) || nc("")) return true;
        f = formula_;
        const std::string raw_nonce = raw_of(sent_.nonce);
        f.nonce = raw_nonce;
        if (gives(f, cause_id::escapes_hashed, "nonce was hashed with its backslashes")) return true;
        const std::string raw_cnonce = raw_of(sent_.cnonce);
        f = formula_;
        f.cnonce = raw_cnonce;
        if (gives(f, cause_id::escapes_hashed, "cnonce was hashed with its backslashes")) return true;
        const auto asked_nonce = asked_ ? value_of(asked_->what.param("nonce")) : std::string();
        f = formula_;
        f.nonce = asked_nonce;
        if (asked_ && gives(f, cause_id::wrong_hash,
                            "the response was computed with the nonce of the challenge, and another one was sent"))
            return true;
        if (!is_session(formula_.algorithm)) return false;
        f = formula_;
        f.session_cnonce = "";
        return gives(f, cause_id::other_session, "the session was begun without a cnonce");
    }

    const attempt& a_;
    const digest_params& sent_;
    const std::optional<digest_asked>& asked_;
    reason_list& out_;
    values v_;
    digest_formula formula_;
    std::string body_hash_;
    bool not_computable_ = false;
};

}  // namespace

void examine_response(const attempt& a, const digest_params& sent, const std::optional<digest_asked>& asked,
                      reason_list& out) {
    response_examiner(a, sent, asked, out).examine();
}

}  // namespace authgrammar::audit
