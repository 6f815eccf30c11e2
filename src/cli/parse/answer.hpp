#ifndef AUTHLINT_ANSWER_HPP
#define AUTHLINT_ANSWER_HPP

#include "parse/engines.hpp"

#include <authgrammar/audit/reading.hpp>
#include <authgrammar/field.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace authlint {

/// A field value to be read: what a person, a file or a line of JSON gives.
struct question {
    authgrammar::field field{};
    std::vector<std::string> lines;  ///< field lines as they are
    bool several = false;            ///< lines were given as such: errors tell the line, even if there is only one

    /// The non-empty lines joined by ", " (RFC 9110, 5.3): a view of the one line, or of `room`.
    [[nodiscard]] std::string_view joined(std::string& room) const;
};

/// Appends `"valid": true, "parsed": […]` or `"valid": false, "error": {…}`, and what append_recovered() does. Secret values
/// are replaced unless `reveal`.
void append_answer(std::string& out, const question& q, std::string_view joined, const verdict& v, bool reveal);

/// Appends the challenges, credentials or parameters that `events` found in `joined`: `[{"scheme": …}]`.
void append_parsed(std::string& out, authgrammar::field f, std::string_view joined,
                   const std::vector<authgrammar::event>& events, bool reveal);

/// Of a value that is not valid, but holds challenges or credentials that can be read by themselves, appends
/// `, "recovered": true, "readable": […]`. Of any other value nothing.
void append_recovered(std::string& out, const authgrammar::audit::field_reading& r, bool reveal);

/// Where byte `offset` of the joined value stands.
struct line_place {
    std::size_t line = 0;
    std::size_t offset = 0;
};
[[nodiscard]] line_place place_of(const question& q, std::size_t offset);

}  // namespace authlint

#endif
