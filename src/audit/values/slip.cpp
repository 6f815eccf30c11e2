#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/slip.hpp>

#include "values/slip_draft.hpp"

#include <algorithm>
#include <utility>

namespace authgrammar::audit {

namespace {

constexpr std::size_t longest_corrected = 65536;
constexpr int most_rounds = 16;

/// Takes one slip out of a value that is refused. False if none is known, or none that can be taken out.
bool correct_error(draft& d, corrected_value& out) {
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
    add_meaning_candidates(d, candidates);
    std::vector<edit> edits;
    bool all = true;
    for (candidate& c : candidates) {
        all = all && c.change;
        if (c.change) edits.push_back(std::move(*c.change));
        out.slips.push_back(std::move(c.found));
    }
    if (all && !edits.empty()) d = d.edited(edits);
    return all && d.valid();
}

void correct_form(draft& d, corrected_value& out) {
    std::vector<candidate> candidates;
    add_form_candidates(d, candidates);
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

corrected_value correct(field f, std::string_view value) {
    corrected_value out;
    draft d(f, value);
    if (value.size() > longest_corrected) return out;
    for (int round = 0; !d.valid(); ++round) {
        if (round == most_rounds || !correct_error(d, out)) return out;
    }
    const bool meant = correct_meaning(d, out);
    if (!d.valid()) return out;
    correct_form(d, out);
    std::vector<event> events;
    const error refusal = read_events(f, d.value(), edition::rfc9110_sender, events);
    if (meant && refusal.code == error_code::none) out.value = std::string(d.value());
    return out;
}

}  // namespace authgrammar::audit
