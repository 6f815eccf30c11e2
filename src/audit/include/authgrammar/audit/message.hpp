#ifndef AUTHGRAMMAR_AUDIT_MESSAGE_HPP
#define AUTHGRAMMAR_AUDIT_MESSAGE_HPP

#include <authgrammar/audit/foreign_format.hpp>
#include <authgrammar/audit/line_name.hpp>
#include <authgrammar/audit/seldom.hpp>
#include <authgrammar/audit/span.hpp>
#include <authgrammar/field.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::audit {

/// The value of a field line as RFC 9112 hands it on: without the white space around it (Section 5.1), each
/// obs-fold replaced by one SP (Section 5.2). Every byte knows where it stood in the input. A value without folds is a
/// view; one with folds has memory of its own.
class line_value {
public:
    line_value() noexcept = default;

    /// Of `bytes`, which stand at `source` in the input and must outlive it.
    line_value(std::string_view bytes, std::size_t source) noexcept : first_(bytes), first_source_(source) {}

    /// The value.
    [[nodiscard]] std::string_view text() const noexcept { return more_ ? std::string_view(more_->joined) : first_; }

    /// Where byte `offset` of the value stands in the input; for the value's size, where the value ends. The SP
    /// of an obs-fold stands where the fold begins. Logarithmic in the folds.
    [[nodiscard]] std::size_t source_of(std::size_t offset) const noexcept {
        return more_ ? source_in_runs(offset) : first_source_ + offset;
    }

    /// Appends `bytes`, which stand at `source` in the input. The first bytes are not copied and must outlive the value.
    void append(std::string_view bytes, std::size_t source) {
        if (!first_.empty() || more_) {
            append_more(bytes, source);
            return;
        }
        first_ = bytes;
        first_source_ = source;
    }

    /// Removes white space at the end.
    void trim_end() noexcept;

private:
    struct run {
        std::size_t at;      // in the value
        std::size_t source;  // in the input
    };
    struct more_runs {
        std::string joined;     // of all runs
        std::vector<run> runs;  // those behind the first one
    };
    void append_more(std::string_view bytes, std::size_t source);
    [[nodiscard]] std::size_t source_in_runs(std::size_t offset) const noexcept;

    std::string_view first_;
    std::size_t first_source_ = 0;
    seldom<more_runs> more_;  // if there are more runs than one
};

/// Lines where field lines should be, and none is.
struct unread_lines {
    std::string text;  ///< without the white space around each line; LF between two
    span at;
};

/// What few field lines have.
struct line_oddities {
    std::optional<span> space_before_colon;  ///< RFC 9112, 5.1: there must be none
    std::vector<span> folds;                 ///< each obs-fold: white space, line end, white space

    /// Of an authentication field: the lines directly after it that are not field lines. They may be the rest of a value
    /// that was broken into lines.
    unread_lines unread_after;
};

/// One field line of a message (RFC 9112, 5). Its views are good as long as the message, or a copy of it, is.
struct field_line {
    /// An empty one. It is not defaulted here, so that no memory is cleared before the members are made.
    field_line() noexcept;

    /// One of the field `of` that takes `place` in the input and begins with `spelled`. Its value is `text`, which stands at
    /// `text_at` in the input. It has nothing odd.
    field_line(std::string_view spelled, line_name of, span place, std::string_view text, std::size_t text_at) noexcept;

    std::string_view name;               ///< as it is spelled
    line_name which = line_name::other;  ///< which of the fields that are looked for it is
    std::optional<field> known;          ///< which of the authentication fields it is, if it is one
    span name_at;
    span whole;  ///< from the name to the last byte before the line end, folded lines included
    line_value value;
    seldom<line_oddities> odd;
};

inline field_line::field_line() noexcept = default;

inline field_line::field_line(std::string_view spelled, line_name of, span place, std::string_view text,
                              std::size_t text_at) noexcept
    : name(spelled),
      which(of),
      known(field_of(of)),
      name_at{place.offset, spelled.size()},
      whole(place),
      value(text, text_at) {}

/// What a message begins with.
enum class start_kind {
    none,     ///< nothing: bare field lines
    request,  ///< a request line
    response  ///< a status line
};

