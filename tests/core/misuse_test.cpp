// What the tokenizer answers when it is used out of turn, and how a consumer stops it.

#include "samples.hpp"
#include "trace.hpp"

#include <type_traits>

namespace authgrammar::test {
namespace {

constexpr field W = field::www_authenticate;

static_assert(sizeof(tokenizer) <= 64);
static_assert(std::is_trivially_copyable_v<tokenizer>);
static_assert(std::is_trivially_destructible_v<tokenizer>);

TEST(Misuse, FeedAfterFinish) {
    tokenizer t(W);
    recorder r;
    ASSERT_EQ(t.feed("A", r), error_code::none);
    ASSERT_EQ(t.finish(r), error_code::none);
    EXPECT_EQ(t.last_error().code, error_code::none);
    const std::size_t events = r.events.size();
    EXPECT_EQ(t.feed("B", r), error_code::fed_after_finish);
    EXPECT_EQ(t.feed("", r), error_code::fed_after_finish);
    EXPECT_EQ(t.finish(r), error_code::fed_after_finish) << "the first misuse stays";
    EXPECT_EQ(t.last_error().code, error_code::fed_after_finish);
    EXPECT_EQ(t.last_error().offset, 1U);
    EXPECT_FALSE(t.last_error().expected.empty());
    EXPECT_EQ(t.position(), 1U);
    EXPECT_EQ(r.events.size(), events);
}

TEST(Misuse, AnEmptyChunkAfterFinishIsAFeedToo) {
    tokenizer t(W);
    recorder r;
    ASSERT_EQ(t.finish(r), error_code::none);
    EXPECT_EQ(t.feed("", r), error_code::fed_after_finish);
}

TEST(Misuse, FinishTwice) {
    tokenizer t(W);
    recorder r;
    ASSERT_EQ(t.feed("A", r), error_code::none);
    ASSERT_EQ(t.finish(r), error_code::none);
    const std::size_t events = r.events.size();
    EXPECT_EQ(t.finish(r), error_code::finished_twice);
    EXPECT_EQ(t.finish(r), error_code::finished_twice);
    EXPECT_EQ(t.feed("B", r), error_code::finished_twice) << "the first misuse stays";
    EXPECT_EQ(t.last_error().code, error_code::finished_twice);
    EXPECT_EQ(r.events.size(), events);
}

TEST(Misuse, OnceRefusedAlwaysRefused) {
    tokenizer t(W);
    recorder r;
    ASSERT_EQ(t.feed("A;b", r), error_code::invalid_scheme);
    const std::size_t events = r.events.size();
    EXPECT_EQ(t.feed(" b=c", r), error_code::invalid_scheme);
    EXPECT_EQ(t.feed("", r), error_code::invalid_scheme);
    EXPECT_EQ(t.finish(r), error_code::invalid_scheme);
    EXPECT_EQ(t.finish(r), error_code::invalid_scheme);
    EXPECT_EQ(t.last_error().code, error_code::invalid_scheme);
    EXPECT_EQ(t.position(), 1U);
    EXPECT_EQ(r.events.size(), events);
}

TEST(Misuse, RefusedAtTheEndStaysRefused) {
    tokenizer t(W);
    recorder r;
    ASSERT_EQ(t.feed("A b=\"c", r), error_code::none);
    ASSERT_EQ(t.finish(r), error_code::unterminated_quoted_string);
    EXPECT_EQ(t.finish(r), error_code::unterminated_quoted_string);
    EXPECT_EQ(t.feed("\"", r), error_code::unterminated_quoted_string);
    EXPECT_EQ(t.position(), 6U);
    EXPECT_EQ(t.last_error().offset, 6U);
}

/// Answers false at call number `at`, and counts all calls.
struct stopper {
    std::size_t at;
    bool at_text;  ///< counts calls of on_text, else of on_event
    std::size_t events = 0;
    std::size_t texts = 0;
    bool stopped = false;
    bool called_after = false;

    bool on_event(const event&) noexcept { return answer(events, !at_text); }
    bool on_text(text_role, std::string_view, std::uint64_t) noexcept { return answer(texts, at_text); }

