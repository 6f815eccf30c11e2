#include "errors.hpp"

#include <authgrammar/verify/basic_server.hpp>
#include <authgrammar/verify/precis.hpp>

namespace authgrammar::verify {

using login_result = result<schemes::basic_credentials, verify_error>;

login_result basic_login::read(std::string_view value, const basic_rules& rules) noexcept {
    clear();
    if (value.size() > longest_basic) {
        return {error_made_by, [] { return make_error(verify_code::too_long, longest_basic); }};
    }
    const auto read = schemes::read_basic(value, decoded_.data(), decoded_.capacity(), rules.allowed);
    // On an error read_basic() leaves nothing of it.
    if (!read) return {error_made_by, [&read] { return make_error(read.error()); }};
    decoded_.holds(read->user_id.size() + 1 + read->password.size());
    if (rules.utf8) return prepare(*read);
    // Word by word: what was just stored so is not to be loaded as one vector.
    const auto copy = [](std::string_view s) {
        return std::string_view(authgrammar::detail::load_scalar(s.data()), authgrammar::detail::load_scalar(s.size()));
    };
    return schemes::basic_credentials{copy(read->user_id), copy(read->password), read->used};
}

/// User-id and password in Unicode.
login_result basic_login::prepare(const schemes::basic_credentials& read) noexcept {
    const auto fail = [this](verify_code code, const precis_result& why) -> login_result {
        clear();
        return {error_made_by, [&] { return make_error(code, why, 0); }};
    };
    prepared_user_id_.holds(prepared_user_id_.capacity());
    const precis_result name = prepare_username(read.user_id, prepared_user_id_.data(), prepared_user_id_.capacity());
    if (!name) return fail(verify_code::username_unfit, name);
    prepared_user_id_.holds(name.size);
    prepared_password_.holds(prepared_password_.capacity());
    const precis_result word =
        prepare_password(read.password, prepared_password_.data(), prepared_password_.capacity());
    if (!word) return fail(verify_code::password_unfit, word);
    prepared_password_.holds(word.size);
    return schemes::basic_credentials{
        {prepared_user_id_.data(), name.size}, {prepared_password_.data(), word.size}, read.used};
}

// decides: R7617-2.1-precis
verify_error verify_basic(std::string_view value, const basic_rules& rules, password_judge judge) noexcept {
    basic_login login;
    const login_result read = login.read(value, rules);
    if (!read) return read.error();
    return judge(read->user_id, read->password) ? verify_error() : make_error(verify_code::wrong_credentials, 0);
}

}  // namespace authgrammar::verify
