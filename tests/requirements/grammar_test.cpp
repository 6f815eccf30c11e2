// What the RFCs require of the grammar and of its readers and writers, a test for each requirement: values that keep
// it, and values beside them that do not. Everything else about the grammar is in tests/core and tests/proofs.

#include <authgrammar/authgrammar.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace authgrammar {
namespace {

constexpr field W = field::www_authenticate;
constexpr field P = field::proxy_authenticate;
constexpr field Z = field::authorization;
constexpr field Y = field::proxy_authorization;
constexpr field I = field::authentication_info;
constexpr field J = field::proxy_authentication_info;

constexpr edition published = edition::rfc7235;
constexpr edition recipient = edition::rfc9110_recipient;
constexpr edition sender = edition::rfc9110_sender;

bool accepts(field f, const field_value& value, edition language = recipient) {
    inline_event_buffer<4096> events;
    const parse_options options{language, {}};
    switch (kind_of(f)) {
        case field_kind::challenges: return parse_challenges(f, value, events, options).has_value();
        case field_kind::credentials: return parse_credentials(f, value, events, options).has_value();
        case field_kind::info: break;
    }
    return parse_info(f, value, events, options).has_value();
}

/// The challenges of an accepted value, each with its events, which it is a view of.
struct read_challenges {
    inline_event_buffer<256> events;
    challenges list;

