#ifndef AUTHGRAMMAR_TOKENIZER_HPP
#define AUTHGRAMMAR_TOKENIZER_HPP

#include <authgrammar/detail/step.h>
#include <authgrammar/edition.hpp>
#include <authgrammar/error.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/export.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/limits.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace authgrammar {

/// What a fragment of text is, as far as it is known when the fragment arrives. At any moment at most one word is
/// undecided, with two candidates; the fragment or the event that follows it decides.
enum class text_role : std::uint8_t {
    scheme_or_name,   ///< after a list comma: an auth-scheme, or a parameter name
    token68_or_name,  ///< after auth-scheme and 1*SP: a token68, or a parameter name
    scheme,
    token68,
    param_name,
    token_value,  ///< of a parameter
    quoted_value  ///< of a parameter: without its DQUOTEs, escapes kept
};

namespace detail {

template <typename Consumer, typename = void>
struct takes_text : std::false_type {};
template <typename Consumer>
struct takes_text<Consumer, std::void_t<decltype(std::declval<Consumer&>().on_text(
                                text_role::scheme, std::string_view{}, std::uint64_t{}))>> : std::true_type {};

}  // namespace detail

/// The production engine: a push tokenizer. Feed a value in pieces of any size, then finish; events arrive as
/// soon as they are decided, the same for every way of cutting the value. It keeps no byte of what it was fed,
/// allocates nothing, and may be copied at any time to go on from the same place twice.
///
/// A consumer has `bool on_event(const event&) noexcept`, and may have
/// `bool on_text(text_role, std::string_view fragment, std::uint64_t position) noexcept` to receive the text
/// itself: a consumer with on_text need not keep earlier chunks. Fragments of one word arrive in order, before the
/// word's event; their view ends with the call. Either function stops the tokenizer by answering false; it cannot
/// be resumed then, but a copy made before can. Text may come with the refusal of the octet after it, which then
/// stands whatever the consumer answers.
///
/// Every call costs time linear in the bytes that it is given.
class tokenizer {
public:
    /// Reads one value of `f` in the language of `e`. `bounds` must outlive the tokenizer.
    explicit tokenizer(field f, edition e = edition::rfc9110_recipient, const limits& bounds = default_limits) noexcept
        : limits_(&bounds), field_(f), edition_(e) {}

    /// Reads the next bytes of the value. Answers `none`, or why the value is refused; once refused, stopped or
    /// misused it reads no more and answers the same again. After a finish that succeeded any chunk, an empty one
    /// too, is `fed_after_finish`.
    template <typename Consumer>
    error_code feed(std::string_view chunk, Consumer& consumer) noexcept;

    /// Says that the value is complete. Answers `none` if it is in the language, else why not. A second call
    /// answers `finished_twice` after a first that succeeded (the first misuse is answered from then on), else what
    /// the first one answered.
    template <typename Consumer>
    error_code finish(Consumer& consumer) noexcept;

    /// Bytes read so far; after an error, its offset.
    [[nodiscard]] std::uint64_t position() const noexcept { return position_; }

    /// The error in full: `none` if there is none so far. Constant time.
    [[nodiscard]] AUTHGRAMMAR_EXPORT error last_error() const noexcept;

    /// The finite control, less than control_count: what follows depends on it, the language and the limits only.
    /// After a finish that succeeded it is control_count.
    [[nodiscard]] std::uint8_t control() const noexcept { return state_; }
    static constexpr std::uint8_t control_count = AG_STATES;

    /// The only positions that events are made from, beside position() itself: enough to prove the tokenizer right
    /// by looking at finitely many of its states.
    struct mark_positions {
        std::uint64_t word_begin;
        std::uint64_t word_end;
        std::uint64_t challenge_begin;
        std::uint64_t last_end;
    };
    [[nodiscard]] mark_positions marks() const noexcept {
        return {word_begin_, word_end_, challenge_begin_, last_end_};
    }

private:
    [[nodiscard]] int kind() const noexcept { return static_cast<int>(kind_of(field_)); }
    [[nodiscard]] int language() const noexcept { return static_cast<int>(edition_); }

