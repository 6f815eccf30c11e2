#include <authgrammar/schemes/base64.hpp>

#include "common/field_text.hpp"
#include "common/wording.hpp"
#include "values/compute/composed.hpp"
#include "values/empty_value.hpp"
#include "values/utf8.hpp"
#include "why/altered.hpp"
#include "why/attempt.hpp"

#include <algorithm>

// Basic: decoded, and compared with the login if there is one.

namespace authgrammar::audit {

namespace {

using detail::words;

/// The octets of a base64 text; nothing if it is none, with the tolerances allowed.
std::optional<policy::secret> decoded(std::string_view base64, schemes::tolerances allowed = {}) {
    std::string buffer(schemes::base64_decoded_size(base64.size()), '\0');
    const auto read = schemes::decode_base64(base64, buffer.data(), buffer.size(), allowed);
    std::optional<policy::secret> out;
    if (read) out.emplace(std::string_view(buffer).substr(0, read->size));
    std::fill(buffer.begin(), buffer.end(), '\0');
    return out;
}

bool is_control(char c) noexcept { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

/// Examines what was decoded.
class login_examiner {
public:
    login_examiner(const attempt& a, span at, std::string_view octets, reason_list& out)
        : a_(a), at_(at), octets_(octets), out_(out) {}

    void examine() {
        const std::size_t colon = octets_.find(':');
        if (colon == std::string_view::npos) {
            without_colon();
            return;
        }
        user_ = octets_.substr(0, colon);
        password_ = octets_.substr(colon + 1);
        examine_octets();
        if (a_.login.user) compare_user(*a_.login.user);
        if (a_.login.password) compare_password(a_.login.password->bytes());
        if (a_.login.password) return;
        const std::string_view altered = looks_altered(password_);
        if (password_.empty()) {
            add(cause_id::altered_password, certainty::likely, "the password is empty");
        } else if (!altered.empty()) {
            add(cause_id::altered_password, certainty::likely, words("the password ", altered));
        }
        add(cause_id::wrong_password, certainty::possible,
            "user and password are readable, and the server does not accept them");
        out_.missing(
            "password",
            "The right password: with it in a file or in the environment (--password-file, --password-env), the "
            "credentials are compared with it.");
    }

private:
    refusal_reason& add(cause_id id, certainty how, std::string text) {
        return out_.add(a_.about, id, how, at_, std::move(text));
    }

    void without_colon() {
        const auto again = decoded(octets_);
        if (again && again->bytes().find(':') != std::string_view::npos) {
            add(cause_id::encoded_twice, certainty::certain, "the decoded text is base64 again, of user:password");
            return;
        }
        add(cause_id::no_colon, certainty::certain, "the decoded text has no colon");
    }

    void examine_octets() {
        if (std::any_of(octets_.begin(), octets_.end(), is_control)) {
            const char last = octets_.back();
            const std::string_view what = last == '\n'   ? "the password has a line feed at its end"
                                          : last == '\r' ? "the password has a carriage return at its end"
                                                         : "user or password has a control character";
            add(cause_id::control_character, certainty::certain, std::string(what));
        }
        examine_placeholder();
        if (!has_non_ascii(octets_)) return;
        const auto asked = a_.challenge_of("Basic");
        const auto charset = asked ? asked->param("charset") : std::nullopt;
        const bool utf8 = charset && charset->value.equals_ignoring_case("UTF-8");
        if (!is_utf8(octets_)) {
            add(cause_id::other_charset, utf8 ? certainty::certain : certainty::likely,
                utf8 ? "the challenge asks for UTF-8, and user or password is not UTF-8"
                     : "user or password is not ASCII and not UTF-8, which most servers expect")
                .right = "user:password in UTF-8";
        } else if (!utf8) {
            add(cause_id::other_charset, certainty::likely,
                "user or password has characters that are not ASCII, in UTF-8, and the challenge does not ask for "
                "UTF-8");
        }
    }

    /// A user may be called "none", and "null" may be a password. It is certain if both are such words, or if the login
    /// has something else there.
    void examine_placeholder() {
        const auto& right_user = a_.login.user;
        const auto& right_password = a_.login.password;
        const bool user = names_empty_value(user_) && !(right_user && *right_user == user_);
        const bool password = names_empty_value(password_) && !(right_password && right_password->bytes() == password_);
        if (octets_ == ":") {
            add(cause_id::placeholder, certainty::certain, "user and password are empty");
        } else if (user || password) {
            const bool certain = (user && password) || (user && right_user) || (password && right_password);
            add(cause_id::placeholder, certain ? certainty::certain : certainty::likely,
                words(user ? password ? "user and password are names" : "the user is the name"
                           : "the password is the name",
                      " of an empty value"));
        }
    }

    void compare_user(std::string_view right) {
        if (user_ == right) return;
        const std::size_t domain = user_.find_last_of("\\/");
        const bool same_name = (domain != std::string_view::npos && user_.substr(domain + 1) == right) ||
                               user_.substr(0, user_.find('@')) == right || right.substr(0, right.find('@')) == user_;
        std::string_view how = "is not the one given";
        if (same_name) how = "differs from the one given in its domain";
        if (detail::equal_ignoring_case(user_, right)) how = "differs from the one given only in case";
        const bool cut_off = user_ == right.substr(0, right.find(':'));
        if (cut_off) how = "given has a colon, which Basic takes as the end of the user";
        for (const altered_secret& altered : alterations_of(right)) {
            if (cut_off || altered.text.bytes() != user_) continue;
            add(altered.cause == cause_id::altered_password ? cause_id::wrong_user : altered.cause, certainty::certain,
                words("the user ", altered.what));
            return;
        }
        add(cause_id::wrong_user, certainty::certain, words("the user ", how));
    }

    void compare_password(std::string_view right) {
        if (password_ == right) {
            if (!out_.has(certainty::certain)) {
                add(cause_id::refused_by_server, certainty::likely, "user and password are those that were given");
            }
            return;
        }
        for (const altered_secret& altered : alterations_of(right)) {
            if (altered.text.bytes() != password_) continue;
            add(altered.cause, certainty::certain, words("the password ", altered.what));
            return;
        }
        if (composed(password_) == right) {
            add(cause_id::other_charset, certainty::certain, "the password is not in Normalization Form C");
            return;
        }
        add(cause_id::wrong_password, certainty::certain, "the password is not the one given");
    }

    const attempt& a_;
    span at_;
    std::string_view octets_;
    reason_list& out_;
    std::string_view user_;
    std::string_view password_;
};

}  // namespace

void examine_basic(const attempt& a, reason_list& out) {
    const std::optional<text> token = a.credentials()->token68();
    if (!token) return;
    const span at = a.place_of(*token);
    std::optional<policy::secret> octets = decoded(token->raw());
    if (!octets) {
        octets = decoded(token->raw(), schemes::tolerances(schemes::tolerance::base64_missing_padding) |
                                           schemes::tolerance::base64url_alphabet);
        const bool near = octets.has_value();
        out.add(a.about, cause_id::not_base64, certainty::certain, at,
                near ? "the padding is missing, or it is base64url" : "the token is not base64")
            .right = "Basic, and the base64 of user:password";
        if (!near) return;
    }
    login_examiner(a, at, octets->bytes(), out).examine();
}

}  // namespace authgrammar::audit
