#ifndef AUTHGRAMMAR_FUZZ_NAIVE_CACHE_HPP
#define AUTHGRAMMAR_FUZZ_NAIVE_CACHE_HPP

#include <authgrammar/policy/shared_cache.hpp>

#include <string_view>
#include <vector>

namespace authgrammar::fuzz {

struct expected_reuse {
    policy::shared_reuse reuse = policy::shared_reuse::unaffected;
    bool validate_first = false;
    bool validate_stale = false;
};

/// What a shared cache may do by RFC 9111, 3 and 3.5, for the lines of Cache-Control: a list of all directives, searched
/// once for each rule.
[[nodiscard]] expected_reuse expect_reuse(bool request_has_authorization,
                                          const std::vector<std::string_view>& cache_control);

}  // namespace authgrammar::fuzz

#endif
