#include "lint/baseline.hpp"

#include "json/strict_json.hpp"
#include "report/escapes.hpp"
#include "shell/input.hpp"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace authlint {

namespace {

using nlohmann::ordered_json;

/// An entry that has exactly the three members.
bool is_entry(const ordered_json& e) {
    return e.is_object() && e.size() == 3 && e.contains("source") && e["source"].is_string() && e.contains("finding") &&
           e["finding"].is_string() && e.contains("count") && e["count"].is_number_unsigned() && e["count"] != 0;
}

std::string check(const strict_json& read) {
    if (!read.failure.empty()) return "is no baseline: " + read.failure;
    const ordered_json& file = read.object;
    if (!file.contains("authlint_baseline")) return "is no baseline: it has no member \"authlint_baseline\"";
    if (file["authlint_baseline"] != baseline::version) {
        return "is a baseline of version " + shown(file["authlint_baseline"]) + ", and this authlint reads version " +
               std::to_string(baseline::version) + ": write it again with --write-baseline";
    }
    if (file.size() != 2 || !file.contains("findings") || !file["findings"].is_array()) {
        return "is a broken baseline: it has to have one other member, the array \"findings\"";
    }
    if (file["findings"].size() > baseline::most_entries) {
        return "is a baseline of more than " + std::to_string(baseline::most_entries) + " entries";
    }
    for (std::size_t i = 0; i < file["findings"].size(); ++i) {
        if (!is_entry(file["findings"][i])) {
            return "is a broken baseline: findings[" + std::to_string(i) +
                   "] does not have the members source, finding and count, and no other";
        }
    }
    return {};
}

/// Writes a file from its start. Answers what went wrong; empty if nothing did.
std::string write_file(const std::string& path, const std::string& text) {
    std::FILE* const file = std::fopen(path.c_str(), "wb");
    if (file == nullptr) return std::strerror(errno);
    errno = 0;
    const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
    const int why = errno;
    const bool closed = std::fclose(file) == 0;
    if (written && closed) return {};
    return std::strerror(written ? errno : why);
}

constexpr std::string_view first_member = "{\"authlint_baseline\": ";

/// Whether a file holds something that is no baseline, which is not to be lost: an input, say, because the name of the baseline
/// was forgotten before *.http.
bool holds_something_else(const std::string& path) {
    std::FILE* const file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) return false;
    std::string start(first_member.size(), '\0');
    start.resize(std::fread(start.data(), 1, start.size(), file));
    std::fclose(file);
    return !start.empty() && start != first_member;
}

}  // namespace

void baseline::add(const std::string& source, const std::string& fingerprint, std::size_t times) {
    const auto key = std::pair(valid_utf8(source), fingerprint);
    if (counts_.size() >= most_entries && counts_.count(key) == 0) {
        too_many_ = true;
        return;
    }
    counts_[key] += times;
}

void baseline::add(const baseline& other) {
    for (const auto& [key, count] : other.counts_) add(key.first, key.second, count);
    too_many_ = too_many_ || other.too_many_;
}

bool baseline::take(const std::string& source, const std::string& fingerprint) {
    const auto found = counts_.find(std::pair(valid_utf8(source), fingerprint));
    if (found == counts_.end() || found->second == 0) return false;
    --found->second;
    return true;
}

std::optional<baseline> baseline::read(const std::string& path, std::string& failure) {
    const input_text input = read_input(path, most_bytes);
    if (input.too_large) {
        failure = "is larger than the " + std::to_string(most_bytes) + " bytes that a baseline may have";
        return std::nullopt;
    }
    if (!input.bytes) {
        failure = "cannot be read: " + input.failure;
        return std::nullopt;
    }
    const strict_json read = read_strict_json(*input.bytes);
    failure = check(read);
    if (!failure.empty()) return std::nullopt;
    baseline out;
    for (const ordered_json& e : read.object["findings"]) {
        out.counts_[std::pair(e["source"].get<std::string>(), e["finding"].get<std::string>())] +=
            e["count"].get<std::size_t>();
    }
    return out;
}

std::string baseline::write(const std::string& path) const {
    if (too_many_) return "there are more than " + std::to_string(most_entries) + " different findings";
    std::string text = std::string(first_member) + std::to_string(version) + ", \"findings\": [";
    const char* separator = "\n";
    for (const auto& [key, count] : counts_) {
        text += separator + ordered_json{{"source", key.first}, {"finding", key.second}, {"count", count}}.dump();
        separator = ",\n";
    }
    text += "\n]}\n";
    if (text.size() > most_bytes) return "it would be larger than " + std::to_string(most_bytes) + " bytes";
    // A device, a pipe or a link is written to; a file is replaced, so that a full disk leaves the old one.
    std::error_code failed;
    const auto kind = std::filesystem::symlink_status(path, failed).type();
    const bool replaced = kind == std::filesystem::file_type::regular || kind == std::filesystem::file_type::not_found;
    if (kind == std::filesystem::file_type::regular && holds_something_else(path)) {
        return "the file is there and is no baseline";
    }
    const std::string target = replaced ? path + ".new" : path;
    const std::string why = write_file(target, text);
    if (!replaced) return why;
    if (why.empty() && std::rename(target.c_str(), path.c_str()) == 0) return {};
    const std::string renaming = std::strerror(errno);
    std::remove(target.c_str());
    return why.empty() ? renaming : why;
}

}  // namespace authlint
