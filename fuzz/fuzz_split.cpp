// The tokenizer says the same however its input is cut, whichever instruction set reads it, and however it is
// misused. Every cut in two of short inputs, random cuts in many of all, single bytes and empty chunks; each chunk in
// a heap block of its own.
// Options: six bytes: field and edition; which limit is low; how low; which event the consumer stops at; two bytes
// from which the random cuts are made.

#include "support/input.hpp"
#include "support/mutator.hpp"
#include "support/oracle.hpp"
#include "support/random.hpp"

#include <authgrammar/isa.hpp>
#include <authgrammar/tokenizer.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace {

using namespace authgrammar;
using fuzz::planted;
using fuzz::require;

constexpr std::size_t longest_for_every_cut = 32;
constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

/// Text that arrived, adjacent fragments of one role joined: where a chunk ended does not show.
struct piece_of_text {
    text_role role;
    std::uint64_t position;
    std::string bytes;
    std::size_t events_before;
    friend bool operator==(const piece_of_text& a, const piece_of_text& b) {
        return a.role == b.role && a.position == b.position && a.bytes == b.bytes && a.events_before == b.events_before;
    }
};

/// Keeps the events, and stops at one of them if told to.
struct event_consumer {
    std::size_t stop_at = never;
    std::vector<event> events;
    std::vector<piece_of_text> texts;
    bool on_event(const event& e) noexcept {
        if (events.size() == stop_at) return false;
        events.push_back(e);
        return true;
    }
};

/// Keeps the text as well.
struct text_consumer : event_consumer {
    bool on_text(text_role role, std::string_view bytes, std::uint64_t position) noexcept {
        if (planted("an_empty_value_is_sent") && role == text_role::quoted_value && position > 12) bytes = {};
        require("no_empty_fragment", !bytes.empty());
        if (!texts.empty()) {
            piece_of_text& last = texts.back();
            if (last.role == role && last.position + last.bytes.size() == position &&
                last.events_before == events.size()) {
                last.bytes += bytes;
                return true;
            }
        }
        texts.push_back({role, position, std::string(bytes), events.size()});
        return true;
    }
};

/// Stops at a fragment of text, and at no event.
struct stopping_text_consumer : text_consumer {
    std::size_t fragments = 0;
    bool on_event(const event& e) noexcept {
        events.push_back(e);
        return true;
    }
    bool on_text(text_role role, std::string_view bytes, std::uint64_t position) noexcept {
        return fragments++ != stop_at && text_consumer::on_text(role, bytes, position);
    }
};

/// All that a reading shows.
template <typename Consumer>
struct trace {
    Consumer consumer;
    error_code code = error_code::none;
    std::uint64_t position = 0;
    error why{};
    friend bool operator==(const trace& a, const trace& b) {
        return a.code == b.code && a.position == b.position && a.consumer.events == b.consumer.events &&
               a.consumer.texts == b.consumer.texts && a.why.code == b.why.code && a.why.offset == b.why.offset &&
               a.why.rule == b.why.rule && a.why.section == b.why.section && a.why.expected == b.why.expected;
    }
};

struct subject {
    field f;
    edition e;
    limits bounds;
    std::size_t stop_at;
};

template <typename Consumer>
class reader {
public:
    explicit reader(const subject& s) : tokenizer_(s.f, s.e, s.bounds) { trace_.consumer.stop_at = s.stop_at; }

    /// False if the value is refused.
    bool feed(std::string_view chunk) {
        const fuzz::heap_copy copy(chunk);
        const std::string_view bytes = copy.view();
        if (planted("reads_beyond_the_chunk") && bytes.size() > 8 && bytes.data()[bytes.size()] == ',') return false;
        trace_.code = tokenizer_.feed(bytes, trace_.consumer);
        return trace_.code == error_code::none;
    }

    trace<Consumer> finish() {
        if (trace_.code == error_code::none) trace_.code = tokenizer_.finish(trace_.consumer);
        trace_.position = tokenizer_.position();
        trace_.why = tokenizer_.last_error();
        return trace_;
    }

