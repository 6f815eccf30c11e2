#include "fuzz_policy.hpp"

#include "naive/cache.hpp"
#include "naive/list.hpp"
#include "support/oracle.hpp"

#include <algorithm>
#include <tuple>

namespace authgrammar::fuzz {

policy::shared_reuse_answer check_reuse(bool request_has_authorization, std::vector<std::string_view> cache_control) {
    using policy::shared_reuse;
    const expected_reuse expected = expect_reuse(request_has_authorization, cache_control);
    const auto ask = [&] {
        return policy::shared_cache_reuse(request_has_authorization, cache_control.data(), cache_control.size());
    };
    policy::shared_reuse_answer found = ask();
    const bool closed = std::all_of(cache_control.begin(), cache_control.end(),
                                    [](std::string_view line) { return read_list(line).closed; });
    if (planted("an_open_quoted_string_allows") && !closed && found.reuse == shared_reuse::forbidden) {
        found.reuse = shared_reuse::allowed;
    }
    if (planted("max_age_allows") && found.reuse == shared_reuse::forbidden && closed) {
        found.reuse = shared_reuse::allowed;
    }
    if (planted("no_cache_is_not_told")) found.must_validate_first = false;
    require("open_strings_allow_nothing", closed || found.reuse != shared_reuse::allowed);
    require("reuse_agrees", found.reuse == expected.reuse);
    require("validation_agrees", found.must_validate_first == expected.validate_first &&
                                     found.must_validate_stale == expected.validate_stale);

    std::reverse(cache_control.begin(), cache_control.end());
    policy::shared_reuse_answer again = ask();
    if (planted("only_the_last_line_counts") && cache_control.size() > 2) again.reuse = shared_reuse::prohibited;
    require("order_of_lines_means_nothing",
            std::tie(again.reuse, again.directive, again.must_validate_first, again.must_validate_stale) ==
                std::tie(found.reuse, found.directive, found.must_validate_first, found.must_validate_stale));
    return found;
}

}  // namespace authgrammar::fuzz
