#ifndef AUTHGRAMMAR_CORE_BULK_ELEMENT_READER_HPP
#define AUTHGRAMMAR_CORE_BULK_ELEMENT_READER_HPP

#include <authgrammar/detail/bulk.hpp>
#include <authgrammar/detail/portability.hpp>
#include <authgrammar/detail/step_tables.hpp>

#include "token68.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace authgrammar::detail {

// Of internal linkage, so that each instruction set has a copy of its own.
namespace {

/// Reads whole elements of a list from a chunk: see read_elements() in detail/bulk.hpp. A `Source` finds delimiters:
///
///   start()               the cursor before the first lookup;
///   next_delimiter(i, c)  the first byte from `i` on that is not an AG_ALNUM, outside of quoted-strings;
///   quoted_end(i, c)      in a quoted-string, the first byte from `i` on that is its closing DQUOTE or an AG_NEVER;
///   skip(c)               goes past a byte that need not be looked up;
///   scanned()             the index up to which it has looked at bytes;
///   crosses_ows           whether OWS and empty elements are worth crossing here, or are left to the steps.
///
/// A lookup returns the size of the chunk if there is none, after which nothing is looked up again. Each place is
/// looked up exactly once and in the order of the bytes, because a source may count its answers and not look at `i`.
/// What it has to remember between two lookups is the cursor `c`, which the reader keeps, because that is in a
/// register. The DQUOTE that follows "=", the "," that follows a closing DQUOTE and the SP that follows a "," may be
/// skipped, and no other byte may.
///
/// Whatever has no plain form ends the reading, at the last place where the tokenizer's state says everything.
template <typename Source>
class element_reader {
public:
    element_reader(tokenizer_state& s, bulk_chunk& chunk, Source& source) noexcept
        : s_(s),
          chunk_(chunk),
          source_(source),
          cursor_(source.start()),
          data_(chunk.data),
          size_(chunk.size),
          start_(chunk.start),
          names_(s.limits_->name_length),
          values_(s.limits_->value_length),
          list_(s.kind_ == field_kind::challenges),
          at_(chunk.at),
          out_(chunk.out),
          last_(chunk.last),
          room_end_(last_ - out_ >= events_of_element ? last_ - events_of_element + 1 : nullptr),
          params_left_(s.params_left()),
          last_end_(s.last_end_),
          empty_(s.empty_elements_),
          most_empty_((s.flags_ & AG_EMPTY_ELEMENTS) != 0 ? s.limits_->empty_elements : 0) {}

    void run() noexcept {
        const std::uint32_t params_before = params_left_;
        next to = first_part();
        while (to != next::done) {
            switch (to) {
                case next::scheme: to = scheme(); break;
                case next::after_scheme: to = after_scheme(); break;
                case next::element: to = element(); break;
                case next::undecided_word: to = undecided_word(); break;
                case next::params: to = params(); break;
                case next::done: break;
            }
        }
        s_.empty_elements_ = empty_;
        chunk_.at = at_;
        chunk_.out = out_;
        chunk_.scanned = source_.scanned();
        s_.last_end_ = last_end_;
        s_.params_ += params_before - params_left_;
    }

private:
    /// What is read next.
    enum class next { scheme, after_scheme, element, undecided_word, params, done };

    [[nodiscard]] next first_part() noexcept {
        switch (s_.state_) {
            case AG_START: return s_.kind_ == field_kind::info ? next::element : next::scheme;
            case AG_LEADING_COMMA:
            case AG_COMMA_S:
            case AG_COMMA_S_WS: return next::scheme;
            case AG_COMMA_PS:
            case AG_COMMA_PS_WS: return next::element;
            case AG_SCHEME_SP: word_end_ = next_delimiter(at_); return next::after_scheme;
            default: return next::done;
        }
    }

