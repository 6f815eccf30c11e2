#ifndef AUTHGRAMMAR_RESULT_HPP
#define AUTHGRAMMAR_RESULT_HPP

#include <authgrammar/detail/portability.hpp>
#include <authgrammar/error.hpp>

#include <cassert>
#include <cstdlib>
#include <new>
#include <type_traits>
#include <utility>

namespace authgrammar {

/// Selects the constructor of `result` that calls a function for the error.
struct error_made_by_t {
    explicit error_made_by_t() = default;
};
/// The argument that selects it.
inline constexpr error_made_by_t error_made_by{};

/// Selects the constructor of `result` that has a function fill in the value.
struct filled_by_t {
    explicit filled_by_t() = default;
};
/// The argument that selects it.
inline constexpr filled_by_t filled_by{};

/// A `T`, or the error that says why there is none: the part of C++23's `std::expected` that this library needs. The
/// error is an `E`: authgrammar::error of the core, or that of another library. `T` and `E` must be trivially copyable and
/// default constructible. `*` and `->` of an error, and error() of a value, are undefined behaviour; in builds with
/// assertions they abort. All functions take constant time and neither throw nor allocate.
///
/// `*` and error() of a temporary return a copy, so that `for (const challenge c : *parse_challenges(…))` is valid.
template <typename T, typename E = error>
class [[nodiscard]] result {
    static_assert(std::is_trivially_copyable_v<T> && std::is_default_constructible_v<T>);
    static_assert(std::is_trivially_copyable_v<E> && std::is_default_constructible_v<E> && !std::is_same_v<T, E>);

public:
    constexpr result(const T& value) noexcept
        : value_(value), has_value_(true) {}                                 // NOLINT(google-explicit-constructor)
    constexpr result(const E& e) noexcept : error_(e), has_value_(false) {}  // NOLINT(google-explicit-constructor)

    /// The error that `make()` returns, constructed in place. `make` must not throw.
    template <typename Make>
    constexpr result(error_made_by_t, Make&& make) noexcept : error_(make()), has_value_(false) {}

    /// The default value after `fill(T&)`, in place, which returns an `E`: with another code than `none` that is the result.
    /// `fill` must not throw.
    template <typename Fill>
    result(filled_by_t, Fill&& fill) noexcept : value_(), has_value_(true) {
        const E e = fill(value_);
        if (e.code == decltype(E::code)::none) return;
        ::new (static_cast<void*>(&error_)) E(e);
        has_value_ = false;
    }

    [[nodiscard]] constexpr bool has_value() const noexcept { return has_value_; }
    constexpr explicit operator bool() const noexcept { return has_value_; }

    /// The value.
    [[nodiscard]] constexpr const T& operator*() const& noexcept AUTHGRAMMAR_LIFETIMEBOUND {
        assert(has_value_);
        return value_;
    }
    [[nodiscard]] constexpr T operator*() const&& noexcept {
        assert(has_value_);
        return value_;
    }
    [[nodiscard]] constexpr const T* operator->() const noexcept AUTHGRAMMAR_LIFETIMEBOUND {
        assert(has_value_);
        return &value_;
    }

    /// The value, like `*`, but in every build an error ends the program.
    [[nodiscard]] constexpr const T& value() const& noexcept AUTHGRAMMAR_LIFETIMEBOUND {
        if (!has_value_) std::abort();
        return value_;
    }
    [[nodiscard]] constexpr T value() const&& noexcept {
        if (!has_value_) std::abort();
        return value_;
    }

    /// The value, or `other` instead of an error.
    [[nodiscard]] constexpr T value_or(const T& other) const noexcept { return has_value_ ? value_ : other; }

    /// The error, whose code is not `none`.
    [[nodiscard]] constexpr const E& error() const& noexcept AUTHGRAMMAR_LIFETIMEBOUND {
        assert(!has_value_);
        return error_;
    }
    [[nodiscard]] constexpr E error() const&& noexcept {
        assert(!has_value_);
        return error_;
    }

private:
    // Only one of the two is ever written, because a result is made for every value that is read.
    union {
        T value_;
        E error_;
    };
    bool has_value_;
};

/// Success, or an error; like the primary template otherwise. `E` has a member `code`, of an enumeration with `none`: an
/// error with that code is success.
template <typename E>
class [[nodiscard]] result<void, E> {
public:
    constexpr result() noexcept = default;
    constexpr result(const E& e) noexcept : error_(e) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] constexpr bool has_value() const noexcept { return error_.code == decltype(E::code)::none; }
    constexpr explicit operator bool() const noexcept { return has_value(); }
    /// The error, whose code is not `none`.
    [[nodiscard]] constexpr const E& error() const& noexcept AUTHGRAMMAR_LIFETIMEBOUND {
        assert(!has_value());
        return error_;
    }
    [[nodiscard]] constexpr E error() const&& noexcept {
        assert(!has_value());
        return error_;
    }

private:
    E error_{};
};

}  // namespace authgrammar

#endif
