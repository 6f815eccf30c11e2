// No path reads a byte outside of what it was given: values lie between pages that cannot be touched, once at the front
// and once at the back, so that with their lengths they take every alignment; whole, and each piece by itself.

#include "../fenced.hpp"
#include "../parse_of_kind.hpp"
#include "support.hpp"

#include <authgrammar/detail/bulk.hpp>
#include <authgrammar/detail/step_tables.hpp>
#include <authgrammar/isa.hpp>

namespace authgrammar::test {
namespace {

#ifdef AUTHGRAMMAR_SLOW_BUILD
constexpr std::size_t cut_step = 7;
#else
constexpr std::size_t cut_step = 1;
#endif

constexpr std::size_t longest = 256;

const std::vector<std::string>& shapes() {
    static const std::string list =
        "A a=b, c=\"d\", e=f, g=\"\\\"h\", Negotiate, B aaaa==, X y=z, a=b, c=\"d\", e=f, g=\"\\\\\", Negotiate, "
        "B aaaa/=, X y=z, a=b, c=\"d\", e!=f!, g=\"\\\"h\", Negotiate, B aaaa==, X y=z,";
    static const std::vector<std::string> all{"Basic " + std::string(longest, 'a'),
                                              "Basic " + std::string(19, '/') + std::string(longest, '='),
                                              "Digest a=\"" + std::string(longest, 'b') + "\"",
                                              "Digest a=\"" + std::string(longest, '\\') + "\"",
                                              "Digest " + std::string(longest, ' '),
                                              "A " + std::string(longest, ','),
                                              list + list,
                                              std::string(longest, '='),
                                              std::string(longest, '"'),
                                              std::string(longest, '\x01'),
                                              std::string(longest, '\xFF')};
    return all;
}

class guard_pages : public testing::TestWithParam<isa> {
protected:
    void SetUp() override {
        if (!force_isa(GetParam())) GTEST_SKIP() << name_of(GetParam()) << " is not on this machine";
    }
    void TearDown() override { EXPECT_TRUE(force_isa(best_)); }

    fenced memory_;

private:
    isa best_ = active_isa();
};

/// What is read by bytes from memory of its own.
reading wanted(field f, std::string_view value) {
    tokenizer t(f);
    recorder r;
    error_code code = error_code::none;
    for (std::size_t i = 0; i < value.size() && code == error_code::none; ++i) code = t.feed(value.substr(i, 1), r);
    if (code == error_code::none) code = t.finish(r);
    return {code, t.last_error(), std::move(r.events)};
}

void expect_same(const reading& found, const reading& right, std::string_view value) {
    ASSERT_EQ(found.code, right.code) << shown(value);
    ASSERT_EQ(found.why.offset, right.why.offset) << shown(value);
    ASSERT_EQ(found.events, right.events) << shown(value);
}

/// At once, into a buffer.
reading parsed(field f, std::string_view value) {
    static std::vector<event> room(2 * longest + 8);
    event_buffer events(room.data(), room.size());
    error why = test::parse_of_kind(f, value, events);
    if (why.code == error_code::none) why.offset = value.size();
    return {why.code, why, {events.begin(), events.end()}};
}

TEST_P(guard_pages, values_of_every_length) {
    for (const std::string& shape : shapes()) {
        for (std::size_t size = 0; size <= longest; ++size) {
            const std::string_view value = std::string_view(shape).substr(0, size);
            for (const field f : a_field_of_each_kind) {
                const reading right = wanted(f, value);
                expect_same(read(f, r9110, memory_.at_back(value)), right, value);
                expect_same(parsed(f, memory_.at_back(value)), right, value);
                expect_same(read(f, r9110, memory_.at_front(value)), right, value);
                expect_same(parsed(f, memory_.at_front(value)), right, value);
            }
        }
    }
}

TEST_P(guard_pages, pieces_of_every_length) {
    for (const std::string& shape : shapes()) {
        const std::string_view value = shape;
        for (const field f : a_field_of_each_kind) {
            const reading right = wanted(f, value);
            for (std::size_t cut = 0; cut <= value.size(); cut += cut_step) {
                tokenizer t(f);
                recorder r;
                error_code code = t.feed(memory_.at_back(value.substr(0, cut)), r);
                if (code == error_code::none) code = t.feed(memory_.at_back(value.substr(cut)), r);
                if (code == error_code::none) code = t.finish(r);
                expect_same({code, t.last_error(), std::move(r.events)}, right, value);
            }
        }
    }
}

TEST_P(guard_pages, kernels_of_every_length) {
    using namespace detail;
    event events[4];
    inline_event_buffer<4> whole;
    for (const std::string& shape : shapes()) {
        for (std::size_t from = 0; from < 16; from += 5) {
            for (std::size_t size = 0; from + size <= longest; ++size) {
                const std::string_view value = std::string_view(shape).substr(from, size);
                for (const bool back : {false, true}) {
                    const std::string_view here = back ? memory_.at_back(value) : memory_.at_front(value);
                    for (unsigned set = 0; set < detail::run_sets; ++set) {
                        const std::size_t run = run_length(set, here.data(), size);
                        std::size_t right = 0;
                        while (right < size &&
                               detail::in_set(set, ag_class_of[static_cast<unsigned char>(value[right])])) {
                            ++right;
                        }
                        ASSERT_EQ(run, right) << set << " " << shown(value);
                    }
                    for (bool escaped : {false, true}) {
                        bool still = escaped;
                        const std::size_t found = quoted_length(here.data(), size, still);
                        std::size_t right = 0;
                        for (; right < size; ++right) {
                            const int c = ag_class_of[static_cast<unsigned char>(value[right])];
                            if (c == AG_NEVER || (c == AG_DQUOTE && !escaped)) break;
                            escaped = c == AG_BACKSLASH && !escaped;
                        }
                        ASSERT_EQ(found, right) << shown(value);
                        ASSERT_EQ(still, escaped) << shown(value);
                    }
                    if (size == 0) continue;
                    tokenizer_state state(&default_limits, field::authorization, edition::rfc9110_recipient,
                                          AG_RECIPIENT);
                    if (!read_scheme_token68(state, here.data(), size, events)) continue;
                    whole.clear();
                    ASSERT_TRUE(parse_credentials(field::authorization, here, whole)) << shown(value);
                    ASSERT_TRUE(events[0] == whole[0] && events[1] == whole[1]) << shown(value);
                    ASSERT_EQ(state.word_begin_, whole[2].begin) << shown(value);
                    ASSERT_EQ(state.position_, size) << shown(value);
                }
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(core, guard_pages, testing::ValuesIn(all_isas),
                         [](const auto& of) { return std::string(name_of(of.param)); });

}  // namespace
}  // namespace authgrammar::test
