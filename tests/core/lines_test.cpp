// Several field lines, which mean their non-empty lines joined by ", " (RFC 9110, 5.3).

#include "support.hpp"

#include <set>

namespace authgrammar::test {
namespace {

constexpr field W = field::www_authenticate;
constexpr field Z = field::authorization;
constexpr field I = field::authentication_info;

using lines_type = std::vector<std::string_view>;

field_value value_of(const lines_type& lines) { return {lines.data(), lines.size()}; }

/// The joined value, and for each of its octets, and its end, the place that it comes from.
struct joined {
    std::string text{};
    std::vector<field_position> places{};
};

joined join(const lines_type& lines) {
    joined out;
    field_position end{0, 0};  // not by the default, which is under test
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].empty()) continue;
        if (!out.text.empty()) {
            out.text += ", ";
            out.places.insert(out.places.end(), 2, end);
        }
        for (std::size_t j = 0; j < lines[i].size(); ++j) out.places.push_back({i, j});
        out.text += lines[i];
        end = {i, lines[i].size()};
    }
    out.places.push_back(end);
    return out;
}

template <typename Visit>
void for_each_set_of_lines(const lines_type& choices, std::size_t most, Visit visit) {
    for (std::size_t count = 1; count <= most; ++count) {
        std::vector<std::size_t> digits(count, 0);
        for (;;) {
            lines_type lines;
            for (const std::size_t d : digits) lines.push_back(choices[d]);
            visit(lines);
            std::size_t i = 0;
            while (i < count && ++digits[i] == choices.size()) digits[i++] = 0;
            if (i == count) break;
        }
    }
}

TEST(Lines, AreJoinedWithoutJoining) {
    for_each_set_of_lines({"", "a", "bc", "def"}, 4, [](const lines_type& lines) {
        const field_value value = value_of(lines);
        const joined naive = join(lines);
        EXPECT_EQ(value.line_count(), lines.size());
        EXPECT_EQ(value.size(), naive.text.size());
        for (std::size_t i = 0; i <= naive.text.size(); ++i) {
            EXPECT_EQ(value.locate(i).line, naive.places[i].line) << i;
            EXPECT_EQ(value.locate(i).offset, naive.places[i].offset) << i;
        }
        for (std::size_t begin = 0; begin <= naive.text.size(); ++begin) {
            for (std::size_t end = begin; end <= naive.text.size(); ++end) {
                std::string pieces;
                value.for_each_piece(begin, end, [&pieces](std::string_view piece) {
                    EXPECT_FALSE(piece.empty());
                    pieces += piece;
                    return true;
                });
                ASSERT_EQ(pieces, naive.text.substr(begin, end - begin));
                std::size_t calls = 0;
                value.for_each_piece(begin, end, [&calls](std::string_view) {
                    ++calls;
                    return false;
                });
                EXPECT_EQ(calls, begin == end ? 0U : 1U);
            }
        }
    });
}

TEST(Lines, NoneAndOne) {
    EXPECT_EQ(field_value().size(), 0U);
    EXPECT_EQ(field_value().locate(0).line, 0U);
    EXPECT_EQ(field_value().locate(0).offset, 0U);
    EXPECT_EQ(field_value("ab").locate(2).offset, 2U);
    const std::string_view line = "ab";
    EXPECT_EQ(field_value(&line, 0).locate(1).line, 0U) << "of no lines";
    EXPECT_EQ(field_value(&line, 0).locate(1).offset, 0U);
    EXPECT_EQ(field_position{}.line, 0U);
    EXPECT_EQ(field_position{}.offset, 0U);
    const std::string_view nothing[] = {""};
    EXPECT_EQ(field_value(nothing, 0).line_count(), 0U);
    EXPECT_EQ(field_value(nothing, 0).size(), 0U);
    EXPECT_EQ(field_value(nothing, 1).size(), 0U);
    inline_event_buffer<4> events;
    EXPECT_TRUE(parse_challenges(W, field_value(nothing, 0), events).has_value());
    EXPECT_EQ(parse_credentials(Z, field_value(nothing, 0), events).error().code, error_code::missing_challenge);
}

TEST(Lines, ParseAsTheirJoin) {
    for_each_set_of_lines({"", "A", "A b", "A b=\"c", "d\"", "e=f,", ",", "A b="}, 3, [](const lines_type& lines) {
        const joined naive = join(lines);
        for (const field f : a_field_of_each_kind) {
            for (const edition e : all_editions) {
                parse_options options;
                options.language = e;
                recorder of_lines;
                const result<void> r = parse(f, value_of(lines), sink_for(of_lines), options);
                const reading whole = read(f, e, naive.text);
                ASSERT_EQ(of_lines.events, whole.events) << shown(f, e, naive.text);
                ASSERT_EQ(r.has_value(), whole.code == error_code::none) << shown(f, e, naive.text);
                if (r.has_value()) continue;
                EXPECT_EQ(r.error().code, whole.code);
                EXPECT_EQ(r.error().rule, whole.why.rule);
                EXPECT_EQ(r.error().line, naive.places[whole.why.offset].line) << shown(f, e, naive.text);
                EXPECT_EQ(r.error().offset, naive.places[whole.why.offset].offset) << shown(f, e, naive.text);
            }
        }
    });
}

