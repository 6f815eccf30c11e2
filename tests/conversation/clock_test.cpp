// A guard whose host's clock is wrong, then right: the clock is one of this program.

#include "client.hpp"

#include <authgrammar/conversation/exchange.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

namespace {

std::chrono::seconds ahead{0};

}  // namespace

// In place of the C library's: what reads the clock of the wall reads this one, which can be set.
extern "C" int clock_gettime(clockid_t clock, timespec* to) {
    const long failed = syscall(SYS_clock_gettime, clock, to);
    if (failed == 0 && clock == CLOCK_REALTIME) to->tv_sec += ahead.count();
    return static_cast<int>(failed);
}

namespace authgrammar::conversation::test {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

struct host {
    bool secret(const verify::user_query&, verify::user_secret& found) noexcept {
        found.password = "Circle of Life";
        return true;
    }
};

/// A client that asks for a challenge, answers it, and asks again with the same credentials.
struct login {
    std::string value;
    log_reason first;
    log_reason again;
};
login log_in(const guard& g) {
    exchange x(g);
    x.check(get_without());
    login made{digest(all_of(x.fields(), "WWW-Authenticate"), {}), {}, {}};
    x.check(get(made.value), host{});
    made.first = x.reason();
    x.check(get(made.value), host{});
    made.again = x.reason();
    return made;
}

bool can_set_the_clock() {
    const auto before = std::chrono::system_clock::now();
    ahead = hours(24);
    const bool set = std::chrono::system_clock::now() - before > hours(23);
    ahead = seconds(0);
    return set;
}

// shows: R7616-3.4-nc-replay violating
TEST(guard_clock, set_back_it_refuses_no_new_nonces_and_accepts_no_replay) {
    if (!can_set_the_clock()) GTEST_SKIP() << "the clock is read in another way here";
    for (const auto start : {seconds(0), seconds(hours(48))}) {
        ahead = start;
        const guard g(options_for({digest_offer{}}));
        std::vector<std::string> used;
        for (const auto at :
             {seconds(0), seconds(hours(5)), seconds(hours(48)), seconds(hours(1)), seconds(-9), seconds(0)}) {
            ahead = at;
            const login l = log_in(g);
            EXPECT_EQ(l.first.code, reason_code::none) << at.count() << ' ' << name_of(l.first.verify);
            EXPECT_EQ(l.again.verify, verify::verify_code::replayed) << at.count();
            used.push_back(l.value);
            exchange x(g);
            for (const std::string& value : used) {
                EXPECT_EQ(x.check(get(value), host{}), exchange_state::refused) << at.count();
                EXPECT_EQ(x.reason().verify, verify::verify_code::replayed) << at.count();
            }
        }
    }
    ahead = seconds(0);
}

// Servers that share a key have the clock of the wall alone in common.
TEST(guard_clock, with_a_key_of_others_it_is_that_of_the_wall) {
    if (!can_set_the_clock()) GTEST_SKIP() << "the clock is read in another way here";
    guard_options keyed = options_for({digest_offer{}});
    keyed.nonce_key = verify::nonce_key::generate();
    verify::replay_memory shared(100);
    guard_options remembered = options_for({digest_offer{}});
    remembered.replays = shared;
    for (const guard_options& o : {keyed, remembered}) {
        const guard g(o);
        exchange x(g);
        ahead = hours(1);
        x.check(get_without());
        const std::string value = digest(all_of(x.fields(), "WWW-Authenticate"), {});
        ahead = seconds(0);
        EXPECT_EQ(x.check(get(value), host{}), exchange_state::refused);
        EXPECT_EQ(x.reason().verify, verify::verify_code::nonce_from_the_future);
    }
}

}  // namespace
}  // namespace authgrammar::conversation::test
