#include <authgrammar/policy/target_uri.hpp>

#include "common/field_text.hpp"
#include "common/request_target.hpp"
#include "hop_rules.hpp"

#include <optional>
#include <string>

namespace authgrammar::policy {

namespace {

enum class known_authority { same, other, unknown };

/// Host as target URIs are normalised, so that each host is spelled in one way; the port is empty if none is given.
struct authority {
    std::string host;
    std::string port;
};

/// The authority of a request, by Host (RFC 9110, 7.2). Nothing if there is none, or more than one; what cannot be read is
/// compared as it is.
std::optional<authority> authority_of(const hop_message& m) {
    const std::vector<std::string_view> hosts = values_of(m, "Host");
    if (hosts.size() != 1 || hosts.front().empty()) return std::nullopt;
    const std::string_view text = hosts.front();
    const auto read = text.find_first_of("/?#") == std::string_view::npos
                          ? read_target_uri(std::string("http://").append(text))
                          : std::nullopt;
    if (!read) return authority{detail::lower(text), {}};
    return authority{read->host, std::string(detail::port_in(text))};
}

/// Whether both requests are for one authority. Which port is the default is not known here.
known_authority compare_authorities(const hop_message& received, const hop_message& sent) {
    const std::optional<authority> before = authority_of(received);
    const std::optional<authority> after = authority_of(sent);
    if (!before || !after) return known_authority::unknown;
    if (before->host != after->host) return known_authority::other;
    if (before->port == after->port) return known_authority::same;
    const auto may_be_default = [](std::string_view port) { return port.empty() || port == "80" || port == "443"; };
    return may_be_default(before->port) && may_be_default(after->port) ? known_authority::unknown
                                                                       : known_authority::other;
}

bool is_own_word(field_change change) noexcept {
    return change == field_change::added || change == field_change::changed;
}

// decides: R9110-3.7-gateway, R7235-2.2-server-bound
hop_finding authorization(field_change change, const hop_message& received, const hop_message& sent) {
    hop_finding found{field::authorization, change, permission::permitted, "R9110-3.7-gateway", "RFC 9110, 3.7", {}};
    if (change == field_change::dropped) {
        found.text = "The gateway is the server that the credentials are for, and has consumed them.";
        return found;
    }
    if (is_own_word(change)) {
        found.text = "To the server behind it a gateway is a client, and may send credentials of its own.";
        return found;
    }
    switch (compare_authorities(received, sent)) {
        case known_authority::same:
            found.text = "The client's credentials are forwarded to the authority that they are for.";
            break;
        case known_authority::other:
            found.allowed = permission::forbidden;
            found.requirement = "R7235-2.2-server-bound";
            found.section = "RFC 9110, 11.5";
            found.text =
                "The client's credentials are forwarded to another authority. Unless the scheme allows it, a "
                "protection space does not extend beyond its server, so the gateway has to remove them or replace them "
                "with its own.";
            break;
        case known_authority::unknown:
            found.allowed = permission::conditional;
            found.requirement = "R7235-2.2-server-bound";
            found.section = "RFC 9110, 11.5";
            found.text =
                "Permitted if the request is forwarded to the authority that the credentials are for, which the "
                "messages do not show.";
            break;
    }
    return found;
}

hop_finding proxy_authorization(field_change change) {
    hop_finding found{field::proxy_authorization, change, permission::permitted, "R7235-4.4-consumed",
                      "RFC 9110, 3.7 and 11.7.2", {}};
    if (change == field_change::dropped) {
        found.text = "No proxy asked for the credentials here, and the server behind the gateway is not a proxy.";
    } else if (is_own_word(change)) {
        found.text = "The gateway identifies itself to a proxy on its way to the server behind it.";
    } else {
        found.allowed = permission::conditional;
        found.text =
            "Permitted if the credentials are for a proxy between the gateway and the server behind it. To its client "
            "a gateway is not a proxy, so most likely they were sent here by mistake and leak further.";
    }
    return found;
}

hop_finding origin_field(field f, field_change change) {
    hop_finding found{f, change, permission::permitted, "R9110-3.7-gateway", "RFC 9110, 3.7", {}};
    if (change == field_change::dropped) {
        found.text = "The field was for the gateway, the client of the server behind it.";
    } else if (is_own_word(change)) {
        found.text = "To its client a gateway is the origin server, and sends challenges and information of its own.";
    } else {
        found.text = "The gateway forwards what the server behind it said, and answers for it.";
    }
    return found;
}

hop_finding proxy_field(field f, field_change change) {
    const bool challenge = f == field::proxy_authenticate;
    hop_finding found{f,
                      change,
                      permission::forbidden,
                      challenge ? "R7235-4.3-next-hop" : "R9110-11.7.3-proxy-authentication-info",
                      challenge ? "RFC 9110, 3.7 and 11.7.1" : "RFC 9110, 3.7 and 11.7.3",
                      "Only proxies send this field. To its client a gateway is an origin server."};
    if (change == field_change::dropped) {
        found.allowed = permission::permitted;
        found.text = "The field was for the gateway, the next client of a proxy behind it.";
    }
    return found;
}

}  // namespace

hop_finding gateway_finding(field f, field_change change, const hop_message& received, const hop_message& sent) {
    switch (f) {
        case field::authorization: return authorization(change, received, sent);
        case field::proxy_authorization: return proxy_authorization(change);
        case field::proxy_authenticate:
        case field::proxy_authentication_info: return proxy_field(f, change);
        case field::www_authenticate:
        case field::authentication_info: break;
    }
    return origin_field(f, change);
}

// decides: R9110-3.7-gateway, R7235-2.1-401-challenge
void judge_gateway_response(const hop_message& sent, std::vector<hop_finding>& list) {
    hop_finding found{std::nullopt, field_change::changed, permission::forbidden, {}, {}, {}};
    if (sent.status == 407) {
        found.requirement = "R9110-3.7-gateway";
        found.section = "RFC 9110, 3.7 and 15.5.8";
        found.text =
            "The gateway sent 407, which only proxies send. To its client it is an origin server, which sends 401.";
        list.push_back(found);
    } else if (sent.status == 401 && pieces_of(values_of(sent, "WWW-Authenticate")).empty()) {
        found.requirement = "R7235-2.1-401-challenge";
        found.section = "RFC 9110, 3.7 and 15.5.2";
        found.text = "The gateway sent 401 without a challenge. Like an origin server, it has to send one.";
        list.push_back(found);
    }
}

}  // namespace authgrammar::policy
