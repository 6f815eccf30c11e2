// Each limit just missed, met and exceeded, under every cut; and lowered between two chunks.

#include "trace.hpp"

namespace authgrammar::test {
namespace {

constexpr field W = field::www_authenticate;
constexpr field Z = field::authorization;
constexpr field I = field::authentication_info;

/// limits::none() but for one of them.
template <typename T>
limits only(T limits::*which, std::uint64_t most) {
    limits bounds = limits::none();
    bounds.*which = static_cast<T>(most);
    return bounds;
}

/// `n` times `text`.
[[nodiscard]] std::string times(std::size_t n, std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < n; ++i) out += text;
    return out;
}

void expect_read(field f, edition e, std::string_view value, const limits& bounds) {
    const reading r = read(f, e, value, bounds);
    EXPECT_EQ(r.code, error_code::none) << shown(f, e, value) << " " << name_of(r.code) << " at " << r.why.offset;
    expect_same_for_every_cut(f, e, value, bounds);
}

void expect_refused(field f, edition e, std::string_view value, const limits& bounds, error_code code,
                    std::size_t offset) {
    const reading r = read(f, e, value, bounds);
    EXPECT_EQ(r.code, code) << shown(f, e, value);
    EXPECT_EQ(r.why.offset, offset) << shown(f, e, value);
    EXPECT_FALSE(r.why.expected.empty());
    expect_same_for_every_cut(f, e, value, bounds);

    // The one-shot entry point gives the same.
    parse_options options;
    options.language = e;
    options.limit = bounds;
    recorder events;
    const result<void> once = parse(f, value, sink_for(events), options);
    ASSERT_FALSE(once.has_value());
    EXPECT_EQ(once.error().code, code);
    EXPECT_EQ(once.error().offset, offset);
    EXPECT_EQ(events.events, r.events);
}

/// A value that has `size` of what the limit counts, and the offset of the first that is too many at `size - 1`.
struct bounded {
    field f;
    edition e;
    std::string_view value;
    std::uint64_t size;
    std::size_t offset;
};

template <typename T>
void expect_bound(const bounded& b, T limits::*which, error_code code) {
    expect_read(b.f, b.e, b.value, only(which, b.size + 1));
    expect_read(b.f, b.e, b.value, only(which, b.size));
    ASSERT_GT(b.size, 0U);
    expect_refused(b.f, b.e, b.value, only(which, b.size - 1), code, b.offset);
}

TEST(Limits, TotalBytes) {
    constexpr bounded cases[] = {
        {W, r9110, "Basic realm=\"x\"", 15, 14}, {W, r9110, "A", 1, 0},        {Z, c7235, "Basic YTpi=", 11, 10},
        {I, s9110, "a=\"\\b\"", 6, 5},           {W, c7235, "A b= ,CC", 8, 7},
    };
    for (const bounded& b : cases) expect_bound(b, &limits::total_bytes, error_code::limit_total_bytes);
    expect_read(W, r9110, "", only(&limits::total_bytes, 0));
}

TEST(Limits, TotalBytesCountTheJointsOfLines) {
    constexpr std::string_view lines[] = {"A", "", "B"};
    parse_options options;
    options.limit.total_bytes = 4;  // "A, B"
    recorder r;
    EXPECT_TRUE(parse(W, field_value(lines, 3), sink_for(r), options).has_value());
    options.limit.total_bytes = 3;
    const result<void> refused = parse(W, field_value(lines, 3), sink_for(r), options);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, error_code::limit_total_bytes);
    EXPECT_EQ(refused.error().line, 2U);
    EXPECT_EQ(refused.error().offset, 0U);
}

TEST(Limits, Challenges) {
    constexpr bounded cases[] = {
        {W, r9110, "A,B,C", 3, 4},   {W, s9110, "A b=c,B d=e,C f=g", 3, 12},
        {W, r9110, "A b=c,B", 2, 6},  // known to be a scheme at the end only
        {W, c7235, "A ,B", 2, 3},    {W, r9110, ",,A b= , C", 2, 9},
        {Z, r9110, "A b", 1, 0},
    };
    for (const bounded& b : cases) expect_bound(b, &limits::challenges, error_code::limit_challenges);
    expect_read(W, r9110, ",,", only(&limits::challenges, 0));
    expect_read(I, r9110, "a=b", only(&limits::challenges, 0));
}

