#include "decision_rows.hpp"

#include <algorithm>
#include <iterator>

namespace authgrammar::policy::testing {

namespace {

/// Adds the combinations of the facts from number `i` on, the others being as in `f`.
void add_counting(std::size_t i, facts f, std::vector<facts>& list) {
    if (i == all_facts().size()) {
        list.push_back(f);
        return;
    }
    const fact& each = *std::next(all_facts().begin(), static_cast<std::ptrdiff_t>(i));
    const std::size_t values = each.counts(f) ? each.value_count : 1;
    for (std::size_t v = 0; v < values; ++v) {
        each.set(f, static_cast<std::uint8_t>(v));
        add_counting(i + 1, f, list);
    }
}

}  // namespace

std::size_t combination_count() {
    std::size_t count = 1;
    for (const fact& f : all_facts()) count *= f.value_count;
    return count;
}

facts combination(std::size_t i) {
    facts f(resource_state{}, credentials_state{});
    for (const fact& each : all_facts()) {
        each.set(f, static_cast<std::uint8_t>(i % each.value_count));
        i /= each.value_count;
    }
    return f;
}

facts without_idle_facts(facts f) {
    for (const fact& each : all_facts()) {
        if (!each.counts(f)) each.set(f, 0);
    }
    return f;
}

const std::vector<facts>& counting_combinations() {
    static const std::vector<facts> combinations = [] {
        std::vector<facts> all;
        add_counting(0, facts(resource_state{}, credentials_state{}), all);
        std::vector<facts> list;
        for (std::size_t i = 0; i < all.size(); i += stride) list.push_back(all[i]);
        return list;
    }();
    return combinations;
}

const std::vector<facts>& all_cases() {
    static const std::vector<facts> cases = [] {
        std::vector<facts> list;
        std::copy_if(counting_combinations().begin(), counting_combinations().end(), std::back_inserter(list),
                     [](const facts& f) { return status_for(f) != 0; });
        return list;
    }();
    return cases;
}

const std::vector<facts>& few_cases() {
    static const std::vector<facts> cases = [] {
        std::vector<facts> all;
        add_counting(0, facts(resource_state{}, credentials_state{}), all);
        std::vector<facts> list;
        std::copy_if(all.begin(), all.end(), std::back_inserter(list), [](const facts& f) {
            // A refusal is decided ahead of most facts.
            const bool plain = f.method == request_method::other && f.resource == resource_state::protected_resource &&
                               f.hide_with == hiding_policy::not_found && f.credentials != credentials_state::partial;
            const bool refused_so = f.forbidden <= refusal::always
                                        ? f.forbidden == refusal::no || plain
                                        : plain && f.credentials == credentials_state::absent;
            return status_for(f) != 0 && f.cause == invalid_cause::wrong && refused_so &&
                   f.login <= login_policy::found && f.existence <= existence_rule::hidden;
        });
        return list;
    }();
    return cases;
}

std::string describe(const facts& f) {
    std::string text;
    for (const fact& each : all_facts()) {
        if (!text.empty()) text += ' ';
        const std::uint8_t value = each.get(f);
        text.append(each.name).append("=");
        text.append(value < each.value_count ? each.values[value] : std::string_view("?"));
    }
    return text;
}

}  // namespace authgrammar::policy::testing
