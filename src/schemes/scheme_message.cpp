#include <authgrammar/schemes/scheme_message.hpp>

#include "message_check.hpp"

namespace authgrammar::schemes {

namespace {

/// Keeps the first violation, and stops there.
struct first_violation {
    scheme_error error{};

    [[nodiscard]] bool operator()(const scheme_error& e) noexcept {
        error = e;
        return false;
    }
};

[[nodiscard]] result<scheme_message, scheme_error> read_message(const scheme_description& s, field_kind kind,
                                                                const challenge& read, tolerances allowed) noexcept {
    if (const scheme_error e = check_is_of(s, kind, read); failed(e)) return e;
    const content_forms& forms = forms_in(s, kind);
    const auth_params params = read.params();
    const std::optional<text> token68 = read.token68();
    first_violation first;
    message_check check(s, kind, params, read.end(), allowed, first);
    if (const scheme_error e = check.form(token68, forms); failed(e)) return e;
    if (!token68) {
        if (!check.no_name_twice() || !check.values()) return first.error;
        const bool in_full = forms.params && !(forms.alone && params.empty());
        if (in_full && !check.required()) return first.error;
    }
    return scheme_message(s, kind, token68, params, check.used());
}

}  // namespace

result<scheme_message, scheme_error> read_scheme_challenge(const scheme_description& s, const challenge& read,
                                                           tolerances allowed) noexcept {
    return read_message(s, field_kind::challenges, read, allowed);
}

result<scheme_message, scheme_error> read_scheme_credentials(const scheme_description& s, const credentials& read,
                                                             tolerances allowed) noexcept {
    return read_message(s, field_kind::credentials, read, allowed);
}

result<scheme_message, scheme_error> read_scheme_info(const scheme_description& s, const auth_params& read,
                                                      tolerances allowed) noexcept {
    if (const scheme_error e = check_has_info(s); failed(e)) return e;
    first_violation first;
    message_check check(s, field_kind::info, read, end_of(read), allowed, first);
    if (!check.no_name_twice() || !check.values() || !check.required()) return first.error;
    return scheme_message(s, field_kind::info, std::nullopt, read, check.used());
}

}  // namespace authgrammar::schemes
