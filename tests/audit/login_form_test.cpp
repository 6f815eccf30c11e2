#include "values/login_form.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace {

using authgrammar::audit::has_login_form;
using authgrammar::audit::login_form_search;

TEST(login_form, asks_for_a_password) {
    for (const std::string_view tag :
         {"<input type=password>", "<input type=\"password\">", "<input type='password'>", "<INPUT TYPE=PASSWORD>",
          "<input type = \"password\" >", "<input type\n=\r\n\t'password'/>", "<input name=u type=password",
          "<input\ttype=password>", "<input data-type=text type=password>", "<input type=text type=password>",
          "<input type=passwordless>", "<input typepassword>"}) {
        EXPECT_TRUE(has_login_form("<form>" + std::string(tag) + "</form>")) << tag;
        EXPECT_TRUE(has_login_form("<html><body><FORM method=post>\n<p>" + std::string(tag))) << tag;
        EXPECT_TRUE(has_login_form("<form><input type=text><input>" + std::string(tag))) << "the third input: " << tag;
        EXPECT_FALSE(has_login_form(tag)) << "without a form: " << tag;
        EXPECT_FALSE(has_login_form(std::string(tag) + "<form>")) << "before the form: " << tag;
    }
}

TEST(login_form, asks_for_no_password) {
    for (const std::string_view tag :
         {"", "<input>", "<input type=text>", "<input type=passwor>", "<input type=passwore>", "<input type=xpassword>",
          "<input type>", "<input type=", "<input type", "<input name=password>", "<input type=text name=password>",
          "<input type=text>type=password", "<input type=text><p type=password>", "< input type=password>",
          "<inpu type=password>", "<input password=type>", "<input typ=password>", "<input type:password>",
          "input type=password"}) {
        EXPECT_FALSE(has_login_form("<form>" + std::string(tag))) << tag;
    }
    for (const std::string_view form : {"<for>", "form>", "< form>", "<\0orm>", "[form>", "<{orm>"}) {
        EXPECT_FALSE(has_login_form(std::string(form) + "<input type=password>")) << form;
    }
    EXPECT_FALSE(has_login_form(""));
    EXPECT_FALSE(has_login_form("<form"));
    EXPECT_FALSE(has_login_form("<form>"));
}

// A tag is looked at for 1024 bytes.
TEST(login_form, long_tags) {
    const std::string begin = "<input ";
    const std::string end = "type=password";
    const std::string fits(1024 - begin.size() - end.size(), 'x');
    EXPECT_TRUE(has_login_form("<form>" + begin + fits + end + ">"));
    EXPECT_FALSE(has_login_form("<form>" + begin + fits + "x" + end + ">"));
}

// A body in pieces is as the whole.
TEST(login_form, pieces) {
    for (const bool has_form : {true, false}) {
        const std::string body = "<html>< form><FORM><input type=text>" + std::string(2000, '<') + "<input" +
                                 std::string(500, ' ') + (has_form ? "type='password'" : "type='text'") + "></form>";
        ASSERT_EQ(has_login_form(body), has_form);
        for (std::size_t piece = 1; piece < body.size(); piece += 1 + piece / 8) {
            login_form_search search;
            for (std::size_t at = 0; at < body.size(); at += piece)
                search.take(std::string_view(body).substr(at, piece));
            EXPECT_EQ(search.found(), has_form) << piece;
        }
    }
}

}  // namespace
