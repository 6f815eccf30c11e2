#ifndef AUTHGRAMMAR_AUDIT_FRAMING_HPP
#define AUTHGRAMMAR_AUDIT_FRAMING_HPP

#include "input/input_window.hpp"
#include "input/start_search.hpp"

#include <authgrammar/audit/message.hpp>

#include <cstddef>
#include <optional>

namespace authgrammar::audit {

/// What a header section says of where its body ends.
struct body_fields {
    bool chunked = false;               ///< it has Transfer-Encoding, whatever the value
    bool has_length = false;            ///< it has Content-Length
    std::optional<std::size_t> length;  ///< that is one number

    /// Of the first line of each name. Linear in the lines.
    [[nodiscard]] static body_fields of(const message& m) noexcept;
    [[nodiscard]] bool any() const noexcept { return chunked || has_length; }
};

/// A body, as far as a dump tells.
struct framing {
    std::size_t end = 0;                    ///< behind the body, and the trailer section if there is one
    std::optional<std::size_t> trailers;    ///< where its trailer section begins, if it has field lines
    std::optional<doubtful_framing> doubt;  ///< about the bytes from its place to `end`
    bool unchecked = false;                 ///< the source could not keep what it takes to believe the fields
};

/// A start line that was found behind a body.
struct found_start {
    std::size_t at = 0;  ///< where the line begins, with its prefix
    dump_line line;
    start_line parts;  ///< of which the sizes count: the window may have moved on
};

/// Finds where bodies end: as Content-Length or the chunks say, if a message or the end of the input follows there; else
/// where the next message starts. A dump may lack the body, be cut off, or hold it decoded, so the framing alone is not
/// to be believed. All calls for one input together are linear in it: looking ahead in vain is done for no more bytes
/// than were looked at so far, and a few, after which bodies end where the next message starts.
class body_finder {
public:
    /// `window` must outlive it. A line longer than `longest` bytes is no start line.
    body_finder(input_window& window, std::size_t longest) noexcept;

    /// Of the body that begins at `begin`. `form`, if it is not null, is shown the body.
    [[nodiscard]] framing find(std::size_t begin, const body_fields& fields, login_form_search* form);

    /// Where the next message starts, at or behind `begin`; the end of the input if none does.
    [[nodiscard]] std::size_t next_start(std::size_t begin, login_form_search* form);

    /// The start line at `at`, if it was read to believe that a body ends there; else null.
    [[nodiscard]] const found_start* start_at(std::size_t at) const noexcept {
        return behind_ && behind_->at == at ? &*behind_ : nullptr;
    }

private:
    struct search;
    [[nodiscard]] std::size_t budget() const noexcept { return furthest_ + free_bytes; }
    bool is_spent() const noexcept { return spent_ >= budget(); }
    std::optional<framing> by_length(search& s, std::size_t begin, std::size_t length);
    std::optional<framing> by_chunks(search& s, std::size_t at);
    std::optional<framing> trailers_at(search& s, std::size_t at, std::size_t& seen);
    bool reaches(search& s, std::size_t at);
    bool message_or_end_at(std::size_t at);
    bool is_blank(std::size_t begin, std::size_t end);
    void take_doubt(framing& found, std::size_t begin, const body_fields& fields);
    input_window& near(std::size_t at);
    void show(login_form_search& form, std::size_t begin, std::size_t end);

    static constexpr std::size_t free_bytes = std::size_t{1} << 16;
    input_window& window_;
    input_window ahead_;
    std::size_t longest_;
    std::size_t furthest_ = 0;  // what was looked at, in vain or not
    std::size_t spent_ = 0;     // bytes that were looked at in vain
    std::optional<found_start> behind_;
};

}  // namespace authgrammar::audit

#endif
