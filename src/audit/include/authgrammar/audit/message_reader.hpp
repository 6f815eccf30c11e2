#ifndef AUTHGRAMMAR_AUDIT_MESSAGE_READER_HPP
#define AUTHGRAMMAR_AUDIT_MESSAGE_READER_HPP

#include <authgrammar/audit/input_source.hpp>
#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/reading_limits.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

namespace authgrammar::audit {

/// Reads the messages of an input one after the other, as read_messages() does. Apart from the message, it takes memory of
/// a few times `limits.header_bytes` and `limits.line_bytes`, whatever the input. It reads on only as far as the next
/// message needs: a message without a body, and with a start line, is there before a byte behind its empty line is awaited.
class message_reader {
public:
    /// Of an input that is in memory and outlives the reader.
    explicit message_reader(std::string_view input, const reading_limits& limits = reading_limits::none());

    /// Of a source, which must outlive the reader.
    explicit message_reader(input_source& source, const reading_limits& limits = reading_limits::standard());

    message_reader(const message_reader&) = delete;
    message_reader& operator=(const message_reader&) = delete;
    ~message_reader();

    /// Puts the next message in place of `m`, whose memory is used again. False at the end of the input, where `m` stays. Of
    /// messages that were found in colours of a terminal, up to the next start line, there is one message that says so.
    [[nodiscard]] bool next(message& m);

    /// How far the input was read, in bytes: where the next message is looked for.
    [[nodiscard]] std::size_t offset() const noexcept;

private:
    class reader;
    std::unique_ptr<reader> reader_;
};

/// Reads a message without its body once more, from a source that still has it. `first` has the place, start_line.offset and
/// line_prefix of the message. Linear in the header section.
[[nodiscard]] message read_header_again(input_source& source, const message& first, const reading_limits& limits);

}  // namespace authgrammar::audit

#endif
