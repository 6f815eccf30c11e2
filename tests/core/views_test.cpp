// Typed reading: challenges, credentials and parameters, and the text of their words.

#include "support.hpp"

#include <algorithm>

namespace authgrammar::test {
namespace {

constexpr field W = field::www_authenticate;
constexpr field Z = field::authorization;
constexpr field I = field::authentication_info;

std::string unescaped(const text& t) {
    std::string out(t.end() - t.begin(), '\0');
    const result<std::size_t> n = t.unescape(out.data(), out.size());
    EXPECT_TRUE(n.has_value());
    out.resize(n ? *n : 0);
    return out;
}

/// A challenge as "scheme(token68)" or "scheme{name=value,…}", quoted values in DQUOTEs.
std::string in_words(const challenge& c) {
    std::string out = unescaped(c.scheme());
    if (const auto t = c.token68()) out.append("(").append(unescaped(*t)).append(")");
    out += "{";
    for (const auth_param p : c.params()) {
        if (out.back() != '{') out += ",";
        const std::string_view quote = p.value.quoted() ? "\"" : "";
        out.append(unescaped(p.name)).append("=").append(quote).append(unescaped(p.value)).append(quote);
    }
    return out + "}";
}

TEST(Views, Challenges) {
    inline_event_buffer<64> events;
    const auto r = parse_challenges(
        W, R"(Newauth realm="apps", type=1, title="Login to \"apps\"", Negotiate YWJj==, Basic realm="simple",NTLM)",
        events);
    ASSERT_TRUE(r.has_value());
    std::vector<std::string> all;
    for (const challenge c : *r) all.push_back(in_words(c));
    EXPECT_EQ(all, (std::vector<std::string>{R"(Newauth{realm="apps",type=1,title="Login to "apps""})",
                                             "Negotiate(YWJj==){}", R"(Basic{realm="simple"})", "NTLM{}"}));
    EXPECT_EQ(r->size(), 4U);
    EXPECT_FALSE(r->empty());
    EXPECT_EQ(std::distance(r->begin(), r->end()), 4);

    const challenge first = *r->begin();
    EXPECT_EQ(first.begin(), 0U);
    EXPECT_EQ(first.end(), 55U);
    EXPECT_TRUE(first.has_scheme("newAUTH"));
    EXPECT_FALSE(first.has_scheme("Newaut"));
    EXPECT_FALSE(first.has_scheme("Newauth2"));
    EXPECT_EQ(first.params().size(), 3U);
    EXPECT_FALSE(first.token68().has_value());

