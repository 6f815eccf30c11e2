#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/redaction.hpp>

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace authgrammar::audit;
using authgrammar::edition;
using authgrammar::field;

/// The value with each secret piece replaced; the pieces are in order and cover it.
std::string replaced(std::string_view value, const std::vector<shown_piece>& pieces) {
    std::string out;
    std::size_t end = 0;
    for (const shown_piece& piece : pieces) {
        EXPECT_EQ(piece.begin, end);
        EXPECT_LT(piece.begin, piece.end);
        end = piece.end;
        out += piece.secret ? std::string_view("<>") : value.substr(piece.begin, piece.end - piece.begin);
    }
    EXPECT_EQ(end, value.size());
    return out;
}

std::string shown(field f, const std::string& value) {
    std::vector<authgrammar::event> events;
    const bool valid = read_events(f, value, edition::rfc9110_recipient, events).code == authgrammar::error_code::none;
    return replaced(value, redact(kind_of(f), value, events, valid));
}

TEST(redaction, a_query_without_a_name_that_goes_on_behind_a_fold) {
    EXPECT_EQ(redacted_field(std::nullopt, "Referer", "http://h/?secret b=c&d=e"), "http://h/?<redacted>&d=<redacted>");
}

TEST(redaction, a_field_line_within_a_harmless_value) {
    for (const char* value : {"h.example Authorization: Bearer secret", "h.example\rAuthorization:Bearer secret",
                              "h.example authorization:Bearer", "x Cookie:sid=secret", "x X-Api-Key: secret"}) {
        for (const char* name : {"Host", "User-Agent", "Date"})
            EXPECT_EQ(redacted_field(std::nullopt, name, value), "<redacted>") << value;
    }
    EXPECT_EQ(redacted_field(std::nullopt, "Host", "user:secret@h.example:80"), "<redacted>");
    EXPECT_EQ(redacted_field(std::nullopt, "Origin", "http://user:secret@h.example"), "http://<redacted>@h.example");
}

TEST(redaction, a_harmless_field_is_shown_in_its_form) {
    const std::pair<const char*, const char*> lines[] = {
        {"Host", "h.example:8080"},
        {"Host", "[::1]:80"},
        {"Host", ""},
        {"User-Agent", "Mozilla/5.0 (X11; rv:115.0) (+http://bot.example)"},
        {"user-agent", "Apache-HttpClient/4.5 (Java/11 (OpenJDK)) okhttp"},
        {"Server", "WEBrick/1.8.1 (Ruby/3.1.2/2022-04-12)"},
        {"Date", "Sun, 06 Nov 1994 08:49:37 GMT"},
        {"Date", "Sunday, 06-Nov-94 08:49:37 GMT"},
        {"Date", "Sun Nov  6 08:49:37 1994"},
        {"Expires", "0"},
        {"Expires", "-1"},
        {"Retry-After", "120"},
        {"Content-Type", "text/html; charset=utf-8"},
        {"Content-Type", "multipart/form-data; boundary=\"a b\"; "},
        {"Content-Length", "5, 5"},
        {"Accept", "text/html, */*;q=0.8"},
        {"Accept-Language", "de-CH, en;q=0.5"},
        {"Cache-Control", "private, max-age=0, no-cache=\"Set-Cookie\""},
        {"Connection", "keep-alive , , Upgrade"},
        {"Keep-Alive", "timeout=5, max=100"},
        {"Upgrade", "TLS/1.0, websocket"},
        {"Via", "1.1 a.example:3128 (squid/5.7), HTTP/2 edge"}};
    for (const auto& [name, value] : lines) EXPECT_EQ(redacted_field(std::nullopt, name, value), value) << name;
}

TEST(redaction, a_harmless_field_in_another_form_is_not) {
    const std::string jwt =
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
    const std::pair<const char*, std::string> lines[] = {{"Host", "alice:secret"},
                                                         {"Host", "a b"},
                                                         {"Date", jwt},
                                                         {"Date", "secret"},
                                                         {"Date", "Sun, 06 Nov 1994 08:49:37 GMT secret"},
                                                         {"Retry-After", "12345678901"},
                                                         {"Content-Type", "Bearer secret"},
                                                         {"Content-Type", "secret"},
                                                         {"Content-Type", "c2VjcmV0/IHRv"},
                                                         {"Content-Type", "text/html secret"},
                                                         {"Content-Type",
                                                          "text/html; charset"
                                                          "=\"secret"},
                                                         {"Content-Length", "secret"},
                                                         {"Connection", "Bearer secret"},
                                                         {"Connection", jwt},
                                                         {"Connection", "c2VjcmV0=="},
                                                         {"Cache-Control", "max-age=\"secret"},
                                                         {"User-Agent", "Bearer secret"},
                                                         {"User-Agent", jwt},
                                                         {"User-Agent", "app/1.0 (secret"},
                                                         {"Server", "Basic c2VjcmV0"},
                                                         {"Via", "1.1 alice:secret"},
                                                         {"Via", "1.1 alice secret"},
                                                         {"Via", "secret"},
                                                         {"Via", "secret a"},
                                                         {"Via", "secret/1.1 a"},
                                                         {"Via", "HTTP/secret a"},
                                                         {"Accept", "a b"}};
    for (const auto& [name, value] : lines)
        EXPECT_EQ(redacted_field(std::nullopt, name, value), "<redacted>") << name << ": " << value;
}

