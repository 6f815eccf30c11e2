#include "scheme/scheme_samples.hpp"

#include "common/wording.hpp"

#include <authgrammar/audit/reading.hpp>
#include <authgrammar/authgrammar.hpp>
#include <authgrammar/schemes/violations.hpp>

#include <algorithm>

namespace authlint {

namespace {

namespace schemes = authgrammar::schemes;
using authgrammar::detail::words;
using schemes::scheme_error;

/// A field of that kind.
authgrammar::field field_of(authgrammar::field_kind kind) {
    switch (kind) {
        case authgrammar::field_kind::challenges: break;
        case authgrammar::field_kind::credentials: return authgrammar::field::authorization;
        case authgrammar::field_kind::info: return authgrammar::field::authentication_info;
    }
    return authgrammar::field::www_authenticate;
}

/// "samples[1], byte 12 (key=1): ", as the JSON of the description counts them.
std::string place(const schemes::scheme_description& s, std::size_t sample, std::size_t offset) {
    constexpr std::size_t most = 20;
    const std::string_view rest = s.samples[sample].value.substr(offset);
    return words("samples[", std::to_string(sample), "], byte ", std::to_string(offset), " (",
                 rest.empty() ? "the end" : rest.substr(0, most), rest.size() > most ? "..." : "", "): ");
}

scheme_finding as_finding(const schemes::scheme_description& s, std::size_t sample, const authgrammar::error& e) {
    const schemes::consideration_text rule = text_of(schemes::consideration::parsing_fixed);
    scheme_finding f{rule.id, rule.section,
                     words(place(s, sample, e.offset), authgrammar::explain(e.code), " Expected: ", e.expected, "."),
                     std::string(rule.advice)};
    f.at = sample_place{sample, e.offset, {}};
    return f;
}

scheme_finding as_finding(const schemes::scheme_description& s, std::size_t sample, const scheme_error& e) {
    const std::string_view of = e.param.empty() ? "" : ": ";
    scheme_finding f{
        name_of(e.code), e.section.empty() ? s.reference : e.section,
        words(place(s, sample, e.offset), e.param, of, schemes::explain(e.code), " Expected: ", e.expected, "."),
        "Correct the sample, or the description."};
    f.at = sample_place{sample, e.offset, e.param};
    return f;
}

/// A specification may show its challenges beside those of other schemes, which are not judged.
std::vector<scheme_error> violations_in(const schemes::scheme_description& s, const schemes::sample& value,
                                        const std::vector<authgrammar::event>& events) {
    std::vector<scheme_error> found;
    const schemes::violation_sink keep{
        [](void* to, const scheme_error& e) noexcept { static_cast<std::vector<scheme_error>*>(to)->push_back(e); },
        &found};
    const authgrammar::event* const first = events.data();
    const authgrammar::event* const last = first + events.size();
    if (value.kind == authgrammar::field_kind::info) {
        for_each_violation(s, authgrammar::auth_params(value.value, first, last), keep);
    } else {
        const authgrammar::challenges list(value.value, first, last);
        const bool beside_others = list.find(s.name).has_value();
        for (const authgrammar::challenge c : list) {
            if (c.has_scheme(s.name) || !beside_others) for_each_violation(s, value.kind, c, keep);
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const scheme_error& a, const scheme_error& b) { return a.offset < b.offset; });
    return found;
}

}  // namespace

std::vector<scheme_finding> findings_in_samples(const schemes::scheme_description& s) {
    std::vector<scheme_finding> out;
    for (std::size_t i = 0; i < s.samples.size(); ++i) {
        const schemes::sample& value = s.samples[i];
        std::vector<authgrammar::event> events;
        const authgrammar::error refusal = authgrammar::audit::read_events(
            field_of(value.kind), value.value, authgrammar::edition::rfc9110_recipient, events);
        if (refusal.code != authgrammar::error_code::none) {
            out.push_back(as_finding(s, i, refusal));
            continue;
        }
        for (const scheme_error& e : violations_in(s, value, events)) out.push_back(as_finding(s, i, e));
    }
    return out;
}

}  // namespace authlint