    const auto negotiate = r->find("NEGOTIATE");
    ASSERT_TRUE(negotiate.has_value());
    ASSERT_TRUE(negotiate->token68().has_value());
    EXPECT_TRUE(negotiate->token68()->equals("YWJj=="));
    EXPECT_FALSE(negotiate->token68()->quoted());
    EXPECT_TRUE(negotiate->params().empty());
    EXPECT_FALSE(negotiate->param("realm").has_value());
    EXPECT_EQ(negotiate->begin(), 57U);
    EXPECT_EQ(negotiate->end(), 73U);
    EXPECT_TRUE(r->find("basic")->param("REALM")->value.equals("simple"));
    EXPECT_FALSE(r->find("Digest").has_value());
    EXPECT_EQ(r->find("ntlm")->params().size(), 0U);
    EXPECT_EQ(r->find("ntlm")->end() - r->find("ntlm")->begin(), 4U);
}

TEST(Views, AnEmptyListIsNoChallenge) {
    inline_event_buffer<1> events;
    for (const std::string_view value : {"", ",", " , ,"}) {
        const auto r = parse_challenges(W, value, events);
        ASSERT_TRUE(r.has_value()) << shown(value);
        EXPECT_TRUE(r->empty());
        EXPECT_EQ(r->size(), 0U);
        EXPECT_EQ(r->begin(), r->end());
        EXPECT_FALSE(r->find("A").has_value());
    }
    const auto info = parse_info(I, ",", events);
    ASSERT_TRUE(info.has_value());
    EXPECT_TRUE(info->empty());
    EXPECT_EQ(info->begin(), info->end());
    EXPECT_FALSE(info->find("a").has_value());
}

TEST(Views, ManyOfOneScheme) {
    inline_event_buffer<16> events;
    const auto r = parse_challenges(W, "Digest algorithm=SHA-256, digest algorithm=MD5", events);
    ASSERT_TRUE(r.has_value());
    EXPECT_EQ(r->size(), 2U);
    EXPECT_TRUE(r->find("Digest")->param("algorithm")->value.equals("SHA-256")) << "the first is found";
}

TEST(Views, Credentials) {
    inline_event_buffer<32> events;
    const auto basic = parse_credentials(Z, "basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", events);
    ASSERT_TRUE(basic.has_value());
    EXPECT_TRUE(basic->has_scheme("Basic"));
    EXPECT_TRUE(basic->token68()->equals("QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    EXPECT_TRUE(basic->token68()->raw() == "QWxhZGRpbjpvcGVuIHNlc2FtZQ==");

    const auto digest = parse_credentials(field::proxy_authorization,
                                          R"(Digest username="Mufasa", NC=00000001,nc=2, qop = auth)", events);
    ASSERT_TRUE(digest.has_value());
    EXPECT_EQ(in_words(*digest), R"(Digest{username="Mufasa",NC=00000001,nc=2,qop=auth})");
    EXPECT_EQ(digest->params().size(), 4U) << "repeated names are kept";
    EXPECT_TRUE(digest->param("Nc")->value.equals("00000001")) << "the first is found";
    EXPECT_TRUE(digest->param("Nc")->name.equals("NC"));
    EXPECT_FALSE(digest->param("NC")->name.equals("nc"));
    EXPECT_FALSE(digest->param("n").has_value());
    EXPECT_FALSE(digest->param("").has_value());

    const auto bare = parse_credentials(Z, "A ", events);
    ASSERT_TRUE(bare.has_value());
    EXPECT_FALSE(bare->token68().has_value());
    EXPECT_TRUE(bare->params().empty());
    EXPECT_EQ(bare->end(), 1U);
}

TEST(Views, Info) {
    inline_event_buffer<16> events;
    const auto r = parse_info(I, R"(rspauth="6629f\a", qop=auth, nextnonce="")", events);
    ASSERT_TRUE(r.has_value());
    EXPECT_EQ(r->size(), 3U);
    EXPECT_TRUE(r->find("RspAuth")->value.equals("6629fa"));
    EXPECT_TRUE(r->find("nextnonce")->value.quoted());
    EXPECT_EQ(r->find("nextnonce")->value.size(), 0U);
    EXPECT_FALSE(r->find("qop")->value.quoted());
    auth_params::iterator i = r->begin();
    EXPECT_TRUE((*i++).has_name("rspauth"));
    EXPECT_TRUE((*i).has_name("QOP"));
    EXPECT_NE(i, r->begin());
    EXPECT_EQ(++i, std::next(r->begin(), 2));
    EXPECT_EQ(++i, r->end());
}

/// The parameter value of the one parameter of `value`.
text only_value(std::string_view value, event_buffer& events) {
    const auto r = parse_info(I, value, events);
    EXPECT_TRUE(r.has_value()) << shown(value);
    return (*r->begin()).value;
}

TEST(Views, TextUnescapes) {
    inline_event_buffer<2> events;
    struct {
        std::string_view value;
        std::string_view raw;
        std::string_view unescaped;
    } constexpr cases[] = {
        {R"(a=b)", "b", "b"},
        {R"(a="")", "", ""},
        {R"(a="b")", "b", "b"},
        {R"(a="\b")", R"(\b)", "b"},
        {R"(a="\\")", R"(\\)", R"(\)"},
        {R"(a="\\\"")", R"(\\\")", R"(\")"},
        {R"(a="\\\\b")", R"(\\\\b)", R"(\\b)"},
        {R"(a="b\"c\" d")", R"(b\"c\" d)", R"(b"c" d)"},
        {"a=\"\\\t\\ \\\x80\"", "\\\t\\ \\\x80", "\t \x80"},
    };
    for (const auto& c : cases) {
        const text t = only_value(c.value, events);
        EXPECT_EQ(t.raw(), c.raw);
        EXPECT_EQ(t.size(), c.unescaped.size());
        EXPECT_EQ(unescaped(t), c.unescaped);
        EXPECT_TRUE(t.equals(c.unescaped));
        EXPECT_FALSE(t.spans_lines());
        EXPECT_EQ(t.end() - t.begin(), c.raw.size());
        if (c.raw != c.unescaped) {
            EXPECT_FALSE(t.equals(c.raw));
        }
        // Whatever the room: all of it, or not an octet.
        for (std::size_t room = 0; room <= c.unescaped.size() + 2; ++room) {
            std::string buffer(room + 4, '#');
            const result<std::size_t> r = t.unescape(buffer.data() + 2, room);
            if (room < c.unescaped.size()) {
                ASSERT_FALSE(r.has_value());
                EXPECT_EQ(r.error().code, error_code::text_buffer_full);
                EXPECT_EQ(r.error().offset, c.unescaped.size());
                EXPECT_EQ(buffer, std::string(room + 4, '#'));
            } else {
                ASSERT_TRUE(r.has_value());
                EXPECT_EQ(*r, c.unescaped.size());
                std::string written(room + 4, '#');
                written.replace(2, c.unescaped.size(), c.unescaped);
                EXPECT_EQ(buffer, written);
            }
        }
    }
}

TEST(Views, TextCompares) {
    inline_event_buffer<2> events;
    const text quoted = only_value(R"(a="Ab\"c")", events);
    EXPECT_TRUE(quoted.equals("Ab\"c"));
    for (const std::string_view other : {"", "Ab\"", "Ab\"cd", "ab\"c", "Ab\"d", "Ab\\\"c"}) {
        EXPECT_FALSE(quoted.equals(other)) << other;
    }
    EXPECT_TRUE(quoted.equals_ignoring_case("aB\"C"));
    EXPECT_FALSE(quoted.equals_ignoring_case("aB\"CC"));
    EXPECT_FALSE(quoted.equals_ignoring_case("aB\""));

    // Only ASCII letters have a case.
    EXPECT_FALSE(text("@[`{").equals_ignoring_case("`{@["));
    EXPECT_FALSE(text("\xC4").equals_ignoring_case("\xE4"));
    EXPECT_TRUE(text("AZaz").equals_ignoring_case("azAZ"));
    EXPECT_TRUE(text("").equals(""));
    EXPECT_TRUE(text().equals(""));
    EXPECT_EQ(text().size(), 0U);
    EXPECT_TRUE(text(octets("a\0b")).equals(octets("a\0b")));
    EXPECT_FALSE(text(octets("a\0b")).equals(octets("a\0c")));
    // Text that is no quoted-string is as it stands.
    EXPECT_TRUE(text(R"(\a)").equals(R"(\a)"));
    EXPECT_EQ(text(R"(\a)").size(), 2U);
}

TEST(Views, WrongKindOfField) {
    inline_event_buffer<8> events;
    for (const field f : all_fields) {
        const field_kind kind = kind_of(f);
        const auto as_challenges = parse_challenges(f, "A", events);
        const auto as_credentials = parse_credentials(f, "A", events);
        const auto as_info = parse_info(f, "a=b", events);
        const auto code = [](const auto& r) { return r.has_value() ? error_code::none : r.error().code; };
        const auto wrong_unless = [kind](field_kind wanted) {
            return kind == wanted ? error_code::none : error_code::wrong_field_kind;
        };
        EXPECT_EQ(code(as_challenges), wrong_unless(field_kind::challenges));
        EXPECT_EQ(code(as_credentials), wrong_unless(field_kind::credentials));
        EXPECT_EQ(code(as_info), wrong_unless(field_kind::info));
    }
}

TEST(Views, EventBufferAtEachCapacity) {
    constexpr std::string_view value = R"(A b=c, d="e", F g, H)";
    constexpr std::size_t needed = 3 + 4 + 4 + 3;
    std::vector<event> all;
    for (std::size_t capacity = 0; capacity <= needed + 1; ++capacity) {
        std::vector<event> storage(capacity);
        event_buffer events(storage.data(), capacity);
        const auto r = parse_challenges(W, value, events);
        EXPECT_EQ(r.has_value(), capacity >= needed) << capacity;
        EXPECT_EQ(events.capacity(), capacity);
        EXPECT_EQ(events.full(), capacity < needed);
        EXPECT_EQ(events.size(), std::min(capacity, needed));
        if (r.has_value()) {
            EXPECT_EQ(r->size(), 3U);
        } else {
            EXPECT_EQ(r.error().code, error_code::event_buffer_full);
            EXPECT_FALSE(r.error().expected.empty());
        }
    }

    // A buffer is used again from its start; an error of the value is not taken for want of room.
    inline_event_buffer<3> events;
    EXPECT_EQ(parse_challenges(W, value, events).error().code, error_code::event_buffer_full);
    EXPECT_TRUE(parse_challenges(W, "A", events).has_value());
    EXPECT_FALSE(events.full());
    EXPECT_EQ(parse_challenges(W, "A;", events).error().code, error_code::invalid_scheme);
    EXPECT_EQ(events.size(), 1U);
    EXPECT_EQ(parse_credentials(Z, "A b=c", events).error().code, error_code::event_buffer_full);
    EXPECT_EQ(parse_info(I, "a=b,c=d", events).error().code, error_code::event_buffer_full);
}

TEST(Views, EventsOfAnyEngine) {
    // Views are made of events, wherever they come from.
    const event made[] = {
        {event_kind::challenge_begin, false, 0, 0}, {event_kind::scheme, false, 0, 1},
        {event_kind::param_name, false, 2, 3},      {event_kind::param_value, true, 5, 6},
        {event_kind::challenge_end, false, 0, 7},
    };
    const challenges all(R"(A b="c")", made, made + 5);
    EXPECT_EQ(in_words(*all.begin()), R"(A{b="c"})");
    EXPECT_TRUE(std::equal(std::begin(made), std::end(made), read(W, r9110, R"(A b="c")").events.begin()));
}

}  // namespace
}  // namespace authgrammar::test
