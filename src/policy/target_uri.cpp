#include <authgrammar/policy/target_uri.hpp>

#include "common/field_text.hpp"
#include "common/request_target.hpp"

#include <arpa/inet.h>
#include <uriparser/Uri.h>

#include <cstdint>

namespace authgrammar::policy {

namespace {

/// A parsed URI that gives its memory back.
class parsed_uri {
public:
    parsed_uri() = default;
    parsed_uri(const parsed_uri&) = delete;
    parsed_uri& operator=(const parsed_uri&) = delete;
    ~parsed_uri() {
        if (filled_) uriFreeUriMembersA(&uri_);
    }

    [[nodiscard]] bool parse(std::string_view text) {
        filled_ = uriParseSingleUriExA(&uri_, text.data(), text.data() + text.size(), nullptr) == URI_SUCCESS;
        return filled_;
    }
    [[nodiscard]] bool resolve(const parsed_uri& base, const parsed_uri& reference) {
        filled_ = uriAddBaseUriExA(&uri_, &reference.uri_, &base.uri_, URI_RESOLVE_STRICTLY) == URI_SUCCESS;
        return filled_;
    }
    [[nodiscard]] bool normalise() {
        return uriNormalizeSyntaxExA(&uri_, URI_NORMALIZE_SCHEME | URI_NORMALIZE_HOST | URI_NORMALIZE_PATH |
                                                URI_NORMALIZE_QUERY) == URI_SUCCESS;
    }
    [[nodiscard]] const UriUriA& operator*() const noexcept { return uri_; }

private:
    UriUriA uri_{};
    bool filled_ = false;
};

std::string_view view(const UriTextRangeA& range) noexcept {
    return {range.first, static_cast<std::size_t>(range.afterLast - range.first)};
}

std::optional<std::uint32_t> read_port(std::string_view digits) noexcept {
    std::uint32_t port = 0;
    for (const char c : digits) {
        port = port * 10 + static_cast<std::uint32_t>(c - '0');
        if (port > 65535) return std::nullopt;
    }
    return port;
}

/// The host in brackets if it is an IP literal; IPv6 as RFC 5952 writes it. Nothing if there is no host.
std::optional<std::string> host_of(const UriUriA& uri) {
    if (uri.hostData.ip6 != nullptr) {
        char text[INET6_ADDRSTRLEN];
        if (inet_ntop(AF_INET6, uri.hostData.ip6->data, text, sizeof text) == nullptr) return std::nullopt;
        return "[" + std::string(text) + "]";
    }
    const std::string_view future = view(uri.hostData.ipFuture);
    if (!future.empty()) return "[" + std::string(future) + "]";
    std::string host = detail::lower(view(uri.hostText));
    if (host.empty()) return std::nullopt;
    // The two digits of an escape are in upper case (RFC 3986, 6.2.2.1).
    for (std::size_t at = host.find('%'); at != std::string::npos; at = host.find('%', at + 1)) {
        for (const std::size_t digit : {at + 1, at + 2}) {
            if (host[digit] >= 'a') host[digit] = static_cast<char>(host[digit] - 'a' + 'A');
        }
    }
    return host;
}

std::optional<target_uri> target_of(parsed_uri& parsed) {
    if (!parsed.normalise()) return std::nullopt;
    const UriUriA& uri = *parsed;
    const std::string_view scheme = view(uri.scheme);
    if (scheme != "http" && scheme != "https") return std::nullopt;
    const std::optional<std::string> host = host_of(uri);
    const std::optional<std::uint32_t> port = read_port(view(uri.portText));
    if (!host || !port) return std::nullopt;

    target_uri target;
    target.secured = scheme == "https";
    target.userinfo = uri.userInfo.first != nullptr;
    target.host = *host;
    target.root.append(scheme).append("://").append(*host);
    const bool is_default = view(uri.portText).empty() || *port == (target.secured ? 443u : 80u);
    if (!is_default) target.root.append(":").append(std::to_string(*port));
    for (const UriPathSegmentA* segment = uri.pathHead; segment != nullptr; segment = segment->next) {
        target.path.append("/").append(view(segment->text));
    }
    if (target.path.empty()) target.path = "/";
    target.query = view(uri.query);
    return target;
}

}  // namespace

std::optional<target_uri> read_target_uri(std::string_view uri) {
    parsed_uri parsed;
    if (!parsed.parse(uri)) return std::nullopt;
    return target_of(parsed);
}

std::optional<target_uri> effective_request_uri(std::string_view method, std::string_view request_target,
                                                std::string_view host, bool secured, bool extended_connect) {
    const auto scheme = [&]() -> std::string { return secured ? "https://" : "http://"; };
    if (request_target.empty() || request_target.find('#') != std::string_view::npos) return std::nullopt;
    // An authority must not carry more than an authority: a slash in Host would move the path.
    const auto is_authority = [](std::string_view text) {
        return text.find_first_of("/?#@") == std::string_view::npos;
    };
    if (method == "CONNECT" && !extended_connect) {
        if (!is_authority(request_target) || detail::port_in(request_target).empty()) return std::nullopt;
        return read_target_uri(scheme().append(request_target));
    }
    if (request_target == "*") {
        if (method != "OPTIONS" || !is_authority(host)) return std::nullopt;
        return read_target_uri(scheme().append(host));
    }
    if (request_target.front() == '/') {
        if (!is_authority(host)) return std::nullopt;
        return read_target_uri(scheme().append(host).append(request_target));
    }
    return read_target_uri(request_target);
}

std::optional<target_uri> resolve(const target_uri& base, std::string_view reference) {
    if (reference.empty()) return base;
    const std::string text = base.root + base.path + (base.query.empty() ? "" : "?" + base.query);
    parsed_uri from;
    parsed_uri to;
    parsed_uri both;
    if (!from.parse(text) || !to.parse(reference) || !both.resolve(from, to)) return std::nullopt;
    return target_of(both);
}

bool keeps_authorization(const target_uri& from, const target_uri& to) noexcept { return from.root == to.root; }

}  // namespace authgrammar::policy