    explicit read_challenges(const field_value& value) {
        const auto read = parse_challenges(W, value, events);
        EXPECT_TRUE(read.has_value());
        if (read) list = *read;
    }
};

std::string written(const std::vector<challenge_spec>& list) {
    std::string out(256, '\0');
    const write_result r = write_challenges(W, list.data(), list.size(), &out[0], out.size());
    if (!r) return "refused: " + std::string(name_of(r.code));
    out.resize(r.size);
    return out;
}

// shows: R7235-2.1-scheme-case conforming
// shows: R7235-2.1-scheme-case violating
TEST(requirement, schemes_match_without_regard_to_case) {
    const read_challenges read("bASIC realm=\"x\"");
    EXPECT_TRUE(read.list.find("Basic").has_value());
    EXPECT_TRUE(read.list.begin().operator*().has_scheme("BASIC"));
    for (const char* other : {"Basi", "Basic2", "Basi\x03", "Ba ic"}) EXPECT_FALSE(read.list.find(other).has_value());
}

// shows: R7235-2.1-param-case conforming
// shows: R7235-2.1-param-case violating
TEST(requirement, parameter_names_match_without_regard_to_case) {
    const read_challenges read("Basic ReAlM=\"x\", r_alm=y");
    const challenge c = *read.list.begin();
    ASSERT_TRUE(c.param("realm").has_value());
    EXPECT_TRUE(c.param("realm")->value.equals("x"));
    EXPECT_TRUE(c.param("REALM")->value.equals("x"));
    // "_" and DEL differ in the bit that separates upper from lower case, and are no letters.
    for (const char* other : {"real", "realms",
                              "r\x7F"
                              "alm"})
        EXPECT_FALSE(c.param(other).has_value());
}

// shows: R7235-2.1-param-once conforming
// shows: R9110-11.2-param-once conforming
TEST(requirement, a_parameter_is_written_once_in_a_challenge) {
    const param_spec a[] = {{"realm", "x"}, {"title", "t"}};
    const param_spec b[] = {{"Realm", "y"}};
    EXPECT_EQ(written({{"A", a}, {"B", b}}), "A realm=\"x\", title=t, B Realm=\"y\"");
}

// shows: R7235-2.1-body-kinds conforming
// shows: R7235-2.1-body-kinds violating
TEST(requirement, a_scheme_is_followed_by_parameters_or_a_token68_or_nothing) {
    for (const edition e : all_editions) {
        for (const char* good : {"A", "A b=c", "A b=c, d=e", "A b=c,d=\"e\"", "A b==", "A b"}) {
            EXPECT_TRUE(accepts(W, good, e)) << good;
            EXPECT_TRUE(accepts(Z, good, e)) << good;
        }
        for (const char* bad : {"A b c", "A b==, c=d", "A b=c d==", "A b=c; d=e", "A b=c, d==", "A =", "b=c"}) {
            EXPECT_FALSE(accepts(W, bad, e)) << bad;
            EXPECT_FALSE(accepts(Z, bad, e)) << bad;
        }
    }
}

// shows: R7235-2.1-token68-chars conforming
// shows: R7235-2.1-token68-chars violating
TEST(requirement, token68_holds_its_68_characters_and_equals_signs_at_its_end) {
    const std::string_view good = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/";
    ASSERT_EQ(good.size(), 68u);
    for (int octet = 0; octet < 256; ++octet) {
        const char c = static_cast<char>(octet);
        const std::string value = std::string("A a") + c + "a==";
        EXPECT_EQ(accepts(Z, std::string_view(value)), good.find(c) != std::string_view::npos) << octet;
    }
    EXPECT_TRUE(accepts(Z, "A a====="));
    for (const char* bad : {"A ==", "A a=a=", "A a= =", "A a==a"}) EXPECT_FALSE(accepts(Z, bad)) << bad;
    for (const char* data : {"A Zm9vYmE=", "A Zm9v-_8", "A MZXW6YQ=", "A 666F6F"}) EXPECT_TRUE(accepts(Z, data));
}

// shows: R7235-2.2-realm-both conforming
// shows: R7235-2.2-realm-both violating
TEST(requirement, realm_is_read_as_token_and_as_quoted_string) {
    for (const char* both : {"Basic realm=x", "Basic realm=\"x\"", "Basic realm = \"\\x\""}) {
        const read_challenges read{std::string_view(both)};
        EXPECT_TRUE(read.list.begin().operator*().param("realm")->value.equals("x")) << both;
    }
    for (const char* neither : {"Basic realm=x y", "Basic realm='x y'", "Basic realm=\"x", "Basic realm=\"x\"y"}) {
        EXPECT_FALSE(accepts(W, neither)) << neither;
    }
}

// shows: R7235-4.1-syntax conforming
// shows: R7235-4.1-syntax violating
// shows: R7235-4.3-syntax conforming
// shows: R7235-4.3-syntax violating
TEST(requirement, challenge_fields_hold_one_challenge_or_more) {
    for (const field f : {W, P}) {
        for (const char* good : {"A", "A b=c, D", "A, B"}) EXPECT_TRUE(accepts(f, good, published)) << good;
        for (const char* bad : {"", ",", "A;B", "A b=c D e=f"}) EXPECT_FALSE(accepts(f, bad, published)) << bad;
    }
    EXPECT_EQ(written({}), "refused: empty_challenge_list");
}

// shows: R7235-4.2-syntax conforming
// shows: R7235-4.2-syntax violating
// shows: R7235-4.4-syntax conforming
// shows: R7235-4.4-syntax violating
TEST(requirement, credentials_fields_hold_exactly_one) {
    for (const edition e : all_editions) {
        for (const field f : {Z, Y}) {
            for (const char* good : {"A", "A b==", "A b=c, d=e"}) EXPECT_TRUE(accepts(f, good, e)) << good;
            for (const char* bad : {"", "A, B", "A b==, C d==", "A b=c, D e=f"})
                EXPECT_FALSE(accepts(f, bad, e)) << bad;
        }
    }
}

// shows: R7235-4.1-several-challenges conforming
// shows: R7235-4.1-several-challenges violating
TEST(requirement, one_value_may_hold_several_challenges) {
    const read_challenges read(R"(Newauth realm="apps", type=1, title="Login to \"apps\"", Basic realm="simple")");
    ASSERT_EQ(read.list.size(), 2u);
    EXPECT_EQ(read.list.find("Newauth")->params().size(), 3u);
    EXPECT_EQ(read.list.find("Basic")->params().size(), 1u);
    EXPECT_EQ(read_challenges("A b=c, D e=f").list.size(), 2u);
    EXPECT_FALSE(accepts(W, R"(Newauth realm="apps" Basic realm="simple")"));
}

// shows: R7235-4.1-several-lines conforming
// shows: R7235-4.1-several-lines violating
// shows: R9110-5.3-field-lines conforming
// shows: R9110-5.3-field-lines violating
TEST(requirement, field_lines_combine_in_order) {
    const std::string_view lines[] = {"Newauth realm=\"apps\", type=1", "", "Basic realm=\"simple\", Other"};
    const field_value value{lines, 3};
    const read_challenges read(value);
    std::string order;
    for (const challenge c : read.list) order += std::string(c.scheme().raw()) + " ";
    EXPECT_EQ(order, "Newauth Basic Other ");
    const std::string_view cut[] = {"Newauth realm=\"apps\" type=1", "Basic"};
    EXPECT_FALSE(accepts(W, field_value{cut, 2}));
    const std::string_view twice[] = {"Basic eA==", "Basic eA=="};
    EXPECT_FALSE(accepts(Z, field_value{twice, 2})) << "a field of one element in two lines";
}

// shows: R7235-4.1-empty-elements conforming
// shows: R7235-4.1-empty-elements violating
TEST(requirement, empty_list_elements_change_nothing) {
    for (const char* value : {"A b=c, , d=e", "A b=c,,d=e", " A b=c , ,\td=e"}) {
        const std::string_view trimmed = std::string_view(value).substr(value[0] == ' ' ? 1 : 0);
        const read_challenges read(trimmed);
        ASSERT_EQ(read.list.size(), 1u) << value;
        EXPECT_EQ(read.list.begin().operator*().params().size(), 2u) << value;
    }
    EXPECT_EQ(read_challenges("A , , B").list.size(), 2u);
    EXPECT_TRUE(accepts(W, "A ,,b=c", published));
    EXPECT_FALSE(accepts(W, "A ; ; B")) << "a comma, not any separator";
    EXPECT_FALSE(accepts(W, "A b=, , c=d")) << "an element, not a part of one";
}

// shows: R9110-5.6.1.1-no-empty conforming
// shows: R9110-5.6.1.1-no-empty violating
TEST(requirement, no_empty_list_element_is_written) {
    const read_challenges read(",, A b=c,, d=e, ,B,");
    std::string out(64, '\0');
    const write_result r = write_challenges(W, read.list, &out[0], out.size());
    ASSERT_TRUE(r);
    out.resize(r.size);
    EXPECT_EQ(out, "A b=c, d=e, B");
    EXPECT_TRUE(accepts(W, std::string_view(out), sender));
    for (const char* bad : {",A", "A,", "A,,B", "A b=c, ,d=e"}) EXPECT_FALSE(accepts(W, bad, sender)) << bad;
}

// shows: R9110-5.6.1.2-accept-empty conforming
// shows: R9110-5.6.1.2-accept-empty violating
TEST(requirement, a_reasonable_number_of_empty_list_elements_is_read) {
    for (const char* good : {",A", "A,", "A,,B", "A b=c, ,d=e", ","}) EXPECT_TRUE(accepts(W, good)) << good;
    EXPECT_TRUE(accepts(I, ",a=b,,")) << "the list of another field";
    const std::string most(default_limits.empty_elements, ',');
    EXPECT_TRUE(accepts(W, std::string_view(most)));
    const std::string more = most + ",";
    inline_event_buffer<8> events;
    const auto refused = parse_challenges(W, std::string_view(more), events);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, error_code::limit_empty_elements) << "no syntax error";
}