    [[nodiscard]] bool is(std::size_t i, char c) const noexcept { return i < size_ && data_[i] == c; }
    [[nodiscard]] int class_at(std::size_t i) const noexcept { return class_of(data_[i]); }
    [[nodiscard]] std::size_t next_delimiter(std::size_t i) noexcept { return source_.next_delimiter(i, cursor_); }
    [[nodiscard]] std::size_t quoted_end(std::size_t i) noexcept { return source_.quoted_end(i, cursor_); }
    /// The end of the token that begins at `i`, which is likely to be followed by `c`.
    [[nodiscard]] std::size_t token_before(std::size_t i, char c) noexcept {
        const std::size_t end = next_delimiter(i);
        return is(end, c) ? end : past_signs(end);
    }
    [[nodiscard]] std::size_t past_signs(std::size_t i) noexcept {
        while (i < size_ && class_at(i) == AG_SIGN) i = next_delimiter(i + 1);
        return i;
    }

    [[nodiscard]] bool is_ws(std::size_t i) const noexcept {
        return Source::crosses_ows && (is(i, ' ') || is(i, '\t'));
    }
    /// Past OWS from `i` on, of which nothing was looked up yet.
    [[nodiscard]] std::size_t past_ws(std::size_t i) noexcept {
        if (!is_ws(i)) return i;
        const ows_end ows = skip_ows(source_, cursor_, data_, size_, i);
        cursor_ = ows.cursor;
        return ows.end;
    }
    struct ows_end {
        std::size_t end;
        typename Source::cursor cursor;
    };
    /// Not inline, and all by value, so that what is rare takes no register of what is not.
    [[nodiscard]] AUTHGRAMMAR_NOINLINE static ows_end skip_ows(Source& source, typename Source::cursor cursor,
                                                               const char* data, std::size_t size,
                                                               std::size_t i) noexcept {
        for (; i < size && (data[i] == ' ' || data[i] == '\t'); ++i) (void)source.next_delimiter(i, cursor);
        return {i, cursor};
    }
    /// After a ",": moves at_ past OWS and empty elements to the next word, and returns the end of that word, which is
    /// at_ if there is none. `end` is the first delimiter from at_ on.
    [[nodiscard]] std::size_t past_empty(std::size_t end, int after_comma) noexcept {
        static_assert(AG_COMMA_S_WS == AG_COMMA_S + 1 && AG_COMMA_PS_WS == AG_COMMA_PS + 1);
        while (Source::crosses_ows && end == at_ && end < size_) {
            if (is_ws(end)) {
                commit(after_comma + 1, end + 1);
            } else if (data_[end] == ',' && empty_ < most_empty_) {
                ++empty_;
                commit(after_comma, end + 1);
            } else {
                break;
            }
            end = next_delimiter(at_);
        }
        return past_signs(end);
    }
    /// The end of the word with which an element begins.
    [[nodiscard]] std::size_t first_word() noexcept {
        const std::size_t end = next_delimiter(at_);
        switch (s_.state_) {
            case AG_COMMA_S:
            case AG_COMMA_S_WS: return past_empty(end, AG_COMMA_S);
            case AG_COMMA_PS:
            case AG_COMMA_PS_WS: return past_empty(end, AG_COMMA_PS);
            default: return past_signs(end);
        }
    }

    [[nodiscard]] std::uint32_t position_of(std::size_t index) const noexcept {
        return start_ + static_cast<std::uint32_t>(index);
    }
    /// The event of bytes [begin, end) of the chunk.
    void emit(event_kind kind, bool quoted, std::size_t begin, std::size_t end) noexcept {
        emit_at(kind, quoted, position_of(begin), position_of(end));
    }
    void emit_at(event_kind kind, bool quoted, std::uint32_t begin, std::uint32_t end) noexcept {
        // Two stores instead of four, which compilers do not see.
        static_assert(offsetof(event, kind) == 0 && offsetof(event, quoted) == 1 && sizeof(bool) == 1);
        const unsigned char head[2] = {static_cast<unsigned char>(kind), static_cast<unsigned char>(quoted)};
        std::memcpy(static_cast<void*>(out_), head, sizeof head);
#if AUTHGRAMMAR_IS_LITTLE_ENDIAN
        static_assert(offsetof(event, end) == offsetof(event, begin) + 4);
        const std::uint64_t range = begin | std::uint64_t{end} << 32;
        std::memcpy(static_cast<void*>(&out_->begin), &range, sizeof range);
#else
        out_->begin = begin;
        out_->end = end;
#endif
        ++out_;
    }
    [[nodiscard]] bool has_room() const noexcept { return out_ < room_end_; }
    [[nodiscard]] bool challenge_fits(std::size_t begin, std::size_t end) const noexcept {
        return has_room() && s_.challenges_left() && end - begin <= names_;
    }
    void open(std::size_t at) noexcept {
        ++s_.challenges_;
        s_.challenge_begin_ = position_of(at);
        emit(event_kind::challenge_begin, false, at, at);
    }
    void close() noexcept { emit_at(event_kind::challenge_end, false, s_.challenge_begin_, last_end_); }
    void emit_scheme(std::size_t begin, std::size_t end) noexcept {
        emit(event_kind::scheme, false, begin, end);
        last_end_ = position_of(end);
        empty_ = 0;
    }

