#include <authgrammar/parse.hpp>
#include <authgrammar/schemes/digest.hpp>

#include "digest_values.hpp"
#include "ext_value_check.hpp"
#include "grammar_fault.hpp"
#include "params.hpp"

namespace authgrammar::schemes {

namespace {

/// The error of a parameter that is not there, at the end of what was read.
[[nodiscard]] scheme_error missing(std::size_t end, std::string_view name, rule broken,
                                   tolerance permitted_by = tolerance::none) noexcept {
    return fault(scheme_error_code::missing_param, end, broken, name, permitted_by, name);
}

/// algorithm, which challenges and credentials have; MD5 if it is not there.
// decides: R7616-3.3-algorithm-default
template <typename Params, typename Read>
[[nodiscard]] scheme_error read_algorithm(const Params& params, std::size_t i, Read& into) noexcept {
    into.algorithm = digest_algorithm::md5;
    into.algorithm_given = params.has(i);
    if (!into.algorithm_given) return {};
    const std::optional<digest_algorithm> a = algorithm_of(params.value(i));
    if (!a) {
        return fault(scheme_error_code::unknown_algorithm, params.value(i).begin(), algorithm_known,
                     "an algorithm of RFC 7616, 6.1", tolerance::none, "algorithm");
    }
    into.algorithm = *a;
    return {};
}

/// userhash, likewise; false if it is not there.
template <typename Params>
[[nodiscard]] scheme_error read_userhash(const Params& params, std::size_t i, bool& userhash, rule broken) noexcept {
    userhash = false;
    if (!params.has(i)) return {};
    const std::optional<bool> flag = flag_of(params.value(i));
    if (!flag) {
        return fault(scheme_error_code::invalid_value, params.value(i).begin(), broken, "\"true\" or \"false\"",
                     tolerance::none, "userhash");
    }
    userhash = *flag;
    return {};
}

namespace in_challenge {

enum : std::size_t { realm, domain, nonce, opaque, stale, algorithm, qop, charset, userhash, count };
constexpr param_names<count> names{"realm",     "domain", "nonce",   "opaque",  "stale",
                                   "algorithm", "qop",    "charset", "userhash"};
using params = known_params<count>;

// decides: R7616-3.3-qop
[[nodiscard]] scheme_error read_qop(const params& p, std::size_t end, digest_qops& offered, reading& r) noexcept {
    if (p.has(qop)) return read_qop_list(p.value(qop), offered);
    if (r.use(tolerance::digest_without_qop)) return {};
    return missing(end, names[qop], qop_offered, tolerance::digest_without_qop);
}

// decides: R7616-3.3-charset
[[nodiscard]] scheme_error read_charset(const params& p, bool& utf8, reading& r) noexcept {
    utf8 = p.has(charset) && p.value(charset).equals_ignoring_case("UTF-8");
    if (!p.has(charset) || utf8 || r.use(tolerance::unknown_charset)) return {};
    return fault(scheme_error_code::invalid_value, p.value(charset).begin(), charset_value, "UTF-8",
                 tolerance::unknown_charset, names[charset]);
}

// decides: R7616-3.3-domain-proxy
[[nodiscard]] scheme_error read_domain(const params& p, field f, std::optional<text>& uris) noexcept {
    if (!p.has(domain) || f == field::proxy_authenticate) return {};
    uris = p.value(domain);
    return check_domain(*uris);
}

// decides: R7616-3.3-required
[[nodiscard]] scheme_error fill(digest_challenge& c, const challenge& read, tolerances allowed, field f) noexcept {
    if (const scheme_error e = check_params_of(read, digest_scheme, challenge_required); failed(e)) return e;
    params p(names);
    if (const scheme_error e = p.read(read.params()); failed(e)) return e;
    reading r{allowed};
    if (const scheme_error e = read_algorithm(p, algorithm, c); failed(e)) return e;
    for (const std::size_t required : {realm, nonce}) {
        if (!p.has(required)) return missing(read.end(), names[required], challenge_required);
    }
    p.value(realm, c.realm);
    p.value(nonce, c.nonce);
    p.find(opaque, c.opaque);
    // decides: R7616-3.3-stale
    // Anything but "true" is as good as nothing.
    c.stale = p.has(stale) && p.value(stale).equals_ignoring_case("true");
    if (const scheme_error e = read_qop(p, read.end(), c.qop, r); failed(e)) return e;
    if (const scheme_error e = read_charset(p, c.utf8, r); failed(e)) return e;
    if (const scheme_error e = read_userhash(p, userhash, c.userhash, offered_userhash); failed(e)) return e;
    if (const scheme_error e = read_domain(p, f, c.domain); failed(e)) return e;
    c.used = r.used;
    return scheme_error{};
}

}  // namespace in_challenge

namespace in_credentials {

enum : std::size_t {
    username,
    username_star,
    realm,
    nonce,
    uri,
    response,
    algorithm,
    cnonce,
    opaque,
    qop,
    nc,
    userhash,
    count
};
constexpr param_names<count> names{"username",  "username*", "realm",  "nonce", "uri", "response",
                                   "algorithm", "cnonce",    "opaque", "qop",   "nc",  "userhash"};
using params = known_params<count>;

// decides: R7616-3.4-two-usernames, R7616-3.4-username-ext
[[nodiscard]] scheme_error read_username(const params& p, std::size_t end, digest_credentials& c, reading& r) noexcept {
    bool hashed = false;
    if (const scheme_error e = read_userhash(p, userhash, hashed, userhash_flag); failed(e)) return e;
    if (p.has(username_star)) {
        const text& value = p.value(username_star);
        if (p.has(username)) {
            const std::size_t second =
                value.begin() < p.value(username).begin() ? p.value(username).begin() : value.begin();
            return fault(scheme_error_code::two_usernames, second, one_username, "one of username and username*",
                         tolerance::none, names[username_star]);
        }
        if (hashed) {
            return fault(scheme_error_code::unexpected_param, value.begin(), username_ext,
                         "username, because userhash is true", tolerance::none, names[username_star]);
        }
        if (scheme_error e = check_ext_value(value); failed(e)) {
            e.param = names[username_star];
            return e;
        }
        c.username = value;
        c.form = username_form::extended;
        return {};
    }
    if (!p.has(username)) return missing(end, names[username], credentials_required);
    p.value(username, c.username);
    c.form = hashed ? username_form::hashed : username_form::plain;
    return hashed ? check_hash(c.username, hex_digits(c.algorithm), names[username], r) : scheme_error{};
}

/// qop and what belongs to it.
// decides: R7616-3.4-cnonce, R7616-3.4-nc
[[nodiscard]] scheme_error read_protection(const params& p, std::size_t end, digest_credentials& c,
                                           reading& r) noexcept {
    if (p.has(qop)) {
        const std::optional<digest_qop> q = qop_of(p.value(qop));
        if (!q) {
            return fault(scheme_error_code::invalid_value, p.value(qop).begin(), one_qop,
                         "one of \"auth\" and \"auth-int\"", tolerance::none, names[qop]);
        }
        c.qop = *q;
        if (!p.has(nc)) return missing(end, names[nc], nc_sent);
        if (!p.has(cnonce)) return missing(end, names[cnonce], cnonce_sent);
        p.value(nc, c.nc_digits);
        if (const scheme_error e = read_nc(c.nc_digits, c.nc, r); failed(e)) return e;
    } else {
        if (!r.use(tolerance::digest_without_qop)) {
            return missing(end, names[qop], one_qop, tolerance::digest_without_qop);
        }
        if (p.has(nc)) {
            return fault(scheme_error_code::unexpected_param, p.value(nc).begin(), one_qop, "no nc without qop",
                         tolerance::none, names[nc]);
        }
        if (!p.has(cnonce) && is_session(c.algorithm)) return missing(end, names[cnonce], cnonce_sent);
    }
    p.find(cnonce, c.cnonce);
    return c.cnonce ? check_cnonce(*c.cnonce) : scheme_error{};
}

// decides: R7616-3.4-required
[[nodiscard]] scheme_error fill(digest_credentials& c, const credentials& read, tolerances allowed) noexcept {
    if (const scheme_error e = check_params_of(read, digest_scheme, credentials_required); failed(e)) return e;
    params p(names);
    if (const scheme_error e = p.read(read.params()); failed(e)) return e;
    reading r{allowed};
    if (const scheme_error e = read_algorithm(p, algorithm, c); failed(e)) return e;
    if (const scheme_error e = read_username(p, read.end(), c, r); failed(e)) return e;
    for (const std::size_t required : {realm, nonce, uri, response}) {
        if (!p.has(required)) return missing(read.end(), names[required], credentials_required);
    }
    p.value(realm, c.realm);
    p.value(nonce, c.nonce);
    p.value(uri, c.uri);
    p.value(response, c.response);
    p.find(opaque, c.opaque);
    if (const scheme_error e = check_uri(c.uri); failed(e)) return e;
    if (const scheme_error e = check_hash(c.response, hex_digits(c.algorithm), names[response], r); failed(e)) return e;
    if (const scheme_error e = read_protection(p, read.end(), c, r); failed(e)) return e;
    c.used = r.used;
    return scheme_error{};
}

}  // namespace in_credentials

namespace in_info {

enum : std::size_t { nextnonce, rspauth, cnonce, nc, qop, count };
constexpr param_names<count> names{"nextnonce", "rspauth", "cnonce", "nc", "qop"};

/// The offset of the end of the last value.
[[nodiscard]] std::size_t end_of_last(const auth_params& list) noexcept {
    std::size_t end = 0;
    for (const auth_param p : list) end = p.value.end();
    return end;
}

// decides: R7616-3.5-rspauth
[[nodiscard]] scheme_error fill(digest_info& i, const auth_params& read, tolerances allowed) noexcept {
    known_params p(names);
    if (const scheme_error e = p.read(read); failed(e)) return e;
    reading r{allowed};
    if (p.has(qop)) {
        const std::optional<digest_qop> q = qop_of(p.value(qop));
        if (!q) {
            return fault(scheme_error_code::invalid_value, p.value(qop).begin(), one_qop,
                         "one of \"auth\" and \"auth-int\"", tolerance::none, names[qop]);
        }
        i.qop = *q;
        for (const std::size_t required : {rspauth, cnonce, nc}) {
            if (!p.has(required)) return missing(end_of_last(read), names[required], info_with_qop);
        }
    }
    p.find(nextnonce, i.nextnonce);
    p.find(rspauth, i.rspauth);
    p.find(cnonce, i.cnonce);
    if (i.rspauth) {
        if (const scheme_error e = check_hash(*i.rspauth, 0, names[rspauth], r); failed(e)) return e;
    }
    if (i.cnonce) {
        if (const scheme_error e = check_cnonce(*i.cnonce); failed(e)) return e;
    }
    if (p.has(nc)) {
        std::uint32_t count_read = 0;
        if (const scheme_error e = read_nc(p.value(nc), count_read, r); failed(e)) return e;
        i.nc = count_read;
        i.nc_digits = p.value(nc);
    }
    i.used = r.used;
    return scheme_error{};
}

}  // namespace in_info

}  // namespace

result<digest_challenge, scheme_error> read_digest_challenge(const challenge& read, tolerances allowed,
                                                             field f) noexcept {
    return {filled_by, [&](digest_challenge& c) noexcept { return in_challenge::fill(c, read, allowed, f); }};
}

result<digest_credentials, scheme_error> read_digest_credentials(const credentials& read, tolerances allowed) noexcept {
    return {filled_by, [&](digest_credentials& c) noexcept { return in_credentials::fill(c, read, allowed); }};
}

result<digest_credentials, scheme_error> read_digest(const field_value& value, event_buffer& events,
                                                     tolerances allowed) noexcept {
    return {filled_by, [&](digest_credentials& c) noexcept {
                const result<credentials> read = parse_credentials(field::authorization, value, events);
                return read ? in_credentials::fill(c, *read, allowed) : grammar_fault(read.error());
            }};
}

result<digest_info, scheme_error> read_digest_info(const auth_params& read, tolerances allowed) noexcept {
    return {filled_by, [&](digest_info& i) noexcept { return in_info::fill(i, read, allowed); }};
}

}  // namespace authgrammar::schemes
