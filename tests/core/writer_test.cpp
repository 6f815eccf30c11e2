#include <authgrammar/authgrammar.hpp>

#include <gtest/gtest.h>

#include <cstring>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace authgrammar;

struct written {
    write_result result;
    std::string text;
};

/// Writes into a buffer of exactly the measured size, and checks that one byte less is refused and untouched.
template <typename Write>
written write_exactly(Write write) {
    const write_result measured = write(nullptr, std::size_t{0});
    if (measured.code != error_code::text_buffer_full) {
        EXPECT_EQ(measured.size, 0u) << "the size of what is refused, or of nothing";
        return {measured, {}};
    }
    std::string buffer(measured.size, '#');
    const write_result refused = write(&buffer[0], buffer.size() - 1);
    EXPECT_EQ(refused.code, error_code::text_buffer_full);
    EXPECT_EQ(refused.size, measured.size);
    EXPECT_EQ(buffer, std::string(measured.size, '#')) << "written half";
    const write_result result = write(&buffer[0], buffer.size());
    EXPECT_EQ(result.size, measured.size);
    return {result, buffer};
}

written challenges_of(const std::vector<challenge_spec>& list, quoting_table table = {}) {
    return write_exactly([&](char* b, std::size_t n) {
        return write_challenges(field::www_authenticate, list.data(), list.size(), b, n, table);
    });
}
written credentials_of(const credentials_spec& c, quoting_table table = {}) {
    return write_exactly(
        [&](char* b, std::size_t n) { return write_credentials(field::authorization, c, b, n, table); });
}

/// The value is in the sender's language and in that of RFC 7235, and is a fixed point of parse and write.
void expect_canonical(const std::string& value) {
    inline_event_buffer<64> events;
    parse_options strict;
    strict.language = edition::rfc7235;
    EXPECT_TRUE(parse_challenges(field::www_authenticate, value, events, strict)) << value;
    strict.language = edition::rfc9110_sender;
    const auto read = parse_challenges(field::www_authenticate, value, events, strict);
    ASSERT_TRUE(read) << value;
    const written again =
        write_exactly([&](char* b, std::size_t n) { return write_challenges(field::www_authenticate, *read, b, n); });
    EXPECT_EQ(again.text, value);
}

std::string unescaped(const text& t) {
    std::string s(t.size(), '\0');
    EXPECT_TRUE(t.unescape(&s[0], s.size()));
    return s;
}

TEST(writer, writes_every_form_of_challenge) {
    const param_spec params[] = {{"realm", "simple"}, {"title", R"(Login to "apps")"}, {"type", "1"}, {"empty", ""}};
    const written w = challenges_of({{"Newauth", params}, {"Negotiate", "YII="}, challenge_spec{"Bare"}});
    ASSERT_TRUE(w.result);
    EXPECT_EQ(w.text, R"(Newauth realm="simple", title="Login to \"apps\"", type=1, empty="", Negotiate YII=, Bare)");
    expect_canonical(w.text);
}

TEST(writer, one_line_per_challenge_means_the_same) {
    const param_spec params[] = {{"realm", "a, b"}};
    const std::vector<challenge_spec> list{{"Basic", params}, challenge_spec{"Negotiate"}};
    std::vector<std::string> lines;
    for (const challenge_spec& c : list) lines.push_back(challenges_of({c}).text);
    const std::vector<std::string_view> views(lines.begin(), lines.end());
    inline_event_buffer<16> events;
    const auto read = parse_challenges(field::www_authenticate, {views.data(), views.size()}, events);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->size(), 2u);
    EXPECT_EQ(lines[0] + ", " + lines[1], challenges_of(list).text);
}

// shows: R7235-2.2-realm-quoted conforming
// shows: R9110-11.5-realm conforming
TEST(writer, realm_is_always_quoted) {
    const quoting table[] = {{"Basic", field_kind::challenges, "realm", param_form::token}};
    const param_spec bare[] = {{"Realm", "x", param_form::token}};
    EXPECT_EQ(challenges_of({{"Basic", bare}}, {table, 1}).text, R"(Basic Realm="x")");
    const param_spec by_table[] = {{"realm", "x"}};
    EXPECT_EQ(challenges_of({{"Basic", by_table}}, {table, 1}).text, R"(Basic realm="x")");
}

