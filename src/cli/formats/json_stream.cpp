#include "formats/json_stream.hpp"

#include "common/field_text.hpp"

#include <algorithm>
#include <utility>

namespace authlint {

int json_stream::peek() {
    if (rest_.empty() && !ended_) {
        rest_ = source_.next();
        ended_ = rest_.empty();
    }
    return rest_.empty() ? none : static_cast<unsigned char>(rest_.front());
}

int json_stream::get() {
    const int c = peek();
    if (c == none) return c;
    rest_.remove_prefix(1);
    ++offset_;
    if (c == '\n') ++line_;
    return c;
}

json_part json_stream::broken(std::string what) {
    failure_ = std::move(what);
    if (peek() == none) {
        const std::string why = source_.failure();
        failure_ = why.empty() ? "the JSON ends early" : why;
    }
    return json_part::broken;
}

json_part json_stream::next() {
    if (!failure_.empty()) return json_part::broken;
    int c = peek();
    while (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        get();
        c = peek();
    }
    if (nested_.empty()) {
        if (c != none) return value(c);
        failure_ = source_.failure();
        return failure_.empty() ? json_part::end : json_part::broken;
    }
    const bool in_object = nested_.back() == '{';
    if (!after_comma_ && !after_name_ && c == (in_object ? '}' : ']')) {
        get();
        nested_.pop_back();
        after_value_ = true;
        return in_object ? json_part::object_end : json_part::array_end;
    }
    if (after_value_) {
        if (c != ',')
            return broken(in_object ? "a comma or a closing brace is missing in the JSON"
                                    : "a comma or a closing bracket is missing in the JSON");
        get();
        after_value_ = false;
        after_comma_ = true;
        return next();
    }
    if (!in_object || after_name_) return value(c);
    if (c != '"') return broken("a name is missing in the JSON");
    if (!read_string()) return json_part::broken;
    for (c = peek(); c == ' ' || c == '\t' || c == '\r' || c == '\n'; c = peek()) get();
    if (c != ':') return broken("a colon is missing in the JSON");
    get();
    after_name_ = true;
    after_comma_ = false;
    return json_part::name;
}

json_part json_stream::value(int c) {
    after_name_ = false;
    after_comma_ = false;
    if (c == '{' || c == '[') {
        if (nested_.size() == most_nested) return broken("the JSON is nested too deep");
        get();
        nested_ += static_cast<char>(c);
        after_value_ = false;
        return c == '{' ? json_part::object : json_part::array;
    }
    if (c == '"') {
        if (!read_string()) return json_part::broken;
        after_value_ = true;
        return json_part::string;
    }
    text_.clear();
    while (c == '-' || c == '+' || c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == 'E') {
        append(static_cast<char>(get()));
        c = peek();
    }
    const bool is_number = !text_.empty() && (text_[0] == '-' || authgrammar::detail::is_digit(text_[0]));
    if (!is_number && text_ != "true" && text_ != "false" && text_ != "null")
        return broken("a value is missing in the JSON");
    after_value_ = true;
    return json_part::other;
}

bool json_stream::skip(json_part first) {
    if (first == json_part::broken || first == json_part::end) return false;
    if (first != json_part::object && first != json_part::array) return true;
    const std::size_t outside = nested_.size() - 1;
    while (nested_.size() > outside) {
        if (next() == json_part::broken) return false;
    }
    return true;
}

bool json_stream::resume() {
    for (int c = get(); c != none && c != '\n'; c = get()) {
    }
    failure_.clear();
    nested_.clear();
    after_value_ = after_name_ = after_comma_ = false;
    return peek() != none;
}

bool json_stream::read_string() {
    get();
    text_.clear();
    for (;;) {
        take_plain();
        const int c = get();
        if (c == '"') return true;
        if (c == none) {
            broken({});
            return false;
        }
        if (c < ' ') {
            broken("a string of the JSON has a line end or another control character");
            return false;
        }
        if (c == '\\') {
            if (!read_escape()) {
                broken("a string of the JSON has an escape that is none");
                return false;
            }
        } else {
            append(static_cast<char>(c));
        }
    }
}

/// The characters of a string up to one that is no character of its own.
void json_stream::take_plain() {
    const auto* const stop = std::find_if(rest_.begin(), rest_.end(), [](char c) {
        return c == '"' || c == '\\' || static_cast<unsigned char>(c) < ' ';
    });
    const auto size = static_cast<std::size_t>(stop - rest_.begin());
    text_.append(rest_.substr(0, std::min(size, longest_string - text_.size())));
    rest_.remove_prefix(size);
    offset_ += size;
}

bool json_stream::read_escape() {
    constexpr std::string_view escapes = "\"\\/bfnrt";
    constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
    const int c = get();
    if (c == none) return false;
    if (c != 'u') {
        const std::size_t which = escapes.find(static_cast<char>(c));
        if (which == std::string_view::npos) return false;
        append(meant[which]);
        return true;
    }
    unsigned code = 0;
    if (!read_hex(code)) return false;
    while (code >= 0xD800 && code < 0xDC00 && peek() == '\\') {
        get();
        if (peek() != 'u') {
            append_code_point(0xFFFD);
            return read_escape();
        }
        get();
        unsigned low = 0;
        if (!read_hex(low)) return false;
        if (low >= 0xDC00 && low < 0xE000) {
            code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
        } else {
            append_code_point(0xFFFD);
            code = low;
        }
    }
    append_code_point(code >= 0xD800 && code < 0xE000 ? 0xFFFD : code);
    return true;
}

bool json_stream::read_hex(unsigned& code) {
    code = 0;
    for (int i = 0; i < 4; ++i) {
        const int digit = peek() == none ? -1 : authgrammar::detail::hex_value(static_cast<char>(peek()));
        if (digit < 0) return false;
        code = code * 16 + static_cast<unsigned>(digit);
        get();
    }
    return true;
}

void json_stream::append_code_point(unsigned code) {
    const auto tail = [&](unsigned shift) { append(static_cast<char>(0x80U | ((code >> shift) & 0x3FU))); };
    if (code < 0x80) {
        append(static_cast<char>(code));
    } else if (code < 0x800) {
        append(static_cast<char>(0xC0U | (code >> 6U)));
        tail(0);
    } else if (code < 0x10000) {
        append(static_cast<char>(0xE0U | (code >> 12U)));
        tail(6);
        tail(0);
    } else {
        append(static_cast<char>(0xF0U | (code >> 18U)));
        tail(12);
        tail(6);
        tail(0);
    }
}

void json_stream::append(char c) {
    if (text_.size() < longest_string) text_ += c;
}

}  // namespace authlint
