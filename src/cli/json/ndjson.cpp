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
#include <vector>

namespace authlint {

namespace {

/// The members that have a meaning, and those that an answer has of its own.
struct known_member {
    std::string_view name;
    bool asks;
};
constexpr std::array<known_member, 10> known_members{{{"field", true},
                                                      {"value", true},
                                                      {"value_hex", true},
                                                      {"values", true},
                                                      {"valid", false},
                                                      {"parsed", false},
                                                      {"error", false},
                                                      {"recovered", false},
                                                      {"readable", false},
                                                      {"fix", false}}};

/// Takes lines apart, one after the other in the same memory. Each step answers false when it has found out that the line
/// is bad.
class line_reader {
public:
    /// Whether the line is a question: asked() then, else bad() says why. Good until the next call, as is `line`.
    bool read(std::string_view line) {
        line_ = line;
        field_ = nullptr;
        value_ = nullptr;
        object_.read(line);
        known_.clear();
        for (const json_member& m : object_.members) known_.push_back(known(m));
        return is_object() && sort_members() && read_field() && read_value();
    }

    [[nodiscard]] const question& asked() const noexcept { return question_; }
    [[nodiscard]] const bad_line& bad() const noexcept { return bad_; }

    /// Appends the members without a meaning, in their order, as they stand but in ASCII; each with ", " behind it.
    void append_other_members(std::string& out) const {
        for (std::size_t i = 0; i < object_.members.size(); ++i) {
            const json_member& m = object_.members[i];
            if (known_[i] != nullptr) continue;
            append_json_in_ascii(out, m.source);
            out += ": ";
            append_json_in_ascii(out, m.value);
            out += ", ";
        }
    }

private:
    bool refuse(std::string_view code, std::size_t offset, std::string_view expected) {
        bad_ = {code, offset, expected};
        return false;
    }

    static const known_member* known(const json_member& m) {
        for (const known_member& k : known_members) {
            if (m.is_named(k.name)) return &k;
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
        for (std::size_t i = 0; i < object_.members.size(); ++i) {
            const json_member& m = object_.members[i];
            const known_member* const k = known_[i];
            if (k == nullptr) continue;
            if (!k->asks)
                return refuse("reserved_member", m.offset, "a member with another name: the answer uses this one");
            const json_member*& slot = k->name == "field" ? field_ : value_;
            if (slot != nullptr && slot->is_named(k->name))
                return refuse("repeated_member", m.offset, "the member once");
            if (slot != nullptr) return refuse("several_values", m.offset, "one of value, value_hex and values");
            slot = &m;
        }
        if (field_ == nullptr) return refuse("missing_field", line_.size(), "a member \"field\"");
        if (value_ == nullptr) return refuse("missing_value", line_.size(), "one of value, value_hex and values");
        return true;
    }

    bool read_field() {
        if (field_->is == octets_of_json::no_string) return refuse("wrong_type", place(*field_), "a string");
        const bool octets = field_->is == octets_of_json::all;
        const auto f = octets ? authgrammar::field_from_name(object_.octets(*field_)) : std::nullopt;
        if (!f) return refuse("unknown_field", place(*field_), "the name of one of the six authentication fields");
        question_.field = *f;
        return true;
    }

    bool read_value() {
        question_.several = value_->is_named("values");
        if (question_.several) return read_array();
        question_.lines.resize(1);
        if (value_->is_named("value_hex")) return read_hex(question_.lines[0]);
        question_.lines[0].assign(object_.octets(*value_));
        return are_octets(value_->is, place(*value_));
    }

    bool read_array() {
        const auto elements = json_elements(value_->value);
        if (!elements) return refuse("wrong_type", place(*value_), "an array of strings");
        question_.lines.resize(elements->size());
        for (std::size_t i = 0; i < elements->size(); ++i) {
            const std::string_view element = (*elements)[i];
            std::string& out = question_.lines[i];
            out.clear();
            const auto at = static_cast<std::size_t>(element.data() - line_.data());
            if (!are_octets(append_octets_of_json(out, element), at)) return false;
        }
        return true;
    }

    bool are_octets(octets_of_json is, std::size_t at) {
        switch (is) {
            case octets_of_json::all: return true;
            case octets_of_json::no_string: return refuse("wrong_type", at, "a string");
            case octets_of_json::over_ff: break;
        }
        return refuse("code_point_over_ff", at, "code points U+0000 to U+00FF, one for each byte");
    }

    bool read_hex(std::string& out) {
        if (value_->is == octets_of_json::no_string) return refuse("wrong_type", place(*value_), "a string");
        out.clear();
        unsigned byte = 0;
        bool half = false;
        for (const char c : object_.octets(*value_)) {
            const int digit = value_->is == octets_of_json::all ? authgrammar::detail::hex_value(c) : -1;
            if (digit < 0) return refuse("invalid_hex", place(*value_), "hexadecimal digits");
            byte = byte << 4 | static_cast<unsigned>(digit);
            if (half) out += static_cast<char>(static_cast<unsigned char>(byte & 0xFF));
            half = !half;
        }
        return !half || refuse("invalid_hex", place(*value_), "an even number of hexadecimal digits");
    }

    std::string_view line_;
    json_object object_;
    std::vector<const known_member*> known_;  // for each member what it means; null: nothing
    const json_member* field_ = nullptr;
    const json_member* value_ = nullptr;
    question question_;
    bad_line bad_{};
};

/// Appends the answer to a line. Answers whether the line was a question.
bool answer_line(std::string& out, std::string_view line, line_reader& parts, const parse_settings& settings,
                 engine& reader) {
    out += '{';
    const bool readable = parts.read(line);
    parts.append_other_members(out);
    if (!readable) {
        append_bad(out, parts.bad());
        return false;
    }
    const std::size_t begin = out.size();
    try {
        const question& q = parts.asked();
        std::string room;
        const std::string_view joined = q.joined(room);
        append_answer(out, q, joined, reader.read(q.field, settings.language, joined), settings.reveal);
        if (settings.fix) append_fix(out, q, settings.reveal);
        out += "}";
        return true;
    } catch (const std::exception& e) {
        complain(e.what());
        out.resize(begin);
        append_bad(out, {"engine_failure", 0, "an engine that works"});
        return false;
    }
}

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

int answer_lines(const parse_settings& settings, engine& reader) {
    announce_terminal_input("JSON objects, one per line,");
    line_source lines;
    line_reader parts;
    std::string answer;
    bool all_readable = true;
    while (const auto line = lines.next()) {
        answer.clear();
        all_readable = answer_line(answer, *line, parts, settings, reader) && all_readable;
        answer += '\n';
        print(answer);
    }
    if (!lines.failure().empty()) {
        complain("cannot read stdin: " + lines.failure());
        return exit_unreadable;
    }
    return all_readable ? exit_clean : exit_unreadable;
}

}  // namespace authlint
