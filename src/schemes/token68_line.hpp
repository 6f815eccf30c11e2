#ifndef AUTHGRAMMAR_SCHEMES_TOKEN68_LINE_HPP
#define AUTHGRAMMAR_SCHEMES_TOKEN68_LINE_HPP

#include <authgrammar/detail/bulk.hpp>
#include <authgrammar/detail/portability.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/limits.hpp>

#include <cstddef>
#include <string_view>

#include "core/ascii.hpp"

namespace authgrammar::schemes {

/// A token68 and its place in the field value.
struct placed_token {
    std::string_view text;
    std::size_t begin;
};

/// One line of credentials that is a scheme and a token68, as most of Basic and Bearer are: read without the views that
/// parse_credentials() makes. A line for which this is false may be one too, or be at fault: parse_credentials() says.
class token68_line {
public:
    AUTHGRAMMAR_ALWAYS_INLINE token68_line(std::string_view line, std::string_view scheme) noexcept : line_(line) {
        const limits& most = default_limits;
        static_assert(most.name_length <= most.value_length && most.name_length <= most.total_bytes);
        if (line.empty() || line.size() > most.name_length ||
            !detail::read_token68_value(line.data(), line.size(), events_)) {
            return;
        }
        const event& name = events_[1];
        is_of_scheme_ = name.end - name.begin == scheme.size() &&
                        detail::equal_ignoring_case(line.data() + name.begin, scheme.data(), scheme.size());
    }

    [[nodiscard]] explicit operator bool() const noexcept { return is_of_scheme_; }
    [[nodiscard]] placed_token token() const noexcept {
        const event& token = events_[2];
        return {{line_.data() + token.begin, token.end - token.begin}, token.begin};
    }

private:
    std::string_view line_;
    union {
        event events_[4];  // left as they are until they are read
    };
    bool is_of_scheme_ = false;
};

}  // namespace authgrammar::schemes

#endif
