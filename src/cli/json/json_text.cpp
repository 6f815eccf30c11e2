#include "json/json_text.hpp"

#include "common/field_text.hpp"
#include "json/plain_run.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace authlint {

namespace {

using authgrammar::detail::hex_value;
using authgrammar::detail::is_digit;

constexpr std::size_t size_of_escape = 6;

/// Writes \uXXXX, and answers the end of it.
char* put_escape(char* to, std::uint32_t unit) noexcept {
    constexpr std::string_view digits = "0123456789abcdef";
    *to++ = '\\';
    *to++ = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) *to++ = digits[(unit >> shift) & 0xF];
    return to;
}
void append_escape(std::string& out, std::uint32_t unit) {
    char escape[size_of_escape];
    out.append(escape, put_escape(escape, unit));
}

/// Takes what a string holds: octets that stand for themselves, and code points; and keeps nothing of it but whether all
/// stand for themselves.
struct nothing {
    void run(std::string_view) const noexcept {}
    void point(std::uint32_t) noexcept { plain = false; }
    bool plain = true;
};

/// Takes code points as octets. There must be room for as many as the text has bytes; a code point never takes fewer there.
struct octets {
    void run(std::string_view plain) { to = std::copy(plain.begin(), plain.end(), to); }
    void point(std::uint32_t code_point) {
        over_ff = over_ff || code_point > 0xFF;
        *to++ = static_cast<char>(static_cast<unsigned char>(code_point & 0xFF));
    }
    char* to;
    bool over_ff = false;
};

