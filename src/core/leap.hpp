#ifndef AUTHGRAMMAR_CORE_LEAP_HPP
#define AUTHGRAMMAR_CORE_LEAP_HPP

#include <authgrammar/detail/scan.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace authgrammar::detail {

// Of internal linkage, so that each instruction set has a copy of its own.
namespace {

/// Reads whole elements of a list from a chunk: kernels::leap. A `Finder` answers
///
///   start()       the cursor before the first question;
///   odd(i, c)     the first byte from `i` on that is not an AG_ALNUM, outside of quoted-strings;
///   quoted(i, c)  the first byte from `i` on, inside a quoted-string, that is its closing DQUOTE or an AG_NEVER;
///   pass(c)       goes past a byte without asking for it;
///   seen()        up to where it has looked at bytes.
///
/// odd and quoted answer the size of the chunk if there is none, after which nothing is asked again. Each place is asked
/// for exactly once and in the order of the bytes, because a finder may count its answers and not look at `i`. What it has
/// to remember between two questions is the cursor `c`, which the leaper keeps, because that is in a register. The DQUOTE
/// that follows "=", the "," that follows a closing DQUOTE and the SP that follows a "," may be passed over, and no other
/// byte may.
///
/// Whatever has no plain form ends the leap, at the last place where the tokenizer's state says everything.
template <typename Finder>
class leaper {
public:
    leaper(standing& s, passage& p, Finder& finder) noexcept
        : s_(s),
          p_(p),
          find_(finder),
          cursor_(finder.start()),
          data_(p.data),
          size_(p.size),
          start_(p.start),
          names_(s.limits_->name_length),
          values_(s.limits_->value_length),
          list_(kind_of(s.field_) == field_kind::challenges),
          at_(p.at),
          out_(p.out),
          last_(p.last),
          params_(s.limits_->params - s.params_),
          last_end_(s.last_end_),
          empties_(s.empty_elements_),
          most_empties_(s.edition_ == edition::rfc9110_sender ? 0 : s.limits_->empty_elements) {}

    void go() noexcept {
        next to = next::done;
        switch (s_.state_) {
            case AG_START: to = kind_of(s_.field_) == field_kind::info ? next::element : next::scheme; break;
            case AG_COMMA_S:
            case AG_COMMA_S_WS: to = next::scheme; break;
            case AG_COMMA_PS:
            case AG_COMMA_PS_WS: to = next::element; break;
            case AG_SCHEME_SP:
                word_end_ = odd(at_);
                to = next::behind_scheme;
                break;
            default: break;
        }
        while (to != next::done) {
            switch (to) {
                case next::scheme: to = scheme(); break;
                case next::behind_scheme: to = behind_scheme(); break;
                case next::element: to = element(); break;
                case next::other_element: to = other_element(); break;
                default: to = params(); break;
            }
        }
        s_.empty_elements_ = empties_;
        p_.at = at_;
        p_.out = out_;
        p_.seen = find_.seen();
        s_.last_end_ = last_end_;
        s_.params_ = s_.limits_->params - params_;
    }

private:
    enum class next { scheme, behind_scheme, element, other_element, params, done };

    [[nodiscard]] bool is(std::size_t i, char c) const noexcept { return i < size_ && data_[i] == c; }
    [[nodiscard]] int class_at(std::size_t i) const noexcept {
        return ag_class_of[static_cast<unsigned char>(data_[i])];
    }
    [[nodiscard]] std::size_t odd(std::size_t i) noexcept { return find_.odd(i, cursor_); }
    [[nodiscard]] std::size_t quoted(std::size_t i) noexcept { return find_.quoted(i, cursor_); }
    /// The end of the token that begins at `i`, which is likely to be followed by `c`.
    [[nodiscard]] std::size_t token_before(std::size_t i, char c) noexcept {
        const std::size_t end = odd(i);
        return is(end, c) ? end : past_signs(end);
    }
    [[nodiscard]] std::size_t past_signs(std::size_t i) noexcept {
        while (i < size_ && class_at(i) == AG_SIGN) i = odd(i + 1);
        return i;
    }

