#ifndef AUTHGRAMMAR_DETAIL_STRING_TYPES_HPP
#define AUTHGRAMMAR_DETAIL_STRING_TYPES_HPP

#include <string_view>
#include <type_traits>

namespace authgrammar::detail {

/// Whether `String` converts to std::string_view.
template <typename String>
inline constexpr bool is_string = std::is_convertible_v<const String&, std::string_view>;

/// Whether `String` converts to std::string_view and owns its bytes, as std::string does: they end with a temporary of
/// this type. Such a type has a destructor that is not trivial. One that keeps its bytes inside itself and has no such
/// destructor is taken for a view.
template <typename String>
inline constexpr bool is_owning_string = std::conjunction_v<std::is_convertible<const String&, std::string_view>,
                                                            std::negation<std::is_trivially_destructible<String>>>;

/// std::string_view, and nothing that converts to it.
template <typename String>
using if_string_view = std::enable_if_t<std::is_same_v<String, std::string_view>, int>;
/// Character arrays and the string views of other libraries.
template <typename String>
using if_other_view =
    std::enable_if_t<is_string<String> && !is_owning_string<String> && !std::is_same_v<String, std::string_view>, int>;
template <typename String>
using if_owning_string = std::enable_if_t<is_owning_string<String>, int>;

}  // namespace authgrammar::detail

#endif
