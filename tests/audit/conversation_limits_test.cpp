// What a conversation forgets, so that its memory is bounded, and what it does not say then.

#include "conversation/digest_memory.hpp"
#include "conversation/forgetful_map.hpp"
#include "conversation/memory_limits.hpp"
#include "exchange.hpp"

#include <gtest/gtest.h>

#if defined(__GLIBC__)
#include <malloc.h>
#endif
#if defined(__SANITIZE_ADDRESS__)
#define AUTHGRAMMAR_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define AUTHGRAMMAR_SANITIZED
#endif
#endif

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <map>
#include <random>
#include <string>

namespace {

using namespace authgrammar::audit;
using namespace authgrammar::audit::testing;

fingerprint key_of(std::uint64_t n) { return fingerprint_of(std::string_view(std::to_string(n))); }

TEST(forgetful_map, does_what_a_map_with_a_queue_does) {
    constexpr std::size_t most = 64;
    struct number {
        std::uint64_t n = 0;
    };
    forgetful_map<number> tested(most);
    std::map<std::uint64_t, std::uint64_t> known;  // value by key
    std::deque<std::pair<std::uint64_t, bool>>
        queue;  // keys in the order in which they came, and whether they are still there
    std::mt19937_64 random(1);
    for (std::uint64_t step = 0; step < 20000; ++step) {
        const std::uint64_t key = random() % 150;
        const auto found = known.find(key);
        const number* const there = tested.find(key_of(key));
        ASSERT_EQ(there != nullptr, found != known.end()) << step;
        if (there != nullptr) {
            ASSERT_EQ(there->n, found->second) << step;
        }
        if (random() % 3 == 0) {
            tested.erase(key_of(key));
            if (found == known.end()) continue;
            known.erase(found);
            for (auto& [other, here] : queue) here = here && other != key;
            continue;
        }
        const auto [value, is_new] = tested.take(key_of(key));
        ASSERT_EQ(is_new, found == known.end()) << step;
        value.n = step;
        known[key] = step;
        if (!is_new) continue;
        queue.emplace_back(key, true);
        if (queue.size() <= most) continue;
        if (queue.front().second) known.erase(queue.front().first);
        queue.pop_front();
    }
    EXPECT_TRUE(tested.has_forgotten());
}

TEST(forgetful_map, counts_what_it_has_forgotten) {
    forgetful_map<int> map(4);
    for (std::uint64_t i = 0; i < 4; ++i) map.take(key_of(i));
    EXPECT_FALSE(map.has_forgotten());
    map.take(key_of(3));
    EXPECT_EQ(map.taken(), 4U);
    map.take(key_of(4));
    EXPECT_TRUE(map.has_forgotten(0));
    EXPECT_FALSE(map.has_forgotten(1));
    EXPECT_EQ(map.find(key_of(0)), nullptr);
    EXPECT_NE(map.find(key_of(1)), nullptr);
}

TEST(fingerprints, differ_where_texts_differ) {
    std::map<std::pair<std::uint64_t, std::uint64_t>, std::string> seen;
    for (std::size_t size = 0; size < 70; ++size) {
        for (std::size_t i = 0; i <= size; ++i) {
            std::string text(size, 'a');
            if (i < size) text[i] = 'b';
            const fingerprint made = fingerprint_of(text);
            EXPECT_EQ(made, fingerprint_of(std::string_view(text)));
            const auto [other, is_new] = seen.try_emplace({made.first, made.second}, text);
            EXPECT_TRUE(is_new) << other->second << " and " << text;
        }
    }
}

// What changes the highest bit of a word changes the highest bit of its product with any odd number: whoever chooses texts must
// not be able to take such a change back in a later word.
TEST(fingerprints, cannot_be_made_equal_by_a_later_block) {
    std::mt19937_64 random(1);
    using eight_words = std::array<std::uint64_t, 8>;
    const auto text_of = [](const eight_words& words) {
        std::string text(sizeof words, '\0');
        std::memcpy(&text[0], words.data(), sizeof words);
        return text;
    };
    constexpr std::uint64_t highest = std::uint64_t{1} << 63;
    for (int i = 0; i < 64; ++i) {
        eight_words words;
        for (std::uint64_t& w : words) w = random();
        for (int bit = 0; bit < 64; ++bit) {
            for (const std::size_t later : {2U, 4U, 6U}) {
                eight_words others = words;
                others[0] ^= highest;
                others[later] ^= highest;
                others[later + 1] += std::uint64_t{1} << bit;
                ASSERT_NE(fingerprint_of(text_of(words)), fingerprint_of(text_of(others))) << i << ' ' << bit;
            }
        }
    }
}

// Each half alone tells of every octet: maps find their entries by the first.
TEST(fingerprints, differ_in_both_halves) {
    for (const std::size_t size : {1U, 8U, 15U, 16U, 31U, 32U, 33U, 100U}) {
        const std::string text(size, 'a');
        const fingerprint made = fingerprint_of(text);
        for (std::size_t i = 0; i < size; ++i) {
            std::string other = text;
            other[i] = 'b';
            EXPECT_NE(made.first, fingerprint_of(other).first) << size << ' ' << i;
            EXPECT_NE(made.second, fingerprint_of(other).second) << size << ' ' << i;
        }
    }
}

/// The input, then exchanges with so many other servers, then the rest: the findings of the first and the last part, whose
/// messages are counted as if nothing was between them.
class with_strangers {
public:
    explicit with_strangers(const known_facts& facts = {}) : all_(facts) {}

