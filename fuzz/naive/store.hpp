#ifndef AUTHGRAMMAR_FUZZ_NAIVE_STORE_HPP
#define AUTHGRAMMAR_FUZZ_NAIVE_STORE_HPP

#include <authgrammar/policy/credential_store.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::fuzz {

/// The credential store by docs/spaces.md: a vector that every call searches from end to end. The caller passes the
/// time, a later one with each call.
class naive_store {
public:
    using time = std::chrono::steady_clock::time_point;

    struct scope {
        std::string root;
        std::string prefix;
    };
    struct kept {
        bool for_proxy = false;
        std::string root;
        std::optional<std::string> realm;
        std::string scheme;  ///< lower case
        std::vector<scope> scopes;
        std::string secret;
        time expires;
        time used;

        [[nodiscard]] std::size_t bytes() const;
    };

    explicit naive_store(policy::store_limits limits) : limits_(limits) {}

    bool remember(bool for_proxy, const policy::target_uri& target, const policy::accepted_credentials& accepted,
                  time now);

    [[nodiscard]] const kept* find(const policy::target_uri& target, time now);
    [[nodiscard]] const kept* find(std::string_view root, const std::optional<std::string>& realm,
                                   std::string_view scheme, time now);
    [[nodiscard]] const kept* find_proxy(const policy::target_uri& proxy, time now);

    std::size_t discard(std::string_view root, const std::optional<std::string>& realm,
                        std::optional<std::string_view> scheme, time now);
    std::size_t discard_host(std::string_view host, time now);
    std::size_t discard_proxy(const policy::target_uri& proxy, time now);
    std::size_t discard_expired(time now);
    std::size_t discard_all();

    [[nodiscard]] const std::vector<kept>& all() const noexcept { return all_; }
    [[nodiscard]] std::size_t bytes() const;

private:
    template <typename Condition>
    std::size_t discard_if(Condition condition);

    bool make_room(const kept& fresh);

    policy::store_limits limits_;
    std::vector<kept> all_;
};

}  // namespace authgrammar::fuzz

#endif
