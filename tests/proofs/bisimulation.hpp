#ifndef AUTHGRAMMAR_TESTS_PROOFS_BISIMULATION_HPP
#define AUTHGRAMMAR_TESTS_PROOFS_BISIMULATION_HPP

#include <authgrammar/abnf/automaton.hpp>
#include <authgrammar/abnf/events.hpp>
#include <authgrammar/abnf/labels.hpp>
#include <authgrammar/abnf/rules.hpp>
#include <authgrammar/edition.hpp>
#include <authgrammar/error.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/limits.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "consumers.hpp"

/// Proof P5: a tokenizer and the ABNF text agree on every value, in verdict, offset of the first error and events.
///
/// Two searches, breadth first, both over pairs that some string reaches, with all 256 bytes at each:
///
///   verdict  (control of the tokenizer, state of the minimal automaton): the tokenizer refuses a byte if and only
///            if no continuation is valid, and accepts the end if and only if the state accepts.
///   events   (control, state of the labelled automaton, what the labels imply and the tokenizer has not said yet, and
///            how the tokenizer's four marks lie to the labels): along every path of the labelled automaton, each of
///            whose states leads to acceptance, the events of the tokenizer are those of the labels, and so is the text.
///
/// What the tokenizer does next depends on its control, on the marks and on the position only (its class has no
/// other members but counters for limits, which are off here), and it uses a mark only to put it into an event.
/// Whether a mark is where the labels want it is part of the pair. Of what is pending the pair has the kinds only, and
/// that is enough because at most one word is undecided, and what is pending begins and ends at the marks: asserted after
/// every step. So the pairs are all there is to look at.
namespace authgrammar::proofs {

struct figures {
    std::size_t verdict_pairs = 0;
    std::size_t event_pairs = 0;
    std::size_t steps = 0;
};

/// A value on which the two sides differ, and how.
struct counterexample {
    std::string value;
    std::string what;
};

/// All bytes: what a proof has to try.
inline const std::vector<unsigned char>& all_bytes() {
    static const std::vector<unsigned char> all = [] {
        std::vector<unsigned char> bytes(256);
        for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<unsigned char>(i);
        return bytes;
    }();
    return all;
}

inline constexpr limits unlimited = limits::none();

/// The events that a labelled path implies, as soon as its labels close them.
class label_events {
public:
    /// The byte at `position` is read with this label; the events that this closes or opens are added to `out`.
    void read(abnf::role label, std::uint32_t position, bool boundaries, std::vector<event>& out) {
        if (label == abnf::role::quote) {
            if (!in_quotes_) {
                in_quotes_ = true;
                begin_ = position + 1;
            } else {
                in_quotes_ = false;
                out.push_back({event_kind::param_value, true, begin_, position});
                item_end_ = position;
                last_end_ = position + 1;
            }
            open_ = abnf::role::separator;
            return;
        }
        if (label == abnf::role::quoted) return;
        if (label != open_) {
            close(position, out);
            open_ = label;
            begin_ = position;
            if (label == abnf::role::scheme) {
                if (boundaries && in_challenge_)
                    out.push_back({event_kind::challenge_end, false, challenge_, last_end_});
                in_challenge_ = true;
                challenge_ = position;
                if (boundaries) out.push_back({event_kind::challenge_begin, false, position, position});
            }
        }
    }
    void finish(std::uint32_t position, bool boundaries, std::vector<event>& out) {
        close(position, out);
        if (boundaries && in_challenge_) out.push_back({event_kind::challenge_end, false, challenge_, last_end_});
    }

    [[nodiscard]] int shape() const {
        return static_cast<int>(open_) * 4 + (in_quotes_ ? 2 : 0) + (in_challenge_ ? 1 : 0);
    }
    [[nodiscard]] std::uint32_t begin() const { return begin_; }
    [[nodiscard]] std::uint32_t item_end() const { return item_end_; }
    [[nodiscard]] std::uint32_t challenge() const { return challenge_; }
    [[nodiscard]] std::uint32_t last_end() const { return last_end_; }

private:
    void close(std::uint32_t position, std::vector<event>& out) {
        if (open_ == abnf::role::separator) return;
        const event_kind kind = open_ == abnf::role::scheme    ? event_kind::scheme
                                : open_ == abnf::role::token68 ? event_kind::token68
                                : open_ == abnf::role::name    ? event_kind::param_name
                                                               : event_kind::param_value;
        out.push_back({kind, false, begin_, position});
        item_end_ = position;
        if (open_ != abnf::role::name) last_end_ = position;
        open_ = abnf::role::separator;
    }

