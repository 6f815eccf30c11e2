#ifndef AUTHLINT_FORMATS_MESSAGE_TEXT_HPP
#define AUTHLINT_FORMATS_MESSAGE_TEXT_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace authlint {

/// Where a stretch of text was in an export, and what the export says of it. It holds from `offset`, in bytes from the
/// start of the text, to the offset of the next one.
struct text_origin {
    std::size_t offset = 0;
    std::string label;              ///< for people: "log.entries[3].response", "record 12", "frame 7"
    std::optional<bool> secured{};  ///< whether TLS protected the connection, if the export tells
    bool login_form = false;        ///< the body, which is not part of the text, is a page that asks for a password
};

/// Something in an export that was not read, and why; the rest was.
struct unread_part {
    std::string place;   ///< as in text_origin::label; "byte 120" if nothing better is known
    std::string reason;  ///< for people, one sentence without its full stop
};

/// HTTP messages as text (RFC 9112), made piece by piece from an export such as HAR or WARC. A request stands right before
/// its response, whatever the order in the export. Bodies are left out; messages of HTTP/2 have their fields in the form of
/// HTTP/1.1, with "HTTP/2" as protocol. Memory is bounded whatever the size of the export.
class message_text {
public:
    message_text() = default;
    message_text(const message_text&) = delete;
    message_text& operator=(const message_text&) = delete;
    virtual ~message_text() = default;

    /// Appends the next messages, whole ones, to `text`, and what is known of them to `origins`. False at the end.
    virtual bool next(std::string& text, std::vector<text_origin>& origins, std::vector<unread_part>& unread) = 0;
};

}  // namespace authlint

#endif
