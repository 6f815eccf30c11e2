#ifndef AUTHGRAMMAR_TOKENIZER_HPP
#define AUTHGRAMMAR_TOKENIZER_HPP

#include <authgrammar/detail/step.h>
#include <authgrammar/detail/scan.hpp>
#include <authgrammar/detail/standing.hpp>
#include <authgrammar/detail/step_table.hpp>
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
}

/// The production engine: a push tokenizer. Feed a value in pieces of any size, then finish; events arrive as
/// soon as they are decided, the same for every way of cutting the value. It keeps no byte of what it was fed,
/// allocates nothing, and may be copied between two calls to go on from the same place twice. What it answers of
/// itself counts between two calls as well: while it calls a consumer it may be ahead of the event or behind it.
///
/// A consumer has `bool on_event(const event&) noexcept`, and may have
/// `bool on_text(text_role, std::string_view fragment, std::uint64_t position) noexcept` to receive the text
/// itself: a consumer with on_text need not keep earlier chunks. Fragments of one word arrive in order, before the
/// word's event; their view ends with the call. Either function stops the tokenizer by answering false; it cannot
/// be resumed then, but a copy made before can. Text may come with the refusal of the octet after it, which then
/// stands whatever the consumer answers.
///
/// Every call costs time linear in the bytes that it is given.
class tokenizer : private detail::standing {
public:
    /// Reads one value of `f` in the language of `e`. `bounds` must outlive the tokenizer.
    explicit tokenizer(field f, edition e = edition::rfc9110_recipient, const limits& bounds = default_limits) noexcept
        : standing(&bounds, f, e) {}
    /// Limits that are gone before the tokenizer is used.
    tokenizer(field f, edition e, const limits&& bounds) = delete;

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
    /// After a finish that succeeded it is control_count; after a refusal it means nothing.
    [[nodiscard]] std::uint8_t control() const noexcept { return state_; }
    static constexpr std::uint8_t control_count = AG_STATES;

    /// The only positions that events are made from, beside position() itself: enough to prove the tokenizer right
    /// by looking at finitely many of its states. A mark that no later event is made from may have any value.
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
    friend class detail::value_reader;

    [[nodiscard]] int kind() const noexcept { return static_cast<int>(kind_of(field_)); }
    [[nodiscard]] int language() const noexcept { return static_cast<int>(edition_); }

    [[nodiscard]] error_code refuse(error_code code, std::uint64_t offset) noexcept {
        position_ = offset;
        return status_ = code;
    }

    /// A shorter chunk is read by runs and steps alone: what proof P5 looks at.
    static constexpr std::size_t shortest_leap = 16;

    template <typename Consumer>
    [[nodiscard]] error_code feed_any(std::string_view chunk, Consumer& consumer) noexcept;
    template <typename Consumer>
    [[nodiscard]] bool walk(std::string_view chunk, std::size_t from, std::size_t leap_from,
                            Consumer& consumer) noexcept;
    template <typename Consumer>
    [[nodiscard]] bool leap(detail::passage& at, Consumer& consumer) noexcept;
    template <typename Consumer>
    [[nodiscard]] bool leap_token68(detail::token68_form form, std::size_t size, Consumer& consumer) noexcept;
    template <typename Consumer>
    [[nodiscard]] bool open_in_buffer(detail::token68_form form, Consumer& consumer) noexcept;
    template <typename Consumer>
    [[nodiscard]] bool finish_in_buffer(Consumer& consumer) noexcept;
    [[nodiscard]] bool commas(std::size_t count) noexcept;

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

    [[nodiscard]] bool word_too_long(int state, std::uint64_t end) noexcept;
};

static_assert(sizeof(tokenizer) <= 64 && std::is_trivially_copyable_v<tokenizer>);

namespace detail {

/// Why no step leads on from `state` by a byte of class `c`; `c` is AG_CLASSES at the end of the value.
[[nodiscard]] AUTHGRAMMAR_EXPORT error_code code_for(edition e, field_kind kind, int state, int c) noexcept;

}  // namespace detail

}  // namespace authgrammar

#include <authgrammar/detail/walk.hpp>

#endif
