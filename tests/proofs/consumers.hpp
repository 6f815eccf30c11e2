#ifndef AUTHGRAMMAR_TESTS_PROOFS_CONSUMERS_HPP
#define AUTHGRAMMAR_TESTS_PROOFS_CONSUMERS_HPP

// The kinds of consumer that the tokenizer has a path for. Each kind makes a call of the tokenizer (a feed or the finish)
// in every way in which such a consumer can take it, checks what has to hold of the kind itself, and returns what a
// consumer that takes everything was told.

#include <authgrammar/edition.hpp>
#include <authgrammar/error.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/limits.hpp>
#include <authgrammar/parse.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "../parse_of_kind.hpp"

namespace authgrammar::proofs {

struct text_fragment {
    text_role role;
    std::string bytes;
    std::uint64_t position;
    friend bool operator==(const text_fragment& a, const text_fragment& b) {
        return a.role == b.role && a.bytes == b.bytes && a.position == b.position;
    }
};

struct told {
    error_code code = error_code::none;
    std::vector<event> events;
    std::vector<text_fragment> text;
    std::vector<std::size_t> text_before;  ///< for each event, how many fragments came before it
    const char* broken = nullptr;          ///< what the kind promises and does not keep
};

/// A consumer of events, which refuses every one after the first `most`.
struct recording {
    std::size_t most = static_cast<std::size_t>(-1);
    std::vector<event> events{};
    bool on_event(const event& e) noexcept {
        events.push_back(e);
        return events.size() <= most;
    }
};

/// A consumer of events and text, which refuses every call after the first `most`.
struct text_recorder {
    std::size_t most = static_cast<std::size_t>(-1);
    told all{};
    bool on_event(const event& e) noexcept {
        all.events.push_back(e);
        all.text_before.push_back(all.text.size());
        return calls() <= most;
    }
    bool on_text(text_role role, std::string_view bytes, std::uint64_t position) noexcept {
        all.text.push_back({role, std::string(bytes), position});
        return calls() <= most;
    }
    [[nodiscard]] std::size_t calls() const noexcept { return all.events.size() + all.text.size(); }
};

/// Whether a tokenizer that has ended with an error stays so, at the same offset, and says no more.
template <typename Tokenizer>
[[nodiscard]] bool stays_so(Tokenizer t, error_code code) {
    const std::uint64_t position = t.position();
    text_recorder after;
    return t.last_error().code == code && t.feed("a", after) == code && t.finish(after) == code && after.calls() == 0 &&
           t.position() == position;
}
/// The same for one that was stopped at the byte at `position`.
template <typename Tokenizer>
[[nodiscard]] bool stays_stopped(const Tokenizer& t, std::uint64_t position) {
    return t.position() == position && stays_so(t, error_code::stopped);
}

template <typename T>
[[nodiscard]] bool are_the_first(const T* some, std::size_t count, const std::vector<T>& all) {
    for (std::size_t i = 0; i < count; ++i) {
        if (!(some[i] == all[i])) return false;
    }
    return true;
}

struct callbacks {
    static constexpr const char* name = "callbacks";
    static constexpr bool takes_text = false;

    template <typename Tokenizer, typename Call>
    static told of(Tokenizer& t, Call call) {
        recording all;
        const error_code code = call(t, all);
        return {code, std::move(all.events), {}, {}, nullptr};
    }
};

/// The functions that read a whole value, parse_challenges and its sisters and parse: these are called with the value of each
/// pair, beside the tokenizer.
struct parse_functions : callbacks {
    static constexpr const char* name = "the parse functions";

    /// What they say of a value, and the offset of its error. They agree with each other.
    struct answer {
        told said;
        std::uint64_t offset = 0;
    };
    static answer of_value(field f, edition e, std::string_view value) {
        static constexpr limits unlimited = limits::none();
        const parse_options options{e, unlimited};
        answer a;
        inline_event_buffer<256> events;
        const error why = test::parse_of_kind(f, value, events, options);
        a.said.code = why.code;
        a.offset = why.offset;
        a.said.events.assign(events.begin(), events.end());
        recording sink;
        const result<void> whole = parse(f, value, sink_for(sink), options);
        const bool same = whole ? a.said.code == error_code::none
                                : whole.error().code == a.said.code && whole.error().offset == a.offset;
        if (!same || sink.events != a.said.events) a.said.broken = "parse and its sisters do not agree";
        return a;
    }
};

/// Callbacks that stop the tokenizer, at each of its events.
struct stopping_callbacks {
    static constexpr const char* name = "callbacks that stop";
    static constexpr bool takes_text = false;

