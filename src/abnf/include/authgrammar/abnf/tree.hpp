#ifndef AUTHGRAMMAR_ABNF_TREE_HPP
#define AUTHGRAMMAR_ABNF_TREE_HPP

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::abnf {

/// The forms that a definition is made of (RFC 5234, Sections 3 and 4; RFC 7230, Section 7 for lists).
enum class node_kind {
    alternation,    ///< `a / b`: children
    concatenation,  ///< `a b`: children
    repetition,     ///< `n*m a`, and `[ a ]` as `0*1 a`: one child, `at_least`, `at_most`
    list,           ///< `n#m a`: one child, `at_least`, `at_most`; an extension that `expand` replaces
    reference,      ///< a rule name, spelled as in the text
    literal,        ///< `"text"`, `%i"text"`, `%s"text"`, `%x41.42`: the bytes in `text`, `any_case`
    range,          ///< `%x30-39`, `%x41`: the bytes `low` to `high`
    prose           ///< `<...>`: the text between the angle brackets
};

/// No upper bound in a repetition or list.
inline constexpr std::uint32_t unbounded = std::numeric_limits<std::uint32_t>::max();

/// A definition, or a part of one. Members that its kind does not name keep their defaults.
struct node {
    node_kind kind = node_kind::concatenation;
    std::vector<node> children;
    std::uint32_t at_least = 1;
    std::uint32_t at_most = 1;
    std::string text;
    bool any_case = false;
    std::uint8_t low = 0;
    std::uint8_t high = 0;
    /// Where it begins in its source, counted from 1; 0 if it was not read from a text.
    std::size_t line = 0;
    std::size_t column = 0;
};

/// Makers for definitions that come from no text.
node make_reference(std::string_view name);
node make_literal(std::string_view text);
node make_concatenation(std::vector<node> parts);
node make_alternation(std::vector<node> choices);
node make_repetition(std::uint32_t at_least, std::uint32_t at_most, node element);

/// The same definition in a form that depends on the notation as little as possible: nested alternations and
/// concatenations are flattened, groups of one and `1*1` vanish, rule names are in lower case, a byte is a
/// range of one, places are dropped.
node normalise(const node& definition);

/// True if the two definitions are equal after `normalise`. Languages may be equal though this is false.
bool same_structure(const node& a, const node& b);

/// The definition as ABNF that the reader takes back to the same structure, on one line.
std::string to_string(const node& definition);

/// The name in lower case: rule names are compared without regard to case (RFC 5234, Section 2.1).
std::string fold_case(std::string_view name);

}  // namespace authgrammar::abnf

#endif
