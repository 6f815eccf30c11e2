#include <authgrammar/audit/finding.hpp>

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>

namespace {

/// The rows of the table in docs/audit.md: `| [id] | severity | section | title |`.
TEST(guide, table_of_findings_is_that_of_the_code) {
    std::ifstream file(AUTHGRAMMAR_SOURCE_DIR "/docs/audit.md");
    ASSERT_TRUE(file);
    std::multiset<std::string> rows;
    for (std::string line; std::getline(file, line);) {
        if (line.rfind("| `", 0) == 0) rows.insert(line);
    }
    std::multiset<std::string> expected;
    for (const authgrammar::audit::finding_rule* rule : authgrammar::audit::all_finding_rules()) {
        std::string row = "| `";
        row.append(rule->id).append("` | ").append(name_of(rule->level)).append(" | ");
        row.append(rule->section).append(" | ").append(rule->title).append(" |");
        expected.insert(row);
    }
    EXPECT_EQ(rows, expected);
}

}  // namespace
