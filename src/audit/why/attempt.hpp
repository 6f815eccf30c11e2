#ifndef AUTHGRAMMAR_AUDIT_WHY_ATTEMPT_HPP
#define AUTHGRAMMAR_AUDIT_WHY_ATTEMPT_HPP

#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/why.hpp>
#include <authgrammar/challenge.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include "why/causes.hpp"
#include "why/compute/digest_hashes.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::audit {

/// What is known of a nonce of Digest before the request that uses it.
struct nonce_history {
    bool sent = false;          ///< the server sent it
    bool just_sent = false;     ///< in its last response before the request
    std::size_t sent_in = 0;    ///< in which of its responses, the last time
    std::uint64_t highest = 0;  ///< nc so far; 0: it was not used
    span highest_at;
    std::string first_cnonce;  ///< of the first request with it
};

/// The last Basic credentials that a server accepted, and the realm that it had asked for.
struct accepted_basic {
    std::string_view value;                    ///< of the field; a view of its message
    std::shared_ptr<const std::string> realm;  ///< null if it did not ask
    span at;
};

/// A request that was refused, and what stands around it. Views: of the messages and of the follower.
struct attempt {
    const message* request = nullptr;  ///< null if the input does not hold it
    const message& response;           ///< an empty message if the input does not hold it
    std::string_view input;
    field about;                           ///< Authorization or Proxy-Authorization: the field of this hop
    const field_reading* sent = nullptr;   ///< that field in the request
    const field_reading* other = nullptr;  ///< the field of the other hop in the request
    const known_login& login;
    digest_hashes& hashes;
    const field_reading* before = nullptr;     ///< the challenges of this server before the request
    const field_reading* after = nullptr;      ///< the challenges of the response
    std::optional<nonce_history> nonce{};      ///< of the nonce of the credentials
    std::optional<accepted_basic> accepted{};  ///< by this server, before the request
    std::optional<span> earlier{};             ///< credentials for this server in an earlier request
    std::optional<span> dropped{};             ///< credentials of the request that was redirected here
    std::optional<span> lost{};                ///< credentials behind the empty line that ends its header section
    bool handshake_went_on = false;            ///< the response before had a token of the server for this scheme
    const message* closed_before = nullptr;    ///< that response, or its request, if the connection ended with it

    /// The credentials, if there are some that can be read.
    [[nodiscard]] std::optional<challenge> credentials() const;

    /// The description of their scheme; null if there are none, or it is not in the table.
    [[nodiscard]] const schemes::scheme_description* scheme() const;

    /// The challenge field that goes with `about`.
    [[nodiscard]] field challenge_field() const noexcept {
        return about == field::authorization ? field::www_authenticate : field::proxy_authenticate;
    }

    /// The first challenge of the scheme in the response; if it has none, in those before.
    [[nodiscard]] std::optional<challenge> challenge_of(std::string_view scheme) const;

    /// The name of the field of the credentials, which there are.
    [[nodiscard]] span place() const { return sent->lines().front()->name_at; }

    /// Where a text of the credentials stands.
    [[nodiscard]] span place_of(const text& t) const { return sent->source(t.begin(), t.end()); }
};

/// Takes the reasons of one refusal.
class reason_list {
public:
    /// Adds a reason at a place in a field.
    refusal_reason& add(field about, cause_id id, certainty how, span at, std::string text);

    /// Says what is missing. `id` and what is missing are said once.
    void missing(std::string_view id, std::string text);

    [[nodiscard]] bool has(certainty how) const noexcept;
    [[nodiscard]] bool empty() const noexcept { return reasons_.empty(); }

    /// Takes back what only a refusal makes possible: that the secret is wrong.
    void forget_guesses();

    /// Whether it is certain that no server gets as far as reading these credentials by their scheme.
    [[nodiscard]] bool unreadable() const noexcept;

    /// All of it, ranked.
    void take_into(refusal& out);

private:
    std::vector<refusal_reason> reasons_;
    std::vector<missing_evidence> missing_;
};

// Each examines an attempt for what its name says, and adds what it finds.
void examine_any_scheme(const attempt& a, reason_list& out);
void examine_basic(const attempt& a, reason_list& out);
void examine_digest(const attempt& a, reason_list& out);
void examine_bearer(const attempt& a, reason_list& out);
void examine_handshake(const attempt& a, reason_list& out);

/// A 401 or 407 to a request without credentials, and no request after it that has some.
void examine_unanswered(const attempt& a, reason_list& out);

/// The name of a scheme as it may be shown: as registered, or that it is unknown.
[[nodiscard]] std::string shown_scheme(const schemes::scheme_description* scheme);

/// The host in Host, without its port; empty if there is none, or it is not a host alone and so may not be shown.
[[nodiscard]] std::string_view requested_host(const attempt& a);

/// The request target with its secrets redacted.
[[nodiscard]] std::string shown_target(std::string_view target);

/// A parameter of a challenge as it may be shown: realm="files".
[[nodiscard]] std::string shown_param(std::string_view name, const text& value);

/// The Date of a message in seconds since 1970; nothing if it has none that can be read.
[[nodiscard]] std::optional<std::int64_t> date_of(const message& m);

/// "2026-11-27T18:30:00Z"; "a time out of range" for years before 1 and after 9999.
[[nodiscard]] std::string shown_time(std::int64_t seconds);

}  // namespace authgrammar::audit

#endif
