#ifndef AUTHGRAMMAR_SCHEMES_PARAMS_HPP
#define AUTHGRAMMAR_SCHEMES_PARAMS_HPP

#include <authgrammar/auth_param.hpp>
#include <authgrammar/challenge.hpp>
#include <authgrammar/text.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <new>
#include <optional>
#include <string_view>

#include "core/ascii.hpp"
#include "core/internals.hpp"
#include "fault.hpp"

namespace authgrammar::schemes {

/// Each parameter name occurs once.
inline constexpr rule name_once{"R9110-11.2-param-once", "RFC 9110, 11.2"};

/// The name of the first parameter that has the name of one before it, whatever the name, if there is one. Linear; up to
/// 32 KiB of stack, none on the heap.
[[nodiscard]] std::optional<text> repeated_name(const auth_params& list) noexcept;

/// The names of the parameters that a scheme defines, in lower case, and which of them have a given length.
template <std::size_t N>
class param_names {
public:
    static_assert(N <= 32);

    template <typename... Names>
    explicit constexpr param_names(Names... names) noexcept : names_{std::string_view(names)...} {
        static_assert(sizeof...(Names) == N);
        for (std::size_t i = 0; i < N; ++i) of_size_[names_[i].size()] |= std::uint32_t{1} << i;
    }
    [[nodiscard]] constexpr std::string_view operator[](std::size_t i) const noexcept { return names_[i]; }

    /// The place of `name`, compared without regard to case, or N.
    [[nodiscard]] std::size_t index_of(std::string_view name) const noexcept {
        if (name.size() > longest) return N;
        for (std::uint32_t left = of_size_[name.size()]; left != 0; left &= left - 1) {
            const std::size_t i = detail::trailing_zeros(left);
            if (detail::equal_ignoring_case(names_[i].data(), name.data(), name.size())) return i;
        }
        return N;
    }

private:
    static constexpr std::size_t longest = 20;
    std::array<std::string_view, N> names_;
    std::uint32_t of_size_[longest + 1] = {};
};

/// The parameters of a challenge, credentials or -Info field that a scheme defines, by their place in its list of names.
/// All others are passed over, but no name may be there twice.
template <std::size_t N>
class known_params {
public:
    /// The names are of static storage.
    explicit known_params(const param_names<N>& names) noexcept : names_(names) {}

    /// Looks at all parameters, of a value and events that outlive this object. Returns the error of a repeated one, or
    /// no error.
    [[nodiscard]] scheme_error read(const auth_params& list) noexcept {
        value_ = detail::internals::value(list);
        const event* at = detail::internals::first(list);
        std::size_t unknown = 0;
        bool any_twice = false;
        const auto see = [&](std::string_view name) {
            const std::size_t i = names_.index_of(name);
            if (i == N) {
                ++unknown;
            } else {
                any_twice |= has(i);
                found_ |= std::uint32_t{1} << i;
                at_[i] = at + 1;
            }
            at += 2;
        };
        if (value_.line_count() == 1) {
            // The events will do: a view of each parameter costs more than all the rest.
            const char* const line = value_.line(0).data();
            while (at != detail::internals::last(list)) see({line + at->begin, at->end - at->begin});
        } else {
            for (const auth_param p : list) see(p.name.raw());
        }
        return any_twice || unknown > 1 ? repeated(list) : scheme_error{};
    }

    [[nodiscard]] bool has(std::size_t i) const noexcept { return (found_ >> i & 1) != 0; }

    /// The value of a parameter that is there.
    [[nodiscard]] text value(std::size_t i) const noexcept {
        return {value_, at_[i]->begin, at_[i]->end, at_[i]->quoted};
    }

    /// The same, written to `to`: views are not copied about.
    void value(std::size_t i, text& to) const noexcept { new (&to) text(value(i)); }
    void find(std::size_t i, std::optional<text>& to) const noexcept {
        if (has(i)) to.emplace(value_, at_[i]->begin, at_[i]->end, at_[i]->quoted);
    }

    /// The value of one that may be there.
    [[nodiscard]] std::optional<text> find(std::size_t i) const noexcept {
        if (!has(i)) return std::nullopt;
        return value(i);
    }

private:
    [[nodiscard]] AUTHGRAMMAR_COLD scheme_error repeated(const auth_params& list) const noexcept {
        const std::optional<text> name = repeated_name(list);
        if (!name) return {};
        const std::size_t i = names_.index_of(name->raw());
        return fault(scheme_error_code::repeated_param, name->begin(), name_once, "a parameter with another name",
                     tolerance::none, i == N ? std::string_view() : names_[i]);
    }

    const param_names<N>& names_;
    field_value value_;
    std::uint32_t found_ = 0;
    const event* at_[N];  ///< the events of the values; only those that are there are ever written
};

/// Whether `e` is an error.
[[nodiscard]] inline bool failed(const scheme_error& e) noexcept { return e.code != scheme_error_code::none; }

/// The error of a challenge or credentials that is not of `scheme` or has a token68; none if it is right. `broken` requires
/// parameters.
[[nodiscard]] inline scheme_error check_params_of(const challenge& read, std::string_view scheme,
                                                  rule broken) noexcept {
    if (!read.has_scheme(scheme)) return other_scheme(read.begin(), scheme);
    if (const std::optional<text> token = read.token68()) {
        return fault(scheme_error_code::unexpected_token68, token->begin(), broken, "parameters");
    }
    return {};
}

}  // namespace authgrammar::schemes

#endif