TEST(Limits, Params) {
    constexpr bounded cases[] = {
        {I, r9110, "a=b,c=d", 2, 4},     {W, r9110, "A b=c,d=e", 2, 6},
        {W, s9110, "A b=c,B d=e", 2, 8},  // of the whole value
        {Z, c7235, "A b=\"\"", 1, 2},    {W, r9110, "A b=c , d\t= e", 2, 8},
    };
    for (const bounded& b : cases) expect_bound(b, &limits::params, error_code::limit_params);
    expect_read(W, r9110, "A b,C d=,E", only(&limits::params, 0));
}

TEST(Limits, NameLength) {
    constexpr bounded cases[] = {
        {W, r9110, "AAAA", 4, 3},         {Z, s9110, "AAAA b", 4, 3},
        {W, c7235, ", AAAA,B", 4, 5},     {W, c7235, "A ,BBBB", 4, 6},
        {I, r9110, "aaaa=b", 4, 3},       {W, r9110, "A b=c,dddd=e", 4, 9},  // undecided where it grows too long,
        {W, r9110, "A b=c,DDDD", 4, 9},                                      // and too long as either
        {W, r9110, "A b=c,DDDD e", 4, 9}, {W, r9110, "A ,,bbbb=c", 4, 7},
        {W, r9110, "A ,,BBBB", 4, 7},     {W, r9110, "A bbbb=c", 4, 5},  // a token68 until "c" comes
        {Z, c7235, "A bbbb =c", 4, 5},    {W, r9110, "A bbb!=c", 4, 5},
        {W, r9110, "A b!bb=c", 4, 5},
    };
    for (const bounded& b : cases) expect_bound(b, &limits::name_length, error_code::limit_name_length);
    // Too long since before the octet that makes a name of it; the text of that octet is not sent.
    expect_refused(W, r9110, "A bbbb!=c", only(&limits::name_length, 2), error_code::limit_name_length, 4);
    // What turns out to be a token68 is not bound by it.
    for (const std::string_view value : {"A bbbb", "A bbbb=", "A bbbb==", "A bbbb= ,C", "A bb/b"}) {
        expect_read(W, r9110, value, only(&limits::name_length, 1));
    }
    expect_read(W, r9110, "A b=cccc,d=\"eeee\"", only(&limits::name_length, 1));
    expect_refused(W, r9110, "A", only(&limits::name_length, 0), error_code::limit_name_length, 0);
}

TEST(Limits, ValueLength) {
    constexpr bounded cases[] = {
        {W, r9110, "A bbbb", 4, 5},       {W, r9110, "A bbb=", 4, 5},  // padding counts
        {Z, s9110, "A bb==", 4, 5},       {W, r9110, "A bbb= ,C", 4, 5},      {W, r9110, "A bbbb ,C", 4, 5},
        {Z, r9110, "A b/bb", 4, 5},       {W, r9110, "A b=cccc", 4, 7},       {I, c7235, "a=bbbb,c=d", 4, 5},
        {W, r9110, "A b=\"cccc\"", 4, 8}, {Z, r9110, "A b=\"\\c\\c\"", 4, 8},  // escapes count
        {I, r9110, "a=\"\\b\"", 2, 4},
    };
    for (const bounded& b : cases) expect_bound(b, &limits::value_length, error_code::limit_value_length);
    // What turns out to be a name is not bound by it.
    for (const std::string_view value : {"A bbbb=c", "A bbbb =c", "A bbb!=c", "A bbbb=\"c\"", "A b=c,DDDD"}) {
        expect_read(W, r9110, value, only(&limits::value_length, 1));
    }
    expect_read(W, r9110, "A b=\"\"", only(&limits::value_length, 0));
    expect_refused(W, r9110, "A b=\"c\"", only(&limits::value_length, 0), error_code::limit_value_length, 5);
}