    bool answer(std::size_t& count, bool counts) noexcept {
        called_after = called_after || stopped;
        const bool stop = counts && count == at;
        ++count;
        stopped = stopped || stop;
        return !stop;
    }
};

struct counter {
    std::size_t events = 0;
    std::size_t texts = 0;
    bool on_event(const event&) noexcept { return ++events != 0; }
    bool on_text(text_role, std::string_view, std::uint64_t) noexcept { return ++texts != 0; }
};

template <typename Consumer>
error_code feed_in_chunks(tokenizer& t, std::string_view value, std::size_t chunk, Consumer& consumer) {
    error_code code = error_code::none;
    for (std::size_t i = 0; i < value.size() && code == error_code::none; i += chunk) {
        code = t.feed(value.substr(i, chunk), consumer);
    }
    return code == error_code::none ? t.finish(consumer) : code;
}

TEST(Misuse, StopAtEveryCallAndGoOn) {
    std::size_t stops = 0;
    for (const field f : a_field_of_each_kind) {
        for (const edition e : all_editions) {
            for (const std::string_view value : samples) {
                for (const std::size_t chunk : {std::size_t{1}, std::size_t{3}, value.size() + 1}) {
                    const std::string where = shown(f, e, value);
                    counter all;
                    tokenizer unstopped(f, e);
                    const error_code verdict = feed_in_chunks(unstopped, value, chunk, all);
                    for (const bool at_text : {false, true}) {
                        for (std::size_t at = 0; at < (at_text ? all.texts : all.events); ++at) {
                            tokenizer t(f, e);
                            stopper s{at, at_text};
                            const error_code code = feed_in_chunks(t, value, chunk, s);
                            ASSERT_TRUE(s.stopped) << where;
                            EXPECT_FALSE(s.called_after) << where << " at " << at << (at_text ? " text" : " event");
                            // The text before an octet that is refused comes with the refusal, which stands.
                            const bool last_text = at_text && at + 1 == all.texts && verdict != error_code::none;
                            if (!(last_text && code == verdict)) {
                                EXPECT_EQ(code, error_code::stopped) << where;
                            }
                            const std::uint64_t position = t.position();
                            EXPECT_LE(position, value.size());
                            EXPECT_EQ(t.feed(value, s), code);
                            EXPECT_EQ(t.finish(s), code);
                            EXPECT_EQ(t.last_error().code, code);
                            EXPECT_FALSE(t.last_error().expected.empty());
                            EXPECT_EQ(t.position(), position);
                            EXPECT_FALSE(s.called_after);
                            ++stops;
                        }
                    }
                }
            }
        }
    }
    EXPECT_GT(stops, 5000U);
}

TEST(Misuse, ACopyMadeBeforeTheStopGoesOn) {
    constexpr std::string_view value = R"(A b="c", D e)";
    const trace whole = read_cut(W, r9110, value, {});
    tokenizer t(W);
    tracer arrived;
    ASSERT_EQ(t.feed(value.substr(0, 6), arrived), error_code::none);
    const tokenizer before = t;
    stopper s{0, false};
    EXPECT_EQ(t.feed(value.substr(6), s), error_code::stopped);
    EXPECT_EQ(go_on(before, arrived, value.substr(6), {}), whole);
}

TEST(Misuse, StoppingParseIsReported) {
    struct {
        std::size_t left = 2;
        bool on_event(const event&) noexcept { return left-- != 0; }
    } two;
    const result<void> r = parse(W, "A b=c", sink_for(two));
    ASSERT_FALSE(r.has_value());
    EXPECT_EQ(r.error().code, error_code::stopped);
}

TEST(Misuse, AConstConsumerStaysConst) {
    struct watcher {
        std::size_t* events;
        bool on_event(const event&) const noexcept { return ++*events != 0; }
        bool on_event(const event&) noexcept { return false; }
    };
    std::size_t events = 0;
    const watcher constant{&events};
    EXPECT_TRUE(parse(W, "A b=c", sink_for(constant)).has_value());
    EXPECT_EQ(events, 5U);
}

TEST(Misuse, ControlIsFinite) {
    tokenizer t(W);
    recorder r;
    for (const char c : std::string_view(R"(A b="\c" , D e=f, G ,,h=i)")) {
        EXPECT_LT(t.control(), tokenizer::control_count);
        ASSERT_EQ(t.feed({&c, 1}, r), error_code::none);
    }
    ASSERT_EQ(t.finish(r), error_code::none);
    EXPECT_EQ(t.control(), tokenizer::control_count);
}

}  // namespace
}  // namespace authgrammar::test
