#include "convert.hpp"

#include <authgrammar/event.hpp>
#include <authgrammar/scheme_of.hpp>
#include <authgrammar/version.hpp>

#include <optional>

using namespace authgrammar;
using namespace authgrammar::c;

// The numbers of C are those of C++.
static_assert(static_cast<int>(error_code::second_credentials) == AUTHGRAMMAR_ERR_SECOND_CREDENTIALS);
static_assert(static_cast<int>(error_code::limit_empty_elements) == AUTHGRAMMAR_ERR_LIMIT_EMPTY_ELEMENTS);
static_assert(static_cast<int>(error_code::wrong_field_kind) == AUTHGRAMMAR_ERR_WRONG_FIELD_KIND);
static_assert(static_cast<int>(error_code::null_array) == AUTHGRAMMAR_ERR_NULL_ARRAY);
static_assert(static_cast<int>(field::proxy_authentication_info) == AUTHGRAMMAR_FIELD_PROXY_AUTHENTICATION_INFO);
static_assert(static_cast<int>(edition::rfc9110_sender) == AUTHGRAMMAR_EDITION_RFC9110_SENDER);
static_assert(static_cast<int>(event_kind::challenge_end) == AUTHGRAMMAR_EVENT_CHALLENGE_END);
static_assert(static_cast<int>(text_role::quoted_value) == AUTHGRAMMAR_ROLE_QUOTED_VALUE);
static_assert(static_cast<int>(param_form::quoted) == AUTHGRAMMAR_FORM_QUOTED);
static_assert(static_cast<int>(written_part::param_value) == AUTHGRAMMAR_PART_PARAM_VALUE);

const char* authgrammar_version(void) {
    // A literal, which ends with NUL.
    return version.data();
}

int authgrammar_equals(authgrammar_text a, authgrammar_text b) {
    return is_text(a) && is_text(b) && view(a) == view(b) ? 1 : 0;
}

int authgrammar_equals_ignoring_case(authgrammar_text a, authgrammar_text b) {
    return is_text(a) && is_text(b) && text(view(a)).equals_ignoring_case(view(b)) ? 1 : 0;
}

authgrammar_text authgrammar_field_name(authgrammar_field f) {
    return to_c(is_field(f) ? name_of(static_cast<field>(f)) : std::string_view());
}

authgrammar_text authgrammar_edition_name(authgrammar_edition e) {
    return to_c(is_edition(e) ? name_of(static_cast<edition>(e)) : std::string_view());
}

int authgrammar_field_from_name(authgrammar_text name, authgrammar_field* f) {
    if (!is_text(name) || f == nullptr) return 0;
    const std::optional<field> found = field_from_name(view(name));
    if (!found) return 0;
    *f = static_cast<authgrammar_field>(*found);
    return 1;
}

authgrammar_text authgrammar_event_kind_name(authgrammar_event_kind kind) {
    const bool known = kind >= AUTHGRAMMAR_EVENT_CHALLENGE_BEGIN && kind <= AUTHGRAMMAR_EVENT_CHALLENGE_END;
    return to_c(known ? name_of(static_cast<event_kind>(kind)) : std::string_view());
}

authgrammar_text authgrammar_code_name(authgrammar_code code) {
    if (const c_error* const e = find_c_error(code)) return to_c(e->name);
    return to_c(name_of(code >= 0 && code <= UINT8_MAX ? static_cast<error_code>(code) : error_code::none));
}

authgrammar_text authgrammar_code_explanation(authgrammar_code code) {
    if (const c_error* const e = find_c_error(code)) return to_c(e->explanation);
    return to_c(explain(code >= 0 && code <= UINT8_MAX ? static_cast<error_code>(code) : error_code::none));
}

authgrammar_text authgrammar_scheme_of(authgrammar_text line) {
    return to_c(is_text(line) ? scheme_of(view(line)) : std::string_view());
}