TEST(writer, the_table_decides_by_scheme_kind_and_name) {
    const quoting table[] = {{"Digest", field_kind::challenges, "qop", param_form::quoted},
                             {"Digest", field_kind::credentials, "qop", param_form::token}};
    const param_spec params[] = {{"qop", "auth"}};
    EXPECT_EQ(challenges_of({{"digest", params}}, {table, 2}).text, R"(digest qop="auth")");
    EXPECT_EQ(credentials_of({"Digest", params}, {table, 2}).text, "Digest qop=auth");
    EXPECT_EQ(challenges_of({{"Other", params}}, {table, 2}).text, "Other qop=auth");
    const param_spec unfit[] = {{"realm", "x"}, {"qop", "auth,auth-int"}};
    const written w = credentials_of({"Digest", unfit}, {table, 2});
    EXPECT_EQ(w.result.code, error_code::not_a_token);
    EXPECT_EQ(w.result.part, written_part::param_value);
    EXPECT_EQ(w.result.param, 1u);
    EXPECT_EQ(w.result.offset, 4u);
    EXPECT_EQ(w.result.rule, "token");
}

TEST(writer, info_fields) {
    const param_spec params[] = {{"nextnonce", "a b"}, {"qop", "auth"}};
    const written w =
        write_exactly([&](char* b, std::size_t n) { return write_info(field::authentication_info, params, 2, b, n); });
    ASSERT_TRUE(w.result);
    EXPECT_EQ(w.text, R"(nextnonce="a b", qop=auth)");
    const write_result empty =
        write_info(field::proxy_authentication_info, static_cast<const param_spec*>(nullptr), 0, nullptr, 0);
    EXPECT_TRUE(empty);
    EXPECT_EQ(empty.size, 0u);
    inline_event_buffer<8> events;
    const auto read = parse_info(field::authentication_info, w.text, events);
    ASSERT_TRUE(read);
    const written again =
        write_exactly([&](char* b, std::size_t n) { return write_info(field::authentication_info, *read, b, n); });
    EXPECT_EQ(again.text, w.text);
}

// shows: R7235-2.1-param-once violating
// shows: R9110-11.2-param-once violating
TEST(writer, refusals_name_the_place) {
    const param_spec repeated[] = {{"a", "1"}, {"b", "2"}, {"A", "3"}};
    written w = challenges_of({challenge_spec{"Ok"}, {"S", repeated}});
    EXPECT_EQ(w.result.code, error_code::repeated_param);
    EXPECT_EQ(w.result.challenge, 1u);
    EXPECT_EQ(w.result.param, 2u);

    challenge_spec both{"S", "abc="};
    both.params = repeated;
    both.param_count = 1;
    w = challenges_of({both});
    EXPECT_EQ(w.result.code, error_code::params_beside_token68);
    EXPECT_EQ(w.result.rule, "challenge");

    EXPECT_EQ(challenges_of({}).result.code, error_code::empty_challenge_list);
    EXPECT_EQ(write_info(field::www_authenticate, repeated, 1, nullptr, 0).code, error_code::wrong_field_kind);
    EXPECT_EQ(write_credentials(field::www_authenticate, credentials_spec(both), nullptr, 0).code,
              error_code::wrong_field_kind);
    EXPECT_EQ(write_challenges(field::authorization, &both, 1, nullptr, 0).code, error_code::wrong_field_kind);
    EXPECT_EQ(write_challenges(field::www_authenticate, challenges{}, nullptr, 0).code,
              error_code::empty_challenge_list);
}

// Each challenge by itself is refused for another reason; of two, the first one is.
TEST(writer, the_first_error_of_several_stays) {
    const param_spec no_name[] = {{"[", "x"}};
    const param_spec control[] = {{"a", "\x01"}};
    const param_spec twice[] = {{"a", "x"}, {"A", "y"}};
    const param_spec fine[] = {{"a", "x"}};
    challenge_spec both("S", fine);
    both.token68 = "x";
    const std::vector<challenge_spec> bad{{"S", no_name}, {"S", control}, {"S", twice}, both, {" "}, {"S", " "}};
    for (const challenge_spec& first : bad) {
        const write_result alone = challenges_of({first}).result;
        ASSERT_NE(alone.code, error_code::none);
        for (const challenge_spec& second : bad) {
            const write_result result = challenges_of({first, second}).result;
            EXPECT_EQ(result.code, alone.code);
            EXPECT_EQ(result.part, alone.part);
            EXPECT_EQ(result.challenge, 0u);
            EXPECT_EQ(result.param, alone.param);
            EXPECT_EQ(result.offset, alone.offset);
        }
    }
}

