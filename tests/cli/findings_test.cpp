#include "program.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace {

using authlint_test::run;
using nlohmann::json;

std::string read_source(const std::string& path) {
    std::ifstream file(AUTHGRAMMAR_SOURCE_DIR "/" + path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// docs/findings.md is made by the command that it names.
TEST(findings_command, the_document_is_up_to_date) {
    const auto result = run({"findings", "--table"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.out, read_source("docs/findings.md")) << "authlint findings --table > docs/findings.md";
}

// What the list, the JSON and explain have is the same.
TEST(findings_command, lists_what_explain_explains) {
    const json all = json::parse(run({"findings", "--json"}).out);
    EXPECT_EQ(all["schema"], 1);
    const std::string list = run({"findings"}).out;
    std::set<std::string> categories;
    for (const json& f : all["findings"]) {
        const std::string id = f["id"];
        EXPECT_NE(list.find(id + " "), std::string::npos) << id;
        categories.insert(f["category"]);
        for (const char* text : {"title", "why", "peers", "fix", "section"})
            EXPECT_NE(f[text], "") << id << ' ' << text;
    }
    EXPECT_EQ(categories, (std::set<std::string>{"exchange", "grammar", "message", "practice", "scheme"}));
    const std::string one = run({"explain", "credentials-unsecured"}).out;
    for (const char* part :
         {"warning", "exchange", "CWE-319", "has it", "does not have it", "R7235-6.1-confidentiality"}) {
        EXPECT_NE(one.find(part), std::string::npos) << part;
    }
}

TEST(findings_command, takes_one_form) { EXPECT_EQ(run({"findings", "--json", "--table"}).exit_code, 2); }

}  // namespace
