// Proof P7: the bulk paths read what the byte path reads. The templates that the instruction sets share (run, quoted_run,
// structural_index, element_reader, token68) are instantiated with blocks of 4 and 8 bytes and an index that grows by a
// few blocks, so that short strings cross several borders and make the index grow several times.

#include <authgrammar/edition.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/limits.hpp>
#include <authgrammar/tokenizer.hpp>

#include "bulk/kernels.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace authgrammar::proofs {

extern const detail::kernel_table small_kernels_4_4_4;
extern const detail::kernel_table small_kernels_4_8_12;
extern const detail::kernel_table small_kernels_8_8_8;
extern const detail::kernel_table small_kernels_8_16_24;

}  // namespace authgrammar::proofs

namespace {

using namespace authgrammar;
using namespace authgrammar::proofs;
using detail::kernel_table;

/// How much is tried, of what has no end: AUTHGRAMMAR_P7_EFFORT.
std::size_t effort() {
    static const char* const given = std::getenv("AUTHGRAMMAR_P7_EFFORT");
    static const std::size_t times = given == nullptr ? 1 : std::strtoul(given, nullptr, 10);
    return times;
}
#ifdef AUTHGRAMMAR_SLOW_BUILD
constexpr std::size_t nodes_each = 300;
#else
constexpr std::size_t nodes_each = 6000;
#endif

/// A byte of each class, in the order of the classes.
constexpr std::string_view representatives("\0\t \",/=\\a!(", 11);
constexpr field one_of_each_kind[] = {field::www_authenticate, field::authorization, field::authentication_info};
constexpr limits unlimited = limits::none();

/// Reads every chunk with these kernels, of one byte too.
template <const kernel_table& Kernels>
struct every_chunk {
    static constexpr std::size_t shortest = 1;
    [[nodiscard]] static std::size_t run_length(unsigned set, const char* p, std::size_t n) noexcept {
        return Kernels.run_length[set](p, n);
    }
    [[nodiscard]] static std::size_t quoted_length(const char* p, std::size_t n, bool& escaped) noexcept {
        return Kernels.quoted_length(p, n, escaped);
    }
    static void read_elements(detail::tokenizer_state& s, detail::bulk_chunk& chunk) noexcept {
        Kernels.read_elements(s, chunk);
    }
    [[nodiscard]] static bool read_scheme_token68(detail::tokenizer_state& s, const char* p, std::size_t n,
                                                  event* out) noexcept {
        return Kernels.read_scheme_token68(s, p, n, out);
    }
};
template <const kernel_table& Kernels>
using bulk_tokenizer = basic_tokenizer<detail::standard_tables, every_chunk<Kernels>>;

constexpr std::size_t most_events = 160;

/// What a tokenizer has said and where it is.
struct outcome {
    error_code code = error_code::none;
    std::uint64_t position = 0;
    std::vector<event> events;
};

template <typename Consumer, typename Tokenizer>
error_code feed_all(Tokenizer& t, const std::vector<std::string_view>& chunks, Consumer& consumer) {
    error_code code = error_code::none;
    for (const std::string_view chunk : chunks) {
        if ((code = t.feed(chunk, consumer)) != error_code::none) return code;
    }
    return t.finish(consumer);
}

/// Whether a tokenizer that reads in bulk ends as the byte path did, and says the same. `room` for events, or callbacks.
constexpr std::size_t callbacks = 0;
template <typename Tokenizer>
bool agrees(Tokenizer t, const std::vector<std::string_view>& chunks, const outcome& wanted, std::size_t room) {
    error_code code;
    bool same;
    if (room == callbacks) {
        struct {
            const std::vector<event>& wanted;
            std::size_t size = 0;
            bool same = true;
            bool on_event(const event& e) noexcept {
                same = same && size < wanted.size() && wanted[size] == e;
                ++size;
                return true;
            }
        } consumer{wanted.events};
        code = feed_all(t, chunks, consumer);
        same = consumer.same && consumer.size == wanted.events.size();
    } else {
        event memory[most_events + 8];
        event_buffer buffer(memory, room);
        code = feed_all(t, chunks, buffer);
        same = buffer.size() == wanted.events.size() && std::equal(buffer.begin(), buffer.end(), wanted.events.begin());
    }
    return same && code == wanted.code && t.position() == wanted.position;
}

/// The start of a chunk: what was read before it, byte by byte.
constexpr std::string_view contexts[] = {"",   ",",    "a ",  "a b=c, ", "a b=\"\"", "a b=c,",  "a b=c ", "a, b ",
                                         "a,", "a \t", "a\t", "a b== ",  "a=\"c\",", "a=\"c\"", "b=c , "};

/// All values are read by the byte path, whose outcome is kept, and by every small bulk path.
class comparison {
public:
    comparison(field f, edition e, std::string_view context) : bytes_(f, e, unlimited), start_(bytes_) {
        for (const char& c : context) read(c);
        start_ = bytes_;
        before_ = events_.events;
        position_ = context.size();
    }

