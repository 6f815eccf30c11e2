#include <authgrammar/authgrammar.hpp>
#include <authgrammar/policy/hop.hpp>

#include "common/field_text.hpp"
#include "event_memory.hpp"
#include "hop_rules.hpp"

#include <algorithm>

namespace authgrammar::policy {

namespace {

/// A list element where it stands in its line, and what is around it: commas and white space.
struct placed_element {
    std::string_view text;
    std::string_view before;  // from the element before it, or from the begin of the line
    std::string_view after;   // up to the end of the line, if it is the last element
    bool first_in_line;
};

struct placed_list {
    std::vector<placed_element> elements;
    std::vector<std::string_view> idle;  // lines of commas and white space only; without those that are empty
};

placed_list placed(const std::vector<std::string_view>& values) {
    placed_list list;
    for (const std::string_view value : values) {
        std::size_t end = 0;
        bool first = true;
        detail::for_each_list_element(value, [&](std::string_view element) {
            const auto at = static_cast<std::size_t>(element.data() - value.data());
            list.elements.push_back({element, value.substr(end, at - end), {}, first});
            end = at + element.size();
            first = false;
        });
        if (!first) {
            list.elements.back().after = value.substr(end);
        } else if (!value.empty()) {
            list.idle.push_back(value);
        }
    }
    return list;
}

/// Whether the end of one line and the begin of the next, joined by a comma, are `within`.
bool is_join(std::string_view end, std::string_view begin, std::string_view within) {
    if (within.size() < end.size() + begin.size()) return false;
    const std::string_view between = within.substr(end.size(), within.size() - end.size() - begin.size());
    return within.substr(0, end.size()) == end && within.substr(within.size() - begin.size()) == begin &&
           detail::trimmed(between) == ",";
}

/// Whether two lists of the same elements differ only in where lines are joined or separated.
bool are_rejoined(const placed_list& a, const placed_list& b) {
    if (a.idle != b.idle) return false;
    if (a.elements.empty()) return true;
    if (a.elements.front().before != b.elements.front().before) return false;
    for (std::size_t i = 1; i < a.elements.size(); ++i) {
        const placed_element& x = a.elements[i];
        const placed_element& y = b.elements[i];
        const std::string_view x_end = a.elements[i - 1].after;
        const std::string_view y_end = b.elements[i - 1].after;
        const bool alike = x.first_in_line == y.first_in_line ? x.before == y.before && x_end == y_end
                           : x.first_in_line                  ? is_join(x_end, x.before, y.before)
                                                              : is_join(y_end, y.before, x.before);
        if (!alike) return false;
    }
    return a.elements.back().after == b.elements.back().after;
}

/// The challenges of the lines as they are spelled; none if the lines are not in the grammar.
std::vector<std::string> challenges_of(field f, const std::vector<std::string_view>& values) {
    const std::string joined = detail::joined(values);
    std::vector<event> memory = event_memory_for(joined.size());
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
    if (pieces_of(received) == pieces_of(sent)) {
        return are_rejoined(placed(received), placed(sent)) ? field_change::recombined : field_change::respelled;
    }
    if (is_reordered(f, received, sent)) return field_change::reordered;
    return field_change::changed;
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
            "A proxy that forwards a response must not modify Authentication-Info in any way."};
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
            "listed it: the field is for all recipients.";
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
                "one speaks for the other, and the credentials are relayed.";
            break;
    }
    return found;
}

// decides: R7235-2.1-407-challenge, R9110-11.7.1-proxy-authenticate, R9110-3.7-401-forwarded, S401-10
void judge_response(const hop_message& received, const hop_message& sent, std::vector<hop_finding>& list) {
    const auto about = [&](std::string_view requirement, std::string_view section, std::string_view text) {
        list.push_back({std::nullopt, field_change::changed, permission::forbidden, requirement, section, text});
    };
    const std::vector<std::string_view> challenges = values_of(sent, "Proxy-Authenticate");
    if (sent.status == 407 && challenges.empty()) {
        about("R7235-2.1-407-challenge", "RFC 9110, 15.5.8", "The proxy sent 407 without Proxy-Authenticate.");
    } else if (!challenges.empty() && pieces_of(challenges).empty()) {
        about("R9110-11.7.1-proxy-authenticate", "RFC 9110, 11.7.1",
              "The proxy sent an empty Proxy-Authenticate, which needs at least one challenge.");
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
        about("R9110-3.7-401-forwarded", "RFC 9110, 3.7 and 15.5.2",
              "The proxy turned an origin server's 401 into another status code, so that the client does not learn "
              "that it lacks valid credentials.");
    }
}

/// What there is to say of a field outside of tunnels.
hop_finding forwarded_finding(field f, field_change change, const hop_message& received, const hop_message& sent,
                              bool gateway) {
    if (is_of_requests(f) != (received.status == 0)) {
        return {f,
                change,
                permission::conditional,
                "R7235-5.3-fields",
                "RFC 9110, 11.6 and 11.7",
                "The field has no meaning in this kind of message."};
    }
    const bool on_connect = received.method == "CONNECT" && f == field::authorization;
    hop_finding found = on_connect && change == field_change::unchanged ? authorization_on_connect()
                        : gateway                                       ? gateway_finding(f, change, received, sent)
                        : !is_between_neighbours(f)                     ? end_to_end(f, change, received)
                        : f == field::proxy_authorization               ? proxy_authorization(change)
                                                                        : for_next_client(f, change);
    judge_connection_options(found, received, sent);
    return found;
}

}  // namespace

std::vector<std::string_view> values_of(const hop_message& m, std::string_view name) {
    std::vector<std::string_view> values;
    for (const field_line& l : m.lines) {
        if (detail::equal_ignoring_case(l.name, name)) values.push_back(detail::trimmed(l.value));
    }
    return values;
}

std::vector<std::string_view> pieces_of(const std::vector<std::string_view>& values) {
    std::vector<std::string_view> pieces;
    for (const std::string_view value : values) {
        detail::for_each_list_element(value, [&](std::string_view element) { pieces.push_back(element); });
    }
    return pieces;
}

std::string_view name_of(intermediary i) noexcept { return i == intermediary::proxy ? "proxy" : "gateway"; }

std::string_view name_of(field_change c) noexcept {
    switch (c) {
        case field_change::unchanged: return "unchanged";
        case field_change::recombined: return "recombined";
        case field_change::respelled: return "respelled";
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

std::vector<hop_finding> compare_hop(const hop_message& received, const hop_message& sent, intermediary between) {
    const bool connect = received.method == "CONNECT";
    const bool gateway = between == intermediary::gateway && !connect;
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
        list.push_back(received.tunnelled ? tunnelled_finding(f, change)
                                          : forwarded_finding(f, change, received, sent, gateway));
    }
    if (request) return list;
    if (received.tunnelled) {
        judge_tunnelled_response(received, list);
    } else if (connect && judge_connect_response(sent, list)) {
        return list;
    } else if (gateway) {
        judge_gateway_response(sent, list);
    } else {
        judge_response(received, sent, list);
    }
    return list;
}

}  // namespace authgrammar::policy
