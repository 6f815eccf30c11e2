// Proof P7: the bulk paths read what the byte path reads. The templates that the instruction sets share (run, quoted_run,
// structural_index, element_reader, token68) are instantiated with blocks of 4, 8 and 16 bytes and an index that grows by
// a few blocks, so that short strings cross borders of blocks and make the index grow.

#include <authgrammar/edition.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/limits.hpp>
#include <authgrammar/tokenizer.hpp>

#include "bulk/kernels.hpp"
#include "report.hpp"

#include <gtest/gtest.h>

#include <algorithm>
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
extern const detail::kernel_table small_kernels_16_16_16;
#if AUTHGRAMMAR_HAS_NEON_KERNELS
extern const detail::kernel_table small_kernels_16_16_32;  // over one vector of NEON
#endif

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
constexpr std::size_t nodes_each = checked_build ? 300 : 3000;

/// A byte of each class, in the order of the classes.
constexpr std::string_view representatives("\0\t \",/=\\a!(", 11);
constexpr field one_of_each_kind[] = {field::www_authenticate, field::authorization, field::authentication_info};
constexpr limits unlimited = limits::none();

/// Reads every chunk with these kernels, of one byte too, and counts the bytes that are read so from each state.
template <const kernel_table& Kernels>
struct every_chunk {
    static constexpr std::size_t shortest = 1;
    static inline std::size_t bytes_from[detail::AG_STATES]{};
    static inline std::size_t token68s = 0;

    [[nodiscard]] static std::size_t run_length(unsigned set, const char* p, std::size_t n) noexcept {
        return Kernels.run_length[set](p, n);
    }
    [[nodiscard]] static std::size_t quoted_length(const char* p, std::size_t n, bool& escaped) noexcept {
        return Kernels.quoted_length(p, n, escaped);
    }
    static void read_elements(detail::tokenizer_state& s, detail::bulk_chunk& chunk) noexcept {
        const std::size_t from = chunk.at;
        const std::uint8_t state = s.state_;
        Kernels.read_elements(s, chunk);
        bytes_from[state] += chunk.at - from;
    }
    [[nodiscard]] static bool read_scheme_token68(detail::tokenizer_state& s, const char* p, std::size_t n,
                                                  event* out) noexcept {
        const bool read = Kernels.read_scheme_token68(s, p, n, out);
        token68s += read ? 1 : 0;
        return read;
    }
};
template <const kernel_table& Kernels>
using bulk_tokenizer = basic_tokenizer<detail::standard_tables, every_chunk<Kernels>>;

constexpr std::size_t most_events = 160;

/// What a tokenizer has said and where it is: its control is that before the end of the value.
struct outcome {
    error_code code = error_code::none;
    int control = 0;
    std::uint64_t position = 0;
    std::vector<event> events;
};

using chunk_list = std::initializer_list<std::string_view>;

/// False: the control is another than the byte path's after the last chunk.
template <typename Consumer, typename Tokenizer>
bool read_all(Tokenizer& t, chunk_list chunks, const outcome& wanted, error_code& code, Consumer& consumer) {
    for (const std::string_view chunk : chunks) {
        if ((code = t.feed(chunk, consumer)) != error_code::none) return true;
    }
    const bool same = t.control() == wanted.control;
    code = t.finish(consumer);
    return same;
}

/// Whether a tokenizer that reads in bulk ends as the byte path did, and says the same. `room` for events, or callbacks.
constexpr std::size_t callbacks = 0;
template <typename Tokenizer>
bool agrees(Tokenizer t, chunk_list chunks, const outcome& wanted, std::size_t room) {
    error_code code = error_code::none;
    bool same = true;
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
        same = read_all(t, chunks, wanted, code, consumer) && consumer.same && consumer.size == wanted.events.size();
    } else {
        constexpr event untouched{event_kind::challenge_end, true, 7235, 9110};
        constexpr std::size_t behind = 5;
        event memory[most_events + behind];
        std::fill_n(memory + room, behind, untouched);
        event_buffer buffer(memory, room);
        same = read_all(t, chunks, wanted, code, buffer) && buffer.size() == wanted.events.size() &&
               std::equal(buffer.begin(), buffer.end(), wanted.events.begin()) &&
               std::all_of(memory + room, memory + room + behind, [&](const event& e) { return e == untouched; });
    }
    return same && code == wanted.code && t.position() == wanted.position;
}

/// The start of a chunk: what was read before it, byte by byte.
constexpr std::string_view contexts[] = {"",       ",",      "a,",       "a, ",      "a, b ",   "a ",       "a \t",
                                         "a\t",    "a b",    "a b/",     "a b== ",   "a b=c",   "a b=c,",   "a b=c, ",
                                         "a b=c ", "a b=\"", "a b=\"\\", "a b=\"\"", "a=\"c\"", "a=\"c\",", "b=c , "};

