#ifndef AUTHGRAMMAR_AUDIT_LINE_NAME_HPP
#define AUTHGRAMMAR_AUDIT_LINE_NAME_HPP

#include <authgrammar/audit/message.hpp>

#include "core/ascii.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace authgrammar::audit {

/// The fields that rules and the conversation look for, beside those of authentication.
enum class line_name : std::uint8_t {
    allow_credentials,  ///< Access-Control-Allow-Credentials
    allow_headers,      ///< Access-Control-Allow-Headers
    allow_origin,       ///< Access-Control-Allow-Origin
    request_headers,    ///< Access-Control-Request-Headers
    request_method,     ///< Access-Control-Request-Method
    cache_control,
    connection,
    content_location,
    content_type,
    cookie,
    host,
    location,
    origin,
    proxy_connection,
    referer
};
inline constexpr std::size_t line_names = static_cast<std::size_t>(line_name::referer) + 1;

/// Their names in lower case, in order.
inline constexpr std::string_view texts_of_line_names[line_names] = {"access-control-allow-credentials",
                                                                     "access-control-allow-headers",
                                                                     "access-control-allow-origin",
                                                                     "access-control-request-headers",
                                                                     "access-control-request-method",
                                                                     "cache-control",
                                                                     "connection",
                                                                     "content-location",
                                                                     "content-type",
                                                                     "cookie",
                                                                     "host",
                                                                     "location",
                                                                     "origin",
                                                                     "proxy-connection",
                                                                     "referer"};

/// The only name of a size and with a first letter, so that most names need not be compared with any.
class line_names_by_initial {
public:
    static constexpr std::size_t longest = 32;

    constexpr line_names_by_initial() noexcept {
        for (std::size_t i = 0; i < line_names; ++i) {
            std::uint8_t& row = rows_[texts_of_line_names[i].size()][letter(texts_of_line_names[i][0])];
            unique_ = unique_ && row == 0;
            row = static_cast<std::uint8_t>(i + 1);
        }
    }

    /// Its number, counted from 1; 0 if there is none. `name` has from 1 to `longest` octets.
    [[nodiscard]] constexpr std::size_t number_of(std::string_view name) const noexcept {
        return rows_[name.size()][letter(name[0])];
    }
    [[nodiscard]] constexpr bool unique() const noexcept { return unique_; }

private:
    /// The same for both cases of a letter.
    [[nodiscard]] static constexpr std::size_t letter(char c) noexcept { return static_cast<unsigned char>(c) & 31U; }

    std::array<std::array<std::uint8_t, 32>, longest + 1> rows_{};
    bool unique_ = true;
};
inline constexpr line_names_by_initial by_initial;
static_assert(by_initial.unique());

/// Which of them has that name, compared without regard to ASCII case; nothing if none has. Constant time.
[[nodiscard]] inline std::optional<line_name> line_name_of(std::string_view name) noexcept {
    if (name.empty() || name.size() > line_names_by_initial::longest) return std::nullopt;
    const std::size_t number = by_initial.number_of(name);
    if (number == 0) return std::nullopt;
    const bool same = detail::equal_ignoring_case(name.data(), texts_of_line_names[number - 1].data(), name.size());
    return same ? std::optional(static_cast<line_name>(number - 1)) : std::nullopt;
}

/// The lines of a message by those names, from one look at each. The message must outlive it.
class named_lines {
public:
    explicit named_lines(const message& m) noexcept;

    /// The first line of that name; null if there is none. Constant time.
    [[nodiscard]] const field_line* first(line_name name) const noexcept { return first_[index(name)]; }

    /// Whether there is a line of that name. Constant time.
    [[nodiscard]] bool has(line_name name) const noexcept { return first(name) != nullptr; }

    /// The value of the first line of that name; nothing if there is none. Constant time.
    [[nodiscard]] std::optional<std::string_view> value(line_name name) const noexcept {
        const field_line* const line = first(name);
        return line == nullptr ? std::nullopt : std::optional(line->value.text());
    }

    /// Calls `visit(line)` for each line of that name, in order. Linear in the lines from the first of them on; constant if
    /// there is none.
    template <typename Visit>
    void for_each(line_name name, Visit&& visit) const {
        const field_line* const begin = first(name);
        if (begin == nullptr) return;
        for (const field_line* line = begin; line != end_; ++line) {
            if (line_name_of(line->name) == name) visit(*line);
        }
    }

private:
    [[nodiscard]] static constexpr std::size_t index(line_name name) noexcept { return static_cast<std::size_t>(name); }

    std::array<const field_line*, line_names> first_{};
    const field_line* end_;
};

/// Whether the connection ends with this message (RFC 9112, 9.3), of which `lines` are. Linear in its lines from the first of
/// Connection on.
[[nodiscard]] bool closes(const message& m, const named_lines& lines);

/// The same. Linear in its lines.
[[nodiscard]] inline bool closes(const message& m) { return closes(m, named_lines(m)); }

}  // namespace authgrammar::audit

#endif
