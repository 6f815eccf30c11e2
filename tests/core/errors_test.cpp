// Errors worked out by hand: code, offset of the first dead octet (or the length of an incomplete value), rule, section.

#include "support.hpp"

#include <set>
#include <utility>

namespace authgrammar::test {
namespace {

using code = error_code;

constexpr field W = field::www_authenticate;
constexpr field Z = field::authorization;
constexpr field I = field::authentication_info;

struct worked {
    field f;
    edition e;
    std::string_view value;
    error_code code;
    std::size_t offset;
    std::string_view rule;
    std::string_view section;
    std::string_view expected = {};  ///< checked where it is given
};

constexpr worked errors[] = {
    // Nothing there, or nothing but commas and white space.
    {Z, r9110, "", code::missing_challenge, 0, "credentials", "RFC 9110, 11.4", "tchar"},
    {Z, c7235, "", code::missing_challenge, 0, "credentials", "RFC 7235, 2.1", "tchar"},
    {field::proxy_authorization, s9110, "", code::missing_challenge, 0, "credentials", "RFC 9110, 11.4", "tchar"},
    {W, c7235, "", code::missing_challenge, 0, "WWW-Authenticate", "RFC 7235, 4.1", "tchar or \",\""},
    {field::proxy_authenticate, c7235, "", code::missing_challenge, 0, "Proxy-Authenticate", "RFC 7235, 4.3"},
    {W, c7235, ",", code::missing_challenge, 1, "WWW-Authenticate", "RFC 7235, 4.1", "tchar, \",\", SP or HTAB"},
    {W, c7235, ", ", code::missing_challenge, 2, "WWW-Authenticate", "RFC 7235, 4.1"},

    // White space at the ends. In the recipient's language a comma may follow it.
    {W, r9110, " ", code::leading_whitespace, 1, "WWW-Authenticate", "RFC 9110, 11.6.1", "\",\", SP or HTAB"},
    {W, r9110, " A", code::leading_whitespace, 1, "WWW-Authenticate", "RFC 9110, 11.6.1"},
    {W, c7235, " A", code::leading_whitespace, 0, "WWW-Authenticate", "RFC 7235, 4.1"},
    {W, s9110, "\tA", code::leading_whitespace, 0, "WWW-Authenticate", "RFC 9110, 11.6.1"},
    {Z, r9110, " A", code::leading_whitespace, 0, "credentials", "RFC 9110, 11.4"},
    {I, r9110, " a=b", code::leading_whitespace, 1, "Authentication-Info", "RFC 9110, 11.6.3"},
    {I, c7235, " a=b", code::leading_whitespace, 0, "Authentication-Info", "RFC 7615, 3"},
    {W, r9110, "A\t", code::trailing_whitespace, 2, "WWW-Authenticate", "RFC 9110, 11.6.1", "\",\", SP or HTAB"},
    {W, r9110, "A \t", code::trailing_whitespace, 3, "WWW-Authenticate", "RFC 9110, 11.6.1"},
    {W, r9110, "A b=c ", code::trailing_whitespace, 6, "WWW-Authenticate", "RFC 9110, 11.6.1"},
    {Z, s9110, "A b=\"c\" \t", code::trailing_whitespace, 9, "credentials", "RFC 9110, 11.4"},
    {W, r9110, "A b/ ", code::trailing_whitespace, 5, "WWW-Authenticate", "RFC 9110, 11.6.1"},
    {W, r9110, "A b ", code::trailing_whitespace, 4, "WWW-Authenticate", "RFC 9110, 11.6.1"},
    {W, r9110, "A b=c,B\t", code::trailing_whitespace, 8, "WWW-Authenticate", "RFC 9110, 11.6.1"},
    {W, c7235, "A, ", code::trailing_whitespace, 3, "WWW-Authenticate", "RFC 7235, 4.1"},
    {W, c7235, "A b=c, ", code::trailing_whitespace, 7, "WWW-Authenticate", "RFC 7235, 4.1"},
    {Z, c7235, "A , ", code::trailing_whitespace, 4, "credentials", "RFC 7235, 2.1"},
    {I, c7235, "a=b, ", code::trailing_whitespace, 5, "Authentication-Info", "RFC 7615, 3"},
    {I, r9110, "a=b ", code::trailing_whitespace, 4, "Authentication-Info", "RFC 9110, 11.6.3"},

    // Commas.
    {W, s9110, ",", code::empty_list_element, 0, "WWW-Authenticate", "RFC 9110, 11.6.1"},
    {I, s9110, ",", code::empty_list_element, 0, "Authentication-Info", "RFC 9110, 11.6.3"},
    {Z, r9110, ",", code::expected_scheme, 0, "auth-scheme", "RFC 9110, 11.1"},
    {W, s9110, "A,,B", code::empty_list_element, 2, "WWW-Authenticate", "RFC 9110, 11.6.1"},
    {W, s9110, "A b=c, ,d=e", code::empty_list_element, 7, "WWW-Authenticate", "RFC 9110, 11.6.1"},
    {Z, s9110, "A ,", code::empty_list_element, 2, "credentials", "RFC 9110, 11.4"},
    {Z, s9110, "A b=c,,d=e", code::empty_list_element, 6, "credentials", "RFC 9110, 11.4"},
    {W, s9110, "A,", code::trailing_comma, 2, "WWW-Authenticate", "RFC 9110, 11.6.1"},
    {W, s9110, "A b=c, ", code::trailing_comma, 7, "WWW-Authenticate", "RFC 9110, 11.6.1"},
    {Z, s9110, "A b=c,", code::trailing_comma, 6, "credentials", "RFC 9110, 11.4"},
    {I, s9110, "a=b,", code::trailing_comma, 4, "Authentication-Info", "RFC 9110, 11.6.3"},
    {W, c7235, "A ,b=c", code::single_leading_comma, 4, "WWW-Authenticate", "RFC 7235, 4.1",
     "tchar, \",\", SP, HTAB or the end of the value"},
    {W, c7235, "A , b=c", code::single_leading_comma, 5, "WWW-Authenticate", "RFC 7235, 4.1"},
    {Z, c7235, "A ,b=c", code::single_leading_comma, 3, "credentials", "RFC 7235, 2.1",
     "\",\", SP, HTAB or the end of the value"},
    {Z, c7235, "A , b=c", code::single_leading_comma, 4, "credentials", "RFC 7235, 2.1", "\",\", SP or HTAB"},
    {I, c7235, ",a=b", code::single_leading_comma, 1, "Authentication-Info", "RFC 7615, 3"},
    {field::proxy_authentication_info, c7235, ", a=b", code::single_leading_comma, 2, "Proxy-Authentication-Info",
     "RFC 7615, 4"},
    {W, r9110, ",=", code::expected_list_element, 1, "WWW-Authenticate", "RFC 9110, 11.6.1"},
    {W, r9110, "A b=c,\"x\"", code::expected_list_element, 6, "WWW-Authenticate", "RFC 9110, 11.6.1",
     "tchar, \",\", SP, HTAB or the end of the value"},
    {W, s9110, "A b=c,\"x\"", code::expected_list_element, 6, "WWW-Authenticate", "RFC 9110, 11.6.1",
     "tchar, SP or HTAB"},
    {field::proxy_authenticate, r9110, "A,/", code::expected_list_element, 2, "Proxy-Authenticate", "RFC 9110, 11.7.1"},
    {W, c7235, "A ,\"", code::expected_list_element, 3, "WWW-Authenticate", "RFC 7235, 4.1"},
    {Z, r9110, "A b=c,\"x\"", code::expected_param, 6, "auth-param", "RFC 9110, 11.2"},
    {I, r9110, "=b", code::expected_param, 0, "auth-param", "RFC 9110, 11.2"},
    {I, c7235, "a=b,/", code::expected_param, 4, "auth-param", "RFC 7235, 2.1"},
    {Z, r9110, "Basic abc, Basic def", code::second_credentials, 9, "credentials", "RFC 9110, 11.4"},
    {Z, r9110, "Basic YTpi=, Basic YTpi=", code::second_credentials, 11, "credentials", "RFC 9110, 11.4"},
    {Z, c7235, "Basic YTpiYw==,Basic x", code::second_credentials, 14, "credentials", "RFC 7235, 2.1"},
    {Z, s9110, "Basic a/b, Basic x", code::second_credentials, 9, "credentials", "RFC 9110, 11.4"},
    {Z, r9110, "Digest a=b, Digest c=d", code::expected_equals, 19, "auth-param", "RFC 9110, 11.2"},

    // Schemes, and what follows them.
    {W, r9110, "\"A\"", code::expected_scheme, 0, "auth-scheme", "RFC 9110, 11.1"},
    {Z, c7235, "/", code::expected_scheme, 0, "auth-scheme", "RFC 7235, 2.1"},
    {W, r9110, "A/b", code::invalid_scheme, 1, "auth-scheme", "RFC 9110, 11.1",
     "tchar, \",\", SP, HTAB or the end of the value"},
    {W, r9110, "Basic: x", code::invalid_scheme, 5, "auth-scheme", "RFC 9110, 11.1"},
    {Z, r9110, "A=b", code::invalid_scheme, 1, "auth-scheme", "RFC 9110, 11.1", "tchar, SP or the end of the value"},
    {Z, r9110, "A\tb", code::invalid_scheme, 1, "auth-scheme", "RFC 9110, 11.1"},
    {W, s9110, "A ,b=c", code::invalid_scheme, 4, "auth-scheme", "RFC 9110, 11.1"},
    {W, r9110, "A\tb=c", code::expected_comma, 2, "WWW-Authenticate", "RFC 9110, 11.6.1", "\",\", SP or HTAB"},
    {W, r9110, "A \tb=c", code::expected_comma, 3, "WWW-Authenticate", "RFC 9110, 11.6.1"},
    {Z, r9110, "A \tb=c", code::expected_comma, 3, "credentials", "RFC 9110, 11.4"},
    {Z, c7235, "A \tb=c", code::expected_param_or_token68, 2, "credentials", "RFC 7235, 2.1"},
    {W, r9110, "A =", code::expected_param_or_token68, 2, "challenge", "RFC 9110, 11.3",
     "tchar, \"/\", \",\", SP, HTAB or the end of the value"},
    {Z, s9110, "A \"x\"", code::expected_param_or_token68, 2, "credentials", "RFC 9110, 11.4",
     "tchar, \"/\", SP or the end of the value"},
    {W, r9110, "A b=c,B \"", code::expected_param_or_token68, 8, "challenge", "RFC 9110, 11.3"},
    {W, r9110, "A b;c", code::invalid_param_or_token68, 3, "challenge", "RFC 9110, 11.3"},
    {Z, c7235, "A b\"c\"", code::invalid_param_or_token68, 3, "credentials", "RFC 7235, 2.1"},

    // token68.
    {W, r9110, "A b/c=d", code::invalid_token68, 6, "token68", "RFC 9110, 11.2",
     "\"=\", \",\", SP, HTAB or the end of the value"},
    {Z, r9110, "A b/c=d", code::invalid_token68, 6, "token68", "RFC 9110, 11.2", "\"=\" or the end of the value"},
    {W, c7235, "A b==c", code::invalid_token68, 5, "token68", "RFC 7235, 2.1"},
    {W, r9110, "A b/!", code::invalid_token68, 4, "token68", "RFC 9110, 11.2",
     "a token68 character, \"=\", \",\", SP, HTAB or the end of the value"},
    {Z, r9110, "A b/ ", code::invalid_token68, 4, "token68", "RFC 9110, 11.2"},
    {Z, r9110, "A b== ", code::invalid_token68, 5, "token68", "RFC 9110, 11.2"},
    {W, r9110, "A b/ c", code::expected_comma, 5, "WWW-Authenticate", "RFC 9110, 11.6.1"},
    {W, r9110, "A b c", code::expected_equals, 4, "auth-param", "RFC 9110, 11.2"},
    {Z, r9110, "A b c", code::expected_equals, 4, "auth-param", "RFC 9110, 11.2", "\"=\", SP or HTAB"},

    // Parameter names.
    {I, r9110, "a;b", code::invalid_param_name, 1, "auth-param", "RFC 9110, 11.2", "tchar, \"=\", SP or HTAB"},
    {I, r9110, "a,b=c", code::invalid_param_name, 1, "auth-param", "RFC 9110, 11.2"},
    {W, r9110, "A b=c, d;e", code::invalid_param_name, 8, "auth-param", "RFC 9110, 11.2"},
    {Z, r9110, "A b!/", code::invalid_param_name, 4, "auth-param", "RFC 9110, 11.2"},
    {I, r9110, "a b", code::expected_equals, 2, "auth-param", "RFC 9110, 11.2"},
    {W, r9110, "A b=c,B\tx", code::expected_equals, 8, "auth-param", "RFC 9110, 11.2"},
    {W, r9110, "A b! c", code::expected_equals, 5, "auth-param", "RFC 9110, 11.2"},
    {I, r9110, "a", code::incomplete_param, 1, "auth-param", "RFC 9110, 11.2"},
    {I, r9110, "a ", code::incomplete_param, 2, "auth-param", "RFC 9110, 11.2"},
    {I, c7235, "a=", code::incomplete_param, 2, "auth-param", "RFC 7235, 2.1"},
    {I, r9110, "a= ", code::incomplete_param, 3, "auth-param", "RFC 9110, 11.2", "tchar, DQUOTE, SP or HTAB"},
    {W, r9110, "A b!", code::incomplete_param, 4, "auth-param", "RFC 9110, 11.2"},
    {W, r9110, "A b= ", code::incomplete_param, 5, "auth-param", "RFC 9110, 11.2"},
    {Z, r9110, "A b ", code::incomplete_param, 4, "auth-param", "RFC 9110, 11.2"},

    // Values.
    {W, r9110, "A b=;", code::expected_value, 4, "auth-param", "RFC 9110, 11.2",
     "tchar, \"=\", DQUOTE, \",\", SP, HTAB or the end of the value"},
    {Z, r9110, "A b=/c", code::expected_value, 4, "auth-param", "RFC 9110, 11.2",
     "tchar, \"=\", DQUOTE, SP, HTAB or the end of the value"},
    {I, r9110, "a=,", code::expected_value, 2, "auth-param", "RFC 9110, 11.2", "tchar, DQUOTE, SP or HTAB"},
    {Z, r9110, "A b= ,", code::expected_value, 5, "auth-param", "RFC 9110, 11.2"},
    {W, r9110, "A b = =", code::expected_value, 6, "auth-param", "RFC 9110, 11.2"},
    {W, r9110, "A b=\x80", code::expected_value, 4, "auth-param", "RFC 9110, 11.2"},
    {W, r9110, "A b=c;d", code::invalid_value, 5, "token", "RFC 9110, 5.6.2",
     "tchar, \",\", SP, HTAB or the end of the value"},
    {Z, c7235, "A b=c/d", code::invalid_value, 5, "token", "RFC 7230, 3.2.6"},
    {I, r9110, "a=b=c", code::invalid_value, 3, "token", "RFC 9110, 5.6.2"},
    {I, r9110, "a=b\"c\"", code::invalid_value, 3, "token", "RFC 9110, 5.6.2"},
    {W, r9110, "A b=c d", code::expected_comma, 6, "WWW-Authenticate", "RFC 9110, 11.6.1"},
    {W, r9110, "A b=\"x\"c", code::expected_comma, 7, "WWW-Authenticate", "RFC 9110, 11.6.1"},
    {Z, c7235, "A b=\"x\" c", code::expected_comma, 8, "credentials", "RFC 7235, 2.1"},
    {I, s9110, "a=\"\"b=\"\"", code::expected_comma, 4, "Authentication-Info", "RFC 9110, 11.6.3"},

    // Quoted strings.
    {W, r9110, "A b=\"", code::unterminated_quoted_string, 5, "quoted-string", "RFC 9110, 5.6.4",
     "qdtext, quoted-pair or DQUOTE"},
    {W, c7235, "A b=\"x", code::unterminated_quoted_string, 6, "quoted-string", "RFC 7230, 3.2.6"},
    {Z, r9110, "A b=\"x\\\"", code::unterminated_quoted_string, 8, "quoted-string", "RFC 9110, 5.6.4"},
    {I, r9110, "a=\"\\", code::unterminated_quoted_string, 4, "quoted-string", "RFC 9110, 5.6.4",
     "HTAB, SP, VCHAR or obs-text"},
    {W, r9110, "A b=\"\x7F\"", code::invalid_quoted_string, 5, "quoted-string", "RFC 9110, 5.6.4",
     "qdtext, quoted-pair or DQUOTE"},
    {Z, c7235, "A b=\"c\r\n d\"", code::invalid_quoted_string, 6, "quoted-string", "RFC 7230, 3.2.6"},
    {I, r9110, octets("a=\"b\0\""), code::invalid_quoted_string, 4, "quoted-string", "RFC 9110, 5.6.4"},
    {W, r9110, "A b=\"\\\n\"", code::invalid_quoted_pair, 6, "quoted-pair", "RFC 9110, 5.6.4",
     "HTAB, SP, VCHAR or obs-text"},
    {Z, c7235, octets("A b=\"\\\0\""), code::invalid_quoted_pair, 6, "quoted-pair", "RFC 7230, 3.2.6"},
    {I, r9110, "a=\"b\\\x7F\"", code::invalid_quoted_pair, 5, "quoted-pair", "RFC 9110, 5.6.4"},

    // Octets that no rule has, and obs-text where only quoted-string has it.
    {W, r9110, octets("\0"), code::expected_scheme, 0, "auth-scheme", "RFC 9110, 11.1"},
    {W, r9110, "\x80", code::expected_scheme, 0, "auth-scheme", "RFC 9110, 11.1"},
    {Z, r9110, octets("A\0b"), code::invalid_scheme, 1, "auth-scheme", "RFC 9110, 11.1"},
    {W, r9110, "A\x7F", code::invalid_scheme, 1, "auth-scheme", "RFC 9110, 11.1"},
    {W, r9110, octets("A \0"), code::expected_param_or_token68, 2, "challenge", "RFC 9110, 11.3"},
    {W, r9110, "A b\r\n", code::invalid_param_or_token68, 3, "challenge", "RFC 9110, 11.3"},
    {Z, r9110, "Basic YTpi\n", code::invalid_param_or_token68, 10, "credentials", "RFC 9110, 11.4"},
    {Z, r9110, "Basic YTp/=\xFF", code::invalid_token68, 11, "token68", "RFC 9110, 11.2"},
    {I, r9110, "a\xE9=b", code::invalid_param_name, 1, "auth-param", "RFC 9110, 11.2"},
    {I, r9110, octets("a=\0"), code::expected_value, 2, "auth-param", "RFC 9110, 11.2"},
    {W, r9110, "A b=c\r", code::invalid_value, 5, "token", "RFC 9110, 5.6.2"},
    {W, r9110, "A b=\"c\"\n", code::expected_comma, 7, "WWW-Authenticate", "RFC 9110, 11.6.1"},
    {W, r9110, octets("A,\0"), code::expected_list_element, 2, "WWW-Authenticate", "RFC 9110, 11.6.1"},
};

TEST(Errors, WorkedByHand) {
    ASSERT_GE(std::size(errors), 50U);
    for (const worked& w : errors) {
        const reading r = read(w.f, w.e, w.value);
        const std::string at = shown(w.f, w.e, w.value);
        EXPECT_EQ(r.code, w.code) << at;
        EXPECT_EQ(r.why.code, w.code) << at;
        EXPECT_EQ(r.why.offset, w.offset) << at;
        EXPECT_EQ(r.why.line, 0U) << at;
        EXPECT_EQ(r.why.rule, w.rule) << at;
        EXPECT_EQ(r.why.section, w.section) << at;
        if (!w.expected.empty()) {
            EXPECT_EQ(r.why.expected, w.expected) << at;
        }
    }
}

TEST(Errors, OneShotSaysTheSame) {
    for (const worked& w : errors) {
        recorder events;
        parse_options options;
        options.language = w.e;
        const result<void> r = parse(w.f, w.value, sink_for(events), options);
        ASSERT_FALSE(r.has_value()) << shown(w.f, w.e, w.value);
        EXPECT_EQ(r.error().code, w.code);
        EXPECT_EQ(r.error().offset, w.offset);
        EXPECT_EQ(r.error().line, 0U);
        EXPECT_EQ(r.error().rule, w.rule);
        EXPECT_EQ(r.error().section, w.section);
    }
}

/// The octets that a phrase of error::expected names, and whether it names the end of the value.
struct meaning {
    std::set<char> octets{};
    bool end = false;
};

meaning meaning_of(std::string_view phrase) {
    meaning out;
    const auto add_all = [&out](std::string_view octets) { out.octets.insert(octets.begin(), octets.end()); };
    constexpr std::string_view token68 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+";
    if (phrase == "tchar") {
        add_all(token68);
        add_all("!#$%&'*^`|");
    } else if (phrase == "a token68 character") {
        add_all(token68);
        add_all("/");
    } else if (phrase == "\"/\"" || phrase == "\"=\"" || phrase == "\",\"") {
        out.octets.insert(phrase[1]);
    } else if (phrase == "DQUOTE") {
        out.octets.insert('"');
    } else if (phrase == "SP") {
        out.octets.insert(' ');
    } else if (phrase == "HTAB") {
        out.octets.insert('\t');
    } else if (phrase == "the end of the value") {
        out.end = true;
    } else if (phrase == "qdtext, quoted-pair or DQUOTE" || phrase == "HTAB, SP, VCHAR or obs-text") {
        for (int c = 0; c < 256; ++c) {
            if (c == '\t' || (c >= 0x20 && c != 0x7F)) out.octets.insert(static_cast<char>(c));
        }
    } else {
        ADD_FAILURE() << "unknown phrase " << phrase;
    }
    return out;
}

meaning meaning_of_list(std::string_view words) {
    if (words == "qdtext, quoted-pair or DQUOTE" || words == "HTAB, SP, VCHAR or obs-text") return meaning_of(words);
    meaning out;
    while (!words.empty()) {
        // The separators are ", " and " or "; a "," in quotes stands before another quote.
        std::size_t cut = words.find(", ");
        const std::size_t last = words.find(" or ");
        const std::size_t length = cut < last ? 2 : 4;
        cut = cut < last ? cut : last;
        meaning one = meaning_of(words.substr(0, cut));
        out.octets.merge(one.octets);
        out.end = out.end || one.end;
        words = cut == std::string_view::npos ? std::string_view{} : words.substr(cut + length);
    }
    return out;
}

/// What the tokenizer takes after the prefix that `t` has read.
meaning taken_after(const tokenizer& t) {
    meaning out;
    recorder r;
    tokenizer at_end = t;
    out.end = at_end.finish(r) == error_code::none;
    for (int i = 0; i < 256; ++i) {
        const char c = static_cast<char>(i);
        tokenizer next = t;
        if (next.feed({&c, 1}, r) == error_code::none) out.octets.insert(c);
    }
    return out;
}

TEST(Errors, ExpectedIsExactlyWhatIsTaken) {
    for (const field f : a_field_of_each_kind) {
        for (const edition e : all_editions) {
            // One prefix for each control that can be reached.
            std::vector<std::pair<tokenizer, std::string>> prefixes{{tokenizer(f, e), ""}};
            std::set<int> seen{prefixes.front().first.control()};
            for (std::size_t i = 0; i < prefixes.size(); ++i) {
                const auto [t, prefix] = prefixes[i];
                recorder r;
                for (const char c : class_representatives) {
                    tokenizer next = t;
                    if (next.feed({&c, 1}, r) == error_code::none && seen.insert(next.control()).second) {
                        prefixes.emplace_back(next, prefix + c);
                    }
                }
                tokenizer refused = t;
                ASSERT_NE(refused.feed(octets("\0"), r), error_code::none);
                const meaning taken = taken_after(t);
                const meaning said = meaning_of_list(refused.last_error().expected);
                EXPECT_EQ(said.octets, taken.octets) << shown(f, e, prefix) << " " << refused.last_error().expected;
                EXPECT_EQ(said.end, taken.end) << shown(f, e, prefix) << " " << refused.last_error().expected;
            }
            EXPECT_GE(seen.size(), 9U);
        }
    }
}

TEST(Errors, DiagnoseSaysWhatTheTokenizerSays) {
    for (const field f : a_field_of_each_kind) {
        for (const edition e : all_editions) {
            std::size_t compared = 0;
            for_each_string(class_representatives, 5, [&](std::string_view value) {
                tokenizer t(f, e);
                recorder r;
                if (t.feed(value, r) == error_code::none && t.finish(r) == error_code::none) return;
                const error by_tokenizer = t.last_error();
                const error diagnosed = diagnose(f, e, value, by_tokenizer.offset);
                ++compared;
                if (diagnosed.code != by_tokenizer.code || diagnosed.offset != by_tokenizer.offset ||
                    diagnosed.line != 0 || diagnosed.rule != by_tokenizer.rule ||
                    diagnosed.section != by_tokenizer.section || diagnosed.expected != by_tokenizer.expected) {
                    FAIL() << shown(f, e, value) << " " << name_of(diagnosed.code) << " at " << diagnosed.offset
                           << ", tokenizer " << name_of(by_tokenizer.code) << " at " << by_tokenizer.offset;
                }
                // Every part of an error is there, and its offset lies in the value or at its end.
                ASSERT_LE(by_tokenizer.offset, value.size());
                ASSERT_FALSE(by_tokenizer.rule.empty() || by_tokenizer.section.empty() || by_tokenizer.expected.empty())
                    << shown(f, e, value);
            });
            EXPECT_GT(compared, 100000U);
        }
    }
}

TEST(Errors, EveryCodeOccurs) {
    std::set<error_code> met;
    for (const field f : a_field_of_each_kind) {
        for (const edition e : all_editions) {
            for_each_string(class_representatives, 4,
                            [&](std::string_view value) { met.insert(read(f, e, value).code); });
        }
    }
    for (const worked& w : errors) met.insert(read(w.f, w.e, w.value).code);

    const auto exceed = [&met](std::string_view value, auto set) {
        limits bounds;
        set(bounds);
        met.insert(read(W, r9110, value, bounds).code);
    };
    exceed("A", [](limits& l) { l.total_bytes = 0; });
    exceed("A", [](limits& l) { l.challenges = 0; });
    exceed("A b=c", [](limits& l) { l.params = 0; });
    exceed("AA", [](limits& l) { l.name_length = 1; });
    exceed("A b=cc", [](limits& l) { l.value_length = 1; });
    exceed(",", [](limits& l) { l.empty_elements = 0; });

    struct stopper {
        bool on_event(const event&) noexcept { return false; }
    } stop;
    recorder r;
    tokenizer stopped(W);
    met.insert(stopped.feed("A", stop));
    tokenizer fed(W);
    met.insert(fed.finish(r));
    met.insert(fed.feed("A", r));
    tokenizer finished(W);
    met.insert(finished.finish(r));
    met.insert(finished.finish(r));
    inline_event_buffer<1> small;
    met.insert(parse_challenges(W, "A", small).error().code);
    met.insert(parse_challenges(Z, "A", small).error().code);
    met.insert(text("A").unescape(nullptr, 0).error().code);

    // Those of writing are met where the writer is tested.
    for (const error_description& d : all_errors()) {
        if (d.code > error_code::text_buffer_full) continue;
        EXPECT_EQ(met.count(d.code), 1U) << d.name;
    }
}

struct pinned {
    int value;
    std::string_view name;
};

/// The enumeration as it was first published. A code is never renumbered, renamed or used again.
constexpr pinned codes[] = {
    {1, "expected_scheme"},
    {2, "invalid_scheme"},
    {3, "expected_param_or_token68"},
    {4, "invalid_param_or_token68"},
    {5, "invalid_token68"},
    {6, "expected_param"},
    {7, "invalid_param_name"},
    {8, "expected_equals"},
    {9, "expected_value"},
    {10, "invalid_value"},
    {11, "invalid_quoted_string"},
    {12, "unterminated_quoted_string"},
    {13, "invalid_quoted_pair"},
    {14, "expected_comma"},
    {15, "empty_list_element"},
    {16, "expected_list_element"},
    {17, "single_leading_comma"},
    {18, "leading_whitespace"},
    {19, "trailing_whitespace"},
    {20, "trailing_comma"},
    {21, "missing_challenge"},
    {22, "incomplete_param"},
    {23, "second_credentials"},
    {64, "limit_total_bytes"},
    {65, "limit_challenges"},
    {66, "limit_params"},
    {67, "limit_name_length"},
    {68, "limit_value_length"},
    {69, "limit_empty_elements"},
    {96, "stopped"},
    {97, "fed_after_finish"},
    {98, "finished_twice"},
    {99, "event_buffer_full"},
    {100, "wrong_field_kind"},
    {112, "text_buffer_full"},
    {113, "forbidden_octet"},
    {114, "not_a_token"},
    {115, "not_a_token68"},
    {116, "repeated_param"},
    {117, "params_beside_token68"},
    {118, "empty_challenge_list"},
    {119, "buffer_overlap"},
    {120, "null_array"},
};

TEST(Errors, CodesAndNamesAreStable) {
    std::size_t i = 0;
    std::set<std::string_view> explanations;
    for (const error_description& d : all_errors()) {
        // New codes come after these, within the table's order; these stay.
        ASSERT_LT(i, std::size(codes)) << "not pinned: " << d.name;
        EXPECT_EQ(static_cast<int>(d.code), codes[i].value);
        EXPECT_EQ(d.name, codes[i].name);
        EXPECT_EQ(name_of(d.code), d.name);
        EXPECT_EQ(explain(d.code), d.explanation);
        EXPECT_GT(d.explanation.size(), 20U) << d.name;
        EXPECT_EQ(d.explanation.back(), '.') << d.name;
        EXPECT_TRUE(explanations.insert(d.explanation).second) << d.name;
        ASSERT_TRUE(error_code_from_name(d.name).has_value()) << d.name;
        EXPECT_EQ(*error_code_from_name(d.name), d.code);
        ++i;
    }
    EXPECT_EQ(i, std::size(codes));
    EXPECT_EQ(static_cast<int>(error_code::none), 0);
    EXPECT_EQ(name_of(error_code::none), "none");
    EXPECT_FALSE(explain(error_code::none).empty());
    for (const std::string_view unknown : {"", "Expected_scheme", "expected_schem", "expected_scheme "}) {
        EXPECT_FALSE(error_code_from_name(unknown).has_value()) << unknown;
    }
}

TEST(Errors, NoErrorSaysNothing) {
    const reading r = read(W, r9110, "A");
    EXPECT_EQ(r.why.code, error_code::none);
    EXPECT_TRUE(r.why.rule.empty() && r.why.section.empty() && r.why.expected.empty());
}

}  // namespace
}  // namespace authgrammar::test
