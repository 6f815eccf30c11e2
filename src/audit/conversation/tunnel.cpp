#include "conversation/tunnel.hpp"

#include "common/field_text.hpp"
#include "common/request_target.hpp"
#include "values/authority.hpp"

namespace authgrammar::audit {

bool is_for_proxy(std::string_view method, std::string_view target) noexcept {
    const bool is_path = target.substr(0, 1) == "/";
    return detail::asks_for_tunnel(method, target) || (!is_path && target.find("://") != std::string_view::npos);
}

bool tunnel::take_request(const message& m, const named_lines& lines, const std::optional<proxy_line>& sent,
                          std::optional<linked_places>& leaked) {
    if (is_for_proxy(m.method, m.target)) {
        host_.reset();
        return false;
    }
    if (!host_ || m.start != start_kind::request) return false;
    const std::optional<std::string_view> host = lines.value(line_name::host);
    if (host && detail::lower(host_in(*host)) != *host_) return false;
    if (sent && asked_) {
        leaked = linked_places{field::proxy_authorization, sent->at, *asked_};
    } else if (sent && opened_with_ && opened_with_->value == sent->value) {
        leaked = linked_places{field::proxy_authorization, sent->at, opened_with_->at};
    }
    return true;
}

void tunnel::take_response(const message& m, const request_facts& request, bool in_tunnel,
                           const std::optional<proxy_line>& sent) {
    if (detail::asks_for_tunnel(request.method, request.target) && m.status && *m.status / 100 == 2) {
        host_ = detail::lower(host_in(request.target));
        opened_with_ = sent;
        asked_.reset();
    } else if (in_tunnel && m.status == 407) {
        asked_ = m.start_line;
    }
}

}  // namespace authgrammar::audit
