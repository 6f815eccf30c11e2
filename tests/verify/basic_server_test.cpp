#include <authgrammar/schemes/base64.hpp>
#include <authgrammar/verify/basic_server.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace authgrammar::verify {
namespace {

/// One user; what was judged last.
struct one_user {
    std::string user_id;
    std::string password;
    int asked = 0;

    bool operator()(std::string_view u, std::string_view p) noexcept {
        ++asked;
        const bool same_user = equal_secrets(u, user_id);
        return equal_secrets(p, password) && same_user;
    }
};

std::string said(std::string_view value, one_user user, basic_rules rules = {}) {
    const verify_error e = verify_basic(value, rules, user);
    EXPECT_LE(e.offset, value.size());
    EXPECT_EQ(user.asked, e.code == verify_code::none || e.code == verify_code::wrong_credentials ? 1 : 0);
    if (e.code != verify_code::unreadable) return std::string(name_of(e.code));
    return std::string(schemes::name_of(e.scheme.code)) + " " + std::to_string(e.offset) + " " +
           std::to_string(e.status());
}

TEST(basic_server, users) {
    const one_user aladdin{"Aladdin", "open sesame"};
    EXPECT_EQ(said("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", aladdin), "none");
    EXPECT_EQ(said("basic  QWxhZGRpbjpvcGVuIHNlc2FtZQ==", aladdin), "none");
    EXPECT_EQ(said("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", {"Aladdin", "open Sesame"}), "wrong_credentials");
    EXPECT_EQ(said("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", {"aladdin", "open sesame"}), "wrong_credentials");
    EXPECT_EQ(said("Basic dTphOmI=", {"u", "a:b"}), "none");
    EXPECT_EQ(said("Basic Og==", {"", ""}), "none");
}

TEST(basic_server, unreadable) {
    const one_user u{"u", "p"};
    EXPECT_EQ(said("Digest x=1", u), "other_scheme 0 401");
    EXPECT_EQ(said("", u), "malformed_value 0 401");
    EXPECT_EQ(said("Basic", u), "expected_token68 5 401");
    EXPECT_EQ(said("Basic ", u), "expected_token68 5 401");
    EXPECT_EQ(said("Basic dTpw\r\n", u), "malformed_value 10 401");
    EXPECT_EQ(said("Basic dXA=", u), "missing_colon 10 401") << "decoded without a colon";
    EXPECT_EQ(said("Basic dTpwA", u), "base64_length 11 401");
    EXPECT_EQ(said("Basic " + std::string(longest_basic, 'A'), u), "too_long");
    EXPECT_EQ(said("Basic " + std::string(1 << 20, 'A'), u), "too_long");
}

// Nothing of what is refused stays in the memory of a login, or of what it held before.
TEST(basic_server, keeps_nothing_of_what_it_refuses) {
    alignas(basic_login) static unsigned char memory[sizeof(basic_login)];
    auto* const login = new (static_cast<void*>(memory)) basic_login;
    const auto holds = [](std::string_view what) {
        return std::string_view(reinterpret_cast<const char*>(memory), sizeof memory).find(what) !=
               std::string_view::npos;
    };
    basic_rules utf8;
    utf8.utf8 = true;
    ASSERT_TRUE(login->read("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", utf8));
    EXPECT_TRUE(holds("open sesame"));
    EXPECT_FALSE(login->read("Basic c2VjcmV0LXVzZXI6c2VjcmV0LXdvcmT/", utf8))
        << "secret-user:secret-word, and no UTF-8";
    EXPECT_FALSE(holds("open sesame"));
    EXPECT_FALSE(holds("secret-word"));
    EXPECT_FALSE(holds("secret-user"));
    login->~basic_login();
}

TEST(basic_server, unicode) {
    basic_rules utf8;
    utf8.utf8 = true;
    const one_user test{"test", "123\xc2\xa3"};
    EXPECT_EQ(said("Basic dGVzdDoxMjPCow==", test, utf8), "none");
    EXPECT_EQ(said("Basic dGVzdDoxMjOj", test, utf8), "password_unfit") << "ISO-8859-1";
    EXPECT_EQ(said("Basic dGVzdDoxMjOj", test), "wrong_credentials");
    EXPECT_EQ(said("Basic /zpw", test, utf8), "username_unfit");
    // "e", COMBINING ACUTE ACCENT, and a password likewise: as the composed ones.
    EXPECT_EQ(said("Basic ZcyBOmXMgQ==", {"\xc3\xa9", "\xc3\xa9"}, utf8), "none");
    EXPECT_EQ(said("Basic ZcyBOmXMgQ==", {"\xc3\xa9", "\xc3\xa9"}), "wrong_credentials");
    EXPECT_EQ(said("Basic Og==", {"", ""}, utf8), "username_unfit") << "no username is empty";
    EXPECT_EQ(said("Basic dTo=", {"u", ""}, utf8), "password_unfit") << "nor a password (RFC 8265, 4.1)";
    EXPECT_EQ(said("Basic dTo=", {"u", ""}), "none");
    // 512 times "U+0390", which is three characters when it is decomposed.
    std::string name;
    for (int i = 0; i != 512; ++i) name += "\u0390";
    std::string value = "Basic ";
    value.resize(6 + schemes::base64_encoded_size(name.size() + 2));
    schemes::encode_base64(name + ":p", &value[6]);
    EXPECT_EQ(said(value, {name, "p"}, utf8), "too_long");
    one_user nobody{"", ""};
    EXPECT_EQ(verify_basic("Basic /zpw", utf8, nobody).precis, precis_code::not_utf8);
    EXPECT_EQ(verify_basic(value, utf8, nobody).precis, precis_code::too_long);
}

}  // namespace
}  // namespace authgrammar::verify