    void take(const std::string& input, std::vector<std::string>* out) {
        for (const message& m : read_messages(input)) {
            const auto fields = read_fields(m);
            const circumstances around = all_.next(m, fields);
            if (out == nullptr) continue;
            for (const finding& f : judge(m, fields, around)) out->push_back(std::string(f.rule->id));
        }
    }

    void meet(std::size_t count, const std::string& lines, const std::string& answers) {
        for (std::size_t i = 0; i < count; ++i) {
            const std::string id = "s" + std::to_string(i);
            const auto filled = [&id](std::string text) {
                for (std::size_t at = text.find('#'); at != std::string::npos; at = text.find('#', at + id.size())) {
                    text.replace(at, 1, id);
                }
                return text;
            };
            take(get("/", id + ".example", filled(lines)) + filled(answers), nullptr);
        }
    }

private:
    conversation all_;
};

bool has(const std::vector<std::string>& found, const std::string& id) {
    return std::find(found.begin(), found.end(), id) != found.end();
}

/// Whether the last part has the finding, before and after `count` exchanges with others.
struct answer_pair {
    bool before;
    bool after;
};
answer_pair asked_twice(const std::string& first, const std::string& last, const std::string& id, std::size_t count,
                        const std::string& lines, const std::string& answers) {
    answer_pair found{};
    for (const bool forgets : {false, true}) {
        with_strangers all;
        std::vector<std::string> ids;
        all.take(first, nullptr);
        if (forgets) all.meet(count, lines, answers);
        all.take(last, &ids);
        (forgets ? found.after : found.before) = has(ids, id);
    }
    return found;
}

const std::string basic = with("Basic dTpw");

TEST(forgetting, of_servers_makes_no_first_challenge) {
    const std::string refused = get("/", "a", basic) + challenge("Basic realm=\"x\"");
    const answer_pair found =
        asked_twice("", refused, "challenge-repeated", limits::servers + 1, "", challenge("Basic realm=\"#\""));
    EXPECT_TRUE(found.before) << "the first challenge of its scheme refuses";
    EXPECT_FALSE(found.after) << "it may not be the first";
}

TEST(forgetting, of_refusals_makes_no_finding) {
    const std::string tried = get("/", "a", basic);
    for (const std::size_t others : {std::size_t{10}, limits::refused}) {
        with_strangers all;
        std::vector<std::string> ids;
        all.take(tried + challenge("Basic realm=\"x\""), nullptr);
        for (std::size_t i = 0; i < others; ++i) {
            all.take(get("/" + std::to_string(i), "a", basic) + challenge("Basic realm=\"x\""), nullptr);
        }
        all.take(tried, &ids);
        EXPECT_EQ(has(ids, "refused-credentials-again"), others == 10);
    }
}

// Of a host with http and https, https is forgotten first; that does not leave http alone.
TEST(forgetting, of_https_does_not_leave_http) {
    const std::string both = get("https://a/", "a") + answer(200) + get("http://a/", "a") + answer(200);
    with_strangers all;
    std::vector<std::string> ids;
    all.take(both + get("/", "b") + answer(200), nullptr);
    for (std::size_t i = 0; i < limits::roots - 1; ++i) {
        all.take(get("https://r" + std::to_string(i) + "/", "x") + answer(200), nullptr);
    }
    all.take(get("/", "a", basic), &ids);
    EXPECT_FALSE(has(ids, "credentials-unsecured"));
}

std::string digest(const std::string& nonce, const std::string& user = "u", const std::string& nc = "00000001") {
    return with("Digest username=\"" + user + "\", realm=\"r\", nonce=\"" + nonce +
                "\", uri=\"/\", qop=auth, nc=" + nc + ", cnonce=\"c\", response=\"0123456789abcdef0123456789abcdef\"");
}
std::string asks(const std::string& nonce) {
    return challenge("Digest realm=\"r\", nonce=\"" + nonce + "\", qop=\"auth\"");
}

TEST(forgetting, of_nonces_makes_none_unknown) {
    const std::string first = get("/", "a") + asks("n1");
    const std::string last = get("/", "a") + asks("n2") + get("/", "a", digest("other"));
    const answer_pair found = asked_twice(first, last, "digest-unlike-challenge", limits::nonces, "",
                                          challenge("Digest realm=\"r\", nonce=\"#\", qop=\"auth\""));
    EXPECT_TRUE(found.before);
    EXPECT_FALSE(found.after) << "it may be one that was forgotten";
}

TEST(forgetting, of_accounts_makes_none_that_was_never_accepted) {
    const std::string accepted = get("/", "a", digest("n1")) + answer(200);
    std::string refusals;
    for (int i = 0; i < 3; ++i) {
        const std::string n = std::to_string(i);
        refusals += get("/", "a", digest("o" + n)) + asks("p" + n);
    }
    const answer_pair never = asked_twice("", refusals, "digest-never-accepted", 0, "", "");
    EXPECT_TRUE(never.before);
    const answer_pair found =
        asked_twice(accepted, refusals, "digest-never-accepted", limits::accounts, digest("#", "#"), answer(200));
    EXPECT_FALSE(found.before) << "it was accepted";
    EXPECT_FALSE(found.after) << "it may have been";
}

TEST(forgetting, of_nonce_counts_makes_no_finding) {
    const std::string sent = get("/", "a", digest("n1"));
    const answer_pair found =
        asked_twice(sent, sent, "digest-nc-reused", limits::nonce_counts, digest("#"), answer(200));
    EXPECT_TRUE(found.before);
    EXPECT_FALSE(found.after);
}

#if defined(__GLIBC__) && !defined(AUTHGRAMMAR_SANITIZED)
// Each exchange has all that is remembered, new and long.
TEST(forgetting, bounds_the_memory) {
    with_strangers all;
    const std::string filler(150, 'x');
    const auto before = mallinfo2().uordblks;
    std::size_t given = 0;
    for (std::size_t i = 0; i < 3 * limits::nonces; ++i) {
        const std::string id = std::to_string(i) + filler;
        const std::string host = "h" + std::to_string(i % (2 * limits::servers)) + ".example";
        std::string challenges = "Basic realm=\"" + id + "\", Newauth realm=\"" + id + "\"";
        for (int n = 0; n < 3; ++n) {
            challenges +=
                ", Digest realm=\"" + id + "\", nonce=\"" + id + "\", opaque=\"" + id + "\", qop=\"a,b,c,d,e,f,g,h\"";
        }
        const std::string input = get("/" + id, host, digest(id, id)) + challenge(challenges) +
                                  get("/" + id, host, digest(id + "n", id)) + answer(200);
        given += input.size();
        all.take(input, nullptr);
    }
    EXPECT_GT(given, std::size_t{50} << 20);
    EXPECT_LT(mallinfo2().uordblks - before, std::size_t{20} << 20);
}
#endif

TEST(forgetting, of_realms_reports_as_many_as_are_kept) {
    std::vector<std::string> ids;
    with_strangers all;
    for (std::size_t i = 0; i < 2 * limits::realms_of_server; ++i) {
        all.take(get("/", "a") + challenge("Basic realm=\"" + std::to_string(i) + "\""), &ids);
    }
    EXPECT_EQ(static_cast<std::size_t>(std::count(ids.begin(), ids.end(), "several-realms")),
              limits::realms_of_server - 1);
}

}  // namespace
