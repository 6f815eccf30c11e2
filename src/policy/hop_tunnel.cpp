#include "hop_rules.hpp"

// CONNECT, and what comes through the tunnel that it opens.

namespace authgrammar::policy {

namespace {

constexpr std::string_view requirement = "R9110-9.3.6-connect";

bool is_of_proxies(field f) noexcept {
    return f == field::proxy_authenticate || f == field::proxy_authorization || f == field::proxy_authentication_info;
}

bool has_challenges(const hop_message& m, std::string_view name) { return !pieces_of(values_of(m, name)).empty(); }

hop_finding about_message(std::string_view section, std::string_view text) {
    return {std::nullopt, field_change::changed, permission::forbidden, requirement, section, text};
}

}  // namespace

// decides: R9110-9.3.6-connect
hop_finding tunnelled_finding(field f, field_change change) {
    hop_finding found{f, change, permission::permitted, requirement, "RFC 9110, 9.3.6", {}};
    if (change != field_change::unchanged) {
        found.allowed = permission::forbidden;
        found.text =
            "After a 2xx to CONNECT a proxy forwards all data blindly. This one changed what the tunnel carries.";
    } else if (f == field::proxy_authorization) {
        found.allowed = permission::forbidden;
        found.section = "RFC 9110, 9.3.6 and 11.7.2";
        found.text =
            "The origin server at the end of the tunnel gets credentials that are for a proxy. Send them with CONNECT "
            "only.";
    } else if (is_of_proxies(f)) {
        found.allowed = permission::forbidden;
        found.section = "RFC 9110, 9.3.6 and 11.7.1";
        found.text =
            "The field comes from the origin server at the end of the tunnel, but only proxies send it. The client "
            "must not answer it.";
    } else {
        found.text = "The tunnel carries the field as it was sent.";
    }
    return found;
}

void judge_tunnelled_response(const hop_message& received, std::vector<hop_finding>& list) {
    if (received.status != 407) return;
    list.push_back(about_message("RFC 9110, 9.3.6 and 15.5.8",
                                 "A 407 came through the tunnel from the origin server, which has to ask with 401. The "
                                 "client must not answer it with its proxy credentials."));
}

hop_finding authorization_on_connect() {
    return {field::authorization,
            field_change::unchanged,
            permission::conditional,
            requirement,
            "RFC 9110, 9.3.6 and 11.6.2",
            "The fields of CONNECT never reach the origin server, so only proxies read these credentials. Permitted if "
            "they are meant for the next proxy. Credentials for the origin server are sent through the tunnel."};
}

// decides: R9110-9.3.6-connect, R7235-2.1-407-challenge
bool judge_connect_response(const hop_message& sent, std::vector<hop_finding>& list) {
    const bool for_proxy = has_challenges(sent, "Proxy-Authenticate");
    if (sent.status == 401) {
        list.push_back(about_message(
            "RFC 9110, 9.3.6 and 15.5.8",
            for_proxy ? "A 401 to CONNECT with Proxy-Authenticate means 407: whoever answers CONNECT acts as a proxy."
                      : "A 401 to CONNECT means 407 with Proxy-Authenticate: whoever answers CONNECT acts as a proxy, "
                        "and a client waits for 407."));
        return true;
    }
    if (sent.status != 407 || for_proxy) return false;
    hop_finding found =
        about_message("RFC 9110, 11.7.1 and 15.5.8",
                      "A 407 with WWW-Authenticate only: the challenge of a proxy is sent in Proxy-Authenticate.");
    if (!has_challenges(sent, "WWW-Authenticate")) return false;
    found.requirement = "R7235-2.1-407-challenge";
    list.push_back(found);
    return true;
}

}  // namespace authgrammar::policy
