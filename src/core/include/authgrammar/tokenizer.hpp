#ifndef AUTHGRAMMAR_TOKENIZER_HPP
#define AUTHGRAMMAR_TOKENIZER_HPP

#include <authgrammar/detail/bulk.hpp>
#include <authgrammar/detail/portability.hpp>
#include <authgrammar/detail/step_tables.hpp>
#include <authgrammar/detail/tokenizer_state.hpp>
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

namespace detail {

class value_reader;

/// Why no step leads on from `state` by a byte of class `c`, in the edition with these flags; `c` is AG_CLASSES at the
/// end of the value.
[[nodiscard]] AUTHGRAMMAR_EXPORT error_code code_for(int flags, field_kind kind, int state, int c) noexcept;

/// The error of the state in full.
[[nodiscard]] AUTHGRAMMAR_EXPORT error describe(const tokenizer_state& s) noexcept;

}  // namespace detail

/// The production engine: a push tokenizer. Feed a value in pieces of any size, then finish; events arrive as
/// soon as they are decided, the same for every way of cutting the value. It keeps no byte of what it was fed,
/// allocates nothing, and may be copied between two calls, to go on from the same place twice. Its observers are
/// valid between two calls, too: while it calls a consumer, position() may be before or after the event.
///
/// A consumer has `bool on_event(const event&) noexcept`, and may have
/// `bool on_text(text_role, std::string_view fragment, std::uint64_t position) noexcept` to receive the text
/// itself: a consumer with on_text need not keep earlier chunks. Fragments of one word arrive in order, before the
/// word's event; their view ends with the call. A challenge_end and a challenge_begin may come between them and that
/// event, because a word after a comma may turn out to be the next scheme: keep the text until a scheme, token68,
/// param_name or param_value comes. The empty value of `a=""` has an event and no text.
///
/// Either function stops the tokenizer by returning false; it cannot be resumed then, but a copy made before can. Text
/// may arrive together with the refusal of the octet after it, and then the value is refused whatever on_text returns.
///
/// Every call takes time linear in the bytes that it is given.
///
/// `Tables` are those of the editions that it knows, and `Bulk` is what it reads many bytes at once with: see
/// tokenizer, the one to use.
template <typename Tables, typename Bulk = detail::bulk_functions>
class basic_tokenizer : private detail::tokenizer_state {
public:
    /// Reads one value of `f` in the language of `e`. `bounds` must outlive the tokenizer.
    explicit basic_tokenizer(field f, edition e = edition::rfc9110_recipient,
                             const limits& bounds AUTHGRAMMAR_LIFETIMEBOUND = default_limits) noexcept
        : tokenizer_state(&bounds, f, e, Tables::of.flags[static_cast<std::size_t>(e)]) {}
    /// Limits that are gone before the tokenizer is used.
    basic_tokenizer(field f, edition e, const limits&& bounds) = delete;

    /// Refers to `bounds` from now on, which must outlive the tokenizer: for a copy that is kept with limits of its own.
    void set_limits(const limits& bounds) noexcept { limits_ = &bounds; }
    void set_limits(const limits&& bounds) = delete;

    /// Reads the next bytes of the value. Returns `none`, or why the value is refused; once refused, stopped or
    /// misused it reads no more and returns the same again. After a finish that succeeded any chunk, even an empty
    /// one, is `fed_after_finish`.
    template <typename Consumer>
    error_code feed(std::string_view chunk, Consumer& consumer) noexcept;

    /// Says that the value is complete. Returns `none` if it is in the language, else why not, also if feed() has said so
    /// already: the value is valid only if this is `none`. A second call returns `finished_twice` after a first that
    /// succeeded (every later call returns the first misuse), else what the first one returned.
    template <typename Consumer>
    [[nodiscard]] error_code finish(Consumer& consumer) noexcept;

    /// Bytes read so far; after an error, its offset.
    [[nodiscard]] std::uint64_t position() const noexcept { return position_; }

    /// The error in full: `none` if there is none so far. Constant time.
    [[nodiscard]] error last_error() const noexcept { return detail::describe(*this); }

