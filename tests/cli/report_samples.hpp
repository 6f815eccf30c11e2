#ifndef AUTHLINT_TEST_REPORT_SAMPLES_HPP
#define AUTHLINT_TEST_REPORT_SAMPLES_HPP

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

// What the tests of lint's reports and of merge have in common.

namespace authlint_test {

inline const std::vector<std::string> report_forms{"text", "json", "ndjson", "sarif", "junit", "github", "html"};
inline const std::string one_warning = "HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=abc\r\n";

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Writes a file into the test's folder, and returns its name.
inline std::string file_with(const std::string& name, const std::string& bytes) {
    std::ofstream(name, std::ios::binary) << bytes;
    return name;
}

inline std::string content(const std::string& name) {
    std::stringstream out;
    out << std::ifstream(name, std::ios::binary).rdbuf();
    return out.str();
}

/// The paths of the captures in a folder of the repository, sorted.
inline std::vector<std::string> captures(const std::string& folder = "corpus/captures") {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(AUTHGRAMMAR_SOURCE_DIR "/" + folder)) {
        const std::string kind = entry.path().extension().string();
        if (kind == ".http" || kind == ".txt") out.push_back(entry.path().string());
    }
    std::sort(out.begin(), out.end());
    return out;
}

inline std::vector<std::string> with(std::vector<std::string> arguments, const std::vector<std::string>& more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

}  // namespace authlint_test

#endif
