#include "conversation/server.hpp"

#include "conversation/client_uri.hpp"

#include "common/request_target.hpp"

#include <utility>

namespace authgrammar::audit {

namespace {

/// A longer Host is read anew each time.
constexpr std::size_t longest_kept_host = 255;

/// Reads a URI by the letter, or else as clients do.
template <typename Read>
std::optional<policy::target_uri> read_uri(std::string_view uri, Read read) {
    if (auto strict = read(uri)) return strict;
    return read(as_clients_read(uri));
}

/// The URI of a request that names its server in Host.
std::optional<policy::target_uri> effective_uri(std::string_view method, std::string_view target, std::string_view host,
                                                bool with_tls) {
    const bool extended_connect = !detail::asks_for_tunnel(method, target);
    return read_uri(target, [&](std::string_view read) {
        return policy::effective_request_uri(method, read, host, with_tls, extended_connect);
    });
}

/// Whether the target is certainly no absolute URI. The others are read to tell.
bool is_relative(std::string_view target) noexcept { return target.substr(0, 1) == "/"; }

/// The place of the request target in its start line.
span target_span(const message& m) { return {m.start_line.offset + m.method.size() + 1, m.target.size()}; }

/// Whether the port is that of https (RFC 9110, 4.2.2). Port 80 says nothing that a host alone does not.
bool is_https_port(std::string_view host) noexcept { return host.size() > 4 && host.substr(host.size() - 4) == ":443"; }

}  // namespace

named_server named(server s) {
    const fingerprint name = fingerprint_of(s.key());
    return {std::move(s), name};
}

bool is_other(const server_identity& from, const server_identity& to) noexcept {
    if (from.scheme_known && to.scheme_known) return from.root != to.root;
    return from.authority != to.authority;
}

std::optional<policy::target_uri> read_absolute(std::string_view uri) {
    return read_uri(uri, [](std::string_view text) { return policy::read_target_uri(text); });
}

server_finder::server_finder(std::optional<policy::target_uri> url) {
    if (!url) return;
    know(url->root);
    expected_ = std::move(url);
    expected_scheme_known_ = true;
}

std::optional<named_server> server_finder::expected() const {
    if (!expected_) return std::nullopt;
    return named({expected_->root, expected_->secured, expected_scheme_known_});
}

void server_finder::of_request(const message& m, const named_lines& lines, std::optional<named_server>& into,
                               circumstances& around) {
    open_by_host_ = false;
    open_by_expectation_ = m.start == start_kind::none;
    if (open_by_expectation_) {
        into = expected();
        return;
    }
    if (detail::asks_for_tunnel(m.method, m.target)) {
        into.reset();
        return;
    }
    if (const auto absolute = is_relative(m.target) ? std::nullopt : read_absolute(m.target)) {
        into = named({absolute->root, absolute->secured, true});
        roots_.take(into->name);
        return;
    }
    const std::optional<std::string_view> host = lines.value(line_name::host);
    open_by_expectation_ = !host;
    if (!host) {
        into = expected();
        return;
    }
    open_host_ = *host;
    open_by_host_ = true;
    of_host(m, *host, into, around);
}

void server_finder::of_host(const message& m, std::string_view host, std::optional<named_server>& into,
                            circumstances& around) {
    const host_reading& roots = read_host(m, host);
    if (roots.plain.empty()) {
        into.reset();
        if (!host.empty() && !has_other_scheme(m.target)) around.unread_uri = target_span(m);
        return;
    }
    if (!into) into.emplace();
    choose(m, host, roots, *into);
}

const server_finder::host_reading& server_finder::read_host(const message& m, std::string_view host) {
    const bool kept = is_plain_path(m.target) && host.size() <= longest_kept_host;
    host_reading* reading = &unkept_;
    if (kept) {
        const auto [known, is_new] = hosts_.take(fingerprint_of(host));
        if (!is_new) return known;
        reading = &known;
    }
    // All plain paths lead to the same root.
    const std::string_view target = kept ? std::string_view("/") : m.target;
    const auto plain = effective_uri(m.method, target, host, false);
    const auto secured = effective_uri(m.method, target, host, true);
    // Both or neither are URIs: they differ in the scheme only.
    reading->plain = plain ? plain->root : std::string();
    reading->secured = secured ? secured->root : std::string();
    if (reading->plain.empty()) return *reading;
    reading->plain_name = fingerprint_of(reading->plain);
    reading->secured_name = fingerprint_of(reading->secured);
    reading->unknown_name = named({reading->plain, false, false}).name;
    return *reading;
}

/// With the scheme that is expected for the authority, or the only one that is known for it, or what the message shows.
void server_finder::choose(const message& m, std::string_view host, const host_reading& roots, named_server& into) {
    const auto take = [&into](const std::string& root, bool is_secured, bool scheme_known, const fingerprint& name) {
        into.is.root = root;
        into.is.secured = is_secured;
        into.is.scheme_known = scheme_known;
        into.name = name;
    };
    const auto plain = [&] { take(roots.plain, false, true, roots.plain_name); };
    const auto secured = [&] { take(roots.secured, true, true, roots.secured_name); };
    if (expected_ && expected_scheme_known_) {
        if (expected_->root == roots.plain) return plain();
        if (expected_->root == roots.secured) return secured();
    }
    const bool may_be_secured = roots_.find(roots.secured_name) != nullptr;
    const bool may_be_plain = roots_.find(roots.plain_name) != nullptr;
    // Only http is known, unless https has been forgotten.
    if (may_be_plain && !may_be_secured && !roots_.has_forgotten()) return plain();
    if (may_be_secured && !may_be_plain) return secured();
    if (m.secured) return *m.secured ? secured() : plain();
    if (is_https_port(host)) {
        roots_.take(roots.secured_name);
        return secured();
    }
    take(roots.plain, false, false, roots.unknown_name);
}

std::optional<policy::target_uri> server_finder::base_of(const server& from, const request_facts* request) const {
    if (request == nullptr || open_by_expectation_) return expected_;
    if (open_by_host_) return effective_uri(request->method, request->target, open_host_, from.secured);
    return read_absolute(request->target);
}

std::optional<named_server> server_finder::take_redirect(const server& from, const request_facts* request,
                                                         const field_line& location, circumstances& around) {
    const std::string_view reference = location.value.text();
    const std::optional<policy::target_uri> base = base_of(from, request);
    if (!base) return std::nullopt;
    std::optional<policy::target_uri> to =
        read_uri(reference, [&base](std::string_view text) { return policy::resolve(*base, text); });
    if (!to) {
        if (!has_other_scheme(reference)) {
            around.unread_uri = span_between(location.value.source_of(0), location.value.source_of(reference.size()));
        }
        return std::nullopt;
    }
    expected_scheme_known_ = from.scheme_known || read_absolute(reference).has_value();
    expected_ = std::move(to);
    if (expected_scheme_known_) know(expected_->root);
    return expected();
}

}  // namespace authgrammar::audit