    [[nodiscard]] bool viable() const { return code_ == error_code::none; }
    [[nodiscard]] int control() const { return bytes_.control(); }

    /// The byte path goes on.
    void read(const char& c) {
        if (code_ == error_code::none) code_ = bytes_.feed({&c, 1}, events_);
    }
    [[nodiscard]] outcome finished() const {
        tokenizer end = bytes_;
        recorder all = events_;
        const error_code code = code_ == error_code::none ? end.finish(all) : code_;
        outcome o{code, end.position(), {}};
        o.events.assign(all.events.begin() + static_cast<std::ptrdiff_t>(before_.size()), all.events.end());
        return o;
    }

    /// A tokenizer of another bulk path, where the byte path was at the start.
    template <typename Tokenizer>
    [[nodiscard]] static Tokenizer at_start(field f, edition e, std::string_view context) {
        Tokenizer t(f, e, unlimited);
        struct {
            bool on_event(const event&) noexcept { return true; }
        } ignored;
        // Bytes one by one, and steps only: from the context's end on, chunks are read in bulk.
        for (const char& c : context) (void)t.feed({&c, 1}, ignored);
        return t;
    }

private:
    struct recorder {
        std::vector<event> events;
        bool on_event(const event& e) noexcept {
            events.push_back(e);
            return true;
        }
    };
    tokenizer bytes_;
    tokenizer start_;
    recorder events_;
    std::vector<event> before_;
    std::size_t position_ = 0;
    error_code code_ = error_code::none;
};

struct case_of {
    field f;
    edition e;
    std::string_view context;
};

std::vector<case_of> cases() {
    std::vector<case_of> all;
    for (const field f : one_of_each_kind) {
        for (const edition e : all_editions) {
            for (const std::string_view context : contexts) {
                if (comparison(f, e, context).viable()) all.push_back({f, e, context});
            }
        }
    }
    return all;
}

std::string shown(const case_of& c, std::string_view value) {
    return std::string(name_of(c.f)) + " in " + std::string(name_of(c.e)) + ": " +
           testing::PrintToString(std::string(c.context)) + " then " + testing::PrintToString(std::string(value));
}

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

template <typename T>
class p7_bulk : public testing::Test {};

/// With effort 1, one of `Cases` cases is tried at every border.
template <const kernel_table& Kernels, std::size_t Width, std::size_t First, std::size_t Next, std::size_t Cases>
struct small {
    static constexpr const kernel_table& kernels = Kernels;
    static constexpr std::size_t width = Width;
    static constexpr std::size_t first = First;
    static constexpr std::size_t next = Next;
    static std::size_t one_of_cases() { return std::max(std::size_t{1}, Cases / effort()); }
    using tokenizer = bulk_tokenizer<Kernels>;
    static std::string name() {
        return "blocks of " + std::to_string(Width) + ", steps of " + std::to_string(First) + " and " +
               std::to_string(Next) + " bytes";
    }
};
using all_small = testing::Types<small<small_kernels_4_4_4, 4, 4, 4, 1>, small<small_kernels_4_8_12, 4, 8, 12, 7>,
                                 small<small_kernels_8_8_8, 8, 8, 8, 2>, small<small_kernels_8_16_24, 8, 16, 24, 23>>;
TYPED_TEST_SUITE(p7_bulk, all_small);

// Runs: every string of members and others of a set, over more than two strides.
TYPED_TEST(p7_bulk, runs) {
    for (unsigned set = 0; set < detail::run_sets; ++set) {
        std::string members;
        std::string others;
        for (const char c : representatives) {
            const int kind = detail::ag_class_of[static_cast<unsigned char>(c)];
            (detail::in_set(set, kind) ? members : others) += c;
        }
        for (std::size_t n = 0; n <= 5 * TypeParam::width; ++n) {
            // A run ends at its first stranger: what is behind it is every mixture in turn.
            for (std::size_t stranger = 0; stranger <= n; ++stranger) {
                for (std::size_t behind = 0; behind < 64; ++behind) {
                    std::string text;
                    for (std::size_t i = 0; i < n; ++i) {
                        const bool member = i < stranger || (i > stranger && (behind >> (i - stranger) % 6 & 1) != 0);
                        text += member ? members[i % members.size()] : others[(i + behind) % others.size()];
                    }
                    ASSERT_EQ(TypeParam::kernels.run_length[set](text.data(), n), stranger) << set << " " << n;
                }
            }
        }
    }
}

// The inside of quoted-strings: every string over the four classes that matter to its end.
TYPED_TEST(p7_bulk, quoted_runs) {
    constexpr std::string_view alphabet("\0\"\\a", 4);
    std::size_t texts = 0;
    const std::size_t longest = TypeParam::width + 5;
    for (std::size_t n = 0; n <= longest; ++n) {
        for (std::size_t number = 0; number < std::size_t{1} << 2 * n; ++number) {
            std::string text;
            for (std::size_t i = 0; i < n; ++i) text += alphabet[number >> 2 * i & 3];
            for (const bool before : {false, true}) {
                bool escaped = before;
                std::size_t right = 0;
                for (; right < n; ++right) {
                    if (text[right] == '\0' || (text[right] == '"' && !escaped)) break;
                    escaped = text[right] == '\\' && !escaped;
                }
                bool found = before;
                ASSERT_EQ(TypeParam::kernels.quoted_length(text.data(), n, found), right)
                    << testing::PrintToString(text) << before;
                ASSERT_EQ(found, escaped) << testing::PrintToString(text) << before;
                ++texts;
            }
        }
    }
    EXPECT_GT(texts, std::size_t{1} << longest);
}

/// Every viable string up to some length, with every byte after it: in one chunk, and in two cut anywhere.
template <typename Small>
class every_string {
public:
    explicit every_string(case_of c)
        : case_(c), start_(comparison::at_start<typename Small::tokenizer>(c.f, c.e, c.context)) {}

