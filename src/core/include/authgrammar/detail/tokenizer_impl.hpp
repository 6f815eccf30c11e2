#ifndef AUTHGRAMMAR_DETAIL_TOKENIZER_IMPL_HPP
#define AUTHGRAMMAR_DETAIL_TOKENIZER_IMPL_HPP

// How the tokenizer reads a chunk and ends a value: the definitions of its templates.

#include <authgrammar/detail/bulk.hpp>
#include <authgrammar/detail/consumer.hpp>
#include <authgrammar/detail/event_output.hpp>
#include <authgrammar/detail/portability.hpp>
#include <authgrammar/detail/run_scanner.hpp>
#include <authgrammar/detail/step_tables.hpp>
#include <authgrammar/detail/text_fragments.hpp>
#include <authgrammar/tokenizer.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace authgrammar {

template <typename Tables, typename Bulk>
template <typename Consumer>
error_code basic_tokenizer<Tables, Bulk>::feed(std::string_view chunk, Consumer& consumer) noexcept {
    static_assert(detail::check_consumer<Consumer>());
    // Most credentials are a token68, in one chunk.
    if (!detail::takes_text<Consumer>::value && state_ == detail::AG_START && status_ == error_code::none &&
        kind_ == field_kind::credentials && chunk.size() >= Bulk::shortest && read_scheme_token68(chunk, consumer)) {
        return status_;
    }
    return feed_chunk(chunk, consumer);
}

/// False: the chunk has another form, and nothing has changed.
template <typename Tables, typename Bulk>
template <typename Consumer>
bool basic_tokenizer<Tables, Bulk>::read_scheme_token68(std::string_view chunk, Consumer& consumer) noexcept {
    using output = detail::event_output<Consumer>;
    if constexpr (output::direct) {
        if (output::room(consumer) < 2) return false;
        if (!Bulk::read_scheme_token68(*this, chunk.data(), chunk.size(), output::next(consumer))) return false;
        output::add(consumer, 2);
    } else {
        const tokenizer_state before = *this;
        event events[2];
        if (!Bulk::read_scheme_token68(*this, chunk.data(), chunk.size(), events)) return false;
        for (const event& e : events) {
            if (!consumer.on_event(e)) return stop_at_event(before, chunk, &e - events), true;
        }
    }
    return true;
}

template <typename Tables, typename Bulk>
template <typename Consumer>
AUTHGRAMMAR_NOINLINE error_code basic_tokenizer<Tables, Bulk>::feed_chunk(std::string_view chunk,
                                                                          Consumer& consumer) noexcept {
    if (status_ != error_code::none) return status_;
    if (state_ == detail::AG_DEAD) return status_ = error_code::fed_after_finish;
    const std::uint32_t room = bytes_left();
    const bool over = chunk.size() > room;
    if (over) chunk.remove_suffix(chunk.size() - room);
    std::size_t read = 0;
    std::size_t bulk_from = chunk.size();
    if (!detail::takes_text<Consumer>::value && chunk.size() >= Bulk::shortest) {
        bulk_from = 0;
        if (state_ == detail::AG_TOKEN68 || state_ == detail::AG_WORD_T) {
            // A token68 that goes on: mostly nothing else comes.
            read = Bulk::run_length(Tables::of.loops.of[state_], chunk.data(), chunk.size());
        } else if ((state_ == detail::AG_SCHEME_SP && chunk[0] == ' ') ||
                   (state_ == detail::AG_LEADING_COMMA && chunk[0] == ',')) {
            // A run that goes on: the steps are faster.
            bulk_from = 1;
        } else if (Tables::of.element_starts.of[state_]) {
            detail::bulk_chunk bulk{chunk.data(), chunk.size(), position_, 0, 0, nullptr, nullptr};
            if (!read_bulk(bulk, consumer)) return status_;
            read = bulk.at;
            bulk_from = bulk.retry_at();
        }
        position_ += static_cast<std::uint32_t>(read);
        if (word_too_long(state_, position_)) return status_;
    }
    if (read < chunk.size() && !step_through(chunk, read, bulk_from, consumer)) return status_;
    return over ? refuse(error_code::limit_total_bytes, position_) : error_code::none;
}

