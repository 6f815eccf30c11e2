#include <authgrammar/schemes/list.hpp>
#include <authgrammar/schemes/negotiate.hpp>
#include <authgrammar/schemes/scheme.hpp>
#include <authgrammar/schemes/scheme_message.hpp>
#include <authgrammar/verify/secure.hpp>

#include "scheme_answer.hpp"

using namespace authgrammar;
using namespace authgrammar::c;

static_assert(static_cast<int>(schemes::exchange_leg::respond) == AUTHGRAMMAR_LEG_RESPOND);

namespace {

const schemes::scheme_description* description(const authgrammar_scheme* s) noexcept {
    return reinterpret_cast<const schemes::scheme_description*>(s);
}

result<schemes::exchange_message, schemes::scheme_error> read_exchange(bool ntlm, const challenge& c, int status,
                                                                       char* buffer, std::size_t capacity,
                                                                       schemes::tolerances t) noexcept {
    if (status == 0) {
        return ntlm ? schemes::read_ntlm_credentials(c, buffer, capacity, t)
                    : schemes::read_negotiate_credentials(c, buffer, capacity, t);
    }
    return ntlm ? schemes::read_ntlm_challenge(c, status, buffer, capacity, t)
                : schemes::read_negotiate_challenge(c, status, buffer, capacity, t);
}

/// How the three checks are called; `read(description, tolerances)` is one of the readers of scheme_message.hpp.
template <typename Read>
authgrammar_scheme_code check(bool valid, const authgrammar_scheme* scheme, authgrammar_tolerances allowed,
                              authgrammar_tolerances* used, authgrammar_scheme_error* error, Read read) noexcept {
    authgrammar_tolerances unused = 0;
    return read_with(
        valid && scheme != nullptr, allowed, used != nullptr ? used : &unused, error,
        [&](schemes::tolerances t) noexcept { return read(*description(scheme), t); },
        [](const schemes::scheme_message& m, authgrammar_tolerances& to) noexcept { to = to_c(m.used()); });
}

}  // namespace

authgrammar_scheme_code authgrammar_read_negotiate(authgrammar_text scheme, const authgrammar_challenge* message,
                                                   int status, authgrammar_tolerances allowed, char* buffer,
                                                   std::size_t capacity, authgrammar_negotiate_message* read,
                                                   authgrammar_scheme_error* error) {
    const bool ntlm = authgrammar_equals_ignoring_case(scheme, to_c(std::string_view("NTLM"))) != 0;
    const bool known = ntlm || authgrammar_equals_ignoring_case(scheme, to_c(std::string_view("Negotiate"))) != 0;
    return read_with(
        known && is_challenge(message) && is_array(buffer, capacity), allowed, read, error,
        [&](schemes::tolerances t) noexcept {
            return read_exchange(ntlm, view(*message), status, buffer, capacity, t);
        },
        [](const schemes::exchange_message& m, authgrammar_negotiate_message& to) noexcept {
            to.leg = static_cast<authgrammar_leg>(m.leg);
            to.token = to_c(m.token);
            to.used = to_c(m.used);
        });
}

authgrammar_code authgrammar_write_negotiate(authgrammar_field f, authgrammar_text scheme, authgrammar_text token,
                                             char* buffer, std::size_t capacity, authgrammar_written* written) {
    if (!is_field(f) || !is_text(scheme) || !is_text(token) || !is_array(buffer, capacity)) {
        return refuse(AUTHGRAMMAR_ERR_INVALID_ARGUMENT, written);
    }
    return answer(schemes::write_exchange(static_cast<field>(f), view(scheme), view(token), buffer, capacity), written);
}

const authgrammar_scheme* authgrammar_find_scheme(authgrammar_text name) {
    if (!is_text(name)) return nullptr;
    return reinterpret_cast<const authgrammar_scheme*>(schemes::find_scheme(view(name)));
}

authgrammar_text authgrammar_scheme_name(const authgrammar_scheme* scheme) {
    return to_c(scheme != nullptr ? description(scheme)->name : std::string_view());
}

authgrammar_text authgrammar_scheme_reference(const authgrammar_scheme* scheme) {
    return to_c(scheme != nullptr ? description(scheme)->reference : std::string_view());
}

authgrammar_scheme_code authgrammar_check_challenge(const authgrammar_scheme* scheme, const authgrammar_challenge* c,
                                                    authgrammar_tolerances allowed, authgrammar_tolerances* used,
                                                    authgrammar_scheme_error* error) {
    return check(is_challenge(c), scheme, allowed, used, error,
                 [c](const schemes::scheme_description& s, schemes::tolerances t) noexcept {
                     return schemes::read_scheme_challenge(s, view(*c), t);
                 });
}

authgrammar_scheme_code authgrammar_check_credentials(const authgrammar_scheme* scheme, const authgrammar_challenge* c,
                                                      authgrammar_tolerances allowed, authgrammar_tolerances* used,
                                                      authgrammar_scheme_error* error) {
    return check(is_challenge(c), scheme, allowed, used, error,
                 [c](const schemes::scheme_description& s, schemes::tolerances t) noexcept {
                     return schemes::read_scheme_credentials(s, view(*c), t);
                 });
}

authgrammar_scheme_code authgrammar_check_info(const authgrammar_scheme* scheme, const authgrammar_params* params,
                                               authgrammar_tolerances allowed, authgrammar_tolerances* used,
                                               authgrammar_scheme_error* error) {
    return check(params != nullptr, scheme, allowed, used, error,
                 [params](const schemes::scheme_description& s, schemes::tolerances t) noexcept {
                     return schemes::read_scheme_info(s, view(*params), t);
                 });
}

authgrammar_form authgrammar_form_of(authgrammar_text scheme, authgrammar_field f, authgrammar_text param) {
    if (!is_text(scheme) || !is_field(f) || !is_text(param)) return AUTHGRAMMAR_FORM_AUTOMATIC;
    const quoting_table table = schemes::standard_quoting();
    for (std::size_t i = 0; i < table.count; ++i) {
        const quoting& line = table.lines[i];
        if (line.kind == kind_of(static_cast<field>(f)) && text(line.scheme).equals_ignoring_case(view(scheme)) &&
            text(line.param).equals_ignoring_case(view(param))) {
            return static_cast<authgrammar_form>(line.form);
        }
    }
    return AUTHGRAMMAR_FORM_AUTOMATIC;
}

int authgrammar_for_each_in_list(const authgrammar_word* list, int (*each)(void*, const authgrammar_word*),
                                 void* context) {
    if (!is_word(list) || each == nullptr) return 0;
    int answered = 0;
    schemes::for_each_word(text_of(*list), [&](const text& t) {
        // Offsets count in the value, where the list begins at list->begin.
        authgrammar_word element = to_c(t);
        if (list->spans_lines == 0) {
            element.offset += list->offset;
        }
        element.line += list->line;
        element.begin = list->begin + (element.begin - (list->spans_lines != 0 ? list->offset : 0));
        element.end = element.begin + (t.end() - t.begin());
        answered = each(context, &element);
        return answered == 0;
    });
    return answered;
}

int authgrammar_equal_secrets(authgrammar_text a, authgrammar_text b) {
    return is_text(a) && is_text(b) && verify::equal_secrets(view(a), view(b)) ? 1 : 0;
}

void authgrammar_wipe(void* bytes, std::size_t size) {
    if (is_array(bytes, size) && size != 0) verify::wipe(bytes, size);
}