/// A word that may be a token68 or a parameter name is refused when it is too long as either. What would decide comes
/// later, or never, and is not waited for. So far the word is a token68, because the value may end there: the limit of
/// a token68 is named, and the first byte that is too many for it.
TEST(Limits, AnUndecidedWordIsRefusedAsAToken68WhenItIsTooLongForBoth) {
    limits bounds = limits::none();
    bounds.name_length = 3;
    bounds.value_length = 4;
    expect_read(W, r9110, "A bbb=c", bounds);
    expect_read(W, r9110, "A bbbb", bounds);
    expect_refused(W, r9110, "A bbbb=c", bounds, error_code::limit_name_length, 5);
    expect_refused(W, r9110, "A bbbb=", bounds, error_code::limit_value_length, 6);
    expect_refused(W, r9110, "A bbbbb", bounds, error_code::limit_value_length, 6);
    expect_refused(W, r9110, "A bbbbb=c", bounds, error_code::limit_value_length, 6);
    bounds.name_length = 4;
    bounds.value_length = 3;
    expect_read(W, r9110, "A bbb", bounds);
    expect_read(W, r9110, "A bbbb=c", bounds);
    expect_refused(W, r9110, "A bbbb", bounds, error_code::limit_value_length, 5);
    expect_refused(W, r9110, "A bbbb,C", bounds, error_code::limit_value_length, 5);
    expect_refused(W, r9110, "A bbbb!=c", bounds, error_code::limit_name_length, 6);
    for (const std::string_view value :
         {"A bbbbb", "A bbbbb==", "A bbbbb,C", "A bbbbb/b", "A bbbbb=c", "A bbbbbbbbbbb;"}) {
        expect_refused(W, r9110, value, bounds, error_code::limit_value_length, 5);
        expect_refused(Z, s9110, value, bounds, error_code::limit_value_length, 5);
    }
    bounds.value_length = 4;
    expect_refused(W, r9110, "A bbbbb", bounds, error_code::limit_value_length, 6);

    // So it is for a token68 of common length, which is read at once, whichever of the limits is the larger one.
    const std::string credentials = "Negotiate " + times(100, "YWJj") + "==";
    for (const std::uint32_t name : {9U, 64U, 200U, 399U, 400U}) {
        for (const std::uint32_t value : {0U, 1U, 64U, 200U, 399U}) {
            bounds.name_length = name;
            bounds.value_length = value;
            expect_refused(Z, r9110, credentials, bounds, error_code::limit_value_length, 10 + value);
        }
    }
    const reading why = read(Z, r9110, credentials, bounds);
    EXPECT_EQ(why.why.rule, "credentials");
    EXPECT_EQ(why.why.section, "RFC 9110, 11.4");
}

TEST(Limits, EmptyElements) {
    constexpr bounded cases[] = {
        {W, r9110, ",,,A", 3, 2},    // at the start: each comma ends one
        {W, r9110, "A,,,,B", 3, 4},  // between: the first comma ends the element before it
        {W, r9110, "A, ,\t,B", 2, 5}, {W, c7235, "A b=c,,,d=e", 2, 7}, {W, r9110, "A b=c,,,D", 2, 7},
        {W, r9110, "A,,,", 2, 3},                                    // at the end
        {Z, r9110, "A b=c,,,", 2, 7}, {W, r9110, "A ,,,b=c", 2, 4},  // after SP the first comma may end the challenge
        {W, c7235, "A ,,,b=c", 2, 4}, {Z, c7235, "A ,,,b=c", 2, 4},    {Z, r9110, "A \t,,,b=c", 2, 5},
        {I, r9110, ",,,a=b", 3, 2},   {I, c7235, ",,,a=b", 3, 2},      {I, r9110, "a=b,,,c=\"d\"", 2, 5},
        {I, r9110, " ,,", 2, 2},
    };
    for (const bounded& b : cases) expect_bound(b, &limits::empty_elements, error_code::limit_empty_elements);
    expect_refused(W, c7235, ",,", only(&limits::empty_elements, 1), error_code::limit_empty_elements, 1);
    expect_refused(W, c7235, ",,", only(&limits::empty_elements, 2), error_code::missing_challenge, 2);

    // In a row, not in all.
    for (const std::string_view value : {"A,,B,,C", ",A,,B b=c,,d=e,,", "A b=\"\",,c=\"\",,D"}) {
        expect_read(W, r9110, value, only(&limits::empty_elements, 1));
    }
    expect_read(I, r9110, ",a=b,,c=\"\",,d=e,,", only(&limits::empty_elements, 1));
    expect_read(W, r9110, "A,B ,C d=e,", only(&limits::empty_elements, 0));
    expect_refused(W, r9110, "A,,B", only(&limits::empty_elements, 0), error_code::limit_empty_elements, 2);
}