TEST(Lines, PositionsOfElements) {
    const lines_type lines{"Negotiate", "", R"(Basic realm="x", Digest)", R"(Bearer scope="\a b")"};
    inline_event_buffer<32> events;
    const auto r = parse_challenges(W, value_of(lines), events);
    ASSERT_TRUE(r.has_value());
    EXPECT_EQ(r->size(), 4U);
    const auto expect_at = [](const text& t, std::size_t line, std::size_t offset, std::string_view raw) {
        EXPECT_EQ(t.position().line, line);
        EXPECT_EQ(t.position().offset, offset);
        EXPECT_EQ(t.raw(), raw);
        EXPECT_FALSE(t.spans_lines());
    };
    expect_at(r->find("negotiate")->scheme(), 0, 0, "Negotiate");
    expect_at(r->find("basic")->scheme(), 2, 0, "Basic");
    expect_at(r->find("basic")->param("realm")->name, 2, 6, "realm");
    expect_at(r->find("basic")->param("realm")->value, 2, 13, "x");
    expect_at(r->find("digest")->scheme(), 2, 17, "Digest");
    expect_at(r->find("bearer")->param("scope")->value, 3, 14, "\\a b");
    EXPECT_TRUE(r->find("bearer")->param("scope")->value.equals("a b"));
    EXPECT_EQ(r->find("basic")->begin(), 11U) << "offsets count in the joined value";
}

TEST(Lines, AParameterMayBeginALine) {
    // Nothing in the join tells that the sender meant otherwise.
    const lines_type lines{"Digest realm=\"x\"", "nonce=\"y\""};
    inline_event_buffer<16> events;
    const auto r = parse_challenges(W, value_of(lines), events);
    ASSERT_TRUE(r.has_value());
    EXPECT_EQ(r->size(), 1U);
    EXPECT_EQ((*r->begin()).param("nonce")->value.position().line, 1U);
}

struct broken {
    lines_type lines;
    std::string_view unescaped;
    std::string_view first_piece;
    std::size_t line;
    std::size_t offset;
};

TEST(Lines, AQuotedStringCutByTheEndOfALine) {
    const broken cases[] = {
        {{R"(A b="x)", R"(y\"z")"}, "x, y\"z", "x", 0, 5},
        {{R"(A b="x)", "", R"(y")"}, "x, y", "x", 0, 5},
        {{R"(A b="x\)", R"(y")"}, "x, y", "x\\", 0, 5},  // "\" escapes the joint's ","
        {{R"(A b="x)", R"(")"}, "x, ", "x", 0, 5},
        {{R"(A b=")", R"(y")"}, ", y", ", ", 0, 5},
        {{R"(A b=")", R"(")"}, ", ", ", ", 0, 5},  // nothing but the joint
        {{R"(A b="x)", "y", R"(z")"}, "x, y, z", "x", 0, 5},
        {{"C", R"(A b="x)", R"(z")"}, "x, z", "x", 1, 5},
    };
    for (const broken& b : cases) {
        inline_event_buffer<16> events;
        const auto r = parse_challenges(W, value_of(b.lines), events);
        const std::string joint = join(b.lines).text;
        ASSERT_TRUE(r.has_value()) << shown(joint);
        const text t = r->find("A")->param("b")->value;
        EXPECT_TRUE(t.spans_lines()) << shown(joint);
        EXPECT_TRUE(t.quoted());
        EXPECT_EQ(t.raw(), b.first_piece) << shown(joint);
        EXPECT_EQ(t.position().line, b.line);
        EXPECT_EQ(t.position().offset, b.offset);
        EXPECT_EQ(t.size(), b.unescaped.size());
        EXPECT_TRUE(t.equals(b.unescaped)) << shown(joint);
        EXPECT_TRUE(t.equals_ignoring_case(b.unescaped));
        EXPECT_FALSE(t.equals(b.first_piece) && b.first_piece != b.unescaped);
        std::array<char, 16> buffer{};
        const auto n = t.unescape(buffer.data(), b.unescaped.size());
        ASSERT_TRUE(n.has_value());
        EXPECT_EQ(std::string_view(buffer.data(), *n), b.unescaped);
        EXPECT_EQ(t.unescape(buffer.data(), b.unescaped.size() - 1).error().code, error_code::text_buffer_full);
        EXPECT_FALSE(r->find("A")->param("b")->name.spans_lines());
        EXPECT_FALSE(r->find("A")->scheme().spans_lines());
    }
}

TEST(Lines, WholeWordsNeverSpan) {
    inline_event_buffer<32> events;
    const lines_type good{R"(A b="")", R"(C d=", ")", "E f"};
    const auto r = parse_challenges(W, value_of(good), events);
    ASSERT_TRUE(r.has_value());
    EXPECT_FALSE(r->find("A")->param("b")->value.spans_lines());
    EXPECT_FALSE(r->find("C")->param("d")->value.spans_lines());
    EXPECT_FALSE(r->find("E")->token68()->spans_lines());
    EXPECT_FALSE(r->find("E")->scheme().spans_lines());
}

