#ifndef AUTHLINT_FORMATS_EXPORT_STREAM_HPP
#define AUTHLINT_FORMATS_EXPORT_STREAM_HPP

#include "formats/byte_source.hpp"
#include "formats/message_text.hpp"
#include "shell/input_stream.hpp"

#include <authgrammar/audit/message.hpp>

#include <cstddef>
#include <deque>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace authlint {

/// The bytes of a stream from its start, as converters read them. The stream must outlive it.
class stream_source : public byte_source {
public:
    explicit stream_source(input_stream& stream) : stream_(stream) {}
    std::string_view next() override;
    [[nodiscard]] std::string failure() const override { return stream_.failure(); }

private:
    input_stream& stream_;
    std::size_t at_ = 0;
    std::string buffer_;
};

/// The text that is made from an export, as an input that is read piece by piece.
class export_stream : public kept_input {
public:
    explicit export_stream(std::unique_ptr<message_text> messages) : messages_(std::move(messages)) {}

    /// Keeps the origins of all messages, and not only of the last most_origins.
    void keep_all_origins() noexcept { most_ = std::numeric_limits<std::size_t>::max(); }

    /// Where the byte at `offset` of the text was in the export; null if nothing says so, or it is too far back. Good until
    /// the next read. Logarithmic.
    [[nodiscard]] const text_origin* origin_of(std::size_t offset) const;

    /// What was not read since the last call.
    [[nodiscard]] std::vector<unread_part> take_unread();

    static constexpr std::size_t most_origins = std::size_t{1} << 14;

protected:
    std::size_t fill(char* into, std::size_t size) override;

private:
    std::unique_ptr<message_text> messages_;
    std::size_t most_ = most_origins;
    std::string text_;
    std::size_t at_ = 0;
    std::vector<text_origin> made_;
    std::deque<text_origin> origins_;
    std::vector<unread_part> unread_;
};

/// An input, and the text of its messages.
struct opened_input {
    std::unique_ptr<input_stream> file;   ///< null if it cannot be opened
    std::unique_ptr<export_stream> made;  ///< the text, if it is made from the file; else the file is the text
    std::string refusal;                  ///< why nothing of it is read, for people; or empty

    [[nodiscard]] input_stream& text() const { return made != nullptr ? static_cast<input_stream&>(*made) : *file; }
};

/// Opens the file `path` ("-" is stdin) and finds out what it holds; `kind` is one of input_kinds(), or empty for what it
/// looks like. Of a pipe that begins with a start line no more than that line is awaited.
[[nodiscard]] opened_input open_messages(const std::string& path, const std::string& kind);

/// Tells a message what the export says of it.
void apply_origin(const text_origin& origin, authgrammar::audit::message& m);

}  // namespace authlint

#endif