TEST(Limits, TheFirstErrorWins) {
    expect_refused(W, r9110, "A;bbbb", only(&limits::total_bytes, 3), error_code::invalid_scheme, 1);
    expect_refused(W, r9110, "A b=;", only(&limits::value_length, 0), error_code::expected_value, 4);
    expect_refused(W, r9110, "A,;,B", only(&limits::challenges, 1), error_code::expected_list_element, 2);
    expect_refused(Z, r9110, "AA;", only(&limits::name_length, 2), error_code::invalid_scheme, 2);
    expect_refused(I, r9110, "a=b,,;,", only(&limits::empty_elements, 1), error_code::expected_param, 5);
    // An octet beyond the limit is not looked at.
    expect_refused(W, r9110, "A;", only(&limits::total_bytes, 1), error_code::limit_total_bytes, 1);
    expect_refused(W, r9110, "AA;", only(&limits::name_length, 1), error_code::limit_name_length, 1);
}

TEST(Limits, Defaults) {
    const std::string name(4096, 'a');
    const std::string value((1U << 20) - name.size() - 3, 'b');
    const std::string most = name + " " + value + "==";
    EXPECT_EQ(most.size(), 1U << 20);
    EXPECT_EQ(read(Z, r9110, most).code, error_code::none);
    EXPECT_EQ(read(Z, r9110, most + "=").code, error_code::limit_total_bytes);
    EXPECT_EQ(read(Z, r9110, name + "a").code, error_code::limit_name_length);
    EXPECT_EQ(read(W, r9110, std::string(1024, ',')).code, error_code::none);
    EXPECT_EQ(read(W, r9110, std::string(1025, ',')).code, error_code::limit_empty_elements);
    std::string challenges = "A";
    for (int i = 1; i < 1024; ++i) challenges += ",A";
    EXPECT_EQ(read(W, r9110, challenges).code, error_code::none);
    EXPECT_EQ(read(W, r9110, challenges + ",A").code, error_code::limit_challenges);
    std::string params = "a=b";
    for (int i = 1; i < 16384; ++i) params += ",a=b";
    EXPECT_EQ(read(I, r9110, params).code, error_code::none);
    EXPECT_EQ(read(I, r9110, params + ",a=b").code, error_code::limit_params);
}

/// A value in two parts, and a limit that is lowered in between to less than the first part has counted, or just as
/// much. Whatever it is lowered to, the next thing that it counts is refused.
template <typename T>
struct lowered {
    field f;
    edition e;
    std::string before;
    std::string after;
    T limits::*which;
    error_code code;
    std::uint32_t counted;        ///< in `before`
    std::size_t offset;           ///< of the next thing that is counted; of a word that is too long, its begin
    bool of_length = false;       ///< the limit is one of a length, and `before` ends in a word of that length
    std::size_t more_events = 0;  ///< how many are sent after the limit was lowered
};

[[nodiscard]] std::vector<event> events_of(const recorder& r) { return r.events; }
[[nodiscard]] std::vector<event> events_of(const event_buffer& b) { return {b.begin(), b.end()}; }
[[nodiscard]] std::vector<event> events_of(const tracer& t) {
    std::vector<event> out;
    for (const arrival& a : t.arrivals) {
        if (a.ev) out.push_back(*a.ev);
    }
    return out;
}

/// Feeds both parts, the second one in chunks of `chunk` bytes, and lowers the limit to `most` in between.
template <typename T, typename Consumer>
void expect_refused_when_lowered(const lowered<T>& l, std::uint32_t most, std::size_t chunk, Consumer& consumer) {
    const std::string where = shown(l.f, l.e, l.before + l.after) + " lowered to " + std::to_string(most) + " after " +
                              std::to_string(l.before.size()) + ", in chunks of " + std::to_string(chunk);
    limits bounds = limits::none();
    tokenizer t(l.f, l.e, bounds);
    ASSERT_EQ(t.feed(l.before, consumer), error_code::none) << where;
    const std::size_t events = events_of(consumer).size();
    bounds.*l.which = static_cast<T>(most);
    error_code code = error_code::none;
    for (std::size_t i = 0; i < l.after.size() && code == error_code::none; i += chunk) {
        code = t.feed(std::string_view(l.after).substr(i, chunk), consumer);
    }
    if (code == error_code::none) code = t.finish(consumer);
    EXPECT_EQ(code, l.code) << where << ": " << name_of(code);
    EXPECT_EQ(t.last_error().code, l.code) << where;
    EXPECT_EQ(t.position(), l.of_length ? l.offset + most : l.offset) << where;
    EXPECT_EQ(events_of(consumer).size(), events + l.more_events) << where;
}

