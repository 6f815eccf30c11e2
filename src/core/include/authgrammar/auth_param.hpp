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

namespace detail {
class written_memory;
}  // namespace detail

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
    /// and gone over again all the same. All its functions take constant time.
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

        [[nodiscard]] auth_param operator*() const noexcept {
            return {{value_, at_[0].begin, at_[0].end, false}, {value_, at_[1].begin, at_[1].end, at_[1].quoted}};
        }
        [[nodiscard]] pointer operator->() const noexcept { return {**this}; }
        iterator& operator++() noexcept {
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
        field_value value_{};
        const event* at_ = nullptr;
    };

    [[nodiscard]] iterator begin() const noexcept { return {value_, first_}; }
    [[nodiscard]] iterator end() const noexcept { return {value_, last_}; }
    [[nodiscard]] bool empty() const noexcept { return first_ == last_; }

    /// How many parameters there are. Constant time.
    [[nodiscard]] std::size_t size() const noexcept { return static_cast<std::size_t>(last_ - first_) / 2; }

    /// The first parameter of that name, compared without regard to ASCII case, or nothing. It does not refer to
    /// `name`. Linear in the parameters.
    [[nodiscard]] AUTHGRAMMAR_EXPORT std::optional<auth_param> find(std::string_view name) const noexcept;

private:
    friend class detail::written_memory;

    field_value value_{};
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
