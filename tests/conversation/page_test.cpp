// The tables of docs/conversation.md: what a guard answers, and what the words of its reasons mean. With AUTHGRAMMAR_WRITE=1 in
// the environment they are written there.
#include "client.hpp"
#include "situations.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace authgrammar::conversation::test {
namespace {

using policy::existence_rule;
using policy::hop_role;

/// A row of the table of answers: why the request is refused, and the status at each kind of place.
class row_of_answers {
public:
    explicit row_of_answers(const situation& s) : situation_(s) {}

    void add(const guard& g, hop_role hop, existence_rule existence) {
        exchange x(g);
        const bool proxy = hop == hop_role::proxy;
        request r{};
        r.method = "GET";
        r.target = "/index.html";
        r.secured = true;
        x.check(r);
        const auto lines =
            situation_.lines(all_of(x.fields(), proxy ? "Proxy-Authenticate" : "WWW-Authenticate"), proxy, x);
        const field_lines views(lines);
        r.credentials = views.value();
        r.existence = existence;
        x.check(r, host{});
        const bool in = x.state() == exchange_state::admitted;
        cells_ += " | " + (in ? std::string("let in") : std::to_string(x.status()));
        if (!reason_.empty()) return;
        const log_reason& why = x.reason();
        reason_ = word(why.code) + " | " + word(why.verify) + " | " + word(why.scheme);
    }

    [[nodiscard]] std::string str() const {
        return "| " + std::string(situation_.name) + " | " + reason_ + cells_ + " |\n";
    }

private:
    template <typename Code>
    [[nodiscard]] static std::string word(Code code) {
        return code == Code::none ? std::string() : "`" + std::string(name_of(code)) + "`";
    }

    const situation& situation_;
    std::string reason_;
    std::string cells_;
};

std::string table_of_answers() {
    guard_options o;
    o.realm = "files";
    o.offers = {rounds_offer{}, rounds_offer{"SCRAM-SHA-256"}, digest_offer{}, bearer_offer{}, basic_offer{}};
    const guard origin(o);
    o.hop = hop_role::proxy;
    const guard proxy(o);
    std::string table =
        "| credentials | `code` | `verify` | `scheme` | origin server | proxy | hidden target |\n"
        "|---|---|---|---|---|---|---|\n";
    for (const situation& s : situations()) {
        row_of_answers row(s);
        row.add(origin, hop_role::origin, existence_rule::open);
        row.add(proxy, hop_role::proxy, existence_rule::open);
        row.add(origin, hop_role::origin, existence_rule::hidden);
        table += row.str();
    }
    return table;
}

/// The words of a member of log_reason and what they mean, in the order of their numbers; none that a guard never says.
template <typename Code>
std::string table_of_words(std::string_view member) {
    std::string table = "| `" + std::string(member) + "` | meaning |\n|---|---|\n";
    for (unsigned i = 1; i != 256; ++i) {
        const auto code = static_cast<Code>(i);
        if (name_of(code) == name_of(Code::none) || !is_of_guards(code)) continue;
        table += "| `" + std::string(name_of(code)) + "` | " + std::string(explain(code)) + " |\n";
    }
    return table;
}

/// Holds the table that begins so against the page, or writes it there.
void check_page(const std::string& table) {
    const std::string path = AUTHGRAMMAR_SOURCE_DIR "/docs/conversation.md";
    std::stringstream read;
    read << std::ifstream(path).rdbuf();
    const std::string page = read.str();
    const std::size_t begin = page.find(table.substr(0, table.find('\n')));
    ASSERT_NE(begin, std::string::npos) << path;
    const std::size_t end = page.find("\n\n", begin);
    ASSERT_NE(end, std::string::npos) << path;
    if (std::getenv("AUTHGRAMMAR_WRITE") != nullptr) {
        std::ofstream(path) << page.substr(0, begin) << table << page.substr(end + 1);
    } else {
        EXPECT_EQ(page.substr(begin, end + 1 - begin), table)
            << "AUTHGRAMMAR_WRITE=1 build/release/tests/bin/test_conversation_situations";
    }
}

TEST(page, shows_all_answers) { check_page(table_of_answers()); }
TEST(page, explains_codes) { check_page(table_of_words<reason_code>("code")); }
TEST(page, explains_what_verify_says) { check_page(table_of_words<verify::verify_code>("verify")); }
TEST(page, explains_what_schemes_say) { check_page(table_of_words<schemes::scheme_error_code>("scheme")); }

}  // namespace
}  // namespace authgrammar::conversation::test
