#include "values/line_name.hpp"

#include "common/field_text.hpp"

namespace authgrammar::audit {

namespace {

/// The only field of the names above with that length, or the two of it.
struct named {
    std::string_view name;
    line_name is;
};

std::optional<line_name> one_of(std::string_view name, named first, named second = {}) noexcept {
    if (detail::equal_ignoring_case(name, first.name)) return first.is;
    if (!second.name.empty() && detail::equal_ignoring_case(name, second.name)) return second.is;
    return std::nullopt;
}

}  // namespace

std::optional<line_name> line_name_of(std::string_view name) noexcept {
    switch (name.size()) {
        case 4: return one_of(name, {"host", line_name::host});
        case 6: return one_of(name, {"cookie", line_name::cookie}, {"origin", line_name::origin});
        case 7: return one_of(name, {"referer", line_name::referer});
        case 8: return one_of(name, {"location", line_name::location});
        case 10: return one_of(name, {"connection", line_name::connection});
        case 12: return one_of(name, {"content-type", line_name::content_type});
        case 13: return one_of(name, {"cache-control", line_name::cache_control});
        case 16:
            return one_of(name, {"content-location", line_name::content_location},
                          {"proxy-connection", line_name::proxy_connection});
        case 27: return one_of(name, {"access-control-allow-origin", line_name::allow_origin});
        case 28: return one_of(name, {"access-control-allow-headers", line_name::allow_headers});
        case 29: return one_of(name, {"access-control-request-method", line_name::request_method});
        case 30: return one_of(name, {"access-control-request-headers", line_name::request_headers});
        case 32: return one_of(name, {"access-control-allow-credentials", line_name::allow_credentials});
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
