#include "json/json_text.hpp"

#include "common/field_text.hpp"

#include <cstdint>

namespace authlint {

namespace {

using authgrammar::detail::hex_value;
using authgrammar::detail::is_digit;

void append_escape(std::string& out, std::uint32_t unit) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out += digits[(unit >> shift) & 0xF];
}

/// Reads JSON from the start of a text on. Each function answers false at the first failure, which it notes.
class scanner {
public:
    explicit scanner(std::string_view text) : text_(text) {}

    [[nodiscard]] std::size_t at() const noexcept { return at_; }
    [[nodiscard]] json_failure failure() const noexcept { return failure_; }

    void skip_white() noexcept {
        while (at_ < text_.size() && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')) ++at_;
    }

    bool take(char c, std::string_view expected) noexcept {
        if (at_ == text_.size() || text_[at_] != c) return fail(expected);
        ++at_;
        return true;
    }

    [[nodiscard]] bool at_end() const noexcept { return at_ == text_.size(); }
    [[nodiscard]] char peek() const noexcept { return at_ < text_.size() ? text_[at_] : '\0'; }

    bool fail(std::string_view expected) noexcept {
        failure_ = {at_, expected};
        return false;
    }

    /// `open` stands here; calls `element()` for each element up to `close`.
    template <typename Element>
    bool sequence(char close, std::string_view expected, Element element) {
        ++at_;
        skip_white();
        if (peek() == close && !at_end()) {
            ++at_;
            return true;
        }
        while (true) {
            skip_white();
            if (!element()) return false;
            skip_white();
            if (peek() == close && !at_end()) {
                ++at_;
                return true;
            }
            if (!take(',', expected)) return false;
        }
    }

    /// A name, a colon, a value. `name` may be null.
    bool member(std::size_t depth, std::u32string* name, std::size_t* name_end, std::size_t* value_begin) {
        if (peek() != '"') return fail("the name of a member");
        if (!string(name)) return false;
        if (name_end != nullptr) *name_end = at_;
        skip_white();
        if (!take(':', "\":\"")) return false;
        skip_white();
        if (value_begin != nullptr) *value_begin = at_;
        return value(depth);
    }

    bool value(std::size_t depth) {
        switch (peek()) {
            case '"': return string(nullptr);
            case '{':
                if (depth == json_depth_limit) return fail("less nesting");
                return sequence('}', "\",\" or \"}\"", [&] { return member(depth + 1, nullptr, nullptr, nullptr); });
            case '[':
                if (depth == json_depth_limit) return fail("less nesting");
                return sequence(']', "\",\" or \"]\"", [&] { return value(depth + 1); });
            case 't': return word("true");
            case 'f': return word("false");
            case 'n': return word("null");
            default: return number();
        }
    }

    /// A string; its code points go to `out` unless that is null.
    bool string(std::u32string* out) {
        ++at_;
        while (true) {
            if (at_end()) return fail("the end of a string");
            const auto byte = static_cast<unsigned char>(text_[at_]);
            std::uint32_t point = byte;
            if (byte == '"') {
                ++at_;
                return true;
            }
            if (byte < 0x20) return fail("a string without control characters");
            if (byte == '\\') {
                if (!escape(point)) return false;
            } else if (byte < 0x80) {
                ++at_;
            } else if (!utf8(point)) {
                return false;
            }
            if (out != nullptr) out->push_back(point);
        }
    }

    /// A multi-byte character (RFC 3629).
    bool utf8(std::uint32_t& point) noexcept {
        const auto lead = static_cast<unsigned char>(text_[at_]);
        const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || text_.size() - at_ < length) return fail("UTF-8");
        point = lead & (0x7FU >> length);
        for (std::size_t i = 1; i < length; ++i) {
            const auto byte = static_cast<unsigned char>(text_[at_ + i]);
            if ((byte & 0xC0U) != 0x80U) return fail("UTF-8");
            point = point << 6 | (byte & 0x3FU);
        }
        constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
        if (point < least[length] || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return fail("UTF-8");
        at_ += length;
        return true;
    }

private:
    bool word(std::string_view w) noexcept {
        if (text_.substr(at_, w.size()) != w) return fail("a value");
        at_ += w.size();
        return true;
    }

    bool digits() noexcept {
        if (!is_digit(peek())) return fail("a digit");
        while (is_digit(peek())) ++at_;
        return true;
    }

    bool number() noexcept {
        const bool negative = peek() == '-';
        if (!negative && !is_digit(peek())) return fail("a value");
        if (negative) ++at_;
        if (peek() == '0') {
            ++at_;
        } else if (!digits()) {
            return false;
        }
        if (peek() == '.') {
            ++at_;
            if (!digits()) return false;
        }
        if (peek() == 'e' || peek() == 'E') {
            ++at_;
            if (peek() == '+' || peek() == '-') ++at_;
            if (!digits()) return false;
        }
        return true;
    }

    /// Four hexadecimal digits.
    bool unit(std::uint32_t& out) noexcept {
        out = 0;
        for (int i = 0; i < 4; ++i, ++at_) {
            const int digit = hex_value(peek());
            if (digit < 0) return fail("four hexadecimal digits");
            out = out << 4 | static_cast<std::uint32_t>(digit);
        }
        return true;
    }

    bool escape(std::uint32_t& point) noexcept {
        const std::size_t begin = at_;
        ++at_;
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        const std::size_t letter = at_end() ? std::string_view::npos : letters.find(peek());
        if (letter != std::string_view::npos) {
            ++at_;
            point = static_cast<unsigned char>(meanings[letter]);
            return true;
        }
        if (!take('u', "an escape")) return false;
        if (!unit(point)) return false;
        if (point < 0xD800 || point > 0xDFFF) return true;
        std::uint32_t low = 0;
        if (point < 0xDC00 && text_.substr(at_, 2) == "\\u") {
            at_ += 2;
            if (!unit(low)) return false;
        }
        if (low < 0xDC00 || low > 0xDFFF) {
            at_ = begin;
            return fail("surrogates in pairs");
        }
        point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
        return true;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    json_failure failure_;
};

}  // namespace

json_object read_json_object(std::string_view text) {
    json_object object;
    scanner s(text);
    const auto member = [&] {
        json_member m;
        m.offset = s.at();
        std::size_t name_end = 0;
        std::size_t value_begin = 0;
        if (!s.member(1, &m.name, &name_end, &value_begin)) return false;
        m.source = text.substr(m.offset, name_end - m.offset);
        m.value = text.substr(value_begin, s.at() - value_begin);
        object.members.push_back(std::move(m));
        return true;
    };
    s.skip_white();
    bool good = s.peek() == '{' || s.fail("a JSON object");
    good = good && s.sequence('}', "\",\" or \"}\"", member);
    if (good) {
        s.skip_white();
        good = s.at_end() || s.fail("the end of the line");
    }
    if (!good) {
        object.members.clear();
        object.failure = s.failure();
    }
    return object;
}

std::optional<std::vector<std::string_view>> json_elements(std::string_view value) {
    if (value.empty() || value.front() != '[') return std::nullopt;
    std::vector<std::string_view> elements;
    scanner s(value);
    s.sequence(']', {}, [&] {
        const std::size_t begin = s.at();
        if (!s.value(1)) return false;
        elements.push_back(value.substr(begin, s.at() - begin));
        return true;
    });
    return elements;
}

std::optional<std::u32string> json_string(std::string_view value) {
    if (value.empty() || value.front() != '"') return std::nullopt;
    std::u32string out;
    scanner s(value);
    s.string(&out);
    return out;
}

std::string json_in_ascii(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        if (static_cast<unsigned char>(text.front()) < 0x80) {
            out += text.front();
            text.remove_prefix(1);
            continue;
        }
        scanner s(text);
        std::uint32_t point = 0;
        if (!s.utf8(point)) return out;
        text.remove_prefix(s.at());
        if (point >= 0x10000) {
            append_escape(out, 0xD800 + ((point - 0x10000) >> 10));
            point = 0xDC00 + (point & 0x3FF);
        }
        append_escape(out, point);
    }
    return out;
}

void append_json_bytes(std::string& out, std::string_view bytes) {
    out += '"';
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte >= 0x7F) {
            append_escape(out, byte);
        } else {
            out += c;
        }
    }
    out += '"';
}

}  // namespace authlint
