#include <authgrammar/scheme_of.hpp>

#include "written_text.hpp"

namespace authgrammar {

std::string_view scheme_of(std::string_view value) noexcept {
    const std::size_t begin = value.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    std::size_t end = begin;
    while (end != value.size() && detail::is_tchar(value[end])) ++end;
    const bool ends = end == value.size() || value[end] == ' ';
    return ends ? std::string_view(value.data() + begin, end - begin) : std::string_view();
}

}  // namespace authgrammar
