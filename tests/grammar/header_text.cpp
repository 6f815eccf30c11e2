#include "header_text.hpp"

#include "abnf_text.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace authgrammar::test {

namespace {

bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::vector<std::string> split_ids(const std::string& text) {
    static const std::regex id("D-[0-9]{2}");
    static const std::regex ids("D-[0-9]{2}(, D-[0-9]{2})*");
    EXPECT_TRUE(std::regex_match(text, ids)) << text;
    return {std::sregex_token_iterator(text.begin(), text.end(), id), std::sregex_token_iterator()};
}

// One comment, its lines without "///" and the space after it.
header_rule read_comment(std::string name, const std::vector<std::string>& lines) {
    header_rule rule;
    rule.name = std::move(name);
    SCOPED_TRACE(rule.name);
    std::size_t i = 0;
    rule.helper = starts_with(lines.front(), "helper: ");
    while (i < lines.size() && !lines[i].empty()) {
        if (!rule.helper) rule.abnf.push_back(lines[i]);
        ++i;
    }
    for (; i < lines.size(); ++i) {
        const std::string& line = lines[i];
        if (starts_with(line, "RFC ")) {
            EXPECT_TRUE(rule.reference.empty() && !rule.helper) << line;
            rule.reference = line;
        } else if (starts_with(line, "deviations: ")) {
            EXPECT_TRUE(rule.deviations.empty()) << line;
            rule.deviations = split_ids(line.substr(12));
        } else if (starts_with(line, "accepts: ")) {
            rule.accepts.push_back(unquote(line.substr(9)));
        } else if (starts_with(line, "rejects: ")) {
            rule.rejects.push_back(unquote(line.substr(9)));
        }
    }
    EXPECT_FALSE(rule.accepts.empty()) << "no accepted example";
    EXPECT_FALSE(rule.rejects.empty()) << "no rejected example";
    EXPECT_EQ(rule.helper, rule.reference.empty()) << "an ABNF rule has a section, a helper has none";
    EXPECT_TRUE(!rule.helper || !rule.deviations.empty()) << "a helper belongs to a deviation";
    return rule;
}

}  // namespace

std::string unquote(std::string_view literal) {
    std::string bytes;
    if (literal.size() < 2 || literal.front() != '"' || literal.back() != '"') {
        ADD_FAILURE() << "no literal: " << literal;
        return bytes;
    }
    literal = literal.substr(1, literal.size() - 2);
    for (std::size_t i = 0; i < literal.size(); ++i) {
        if (literal[i] == '"') ADD_FAILURE() << "DQUOTE without escape: " << literal;
        if (literal[i] != '\\') {
            bytes += literal[i];
            continue;
        }
        const char c = ++i < literal.size() ? literal[i] : '\0';
        const auto digit = [&](std::size_t at) { return at < literal.size() ? hex_digit(literal[at]) : -1; };
        if (c == '"' || c == '\\') {
            bytes += c;
        } else if (c == 't' || c == 'r' || c == 'n') {
            bytes += c == 't' ? '\t' : c == 'r' ? '\r' : '\n';
        } else if (c == 'x' && digit(i + 1) >= 0 && digit(i + 2) >= 0) {
            bytes += static_cast<char>(static_cast<unsigned char>(digit(i + 1) * 16 + digit(i + 2)));
            i += 2;
        } else {
            ADD_FAILURE() << "unknown escape: " << literal;
        }
    }
    return bytes;
}

std::vector<header_rule> read_header(std::string_view source) {
    static const std::regex declaration("(?:struct ([A-Za-z0-9_]+)|using [a-z0-9]+::([A-Za-z0-9_]+);).*");
    const std::string path = "grammar/include/authgrammar/grammar/" + std::string(source) + ".hpp";
    std::vector<header_rule> rules;
    std::vector<std::string> comment;
    std::smatch m;
    for (const std::string& line : read_lines(path)) {
        if (starts_with(line, "///")) {
            comment.push_back(line.size() > 4 ? line.substr(4) : "");
            continue;
        }
        if (std::regex_match(line, m, declaration)) {
            if (!comment.empty()) {
                rules.push_back(read_comment(m[1].matched ? m[1] : m[2], comment));
            } else if (m[1].matched) {
                ADD_FAILURE() << path << ": no comment above: " << line;
            }
        }
        comment.clear();
    }
    EXPECT_FALSE(rules.empty()) << path;
    return rules;
}

}  // namespace authgrammar::test
