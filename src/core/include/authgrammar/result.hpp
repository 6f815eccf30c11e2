#ifndef AUTHGRAMMAR_RESULT_HPP
#define AUTHGRAMMAR_RESULT_HPP

#include <authgrammar/detail/portability.hpp>
#include <authgrammar/error.hpp>

#include <cassert>
#include <new>
#include <type_traits>
#include <utility>

namespace authgrammar {

/// Selects the constructor of `result` that calls a function for the error.
struct error_made_by_t {
    explicit error_made_by_t() = default;
};
inline constexpr error_made_by_t error_made_by{};

/// A `T`, or the error that says why there is none: the part of C++23's `std::expected` that this library needs. `T`
/// must be trivially copyable and default constructible. `*` and `->` of an error, and error() of a value, are
/// undefined behaviour; in builds with assertions they abort. All functions take constant time and neither throw nor
/// allocate.
///
/// `*` and error() of a temporary return a copy, so that `for (const challenge c : *parse_challenges(…))` is valid.
template <typename T>
class [[nodiscard]] result {
    static_assert(std::is_trivially_copyable_v<T> && std::is_default_constructible_v<T>);

public:
    constexpr result(const T& value) noexcept
        : value_(value), has_value_(true) {}  // NOLINT(google-explicit-constructor)
    constexpr result(const authgrammar::error& e) noexcept
        : error_(e), has_value_(false) {}  // NOLINT(google-explicit-constructor)

    /// The error that `make()` returns, constructed in place. `make` must not throw.
    template <typename Make>
    constexpr result(error_made_by_t, Make&& make) noexcept : error_(make()), has_value_(false) {}

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

    /// The error, whose code is not `none`.
    [[nodiscard]] constexpr const authgrammar::error& error() const& noexcept AUTHGRAMMAR_LIFETIMEBOUND {
        assert(!has_value_);
        return error_;
    }
    [[nodiscard]] constexpr authgrammar::error error() const&& noexcept {
        assert(!has_value_);
        return error_;
    }

private:
    // Only one of the two is ever written, because a result is made for every value that is read.
    union {
        T value_;
        authgrammar::error error_;
    };
    bool has_value_;
};

/// Success, or an error; like the primary template otherwise. An error whose code is `none` is success.
template <>
class [[nodiscard]] result<void> {
public:
    constexpr result() noexcept = default;
    constexpr result(const authgrammar::error& e) noexcept : error_(e) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] constexpr bool has_value() const noexcept { return error_.code == error_code::none; }
    constexpr explicit operator bool() const noexcept { return has_value(); }
    /// The error, whose code is not `none`.
    [[nodiscard]] constexpr const authgrammar::error& error() const& noexcept AUTHGRAMMAR_LIFETIMEBOUND {
        assert(!has_value());
        return error_;
    }
    [[nodiscard]] constexpr authgrammar::error error() const&& noexcept {
        assert(!has_value());
        return error_;
    }

private:
    authgrammar::error error_{};
};

}  // namespace authgrammar

#endif