// shows: R9110-5.6.4-quote-needed conforming
// shows: R9110-5.6.4-quote-needed violating
TEST(requirement, only_what_needs_it_is_escaped) {
    const param_spec params[] = {{"realm", "a\"b\\c\td!"}};
    EXPECT_EQ(written({{"A", params}}), "A realm=\"a\\\"b\\\\c\td!\"");
    const read_challenges needless("A realm=\"\\a\\\"b\\!\"");
    EXPECT_TRUE(needless.list.begin().operator*().param("realm")->value.equals("a\"b!")) << "read as what was meant";
    std::string out(64, '\0');
    const write_result r = write_challenges(W, needless.list, &out[0], out.size());
    ASSERT_TRUE(r);
    out.resize(r.size);
    EXPECT_EQ(out, "A realm=\"a\\\"b!\"") << "and not written again as it was";
}

// shows: R9110-11.6.1-www-authenticate conforming
// shows: R9110-11.6.1-www-authenticate violating
TEST(requirement, www_authenticate_is_a_list_of_challenges) {
    for (const edition e : {recipient, sender}) {
        for (const char* good : {"", "A", "A b=c, D"}) EXPECT_TRUE(accepts(W, good, e)) << good;
        for (const char* bad : {"A;B", "A b=c D", "b=c", "\"A\""}) EXPECT_FALSE(accepts(W, bad, e)) << bad;
    }
    const std::string_view lines[] = {"A b=c", "D"};
    EXPECT_TRUE(accepts(W, field_value{lines, 2}));
}

