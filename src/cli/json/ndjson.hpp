#ifndef AUTHLINT_NDJSON_HPP
#define AUTHLINT_NDJSON_HPP

#include "parse/engines.hpp"

#include <authgrammar/edition.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace authlint {

/// How `parse` reads values.
struct parse_settings {
    authgrammar::edition language = authgrammar::edition::rfc9110_recipient;
    bool reveal = false;
    bool fix = false;
};

/// Why a line of NDJSON is no question. The names are stable.
struct line_error_description {
    std::string_view name;
    std::string_view explanation;
};
[[nodiscard]] const std::vector<line_error_description>& all_line_errors();

/// A line that is no question: why, at which byte, and what could have stood there.
struct bad_line {
    std::string_view code;
    std::size_t offset = 0;
    std::string_view expected;
};

/// Appends `"error": {…}}`, which closes the answer's object.
void append_bad(std::string& out, const bad_line& bad);

/// Answers stdin line for line on stdout, each line with a JSON object of ASCII characters, and returns the exit code.
[[nodiscard]] int answer_lines(const parse_settings& settings, engine& reader);

}  // namespace authlint

#endif
