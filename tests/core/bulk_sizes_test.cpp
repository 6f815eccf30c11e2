// The bulk paths at their real sizes, every instruction set against the byte path: what proof P7 shows with small blocks,
// swept over the borders of 64-byte blocks and over the steps by which the index of an instruction set grows (128 bytes,
// then 512 at a time).

#include <authgrammar/isa.hpp>

#include "../parse_of_kind.hpp"
#include "support.hpp"

#include <algorithm>
#include <optional>
#include <random>

namespace {

using namespace authgrammar;
using namespace authgrammar::test;

constexpr limits unlimited = limits::none();

/// What a reading says, from outside.
struct outcome {
    error_code code = error_code::none;
    std::uint64_t offset = 0;
    std::vector<event> events{};
    friend bool operator==(const outcome& a, const outcome& b) {
        return a.code == b.code && a.offset == b.offset && a.events == b.events;
    }
};
void PrintTo(const outcome& o, std::ostream* out) {
    *out << name_of(o.code) << " at " << o.offset << " after";
    for (const event& e : o.events) {
        *out << " ";
        PrintTo(e, out);
    }
}

outcome by_bytes(field f, std::string_view value, edition e = r9110, const limits& bounds = unlimited) {
    recorder r;
    tokenizer t(f, e, bounds);
    error_code code = error_code::none;
    for (const char& c : value) {
        if ((code = t.feed({&c, 1}, r)) != error_code::none) break;
    }
    if (code == error_code::none) code = t.finish(r);
    return {code, t.position(), std::move(r.events)};
}

/// Memory for events that are written over between two readings.
class events_in {
public:
    event_buffer& of(std::size_t capacity) {
        memory_.assign(capacity + 2, untouched);
        buffer_.emplace(memory_.data(), capacity);
        return *buffer_;
    }
    [[nodiscard]] bool nothing_behind() const {
        return std::all_of(memory_.begin() + static_cast<std::ptrdiff_t>(buffer_->capacity()), memory_.end(),
                           [](const event& e) { return e == untouched; });
    }

private:
    static constexpr event untouched{event_kind::challenge_end, true, 7235, 9110};
    std::vector<event> memory_;
    std::optional<event_buffer> buffer_;
};

outcome parsed(field f, const field_value& value, event_buffer& events, edition e = r9110,
               const limits& bounds = unlimited) {
    const parse_options options{e, bounds};
    const error why = parse_of_kind(f, value, events, options);
    outcome o{why.code, why.code == error_code::none ? value.size() : why.offset, {}};
    o.events.assign(events.begin(), events.end());
    return o;
}

std::vector<isa> isas_here() {
    std::vector<isa> here;
    std::copy_if(all_isas.begin(), all_isas.end(), std::back_inserter(here), is_available);
    return here;
}

class bulk_sizes : public testing::Test {
protected:
    ~bulk_sizes() override { EXPECT_TRUE(force_isa(best_)); }

    /// Every instruction set reads the value as the byte path does: as a chunk, and at once.
    void expect_same(field f, std::string_view value, edition e = r9110) {
        const outcome wanted = by_bytes(f, value, e);
        for (const isa i : here_) {
            ASSERT_TRUE(force_isa(i));
            ++readings;
            ASSERT_EQ(parsed(f, value, memory_.of(wanted.events.size() + readings % 9), e), wanted)
                << name_of(i) << " " << shown(f, e, value);
            ASSERT_TRUE(memory_.nothing_behind()) << name_of(i) << " " << shown(f, e, value);
            recorder r;
            tokenizer t(f, e, unlimited);
            error_code code = t.feed(value, r);
            if (code == error_code::none) code = t.finish(r);
            ASSERT_EQ((outcome{code, t.position(), std::move(r.events)}), wanted)
                << name_of(i) << " " << shown(f, e, value);
        }
    }

