#ifndef AUTHGRAMMAR_AUTH_PARAM_HPP
#define AUTHGRAMMAR_AUTH_PARAM_HPP

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

/// A parameter: auth-param (RFC 9110, 11.2). A view of the field value.
struct auth_param {
    text name;   ///< compared without regard to ASCII case
    text value;  ///< value.quoted() tells the form

    /// Whether the name is `other`, without regard to ASCII case.
    [[nodiscard]] bool has_name(std::string_view other) const noexcept { return name.equals_ignoring_case(other); }
};

/// Parameters in order: a forward range of `auth_param`. What a challenge or credentials holds, and the whole of
/// an Authentication-Info value (RFC 9110, 11.6.3). A view: field value and event buffer must outlive it.
/// Repeated names are kept; a sender must not repeat one.
class auth_params {
public:
    auth_params() noexcept = default;

    /// From alternating param_name and param_value events, whichever engine they come from.
    auth_params(const field_value& value, const event* first, const event* last) noexcept
        : value_(value), first_(first), last_(last) {}
    auth_params(const field_value& value, const event_buffer& events) noexcept
        : auth_params(value, events.begin(), events.end()) {}

    class iterator {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = auth_param;
        using difference_type = std::ptrdiff_t;
        using pointer = const auth_param*;
        using reference = auth_param;

        iterator() noexcept = default;
        iterator(const field_value& value, const event* at) noexcept : value_(value), at_(at) {}

        [[nodiscard]] auth_param operator*() const noexcept {
            return {{value_, at_[0].begin, at_[0].end, false}, {value_, at_[1].begin, at_[1].end, at_[1].quoted}};
        }
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
    [[nodiscard]] std::size_t size() const noexcept { return static_cast<std::size_t>(last_ - first_) / 2; }

    /// The first parameter of that name, compared without regard to ASCII case, or nothing. Linear.
    [[nodiscard]] AUTHGRAMMAR_EXPORT std::optional<auth_param> find(std::string_view name) const noexcept;

private:
    friend class detail::written_memory;

    field_value value_{};
    const event* first_ = nullptr;
    const event* last_ = nullptr;
};

}  // namespace authgrammar

#endif
