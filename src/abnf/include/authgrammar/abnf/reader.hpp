#ifndef AUTHGRAMMAR_ABNF_READER_HPP
#define AUTHGRAMMAR_ABNF_READER_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "authgrammar/abnf/error.hpp"
#include "authgrammar/abnf/tree.hpp"

namespace authgrammar::abnf {

/// A rule as a text gives it.
struct rule {
    std::string name;  ///< spelled as where it is defined
    node definition;
    bool incremental = false;  ///< defined by `=/` (RFC 5234, Section 3.3)
    std::string source;        ///< name of the text, as given to `read`
    std::size_t line = 0;      ///< line of the name, from 1
    std::size_t column = 0;    ///< always 1 for rules that were read
    std::string document;      ///< `RFC 9110`, if the first comment of the text begins so
    std::string section;       ///< `Section 11.3` or `Appendix B.1`: the last comment of this form above the rule
    std::string text;          ///< the definition verbatim, from the name to the last line, comments included
    std::string import_text;   ///< verbatim prose-val rule by which a later text imported this one; see `rule_set`
};

/// Bounds that keep reading, and everything that walks the tree afterwards, finite on hostile text.
struct reader_limits {
    std::size_t bytes = std::size_t{1} << 20;  ///< length of the text
    std::size_t depth = 64;                    ///< nesting of groups and options
    std::uint32_t repeat = 65535;              ///< largest number in a repetition or list
};

/// Reads a rule list (RFC 5234, Section 4, with RFC 7405 and the list extension of RFC 7230, Section 7).
///
/// Accepts LF as well as CRLF for a line end, a last line without one, and bytes 80-FF in comments; is
/// otherwise strict. Rules start in the first column. A num-val over FF is an error, since rules are over
/// bytes. Rules come in the order of the text; two of the same name are not yet merged (see `rule_set::add`).
/// An error names the first place where the text cannot go on. Linear in the length of the text, up to the
/// nesting depth as a factor; recursion is bounded by `reader_limits::depth`.
result<std::vector<rule>> read(std::string_view text, std::string_view source, const reader_limits& limits = {});

}  // namespace authgrammar::abnf

#endif