TEST(writer, empty_arguments_are_errors) {
    EXPECT_EQ(challenges_of({challenge_spec{""}}).result.code, error_code::not_a_token);
    EXPECT_EQ(challenges_of({{"S", ""}}).result.code, error_code::not_a_token68);
    EXPECT_EQ(challenges_of({{"S", "="}}).result.code, error_code::not_a_token68);
    const param_spec nameless[] = {{"", "x"}};
    EXPECT_EQ(challenges_of({{"S", nameless}}).result.code, error_code::not_a_token);
    const param_spec bare[] = {{"a", "", param_form::token}};
    EXPECT_EQ(challenges_of({{"S", bare}}).result.code, error_code::not_a_token);
}

// A null array with a count is a slip of the caller's: nothing is written without its parameters, or without the form
// that a scheme wants.
TEST(writer, null_arrays_are_errors) {
    const auto expect_refused = [](const auto& write) {
        char buffer[64];
        for (const std::size_t capacity : {std::size_t{0}, sizeof buffer}) {
            std::memset(buffer, '#', sizeof buffer);
            const write_result r = write(buffer, capacity);
            EXPECT_EQ(r.code, error_code::null_array);
            EXPECT_EQ(r.size, 0u);
            EXPECT_EQ(std::string(buffer, sizeof buffer), std::string(sizeof buffer, '#'));
        }
    };
    constexpr field W = field::www_authenticate;
    constexpr field I = field::authentication_info;
    const challenge_spec* no_list = nullptr;
    const param_spec* no_params = nullptr;
    inline_event_buffer<16> events;
    const auto read = parse_challenges(W, "S a=1", events);
    ASSERT_TRUE(read);
    inline_event_buffer<16> more_events;
    const auto sent = parse_credentials(field::authorization, "Basic dTpw", more_events);
    ASSERT_TRUE(sent);
    inline_event_buffer<16> info_events;
    const auto info = parse_info(I, "a=1", info_events);
    ASSERT_TRUE(info);
    for (const std::size_t count : {std::size_t{1}, ~std::size_t{0}}) {
        challenge_spec spec("S");
        spec.param_count = count;
        const challenge_spec list[] = {{"Ok"}, spec};
        const quoting_table table{nullptr, count};
        expect_refused([&](char* b, std::size_t n) { return write_challenges(W, no_list, count, b, n); });
        expect_refused([&](char* b, std::size_t n) { return write_challenges(W, list, 2, b, n); });
        expect_refused([&](char* b, std::size_t n) {
            return write_credentials(field::authorization, credentials_spec(spec), b, n);
        });
        expect_refused([&](char* b, std::size_t n) { return write_info(I, no_params, count, b, n); });
        expect_refused([&](char* b, std::size_t n) { return write_challenges(W, list, 1, b, n, table); });
        expect_refused([&](char* b, std::size_t n) { return write_challenges(W, *read, b, n, table); });
        expect_refused(
            [&](char* b, std::size_t n) { return write_credentials(field::authorization, *sent, b, n, table); });
        expect_refused([&](char* b, std::size_t n) { return write_info(I, *info, b, n, table); });
        EXPECT_EQ(write_challenges(W, list, 2, nullptr, 0).challenge, 1u);
    }
    EXPECT_EQ(write_info(I, no_params, 0, nullptr, 0, {nullptr, 0}).code, error_code::none);
    EXPECT_EQ(write_challenges(W, no_list, 0, nullptr, 0).code, error_code::empty_challenge_list);
}

TEST(writer, a_string_is_replaced_or_untouched) {
    std::string out = "before";
    EXPECT_FALSE(write_to(out, [](char* b, std::size_t n) {
        return write_credentials(field::authorization, credentials_spec{"no good"}, b, n);
    }));
    EXPECT_EQ(out, "before");
    EXPECT_TRUE(write_to(out, [](char* b, std::size_t n) {
        return write_credentials(field::authorization, credentials_spec{"Good"}, b, n);
    }));
    EXPECT_EQ(out, "Good");
}

