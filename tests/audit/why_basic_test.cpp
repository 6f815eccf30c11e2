// Basic credentials that were refused: each case with all that is said of it.

#include "explained.hpp"
#include "octets.hpp"

#include "why/altered.hpp"

namespace authgrammar::audit {
namespace {

using namespace testing;

std::string basic(std::string_view octets, const std::string& value = "Basic realm=\"r\"") {
    return refused("Basic " + base64(octets), value);
}

TEST(why_basic, without_a_login) {
    expect_last_explained({
        {basic("u:p"),
         "possible wrong-password [dTpw]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:"),
         "likely altered-password [dTo=]: the password is empty\n"
         "possible wrong-password [dTo=]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic(":"),
         "certain placeholder [Og==]: user and password are empty\n"
         "likely altered-password [Og==]: the password is empty\n"
         "possible wrong-password [Og==]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u: p"),
         "likely altered-password [dTogcA==]: the password has a space at its end or before it\n"
         "possible wrong-password [dTogcA==]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:p "),
         "likely altered-password [dTpwIA==]: the password has a space at its end or before it\n"
         "possible wrong-password [dTpwIA==]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:\"p\""),
         "likely altered-password [dToicCI=]: the password is in quotes\n"
         "possible wrong-password [dToicCI=]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:'p'"),
         "likely altered-password [dToncCc=]: the password is in quotes\n"
         "possible wrong-password [dToncCc=]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:''"),
         "possible wrong-password [dTonJw==]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:'p\""),
         "possible wrong-password [dToncCI=]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:xpx"),
         "possible wrong-password [dTp4cHg=]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:p%41"),
         "likely altered-password [dTpwJTQx]: the password looks percent-encoded\n"
         "possible wrong-password [dTpwJTQx]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:p%4"),
         "possible wrong-password [dTpwJTQ=]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:%4gx"),
         "possible wrong-password [dTolNGd4]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:%g4x"),
         "possible wrong-password [dTolZzR4]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:$PW"),
         "likely altered-password [dTokUFc=]: the password looks like the name of a variable\n"
         "possible wrong-password [dTokUFc=]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:$P"),
         "possible wrong-password [dTokUA==]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:P$W"),
         "possible wrong-password [dTpQJFc=]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:p\n"),
         "certain control-character [dTpwCg==]: the password has a line feed at its end\n"
         "possible wrong-password [dTpwCg==]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:p\r"),
         "certain control-character [dTpwDQ==]: the password has a carriage return at its end\n"
         "possible wrong-password [dTpwDQ==]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u\t:p"),
         "certain control-character [dQk6cA==]: user or password has a control character\n"
         "possible wrong-password [dQk6cA==]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:p\x1f"),
         "certain control-character [dTpwHw==]: user or password has a control character\n"
         "possible wrong-password [dTpwHw==]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:p\x7f"),
         "certain control-character [dTpwfw==]: user or password has a control character\n"
         "possible wrong-password [dTpwfw==]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u p:p"),
         "possible wrong-password [dSBwOnA=]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
    });
}

