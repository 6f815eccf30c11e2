#ifndef AUTHLINT_LINT_LINTED_FILE_HPP
#define AUTHLINT_LINT_LINTED_FILE_HPP

#include "lint/line_index.hpp"
#include "shell/input_stream.hpp"

#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/reading_limits.hpp>

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authlint {

/// Line and column of a byte, from 1. Line 0 is one that is not known any more.
struct text_place {
    std::size_t line = 1;
    std::size_t column = 1;
    std::string_view label =
        {};  ///< of an export: what the bytes are part of there; line and column count from its start
};

/// A file that is linted. Its messages are judged one after the other, so that no two are in memory; of those before, as many
/// as `most_starts` can be found again.
class linted_file {
public:
    /// A file that is held in memory as a whole, as all of its messages.
    linted_file(std::string name, std::string_view bytes, const std::vector<authgrammar::audit::message>& messages);

    /// A file of which `stream` gives the bytes, or the text that was made from them. It must outlive it.
    linted_file(std::string name, input_stream& stream);

    linted_file(const linted_file&) = delete;
    linted_file& operator=(const linted_file&) = delete;
    ~linted_file();

    std::string name;
    std::string_view bytes;  ///< all of it with --fix or --why; else empty, for it is read piece by piece
    const std::vector<authgrammar::audit::message>& messages;  ///< the same

    /// What the reader of messages reads from. Only of a file that has a stream.
    [[nodiscard]] authgrammar::audit::input_source& source() noexcept;

    /// Takes a message that was read, so that it can be found again. It must stay until the next one is taken.
    void take(const authgrammar::audit::message& m);

    /// What an export says of the message goes into it.
    void add_origin(authgrammar::audit::message& m) const;

    /// Logarithmic, and linear in a few KiB. The label is good until more is read.
    [[nodiscard]] text_place place_of(std::size_t offset) const;

    /// An earlier message, or one that was taken, with `offset` in its header section or its body; null if it is lost. Good
    /// until the next call.
    [[nodiscard]] const authgrammar::audit::message* message_at(std::size_t offset) const;

    /// The bytes from `offset` on, `size` at most; fewer if the input ends or they are lost.
    [[nodiscard]] std::string bytes_at(std::size_t offset, std::size_t size) const;

    static constexpr std::size_t most_starts = std::size_t{1} << 16;

private:
    class counted_source;
    struct message_start {
        std::size_t offset;
        authgrammar::audit::message_place place;
        char line_prefix;
    };

    [[nodiscard]] bool is_near_start(std::size_t offset) const noexcept;
    [[nodiscard]] std::optional<line_index::place> place_in_header(std::size_t offset) const;

    std::unique_ptr<input_stream> held_;
    input_stream* stream_;
    std::unique_ptr<line_index> lines_;
    std::unique_ptr<counted_source> source_;
    std::deque<message_start> starts_;
    const authgrammar::audit::message* current_ = nullptr;
    mutable authgrammar::audit::message found_;
};

}  // namespace authlint

#endif
