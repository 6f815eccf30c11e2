#include <authgrammar/audit/finding.hpp>

#include "rules/rules.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>
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

std::string_view name_of(rule_category c) noexcept {
    switch (c) {
        case rule_category::grammar: return "grammar";
        case rule_category::scheme: return "scheme";
        case rule_category::message: return "message";
        case rule_category::exchange: return "exchange";
        case rule_category::practice: break;
    }
    return "practice";
}

std::string cwe_of(const finding_rule& rule) { return rule.cwe == 0 ? "" : "CWE-" + std::to_string(rule.cwe); }

finding& report::add(span at, std::optional<field> about, std::string text) {
    finding f{};
    f.rule = &rule_;
    f.level = rule_.level;
    f.about = about;
    f.at = at;
    f.requirements = rule_.requirements;
    f.section = rule_.section;
    f.explanation = rule_.explanation;
    f.fix = rule_.fix;
    f.text = std::move(text);
    out_.push_back(std::move(f));
    return out_.back();
}

const corrected_value& subject::correction(const field_line& line) const {
    const auto [known, is_new] = corrections_.try_emplace(&line);
    if (is_new) known->second = correct(*line.known, line.value.text());
    return known->second;
}

finding& report::add(const subject& s, const field_line& line, const slip& found) {
    const line_value& value = line.value;
    const corrected_value& correction = s.correction(line);
    // The end of the line is a place of no bytes.
    const std::size_t begin = value.source_of(found.begin);
    const bool empty = found.begin >= found.end;
    finding& f =
        add(empty ? span{begin, 0} : span_between(begin, value.source_of(found.end - 1) + 1), line.known, found.what);
    if (!found.section.empty()) f.section = found.section;
    f.fix = found.fix;
    f.corrected = correction.value;
    f.same_meaning = correction.same_meaning();
    return f;
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
        &rules::scheme_missing(),
        &rules::misread_value(),
        &rules::apostrophes_as_quotes(),
        &rules::space_around_equals(),
        &rules::param_repeated(),
        &rules::realm_as_token(),
        &rules::unknown_scheme_first(),
        &rules::empty_list_elements(),
        &rules::several_credentials(),
        &rules::element_spans_lines(),
        &rules::broken_into_lines(),
        &rules::obs_fold(),
        &rules::space_before_colon(),
        &rules::unreadable_line(),
        &rules::nothing_to_read(),
        &rules::foreign_input(),
        &rules::unclear_framing(),
        &rules::head_ended_early(),
        &rules::field_in_trailers(),
        &rules::uri_not_read(),
        &rules::connect_401(),
        &rules::status_407_from_server(),
        &rules::proxy_credentials_in_tunnel(),
        &rules::field_in_wrong_direction(),
        &rules::scheme_not_offered(),
        &rules::challenge_unsecured(),
        &rules::forbidden_without_credentials(),
        &rules::preflight_401(),
        &rules::connection_scheme_closed(),
        &rules::connection_scheme_multiplexed(),
        &rules::token68_for_parameters(),
        &rules::parameters_for_token68(),
        &rules::param_missing(),
        &rules::param_value_invalid(),
        &rules::unknown_charset(),
        &rules::param_not_quoted(),
        &rules::param_quoted(),
        &rules::param_undefined(),
        &rules::param_misspelt(),
        &rules::unregistered_scheme(),
        &rules::misspelt_scheme(),
        &rules::registry_note(),
        &rules::challenge_twice(),
        &rules::misplaced_scheme(),
        &rules::weaker_scheme_chosen(),
        &rules::digest_incomplete(),
        &rules::digest_without_qop(),
        &rules::digest_unknown_algorithm(),
        &rules::digest_md5_only(),
        &rules::digest_md5_first(),
        &rules::digest_domain_malformed(),
        &rules::digest_domain_elsewhere(),
        &rules::digest_nonce_repeated(),
        &rules::digest_stale_missing(),
        &rules::digest_nc_malformed(),
        &rules::digest_hash_malformed(),
        &rules::digest_two_usernames(),
        &rules::digest_uri_mismatch(),
        &rules::digest_unlike_challenge(),
        &rules::digest_nc_reused(),
        &rules::digest_never_accepted(),
        &rules::digest_info_incomplete(),
        &rules::digest_info_unlike_request(),
        &rules::basic_without_realm(),
        &rules::basic_not_base64(),
        &rules::basic_without_colon(),
        &rules::basic_control(),
        &rules::basic_charset(),
        &rules::bearer_without_parameters(),
        &rules::error_status(),
        &rules::error_without_credentials(),
        &rules::refusal_without_error(),
        &rules::unknown_error(),
        &rules::metadata_insecure(),
        &rules::dpop_refused_as_bearer(),
        &rules::proof_missing(),
        &rules::handshake_token(),
        &rules::ntlm_in_negotiate(),
        &rules::handshake_leg(),
        &rules::non_ascii_value(),
        &rules::needless_backslash(),
        &rules::bare_cr(),
        &rules::credentials_in_uri(),
        &rules::token_in_uri(),
        &rules::uri_token_cacheable(),
        &rules::server_error_to_credentials(),
        &rules::shared_cache(),
        &rules::challenge_after_success(),
        &rules::info_without_success(),
        &rules::proxy_credentials_left_out(),
        &rules::cors_wildcard(),
        &rules::preflight_without_authorization(),
    };
    return rules;
}

