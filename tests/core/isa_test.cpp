// Every instruction set's path against the byte path, which proof P5 ties to the ABNF: the same events, code and
// offset on exhaustive short strings in many surroundings, on long values at every alignment and split, and wherever
// the consumer stops.

#include <authgrammar/authgrammar.hpp>
#include <authgrammar/isa.hpp>

#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "../parse_of_kind.hpp"

namespace {

using namespace authgrammar;

#ifdef AUTHGRAMMAR_SLOW_BUILD
constexpr std::size_t longest = 3;
constexpr int random_values = 300;
#else
constexpr std::size_t longest = 4;
constexpr int random_values = 3000;
#endif

constexpr limits unlimited = limits::none();

struct outcome {
    error_code code = error_code::none;
    std::uint64_t offset = 0;
    std::vector<event> events;
    bool on_event(const event& e) noexcept {
        events.push_back(e);
        return true;
    }
    friend bool operator==(const outcome& a, const outcome& b) {
        return a.code == b.code && a.offset == b.offset && a.events == b.events;
    }
};

/// Feeds `value` in two pieces, cut at `cut`, or byte by byte.
constexpr std::size_t every_byte = static_cast<std::size_t>(-1);
outcome read(field f, edition e, std::string_view value, std::size_t cut, const limits& bounds = unlimited) {
    outcome o;
    tokenizer t(f, e, bounds);
    if (cut == every_byte) {
        for (const char& c : value) {
            if ((o.code = t.feed({&c, 1}, o)) != error_code::none) break;
        }
    } else {
        o.code = t.feed(value.substr(0, cut), o);
        if (o.code == error_code::none) o.code = t.feed(value.substr(cut), o);
    }
    if (o.code == error_code::none) o.code = t.finish(o);
    o.offset = t.position();
    return o;
}

outcome by_bytes(field f, edition e, std::string_view value, const limits& bounds = unlimited) {
    return read(f, e, value, every_byte, bounds);
}

constexpr field one_of_each_kind[] = {field::www_authenticate, field::authorization, field::authentication_info};
constexpr std::string_view representatives("\0\t \",/=\\a!@", 11);

class isa_path : public testing::TestWithParam<isa> {
protected:
    void SetUp() override {
        if (!force_isa(GetParam())) GTEST_SKIP() << name_of(GetParam()) << " is not on this machine";
    }
    void TearDown() override { EXPECT_TRUE(force_isa(best_)); }

private:
    isa best_ = active_isa();
};

std::string shown(std::string_view value) { return testing::PrintToString(std::string(value)); }

#if AUTHGRAMMAR_IS_X86_64
TEST(isa, is_available_where_the_compiler_says_so) {
    __builtin_cpu_init();
    const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                      __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt") &&
                      __builtin_cpu_supports("pclmul");
    const bool avx512 = avx2 && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi") &&
                        __builtin_cpu_supports("avx512vbmi2");
    EXPECT_EQ(detail::cpu_features().avx2(), avx2);
    EXPECT_EQ(detail::cpu_features().avx512(), avx512);
}

// A processor, or a system that saves too few registers, may lack any one of them (Intel's manual, volume 2A, CPUID;
// volume 1, 13.2 and 14.3).
TEST(isa, needs_every_feature) {
    struct feature {
        unsigned detail::cpu_features::*where;
        unsigned bit;
        bool avx2;  // or only AVX-512
    };
    using cpu = detail::cpu_features;
    constexpr feature needed[] = {
        {&cpu::leaf1_ecx, 1, true},   {&cpu::leaf1_ecx, 23, true}, {&cpu::leaf1_ecx, 28, true},
        {&cpu::leaf7_ebx, 3, true},   {&cpu::leaf7_ebx, 5, true},  {&cpu::leaf7_ebx, 8, true},
        {&cpu::saved, 1, true},       {&cpu::saved, 2, true},      {&cpu::leaf7_ebx, 16, false},
        {&cpu::leaf7_ebx, 30, false}, {&cpu::leaf7_ecx, 1, false}, {&cpu::leaf7_ecx, 6, false},
        {&cpu::saved, 5, false},      {&cpu::saved, 6, false},     {&cpu::saved, 7, false}};
    cpu all;
    all.leaf1_ecx = all.leaf7_ebx = all.leaf7_ecx = all.saved = 0;
    EXPECT_FALSE(all.avx2() || all.avx512());
    for (const feature& f : needed) all.*f.where |= 1u << f.bit;
    EXPECT_TRUE(all.avx2() && all.avx512());
    for (const feature& f : needed) {
        cpu lacking = all;
        lacking.*f.where &= ~(1u << f.bit);
        EXPECT_EQ(lacking.avx2(), !f.avx2) << f.bit;
        EXPECT_FALSE(lacking.avx512()) << f.bit;
    }
}
#endif

TEST_P(isa_path, exhaustive_short_strings_in_surroundings) {
    // A path that looks at blocks needs company to come to life: before, behind, and on both sides of a border.
    const std::string far(60, 'x');
    const std::vector<std::pair<std::string, std::string>> surroundings{
        {"", "                "},
        {"", ", aaaaaaaaaaaaaaaa"},
        {"Aaaaaaaaaaaaaaaaaaa", ""},
        {"Aaaaaaaaaaaaaaa ", ", c=d, e=\"f\""},
        {"Aaaaaaaa a=b, ", ", c=d, e=\"f\""},
        {"Aaaaaaaa a=\"b", "\", c=d, e=\"f\", G h"},
        {"a=\"aaaaaaaaaaaa\", ", "=\"b\""},
        {"Aa a=\"" + far.substr(0, 54), "\", b=c, D"},
        {"Aa " + far, "aaaa/aaaaaaaaaaaaaaaaaaaaaaaaaaaaa=="}};
    std::vector<std::string> strings{""};
    for (std::size_t from = 0, length = 1; length <= longest; ++length) {
        const std::size_t to = strings.size();
        for (; from < to; ++from) {
            for (const char c : representatives) strings.push_back(strings[from] + c);
        }
    }
    std::size_t values = 0;
    for (const edition e : all_editions) {
        for (const field f : one_of_each_kind) {
            for (const auto& [before, behind] : surroundings) {
                for (const std::string& s : strings) {
                    const std::string value = before + s + behind;
                    ++values;
                    ASSERT_TRUE(read(f, e, value, value.size()) == by_bytes(f, e, value))
                        << name_of(f) << " " << name_of(e) << " " << shown(value);
                }
            }
        }
    }
    std::printf("%s: %zu values as by bytes\n", std::string(name_of(GetParam())).c_str(), values);
}

/// Challenges of parameters and token68, most of them in the language, with a rare piece that does not fit.
std::string random_value(std::minstd_rand& random) {
    static constexpr std::string_view odd[] = {"\t",   "=",       "\"",         "\\",   "/",         "\x80",
                                               "\x7f", ",,,,,,,", "          ", "====", "!x",        ", , ,",
                                               " = ",  "a b",     "(",          "~",    "Negotiate", ",a"};
    static constexpr std::string_view schemes[] = {"Digest ", "B  ", "Negotiate, ", "X a==, ", "Y b/c, ", "Z\t, "};
    const auto any = [&random](const auto& list) { return list[random() % std::size(list)]; };
    std::string value(random() % 3 == 0 ? "" : "Digest ");
    for (const std::size_t size = random() % 300; value.size() < size;) {
        if (random() % 60 == 0) value += any(odd);
        if (random() % 9 == 0) value += any(schemes);
        const unsigned longest_name = random() % 9 == 0 ? 70 : 9;
        const std::string name(1 + random() % longest_name, 'n');
        switch (random() % 4) {
            case 0: value += name + "=" + std::string(1 + random() % 20, 'v'); break;
            case 1: value += name + "=\"" + std::string(random() % 90, ' ') + "\""; break;
            case 2: value += name + "=\"" + std::string(random() % 9, '\x90') + "\\\"b\""; break;
            default: value += name + (random() % 5 == 0 ? " =\t\"\"" : "=\"x, y=z\""); break;
        }
        if (random() % 60 != 0) value += random() % 3 == 0 ? "," : random() % 9 == 0 ? " ,\t" : ", ";
    }
    if (random() % 2 == 0) value += "n=v";
    return value;
}

TEST_P(isa_path, long_values_at_every_alignment_and_split) {
    std::minstd_rand random(20261121);
    std::vector<char> room(1024);
    int beyond_a_block = 0;
    for (int n = 0; n < random_values; ++n) {
        const std::string value = random_value(random);
        const edition e = all_editions[random() % 3];
        const field f = one_of_each_kind[random() % 3];
        const outcome wanted = by_bytes(f, e, value);
        if (wanted.offset > 64) ++beyond_a_block;
        for (std::size_t alignment = 0; alignment < 64; alignment += 1 + random() % 9) {
            std::memcpy(room.data() + alignment, value.data(), value.size());
            const std::string_view there(room.data() + alignment, value.size());
            ASSERT_TRUE(read(f, e, there, there.size()) == wanted)
                << name_of(f) << " " << name_of(e) << " " << shown(value);
        }
        for (std::size_t cut = 0; cut <= value.size(); ++cut) {
            ASSERT_TRUE(read(f, e, value, cut) == wanted)
                << name_of(f) << " " << name_of(e) << " cut at " << cut << " " << shown(value);
        }
    }
    EXPECT_GT(beyond_a_block, random_values / 5);
}

TEST_P(isa_path, limits_are_the_same) {
    std::minstd_rand random(42);
    for (int n = 0; n < random_values; ++n) {
        const std::string value = random_value(random);
        limits bounds = unlimited;
        bounds.total_bytes = random() % 4 == 0 ? static_cast<std::uint32_t>(random() % 300) : bounds.total_bytes;
        bounds.name_length = random() % 2 == 0 ? static_cast<std::uint32_t>(random() % 40) : bounds.name_length;
        bounds.value_length = random() % 2 == 0 ? static_cast<std::uint32_t>(random() % 80) : bounds.value_length;
        if (random() % 2 == 0) bounds.challenges = static_cast<std::uint32_t>(random() % 4);
        if (random() % 2 == 0) bounds.params = static_cast<std::uint32_t>(random() % 5);
        if (random() % 2 == 0) bounds.empty_elements = static_cast<std::uint32_t>(random() % 5);
        const edition e = all_editions[random() % 3];
        const field f = one_of_each_kind[random() % 3];
        const outcome wanted = by_bytes(f, e, value, bounds);
        for (std::size_t cut = 0; cut <= value.size(); cut += 1 + random() % 5) {
            const outcome found = read(f, e, value, cut, bounds);
            ASSERT_TRUE(found == wanted) << name_of(f) << " " << name_of(e) << " cut at " << cut << " " << shown(value)
                                         << "\n"
                                         << name_of(found.code) << " at " << found.offset << ", not "
                                         << name_of(wanted.code) << " at " << wanted.offset << "; limits "
                                         << bounds.total_bytes << " " << bounds.name_length << " "
                                         << bounds.value_length << " " << bounds.challenges << " " << bounds.params;
        }
    }
}

/// Stops at event number `stop`, or takes all.
struct stopping {
    std::size_t stop;
    std::vector<event> events{};
    bool on_event(const event& e) noexcept {
        if (events.size() == stop) return false;
        events.push_back(e);
        return true;
    }
};

template <typename Consumer>
error_code feed_cut(tokenizer& t, std::string_view value, std::size_t cut, Consumer& consumer) {
    error_code code = t.feed(value.substr(0, cut), consumer);
    if (code == error_code::none) code = t.feed(value.substr(cut), consumer);
    return code == error_code::none ? t.finish(consumer) : code;
}

TEST_P(isa_path, stops_at_the_same_place) {
    std::minstd_rand random(7617);
    for (int n = 0; n < random_values / 10; ++n) {
        const std::string value = random_value(random);
        const edition e = all_editions[random() % 3];
        const field f = one_of_each_kind[random() % 3];
        const std::size_t events = by_bytes(f, e, value).events.size();
        for (std::size_t stop = 0; stop <= events; ++stop) {
            tokenizer bytes(f, e);
            stopping right{stop};
            error_code wanted = error_code::none;
            for (std::size_t i = 0; i < value.size() && wanted == error_code::none; ++i) {
                wanted = bytes.feed({&value[i], 1}, right);
            }
            if (wanted == error_code::none) wanted = bytes.finish(right);

            const std::size_t cut = random() % 2 == 0 ? value.size() : random() % (value.size() + 1);
            tokenizer t(f, e);
            stopping found{stop};
            ASSERT_EQ(feed_cut(t, value, cut, found), wanted) << shown(value);
            ASSERT_EQ(t.position(), bytes.position()) << shown(value);
            ASSERT_TRUE(found.events == right.events) << shown(value);

            // A buffer with so much room and no more.
            std::vector<event> room(stop + 1);
            event_buffer buffer(room.data(), stop);
            tokenizer into(f, e);
            ASSERT_EQ(feed_cut(into, value, cut, buffer), wanted) << shown(value);
            ASSERT_EQ(into.position(), bytes.position()) << shown(value);
            ASSERT_TRUE(std::vector<event>(buffer.begin(), buffer.end()) == right.events) << shown(value);
            ASSERT_EQ(buffer.full(), wanted == error_code::stopped) << shown(value);
            ASSERT_TRUE(room[stop] == event{}) << "written behind the end";
        }
    }
}

/// parse_challenges and its sisters, which read at once and straight into the buffer.
outcome parsed(field f, edition e, std::string_view value, std::size_t capacity, const limits& bounds) {
    std::vector<event> room(capacity + 1);
    event_buffer events(room.data(), capacity);
    const parse_options options{e, bounds};
    const error why = test::parse_of_kind(f, value, events, options);
    outcome o;
    o.code = why.code;
    o.offset = why.code == error_code::none ? value.size() : why.offset;
    o.events.assign(events.begin(), events.end());
    EXPECT_TRUE(room[capacity] == event{}) << "written behind the end";
    return o;
}

TEST_P(isa_path, reading_at_once_is_the_same) {
    std::minstd_rand random(7616);
    std::vector<char> room(1024);
    for (int n = 0; n < random_values; ++n) {
        std::string value = random_value(random);
        if (n % 3 == 0) {
            value =
                "Basic " + std::string(random() % 150, random() % 4 == 0 ? '/' : 'a') + std::string(random() % 4, '=');
            if (random() % 4 == 0) value[random() % value.size()] = representatives[random() % representatives.size()];
        }
        limits bounds = unlimited;
        if (random() % 4 == 0) bounds.total_bytes = static_cast<std::uint32_t>(random() % 200);
        if (random() % 4 == 0) bounds.name_length = static_cast<std::uint32_t>(random() % 20);
        if (random() % 4 == 0) bounds.value_length = static_cast<std::uint32_t>(random() % 100);
        if (random() % 4 == 0) bounds.challenges = static_cast<std::uint32_t>(random() % 4);
        if (random() % 4 == 0) bounds.params = static_cast<std::uint32_t>(random() % 5);
        for (const edition e : all_editions) {
            for (const field f : one_of_each_kind) {
                const std::size_t alignment = random() % 64;
                std::memcpy(room.data() + alignment, value.data(), value.size());
                const std::string_view there(room.data() + alignment, value.size());
                const outcome wanted = by_bytes(f, e, value, bounds);
                ASSERT_TRUE(parsed(f, e, there, wanted.events.size() + random() % 9, bounds) == wanted)
                    << name_of(f) << " " << name_of(e) << " " << shown(value);
            }
        }
    }
}

TEST_P(isa_path, every_byte_at_every_place) {
    const std::string values[] = {"Basic dXNlcjpwYXNzd29yZA==", "Bearer " + std::string(70, 'a') + "/==",
                                  "Digest a=\"bcdefgh\\\"i\", c=defgh, e=\"fghijklmnopqrstuvwxyz0123456789\"",
                                  "Negotiate, A bbbbbbbb==, C d=e, F g=\"" + std::string(40, 'h') + "\", I"};
    for (const field f : one_of_each_kind) {
        for (const std::string& right : values) {
            for (std::size_t at = 0; at < right.size(); ++at) {
                for (int byte = 0; byte < 256; ++byte) {
                    std::string value = right;
                    value[at] = static_cast<char>(byte);
                    const outcome wanted = by_bytes(f, edition::rfc9110_recipient, value);
                    ASSERT_TRUE(read(f, edition::rfc9110_recipient, value, value.size()) == wanted) << shown(value);
                    ASSERT_TRUE(parsed(f, edition::rfc9110_recipient, value, 64, unlimited) == wanted) << shown(value);
                }
            }
        }
    }
}

TEST_P(isa_path, empty_elements_are_counted_anew_behind_a_word) {
    const std::string value = "A b=c,,,D e=f,,, g=\"h\",,,I,,,J,,,K l==,,,M n=o";
    for (std::uint32_t most = 0; most < 4; ++most) {
        limits bounds = unlimited;
        bounds.empty_elements = most;
        for (std::size_t cut = 0; cut <= value.size(); ++cut) {
            ASSERT_TRUE(read(field::www_authenticate, edition::rfc9110_recipient, value, cut, bounds) ==
                        by_bytes(field::www_authenticate, edition::rfc9110_recipient, value, bounds))
                << "limit " << most << ", cut at " << cut;
        }
    }
}

TEST_P(isa_path, every_cut_of_short_strings_in_surroundings) {
    const std::string fill(51, 'x');
    const std::vector<std::pair<std::string, std::string>> surroundings{
        {"Aaaaaaaaaaaaaaa ", ", c=d, e=\"f\""},
        {"Aaaaaaaa a=b, ", ", c=d, e=\"f\""},
        {"Aaaaaaaa a=\"b", "\", c=d, e=\"f\", G h"},
        {"A a=\"" + fill + "\", b=c", ", d=e, F, G hhhhhhhhhhhhhhh"},
        {"Aa " + fill + "xxxxxxx", "aaaa/aaaaaaaaaaaaaaaaaaaaaaaaaaaaa=="}};
    std::vector<char> room(512);
    std::size_t alignment = 0;
    for (const edition e : all_editions) {
        for (const field f : one_of_each_kind) {
            for (const auto& [before, behind] : surroundings) {
                for (std::size_t number = 0; number < 11 * 11 * 11; ++number) {
                    const std::string middle{representatives[number / 121], representatives[number / 11 % 11],
                                             representatives[number % 11]};
                    const std::string value = before + middle + behind;
                    const outcome wanted = by_bytes(f, e, value);
                    alignment = (alignment + 1) % 64;
                    std::memcpy(room.data() + alignment, value.data(), value.size());
                    const std::string_view there(room.data() + alignment, value.size());
                    for (std::size_t cut = before.size() - 1; cut <= before.size() + middle.size() + 1; ++cut) {
                        ASSERT_TRUE(read(f, e, there, cut) == wanted)
                            << name_of(f) << " " << name_of(e) << " cut at " << cut << " " << shown(value);
                    }
                }
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(core, isa_path, testing::ValuesIn(all_isas),
                         [](const auto& of) { return std::string(name_of(of.param)); });

TEST(isa, the_best_is_active) {
    for (const isa i : all_isas) {
        if (is_available(i)) {
            EXPECT_GE(active_isa(), i);
        }
    }
    EXPECT_TRUE(is_available(isa::portable));
    std::printf("active: %s\n", std::string(name_of(active_isa())).c_str());
}

}  // namespace
