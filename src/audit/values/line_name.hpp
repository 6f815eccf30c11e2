#ifndef AUTHGRAMMAR_AUDIT_LINE_NAME_HPP
#define AUTHGRAMMAR_AUDIT_LINE_NAME_HPP

#include <authgrammar/audit/line_name.hpp>
#include <authgrammar/audit/message.hpp>

#include "core/field_names.hpp"
#include "values/name_table.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace authgrammar::audit {

/// Their names, in order.
inline constexpr std::string_view texts_of_line_names[line_names] = {
    detail::registered_name(field::www_authenticate),
    detail::registered_name(field::proxy_authenticate),
    detail::registered_name(field::authorization),
    detail::registered_name(field::proxy_authorization),
    detail::registered_name(field::authentication_info),
    detail::registered_name(field::proxy_authentication_info),
    "Access-Control-Allow-Credentials",
    "Access-Control-Allow-Headers",
    "Access-Control-Allow-Origin",
    "Access-Control-Request-Headers",
    "Access-Control-Request-Method",
    "Cache-Control",
    "Connection",
    "Content-Length",
    "Content-Location",
    "Content-Type",
    "Cookie",
    "Host",
    "Location",
    "Origin",
    "Proxy-Connection",
    "Referer",
    "Transfer-Encoding"};

inline constexpr name_table<line_names, 32> line_name_table(texts_of_line_names);
static_assert(line_name_table.unique());

/// Which of them has that name, compared without regard to ASCII case. Constant time.
[[nodiscard]] inline line_name line_name_of(std::string_view name) noexcept {
    return static_cast<line_name>(line_name_table.find(name));
}

/// The lines of a message by those names. The message must outlive it.
class named_lines {
public:
    explicit named_lines(const message& m) noexcept;

    /// The first line of that name; null if there is none. Constant time.
    [[nodiscard]] const field_line* first(line_name name) const noexcept {
        const std::uint32_t number = first_[index(name)];
        return number == 0 ? nullptr : begin_ + (number - 1);
    }

    /// Whether there is a line of that name. Constant time.
    [[nodiscard]] bool has(line_name name) const noexcept { return first_[index(name)] != 0; }

    /// The value of the first line of that name; nothing if there is none. Constant time.
    [[nodiscard]] std::optional<std::string_view> value(line_name name) const noexcept {
        const field_line* const line = first(name);
        return line == nullptr ? std::nullopt : std::optional(line->value.text());
    }

    /// Calls `visit(line)` for each line of that name, in order. Linear in the lines from the first of them on; constant if
    /// there is none.
    template <typename Visit>
    void for_each(line_name name, Visit&& visit) const {
        const field_line* line = first(name);
        if (line == nullptr) return;
        for (; line != end_; ++line) {
            if (line->which == name) visit(*line);
        }
    }

private:
    [[nodiscard]] static constexpr std::size_t index(line_name name) noexcept { return static_cast<std::size_t>(name); }

    const field_line* begin_;
    const field_line* end_;
    /// The number of the first line of each name, from 1; 0 if there is none. The last entry is of all other names.
    std::array<std::uint32_t, line_names + 1> first_{};
};

/// Whether the connection ends with this message (RFC 9112, 9.3), of which `lines` are. Linear in its lines from the first of
/// Connection on.
[[nodiscard]] bool closes(const message& m, const named_lines& lines);

/// The same. Linear in its lines.
[[nodiscard]] inline bool closes(const message& m) { return closes(m, named_lines(m)); }

}  // namespace authgrammar::audit

#endif
