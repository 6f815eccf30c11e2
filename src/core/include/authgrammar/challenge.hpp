#ifndef AUTHGRAMMAR_CHALLENGE_HPP
#define AUTHGRAMMAR_CHALLENGE_HPP

#include <authgrammar/auth_param.hpp>
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

/// One challenge (RFC 9110, 11.3) or the credentials of a request (RFC 9110, 11.4): an auth-scheme alone, with a
/// token68, or with parameters. No parameters and an empty list of them are the same. A view: the bytes of the field
/// value, and the events, must outlive it. Nothing here allocates.
class challenge {
public:
    /// No challenge. Only params() and param() are defined then, and find nothing.
    challenge() noexcept = default;

    /// From the events [first, last) of one challenge, challenge_begin to challenge_end, of any engine. Constant time.
    challenge(const field_value& value, const event* first AUTHGRAMMAR_LIFETIMEBOUND,
              const event* last AUTHGRAMMAR_LIFETIMEBOUND) noexcept
        : value_(value), first_(first), last_(last) {}

    /// The range of the challenge, in bytes from the start of the joined value: the first byte of the scheme, and one
    /// past the last byte of the scheme, token68 or last parameter value, closing DQUOTE included. Constant time.
    [[nodiscard]] std::size_t begin() const noexcept { return first_->begin; }
    [[nodiscard]] std::size_t end() const noexcept { return last_[-1].end; }

    /// The auth-scheme (RFC 9110, 11.1). Constant time.
    [[nodiscard]] text scheme() const noexcept { return word(first_[1]); }

    /// Whether the scheme is `name`, without regard to ASCII case (RFC 9110, 11.1). Linear in the length of the scheme.
    [[nodiscard]] bool has_scheme(std::string_view name) const noexcept { return scheme().equals_ignoring_case(name); }

    /// The token68, if the challenge has one instead of parameters (RFC 9110, 11.2). Constant time.
    [[nodiscard]] std::optional<text> token68() const noexcept {
        if (first_[2].kind != event_kind::token68) return std::nullopt;
        return word(first_[2]);
    }

    /// The parameters in order; empty if there are none, or a token68 instead. Constant time.
    [[nodiscard]] auth_params params() const noexcept {
        if (first_ == nullptr || first_[2].kind != event_kind::param_name) return {};
        return {value_.copy(), line_, first_ + 2, last_ - 1};
    }

    /// The first parameter of that name, compared without regard to ASCII case, or nothing. It does not refer to
    /// `name`. Linear in the parameters, the bytes of their names and the lines of the challenge.
    [[nodiscard]] std::optional<auth_param> param(std::string_view name) const noexcept { return params().find(name); }

private:
    friend struct detail::internals;
    friend class challenges;

    challenge(const field_value& value, detail::line_start line, const event* first, const event* last) noexcept
        : value_(value), line_(line), first_(first), last_(last) {}

    [[nodiscard]] text word(const event& e) const noexcept { return {value_, line_, e.begin, e.end, false}; }

    field_value value_{};
    detail::line_start line_{};  ///< the line of the scheme, or one before it
    const event* first_ = nullptr;
    const event* last_ = nullptr;
};

/// The credentials of Authorization and Proxy-Authorization have the form of one challenge (RFC 9110, 11.4).
using credentials = challenge;

/// The challenges of WWW-Authenticate or Proxy-Authenticate in order (RFC 9110, 11.6.1 and 11.7.1). A view, and a range
/// of `challenge` whose iterators stay valid without it: the bytes of the field value, and the events, must outlive it
/// and them. Nothing here allocates.
class challenges {
public:
    /// No challenges.
    challenges() noexcept = default;

    /// From all events [first, last) of an accepted value, of any engine. Constant time.
    challenges(const field_value& value, const event* first AUTHGRAMMAR_LIFETIMEBOUND,
               const event* last AUTHGRAMMAR_LIFETIMEBOUND) noexcept
        : value_(value), first_(first), last_(last) {}
    challenges(const field_value& value, const event_buffer& events AUTHGRAMMAR_LIFETIMEBOUND) noexcept
        : challenges(value, events.begin(), events.end()) {}

    /// A forward iterator of C++20. For C++17 it is an input iterator, because `*` makes a new object; it may be copied
    /// and gone over again all the same. `==` takes constant time, `*`, `->` and `++` time linear in the events of one
    /// challenge and in the field lines from its predecessor to its end: all challenges together cost linear time.
    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using iterator_concept = std::forward_iterator_tag;
        using value_type = challenge;
        using difference_type = std::ptrdiff_t;
        using pointer = detail::arrow<challenge>;
        using reference = challenge;

        /// Compares equal to another one made so, and must not be dereferenced.
        iterator() noexcept = default;
        iterator(const field_value& value, const event* at, const event* last) noexcept
            : value_(value), at_(at), last_(last), next_(skip(at)) {}

        [[nodiscard]] challenge operator*() const noexcept {
            return {value_.copy(), value_.seek(line_, at_->begin), at_, next_};
        }
        [[nodiscard]] pointer operator->() const noexcept { return {**this}; }
        iterator& operator++() noexcept {
            line_ = value_.seek(line_, next_[-1].end);
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
        /// One past the challenge_end that comes next.
        [[nodiscard]] const event* skip(const event* at) const noexcept {
            while (at != last_) {
                if ((at++)->kind == event_kind::challenge_end) break;
            }
            return at;
        }

        field_value value_{};
        detail::line_start line_{};  ///< where the challenge before ends, or a line before that
        const event* at_ = nullptr;
        const event* last_ = nullptr;
        const event* next_ = nullptr;
    };

    /// Linear in the events of the first challenge; end() and empty() take constant time.
    [[nodiscard]] iterator begin() const noexcept { return {value_, first_, last_}; }
    [[nodiscard]] iterator end() const noexcept { return {value_, last_, last_}; }
    [[nodiscard]] bool empty() const noexcept { return first_ == last_; }

    /// How many challenges there are. Linear in the events.
    [[nodiscard]] std::size_t size() const noexcept { return count(first_, last_); }

    /// The first challenge with that scheme, compared without regard to ASCII case, or nothing. It does not refer to
    /// `scheme`. Linear in the events and the lines.
    [[nodiscard]] std::optional<challenge> find(std::string_view scheme) const noexcept { return find(*this, scheme); }

private:
    friend struct detail::internals;

    [[nodiscard]] AUTHGRAMMAR_EXPORT static std::size_t count(const event* first, const event* last) noexcept;
    [[nodiscard]] AUTHGRAMMAR_EXPORT static std::optional<challenge> find(challenges list,
                                                                          std::string_view scheme) noexcept;

    field_value value_{};
    const event* first_ = nullptr;
    const event* last_ = nullptr;
};

}  // namespace authgrammar

#if defined(__cpp_lib_ranges)
// Iterators do not refer to the range that they come from.
template <>
inline constexpr bool std::ranges::enable_borrowed_range<authgrammar::challenges> = true;
template <>
inline constexpr bool std::ranges::enable_view<authgrammar::challenges> = true;
#endif

#endif
