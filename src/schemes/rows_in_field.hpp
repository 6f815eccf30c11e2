#ifndef AUTHGRAMMAR_SCHEMES_ROWS_IN_FIELD_HPP
#define AUTHGRAMMAR_SCHEMES_ROWS_IN_FIELD_HPP

#include <authgrammar/detail/portability.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/schemes/scheme.hpp>
#include <authgrammar/text.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/ascii.hpp"

namespace authgrammar::schemes {

/// Bit i of a set is for row i.
using row_set = std::uint32_t;

/// Names are looked for among those of one class: a number less than that, which is the same whatever their case.
inline constexpr std::size_t name_classes = 64;

[[nodiscard]] constexpr std::size_t class_of(std::string_view name) noexcept {
    const std::size_t letter = name.empty() ? 0 : static_cast<unsigned char>(name.front()) % 0x20u;
    return (name.size() + 3 * letter) % name_classes;
}

/// find_row() of a name that the table has in another case, or not at all. Apart, so that other searches save no registers.
template <typename Row>
[[nodiscard]] AUTHGRAMMAR_NOINLINE const Row* find_row_in_any_case(row_list<Row> rows, row_set among,
                                                                   std::string_view name) noexcept {
    for (; among != 0; among &= among - 1) {
        const Row& row = rows[detail::trailing_zeros(among)];
        if (detail::equal_ignoring_case(row.name, name)) return &row;
    }
    return nullptr;
}

/// The row of `among`, of which no two have one name, that has that name, compared without regard to ASCII case; null if there
/// is none. Most names are written as in the table.
template <typename Row>
[[nodiscard]] const Row* find_row(row_list<Row> rows, row_set among, std::string_view name) noexcept {
    for (row_set left = among; left != 0; left &= left - 1) {
        const Row& row = rows[detail::trailing_zeros(left)];
        if (row.name.size() == name.size() && detail::same_octets(row.name.data(), name.data(), name.size()))
            return &row;
    }
    return find_row_in_any_case(rows, among, name);
}

/// The parameters that a scheme of the table has in one kind of field.
struct rows_in_field {
    std::array<row_set, name_classes> by_class{};
    row_set required = 0;     ///< realm is among them if the scheme wants it
    row_set not_quoted = 0;   ///< those that a sender does not quote
    row_set not_bare = 0;     ///< those that a sender quotes
    row_set with_values = 0;  ///< those of whose values is_described_value() has something to check
};

/// Those of `s`; null if it is not one of the table. Constant time.
[[nodiscard]] const rows_in_field* find_rows(const scheme_description& s, field_kind kind) noexcept;

}  // namespace authgrammar::schemes

#endif
