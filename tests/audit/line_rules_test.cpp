// Findings about field lines: every member of each, and every branch on which it depends.

#include "of_rule.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using namespace authgrammar::audit;
using namespace authgrammar::audit::testing;
using authgrammar::field;
using authgrammar::name_of;
using texts = std::vector<std::string>;

TEST(several_credentials, all_places) {
    for (const field f : {field::authorization, field::proxy_authorization}) {
        const std::string name(name_of(f));
        const found two = the("several-credentials", name + ": A b\n" + name + " : C d\n");
        EXPECT_EQ(two.about, f);
        EXPECT_EQ(two.related, texts{name});
        EXPECT_EQ(two.text, name + " is sent in 2 field lines");
        EXPECT_EQ(two.offset, name.size() + 6) << "the second";
        const std::string three = name + ": A b\n" + name + ": C d\nX: y\n" + name + ": E f\n";
        EXPECT_EQ(the("several-credentials", three).related, (texts{name, name}));
        EXPECT_EQ(the("several-credentials", three).text, name + " is sent in 3 field lines");
        EXPECT_TRUE(of_rule("several-credentials", name + ": A b\n").empty());
    }
    EXPECT_TRUE(of_rule("several-credentials", "WWW-Authenticate: A\nWWW-Authenticate: B\n").empty());
    EXPECT_TRUE(of_rule("several-credentials", "Authentication-Info: a=b\nAuthentication-Info: c=d\n").empty());
}

TEST(obs_fold, all_places) {
    const found f = the("obs-fold", "WWW-Authenticate: A,\n B,\n\tC,\r\n  D\n");
    EXPECT_EQ(f.at, "\n ");
    EXPECT_EQ(f.related, (texts{"\n\t", "\r\n  "}));
    EXPECT_EQ(f.about, field::www_authenticate);
    EXPECT_TRUE(the("obs-fold", "WWW-Authenticate: A,\n B\n").related.empty());
    EXPECT_TRUE(of_rule("obs-fold", "X: A,\n B\n").empty()) << "fields that do not concern us";
    EXPECT_EQ(of_rule("obs-fold", "WWW-Authenticate: A,\n B\nAuthorization: A\n b\n").size(), 2u);
}

TEST(space_before_colon, all_places) {
    const found f = the("space-before-colon", "WWW-Authenticate \t: A\n");
    EXPECT_EQ(f.at, " \t");
    EXPECT_EQ(f.about, field::www_authenticate);
    EXPECT_TRUE(of_rule("space-before-colon", "X : A\n").empty());
    EXPECT_TRUE(of_rule("space-before-colon", "WWW-Authenticate: A\n").empty());
    EXPECT_EQ(of_rule("space-before-colon", "WWW-Authenticate : A\nAuthorization : A b\n").size(), 2u);
}

TEST(unreadable_line, all_places) {
    const auto list = of_rule("unreadable-line", "X: y\na\nZ: z\n: nameless\n");
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list[0].at, "a");
    EXPECT_EQ(list[0].text, "1 byte cannot be read as a field line");
    EXPECT_EQ(list[1].at, ": nameless");
    EXPECT_EQ(list[1].text, "10 bytes cannot be read as a field line");
    EXPECT_FALSE(list[0].about);
}

TEST(nothing_to_read, where_there_is_nothing) {
    for (const std::string input : {"", "\n", "* a remark of curl\n"}) {
        const found f = the("nothing-to-read", input);
        EXPECT_EQ(f.offset, 0u);
        EXPECT_EQ(f.at, "");
        EXPECT_FALSE(f.about);
    }
    for (const std::string input : {"X: y\n", "stray\n", "GET / HTTP/1.1\n", "HTTP/1.1 200\n"}) {
        EXPECT_TRUE(of_rule("nothing-to-read", input).empty()) << input;
    }
}

}  // namespace