    [[nodiscard]] error_code refuse(error_code code, std::uint64_t offset) noexcept {
        position_ = offset;
        return status_ = code;
    }

    template <typename Consumer>
    [[nodiscard]] bool act(ag_step_result actions, Consumer& consumer) noexcept;
    template <typename Consumer>
    [[nodiscard]] bool open(std::uint64_t at, Consumer& consumer) noexcept;
    template <typename Consumer>
    [[nodiscard]] bool close(Consumer& consumer) noexcept;
    template <typename Consumer>
    [[nodiscard]] bool item(ag_step_result which, Consumer& consumer) noexcept;
    template <typename Consumer>
    [[nodiscard]] bool send(event_kind kind, bool quoted, std::uint64_t begin, std::uint64_t end,
                            Consumer& consumer) noexcept;

    [[nodiscard]] bool word_too_long(int state) noexcept;

    const limits* limits_;
    std::uint64_t position_ = 0;
    std::uint64_t word_begin_ = 0;
    std::uint64_t word_end_ = 0;
    std::uint64_t challenge_begin_ = 0;
    std::uint64_t last_end_ = 0;  // of the last scheme, token68 or value of the open challenge
    std::uint32_t challenges_ = 0;
    std::uint32_t params_ = 0;
    std::uint32_t empty_elements_ = 0;
    field field_;
    edition edition_;
    std::uint8_t state_ = AG_START;
    error_code status_ = error_code::none;
    // The two misuses need no state of their own: AG_DEAD with status `none` means finished.
};

static_assert(sizeof(tokenizer) <= 64 && std::is_trivially_copyable_v<tokenizer>);

namespace detail {

/// The role of text in `state`, or -1 where the bytes are not text.
[[nodiscard]] constexpr int role_in(int state) noexcept {
    switch (state) {
        case AG_SCHEME:
        case AG_ONE_COMMA_SCHEME: return static_cast<int>(text_role::scheme);
        case AG_WORD_PS: return static_cast<int>(text_role::scheme_or_name);
        case AG_WORD_T: return static_cast<int>(text_role::token68_or_name);
        case AG_TOKEN68:
        case AG_TOKEN68_EQ: return static_cast<int>(text_role::token68);
        case AG_NAME: return static_cast<int>(text_role::param_name);
        case AG_VALUE: return static_cast<int>(text_role::token_value);
        case AG_QUOTED:
        case AG_QUOTED_PAIR: return static_cast<int>(text_role::quoted_value);
        default: return -1;
    }
}

/// Collects the bytes of one role into fragments as long as a chunk allows, for a consumer that takes text.
template <typename Consumer, bool = takes_text<Consumer>::value>
class fragments {
public:
    fragments(Consumer& consumer, std::uint64_t start) noexcept : consumer_(consumer), start_(start) {}

    /// Before the actions of a step are carried out: what ends here is sent. `i` is the index in the chunk. An "="
    /// that was not yet known to belong to a token68 is sent late, from `word_end`, where it stands.
    [[nodiscard]] bool before(std::string_view chunk, std::size_t i, int from, ag_step_result step,
                              std::uint64_t word_end) noexcept {
        const int next = role_of(step);
        if (role_ >= 0 && (role_ != next || (step & AG_MARK_BEGIN) != 0) && !flush(chunk, i)) return false;
        return !decides_equals(from, step) || text(text_role::token68, "=", word_end);
    }
    void after(std::size_t i, ag_step_result step) noexcept {
        const int next = role_of(step);
        if (next >= 0 && role_ < 0) begin_ = i;
        role_ = next;
    }
    [[nodiscard]] bool flush(std::string_view chunk, std::size_t i) noexcept {
        if (role_ < 0) return true;
        const auto role = static_cast<text_role>(role_);
        role_ = -1;
        return begin_ == i || text(role, std::string_view(chunk.data() + begin_, i - begin_), start_ + begin_);
    }
    [[nodiscard]] bool at_finish(int from, ag_step_result step, std::uint64_t word_end) noexcept {
        return !decides_equals(from, step) || text(text_role::token68, "=", word_end);
    }

private:
    [[nodiscard]] bool text(text_role role, std::string_view fragment, std::uint64_t position) noexcept {
        return consumer_.on_text(role, fragment, position);
    }
    [[nodiscard]] static int role_of(ag_step_result step) noexcept {
        return (step & AG_MARK_BEGIN_NEXT) != 0 ? -1 : role_in(static_cast<int>(step & 0xFF));
    }
    [[nodiscard]] static bool decides_equals(int from, ag_step_result step) noexcept {
        return (step & AG_ITEM) == AG_ITEM_TOKEN68_EQ || (from == AG_WORD_T_EQ && (step & 0xFF) == AG_TOKEN68_EQ);
    }

