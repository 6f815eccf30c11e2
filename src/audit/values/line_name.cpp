#include "values/line_name.hpp"

#include "common/field_text.hpp"

namespace authgrammar::audit {

named_lines::named_lines(const message& m) noexcept : begin_(m.lines.data()), end_(m.lines.data() + m.lines.size()) {
    std::uint32_t number = 0;
    for (const field_line& line : m.lines) {
        ++number;
        std::uint32_t& first = first_[index(line.which)];
        if (first == 0) first = number;
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