TEST(why_basic, not_user_and_password) {
    expect_last_explained({
        {basic("abc"), "certain no-colon [YWJj]: the decoded text has no colon\n"},
        {basic("dTpw"), "certain encoded-twice [ZFRwdw==]: the decoded text is base64 again, of user:password\n"},
        {basic("abcd"), "certain no-colon [YWJjZA==]: the decoded text has no colon\n"},
        {basic("dTp"), "certain no-colon [ZFRw]: the decoded text has no colon\n"},
        {refused("Basic dTp", "Basic realm=\"r\""),
         "certain not-base64 [dTp]: the token is not base64 => Basic, and the base64 of user:password\n"},
        {refused("Basic d", "Basic realm=\"r\""),
         "certain not-base64 [d]: the token is not base64 => Basic, and the base64 of user:password\n"},
        {refused("Basic dTr_", "Basic realm=\"r\""),
         "certain not-base64 [dTr_]: the padding is missing, or it is base64url => Basic, and the base64 of "
         "user:password\n"
         "likely other-charset [dTr_]: user or password is not ASCII and not UTF-8, which most servers expect => "
         "user:password in UTF-8\n"
         "possible wrong-password [dTr_]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
    });
}

TEST(why_basic, charsets) {
    const std::string utf8 = "Basic realm=\"r\", charset=\"utf-8\"";
    expect_last_explained({
        {basic("u:\xE4"),
         "likely other-charset [dTrk]: user or password is not ASCII and not UTF-8, which most servers expect => "
         "user:password in UTF-8\n"
         "possible wrong-password [dTrk]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:\xE4", utf8),
         "certain other-charset [dTrk]: the challenge asks for UTF-8, and user or password is not UTF-8 => "
         "user:password in UTF-8\n"
         "possible wrong-password [dTrk]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:\xC3\xA4"),
         "likely other-charset [dTrDpA==]: user or password has characters that are not ASCII, in UTF-8, and the "
         "challenge does not ask for UTF-8\n"
         "possible wrong-password [dTrDpA==]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:\xC3\xA4", utf8),
         "possible wrong-password [dTrDpA==]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:\xC3\xA4", "Basic realm=\"r\", charset=x"),
         "likely other-charset [dTrDpA==]: user or password has characters that are not ASCII, in UTF-8, and the "
         "challenge does not ask for UTF-8\n"
         "possible wrong-password [dTrDpA==]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {basic("u:\x7E", utf8),
         "possible wrong-password [dTp+]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        // The challenge before counts where the response has none.
        {get("/", "a.example") + challenge(utf8) + get("/", "a.example", with("Basic " + base64("u:\xC3\xA4"))) +
             answer(401),
         "possible wrong-password [dTrDpA==]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {get("/", "a.example") + challenge(utf8) + basic("u:\xC3\xA4"),
         "likely other-charset [dTrDpA==]: user or password has characters that are not ASCII, in UTF-8, and the "
         "challenge does not ask for UTF-8\n"
         "possible wrong-password [dTrDpA==]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
        {get("/", "a.example", with("Basic " + base64("u:\xC3\xA4"))) + answer(401),
         "likely other-charset [dTrDpA==]: user or password has characters that are not ASCII, in UTF-8, and the "
         "challenge does not ask for UTF-8\n"
         "possible wrong-password [dTrDpA==]: user and password are readable, and the server does not accept them\n"
         "missing password\n"},
    });
}

TEST(why_basic, the_user_is_another_one) {
    expect_last_explained(
        {{basic("alice:p"), "likely refused-by-server [YWxpY2U6cA==]: user and password are those that were given\n"},
         {basic("bob:p"), "certain wrong-user [Ym9iOnA=]: the user is not the one given\n"},
         {basic("Alice:p"), "certain wrong-user [QWxpY2U6cA==]: the user differs from the one given only in case\n"},
         {basic("CORP\\alice:p"),
          "certain wrong-user [Q09SUFxhbGljZTpw]: the user differs from the one given in its domain\n"},
         {basic("corp/alice:p"),
          "certain wrong-user [Y29ycC9hbGljZTpw]: the user differs from the one given in its domain\n"},
         {basic("corp/alic:p"), "certain wrong-user [Y29ycC9hbGljOnA=]: the user is not the one given\n"},
         {basic("alice@corp:p"),
          "certain wrong-user [YWxpY2VAY29ycDpw]: the user differs from the one given in its domain\n"},
         {basic("alice :p"), "certain wrong-user [YWxpY2UgOnA=]: the user has a space at its end\n"},
         {basic("ALICE:p"), "certain wrong-user [QUxJQ0U6cA==]: the user is in upper case\n"}},
        login_of("alice", "p"));
    expect_last_explained(
        {{basic("alice:x"),
          "certain wrong-user [YWxpY2U6eA==]: the user is cut off at a special character\n"
          "possible wrong-password [YWxpY2U6eA==]: user and password are readable, and the server does not accept "
          "them\n"
          "missing password\n"},
         {basic("al:x"),
          "certain wrong-user [YWw6eA==]: the user is not the one given\n"
          "possible wrong-password [YWw6eA==]: user and password are readable, and the server does not accept them\n"
          "missing password\n"}},
        login_of("alice@corp", nullptr));
    expect_last_explained(
        {{basic("a:b:p"),
          "certain wrong-user [YTpiOnA=]: the user given has a colon, which Basic takes as the end of the user\n"
          "certain wrong-password [YTpiOnA=]: the password is not the one given\n"}},
        login_of("a:b", "p"));
    expect_last_explained(
        {{basic("\xE4:p"), "certain other-charset [5Dpw]: the user is in ISO-8859-1, not in UTF-8\n"}},
        login_of("\xC3\xA4", "p"));
}