    Consumer& consumer_;
    std::uint64_t start_;
    std::size_t begin_ = 0;
    int role_ = -1;
};

template <typename Consumer>
class fragments<Consumer, false> {
public:
    fragments(Consumer&, std::uint64_t) noexcept {}
    [[nodiscard]] bool before(std::string_view, std::size_t, int, ag_step_result, std::uint64_t) const noexcept {
        return true;
    }
    void after(std::size_t, ag_step_result) const noexcept {}
    [[nodiscard]] bool flush(std::string_view, std::size_t) const noexcept { return true; }
    [[nodiscard]] bool at_finish(int, ag_step_result, std::uint64_t) const noexcept { return true; }
};

/// Why no step leads on from `state` by a byte of class `c`; `c` is AG_CLASSES at the end of the value.
[[nodiscard]] AUTHGRAMMAR_EXPORT error_code code_for(edition e, field_kind kind, int state, int c) noexcept;

}  // namespace detail

template <typename Consumer>
error_code tokenizer::feed(std::string_view chunk, Consumer& consumer) noexcept {
    if (status_ != error_code::none) return status_;
    if (state_ == AG_DEAD) return status_ = error_code::fed_after_finish;
    detail::fragments<Consumer> text(consumer, position_);
    for (std::size_t i = 0; i < chunk.size(); ++i) {
        const int c = ag_class_of[static_cast<unsigned char>(chunk[i])];
        const ag_step_result step = ag_step(language(), kind(), state_, c);
        const bool over = position_ >= limits_->total_bytes;
        if (over || (step & 0xFF) == AG_DEAD) {
            // The value is refused whether the consumer still wants this text or not.
            (void)text.flush(chunk, i);
            return refuse(over ? error_code::limit_total_bytes : detail::code_for(edition_, kind_of(field_), state_, c),
                          position_);
        }
        if (!text.before(chunk, i, state_, step, word_end_)) return refuse(error_code::stopped, position_);
        if ((step > 0xFF && !act(step, consumer)) || word_too_long(static_cast<int>(step & 0xFF))) {
            (void)text.flush(chunk, i);
            return status_;
        }
        text.after(i, step);
        state_ = static_cast<std::uint8_t>(step & 0xFF);
        ++position_;
    }
    return text.flush(chunk, chunk.size()) ? error_code::none : refuse(error_code::stopped, position_);
}

template <typename Consumer>
error_code tokenizer::finish(Consumer& consumer) noexcept {
    if (status_ != error_code::none) return status_;
    if (state_ == AG_DEAD) return status_ = error_code::finished_twice;
    const ag_step_result step = ag_finish(language(), kind(), state_);
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

inline bool tokenizer::word_too_long(int state) noexcept {
    const int role = detail::role_in(state);
    if (role < 0 || position_ < word_begin_) return false;
    const std::uint64_t name = limits_->name_length;
    const std::uint64_t value = limits_->value_length;
    std::uint64_t most = value;
    error_code code = error_code::limit_value_length;
    switch (static_cast<text_role>(role)) {
        case text_role::scheme:
        case text_role::scheme_or_name:
        case text_role::param_name:
            most = name;
            code = error_code::limit_name_length;
            break;
        case text_role::token68_or_name:
            if (name > value) {
                most = name;
                code = error_code::limit_name_length;
            }
            break;
        case text_role::token68:
        case text_role::token_value:
        case text_role::quoted_value: break;
    }
    if (position_ - word_begin_ < most) return false;
    (void)refuse(code, word_begin_ + most);
    return true;
}

}  // namespace authgrammar

#endif