    [[nodiscard]] bool is_ws(std::size_t i) const noexcept { return Finder::leaps_far && (is(i, ' ') || is(i, '\t')); }
    /// Past white space from `i` on, of which the finder was not asked yet.
    [[nodiscard]] std::size_t past_ws(std::size_t i) noexcept {
        if (!is_ws(i)) return i;
        const white_space ws = skip(find_, cursor_, data_, size_, i);
        cursor_ = ws.cursor;
        return ws.end;
    }
    struct white_space {
        std::size_t end;
        typename Finder::cursor cursor;
    };
    /// Apart, and all by value, so that what is rare takes no register of what is not.
    [[nodiscard, gnu::noinline]] static white_space skip(Finder& find, typename Finder::cursor cursor, const char* data,
                                                         std::size_t size, std::size_t i) noexcept {
        for (; i < size && (data[i] == ' ' || data[i] == '\t'); ++i) (void)find.odd(i, cursor);
        return {i, cursor};
    }
    /// Behind a ",": the end of the word at at_, which goes past white space and empty elements. `end` is what comes
    /// first from at_ on. It is at_ in the end if no word is there.
    [[nodiscard]] std::size_t past_empty(std::size_t end, int behind_comma) noexcept {
        static_assert(AG_COMMA_S_WS == AG_COMMA_S + 1 && AG_COMMA_PS_WS == AG_COMMA_PS + 1);
        while (Finder::leaps_far && end == at_ && end < size_) {
            if (is_ws(end)) {
                stand(behind_comma + 1, end + 1);
            } else if (data_[end] == ',' && empties_ < most_empties_) {
                ++empties_;
                stand(behind_comma, end + 1);
            } else {
                break;
            }
            end = odd(at_);
        }
        return past_signs(end);
    }
    /// The end of the word where an element begins.
    [[nodiscard]] std::size_t first_word() noexcept {
        const std::size_t end = odd(at_);
        if (s_.state_ == AG_START) return past_signs(end);
        const bool scheme_only = s_.state_ == AG_COMMA_S || s_.state_ == AG_COMMA_S_WS;
        return past_empty(end, scheme_only ? AG_COMMA_S : AG_COMMA_PS);
    }

    /// The event of bytes [begin, end) of the chunk.
    void put(event_kind kind, bool quoted, std::size_t begin, std::size_t end) noexcept {
        put_at(kind, quoted, start_ + begin, start_ + end);
    }
    void put_at(event_kind kind, bool quoted, std::uint64_t begin, std::uint64_t end) noexcept {
        // Two bytes at once, which compilers do not see.
        static_assert(offsetof(event, kind) == 0 && offsetof(event, quoted) == 1 && sizeof(bool) == 1);
        const unsigned char head[2] = {static_cast<unsigned char>(kind), static_cast<unsigned char>(quoted)};
        std::memcpy(static_cast<void*>(out_), head, sizeof head);
        out_->begin = static_cast<std::size_t>(begin);
        out_->end = static_cast<std::size_t>(end);
        ++out_;
    }
    [[nodiscard]] bool room() const noexcept { return last_ - out_ >= events_of_element; }
    [[nodiscard]] bool challenge_fits(std::size_t begin, std::size_t end) const noexcept {
        return room() && s_.challenges_ < s_.limits_->challenges && end - begin <= names_;
    }
    void open(std::size_t at) noexcept {
        ++s_.challenges_;
        s_.challenge_begin_ = start_ + at;
        put(event_kind::challenge_begin, false, at, at);
    }
    void close() noexcept { put_at(event_kind::challenge_end, false, s_.challenge_begin_, last_end_); }
    void scheme_is(std::size_t begin, std::size_t end) noexcept {
        put(event_kind::scheme, false, begin, end);
        last_end_ = start_ + end;
        empties_ = 0;
    }

    /// From here on everything is as the state says.
    void stand(int state, std::size_t at) noexcept {
        s_.state_ = static_cast<std::uint8_t>(state);
        at_ = at;
    }
    /// In a word that has begun; the steps go on at `at`.
    next in_word(int state, std::size_t begin, std::size_t at) noexcept {
        s_.word_begin_ = start_ + begin;
        empties_ = 0;
        stand(state, at);
        return next::done;
    }
    /// Behind the "," at `comma`, and the one SP that mostly follows.
    void behind_comma(int state, int state_ws, std::size_t comma) noexcept {
        const bool sp = is(comma + 1, ' ');
        if (sp) Finder::pass(cursor_);
        stand(sp ? state_ws : state, comma + (sp ? 2 : 1));
    }

    /// Nothing but a scheme may begin here.
    next scheme() noexcept {
        const std::size_t end = first_word();
        const std::size_t begin = at_;
        if (end == begin || !challenge_fits(begin, end)) return next::done;
        open(begin);
        if (is(end, ' ')) return params_of(begin, end, odd(end + 1));
        if (!list_ || !is(end, ',')) return in_word(AG_SCHEME, begin, end);
        scheme_is(begin, end);
        close();
        behind_comma(AG_COMMA_S, AG_COMMA_S_WS, end);
        return next::scheme;
    }

