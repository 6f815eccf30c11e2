#include "lint/lint_config.hpp"

#include "json/json_text.hpp"
#include "shell/input.hpp"
#include "shell/terminal.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace authlint {

namespace {

// Values are valid JSON.

std::optional<std::string> as_string(std::string_view value) {
    if (value.front() != '"') return std::nullopt;
    return nlohmann::json::parse(value).get<std::string>();
}

std::optional<std::vector<std::string>> as_strings(std::string_view value) {
    const auto elements = json_elements(value);
    if (!elements) return std::nullopt;
    std::vector<std::string> out;
    for (const std::string_view each : *elements) {
        const auto text = as_string(each);
        if (!text) return std::nullopt;
        out.push_back(*text);
    }
    return out;
}

std::optional<bool> as_bool(std::string_view value) {
    if (value == "true") return true;
    if (value == "false") return false;
    return std::nullopt;
}

/// A member: how it is read, and what it has to be.
struct config_member {
    std::string_view name;  ///< as it is written
    const char* expected;
    bool (*read)(std::string_view value, lint_config& out);
};

constexpr std::array<config_member, 7> known_members{{
    {"\"format\"", "a string",
     [](std::string_view v, lint_config& c) { return (c.format = as_string(v)).has_value(); }},
    {"\"severity\"", "a string",
     [](std::string_view v, lint_config& c) { return (c.severity = as_string(v)).has_value(); }},
    {"\"only\"", "an array of strings",
     [](std::string_view v, lint_config& c) { return (c.only = as_strings(v)).has_value(); }},
    {"\"ignore\"", "an array of strings",
     [](std::string_view v, lint_config& c) { return (c.ignore = as_strings(v)).has_value(); }},
    {"\"baseline\"", "a string",
     [](std::string_view v, lint_config& c) { return (c.baseline = as_string(v)).has_value(); }},
    {"\"form_login\"", "true or false",
     [](std::string_view v, lint_config& c) { return (c.form_login = as_bool(v)).has_value(); }},
    {"\"loopback\"", "true or false",
     [](std::string_view v, lint_config& c) { return (c.loopback = as_bool(v)).has_value(); }},
}};

class config_reader {
public:
    config_reader(std::string path, std::string_view text, std::string& failure) : text_(text), failure_(failure) {
        config_.path = std::move(path);
    }

    lint_config read() {
        json_object object;
        if (!object.read(text_)) {
            fail(object.failure->offset, "expected " + std::string(object.failure->expected));
            return config_;
        }
        for (std::size_t i = 0; i < object.members.size() && failure_.empty(); ++i) read(object.members, i);
        return config_;
    }

private:
    void read(const std::vector<json_member>& members, std::size_t i) {
        const json_member& m = members[i];
        const auto known = std::find_if(known_members.begin(), known_members.end(),
                                        [&](const config_member& k) { return k.name == m.source; });
        const std::string name = printable(m.source.substr(0, 60));
        if (known == known_members.end()) {
            fail(m.offset, "unknown member " + name);
        } else if (std::any_of(members.begin(), members.begin() + static_cast<std::ptrdiff_t>(i),
                               [&](const json_member& earlier) { return earlier.source == m.source; })) {
            fail(m.offset, "the member " + name + " a second time");
        } else if (!known->read(m.value, config_)) {
            fail(static_cast<std::size_t>(m.value.data() - text_.data()), name + " has to be " + known->expected);
        }
    }

    void fail(std::size_t offset, const std::string& what) {
        const std::string_view before = text_.substr(0, offset);
        const auto line = std::count(before.begin(), before.end(), '\n') + 1;
        const std::size_t start = before.rfind('\n') + 1;  // npos + 1 is 0
        failure_ = config_.path + ":" + std::to_string(line) + ":" + std::to_string(offset - start + 1) + ": " + what;
    }

    std::string_view text_;
    std::string& failure_;
    lint_config config_;
};

}  // namespace

std::string find_config() {
    std::error_code failed;
    std::filesystem::path folder = std::filesystem::current_path(failed);
    if (failed) return {};
    const std::filesystem::path here = folder;
    while (true) {
        const std::filesystem::path file = folder / config_name;
        // A pipe or a device is no configuration, and may never end.
        const std::filesystem::file_type type = std::filesystem::status(file, failed).type();
        if (type == std::filesystem::file_type::regular || type == std::filesystem::file_type::directory) {
            return folder == here ? config_name : file.string();
        }
        if (!folder.has_relative_path()) return {};
        folder = folder.parent_path();
    }
}

lint_config read_config(const std::string& path, std::string& failure) {
    constexpr std::size_t most_bytes = std::size_t{1} << 20;
    const input_text input = read_input(path, most_bytes);
    if (!input.bytes) {
        failure = path + ": " + input.failure;
        return {};
    }
    lint_config config = config_reader(path, *input.bytes, failure).read();
    if (config.baseline && std::filesystem::path(*config.baseline).is_relative()) {
        const std::filesystem::path folder = std::filesystem::path(path).parent_path();
        config.baseline = (folder / *config.baseline).string();
    }
    return config;
}

}  // namespace authlint
