#ifndef AUTHGRAMMAR_AUDIT_REDACTION_HPP
#define AUTHGRAMMAR_AUDIT_REDACTION_HPP

#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::schemes {
struct parameter_description;
struct scheme_description;
}  // namespace authgrammar::schemes

namespace authgrammar::audit {

/// What replaces a secret.
inline constexpr std::string_view redacted = "<redacted>";

/// Whether values of `f` are secret: credentials, and the -Info fields, which carry what the next credentials
/// are made of. Challenges are not.
[[nodiscard]] constexpr bool is_secret(field f) noexcept { return kind_of(f) != field_kind::challenges; }

/// Decides which words of a secret value are shown: those that the table of schemes knows, each in its own place. A scheme
/// is shown if it is in the table, a parameter name if its scheme has it, a value if the table lists it as one that the
/// parameter may have. No token68 is. Made for one value; its words are handed in in order.
class word_filter {
public:
    explicit word_filter(field_kind kind) noexcept : kind_(kind) {}

    /// Whether the word of `e` in `value` is shown. Begins and ends of challenges have no word.
    [[nodiscard]] bool shows(std::string_view value, const event& e) noexcept;

    /// The same, of a word by itself. `raw` has its escapes, but no quotes.
    [[nodiscard]] bool shows_scheme(std::string_view raw) noexcept;
    [[nodiscard]] bool shows_param_name(std::string_view raw) noexcept;
    [[nodiscard]] bool shows_param_value(std::string_view raw) const noexcept;

private:
    field_kind kind_;
    const schemes::scheme_description* scheme_ = nullptr;
    const schemes::parameter_description* param_ = nullptr;
};

/// A stretch of a value, shown or not.
struct shown_piece {
    std::size_t begin;
    std::size_t end;
    bool secret;
};

/// Cuts a secret value of a field of that kind, whose events a tokenizer found, into what may be shown (the words that
/// word_filter shows, and what separates words) and what may not: all else. A value that is not `valid` is not trusted to
/// be what it looks like: a name is shown only if its parameter is complete, and from the end of the last complete one on
/// all is secret, for a secret that broke the grammar could be anywhere. Pieces are in order, adjacent and cover the
/// value.
[[nodiscard]] std::vector<shown_piece> redact(field_kind kind, std::string_view value, const std::vector<event>& events,
                                              bool valid);

/// Cuts the value of any field line of a message: the secret ones of `known` as redact() does, challenges not at all,
/// targets of Location and its like as redact_target() does, and harmless fields (Host, Date, Content-Type and the like) not at
/// all if the value has the form of its field. Everything else is secret: Cookie, unknown fields, misspelt names. `name` and
/// `value` as in the line. Linear.
[[nodiscard]] std::vector<shown_piece> redact_field(std::optional<field> known, std::string_view name,
                                                    std::string_view value);

/// The value of a field line with what redact_field() calls secret replaced by `redacted`.
[[nodiscard]] std::string redacted_field(std::optional<field> known, std::string_view name, std::string_view value);

/// The same for a field whose name is spelled right.
[[nodiscard]] std::string redacted_field(field f, std::string_view value);

/// Whether a method is shown: those of IANA's registry for HTTP, in capitals as they are defined, and of RTSP. Another may be a
/// secret whose line looks like a request line.
[[nodiscard]] bool shows_method(std::string_view method) noexcept;

/// Cuts a request target or a URI reference: userinfo, the values of path parameters and in the query, and
/// the fragment are secret.
[[nodiscard]] std::vector<shown_piece> redact_target(std::string_view target);

}  // namespace authgrammar::audit

#endif
