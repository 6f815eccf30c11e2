#include "authgrammar/abnf/edition.hpp"

#include <fstream>
#include <iterator>
#include <utility>

#include "embedded.hpp"

namespace authgrammar::abnf {
namespace {

result<std::string> read_file(const std::filesystem::path& path, std::string_view name) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return error{path.string(), 0, 0, "the file cannot be opened"};
    // One byte more than the reader takes is enough to make the reader refuse it.
    std::string text(reader_limits().bytes + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (stream.bad()) return error{path.string(), 0, 0, "the file cannot be read"};
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.size() > reader_limits().bytes) return error{std::string(name), 0, 0, "the file is too long"};
    return text;
}

}  // namespace

const std::vector<edition_info>& editions() {
    static const std::vector<edition_info> all = {
        {"rfc7235", {"rfc5234.abnf", "rfc7230.abnf", "rfc7235.abnf", "rfc7615.abnf"}, list_form::rfc7230_recipient},
        {"rfc9110-recipient", {"rfc5234.abnf", "rfc9110.abnf", "rfc9110-recipient.abnf"}, list_form::rfc9110_recipient},
        {"rfc9110-sender", {"rfc5234.abnf", "rfc9110.abnf"}, list_form::sender},
    };
    return all;
}

const std::vector<edition_info>& schemes() {
    static const std::vector<edition_info> all = {
        {"basic", {"rfc5234.abnf", "rfc9110.abnf", "rfc4648.abnf", "basic.abnf"}, list_form::sender},
        {"bearer", {"rfc5234.abnf", "rfc9110.abnf", "rfc6749.abnf", "bearer.abnf"}, list_form::sender},
        {"digest", {"rfc5234.abnf", "rfc9110.abnf", "rfc8187.abnf", "digest.abnf"}, list_form::sender},
        {"negotiate", {"rfc5234.abnf", "rfc2616.abnf", "rfc4648.abnf", "negotiate.abnf"}, list_form::rfc2616},
    };
    return all;
}

const std::vector<std::string_view>& field_names() {
    static const std::vector<std::string_view> all = {"WWW-Authenticate",    "Authorization",
                                                      "Authentication-Info", "Proxy-Authenticate",
                                                      "Proxy-Authorization", "Proxy-Authentication-Info"};
    return all;
}

bool is_scheme_rule(const rule& r) {
    for (const edition_info& edition : editions()) {
        for (const std::string_view file : edition.files) {
            if (file == r.source) return false;
        }
    }
    return true;
}

std::vector<std::string_view> embedded_file_names() {
    std::vector<std::string_view> names;
    for (const embedded_file& file : embedded_files()) names.push_back(file.name);
    return names;
}

result<std::string> load_file(std::string_view file, const std::optional<std::filesystem::path>& directory) {
    if (directory) return read_file(*directory / std::string(file), file);
    for (const embedded_file& embedded : embedded_files()) {
        if (embedded.name == file) return std::string(embedded.text);
    }
    return error{std::string(file), 0, 0, "no ABNF of this name is built in"};
}

result<rule_set> load_files(const std::vector<std::string_view>& files, list_form lists,
                            const std::optional<std::filesystem::path>& directory) {
    rule_set rules;
    for (const std::string_view file : files) {
        const result<std::string> text = load_file(file, directory);
        if (!text) return text.failure();
        const result<std::vector<rule>> parsed = read(*text, file);
        if (!parsed) return parsed.failure();
        if (std::optional<error> failure = rules.add(*parsed)) return *failure;
    }
    return rules.resolve(lists);
}

result<rule_set> load_edition(std::string_view name, const std::optional<std::filesystem::path>& directory) {
    for (const edition_info& edition : editions()) {
        if (edition.name == name) return load_files(edition.files, edition.lists, directory);
    }
    return error{"", 0, 0, "there is no edition " + std::string(name)};
}

result<rule_set> load_scheme(std::string_view name, const std::optional<std::filesystem::path>& directory) {
    for (const edition_info& scheme : schemes()) {
        if (scheme.name == name) return load_files(scheme.files, scheme.lists, directory);
    }
    return error{"", 0, 0, "there is no grammar of a scheme " + std::string(name)};
}

}  // namespace authgrammar::abnf
