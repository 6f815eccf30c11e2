#ifndef AUTHGRAMMAR_DETAIL_WALK_HPP
#define AUTHGRAMMAR_DETAIL_WALK_HPP

// How the tokenizer walks over a chunk: the definitions of its templates.

#include <authgrammar/detail/step.h>
#include <authgrammar/detail/fragments.hpp>
#include <authgrammar/detail/scan.hpp>
#include <authgrammar/detail/step_table.hpp>
#include <authgrammar/tokenizer.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace authgrammar {

template <typename Consumer>
error_code tokenizer::feed(std::string_view chunk, Consumer& consumer) noexcept {
    if (status_ != error_code::none) return status_;
    if (state_ == AG_DEAD) return status_ = error_code::fed_after_finish;
    const std::uint64_t room = limits_->total_bytes - position_;
    const bool over = chunk.size() > room;
    if (over) chunk.remove_suffix(chunk.size() - static_cast<std::size_t>(room));
    const detail::kernels* const kernels = detail::active_kernels;
    if (kernels != nullptr && chunk.size() >= shortest_leap) {
        if (!detail::takes_text<Consumer>::value && state_ == AG_START && chunk.size() < 64 && !over &&
            kind_of(field_) == field_kind::credentials && chunk.size() <= limits_->value_length &&
            chunk.size() <= limits_->name_length) {
            const detail::token68_form form = kernels->token68(chunk.data(), chunk.size());
            if (form.begin != 0) return leap_token68(form, chunk.size(), consumer) ? error_code::none : status_;
        }
        detail::block_scanner scanner(chunk.data(), chunk.size(), *kernels);
        if (!walk(chunk, scanner, consumer)) return status_;
    } else {
        detail::byte_scanner scanner(chunk.data(), chunk.size());
        if (!walk(chunk, scanner, consumer)) return status_;
    }
    return over ? refuse(error_code::limit_total_bytes, position_) : error_code::none;
}

/// Runs by the scanner, everything between them by the table of steps; parameters in one leap where they are whole.
template <typename Scanner, typename Consumer>
bool tokenizer::walk(std::string_view chunk, Scanner& scanner, Consumer& consumer) noexcept {
    const auto& steps = detail::languages.of[language()][kind()].step;
    const std::uint64_t start = position_;
    const bool may_leap = !detail::takes_text<Consumer>::value && chunk.size() >= shortest_leap &&
                          chunk.size() <= limits_->name_length && chunk.size() <= limits_->value_length;
    detail::fragments<Consumer> text(consumer, start);
    cursor at{chunk, start, 0, state_};
    for (;;) {
        if (const unsigned loop = detail::loops.of[at.state]; loop != detail::run_none && at.i < chunk.size()) {
            text.take(at.i, detail::role_in(at.state));
            at.i = scanner.run(loop, at.i);
        }
        if (word_too_long(at.state, start + at.i)) {
            if (position_ >= start) (void)text.flush(chunk, static_cast<std::size_t>(position_ - start));
            return false;
        }
        if (at.i == chunk.size()) break;
        if (may_leap) {
            const std::size_t from = at.i;
            if (!leap(at, scanner, consumer)) return false;
            if (at.i != from) continue;
        }
        position_ = start + at.i;
        const int c = ag_class_of[static_cast<unsigned char>(chunk[at.i])];
        const ag_step_result step = steps[at.state][c];
        const int next = static_cast<int>(step & 0xFF);
        if (next == AG_DEAD) {
            // The value is refused whether the consumer still wants this text or not.
            (void)text.flush(chunk, at.i);
            state_ = static_cast<std::uint8_t>(at.state);
            (void)refuse(detail::code_for(edition_, kind_of(field_), at.state, c), position_);
            return false;
        }
        if (step == (AG_EMPTY | static_cast<ag_step_result>(at.state))) {
            const std::size_t after = scanner.run(detail::run_comma, at.i);
            if (!commas(after - at.i)) return false;
            at.i = after;
            continue;
        }
        if (!text.before(chunk, at.i, at.state, step, word_end_)) {
            (void)refuse(error_code::stopped, position_);
            return false;
        }
        if (step > 0xFF && !act(step, consumer)) {
            (void)text.flush(chunk, at.i);
            return false;
        }
        text.after(at.i, step);
        at.state = next;
        ++at.i;
    }
    state_ = static_cast<std::uint8_t>(at.state);
    position_ = start + chunk.size();
    if (text.flush(chunk, chunk.size())) return true;
    (void)refuse(error_code::stopped, position_);
    return false;
}

