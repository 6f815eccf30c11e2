#include "params.hpp"

#include "core/repeated_name.hpp"

namespace authgrammar::schemes {

namespace {

/// The names of parameters as the search for repeated ones wants them.
struct names_in_list {
    const auth_params& list;

    template <typename F>
    void for_each(F&& f) const noexcept {
        std::size_t i = 0;
        for (const auth_param p : list) {
            if (!f(i++, detail::name_view(p.name.raw(), false))) return;
        }
    }
};

}  // namespace

std::optional<text> repeated_name(const auth_params& list) noexcept {
    std::size_t left = detail::first_repeated(names_in_list{list}, list.size());
    for (const auth_param p : list) {
        if (left-- == 0) return p.name;
    }
    return std::nullopt;
}

}  // namespace authgrammar::schemes
