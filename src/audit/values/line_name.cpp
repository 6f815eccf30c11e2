#include "values/line_name.hpp"

#include "common/field_text.hpp"

namespace authgrammar::audit {

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