    void run() {
        std::string value;
        // As long as there is time for it.
        for (std::size_t length = 1;; ++length) {
            nodes_ = 0;
            count(comparison(case_.f, case_.e, case_.context), value, length);
            if (length_ != 0 && nodes_ > nodes_each * effort()) break;
            length_ = length;
        }
        value.clear();
        visit(comparison(case_.f, case_.e, case_.context), value, length_);
    }
    std::size_t strings = 0;
    std::size_t readings = 0;
    std::size_t length_ = 0;

private:
    void count(const comparison& at, std::string& value, std::size_t length) {
        if (++nodes_ > nodes_each * effort() || !at.viable() || length == 0) return;
        for (const char& c : representatives) {
            comparison next = at;
            next.read(c);
            if (next.viable()) count(next, value, length - 1);
        }
    }
    void visit(const comparison& at, std::string& value, std::size_t length) {
        check(at, value);
        if (!at.viable() || length == 0 || testing::Test::HasFatalFailure()) return;
        for (const char& c : representatives) {
            comparison next = at;
            next.read(c);
            value.push_back(c);
            visit(next, value, length - 1);
            value.pop_back();
        }
    }
    void check(const comparison& at, const std::string& value) {
        ++strings;
        const outcome wanted = at.finished();
        const std::string_view whole(value);
        for (std::size_t cut = 0; cut < value.size() || cut == 0; ++cut) {
            const std::vector<std::string_view> chunks{whole.substr(0, cut), whole.substr(cut)};
            const bool same = agrees(start_, chunks, wanted, cut % 2 == 0 ? most_events : callbacks);
            ++readings;
            ASSERT_TRUE(same) << shown(case_, value) << " cut at " << cut;
        }
        // With room for what there is and no more.
        if (!wanted.events.empty()) {
            ASSERT_TRUE(agrees(start_, {whole}, wanted, wanted.events.size())) << shown(case_, value);
        }
    }

