#include "vectors/vector_file.hpp"

#include "common/field_text.hpp"
#include "shell/input.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace authlint {

namespace {

using authgrammar::edition;
using authgrammar::event;
using authgrammar::event_kind;
using authgrammar::field;
using nlohmann::json;

constexpr event_kind all_kinds[] = {event_kind::challenge_begin, event_kind::scheme,      event_kind::token68,
                                    event_kind::param_name,      event_kind::param_value, event_kind::challenge_end};

[[noreturn]] void wrong(const std::string& what) { throw std::runtime_error(what); }

template <typename T>
T known(std::optional<T> found, const std::string& what, const std::string& name) {
    if (!found) wrong("no " + what + " \"" + name + "\"");
    return *found;
}

int hex_digit(char c) {
    const int digit = authgrammar::detail::hex_value(c);
    if (digit < 0 || c != authgrammar::detail::lower(c)) wrong("raw_hex is not in lower-case hexadecimal");
    return digit;
}

std::string from_hex(const std::string& text) {
    if (text.size() % 2 != 0) wrong("raw_hex has half a byte");
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); i += 2)
        bytes += static_cast<char>(hex_digit(text[i]) * 16 + hex_digit(text[i + 1]));
    return bytes;
}

bool is_printable(const std::string& line) {
    return std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

event event_from(const json& j) {
    event e;
    const std::string kind = j.at("kind");
    std::optional<event_kind> found;
    for (const event_kind k : all_kinds) {
        if (name_of(k) == kind) found = k;
    }
    e.kind = known(found, "kind of event", kind);
    e.begin = j.at("begin");
    e.end = j.at("end");
    if (e.kind == event_kind::param_value) e.quoted = j.at("quoted");
    return e;
}

vector_expectation expectation_from(const json& j) {
    vector_expectation x;
    for (const std::string name : j.at("editions"))
        x.editions.push_back(known(authgrammar::edition_from_name(name), "edition", name));
    x.valid = j.at("valid");
    if (!x.valid) {
        x.error_offset = j.at("error_offset");
        return x;
    }
    for (const json& e : j.at("events")) x.events.push_back(event_from(e));
    return x;
}

test_vector vector_from(const json& j) {
    test_vector v;
    for (const std::string name : j.at("fields"))
        v.fields.push_back(known(authgrammar::field_from_name(name), "field", name));
    if (j.contains("raw_hex")) {
        for (const std::string line : j.at("raw_hex")) v.lines.push_back(from_hex(line));
    } else {
        v.lines = j.at("raw").get<std::vector<std::string>>();
    }
    for (const json& x : j.at("expected")) v.expected.push_back(expectation_from(x));
    if (j.contains("flags")) v.flags = j.at("flags").get<std::vector<std::string>>();
    return v;
}

nlohmann::ordered_json to_value(const event& e) {
    nlohmann::ordered_json j{{"kind", name_of(e.kind)}, {"begin", e.begin}, {"end", e.end}};
    if (e.kind == event_kind::param_value) j["quoted"] = e.quoted;
    return j;
}

}  // namespace

vector_file read_vector_file(const std::string& path) {
    const input_text input = read_input(path);
    if (!input.bytes) throw std::runtime_error(path + ": " + input.failure);
    vector_file file;
    file.path = path;
    std::string id;
    try {
        const json content = json::parse(*input.bytes);
        if (content.at("schema") != 1) wrong("schema is not 1");
        file.title = content.at("title");
        for (const json& j : content.at("vectors")) {
            id = ": vector ";
            id += j.at("id").get<std::string>();
            file.vectors.push_back(vector_from(j));
            file.vectors.back().id = j.at("id");
        }
    } catch (const std::exception& e) {
        throw std::runtime_error(path + id + ": " + e.what());
    }
    return file;
}

std::string to_hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += digits[byte / 16];
        text += digits[byte % 16];
    }
    return text;
}

std::string test_vector::value() const { return authgrammar::detail::joined(lines); }

std::string to_json(const test_vector& vector) {
    nlohmann::ordered_json j{{"id", vector.id}};
    for (const field f : vector.fields) j["fields"].push_back(name_of(f));
    if (std::all_of(vector.lines.begin(), vector.lines.end(), is_printable)) {
        j["raw"] = vector.lines;
    } else {
        for (const std::string& line : vector.lines) j["raw_hex"].push_back(to_hex(line));
    }
    for (const vector_expectation& x : vector.expected) {
        nlohmann::ordered_json expected;
        for (const edition e : x.editions) expected["editions"].push_back(name_of(e));
        expected["valid"] = x.valid;
        if (x.valid) {
            expected["events"] = json::array();
            for (const event& e : x.events) expected["events"].push_back(to_value(e));
        } else {
            expected["error_offset"] = x.error_offset;
        }
        j["expected"].push_back(std::move(expected));
    }
    if (!vector.flags.empty()) j["flags"] = vector.flags;
    return j.dump();
}

}  // namespace authlint
