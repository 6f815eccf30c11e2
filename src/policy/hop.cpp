#include <authgrammar/authgrammar.hpp>
#include <authgrammar/policy/hop.hpp>

#include "common/field_text.hpp"

#include <algorithm>

namespace authgrammar::policy {

namespace {

/// The values of a field, in order, trimmed.
std::vector<std::string_view> values_of(const hop_message& m, std::string_view name) {
    std::vector<std::string_view> values;
    for (const field_line& l : m.lines) {
        if (detail::equal_ignoring_case(l.name, name)) values.push_back(detail::trimmed(l.value));
    }
    return values;
}

/// The list elements of all values. For a comparison only: a challenge with parameters is several pieces here.
std::vector<std::string_view> pieces_of(const std::vector<std::string_view>& values) {
    std::vector<std::string_view> pieces;
    for (const std::string_view value : values) {
        detail::for_each_list_element(value, [&](std::string_view element) { pieces.push_back(element); });
    }
    return pieces;
}

/// The challenges of the lines as they are spelled; none if the lines are not in the grammar.
std::vector<std::string> challenges_of(field f, const std::vector<std::string_view>& values) {
    const std::string joined = detail::joined(values);
    std::vector<event> memory(2 * joined.size() + 4);
    event_buffer events(memory.data(), memory.size());
    std::vector<std::string> list;
    if (const auto read = parse_challenges(f, std::string_view(joined), events)) {
        for (const challenge& c : *read) list.push_back(joined.substr(c.begin(), c.end() - c.begin()));
    }
    return list;
}

template <typename Texts>
bool are_permuted(Texts a, Texts b) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return !a.empty() && a == b;
}

/// Whether the lists hold the same lines, or the same elements, in another order.
bool is_reordered(field f, const std::vector<std::string_view>& received, const std::vector<std::string_view>& sent) {
    if (are_permuted(received, sent)) return true;
    switch (kind_of(f)) {
        case field_kind::challenges: return are_permuted(challenges_of(f, received), challenges_of(f, sent));
        case field_kind::info: return are_permuted(pieces_of(received), pieces_of(sent));
        case field_kind::credentials: break;
    }
    return false;
}

field_change compare(field f, const std::vector<std::string_view>& received,
                     const std::vector<std::string_view>& sent) {
    if (received == sent) return field_change::unchanged;
    if (received.empty()) return field_change::added;
    if (sent.empty()) return field_change::dropped;
    if (pieces_of(received) == pieces_of(sent)) return field_change::recombined;
    if (is_reordered(f, received, sent)) return field_change::reordered;
    return field_change::changed;
}

/// Whether Connection names the field, so that the message asks for its removal (RFC 9110, 7.6.1).
bool is_connection_option(const hop_message& m, std::string_view name) {
    for (const std::string_view option : pieces_of(values_of(m, "Connection"))) {
        if (detail::equal_ignoring_case(option, name)) return true;
    }
    return false;
}

bool is_between_neighbours(field f) {
    return f == field::proxy_authenticate || f == field::proxy_authorization || f == field::proxy_authentication_info;
}

bool is_of_requests(field f) { return kind_of(f) == field_kind::credentials; }

struct rule {
    std::string_view requirement;
    std::string_view section;
    std::string_view untouched;
    std::string_view touched;
};

rule end_to_end_rule(field f) {
    if (f == field::www_authenticate) {
        return {"R7235-4.1-proxy-untouched", "RFC 9110, 11.6.1", "WWW-Authenticate is forwarded as it was received.",
                "A proxy that forwards a response must not modify WWW-Authenticate, or change its order."};
    }
    if (f == field::authorization) {
        return {"R7235-4.2-proxy-untouched", "RFC 9110, 11.6.2", "Authorization is forwarded as it was received.",
                "A proxy that forwards a request must not modify Authorization."};
    }
    return {"R9110-11.6.3-authentication-info", "RFC 9110, 11.6.3",
            "Authentication-Info is forwarded as it was received.",
            "A proxy that forwards a response is not allowed to modify Authentication-Info in any way."};
}

// decides: R7235-4.2-proxy-untouched, R9110-11.6.2-authorization
hop_finding end_to_end(field f, field_change change, const hop_message& received) {
    const rule r = end_to_end_rule(f);
    hop_finding found{f, change, permission::forbidden, r.requirement, r.section, r.touched};
    if (change == field_change::unchanged) {
        found.allowed = permission::permitted;
        found.text = r.untouched;
    } else if (change == field_change::recombined && f != field::authorization) {
        found.allowed = permission::permitted;
        found.section = "RFC 9110, 5.3";
        found.text = "Field lines were joined or split without changing their order, which makes no difference.";
    } else if (change == field_change::dropped && is_connection_option(received, name_of(f))) {
        found.allowed = permission::conditional;
        found.section = "RFC 9110, 7.6.1";
        found.text =
            "The message listed the field in Connection, so the proxy had to remove it. The sender should not have "
            "listed it: "
            "the field is for all recipients.";
    }
    return found;
}

hop_finding proxy_authorization(field_change change) {
    hop_finding found{field::proxy_authorization, change, permission::conditional, "R7235-4.4-consumed",
                      "RFC 9110, 11.7.2",         {}};
    switch (change) {
        case field_change::unchanged:
            found.text =
                "Permitted if this proxy did not ask for the credentials, or if it authenticates the request together "
                "with the next proxy. Otherwise they leak to the next hop.";
            break;
        case field_change::dropped:
            found.allowed = permission::permitted;
            found.text = "The first proxy that expected the credentials consumes them.";
            break;
        case field_change::added:
            found.allowed = permission::permitted;
            found.text = "The proxy identifies itself to the next proxy.";
            break;
        default:
            found.text = "Permitted if the proxy consumed the credentials and identifies itself to the next one.";
            break;
    }
    return found;
}

hop_finding for_next_client(field f, field_change change) {
    hop_finding found{f, change, permission::permitted, "R7235-4.3-next-hop", "RFC 9110, 11.7.1", {}};
    if (f == field::proxy_authentication_info) {
        found.requirement = "R9110-11.7.3-proxy-authentication-info";
        found.section = "RFC 9110, 11.7.3";
    }
    switch (change) {
        case field_change::dropped: found.text = "The field was for this proxy, which has consumed it."; break;
        case field_change::added:
        case field_change::changed: found.text = "The proxy's own field, for the next client only."; break;
        default:
            found.allowed = permission::conditional;
            found.text =
                "The field is for the next client only. Permitted if the same organisation runs both proxies, so that "
                "one "
                "speaks for the other, and the credentials are relayed.";
            break;
    }
    return found;
}

// decides: R7235-2.1-407-challenge, R9110-11.7.1-proxy-authenticate, S401-10
void judge_response(const hop_message& received, const hop_message& sent, std::vector<hop_finding>& list) {
    const auto about = [&](std::string_view requirement, std::string_view section, std::string_view text) {
        list.push_back({std::nullopt, field_change::changed, permission::forbidden, requirement, section, text});
    };
    if (sent.status == 407 && values_of(sent, "Proxy-Authenticate").empty()) {
        about("R7235-2.1-407-challenge", "RFC 9110, 15.5.8", "The proxy sent 407 without Proxy-Authenticate.");
    }
    if (sent.status == 401 && received.status == 407) {
        about("S401-10", "RFC 9110, 11.3 and 15.5.8",
              "The proxy turned another proxy's 407 into a 401, which only an origin server sends.");
    } else if (sent.status == 407 && received.status == 401) {
        about("S401-10", "RFC 9110, 11.3 and 15.5.2",
              "The proxy turned an origin server's 401 into a 407, as if it had asked for credentials itself.");
    } else if (sent.status == 401 && received.status != 401) {
        about("S401-10", "RFC 9110, 11.3 and 15.5.2",
              "The proxy turned another response into a 401, which only an origin server sends.");
    } else if (received.status == 401 && sent.status != 401) {
        about("R7235-2.1-401-challenge", "RFC 9110, 15.5.2",
              "The proxy turned an origin server's 401 into another status code.");
    }
}

}  // namespace

