#ifndef AUTHGRAMMAR_PARSE_HPP
#define AUTHGRAMMAR_PARSE_HPP

#include <authgrammar/challenge.hpp>
#include <authgrammar/detail/portability.hpp>
#include <authgrammar/edition.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/export.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/field_value.hpp>
#include <authgrammar/limits.hpp>
#include <authgrammar/result.hpp>

namespace authgrammar {

/// How a value is read.
struct parse_options {
    edition language = edition::rfc9110_recipient;  ///< the grammar that the value must match
    limits limit{};                                 ///< how much of it is read at most
};

/// Reads `value` as a value of `f` (RFC 9110, 11.6 and 11.7) with the production tokenizer and sends its events to
/// `sink`. The error says why the value is not in the language, which of the limits it exceeds, or that the sink
/// `stopped` the reading, and where; for several field lines, in which line. The events before an error are those that
/// every valid continuation of the value up to that place has. Keeps no view of its arguments. Linear in the value; no
/// allocation.
AUTHGRAMMAR_EXPORT result<void> parse(field f, const field_value& value, event_sink sink,
                                      const parse_options& options = {}) noexcept;

/// Reads the value of WWW-Authenticate or Proxy-Authenticate (RFC 9110, 11.6.1 and 11.7.1).
///
/// `events` is cleared first and then holds the events of the value. The result is a view of it and of the bytes of the
/// value: both must outlive the result, and the next parse into `events` ends it. A temporary std::string as value does
/// not compile, because it would end first; see field_value.
///
/// Errors: those of parse() but `stopped`; `event_buffer_full` if there is no room for all events, of which a value has
/// at most 4 a challenge and 2 a parameter; and for another kind of field `wrong_field_kind`, without a look at the
/// value and with `events` as it was. Linear in the value; no allocation.
AUTHGRAMMAR_EXPORT result<challenges> parse_challenges(field f, const field_value& value,
                                                       event_buffer& events AUTHGRAMMAR_LIFETIMEBOUND,
                                                       const parse_options& options = {}) noexcept;

/// The same for Authorization and Proxy-Authorization (RFC 9110, 11.6.2 and 11.7.2).
AUTHGRAMMAR_EXPORT result<credentials> parse_credentials(field f, const field_value& value,
                                                         event_buffer& events AUTHGRAMMAR_LIFETIMEBOUND,
                                                         const parse_options& options = {}) noexcept;

/// The same for Authentication-Info and Proxy-Authentication-Info (RFC 9110, 11.6.3 and 11.7.3).
AUTHGRAMMAR_EXPORT result<auth_params> parse_info(field f, const field_value& value,
                                                  event_buffer& events AUTHGRAMMAR_LIFETIMEBOUND,
                                                  const parse_options& options = {}) noexcept;

}  // namespace authgrammar

#endif
