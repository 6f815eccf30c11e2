#ifndef AUTHGRAMMAR_AUDIT_CONVERSATION_TUNNEL_HPP
#define AUTHGRAMMAR_AUDIT_CONVERSATION_TUNNEL_HPP

#include <authgrammar/audit/circumstances.hpp>
#include <authgrammar/audit/message.hpp>

#include "conversation/fingerprint.hpp"
#include "values/line_name.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace authgrammar::audit {

/// Whether a request has a form that only proxies get: CONNECT, or a target in absolute form (RFC 9112, 3.2.2, 3.2.3).
[[nodiscard]] bool is_for_proxy(std::string_view method, std::string_view target) noexcept;

/// The Proxy-Authorization of a request.
struct proxy_line {
    fingerprint value;
    span at;
};

/// The tunnel that the last CONNECT opened (RFC 9110, 9.3.6), and what went through it.
class tunnel {
public:
    /// Whether the request goes through the tunnel. If it does, `leaked` becomes where its Proxy-Authorization came from: the
    /// request that opened the tunnel, or a 407 from inside.
    bool take_request(const message& m, const named_lines& lines, const std::optional<proxy_line>& sent,
                      std::optional<linked_places>& leaked);

    /// Takes the final response to `request`, which had `sent` and went through the tunnel or did not.
    void take_response(const message& m, const request_facts& request, bool in_tunnel,
                       const std::optional<proxy_line>& sent);

private:
    std::optional<std::string> host_;  // of the server at the end, in lower case
    std::optional<proxy_line> opened_with_;
    std::optional<span> asked_;  // the last 407 from inside
};

}  // namespace authgrammar::audit

#endif
