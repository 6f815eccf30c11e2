#ifndef AUTHLINT_LINT_PARALLEL_EVENTS_HPP
#define AUTHLINT_LINT_PARALLEL_EVENTS_HPP

#include "lint/baseline.hpp"
#include "lint/lint_progress.hpp"
#include "report/record.hpp"
#include "report/report_totals.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// What a process that lints files tells the one that prints: events, in the order in which `lint` without -j would have done
// the same. Both processes are of one program, one forked from the other, so the bytes are in its own form.

namespace authlint {

enum class event_kind : std::uint8_t {
    begin,     ///< a number: the index of the file that begins
    start,     ///< a text: report_form::start()
    message,   ///< a message_record: report_form::add()
    unread,    ///< an unread_record: report_form::add_unread()
    print,     ///< a text for stdout
    complain,  ///< a text for stderr
    progress,  ///< a run_progress
    end,       ///< a file_end
    failure    ///< a text: the exception that ended it
};

/// What is known of a file when it was linted.
struct file_end {
    bool all_read = false;
    report_totals totals;
    baseline found;  ///< what of it goes into a baseline that is to be written
};

/// Each event is its kind, the size of what follows, and that. Appends one to `out`.
void append_event(std::string& out, event_kind kind, std::string_view text);
void append_event(std::string& out, event_kind kind, std::size_t number);
void append_event(std::string& out, const message_record& m);
void append_event(std::string& out, const unread_record& u);
void append_event(std::string& out, const run_progress& p);
void append_event(std::string& out, const file_end& e);

/// The bytes before what an event holds.
inline constexpr std::size_t event_head_bytes = 1 + sizeof(std::size_t);

struct event_head {
    event_kind kind;
    std::size_t size;  ///< of what follows
};

/// `bytes` holds at least event_head_bytes.
[[nodiscard]] event_head read_event_head(std::string_view bytes) noexcept;

/// What an event of the kind holds. Throws std::out_of_range on anything else.
[[nodiscard]] std::size_t read_number(std::string_view bytes);
[[nodiscard]] message_record read_message(std::string_view bytes);
[[nodiscard]] unread_record read_unread(std::string_view bytes);
[[nodiscard]] run_progress read_progress(std::string_view bytes);
[[nodiscard]] file_end read_end(std::string_view bytes);

}  // namespace authlint

#endif