    abnf::role open_ = abnf::role::separator;
    bool in_quotes_ = false;
    bool in_challenge_ = false;
    std::uint32_t begin_ = 0;
    std::uint32_t item_end_ = 0;
    std::uint32_t challenge_ = 0;
    std::uint32_t last_end_ = 0;
};

/// A byte that the labels say is text.
struct text_byte {
    abnf::role label;
    char byte;
    std::uint64_t position;
};

/// Whether text that is sent in this role may turn out to be what the label says.
[[nodiscard]] constexpr bool may_be(text_role sent, abnf::role label) noexcept {
    switch (label) {
        case abnf::role::scheme: return sent == text_role::scheme || sent == text_role::scheme_or_name;
        case abnf::role::token68: return sent == text_role::token68 || sent == text_role::token68_or_name;
        case abnf::role::name:
            return sent == text_role::param_name || sent == text_role::scheme_or_name ||
                   sent == text_role::token68_or_name;
        case abnf::role::value: return sent == text_role::token_value;
        case abnf::role::quoted: return sent == text_role::quoted_value;
        case abnf::role::quote:
        case abnf::role::separator: break;
    }
    return false;
}

/// `Kind` is one of the kinds of consumer.
template <typename Tokenizer, typename Kind = callbacks>
class bisimulation {
public:
    /// `bytes` are those that are tried at each pair: all, or fewer where a difference is known to show with them.
    bisimulation(field f, edition e, const abnf::dfa& language, const abnf::labelled_automaton& labels,
                 const std::vector<unsigned char>& bytes)
        : field_(f),
          edition_(e),
          language_(language),
          live_(abnf::live_states(language)),
          labels_(labels),
          bytes_(bytes) {}

    /// Nothing if the two agree on every value, else a shortest value for the first search that differs.
    [[nodiscard]] std::optional<counterexample> run(figures& out) {
        figures_ = {};
        auto found = verdicts();
        if (!found) found = events();
        out.verdict_pairs += figures_.verdict_pairs;
        out.event_pairs += figures_.event_pairs;
        out.steps += figures_.steps;
        return found;
    }

private:
    [[nodiscard]] Tokenizer fresh() const { return Tokenizer(field_, edition_, unlimited); }
    [[nodiscard]] static told feed(Tokenizer& t, char c) {
        return Kind::of(t, [c](Tokenizer& to, auto& consumer) { return to.feed({&c, 1}, consumer); });
    }
    [[nodiscard]] static told finish(Tokenizer& t) {
        return Kind::of(t, [](Tokenizer& to, auto& consumer) { return to.finish(consumer); });
    }

    /// With a refusal no event comes, and no text but of the value so far; and it stays.
    [[nodiscard]] static bool is_refusal(const Tokenizer& t, const told& now, const std::string& value) {
        for (const text_fragment& f : now.text) {
            if (value.compare(f.position, f.bytes.size(), f.bytes) != 0) return false;
        }
        return now.events.empty() && stays_so(t, now.code);
    }

    /// Reads the value at once, if there is a function for that of this kind. Null, or how that differs.
    [[nodiscard]] const char* read_whole(const std::string& value, error_code code, std::uint64_t offset,
                                         const std::vector<event>* events = nullptr) const {
        if constexpr (std::is_same_v<Kind, parse_functions>) {
            const parse_functions::answer a = Kind::of_value(field_, edition_, value);
            if (a.said.broken != nullptr) return a.said.broken;
            if (a.said.code != code) return "read at once: another error";
            if (code != error_code::none && a.offset != offset) return "read at once: wrong offset";
            if (events != nullptr && a.said.events != *events) return "read at once: other events";
        }
        return nullptr;
    }

