#ifndef AUTHGRAMMAR_RESULT_HPP
#define AUTHGRAMMAR_RESULT_HPP

#include <authgrammar/error.hpp>

#include <cassert>
#include <new>
#include <type_traits>
#include <utility>

namespace authgrammar {

/// Says that a result is to be made of an error by a function.
struct error_made_by_t {
    explicit error_made_by_t() = default;
};
inline constexpr error_made_by_t error_made_by{};

/// A `T`, or the error that stands in its way: the part of `std::expected` that C++17 lacks and this library
/// needs. `T` is trivially copyable. No exceptions: `*` and `->` of an error, and error() of a value, are undefined; with
/// assertions they abort.
template <typename T>
class [[nodiscard]] result {
    static_assert(std::is_trivially_copyable_v<T> && std::is_default_constructible_v<T>);

public:
    constexpr result(const T& value) noexcept
        : value_(value), has_value_(true) {}  // NOLINT(google-explicit-constructor)
    constexpr result(const authgrammar::error& e) noexcept
        : error_(e), has_value_(false) {}  // NOLINT(google-explicit-constructor)

    /// The error that `make()` answers, made in its place: it is not copied.
    template <typename Make>
    constexpr result(error_made_by_t, Make&& make) noexcept : error_(make()), has_value_(false) {}

    [[nodiscard]] constexpr bool has_value() const noexcept { return has_value_; }
    constexpr explicit operator bool() const noexcept { return has_value_; }

    [[nodiscard]] constexpr const T& operator*() const noexcept {
        assert(has_value_);
        return value_;
    }
    [[nodiscard]] constexpr const T* operator->() const noexcept {
        assert(has_value_);
        return &value_;
    }
    [[nodiscard]] constexpr const authgrammar::error& error() const noexcept {
        assert(!has_value_);
        return error_;
    }

private:
    // Only one of them is written: a result is made for every value that is read.
    union {
        T value_;
        authgrammar::error error_;
    };
    bool has_value_;
};

/// Success, or an error.
template <>
class [[nodiscard]] result<void> {
public:
    constexpr result() noexcept = default;
    constexpr result(const authgrammar::error& e) noexcept : error_(e) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] constexpr bool has_value() const noexcept { return error_.code == error_code::none; }
    constexpr explicit operator bool() const noexcept { return has_value(); }
    [[nodiscard]] constexpr const authgrammar::error& error() const noexcept {
        assert(!has_value());
        return error_;
    }

private:
    authgrammar::error error_{};
};

}  // namespace authgrammar

#endif