    /// Up to index `at` everything is read, and the tokenizer is in `state`.
    void commit(int state, std::size_t at) noexcept {
        s_.state_ = static_cast<std::uint8_t>(state);
        at_ = at;
    }
    /// The same in a word that began at `begin`; the steps read on.
    next commit_in_word(int state, std::size_t begin, std::size_t at) noexcept {
        s_.word_begin_ = position_of(begin);
        empty_ = 0;
        commit(state, at);
        return next::done;
    }
    /// The same after the "," at `comma` and the one SP that mostly follows.
    void commit_after_comma(int state, int state_ws, std::size_t comma) noexcept {
        const bool sp = is(comma + 1, ' ');
        if (sp) Source::skip(cursor_);
        commit(sp ? state_ws : state, comma + (sp ? 2 : 1));
    }

    /// Nothing but a scheme may begin here.
    next scheme() noexcept {
        const std::size_t end = first_word();
        const std::size_t begin = at_;
        if (end == begin || !challenge_fits(begin, end)) return next::done;
        open(begin);
        if (is(end, ' ')) return after_scheme_sp(begin, end, next_delimiter(end + 1));
        if (!list_ || !is(end, ',')) return commit_in_word(AG_SCHEME, begin, end);
        emit_scheme(begin, end);
        close();
        commit_after_comma(AG_COMMA_S, AG_COMMA_S_WS, end);
        return next::scheme;
    }

    /// [begin, end) is the scheme of the challenge that was opened, and SP follows; the word after it ends at
    /// `word_end`.
    next after_scheme_sp(std::size_t begin, std::size_t end, std::size_t word_end) noexcept {
        emit_scheme(begin, end);
        commit(AG_SCHEME_SP, end + 1);
        word_end_ = word_end;
        return next::after_scheme;
    }

    /// The first parameter or the token68: the word from at_ to word_end_ may be either.
    next after_scheme() noexcept {
        std::size_t begin = at_;
        std::size_t end = word_end_;
        // More than a few SP are left to the run scanner.
        for (int i = 0; i < 4 && end == begin && is(end, ' '); ++i) {
            commit(AG_SCHEME_SP, ++begin);
            end = next_delimiter(begin);
        }
        if (end == size_) return end == begin ? next::done : commit_in_word(AG_WORD_T, begin, end);
        if (data_[end] == '=' && end != begin) {
            if (end + 1 == size_ && end - begin <= values_) {
                s_.word_end_ = position_of(end);
                return commit_in_word(AG_WORD_T_EQ, begin, size_);
            }
            const int c = end + 1 == size_ ? int{AG_NEVER} : class_at(end + 1);
            if (c == AG_DQUOTE || c == AG_ALNUM || c == AG_SIGN) {
                return params_from(end, end);
            }
        } else if (is_ws(end) && end != begin) {
            // BWS before "=" decides for a parameter.
            const std::size_t behind = past_ws(end + 1);
            if (is(behind, '=')) {
                (void)next_delimiter(behind);
                return params_from(end, behind);
            }
            if (!is(behind, ',')) return commit_in_word(AG_WORD_T, begin, end);
            return token68_before_comma(begin, end, end, behind);
        }
        return token68(begin, end);
    }

    /// The word from at_ to `end` is a parameter name, and its "=" is at `equals`.
    next params_from(std::size_t end, std::size_t equals) noexcept {
        word_end_ = end;
        equals_ = equals;
        return next::params;
    }

