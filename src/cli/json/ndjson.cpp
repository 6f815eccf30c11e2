#include "json/ndjson.hpp"

#include "commands.hpp"
#include "common/field_text.hpp"
#include "json/json_text.hpp"
#include "parse/answer.hpp"
#include "parse/parse_fix.hpp"
#include "shell/input.hpp"
#include "shell/terminal.hpp"

#include <array>
#include <exception>
#include <optional>

namespace authlint {

namespace {

/// The members that have a meaning, and those that an answer has of its own.
struct known_member {
    std::u32string_view name;
    bool asks;
};
constexpr std::array<known_member, 10> known_members{{{U"field", true},
                                                      {U"value", true},
                                                      {U"value_hex", true},
                                                      {U"values", true},
                                                      {U"valid", false},
                                                      {U"parsed", false},
                                                      {U"error", false},
                                                      {U"recovered", false},
                                                      {U"readable", false},
                                                      {U"fix", false}}};

/// Takes a line apart. Each step answers false when it has found out that the line is bad.
class line_reader {
public:
    explicit line_reader(std::string_view line) : line_(line), object_(read_json_object(line)) {}

    bool read(question& q) { return is_object() && sort_members() && read_field(q) && read_value(q); }

    [[nodiscard]] const bad_line& bad() const noexcept { return bad_; }

    /// The members without a meaning, in their order, as they stand but in ASCII; each with ", " behind it.
    [[nodiscard]] std::string other_members() const {
        std::string out;
        for (const json_member& m : object_.members) {
            if (known(m) != nullptr) continue;
            out += json_in_ascii(m.source) + ": " + json_in_ascii(m.value) + ", ";
        }
        return out;
    }

private:
    bool refuse(std::string_view code, std::size_t offset, std::string_view expected) {
        bad_ = {code, offset, expected};
        return false;
    }

    static const known_member* known(const json_member& m) {
        for (const known_member& k : known_members) {
            if (m.name == k.name) return &k;
        }
        return nullptr;
    }

    [[nodiscard]] std::size_t place(const json_member& m) const {
        return static_cast<std::size_t>(m.value.data() - line_.data());
    }

    bool is_object() {
        if (!object_.failure) return true;
        const bool other = object_.failure->expected == "a JSON object";
        return refuse(other ? "not_an_object" : "invalid_json", object_.failure->offset, object_.failure->expected);
    }

    bool sort_members() {
        for (const json_member& m : object_.members) {
            const known_member* k = known(m);
            if (k == nullptr) continue;
            if (!k->asks)
                return refuse("reserved_member", m.offset, "a member with another name: the answer uses this one");
            const json_member*& slot = m.name == U"field" ? field_ : value_;
            if (slot != nullptr && slot->name == m.name) return refuse("repeated_member", m.offset, "the member once");
            if (slot != nullptr) return refuse("several_values", m.offset, "one of value, value_hex and values");
            slot = &m;
        }
        if (field_ == nullptr) return refuse("missing_field", line_.size(), "a member \"field\"");
        if (value_ == nullptr) return refuse("missing_value", line_.size(), "one of value, value_hex and values");
        return true;
    }

    bool read_field(question& q) {
        const std::optional<std::u32string> name = json_string(field_->value);
        if (!name) return refuse("wrong_type", place(*field_), "a string");
        std::string ascii;
        for (const char32_t c : *name) ascii += c < 0x80 ? static_cast<char>(c) : '\x80';
        const auto f = authgrammar::field_from_name(ascii);
        if (!f) return refuse("unknown_field", place(*field_), "the name of one of the six authentication fields");
        q.field = *f;
        return true;
    }

    bool read_value(question& q) {
        if (value_->name == U"value_hex") return read_hex(q);
        if (value_->name == U"value") return read_bytes(q, value_->value);
        const auto elements = json_elements(value_->value);
        if (!elements) return refuse("wrong_type", place(*value_), "an array of strings");
        q.several = true;
        for (const std::string_view element : *elements) {
            if (!read_bytes(q, element)) return false;
        }
        return true;
    }

    bool read_bytes(question& q, std::string_view value) {
        const auto at = static_cast<std::size_t>(value.data() - line_.data());
        const std::optional<std::u32string> points = json_string(value);
        if (!points) return refuse("wrong_type", at, "a string");
        std::string& out = q.lines.emplace_back();
        out.reserve(points->size());
        for (const char32_t c : *points) {
            if (c > 0xFF) return refuse("code_point_over_ff", at, "code points U+0000 to U+00FF, one for each byte");
            out += static_cast<char>(static_cast<unsigned char>(c));
        }
        return true;
    }