    /// The word is the scheme of the challenge that was opened, and SP follows; its first word ends at `word_end`.
    next params_of(std::size_t begin, std::size_t end, std::size_t word_end) noexcept {
        scheme_is(begin, end);
        stand(AG_SCHEME_SP, end + 1);
        word_end_ = word_end;
        return next::behind_scheme;
    }

    /// The first parameter or the token68: the word from at_ to word_end_ may be either.
    next behind_scheme() noexcept {
        std::size_t begin = at_;
        std::size_t end = word_end_;
        // More than a few SP are a run.
        for (int i = 0; i < 4 && end == begin && is(end, ' '); ++i) {
            stand(AG_SCHEME_SP, ++begin);
            end = odd(begin);
        }
        if (end == size_) return end == begin ? next::done : in_word(AG_WORD_T, begin, end);
        if (data_[end] == '=' && end != begin) {
            if (end + 1 == size_ && end - begin <= values_) {
                s_.word_end_ = start_ + end;
                return in_word(AG_WORD_T_EQ, begin, size_);
            }
            const int c = end + 1 == size_ ? int{AG_NEVER} : class_at(end + 1);
            if (c == AG_DQUOTE || c == AG_ALNUM || c == AG_SIGN) {
                return param_is(end, end);
            }
        } else if (is_ws(end) && end != begin) {
            // BWS before "=" decides for a parameter.
            const std::size_t behind = past_ws(end + 1);
            if (is(behind, '=')) {
                (void)odd(behind);
                return param_is(end, behind);
            }
            if (!is(behind, ',')) return in_word(AG_WORD_T, begin, end);
            return token68_is(begin, end, end, behind);
        }
        return token68(begin, end);
    }

    /// The word from at_ to `end` is a parameter name, and "=" stands at `equals`.
    next param_is(std::size_t end, std::size_t equals) noexcept {
        word_end_ = end;
        equals_ = equals;
        return next::params;
    }

    next token68(std::size_t begin, std::size_t end) noexcept {
        const std::size_t word = end;
        bool slash = false;
        while (is(end, '/')) {
            slash = true;
            end = odd(end + 1);
        }
        const std::size_t equals = end;
        while (equals != begin && is(end, '=')) {
            const std::size_t next_odd = odd(++end);
            if (next_odd != end) break;
        }
        if (end == size_ && end != begin && end - begin <= values_) {
            const std::size_t padding = end - equals;
            s_.word_end_ = padding == 1 && !slash ? start_ + equals : s_.word_end_;
            return in_word(state_by_padding[slash ? 1 : 0][padding < 2 ? padding : 2], begin, end);
        }
        if (end == begin) return next::done;
        return token68_is(begin, word, end, is_ws(end) ? past_ws(end + 1) : end);
    }

    /// The bytes from `begin` to `end` are a token68 if "," stands at `comma`; else the steps go on at `word`.
    next token68_is(std::size_t begin, std::size_t word, std::size_t end, std::size_t comma) noexcept {
        if (!is(comma, ',') || !list_ || !room() || end - begin > values_) {
            return word == begin ? next::done : in_word(AG_WORD_T, begin, word);
        }
        if (comma != end) (void)odd(comma);
        put(event_kind::token68, false, begin, end);
        last_end_ = start_ + end;
        close();
        behind_comma(AG_COMMA_S, AG_COMMA_S_WS, comma);
        return next::scheme;
    }

    /// A parameter, or in a list of challenges another scheme.
    next element() noexcept {
        const std::size_t end = first_word();
        if (end == at_) return next::done;
        word_end_ = end;
        return is(end, '=') ? param_is(end, end) : next::other_element;
    }

    /// The word from at_ to word_end_ has no "=" behind it.
    next other_element() noexcept {
        const std::size_t begin = at_;
        const std::size_t end = word_end_;
        const int word = list_ ? AG_WORD_PS : AG_NAME;
        if (is(end, ' ') || is_ws(end)) {
            const std::size_t behind = past_ws(end + 1);
            if (is(behind, '=')) {
                (void)odd(behind);
                return param_is(end, behind);
            }
            // Only what is neither white space, "," nor "=" makes a scheme of the word.
            const bool scheme = list_ && data_[end] == ' ' && behind == end + 1 && behind < size_ &&
                                class_at(behind) == AG_ALNUM && challenge_fits(begin, end);
            if (!scheme) return in_word(word, begin, end);
            close();
            open(begin);
            return params_of(begin, end, odd(behind));
        }
        if (!list_ || !is(end, ',') || !challenge_fits(begin, end)) return in_word(word, begin, end);
        close();
        open(begin);
        scheme_is(begin, end);
        close();
        behind_comma(AG_COMMA_S, AG_COMMA_S_WS, end);
        return next::scheme;
    }