TEST(why_basic, the_password_is_another_one) {
    expect_last_explained(
        {{basic("u:p w"), "likely refused-by-server [dTpwIHc=]: user and password are those that were given\n"},
         {basic("u:P W"), "certain altered-password [dTpQIFc=]: the password is in upper case\n"},
         {basic("u:p%20w"), "certain altered-password [dTpwJTIwdw==]: the password is percent-encoded\n"},
         {basic("u:p"), "certain altered-password [dTpw]: the password is cut off at a special character\n"},
         {basic("u:p w\n"), "certain control-character [dTpwIHcK]: the password has a line feed at its end\n"},
         {basic("u:"), "certain altered-password [dTo=]: the password is empty\n"},
         {basic("u:other"), "certain wrong-password [dTpvdGhlcg==]: the password is not the one given\n"}},
        login_of(nullptr, "p w"));
    if (!can_compute_digest()) GTEST_SKIP() << "built without the verify library, which knows Normalization Form C";
    expect_last_explained(
        {{basic("u:\xE4"), "certain other-charset [dTrk]: the password is in ISO-8859-1, not in UTF-8\n"},
         {basic("u:a\xCC\x88"), "certain other-charset [dTphzIg=]: the password is not in Normalization Form C\n"}},
        login_of(nullptr, "\xC3\xA4"));
    expect_last_explained(
        {{basic("u:\xC3\xA4"),
          "certain other-charset [dTrDpA==]: the password is in Normalization Form C, and the right one is not\n"}},
        login_of(nullptr, "a\xCC\x88"));
}

TEST(why_basic, words_for_nothing) {
    expect_last_explained(
        {{basic("null:p"),
          "likely placeholder [bnVsbDpw]: the user is the name of an empty value\n"
          "possible wrong-password [bnVsbDpw]: user and password are readable, and the server does not accept them\n"
          "missing password\n"},
         {basic("u:null"),
          "likely placeholder [dTpudWxs]: the password is the name of an empty value\n"
          "possible wrong-password [dTpudWxs]: user and password are readable, and the server does not accept them\n"
          "missing password\n"},
         {basic("null:nil"),
          "certain placeholder [bnVsbDpuaWw=]: user and password are names of an empty value\n"
          "possible wrong-password [bnVsbDpuaWw=]: user and password are readable, and the server does not accept "
          "them\n"
          "missing password\n"},
         {basic("u:p"),
          "possible wrong-password [dTpw]: user and password are readable, and the server does not accept them\n"
          "missing password\n"}});
    expect_last_explained({{basic("null:p"),
                            "certain placeholder [bnVsbDpw]: the user is the name of an empty value\n"
                            "certain wrong-user [bnVsbDpw]: the user is not the one given\n"},
                           {basic("u:null"),
                            "certain placeholder [dTpudWxs]: the password is the name of an empty value\n"
                            "certain wrong-password [dTpudWxs]: the password is not the one given\n"},
                           {basic("null:nil"),
                            "certain placeholder [bnVsbDpuaWw=]: user and password are names of an empty value\n"
                            "certain wrong-user [bnVsbDpuaWw=]: the user is not the one given\n"
                            "certain wrong-password [bnVsbDpuaWw=]: the password is not the one given\n"}},
                          login_of("u", "p"));
    expect_last_explained(
        {{basic("null:p"),
          "possible wrong-password [bnVsbDpw]: user and password are readable, and the server does not accept them\n"
          "missing password\n"},
         {basic("u:null"),
          "certain wrong-user [dTpudWxs]: the user is not the one given\n"
          "likely placeholder [dTpudWxs]: the password is the name of an empty value\n"
          "possible wrong-password [dTpudWxs]: user and password are readable, and the server does not accept them\n"
          "missing password\n"}},
        login_of("null", nullptr));
    expect_last_explained(
        {{basic("null:p"),
          "certain wrong-password [bnVsbDpw]: the password is not the one given\n"
          "likely placeholder [bnVsbDpw]: the user is the name of an empty value\n"},
         {basic("u:null"), "likely refused-by-server [dTpudWxs]: user and password are those that were given\n"}},
        login_of(nullptr, "null"));
}