    [[nodiscard]] tokenizer& inner() noexcept { return tokenizer_; }
    [[nodiscard]] Consumer& consumer() noexcept { return trace_.consumer; }

private:
    tokenizer tokenizer_;
    trace<Consumer> trace_;
};

/// Whether the cut lies behind an octet of that value.
bool cut_behind(std::string_view value, std::size_t cut, char c) { return cut != 0 && value[cut - 1] == c; }

template <typename Consumer>
trace<Consumer> read_whole(const subject& s, std::string_view value) {
    reader<Consumer> r(s);
    r.feed(value);
    return r.finish();
}

template <typename Consumer>
trace<Consumer> read_in_two(const subject& s, std::string_view value, std::size_t cut) {
    reader<Consumer> r(s);
    if (r.feed(value.substr(0, cut))) r.feed(value.substr(cut));
    return r.finish();
}

template <typename Consumer>
trace<Consumer> read_in_pieces(const subject& s, std::string_view value, fuzz::random_source& random,
                               std::size_t longest) {
    reader<Consumer> r(s);
    while (!value.empty()) {
        const std::size_t n = random.below(std::min(longest, value.size()) + 1);
        if (!r.feed(value.substr(0, n))) break;
        value.remove_prefix(n);
    }
    return r.finish();
}

template <typename Consumer>
trace<Consumer> read_bytes(const subject& s, std::string_view value, bool empty_chunks) {
    reader<Consumer> r(s);
    if (empty_chunks) r.feed({});
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (!r.feed(value.substr(i, 1))) break;
        if (empty_chunks && !r.feed({})) break;
    }
    return r.finish();
}

template <typename Consumer>
void same_for_every_cut(const subject& s, std::string_view value, fuzz::random_source& random,
                        const trace<Consumer>& whole) {
    if (value.size() <= longest_for_every_cut) {
        for (std::size_t cut = 0; cut <= value.size(); ++cut) {
            trace<Consumer> two = read_in_two<Consumer>(s, value, cut);
            if (planted("a_cut_ends_an_escape") && cut_behind(value, cut, '\\')) ++two.position;
            require("cut_in_two", two == whole);
        }
    } else {
        for (int i = 0; i < 4; ++i) {
            require("cut_in_two", read_in_two<Consumer>(s, value, random.below(value.size() + 1)) == whole);
        }
    }
    trace<Consumer> bytes = read_bytes<Consumer>(s, value, false);
    if (planted("a_byte_loses_its_event") && value.find("=\"") != std::string_view::npos) bytes.consumer.events.clear();
    require("cut_in_bytes", bytes == whole);
    for (const std::size_t longest : {std::size_t{3}, std::size_t{20}, std::size_t{100}}) {
        trace<Consumer> many = read_in_pieces<Consumer>(s, value, random, longest);
        if (planted("a_third_chunk_is_too_many") && longest == 3 && value.size() > 9) many.why.rule = "third";
        require("cut_in_many", many == whole);
    }
}

/// A copy goes on from the same place as the original, and neither disturbs the other.
void same_from_a_copy(const subject& s, std::string_view value, std::size_t cut, const trace<event_consumer>& whole) {
    reader<event_consumer> original(s);
    if (!original.feed(value.substr(0, cut))) return;
    reader<event_consumer> copy = original;
    if (planted("copies_share_their_state")) (void)original.inner().feed(value.substr(cut, 1), copy.consumer());
    copy.feed(value.substr(cut));
    require("copy_goes_on", copy.finish() == whole);
    original.feed(value.substr(cut));
    require("copy_goes_on", original.finish() == whole);
}

