#include "merge/report_reader.hpp"

#include "json/json_text.hpp"
#include "json/strict_json.hpp"
#include "merge/report_json.hpp"
#include "report/message_json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <streambuf>

namespace authlint {

namespace {

using nlohmann::ordered_json;

/// Whether a text is the start of a line of a report in NDJSON: its first member is "type".
bool begins_a_line(std::string_view text) {
    const auto skip = [&](std::string_view white) {
        text.remove_prefix(std::min(text.find_first_not_of(white), text.size()));
    };
    skip(" \t\r\n");
    if (text.substr(0, 1) != "{") return false;
    text.remove_prefix(1);
    skip(" \t");
    return text.substr(0, 6) == "\"type\"";
}

/// The bytes of `start`, then those of another buffer.
class chained_buffer : public std::streambuf {
public:
    chained_buffer(std::string& start, std::streambuf& rest) : rest_(rest), piece_(std::size_t{1} << 16, '\0') {
        setg(start.data(), start.data(), start.data() + start.size());
    }

protected:
    int_type underflow() override {
        const std::streamsize n = rest_.sgetn(piece_.data(), static_cast<std::streamsize>(piece_.size()));
        if (n <= 0) return traits_type::eof();
        setg(piece_.data(), piece_.data(), piece_.data() + n);
        return traits_type::to_int_type(piece_.front());
    }

private:
    std::streambuf& rest_;
    std::string piece_;
};

/// The next line, without its LF. False at the end of the input and before a line that is too long.
bool next_line(std::istream& in, std::string& line, bool& too_long) {
    line.clear();
    std::streambuf* const from = in.rdbuf();
    for (int c = from->sbumpc(); c != std::char_traits<char>::eof(); c = from->sbumpc()) {
        if (c == '\n') return true;
        if (line.size() == longest_report_line) {
            too_long = true;
            return false;
        }
        line += static_cast<char>(c);
    }
    return !line.empty();
}

/// Reports in NDJSON. Each begins with a line "report" and ends with a line "summary".
class line_reports {
public:
    explicit line_reports(report_listener& listener) : listener_(listener) {}

    std::string read(std::istream& in) {
        std::string line;
        bool too_long = false;
        std::size_t number = 0;
        while (next_line(in, line, too_long)) {
            ++number;
            if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
            const std::string why = take(line);
            if (!why.empty()) return "line " + std::to_string(number) + " " + why;
        }
        if (too_long)
            return "line " + std::to_string(number + 1) + " is longer than " + std::to_string(longest_report_line) +
                   " bytes";
        return in_report_ ? "ends early, after line " + std::to_string(number) + ": the report has no line \"summary\""
                          : "";
    }

private:
    std::string take(const std::string& line) {
        json_object object;
        if (!object.read(line)) {
            return "is broken at byte " + std::to_string(object.failure->offset) + ": expected " +
                   std::string(object.failure->expected);
        }
        const std::string_view type = value_of(object, "\"type\"");
        if (in_report_ && type == "\"message\"") return message(object);
        const strict_json read = read_strict_json(line);
        if (!read.failure.empty()) return "is broken: " + read.failure;
        if (type == "\"report\"") return begin(read.object);
        if (!in_report_) return "is part of a report that begins with no line \"report\"";
        if (type == "\"unread\"") return unread(read.object);
        if (type == "\"summary\"") return summary(read.object);
        return "has a type that is none of report, message, unread and summary";
    }

    /// The value of a member, whose name is as it is written; empty if there is none.
    static std::string_view value_of(const json_object& object, std::string_view name) {
        for (const json_member& m : object.members) {
            if (m.source == name) return m.value;
        }
        return {};
    }

    std::string begin(const ordered_json& json) {
        if (in_report_) return "begins a report, and the one before it has no line \"summary\"";
        const auto member = [&](const char* name) { return json.contains(name) ? json[name] : ordered_json(nullptr); };
        const std::string why = check_report_head(member("schema"), member("version"));
        in_report_ = why.empty();
        return why;
    }

    /// Most lines are messages, and most of these have no findings: what was read of their fields stays text.
    std::string message(const json_object& object) {
        ordered_json json;
        message_record m;
        if (object.members.size() > most_members) return "has too many members";
        for (const json_member& member : object.members) {
            const std::string name(member.source.substr(1, member.source.size() - 2));
            if (json.contains(name)) return "has the member " + name + " twice";
            ordered_json& value = json[name];
            const bool is_array = member.value.front() == '[';
            if (!is_array && member.value.front() != '{') value = ordered_json::parse(member.value);
            if (!is_array) continue;
            value = ordered_json::array();
            const auto elements = json_elements(member.value, strict_json::most_values);
            if (elements->size() > strict_json::most_values) return "has too many elements in \"" + name + "\"";
            const bool is_text = name == "fields" && is_ascii(member.value);
            if (is_text) {
                m.fields = member.value;
                m.field_count = elements->size();
            }
            if (is_text || (name != "fields" && name != "findings")) continue;
            for (const std::string_view element : *elements) {
                strict_json one = read_strict_json(element);
                if (!one.failure.empty()) return "has a broken element in \"" + name + "\": " + one.failure;
                value.push_back(std::move(one.object));
            }
        }
        std::string why = read_message_json(json, m);
        if (why.empty()) listener_.message(m);
        return why;
    }

    std::string unread(const ordered_json& json) {
        unread_record u;
        std::string why = read_unread_json(json, u);
        if (why.empty()) listener_.unread(u);
        return why;
    }

    std::string summary(const ordered_json& json) {
        report_totals totals;
        std::string why = read_totals_json(json, totals);
        if (!why.empty()) return why;
        in_report_ = false;
        listener_.end(totals);
        return {};
    }

    static constexpr std::size_t most_members = 64;  // of a message; it has nine

    report_listener& listener_;
    bool in_report_ = false;
};

}  // namespace

std::string read_reports(std::istream& in, report_listener& listener) {
    // What kind it is, its first bytes tell; white space may come before them.
    std::string start;
    constexpr std::size_t enough = 256;
    while (start.size() < enough && !begins_a_line(start)) {
        const int c = in.rdbuf()->sbumpc();
        if (c == std::char_traits<char>::eof()) break;
        start += static_cast<char>(c);
    }
    if (start.find_first_not_of(" \t\r\n") == std::string::npos) return "is empty, and so no report";
    const bool lines = begins_a_line(start);
    chained_buffer both(start, *in.rdbuf());
    std::istream whole(&both);
    return lines ? line_reports(listener).read(whole) : read_json_report(both, listener);
}

std::string read_reports(const std::string& path, report_listener& listener) {
    if (path == "-") return read_reports(std::cin, listener);
    if (std::filesystem::is_directory(path)) return std::string("cannot be read: ") + std::strerror(EISDIR);
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::string("cannot be read: ") + std::strerror(errno);
    return read_reports(file, listener);
}

}  // namespace authlint
