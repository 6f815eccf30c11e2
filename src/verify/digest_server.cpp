#include "errors.hpp"

#include <authgrammar/parse.hpp>
#include <authgrammar/schemes/ext_value.hpp>
#include <authgrammar/verify/digest_server.hpp>
#include <authgrammar/verify/precis.hpp>

#include <cstring>

namespace authgrammar::verify {

namespace {

using schemes::digest_credentials;
using schemes::username_form;

/// The offset of a parameter's value, for errors; 0 if it is not there.
[[nodiscard]] std::size_t offset_of(const credentials& read, std::string_view param) noexcept {
    const std::optional<auth_param> found = read.param(param);
    return found ? found->value.begin() : 0;
}

/// Hexadecimal digits in lower case, in place.
void to_lower_hex(char* digits, std::size_t size) noexcept {
    for (std::size_t i = 0; i != size; ++i) {
        if (digits[i] >= 'A' && digits[i] <= 'F') digits[i] = static_cast<char>(digits[i] + ('a' - 'A'));
    }
}

/// Whether `response` is what it must be.
[[nodiscard]] bool equals(const hex_hash& expected, const digest_credentials& c) noexcept {
    char given[64];
    const result<std::size_t> size = c.response.unescape(given, sizeof given);
    if (!size) return false;
    if (c.used.has(schemes::tolerance::digest_upper_case_hex)) to_lower_hex(given, *size);
    return expected.equals({given, *size});
}

[[nodiscard]] digest_verdict refuse(const verify_error& e) noexcept { return {verdict::refused, e}; }

}  // namespace

nonce_binding digest_server::binding(std::string_view client) const noexcept {
    nonce_binding b;
    b.realm = offer_.realm;
    b.client = client;
    b.other = offer_.proxy ? "proxy" : "origin";
    return b;
}

// decides: R7616-3.4-algorithm-echoed, R7616-3.4-qop-offered, R7616-3.4.6-uri
verify_error digest_server::read(const field_value& value, const digest_request& request,
                                 digest_exchange& x) const noexcept {
    x.read_.reset();
    x.name_size_ = 0;
    x.a1_ = hex_hash();
    const field f = offer_.proxy ? field::proxy_authorization : field::authorization;
    const result<credentials> parsed = parse_credentials(f, value, x.events_);
    if (!parsed) {
        schemes::scheme_error e;
        e.code = schemes::scheme_error_code::malformed_value;
        e.grammar = parsed.error().code;
        e.offset = parsed.error().offset;
        e.section = parsed.error().section;
        e.expected = parsed.error().expected;
        return make_error(e);
    }
    const auto read = schemes::read_digest_credentials(*parsed, offer_.allowed);
    if (!read) return make_error(read.error());
    const digest_credentials& c = *read;
    x.read_ = c;
    const result<std::size_t> digits = c.nc_digits.unescape(x.nc_digits_, sizeof x.nc_digits_);
    x.nc_ = {x.nc_digits_, digits ? *digits : 0};

    if (!c.realm.equals(offer_.realm)) return make_error(verify_code::other_realm, c.realm.begin());
    bool offered = false;
    for (std::size_t i = 0; i != offer_.algorithm_count; ++i) offered = offered || offer_.algorithms[i] == c.algorithm;
    if (!offered) return make_error(verify_code::algorithm_not_offered, offset_of(*parsed, "algorithm"));
    // Without qop only where a tolerance lets it pass.
    if (c.qop != digest_qop::none && !offer_.qop.has(c.qop)) {
        return make_error(verify_code::qop_not_offered, offset_of(*parsed, "qop"));
    }
    if (offer_.opaque && !(c.opaque && c.opaque->equals(*offer_.opaque))) {
        return make_error(verify_code::other_opaque, c.opaque ? c.opaque->begin() : 0);
    }
    if (!c.uri.equals(request.target)) return make_error(verify_code::other_uri, c.uri.begin());
    if (c.qop == digest_qop::auth_int && request.body_hash.empty()) {
        return make_error(verify_code::body_hash_missing, offset_of(*parsed, "qop"));
    }
    return read_name(x);
}

verify_error digest_server::read_name(digest_exchange& x) const noexcept {
    const digest_credentials& c = *x.read_;
    char* const name = x.name_.data();
    if (c.form == username_form::extended) {
        const auto size = schemes::decode_ext_value(c.username, name, x.name_.capacity());
        if (!size && size.error().code != schemes::scheme_error_code::buffer_full) return make_error(size.error());
        if (!size) return make_error(verify_code::too_long, c.username.begin());
        x.name_size_ = *size;
        return {};
    }
    const result<std::size_t> size = c.username.unescape(name, x.name_.capacity());
    if (!size) return make_error(verify_code::too_long, c.username.begin());
    x.name_size_ = *size;
    if (c.form == username_form::hashed && c.used.has(schemes::tolerance::digest_upper_case_hex)) {
        to_lower_hex(name, *size);
    }
    return {};
}

// decides: R7616-3.6-same-operation
verify_code digest_server::compare(const digest_request& request, user_lookup users, digest_exchange& x) noexcept {
    const digest_credentials& c = *x.read_;
    user_query query{x.username(), c.form == username_form::hashed, offer_.realm, c.algorithm};
    char prepared[3 * digest_exchange::longest_name];
    if (offer_.utf8 && !query.hashed) {
        const precis_result r = prepare_username(query.username, prepared, sizeof prepared);
        if (!r) return verify_code::username_unfit;
        query.username = {prepared, r.size};
    }

    user_secret secret;
    const bool known = users(query, secret);
    if (!known) secret = {"nobody", "no password", {}};  // to take as long as for others
    const std::string_view name = query.hashed ? secret.username : x.username();
    hex_hash made;
    std::string_view a1 = secret.a1;
    if (a1.empty()) {
        made = hashes_.a1(c.algorithm, name, offer_.realm, secret.password);
        a1 = made.view();
    }
    const bool right_length = a1.size() == schemes::hex_digits(c.algorithm);
    if (is_session(c.algorithm)) {
        made = hashes_.session_a1(
            c.algorithm, a1, request.session_nonce.empty() ? c.nonce : text(request.session_nonce),
            request.session_cnonce.empty() ? c.cnonce.value_or(text()) : text(request.session_cnonce));
        a1 = made.view();
    }
    response_input input;
    input.algorithm = c.algorithm;
    input.qop = c.qop;
    input.a1 = a1;
    input.nonce = c.nonce;
    input.nc = x.nc_;
    input.cnonce = c.cnonce.value_or(text());
    input.method = request.method;
    input.uri = c.uri;
    input.body = request.body_hash;
    const hex_hash expected = hashes_.response(input);
    if (expected.empty()) return verify_code::not_computable;
    const bool same = equals(expected, c);
    if (!known || !right_length || !same) return verify_code::wrong_credentials;
    x.a1_.assign(a1);
    return verify_code::none;
}

digest_verdict digest_server::mark(const nonce_identity& nonce, const digest_exchange& x) noexcept {
    const digest_credentials& c = *x.read_;
    const std::size_t offset = c.nonce.begin();
    switch (replays_.test_and_set(nonce, c.qop == digest_qop::none ? 1 : c.nc)) {
        case replay_verdict::first: return {verdict::accepted, {}};
        case replay_verdict::seen: return {verdict::stale, make_error(verify_code::replayed, offset)};
        case replay_verdict::forgotten: return {verdict::stale, make_error(verify_code::replay_unknown, offset)};
        case replay_verdict::full: break;
    }
    return {verdict::stale, make_error(verify_code::replay_store_full, offset)};
}

// decides: R7616-3.3-stale-nonce, R7616-3.4-nc-replay
digest_verdict digest_server::verify(const field_value& value, const digest_request& request, user_lookup users,
                                     time_point now, digest_exchange& x) noexcept {
    const verify_error unread = read(value, request, x);
    if (unread.code != verify_code::none) return refuse(unread);
    const digest_credentials& c = *x.read_;

    const nonce_check nonce = nonces_.check(c.nonce, binding(request.client), now);
    verify_code bad_nonce = verify_code::none;
    switch (nonce.verdict) {
        case nonce_verdict::valid: break;
        case nonce_verdict::expired: bad_nonce = verify_code::nonce_expired; break;
        case nonce_verdict::malformed: bad_nonce = verify_code::nonce_malformed; break;
        case nonce_verdict::foreign: bad_nonce = verify_code::nonce_foreign; break;
        case nonce_verdict::from_the_future: bad_nonce = verify_code::nonce_from_the_future; break;
        case nonce_verdict::unchecked: return refuse(make_error(verify_code::not_computable, c.nonce.begin()));
    }
    const bool may_be_stale =
        bad_nonce == verify_code::nonce_expired || (bad_nonce != verify_code::none && offer_.foreign_is_stale);
    if (bad_nonce != verify_code::none && !may_be_stale) return refuse(make_error(bad_nonce, c.nonce.begin()));

    const verify_code wrong = compare(request, users, x);
    if (wrong != verify_code::none) {
        verify_error e =
            make_error(wrong, wrong == verify_code::username_unfit ? c.username.begin() : c.response.begin());
        return refuse(e);
    }
    if (may_be_stale) return {verdict::stale, make_error(bad_nonce, c.nonce.begin())};
    return mark(nonce.identity, x);
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
    schemes::digest_info info;
    hex_hash rspauth;
    if (x.read_ && !x.a1_.empty()) {
        const digest_credentials& c = *x.read_;
        response_input input;
        input.algorithm = c.algorithm;
        input.qop = c.qop;
        input.a1 = x.a1_.view();
        input.nonce = c.nonce;
        input.nc = x.nc_;
        input.cnonce = c.cnonce.value_or(text());
        input.uri = c.uri;
        input.body = body_hash;
        rspauth = hashes_.response(input);
        info.rspauth = text(rspauth.view());
        info.qop = c.qop;
        info.cnonce = c.cnonce;
        if (c.qop != digest_qop::none) info.nc = c.nc;
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
