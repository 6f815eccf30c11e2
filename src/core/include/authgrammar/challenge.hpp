#ifndef AUTHGRAMMAR_CHALLENGE_HPP
#define AUTHGRAMMAR_CHALLENGE_HPP

#include <authgrammar/auth_param.hpp>
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

/// One challenge (RFC 9110, 11.3) or the credentials of a request (RFC 9110, 11.4): an auth-scheme with a
/// token68, or with parameters, or alone. A view: field value and event buffer must outlive it. An empty
/// parameter list and none are the same thing.
class challenge {
public:
    /// No challenge. Only params() and param() may be asked of it, and have nothing.
    challenge() noexcept = default;

    /// From the events challenge_begin to challenge_end, `last` being one past challenge_end.
    challenge(const field_value& value, const event* first, const event* last) noexcept
        : value_(value), first_(first), last_(last) {}

    /// Offsets of the challenge in the joined value: its scheme's first byte, and one past the last byte of its
    /// last scheme, token68 or value, closing DQUOTE included.
    [[nodiscard]] std::size_t begin() const noexcept { return first_->begin; }
    [[nodiscard]] std::size_t end() const noexcept { return last_[-1].end; }

    [[nodiscard]] text scheme() const noexcept { return {value_, first_[1].begin, first_[1].end, false}; }

    /// Whether the scheme is `name`, without regard to ASCII case (RFC 9110, 11.1).
    [[nodiscard]] bool has_scheme(std::string_view name) const noexcept { return scheme().equals_ignoring_case(name); }

    /// The token68, if the challenge has one instead of parameters (RFC 9110, 11.2).
    [[nodiscard]] AUTHGRAMMAR_EXPORT std::optional<text> token68() const noexcept;

    /// The parameters in order; empty if there are none or a token68 stands in their place.
    [[nodiscard]] AUTHGRAMMAR_EXPORT auth_params params() const noexcept;

    /// The first parameter of that name, compared without regard to ASCII case, or nothing. Linear.
    [[nodiscard]] std::optional<auth_param> param(std::string_view name) const noexcept { return params().find(name); }

private:
    friend class detail::written_memory;

    field_value value_{};
    const event* first_ = nullptr;
    const event* last_ = nullptr;
};

/// The credentials of Authorization and Proxy-Authorization have the form of one challenge.
using credentials = challenge;

/// The challenges of WWW-Authenticate or Proxy-Authenticate in order: a forward range of `challenge`.
/// A view: field value and event buffer must outlive it.
class challenges {
public:
    challenges() noexcept = default;

    /// From all events of an accepted value, whichever engine they come from.
    challenges(const field_value& value, const event* first, const event* last) noexcept
        : value_(value), first_(first), last_(last) {}
    challenges(const field_value& value, const event_buffer& events) noexcept
        : challenges(value, events.begin(), events.end()) {}

    class iterator {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = challenge;
        using difference_type = std::ptrdiff_t;
        using pointer = const challenge*;
        using reference = challenge;

        iterator() noexcept = default;
        iterator(const field_value& value, const event* at, const event* last) noexcept
            : value_(value), at_(at), last_(last), next_(skip(at)) {}

        [[nodiscard]] challenge operator*() const noexcept { return {value_, at_, next_}; }
        iterator& operator++() noexcept {
            at_ = next_;
            next_ = skip(at_);
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
        [[nodiscard]] AUTHGRAMMAR_EXPORT const event* skip(const event* at) const noexcept;

        field_value value_{};
        const event* at_ = nullptr;
        const event* last_ = nullptr;
        const event* next_ = nullptr;
    };

    [[nodiscard]] iterator begin() const noexcept { return {value_, first_, last_}; }
    [[nodiscard]] iterator end() const noexcept { return {value_, last_, last_}; }
    [[nodiscard]] bool empty() const noexcept { return first_ == last_; }

    /// How many challenges there are. Linear in the events.
    [[nodiscard]] AUTHGRAMMAR_EXPORT std::size_t size() const noexcept;

    /// The first challenge with that scheme, compared without regard to ASCII case, or nothing. Linear.
    [[nodiscard]] AUTHGRAMMAR_EXPORT std::optional<challenge> find(std::string_view scheme) const noexcept;

private:
    friend class detail::written_memory;

    field_value value_{};
    const event* first_ = nullptr;
    const event* last_ = nullptr;
};

}  // namespace authgrammar

#endif
