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
    // Most credentials are a token68, in one chunk.
    if (!detail::takes_text<Consumer>::value && state_ == AG_START && status_ == error_code::none &&
        kind_of(field_) == field_kind::credentials && chunk.size() >= shortest_leap &&
        chunk.size() <= limits_->total_bytes - position_) {
        const detail::token68_form form = detail::active_kernels->token68(chunk.data(), chunk.size());
        if (form.begin != 0 && form.spaces <= limits_->name_length &&
            chunk.size() - form.begin <= limits_->value_length) {
            return leap_token68(form, chunk.size(), consumer) ? error_code::none : status_;
        }
    }
    return feed_any(chunk, consumer);
}

template <typename Consumer>
[[gnu::noinline]] error_code tokenizer::feed_any(std::string_view chunk, Consumer& consumer) noexcept {
    if (status_ != error_code::none) return status_;
    if (state_ == AG_DEAD) return status_ = error_code::fed_after_finish;
    const std::uint64_t room = limits_->total_bytes - position_;
    const bool over = chunk.size() > room;
    if (over) chunk.remove_suffix(chunk.size() - static_cast<std::size_t>(room));
    std::size_t read = 0;
    std::size_t leap_from = chunk.size();
    if (!detail::takes_text<Consumer>::value && chunk.size() >= shortest_leap) {
        leap_from = 0;
        if (state_ == AG_TOKEN68 || state_ == AG_WORD_T) {
            // A token68 that goes on: mostly nothing else comes.
            read = detail::active_kernels->run[detail::loops.of[state_]](chunk.data(), chunk.size());
        } else if (detail::leap_states.of[state_] && !(state_ == AG_SCHEME_SP && chunk[0] == ' ')) {
            detail::passage at{chunk.data(), chunk.size(), position_, 0, 0, nullptr, nullptr};
            if (!leap(at, consumer)) return status_;
            read = at.at;
            leap_from = at.next_leap();
        }
        position_ += read;
        if (word_too_long(state_, position_)) return status_;
    }
    if (read < chunk.size() && !walk(chunk, read, leap_from, consumer)) return status_;
    return over ? refuse(error_code::limit_total_bytes, position_) : error_code::none;
}

/// Elements in leaps, runs by the scanner, and everything else by the table of steps. The chunk was read up to `from`,
/// and leaps may begin at `leap_from`.
template <typename Consumer>
bool tokenizer::walk(std::string_view chunk, std::size_t from, std::size_t leap_from, Consumer& consumer) noexcept {
    const auto& steps = detail::languages.of[language()][kind()].step;
    const std::uint64_t start = position_ - from;
    const detail::scanner scanner(chunk.data(), chunk.size());
    detail::fragments<Consumer> text(consumer, start);
    std::size_t i = from;
    int state = state_;
    for (;;) {
        if (const unsigned loop = detail::loops.of[state]; loop != detail::run_none && i < chunk.size()) {
            text.take(i, detail::role_in(state));
            if (state == AG_QUOTED && chunk.size() - i >= shortest_leap) {
                bool escaped = false;
                i += detail::active_kernels->quoted(chunk.data() + i, chunk.size() - i, escaped);
                state = escaped ? AG_QUOTED_PAIR : AG_QUOTED;
            } else {
                i = scanner.run(loop, i);
            }
        }
        if (word_too_long(state, start + i)) {
            if (position_ >= start) (void)text.flush(chunk, static_cast<std::size_t>(position_ - start));
            return false;
        }
        if (i == chunk.size()) break;
        if constexpr (detail::may_leap<Consumer>::value) {
            if (i >= leap_from && detail::leap_states.of[state]) {
                detail::passage at{chunk.data(), chunk.size(), start, i, 0, nullptr, nullptr};
                state_ = static_cast<std::uint8_t>(state);
                if (!leap(at, consumer)) return false;
                state = state_;
                leap_from = at.next_leap();
                if (at.at != i) {
                    i = at.at;
                    continue;
                }
            }
        }
        position_ = start + i;
        const int c = ag_class_of[static_cast<unsigned char>(chunk[i])];
        const ag_step_result step = steps[state][c];
        const int next = static_cast<int>(step & 0xFF);
        if (next == AG_DEAD) {
            // The value is refused whether the consumer still wants this text or not.
            (void)text.flush(chunk, i);
            state_ = static_cast<std::uint8_t>(state);
            (void)refuse(detail::code_for(edition_, kind_of(field_), state, c), position_);
            return false;
        }
        if (step == (AG_EMPTY | static_cast<ag_step_result>(state))) {
            const std::size_t after = scanner.run(detail::run_comma, i);
            if (!commas(after - i)) return false;
            i = after;
            continue;
        }
        if (!text.before(chunk, i, state, step, word_end_)) {
            (void)refuse(error_code::stopped, position_);
            return false;
        }
        if (step > 0xFF && !act(step, consumer)) {
            (void)text.flush(chunk, i);
            return false;
        }
        text.after(i, step);
        state = next;
        ++i;
    }
    state_ = static_cast<std::uint8_t>(state);
    position_ = start + chunk.size();
    if (text.flush(chunk, chunk.size())) return true;
    (void)refuse(error_code::stopped, position_);
    return false;
}

