// Each limit just missed, met and exceeded, under every cut.

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

TEST(Limits, AnUndecidedWordIsRefusedWhenItIsTooLongForBoth) {
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
    expect_refused(W, r9110, "A bbbbb=c", bounds, error_code::limit_name_length, 6);
    expect_refused(W, r9110, "A bbbbb", bounds, error_code::limit_name_length, 6);
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
