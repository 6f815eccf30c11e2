// How much a conversation remembers, to the last entry. The numbers stand here again, so that a limit does not change unseen.

#include "exchange.hpp"
#include "told.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>

namespace {

using namespace authgrammar::audit;
using namespace authgrammar::audit::testing;

std::string numbered(const std::string& name, std::size_t n) { return name + std::to_string(n); }

const std::string basic = with("Basic dTpw");

/// Challenges in one response: `item` with "#" for the numbers in [begin, end).
std::string list_of(const std::string& item, std::size_t begin, std::size_t end) {
    std::string out;
    for (std::size_t i = begin; i < end; ++i) {
        std::string one = item;
        for (std::size_t at = one.find('#'); at != std::string::npos; at = one.find('#', at)) {
            one.replace(at, 1, std::to_string(i));
        }
        out += (out.empty() ? "" : ", ") + one;
    }
    return out;
}

std::string digest(const std::string& nonce, const std::string& more = "", const std::string& user = "u") {
    return with("Digest username=\"" + user + "\", realm=\"r\", nonce=\"" + nonce + "\"" + more);
}
std::string asks(const std::string& nonce, const std::string& more = "") {
    return challenge("Digest realm=\"r\", nonce=\"" + nonce + "\"" + more);
}

/// What is found after so many others: it is found with `most` of them, and no more with one more.
void expect_found_up_to(std::size_t most, const std::function<bool(std::size_t)>& found_after) {
    EXPECT_TRUE(found_after(0));
    EXPECT_TRUE(found_after(most)) << most;
    EXPECT_FALSE(found_after(most + 1)) << most + 1;
}

// The first challenge of its scheme is a refusal, if it is certain that it is the first.
TEST(memory_limits, of_servers) {
    expect_found_up_to(4096, [](std::size_t others) {
        told all;
        for (std::size_t i = 0; i < others; ++i) all.next(get("/", numbered("h", i)) + answer(200));
        return all.next(get("/", "a", basic) + challenge("Basic realm=\"x\"")).refusal.has_value();
    });
}

TEST(memory_limits, of_schemes_of_a_server) {
    expect_found_up_to(15, [](std::size_t others) {
        told all;
        for (int twice = 0; twice < 2; ++twice) {
            for (std::size_t i = 0; i < others; ++i) {
                all.next(get("/", "a") + challenge(numbered("X", i) + ", " + numbered("X", i)));
            }
        }
        return all.next(get("/", "a", basic) + challenge("Basic realm=\"x\"")).refusal.has_value();
    });
}

TEST(memory_limits, of_schemes_of_a_server_in_one_response) {
    expect_found_up_to(15, [](std::size_t others) {
        told all;
        all.next(get("/", "a") + challenge(others == 0 ? "Bearer" : list_of("X#, x#", 0, others)));
        return all.next(get("/", "a", basic) + challenge("Basic realm=\"x\"")).refusal.has_value();
    });
}

// Realms that come twice in one response take one place.
TEST(memory_limits, of_realms_of_a_server) {
    told all;
    all.next(get("/", "a") + challenge("A realm=\"0\", B realm=\"0\""));
    for (std::size_t i = 1; i < 40; ++i) {
        const std::string n = std::to_string(i);
        const circumstances around = all.next(get("/", "a") + challenge("A realm=\"" + n + "\""));
        EXPECT_EQ(around.other_realms.size(), i < 32 ? 1U : 0U) << i;
    }
    told other;
    other.next(get("/", "a") + challenge("A realm=\"x\""));
    EXPECT_EQ(other.next(get("/", "a") + challenge(list_of("A realm=\"#\"", 0, 40))).other_realms.size(), 40U)
        << "of one response all are told";
    EXPECT_EQ(other.next(get("/", "a") + challenge("A realm=\"new\"")).other_realms.size(), 0U);
}

// An invented nonce is told for a realm that the last response named.
TEST(memory_limits, of_realms_of_a_response) {
    for (const std::size_t realm : {std::size_t{0}, std::size_t{15}, std::size_t{16}, std::size_t{17}}) {
        told all;
        all.next(get("/", "a") +
                 challenge(list_of("Digest realm=\"#\", nonce=\"a\", Digest realm=\"#\", nonce=\"b\"", 0, 20)));
        const circumstances around =
            all.next(get("/", "a", with("Digest realm=\"" + std::to_string(realm) + "\", nonce=\"n\"")));
        EXPECT_EQ(around.digest.unlike_challenge.size(), realm < 16 ? 1U : 0U) << realm;
    }
}

TEST(memory_limits, of_challenges) {
    expect_found_up_to(16383, [](std::size_t others) {
        told all;
        all.next(get("/", "a") + challenge("Basic realm=\"x\""));
        for (std::size_t i = 0; i < others; i += 4096) {
            all.next(get("/", "b") + challenge(list_of("Basic realm=\"#\"", i, std::min(i + 4096, others))));
        }
        return all.next(get("/", "a", basic) + challenge("Basic realm=\"x\"")).refused_by_same;
    });
}

TEST(memory_limits, of_refused_credentials) {
    expect_found_up_to(8191, [](std::size_t others) {
        told all;
        const std::string tried = get("/", "a", basic);
        all.next(tried + challenge("Basic realm=\"x\""));
        for (std::size_t i = 0; i < others; ++i) {
            all.next(get(numbered("/", i), "a", basic) + challenge("Basic realm=\"x\""));
        }
        return all.next(tried).sent_again.has_value();
    });
}

TEST(memory_limits, of_accepted_targets) {
    expect_found_up_to(8191, [](std::size_t others) {
        told all;
        all.next(get("/", "a", basic) + answer(200));
        for (std::size_t i = 0; i < others; ++i) all.next(get(numbered("/", i), "a", basic) + answer(200));
        return all.next(get("/", "a") + answer(403)).accepted_before.has_value();
    });
}

// A host of which only http is known has http.
TEST(memory_limits, of_roots) {
    expect_found_up_to(4095, [](std::size_t others) {
        told all;
        all.next(get("http://a/", "a") + answer(200));
        for (std::size_t i = 0; i < others; ++i) all.next(get("http://" + numbered("h", i) + "/", "h") + answer(200));
        return all.next(get("/", "a")).server_secured.has_value();
    });
    expect_found_up_to(4095, [](std::size_t others) {
        told all(at("https://a/"));
        for (std::size_t i = 0; i < others; ++i) all.next(get("http://" + numbered("h", i) + "/", "h") + answer(200));
        all.next(get("http://h0/", "h0") + moved("http://h0/"));
        return all.next(get("/", "a")).server_secured == true;
    });
}

TEST(memory_limits, of_redirects) {
    expect_found_up_to(1023, [](std::size_t others) {
        told all;
        all.next(get("/", "a", basic) + moved("https://b/"));
        for (std::size_t i = 0; i < others; ++i) {
            all.next(get("/", "a", with("Basic b3RoZXI=")) + moved("https://" + numbered("h", i) + "/"));
        }
        return all.next(get("/", "b", basic)).carried_over.has_value();
    });
}

// Once it is forgotten which servers a domain named, it may have named any.
TEST(memory_limits, of_extensions) {
    expect_found_up_to(2048, [](std::size_t others) {
        told all;
        for (std::size_t i = 0; i < others; ++i) {
            all.next(get("/", "c") + asks("n", ", domain=\"https://" + numbered("h", i) + "/\""));
        }
        all.next(get("/", "a", digest("n")) + moved("https://b/"));
        return all.next(get("/", "b", digest("n"))).carried_over.has_value();
    });
}

/// Challenges with other nonces, of another server.
void ask_with_others(told& all, std::size_t others) {
    for (std::size_t i = 0; i < others; i += 4096) {
        all.next(get("/", "b") + challenge(list_of("Digest realm=\"r\", nonce=\"#\"", i, std::min(i + 4096, others))));
    }
}

TEST(memory_limits, of_nonces) {
    expect_found_up_to(8191, [](std::size_t others) {
        told all;
        all.next(get("/", "a") + asks("n1"));
        ask_with_others(all, others);
        return !all.next(get("/", "a", digest("n1", ", opaque=\"o\""))).digest.unlike_challenge.empty();
    });
    // Whether the nonce is new is certain while the server's first one is known.
    expect_found_up_to(8190, [](std::size_t others) {
        told all;
        all.next(get("/", "a") + asks("n1"));
        ask_with_others(all, others);
        all.next(get("/", "a") + asks("n2"));
        return !all.next(get("/", "a", digest("invented"))).digest.unlike_challenge.empty();
    });
}

// Of a server that may have been forgotten, nothing is said to be new.
TEST(memory_limits, of_servers_that_ask_for_digest) {
    expect_found_up_to(4096, [](std::size_t others) {
        told all;
        for (std::size_t i = 0; i < others; ++i) all.next(get("/", numbered("h", i)) + answer(200));
        all.next(get("/", "a") + asks("n1"));
        return !all.next(get("/", "a", digest("invented"))).digest.unlike_challenge.empty();
    });
}

TEST(memory_limits, of_challenges_of_a_nonce) {
    for (const std::size_t algorithm : {std::size_t{0}, std::size_t{7}, std::size_t{8}, std::size_t{9}}) {
        told all;
        all.next(get("/", "a") + challenge(list_of("Digest realm=\"r\", nonce=\"n\", algorithm=A#", 0, 12)));
        const circumstances around = all.next(get("/", "a", digest("n", ", algorithm=A" + std::to_string(algorithm))));
        EXPECT_EQ(around.digest.unlike_challenge.empty(), algorithm < 8) << algorithm;
    }
}

// Of a qop with more words than are kept, none is said not to be offered.
TEST(memory_limits, of_words_of_qop) {
    for (const std::size_t words : {std::size_t{1}, std::size_t{8}, std::size_t{9}, std::size_t{10}}) {
        told all;
        all.next(get("/", "a") + asks("n", ", qop=\"" + list_of("w#", 0, words) + "\""));
        EXPECT_EQ(all.next(get("/", "a", digest("n", ", qop=other"))).digest.unlike_challenge.empty(), words > 8)
            << words;
        const std::string last = std::to_string(words - 1);
        EXPECT_TRUE(all.next(get("/", "a", digest("n", ", qop=w" + last))).digest.unlike_challenge.empty()) << words;
    }
}

TEST(memory_limits, of_nonce_counts) {
    expect_found_up_to(16383, [](std::size_t others) {
        told all;
        all.next(get("/", "a", digest("n", ", nc=x")));
        for (std::size_t i = 0; i < others; ++i) all.next(get("/", "a", digest("n", ", nc=" + std::to_string(i))));
        return all.next(get("/", "a", digest("n", ", nc=x"))).digest.nc_reused.has_value();
    });
}

TEST(memory_limits, of_accounts) {
    const auto accept_others = [](told& all, std::size_t others) {
        for (std::size_t i = 0; i < others; ++i) {
            all.next(get("/", "b", digest("n", "", std::to_string(i))) + answer(200));
        }
    };
    expect_found_up_to(8191, [&](std::size_t others) {
        told all;
        all.next(get("/", "a", digest("n0")) + answer(200));
        accept_others(all, others);
        return all.next(get("/", "a", digest("n1")) + asks("n2")).digest.stale_missing.has_value();
    });
    // That an account was never accepted is certain while the first one of its server is known.
    expect_found_up_to(8190, [&](std::size_t others) {
        told all;
        all.next(get("/", "a", digest("n0", "", "first")) + answer(200));
        accept_others(all, others);
        circumstances last;
        for (const char* n : {"1", "2", "3"}) last = all.next(get("/", "a", digest(n)) + asks(numbered(n, 0)));
        return last.digest.never_accepted.has_value();
    });
    expect_found_up_to(4096, [&](std::size_t others) {
        told all;
        for (std::size_t i = 0; i < others; ++i) all.next(get("/", numbered("h", i)) + answer(200));
        circumstances last;
        for (const char* n : {"1", "2", "3"}) last = all.next(get("/", "a", digest(n)) + asks(numbered(n, 0)));
        return last.digest.never_accepted.has_value();
    });
}

}  // namespace
