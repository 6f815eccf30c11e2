#include "state_cover.hpp"

#include "judge.hpp"

#include <authgrammar/peg/parse.hpp>
#include <authgrammar/tokenizer.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <vector>

namespace authgrammar::fuzz {

namespace {

constexpr limits unlimited = limits::none();

/// A reading that can be copied half-way, without the heap.
struct reading {
    reading(field f, edition e) : t(f, e, unlimited) {}
    bool on_event(const event& e) noexcept {
        if (count == std::size(events)) return false;
        events[count++] = e;
        return true;
    }
    void feed(std::string_view chunk) { code = t.feed(chunk, *this); }
    void finish() {
        if (code == error_code::none) code = t.finish(*this);
    }
    [[nodiscard]] bool same_as(const reading& other) const {
        return code == other.code && t.position() == other.t.position() && count == other.count &&
               std::equal(events, events + count, other.events);
    }
    tokenizer t;
    error_code code = error_code::none;
    std::size_t count = 0;
    event events[24];
};

std::vector<std::string> suffixes_of(const abnf::dfa& automaton, std::size_t longest) {
    std::vector<std::string> all{""};
    const std::vector<unsigned char> representatives = abnf::class_representatives(automaton);
    for (std::size_t from = 0, length = 0; length < longest; ++length) {
        const std::size_t to = all.size();
        for (; from < to; ++from) {
            for (const unsigned char c : representatives) all.push_back(all[from] + static_cast<char>(c));
        }
    }
    return all;
}

std::string described(std::string_view value, std::string_view what) {
    std::string text(what);
    for (const char c : value) {
        constexpr std::string_view digits = "0123456789abcdef";
        const auto octet = static_cast<unsigned char>(c);
        text += ' ';
        text += digits[octet >> 4];
        text += digits[octet & 15];
    }
    return text;
}

/// What is behind one access string and octet.
class place {
public:
    place(field f, edition e, const std::string& prefix)
        : judge_(judge::of(f, e)), field_(f), edition_(e), prefix_(prefix), state_(judge_.automaton().start) {
        offset_ = abnf::viable_prefix(judge_.automaton(), judge_.live(), prefix);
        for (const char c : prefix) state_ = judge_.automaton().step(state_, static_cast<unsigned char>(c));
        for (std::size_t i = 0; i <= prefix.size(); ++i) {
            begun_.emplace_back(f, e);
            begun_.back().feed(std::string_view(prefix).substr(0, i));
        }
    }

    /// The first disagreement on the prefix with this suffix, or nothing.
    [[nodiscard]] std::string judge_suffix(const std::string& suffix, cover_figures& n) {
        const std::string value = prefix_ + suffix;
        std::size_t offset = offset_;
        std::uint32_t at = state_;
        for (std::size_t i = prefix_.size(); i < value.size() && offset == i; ++i) {
            at = judge_.automaton().step(at, static_cast<unsigned char>(value[i]));
            if (judge_.live()[at]) ++offset;
        }
        const bool valid = offset == value.size() && judge_.automaton().accepting[at];
        reading whole = begun_[0];
        whole.feed(value);
        whole.finish();
        ++n.values;
        n.valid += valid ? 1 : 0;
        n.readings += value.size() + 2;
        if ((whole.code == error_code::none) != valid) return described(value, "verdict of the tokenizer:");
        if (whole.t.position() != offset) return described(value, "offset of the tokenizer:");
        const peg::verdict grammar = peg::recognise(field_, edition_, value);
        if (grammar.valid != valid) return described(value, "verdict of the grammar:");
        if (!valid && grammar.error_offset != offset) return described(value, "offset of the grammar:");
        if (valid) {
            const std::vector<event> events = judge_.decide(value).events;
            if (events.size() != whole.count || !std::equal(events.begin(), events.end(), whole.events)) {
                return described(value, "events:");
            }
        }
        return same_for_every_cut(value, whole) ? std::string() : described(value, "a cut changes the reading:");
    }

private:
    [[nodiscard]] bool same_for_every_cut(const std::string& value, const reading& whole) const {
        for (std::size_t cut = 0; cut <= value.size(); ++cut) {
            // Readings that have had the first octets of the prefix in one chunk are there.
            reading two = begun_[std::min(cut, prefix_.size())];
            if (cut > prefix_.size()) {
                two = begun_[0];
                two.feed(std::string_view(value).substr(0, cut));
            }
            if (two.code == error_code::none) two.feed(std::string_view(value).substr(cut));
            two.finish();
            if (!two.same_as(whole)) return false;
        }
        return true;
    }

    judge& judge_;
    field field_;
    edition edition_;
    const std::string& prefix_;
    std::size_t offset_;
    std::uint32_t state_;
    std::vector<reading> begun_;
};

}  // namespace

std::string cover_states(field f, edition e, std::size_t longest_suffix, cover_figures& n) {
    judge& j = judge::of(f, e);
    const std::vector<std::string> suffixes = suffixes_of(j.automaton(), longest_suffix);
    const auto access = abnf::access_strings(j.automaton());
    for (std::uint32_t state = 0; state < j.automaton().states(); ++state) {
        if (!j.live()[state]) continue;
        ++n.states;
        for (int octet = 0; octet < 256; ++octet) {
            const std::string prefix = access[state].value() + static_cast<char>(octet);
            place behind(f, e, prefix);
            for (const std::string& suffix : suffixes) {
                if (std::string fault = behind.judge_suffix(suffix, n); !fault.empty()) return fault;
            }
        }
    }
    return {};
}

}  // namespace authgrammar::fuzz