    [[nodiscard]] std::optional<counterexample> verdicts() {
        struct node {
            Tokenizer tokenizer;
            std::uint32_t state;
            std::string value;
        };
        std::set<std::pair<int, std::uint32_t>> seen;
        std::deque<node> queue{{fresh(), language_.start, {}}};
        seen.insert({queue.front().tokenizer.control(), language_.start});
        while (!queue.empty()) {
            const node at = std::move(queue.front());
            queue.pop_front();
            ++figures_.verdict_pairs;
            Tokenizer ending = at.tokenizer;
            const told end = finish(ending);
            if (end.broken != nullptr) return counterexample{at.value, end.broken};
            const bool accepted = end.code == error_code::none;
            if (!accepted && !is_refusal(ending, end, at.value)) return counterexample{at.value, "no refusal"};
            if (accepted != language_.accepting[at.state]) {
                return counterexample{at.value,
                                      accepted ? "accepted, and not in the language" : "in the language, and refused"};
            }
            if (!accepted && ending.position() != at.value.size())
                return counterexample{at.value, "wrong offset at the end"};
            if (const char* wrong = read_whole(at.value, ending.last_error().code, at.value.size()))
                return counterexample{at.value, wrong};
            for (const unsigned char byte : bytes_) {
                ++figures_.steps;
                const char c = static_cast<char>(byte);
                node next{at.tokenizer, language_.step(at.state, byte), at.value + c};
                const told now = feed(next.tokenizer, c);
                if (now.broken != nullptr) return counterexample{next.value, now.broken};
                const bool taken = now.code == error_code::none;
                if (taken != live_[next.state]) {
                    return counterexample{next.value, taken ? "no continuation is valid, and the byte is taken"
                                                            : "a continuation is valid, and the byte is refused"};
                }
                if (!taken) {
                    if (!is_refusal(next.tokenizer, now, at.value)) return counterexample{next.value, "no refusal"};
                    if (next.tokenizer.position() != at.value.size()) return counterexample{next.value, "wrong offset"};
                    if (const char* wrong = read_whole(next.value, next.tokenizer.last_error().code, at.value.size()))
                        return counterexample{next.value, wrong};
                    continue;
                }
                if (seen.insert({next.tokenizer.control(), next.state}).second) queue.push_back(std::move(next));
            }
        }
        return std::nullopt;
    }

    struct path {
        Tokenizer tokenizer;
        std::uint32_t state;
        std::string value;
        label_events labels;
        std::deque<event> pending;     // implied by the labels, and not yet said by the tokenizer
        std::deque<event> early;       // the other way round: the end of a challenge that nothing can follow
        std::deque<text_byte> unsent;  // the same of text
        std::uint64_t text_end = 0;    // of what was sent
        std::vector<event> said{};     // by the tokenizer, all of it
    };

    /// What the labels imply was said already, or is pending.
    [[nodiscard]] static bool imply(const std::vector<event>& events, path& p) {
        for (const event& e : events) {
            if (p.early.empty()) {
                p.pending.push_back(e);
            } else if (p.early.front() == e) {
                p.early.pop_front();
            } else {
                return false;
            }
        }
        return true;
    }
    /// What the tokenizer says is what the labels imply, in this order; text comes before the event of its word.
    [[nodiscard]] static const char* settle(const told& now, path& p) {
        if (now.broken != nullptr) return now.broken;
        std::size_t fragment = 0;
        const auto text_up_to = [&](std::size_t count) {
            for (; fragment < count; ++fragment) {
                const text_fragment& f = now.text[fragment];
                for (std::size_t i = 0; i < f.bytes.size(); ++i) {
                    if (p.unsent.empty() || p.unsent.front().position != f.position + i ||
                        p.unsent.front().byte != f.bytes[i] || !may_be(f.role, p.unsent.front().label))
                        return false;
                    p.unsent.pop_front();
                }
                p.text_end = f.position + f.bytes.size();
            }
            return true;
        };
        for (std::size_t i = 0; i < now.events.size(); ++i) {
            const event& e = now.events[i];
            p.said.push_back(e);
            if (Kind::takes_text && !text_up_to(now.text_before[i])) return "other text";
            if (p.pending.empty() && e.kind == event_kind::challenge_end && p.early.empty()) {
                p.early.push_back(e);
                continue;
            }
            if (p.pending.empty() || p.pending.front() != e) return "other events";
            p.pending.pop_front();
            if (Kind::takes_text && is_word(e) && e.begin != e.end && p.text_end < e.end) return "text after its event";
        }
        return text_up_to(now.text.size()) ? nullptr : "other text";
    }