/// Reads whole elements in bulk, runs by the scanner, and everything else by the table of steps. The chunk was read up
/// to `from`, and may be read in bulk from `bulk_from` on.
template <typename Tables, typename Bulk>
template <typename Consumer>
bool basic_tokenizer<Tables, Bulk>::step_through(std::string_view chunk, std::size_t from, std::size_t bulk_from,
                                                 Consumer& consumer) noexcept {
    using namespace detail;
    const auto& steps = language().step;
    const std::uint32_t start = position_ - static_cast<std::uint32_t>(from);
    const auto position_of = [start](std::size_t index) { return start + static_cast<std::uint32_t>(index); };
    const run_scanner<Bulk> scanner(chunk.data(), chunk.size());
    text_fragments<Consumer> text(consumer, start, Tables::of.roles);
    std::size_t i = from;
    int state = state_;
    for (;;) {
        if (const unsigned loop = Tables::of.loops.of[state]; loop != run_none && i < chunk.size()) {
            text.in_state(i, state);
            if (state == AG_QUOTED && chunk.size() - i >= Bulk::shortest) {
                bool escaped = false;
                i += Bulk::quoted_length(chunk.data() + i, chunk.size() - i, escaped);
                state = escaped ? AG_QUOTED_PAIR : AG_QUOTED;
            } else {
                i = scanner.end_of_run(loop, i);
            }
        }
        if (word_too_long(state, position_of(i))) {
            // What a caller that cuts the value elsewhere gets as text before the refusal.
            const std::uint32_t sent = word_begin_ + longest_word(state);
            if (sent >= start) (void)text.flush(chunk, sent - start);
            return false;
        }
        if (i == chunk.size()) break;
        if constexpr (reads_in_bulk<Consumer>::value) {
            if (i >= bulk_from && Tables::of.element_starts.of[state]) {
                bulk_chunk bulk{chunk.data(), chunk.size(), start, i, 0, nullptr, nullptr};
                state_ = static_cast<std::uint8_t>(state);
                if (!read_bulk(bulk, consumer)) return false;
                state = state_;
                bulk_from = bulk.retry_at();
                if (bulk.at != i) {
                    i = bulk.at;
                    continue;
                }
            }
        }
        position_ = position_of(i);
        const int c = ag_class_of[static_cast<unsigned char>(chunk[i])];
        const ag_step_result step = steps[state][c];
        const int next = static_cast<int>(step & 0xFF);
        if (next == AG_DEAD) {
            // The value is refused whether the consumer still wants this text or not.
            (void)text.flush(chunk, i);
            state_ = static_cast<std::uint8_t>(state);
            (void)refuse(code_for(state, c), position_);
            return false;
        }
        if (step == (AG_EMPTY | static_cast<ag_step_result>(state))) {
            const std::size_t after = scanner.end_of_run(run_comma, i);
            if (!count_empty_elements(after - i)) return false;
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
    position_ = position_of(chunk.size());
    if (text.flush(chunk, chunk.size())) return true;
    (void)refuse(error_code::stopped, position_);
    return false;
}

/// Reads on in bulk as far as it goes. False: the consumer has stopped it.
template <typename Tables, typename Bulk>
template <typename Consumer>
bool basic_tokenizer<Tables, Bulk>::read_bulk(detail::bulk_chunk& chunk, Consumer& consumer) noexcept {
    using output = detail::event_output<Consumer>;
    if constexpr (output::direct) {
        chunk.out = output::next(consumer);
        chunk.last = output::last(consumer);
        Bulk::read_elements(*this, chunk);
        output::set_end(consumer, chunk.out);
        return true;
    } else {
        constexpr std::size_t size = 32;
        event events[size];
        do {
            tokenizer_state before = *this;
            before.position_ = chunk.start + static_cast<std::uint32_t>(chunk.at);
            const std::string_view rest(chunk.data + chunk.at, chunk.size - chunk.at);
            chunk.out = events;
            chunk.last = events + size;
            Bulk::read_elements(*this, chunk);
            for (const event* e = events; e != chunk.out; ++e) {
                if (!consumer.on_event(*e)) return stop_at_event(before, rest, e - events), false;
            }
        } while (chunk.last - chunk.out < detail::events_of_element);
        return true;
    }
}

/// The consumer does not want event number `index` of those that `chunk` has after the state `before`: the steps say
/// where they would be then.
template <typename Tables, typename Bulk>
void basic_tokenizer<Tables, Bulk>::stop_at_event(const detail::tokenizer_state& before, std::string_view chunk,
                                                  std::ptrdiff_t index) noexcept {
    static_cast<detail::tokenizer_state&>(*this) = before;
    detail::refusing_consumer refuses{index};
    (void)step_through(chunk, 0, chunk.size(), refuses);
}

template <typename Tables, typename Bulk>
bool basic_tokenizer<Tables, Bulk>::count_empty_elements(std::size_t count) noexcept {
    const std::uint32_t room = empty_elements_left();
    if (count > room) {
        (void)refuse(error_code::limit_empty_elements, position_ + room);
        return false;
    }
    empty_elements_ += static_cast<std::uint32_t>(count);
    return true;
}

template <typename Tables, typename Bulk>
template <typename Consumer>
error_code basic_tokenizer<Tables, Bulk>::finish(Consumer& consumer) noexcept {
    using namespace detail;
    static_assert(check_consumer<Consumer>());
    if (status_ != error_code::none) return status_;
    if (state_ == AG_DEAD) return status_ = error_code::finished_twice;
    const ag_step_result step = language().step[state_][AG_CLASSES];
    if ((step & 0xFF) == AG_DEAD) return refuse(code_for(state_, AG_CLASSES), position_);
    text_fragments<Consumer> text(consumer, position_, Tables::of.roles);
    if (!text.at_finish(state_, step, word_end_)) return refuse(error_code::stopped, position_);
    if (!act_at_finish(step, consumer)) return status_;
    state_ = AG_DEAD;
    return error_code::none;
}

/// The same as act(), faster for what most values end with: the last item, if it is still open, and the end of the
/// challenge.
template <typename Tables, typename Bulk>
template <typename Consumer>
AUTHGRAMMAR_ALWAYS_INLINE bool basic_tokenizer<Tables, Bulk>::act_at_finish(detail::ag_step_result actions,
                                                                            Consumer& consumer) noexcept {
    using namespace detail;
    if constexpr (event_output<Consumer>::direct) {
        constexpr ag_step_result most = AG_MARK_END | AG_ITEM | AG_CLOSE;
        if (AUTHGRAMMAR_LIKELY((actions & ~(most | 0xFF)) == 0)) return act(actions & most, consumer);
    }
    return send_events(actions, consumer);
}

/// Carries out the actions and sends their events. False: a limit is exceeded, or the consumer has stopped it.
template <typename Tables, typename Bulk>
template <typename Consumer>
AUTHGRAMMAR_ALWAYS_INLINE bool basic_tokenizer<Tables, Bulk>::act(detail::ag_step_result actions,
                                                                  Consumer& consumer) noexcept {
    using output = detail::event_output<Consumer>;
    if constexpr (output::direct) {
        if (output::room(consumer) >= events_of_step) {
            output::add(consumer, write_events(actions, output::next(consumer)));
            return status_ == error_code::none;
        }
    }
    return send_events(actions, consumer);
}

/// The same one by one.
template <typename Tables, typename Bulk>
template <typename Consumer>
AUTHGRAMMAR_NOINLINE bool basic_tokenizer<Tables, Bulk>::send_events(detail::ag_step_result actions,
                                                                     Consumer& consumer) noexcept {
    const std::uint32_t at = position_;
    event events[events_of_step];
    const std::size_t count = write_events(actions, events);
    for (std::size_t i = 0; i < count; ++i) {
        if (consumer.on_event(events[i])) continue;
        (void)refuse(error_code::stopped, at);
        return false;
    }
    return status_ == error_code::none;
}

/// Carries out the actions, up to a limit that is exceeded: their events go to `out`. Returns how many they are.
template <typename Tables, typename Bulk>
AUTHGRAMMAR_ALWAYS_INLINE std::size_t basic_tokenizer<Tables, Bulk>::write_events(detail::ag_step_result actions,
                                                                                  event* out) noexcept {
    using namespace detail;
    std::size_t n = 0;
    if ((actions & AG_EMPTY) != 0 && !count_empty_elements(1)) return n;
    word_end_ = (actions & AG_MARK_END) != 0 ? position_ : word_end_;
    if ((actions & AG_CLOSE_BEFORE) != 0) out[n++] = end_of_challenge();
    if ((actions & AG_OPEN) != 0) {
        if (!open(word_begin_, out[n])) return n;
        ++n;
    }
    if ((actions & AG_ITEM) != 0) {
        if (!read_item(actions & AG_ITEM, out[n])) return n;
        ++n;
    }
    if ((actions & AG_CLOSE) != 0) out[n++] = end_of_challenge();
    if ((actions & (AG_MARK_BEGIN | AG_MARK_BEGIN_NEXT)) != 0) {
        word_begin_ = (actions & AG_MARK_BEGIN) != 0 ? position_ : position_ + 1;
        empty_elements_ = 0;
    }
    if ((actions & AG_OPEN_HERE) != 0 && open(position_, out[n])) ++n;
    return n;
}

template <typename Tables, typename Bulk>
bool basic_tokenizer<Tables, Bulk>::open(std::uint32_t at, event& e) noexcept {
    if (!challenges_left()) return exceeds(error_code::limit_challenges, at);
    ++challenges_;
    challenge_begin_ = at;
    e = {event_kind::challenge_begin, false, at, at};
    return true;
}

template <typename Tables, typename Bulk>
AUTHGRAMMAR_ALWAYS_INLINE event basic_tokenizer<Tables, Bulk>::end_of_challenge() const noexcept {
    return {event_kind::challenge_end, false, detail::load_scalar(challenge_begin_), last_end_};
}

/// The word is an item: its event.
template <typename Tables, typename Bulk>
AUTHGRAMMAR_ALWAYS_INLINE bool basic_tokenizer<Tables, Bulk>::read_item(detail::ag_step_result which,
                                                                        event& e) noexcept {
    using namespace detail;
    // Which form a token68 has is what nobody can predict, so that there is no branch on it.
    const std::uint32_t end = word_end_ + (which == AG_ITEM_TOKEN68_EQ ? 1 : 0);
    const bool is_name = which == AG_ITEM_NAME;
    const bool short_word = is_name || which == AG_ITEM_SCHEME;
    const std::uint32_t most = short_word ? limits_->name_length : limits_->value_length;
    if (AUTHGRAMMAR_UNLIKELY(end - word_begin_ > most)) {
        return exceeds(short_word ? error_code::limit_name_length : error_code::limit_value_length, word_begin_ + most);
    }
    const bool quoted = which == AG_ITEM_QUOTED;
    if (is_name) {
        if (AUTHGRAMMAR_UNLIKELY(params_left() == 0)) return exceeds(error_code::limit_params, word_begin_);
        ++params_;
    } else {
        last_end_ = end + (quoted ? 1 : 0);
    }
    e = {item_kinds.of[which >> 12], quoted, load_scalar(word_begin_), end};
    return true;
}

template <typename Tables, typename Bulk>
AUTHGRAMMAR_COLD bool basic_tokenizer<Tables, Bulk>::exceeds(error_code limit, std::uint32_t offset) noexcept {
    (void)refuse(limit, offset);
    return false;
}

/// Whether the word that ends before position `end` for now is longer than its limit in `state`. One that may still be
/// a token68 or a parameter name is too long if it is so as either, and then it is refused as a token68.
template <typename Tables, typename Bulk>
bool basic_tokenizer<Tables, Bulk>::word_too_long(int state, std::uint32_t end) noexcept {
    const detail::word_limit limit = Tables::of.word_limits.of[state];
    if (limit == detail::word_limit::none || end - word_begin_ <= longest_word(state)) return false;
    return limit == detail::word_limit::name
               ? !exceeds(error_code::limit_name_length, word_begin_ + limits_->name_length)
               : !exceeds(error_code::limit_value_length, word_begin_ + limits_->value_length);
}

/// How long the word that is being read in `state` may be.
template <typename Tables, typename Bulk>
std::uint32_t basic_tokenizer<Tables, Bulk>::longest_word(int state) const noexcept {
    const detail::word_limit limit = Tables::of.word_limits.of[state];
    const std::uint32_t name = limits_->name_length;
    const std::uint32_t value = limits_->value_length;
    return limit == detail::word_limit::name || (limit == detail::word_limit::larger && name > value) ? name : value;
}

}  // namespace authgrammar

#endif
