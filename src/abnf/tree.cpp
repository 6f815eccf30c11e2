#include "authgrammar/abnf/tree.hpp"

#include <algorithm>
#include <utility>

namespace authgrammar::abnf {
namespace {

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

bool is_string_char(char c) { return c >= 0x20 && c <= 0x7E && c != '"'; }

std::string hex(std::uint8_t byte) {
    static constexpr char digits[] = "0123456789ABCDEF";
    return {digits[byte >> 4], digits[byte & 15]};
}

bool equal(const node& a, const node& b) {
    return a.kind == b.kind && a.at_least == b.at_least && a.at_most == b.at_most && a.text == b.text &&
           a.any_case == b.any_case && a.low == b.low && a.high == b.high &&
           std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(), equal);
}

std::string print_literal(const node& n) {
    const bool printable = std::all_of(n.text.begin(), n.text.end(), is_string_char);
    const bool letters = std::any_of(n.text.begin(), n.text.end(), is_letter);
    if (printable) return (letters && !n.any_case ? "%s\"" : "\"") + n.text + "\"";
    std::string text = "%x";
    for (std::size_t i = 0; i < n.text.size(); ++i) {
        text += (i == 0 ? "" : ".") + hex(static_cast<std::uint8_t>(n.text[i]));
    }
    return text;
}

std::string print_bounds(const node& n, char sign) {
    std::string text;
    if (n.at_least != 0) text += std::to_string(n.at_least);
    text += sign;
    if (n.at_most != unbounded) text += std::to_string(n.at_most);
    return text;
}

/// `inner` is true where an alternation or concatenation needs parentheses.
std::string print(const node& n, bool inner) {
    std::string text;
    switch (n.kind) {
        case node_kind::alternation:
        case node_kind::concatenation: {
            if (n.children.empty()) return "\"\"";
            const char* between = n.kind == node_kind::alternation ? " / " : " ";
            for (const node& child : n.children) {
                text += (text.empty() ? "" : between) + print(child, n.kind == node_kind::concatenation);
            }
            return inner && n.children.size() > 1 ? "( " + text + " )" : text;
        }
        case node_kind::repetition:
            if (n.at_least == 0 && n.at_most == 1) return "[ " + print(n.children.front(), false) + " ]";
            [[fallthrough]];
        case node_kind::list: {
            text = print(n.children.front(), true);
            // A repetition of a repetition needs parentheses: `2*3 4x` is not ABNF.
            const node_kind child = n.children.front().kind;
            const bool option = text.front() == '[';
            if ((child == node_kind::repetition && !option) || child == node_kind::list) text = "( " + text + " )";
            return print_bounds(n, n.kind == node_kind::list ? '#' : '*') + text;
        }
        case node_kind::reference: return n.text;
        case node_kind::literal: return print_literal(n);
        case node_kind::range:
            if (n.low == n.high && is_string_char(static_cast<char>(n.low)) && !is_letter(static_cast<char>(n.low))) {
                return std::string("\"") + static_cast<char>(n.low) + "\"";
            }
            return "%x" + hex(n.low) + (n.low == n.high ? "" : "-" + hex(n.high));
        case node_kind::prose: return "<" + n.text + ">";
    }
    return text;
}

}  // namespace

std::string fold_case(std::string_view name) {
    std::string folded(name);
    for (char& c : folded) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return folded;
}

node make_reference(std::string_view name) {
    node made;
    made.kind = node_kind::reference;
    made.text = name;
    return made;
}

node make_literal(std::string_view text) {
    node made;
    made.kind = node_kind::literal;
    made.text = text;
    made.any_case = true;
    return made;
}

node make_concatenation(std::vector<node> parts) {
    if (parts.size() == 1) return std::move(parts.front());
    node made;
    made.kind = node_kind::concatenation;
    made.children = std::move(parts);
    return made;
}

node make_alternation(std::vector<node> choices) {
    if (choices.size() == 1) return std::move(choices.front());
    node made;
    made.kind = node_kind::alternation;
    made.children = std::move(choices);
    return made;
}

node make_repetition(std::uint32_t at_least, std::uint32_t at_most, node element) {
    node made;
    made.kind = node_kind::repetition;
    made.at_least = at_least;
    made.at_most = at_most;
    made.children.push_back(std::move(element));
    return made;
}

node normalise(const node& definition) {
    node made = definition;
    made.line = made.column = 0;
    made.children.clear();
    for (const node& child : definition.children) {
        node plain = normalise(child);
        const bool nested =
            plain.kind == made.kind && (made.kind == node_kind::alternation || made.kind == node_kind::concatenation);
        if (nested) {
            std::move(plain.children.begin(), plain.children.end(), std::back_inserter(made.children));
        } else {
            made.children.push_back(std::move(plain));
        }
    }
    const bool group = made.kind == node_kind::alternation || made.kind == node_kind::concatenation;
    const bool once = made.kind == node_kind::repetition && made.at_least == 1 && made.at_most == 1;
    if ((group && made.children.size() == 1) || once) {
        node only = std::move(made.children.front());
        return only;
    }
    if (made.kind == node_kind::reference) made.text = fold_case(made.text);
    if (made.kind == node_kind::literal) {
        made.any_case = made.any_case && std::any_of(made.text.begin(), made.text.end(), is_letter);
        if (made.any_case) made.text = fold_case(made.text);
        if (made.text.size() == 1 && !made.any_case) {
            made.kind = node_kind::range;
            made.low = made.high = static_cast<std::uint8_t>(made.text.front());
            made.text.clear();
        }
    }
    return made;
}

bool same_structure(const node& a, const node& b) { return equal(normalise(a), normalise(b)); }

std::string to_string(const node& definition) { return print(definition, false); }

}  // namespace authgrammar::abnf