/// Where a message was found.
enum class message_place {
    stream,   ///< where the dump goes on
    body,     ///< in what is the body of the message before it by another reading
    trailers  ///< no message, but the trailer section of the one before it (RFC 9112, 7.1.2)
};

/// Bytes that are body or messages, depending on what of a header section is believed.
struct doubtful_framing {
    span at;                   ///< where the readings begin to differ; the start line there, if there is one
    bool holds_field = false;  ///< whether a start line or an authentication field stands in them
};

/// Which limit was met.
enum class reading_limit {
    header_bytes,  ///< of a header section
    field_lines,   ///< in a header section
    line_bytes,    ///< of one line between messages
    kept_bytes     ///< of what a source that cannot go back keeps: the body was read in one way only
};

/// What was not read, because a limit was met.
struct bytes_past_limit {
    reading_limit limit = reading_limit::header_bytes;
    span at;                     ///< the line that met it, and all behind it that were not read
    std::size_t auth_lines = 0;  ///< how many of them are lines of authentication fields
};

/// What a message is, but for its lines. Its views are of the message's header.
struct message_facts {
    start_kind start = start_kind::none;
    span start_line;             ///< of the start line; of the first byte if there is none
    std::string_view method;     ///< of a request
    std::string_view target;     ///< of a request, as its line has it
    std::optional<int> status;   ///< of a response
    std::string_view protocol;   ///< as the start line has it: "HTTP/1.1", "HTTP/2"
    std::size_t body_bytes = 0;  ///< bytes after the header section, which are not judged; behind a 100 (Continue), of
                                 ///< the body of its request
    std::size_t curl_notes = 0;  ///< lines among it that are remarks of `curl -v`, which are not judged
    bool login_form = false;     ///< of a 401: its body is a page with a form that asks for a password
    message_place place = message_place::stream;
    char line_prefix =
        '\0';  ///< before each line: '<' or '>' of `curl -v`, ' ' for the two spaces of `wget -S`; 0 for none
    std::optional<doubtful_framing> doubt;       ///< about its body
    std::optional<foreign_format> foreign;       ///< it is none: what begins here was not read, whatever it holds
    std::optional<bool> secured;                 ///< whether TLS protects the connection, if remarks of `curl -v` tell
    bool loopback = false;                       ///< the connection is to loopback, by remarks of `curl -v`
    std::optional<bytes_past_limit> past_limit;  ///< what of it was not read for its number or size
};

/// An HTTP/1.1 message as a dump has it, or a run of bare field lines. Independent of the input's memory: copies share the
/// bytes that their views are of.
struct message : message_facts {
    std::vector<field_line> lines;  ///< in order
    std::vector<span> unreadable;   ///< where a field line should be and none is; adjacent lines in one span

    /// The bytes of the input from start_line.offset to the end of the header section, of which the views are; null if
    /// there are none.
    std::shared_ptr<const std::string> header;
};

/// Takes an input apart into messages: raw messages with CRLF or LF, what `curl -i` or `curl -v` prints (`>`, `<`
/// and `*` lines, its progress meter), or `wget -S` (responses, indented), any number of them one after the other, and bare field lines. RTSP has the same
/// form. A byte-order mark of UTF-8 is skipped.
///
/// Reads every sequence of bytes. What is not part of a message stands in the `unreadable` of one, in order, so
/// that nothing is lost; only blank lines, curl's remarks and bodies are passed over, and the latter two are
/// counted. There is always one message at least: an empty one if there is nothing to read. An input in a foreign format
/// is one message that says so, SIP messages in a row likewise.
///
/// Bare field lines have no body, nor have requests without Content-Length and Transfer-Encoding, 1xx, 204, 304, and
/// answers to HEAD and CONNECT (RFC 9112, 6.3). Another body ends where Content-Length or the chunks say, if a message
/// or the end of the input follows there; else at the next line that starts a message. Where the two differ, what stands
/// between is read too, as messages whose place is `body`, right behind the one that may own it. The body of a request may
/// stand behind the 100 (Continue) that it waited for. Linear in the input, but for a factor that is logarithmic in the
/// folds. message_reader does the same message by message.
[[nodiscard]] std::vector<message> read_messages(std::string_view input);

}  // namespace authgrammar::audit

#endif