/// Where a scheme or a parameter begins, and its end is in the chunk too: reads it, and what follows it, at once.
/// Else leaves everything as it is. It says what the steps would say, at the same positions. False: refused.
template <typename Scanner, typename Consumer>
bool tokenizer::leap(cursor& at, Scanner& scanner, Consumer& consumer) noexcept {
    const char* const data = at.chunk.data();
    const std::size_t size = at.chunk.size();
    switch (at.state) {
        case AG_START:
        case AG_COMMA_S:
        case AG_COMMA_S_WS: {
            if (kind_of(field_) == field_kind::info) return true;
            const std::size_t end = scanner.run(detail::run_tchar, at.i);
            if (end == at.i || end == size) return true;
            const bool bare = data[end] == ',' && kind_of(field_) == field_kind::challenges;
            if (data[end] != ' ' && !bare) return true;
            position_ = at.start + at.i;
            if (!open(position_, consumer)) return false;
            position_ = at.start + end;
            if (!leap_scheme(at, end, consumer)) return false;
            if (!bare) return true;
            at.state = AG_COMMA_S;
            return close(consumer);
        }
        case AG_SCHEME_SP: {
            const std::size_t end = scanner.run(detail::run_alnum, at.i);
            if (end == at.i) return true;
            if (end != size && data[end] == '=') return leap_params(at, end, true, scanner, consumer);
            word_begin_ = at.start + at.i;
            empty_elements_ = 0;
            at.state = AG_WORD_T;
            at.i = end;
            return true;
        }
        case AG_COMMA_PS:
        case AG_COMMA_PS_WS: {
            const std::size_t end = scanner.run(detail::run_tchar, at.i);
            if (end == at.i || end == size) return true;
            if (data[end] == '=') return leap_params(at, end, false, scanner, consumer);
            if (data[end] != ' ' || end + 1 == size || kind_of(field_) != field_kind::challenges) return true;
            // Only what is neither white space, "," nor "=" makes a scheme of the word.
            const int after = ag_class_of[static_cast<unsigned char>(data[end + 1])];
            if (after != AG_ALNUM && after != AG_SIGN && after != AG_SLASH) return true;
            position_ = at.start + end + 1;
            return close(consumer) && open(at.start + at.i, consumer) && leap_scheme(at, end, consumer);
        }
        default: return true;
    }
}

/// The word from the cursor to `end`, after which SP stands, is the scheme of the challenge that was opened.
template <typename Consumer>
bool tokenizer::leap_scheme(cursor& at, std::size_t end, Consumer& consumer) noexcept {
    word_begin_ = at.start + at.i;
    word_end_ = at.start + end;
    empty_elements_ = 0;
    at.state = AG_SCHEME_SP;
    at.i = end + 1;
    return item(AG_ITEM_SCHEME, consumer);
}

