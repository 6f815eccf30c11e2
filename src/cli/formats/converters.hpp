#ifndef AUTHLINT_FORMATS_CONVERTERS_HPP
#define AUTHLINT_FORMATS_CONVERTERS_HPP

#include "formats/byte_source.hpp"
#include "formats/message_text.hpp"

#include <memory>

// A function for each format from which messages are made; docs/audit.md says what each looks like. None of them fails: what
// cannot be read is said to be unread.

namespace authlint {

// JSON.
[[nodiscard]] std::unique_ptr<message_text> text_of_har(std::unique_ptr<byte_source> source);
[[nodiscard]] std::unique_ptr<message_text> text_of_ndjson(std::unique_ptr<byte_source> source);

// Archives.
[[nodiscard]] std::unique_ptr<message_text> text_of_warc(std::unique_ptr<byte_source> source);

// XML. Both only if can_read_xml().
[[nodiscard]] bool can_read_xml() noexcept;
[[nodiscard]] std::unique_ptr<message_text> text_of_burp(std::unique_ptr<byte_source> source);
[[nodiscard]] std::unique_ptr<message_text> text_of_pdml(std::unique_ptr<byte_source> source);

// What programs print.
[[nodiscard]] std::unique_ptr<message_text> text_of_curl_trace(std::unique_ptr<byte_source> source);
[[nodiscard]] std::unique_ptr<message_text> text_of_timed_lines(std::unique_ptr<byte_source> source);
[[nodiscard]] std::unique_ptr<message_text> text_of_wget_debug(std::unique_ptr<byte_source> source);
[[nodiscard]] std::unique_ptr<message_text> text_of_nghttp(std::unique_ptr<byte_source> source);
[[nodiscard]] std::unique_ptr<message_text> text_of_h2_fields(std::unique_ptr<byte_source> source);
[[nodiscard]] std::unique_ptr<message_text> text_of_tcpdump(std::unique_ptr<byte_source> source);
[[nodiscard]] std::unique_ptr<message_text> text_of_tshark(std::unique_ptr<byte_source> source);

/// The bytes of `source`: text that was decoded.
[[nodiscard]] std::unique_ptr<message_text> text_of_bytes(std::unique_ptr<byte_source> source);

}  // namespace authlint

#endif
