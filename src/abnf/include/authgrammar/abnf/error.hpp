#ifndef AUTHGRAMMAR_ABNF_ERROR_HPP
#define AUTHGRAMMAR_ABNF_ERROR_HPP

#include <cstddef>
#include <string>
#include <utility>
#include <variant>

namespace authgrammar::abnf {

/// What went wrong and where. `line` and `column` count from 1, the column in bytes; both are 0, and `source`
/// may be empty, when the error has no place in a text.
struct error {
    std::string source;
    std::size_t line = 0;
    std::size_t column = 0;
    std::string message;
};

/// The error as compilers print it: `source:line:column: message`, without the parts that are missing.
std::string to_string(const error& failure);

/// A value or an error. Reading the value of a failed result, or the error of a good one, throws
/// `std::bad_variant_access`.
template <typename T>
class result {
public:
    result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
    result(error failure) : content_(std::in_place_index<1>, std::move(failure)) {}

    /// True if there is a value.
    bool has_value() const noexcept { return content_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    const T& value() const& { return std::get<0>(content_); }
    T& value() & { return std::get<0>(content_); }
    T&& value() && { return std::get<0>(std::move(content_)); }
    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

    /// The reason why there is no value.
    const error& failure() const { return std::get<1>(content_); }

private:
    std::variant<T, error> content_;
};

}  // namespace authgrammar::abnf

#endif