/// The byte path, and what it has said of a value behind a context.
class byte_path {
public:
    byte_path(field f, edition e, std::string_view context) : bytes_(f, e, unlimited) {
        for (const char& c : context) read(c);
        before_ = events_.events.size();
    }

    [[nodiscard]] bool viable() const { return code_ == error_code::none; }
    [[nodiscard]] int control() const { return bytes_.control(); }

    /// It goes on.
    void read(const char& c) {
        if (code_ == error_code::none) code_ = bytes_.feed({&c, 1}, events_);
    }
    [[nodiscard]] outcome finished() const {
        tokenizer end = bytes_;
        recorder all = events_;
        const error_code code = code_ == error_code::none ? end.finish(all) : code_;
        outcome o{code, bytes_.control(), end.position(), {}};
        o.events.assign(all.events.begin() + static_cast<std::ptrdiff_t>(before_), all.events.end());
        return o;
    }

    /// A tokenizer of a bulk path, behind the context. Byte by byte, through the same kernels.
    template <typename Tokenizer>
    [[nodiscard]] static Tokenizer at_start(field f, edition e, std::string_view context) {
        Tokenizer t(f, e, unlimited);
        struct {
            bool on_event(const event&) noexcept { return true; }
        } ignored;
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
    recorder events_;
    std::size_t before_ = 0;
    error_code code_ = error_code::none;
};

struct case_of {
    field f;
    edition e;
    std::string_view context;
};

/// One of `one_of` contexts for each field and edition, another for each.
std::vector<case_of> cases(std::size_t one_of) {
    std::vector<case_of> all;
    std::size_t language = 0;
    for (const field f : one_of_each_kind) {
        for (const edition e : all_editions) {
            std::size_t viable = language++;
            for (const std::string_view context : contexts) {
                if (byte_path(f, e, context).viable() && viable++ % one_of == 0) all.push_back({f, e, context});
            }
        }
    }
    return all;
}

std::string shown(const case_of& c, std::string_view value) {
    return std::string(name_of(c.f)) + " in " + std::string(name_of(c.e)) + ": " +
           testing::PrintToString(std::string(c.context)) + " then " + testing::PrintToString(std::string(value));
}

template <typename T>
class p7_bulk : public testing::Test {};

/// With effort 1, one of `Contexts` contexts is tried at every border, up to the index's growth number `Growths`.
template <const kernel_table& Kernels, std::size_t Width, std::size_t First, std::size_t Next, std::size_t Contexts,
          std::size_t Growths>
struct small {
    static constexpr const kernel_table& kernels = Kernels;
    static constexpr std::size_t width = Width;
    static constexpr std::size_t first = First;
    static constexpr std::size_t next = Next;
    static std::size_t one_of_contexts() { return std::max(std::size_t{1}, Contexts / effort()); }
    static std::size_t last_place() { return First + (effort() == 1 ? Growths : 2) * Next + 1; }
    using tokenizer = bulk_tokenizer<Kernels>;
    static std::string name() {
        return "blocks of " + std::to_string(Width) + ", steps of " + std::to_string(First) + " and " +
               std::to_string(Next) + " bytes";
    }
};
using all_small =
    testing::Types<small<small_kernels_4_4_4, 4, 4, 4, 2, 2>, small<small_kernels_4_8_12, 4, 8, 12, 5, 1>,
                   small<small_kernels_8_8_8, 8, 8, 8, 4, 2>, small<small_kernels_8_16_24, 8, 16, 24, 5, 1>,
                   small<small_kernels_16_16_16, 16, 16, 16, 5, 1>
#if AUTHGRAMMAR_HAS_NEON_KERNELS
                   ,
                   small<small_kernels_16_16_32, 16, 16, 32, 5, 1>
#endif
                   >;
struct short_names {
    template <typename Small>
    static std::string GetName(int) {
        return std::to_string(Small::width) + "_" + std::to_string(Small::first) + "_" + std::to_string(Small::next);
    }
};
TYPED_TEST_SUITE(p7_bulk, all_small, short_names);

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

// The inside of quoted-strings: every string over the classes that matter to its end. HTAB is the one byte below SP that
// does not end it.
TYPED_TEST(p7_bulk, quoted_runs) {
    std::size_t texts = 0;
    const std::size_t longest = std::min(TypeParam::width, std::size_t{8}) + 3;
    for (const std::string_view alphabet : {std::string_view("\0\"\\a", 4), std::string_view("\t\"\\a", 4)}) {
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
    }
    EXPECT_GT(texts, std::size_t{1} << longest);
}

/// Every viable string up to some length, with every byte after it: in one chunk, and in two cut anywhere.
template <typename Small>
class every_string {
public:
    explicit every_string(case_of c)
        : case_(c), start_(byte_path::at_start<typename Small::tokenizer>(c.f, c.e, c.context)) {}

