#include "fuzz_policy.hpp"

#include "naive/text.hpp"
#include "support/oracle.hpp"

#include <string>
#include <tuple>
#include <vector>

namespace authgrammar::fuzz {

namespace {

bool same_target(const policy::target_uri& a, const policy::target_uri& b) {
    return std::tie(a.root, a.host, a.path, a.query, a.secured) == std::tie(b.root, b.host, b.path, b.query, b.secured);
}

bool same_target(const std::optional<policy::target_uri>& a, const std::optional<policy::target_uri>& b) {
    return a.has_value() == b.has_value() && (!a || same_target(*a, *b));
}

}  // namespace

void check_target(const policy::target_uri& t) {
    std::string root = t.root;
    if (planted("a_default_port_is_kept") && t.path.size() > 4) root += t.secured ? ":443" : ":80";
    std::string path = t.path;
    if (planted("dot_segments_stay") && path.size() > 6) path += "/../x";
    const auto again = policy::read_target_uri(root + path + (t.query.empty() ? "" : "?" + t.query));
    require("target_is_normal", again && again->root == root && again->path == path && same_target(t, *again));
    const std::string scheme = t.secured ? "https://" : "http://";
    const std::string default_port = t.secured ? ":443" : ":80";
    require("target_is_normal",
            root.compare(0, scheme.size() + t.host.size(), scheme + t.host) == 0 && !t.host.empty());
    const std::string port = root.substr(scheme.size() + t.host.size());
    require("target_is_normal", port.empty() || (port.front() == ':' && port.size() > 1 && port != default_port));
    require("target_is_normal", path.front() == '/' && path.find_first_of("?#") == std::string::npos);
    for (const std::string_view segment : split(path, '/')) {
        require("target_is_normal", segment != "." && segment != "..");
    }
}

void check_reference(const policy::target_uri& base, std::string_view reference,
                     const std::optional<policy::target_uri>& resolved) {
    const bool is_path = !reference.empty() && reference.front() == '/' && reference.substr(0, 2) != "//";
    const auto absolute =
        policy::read_target_uri(is_path ? base.root + std::string(reference) : std::string(reference));
    if (is_path || absolute) require("reference_is_resolved", same_target(resolved, absolute));
    if (reference.empty()) require("reference_is_resolved", resolved && same_target(*resolved, base));
}

void check_request(std::string_view argument) {
    const std::vector<std::string_view> words = split(argument, ' ');
    if (words.size() != 3) return;
    for (const bool secured : {false, true}) {
        auto made = policy::effective_request_uri(words[0], words[1], words[2], secured);
        if (planted("host_is_taken_with_its_path") && words[2].find('/') != std::string_view::npos) {
            made = policy::read_target_uri("http://" + std::string(words[2]) + std::string(words[1]));
        }
        const std::string scheme = secured ? "https://" : "http://";
        std::string uri(words[1]);
        const bool authority = words[2].find_first_of("/?#@") == std::string_view::npos && !words[2].empty();
        if (words[0] == "CONNECT") {
            const std::size_t colon = uri.rfind(':');
            const bool port = colon != std::string::npos && uri.find(']', colon) == std::string::npos &&
                              uri.find_first_not_of('0', colon + 1) != std::string::npos;
            uri = port && uri.find_first_of("/?#@") == std::string::npos ? scheme + uri : "";
        } else if (uri == "*") {
            uri = authority && words[0] == "OPTIONS" ? scheme + std::string(words[2]) : "";
        } else if (uri.substr(0, 1) == "/") {
            uri = authority ? scheme + std::string(words[2]) + uri : "";
        }
        const bool readable = words[1].find('#') == std::string_view::npos;
        require("request_has_its_target", same_target(made, readable ? policy::read_target_uri(uri) : std::nullopt));
    }
}

}  // namespace authgrammar::fuzz