    template <typename Tokenizer, typename Call>
    static told of(Tokenizer& t, Call call) {
        const Tokenizer before = t;
        told all = callbacks::of(t, call);
        for (std::size_t most = 0; most < all.events.size(); ++most) {
            recording stops{most};
            Tokenizer stopped = before;
            if (call(stopped, stops) != error_code::stopped || !stays_stopped(stopped, before.position()))
                all.broken = "not stopped where the consumer stops it";
            if (stops.events.size() != most + 1 || !are_the_first(stops.events.data(), most + 1, all.events))
                all.broken = "not all events up to the one that is refused, and no more";
        }
        return all;
    }
};

/// An event_buffer with room for the events of any call.
struct roomy_buffer {
    static constexpr const char* name = "an event_buffer with room for all";
    static constexpr bool takes_text = false;

    template <typename Tokenizer, typename Call>
    static told of(Tokenizer& t, Call call) {
        inline_event_buffer<8> buffer;
        const error_code code = call(t, buffer);
        return {code, {buffer.begin(), buffer.end()}, {}, {}, buffer.full() ? "full, though there is room" : nullptr};
    }
};

/// Event buffers with room for exactly the events of a call, or for fewer.
struct tight_buffer {
    static constexpr const char* name = "an event_buffer with too little room";
    static constexpr bool takes_text = false;

    template <typename Tokenizer, typename Call>
    static told of(Tokenizer& t, Call call) {
        const Tokenizer before = t;
        told all = callbacks::of(t, call);
        const std::size_t count = all.events.size();
        for (std::size_t room = 0; room <= count; ++room) {
            const event untouched{event_kind::challenge_end, true, 7235, 9110};
            std::vector<event> memory(count + 2, untouched);
            event_buffer buffer(memory.data(), room);
            Tokenizer filling = before;
            const error_code code = call(filling, buffer);
            if (buffer.size() != room || !are_the_first(buffer.begin(), room, all.events))
                all.broken = "other events than there is room for";
            for (std::size_t i = room; i < memory.size(); ++i) {
                if (memory[i] != untouched) all.broken = "an event past the end of the buffer";
            }
            if (room == count) {
                const auto ours = filling.marks();
                const auto theirs = t.marks();
                if (buffer.full() || code != all.code || filling.control() != t.control() ||
                    filling.position() != t.position() || ours.word_begin != theirs.word_begin ||
                    ours.word_end != theirs.word_end || ours.challenge_begin != theirs.challenge_begin ||
                    ours.last_end != theirs.last_end)
                    all.broken = "something else where there is just enough room";
            } else if (!buffer.full() || code != error_code::stopped || !stays_stopped(filling, before.position())) {
                all.broken = "not stopped by a full buffer";
            }
        }
        return all;
    }
};

/// A consumer of events and text.
struct text_consumer {
    static constexpr const char* name = "a text consumer";
    static constexpr bool takes_text = true;

    template <typename Tokenizer, typename Call>
    static told of(Tokenizer& t, Call call) {
        text_recorder r;
        r.all.code = call(t, r);
        for (const text_fragment& f : r.all.text) {
            if (f.bytes.empty()) r.all.broken = "a fragment of nothing";
        }
        return std::move(r.all);
    }
};

/// Such a consumer that stops the tokenizer, at each event and at each fragment.
struct stopping_text_consumer {
    static constexpr const char* name = "a text consumer that stops";
    static constexpr bool takes_text = true;

    template <typename Tokenizer, typename Call>
    static told of(Tokenizer& t, Call call) {
        const Tokenizer before = t;
        told all = text_consumer::of(t, call);
        const std::size_t calls = all.events.size() + all.text.size();
        for (std::size_t most = 0; most < calls; ++most) {
            text_recorder stops;
            stops.most = most;
            Tokenizer stopped = before;
            const error_code code = call(stopped, stops);
            // Text may come together with the refusal of the byte after it.
            const error_code expected = all.code == error_code::none ? error_code::stopped : all.code;
            if (code != expected) all.broken = "not stopped where the consumer stops it";
            // At the byte whose event is refused; and before or after the one whose text is.
            const std::uint64_t further = stopped.position() - before.position();
            const bool event_refused =
                !stops.all.events.empty() && stops.all.text_before.back() == stops.all.text.size();
            if (code == error_code::stopped && (further > (event_refused ? 0 : 1) || !stays_so(stopped, code)))
                all.broken = "goes on after a stop, or stops elsewhere";
            if (stops.calls() != most + 1 ||
                !are_the_first(stops.all.events.data(), stops.all.events.size(), all.events) ||
                !are_the_first(stops.all.text.data(), stops.all.text.size(), all.text) ||
                !are_the_first(stops.all.text_before.data(), stops.all.text_before.size(), all.text_before))
                all.broken = "not everything up to what is refused, and no more";
        }
        return all;
    }
};

}  // namespace authgrammar::proofs

#endif