/// What becomes of a secret, a line each: what it is called, and the octets. `all`: with what only stands around it.
std::string alterations(std::string_view secret, bool all = false) {
    std::string out;
    for (const altered_secret& a : alterations_of(secret)) {
        const std::string text(a.text.bytes());
        if (!all && text.find(secret) != std::string::npos) continue;
        out += std::string(cause_of(a.cause).id) + ", " + std::string(a.what) + ": " + text + "\n";
    }
    return out;
}

TEST(why_basic, alterations) {
    EXPECT_EQ(alterations("p", true),
              "control-character, has a line feed at its end: p\n"
              "\n"
              "control-character, has a line end after it: p\r\n"
              "\n"
              "control-character, has a carriage return at its end: p\r\n"
              "altered-password, has a space at its end: p \n"
              "altered-password, has a space before it:  p\n"
              "altered-password, is in quotes: \"p\"\n"
              "altered-password, is in apostrophes: 'p'\n"
              "altered-password, is in upper case: P\n"
              "altered-password, is empty: \n");
    EXPECT_EQ(alterations("", true),
              "control-character, has a line feed at its end: \n"
              "\n"
              "control-character, has a line end after it: \r\n"
              "\n"
              "control-character, has a carriage return at its end: \r\n"
              "altered-password, has a space at its end:  \n"
              "altered-password, has a space before it:  \n"
              "altered-password, is in quotes: \"\"\n"
              "altered-password, is in apostrophes: ''\n");
    EXPECT_EQ(alterations("azAZ@[`{"),
              "altered-password, is percent-encoded: azAZ%40%5B%60%7B\n"
              "altered-password, has the backslashes of a shell: azAZ@\\[\\`\\{\n"
              "altered-password, is cut off at a special character: azAZ\n"
              "altered-password, is in lower case: azaz@[`{\n"
              "altered-password, is in upper case: AZAZ@[`{\n"
              "altered-password, is empty: \n");
    EXPECT_EQ(alterations(" \t\\\"a+%41%4g "),
              "altered-password, lost the white space at its ends: \\\"a+%41%4g\n"
              "altered-password, is percent-encoded: %20%09%5C%22a%2B%2541%254g%20\n"
              "altered-password, was percent-decoded:  \t\\\"a+A%4g \n"
              "altered-password, has backslashes before its quotes and backslashes:  \t\\\\\\\"a+%41%4g \n"
              "altered-password, has the backslashes of a shell: \\ \t\\\\\\\"a+%41%4g\\ \n"
              "altered-password, lost its backslashes:  \t\"a+%41%4g \n"
              "altered-password, lost its quotes:  \t\\a+%41%4g \n"
              "altered-password, is cut off at a special character:  \t\\\"a+\n"
              "altered-password, is cut off at a special character:  \t\\\n"
              "altered-password, is cut off at a special character:  \t\\\"a\n"
              "altered-password, is cut off at a special character:  \t\n"
              "altered-password, has spaces in place of plus signs:  \t\\\"a %41%4g \n"
              "altered-password, is in upper case:  \t\\\"A+%41%4G \n"
              "altered-password, is empty: \n");
    EXPECT_EQ(alterations("\xC3\xBF\x7F\xC2\x80"),
              "altered-password, is percent-encoded: %C3%BF%7F%C2%80\n"
              "other-charset, is in ISO-8859-1, not in UTF-8: \xFF\x7F\x80\n"
              "other-charset, was encoded in UTF-8 twice: \xC3\x83\xC2\xBF\x7F\xC3\x82\xC2\x80\n"
              "other-charset, has question marks in place of non-ASCII characters: ??\x7F??\n"
              "altered-password, is empty: \n");
    EXPECT_EQ(alterations("\xC4\x80"),
              "altered-password, is percent-encoded: %C4%80\n"
              "other-charset, was encoded in UTF-8 twice: \xC3\x84\xC2\x80\n"
              "other-charset, has question marks in place of non-ASCII characters: ??\n"
              "altered-password, is empty: \n");
    EXPECT_EQ(alterations("\xE2\x82\xAC"),
              "altered-password, is percent-encoded: %E2%82%AC\n"
              "other-charset, was encoded in UTF-8 twice: \xC3\xA2\xC2\x82\xC2\xAC\n"
              "other-charset, has question marks in place of non-ASCII characters: ???\n"
              "altered-password, is empty: \n");
    EXPECT_EQ(alterations("\xC3\xA4\xFF"),
              "altered-password, is percent-encoded: %C3%A4%FF\n"
              "other-charset, was encoded in UTF-8 twice: \xC3\x83\xC2\xA4\xC3\xBF\n"
              "other-charset, has question marks in place of non-ASCII characters: ???\n"
              "altered-password, is empty: \n");
    EXPECT_EQ(alterations("a$b"),
              "altered-password, is percent-encoded: a%24b\n"
              "altered-password, has the backslashes of a shell: a\\$b\n"
              "altered-password, is cut off at a special character: a\n"
              "altered-password, is in upper case: A$B\n"
              "altered-password, is empty: \n");
    EXPECT_EQ(alterations("$b"),
              "altered-password, is percent-encoded: %24b\n"
              "altered-password, is in upper case: $B\n"
              "altered-password, is empty: \n");
    EXPECT_EQ(alterations("1#2&3!4;5:6@7/8?9'0"),
              "altered-password, is percent-encoded: 1%232%263%214%3B5%3A6%407%2F8%3F9%270\n"
              "altered-password, has the backslashes of a shell: 1\\#2\\&3\\!4\\;5:6@7/8\\?9\\'0\n"
              "altered-password, is cut off at a special character: 1\n"
              "altered-password, is cut off at a special character: 1#2\n"
              "altered-password, is cut off at a special character: 1#2&3\n"
              "altered-password, is cut off at a special character: 1#2&3!4\n"
              "altered-password, is cut off at a special character: 1#2&3!4;5\n"
              "altered-password, is cut off at a special character: 1#2&3!4;5:6\n"
              "altered-password, is cut off at a special character: 1#2&3!4;5:6@7/8?9\n"
              "altered-password, is cut off at a special character: 1#2&3!4;5:6@7/8\n"
              "altered-password, is cut off at a special character: 1#2&3!4;5:6@7\n"
              "altered-password, is empty: \n");
    EXPECT_EQ(alterations("0123456789-._~"),
              "altered-password, has the backslashes of a shell: 0123456789-._\\~\n"
              "altered-password, is empty: \n");
}

TEST(why_basic, normalization) {
    if (!can_compute_digest()) GTEST_SKIP() << "built without the verify library, which knows Normalization Form C";
    EXPECT_EQ(alterations("a\xCC\x88"),
              "altered-password, is percent-encoded: a%CC%88\n"
              "other-charset, was encoded in UTF-8 twice: a\xC3\x8C\xC2\x88\n"
              "other-charset, is in Normalization Form C, and the right one is not: \xC3\xA4\n"
              "other-charset, has question marks in place of non-ASCII characters: a??\n"
              "altered-password, is in upper case: A\xCC\x88\n"
              "altered-password, is empty: \n");
}

TEST(why_basic, percent_encoded_octets) {
    const std::pair<const char*, const char*> texts[] = {
        {"%41", "A"},   {"a%41b", "aAb"}, {"%4", "%4"}, {"%4g", "%4g"},  {"%g4", "%g4"},
        {"%%41", "%A"}, {"%41%42", "AB"}, {"41", "41"}, {"%fF", "\xFF"}, {"", ""}};
    for (const auto& [encoded, octets] : texts) EXPECT_EQ(percent_decoded(encoded), octets) << encoded;
}

}  // namespace
}  // namespace authgrammar::audit
