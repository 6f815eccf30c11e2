#ifndef AUTHGRAMMAR_AUTH_PARAM_HPP
#define AUTHGRAMMAR_AUTH_PARAM_HPP

#include <authgrammar/detail/arrow.hpp>
#include <authgrammar/detail/portability.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/export.hpp>
#include <authgrammar/text.hpp>

#include <cstddef>
#include <iterator>
#include <optional>
#include <string_view>

namespace authgrammar {

/// A parameter, auth-param (RFC 9110, 11.2). A view: the bytes of the field value must outlive it.
struct auth_param {
    text name;   ///< compare it without regard to ASCII case: has_name()
    text value;  ///< value.quoted() says whether it is a quoted-string or a token

    /// Whether the name is `other`, without regard to ASCII case. Linear in the length of the name.
    [[nodiscard]] bool has_name(std::string_view other) const noexcept { return name.equals_ignoring_case(other); }
};

/// The parameters of a challenge or credentials (RFC 9110, 11.2), or all of an Authentication-Info value (RFC 9110,
/// 11.6.3), in order. Repeated names are kept; a sender must not send them. A view, and a range of `auth_param` whose
/// iterators stay valid without it: the bytes of the field value, and the events, must outlive it and them. Nothing
/// here allocates.
class auth_params {
public:
    /// No parameters.
    auth_params() noexcept = default;

    /// From the events [first, last), in turn a param_name and a param_value, of any engine. Constant time.
    auth_params(const field_value& value, const event* first AUTHGRAMMAR_LIFETIMEBOUND,
                const event* last AUTHGRAMMAR_LIFETIMEBOUND) noexcept
        : value_(value), first_(first), last_(last) {}
    auth_params(const field_value& value, const event_buffer& events AUTHGRAMMAR_LIFETIMEBOUND) noexcept
        : auth_params(value, events.begin(), events.end()) {}

    /// A forward iterator of C++20. For C++17 it is an input iterator, because `*` makes a new object; it may be copied
    /// and gone over again all the same. `==` takes constant time, the others time linear in the field lines from the
    /// parameter before to the end of this one: all parameters together cost linear time.
    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using iterator_concept = std::forward_iterator_tag;
        using value_type = auth_param;
        using difference_type = std::ptrdiff_t;
        using pointer = detail::arrow<auth_param>;
        using reference = auth_param;

        /// Compares equal to another one made so, and must not be dereferenced.
        iterator() noexcept = default;
        iterator(const field_value& value, const event* at) noexcept : value_(value), at_(at) {}

        [[nodiscard]] auth_param operator*() const noexcept { return made_of(value_, line_, at_); }
        [[nodiscard]] pointer operator->() const noexcept { return {**this}; }
        iterator& operator++() noexcept {
            line_ = value_.seek(line_, at_[1].end);
            at_ += 2;
            return *this;
        }
        iterator operator++(int) noexcept {
            iterator before = *this;
            ++*this;
            return before;
        }
        [[nodiscard]] friend bool operator==(const iterator& a, const iterator& b) noexcept { return a.at_ == b.at_; }
        [[nodiscard]] friend bool operator!=(const iterator& a, const iterator& b) noexcept { return a.at_ != b.at_; }

    private:
        friend class auth_params;
        iterator(const field_value& value, detail::line_start line, const event* at) noexcept
            : value_(value), line_(line), at_(at) {}

        field_value value_{};
        detail::line_start line_{};  ///< where the parameter before ends, or a line before that
        const event* at_ = nullptr;
    };

    [[nodiscard]] iterator begin() const noexcept { return {value_, line_, first_}; }
    [[nodiscard]] iterator end() const noexcept { return {value_, line_, last_}; }
    [[nodiscard]] bool empty() const noexcept { return first_ == last_; }

    /// How many parameters there are. Constant time.
    [[nodiscard]] std::size_t size() const noexcept { return static_cast<std::size_t>(last_ - first_) / 2; }

    /// The first parameter of that name, compared without regard to ASCII case, or nothing. It does not refer to
    /// `name`. Linear in the parameters, the bytes of their names and the lines.
    [[nodiscard]] std::optional<auth_param> find(std::string_view name) const noexcept {
        if (first_ == last_) return std::nullopt;
        if (!value_.is_one_line()) return find_in_lines(*this, name);
        const event* const found = find_in_line(value_.line(0), first_, last_, name);
        if (found == nullptr) return std::nullopt;
        return made_of(value_, line_, found);
    }

    /// The first parameter whose name a parameter before it has too, compared without regard to ASCII case, or nothing. A
    /// sender must not repeat a name (RFC 9110, 11.2). Complexity as that of write_challenges(). No allocation.
    [[nodiscard]] std::optional<auth_param> repeated() const noexcept {
        return size() < 2 ? std::nullopt : find_repeated(*this);
    }

private:
    friend struct detail::internals;
    friend class challenge;

    auth_params(const field_value& value, detail::line_start line, const event* first, const event* last) noexcept
        : value_(value), line_(line), first_(first), last_(last) {}

    /// The parameter of a name and a value event, looked for from `line` on.
    [[nodiscard]] static auth_param made_of(const field_value& value, detail::line_start line,
                                            const event* at) noexcept {
        line = value.seek(line, at[0].begin);
        return {text(value, line, at[0].begin, at[0].end, false),
                text(value, line, at[1].begin, at[1].end, at[1].quoted)};
    }

    [[nodiscard]] AUTHGRAMMAR_EXPORT static const event* find_in_line(std::string_view line, const event* first,
                                                                      const event* last,
                                                                      std::string_view name) noexcept;
    [[nodiscard]] AUTHGRAMMAR_EXPORT static std::optional<auth_param> find_in_lines(auth_params list,
                                                                                    std::string_view name) noexcept;

    [[nodiscard]] AUTHGRAMMAR_EXPORT static std::optional<auth_param> find_repeated(auth_params list) noexcept;

    field_value value_{};
    detail::line_start line_{};  ///< the line of the first parameter, or one before it
    const event* first_ = nullptr;
    const event* last_ = nullptr;
};

}  // namespace authgrammar

#if defined(__cpp_lib_ranges)
// Iterators do not refer to the range that they come from.
template <>
inline constexpr bool std::ranges::enable_borrowed_range<authgrammar::auth_params> = true;
template <>
inline constexpr bool std::ranges::enable_view<authgrammar::auth_params> = true;
#endif

#endif