    /// A token68, if it is one, that begins with the word [begin, word).
    next token68(std::size_t begin, std::size_t word) noexcept {
        const token68_extent<Source> token = find_token68_end(source_, cursor_, data_, size_, begin, word);
        cursor_ = token.cursor;
        const std::size_t end = token.end;
        if (end == begin) return next::done;
        if (end == size_ && end - begin <= values_) {
            if (token.state == AG_WORD_T_EQ) s_.word_end_ = position_of(token.equals);
            return commit_in_word(token.state, begin, end);
        }
        return token68_before_comma(begin, word, end, is_ws(end) ? past_ws(end + 1) : end);
    }

    /// The bytes from `begin` to `end` are a token68 if there is a "," at `comma`; else the steps read on at `word`.
    next token68_before_comma(std::size_t begin, std::size_t word, std::size_t end, std::size_t comma) noexcept {
        if (!is(comma, ',') || !list_ || !has_room() || end - begin > values_) {
            return word == begin ? next::done : commit_in_word(AG_WORD_T, begin, word);
        }
        if (comma != end) (void)next_delimiter(comma);
        emit(event_kind::token68, false, begin, end);
        last_end_ = position_of(end);
        close();
        commit_after_comma(AG_COMMA_S, AG_COMMA_S_WS, comma);
        return next::scheme;
    }

    /// A parameter, or in a list of challenges another scheme.
    next element() noexcept {
        const std::size_t end = first_word();
        if (end == at_) return next::done;
        word_end_ = end;
        return is(end, '=') ? params_from(end, end) : next::undecided_word;
    }

    /// The word from at_ to word_end_ has no "=" right after it.
    next undecided_word() noexcept {
        const std::size_t begin = at_;
        const std::size_t end = word_end_;
        const int word = list_ ? AG_WORD_PS : AG_NAME;
        if (is(end, ' ') || is_ws(end)) {
            const std::size_t behind = past_ws(end + 1);
            if (is(behind, '=')) {
                (void)next_delimiter(behind);
                return params_from(end, behind);
            }
            // Only what is neither white space, "," nor "=" makes a scheme of the word.
            const bool scheme = list_ && data_[end] == ' ' && behind == end + 1 && behind < size_ &&
                                class_at(behind) == AG_ALNUM && challenge_fits(begin, end);
            if (!scheme) return commit_in_word(word, begin, end);
            close();
            open(begin);
            return after_scheme_sp(begin, end, next_delimiter(behind));
        }
        if (!list_ || !is(end, ',') || !challenge_fits(begin, end)) return commit_in_word(word, begin, end);
        close();
        open(begin);
        emit_scheme(begin, end);
        close();
        commit_after_comma(AG_COMMA_S, AG_COMMA_S_WS, end);
        return next::scheme;
    }

    /// Parameters, the name of the first of which is the word from at_ to word_end_.
    next params() noexcept {
        std::size_t begin = at_;
        std::size_t name_end = word_end_;
        std::size_t equals = equals_;
        event* const first_out = out_;
        event* counted = out_;  // where empty elements were counted last
        const auto most = static_cast<std::size_t>(last_ - out_) / 2;
        event* const stop = out_ + 2 * (most < params_left_ ? most : params_left_);
        next to = next::done;
        while (out_ < stop && name_end - begin <= names_) {
            std::size_t first = equals + 1;
            std::size_t end;
            bool in_quotes = is(first, '"');
            if (!in_quotes && AUTHGRAMMAR_UNLIKELY(is_ws(first))) {
                first = past_ws(first);
                in_quotes = is(first, '"');
            }
            if (in_quotes) {
                Source::skip(cursor_);
                end = quoted_end(first + 1);
                if (!is(end, '"')) {
                    to = cut_quoted(begin, name_end, first + 1, end);
                    break;
                }
                if (end - first - 1 > values_) break;
                emit(event_kind::param_name, false, begin, name_end);
                emit(event_kind::param_value, true, first + 1, end);
                last_end_ = position_of(++end);
                if (!is(end, ',')) {
                    commit(AG_VALUE_END, end);
                    end = past_ws(end);
                    if (!is(end, ',')) break;
                }
                Source::skip(cursor_);
            } else {
                end = token_before(first, ',');
                if (end == first || end - first > values_) break;
                emit(event_kind::param_name, false, begin, name_end);
                const std::size_t comma = is_ws(end) ? past_ws(end + 1) : end;
                if (!is(comma, ',')) {
                    to = commit_in_word(AG_VALUE, first, end);
                    break;
                }
                emit(event_kind::param_value, false, first, end);
                last_end_ = position_of(end);
                if (comma != end) {
                    (void)next_delimiter(comma);
                    end = comma;
                }
            }
            commit_after_comma(AG_COMMA_PS, AG_COMMA_PS_WS, end);
            equals = token_before(at_, '=');
            if (AUTHGRAMMAR_UNLIKELY(equals == at_)) {
                empty_ = 0;
                counted = out_;
                equals = past_empty(equals, AG_COMMA_PS);
            }
            begin = at_;
            if (equals == begin) break;
            if (!is(equals, '=')) {
                word_end_ = equals;
                to = next::undecided_word;
                break;
            }
            name_end = equals;
        }
        params_left_ -= static_cast<std::uint32_t>((out_ - first_out + 1) / 2);
        if (out_ != counted) empty_ = 0;
        return to;
    }