    std::size_t readings = 0;
    const std::vector<isa> here_ = isas_here();
    events_in memory_;

private:
    isa best_ = active_isa();
};

// A border at 128 on either side of what may be passed without a look ("=" DQUOTE, DQUOTE "," SP), and behind it a run
// without any place, up to and past the next steps of the index.
TEST_F(bulk_sizes, sparse_runs_behind_every_border) {
    constexpr std::string_view ends[] = {"\", c=d", "\",c=\"d\"", "\" , c=d", "\"", "\\\", \", e=f", "\"\t,,", "\"x"};
    std::size_t values = 0;
    for (std::size_t border = 120; border <= 136; ++border) {
        std::string value = "A " + std::string(border - 2, 'n') + "=\"";
        const std::size_t from = value.size();
        for (std::size_t run = 500; run <= 1200; ++run) {
            value.resize(from);
            value.append(run, 'x');
            const std::string_view end = ends[(run + border) % std::size(ends)];
            value += end;
            expect_same(field::www_authenticate, value);
            if (HasFatalFailure()) return;
            // The same run as a token, and as a name.
            std::string token = "A b=c, " + std::string(border - 8, 'n') + "=" + std::string(run, 'v') + ",c=d, E";
            expect_same(field::www_authenticate, token);
            token = "A " + std::string(border - 3, '1') + ", B " + std::string(run, 'n') + " =\"\", F g==";
            expect_same(field::www_authenticate, token);
            values += 3;
            if (HasFatalFailure()) return;
        }
    }
    EXPECT_EQ(values, 17U * 701 * 3);
}

// The index of a block may be full.
TEST_F(bulk_sizes, dense_blocks) {
    for (std::size_t before = 0; before <= 130; ++before) {
        const std::string head = "A b=" + std::string(before + 1, 'c');
        for (const std::string_view dense : {",", " ,", ",\t", "!", "/", "=", "\"\"", ",=", ", d=\"\"", ",d=e"}) {
            std::string value = head + ",";
            while (value.size() < head.size() + 700) value += dense;
            expect_same(field::www_authenticate, value);
            expect_same(field::www_authenticate, value + "z=y, D");
            expect_same(field::authentication_info, value.substr(2));
            if (HasFatalFailure()) return;
        }
    }
}

// RFC 9110 says nothing of lengths: a stranger at every place of a run of up to 600.
TEST_F(bulk_sizes, a_stranger_at_every_place) {
    for (const isa i : here_) {
        ASSERT_TRUE(force_isa(i));
        for (unsigned set = 0; set < detail::run_sets; ++set) {
            std::string members;
            std::string others;
            for (const char c : class_representatives) {
                (detail::in_set(set, detail::ag_class_of[static_cast<unsigned char>(c)]) ? members : others) += c;
            }
            std::string text;
            for (std::size_t k = 0; k < 600; ++k) text += members[k % members.size()];
            for (std::size_t n = 0; n <= text.size(); n += n < 530 ? 1 : 7) {
                ASSERT_EQ(detail::run_length(set, text.data(), n), n) << name_of(i) << " " << set;
            }
            for (std::size_t place = 0; place < text.size(); ++place) {
                const char member = text[place];
                text[place] = others[place % others.size()];
                for (const std::size_t n : {place + 1, place + 2, (place / 64 + 1) * 64, (place / 256 + 1) * 256}) {
                    if (n > text.size()) continue;
                    ASSERT_EQ(detail::run_length(set, text.data(), n), place) << name_of(i) << " " << set << " " << n;
                }
                ASSERT_EQ(detail::run_length(set, text.data(), text.size()), place) << name_of(i) << " " << set;
                text[place] = member;
            }
        }
    }
}

TEST_F(bulk_sizes, every_place_of_a_quoted_string) {
    for (const isa i : here_) {
        ASSERT_TRUE(force_isa(i));
        std::string text(600, 'x');
        for (std::size_t place = 0; place < text.size(); ++place) {
            for (const std::string_view here :
                 {"\"", "\x7f", "\t", "\x80", "\t\"", "\\\t\"", "\\\"\"", "\\\\\"", "\\\\\\\"\""}) {
                if (place + here.size() > text.size()) continue;
                std::string with = text;
                with.replace(place, here.size(), here);
                for (const bool before : {false, true}) {
                    bool wanted = before;
                    std::size_t right = 0;
                    for (; right < with.size(); ++right) {
                        if (with[right] == '\x7f' || (with[right] == '"' && !wanted)) break;
                        wanted = with[right] == '\\' && !wanted;
                    }
                    bool escaped = before;
                    ASSERT_EQ(detail::quoted_length(with.data(), with.size(), escaped), right) << name_of(i) << place;
                    ASSERT_EQ(escaped, wanted) << name_of(i) << " " << place;
                }
            }
        }
    }
}

// What is read at a glance: a scheme, spaces and a token68, of every length, with a stranger in it or not.
TEST_F(bulk_sizes, scheme_and_token68) {
    for (const std::size_t scheme : {1U, 2U, 5U, 6U, 9U, 31U, 55U, 61U, 62U, 63U, 64U, 65U, 70U}) {
        for (const std::size_t spaces : {0U, 1U, 2U, 5U, 60U}) {
            for (std::size_t length = 0; length < 150; length += length < 72 ? 1 : 5) {
                const std::string head = std::string(scheme, 's') + std::string(spaces, ' ');
                std::string value = head;
                for (std::size_t k = 0; k < length; ++k) value += k % 7 == 6 && length % 2 == 0 ? '/' : 'a';
                value.append(length % 10, '=');
                expect_same(field::authorization, value);
                if (value.empty()) continue;
                // A byte of another class at places that differ from length to length.
                for (std::size_t place = length % 5; place < value.size(); place += 5) {
                    const char right = value[place];
                    value[place] = class_representatives[(place + length) % class_representatives.size()];
                    expect_same(field::authorization, value);
                    value[place] = right;
                }
                if (HasFatalFailure()) return;
            }
        }
    }
}

/// List elements of every form, most of them valid, of lengths that are mostly short and sometimes past a step.
std::string random_value(field f, std::minstd_rand& random, std::size_t most) {
    static constexpr std::string_view rare[] = {"\t",   "=",    "\"",    "\\",   "/", "\x80",
                                                "\x7f", ",,,,", "     ", "====", "("};
    static constexpr std::string_view schemes[] = {"Digest ", "B  ", "Negotiate, ", "X a==, ", "Y b/c, ", "Z\t, "};
    const auto length = [&] { return random() % 30 == 0 ? random() % 900 : random() % 20; };
    const auto any = [&random](const auto& list) { return list[random() % std::size(list)]; };
    const bool list = kind_of(f) == field_kind::challenges;
    std::string value(kind_of(f) == field_kind::info ? "" : "Digest ");
    for (const std::size_t size = random() % most; value.size() < size;) {
        if (random() % 2000 == 0) value += any(rare);
        if (list && random() % 9 == 0) value += any(schemes);
        const std::string name(1 + length(), 'n');
        switch (random() % 5) {
            case 0: value += name + "=" + std::string(1 + length(), 'v'); break;
            case 1: value += name + "=\"" + std::string(length(), ' ') + "\""; break;
            case 2: value += name + "=\"" + std::string(length(), '\x90') + "\\\"b\""; break;
            case 3: value += name + "=\"" + std::string(2 * length(), '\\') + "\""; break;
            default: value += name + (random() % 5 == 0 ? " =\t\"\"" : "=\"x, y=z\""); break;
        }
        value += random() % 2000 == 0 ? "" : random() % 3 == 0 ? "," : random() % 9 == 0 ? " ,\t" : ", ";
    }
    if (random() % 2 == 0) value += "n=v";
    return value;
}

TEST_F(bulk_sizes, random_values_of_up_to_4096_bytes) {
    std::minstd_rand random(20261126);
    std::uint64_t bytes = 0;
    for (int n = 0; n < 10000; ++n) {
        const field f = a_field_of_each_kind[random() % 3];
        const std::string value = random_value(f, random, 4096);
        const edition e = all_editions[random() % 3];
        bytes += by_bytes(f, value, e).offset;
        expect_same(f, value, e);
        if (HasFatalFailure()) return;
    }
    EXPECT_GT(bytes / 10000, 500U) << "most of them get far";
}

// With room for fewer events than a value has: as many as there is room for, and nothing behind them.
TEST_F(bulk_sizes, too_little_room_for_every_ending) {
    const std::vector<std::pair<field, std::string>> values{
        {field::authorization, "Basic dXNlcjpwYXNz=="},
        {field::authorization, "Basic dXNlcjpwYXNz="},
        {field::authorization, "Basic dXNlcjpwYXNz/"},
        {field::authorization, "Basic dXNlcjpwYXNzd"},
        {field::authorization, "Basic " + std::string(70, 'a') + "=="},
        {field::authorization, "Digest username=\"x\", realm=\"y\""},
        {field::authorization, "Digest username=\"x\", algorithm=MD5"},
        {field::authorization, "Digest username=\"x\", realm=\"y\" , , "},
        {field::authorization, "Negotiatenegotiate"},
        {field::www_authenticate, "Negotiate, NTLM, Basic realm=\"x\""},
        {field::www_authenticate, "Basic realm=\"x\", Negotiate, NTLM "},
        {field::www_authenticate, "Basic realm=\"x\", Negotiate a===, NTLM\t,"},
        {field::www_authenticate, "Basic realm=\"x\", Negotiate abcdefgh="},
        {field::www_authenticate, "Basic realm=\"x\", Negotiate abcdefgh"},
        {field::www_authenticate, "Basic realm=\"x\", Newauth a=b , Bearer "},
        {field::www_authenticate, "Basic realm=\"x\", a = b, c =\td, Newauth b"},
        {field::authentication_info, "nextnonce=\"abc\", qop=auth, nc=00000001"},
        {field::authentication_info, "nextnonce=\"abc\", qop=auth, rspauth=\"x\""}};
    for (const auto& [f, value] : values) {
        const outcome whole = by_bytes(f, value);
        ASSERT_EQ(whole.code, error_code::none) << shown(value);
        for (std::size_t room = 0; room <= whole.events.size(); ++room) {
            for (const isa i : here_) {
                ASSERT_TRUE(force_isa(i));
                const std::string where =
                    std::string(name_of(i)) + " " + shown(value) + " with room for " + std::to_string(room);
                const std::vector<event> first(whole.events.begin(),
                                               whole.events.begin() + static_cast<std::ptrdiff_t>(room));
                const bool full = room < whole.events.size();
                for (const bool at_once : {true, false}) {
                    event_buffer& events = memory_.of(room);
                    if (at_once) {
                        EXPECT_EQ(parsed(f, value, events).code,
                                  full ? error_code::event_buffer_full : error_code::none)
                            << where;
                    } else {
                        tokenizer t(f, r9110, unlimited);
                        error_code code = t.feed(value, events);
                        if (code == error_code::none) code = t.finish(events);
                        EXPECT_EQ(code, full ? error_code::stopped : error_code::none) << where;
                    }
                    EXPECT_EQ(events.full(), full) << where;
                    EXPECT_EQ(std::vector<event>(events.begin(), events.end()), first) << where;
                    EXPECT_TRUE(memory_.nothing_behind()) << where;
                }
            }
        }
    }
}

// A value is the same whether it comes as one line, as an array of one, or with an empty line beside it, which says
// nothing: on both sides of the length at which parse_credentials changes its way.
TEST_F(bulk_sizes, every_shape_of_field_value) {
    const std::size_t most = default_limits.name_length;
    for (const isa i : here_) {
        ASSERT_TRUE(force_isa(i));
        for (const std::size_t length :
             {std::size_t{0}, std::size_t{1}, std::size_t{15}, std::size_t{16}, std::size_t{63}, std::size_t{64},
              most - 7, most - 6, most - 5, most, 2 * most}) {
            for (const std::string_view tail : {"", "=", "==", "b=c", ",", "!", "\""}) {
                const std::string value = "Basic " + std::string(length, 'a') + std::string(tail);
                const std::string second = "b=c";
                const outcome wanted = by_bytes(field::authorization, value, r9110, default_limits);
                // The second line goes on as if it were joined by ", ".
                const outcome joined = by_bytes(field::authorization, value + ", " + second, r9110, default_limits);
                const std::vector<std::string_view> one{value};  // on the heap, where a sanitizer sees its end
                const std::string_view two[] = {value, second};
                const std::size_t room = joined.events.size() + wanted.events.size() + 4;
                const auto read = [&](const field_value& v) {
                    return parsed(field::authorization, v, memory_.of(room), r9110, default_limits);
                };
                ASSERT_EQ(read(std::string_view(value)), wanted) << name_of(i) << " " << length << tail;
                ASSERT_EQ(read(field_value(one.data(), 1)), wanted) << name_of(i) << " " << length << tail;
                const outcome both = read(field_value(two, 2));
                ASSERT_EQ(both.code, joined.code) << name_of(i) << " " << length << tail;
                ASSERT_EQ(both.events, joined.events) << name_of(i) << " " << length << tail;
                for (const bool first_is_empty : {false, true}) {
                    const std::string_view with_empty[] = {first_is_empty ? std::string_view() : value,
                                                           first_is_empty ? value : std::string_view()};
                    const outcome found = read(field_value(with_empty, 2));
                    ASSERT_EQ(found.code, wanted.code) << name_of(i) << " " << length << tail << first_is_empty;
                    ASSERT_EQ(found.events, wanted.events) << name_of(i) << " " << length << tail << first_is_empty;
                }
            }
        }
    }
}

}  // namespace