/// Reads on in leaps as far as it goes. False: the consumer has stopped it.
template <typename Consumer>
bool tokenizer::leap(detail::passage& at, Consumer& consumer) noexcept {
    if constexpr (detail::event_room<Consumer>::direct) {
        at.out = detail::event_room<Consumer>::next(consumer);
        at.last = detail::event_room<Consumer>::last(consumer);
        detail::active_kernels->leap(*this, at);
        detail::event_room<Consumer>::take_up_to(consumer, at.out);
        return true;
    } else {
        constexpr std::size_t size = 32;
        event events[size];
        do {
            standing before = *this;
            before.position_ = at.start + at.at;
            const std::string_view chunk(at.data + at.at, at.size - at.at);
            at.out = events;
            at.last = events + size;
            detail::active_kernels->leap(*this, at);
            for (const event* e = events; e != at.out; ++e) {
                if (consumer.on_event(*e)) continue;
                // It does not want this one. The steps say where they would be then.
                static_cast<standing&>(*this) = before;
                detail::refusing_consumer refuses{e - events};
                return walk(chunk, 0, chunk.size(), refuses);
            }
        } while (at.last - at.out < detail::events_of_element);
        return true;
    }
}

/// The whole value so far is a scheme and a token68, the form of most credentials. Without branches on its lengths.
template <typename Consumer>
bool tokenizer::leap_token68(detail::token68_form form, std::size_t size, Consumer& consumer) noexcept {
    if (!open_in_buffer(form, consumer)) {
        if (!open(0, consumer)) return false;
        position_ = form.spaces;
        if (!send(event_kind::scheme, false, 0, form.spaces, consumer)) return false;
    }
    last_end_ = form.spaces;
    word_begin_ = form.begin;
    const std::size_t padding = size - form.equals;
    state_ = detail::state_by_padding[form.slash][padding < 2 ? padding : 2];
    word_end_ = state_ == AG_WORD_T_EQ ? form.equals : form.spaces;
    position_ = size;
    return true;
}

/// The begin of such a challenge and its scheme, straight into a buffer. False: there is none, or they do not fit.
template <typename Consumer>
bool tokenizer::open_in_buffer(detail::token68_form form, Consumer& consumer) noexcept {
    using room = detail::event_room<Consumer>;
    if constexpr (room::direct) {
        event* const out = room::next(consumer);
        if (room::left(consumer) < 2 || challenges_ == limits_->challenges) return false;
        out[0] = {event_kind::challenge_begin, false, 0, 0};
        out[1] = {event_kind::scheme, false, 0, form.spaces};
        room::take(consumer, 2);
        ++challenges_;
        return true;
    } else {
        return false;
    }
}

/// The end of a value whose last word is a token68 or a quoted-string, straight into a buffer. False: it is another, or
/// does not fit.
template <typename Consumer>
bool tokenizer::finish_in_buffer(Consumer& consumer) noexcept {
    using room = detail::event_room<Consumer>;
    const bool token68 =
        state_ == AG_WORD_T || state_ == AG_WORD_T_EQ || state_ == AG_TOKEN68 || state_ == AG_TOKEN68_EQ;
    const bool quoted = state_ == AG_VALUE_END && kind_of(field_) != field_kind::info;
    if (!(token68 || quoted) || room::left(consumer) < 2) return false;
    event* out = room::next(consumer);
    const auto end = static_cast<std::size_t>(position_);
    if (token68) {
        const auto begin = static_cast<std::size_t>(detail::apart(word_begin_));
        if (end - begin > limits_->value_length) return false;
        *out++ = {event_kind::token68, false, begin, end};
    }
    *out = {event_kind::challenge_end, false, static_cast<std::size_t>(challenge_begin_), end};
    room::take(consumer, token68 ? 2 : 1);
    last_end_ = position_;
    state_ = AG_DEAD;
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
    if constexpr (detail::event_room<Consumer>::direct) {
        if (finish_in_buffer(consumer)) return error_code::none;
    }
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
    word_end_ = (actions & AG_MARK_END) != 0 ? position_ : word_end_;
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
    return send(event_kind::challenge_end, false, detail::apart(challenge_begin_), last_end_, consumer);
}

template <typename Consumer>
bool tokenizer::item(ag_step_result which, Consumer& consumer) noexcept {
    // Which form a token68 has is what nobody can predict, so that there is no branch on it.
    const std::uint64_t end = word_end_ + (which == AG_ITEM_TOKEN68_EQ ? 1 : 0);
    const bool is_name = which == AG_ITEM_NAME;
    const bool short_word = is_name || which == AG_ITEM_SCHEME;
    const std::uint64_t most = short_word ? limits_->name_length : limits_->value_length;
    if (end - word_begin_ > most) {
        (void)refuse(short_word ? error_code::limit_name_length : error_code::limit_value_length, word_begin_ + most);
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
    last_end_ = end + (quoted ? 1 : 0);
    return send(detail::item_kinds.of[which >> 12], quoted, word_begin_, end, consumer);
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
