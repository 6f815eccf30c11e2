#include "errors.hpp"

#include <authgrammar/verify/basic_server.hpp>
#include <authgrammar/verify/precis.hpp>

namespace authgrammar::verify {

namespace {

/// Judges user-id and password in Unicode.
[[nodiscard]] verify_error judge_prepared(const schemes::basic_credentials& c, password_judge judge) noexcept {
    secret_buffer<4 * precis_limit> user_id;
    secret_buffer<4 * precis_limit> password;
    const precis_result name = prepare_username(c.user_id, user_id.data(), user_id.capacity());
    if (!name) return make_error(verify_code::username_unfit, name, 0);
    const precis_result word = prepare_password(c.password, password.data(), password.capacity());
    if (!word) return make_error(verify_code::password_unfit, word, 0);
    const bool right = judge({user_id.data(), name.size}, {password.data(), word.size});
    return right ? verify_error() : make_error(verify_code::wrong_credentials, 0);
}

}  // namespace

// decides: R7617-2.1-precis
verify_error verify_basic(std::string_view value, const basic_rules& rules, password_judge judge) noexcept {
    if (value.size() > longest_basic) return make_error(verify_code::too_long, longest_basic);
    secret_buffer<longest_basic> buffer;
    const auto read = schemes::read_basic(value, buffer.data(), buffer.capacity(), rules.allowed);
    if (!read) return make_error(read.error());
    if (rules.utf8) return judge_prepared(*read, judge);
    return judge(read->user_id, read->password) ? verify_error() : make_error(verify_code::wrong_credentials, 0);
}

}  // namespace authgrammar::verify