    /// The word from at_ to word_end_, where "=" stands, is a parameter name; and so on.
    next params() noexcept {
        std::size_t begin = at_;
        std::size_t name_end = word_end_;
        std::size_t equals = equals_;
        event* const first_out = out_;
        event* counted = out_;  // where empty elements were counted last
        const auto most = static_cast<std::size_t>(last_ - out_) / 2;
        event* const stop = out_ + 2 * (most < params_ ? most : params_);
        next to = next::done;
        while (out_ < stop && name_end - begin <= names_) {
            std::size_t first = equals + 1;
            std::size_t end;
            bool in_quotes = is(first, '"');
            if (!in_quotes && __builtin_expect(is_ws(first), 0)) {
                first = past_ws(first);
                in_quotes = is(first, '"');
            }
            if (in_quotes) {
                Finder::pass(cursor_);
                end = quoted(first + 1);
                if (!is(end, '"')) {
                    to = quoted_that_is_cut(begin, name_end, first + 1, end);
                    break;
                }
                if (end - first - 1 > values_) break;
                put(event_kind::param_name, false, begin, name_end);
                put(event_kind::param_value, true, first + 1, end);
                last_end_ = start_ + ++end;
                if (!is(end, ',')) {
                    stand(AG_VALUE_END, end);
                    end = past_ws(end);
                    if (!is(end, ',')) break;
                }
                Finder::pass(cursor_);
            } else {
                end = token_before(first, ',');
                if (end == first || end - first > values_) break;
                put(event_kind::param_name, false, begin, name_end);
                const std::size_t comma = is_ws(end) ? past_ws(end + 1) : end;
                if (!is(comma, ',')) {
                    to = in_word(AG_VALUE, first, end);
                    break;
                }
                put(event_kind::param_value, false, first, end);
                last_end_ = start_ + end;
                if (comma != end) {
                    (void)odd(comma);
                    end = comma;
                }
            }
            behind_comma(AG_COMMA_PS, AG_COMMA_PS_WS, end);
            equals = token_before(at_, '=');
            if (__builtin_expect(equals == at_, 0)) {
                empties_ = 0;
                counted = out_;
                equals = past_empty(equals, AG_COMMA_PS);
            }
            begin = at_;
            if (equals == begin) break;
            if (!is(equals, '=')) {
                word_end_ = equals;
                to = next::other_element;
                break;
            }
            name_end = equals;
        }
        params_ -= static_cast<std::uint32_t>((out_ - first_out + 1) / 2);
        if (out_ != counted) empties_ = 0;
        return to;
    }

    /// A quoted value that goes on in the next chunk, or holds at `end` what it cannot hold.
    next quoted_that_is_cut(std::size_t begin, std::size_t name_end, std::size_t value, std::size_t end) noexcept {
        // Whether the backslash escapes what follows, the steps have to find out.
        if (data_[end - 1] == '\\') return next::done;
        put(event_kind::param_name, false, begin, name_end);
        return in_word(AG_QUOTED, value, end);
    }

    standing& s_;
    passage& p_;
    Finder& find_;
    typename Finder::cursor cursor_;
    // What is used again and again lies here: the events are written through a pointer that might lead anywhere.
    const char* const data_;
    const std::size_t size_;
    const std::uint64_t start_;
    const std::uint64_t names_;
    const std::uint64_t values_;
    const bool list_;
    std::size_t at_;
    std::size_t word_end_ = 0;
    std::size_t equals_ = 0;
    event* out_;
    event* const last_;
    std::uint32_t params_;  // as many more may come
    std::uint64_t last_end_;
    std::uint32_t empties_;
    const std::uint32_t most_empties_;
};

/// Goes past what stands between a place where a leap can begin and the first byte of the element: "," and one SP.
/// False if there is nothing to leap over.
inline bool ready_to_leap(standing& s, passage& p) noexcept {
    if (s.state_ == AG_VALUE_END && p.at < p.size && p.data[p.at] == ',') {
        s.state_ = AG_COMMA_PS;
        ++p.at;
    }
    if ((s.state_ == AG_COMMA_PS || s.state_ == AG_COMMA_S) && p.at < p.size && p.data[p.at] == ' ') {
        s.state_ = s.state_ == AG_COMMA_PS ? AG_COMMA_PS_WS : AG_COMMA_S_WS;
        ++p.at;
    }
    return p.at < p.size;
}

}  // namespace

}  // namespace authgrammar::detail

#endif
