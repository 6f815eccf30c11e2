#ifndef AUTHGRAMMAR_SCHEMES_PARAMS_HPP
#define AUTHGRAMMAR_SCHEMES_PARAMS_HPP

#include <authgrammar/auth_param.hpp>
#include <authgrammar/challenge.hpp>
#include <authgrammar/text.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/ascii.hpp"
#include "fault.hpp"

namespace authgrammar::schemes {

/// The name of the first parameter that has the name of one before it, whatever the name, if there is one. Linear; up to
/// 32 KiB of stack, none on the heap.
[[nodiscard]] std::optional<text> repeated_name(const auth_params& list) noexcept;

/// The parameters of a challenge, credentials or -Info field that a scheme defines, by their place in its list of names.
/// All others are passed over, but no name may be there twice.
template <std::size_t N>
class known_params {
public:
    static_assert(N <= 32);

    /// The names in lower case; static storage.
    explicit known_params(const std::array<std::string_view, N>& names) noexcept : names_(names) {}

    /// Looks at all parameters. Returns the error of a repeated one, or no error.
    [[nodiscard]] scheme_error read(const auth_params& list) noexcept {
        std::size_t unknown = 0;
        for (const auth_param p : list) {
            const std::size_t i = index_of(p.name.raw());
            if (i == N) {
                ++unknown;
                continue;
            }
            if (has(i)) return repeated(list);
            found_ |= std::uint32_t{1} << i;
            value_[i] = p.value;
        }
        return unknown < 2 ? scheme_error{} : repeated(list);
    }

    [[nodiscard]] bool has(std::size_t i) const noexcept { return (found_ >> i & 1) != 0; }
    [[nodiscard]] std::string_view name(std::size_t i) const noexcept { return names_[i]; }

    /// The value of a parameter that is there.
    [[nodiscard]] const text& value(std::size_t i) const noexcept { return value_[i]; }

    /// The value of one that may be there. Inlined early: g++ 12 merges this function of several N, and then warns of
    /// bounds.
    [[nodiscard]] AUTHGRAMMAR_ALWAYS_INLINE std::optional<text> find(std::size_t i) const noexcept {
        if (!has(i)) return std::nullopt;
        return value_[i];
    }

private:
    [[nodiscard]] AUTHGRAMMAR_COLD scheme_error repeated(const auth_params& list) const noexcept {
        const std::optional<text> name = repeated_name(list);
        if (!name) return {};
        const std::size_t i = index_of(name->raw());
        return fault(scheme_error_code::repeated_param, name->begin(), {"R9110-11.2-param-once", "RFC 9110, 11.2"},
                     "a parameter with another name", tolerance::none, i == N ? std::string_view() : names_[i]);
    }

    [[nodiscard]] std::size_t index_of(std::string_view name) const noexcept {
        std::size_t i = 0;
        while (i < N && !detail::equal_ignoring_case(names_[i], name)) ++i;
        return i;
    }

    const std::array<std::string_view, N>& names_;
    std::uint32_t found_ = 0;
    std::array<text, N> value_;
};

/// Whether `e` is an error.
[[nodiscard]] inline bool failed(const scheme_error& e) noexcept { return e.code != scheme_error_code::none; }

/// The error of a challenge or credentials that is not of `scheme` or has a token68; none if it is right.
[[nodiscard]] inline scheme_error check_params_of(const challenge& read, std::string_view scheme) noexcept {
    if (!read.has_scheme(scheme)) return fault(scheme_error_code::other_scheme, read.begin(), {}, scheme);
    if (const std::optional<text> token = read.token68()) {
        return fault(scheme_error_code::unexpected_token68, token->begin(), {}, "parameters");
    }
    return {};
}

}  // namespace authgrammar::schemes

#endif
