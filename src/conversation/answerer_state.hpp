#ifndef AUTHGRAMMAR_CONVERSATION_ANSWERER_STATE_HPP
#define AUTHGRAMMAR_CONVERSATION_ANSWERER_STATE_HPP

#include <authgrammar/conversation/answerer.hpp>

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::conversation::detail {

/// What a client can prove itself with at one server.
struct account {
    std::string root;                  ///< canonical root URI
    std::optional<std::string> realm;  ///< of one realm only
    std::string scheme;                ///< "Bearer", one of rounds; empty for user and password
    std::string user;
    policy::secret password;  ///< or the token
    bool rounds = false;
};

/// A protection space whose server has accepted credentials of an account.
struct known_space {
    const account* who;
    std::string root;
    std::optional<std::string> realm;
    std::string scheme;
    std::string challenge;  ///< value of the field with the challenge alone, for the nonce
    std::uint32_t nc = 0;   ///< how many requests were sent with it
};

struct answerer_state {
    explicit answerer_state(answerer_options o) : options(std::move(o)), store(options.limits, options.now) {}

    /// The account for a challenge, or null.
    [[nodiscard]] const account* find(std::string_view root, const challenge& c) const;
    /// The schemes that there are accounts for at a server, the most secure first.
    [[nodiscard]] std::vector<policy::supported_scheme> order_for(std::string_view root) const;

    answerer_options options;
    std::list<account> accounts;
    std::list<known_space> spaces;  ///< what the store's secrets number
    policy::credential_store store;
    verify::hasher hashes;
};

}  // namespace authgrammar::conversation::detail

#endif
