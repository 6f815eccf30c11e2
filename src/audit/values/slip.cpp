#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/slip.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include "common/wording.hpp"
#include "values/scheme_rows.hpp"
#include "values/slip_draft.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace authgrammar::audit {

namespace {

constexpr int most_rounds = 16;

/// Whether credentials of the scheme have a syntax of their own, which RFC 9110 does not allow: it is not registered, and
/// what the table of schemes has as an example is refused. Registered schemes keep to the grammar, if not in every example.
bool has_own_syntax(const schemes::scheme_description& scheme) {
    std::vector<event> events;
    return !scheme.registered &&
           std::any_of(scheme.samples.begin(), scheme.samples.end(), [&](const schemes::sample& s) {
               return s.kind == field_kind::credentials &&
                      read_events(field::authorization, s.value, edition::rfc9110_recipient, events).code !=
                          error_code::none;
           });
}

/// Of credentials whose scheme is known to break the grammar, the slip that says so. They are not corrected: whoever
/// verifies them reads that syntax only.
std::optional<slip> own_syntax(const draft& d) {
    if (d.kind() != field_kind::credentials) return std::nullopt;
    const std::size_t end = token_end(d.value(), 0);
    const schemes::scheme_description* scheme = schemes::find_scheme(d.slice(0, end));
    if (scheme == nullptr || d.why().offset <= end || !has_own_syntax(*scheme)) return std::nullopt;
    const std::size_t at = std::min<std::size_t>(d.why().offset, d.value().size());
    return d
        .named("own-syntax", at, std::min(at + 1, d.value().size()),
               detail::words("the credentials of ", scheme->name,
                             " have a syntax of their own, which the grammar of HTTP does not allow"),
               "Send them as the scheme defines them: its servers may reject quotes that the scheme does not have. "
               "Programs that follow the grammar cannot read them.",
               "RFC 9110, 11.4")
        .found;
}

/// Whether parameters of a scheme that nobody here knows were rewritten: it may be their own syntax.
bool rewrites_unknown_scheme(const draft& d, const std::vector<slip>& slips) {
    if (d.kind() != field_kind::credentials) return false;
    if (schemes::find_scheme(d.slice(0, token_end(d.value(), 0))) != nullptr) return false;
    constexpr std::string_view of_params[] = {"value-not-quoted", "semicolon",     "colon-for-equals",
                                              "comma-missing",    "value-missing", "quote-missing"};
    return std::any_of(slips.begin(), slips.end(), [&](const slip& s) {
        return !s.same_meaning && std::find(std::begin(of_params), std::end(of_params), s.id) != std::end(of_params);
    });
}

/// Takes one slip out of a value that is refused. False if none is known, or none that can be taken out.
bool correct_error(draft& d, corrected_value& out) {
    if (std::optional<slip> known = own_syntax(d)) {
        out.slips.push_back(std::move(*known));
        return false;
    }
    std::vector<candidate> candidates;
    add_scheme_candidates(d, candidates);
    add_token_candidates(d, candidates);
    add_param_candidates(d, candidates);
    std::optional<draft> best;
    const candidate* chosen = nullptr;
    for (const candidate& c : candidates) {
        if (!c.change) continue;
        draft tried = d.edited({*c.change});
        if (tried.unread() >= (best ? best->unread() : d.unread())) continue;
        best.emplace(std::move(tried));
        chosen = &c;
    }
    if (chosen == nullptr) {
        const auto unknown =
            std::find_if(candidates.begin(), candidates.end(), [](const candidate& c) { return !c.change; });
        if (unknown != candidates.end()) out.slips.push_back(unknown->found);
        return false;
    }
    out.slips.push_back(chosen->found);
    d = std::move(*best);
    return true;
}

/// Takes out what a recipient accepts. False if what was meant is not known.
bool correct_meaning(draft& d, corrected_value& out) {
    std::vector<candidate> candidates;
    add_meaning_candidates(d, rows_of(d.kind(), d.value(), d.events()).data(), candidates);
    std::vector<edit> edits;
    bool all = true;
    for (candidate& c : candidates) {
        all = all && c.change;
        if (c.change) edits.push_back(std::move(*c.change));
        out.slips.push_back(std::move(c.found));
    }
    if (!edits.empty()) d = d.edited(edits);
    return all;
}

void correct_form(draft& d, corrected_value& out) {
    std::vector<candidate> candidates;
    add_form_candidates(d, rows_of(d.kind(), d.value(), d.events()).data(), candidates);
    std::vector<edit> edits;
    for (candidate& c : candidates) {
        c.found.same_meaning = true;
        edits.push_back(std::move(*c.change));
        out.slips.push_back(std::move(c.found));
    }
    if (!edits.empty()) d = d.edited(edits);
}

}  // namespace

bool corrected_value::same_meaning() const noexcept {
    return std::all_of(slips.begin(), slips.end(), [](const slip& s) { return s.same_meaning; });
}

bool is_plain(field f, std::string_view value, const std::vector<event>& events) {
    return is_plain(f, value, events, rows_of(kind_of(f), value, events).data());
}

bool is_plain(field f, std::string_view value, const std::vector<event>& events,
              const schemes::parameter_description* const* rows) {
    if (value.size() > longest_corrected) return true;
    return !has_candidates(draft(f, value, events), rows);
}

corrected_value correct(field f, std::string_view value) {
    corrected_value out;
    draft d(f, value);
    if (value.size() > longest_corrected) return out;
    for (int round = 0; !d.valid(); ++round) {
        if (round == most_rounds || !correct_error(d, out)) return out;
    }
    const bool meant = correct_meaning(d, out);
    if (!d.valid() || rewrites_unknown_scheme(d, out.slips)) return out;
    correct_form(d, out);
    std::vector<event> events;
    const error refusal = read_events(f, d.value(), edition::rfc9110_sender, events);
    if (meant && refusal.code == error_code::none) out.value = std::string(d.value());
    return out;
}

}  // namespace authgrammar::audit
