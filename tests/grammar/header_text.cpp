#include "header_text.hpp"

#include "abnf_text.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace authgrammar::test {

namespace {

bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::vector<std::string> split_ids(const std::string& text) {
    std::vector<std::string> ids = words(text, ", ");
    for (const std::string& id : ids) EXPECT_TRUE(id.size() == 4 && starts_with(id, "D-")) << text;
    EXPECT_FALSE(ids.empty());
    return ids;
}

// NAME of "struct NAME : …" or of "using SOURCE::NAME;", and nothing of any other line.
std::string declared_by(const std::string& line) {
    const std::vector<std::string> parts = words(line, " :;");
    if (starts_with(line, "struct ") && parts.size() > 1) return parts[1];
    if (starts_with(line, "using rfc") && parts.size() == 3) return parts[2];
    return "";
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
    const std::string path = "grammar/include/authgrammar/grammar/" + std::string(source) + ".hpp";
    std::vector<header_rule> rules;
    std::vector<std::string> comment;
    for (const std::string& line : read_lines(path)) {
        if (starts_with(line, "///")) {
            comment.push_back(line.size() > 4 ? line.substr(4) : "");
            continue;
        }
        const std::string name = declared_by(line);
        if (!name.empty() && !comment.empty()) {
            rules.push_back(read_comment(name, comment));
        } else if (!name.empty() && starts_with(line, "struct ")) {
            ADD_FAILURE() << path << ": no comment above: " << line;
        }
        comment.clear();
    }
    EXPECT_FALSE(rules.empty()) << path;
    return rules;
}

}  // namespace authgrammar::test
