#ifndef AUTHLINT_REPORT_ESCAPES_HPP
#define AUTHLINT_REPORT_ESCAPES_HPP

#include <string>
#include <string_view>

namespace authlint {

// Text on its way into a form of report. Names of files have any bytes, all else is UTF-8. Linear.

/// The text with each byte that is not part of UTF-8 (RFC 3629) replaced with U+FFFD.
[[nodiscard]] std::string valid_utf8(std::string_view bytes);

/// The same, with controls, line separators and the characters that change the direction of text written as \u000A: what is
/// shown is what is there.
[[nodiscard]] std::string visible_utf8(std::string_view bytes);

/// For the content and the quoted attributes of XML 1.0 and HTML: visible_utf8() with & < > " ' as references.
[[nodiscard]] std::string markup_escaped(std::string_view bytes);

/// For the message, and the properties, of a workflow command of GitHub: valid_utf8() with line ends as %0D and %0A, and other
/// controls as visible_utf8() has them.
[[nodiscard]] std::string github_message(std::string_view bytes);
[[nodiscard]] std::string github_property(std::string_view bytes);

/// The text with its first letter, if it is one of ASCII, in upper case.
[[nodiscard]] std::string capitalised(std::string_view text);

/// A URI reference (RFC 3986) for a file: "/a b" gives "file:///a%20b", "a:b" gives "a%3Ab".
[[nodiscard]] std::string file_uri(std::string_view path);

}  // namespace authlint

#endif
