#ifndef AUTHGRAMMAR_FUZZ_NAIVE_RETRY_HPP
#define AUTHGRAMMAR_FUZZ_NAIVE_RETRY_HPP

#include <authgrammar/challenge.hpp>
#include <authgrammar/policy/retry.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace authgrammar::fuzz {

/// The retry guard by docs/spaces.md, "When to stop": a log of all that happened to a request, which every call counts
/// through from the start.
class naive_retry {
public:
    enum class advice { first, changed, renewed, new_token, next_round, same, too_often, unreadable };

    explicit naive_retry(policy::retry_limits limits) : limits_(limits) {}

    void sent(std::string_view credentials);
    [[nodiscard]] bool was_sent(std::string_view credentials) const;

    /// `offered`: the challenges of a response; null if the field value is not in the grammar.
    advice challenged(const challenges* offered);

private:
    struct plain_challenge {
        std::string scheme;
        std::string token68;
        std::vector<std::pair<std::string, std::string>> params;  // sorted, without those that change each time
        std::string round;                                        // what the next round is made from
        std::optional<std::string> realm;
        bool stale = false;
        bool token_refused = false;

        [[nodiscard]] bool operator==(const plain_challenge& other) const {
            return scheme == other.scheme && token68 == other.token68 && params == other.params;
        }
    };
    /// Either credentials were sent, or challenges came and advice was given.
    struct happened {
        std::string sent;  // the credentials, "!" before them; of challenges empty
        std::vector<plain_challenge> offered;
        std::string round;  // the challenge that began a further round
        advice given = advice::first;
    };

    static std::string in_short(std::string_view credentials);
    static plain_challenge plain(const challenge& c);
    static bool same_set(const std::vector<plain_challenge>& a, std::vector<plain_challenge> b);
    [[nodiscard]] std::size_t count(advice a, std::size_t from) const;

    policy::retry_limits limits_;
    std::vector<happened> log_;
};

}  // namespace authgrammar::fuzz

#endif
