// What spares callers code of their own: lines from any range, a value that arrives in pieces, strings, literals.

#include "samples.hpp"
#include "support.hpp"

#include <authgrammar/authgrammar.hpp>
#include <authgrammar/literals.hpp>

#include <array>
#include <map>
#if __cplusplus >= 202002L
#include <ranges>
#endif
#include <sstream>
#include <string>
#include <vector>

namespace authgrammar::test {
namespace {

TEST(field_lines, of_ranges) {
    const std::vector<std::string> strings{"Basic realm=\"a, b\"", "Digest realm=c"};
    const field_lines lines(strings);
    ASSERT_EQ(lines.size(), 2u);
    inline_event_buffer<64> events;
    const auto read = parse_challenges(field::www_authenticate, lines.value().value(), events);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->size(), 2u);

    const std::multimap<std::string, std::string> fields{
        {"accept", "*/*"}, {"www-authenticate", "A"}, {"www-authenticate", "B x=y"}};
    const auto found = fields.equal_range("www-authenticate");
    const field_lines of_map(found.first, found.second, [](const auto& f) { return std::string_view(f.second); });
    ASSERT_EQ(of_map.size(), 2u);
    EXPECT_EQ(*of_map.begin(), "A");
    const field_lines of_pairs(fields.equal_range("www-authenticate"));
    ASSERT_EQ(of_pairs.size(), 2u);
    EXPECT_EQ(of_pairs.begin()->data(), found.first->second.data()) << "a view";
    EXPECT_EQ(*(of_pairs.begin() + 1), "B x=y");
    EXPECT_TRUE(field_lines(fields.equal_range("cookie")).empty());
    struct entry {
        [[nodiscard]] std::string_view value() const { return text; }
        std::string text;
    };
    const std::vector<entry> entries{{"C"}, {"D"}};
    EXPECT_EQ(*field_lines(std::make_pair(entries.begin(), entries.end())).begin(), "C");
    const std::vector<std::string> plain{"E"};
    EXPECT_EQ(*field_lines(std::make_pair(plain.begin(), plain.end())).begin(), "E");

    const char* const pointers[] = {"A", "B", "C"};
    EXPECT_EQ(field_lines(pointers).size(), 3u);
}

/// A range that changes when it is iterated over, as std::ranges::filter_view.
template <typename String>
struct changing_range {
    const String* begin() { return first; }
    const String* end() { return first + 1; }
    const String* first;
};

/// A range whose strings are made on the way, as those of std::views::transform with a function that returns a string.
struct made_strings {
    struct iterator {
        std::string operator*() const { return "made"; }
        iterator& operator++() { return *this; }
        bool operator!=(const iterator&) const { return false; }
    };
    [[nodiscard]] iterator begin() const { return {}; }
    [[nodiscard]] iterator end() const { return {}; }
};

template <typename Range>
constexpr bool takes = std::is_constructible_v<field_lines, Range>;
static_assert(takes<std::vector<std::string>&> && takes<const std::vector<std::string>&>);
static_assert(takes<std::vector<std::string_view>> && !takes<std::vector<std::string>>);
static_assert(takes<changing_range<std::string>&> && !takes<changing_range<std::string>>);
static_assert(takes<changing_range<std::string_view>> && !takes<const changing_range<std::string>&>);
static_assert(!takes<made_strings&> && !takes<const made_strings&> && !takes<made_strings>, "the strings end at once");
static_assert(!takes<std::string> && !takes<const char*> && !takes<int>);

TEST(field_lines, of_ranges_that_change) {
    const std::string one = "Basic realm=a";
    changing_range<std::string> range{&one};
    const field_lines lines(range);
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines.begin()->data(), one.data());
#if __cplusplus >= 202002L && !(defined(__clang__) && __clang_major__ < 16)  // whose views do not know libstdc++ 12
    const std::multimap<std::string, std::string> fields{{"A", "1"}, {"B", "2"}, {"A", "3"}};
    auto found = fields | std::views::filter([](const auto& f) { return f.first == "A"; }) | std::views::values;
    const field_lines of_view(found);
    ASSERT_EQ(of_view.size(), 2u);
    EXPECT_EQ(of_view.begin()[1], "3");
#endif
}

TEST(field_lines, no_line_is_no_empty_value) {
    field_lines lines;
    EXPECT_FALSE(lines.value());
    lines.add("");
    ASSERT_TRUE(lines.value());
    EXPECT_EQ(lines.value()->size(), 0u);
    lines.clear();
    EXPECT_FALSE(lines.value());
}

