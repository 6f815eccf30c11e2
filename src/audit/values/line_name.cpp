#include "values/line_name.hpp"

#include "common/field_text.hpp"
#include "values/one_of.hpp"

namespace authgrammar::audit {

std::optional<line_name> line_name_of(std::string_view name) noexcept {
    switch (name.size()) {
        case 4: return one_of(name, candidate_name("host", line_name::host));
        case 6:
            return one_of(name, candidate_name("cookie", line_name::cookie),
                          candidate_name("origin", line_name::origin));
        case 7: return one_of(name, candidate_name("referer", line_name::referer));
        case 8: return one_of(name, candidate_name("location", line_name::location));
        case 10: return one_of(name, candidate_name("connection", line_name::connection));
        case 12: return one_of(name, candidate_name("content-type", line_name::content_type));
        case 13: return one_of(name, candidate_name("cache-control", line_name::cache_control));
        case 16:
            return one_of(name, candidate_name("content-location", line_name::content_location),
                          candidate_name("proxy-connection", line_name::proxy_connection));
        case 27: return one_of(name, candidate_name("access-control-allow-origin", line_name::allow_origin));
        case 28: return one_of(name, candidate_name("access-control-allow-headers", line_name::allow_headers));
        case 29: return one_of(name, candidate_name("access-control-request-method", line_name::request_method));
        case 30: return one_of(name, candidate_name("access-control-request-headers", line_name::request_headers));
        case 32: return one_of(name, candidate_name("access-control-allow-credentials", line_name::allow_credentials));
        default: return std::nullopt;
    }
}

named_lines::named_lines(const message& m) noexcept : end_(m.lines.data() + m.lines.size()) {
    for (const field_line& line : m.lines) {
        const std::optional<line_name> name = line_name_of(line.name);
        if (name && !has(*name)) first_[index(*name)] = &line;
    }
}

bool closes(const message& m, const named_lines& lines) {
    bool keeps = m.start == start_kind::request || m.protocol != "HTTP/1.0";
    bool close = false;
    const auto take = [&](const field_line& line) {
        detail::for_each_list_element(line.value.text(), [&](std::string_view option) {
            close = close || detail::equal_ignoring_case(option, "close");
            keeps = keeps || detail::equal_ignoring_case(option, "keep-alive");
        });
    };
    lines.for_each(line_name::connection, take);
    lines.for_each(line_name::proxy_connection, take);
    return close || !keeps;
}

}  // namespace authgrammar::audit
