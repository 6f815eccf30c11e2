#include "errors.hpp"
#include "hex.hpp"

#include <authgrammar/schemes/ext_value.hpp>
#include <authgrammar/verify/digest_server.hpp>
#include <authgrammar/verify/precis.hpp>

#include <cstring>
#include <new>

namespace authgrammar::verify {

namespace {

using schemes::digest_credentials;
using schemes::username_form;

/// Says in `e` why nothing is accepted: for the caller to return.
[[nodiscard]] AUTHGRAMMAR_COLD bool fail(verify_error& e, verify_code code, std::size_t offset) noexcept {
    e = make_error(code, offset);
    return false;
}
[[nodiscard]] AUTHGRAMMAR_COLD bool fail(verify_error& e, const schemes::scheme_error& why) noexcept {
    e = make_error(why);
    return false;
}

/// The same at the value of a parameter; at 0 if it is not there.
[[nodiscard]] AUTHGRAMMAR_COLD bool fail(verify_error& e, verify_code code, const credentials& read,
                                         std::string_view param) noexcept {
    const std::optional<auth_param> found = read.param(param);
    return fail(e, code, found ? found->value.begin() : 0);
}

/// Whether nothing in `value` is escaped, or goes on in another line.
[[nodiscard]] bool is_verbatim(const field_value& value) noexcept {
    if (value.line_count() != 1) return false;
    const std::string_view line = value.line(0);
    return line.empty() || std::memchr(line.data(), '\\', line.size()) == nullptr;
}

/// A text of a value that is_verbatim(), or not: in the first case nobody has to look for escapes again.
[[nodiscard]] text unescaped(const text& t, bool verbatim) noexcept { return verbatim ? text(t.raw()) : t; }
[[nodiscard]] text unescaped(const std::optional<text>& t, bool verbatim) noexcept {
    return t ? unescaped(*t, verbatim) : text();
}

/// Path and query of a request-target in absolute form (RFC 9112, 3.2.2); nothing if it is of another form, or has no path.
[[nodiscard]] std::string_view path_of_absolute(std::string_view target) noexcept {
    const std::size_t authority = target.find("://");
    if (authority == std::string_view::npos || target.find_first_of("/?#") != authority + 1) return {};
    const std::size_t end = target.find_first_of("/?#", authority + 3);
    return end == std::string_view::npos || target[end] != '/' ? std::string_view() : target.substr(end);
}

/// Whether `uri` is what it must be, perhaps by a tolerance: then `used` has it.
[[nodiscard]] bool is_target(const text& uri, std::string_view target, schemes::tolerances allowed,
                             schemes::tolerances& used) noexcept {
    if (uri.equals(target)) return true;
    if (!allowed.has(schemes::tolerance::digest_uri_path)) return false;
    const std::string_view path = path_of_absolute(target);
    if (path.empty() || !uri.equals(path)) return false;
    used |= schemes::tolerance::digest_uri_path;
    return true;
}

/// Whether `response` is what it must be.
[[nodiscard]] bool equals(const hex_hash& expected, const digest_credentials& c, bool verbatim) noexcept {
    const bool any_case = c.used.has(schemes::tolerance::digest_upper_case_hex);
    if (verbatim && !any_case) return expected.equals(c.response.raw());
    char given[64];
    const result<std::size_t> size = c.response.unescape(given, sizeof given);
    if (!size) return false;
    if (any_case) to_lower_hex(given, *size);
    return expected.equals({given, *size});
}

}  // namespace

nonce_binding digest_server::binding(std::string_view client) const noexcept {
    nonce_binding b;
    b.realm = offer_.realm;
    b.client = client;
    b.other = offer_.proxy ? "proxy" : "origin";
    return b;
}

// decides: R7616-3.4-algorithm-echoed, R7616-3.4-qop-offered, R7616-3.4.6-uri
bool digest_server::read(const field_value& value, const digest_request& request, digest_exchange& x,
                         verify_error& e) const noexcept {
    x.name_size_ = 0;
    x.a1_ = hex_hash();
    // In its place: there is a lot in it.
    ::new (static_cast<void*>(&x.read_)) auto(schemes::read_digest(value, x.events_, offer_.allowed));
    if (!x.read_) return fail(e, x.read_.error());
    const digest_credentials& c = *x.read_;
    x.used_ = c.used;
    x.verbatim_ = is_verbatim(value);
    const result<std::size_t> digits = unescaped(c.nc_digits, x.verbatim_).unescape(x.nc_digits_, sizeof x.nc_digits_);
    x.nc_ = {x.nc_digits_, digits ? *digits : 0};

    const auto parsed = [&] { return credentials(value, x.events_.begin(), x.events_.end()); };
    if (!unescaped(c.realm, x.verbatim_).equals(offer_.realm)) {
        return fail(e, verify_code::other_realm, c.realm.begin());
    }
    bool offered = false;
    for (std::size_t i = 0; i != offer_.algorithm_count; ++i) offered = offered || offer_.algorithms[i] == c.algorithm;
    if (!offered) return fail(e, verify_code::algorithm_not_offered, parsed(), "algorithm");
    // Without qop only where a tolerance lets it pass.
    if (c.qop != digest_qop::none && !offer_.qop.has(c.qop)) {
        return fail(e, verify_code::qop_not_offered, parsed(), "qop");
    }
    if (offer_.opaque && !(c.opaque && unescaped(*c.opaque, x.verbatim_).equals(*offer_.opaque))) {
        return fail(e, verify_code::other_opaque, c.opaque ? c.opaque->begin() : 0);
    }
    if (!is_target(unescaped(c.uri, x.verbatim_), request.target, offer_.allowed, x.used_)) {
        return fail(e, verify_code::other_uri, c.uri.begin());
    }
    if (c.qop == digest_qop::auth_int && request.body_hash.empty()) {
        return fail(e, verify_code::body_hash_missing, parsed(), "qop");
    }
    return read_name(x, e);
}

bool digest_server::read_name(digest_exchange& x, verify_error& e) noexcept {
    const digest_credentials& c = *x.read_;
    char* const name = x.name_.data();
    if (c.form == username_form::extended) {
        const auto size = schemes::decode_ext_value(c.username, name, digest_exchange::longest_name);
        if (!size && size.error().code != schemes::scheme_error_code::buffer_full) return fail(e, size.error());
        if (!size) return fail(e, verify_code::too_long, c.username.begin());
        x.name_size_ = *size;
        return true;
    }
    const result<std::size_t> size = unescaped(c.username, x.verbatim_).unescape(name, digest_exchange::longest_name);
    if (!size) return fail(e, verify_code::too_long, c.username.begin());
    x.name_size_ = *size;
    if (c.form == username_form::hashed && c.used.has(schemes::tolerance::digest_upper_case_hex)) {
        to_lower_hex(name, *size);
    }
    return true;
}

response_input digest_server::response_input_of(const digest_exchange& x, std::string_view a1, std::string_view method,
                                                std::string_view body_hash) noexcept {
    const digest_credentials& c = *x.read_;
    return {c.algorithm, c.qop,
            a1,          unescaped(c.nonce, x.verbatim_),
            x.nc_,       unescaped(c.cnonce, x.verbatim_),
            method,      unescaped(c.uri, x.verbatim_),
            body_hash};
}

// decides: R7616-3.6-same-operation
verify_error digest_server::compare(const digest_request& request, user_lookup users, digest_exchange& x) noexcept {
    const digest_credentials& c = *x.read_;
    user_query query{x.username(), c.form == username_form::hashed, offer_.realm, c.algorithm};
    char prepared[digest_exchange::longest_prepared_name];
    if (offer_.utf8 && !query.hashed) {
        const precis_result r = prepare_username(query.username, prepared, sizeof prepared);
        if (!r) return make_error(verify_code::username_unfit, r, c.username.begin());
        query.username = {prepared, r.size};
    }

    user_secret secret;
    // A host that says "found" and fills in nothing has found nobody, not somebody whose password is empty.
    const bool known = users(query, secret) && !(secret.a1.empty() && secret.password.empty());
    if (!known) secret = {"nobody", "no password", {}};  // to take as long as for others
    const std::string_view name = query.hashed ? secret.username : x.username();
    hex_hash made = secret.a1.empty() ? hashes_.a1(c.algorithm, name, offer_.realm, secret.password) : hex_hash();
    std::string_view a1 = secret.a1.empty() ? made.view() : secret.a1;
    const bool right_length = a1.size() == schemes::hex_digits(c.algorithm);
    if (is_session(c.algorithm)) {
        made = hashes_.session_a1(
            c.algorithm, a1, request.session_nonce.empty() ? c.nonce : text(request.session_nonce),
            request.session_cnonce.empty() ? c.cnonce.value_or(text()) : text(request.session_cnonce));
        a1 = made.view();
    }
    const hex_hash expected = hashes_.response(response_input_of(x, a1, request.method, request.body_hash));
    if (expected.empty()) return make_error(verify_code::not_computable, c.response.begin());
    const bool same = equals(expected, c, x.verbatim_);
    if (!known || !right_length || !same) return make_error(verify_code::wrong_credentials, c.response.begin());
    x.a1_.assign(a1);
    if (query.username.data() == prepared) {
        std::memcpy(x.name_.data(), prepared, query.username.size());
        x.name_size_ = query.username.size();
    }
    return {};
}

verify_code digest_server::mark(const nonce_identity& nonce, const digest_exchange& x) noexcept {
    const digest_credentials& c = *x.read_;
    switch (replays_.test_and_set(nonce, c.qop == digest_qop::none ? 1 : c.nc)) {
        case replay_verdict::first: return verify_code::none;
        case replay_verdict::seen: return verify_code::replayed;
        case replay_verdict::forgotten: return verify_code::replay_unknown;
        case replay_verdict::full: break;
    }
    return verify_code::replay_store_full;
}

// decides: R7616-3.3-stale-nonce, R7616-3.4-nc-replay
digest_verdict digest_server::verify(const field_value& value, const digest_request& request, user_lookup users,
                                     time_point now, digest_exchange& x) noexcept {
    digest_verdict v;
    if (!read(value, request, x, v.error)) return v;
    const digest_credentials& c = *x.read_;

    const nonce_check nonce = nonces_.check(unescaped(c.nonce, x.verbatim_), binding(request.client), now);
    verify_code bad_nonce = verify_code::none;
    switch (nonce.verdict) {
        case nonce_verdict::valid: break;
        case nonce_verdict::expired: bad_nonce = verify_code::nonce_expired; break;
        case nonce_verdict::malformed: bad_nonce = verify_code::nonce_malformed; break;
        case nonce_verdict::foreign: bad_nonce = verify_code::nonce_foreign; break;
        case nonce_verdict::from_the_future: bad_nonce = verify_code::nonce_from_the_future; break;
        case nonce_verdict::unchecked: v.error = make_error(verify_code::not_computable, c.nonce.begin()); return v;
    }
    // Ours by its tag, and only its time is wrong, because it is old or the clock was set back: with the right password a new
    // nonce is all that the client needs.
    const bool is_ours = bad_nonce == verify_code::nonce_expired || bad_nonce == verify_code::nonce_from_the_future;
    const bool may_be_stale = is_ours || (bad_nonce != verify_code::none && offer_.foreign_is_stale);
    if (bad_nonce != verify_code::none && !may_be_stale) {
        v.error = make_error(bad_nonce, c.nonce.begin());
        return v;
    }

    v.error = compare(request, users, x);
    if (v.error.code != verify_code::none) return v;
    // The password is right: what may still be wrong is that the nonce was used too late or too often.
    const verify_code used_up = may_be_stale ? bad_nonce : mark(nonce.identity, x);
    v.is = used_up == verify_code::none ? verdict::accepted : verdict::stale;
    if (used_up != verify_code::none) {
        v.error = make_error(used_up, c.nonce.begin());
        x.a1_ = hex_hash();  // nothing is to be proved to this client
    }
    return v;
}

write_result digest_server::write_challenge(digest_algorithm a, bool stale, std::string_view client, time_point now,
                                            char* buffer, std::size_t capacity) noexcept {
    char nonce[nonce_maker::size];
    std::memset(nonce, '\0', sizeof nonce);  // which no value may hold
    static_cast<void>(nonces_.make(binding(client), now, nonce));
    schemes::digest_challenge c;
    c.realm = offer_.realm;
    c.nonce = std::string_view(nonce, sizeof nonce);
    if (offer_.opaque) c.opaque = text(*offer_.opaque);
    if (offer_.domain && !offer_.proxy) c.domain = text(*offer_.domain);
    c.algorithm = a;
    c.qop = offer_.qop;
    c.stale = stale;
    c.userhash = offer_.userhash;
    c.utf8 = offer_.utf8;
    return write_digest_challenge(offer_.proxy ? field::proxy_authenticate : field::www_authenticate, c, buffer,
                                  capacity);
}

// decides: R7616-3.5-rspauth-value
write_result digest_server::write_info(const digest_exchange& x, bool renew, std::string_view client,
                                       std::string_view body_hash, time_point now, char* buffer,
                                       std::size_t capacity) noexcept {
    if (!x.read_ || x.a1_.empty()) return {};
    schemes::digest_info info;
    const digest_credentials& c = *x.read_;
    const hex_hash rspauth = hashes_.response(response_input_of(x, x.a1_.view(), {}, body_hash));
    info.rspauth = text(rspauth.view());
    info.qop = c.qop;
    info.cnonce = c.cnonce;
    if (c.qop != digest_qop::none) {
        info.nc = c.nc;
        if (x.nc_.size() == 8) info.nc_digits = text(x.nc_);  // fewer digits, which were tolerated, are not to be sent
    }
    char nonce[nonce_maker::size];
    if (renew) {
        std::memset(nonce, '\0', sizeof nonce);
        static_cast<void>(nonces_.make(binding(client), now, nonce));
        info.nextnonce = text(std::string_view(nonce, sizeof nonce));
    }
    const field f = offer_.proxy ? field::proxy_authentication_info : field::authentication_info;
    return write_digest_info(f, info, buffer, capacity);
}

}  // namespace authgrammar::verify