TEST(field_lines, any_number_in_order) {
    for (std::size_t count = 0; count < 20; ++count) {
        std::vector<std::string> strings;
        for (std::size_t i = 0; i < count; ++i) strings.push_back("S" + std::to_string(i));
        const field_lines lines(strings);
        const field_lines copy = lines;
        EXPECT_TRUE(std::equal(copy.begin(), copy.end(), strings.begin(), strings.end()));
        if (count != 0) {
            EXPECT_EQ(copy.value()->line_count(), count);
        }
    }
}

TEST(scheme_of, is_that_of_the_grammar_and_of_what_is_none) {
    EXPECT_EQ(scheme_of("Basic QQ=="), "Basic");
    EXPECT_EQ(scheme_of("Negotiate"), "Negotiate");
    EXPECT_EQ(scheme_of("AWS4-HMAC-SHA256 Credential=A/20130524/us-east-1, SignedHeaders=a;b"), "AWS4-HMAC-SHA256");
    EXPECT_EQ(scheme_of(" \tBasic x"), "Basic");
    for (const char* none : {"", " ", "Basic\tx", "Basic=x", "Basic,x", "\"Basic\"", "B\xC3\xA4sic x"}) {
        EXPECT_EQ(scheme_of(none), "") << none;
    }
    // Of every value that is credentials it is their scheme.
    for (const std::string_view value : samples) {
        inline_event_buffer<512> events;
        const auto read = parse_credentials(field::authorization, value, events);
        if (read) {
            EXPECT_EQ(scheme_of(value), read->scheme().raw());
        }
    }
}

TEST(result, value_and_value_or) {
    inline_event_buffer<64> events;
    const std::string value = "Basic realm=x";
    EXPECT_EQ(parse_challenges(field::www_authenticate, value, events).value().size(), 1u);
    EXPECT_EQ(parse_challenges(field::www_authenticate, "\"", events).value_or(challenges()).size(), 0u);
    const result<std::size_t> none{error{}};
    EXPECT_EQ(none.value_or(7), 7u);
    EXPECT_DEATH(static_cast<void>(none.value()), "");
}

TEST(text, as_a_string) {
    const std::string_view lines[] = {R"(Digest realm="a \"b\" \\c)", R"(d", x=y)"};
    inline_event_buffer<64> events;
    const auto read = parse_challenges(field::www_authenticate, field_value(lines, 2), events);
    ASSERT_TRUE(read);
    const text realm = (*read->begin()).param("realm")->value;
    EXPECT_EQ(realm.str(), "a \"b\" \\c, d");
    EXPECT_EQ(static_cast<std::string>(realm), realm.str());
    EXPECT_TRUE(realm == "a \"b\" \\c, d");
    EXPECT_TRUE("a" != realm);
    EXPECT_FALSE(realm == realm.raw());
    std::ostringstream out;
    out << realm << '|' << (*read->begin()).scheme();
    EXPECT_EQ(out.str(), "a \"b\" \\c, d|Digest");
}

TEST(auth_params, repeated) {
    const auto repeated_in = [](const std::string& value) -> std::string {
        std::vector<event> memory(4 * value.size() + 8);
        event_buffer events(memory.data(), memory.size());
        const auto read = parse_challenges(field::www_authenticate, value, events);
        if (!read) return "?";
        const auto found = (*read->begin()).params().repeated();
        return found ? found->name.str() + "=" + found->value.str() : "";
    };
    EXPECT_EQ(repeated_in("A"), "");
    EXPECT_EQ(repeated_in("A b=1"), "");
    EXPECT_EQ(repeated_in("A b=1, c=2, B=3, c=4"), "B=3");
    EXPECT_EQ(repeated_in("A bb=1, b=2, b-=3"), "");
    std::string many = "A ";
    for (int i = 0; i < 3000; ++i) many += "p" + std::to_string(i) + "=x, ";
    EXPECT_EQ(repeated_in(many + "q=y"), "");
    EXPECT_EQ(repeated_in(many + "P1234=z"), "P1234=z");
}