/// The word from the cursor to `equals`, where "=" stands, may be a parameter name. `late`: it may also be a token68,
/// so that only the value's first byte decides.
template <typename Scanner, typename Consumer>
bool tokenizer::leap_params(cursor& at, std::size_t equals, bool late, Scanner& scanner, Consumer& consumer) noexcept {
    const char* const data = at.chunk.data();
    const std::size_t size = at.chunk.size();
    for (;;) {
        const std::size_t first = equals + 1;
        if (first == size) break;
        const bool quoted = data[first] == '"';
        const std::size_t begin = quoted ? first + 1 : first;
        std::size_t end = scanner.run(quoted ? detail::run_quoted : detail::run_tchar, begin);
        if (quoted) {
            while (end < size && data[end] == '\\' && end + 1 < size &&
                   ag_class_of[static_cast<unsigned char>(data[end + 1])] != AG_NEVER) {
                end = scanner.run(detail::run_quoted, end + 2);
            }
        }
        if (end == size || data[end] != (quoted ? '"' : ',') || (!quoted && end == begin)) break;

        word_begin_ = at.start + at.i;
        word_end_ = at.start + equals;
        position_ = late ? at.start + first : word_end_;
        if (!item(AG_ITEM_NAME, consumer)) return false;
        word_begin_ = at.start + begin;
        word_end_ = position_ = at.start + end;
        last_end_ = quoted ? position_ + 1 : position_;
        if (!send(event_kind::param_value, quoted, word_begin_, word_end_, consumer)) return false;
        empty_elements_ = 0;
        late = false;

        at.i = quoted ? end + 1 : end;
        at.state = quoted ? AG_VALUE_END : AG_VALUE;
        if (at.i == size || data[at.i] != ',') return true;
        ++at.i;
        at.state = AG_COMMA_PS;
        if (at.i < size && data[at.i] == ' ') {
            ++at.i;
            at.state = AG_COMMA_PS_WS;
        }
        equals = scanner.run(detail::run_tchar, at.i);
        if (equals == at.i || equals == size || data[equals] != '=') return true;
    }
    if (late) {
        word_begin_ = at.start + at.i;
        empty_elements_ = 0;
        at.state = AG_WORD_T;
        at.i = equals;
    }
    return true;
}

/// The whole value so far is a scheme and a token68, the form of most credentials. Without branches on its lengths.
template <typename Consumer>
bool tokenizer::leap_token68(const detail::token68_form& form, std::size_t size, Consumer& consumer) noexcept {
    if (!open(0, consumer)) return false;
    word_end_ = position_ = last_end_ = form.spaces;
    if (!send(event_kind::scheme, false, 0, form.spaces, consumer)) return false;
    word_begin_ = form.begin;
    const std::size_t padding = size - form.equals;
    // By the step: "/" or a second "=" decide for token68, a single "=" leaves the word undecided.
    constexpr std::uint8_t by_padding[2][3] = {{AG_WORD_T, AG_WORD_T_EQ, AG_TOKEN68_EQ},
                                               {AG_TOKEN68, AG_TOKEN68_EQ, AG_TOKEN68_EQ}};
    state_ = by_padding[form.slash ? 1 : 0][padding < 2 ? padding : 2];
    word_end_ = state_ == AG_WORD_T_EQ ? form.equals : word_end_;
    position_ = size;
    return true;
}

inline bool tokenizer::commas(std::size_t count) noexcept {
    const std::uint32_t room = limits_->empty_elements - empty_elements_;
    if (count > room) {
        (void)refuse(error_code::limit_empty_elements, position_ + room);
        return false;
    }
    empty_elements_ += static_cast<std::uint32_t>(count);
    return true;
}
template <typename Consumer>
error_code tokenizer::finish(Consumer& consumer) noexcept {
    if (status_ != error_code::none) return status_;
    if (state_ == AG_DEAD) return status_ = error_code::finished_twice;
    const ag_step_result step = detail::languages.of[language()][kind()].step[state_][AG_CLASSES];
    if ((step & 0xFF) == AG_DEAD) {
        return refuse(detail::code_for(edition_, kind_of(field_), state_, AG_CLASSES), position_);
    }
    detail::fragments<Consumer> text(consumer, position_);
    if (!text.at_finish(state_, step, word_end_)) return refuse(error_code::stopped, position_);
    if (!act(step, consumer)) return status_;
    state_ = AG_DEAD;
    return error_code::none;
}