    /// A quoted value that goes on in the next chunk, or holds at `end` what it cannot hold.
    next cut_quoted(std::size_t begin, std::size_t name_end, std::size_t value, std::size_t end) noexcept {
        // Whether the backslash escapes what follows, the steps have to find out.
        if (data_[end - 1] == '\\') return next::done;
        emit(event_kind::param_name, false, begin, name_end);
        return commit_in_word(AG_QUOTED, value, end);
    }

    tokenizer_state& s_;
    bulk_chunk& chunk_;
    Source& source_;
    typename Source::cursor cursor_;
    // Copies of what is used again and again: the events are written through a pointer that might lead anywhere.
    const char* const data_;
    const std::size_t size_;
    const std::uint32_t start_;
    const std::size_t names_;   // the length of a name at most
    const std::size_t values_;  // and of a value
    const bool list_;
    std::size_t at_;
    std::size_t word_end_ = 0;
    std::size_t equals_ = 0;
    event* out_;
    event* const last_;
    event* const room_end_;  // before it the events of one more element have room
    std::uint32_t params_left_;
    std::uint32_t last_end_;
    std::uint32_t empty_;
    const std::uint32_t most_empty_;
};

/// The state after a "," in a state where one ends the element before, or AG_DEAD in other states.
[[nodiscard]] constexpr int state_after_comma(int state) noexcept {
    switch (state) {
        case AG_VALUE_END:
        case AG_VALUE_WS:
        case AG_SCHEME_SP_HTAB: return AG_COMMA_PS;
        case AG_SCHEME_HTAB:
        case AG_TOKEN68_WS: return AG_COMMA_S;
        default: return AG_DEAD;
    }
}

/// Whether reading begins in that state, no "," coming first.
[[nodiscard, maybe_unused]] constexpr bool first_part_reads(int state) noexcept {
    switch (state) {
        case AG_START:
        case AG_LEADING_COMMA:
        case AG_COMMA_S:
        case AG_COMMA_S_WS:
        case AG_COMMA_PS:
        case AG_COMMA_PS_WS:
        case AG_SCHEME_SP: return true;
        default: return false;
    }
}

/// Goes past what is between the end of an element and the next one: "," and one SP. False if nothing can be read
/// there.
inline bool enter_element(tokenizer_state& s, bulk_chunk& chunk) noexcept {
    const auto next_is = [&](char c) { return chunk.at < chunk.size && chunk.data[chunk.at] == c; };
    if (s.state_ == AG_START) return chunk.at < chunk.size;
    // The steps read runs of "," faster.
    if (s.state_ == AG_LEADING_COMMA) return chunk.at < chunk.size && !next_is(',');
    const int after_comma = state_after_comma(s.state_);
    if (after_comma != AG_DEAD) {
        if (!next_is(',')) return false;
        s.state_ = static_cast<std::uint8_t>(after_comma);
        ++chunk.at;
    }
    if ((s.state_ == AG_COMMA_PS || s.state_ == AG_COMMA_S) && next_is(' ')) {
        s.state_ = s.state_ == AG_COMMA_PS ? AG_COMMA_PS_WS : AG_COMMA_S_WS;
        ++chunk.at;
    }
    return chunk.at < chunk.size;
}

}  // namespace

}  // namespace authgrammar::detail

#endif