TEST(redaction, parameters_of_path_segments) {
    const auto target = [](const std::string& text) { return replaced(text, redact_target(text)); };
    EXPECT_EQ(target("/a;jsessionid=secret/b;c;d=?e=f"), "/a;jsessionid=<>/b;c;d=?e=<>");
    EXPECT_EQ(target("http://u:p@h/a;b=c=d#e"), "http://<>@h/a;b=<>#<>");
    EXPECT_EQ(target("/;;=;a="), "/;;=;a=");
}

TEST(redaction, shows_known_words_in_their_places) {
    EXPECT_EQ(shown(field::authorization, "Basic QWxhZGRpbjo="), "Basic <>");
    EXPECT_EQ(shown(field::authorization, "Basic"), "Basic");
    EXPECT_EQ(shown(field::authorization, ""), "");
    EXPECT_EQ(shown(field::authorization, "digest USERNAME=\"b\" , realm = \"d\\\"e\",, nonce=\"\""),
              "digest USERNAME=<> , realm = <>,, nonce=<>");
    EXPECT_EQ(shown(field::authentication_info, "nextnonce=\"abc\", rspauth=\"\","), "nextnonce=<>, rspauth=<>,");
}

TEST(redaction, hides_unknown_words) {
    EXPECT_EQ(shown(field::authorization, "eyJhbGci.eyJzdWIi.c2ln"), "<>");
    EXPECT_EQ(shown(field::authorization, "Token abc"), "<> <>");
    EXPECT_EQ(shown(field::authorization, "Basic dXNlcjpwYXNz=1"), "Basic <>=<>");
    EXPECT_EQ(shown(field::authorization, "Digest a=b, qop=auth"), "Digest <>=<>, qop=auth");
    // A parameter of another scheme, or of another field, is none here.
    EXPECT_EQ(shown(field::authorization, "Basic qop=auth"), "Basic <>=<>");
    EXPECT_EQ(shown(field::authorization, "Digest stale=true"), "Digest <>=<>");
    EXPECT_EQ(shown(field::authorization, "secret realm=a"), "<> <>=<>");
    EXPECT_EQ(shown(field::authentication_info, "secret=1, nc=00000001"), "<>=<>, nc=00000001");
}

TEST(redaction, shows_values_that_the_table_lists) {
    EXPECT_EQ(shown(field::authorization,
                    "Digest qop=auth-int, nc=0000000A, algorithm=SHA-256, userhash=true, response=\"0\""),
              "Digest qop=auth-int, nc=0000000A, algorithm=SHA-256, userhash=true, response=<>");
    EXPECT_EQ(shown(field::authorization, "Digest qop=\"auth\""), "Digest qop=\"auth\"");
    EXPECT_EQ(shown(field::authorization, "Digest qop=secret, nc=0000000, algorithm=x, userhash=secret, nc=secret00"),
              "Digest qop=<>, nc=<>, algorithm=<>, userhash=<>, nc=<>");
    EXPECT_EQ(shown(field::authorization, R"(Digest qop="au\th")"), "Digest qop=<>");
}

TEST(redaction, trusts_nothing_in_a_broken_value) {
    EXPECT_EQ(shown(field::authorization, "Basic user:secret"), "Basic <>");
    EXPECT_EQ(shown(field::authorization, "Basic c2VjcmV0, c2VjcmV0"), "Basic <>");
    EXPECT_EQ(shown(field::authorization, "Basic c2VjcmV0=c2VjcmV0=="), "Basic <>");
    EXPECT_EQ(shown(field::authorization, "secret:secret"), "<>");
    EXPECT_EQ(shown(field::authorization, "\"secret"), "<>");
    EXPECT_EQ(shown(field::authorization, "Digest uri=b, secret"), "Digest uri=<>, <>");
    EXPECT_EQ(shown(field::authorization, "Digest uri=b, secret=\"secret"), "Digest uri=<>, <>");
    EXPECT_EQ(shown(field::authorization, "Digest uri=\"b\"secret"), "Digest uri=<>");
    EXPECT_EQ(shown(field::authorization, "Digest uri=b secret, realm=d"), "Digest uri=<> <>");
    EXPECT_EQ(shown(field::authentication_info, "secret"), "<>");
}

