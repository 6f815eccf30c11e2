#include "fuzz_policy.hpp"

#include "naive/hop.hpp"
#include "naive/text.hpp"
#include "support/oracle.hpp"

#include <algorithm>

namespace authgrammar::fuzz {

std::vector<policy::hop_finding> check_hop(const policy::hop_message& received, const policy::hop_message& sent,
                                           policy::intermediary between) {
    const std::vector<expected_hop_finding> expected = expect_hop(received, sent, between);
    std::vector<policy::hop_finding> found = policy::compare_hop(received, sent, between);
    if (planted("a_401_may_become_a_407") && sent.status == 407 && received.status == 401) found.pop_back();
    require("findings_agree", found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        policy::hop_finding& f = found[i];
        if (planted("a_reordered_list_is_the_same") && f.change == policy::field_change::reordered) {
            f.change = policy::field_change::unchanged;
        }
        if (planted("authorization_may_be_joined") && f.field == field::authorization &&
            f.change == policy::field_change::recombined) {
            f.allowed = policy::permission::permitted;
        }
        if (planted("a_tunnel_shows_proxy_credentials") && received.tunnelled &&
            f.field == field::proxy_authorization) {
            f.allowed = policy::permission::conditional;
        }
        if (planted("a_gateway_keeps_what_connection_names") && between == policy::intermediary::gateway &&
            f.requirement == "R9110-7.6.1-connection") {
            f.allowed = policy::permission::permitted;
        }
        require("findings_agree", f.field == expected[i].about);
        require("change_agrees", f.change == expected[i].change);
        require("permission_agrees", f.allowed == expected[i].allowed);
    }

    policy::hop_message grouped = received;
    std::stable_sort(grouped.lines.begin(), grouped.lines.end(),
                     [](const auto& a, const auto& b) { return lower(a.name) < lower(b.name); });
    std::vector<policy::hop_finding> again = policy::compare_hop(grouped, sent, between);
    if (planted("a_line_in_between_parts_a_list") && received.lines.size() > 2) again.clear();
    require("other_lines_mean_nothing",
            std::equal(again.begin(), again.end(), found.begin(), found.end(), [](const auto& a, const auto& b) {
                return a.field == b.field && a.change == b.change && a.allowed == b.allowed;
            }));
    return found;
}

}  // namespace authgrammar::fuzz