    void run() {
        std::string value;
        // As long as there is time for it.
        for (std::size_t length = 1;; ++length) {
            nodes_ = 0;
            count(byte_path(case_.f, case_.e, case_.context), value, length);
            if (length_ != 0 && nodes_ > nodes_each * effort()) break;
            length_ = length;
        }
        value.clear();
        visit(byte_path(case_.f, case_.e, case_.context), value, length_);
    }
    std::size_t strings = 0;
    std::size_t readings = 0;
    std::size_t length_ = 0;

private:
    void count(const byte_path& at, std::string& value, std::size_t length) {
        if (++nodes_ > nodes_each * effort() || !at.viable() || length == 0) return;
        for (const char& c : representatives) {
            byte_path next = at;
            next.read(c);
            if (next.viable()) count(next, value, length - 1);
        }
    }
    void visit(const byte_path& at, std::string& value, std::size_t length) {
        check(at, value);
        if (!at.viable() || length == 0 || testing::Test::HasFatalFailure()) return;
        for (const char& c : representatives) {
            byte_path next = at;
            next.read(c);
            value.push_back(c);
            visit(next, value, length - 1);
            value.pop_back();
        }
    }
    void check(const byte_path& at, const std::string& value) {
        ++strings;
        const outcome wanted = at.finished();
        const std::string_view whole(value);
        for (std::size_t cut = 0; cut < value.size() || cut == 0; ++cut) {
            for (const std::size_t room : {most_events, callbacks}) {
                const bool same = agrees(start_, {whole.substr(0, cut), whole.substr(cut)}, wanted, room);
                ++readings;
                ASSERT_TRUE(same) << shown(case_, value) << " cut at " << cut;
            }
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
    const stopwatch watch;
    std::size_t strings = 0;
    std::size_t readings = 0;
    std::size_t shortest = static_cast<std::size_t>(-1);
    std::size_t longest = 0;
    for (const case_of& c : cases(1)) {
        every_string<TypeParam> every(c);
        every.run();
        if (this->HasFatalFailure()) return;
        strings += every.strings;
        readings += every.readings;
        shortest = std::min(shortest, every.length_);
        longest = std::max(longest, every.length_);
    }
    std::printf(
        "P7 bulk = bytes, %s: every string of up to %zu to %zu bytes of which only the last may be wrong, %zu strings, "
        "%zu "
        "readings, %.1f s\n",
        TypeParam::name().c_str(), shortest, longest, strings, readings, watch.seconds());
}

/// For every control of the tokenizer, every place in the blocks, up to two steps of the index after the first, and every
/// number of bytes for which the control has stayed the same, up to a step: a string that leads there, with every byte
/// after it, and near a border every two. `order` is that in which bytes are tried, so that other strings are found.
template <typename Small>
class every_border {
public:
    every_border(case_of c, std::string_view order)
        : case_(c), order_(order), start_(byte_path::at_start<typename Small::tokenizer>(c.f, c.e, c.context)) {}

    void run() {
        constexpr std::size_t longest_stay = Small::next + Small::width + 1;
        using control_and_stay = std::pair<int, std::size_t>;
        std::map<control_and_stay, std::string> now{{{byte_path(case_.f, case_.e, case_.context).control(), 0}, ""}};
        for (std::size_t place = 0; place <= Small::last_place(); ++place) {
            std::map<control_and_stay, std::string> after;
            for (const auto& [at_control, value] : now) {
                ++borders;
                const auto [control, stay] = at_control;
                const byte_path at = reached(value);
                check_all(at, value, value.size(), near_border(place) && stay < 2 ? 2 : 1);
                if (testing::Test::HasFatalFailure()) return;
                for (const char& c : order_) {
                    byte_path next = at;
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
    [[nodiscard]] byte_path reached(const std::string& value) const {
        byte_path at(case_.f, case_.e, case_.context);
        for (const char& c : value) at.read(c);
        return at;
    }
    /// `reached` bytes lead to the control that is looked at.
    void check_all(const byte_path& at, const std::string& value, std::size_t reached, int more) {
        const outcome wanted = at.finished();
        const std::string_view whole(value);
        const auto expect = [&](std::size_t cut, std::size_t room) {
            ++readings;
            ASSERT_TRUE(agrees(start_, {whole.substr(0, cut), whole.substr(cut)}, wanted, room))
                << shown(case_, value) << " cut at " << cut;
        };
        const bool odd = ++values_ % 2 != 0;
        expect(0, odd ? most_events : callbacks);
        expect(reached, odd ? callbacks : most_events);
        if (effort() == 1) return more_bytes(at, value, reached, more);
        for (const std::size_t room : {most_events, callbacks}) {
            for (std::size_t cut = 0; cut <= value.size(); ++cut) expect(cut, room);
        }
        more_bytes(at, value, reached, more);
    }
    void more_bytes(const byte_path& at, const std::string& value, std::size_t reached, int more) {
        if (more == 0 || !at.viable()) return;
        for (const char& c : representatives) {
            byte_path next = at;
            next.read(c);
            check_all(next, value + c, reached, more - 1);
            if (testing::Test::HasFatalFailure()) return;
        }
    }

    case_of case_;
    std::size_t values_ = 0;
    std::string_view order_;
    typename Small::tokenizer start_;
};

TYPED_TEST(p7_bulk, every_control_at_every_border) {
    const stopwatch watch;
    constexpr std::string_view other_orders[] = {
        std::string_view("a =\",\\/!(\t\0", 11), std::string_view("\\\"!,\t= (a/\0", 11),
        std::string_view(", =a\"\t!/(\\\0", 11), std::string_view("=/!a,\"\\( \t\0", 11)};
    std::size_t borders = 0;
    std::size_t readings = 0;
    const std::vector<case_of> all = cases(TypeParam::one_of_contexts());
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t order = 0; order < std::min(std::size(other_orders), effort()); ++order) {
            every_border<TypeParam> every(all[i], other_orders[(i + order) % std::size(other_orders)]);
            every.run();
            if (this->HasFatalFailure()) return;
            borders += every.borders;
            readings += every.readings;
        }
    }
    // All of it would be the byte path's own doing if nothing was read in bulk.
    using bulk = every_chunk<TypeParam::kernels>;
    for (int state = 0; state < detail::AG_STATES; ++state) {
        EXPECT_EQ(bulk::bytes_from[state] != 0, detail::standard_tables::of.element_starts.of[state]) << state;
    }
    EXPECT_GT(bulk::token68s, 0U);
    std::printf(
        "P7 bulk = bytes, %s: %zu times a control at a place for some bytes, and every one or two bytes after it, %zu "
        "readings, %.1f "
        "s\n",
        TypeParam::name().c_str(), borders, readings, watch.seconds());
}

/// Credentials of a scheme and a token68, and what is nearly that: what is read without a tokenizer, and with one at once.
TYPED_TEST(p7_bulk, scheme_and_token68) {
    std::size_t read = 0;
    std::size_t left = 0;
    const std::size_t longest = 3 * TypeParam::width + 2;
    const auto check = [&](std::string_view value) {
        byte_path bytes(field::authorization, edition::rfc9110_recipient, "");
        for (const char& c : value) bytes.read(c);
        const outcome wanted = bytes.finished();
        event events[8];
        if (TypeParam::kernels.read_token68_value(value.data(), value.size(), events)) {
            ++read;
            ASSERT_EQ(wanted.code, error_code::none) << testing::PrintToString(std::string(value));
            ASSERT_TRUE(std::equal(wanted.events.begin(), wanted.events.end(), events, events + 4))
                << testing::PrintToString(std::string(value));
        } else {
            ++left;
        }
        using bulk = typename TypeParam::tokenizer;
        const bulk fresh(field::authorization, edition::rfc9110_recipient, unlimited);
        ASSERT_TRUE(agrees(fresh, {value}, wanted, most_events)) << testing::PrintToString(std::string(value));
    };
    for (std::size_t scheme = 0; scheme <= TypeParam::width + 1; ++scheme) {
        for (const std::size_t spaces : {0U, 1U, 2U, 5U}) {
            for (std::size_t length = 0; scheme + spaces + length <= longest; ++length) {
                for (const std::size_t equals : {0U, 1U, 2U, 3U, 8U, 9U}) {
                    std::string value = std::string(scheme, 's') + std::string(spaces, ' ');
                    for (std::size_t i = 0; i < length; ++i) value += i % 5 == 4 && length % 2 == 0 ? '/' : 'a';
                    value.append(equals, '=');
                    if (value.empty()) continue;
                    check(value);
                    if (this->HasFatalFailure()) return;
                    // One byte of another class, at a place that differs from value to value.
                    const std::size_t place = (7 * length + 3 * scheme + equals) % value.size();
                    for (const char c : representatives) {
                        std::string with = value;
                        with[place] = c;
                        check(with);
                        if (this->HasFatalFailure()) return;
                    }
                }
            }
        }
    }
    EXPECT_GT(read, 100U);
    EXPECT_GT(left, read);
}

}  // namespace