std::string_view name_of(field_change c) noexcept {
    switch (c) {
        case field_change::unchanged: return "unchanged";
        case field_change::recombined: return "recombined";
        case field_change::reordered: return "reordered";
        case field_change::added: return "added";
        case field_change::dropped: return "dropped";
        case field_change::changed: break;
    }
    return "changed";
}

std::string_view name_of(permission p) noexcept {
    switch (p) {
        case permission::permitted: return "permitted";
        case permission::conditional: return "conditional";
        case permission::forbidden: break;
    }
    return "forbidden";
}

std::vector<hop_finding> compare_hop(const hop_message& received, const hop_message& sent) {
    std::vector<hop_finding> list;
    const bool request = received.status == 0;
    if (request != (sent.status == 0)) {
        list.push_back({std::nullopt, field_change::changed, permission::forbidden, "R7235-4.1-proxy-untouched",
                        "RFC 9110, 3.7",
                        "One message is a request and the other a response: a proxy forwards requests as requests."});
        return list;
    }
    for (const field f : all_fields) {
        const std::vector<std::string_view> before = values_of(received, name_of(f));
        const std::vector<std::string_view> after = values_of(sent, name_of(f));
        if (before.empty() && after.empty()) continue;
        const field_change change = compare(f, before, after);
        if (is_of_requests(f) != request) {
            list.push_back({f, change, permission::conditional, "R7235-5.3-fields", "RFC 9110, 11.6 and 11.7",
                            "The field has no meaning in this kind of message."});
        } else if (!is_between_neighbours(f)) {
            list.push_back(end_to_end(f, change, received));
        } else if (f == field::proxy_authorization) {
            list.push_back(proxy_authorization(change));
        } else {
            list.push_back(for_next_client(f, change));
        }
    }
    if (!request) judge_response(received, sent, list);
    return list;
}

}  // namespace authgrammar::policy
