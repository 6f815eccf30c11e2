#ifndef AUTHGRAMMAR_PARSE_HPP
#define AUTHGRAMMAR_PARSE_HPP

#include <authgrammar/challenge.hpp>
#include <authgrammar/edition.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/export.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/field_value.hpp>
#include <authgrammar/limits.hpp>
#include <authgrammar/result.hpp>

namespace authgrammar {

/// How a value is read: in which language, and how much of it at most.
struct parse_options {
    edition language = edition::rfc9110_recipient;
    limits limit{};
};

/// Reads `value` as a value of `f` with the production tokenizer and sends its events to `sink`. If the value
/// is rejected, the events sent are those that every valid continuation of the viable prefix has. For several
/// field lines the error carries the line. Linear in the value; no allocation.
AUTHGRAMMAR_EXPORT result<void> parse(field f, const field_value& value, event_sink sink,
                                      const parse_options& options = {}) noexcept;

/// Reads the value of WWW-Authenticate or Proxy-Authenticate (RFC 9110, 11.6.1 and 11.7.1); any other `f` is
/// `wrong_field_kind`. `events` is cleared and holds what the view iterates over: it, and the bytes of the value,
/// must outlive the view. A value with more events than there is room for is `event_buffer_full`; 4 events a
/// challenge and 2 a parameter are enough. Linear in the value; no allocation.
AUTHGRAMMAR_EXPORT result<challenges> parse_challenges(field f, const field_value& value, event_buffer& events,
                                                       const parse_options& options = {}) noexcept;

/// The same for Authorization and Proxy-Authorization (RFC 9110, 11.6.2 and 11.7.2).
AUTHGRAMMAR_EXPORT result<credentials> parse_credentials(field f, const field_value& value, event_buffer& events,
                                                         const parse_options& options = {}) noexcept;

/// The same for Authentication-Info and Proxy-Authentication-Info (RFC 9110, 11.6.3 and 11.7.3).
AUTHGRAMMAR_EXPORT result<auth_params> parse_info(field f, const field_value& value, event_buffer& events,
                                                  const parse_options& options = {}) noexcept;

}  // namespace authgrammar

#endif