/// What comes after the end has a defined answer, and no event.
void misuse(const subject& s, std::string_view value) {
    reader<event_consumer> r(s);
    r.feed(value);
    const trace<event_consumer> end = r.finish();
    const std::size_t events = end.consumer.events.size();
    for (const bool feed_first : {true, false}) {
        tokenizer t = r.inner();
        event_consumer late;
        const auto feed = [&](std::string_view chunk) {
            error_code code = t.feed(chunk, late);
            if (planted("reads_on_after_the_end") && end.code == error_code::none && chunk == ",")
                code = error_code::none;
            return code;
        };
        const auto finish = [&] {
            error_code code = t.finish(late);
            if (planted("finishes_twice") && !feed_first && end.code == error_code::none && events > 5)
                code = error_code::none;
            return code;
        };
        const error_code misused = feed_first ? error_code::fed_after_finish : error_code::finished_twice;
        const error_code wanted = end.code == error_code::none ? misused : end.code;
        if (feed_first) {
            require("feed_after_finish", feed(",") == wanted && feed({}) == wanted && finish() == wanted);
        } else {
            require("finish_after_finish", finish() == wanted && finish() == wanted && feed("a") == wanted);
        }
        if (planted("an_end_is_sent_again") && end.code == error_code::none && events > 6) late.events.emplace_back();
        require("misuse_is_silent",
                late.events.empty() && t.position() == end.position && t.last_error().code == wanted);
    }
}

/// Events that a consumer stopped at are the first of those that it would have had.
void stopped_is_a_prefix(const subject& s, std::string_view value, const trace<event_consumer>& stopped) {
    subject free = s;
    free.stop_at = never;
    const trace<event_consumer> all = read_whole<event_consumer>(free, value);
    if (all.consumer.events.size() <= s.stop_at) {
        require("stop", stopped == all);
        return;
    }
    bool prefix = stopped.code == error_code::stopped && stopped.consumer.events.size() == s.stop_at;
    if (planted("stops_one_event_late") && s.stop_at == 3) prefix = false;
    for (std::size_t i = 0; prefix && i < s.stop_at; ++i) {
        prefix = stopped.consumer.events[i] == all.consumer.events[i];
    }
    require("stop", prefix);
}

/// The text of each word is what its event says, and what the value has there.
void texts_are_words(std::string_view value, const trace<text_consumer>& t) {
    std::size_t next_text = 0;
    for (std::size_t i = 0; i < t.consumer.events.size(); ++i) {
        const event& e = t.consumer.events[i];
        if (e.kind == event_kind::challenge_begin || e.kind == event_kind::challenge_end) continue;
        std::string word;
        while (next_text < t.consumer.texts.size() && t.consumer.texts[next_text].events_before <= i) {
            piece_of_text p = t.consumer.texts[next_text++];
            if (planted("a_late_equals_stands_elsewhere") && p.role == text_role::token68 && p.bytes == "=")
                --p.position;
            require("text_in_place", p.position + p.bytes.size() <= value.size() &&
                                         value.substr(static_cast<std::size_t>(p.position), p.bytes.size()) == p.bytes);
            word += p.bytes;
        }
        if (planted("a_word_loses_its_last_equals") && e.kind == event_kind::token68 && word.back() == '=') {
            word.pop_back();
        }
        require("text_of_events", word == value.substr(e.begin, e.end - e.begin));
    }
}

/// What a consumer had that stopped at a text is the beginning of what it would have had. The refusal of the octet
/// behind that text stands all the same.
void stopped_text_is_a_prefix(const subject& s, std::string_view value, fuzz::random_source& random,
                              const trace<text_consumer>& all) {
    const trace<stopping_text_consumer> stopped = read_in_pieces<stopping_text_consumer>(s, value, random, 20);
    const std::vector<event>& events = stopped.consumer.events;
    const std::vector<piece_of_text>& texts = stopped.consumer.texts;
    bool prefix = stopped.code == all.code || stopped.code == error_code::stopped;
    prefix = prefix && (stopped.consumer.fragments <= s.stop_at || stopped.code != error_code::none);
    prefix = prefix && events.size() <= all.consumer.events.size() && texts.size() <= all.consumer.texts.size() &&
             std::equal(events.begin(), events.end(), all.consumer.events.begin());
    for (std::size_t i = 0; prefix && i < texts.size(); ++i) {
        const piece_of_text& whole = all.consumer.texts[i];
        const bool last = i + 1 == texts.size();
        prefix = texts[i].role == whole.role && texts[i].position == whole.position &&
                 (last ? whole.bytes.compare(0, texts[i].bytes.size(), texts[i].bytes) == 0 : texts[i] == whole);
    }
    if (planted("a_stopped_text_is_sent") && s.stop_at >= 4 && texts.size() > 2) prefix = false;
    require("stop_text", prefix);
}

