#include "cache.hpp"

#include "list.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace authgrammar::fuzz {

namespace {

struct directive {
    std::string name;  // lower case
    std::optional<std::string> argument;
};

directive directive_in(const std::string& element) {
    const std::size_t equals = element.find('=');
    if (equals == std::string::npos) return {lower(element), std::nullopt};
    return {lower(element.substr(0, equals)), element.substr(equals + 1)};
}

/// The digits of delta-seconds (RFC 9111, 1.2.2), with or without DQUOTEs around; nothing if it is none.
std::optional<std::string> digits_of(const std::optional<std::string>& argument) {
    std::string digits = argument.value_or("");
    if (digits.size() >= 2 && digits.front() == '"' && digits.back() == '"')
        digits = digits.substr(1, digits.size() - 2);
    const bool all = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    return all && !digits.empty() ? std::optional<std::string>(digits) : std::nullopt;
}

}  // namespace

expected_reuse expect_reuse(bool request_has_authorization, const std::vector<std::string_view>& cache_control) {
    std::vector<directive> all;
    bool readable = true;
    for (const std::string_view line : cache_control) {
        const naive_list list = read_list(line);
        readable = readable && list.closed;
        for (const std::string& element : list.elements) all.push_back(directive_in(element));
    }
    const auto any = [&](std::string_view name, bool bare) {
        return std::any_of(all.begin(), all.end(),
                           [&](const directive& d) { return d.name == name && !(bare && d.argument); });
    };
    // One number, however often it is said.
    std::vector<std::optional<std::string>> ages;
    for (const directive& d : all) {
        if (d.name == "s-maxage") ages.push_back(digits_of(d.argument));
    }
    const bool s_maxage =
        !ages.empty() && ages[0] && std::count(ages.begin(), ages.end(), ages[0]) == std::ptrdiff_t(ages.size());

    expected_reuse expected;
    expected.validate_first = any("no-cache", false);
    expected.validate_stale = any("must-revalidate", false) || any("proxy-revalidate", false) || s_maxage;
    const bool allows = any("public", true) || any("must-revalidate", true) || s_maxage;
    if (any("private", false) || any("no-store", false)) {
        expected.reuse = policy::shared_reuse::prohibited;
    } else if (request_has_authorization) {
        expected.reuse = readable && allows ? policy::shared_reuse::allowed : policy::shared_reuse::forbidden;
    }
    return expected;
}

}  // namespace authgrammar::fuzz
