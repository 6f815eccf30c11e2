#ifndef AUTHGRAMMAR_C_OPTIONS_HPP
#define AUTHGRAMMAR_C_OPTIONS_HPP

#include "convert.hpp"

#include <authgrammar/parse.hpp>

namespace authgrammar::c {

/// The options in C++; the defaults for null. False if they are of no use.
[[nodiscard]] inline bool read_options(const authgrammar_options* from, parse_options& to) noexcept {
    if (from == nullptr) return true;
    authgrammar_options o;
    if (!read_versioned(from, o) || !is_edition(o.edition)) return false;
    to.language = static_cast<edition>(o.edition);
    to.limit = {o.limits.total_bytes, o.limits.name_length, o.limits.value_length,
                o.limits.challenges,  o.limits.params,      o.limits.empty_elements};
    return true;
}

}  // namespace authgrammar::c

#endif
