// C says of a value what C++ says, to the last member of the error; and the headers are fit for C++.

#include "../core/support.hpp"

#include <authgrammar.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::test {
namespace {

std::string_view view(const authgrammar_text& t) { return {t.data, t.size}; }

void expect_equal(const authgrammar_error& is, const error& expected, const std::string& value) {
    ASSERT_EQ(static_cast<int>(is.code), static_cast<int>(expected.code)) << value;
    EXPECT_EQ(is.offset, expected.offset) << value;
    EXPECT_EQ(is.line, expected.line) << value;
    EXPECT_EQ(view(is.name), name_of(expected.code)) << value;
    EXPECT_EQ(view(is.rule), expected.rule) << value;
    EXPECT_EQ(view(is.section), expected.section) << value;
    EXPECT_EQ(view(is.expected), expected.expected) << value;
}

/// Reads `value`, cut into two field lines at `cut` if that is less than its size, in both languages.
void compare(field f, edition e, const std::string& value, std::size_t cut) {
    const std::array<std::string_view, 2> parts{
        std::string_view(value).substr(0, cut),
        cut < value.size() ? std::string_view(value).substr(cut) : std::string_view()};
    const std::size_t lines = cut < value.size() ? 2 : 1;
    const std::array<authgrammar_text, 2> c_parts{
        {{parts[0].data(), parts[0].size()}, {parts[1].data(), parts[1].size()}}};

    inline_event_buffer<64> events;
    const field_value whole = lines == 1 ? field_value(parts[0]) : field_value(parts.data(), 2);
    const result<void> read = parse(f, whole, sink_for(events), {e, {}});

    authgrammar_options options;
    authgrammar_options_init(&options);
    options.edition = static_cast<authgrammar_edition>(e);
    std::array<authgrammar_event, 64> c_events{};
    authgrammar_reading reading{};
    authgrammar_error c_error{};
    const authgrammar_code code = authgrammar_parse(&reading, static_cast<authgrammar_field>(f), c_parts.data(), lines,
                                                    &options, c_events.data(), c_events.size(), &c_error);
    ASSERT_EQ(code == AUTHGRAMMAR_OK, read.has_value()) << value;
    expect_equal(c_error, read ? error{} : read.error(), value);
    if (!read) return;
    ASSERT_EQ(reading.event_count, events.size()) << value;
    for (std::size_t i = 0; i < events.size(); ++i) {
        EXPECT_EQ(reading.events[i].kind, static_cast<int>(events[i].kind)) << value;
        EXPECT_EQ(reading.events[i].begin, events[i].begin) << value;
        EXPECT_EQ(reading.events[i].end, events[i].end) << value;
        EXPECT_EQ(reading.events[i].quoted != 0, events[i].quoted) << value;
    }
}

TEST(CAgreement, ShortStrings) {
    std::size_t compared = 0;
    std::vector<std::string> strings{""};
    for (std::size_t i = 0; i < strings.size(); ++i) {
        const std::string value = strings[i];
        if (value.size() < 3) {
            for (const char c : class_representatives) strings.push_back(value + c);
        }
        for (const field f : a_field_of_each_kind) {
            for (const edition e : all_editions) {
                for (std::size_t cut = 0; cut <= value.size(); ++cut) {
                    compare(f, e, value, cut);
                    compare(f, e, "a b=\"" + value, 5 + cut);
                    compared += 2;
                }
            }
        }
    }
    EXPECT_GT(compared, 90000u);
}

TEST(CAgreement, Codes) {
    for (const error_description& d : all_errors()) {
        const auto code = static_cast<authgrammar_code>(d.code);
        EXPECT_EQ(view(authgrammar_code_name(code)), d.name);
        EXPECT_EQ(view(authgrammar_code_explanation(code)), d.explanation);
    }
    EXPECT_EQ(view(authgrammar_code_name(AUTHGRAMMAR_ERR_BUSY)), "busy");
    EXPECT_FALSE(view(authgrammar_code_explanation(AUTHGRAMMAR_ERR_BUSY)).empty());
}

TEST(CAgreement, DefaultLimits) {
    authgrammar_options options;
    authgrammar_options_init(&options);
    EXPECT_EQ(options.limits.total_bytes, default_limits.total_bytes);
    EXPECT_EQ(options.limits.name_length, default_limits.name_length);
    EXPECT_EQ(options.limits.value_length, default_limits.value_length);
    EXPECT_EQ(options.limits.challenges, default_limits.challenges);
    EXPECT_EQ(options.limits.params, default_limits.params);
    EXPECT_EQ(options.limits.empty_elements, default_limits.empty_elements);
    EXPECT_EQ(static_cast<int>(options.edition), static_cast<int>(parse_options{}.language));
}

}  // namespace
}  // namespace authgrammar::test
