#ifndef AUTHGRAMMAR_AUDIT_CONVERSATION_SERVER_HPP
#define AUTHGRAMMAR_AUDIT_CONVERSATION_SERVER_HPP

#include <authgrammar/audit/circumstances.hpp>
#include <authgrammar/audit/message.hpp>
#include <authgrammar/policy/target_uri.hpp>

#include "conversation/fingerprint.hpp"
#include "conversation/forgetful_map.hpp"
#include "conversation/memory_limits.hpp"
#include "values/line_name.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace authgrammar::audit {

/// The server that a request is for.
struct server {
    std::string root;      ///< canonical; with http if nothing tells the scheme
    bool secured = false;  ///< its scheme is https
    bool scheme_known = false;

    [[nodiscard]] std::string_view authority() const noexcept { return std::string_view(root).substr(secured ? 8 : 7); }
    /// By what its state is found: the root, or "//" and the authority if nothing tells the scheme. A view of it.
    [[nodiscard]] std::string_view key() const noexcept {
        return scheme_known ? std::string_view(root) : std::string_view(root).substr(secured ? 6 : 5);
    }
};

/// A server, and fingerprint_of() its key.
struct named_server {
    server is;
    fingerprint name;
};
[[nodiscard]] named_server named(server s);

/// What is kept of a server to compare it with another.
struct server_identity {
    fingerprint root;
    fingerprint authority;
    bool scheme_known = false;

    server_identity() = default;
    explicit server_identity(const server& s)
        : root(fingerprint_of(s.root)), authority(fingerprint_of(s.authority())), scheme_known(s.scheme_known) {}
};

/// Whether a redirect from one to the other leads to another server: by the root, or, where a scheme is not known, by the
/// authority.
[[nodiscard]] bool is_other(const server_identity& from, const server_identity& to) noexcept;

/// Reads an absolute http or https URI by the letter, or else as clients do.
[[nodiscard]] std::optional<policy::target_uri> read_absolute(std::string_view uri);

/// Finds out for which server requests are: conversation.hpp says how.
class server_finder {
public:
    /// `url` is that of the first request, if the caller knows it.
    explicit server_finder(std::optional<policy::target_uri> url);

    /// Makes `into` that of a request, or nothing; its memory is used again. Sets `around.unread_uri` if the request makes no
    /// URI. Linear in the target and Host.
    void of_request(const message& m, const named_lines& lines, std::optional<named_server>& into,
                    circumstances& around);

    /// That of the next request, if nothing in it says.
    [[nodiscard]] std::optional<named_server> expected() const;

    /// Follows a redirect, an answer to `request` that `from` sent; null if the request is not known. The server to which it
    /// leads, if that can be told. Sets `around.unread_uri` if Location makes no URI. Linear in the URIs.
    [[nodiscard]] std::optional<named_server> take_redirect(const server& from, const request_facts* request,
                                                            const field_line& location, circumstances& around);

private:
    /// What a value of Host says with any target that is a plain path.
    struct host_reading {
        std::string plain;         ///< the root with http; empty if there is none
        std::string secured;       ///< with https
        fingerprint plain_name;    ///< of the root
        fingerprint secured_name;  ///< likewise
        fingerprint unknown_name;  ///< of the key if nothing tells the scheme
    };
    struct nothing {};

    void of_host(const message& m, std::string_view host, std::optional<named_server>& into, circumstances& around);
    void choose(const message& m, std::string_view host, const host_reading& roots, named_server& into);
    [[nodiscard]] const host_reading& read_host(const message& m, std::string_view host);
    [[nodiscard]] std::optional<policy::target_uri> base_of(const server& from, const request_facts* request) const;
    void know(std::string_view root) { roots_.take(fingerprint_of(root)); }

    std::optional<policy::target_uri> expected_;
    bool expected_scheme_known_ = false;
    std::string open_host_;             ///< Host of the last request
    bool open_by_host_ = false;         ///< its server was read from it
    bool open_by_expectation_ = false;  ///< of the last request, nothing said where it goes
    forgetful_map<nothing> roots_{limits::roots};
    forgetful_map<host_reading> hosts_{limits::hosts};
    host_reading unkept_;  ///< of a Host that is not kept
};

}  // namespace authgrammar::audit

#endif