/// What the letter of an escape stands for (RFC 8259, 7); NUL if it is none, or "u".
constexpr auto meanings = [] {
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
    std::array<char, 256> all{};
    for (std::size_t i = 0; i < letters.size(); ++i) all[static_cast<unsigned char>(letters[i])] = meant[i];
    return all;
}();

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

    /// A name, a colon, a value.
    bool member(std::size_t depth) {
        std::string_view source;
        nothing name;
        return name_and_colon(source, name) && value(depth);
    }

    /// The same, described in `m`. The octets of a value that is a string go to `to`, which moves behind them.
    bool member(json_member& m, char*& to) {
        nothing name;
        m.offset = at_;
        if (!name_and_colon(m.source, name)) return false;
        m.plain = name.plain;
        const std::size_t begin = at_;
        octets taken{to};
        if (peek() == '"') {
            if (!string(taken)) return false;
            m.is = taken.over_ff ? octets_of_json::over_ff : octets_of_json::all;
        } else if (!value(1)) {
            return false;
        }
        m.octets_size = static_cast<std::size_t>(taken.to - to);
        m.value = text_.substr(begin, at_ - begin);
        to = taken.to;
        return true;
    }

    bool value(std::size_t depth) {
        switch (peek()) {
            case '"': return string(nothing());
            case '{':
                if (depth == json_depth_limit) return fail("less nesting");
                return sequence('}', "\",\" or \"}\"", [&] { return member(depth + 1); });
            case '[':
                if (depth == json_depth_limit) return fail("less nesting");
                return sequence(']', "\",\" or \"]\"", [&] { return value(depth + 1); });
            case 't': return word("true");
            case 'f': return word("false");
            case 'n': return word("null");
            default: return number();
        }
    }

    /// A string; what is in it goes to `out`.
    template <typename Out>
    bool string(Out&& out) {
        ++at_;
        while (true) {
            const std::size_t end = end_of_plain(text_, at_);
            out.run(text_.substr(at_, end - at_));
            at_ = end;
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
            out.point(point);
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
    bool name_and_colon(std::string_view& source, nothing& name) {
        if (peek() != '"') return fail("the name of a member");
        const std::size_t begin = at_;
        if (!string(name)) return false;
        source = text_.substr(begin, at_ - begin);
        skip_white();
        if (!take(':', "\":\"")) return false;
        skip_white();
        return true;
    }

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
        // At the end peek() is NUL, which has no meaning.
        if (const char meaning = meanings[static_cast<unsigned char>(peek())]; meaning != '\0') {
            ++at_;
            point = static_cast<unsigned char>(meaning);
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

bool json_member::is_spelt(std::string_view ascii) const {
    std::string name;
    return append_octets_of_json(name, source) == octets_of_json::all && name == ascii;
}

bool json_object::read(std::string_view text) {
    members.clear();
    failure.reset();
    if (octets_.size() < text.size()) octets_.resize(text.size());
    char* to = octets_.data();
    scanner s(text);
    s.skip_white();
    bool good = s.peek() == '{' || s.fail("a JSON object");
    good = good && s.sequence('}', "\",\" or \"}\"", [&] {
        json_member& m = members.emplace_back();
        m.octets_begin = static_cast<std::size_t>(to - octets_.data());
        return s.member(m, to);
    });
    if (good) {
        s.skip_white();
        good = s.at_end() || s.fail("the end of the line");
    }
    if (!good) {
        members.clear();
        failure = s.failure();
    }
    return good;
}

std::optional<std::vector<std::string_view>> json_elements(std::string_view value, std::size_t most) {
    if (value.empty() || value.front() != '[') return std::nullopt;
    std::vector<std::string_view> elements;
    scanner s(value);
    s.sequence(']', {}, [&] {
        const std::size_t begin = s.at();
        if (!s.value(1)) return false;
        elements.push_back(value.substr(begin, s.at() - begin));
        return elements.size() <= most;
    });
    return elements;
}

octets_of_json append_octets_of_json(std::string& out, std::string_view value) {
    if (value.empty() || value.front() != '"') return octets_of_json::no_string;
    const std::size_t before = out.size();
    out.resize(before + value.size());
    octets taken{&out[before]};
    scanner(value).string(taken);
    out.resize(static_cast<std::size_t>(taken.to - out.data()));
    return taken.over_ff ? octets_of_json::over_ff : octets_of_json::all;
}

bool is_ascii(std::string_view octets) noexcept {
    return std::all_of(octets.begin(), octets.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
}

void append_json_in_ascii(std::string& out, std::string_view text) {
    while (!text.empty()) {
        const auto beyond = std::find_if(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
        const auto ascii = static_cast<std::size_t>(beyond - text.begin());
        out.append(text.substr(0, ascii));
        text.remove_prefix(ascii);
        scanner s(text);
        std::uint32_t point = 0;
        if (text.empty() || !s.utf8(point)) return;
        text.remove_prefix(s.at());
        if (point >= 0x10000) {
            append_escape(out, 0xD800 + ((point - 0x10000) >> 10));
            point = 0xDC00 + (point & 0x3FF);
        }
        append_escape(out, point);
    }
}

json_bytes::json_bytes(std::string_view bytes) noexcept
    : bytes_(bytes), plain_(end_of_plain(bytes, 0) == bytes.size()) {}

std::size_t json_bytes::room() const noexcept { return 2 + bytes_.size() * (plain_ ? 1 : size_of_escape); }

char* json_bytes::put(char* to) const noexcept {
    *to++ = '"';
    if (plain_) {
        to = std::copy(bytes_.begin(), bytes_.end(), to);
    } else {
        for (std::size_t at = 0; at < bytes_.size(); ++at) {
            const std::size_t end = end_of_plain(bytes_, at);
            to = std::copy(bytes_.begin() + at, bytes_.begin() + end, to);
            at = end;
            if (at == bytes_.size()) break;
            if (bytes_[at] == '"' || bytes_[at] == '\\') {
                *to++ = '\\';
                *to++ = bytes_[at];
            } else {
                to = put_escape(to, static_cast<unsigned char>(bytes_[at]));
            }
        }
    }
    *to++ = '"';
    return to;
}

void append_json_bytes(std::string& out, std::string_view bytes) {
    const json_bytes json(bytes);
    const std::size_t begin = out.size();
    out.resize(begin + json.room());
    out.resize(static_cast<std::size_t>(json.put(&out[begin]) - out.data()));
}

}  // namespace authlint
