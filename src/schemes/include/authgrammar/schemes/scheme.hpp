#ifndef AUTHGRAMMAR_SCHEMES_SCHEME_HPP
#define AUTHGRAMMAR_SCHEMES_SCHEME_HPP

#include <authgrammar/schemes/export.hpp>

#include <cstddef>
#include <string_view>

namespace authgrammar::schemes {

/// An authentication scheme. All views are of static storage.
struct scheme_description {
    std::string_view name;       ///< as registered; names compare without regard to case (RFC 9110, 11.1)
    std::string_view reference;  ///< "RFC 7617"
};

/// All schemes of the table, in the order of their names. A view of static storage.
struct scheme_list {
    const scheme_description* first = nullptr;
    std::size_t count = 0;

    [[nodiscard]] constexpr const scheme_description* begin() const noexcept { return first; }
    [[nodiscard]] constexpr const scheme_description* end() const noexcept { return first + count; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return count; }
};

/// The whole table. Constant time.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT scheme_list all_schemes() noexcept;

/// The scheme of that name, compared without regard to ASCII case; null if the table has none. Linear in the table.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT const scheme_description* find_scheme(std::string_view name) noexcept;

}  // namespace authgrammar::schemes

#endif
