#include "abnf_text.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>

namespace authgrammar::test {

std::vector<std::string> read_lines(std::string_view path) {
    const std::string whole = std::string(AUTHGRAMMAR_SOURCE_DIR "/").append(path);
    std::ifstream in(whole);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) {
        line.erase(line.find_last_not_of(" \t\r") + 1);
        lines.push_back(line);
    }
    EXPECT_FALSE(lines.empty()) << whole;
    return lines;
}

std::vector<abnf_rule> read_abnf(std::string_view file) {
    static const std::regex anchor("; ((Section|Appendix) [0-9A-Z]+(\\.[0-9]+)*)(:.*)?");
    static const std::regex rule("([A-Za-z][A-Za-z0-9-]*) *=.*");
    std::vector<abnf_rule> rules;
    std::string section;
    std::smatch m;
    for (const std::string& line : read_lines(std::string("grammar/abnf/").append(file))) {
        if (std::regex_match(line, m, anchor)) {
            section = m[1];
        } else if (std::regex_match(line, m, rule)) {
            rules.push_back({m[1], section, {line}});
        } else if (!line.empty() && line.front() == ' ' && !rules.empty()) {
            rules.back().lines.push_back(line);
        } else if (!line.empty() && line.front() != ';') {
            ADD_FAILURE() << file << ": neither rule nor comment: " << line;
        }
    }
    EXPECT_FALSE(rules.empty()) << file;
    return rules;
}

}  // namespace authgrammar::test