template <typename T>
void expect_refused_when_lowered(const lowered<T>& l) {
    ASSERT_GT(l.counted, 0U);
    std::vector<std::uint32_t> lower{0, l.counted - 1, l.counted};
    if (l.of_length) lower.pop_back();  // the word may end there
    if (l.counted > 2) lower.push_back(l.counted / 2);
    for (const std::uint32_t most : lower) {
        for (const std::size_t chunk : {std::size_t{1}, std::size_t{5}, std::size_t{16}, l.after.size()}) {
            recorder callback;
            expect_refused_when_lowered(l, most, chunk, callback);
            inline_event_buffer<256> buffer;
            expect_refused_when_lowered(l, most, chunk, static_cast<event_buffer&>(buffer));
            tracer text;
            expect_refused_when_lowered(l, most, chunk, text);
        }
    }
}

TEST(Limits, LoweredTotalBytes) {
    const std::string params = times(40, ", name=value, other=\"quoted\"");
    for (const std::string& before : {std::string("A b=c"), std::string("A b=c,"), "A b=c" + params}) {
        for (const std::string& after : {std::string(","), ",d" + times(40, "e"), params, params + ", D e"}) {
            expect_refused_when_lowered(
                lowered<std::uint32_t>{W, r9110, before, after, &limits::total_bytes, error_code::limit_total_bytes,
                                       static_cast<std::uint32_t>(before.size()), before.size()});
        }
    }
    expect_refused_when_lowered(lowered<std::uint32_t>{Z, c7235, "A " + times(40, "b"), times(40, "b"),
                                                       &limits::total_bytes, error_code::limit_total_bytes, 42, 42});
    expect_refused_when_lowered(lowered<std::uint32_t>{I, s9110, "a=\"" + times(40, "b"), times(40, "b") + "\"",
                                                       &limits::total_bytes, error_code::limit_total_bytes, 43, 43});
}

TEST(Limits, LoweredChallenges) {
    const std::string rest = times(20, ", Digest realm=\"x\", Negotiate YWJj");
    for (const std::string& after :
         {std::string(" D"), std::string("D e"), " D" + rest, "D e=f" + rest, "D /" + rest}) {
        const std::size_t offset = 6 + (after[0] == ' ' ? 1 : 0);
        expect_refused_when_lowered(lowered<std::uint32_t>{W, r9110, "A,B,C,", after, &limits::challenges,
                                                           error_code::limit_challenges, 3, offset});
    }
    // Known to be a scheme later, when the challenge before it has ended too.
    for (const std::string& after : {std::string("D"), "D" + rest, "DDDDDDDDDDDDDDDDDDDDDDDD e=f" + rest}) {
        lowered<std::uint32_t> l{W, r9110, "A b=c,B d=e,", after, &limits::challenges, error_code::limit_challenges,
                                 2, 12};
        l.more_events = 1;
        expect_refused_when_lowered(l);
    }
    // No challenge follows.
    limits bounds = limits::none();
    tokenizer t(W, r9110, bounds);
    recorder r;
    ASSERT_EQ(t.feed("A b=c, D e=", r), error_code::none);
    bounds.challenges = 1;
    ASSERT_EQ(t.feed("ffffffffffffffff, g=hhhhhhhhhhhhhhhhhhhhh", r), error_code::none);
    EXPECT_EQ(t.finish(r), error_code::none);
}