const finding_rule* finding_rule_from_id(std::string_view id) {
    const auto& rules = all_finding_rules();
    const auto found = std::find_if(rules.begin(), rules.end(), [id](const finding_rule* r) { return r->id == id; });
    return found == rules.end() ? nullptr : *found;
}

namespace {

/// A finding that says all there is to say, and one that follows from it in the same message and about the same field.
struct implication {
    std::string_view cause;
    std::string_view consequence;
};

constexpr implication implications[] = {
    {"login-page-as-401", "401-without-www-authenticate"},
    {"401-from-form-login", "401-without-www-authenticate"},
    {"401-from-form-login", "login-page-as-401"},
    {"element-spans-lines", "empty-list-elements"},
    {"value-broken-into-lines", "syntax"},
    {"value-broken-into-lines", "element-spans-lines"},
    {"value-broken-into-lines", "empty-list-elements"},
    {"value-broken-into-lines", "misread-value"},
    {"apostrophes-as-quotes", "realm-as-token"},
    {"misread-value", "unknown-scheme-first"},
    {"misread-value", "empty-list-elements"},
    {"scheme-missing", "credentials-unsecured"},
    {"several-credentials", "scheme-missing"},
    {"refused-credentials-again", "credentials-unsecured"},
    {"401-to-connect", "401-without-www-authenticate"},
    {"401-to-connect", "login-page-as-401"},
    {"401-to-connect", "401-from-form-login"},
    {"407-from-server", "407-without-proxy-authenticate"},
    {"dpop-refused-as-bearer", "scheme-not-offered"},
    {"refused-credentials-again", "digest-nc-reused"},
    {"digest-unlike-challenge", "digest-without-qop"},
    {"param-misspelt", "basic-without-realm"},
    {"param-misspelt", "digest-incomplete"},
    {"param-misspelt", "digest-without-qop"},
    {"param-misspelt", "param-missing"},
};

/// The same of two findings at one place.
constexpr implication implications_there[] = {
    {"syntax", "realm-as-token"},   // a value that is not quoted and so breaks the grammar
    {"syntax", "non-ascii-value"},  // a typographic quote, a no-break space
    {"bare-cr", "syntax"},
    {"unknown-scheme-first", "unregistered-scheme"},
    {"param-misspelt", "param-undefined"},
    {"digest-unlike-challenge", "param-value-invalid"},
    {"digest-incomplete", "digest-without-qop"},
};

void remove_consequences(std::vector<finding>& found) {
    std::set<std::pair<std::string_view, std::optional<field>>> ids;
    std::set<std::pair<std::string_view, std::size_t>> places;
    for (const finding& f : found) {
        ids.emplace(f.rule->id, f.about);
        const bool is_cause = std::any_of(std::begin(implications_there), std::end(implications_there),
                                          [&](const implication& i) { return f.rule->id == i.cause; });
        if (is_cause) places.emplace(f.rule->id, f.at.offset);
    }
    const auto follows = [&](const finding& f) {
        return std::any_of(std::begin(implications), std::end(implications),
                           [&](const implication& i) {
                               return f.rule->id == i.consequence && ids.count({i.cause, f.about}) != 0;
                           }) ||
               std::any_of(std::begin(implications_there), std::end(implications_there), [&](const implication& i) {
                   return f.rule->id == i.consequence && places.count({i.cause, f.at.offset}) != 0;
               });
    };
    found.erase(std::remove_if(found.begin(), found.end(), follows), found.end());
}

/// Findings about how a value is written, and not what it says.
constexpr std::string_view about_form[] = {"realm-as-token", "empty-list-elements", "param-quoted", "param-not-quoted"};

/// Gives findings about how a value is written the line as it should be.
void add_corrections(const subject& s, std::vector<finding>& found) {
    for (finding& f : found) {
        if (std::find(std::begin(about_form), std::end(about_form), f.rule->id) == std::end(about_form)) continue;
        const auto after =
            std::upper_bound(s.source.lines.begin(), s.source.lines.end(), f.at.offset,
                             [](std::size_t at, const field_line& line) { return at < line.whole.offset; });
        if (after == s.source.lines.begin()) continue;
        const field_line& line = *(after - 1);
        if (!line.known || f.at.offset > line.whole.end()) continue;
        f.corrected = s.correction(line).value;
        f.same_meaning = s.correction(line).same_meaning();
    }
}

}  // namespace

std::vector<finding> judge(const message& m, const std::vector<field_reading>& fields, const circumstances& around) {
    std::vector<finding> found;
    const subject s(m, fields, around);
    for (const finding_rule* rule : all_finding_rules()) {
        report r(*rule, found);
        rule->check(s, r);
    }
    remove_consequences(found);
    add_corrections(s, found);
    std::stable_sort(found.begin(), found.end(),
                     [](const finding& a, const finding& b) { return a.at.offset < b.at.offset; });
    return found;
}

std::vector<finding> judge(const message& m, const std::vector<field_reading>& fields) { return judge(m, fields, {}); }

}  // namespace authgrammar::audit
