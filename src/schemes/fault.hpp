#ifndef AUTHGRAMMAR_SCHEMES_FAULT_HPP
#define AUTHGRAMMAR_SCHEMES_FAULT_HPP

#include <authgrammar/detail/portability.hpp>
#include <authgrammar/schemes/error.hpp>
#include <authgrammar/schemes/tolerance.hpp>

#include <cstddef>
#include <string_view>

namespace authgrammar::schemes {

/// A rule that a value may break: the id in grammar/requirements.tsv, and where it is. Views of static storage.
struct rule {
    std::string_view requirement{};
    std::string_view section{};
};

/// The error of a value that breaks `broken` at `offset`. The views are of static storage.
[[nodiscard]] AUTHGRAMMAR_COLD inline scheme_error fault(scheme_error_code code, std::size_t offset, rule broken,
                                                         std::string_view expected,
                                                         tolerance permitted_by = tolerance::none,
                                                         std::string_view param = {}) noexcept {
    scheme_error e{};
    e.code = code;
    e.permitted_by = permitted_by;
    e.offset = offset;
    e.param = param;
    e.requirement = broken.requirement;
    e.section = broken.section;
    e.expected = expected;
    return e;
}

/// The challenge or credentials at `offset` are not those of `scheme`.
[[nodiscard]] AUTHGRAMMAR_COLD inline scheme_error other_scheme(std::size_t offset, std::string_view scheme) noexcept {
    return fault(scheme_error_code::other_scheme, offset, {"", "RFC 9110, 11.1"}, scheme);
}

}  // namespace authgrammar::schemes

#endif
