#include "hop.hpp"

#include "list.hpp"
#include "text.hpp"

#include <authgrammar/parse.hpp>
#include <authgrammar/policy/target_uri.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace authgrammar::fuzz {

namespace {

using namespace policy;
using texts = std::vector<std::string>;

texts lines_of(const hop_message& m, std::string_view name) {
    texts lines;
    for (const policy::field_line& l : m.lines) {
        if (lower(l.name) == lower(name)) lines.emplace_back(trim(l.value));
    }
    return lines;
}

texts elements_of(const texts& lines) {
    texts elements;
    for (const std::string& line : lines) {
        for (std::string& element : read_list(line).elements) elements.push_back(std::move(element));
    }
    return elements;
}

/// The challenges as they are spelled; none if the lines are not in the grammar.
texts challenges_of(field f, const texts& lines) {
    std::string joined;
    for (const std::string& line : lines) joined += (joined.empty() ? "" : ", ") + line;
    std::vector<event> memory(2 * joined.size() + 4);
    event_buffer buffer(memory.data(), memory.size());
    texts found;
    const auto read = parse_challenges(f, std::string_view(joined), buffer);
    if (!read) return found;
    for (const challenge& c : *read) found.push_back(joined.substr(c.begin(), c.end() - c.begin()));
    return found;
}

texts sorted(texts t) {
    std::sort(t.begin(), t.end());
    return t;
}

/// What is before, between and behind the elements: a text for each, with a line feed where a line ends.
texts gaps_of(const texts& lines) {
    texts gaps{""};
    for (const std::string& line : lines) {
        std::size_t at = 0;
        const texts elements = elements_of({line});
        if (elements.empty()) continue;
        if (gaps.size() > 1) gaps.back() += '\n';
        for (const std::string& element : elements) {
            const std::size_t begin = line.find(element, at);
            gaps.back() += line.substr(at, begin - at);
            gaps.emplace_back();
            at = begin + element.size();
        }
        gaps.back() += line.substr(at);
    }
    return gaps;
}

/// One of the two, where a line ends in it and not in the other, joined by any white space around a comma.
bool same_gap(const std::string& a, const std::string& b) {
    if (a == b) return true;
    const std::size_t end = a.find('\n');
    if (end == std::string::npos) return b.find('\n') != std::string::npos && same_gap(b, a);
    if (b.find('\n') != std::string::npos || b.size() < a.size()) return false;
    const std::string begin = a.substr(end + 1);
    const std::string joint = b.substr(end, b.size() - end - begin.size());
    return a.substr(0, end) + joint + begin == b && trim(joint) == ",";
}

bool same_gaps(const texts& before, const texts& after) {
    const auto idle = [](texts lines) {
        const auto used = [](const std::string& line) { return line.empty() || !elements_of({line}).empty(); };
        lines.erase(std::remove_if(lines.begin(), lines.end(), used), lines.end());
        return lines;
    };
    const texts a = gaps_of(before);
    const texts b = gaps_of(after);
    return idle(before) == idle(after) && std::equal(a.begin(), a.end(), b.begin(), b.end(), same_gap);
}

field_change change_of(field f, const texts& before, const texts& after) {
    if (before == after) return field_change::unchanged;
    if (before.empty()) return field_change::added;
    if (after.empty()) return field_change::dropped;
    if (elements_of(before) == elements_of(after)) {
        return same_gaps(before, after) ? field_change::recombined : field_change::respelled;
    }
    if (sorted(before) == sorted(after)) return field_change::reordered;
    texts a;
    texts b;
    if (kind_of(f) == field_kind::challenges) {
        a = sorted(challenges_of(f, before));
        b = sorted(challenges_of(f, after));
    } else if (kind_of(f) == field_kind::info) {
        a = sorted(elements_of(before));
        b = sorted(elements_of(after));
    }
    return a == b && !a.empty() ? field_change::reordered : field_change::changed;
}

bool is_named_in_connection(field f, const hop_message& m) {
    for (const std::string& option : elements_of(lines_of(m, "connection"))) {
        if (lower(option) == lower(name_of(f))) return true;
    }
    return false;
}

bool is_proxy_field(field f) { return lower(name_of(f)).substr(0, 6) == "proxy-"; }

/// Of the words that follow "Host": nothing if there is not one such line, or if it is empty.
std::string host_of(const hop_message& m) {
    const texts hosts = lines_of(m, "host");
    return hosts.size() == 1 ? lower(hosts[0]) : "";
}

/// The one way to write a host with its port; a port that a scheme could have anyway, as "?".
std::string in_one_way(const std::string& host, bool any_default) {
    const bool authority = host.find_first_of("/?#") == std::string::npos;
    const auto read = authority ? policy::read_target_uri("http://" + host) : std::nullopt;
    if (!read) return "as it is " + host;
    std::string port;
    for (std::size_t i = host.size(); i != 0 && host[i - 1] >= '0' && host[i - 1] <= '9'; --i) {
        port.insert(port.begin(), host[i - 1]);
        if (i == 1) port.clear();
    }
    if (port.size() == host.size() || host[host.size() - port.size() - 1] != ':') port.clear();
    while (!port.empty() && port[0] == '0') port.erase(port.begin());
    if (any_default && (port.empty() || port == "80" || port == "443")) port = "?";
    return read->host + " " + port;
}

/// Of credentials that a gateway passes on.
permission passed_on(const hop_message& received, const hop_message& sent) {
    const std::string from = host_of(received);
    const std::string to = host_of(sent);
    if (from.empty() || to.empty()) return permission::conditional;
    if (in_one_way(from, false) == in_one_way(to, false)) return permission::permitted;
    return in_one_way(from, true) == in_one_way(to, true) ? permission::conditional : permission::forbidden;
}

/// Of a gateway, by the third column of the table.
permission permission_of_gateway(field f, field_change c, const hop_message& received, const hop_message& sent) {
    const bool own = c == field_change::added || c == field_change::changed;
    if (c == field_change::dropped) return permission::permitted;
    if (f == field::proxy_authenticate || f == field::proxy_authentication_info) return permission::forbidden;
    if (own || !(f == field::authorization || f == field::proxy_authorization)) return permission::permitted;
    return f == field::authorization ? passed_on(received, sent) : permission::conditional;
}

permission permission_of_proxy(field f, field_change c, const hop_message& received) {
    switch (f) {
        case field::www_authenticate:
        case field::authentication_info:
            if (c == field_change::recombined) return permission::permitted;
            [[fallthrough]];
        case field::authorization:
            if (c == field_change::unchanged) {
                const bool on_connect = received.method == "CONNECT" && f == field::authorization;
                return on_connect ? permission::conditional : permission::permitted;
            }
            if (c == field_change::dropped && is_named_in_connection(f, received)) return permission::conditional;
            return permission::forbidden;
        case field::proxy_authorization:
            return c == field_change::dropped || c == field_change::added ? permission::permitted
                                                                          : permission::conditional;
        case field::proxy_authenticate:
        case field::proxy_authentication_info: break;
    }
    const bool own = c == field_change::dropped || c == field_change::added || c == field_change::changed;
    return own ? permission::permitted : permission::conditional;
}

/// Whether Connection forbids what was done (RFC 9110, 7.6.1).
bool is_against_connection(field f, field_change c, const hop_message& received, const hop_message& sent) {
    if (c == field_change::dropped) return false;
    const bool own = c == field_change::added || c == field_change::changed;
    return (!own && is_named_in_connection(f, received)) || (!is_proxy_field(f) && is_named_in_connection(f, sent));
}

/// Whether the response as a whole is wrong, once for each way.
std::size_t wrongs_of_response(const hop_message& received, const hop_message& sent, bool gateway) {
    const texts asked = lines_of(sent, "proxy-authenticate");
    const bool by_proxy = !elements_of(asked).empty();
    const bool by_server = !elements_of(lines_of(sent, "www-authenticate")).empty();
    if (received.tunnelled) return received.status == 407 ? 1 : 0;
    if (received.method == "CONNECT" && (sent.status == 401 || (sent.status == 407 && by_server && !by_proxy)))
        return 1;
    if (gateway) return sent.status == 407 || (sent.status == 401 && !by_server) ? 1 : 0;
    std::size_t wrongs = !by_proxy && (sent.status == 407 || !asked.empty()) ? 1 : 0;
    // Only an origin server sends 401, and what it sent stays one.
    if ((sent.status == 401) != (received.status == 401)) ++wrongs;
    return wrongs;
}

}  // namespace

std::vector<expected_hop_finding> expect_hop(const hop_message& received, const hop_message& sent,
                                             intermediary between) {
    if ((received.status == 0) != (sent.status == 0)) return {{}};
    const bool gateway = between == intermediary::gateway && received.method != "CONNECT";
    std::vector<expected_hop_finding> list;
    for (const field f : all_fields) {
        const texts before = lines_of(received, name_of(f));
        const texts after = lines_of(sent, name_of(f));
        if (before.empty() && after.empty()) continue;
        const field_change c = change_of(f, before, after);
        permission p = permission::conditional;
        if (received.tunnelled) {
            const bool right = c == field_change::unchanged && !is_proxy_field(f);
            p = right ? permission::permitted : permission::forbidden;
        } else if ((kind_of(f) == field_kind::credentials) == (received.status == 0)) {
            p = gateway ? permission_of_gateway(f, c, received, sent) : permission_of_proxy(f, c, received);
            if (is_against_connection(f, c, received, sent)) p = permission::forbidden;
        }
        list.push_back({f, c, p});
    }
    if (received.status != 0) list.resize(list.size() + wrongs_of_response(received, sent, gateway));
    return list;
}

}  // namespace authgrammar::fuzz