TEST(redaction, targets) {
    const auto target = [](std::string_view value) { return replaced(value, redact_target(value)); };
    EXPECT_EQ(target("/a/b;c=d"), "/a/b;c=<>");
    EXPECT_EQ(target("/a?b=c&d=e;f"), "/a?b=<>&d=<>;<>");
    EXPECT_EQ(target("/a?secret"), "/a?<>");
    EXPECT_EQ(target("/a?b=c=d#e"), "/a?b=<>#<>");
    EXPECT_EQ(target("/a?&&b=&=c"), "/a?&&<>&=<>");
    EXPECT_EQ(target("/a?dG9rZQ==&b=c"), "/a?<>&b=<>") << "base64 without a name";
    EXPECT_EQ(target("/a#b?c=d"), "/a#<>");
    EXPECT_EQ(target("http://u:p@example.com/a@b?c=d"), "http://<>@example.com/a@b?c=<>");
    EXPECT_EQ(target("http://u:p@q@example.com"), "http://<>@example.com");
    EXPECT_EQ(target("http://example.com?a@b"), "http://example.com?<>");
    EXPECT_EQ(target("//u@h"), "//<>@h");
    EXPECT_EQ(target("u:p@h:443"), "<>@h:443");
    EXPECT_EQ(target("/~u@h"), "/~u@h");
    // What lenient clients take for an authority.
    EXPECT_EQ(target("http:/u:p@h/"), "http:/<>@h/");
    EXPECT_EQ(target("http:///u:p@h/"), "http:///<>@h/");
    EXPECT_EQ(target("///u:p@h/a@b"), "///<>@h/a@b");
    EXPECT_EQ(target("/\\u:p@h"), "/\\<>@h");
    EXPECT_EQ(target("http:\\\\u:p@h"), "http:\\\\<>@h");
    EXPECT_EQ(target("http://u:p\\q@h/"), "http://<>@h/");
    EXPECT_EQ(target("/a//u:p@h/"), "/a//<>@h/");
    // A port that is none.
    EXPECT_EQ(target("http://h:p/"), "http://h:<>/");
    EXPECT_EQ(target("http://u:p@h:80x/"), "http://<>@h:<>/");
    EXPECT_EQ(target("https://[::1]:p/"), "https://[::1]:<>/");
    EXPECT_EQ(target("https://[::1]:443/"), "https://[::1]:443/");
    EXPECT_EQ(target("http://h:/a:b"), "http://h:/a:b");
    EXPECT_EQ(target("javascript:p"), "javascript:<>");
    EXPECT_EQ(target("*"), "*");
    EXPECT_EQ(target("?"), "?");
    EXPECT_EQ(target("#"), "#");
    EXPECT_EQ(target(""), "");
}

TEST(redaction, fields) {
    const auto line = [](std::optional<field> known, std::string_view name, std::string_view value) {
        return replaced(value, redact_field(known, name, value));
    };
    EXPECT_EQ(line(field::authorization, "Authorization", "Basic a"), "Basic <>");
    EXPECT_EQ(line(field::www_authenticate, "WWW-Authenticate", "Foo a=b"), "Foo a=b");
    EXPECT_EQ(line(std::nullopt, "location", "/a?b=c"), "/a?b=<>");
    EXPECT_EQ(line(std::nullopt, "HOST", "example.com"), "example.com");
    for (const std::string_view name : {"Authorisation", "Cookie", "Set-Cookie", "X-Api-Key", ""}) {
        EXPECT_EQ(line(std::nullopt, name, "Basic a"), "<>") << name;
    }
}

// RFC 9110, 9.1: methods are compared with their case.
TEST(redaction, methods) {
    for (const char* known : {"GET", "CONNECT", "VERSION-CONTROL", "ACL", "SET_PARAMETER"})
        EXPECT_TRUE(shows_method(known)) << known;
    for (const char* other : {"", "get", "SECRET", "GETS", "GE"}) EXPECT_FALSE(shows_method(other)) << other;
}

TEST(redaction, which_fields_are_secret) {
    EXPECT_FALSE(is_secret(field::www_authenticate));
    EXPECT_FALSE(is_secret(field::proxy_authenticate));
    EXPECT_TRUE(is_secret(field::authorization));
    EXPECT_TRUE(is_secret(field::proxy_authorization));
    EXPECT_TRUE(is_secret(field::authentication_info));
    EXPECT_TRUE(is_secret(field::proxy_authentication_info));
}

}  // namespace
