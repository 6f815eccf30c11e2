#include <authgrammar/audit/finding.hpp>

#include "rules/rules.hpp"

#include <algorithm>
#include <utility>

namespace authgrammar::audit {

std::string_view name_of(severity s) noexcept {
    switch (s) {
        case severity::info: return "info";
        case severity::warning: return "warning";
        case severity::error: break;
    }
    return "error";
}

finding& report::add(span at, std::optional<field> about, std::string text) {
    finding f{};
    f.rule = &rule_;
    f.level = rule_.level;
    f.about = about;
    f.at = at;
    f.requirements = rule_.requirements;
    f.section = rule_.section;
    f.explanation = rule_.explanation;
    f.text = std::move(text);
    out_.push_back(std::move(f));
    return out_.back();
}

const std::vector<const finding_rule*>& all_finding_rules() {
    static const std::vector<const finding_rule*> rules{
        &rules::syntax(),
        &rules::unchallenged_401(),
        &rules::unchallenged_407(),
        &rules::no_challenge(),
        &rules::login_page_as_401(),
        &rules::form_login_401(),
        &rules::credentials_unsecured(),
        &rules::challenge_repeated(),
        &rules::refused_credentials_again(),
        &rules::credentials_after_redirect(),
        &rules::several_realms(),
        &rules::param_repeated(),
        &rules::realm_as_token(),
        &rules::unknown_scheme_first(),
        &rules::empty_list_elements(),
        &rules::several_credentials(),
        &rules::element_spans_lines(),
        &rules::obs_fold(),
        &rules::space_before_colon(),
        &rules::unreadable_line(),
        &rules::nothing_to_read(),
    };
    return rules;
}

const finding_rule* finding_rule_from_id(std::string_view id) {
    const auto& rules = all_finding_rules();
    const auto found = std::find_if(rules.begin(), rules.end(), [id](const finding_rule* r) { return r->id == id; });
    return found == rules.end() ? nullptr : *found;
}

std::vector<finding> judge(const message& m, const std::vector<field_reading>& fields, const circumstances& around) {
    std::vector<finding> found;
    const subject s{m, fields, around};
    for (const finding_rule* rule : all_finding_rules()) {
        report r(*rule, found);
        rule->check(s, r);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const finding& a, const finding& b) { return a.at.offset < b.at.offset; });
    return found;
}

std::vector<finding> judge(const message& m, const std::vector<field_reading>& fields) { return judge(m, fields, {}); }

}  // namespace authgrammar::audit
