// What was a trap and is not: that it works, or has a defined answer. What does not compile is in traps/traps.cpp.
// Compiled as C++17, C++20 and C++23.

#include "support.hpp"

#include <iterator>
#include <memory>
#include <type_traits>
#if __cplusplus >= 202002L
#include <algorithm>
#include <ranges>
#endif

namespace authgrammar::test {
namespace {

constexpr field W = field::www_authenticate;
constexpr field Z = field::authorization;
constexpr field I = field::authentication_info;

TEST(Traps, TheResultOfACallIsIteratedOver) {
    inline_event_buffer<16> events;
    const std::string line = R"(A b="c", D, E f)";
    std::string schemes;
    for (const challenge c : *parse_challenges(W, line, events)) schemes += c.scheme().raw();
    EXPECT_EQ(schemes, "ADE");

    const challenges& kept = *parse_challenges(W, line, events);
    EXPECT_EQ(kept.size(), 3U);
    std::string names;
    for (const auth_param p : parse_credentials(Z, R"(A b="c", d=e)", events)->params()) names += p.name.raw();
    EXPECT_EQ(names, "bd");
    for (const auth_param p : *parse_info(I, "f=g", events)) names += p.name.raw();
    EXPECT_EQ(names, "bdf");
}

TEST(Traps, TheErrorOfACallIsKept) {
    inline_event_buffer<4> events;
    const error& of_view = parse_challenges(W, "A;", events).error();
    EXPECT_EQ(of_view.code, error_code::invalid_scheme);
    EXPECT_EQ(of_view.expected, parse_challenges(W, "A;", events).error().expected);
    const error& of_sink = parse(W, "A;", {}).error();
    EXPECT_EQ(of_sink.code, error_code::invalid_scheme);
    EXPECT_EQ(of_sink.offset, 1U);
}

/// A string view of another library.
struct other_view {
    std::string_view bytes;
    operator std::string_view() const noexcept { return bytes; }
};
/// A string of another library.
struct other_string {
    std::unique_ptr<std::string> bytes;
    operator std::string_view() const noexcept { return *bytes; }
};

template <typename View, typename String>
constexpr bool takes = std::is_convertible_v<String, View>;

template <typename View>
constexpr bool takes_what_lasts() {
    static_assert(takes<View, std::string_view> && takes<View, std::string_view&> &&
                  takes<View, const std::string_view>);
    static_assert(takes<View, const char*> && takes<View, char*> && takes<View, char(&)[4]>);
    static_assert(takes<View, const char(&)[4]>);
    static_assert(takes<View, std::string&> && takes<View, const std::string&>);
    static_assert(!takes<View, std::string> && !takes<View, std::string&&> && !takes<View, const std::string>);
    static_assert(takes<View, other_view> && takes<View, const other_view&>);
    static_assert(takes<View, other_string&> && takes<View, const other_string&>);
    static_assert(!takes<View, other_string> && !takes<View, const other_string>);
    static_assert(!takes<View, std::nullptr_t> && !takes<View, int> && !takes<View, char>);
    return true;
}
static_assert(takes_what_lasts<field_value>());
static_assert(takes_what_lasts<text>());

TEST(Traps, EveryStringThatLastsIsRead) {
    inline_event_buffer<4> events;
    const std::string string = "Basic";
    char array[] = "Basic";
    const char* pointer = array;
    const other_string other{std::make_unique<std::string>("Basic")};
    const std::string_view view = string;
    const std::vector<field_value> values{string, array, pointer, other, view, other_view{view}, "Basic"};
    for (const field_value& value : values) {
        const auto read = parse_challenges(W, value, events);
        ASSERT_TRUE(read.has_value());
        EXPECT_TRUE(read->begin()->scheme().equals("Basic"));
    }
    const std::vector<text> texts{string, array, pointer, other, view, other_view{view}, "Basic"};
    for (const text& t : texts) EXPECT_EQ(t.raw(), "Basic");

    // Where a temporary lasts as long as it is used, a view of it says so.
    EXPECT_TRUE(parse_credentials(Z, std::string_view(string + " x"), events).has_value());
    std::array<char, 16> out{};
    const write_result written =
        write_credentials(Z, {"Basic", std::string_view(string + "=")}, out.data(), out.size());
    EXPECT_EQ(std::string_view(out.data(), written.size), "Basic Basic=");
}

TEST(Traps, BuffersAreNotCopied) {
    static_assert(!std::is_copy_constructible_v<event_buffer> && !std::is_copy_assignable_v<event_buffer>);
    static_assert(!std::is_move_constructible_v<event_buffer> && !std::is_move_assignable_v<event_buffer>);
    static_assert(!std::is_constructible_v<event_buffer, inline_event_buffer<4>&>);
    static_assert(!std::is_assignable_v<event_buffer&, inline_event_buffer<4>&>);
    static_assert(!std::is_copy_constructible_v<inline_event_buffer<4>>);
    static_assert(std::is_convertible_v<inline_event_buffer<4>&, event_buffer&>);
    const auto made = [](event* memory) { return event_buffer(memory, 4); };
    event memory[4];
    event_buffer events = made(memory);
    EXPECT_TRUE(parse_credentials(Z, "A b", events).has_value());
    EXPECT_EQ(events.begin(), memory);
}

TEST(Traps, ABufferOfNullHasNoRoom) {
    for (const std::size_t capacity : {0U, 1U, 8U, 1000U}) {
        event_buffer events(nullptr, capacity);
        EXPECT_EQ(events.capacity(), 0U);
        EXPECT_FALSE(events.on_event({}));
        EXPECT_TRUE(events.full());
        EXPECT_EQ(events.size(), 0U);
        EXPECT_EQ(events.begin(), events.end());
        EXPECT_EQ(parse_challenges(W, R"(A b="c", D e=f, G h)", events).error().code, error_code::event_buffer_full);
        EXPECT_EQ(parse_credentials(Z, "A YWJj", events).error().code, error_code::event_buffer_full);
        EXPECT_EQ(parse_credentials(Z, R"(A b="c", d=e)", events).error().code, error_code::event_buffer_full);
        EXPECT_EQ(parse_info(I, R"(b="c", d=e, f=g)", events).error().code, error_code::event_buffer_full);
        EXPECT_TRUE(parse_challenges(W, ",", events).has_value()) << "which has no events";
        for (const std::string_view value : {"Negotiate YWJjYWJjYWJjYWJjYWJj", R"(Digest b="c", d=eeeeeeeeeeeeeee)"}) {
            tokenizer t(Z);
            EXPECT_EQ(t.feed(value, events), error_code::stopped) << value;
        }
    }
}

TEST(Traps, ASinkWithoutAFunctionTakesEveryEvent) {
    EXPECT_TRUE(event_sink{}(event{}));
    EXPECT_TRUE(parse(W, R"(A b="c", D e=f, G h)", {}).has_value());
    EXPECT_TRUE(parse(Z, "A YWJj", event_sink{nullptr, nullptr}).has_value());
    EXPECT_EQ(parse(I, "a=b,;", {}).error().code, error_code::expected_param);
}

template <typename Iterator>
constexpr bool is_what_its_tag_says() {
    using traits = std::iterator_traits<Iterator>;
    // A forward iterator of C++17 gives a reference to an object that stays; ours give a new object each time.
    static_assert(std::is_same_v<typename traits::iterator_category, std::input_iterator_tag>);
    static_assert(std::is_same_v<typename traits::reference, decltype(*std::declval<const Iterator&>())>);
    static_assert(std::is_same_v<typename traits::reference, typename traits::value_type>);
    static_assert(std::is_same_v<typename traits::pointer, decltype(std::declval<const Iterator&>().operator->())>);
    static_assert(std::is_same_v<typename traits::difference_type, std::ptrdiff_t>);
    static_assert(std::is_same_v<decltype(++std::declval<Iterator&>()), Iterator&>);
    static_assert(std::is_same_v<decltype(std::declval<Iterator&>()++), Iterator>);
    static_assert(std::is_nothrow_default_constructible_v<Iterator> && std::is_trivially_copyable_v<Iterator>);
    static_assert(std::is_same_v<decltype(std::declval<const Iterator&>() == std::declval<const Iterator&>()), bool>);
    static_assert(std::is_same_v<decltype(std::declval<const Iterator&>() != std::declval<const Iterator&>()), bool>);
#if __cplusplus >= 202002L
    static_assert(std::forward_iterator<Iterator> && !std::bidirectional_iterator<Iterator>);
    static_assert(std::sentinel_for<Iterator, Iterator>);
#endif
    return true;
}
static_assert(is_what_its_tag_says<challenges::iterator>());
static_assert(is_what_its_tag_says<auth_params::iterator>());
#if __cplusplus >= 202002L
static_assert(std::ranges::forward_range<const challenges> && std::ranges::forward_range<const auth_params>);
static_assert(std::ranges::borrowed_range<challenges> && std::ranges::borrowed_range<auth_params>);
static_assert(std::ranges::view<challenges> && std::ranges::view<auth_params>);
static_assert(std::ranges::contiguous_range<const event_buffer&> && std::ranges::random_access_range<error_table>);
#endif

/// Goes twice over [first, last), which has `size` elements, by every form of increment.
template <typename Iterator, typename Text>
void expect_multipass(Iterator first, Iterator last, std::size_t size, Text text_of) {
    EXPECT_EQ(Iterator(), Iterator());
    std::vector<std::string> once;
    for (Iterator i = first; i != last; ++i) once.emplace_back(text_of(*i));
    ASSERT_EQ(once.size(), size);
    std::size_t n = 0;
    for (Iterator i = first, j = first; i != last; ++n) {
        EXPECT_EQ(i, j);
        EXPECT_EQ(text_of(*i), once[n]) << "a copy goes over the same elements";
        Iterator before = i++;
        EXPECT_EQ(before, j);
        EXPECT_NE(before, i);
        EXPECT_EQ(text_of(*before), once[n]) << "the element before stays";
        EXPECT_EQ(text_of(*j++), once[n]);
    }
    EXPECT_EQ(n, size);
    EXPECT_EQ(std::distance(first, last), static_cast<std::ptrdiff_t>(size));
    const std::vector<typename std::iterator_traits<Iterator>::value_type> kept(first, last);
    ASSERT_EQ(kept.size(), size);
    for (std::size_t i = 0; i < size; ++i) EXPECT_EQ(text_of(kept[i]), once[i]);
}

TEST(Traps, IteratorsGoOverTheSameElementsAgain) {
    inline_event_buffer<32> events;
    const std::string line = R"(A b="c", d=e, D, E f, G h=i)";
    const auto read = parse_challenges(W, line, events);
    ASSERT_TRUE(read.has_value());
    expect_multipass(read->begin(), read->end(), 4, [](const challenge& c) { return c.scheme().raw(); });
    const auth_params params = read->begin()->params();
    expect_multipass(params.begin(), params.end(), 2, [](const auth_param& p) { return p.name.raw(); });
    EXPECT_EQ(params.begin()->value.raw(), "c");
    EXPECT_TRUE(read->begin()->has_scheme("a"));

    // An iterator needs the events and the bytes, not the range that it comes from.
    const auto second = ++(*parse_challenges(W, line, events)).begin();
    EXPECT_EQ(second->scheme().raw(), "D");
#if __cplusplus >= 202002L
    const auto found = std::ranges::find_if(*parse_challenges(W, line, events),
                                            [](const challenge& c) { return c.param("h").has_value(); });
    static_assert(std::is_same_v<decltype(found), const challenges::iterator>, "not std::ranges::dangling");
    EXPECT_TRUE(found->has_scheme("G"));
    EXPECT_EQ(std::ranges::max(params, {}, [](const auth_param& p) { return p.name.raw(); }).name.raw(), "d");
#endif
}

/// The example in the comment of write_to().
TEST(Traps, TheExampleOfWriteTo) {
    const param_spec params[] = {{"realm", "x"}};
    const challenge_spec list[] = {{"Digest", params}, {"Negotiate"}};
    const std::size_t count = 2;
    const field f = W;
    std::string out;
    ASSERT_TRUE(write_to(out, [&](char* b, std::size_t n) { return write_challenges(f, list, count, b, n); }));
    EXPECT_EQ(out, R"(Digest realm="x", Negotiate)");
}

}  // namespace
}  // namespace authgrammar::test
