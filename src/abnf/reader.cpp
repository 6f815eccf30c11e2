#include "authgrammar/abnf/reader.hpp"

#include <utility>

namespace authgrammar::abnf {
namespace {

bool is_alpha(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_wsp(char c) { return c == ' ' || c == '\t'; }

/// The value of a digit in any base up to 16, or 16.
std::uint32_t digit_value(char c) {
    if (is_digit(c)) return static_cast<std::uint32_t>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<std::uint32_t>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') return static_cast<std::uint32_t>(c - 'A') + 10;
    return 16;
}

bool begins_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

/// Recursive descent over the grammar of RFC 5234, Section 4, a function for a rule. A failure is thrown as an
/// `error` and caught in `read`.
class parser {
public:
    parser(std::string_view text, std::string_view source, const reader_limits& limits)
        : text_(text), source_(source), limits_(limits) {}

    std::vector<rule> rulelist() {
        if (text_.size() > limits_.bytes) fail("the text is longer than " + std::to_string(limits_.bytes) + " bytes");
        std::vector<rule> rules;
        while (!at_end()) {
            if (is_alpha(peek())) {
                rules.push_back(read_rule());
            } else {
                blank_line();
            }
        }
        return rules;
    }

private:
    struct place {
        std::size_t offset = 0;
        std::size_t line = 1;
        std::size_t column = 1;
    };

    bool at_end() const { return at_.offset == text_.size(); }
    /// The byte at hand, NUL at the end. A NUL in the text matches nothing, so the two need no telling apart.
    char peek(std::size_t ahead = 0) const {
        return at_.offset + ahead < text_.size() ? text_[at_.offset + ahead] : '\0';
    }
    bool at_newline() const { return peek() == '\n' || (peek() == '\r' && peek(1) == '\n'); }

    void advance() {
        if (text_[at_.offset++] == '\n') {
            ++at_.line;
            at_.column = 1;
        } else {
            ++at_.column;
        }
    }

    [[noreturn]] void fail(std::string message) const { fail(std::move(message), at_); }
    [[noreturn]] void fail(std::string message, const place& where) const {
        throw error{std::string(source_), where.line, where.column, std::move(message)};
    }
    [[noreturn]] void fail_expected(const std::string& what) const {
        if (at_end()) fail(what + " is expected, but the text ends");
        if (at_newline()) fail(what + " is expected, but the line ends and the next one does not continue it");
        const char c = peek();
        static constexpr char digits[] = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        std::string shown = c >= 0x20 && c < 0x7F ? std::string("'") + c + "'"
                                                  : std::string("byte ") + digits[byte >> 4] + digits[byte & 15];
        fail(what + " is expected, not " + shown);
    }

    node start_node(node_kind kind) const {
        node made;
        made.kind = kind;
        made.line = at_.line;
        made.column = at_.column;
        return made;
    }

    void comment() {
        while (!at_end() && !at_newline()) {
            const auto byte = static_cast<unsigned char>(peek());
            if (byte != '\t' && (byte < 0x20 || byte == 0x7F)) fail("a control character stands in a comment");
            advance();
        }
    }

    /// c-nl = comment / CRLF; the end of the text counts as a line end. False if there is none here.
    bool c_nl() {
        if (peek() == ';') comment();
        if (at_end()) return true;
        if (!at_newline()) return false;
        if (peek() == '\r') advance();
        advance();
        return true;
    }

    /// *c-wsp, where c-wsp = WSP / (c-nl WSP). True if there was any.
    bool c_wsp() {
        const std::size_t before = at_.offset;
        for (;;) {
            if (is_wsp(peek())) {
                advance();
                continue;
            }
            const place line_end = at_;
            const bool continued = (peek() == ';' || at_newline()) && c_nl() && is_wsp(peek());
            if (!continued) {
                at_ = line_end;
                return at_.offset != before;
            }
        }
    }

    /// *c-wsp c-nl between rules. Comments tell which document and section the following rules are from.
    void blank_line() {
        const place begin = at_;
        while (is_wsp(peek())) advance();
        const std::size_t comment_begin = at_.offset;
        if (!at_end() && peek() != ';' && !at_newline()) {
            if (begin.column == 1 && at_.column > 1) fail("a line that is indented continues a rule, and here is none");
            fail_expected("a rule name");
        }
        if (peek() == ';') {
            comment();
            heading(text_.substr(comment_begin, at_.offset - comment_begin));
        }
        c_nl();
    }

    void heading(std::string_view line) {
        const std::size_t content = line.find_first_not_of("; \t");
        const std::string_view words = content == std::string_view::npos ? std::string_view() : line.substr(content);
        if (!seen_comment_ && begins_with(words, "RFC ")) {
            std::size_t end = 4;
            while (end < words.size() && is_digit(words[end])) ++end;
            document_ = words.substr(0, end);
        } else if (begins_with(words, "Section ") || begins_with(words, "Appendix ")) {
            const std::size_t number = words.find(' ') + 1;
            std::size_t end = number;
            while (end < words.size() && (is_digit(words[end]) || is_alpha(words[end]) || words[end] == '.')) ++end;
            if (end == number) return;
            section_ = words.substr(0, words[end - 1] == '.' ? end - 1 : end);
            if (begins_with(words.substr(end), ", in words")) section_ += ", in words";
        }
        seen_comment_ = true;
    }

    std::string rulename() {
        if (!is_alpha(peek())) fail_expected("a rule name");
        const std::size_t begin = at_.offset;
        while (is_alpha(peek()) || is_digit(peek()) || peek() == '-') advance();
        return std::string(text_.substr(begin, at_.offset - begin));
    }

    rule read_rule() {
        rule made;
        made.source = source_;
        made.document = document_;
        made.section = section_;
        made.line = at_.line;
        made.column = at_.column;
        const std::size_t begin = at_.offset;
        made.name = rulename();
        c_wsp();
        if (peek() != '=') fail_expected("\"=\" or \"=/\"");
        advance();
        if (peek() == '/') {
            made.incremental = true;
            advance();
        }
        c_wsp();
        made.definition = alternation();
        c_wsp();
        if (!at_end() && peek() != ';' && !at_newline()) fail_expected("\"/\", an element or the end of the line");
        if (peek() == ';') comment();
        std::string_view text = text_.substr(begin, at_.offset - begin);
        made.text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
        c_nl();
        return made;
    }

    node alternation() {
        node made = start_node(node_kind::alternation);
        for (;;) {
            made.children.push_back(concatenation());
            const place before = at_;
            c_wsp();
            if (peek() != '/') {
                at_ = before;
                break;
            }
            advance();
            c_wsp();
        }
        return made.children.size() == 1 ? std::move(made.children.front()) : made;
    }

    bool at_element() const {
        const char c = peek();
        return is_alpha(c) || is_digit(c) || std::string_view("*#([\"%<").find(c) != std::string_view::npos;
    }

    node concatenation() {
        node made = start_node(node_kind::concatenation);
        for (;;) {
            made.children.push_back(repetition());
            const place before = at_;
            const bool space = c_wsp();
            if (!at_element()) {
                at_ = before;
                break;
            }
            if (!space) fail("white space is needed between two elements");
        }
        return made.children.size() == 1 ? std::move(made.children.front()) : made;
    }

    /// 1*DIGIT, bounded. False if there is no digit here.
    bool number(std::uint32_t& value) {
        if (!is_digit(peek())) return false;
        const place begin = at_;
        std::uint64_t wide = 0;
        while (is_digit(peek())) {
            wide = wide * 10 + digit_value(peek());
            if (wide > limits_.repeat) fail("a repetition of more than " + std::to_string(limits_.repeat), begin);
            advance();
        }
        value = static_cast<std::uint32_t>(wide);
        return true;
    }

    node repetition() {
        node made = start_node(node_kind::repetition);
        const place begin = at_;
        const bool lower = number(made.at_least);
        if (peek() == '*' || peek() == '#') {
            if (peek() == '#') made.kind = node_kind::list;
            advance();
            if (!lower) made.at_least = 0;
            if (!number(made.at_most)) made.at_most = unbounded;
        } else if (lower) {
            made.at_most = made.at_least;
        } else {
            return element();
        }
        if (made.at_most < made.at_least) fail("the upper bound is less than the lower", begin);
        if (made.kind == node_kind::list && made.at_most == 0) fail("a list of no element", begin);
        made.children.push_back(element());
        return made;
    }

    node element() {
        switch (peek()) {
            case '(': return group(')');
            case '[': {
                node made = start_node(node_kind::repetition);
                made.at_least = 0;
                made.children.push_back(group(']'));
                return made;
            }
            case '"': return char_val(true);
            case '%': return num_val();
            case '<': return prose_val();
            default: break;
        }
        if (!is_alpha(peek())) fail_expected("an element");
        node made = start_node(node_kind::reference);
        made.text = rulename();
        return made;
    }

    node group(char closing) {
        if (depth_ == limits_.depth) fail("groups are nested deeper than " + std::to_string(limits_.depth));
        ++depth_;
        advance();
        c_wsp();
        node inner = alternation();
        c_wsp();
        if (peek() != closing) fail_expected(std::string("\"/\", an element or \"") + closing + "\"");
        advance();
        --depth_;
        return inner;
    }

    node char_val(bool any_case) {
        node made = start_node(node_kind::literal);
        made.any_case = any_case;
        advance();
        const std::size_t begin = at_.offset;
        while (peek() >= 0x20 && peek() <= 0x7E && peek() != '"') advance();
        if (peek() != '"') fail_expected("a closing DQUOTE");
        made.text = text_.substr(begin, at_.offset - begin);
        advance();
        return made;
    }

    node num_val() {
        node made = start_node(node_kind::range);
        const place begin = at_;
        advance();
        std::uint32_t base = 0;
        switch (peek()) {
            case 'b':
            case 'B': base = 2; break;
            case 'd':
            case 'D': base = 10; break;
            case 'x':
            case 'X': base = 16; break;
            case 's':
            case 'S':
            case 'i':
            case 'I': {
                const bool any_case = peek() == 'i' || peek() == 'I';
                advance();
                if (peek() != '"') fail_expected("a DQUOTE");
                node text = char_val(any_case);
                text.line = begin.line;
                text.column = begin.column;
                return text;
            }
            default: fail_expected("one of b, d, x, s and i");
        }
        advance();
        made.low = made.high = byte_value(base);
        if (peek() == '-') {
            advance();
            made.high = byte_value(base);
            if (made.high < made.low) fail("the range ends before it begins", begin);
        } else if (peek() == '.') {
            made.kind = node_kind::literal;
            made.text.push_back(static_cast<char>(made.low));
            made.low = made.high = 0;
            while (peek() == '.') {
                advance();
                made.text.push_back(static_cast<char>(byte_value(base)));
            }
        }
        return made;
    }

    std::uint8_t byte_value(std::uint32_t base) {
        if (digit_value(peek()) >= base) fail_expected("a digit of base " + std::to_string(base));
        const place begin = at_;
        std::uint32_t value = 0;
        while (digit_value(peek()) < base) {
            value = value * base + digit_value(peek());
            if (value > 0xFF) fail("the value is not a byte", begin);
            advance();
        }
        return static_cast<std::uint8_t>(value);
    }

    node prose_val() {
        node made = start_node(node_kind::prose);
        advance();
        const std::size_t begin = at_.offset;
        while (peek() >= 0x20 && peek() <= 0x7E && peek() != '>') advance();
        if (peek() != '>') fail_expected("a closing \">\"");
        made.text = text_.substr(begin, at_.offset - begin);
        advance();
        return made;
    }

    std::string_view text_;
    std::string_view source_;
    const reader_limits& limits_;
    place at_;
    std::size_t depth_ = 0;
    bool seen_comment_ = false;
    std::string document_;
    std::string section_;
};

}  // namespace

result<std::vector<rule>> read(std::string_view text, std::string_view source, const reader_limits& limits) {
    try {
        return parser(text, source, limits).rulelist();
    } catch (error& failure) {
        return std::move(failure);
    }
}

}  // namespace authgrammar::abnf
