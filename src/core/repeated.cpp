#include <authgrammar/auth_param.hpp>

#include "repeated_name.hpp"
#include "written_params.hpp"

namespace authgrammar {

std::optional<auth_param> auth_params::find_repeated(auth_params list) noexcept {
    const detail::read_params params(list);
    const std::size_t first =
        detail::first_repeated(detail::names_of<detail::read_params>{params, list.size()}, list.size());
    std::size_t i = 0;
    for (const auth_param p : list) {
        if (i++ == first) return p;
    }
    return std::nullopt;
}

}  // namespace authgrammar
