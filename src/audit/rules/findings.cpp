#include <authgrammar/audit/finding.hpp>
#include <authgrammar/detail/portability.hpp>

#include "rules/rules.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>
#include <unordered_map>
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

finding& report::add(const subject& s, const field_line& line, const slip& found) {
    const line_value& value = line.value;
    const line_correction& correction = s.correction(line);
    // The end of the line is a place of no bytes.
    const std::size_t begin = value.source_of(found.begin);
    const bool empty = found.begin >= found.end;
    finding& f =
        add(empty ? span{begin, 0} : span_between(begin, value.source_of(found.end - 1) + 1), line.known, found.what);
    if (!found.section.empty()) f.section = found.section;
    f.fix = found.fix;
    f.corrected = correction.value;
    f.same_meaning = correction.same_meaning;
    return f;
}

namespace {

/// A rule, and the facts without which it finds nothing, so that it need not be asked.
struct table_row {
    const finding_rule& (*rule)();
    fact_set needs;
};

constexpr table_row table[] = {
    {rules::syntax, fact::invalid},
    {rules::unchallenged_401, fact::status_401},
    {rules::unchallenged_407, fact::status_407},
    {rules::no_challenge, fact::challenges | fact::empty_field},
    {rules::login_page_as_401, fact::status_401},
    {rules::form_login_401, fact::status_401},
    {rules::credentials_unsecured, fact::credentials | fact::unsecured},
    {rules::challenge_repeated, fact::noted},
    {rules::refused_credentials_again, fact::noted},
    {rules::credentials_after_redirect, fact::noted},
    {rules::several_realms, fact::noted},
    {rules::scheme_missing, fact::slips},
    {rules::misread_value, fact::slips},
    {rules::apostrophes_as_quotes, fact::slips},
    {rules::space_around_equals, fact::slips},
    {rules::param_repeated, fact::repeated_param},
    {rules::realm_as_token, fact::untidy},
    {rules::unknown_scheme_first, fact::challenges | fact::unknown_scheme},
    {rules::empty_list_elements, fact::untidy},
    {rules::several_credentials, fact::credentials | fact::several_lines},
    {rules::element_spans_lines, fact::several_lines},
    {rules::broken_into_lines, fact::rest_of_line},
    {rules::obs_fold, fact::odd_lines},
    {rules::space_before_colon, fact::odd_lines},
    {rules::unreadable_line, fact::unreadable},
    {rules::nothing_to_read, fact::bare},
    {rules::foreign_input, fact::framing},
    {rules::unclear_framing, fact::framing},
    {rules::head_ended_early, fact::bare | fact::noted},
    {rules::field_in_trailers, fact::framing},
    {rules::uri_not_read, fact::noted},
    {rules::connect_401, fact::status_401 | fact::answer},
    {rules::status_407_from_server, fact::status_407 | fact::answer},
    {rules::proxy_credentials_in_tunnel, fact::credentials | fact::noted},
    {rules::field_in_wrong_direction, fact::misdirected},
    {rules::scheme_not_offered, fact::challenging | fact::tried},
    {rules::challenge_unsecured, fact::challenging | fact::challenges | fact::unsecured},
    {rules::forbidden_without_credentials, fact::status_403 | fact::answer},
    {rules::preflight_401, fact::status_401 | fact::answer},
    {rules::connection_scheme_closed, fact::challenging | fact::connection_scheme},
    {rules::connection_scheme_multiplexed, fact::connection_scheme},
    {rules::token68_for_parameters, fact::violations},
    {rules::parameters_for_token68, fact::violations},
    {rules::param_missing, fact::violations},
    {rules::param_value_invalid, fact::violations},
    {rules::unknown_charset, fact::violations},
    {rules::param_not_quoted, fact::violations},
    {rules::param_quoted, fact::violations},
    {rules::param_undefined, fact::violations},
    {rules::param_misspelt, fact::undefined_param},
    {rules::unregistered_scheme, fact::unknown_scheme},
    {rules::misspelt_scheme, fact::unknown_scheme},
    {rules::registry_note, fact::challenges | fact::connection_scheme},
    {rules::challenge_twice, fact::challenges | fact::scheme_twice},
    {rules::misplaced_scheme, fact::misplaced_scheme},
    {rules::weaker_scheme_chosen, fact::noted},
    {rules::digest_incomplete, fact::digest_faults},
    {rules::digest_without_qop, fact::violations},
    {rules::digest_unknown_algorithm, fact::digest_faults},
    {rules::digest_md5_only, fact::challenges | fact::digest_md5},
    {rules::digest_md5_first, fact::challenges | fact::digest_md5},
    {rules::digest_domain_malformed, fact::challenges | fact::digest_faults},
    {rules::digest_domain_elsewhere, fact::noted},
    {rules::digest_nonce_repeated, fact::noted},
    {rules::digest_stale_missing, fact::noted},
    {rules::digest_nc_malformed, fact::digest_faults},
    {rules::digest_hash_malformed, fact::digest_faults},
    {rules::digest_two_usernames, fact::credentials | fact::digest_faults},
    {rules::digest_uri_mismatch, fact::request | fact::credentials | fact::digest_faults},
    {rules::digest_unlike_challenge, fact::noted},
    {rules::digest_nc_reused, fact::noted},
    {rules::digest_never_accepted, fact::noted},
    {rules::digest_info_incomplete, fact::info | fact::digest_faults},
    {rules::digest_info_unlike_request, fact::noted},
    {rules::basic_without_realm, fact::violations},
    {rules::basic_not_base64, fact::basic_fault},
    {rules::basic_without_colon, fact::basic_fault},
    {rules::basic_control, fact::basic_fault},
    {rules::basic_charset, fact::noted},
    {rules::bearer_without_parameters, fact::violations},
    {rules::error_status, fact::error_status | fact::refusal_param},
    {rules::error_without_credentials, fact::answer | fact::refusal_param},
    {rules::refusal_without_error, fact::challenging | fact::tried | fact::error_scheme},
    {rules::unknown_error, fact::refusal_param},
    {rules::metadata_insecure, fact::uri_param},
    {rules::dpop_refused_as_bearer, fact::status_401 | fact::tried},
    {rules::proof_missing, fact::request | fact::dpop},
    {rules::handshake_token, fact::connection_scheme},
    {rules::ntlm_in_negotiate, fact::connection_scheme},
    {rules::handshake_leg, fact::noted},
    {rules::non_ascii_value, fact::odd_octets},
    {rules::needless_backslash, fact::odd_octets},
    {rules::bare_cr, fact::odd_octets},
    {rules::credentials_in_uri, fact::uris},
    {rules::token_in_uri, fact::uris},
    {rules::uri_token_cacheable, fact::answer | fact::success},
    {rules::server_error_to_credentials, fact::error_status | fact::noted},
    {rules::shared_cache, fact::success | fact::noted},
    {rules::challenge_after_success, fact::success | fact::tried | fact::challenges},
    {rules::info_without_success, fact::answer | fact::info},
    {rules::proxy_credentials_left_out, fact::noted},
    {rules::cors_wildcard, fact::cors},
    {rules::preflight_without_authorization, fact::success | fact::cors},
};

/// Rules by their number in the table, as bits.
using rule_set = std::array<std::uint64_t, (std::size(table) + 63) / 64>;

/// Rules that need the same facts.
struct rule_group {
    fact_set needs;
    rule_set rules;
};

/// The rules by the last of the facts that they need, since few messages have that one: the groups whose last fact is `f` are
/// those from begin[f] to begin[f + 1].
struct grouped_rules {
    std::array<rule_group, std::size(table)> groups{};
    std::array<std::uint8_t, 65> begin{};
};

constexpr grouped_rules grouped = [] {
    static_assert(std::size(table) < 256);
    grouped_rules out{};
    std::size_t size = 0;
    for (unsigned f = 0; f < 64; ++f) {
        out.begin[f] = static_cast<std::uint8_t>(size);
        for (std::size_t i = 0; i < std::size(table); ++i) {
            const fact_set needs = table[i].needs;
            if (needs >> f != 1) continue;
            std::size_t of = out.begin[f];
            while (of < size && out.groups[of].needs != needs) ++of;
            if (of == size) out.groups[size++].needs = needs;
            out.groups[of].rules[i / 64] |= std::uint64_t{1} << i % 64;
        }
    }
    out.begin[64] = static_cast<std::uint8_t>(size);
    return out;
}();

constexpr fact_set all_needs = [] {
    fact_set all = 0;
    for (const table_row& row : table) all |= row.needs;
    return all;
}();

static_assert(
    [] {
        for (const table_row& row : table) {
            if (row.needs == 0) return false;
        }
        return true;
    }(),
    "a rule that needs no fact is in no group");

/// The rules whose facts all hold. It goes over the facts, since few hold for a message.
rule_set rules_for(fact_set known) noexcept {
    rule_set asked{};
    for (fact_set there = known & all_needs; there != 0; there &= there - 1) {
        const unsigned last = detail::trailing_zeros(there);
        for (std::size_t i = grouped.begin[last]; i < grouped.begin[last + 1]; ++i) {
            const rule_group& group = grouped.groups[i];
            if ((group.needs & ~known) != 0) continue;
            for (std::size_t word = 0; word < asked.size(); ++word) asked[word] |= group.rules[word];
        }
    }
    return asked;
}

}  // namespace