template <typename Consumer>
bool tokenizer::act(ag_step_result actions, Consumer& consumer) noexcept {
    if ((actions & AG_EMPTY) != 0 && ++empty_elements_ > limits_->empty_elements) {
        (void)refuse(error_code::limit_empty_elements, position_);
        return false;
    }
    if ((actions & AG_MARK_END) != 0) word_end_ = position_;
    if ((actions & AG_CLOSE_BEFORE) != 0 && !close(consumer)) return false;
    if ((actions & AG_OPEN) != 0 && !open(word_begin_, consumer)) return false;
    if ((actions & AG_ITEM) != 0 && !item(actions & AG_ITEM, consumer)) return false;
    if ((actions & AG_CLOSE) != 0 && !close(consumer)) return false;
    if ((actions & (AG_MARK_BEGIN | AG_MARK_BEGIN_NEXT)) != 0) {
        word_begin_ = (actions & AG_MARK_BEGIN) != 0 ? position_ : position_ + 1;
        empty_elements_ = 0;
    }
    return (actions & AG_OPEN_HERE) == 0 || open(position_, consumer);
}

template <typename Consumer>
bool tokenizer::open(std::uint64_t at, Consumer& consumer) noexcept {
    if (challenges_ == limits_->challenges) {
        (void)refuse(error_code::limit_challenges, at);
        return false;
    }
    ++challenges_;
    challenge_begin_ = at;
    return send(event_kind::challenge_begin, false, at, at, consumer);
}

template <typename Consumer>
bool tokenizer::close(Consumer& consumer) noexcept {
    return send(event_kind::challenge_end, false, challenge_begin_, last_end_, consumer);
}

template <typename Consumer>
bool tokenizer::item(ag_step_result which, Consumer& consumer) noexcept {
    const bool is_name = which == AG_ITEM_NAME;
    const std::uint64_t end = which == AG_ITEM_TOKEN68_EQ ? word_end_ + 1 : word_end_;
    const std::uint64_t most = is_name || which == AG_ITEM_SCHEME ? limits_->name_length : limits_->value_length;
    if (end - word_begin_ > most) {
        (void)refuse(most == limits_->name_length && (is_name || which == AG_ITEM_SCHEME)
                         ? error_code::limit_name_length
                         : error_code::limit_value_length,
                     word_begin_ + most);
        return false;
    }
    if (is_name) {
        if (params_ == limits_->params) {
            (void)refuse(error_code::limit_params, word_begin_);
            return false;
        }
        ++params_;
        return send(event_kind::param_name, false, word_begin_, end, consumer);
    }
    const bool quoted = which == AG_ITEM_QUOTED;
    last_end_ = quoted ? end + 1 : end;
    const event_kind kind = which == AG_ITEM_SCHEME            ? event_kind::scheme
                            : which == AG_ITEM_VALUE || quoted ? event_kind::param_value
                                                               : event_kind::token68;
    return send(kind, quoted, word_begin_, end, consumer);
}

template <typename Consumer>
bool tokenizer::send(event_kind kind, bool quoted, std::uint64_t begin, std::uint64_t end,
                     Consumer& consumer) noexcept {
    if (consumer.on_event(event{kind, quoted, static_cast<std::size_t>(begin), static_cast<std::size_t>(end)})) {
        return true;
    }
    (void)refuse(error_code::stopped, position_);
    return false;
}

/// Whether the word that ends before position `end` for now is longer than its limit in `state`.
inline bool tokenizer::word_too_long(int state, std::uint64_t end) noexcept {
    const detail::word_limit limit = detail::word_limits.of[state];
    if (limit == detail::word_limit::none) return false;
    const std::uint64_t name = limits_->name_length;
    const std::uint64_t value = limits_->value_length;
    const bool by_name = limit == detail::word_limit::name || (limit == detail::word_limit::larger && name > value);
    const std::uint64_t most = by_name ? name : value;
    if (end - word_begin_ <= most) return false;
    (void)refuse(by_name ? error_code::limit_name_length : error_code::limit_value_length, word_begin_ + most);
    return true;
}

}  // namespace authgrammar

#endif