    bool read_hex(question& q) {
        const std::optional<std::u32string> digits = json_string(value_->value);
        if (!digits) return refuse("wrong_type", place(*value_), "a string");
        std::string& out = q.lines.emplace_back();
        unsigned byte = 0;
        bool half = false;
        for (const char32_t c : *digits) {
            const int digit = c < 0x80 ? authgrammar::detail::hex_value(static_cast<char>(c)) : -1;
            if (digit < 0) return refuse("invalid_hex", place(*value_), "hexadecimal digits");
            byte = byte << 4 | static_cast<unsigned>(digit);
            if (half) out += static_cast<char>(static_cast<unsigned char>(byte & 0xFF));
            half = !half;
        }
        return !half || refuse("invalid_hex", place(*value_), "an even number of hexadecimal digits");
    }

    std::string_view line_;
    json_object object_;
    const json_member* field_ = nullptr;
    const json_member* value_ = nullptr;
    bad_line bad_{};
};

}  // namespace

void append_bad(std::string& out, const bad_line& bad) {
    out += "\"error\": {\"code\": ";
    append_json_bytes(out, bad.code);
    out += ", \"offset\": " + std::to_string(bad.offset) + ", \"expected\": ";
    append_json_bytes(out, bad.expected);
    out += "}}";
}

const std::vector<line_error_description>& all_line_errors() {
    static const std::vector<line_error_description> all{
        {"invalid_json", "The line is not JSON (RFC 8259), or is nested deeper than 512 levels."},
        {"not_an_object", "The line is empty, or is not a JSON object."},
        {"missing_field", "The object has no member \"field\"."},
        {"unknown_field", "The member \"field\" names none of the six authentication fields."},
        {"missing_value", "The object has none of the members \"value\", \"value_hex\" and \"values\"."},
        {"several_values", "The object has more than one of the members \"value\", \"value_hex\" and \"values\"."},
        {"repeated_member", "The object has one of the members that authlint reads twice."},
        {"reserved_member",
         "The object has a member \"valid\", \"parsed\", \"error\", \"recovered\", \"readable\" or \"fix\". The "
         "answer repeats all members that authlint does not read, and has members of its own with these names."},
        {"wrong_type", "One of the members that authlint reads has the wrong JSON type."},
        {"code_point_over_ff",
         "A value has a code point above U+00FF. Each code point stands for one byte: write UTF-8 text byte by byte."},
        {"invalid_hex", "The member \"value_hex\" is not an even number of hexadecimal digits."},
        {"missing_parsed", "The object has no member \"parsed\", which write needs."},
        {"invalid_parsed",
         "The member \"parsed\" does not have the form that parse prints: an array of {\"scheme\", \"token68\", "
         "\"params\"}, with exactly one element for credentials and for the -Info fields, whose scheme is null."},
        {"engine_failure", "The engine failed. This is a bug; please report it."},
    };
    return all;
}

line_answer answer_line(std::string_view line, const parse_settings& settings, engine& reader) {
    line_answer answer;
    line_reader parts(line);
    question q;
    answer.readable = parts.read(q);
    answer.json = "{" + parts.other_members();
    if (!answer.readable) {
        append_bad(answer.json, parts.bad());
        return answer;
    }
    const std::string joined = q.joined();
    try {
        append_answer(answer.json, q, joined, reader.read(q.field, settings.language, joined), settings.reveal);
        if (settings.fix) append_fix(answer.json, q, settings.reveal);
        answer.json += "}";
    } catch (const std::exception& e) {
        complain(e.what());
        append_bad(answer.json, {"engine_failure", 0, "an engine that works"});
        answer.readable = false;
    }
    return answer;
}

int answer_lines(const parse_settings& settings, engine& reader) {
    announce_terminal_input("JSON objects, one per line,");
    line_source lines;
    bool all_readable = true;
    while (const auto line = lines.next()) {
        const line_answer answer = answer_line(*line, settings, reader);
        all_readable = all_readable && answer.readable;
        print(answer.json);
        print("\n");
    }
    if (!lines.failure().empty()) {
        complain("cannot read stdin: " + lines.failure());
        return exit_unreadable;
    }
    return all_readable ? exit_clean : exit_unreadable;
}

}  // namespace authlint
