#include <authgrammar/schemes/basic.hpp>

#include "support.hpp"

#include <authgrammar/schemes/base64.hpp>

#include <cstring>

namespace authgrammar::schemes::test {
namespace {

struct user_pass {
    std::string user_id;
    std::string password;
    tolerances used;
    bool operator==(const user_pass& o) const {
        return user_id == o.user_id && password == o.password && used == o.used;
    }
};
std::ostream& operator<<(std::ostream& out, const user_pass& u) { return out << u.user_id << '|' << u.password; }

/// Reads a value in both ways, which must agree.
result<basic_credentials, scheme_error> read(std::string_view value, std::string& buffer, tolerances allowed = {}) {
    buffer.assign(value.size(), '#');
    std::string other = buffer;
    parsed p;
    const auto parsed_first = p.credentials_by(
        value, [&](const credentials& c) { return read_basic_credentials(c, other.data(), other.size(), allowed); });
    const auto at_once = read_basic(value, buffer.data(), buffer.size(), allowed);
    EXPECT_EQ(at_once.has_value(), parsed_first.has_value()) << value;
    if (at_once && parsed_first) {
        EXPECT_EQ(at_once->user_id, parsed_first->user_id);
        EXPECT_EQ(at_once->password, parsed_first->password);
        EXPECT_EQ(at_once->used, parsed_first->used);
    } else if (!at_once && !parsed_first) {
        EXPECT_EQ(at_once.error().code, parsed_first.error().code);
        EXPECT_EQ(at_once.error().offset, parsed_first.error().offset);
    }
    return at_once;
}

std::optional<user_pass> accepted(std::string_view value, tolerances allowed = {}) {
    std::string buffer;
    const auto r = read(value, buffer, allowed);
    if (!r) return std::nullopt;
    return user_pass{std::string(r->user_id), std::string(r->password), r->used};
}

std::string credentials_of(std::string_view octets) {
    std::string base64(base64_encoded_size(octets.size()), ' ');
    encode_base64(octets, base64.data());
    return "Basic " + base64;
}

void expect_refusals(const std::vector<refused>& cases, tolerances allowed = {}) {
    for (const refused& c : cases) {
        std::string buffer;
        expect_refused(read(c.value, buffer, allowed), c);
        EXPECT_EQ(buffer.find_first_not_of(std::string("#\0", 2)), std::string::npos) << c.value;
    }
}

// shows: R7617-2-token68 conforming
TEST(Basic, ReadsUserIdAndPassword) {
    EXPECT_EQ(accepted("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), (user_pass{"Aladdin", "open sesame", {}}));
    EXPECT_EQ(accepted("BASIC   QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), (user_pass{"Aladdin", "open sesame", {}}));
    EXPECT_EQ(accepted("basic dGVzdDoxMjPCow=="), (user_pass{"test", "123\xC2\xA3", {}}));
    EXPECT_EQ(accepted("Basic dGVzdDoxMjOj"), (user_pass{"test", "123\xA3", {}}));
}

// shows: R7617-2-token68 violating
TEST(Basic, RefusesWhatIsNotBase64) {
    using code = scheme_error_code;
    expect_refusals({
        {"Basic", code::expected_token68, "", "", "R7617-2-token68"},
        {"Basic realm=\"x\"", code::expected_token68, "realm", "", "R7617-2-token68"},
        {"Basic a=1, b=2, c=3", code::expected_token68, "a=1", "", "R7617-2-token68"},
        {"Basic QQ.Q", code::invalid_base64, ".Q", "", "R7617-2-token68"},
        {"Basic QTpC-w==", code::invalid_base64, "-w", "", "R7617-2-token68", tolerance::base64url_alphabet},
        {"Basic QTpCQw", code::base64_padding, "", "", "R7617-2-token68", tolerance::base64_missing_padding},
        {"Basic QTpCQw=", code::base64_padding, "", "", "R7617-2-token68"},
        {"Basic QTpCQx==", code::base64_trailing_bits, "x==", "", "R7617-2-token68"},
        {"Basic QTpCQ", code::base64_length, "", "", "R7617-2-token68"},
    });
    // Wrapped base64 is no token68, and no second element.
    char buffer[100];
    const auto wrapped = read_basic("Basic QWxhZGRp\r\n bjpvcGVu", buffer, sizeof buffer);
    ASSERT_FALSE(wrapped.has_value());
    EXPECT_EQ(wrapped.error().code, code::malformed_value);
    EXPECT_NE(wrapped.error().grammar, error_code::none);
    EXPECT_EQ(wrapped.error().offset, 14U);
    EXPECT_FALSE(wrapped.error().section.empty());
}

TEST(Basic, RefusesOtherSchemes) {
    using code = scheme_error_code;
    expect_refusals({{"Bearer QTpC", code::other_scheme, "Bearer"},
                     {"Digest username=\"a\", realm=\"b\", nonce=\"c\", uri=\"/\"", code::other_scheme, "Digest"},
                     {"Basi QTpC", code::other_scheme, "Basi "},
                     {"Basics QTpC", code::other_scheme, "Basics"},
                     {"Negotiate", code::other_scheme, "Negotiate"}});
    char buffer[10];
    for (const std::string_view value :
         {"", " ", "Basic QQ==,", "Basic QQ==, Basic QQ==", "Basic a=1, b=2, c", "Basic \""}) {
        const auto r = read_basic(value, buffer, sizeof buffer);
        ASSERT_FALSE(r.has_value()) << value;
        EXPECT_EQ(r.error().code, code::malformed_value) << value;
        EXPECT_NE(r.error().grammar, error_code::none) << value;
        EXPECT_NE(r.error().grammar, error_code::event_buffer_full) << value;
    }
}

// shows: R7617-2-colon conforming
TEST(Basic, TheFirstColonSplits) {
    EXPECT_EQ(accepted(credentials_of("u:a:b")), (user_pass{"u", "a:b", {}}));
    EXPECT_EQ(accepted(credentials_of(":")), (user_pass{"", "", {}}));
    EXPECT_EQ(accepted(credentials_of("::")), (user_pass{"", ":", {}}));
    EXPECT_EQ(accepted(credentials_of("user:")), (user_pass{"user", "", {}}));
    EXPECT_EQ(accepted(credentials_of(":pass")), (user_pass{"", "pass", {}}));
    const std::string user(1000, 'u');
    const std::string password(1000, ':');
    EXPECT_EQ(accepted(credentials_of(user + ":" + password)), (user_pass{user, password, {}}));
}

// shows: R7617-2-colon violating
TEST(Basic, RefusesWhatHasNoColon) {
    for (const std::string octets : {"Aladdin", "x", "no colon in here at all"}) {
        const std::string value = credentials_of(octets);
        expect_refusals({{value, scheme_error_code::missing_colon, "", "", "R7617-2-colon"}});
    }
}

// shows: R7617-2-no-controls conforming
TEST(Basic, ReadsAllOctetsThatAreNoControls) {
    for (int c = 0x20; c < 256; ++c) {
        if (c == 0x7F || c == ':') continue;
        const std::string octet(1, static_cast<char>(c));
        for (const std::string& around : {std::string(), std::string("seven77"), std::string("twelve octets")}) {
            EXPECT_EQ(accepted(credentials_of(around + octet + ":" + octet + around)),
                      (user_pass{around + octet, octet + around, {}}));
        }
    }
}

// shows: R7617-2-no-controls violating
TEST(Basic, RefusesControls) {
    for (int c = 0; c <= 0x7F; c = c == 0x1F ? 0x7F : c + 1) {
        for (std::size_t size = 2; size < 30; ++size) {
            for (std::size_t i = 0; i < size; ++i) {
                std::string octets(size, 'x');
                octets[i == 0 ? 1 : 0] = ':';
                octets[i] = static_cast<char>(c);
                const std::string value = credentials_of(octets);
                char buffer[40];
                const auto r = read_basic(value, buffer, sizeof buffer);
                ASSERT_FALSE(r.has_value()) << c << ' ' << size << ' ' << i;
                EXPECT_EQ(r.error().code, scheme_error_code::control_character);
                // The character of base64 with the first bit of the octet.
                EXPECT_EQ(r.error().offset, 6 + i * 8 / 6);
                EXPECT_EQ(r.error().requirement, "R7617-2-no-controls");
                EXPECT_EQ(std::string(buffer, size), std::string(size, '\0'));
            }
        }
    }
}

TEST(Basic, TolerancesAreReported) {
    constexpr tolerances both = tolerance::base64_missing_padding | tolerance::base64url_alphabet;
    EXPECT_EQ(accepted("Basic QTpCQw", both), (user_pass{"A", "BC", tolerance::base64_missing_padding}));
    EXPECT_EQ(accepted("Basic QTr-_w==", both), (user_pass{"A", "\xFE\xFF", tolerance::base64url_alphabet}));
    EXPECT_EQ(accepted("Basic QTr-_w", both), (user_pass{"A", "\xFE\xFF", both}));
    EXPECT_EQ(accepted("Basic QTpC", both), (user_pass{"A", "B", {}}));
    EXPECT_EQ(accepted("Basic QTpCQx", tolerances::all()), std::nullopt);
    EXPECT_EQ(accepted(credentials_of("colon"), tolerances::all()), std::nullopt);
    EXPECT_EQ(accepted(credentials_of("a:\n"), tolerances::all()), std::nullopt);
}

TEST(Basic, TellsTheSizeThatItNeeds) {
    char buffer[4] = "###";
    const auto r = read_basic("Basic QTpCQw==", buffer, 3);
    ASSERT_FALSE(r.has_value());
    EXPECT_EQ(r.error().code, scheme_error_code::buffer_full);
    EXPECT_EQ(r.error().offset, 4U);
    EXPECT_STREQ(buffer, "###");
    EXPECT_TRUE(read_basic("Basic QTpCQw==", buffer, 4).has_value());
}

basic_challenge challenge_of(const field_value& value, tolerances allowed = {}) {
    parsed p;
    const auto r = p.challenge_by(value, [&](const challenge& c) { return read_basic_challenge(c, allowed); });
    EXPECT_TRUE(r.has_value()) << value.line(0);
    return r ? *r : basic_challenge{};
}

void expect_challenge_refusals(const std::vector<refused>& cases, tolerances allowed = {}) {
    for (const refused& c : cases) {
        parsed p;
        expect_refused(p.challenge_by(std::string_view(c.value),
                                      [&](const challenge& x) { return read_basic_challenge(x, allowed); }),
                       c);
    }
}

// shows: R7617-2-realm conforming
TEST(Basic, AChallengeHasARealm) {
    EXPECT_EQ(plain(challenge_of("Basic realm=\"WallyWorld\"").realm), "WallyWorld");
    EXPECT_EQ(plain(challenge_of("basic REALM = token").realm), "token");
    EXPECT_EQ(plain(challenge_of("Basic realm=\"a\\\"b\\\\\"").realm), "a\"b\\");
    EXPECT_EQ(plain(challenge_of("Basic realm=\"\"").realm), "");
    const std::string_view lines[] = {"Basic realm=\"one", "other\", charset=UTF-8"};
    const basic_challenge c = challenge_of({lines, 2});
    EXPECT_EQ(plain(c.realm), "one, other");
    EXPECT_TRUE(c.utf8);
}

// shows: R7617-2-realm violating
TEST(Basic, AChallengeWithoutARealmIsRefused) {
    using code = scheme_error_code;
    expect_challenge_refusals({
        {"Basic charset=UTF-8", code::missing_param, "", "realm", "R7617-2-realm", tolerance::basic_missing_realm},
        {"Basic", code::missing_param, "", "realm", "R7617-2-realm", tolerance::basic_missing_realm},
        {"Basic abc=", code::unexpected_token68, "abc=", "", "R7617-2-realm"},
        {"Digest realm=x", code::other_scheme, "Digest"},
        {"Basic realm=a, Realm=b", code::repeated_param, "Realm", "realm", "R9110-11.2-param-once"},
        {"Basic realm=a, x=1, y=2, X=3", code::repeated_param, "X=3", "", "R9110-11.2-param-once"},
        {"Basic realm=a, charset=utf-8, CHARSET=utf-8", code::repeated_param, "CHARSET", "charset",
         "R9110-11.2-param-once"},
    });
}

// shows: R7617-2-unknown-params conforming
TEST(Basic, UnknownParametersAreIgnored) {
    const basic_challenge c = challenge_of("Basic encoding=latin1, realm=x, title=\"y\", charset=\"UTF-8\"");
    EXPECT_EQ(plain(c.realm), "x");
    EXPECT_TRUE(c.utf8);
    EXPECT_TRUE(c.used.empty());
}

// shows: R7617-2-unknown-params violating
TEST(Basic, AParameterOfAnotherNameIsNotTheOne) {
    EXPECT_FALSE(challenge_of("Basic realm=x, charset2=UTF-8, accept-charset=UTF-8").utf8);
}

// shows: R7617-2.1-charset conforming
TEST(Basic, CharsetIsUtf8InAnyCase) {
    for (const std::string charset : {"UTF-8", "utf-8", "\"Utf-8\"", "\"U\\TF-8\""}) {
        const std::string value = "Basic realm=\"foo\", charset=" + charset;
        EXPECT_TRUE(challenge_of(std::string_view(value)).utf8) << value;
    }
    EXPECT_FALSE(challenge_of("Basic realm=foo").utf8);
}

// shows: R7617-2.1-charset violating
TEST(Basic, CharsetIsNothingElse) {
    for (const std::string charset : {"ISO-8859-1", "UTF8", "\"\"", "\"UTF-8 \"", "UTF-88", "*"}) {
        const std::string begin = charset[0] == '"' ? charset.substr(1) : charset;
        const refused expected{"Basic realm=foo, charset=" + charset + ", x=y",
                               scheme_error_code::invalid_value,
                               begin + ", x",
                               "charset",
                               "R7617-2.1-charset",
                               tolerance::unknown_charset};
        expect_challenge_refusals({expected});
        const basic_challenge c = challenge_of(std::string_view(expected.value), tolerance::unknown_charset);
        EXPECT_FALSE(c.utf8);
        EXPECT_TRUE(c.used.has(tolerance::unknown_charset));
    }
    const basic_challenge c = challenge_of("Basic charset=UTF-8", tolerances::all());
    EXPECT_EQ(c.used, tolerances(tolerance::basic_missing_realm));
    EXPECT_TRUE(c.utf8);
}

std::string write(std::string_view user_id, std::string_view password) {
    return written(
        [&](char* b, std::size_t n) { return write_basic_credentials(field::authorization, user_id, password, b, n); });
}

TEST(Basic, WritesCredentials) {
    EXPECT_EQ(write("Aladdin", "open sesame"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    EXPECT_EQ(write("test", "123\xC2\xA3"), "Basic dGVzdDoxMjPCow==");
    EXPECT_EQ(write("", ""), "Basic Og==");
    for (std::size_t user = 0; user < 7; ++user) {
        for (std::size_t password = 0; password < 7; ++password) {
            const std::string u(user, 'u');
            const std::string p(password, ':');
            EXPECT_EQ(accepted(write(u, p)), (user_pass{u, p, {}}));
        }
    }
}

TEST(Basic, RefusesToWriteWhatCannotBeRead) {
    char buffer[100];
    std::memset(buffer, 'x', sizeof buffer);
    const auto refusal = [&](std::string_view user_id, std::string_view password) {
        return write_basic_credentials(field::authorization, user_id, password, buffer, sizeof buffer);
    };
    write_result r = refusal("DOMAIN:user", "x");
    EXPECT_EQ(r.code, error_code::forbidden_octet);
    EXPECT_EQ(r.rule, "user-id");
    EXPECT_EQ(r.offset, 6U);
    r = refusal("us\ner", "x");
    EXPECT_EQ(r.code, error_code::forbidden_octet);
    EXPECT_EQ(r.rule, "user-id");
    EXPECT_EQ(r.offset, 2U);
    r = refusal("user", std::string_view("x\0", 2));
    EXPECT_EQ(r.code, error_code::forbidden_octet);
    EXPECT_EQ(r.rule, "password");
    EXPECT_EQ(r.offset, 1U);
    EXPECT_EQ(refusal("user", "\x7F").code, error_code::forbidden_octet);

    r = write_basic_credentials(field::www_authenticate, "u", "p", buffer, sizeof buffer);
    EXPECT_EQ(r.code, error_code::wrong_field_kind);
    r = write_basic_credentials(field::proxy_authorization, "u", "p", buffer, 9);
    EXPECT_EQ(r.code, error_code::text_buffer_full);
    EXPECT_EQ(r.size, 10U);
    EXPECT_TRUE(write_basic_credentials(field::proxy_authorization, "u", "p", buffer, 10));
    EXPECT_EQ(std::string(buffer, 10), "Basic dTpw");
    EXPECT_EQ(write_basic_credentials(field::authorization, "u", std::string_view(buffer + 99, 1), buffer, 100).code,
              error_code::buffer_overlap);
    EXPECT_EQ(std::string(buffer, 10), "Basic dTpw");
    EXPECT_TRUE(write_basic_credentials(field::authorization, "u", std::string_view(buffer + 99, 1), buffer, 99));
}

TEST(Basic, WritesAChallenge) {
    basic_challenge c;
    c.realm = "a\"b\\c";
    const auto write_it = [&](char* b, std::size_t n) {
        return write_basic_challenge(field::www_authenticate, c, b, n);
    };
    EXPECT_EQ(written(write_it), "Basic realm=\"a\\\"b\\\\c\"");
    c.utf8 = true;
    const std::string value = written(write_it);
    EXPECT_EQ(value, "Basic realm=\"a\\\"b\\\\c\", charset=\"UTF-8\"");
    const basic_challenge again = challenge_of(std::string_view(value));
    EXPECT_EQ(plain(again.realm), "a\"b\\c");
    EXPECT_TRUE(again.utf8);
    c.realm = "\n";
    char buffer[100];
    EXPECT_EQ(write_basic_challenge(field::www_authenticate, c, buffer, sizeof buffer).code,
              error_code::forbidden_octet);
}

}  // namespace
}  // namespace authgrammar::schemes::test
