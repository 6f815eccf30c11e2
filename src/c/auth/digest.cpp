#include <authgrammar/schemes/digest.hpp>

#include "scheme_answer.hpp"

using namespace authgrammar;
using namespace authgrammar::c;

authgrammar_text authgrammar_digest_algorithm_name(authgrammar_digest_algorithm a) {
    return to_c(is_algorithm(a) ? name_of(static_cast<schemes::digest_algorithm>(a)) : std::string_view());
}

authgrammar_scheme_code authgrammar_read_digest_challenge(authgrammar_field f, const authgrammar_challenge* from,
                                                          authgrammar_tolerances allowed,
                                                          authgrammar_digest_challenge* read,
                                                          authgrammar_scheme_error* error) {
    return read_with(
        is_field(f) && is_challenge(from), allowed, read, error,
        [&](schemes::tolerances t) noexcept {
            return schemes::read_digest_challenge(view(*from), t, static_cast<field>(f));
        },
        [](const schemes::digest_challenge& c, authgrammar_digest_challenge& to) noexcept {
            to.realm = to_c(c.realm);
            to.nonce = to_c(c.nonce);
            to.opaque = to_c(c.opaque);
            to.domain = to_c(c.domain);
            to.algorithm = static_cast<authgrammar_digest_algorithm>(c.algorithm);
            to.algorithm_given = c.algorithm_given ? 1 : 0;
            to.qops = to_c(c.qop);
            to.stale = c.stale ? 1 : 0;
            to.userhash = c.userhash ? 1 : 0;
            to.utf8 = c.utf8 ? 1 : 0;
            to.used = to_c(c.used);
        });
}

authgrammar_scheme_code authgrammar_read_digest_credentials(const authgrammar_challenge* from,
                                                            authgrammar_tolerances allowed,
                                                            authgrammar_digest_credentials* read,
                                                            authgrammar_scheme_error* error) {
    return read_with(
        is_challenge(from), allowed, read, error,
        [&](schemes::tolerances t) noexcept { return schemes::read_digest_credentials(view(*from), t); },
        [](const schemes::digest_credentials& c, authgrammar_digest_credentials& to) noexcept {
            to.username = to_c(c.username);
            to.form = static_cast<authgrammar_username_form>(c.form);
            to.realm = to_c(c.realm);
            to.nonce = to_c(c.nonce);
            to.uri = to_c(c.uri);
            to.response = to_c(c.response);
            to.cnonce = to_c(c.cnonce);
            to.opaque = to_c(c.opaque);
            to.nc_digits = to_c(c.nc_digits);
            to.nc = c.nc;
            to.qop = static_cast<authgrammar_digest_qop>(c.qop);
            to.algorithm = static_cast<authgrammar_digest_algorithm>(c.algorithm);
            to.algorithm_given = c.algorithm_given ? 1 : 0;
            to.used = to_c(c.used);
        });
}

authgrammar_scheme_code authgrammar_read_digest_info(const authgrammar_params* from, authgrammar_tolerances allowed,
                                                     authgrammar_digest_info* read, authgrammar_scheme_error* error) {
    return read_with(
        from != nullptr, allowed, read, error,
        [&](schemes::tolerances t) noexcept { return schemes::read_digest_info(view(*from), t); },
        [](const schemes::digest_info& i, authgrammar_digest_info& to) noexcept {
            to.nextnonce = to_c(i.nextnonce);
            to.rspauth = to_c(i.rspauth);
            to.cnonce = to_c(i.cnonce);
            to.nc_digits = to_c(i.nc_digits);
            to.has_nc = i.nc ? 1 : 0;
            to.nc = i.nc.value_or(0);
            to.qop = static_cast<authgrammar_digest_qop>(i.qop);
            to.used = to_c(i.used);
        });
}

authgrammar_code authgrammar_write_digest_challenge(authgrammar_field f, const authgrammar_digest_challenge* from,
                                                    char* buffer, std::size_t capacity, authgrammar_written* written) {
    const std::optional<schemes::digest_qops> qops = to_qops(from != nullptr ? from->qops : 0);
    if (!is_field(f) || from == nullptr || !is_array(buffer, capacity) || !is_algorithm(from->algorithm) || !qops ||
        !are_words(from->realm, from->nonce, from->opaque, from->domain)) {
        return refuse(AUTHGRAMMAR_ERR_INVALID_ARGUMENT, written);
    }
    schemes::digest_challenge c{};
    c.realm = text_of(from->realm);
    c.nonce = text_of(from->nonce);
    c.opaque = optional_text(from->opaque);
    c.domain = optional_text(from->domain);
    c.algorithm = static_cast<schemes::digest_algorithm>(from->algorithm);
    c.algorithm_given = from->algorithm_given != 0;
    c.qop = *qops;
    c.stale = from->stale != 0;
    c.userhash = from->userhash != 0;
    c.utf8 = from->utf8 != 0;
    return answer(schemes::write_digest_challenge(static_cast<field>(f), c, buffer, capacity), written);
}

authgrammar_code authgrammar_write_digest_credentials(authgrammar_field f, const authgrammar_digest_credentials* from,
                                                      char* buffer, std::size_t capacity,
                                                      authgrammar_written* written) {
    if (!is_field(f) || from == nullptr || !is_array(buffer, capacity) || !is_algorithm(from->algorithm) ||
        !is_qop(from->qop) || from->form < AUTHGRAMMAR_USERNAME_PLAIN || from->form > AUTHGRAMMAR_USERNAME_HASHED ||
        !are_words(from->username, from->realm, from->nonce, from->uri, from->response, from->cnonce, from->opaque)) {
        return refuse(AUTHGRAMMAR_ERR_INVALID_ARGUMENT, written);
    }
    schemes::digest_credentials c{};
    c.username = text_of(from->username);
    c.form = static_cast<schemes::username_form>(from->form);
    c.realm = text_of(from->realm);
    c.nonce = text_of(from->nonce);
    c.uri = text_of(from->uri);
    c.response = text_of(from->response);
    c.cnonce = optional_text(from->cnonce);
    c.opaque = optional_text(from->opaque);
    c.nc = from->nc;
    c.qop = static_cast<schemes::digest_qop>(from->qop);
    c.algorithm = static_cast<schemes::digest_algorithm>(from->algorithm);
    c.algorithm_given = from->algorithm_given != 0;
    return answer(schemes::write_digest_credentials(static_cast<field>(f), c, buffer, capacity), written);
}

authgrammar_code authgrammar_write_digest_info(authgrammar_field f, const authgrammar_digest_info* from, char* buffer,
                                               std::size_t capacity, authgrammar_written* written) {
    if (!is_field(f) || from == nullptr || !is_array(buffer, capacity) || !is_qop(from->qop) ||
        !are_words(from->nextnonce, from->rspauth, from->cnonce, from->nc_digits)) {
        return refuse(AUTHGRAMMAR_ERR_INVALID_ARGUMENT, written);
    }
    schemes::digest_info i{};
    i.nextnonce = optional_text(from->nextnonce);
    i.rspauth = optional_text(from->rspauth);
    i.cnonce = optional_text(from->cnonce);
    i.nc_digits = text_of(from->nc_digits);
    if (from->has_nc != 0) i.nc = from->nc;
    i.qop = static_cast<schemes::digest_qop>(from->qop);
    return answer(schemes::write_digest_info(static_cast<field>(f), i, buffer, capacity), written);
}