/// What a collector says of a value in pieces of `size`, and what parse_… says of it, in words.
std::string collected(field f, std::string_view value, std::size_t size) {
    collector c(f);
    for (std::size_t i = 0; i < value.size(); i += size) {
        if (!c.feed(value.substr(i, size))) break;
    }
    if (!c.finish()) return std::string(name_of(c.error().code)) + "@" + std::to_string(c.error().offset);
    std::string said;
    const auto say = [&said](const auth_params& params) {
        for (const auth_param p : params) said += " " + p.name.str() + "=" + p.value.str();
    };
    const auto say_challenge = [&](const challenge& one) {
        said += "/" + one.scheme().str();
        if (const auto t = one.token68()) said += "(" + t->str() + ")";
        say(one.params());
    };
    switch (kind_of(f)) {
        case field_kind::challenges:
            for (const challenge one : c.challenges()) say_challenge(one);
            EXPECT_TRUE(c.info().empty());
            break;
        case field_kind::credentials: say_challenge(c.credentials()); break;
        case field_kind::info: say(c.info()); break;
    }
    return said;
}

TEST(collector, says_the_same_for_every_cut) {
    std::size_t accepted = 0;
    for (const std::string_view value : samples) {
        for (const field f : {field::www_authenticate, field::authorization, field::authentication_info}) {
            const std::string at_once = collected(f, value, value.size() + 1);
            EXPECT_EQ(collected(f, value, 1), at_once) << value;
            EXPECT_EQ(collected(f, value, 7), at_once) << value;
            const result<void> read = parse(f, value, event_sink{});
            if (read) {
                ++accepted;
                EXPECT_TRUE(at_once.empty() || at_once[0] == '/' || at_once[0] == ' ') << at_once;
            } else {
                EXPECT_EQ(at_once, std::string(name_of(read.error().code)) + "@" + std::to_string(read.error().offset));
            }
        }
    }
    EXPECT_GT(accepted, 20u);
}

TEST(collector, of_schemes_alone_has_room) {
    std::string value;
    for (int i = 0; i < 5000; ++i) value += "A,";
    limits wide{};
    wide.challenges = 100'000;
    wide.empty_elements = 100'000;
    collector c(field::www_authenticate, edition::rfc9110_recipient, wide);
    EXPECT_TRUE(c.feed(value));
    EXPECT_TRUE(c.finish());
    EXPECT_EQ(c.challenges().size(), 5000u);
}

TEST(write_to, lists_and_one) {
    const std::vector<param_spec> params{{"realm", "a"}, {"nonce", "b", param_form::quoted}};
    const std::vector<challenge_spec> list{challenge_spec("Digest", params), challenge_spec("Negotiate")};
    std::string out;
    EXPECT_TRUE(write_challenges_to(out, field::www_authenticate, list));
    EXPECT_EQ(out, R"(Digest realm="a", nonce="b", Negotiate)");
    EXPECT_TRUE(write_challenges_to(out, field::www_authenticate, list[1]));
    EXPECT_EQ(out, "Negotiate");
    EXPECT_TRUE(write_credentials_to(out, field::authorization, credentials_spec("Basic", "QQ==")));
    EXPECT_EQ(out, "Basic QQ==");
    EXPECT_TRUE(write_info_to(out, field::authentication_info, std::array<param_spec, 1>{{{"a", "b"}}}));
    EXPECT_EQ(out, "a=b");
    EXPECT_FALSE(write_challenges_to(out, field::authorization, list));
    EXPECT_EQ(out, "a=b") << "untouched on an error";
}

TEST(in_language, is_parse) {
    std::size_t accepted = 0;
    for (const std::string_view value : samples) {
        for (const field f : {field::www_authenticate, field::authorization, field::authentication_info}) {
            for (const edition e : all_editions) {
                parse_options options{};
                options.language = e;
                const bool read = parse(f, value, event_sink{}, options).has_value();
                EXPECT_EQ(in_language(kind_of(f), e, value), read) << value;
                accepted += read ? 1 : 0;
            }
        }
    }
    EXPECT_GT(accepted, 50u);
    static_assert(in_language(field_kind::challenges, edition::rfc9110_sender, R"(Basic realm="a, \"b\"", Negotiate)"));
    static_assert(!in_language(field_kind::credentials, edition::rfc9110_sender, "Basic a, b"));
    static_assert(!in_language(field_kind::challenges, edition::rfc9110_sender, "Basic realm=\"a"));
}

#if defined(__cpp_consteval)
TEST(literals, are_checked_when_they_are_compiled) {
    constexpr std::string_view challenge = R"(Basic realm="files")"_challenges;
    EXPECT_EQ(challenge, R"(Basic realm="files")");
    EXPECT_EQ("Bearer abc"_credentials, "Bearer abc");
    EXPECT_EQ("nextnonce=\"x\""_auth_info.size(), 13u);
}
#endif

}  // namespace
}  // namespace authgrammar::test
