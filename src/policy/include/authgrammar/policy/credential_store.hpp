#ifndef AUTHGRAMMAR_POLICY_CREDENTIAL_STORE_HPP
#define AUTHGRAMMAR_POLICY_CREDENTIAL_STORE_HPP

#include <authgrammar/policy/export.hpp>
#include <authgrammar/policy/protection_space.hpp>
#include <authgrammar/policy/secret.hpp>
#include <authgrammar/policy/target_uri.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::policy {

/// How much a credential store keeps, and how long. Times above a hundred years count as that.
struct store_limits {
    std::size_t entries = 256;                                  ///< credentials, those for proxies included
    std::size_t bytes = 1 << 20;                                ///< of all text: secrets, realms, schemes and scopes
    std::size_t scopes = 64;                                    ///< scopes of one entry; the oldest goes first
    std::chrono::seconds lifetime = std::chrono::hours(8);      ///< from when they were last accepted
    std::chrono::seconds idle_time = std::chrono::minutes(30);  ///< from when they were last accepted or offered
};

/// What a client knows when a request with credentials was answered by anything but 401 (or 407). Views need to live
/// for the call only.
struct accepted_credentials {
    std::string_view scheme;                         ///< compared without regard to case
    std::optional<std::string_view> realm{};         ///< unescaped
    std::optional<std::string_view> domain{};        ///< Digest's, unescaped
    std::string_view secret;                         ///< what to keep: the field value, or user-id and password
    std::optional<std::chrono::seconds> lifetime{};  ///< if the scheme sets one; the shorter one counts
};

/// Credentials that the store offers. The views are valid until the next call that is not const.
struct offered_credentials {
    const protection_space* space = nullptr;
    std::string_view scheme;
    std::string_view secret;
};

/// The credentials that a user agent may send again without being asked (RFC 7235, 2.2 and 6.2; RFC 9110, 11.5 and
/// 17.16.2). What is kept for servers and for proxies is apart: neither is ever offered to the other.
///
/// - Credentials are offered for targets in their scopes only (scopes_of()): under the canonical root for which they
///   were accepted, or where Digest's domain says so. Of several, those with the longest prefix are offered, and of
///   these the last used (RFC 7617, 2.2 leaves the choice). Of entries last used at one time by the clock, the one
///   that was kept last counts as the last used.
/// - A server's own credentials come first: while there are any, those that another server's domain extends to it are
///   not offered there, not even outside the scopes of its own. None leave https for http.
/// - They are kept for a bounded time, by the clock that is given, and wiped when they are discarded. Expired ones are
///   discarded by the next call that is not const.
/// - When there is no room, those go first whose last use is longest ago. A server that has half of the room makes more
///   among its own, and credentials that are larger than that, with their realm and one scope, displace none of others.
///   Those whose domain names another server never displace what that one accepted. If this leaves no room they are not
///   kept, and those that were kept before them stay.
///
/// All operations are linear in entries and scopes, but for n log n when there is no room. Not for use by several threads
/// at once. No operation throws: if there is no memory, nothing is kept.
class AUTHGRAMMAR_POLICY_EXPORT credential_store {
public:
    using time_point = std::chrono::steady_clock::time_point;
    using clock = std::function<time_point()>;

    /// `now` tells the time, by default the steady clock; `memory` gives the memory of the secrets and must outlive
    /// the store.
    explicit credential_store(store_limits limits = {}, clock now = {},
                              std::pmr::memory_resource* memory = std::pmr::get_default_resource());
    credential_store(const credential_store&) = delete;
    credential_store& operator=(const credential_store&) = delete;
    ~credential_store();

    /// Keeps what a server accepted for `target`. Credentials of the same protection space and scheme are replaced;
    /// if they are the same, their scopes are added to. False if they were not kept.
    bool remember(const target_uri& target, const accepted_credentials& accepted);

    /// Keeps what the proxy at `proxy` accepted, for all requests through it (RFC 7616, 3.3: domain does not count).
    bool remember_proxy(const target_uri& proxy, const accepted_credentials& accepted);

    /// What may be sent in Authorization with a request for `target`, before any challenge.
    [[nodiscard]] std::optional<offered_credentials> find(const target_uri& target);

    /// What may answer a challenge of that space and scheme: credentials are presumed to hold for the whole realm
    /// (RFC 9110, 11.6.2), whatever the path.
    [[nodiscard]] std::optional<offered_credentials> find(const protection_space& space, std::string_view scheme);

    /// What may be sent in Proxy-Authorization with a request through `proxy`.
    [[nodiscard]] std::optional<offered_credentials> find_proxy(const target_uri& proxy);

    // Each of these wipes what it discards and tells how many there were.
    std::size_t discard(const protection_space& space, std::string_view scheme);  ///< one
    std::size_t discard(const protection_space& space);                           ///< a space, all schemes
    /// Servers on a host ("example.com", "[::1]"), all ports, and what holds there by the domain of another server.
    std::size_t discard_host(std::string_view host);
    std::size_t discard_proxy(const target_uri& proxy);
    std::size_t discard_expired();
    std::size_t discard_all();  ///< proxies included

    [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }  ///< as store_limits counts them

private:
    enum class audience : unsigned char { server, proxy };
    struct entry {
        audience kind = audience::server;
        protection_space space;
        std::string scheme;  // lower case
        std::vector<scope> scopes;
        policy::secret kept;
        time_point accepted;
        std::chrono::seconds lifetime;
        time_point used;

        [[nodiscard]] std::size_t bytes() const noexcept;
    };

    bool keep(audience kind, const target_uri& target, const accepted_credentials& accepted);
    bool add(audience kind, const target_uri& target, const accepted_credentials& accepted, time_point now);
    [[nodiscard]] bool gives_way(const entry& e, const entry& fresh) const noexcept;
    [[nodiscard]] bool make_room(const entry& fresh, const entry* known);
    offered_credentials offer(entry& e);
    template <typename Condition>
    std::size_t discard_if(Condition condition);

    store_limits limits_;
    clock now_;
    std::pmr::memory_resource* memory_;
    std::vector<entry> entries_;
    std::size_t bytes_ = 0;
};

}  // namespace authgrammar::policy

#endif