TEST(Lines, ErrorsAtTheJoint) {
    struct {
        field f;
        edition e;
        lines_type lines;
        error_code code;
        std::size_t line;
        std::size_t offset;
    } const cases[] = {
        // Merged Authorization lines are an error at the end of the first.
        {Z, r9110, {"Basic abc", "Basic def"}, error_code::second_credentials, 0, 9},
        {Z, r9110, {"", "Basic abc", "", "Basic def"}, error_code::second_credentials, 1, 9},
        {Z, r9110, {"Digest a=b", "Digest c=d"}, error_code::expected_equals, 1, 7},
        {W, r9110, {"A b=", "c=d"}, error_code::invalid_scheme, 1, 1},
        {W, r9110, {"A", "B\t"}, error_code::trailing_whitespace, 1, 2},
        {W, r9110, {"A b=c", "D;"}, error_code::invalid_param_name, 1, 1},
        {W, r9110, {"A;", "B"}, error_code::invalid_scheme, 0, 1},
        {W, r9110, {"A", R"(B c="d)"}, error_code::unterminated_quoted_string, 1, 6},
        {W, s9110, {"A", ",B"}, error_code::empty_list_element, 1, 0},
        {W, s9110, {"A,", "B"}, error_code::empty_list_element, 0, 2},
        {I, r9110, {"a", "b=c"}, error_code::invalid_param_name, 0, 1},
        {I, r9110, {"a=", "b=c"}, error_code::expected_value, 0, 2},
        {I, c7235, {",", "a=b"}, error_code::none, 0, 0},
        {I, c7235, {"", ",a=b"}, error_code::single_leading_comma, 1, 1},
    };
    for (const auto& c : cases) {
        recorder events;
        parse_options options;
        options.language = c.e;
        const result<void> r = parse(c.f, value_of(c.lines), sink_for(events), options);
        const std::string where = shown(c.f, c.e, join(c.lines).text);
        ASSERT_EQ(r.has_value(), c.code == error_code::none) << where;
        if (r.has_value()) continue;
        EXPECT_EQ(r.error().code, c.code) << where;
        EXPECT_EQ(r.error().line, c.line) << where;
        EXPECT_EQ(r.error().offset, c.offset) << where;
    }
}

/// All values of `f` in `e` over the class representatives, of at most `longest` octets.
std::vector<std::string> language(field f, edition e, std::size_t longest) {
    std::vector<std::string> out;
    for_each_string(class_representatives, longest, [&](std::string_view value) {
        if (read(f, e, value).code == error_code::none) out.emplace_back(value);
    });
    return out;
}

TEST(Lines, ChallengesJoinAndNoOctetChangesItsRole) {
    for (const field f : {W, I}) {
        for (const edition e : all_editions) {
            const std::vector<std::string> all = language(f, e, 4);
            ASSERT_GT(all.size(), 5U);
            for (const std::string& a : all) {
                if (a.empty()) continue;
                const std::vector<event> first = read(f, e, a).events;
                for (const std::string& b : all) {
                    if (b.empty()) continue;
                    const reading both = read(f, e, a + ", " + b);
                    ASSERT_EQ(both.code, error_code::none) << shown(f, e, a + ", " + b);
                    std::vector<event> expected = first;
                    for (event ev : read(f, e, b).events) {
                        ev.begin += static_cast<std::uint32_t>(a.size() + 2);
                        ev.end += static_cast<std::uint32_t>(a.size() + 2);
                        expected.push_back(ev);
                    }
                    ASSERT_EQ(both.events, expected) << shown(f, e, a + ", " + b);
                }
            }
        }
    }
}

TEST(Lines, CredentialsNeverJoin) {
    for (const edition e : all_editions) {
        const std::vector<std::string> all = language(Z, e, 5);
        const std::vector<std::string> short_ones = language(Z, e, 3);
        ASSERT_GT(all.size(), 100U);
        for (const std::string& a : all) {
            for (const std::string& b : short_ones) {
                ASSERT_NE(read(Z, e, a + "," + b).code, error_code::none) << shown(Z, e, a + "," + b);
                ASSERT_NE(read(Z, e, a + ", " + b).code, error_code::none) << shown(Z, e, a + ", " + b);
            }
        }
    }
}

TEST(Lines, EditionsIncludeOneAnother) {
    for (const field f : a_field_of_each_kind) {
        for_each_string(class_representatives, 5, [&](std::string_view value) {
            const reading sender = read(f, s9110, value);
            const reading published = read(f, c7235, value);
            const reading recipient = read(f, r9110, value);
            if (sender.code == error_code::none && !value.empty()) {
                ASSERT_EQ(published.code, error_code::none) << shown(value);
                ASSERT_EQ(published.events, sender.events) << shown(value);
            }
            if (sender.code == error_code::none || published.code == error_code::none) {
                ASSERT_EQ(recipient.code, error_code::none) << shown(value);
                ASSERT_EQ(recipient.events, (sender.code == error_code::none ? sender : published).events)
                    << shown(value);
            }
        });
    }
}

}  // namespace
}  // namespace authgrammar::test
