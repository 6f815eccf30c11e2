#include <authgrammar/schemes/digest.hpp>

#include "digest_values.hpp"
#include "ext_value_check.hpp"
#include "params.hpp"
#include "written.hpp"

namespace authgrammar::schemes {

namespace {

/// The digits of an nc.
class nc_text {
public:
    explicit nc_text(std::uint32_t nc) noexcept {
        for (unsigned i = 0; i < 8; ++i) digits_[i] = "0123456789abcdef"[nc >> (28 - 4 * i) & 15];
    }
    [[nodiscard]] std::string_view digits() const noexcept { return {digits_, sizeof digits_}; }

private:
    char digits_[8];
};

/// The parameters that are written, and the first thing that is wrong with them.
template <std::size_t N>
class digest_params {
public:
    // decides: R7616-3.3-quoted, R7616-3.3-bare, R7616-3.4-quoted, R7616-3.4-bare, R7616-3.5-quoted, R7616-3.5-bare
    void quoted(std::string_view name, const text& value) noexcept { list_.add(name, value, param_form::quoted); }
    void quoted(std::string_view name, const std::optional<text>& value) noexcept {
        if (value) quoted(name, *value);
    }
    void bare(std::string_view name, const text& value) noexcept { list_.add(name, value, param_form::token); }

    /// Keeps the first error.
    void check(const scheme_error& e, const text& value) noexcept {
        if (!failed(e) || refused()) return;
        refusal_ = list_.refuse(e.param, e.offset - value.begin(), e.expected, {e.requirement, e.section});
    }
    void require(bool is_there, std::string_view name, rule broken) noexcept {
        if (!is_there && !refused()) refusal_ = list_.refuse(name, 0, name, broken);
    }

    [[nodiscard]] bool refused() const noexcept { return refusal_.code != error_code::none; }
    [[nodiscard]] const write_result& refusal() const noexcept { return refusal_; }
    [[nodiscard]] const written_params<N>& list() const noexcept { return list_; }

private:
    written_params<N> list_;
    write_result refusal_;
};

/// A qop list.
[[nodiscard]] std::string_view list_of(digest_qops q) noexcept {
    if (!q.has(digest_qop::auth_int)) return "auth";
    return q.has(digest_qop::auth) ? "auth, auth-int" : "auth-int";
}

template <std::size_t N>
void add_username(digest_params<N>& p, const digest_credentials& c, reading& strict) noexcept {
    switch (c.form) {
        case username_form::plain: p.quoted("username", c.username); break;
        case username_form::extended: {
            scheme_error e = check_ext_value(c.username);
            e.param = "username*";
            p.bare("username*", c.username);
            p.check(e, c.username);
            break;
        }
        case username_form::hashed:
            p.quoted("username", c.username);
            p.check(check_hash(c.username, hex_digits(c.algorithm), "username", strict), c.username);
            break;
    }
}

}  // namespace

write_result write_digest_challenge(field f, const digest_challenge& c, char* buffer, std::size_t capacity) noexcept {
    digest_params<9> p;
    p.quoted("realm", c.realm);
    if (c.domain && f != field::proxy_authenticate) {
        p.quoted("domain", c.domain);
        p.check(check_domain(*c.domain), *c.domain);
    }
    if (!c.qop.empty()) p.quoted("qop", text(list_of(c.qop)));
    if (c.algorithm_given || c.algorithm != digest_algorithm::md5) p.bare("algorithm", name_of(c.algorithm));
    p.quoted("nonce", c.nonce);
    p.quoted("opaque", c.opaque);
    if (c.stale) p.bare("stale", "true");
    if (c.utf8) p.bare("charset", "UTF-8");
    if (c.userhash) p.bare("userhash", "true");
    return p.refused() ? p.refusal() : p.list().write_challenge(f, digest_scheme, buffer, capacity);
}

write_result write_digest_credentials(field f, const digest_credentials& c, char* buffer,
                                      std::size_t capacity) noexcept {
    reading strict{};
    const nc_text nc(c.nc);
    digest_params<12> p;
    add_username(p, c, strict);
    p.quoted("realm", c.realm);
    p.quoted("uri", c.uri);
    p.check(check_uri(c.uri), c.uri);
    if (c.algorithm_given || c.algorithm != digest_algorithm::md5) p.bare("algorithm", name_of(c.algorithm));
    p.quoted("nonce", c.nonce);
    if (c.qop != digest_qop::none) {
        p.bare("nc", nc.digits());
        p.require(c.nc != 0, "nc", nc_sent);
    }
    p.quoted("cnonce", c.cnonce);
    if (c.cnonce) p.check(check_cnonce(*c.cnonce), *c.cnonce);
    p.require(c.cnonce || (c.qop == digest_qop::none && !is_session(c.algorithm)), "cnonce", cnonce_sent);
    if (c.qop != digest_qop::none) p.bare("qop", name_of(c.qop));
    p.quoted("response", c.response);
    p.check(check_hash(c.response, hex_digits(c.algorithm), "response", strict), c.response);
    p.quoted("opaque", c.opaque);
    if (c.form == username_form::hashed) p.bare("userhash", "true");
    return p.refused() ? p.refusal() : p.list().write_credentials(f, digest_scheme, buffer, capacity);
}

write_result write_digest_info(field f, const digest_info& i, char* buffer, std::size_t capacity) noexcept {
    reading strict{};
    const nc_text nc(i.nc.value_or(0));
    digest_params<5> p;
    p.quoted("rspauth", i.rspauth);
    if (i.rspauth) p.check(check_hash(*i.rspauth, 0, "rspauth", strict), *i.rspauth);
    p.quoted("cnonce", i.cnonce);
    if (i.cnonce) p.check(check_cnonce(*i.cnonce), *i.cnonce);
    if (i.nc) {
        const bool as_sent = !i.nc_digits.raw().empty();
        std::uint32_t sent = *i.nc;
        if (as_sent) p.check(read_nc(i.nc_digits, sent, strict), i.nc_digits);
        p.bare("nc", as_sent ? i.nc_digits : text(nc.digits()));
        p.require(*i.nc != 0 && *i.nc == sent, "nc", nc_sent);
    }
    if (i.qop != digest_qop::none) {
        p.require(i.rspauth.has_value(), "rspauth", info_with_qop);
        p.require(i.cnonce.has_value(), "cnonce", info_with_qop);
        p.require(i.nc.has_value(), "nc", info_with_qop);
        p.bare("qop", name_of(i.qop));
    }
    p.quoted("nextnonce", i.nextnonce);
    return p.refused() ? p.refusal() : p.list().write_info(f, buffer, capacity);
}

}  // namespace authgrammar::schemes