    /// The finite control, less than control_count: what follows depends on it, the language and the limits only.
    /// After a finish that succeeded it is control_count; after a refusal it means nothing.
    [[nodiscard]] std::uint8_t control() const noexcept { return state_; }
    static constexpr std::uint8_t control_count = detail::AG_STATES;

    /// The only positions that events are made from, beside position() itself: enough to prove the tokenizer right
    /// by looking at finitely many of its states. A mark that no later event is made from may have any value.
    struct mark_positions {
        std::uint32_t word_begin;
        std::uint32_t word_end;
        std::uint32_t challenge_begin;
        std::uint32_t last_end;
    };
    [[nodiscard]] mark_positions marks() const noexcept {
        return {word_begin_, word_end_, challenge_begin_, last_end_};
    }

private:
    friend class detail::value_reader;

    /// No step has more: the end of a challenge, the begin of one, an item, the end of that, the begin of another.
    static constexpr std::size_t events_of_step = 5;

    [[nodiscard]] const detail::language_table& language() const noexcept {
        return Tables::of.languages.of[static_cast<std::size_t>(edition_)][static_cast<std::size_t>(kind_)];
    }
    [[nodiscard]] error_code code_for(int state, int c) const noexcept {
        return detail::code_for(flags_, kind_, state, c);
    }

    template <typename Consumer>
    [[nodiscard]] error_code feed_chunk(std::string_view chunk, Consumer& consumer) noexcept;
    template <typename Consumer>
    [[nodiscard]] bool step_through(std::string_view chunk, std::size_t from, std::size_t bulk_from,
                                    Consumer& consumer) noexcept;
    template <typename Consumer>
    [[nodiscard]] bool read_bulk(detail::bulk_chunk& chunk, Consumer& consumer) noexcept;
    template <typename Consumer>
    [[nodiscard]] bool read_scheme_token68(std::string_view chunk, Consumer& consumer) noexcept;
    void stop_at_event(const detail::tokenizer_state& before, std::string_view chunk, std::ptrdiff_t index) noexcept;
    [[nodiscard]] bool count_empty_elements(std::size_t count) noexcept;

    template <typename Consumer>
    [[nodiscard]] bool act(detail::ag_step_result actions, Consumer& consumer) noexcept;
    template <typename Consumer>
    [[nodiscard]] bool act_at_finish(detail::ag_step_result actions, Consumer& consumer) noexcept;
    [[nodiscard]] std::size_t write_events(detail::ag_step_result actions, event* out) noexcept;
    template <typename Consumer>
    [[nodiscard]] bool send_events(detail::ag_step_result actions, Consumer& consumer) noexcept;
    [[nodiscard]] bool exceeds(error_code limit, std::uint32_t offset) noexcept;
    [[nodiscard]] bool open(std::uint32_t at, event& e) noexcept;
    [[nodiscard]] event end_of_challenge() const noexcept;
    [[nodiscard]] bool read_item(detail::ag_step_result which, event& e) noexcept;

    [[nodiscard]] bool word_too_long(int state, std::uint32_t end) noexcept;
    [[nodiscard]] std::uint32_t longest_word(int state) const noexcept;
};

/// The tokenizer of the three editions.
using tokenizer = basic_tokenizer<detail::standard_tables>;

static_assert(sizeof(tokenizer) <= 64 && std::is_trivially_copyable_v<tokenizer>);

namespace detail {

/// The tokenizer and its functions for a sink, compiled in the library: for headers that every program includes.
[[nodiscard]] AUTHGRAMMAR_EXPORT tokenizer make_tokenizer(field f, edition e, const limits& bounds) noexcept;
AUTHGRAMMAR_EXPORT error_code feed_to(tokenizer& t, std::string_view chunk, event_sink sink) noexcept;
[[nodiscard]] AUTHGRAMMAR_EXPORT error_code finish_to(tokenizer& t, event_sink sink) noexcept;

}  // namespace detail

}  // namespace authgrammar

#include <authgrammar/detail/tokenizer_impl.hpp>

#endif
