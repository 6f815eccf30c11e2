#ifndef AUTHGRAMMAR_AUDIT_FRAMING_HPP
#define AUTHGRAMMAR_AUDIT_FRAMING_HPP

#include <authgrammar/audit/message.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace authgrammar::audit {

/// A body, as far as a dump tells.
struct framing {
    std::size_t end = 0;                    ///< behind the body, and the trailer section if there is one
    std::optional<std::size_t> trailers;    ///< where its trailer section begins, if it has field lines
    std::optional<doubtful_framing> doubt;  ///< about the bytes from its place to `end`
};

/// Finds where bodies end: as Content-Length or the chunks say, if a message or the end of the input follows there; else
/// where the next message starts. A dump may lack the body, be cut off, or hold it decoded, so the framing alone is not
/// to be believed. All calls for one input together are linear in it: looking ahead in vain is done for no more bytes
/// than the input has, after which bodies end where the next message starts.
class body_finder {
public:
    /// `input` must outlive it.
    explicit body_finder(std::string_view input) noexcept : input_(input), vain_(input.size()) {}

    /// Of the body of `m` that begins at `begin`.
    [[nodiscard]] framing find(std::size_t begin, const message& m) noexcept;

    /// Where the next message starts, at or behind `begin`; the end of the input if none does.
    [[nodiscard]] std::size_t next_start(std::size_t begin) const noexcept;

private:
    std::optional<framing> framed(std::size_t begin, const message& m) noexcept;
    std::optional<framing> chunked(std::size_t at) noexcept;
    bool message_or_end_at(std::size_t at) noexcept;
    void spend(std::size_t bytes) noexcept { vain_ -= bytes < vain_ ? bytes : vain_; }

    std::string_view input_;
    std::size_t vain_;  // bytes that may still be looked at in vain
};

/// A status line in the middle of a line: a body without a line end, and the next answer behind it. The line
/// after it has to be a field line, for a body may well speak of HTTP. Nothing if there is none.
struct dump_line;
[[nodiscard]] std::optional<std::size_t> status_line_within(std::string_view input, const dump_line& line) noexcept;

}  // namespace authgrammar::audit

#endif
