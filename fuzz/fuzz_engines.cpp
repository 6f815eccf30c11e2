// The three engines on one value, field and edition: the ABNF's automaton and labels judge the tokenizer and the
// PEGTL grammar in verdict, offset of the first error and events; now and then the recogniser judges them all.
// Options: one byte: field, edition, and whether the recogniser is asked.

#include "support/input.hpp"
#include "support/judge.hpp"
#include "support/mutator.hpp"
#include "support/oracle.hpp"

#include <authgrammar/abnf/reference.hpp>
#include <authgrammar/error.hpp>
#include <authgrammar/peg/parse.hpp>
#include <authgrammar/tokenizer.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

namespace {

using namespace authgrammar;
using fuzz::planted;
using fuzz::require;

constexpr limits unlimited = limits::none();

struct recorder {
    std::vector<event> events;
    recorder() { events.reserve(32); }
    bool on_event(const event& e) noexcept {
        events.push_back(e);
        return true;
    }
};

struct reading {
    bool valid = false;
    std::size_t offset = 0;
    error why{};
    std::vector<event> events;
};

bool has(std::string_view value, std::string_view part) { return value.find(part) != std::string_view::npos; }

reading by_tokenizer(field f, edition e, std::string_view value) {
    recorder events;
    tokenizer t(f, e, unlimited);
    error_code code = t.feed(value, events);
    if (code == error_code::none) code = t.finish(events);
    reading r{code == error_code::none, static_cast<std::size_t>(t.position()), t.last_error(),
              std::move(events.events)};
    if (planted("tokenizer_accepts_tab_after_scheme") && !r.valid && r.offset < value.size() &&
        value[r.offset] == '\t') {
        r.valid = true;
        r.offset = value.size();
    }
    if (planted("tokenizer_error_is_late") && !r.valid && has(value.substr(0, r.offset), "=\"")) ++r.offset;
    if (planted("tokenizer_forgets_an_escape") && r.valid && has(value, "\\\"")) r.events.pop_back();
    if (planted("tokenizer_decides_too_early") && !r.valid && has(value.substr(0, r.offset), ",")) {
        const auto at = static_cast<std::uint32_t>(r.offset);
        r.events.push_back({event_kind::scheme, false, at, at});
    }
    if (planted("tokenizer_swaps_ends") && !r.events.empty() && has(value, "= ")) {
        std::swap(r.events.back().begin, r.events.back().end);
    }
    if (planted("error_without_a_rule") && r.why.code == error_code::invalid_quoted_pair) r.why.rule = {};
    return r;
}

reading by_grammar(field f, edition e, std::string_view value) {
    recorder events;
    const peg::verdict v = peg::parse(f, e, value, sink_for(events));
    reading r{v.valid, v.valid ? value.size() : v.error_offset, {}, std::move(events.events)};
    if (planted("grammar_accepts_del") && !r.valid && r.offset < value.size() && value[r.offset] == '\x7f') {
        r.valid = true;
        r.offset = value.size();
    }
    if (planted("grammar_error_is_early") && !r.valid && has(value, "=\t")) r.offset = r.offset == 0 ? 1 : r.offset - 1;
    if (planted("grammar_names_a_token68") && r.valid) {
        for (event& one : r.events) {
            if (one.kind == event_kind::token68) one.kind = event_kind::param_name;
        }
    }
    return r;
}

bool in_order(const std::vector<event>& events, std::size_t size) {
    std::size_t last = 0;
    std::size_t opened = 0;
    for (const event& e : events) {
        if (e.begin > e.end || e.end > size) return false;
        if (e.kind == event_kind::challenge_end) {
            if (e.begin != opened || e.end < last || e.end > last + 1) return false;
            continue;
        }
        if (e.begin < last) return false;
        if (e.kind == event_kind::challenge_begin) opened = e.begin;
        last = e.end;
    }
    return true;
}

bool explained(field f, edition e, std::string_view value, const reading& r) {
    if (r.valid) return r.why.code == error_code::none;
    const error& why = r.why;
    const error again = diagnose(f, e, value, r.offset);
    return why.code != error_code::none && static_cast<unsigned>(why.code) < 64 && why.offset == r.offset &&
           !why.rule.empty() && !why.section.empty() && !why.expected.empty() && why.code == again.code &&
           why.rule == again.rule && why.section == again.section && why.expected == again.expected &&
           again.offset == r.offset;
}

/// The context-free recogniser, which also compares itself with the automata.
void ask_recogniser(field f, edition e, std::string_view value, const fuzz::opinion& truth) {
    static std::array<std::unique_ptr<abnf::reference>, all_editions.size()> engines;
    std::unique_ptr<abnf::reference>& engine = engines[static_cast<std::size_t>(e)];
    if (engine == nullptr) engine = std::make_unique<abnf::reference>(abnf::reference::load(name_of(e)).value());
    const auto said = engine->parse(name_of(f), value);
    require("recogniser_agrees", said.has_value());
    bool same =
        said->valid == truth.valid && said->error_offset == truth.offset && said->events.size() == truth.events.size();
    for (std::size_t i = 0; same && i < truth.events.size(); ++i) {
        const abnf::event& a = said->events[i];
        const event& b = truth.events[i];
        same =
            static_cast<event_kind>(a.kind) == b.kind && a.quoted == b.quoted && a.begin == b.begin && a.end == b.end;
    }
    if (planted("recogniser_counts_from_one") && has(value, "/")) same = false;
    require("recogniser_agrees", same);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const fuzz::input in(data, size, 1);
    const field f = in.field_option(0);
    const edition e = in.edition_option(0);
    const fuzz::heap_copy copy(in.text());
    const std::string_view value = copy.view();

    fuzz::judge& judge = fuzz::judge::of(f, e);
    const fuzz::opinion truth = judge.decide(value);
    const reading grammar = by_grammar(f, e, value);
    const reading tokens = by_tokenizer(f, e, value);

    require("grammar_verdict", grammar.valid == truth.valid);
    require("grammar_offset", grammar.offset == truth.offset);
    require("tokenizer_verdict", tokens.valid == truth.valid);
    require("tokenizer_offset", tokens.offset == truth.offset);
    require("tokenizer_event_order", in_order(tokens.events, value.size()));
    if (truth.valid) {
        require("grammar_events", grammar.events == truth.events);
        require("tokenizer_events", tokens.events == truth.events);
    } else {
        // What was said before the error, every way to go on would have said.
        const std::vector<event> possible = judge.decide(judge.complete(value.substr(0, truth.offset))).events;
        require("tokenizer_early_events", tokens.events.size() <= possible.size() &&
                                              std::equal(tokens.events.begin(), tokens.events.end(), possible.begin()));
    }
    require("error_explained", explained(f, e, value, tokens));

    // The editions' inclusions: sender in RFC 7235, but for its empty list of challenges; RFC 7235 in recipient.
    if (truth.valid && e != edition::rfc9110_recipient) {
        const reading wider = by_tokenizer(f, edition::rfc9110_recipient, value);
        require("edition_inclusion", wider.valid && wider.events == truth.events);
    }
    if (truth.valid && e == edition::rfc9110_recipient) {
        reading narrow = by_tokenizer(f, edition::rfc9110_sender, value);
        if (planted("sender_takes_empty_elements") && has(value, ",,")) narrow.valid = true;
        const reading printed = by_tokenizer(f, edition::rfc7235, value);
        require("edition_inclusion", !narrow.valid || printed.valid || truth.events.empty());
        require("edition_inclusion", !narrow.valid || narrow.events == truth.events);
    }
    if (in.rest_option(0) >= 13 && value.size() <= 96) ask_recogniser(f, e, value, truth);
    return 0;
}

AUTHGRAMMAR_FUZZ_MUTATOR(1, authgrammar::fuzz::header_text)