TEST(Limits, LoweredParams) {
    const std::string rest = times(20, ", name=value, other=\"quoted\"");
    for (const std::string& after : {std::string("g=h"), std::string("g=\"h\""), "g=h" + rest, "g=\"h\"" + rest}) {
        expect_refused_when_lowered(lowered<std::uint32_t>{I, r9110, "a=b,c=d,e=\"f\",", after, &limits::params,
                                                           error_code::limit_params, 3, 14});
        expect_refused_when_lowered(lowered<std::uint32_t>{W, c7235, "A a=b,c=d,e=\"f\",", after, &limits::params,
                                                           error_code::limit_params, 3, 16});
    }
    // Of another challenge.
    lowered<std::uint32_t> l{W, s9110, "A a=b,c=d,", "D e=f" + rest, &limits::params, error_code::limit_params, 2, 12};
    l.more_events = 3;
    expect_refused_when_lowered(l);
}

TEST(Limits, LoweredNameLength) {
    const std::string rest = times(20, ", name=value");
    for (const std::string& after : {std::string("a=b"), "a=b" + rest, times(40, "a") + "=b" + rest, "=b" + rest}) {
        lowered<std::uint32_t> l{I, r9110, "aaaa", after, &limits::name_length, error_code::limit_name_length, 4, 0};
        l.of_length = true;
        expect_refused_when_lowered(l);
        l = {Z, r9110, "AAAA", " " + after, &limits::name_length, error_code::limit_name_length, 4, 0};
        l.of_length = true;
        if (after != "=b" + rest) expect_refused_when_lowered(l);
    }
}

TEST(Limits, LoweredValueLength) {
    const std::string rest = times(20, ", name=value");
    for (const std::string& after : {std::string("b"), "b" + rest, times(40, "b") + rest, std::string()}) {
        lowered<std::uint32_t> l{I, r9110, "a=bbbb", after, &limits::value_length, error_code::limit_value_length,
                                 4, 2};
        l.of_length = true;
        expect_refused_when_lowered(l);
        l = {W, c7235, "A b=\"cccc", after + "\"" + rest, &limits::value_length, error_code::limit_value_length, 4, 5};
        l.of_length = true;
        expect_refused_when_lowered(l);
        l = {
            Z, s9110, "A b/bb", after.substr(0, after.find(',')), &limits::value_length, error_code::limit_value_length,
            4, 2};
        l.of_length = true;
        expect_refused_when_lowered(l);
    }
}

TEST(Limits, LoweredEmptyElements) {
    const std::string rest = times(20, ", name=value");
    for (const std::string& after : {std::string(","), ",,A b=c" + rest, ", ,\t,A b=c" + rest, times(40, ",") + "A"}) {
        expect_refused_when_lowered(lowered<std::uint32_t>{W, r9110, ",,,", after, &limits::empty_elements,
                                                           error_code::limit_empty_elements, 3, 3});
        expect_refused_when_lowered(lowered<std::uint32_t>{W, c7235, "A b=c,,,,", after, &limits::empty_elements,
                                                           error_code::limit_empty_elements, 3, 9});
        expect_refused_when_lowered(lowered<std::uint32_t>{Z, r9110, "A ,,,,", after, &limits::empty_elements,
                                                           error_code::limit_empty_elements, 3, 6});
    }
}

TEST(Limits, RaisedAgain) {
    // What was counted under the lower limit counts on.
    limits bounds = limits::none();
    tokenizer t(I, r9110, bounds);
    recorder r;
    ASSERT_EQ(t.feed("a=b,c=d,e=f", r), error_code::none);
    bounds.params = 1;
    ASSERT_EQ(t.feed("ffffffffffffffffffff,,,,,,,,,,,", r), error_code::none);
    bounds.params = 4;
    ASSERT_EQ(t.feed("g=hhhhhhhhhhhhhhhhhh,", r), error_code::none);
    EXPECT_EQ(t.feed("i=jjjjjjjjjjjjjjjjjj", r), error_code::limit_params);
    EXPECT_EQ(t.position(), 63U);
}

TEST(Limits, None) {
    const limits unlimited = limits::none();
    const std::string word(3U << 20, 'a');
    EXPECT_EQ(read(W, r9110, word + " " + word, unlimited).code, error_code::none);
    EXPECT_EQ(read(I, r9110, std::string(100000, ',') + word + "=\"" + word + "\"", unlimited).code, error_code::none);
    std::string many;
    for (int i = 0; i < 20000; ++i) many += "A b=c,";
    EXPECT_EQ(read(W, r9110, many, unlimited).code, error_code::none);
}

}  // namespace
}  // namespace authgrammar::test