const std::vector<const finding_rule*>& all_finding_rules() {
    static const std::vector<const finding_rule*> rules = [] {
        std::vector<const finding_rule*> made;
        for (const table_row& row : table) made.push_back(&row.rule());
        return made;
    }();
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

/// By their place; those at one place in the order in which they are. Sorts their numbers, which are cheap to move.
void sort_by_place(std::vector<finding>& found) {
    const auto before = [](const finding& a, const finding& b) { return a.at.offset < b.at.offset; };
    if (std::is_sorted(found.begin(), found.end(), before)) return;
    std::vector<std::pair<std::size_t, std::size_t>> order;  // offset and number
    order.reserve(found.size());
    for (std::size_t i = 0; i < found.size(); ++i) order.emplace_back(found[i].at.offset, i);
    std::sort(order.begin(), order.end());
    std::vector<finding> sorted;
    sorted.reserve(found.size());
    for (const auto& [offset, i] : order) sorted.push_back(std::move(found[i]));
    found = std::move(sorted);
}

/// For each rule, the implications of a table whose cause it is and those whose consequence it is, as bits.
class implications_by_rule {
public:
    template <std::size_t Size>
    explicit implications_by_rule(const implication (&all)[Size]) {
        static_assert(Size <= 64, "a bit for each implication");
        for (std::size_t i = 0; i < Size; ++i) {
            rules_[finding_rule_from_id(all[i].cause)].caused |= std::uint64_t{1} << i;
            rules_[finding_rule_from_id(all[i].consequence)].follows |= std::uint64_t{1} << i;
        }
    }

    [[nodiscard]] std::uint64_t caused_by(const finding& f) const { return of(f).caused; }
    [[nodiscard]] bool follows(const finding& f, std::uint64_t causes) const { return (of(f).follows & causes) != 0; }

private:
    struct bits {
        std::uint64_t caused = 0;
        std::uint64_t follows = 0;
    };

    [[nodiscard]] bits of(const finding& f) const {
        const auto found = rules_.find(f.rule);
        return found == rules_.end() ? bits{} : found->second;
    }

    std::unordered_map<const finding_rule*, bits> rules_;
};

/// Removes the findings, which are in the order of their places, that follow from others of their message about the same
/// field, or from others at their place.
void remove_consequences(std::vector<finding>& found) {
    static const implications_by_rule of_message(implications);
    static const implications_by_rule of_place(implications_there);
    std::array<std::uint64_t, all_fields.size() + 1> causes{};  // by field; the last are about none
    const auto causes_for = [&causes](const finding& f) -> std::uint64_t& {
        return causes[f.about ? static_cast<std::size_t>(*f.about) : all_fields.size()];
    };
    for (const finding& f : found) causes_for(f) |= of_message.caused_by(f);
    auto kept = found.begin();
    for (auto first = found.begin(); first != found.end();) {
        std::uint64_t there = 0;
        auto last = first;
        for (; last != found.end() && last->at.offset == first->at.offset; ++last) there |= of_place.caused_by(*last);
        for (; first != last; ++first) {
            if (of_message.follows(*first, causes_for(*first)) || of_place.follows(*first, there)) continue;
            if (kept != first) *kept = std::move(*first);
            ++kept;
        }
    }
    found.erase(kept, found.end());
}

/// Findings about how a value is written, and not what it says.
constexpr std::string_view about_form[] = {"realm-as-token", "empty-list-elements", "param-quoted", "param-not-quoted"};

/// Gives findings about how a value is written the line as it should be.
void add_corrections(const subject& s, std::vector<finding>& found) {
    for (finding& f : found) {
        if (std::find(std::begin(about_form), std::end(about_form), f.rule->id) == std::end(about_form)) continue;
        // They are about values, so one of the authentication fields begins before them.
        const auto after =
            std::upper_bound(s.source.lines.begin(), s.source.lines.end(), f.at.offset,
                             [](std::size_t at, const field_line& line) { return at < line.whole.offset; });
        const field_line& line = *(after - 1);
        const line_correction& correction = s.correction(line);
        if (correction.slips.empty()) continue;
        f.corrected = correction.value;
        f.same_meaning = correction.same_meaning;
    }
}

}  // namespace

std::vector<finding> judge_with(const message& m, const std::vector<field_reading>& fields, const circumstances& around,
                                fact_set granted) {
    std::vector<finding> found;
    const subject s(m, fields, around);
    const std::vector<const finding_rule*>& rules = all_finding_rules();
    const rule_set asked = rules_for(s.known() | granted);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        for (std::uint64_t some = asked[i]; some != 0; some &= some - 1) {
            const finding_rule& rule = *rules[64 * i + detail::trailing_zeros(some)];
            report r(rule, found);
            rule.check(s, r);
        }
    }
    if (found.size() > 1) {
        sort_by_place(found);
        remove_consequences(found);
    }
    add_corrections(s, found);
    return found;
}

std::vector<finding> judge(const message& m, const std::vector<field_reading>& fields, const circumstances& around) {
    return judge_with(m, fields, around, 0);
}

std::vector<finding> judge(const message& m, const std::vector<field_reading>& fields) { return judge(m, fields, {}); }

}  // namespace authgrammar::audit
