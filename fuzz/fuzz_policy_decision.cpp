#include "fuzz_policy.hpp"

#include "naive/decision.hpp"
#include "support/oracle.hpp"

#include <authgrammar/policy/decision.hpp>
#include <authgrammar/policy/facts.hpp>

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>

namespace authgrammar::fuzz {

namespace {

bool same_outcome(const policy::outcome& a, const policy::outcome& b) {
    const auto all = [](const policy::outcome& o) {
        return std::tie(o.www_authenticate, o.proxy_authenticate, o.location, o.upgrade, o.retry_after, o.challenges,
                        o.error, o.cache_control, o.vary);
    };
    return all(a) == all(b);
}

void sort_by_status(std::vector<policy::outcome>& list) {
    std::sort(list.begin(), list.end(),
              [](const policy::outcome& a, const policy::outcome& b) { return a.status < b.status; });
}

bool are_given(const std::vector<policy::reason>& reasons) {
    return !reasons.empty() && std::all_of(reasons.begin(), reasons.end(), [](const policy::reason& r) {
        const bool practice = r.section.find("Fetch") != std::string_view::npos;
        return r.requirement.empty() == practice && !r.section.empty() && !r.text.empty();
    });
}

policy::decision decision_of(const policy::facts& f) {
    policy::decision d = policy::decide(f);
    policy::outcome& first = d.recommended;
    if (planted("a_moved_proxy_is_possible") && f.resource == policy::resource_state::moved) d.contradictions.clear();
    if (planted("unknown_users_get_403") && f.cause == policy::invalid_cause::unknown_user && first.status == 401) {
        first.status = 403;
    }
    if (planted("a_404_beside_403_has_no_challenge")) {
        for (policy::outcome& o : d.also) {
            if (first.status == 403 && o.status == 404) o.www_authenticate = policy::sending::must_not;
        }
    }
    if (planted("a_407_may_lack_its_challenge") && first.status == 407) {
        first.proxy_authenticate = policy::sending::may;
    }
    if (planted("gone_is_not_permitted") && !d.also.empty() && d.also.back().status == 410) {
        d.also.pop_back();
    }
    if (planted("causes_may_differ") && d.alike.size() == 2) d.alike.pop_back();
    if (planted("a_redirect_has_no_reason") && first.location == policy::sending::must) first.reasons.clear();
    return d;
}

}  // namespace

void check_decision(std::string_view digits) {
    policy::facts f(policy::resource_state{}, policy::credentials_state{});
    std::size_t at = 0;
    for (const policy::fact& fact : policy::all_facts()) {
        const unsigned value = at < digits.size() ? static_cast<unsigned char>(digits[at++]) - unsigned{'0'} : 0;
        fact.set(f, static_cast<std::uint8_t>(value % fact.value_count));
    }
    const expected_decision expected = expect_decision(f);
    policy::decision d = decision_of(f);
    require("contradictions_agree", static_cast<bool>(d) == expected.possible);
    if (!d) return;

    std::vector<policy::outcome> also = expected.also;
    sort_by_status(also);
    sort_by_status(d.also);
    require("status_agrees", d.recommended.status == expected.recommended.status);
    require("fields_agree", same_outcome(d.recommended, expected.recommended));
    require("other_answers_agree", also.size() == d.also.size());
    require("reasons_are_given", are_given(d.recommended.reasons) && !d.walk.empty());
    for (std::size_t i = 0; i < also.size(); ++i) {
        require("other_answers_agree", also[i].status == d.also[i].status);
        require("fields_agree", same_outcome(also[i], d.also[i]));
        require("reasons_are_given", are_given(d.also[i].reasons));
        require("alike_agrees", d.also[i].alike.empty() == !expected.hides(also[i]));
    }
    std::size_t alike = 0;
    for (const std::string_view text : d.alike) {
        alike += expected.alike_paths && text.find("every path") != std::string_view::npos;
        alike += expected.alike_targets && text.find("does not exist") != std::string_view::npos;
        alike += expected.alike_causes && text.find("unknown user") != std::string_view::npos;
    }
    const std::size_t wanted =
        std::size_t{expected.alike_paths} + std::size_t{expected.alike_targets} + std::size_t{expected.alike_causes};
    require("alike_agrees", alike == wanted && d.alike.size() == wanted);
}

}  // namespace authgrammar::fuzz