    case_of case_;
    typename Small::tokenizer start_;
    std::size_t nodes_ = 0;
};

TYPED_TEST(p7_bulk, every_short_string) {
    const auto start = std::chrono::steady_clock::now();
    std::size_t strings = 0;
    std::size_t readings = 0;
    std::size_t shortest = static_cast<std::size_t>(-1);
    std::size_t longest = 0;
    for (const case_of& c : cases()) {
        every_string<TypeParam> every(c);
        every.run();
        if (this->HasFatalFailure()) return;
        strings += every.strings;
        readings += every.readings;
        shortest = std::min(shortest, every.length_);
        longest = std::max(longest, every.length_);
    }
    std::printf(
        "P7 bulk = bytes, %s: every viable string of up to %zu to %zu bytes and a byte more, %zu strings, %zu "
        "readings, %.1f s\n",
        TypeParam::name().c_str(), shortest, longest, strings, readings, seconds_since(start));
}

/// For every control of the tokenizer, every place in the blocks, up to two steps of the index after the first, and every
/// number of bytes for which the control has stayed the same, up to a step: a string that leads there, with every byte
/// after it, and near a border every two. `order` is that in which bytes are tried, so that other strings are found.
template <typename Small>
class every_border {
public:
    every_border(case_of c, std::string_view order)
        : case_(c), order_(order), start_(comparison::at_start<typename Small::tokenizer>(c.f, c.e, c.context)) {}

    void run() {
        constexpr std::size_t longest_stay = Small::next + Small::width + 1;
        using control_and_stay = std::pair<int, std::size_t>;
        std::map<control_and_stay, std::string> now{{{comparison(case_.f, case_.e, case_.context).control(), 0}, ""}};
        for (std::size_t place = 0; place <= Small::first + 2 * Small::next + 1; ++place) {
            std::map<control_and_stay, std::string> after;
            for (const auto& [at_control, value] : now) {
                ++borders;
                const auto [control, stay] = at_control;
                const comparison at = reached(value);
                check_all(at, value, near_border(place) && stay < 2 ? 2 : 1);
                if (testing::Test::HasFatalFailure()) return;
                for (const char& c : order_) {
                    comparison next = at;
                    next.read(c);
                    if (!next.viable()) continue;
                    const std::size_t stayed = next.control() == control ? std::min(stay + 1, longest_stay) : 0;
                    after.emplace(control_and_stay(next.control(), stayed), value + c);
                }
            }
            now = std::move(after);
        }
    }
    std::size_t borders = 0;
    std::size_t readings = 0;

private:
    [[nodiscard]] static bool near_border(std::size_t place) {
        return place % Small::width < 2 || place % Small::width + 2 >= Small::width;
    }
    [[nodiscard]] comparison reached(const std::string& value) const {
        comparison at(case_.f, case_.e, case_.context);
        for (const char& c : value) at.read(c);
        return at;
    }
    void check_all(const comparison& at, const std::string& value, int more) {
        const outcome wanted = at.finished();
        const std::string_view whole(value);
        ++readings;
        ASSERT_TRUE(agrees(start_, {whole}, wanted, most_events)) << shown(case_, value);
        const std::size_t cut = readings % (value.size() + 1);
        ++readings;
        ASSERT_TRUE(agrees(start_, {whole.substr(0, cut), whole.substr(cut)}, wanted, callbacks))
            << shown(case_, value) << " cut at " << cut;
        if (more == 0 || !at.viable()) return;
        for (const char& c : representatives) {
            comparison next = at;
            next.read(c);
            check_all(next, value + c, more - 1);
            if (testing::Test::HasFatalFailure()) return;
        }
    }

    case_of case_;
    std::string_view order_;
    typename Small::tokenizer start_;
};

TYPED_TEST(p7_bulk, every_control_at_every_border) {
    const auto start = std::chrono::steady_clock::now();
    constexpr std::string_view other_orders[] = {
        std::string_view("a =\",\\/!(\t\0", 11), std::string_view("\\\"!,\t= (a/\0", 11),
        std::string_view(", =a\"\t!/(\\\0", 11), std::string_view("=/!a,\"\\( \t\0", 11)};
    std::size_t borders = 0;
    std::size_t readings = 0;
    const std::vector<case_of> all = cases();
    for (std::size_t i = 0; i < all.size(); i += TypeParam::one_of_cases()) {
        for (std::size_t order = 0; order < std::min(std::size(other_orders), effort()); ++order) {
            every_border<TypeParam> every(all[i], other_orders[(i + order) % std::size(other_orders)]);
            every.run();
            if (this->HasFatalFailure()) return;
            borders += every.borders;
            readings += every.readings;
        }
    }
    std::printf(
        "P7 bulk = bytes, %s: %zu times a control at a place for some bytes, and every one or two bytes after it, %zu "
        "readings, %.1f "
        "s\n",
        TypeParam::name().c_str(), borders, readings, seconds_since(start));
}

}  // namespace