    [[nodiscard]] static bool is_word(const event& e) noexcept {
        return e.kind != event_kind::challenge_begin && e.kind != event_kind::challenge_end;
    }
    /// Whether an event that is pending lies where the marks are.
    [[nodiscard]] static bool is_at_marks(const event& e, const typename Tokenizer::mark_positions& marks) {
        switch (e.kind) {
            case event_kind::challenge_begin: return e.begin == marks.word_begin;
            case event_kind::challenge_end: return e.begin == marks.challenge_begin && e.end == marks.last_end;
            default: break;
        }
        // An "=" after the mark may be the end of a token68.
        return e.begin == marks.word_begin && (e.end == marks.word_end || e.end == marks.word_end + 1);
    }
    /// At most one word is undecided, and the marks are its ends and those of the events around it; so is at most one "=".
    [[nodiscard]] static bool one_undecided_word(const path& p) {
        const auto marks = p.tokenizer.marks();
        std::size_t words = 0;
        for (const event& e : p.pending) {
            if (is_word(e)) ++words;
            if (!is_at_marks(e, marks)) return false;
        }
        return words <= 1 && p.pending.size() <= 3 &&
               (p.unsent.empty() ||
                (p.unsent.size() == 1 && p.unsent[0].byte == '=' && p.unsent[0].position == marks.word_end));
    }

    using pair_key = std::tuple<int, std::uint32_t, int, std::vector<int>, int, std::size_t>;

    [[nodiscard]] static pair_key key_of(const path& p) {
        std::vector<int> pending;
        for (const event& e : p.pending) pending.push_back(static_cast<int>(e.kind));
        pending.push_back(static_cast<int>(p.early.size()));
        const auto marks = p.tokenizer.marks();
        const int relation =
            (marks.word_begin == p.labels.begin() ? 1 : 0) | (marks.word_end == p.labels.item_end() ? 2 : 0) |
            (marks.challenge_begin == p.labels.challenge() ? 4 : 0) | (marks.last_end == p.labels.last_end() ? 8 : 0);
        return {p.tokenizer.control(), p.state, p.labels.shape(), std::move(pending), relation, p.unsent.size()};
    }

    /// Goes on with a byte along an edge. Null, or what is wrong then.
    template <typename Edge>
    [[nodiscard]] static const char* step(path& p, const Edge& edge, char c, bool boundaries) {
        const auto position = static_cast<std::uint32_t>(p.value.size());
        p.value += c;
        p.state = edge.target;
        std::vector<event> implied;
        p.labels.read(edge.label, position, boundaries, implied);
        if (!imply(implied, p)) return "other events";
        if (Kind::takes_text && edge.label != abnf::role::separator && edge.label != abnf::role::quote)
            p.unsent.push_back({edge.label, c, position});
        if (const char* wrong = settle(feed(p.tokenizer, c), p)) return wrong;
        return one_undecided_word(p) ? nullptr
                                     : "more than one word is undecided, or what is pending is not at the marks";
    }

    [[nodiscard]] std::optional<counterexample> events() {
        const bool boundaries = kind_of(field_) != field_kind::info;
        std::set<pair_key> seen;
        std::deque<path> queue{{fresh(), labels_.start, {}, {}, {}, {}, {}, 0, {}}};
        seen.insert(key_of(queue.front()));
        while (!queue.empty()) {
            const path at = std::move(queue.front());
            queue.pop_front();
            ++figures_.event_pairs;
            if (labels_.states[at.state].accepting) {
                path end = at;
                std::vector<event> implied;
                end.labels.finish(static_cast<std::uint32_t>(at.value.size()), boundaries, implied);
                if (!imply(implied, end)) return counterexample{at.value, "other events"};
                if (const char* wrong = settle(finish(end.tokenizer), end)) return counterexample{at.value, wrong};
                if (!end.pending.empty() || !end.early.empty())
                    return counterexample{at.value, "other events at the end"};
                if (!end.unsent.empty() && Kind::takes_text) return counterexample{at.value, "other text at the end"};
                if (const char* wrong = read_whole(at.value, error_code::none, 0, &end.said))
                    return counterexample{at.value, wrong};
            }
            for (const auto& edge : labels_.states[at.state].edges) {
                for (const unsigned char byte : bytes_) {
                    if (!edge.bytes[byte]) continue;
                    ++figures_.steps;
                    path next = at;
                    if (const char* wrong = step(next, edge, static_cast<char>(byte), boundaries))
                        return counterexample{next.value, wrong};
                    if (seen.insert(key_of(next)).second) queue.push_back(std::move(next));
                }
            }
        }
        return std::nullopt;
    }

    field field_;
    edition edition_;
    const abnf::dfa& language_;
    std::vector<bool> live_;
    const abnf::labelled_automaton& labels_;
    const std::vector<unsigned char>& bytes_;
    figures figures_{};
};

}  // namespace authgrammar::proofs

#endif
