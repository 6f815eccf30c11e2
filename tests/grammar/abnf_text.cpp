#include "abnf_text.hpp"

#include <gtest/gtest.h>

#include <cctype>
#include <fstream>

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

namespace {

// "Section 2.1" of "; Section 2.1: Framework", and nothing of any other line.
std::string section_of(const std::string& line) {
    if (line.rfind("; Section ", 0) != 0 && line.rfind("; Appendix ", 0) != 0) return "";
    return line.substr(2, line.find(':') - 2);
}

// "NAME" of "NAME = …", and nothing of any other line.
std::string name_of(const std::string& line) {
    std::size_t end = 0;
    while (end < line.size() && (std::isalnum(static_cast<unsigned char>(line[end])) || line[end] == '-')) ++end;
    const std::size_t equals = line.find_first_not_of(' ', end);
    return equals != std::string::npos && line[equals] == '=' ? line.substr(0, end) : "";
}

}  // namespace

std::vector<abnf_rule> read_abnf(std::string_view file) {
    std::vector<abnf_rule> rules;
    std::string section;
    for (const std::string& line : read_lines(std::string("grammar/abnf/").append(file))) {
        if (line.empty()) continue;
        if (line.front() == ';') {
            const std::string anchor = section_of(line);
            if (!anchor.empty()) section = anchor;
        } else if (line.front() == ' ' && !rules.empty()) {
            rules.back().lines.push_back(line);
        } else if (const std::string name = name_of(line); !name.empty()) {
            rules.push_back({name, section, {line}});
        } else {
            ADD_FAILURE() << file << ": neither rule nor comment: " << line;
        }
    }
    EXPECT_FALSE(rules.empty()) << file;
    return rules;
}

std::vector<std::string> words(std::string_view text, std::string_view separators) {
    std::vector<std::string> all;
    for (std::size_t begin = 0; (begin = text.find_first_not_of(separators, begin)) != std::string_view::npos;) {
        const std::size_t end = text.find_first_of(separators, begin);
        all.emplace_back(text.substr(begin, end - begin));
        if (end == std::string_view::npos) break;
        begin = end;
    }
    return all;
}

}  // namespace authgrammar::test
