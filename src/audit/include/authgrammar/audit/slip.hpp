#ifndef AUTHGRAMMAR_AUDIT_SLIP_HPP
#define AUTHGRAMMAR_AUDIT_SLIP_HPP

#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::audit {

/// A mistake in a field value that can be named: what somebody wrote in place of what they meant.
struct slip {
    std::string_view id;        ///< stable: "scheme-twice"
    std::size_t begin = 0;      ///< [begin, end) of the value is at fault; equal at the end of the value
    std::size_t end = 0;        //
    std::string what;           ///< a phrase: "the scheme is written twice". Never a word that redaction hides
    std::string_view fix;       ///< a sentence: what to write instead
    std::string_view section;   ///< "RFC 9110, 11.4"
    bool same_meaning = false;  ///< recipients read the corrected value as they read this one
};

/// The slips in a value, and the value without them.
struct corrected_value {
    std::vector<slip> slips;           ///< the first is the cause of the error, if a recipient refuses the value
    std::optional<std::string> value;  ///< in the language of rfc9110_sender; nothing if what was meant is not known

    /// Whether `value` means the same as what was given, so that it can be put in its place without asking.
    [[nodiscard]] bool same_meaning() const noexcept;
};

/// Longer values, in bytes, are not corrected, and no slip is looked for in them.
inline constexpr std::size_t longest_corrected = 65536;

/// Names the slips in one field line's value of `f` and corrects them. A slip is known by the field, the error of the
/// recipient's grammar and what is around it; corrections are tried and kept if the grammar accepts more of the value.
/// A value that is as a sender should write it has no slips and is its own correction. Credentials of a scheme whose own
/// syntax the grammar does not allow (AWS4-HMAC-SHA256) are not corrected, nor are parameters of a scheme that is not in
/// the table: what looks like a slip may be what its servers read. Linear in the value: values with
/// more slips than a fixed number, or of more than longest_corrected, are not corrected.
[[nodiscard]] corrected_value correct(field f, std::string_view value);

/// Whether correct() finds no slip in a value that recipients accept, and of which these are the events. Linear; allocates only
/// if it finds one.
[[nodiscard]] bool is_plain(field f, std::string_view value, const std::vector<event>& events);

}  // namespace authgrammar::audit

#endif
