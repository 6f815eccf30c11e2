#ifndef AUTHLINT_FORMATS_MESSAGE_TEXT_HPP
#define AUTHLINT_FORMATS_MESSAGE_TEXT_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace authlint {

/// Where a stretch of text was in an export, and what the export says of it. It holds from `offset`, in bytes from the
/// start of the text, to the offset of the next one.
struct text_origin {
    std::size_t offset = 0;
    std::string label;  ///< for people: "log.entries[3].response", "record 12", "frame 7"; a long one is cut
    std::optional<bool> secured{};  ///< whether TLS protected the connection, if the export tells
    bool login_form = false;        ///< the body, which is not part of the text, is a page that asks for a password
};

/// Something in an export that was not read, and why; the rest was.
struct unread_part {
    std::string place;   ///< as in text_origin::label; "byte 120" if nothing better is known
    std::string reason;  ///< for people, one sentence without its full stop
};

/// Where the next part of a text goes.
class message_sink {
public:
    /// All of them must outlive it; `made` is how long the text was so far.
    message_sink(std::string& text, std::vector<text_origin>& origins, std::vector<unread_part>& unread,
                 std::size_t made)
        : text_(text), origins_(origins), unread_(unread), begin_(text.size()), made_(made) {}

    /// Appends a message, or a part of the text that has no origin of its own.
    void append(std::string_view message, text_origin origin);
    void append(std::string_view text) { text_ += text; }

    /// Says what was not read. The same of the same place is said once, and no more than `most_unread` places are named before
    /// `unread` is emptied: the one after them stands for the rest.
    void unread(std::string place, std::string reason);

    static constexpr std::size_t most_unread = 1000;

    /// How much was appended.
    [[nodiscard]] std::size_t size() const noexcept { return text_.size() - begin_; }

private:
    std::string& text_;
    std::vector<text_origin>& origins_;
    std::vector<unread_part>& unread_;
    std::size_t begin_;
    std::size_t made_;
};

/// HTTP messages as text (RFC 9112), made piece by piece from an export such as HAR or WARC. A request stands right before
/// its response, whatever the order in the export. Bodies are left out, and with them Content-Length and Transfer-Encoding;
/// messages of HTTP/2 have their fields in the form of HTTP/1.1, with "HTTP/2" as protocol. Text that only has to be
/// decoded (gzip, colours) keeps its lines and its bodies. Memory is bounded whatever the size of the export.
class message_text {
public:
    message_text() = default;
    message_text(const message_text&) = delete;
    message_text& operator=(const message_text&) = delete;
    virtual ~message_text() = default;

    /// Appends the next part of the text to `text`, what is known of its messages to `origins`, and what could not be read to
    /// `unread`. A part may be empty. False at the end, when nothing is appended.
    bool next(std::string& text, std::vector<text_origin>& origins, std::vector<unread_part>& unread);

protected:
    virtual bool make(message_sink& out) = 0;

private:
    std::size_t made_ = 0;
};

}  // namespace authlint

#endif
