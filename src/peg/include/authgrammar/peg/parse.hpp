#ifndef AUTHGRAMMAR_PEG_PARSE_HPP
#define AUTHGRAMMAR_PEG_PARSE_HPP

#include <authgrammar/edition.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/peg/export.hpp>

#include <cstddef>
#include <string_view>

/// The PEGTL grammar as an engine: the second opinion beside the tokenizer.
namespace authgrammar::peg {

/// What the grammar says of a value.
struct verdict {
    /// The value is in the language of the field and edition, and every event was taken.
    bool valid = false;

    /// Of a value that is not in the language: the length of its longest viable prefix, in bytes. That is the
    /// offset of the first byte after which no continuation is valid, or the length of the value if it is viable
    /// but incomplete. Of a reading that the sink stopped: the `end` of the event that it refused. Else 0.
    std::size_t error_offset = 0;

    /// The sink refused an event. The rest of the value was not read, and nothing is known of it.
    bool stopped = false;
};

/// Reads `value`, taken as it is and not trimmed, as a value of `f` in edition `e`, and sends its events to `sink`
/// in order.
///
/// The events of a valid value are the ones that event.hpp describes. A value that is not valid is found to be so
/// only at its error, and events were sent before: they are those of the grammar's own reading of a prefix (the
/// word before the error may have been reported as a scheme where a longer value would make it a parameter name),
/// so a caller that gets `valid == false` drops them. No event comes from an alternative that failed.
///
/// A sink that returns false gets no further event and stops the reading. A sink without a function gets none. A
/// value of more than 2^32 - 1 bytes, of which events cannot tell the positions, is stopped at once.
///
/// Time is linear in the value, the stack is bounded by the grammar and not by the value, and nothing is
/// allocated. `value` is not kept; events carry offsets and no pointers. RFC 9110, Section 11; RFC 7235; RFC 7615.
[[nodiscard]] AUTHGRAMMAR_PEG_EXPORT verdict parse(field f, edition e, std::string_view value,
                                                   event_sink sink) noexcept;

/// The verdict that parse() gives with a sink that takes every event, without the events.
[[nodiscard]] AUTHGRAMMAR_PEG_EXPORT verdict recognise(field f, edition e, std::string_view value) noexcept;

}  // namespace authgrammar::peg

#endif