// shows: R7615-3-info conforming
// shows: R7615-3-info violating
TEST(requirement, info_fields_are_lists_of_parameters) {
    for (const edition e : all_editions) {
        for (const field f : {I, J}) {
            for (const char* good : {"", "a=b", "nextnonce=\"x\", qop=auth"}) EXPECT_TRUE(accepts(f, good, e)) << good;
            for (const char* bad : {"Digest a=b", "a", "a==", "a=b c=d"}) EXPECT_FALSE(accepts(f, bad, e)) << bad;
        }
    }
}

// shows: R7235-5.3-fields conforming
// shows: R7235-5.3-fields violating
TEST(requirement, the_registered_fields_are_known) {
    for (const char* name : {"Authorization", "Proxy-Authenticate", "Proxy-Authorization", "WWW-Authenticate"}) {
        const auto f = field_from_name(name);
        ASSERT_TRUE(f.has_value()) << name;
        EXPECT_EQ(name_of(*f), name);
    }
    for (const char* other : {"Authenticate", "X-Authorization", "WWW-Authorization", "Proxy-Authenticate:"}) {
        EXPECT_FALSE(field_from_name(other).has_value()) << other;
    }
}

// shows: R7235-A-realm-optional conforming
TEST(requirement, a_challenge_needs_no_parameter) {
    for (const edition e : all_editions) {
        for (const char* good : {"Negotiate", "Basic ", "Digest nonce=x"}) EXPECT_TRUE(accepts(W, good, e)) << good;
    }
}

// shows: R7235-5.1.2-parsing-fixed conforming
// shows: R7235-5.1.2-parsing-fixed violating
TEST(requirement, no_scheme_has_a_syntax_of_its_own) {
    for (const char* scheme : {"Basic", "AWS4-HMAC-SHA256", "Negotiate", "Unheard-Of"}) {
        const std::string fits = std::string(scheme) + " a=b, c=\"d/e;f\"";
        const std::string own = std::string(scheme) + " Credential=AKID/20261121/eu, SignedHeaders=host;date";
        const std::string list = std::string(scheme) + " YWJj, ZGVm";
        EXPECT_TRUE(accepts(Z, std::string_view(fits))) << scheme;
        EXPECT_FALSE(accepts(Z, std::string_view(own))) << scheme;
        EXPECT_FALSE(accepts(Z, std::string_view(list))) << scheme;
    }
}

// shows: R7235-1.1-error-handling conforming
// shows: R7235-1.1-error-handling violating
TEST(requirement, what_is_recovered_is_named) {
    inline_event_buffer<32> events;
    const auto good = parse_challenges(W, "A b=c,, D", events);
    ASSERT_TRUE(good.has_value()) << "an empty element is recovered from";
    const parse_options strict{sender, {}};
    const auto told = parse_challenges(W, "A b=c,, D", events, strict);
    ASSERT_FALSE(told.has_value());
    EXPECT_EQ(told.error().offset, 6u) << "and the sender is told where it stands";

    const auto bad = parse_challenges(W, "A b=c, D e=\"f\" g, H", events);
    ASSERT_FALSE(bad.has_value()) << "nothing usable is made of this, not even its first challenge";
    EXPECT_EQ(bad.error().code, error_code::expected_comma);
    EXPECT_EQ(bad.error().offset, 15u);
}

}  // namespace
}  // namespace authgrammar
