#ifndef AUTHGRAMMAR_TESTS_CONVERSATION_SITUATIONS_HPP
#define AUTHGRAMMAR_TESTS_CONVERSATION_SITUATIONS_HPP

#include <authgrammar/conversation/exchange.hpp>

#include <functional>
#include <string>
#include <vector>

namespace authgrammar::conversation::test {

/// What the credentials of a request are, by what they have to lead to.
enum class worth { none, malformed, wrong, stale, round, narrow, step_up, bad_request, right };

struct situation {
    const char* name;
    const char*
        scheme;  ///< that has to be offered for it to be worth that; else it is `wrong`, or `malformed` as it is
    worth is;
    /// The lines of the field, from a value with challenges for a Digest client; nothing if there are none.
    std::function<std::vector<std::string>(const std::string& challenges, bool proxy, exchange& x)> lines;
};

/// All of them.
const std::vector<situation>& situations();

/// Whether a guard may give that as a reason. The others are said of challenges, or to clients and senders; or they cannot be,
/// since the guard chooses the reader by the scheme and gives it room, or come as reason_code::not_computable.
inline bool is_of_guards(reason_code) { return true; }
inline bool is_of_guards(verify::verify_code code) {
    using is = verify::verify_code;
    return code != is::a1_unfit && code != is::body_hash_missing && code != is::not_computable;
}
inline bool is_of_guards(schemes::scheme_error_code code) {
    using is = schemes::scheme_error_code;
    return code != is::other_scheme && code != is::buffer_full && code != is::unknown_qop &&
           code != is::undefined_message && code != is::value_not_quoted && code != is::value_quoted &&
           code != is::invalid_message;
}

}  // namespace authgrammar::conversation::test

#endif
