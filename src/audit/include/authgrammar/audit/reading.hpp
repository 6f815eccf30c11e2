#ifndef AUTHGRAMMAR_AUDIT_READING_HPP
#define AUTHGRAMMAR_AUDIT_READING_HPP

#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/span.hpp>
#include <authgrammar/challenge.hpp>
#include <authgrammar/edition.hpp>
#include <authgrammar/error.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::audit {

/// Reads `value` with the production tokenizer, without limits, and keeps the events in `events`. Answers the
/// error, `none` if there is none. Linear in the value.
error read_events(field f, std::string_view value, edition e, std::vector<event>& events);

/// All lines of one authentication field in one message, read as RFC 9110, 5.3 joins them. The message must
/// outlive it. Movable, not copyable: views of a value point into it.
class field_reading {
public:
    /// `lines` is not empty; all are lines of `f`.
    field_reading(field f, std::vector<const field_line*> lines);
    field_reading(field_reading&&) noexcept = default;
    field_reading& operator=(field_reading&&) noexcept = default;
    field_reading(const field_reading&) = delete;
    field_reading& operator=(const field_reading&) = delete;
    ~field_reading() = default;

    [[nodiscard]] field name() const noexcept { return field_; }
    [[nodiscard]] const std::vector<const field_line*>& lines() const noexcept { return lines_; }

    /// The non-empty lines joined by ", ". Offsets of events and errors count from its start.
    [[nodiscard]] std::string_view value() const noexcept { return value_; }

    /// Why edition `e` refuses the joined value; code `none` if it does not. It is read by editions but that of recipients
    /// when this is first asked, so not by several threads at once.
    [[nodiscard]] const error& error_in(edition e) const;
    [[nodiscard]] bool accepted_by(edition e) const { return error_in(e).code == error_code::none; }

    /// Whether a recipient has to accept the joined value (RFC 9110, 5.6.1.2).
    [[nodiscard]] bool valid() const noexcept { return error_.code == error_code::none; }

    /// Why a recipient refuses line number `i` taken alone. Its offset counts from the start of that line.
    [[nodiscard]] const error& line_error(std::size_t i) const noexcept {
        return line_errors_.empty() ? error_ : line_errors_[i];
    }

    /// Whether the joined value is not valid, but challenges or credentials in it can be read: each line by itself, and
    /// after an error from the next list element on that can. Recipients that join the lines read none of them.
    [[nodiscard]] bool recovered() const noexcept { return !valid() && !events_.empty(); }

    /// Events of the recipient's reading. If it is not valid: of the challenges or credentials that were recovered.
    [[nodiscard]] const std::vector<event>& events() const noexcept { return events_; }

    /// The challenges, or the one credentials; if the value is not valid, those that were recovered. Empty if the field
    /// holds neither.
    [[nodiscard]] challenges parts() const noexcept;

    /// Where the text of an event stands in the joined value.
    [[nodiscard]] std::string_view text(const event& e) const noexcept {
        return value().substr(e.begin, e.end - e.begin);
    }

    /// Where byte `offset` of the joined value stands in the input. Logarithmic in the lines.
    [[nodiscard]] std::size_t source_of(std::size_t offset) const noexcept {
        if (!starts_.empty()) return source_in_lines(offset);
        return lines_.front()->value.source_of(offset < value_.size() ? offset : value_.size());
    }

    /// Where bytes [begin, end) of the joined value stand in the input: from the first to the last of them.
    [[nodiscard]] span source(std::size_t begin, std::size_t end) const noexcept {
        if (begin >= end) return {source_of(begin), 0};
        return span_between(source_of(begin), source_of(end - 1) + 1);
    }
    [[nodiscard]] span source(const event& e) const noexcept { return source(e.begin, e.end); }

    /// Where byte `offset` stands: one byte, or none at the end of the value.
    [[nodiscard]] span source_at(std::size_t offset) const noexcept;

private:
    friend class field_reader;
    field_reading() = default;
    void start(field f) noexcept;
    void read(event_buffer& room);
    bool join(event_buffer& room);
    void recover();
    [[nodiscard]] std::size_t source_in_lines(std::size_t offset) const noexcept;

    /// A line that is not empty, and where it begins in the joined value.
    struct joined_line {
        std::size_t at;
        std::size_t line;
    };
    field field_ = field::www_authenticate;
    std::vector<const field_line*> lines_;
    std::string_view value_;               ///< of the only line, or of joined_
    std::unique_ptr<std::string> joined_;  ///< if there are several lines, or were in an earlier message
    std::vector<joined_line> starts_;      ///< if there are several lines
    std::vector<event> events_;
    error error_{};  ///< of a recipient
    mutable std::array<std::unique_ptr<error>, all_editions.size()>
        others_;                      ///< of the editions in asked_; null if none
    mutable std::uint8_t asked_ = 0;  ///< bits of editions that were asked for
    std::vector<error> line_errors_;  ///< if there are several lines
};

/// Reads the authentication fields of one message after the other, in the memory of those before.
class field_reader {
public:
    field_reader() = default;
    field_reader(const field_reader&) = delete;
    field_reader& operator=(const field_reader&) = delete;
    ~field_reader() = default;

    /// Puts the readings of the authentication fields of `m` in `into`, in the order in which the fields first occur. What
    /// `into` held before ends, whichever message it is of. The readings do not depend on the reader, which keeps the memory
    /// of at most one reading for each field. Linear in the lines and the values; allocates only what is larger than before.
    void read(const message& m, std::vector<field_reading>& into);

private:
    std::vector<field_reading> spare_;  ///< of which only the memory counts
    inline_event_buffer<64> room_;      ///< for the events of a value; those of longer ones go straight to the reading
};

/// Readings of the authentication fields of `m`, in the order in which the fields first occur. A field_reader is cheaper for
/// many messages.
[[nodiscard]] std::vector<field_reading> read_fields(const message& m);

/// The reading of that field; null if it is not among them.
[[nodiscard]] const field_reading* reading_of(const std::vector<field_reading>& readings, field f) noexcept;

}  // namespace authgrammar::audit

#endif
