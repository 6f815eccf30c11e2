#include <authgrammar/schemes/basic.hpp>
#include <authgrammar/schemes/bearer.hpp>

#include "scheme_answer.hpp"

using namespace authgrammar;
using namespace authgrammar::c;

authgrammar_scheme_code authgrammar_read_basic(authgrammar_text value, authgrammar_tolerances allowed, char* buffer,
                                               std::size_t capacity, authgrammar_basic* read,
                                               authgrammar_scheme_error* error) {
    return read_with(
        is_text(value) && is_array(buffer, capacity), allowed, read, error,
        [&](schemes::tolerances t) noexcept { return schemes::read_basic(view(value), buffer, capacity, t); },
        [](const schemes::basic_credentials& from, authgrammar_basic& to) noexcept {
            to.user_id = to_c(from.user_id);
            to.password = to_c(from.password);
            to.used = to_c(from.used);
        });
}

authgrammar_code authgrammar_write_basic(authgrammar_field f, authgrammar_text user_id, authgrammar_text password,
                                         char* buffer, std::size_t capacity, authgrammar_written* written) {
    if (!is_field(f) || !is_text(user_id) || !is_text(password) || !is_array(buffer, capacity)) {
        return refuse(AUTHGRAMMAR_ERR_INVALID_ARGUMENT, written);
    }
    return answer(
        schemes::write_basic_credentials(static_cast<field>(f), view(user_id), view(password), buffer, capacity),
        written);
}

authgrammar_scheme_code authgrammar_read_basic_challenge(const authgrammar_challenge* from,
                                                         authgrammar_tolerances allowed,
                                                         authgrammar_basic_challenge* read,
                                                         authgrammar_scheme_error* error) {
    return read_with(
        is_challenge(from), allowed, read, error,
        [&](schemes::tolerances t) noexcept { return schemes::read_basic_challenge(view(*from), t); },
        [](const schemes::basic_challenge& c, authgrammar_basic_challenge& to) noexcept {
            to.realm = to_c(c.realm);
            to.utf8 = c.utf8 ? 1 : 0;
            to.used = to_c(c.used);
        });
}

authgrammar_code authgrammar_write_basic_challenge(authgrammar_field f, const authgrammar_basic_challenge* from,
                                                   char* buffer, std::size_t capacity, authgrammar_written* written) {
    if (!is_field(f) || from == nullptr || !is_word(&from->realm) || !is_array(buffer, capacity)) {
        return refuse(AUTHGRAMMAR_ERR_INVALID_ARGUMENT, written);
    }
    schemes::basic_challenge c{};
    c.realm = text_of(from->realm);
    c.utf8 = from->utf8 != 0;
    return answer(schemes::write_basic_challenge(static_cast<field>(f), c, buffer, capacity), written);
}

authgrammar_scheme_code authgrammar_read_bearer(authgrammar_text value, authgrammar_text* token,
                                                authgrammar_scheme_error* error) {
    return read_with(
        is_text(value), 0, token, error,
        [&](schemes::tolerances) noexcept { return schemes::read_bearer(view(value)); },
        [](const schemes::bearer_credentials& c, authgrammar_text& to) noexcept { to = to_c(c.token); });
}

authgrammar_code authgrammar_write_bearer(authgrammar_field f, authgrammar_text token, char* buffer,
                                          std::size_t capacity, authgrammar_written* written) {
    if (!is_field(f) || !is_text(token) || !is_array(buffer, capacity)) {
        return refuse(AUTHGRAMMAR_ERR_INVALID_ARGUMENT, written);
    }
    return answer(schemes::write_bearer_credentials(static_cast<field>(f), view(token), buffer, capacity), written);
}

authgrammar_scheme_code authgrammar_read_bearer_challenge(const authgrammar_challenge* from,
                                                          authgrammar_tolerances allowed,
                                                          authgrammar_bearer_challenge* read,
                                                          authgrammar_scheme_error* error) {
    return read_with(
        is_challenge(from), allowed, read, error,
        [&](schemes::tolerances t) noexcept { return schemes::read_bearer_challenge(view(*from), t); },
        [](const schemes::bearer_challenge& c, authgrammar_bearer_challenge& to) noexcept {
            to.realm = to_c(c.realm);
            to.scope = to_c(c.scope);
            to.error = to_c(c.error);
            to.error_description = to_c(c.error_description);
            to.error_uri = to_c(c.error_uri);
            to.acr_values = to_c(c.acr_values);
            to.resource_metadata = to_c(c.resource_metadata);
            to.has_max_age = c.max_age ? 1 : 0;
            to.max_age = c.max_age.value_or(0);
            to.used = to_c(c.used);
        });
}

authgrammar_code authgrammar_write_bearer_challenge(authgrammar_field f, const authgrammar_bearer_challenge* from,
                                                    char* buffer, std::size_t capacity, authgrammar_written* written) {
    if (!is_field(f) || from == nullptr || !is_array(buffer, capacity) ||
        !are_words(from->realm, from->scope, from->error, from->error_description, from->error_uri, from->acr_values,
                   from->resource_metadata)) {
        return refuse(AUTHGRAMMAR_ERR_INVALID_ARGUMENT, written);
    }
    schemes::bearer_challenge c{};
    c.realm = optional_text(from->realm);
    c.scope = optional_text(from->scope);
    c.error = optional_text(from->error);
    c.error_description = optional_text(from->error_description);
    c.error_uri = optional_text(from->error_uri);
    c.acr_values = optional_text(from->acr_values);
    c.resource_metadata = optional_text(from->resource_metadata);
    if (from->has_max_age != 0) c.max_age = from->max_age;
    return answer(schemes::write_bearer_challenge(static_cast<field>(f), c, buffer, capacity), written);
}
