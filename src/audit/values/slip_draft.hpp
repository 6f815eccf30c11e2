#ifndef AUTHGRAMMAR_AUDIT_SLIP_DRAFT_HPP
#define AUTHGRAMMAR_AUDIT_SLIP_DRAFT_HPP

#include <authgrammar/audit/slip.hpp>
#include <authgrammar/error.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::schemes {
struct parameter_description;
struct scheme_description;
}  // namespace authgrammar::schemes

namespace authgrammar::audit {

/// Replaces bytes [begin, end) of a value.
struct edit {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text;
};

/// A slip that a value may have, and the edit that would undo it, if one is known.
struct candidate {
    slip found;
    std::optional<edit> change;
};

/// A value on its way to its correction: what a recipient reads of it.
class draft {
public:
    /// Reads a copy of `value`.
    draft(field f, std::string_view value);

    /// Of a value that recipients accept, and of which these are the events. Both must outlive it. Constant time, no
    /// allocation.
    draft(field f, std::string_view value, const std::vector<event>& events) noexcept
        : field_(f), value_(value), events_(&events) {}

    [[nodiscard]] field name() const noexcept { return field_; }
    [[nodiscard]] field_kind kind() const noexcept { return kind_of(field_); }
    [[nodiscard]] std::string_view value() const noexcept { return value_; }
    [[nodiscard]] const error& why() const noexcept { return why_; }
    [[nodiscard]] bool valid() const noexcept { return why_.code == error_code::none; }
    [[nodiscard]] const std::vector<event>& events() const noexcept { return *events_; }

    /// The text of an event, which is of this draft.
    [[nodiscard]] std::string_view text(const event& e) const noexcept {
        return {value_.data() + e.begin, std::size_t{e.end} - e.begin};
    }
    [[nodiscard]] std::string_view slice(std::size_t begin, std::size_t end) const noexcept {
        return value().substr(begin, end - begin);
    }

    /// How many bytes a recipient does not come to read.
    [[nodiscard]] std::size_t unread() const noexcept { return valid() ? 0 : value_.size() - why_.offset + 1; }

    /// The value after an edit, or after several that are in order and do not overlap. They are remembered.
    [[nodiscard]] draft edited(const std::vector<edit>& edits) const;

    /// Where byte `at` stood before all edits.
    [[nodiscard]] std::size_t origin(std::size_t at) const noexcept;

    /// A slip at bytes [begin, end) of this draft.
    [[nodiscard]] candidate named(std::string_view id, std::size_t begin, std::size_t end, std::string what,
                                  std::string_view fix, std::string_view section) const;

    /// The name of the parameter of that event: "realm"; "a parameter" if redaction hides it.
    [[nodiscard]] std::string param_name(const event& e) const;

    /// The last scheme that begins at `at` or before; empty if there is none. Logarithmic, but for the first time.
    [[nodiscard]] std::string_view scheme_before(std::size_t at) const;

private:
    struct reading {
        std::string value;
        std::vector<event> events;
    };
    draft(field f, std::string value, std::vector<edit> history);

    field field_;
    std::shared_ptr<reading> own_;  // of what was read here; null for a view
    std::string_view value_;
    const std::vector<event>* events_;
    std::vector<edit> history_;  // `text` is that which was put in
    error why_{};
    mutable std::optional<std::vector<event>> schemes_;  // those of events_, once one was asked for
};

// What is written at a place of a value, read without regard to what is before it.
[[nodiscard]] bool is_white(char c) noexcept;
[[nodiscard]] bool is_tchar(char c) noexcept;
[[nodiscard]] bool is_token(std::string_view text) noexcept;
[[nodiscard]] bool is_token68(std::string_view text) noexcept;
[[nodiscard]] std::size_t skip_white(std::string_view value, std::size_t at) noexcept;
[[nodiscard]] std::size_t skip_white_back(std::string_view value, std::size_t at) noexcept;
[[nodiscard]] std::size_t token_end(std::string_view value, std::size_t at) noexcept;
[[nodiscard]] std::size_t token_begin(std::string_view value, std::size_t end) noexcept;

/// Whether a name, "=" and the start of a value are at `at`.
[[nodiscard]] bool param_at(std::string_view value, std::size_t at) noexcept;

/// Whether a known scheme is at `at`, and a space, a comma or the end behind it.
[[nodiscard]] bool scheme_at(std::string_view value, std::size_t at) noexcept;

/// How many bytes at `at` are what some editors, shells and templates make of a quote; 0 if they are something else.
[[nodiscard]] std::size_t quote_like_at(std::string_view value, std::size_t at) noexcept;

/// Whether an element can end at `at`: white space, then the end, or a comma with a parameter, a known scheme or the end
/// behind it.
[[nodiscard]] bool element_ends_at(std::string_view value, std::size_t at) noexcept;

/// In DQUOTEs, each DQUOTE and backslash escaped. With `escaped`, backslashes of `text` are escapes already.
[[nodiscard]] std::string quoted(std::string_view text, bool escaped = false);

/// Whether `text` has the form of a JWT in compact serialisation.
[[nodiscard]] bool is_jwt(std::string_view text) noexcept;

/// Whether `text` is the base64 of a user-id, a colon and a password, all of them printable.
[[nodiscard]] bool is_basic_base64(std::string_view text);
[[nodiscard]] std::string base64_of(std::string_view text);

/// Of credentials or a challenge without a scheme, whether the grammar takes the value for a scheme or refuses it.
void add_missing_scheme(const draft& d, std::vector<candidate>& out);

/// Of a challenge such as `Basic realm=`, whose parameter without a value passes for a token68.
void add_param_without_value(const draft& d, std::vector<candidate>& out);

// Each adds the candidates of its place, of a value that a recipient refuses.
void add_scheme_candidates(const draft& d, std::vector<candidate>& out);
void add_token_candidates(const draft& d, std::vector<candidate>& out);
void add_param_candidates(const draft& d, std::vector<candidate>& out);

// Of a value that a recipient accepts; `rows` are those of its parameters, as append_rows() has them.

/// Slips by which it says something else than was meant.
void add_meaning_candidates(const draft& d, const schemes::parameter_description* const* rows,
                            std::vector<candidate>& out);

/// What a sender should write otherwise, with the same meaning. In order.
void add_form_candidates(const draft& d, const schemes::parameter_description* const* rows,
                         std::vector<candidate>& out);

/// Whether there is any slip of these two kinds. Cheaper than to name them.
[[nodiscard]] bool has_candidates(const draft& d, const schemes::parameter_description* const* rows);

/// is_plain() of slip.hpp for a caller that has the rows.
[[nodiscard]] bool is_plain(field f, std::string_view value, const std::vector<event>& events,
                            const schemes::parameter_description* const* rows);

}  // namespace authgrammar::audit

#endif