/// Every octet at the start, in the middle and at the end of every kind of argument: either the value reads back
/// as what was written, or the error names that octet; and what is refused is what the grammar cannot carry.
class every_octet : public testing::TestWithParam<int> {
protected:
    [[nodiscard]] static std::string argument(std::size_t position) {
        std::string s = "ab";
        s.insert(position, 1, static_cast<char>(GetParam()));
        return s;
    }
    [[nodiscard]] static bool alnum() {
        const int c = GetParam();
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
    [[nodiscard]] static bool one_of(std::string_view set) {
        return set.find(static_cast<char>(GetParam())) != std::string_view::npos;
    }
    [[nodiscard]] static bool tchar() { return alnum() || one_of("!#$%&'*+-.^_`|~"); }
};

TEST_P(every_octet, in_a_scheme) {
    for (std::size_t i = 0; i <= 2; ++i) {
        const std::string s = argument(i);
        const written w = challenges_of({challenge_spec{s}});
        ASSERT_EQ(static_cast<bool>(w.result), tchar());
        if (w.result) {
            EXPECT_EQ(w.text, s);
            expect_canonical(w.text);
        } else {
            EXPECT_EQ(w.result.code, error_code::not_a_token);
            EXPECT_EQ(w.result.part, written_part::scheme);
            EXPECT_EQ(w.result.offset, i);
        }
    }
}

TEST_P(every_octet, in_a_token68) {
    for (std::size_t i = 0; i <= 2; ++i) {
        const std::string s = argument(i);
        const written w = challenges_of({{"S", s}});
        ASSERT_EQ(static_cast<bool>(w.result), alnum() || one_of("-._~+/") || (GetParam() == '=' && i == 2)) << i;
        if (w.result) {
            EXPECT_EQ(w.text, "S " + s);
            expect_canonical(w.text);
        } else {
            EXPECT_EQ(w.result.code, error_code::not_a_token68);
            EXPECT_EQ(w.result.part, written_part::token68);
            // An "=" inside is at fault only when something else follows it.
            EXPECT_EQ(w.result.offset, GetParam() == '=' && i == 1 ? 2 : i);
        }
    }
}

TEST_P(every_octet, in_a_parameter_name) {
    for (std::size_t i = 0; i <= 2; ++i) {
        const std::string s = argument(i);
        const param_spec params[] = {{s, "v"}};
        const written w = challenges_of({{"S", params}});
        ASSERT_EQ(static_cast<bool>(w.result), tchar());
        if (w.result) {
            EXPECT_EQ(w.text, "S " + s + "=v");
            expect_canonical(w.text);
        } else {
            EXPECT_EQ(w.result.code, error_code::not_a_token);
            EXPECT_EQ(w.result.part, written_part::param_name);
            EXPECT_EQ(w.result.offset, i);
        }
    }
}

TEST_P(every_octet, in_a_parameter_value) {
    const int octet = GetParam();
    const bool carried = octet == 9 || (octet >= 0x20 && octet != 0x7F);
    for (const param_form form : {param_form::automatic, param_form::quoted, param_form::token}) {
        for (std::size_t i = 0; i <= 2; ++i) {
            const std::string s = argument(i);
            const param_spec params[] = {{"n", s, form}, {"z", "end"}};
            const written w = challenges_of({{"S", params}});
            if (form == param_form::token ? !tchar() : !carried) {
                EXPECT_EQ(w.result.code,
                          form == param_form::token ? error_code::not_a_token : error_code::forbidden_octet);
                EXPECT_EQ(w.result.part, written_part::param_value);
                EXPECT_EQ(w.result.offset, i);
                continue;
            }
            ASSERT_TRUE(w.result) << octet;
            inline_event_buffer<16> events;
            const auto read = parse_challenges(field::www_authenticate, w.text, events);
            ASSERT_TRUE(read) << w.text;
            ASSERT_EQ(read->size(), 1u);
            const auto param = (*read->begin()).param("n");
            ASSERT_TRUE(param);
            EXPECT_EQ(unescaped(param->value), s);
            EXPECT_EQ(param->value.quoted(), form == param_form::quoted || !tchar());
            // Nothing is escaped that needs none (RFC 9110, 5.6.4).
            EXPECT_EQ(w.text.find('\\') != std::string::npos, octet == '"' || octet == '\\');
            if (form == param_form::automatic) expect_canonical(w.text);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(writer, every_octet, testing::Range(0, 256));

TEST(writer, canonical_form_of_what_was_read) {
    inline_event_buffer<32> events;
    const auto read = parse_challenges(field::www_authenticate,
                                       R"(, Basic   REALM = simple ,, a="b\c\"" , Negotiate Q== ,,)", events);
    ASSERT_TRUE(read);
    const written w =
        write_exactly([&](char* b, std::size_t n) { return write_challenges(field::www_authenticate, *read, b, n); });
    ASSERT_TRUE(w.result);
    EXPECT_EQ(w.text, R"(Basic REALM="simple", a="bc\"", Negotiate Q==)");
    expect_canonical(w.text);
}

/// The content of a quoted-string that was read: `raw` with its escapes.
text read_text(std::string_view raw) { return {raw, 0, raw.size(), true}; }

// shows: R7235-2.1-param-once violating
// shows: R9110-11.2-param-once violating
TEST(writer, names_are_repeated_if_they_are_written_alike) {
    const text spellings[] = {"realm", "REALM", read_text("realm"), read_text(R"(re\alm)"), read_text(R"(\R\E\A\L\M)")};
    for (const text& first : spellings) {
        for (const text& second : spellings) {
            const param_spec params[] = {{"a", "1"}, {first, "x"}, {"b", "2"}, {second, "y"}, {"c", "3"}};
            const written w = challenges_of({{"S", params}});
            EXPECT_EQ(w.result.code, error_code::repeated_param);
            EXPECT_EQ(w.result.part, written_part::param_name);
            EXPECT_EQ(w.result.param, 3u);
        }
        const param_spec params[] = {{"real", "1"}, {first, "x"}, {"realms", "2"}, {read_text(R"(r\ealn)"), "3"}};
        const written w = challenges_of({{"S", params}});
        std::string name = unescaped(first);
        EXPECT_EQ(w.text, "S real=1, " + name + R"(="x", realms=2, realn=3)");
    }
}

TEST(writer, texts_that_were_read_are_written_without_their_escapes) {
    const param_spec params[] = {{read_text(R"(n\am\e)"), read_text(R"(to\ken)")}, {"b", read_text(R"(\a\"\\\ )")}};
    EXPECT_EQ(challenges_of({{read_text(R"(\S)"), params}}).text, R"(S name=token, b="a\"\\ ")");
    EXPECT_EQ(challenges_of({{"S", read_text(R"(a\b\=)")}}).text, "S ab=");
    EXPECT_EQ(challenges_of({{"S", read_text(R"(a\"b)")}}).result.offset, 1u);
    const param_spec unfit[] = {{read_text(R"(\a\b\ )"), "x"}};
    EXPECT_EQ(challenges_of({{"S", unfit}}).result.offset, 2u);
    const param_spec cut[] = {{"a", read_text("\\a\\b\\\x01")}};
    EXPECT_EQ(challenges_of({{"S", cut}}).result.code, error_code::forbidden_octet);
    EXPECT_EQ(challenges_of({{"S", cut}}).result.offset, 2u);
}

TEST(writer, every_error_of_writing_occurs) {
    std::set<error_code> met;
    char buffer[8];
    const auto write = [&](const credentials_spec& c, std::size_t capacity = 0) {
        met.insert(write_credentials(field::authorization, c, buffer, capacity).code);
    };
    const param_spec forbidden[] = {{"a", "\n"}};
    const param_spec repeated[] = {{"a", "1"}, {"A", "2"}};
    credentials_spec both{"S", "abc"};
    both.params = repeated;
    both.param_count = 1;
    write({"S"});
    write({"S", forbidden});
    write({" "});
    write({"S", " "});
    write({"S", repeated});
    write(both);
    write({std::string_view(buffer, 1)}, 1);
    both.token68.reset();
    both.params = nullptr;
    write(both);
    met.insert(challenges_of({}).result.code);
    for (const error_description& d : all_errors()) {
        if (d.code < error_code::text_buffer_full) continue;
        EXPECT_EQ(met.count(d.code), 1u) << d.name;
    }
}

TEST(writer, repeated_names_are_read_but_not_written) {
    inline_event_buffer<32> events;
    const auto read = parse_credentials(field::authorization, "S a=1, A=2", events);
    ASSERT_TRUE(read);
    EXPECT_EQ(write_credentials(field::authorization, *read, nullptr, 0).code, error_code::repeated_param);
}

}  // namespace
