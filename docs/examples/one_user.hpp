#ifndef AUTHGRAMMAR_EXAMPLES_ONE_USER_HPP
#define AUTHGRAMMAR_EXAMPLES_ONE_USER_HPP

#include <authgrammar/conversation/exchange.hpp>

#include <string_view>

// What the servers of the examples share: one user, one token, and the schemes that they offer.

namespace one_user {

/// The host of a guard. Real ones search a database and compare salted hashes of passwords.
struct host {
    bool password(std::string_view user, std::string_view password) noexcept {
        return user == "Mufasa" && authgrammar::verify::equal_secrets(password, "Circle of Life");
    }
    bool secret(const authgrammar::verify::user_query& query, authgrammar::verify::user_secret& found) noexcept {
        if (query.username != "Mufasa") return false;
        found.password = "Circle of Life";
        return true;
    }
    authgrammar::conversation::token_verdict token(std::string_view token) noexcept {
        authgrammar::conversation::token_verdict verdict{};
        if (authgrammar::verify::equal_secrets(token, "mF_9.B5f-4.1JqM")) {
            verdict.is = authgrammar::conversation::token_state::valid;
            verdict.user = "Mufasa";
        }
        return verdict;
    }
};

/// Digest, Bearer and Basic, on loopback without TLS.
inline authgrammar::conversation::guard_options protection() {
    namespace conversation = authgrammar::conversation;
    conversation::guard_options options;
    options.realm = "files";
    options.offers = {conversation::digest_offer{}, conversation::bearer_offer{}, conversation::basic_offer{}};
    options.allow_unsecured = true;  // never beyond loopback: whoever listens reads passwords and tokens
    return options;
}

}  // namespace one_user

#endif