/// The step by itself, byte for byte: the tokenizer that has no limits refuses at the same byte, or not at all.
void same_by_steps(const subject& s, std::string_view value) {
    using namespace detail;
    const int language = ag_edition_flags[static_cast<std::size_t>(s.e)];
    const int kind = static_cast<int>(kind_of(s.f));
    int state = AG_START;
    std::size_t i = 0;
    for (; i < value.size(); ++i) {
        const int c = ag_class_of[static_cast<unsigned char>(value[i])];
        const int next = static_cast<int>(ag_step(language, kind, state, c) & 0xFF);
        if (next == AG_DEAD || (planted("a_step_misses_a_dquote") && c == AG_DQUOTE && i > 9)) break;
        state = next;
    }
    const bool valid = i == value.size() && (ag_finish(language, kind, state) & 0xFF) != AG_DEAD;
    const subject free{s.f, s.e, limits::none(), never};
    const trace<event_consumer> whole = read_whole<event_consumer>(free, value);
    require("step_by_step", (whole.code == error_code::none) == valid && whole.position == i);
}

limits limits_of(const fuzz::input& in) {
    limits bounds = limits::none();
    const auto most = static_cast<std::uint32_t>(in.option(2));
    const std::uint32_t few = most % 8;
    switch (in.option(1) % 12) {
        case 0: bounds.total_bytes = most; break;
        case 1: bounds.name_length = most % 32; break;
        case 2: bounds.value_length = most % 64; break;
        case 3: bounds.challenges = few; break;
        case 4: bounds.params = few; break;
        case 5: bounds.empty_elements = few; break;
        case 6: bounds = {most, most % 32, most % 64, few, few + 2, few}; break;
        default: break;
    }
    return bounds;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const fuzz::input in(data, size, 6);
    const std::string_view value = in.text();
    const subject s{in.field_option(0), in.edition_option(0), limits_of(in),
                    in.option(3) < 128 ? never : in.option(3) - std::size_t{128}};
    fuzz::random_source random(in.option(4) * 256 + in.option(5));

    static const isa best = active_isa();
    force_isa(isa::portable);
    const trace<event_consumer> events = read_whole<event_consumer>(s, value);
    subject free = s;
    free.stop_at = never;
    const trace<text_consumer> texts = read_whole<text_consumer>(free, value);
    texts_are_words(value, texts);
    if (s.stop_at != never) {
        stopped_is_a_prefix(s, value, events);
        stopped_text_is_a_prefix(s, value, random, texts);
    }
    same_from_a_copy(s, value, random.below(value.size() + 1), events);
    misuse(s, value);
    same_by_steps(s, value);
    trace<event_consumer> empty = read_bytes<event_consumer>(s, value, true);
    if (planted("an_empty_chunk_ends_a_word") && !value.empty() && value.back() == '=') ++empty.position;
    require("empty_chunks", empty == events);

    for (const isa path : all_isas) {
        if (!force_isa(path)) continue;
        trace<event_consumer> here = read_whole<event_consumer>(s, value);
        if (planted("avx2_misses_a_slash") && path == isa::avx2 && value.size() > 40 &&
            value.find('/', 32) != std::string_view::npos) {
            ++here.position;
        }
        require("instruction_sets", here == events);
        require("instruction_sets", read_whole<text_consumer>(free, value) == texts);
    }
    // Cuts with one of the paths, a different one from input to input.
    if (!force_isa(all_isas[random.below(all_isas.size())])) force_isa(best);
    same_for_every_cut<event_consumer>(s, value, random, events);
    same_for_every_cut<text_consumer>(free, value, random, texts);
    force_isa(best);
    return 0;
}

AUTHGRAMMAR_FUZZ_MUTATOR(6, authgrammar::fuzz::header_text)
