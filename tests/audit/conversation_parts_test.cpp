// The parts of a conversation: how clients read a URI, which requests go to a proxy, and the map that forgets.

#include "conversation/client_uri.hpp"
#include "conversation/forgetful_map.hpp"
#include "conversation/server.hpp"
#include "conversation/tunnel.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace authgrammar::audit;
using namespace std::string_literals;

// WHATWG URL, 4.4, as far as it makes a difference: white space goes, "\" is "/", and what is no character of a URI is encoded.
TEST(client_uri, as_clients_read) {
    const std::pair<std::string, std::string> all[] = {
        {"", ""},
        {" /a ", "/a"},
        {"\x01 /a\n\x1f", "/a"},
        {"/a\tb\rc\nd", "/abcd"},
        {"/a b", "/a%20b"},
        {"\\a\\b", "/a/b"},
        {"/a?\\", "/a?%5C"},
        {"/a#\\", "/a#%5C"},
        {"/a#b#c", "/a#b%23c"},
        {"/%41", "/%41"},
        {"/%4", "/%254"},
        {"/%4g", "/%254g"},
        {"/%g4", "/%25g4"},
        {"/%", "/%25"},
        {"/[a]", "/%5Ba%5D"},
        {"http://[::1]/[a]", "http://[::1]/%5Ba%5D"},
        {"//[::1]?[a]", "//[::1]?%5Ba%5D"},
        {"//a|b/|", "//a|b/%7C"},
        {"//a|b#|", "//a|b#%7C"},
        {"/x//[a]", "/x//%5Ba%5D"},
        {"?x//[a]", "?x//%5Ba%5D"},
        {"#x//[a]", "#x//%5Ba%5D"},
        {"//[a]", "//[a]"},
        {"/\xC3\xA4", "/%C3%A4"},
        {"//\xC3\xA4/", "//\xC3\xA4/"},
        {"/azAZ09-._~:/?@!$&'()*+,;=", "/azAZ09-._~:/?@!$&'()*+,;="},
        {"/\"<>^`{|}", "/%22%3C%3E%5E%60%7B%7C%7D"},
        {"/\x7F", "/%7F"},
        {"/\0a"s, "/%00a"},
    };
    for (const auto& [uri, read] : all) EXPECT_EQ(as_clients_read(uri), read) << uri;
}

TEST(client_uri, plain_paths) {
    EXPECT_TRUE(is_plain_path("/"));
    EXPECT_TRUE(is_plain_path("/a/b?c=d&e"));
    for (const char* target : {"", "*", "a", "a/", "?a", "//", "//a", "http://a/", "/a b", "/a%20b", "/a#b"}) {
        EXPECT_FALSE(is_plain_path(target)) << target;
    }
    const std::string plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/?&=+,:;@!$'()*";
    for (int octet = 0; octet < 256; ++octet) {
        const std::string target = "/a" + std::string(1, static_cast<char>(octet));
        EXPECT_EQ(is_plain_path(target), plain.find(target[2]) != std::string::npos) << octet;
        if (is_plain_path(target)) {
            EXPECT_EQ(as_clients_read(target), target);
        }
    }
}

TEST(client_uri, other_schemes) {
    for (const char* uri : {"ftp:x", "a:", "a+b-c.d9:x", "HTTPX:x", "htt:x", "mailto:a"}) {
        EXPECT_TRUE(has_other_scheme(uri)) << uri;
    }
    for (const char* uri :
         {"", ":", ":x", "x", "http:x", "HTTPS://x", "https:", "1a:x", "+a:x", "a/b:c", "a b:c", "/a:b", "a_b:c"}) {
        EXPECT_FALSE(has_other_scheme(uri)) << uri;
    }
}

// RFC 9112, 3.2.2 and 3.2.3: an absolute target, or an authority after CONNECT, is for a proxy; a path after CONNECT is of
// an extended CONNECT (RFC 8441, 4).
TEST(tunnel, requests_for_a_proxy) {
    EXPECT_TRUE(is_for_proxy("GET", "http://a/"));
    EXPECT_TRUE(is_for_proxy("CONNECT", "a:443"));
    EXPECT_FALSE(is_for_proxy("CONNECT", "/a"));
    EXPECT_FALSE(is_for_proxy("GET", "/"));
    EXPECT_FALSE(is_for_proxy("GET", "/a?to=http://b/"));
    EXPECT_FALSE(is_for_proxy("OPTIONS", "*"));
    EXPECT_FALSE(is_for_proxy("GET", ""));
    EXPECT_FALSE(is_for_proxy("GET", "a:443"));
}

TEST(server, names) {
    const server plain{"http://a.example", false, true};
    const server secured{"https://a.example", true, true};
    EXPECT_EQ(plain.authority(), "a.example");
    EXPECT_EQ(secured.authority(), "a.example");
    EXPECT_EQ(plain.key(), "http://a.example");
    EXPECT_EQ(secured.key(), "https://a.example");
    EXPECT_EQ((server{"http://a.example", false, false}.key()), "//a.example");
    EXPECT_EQ((server{"https://a.example", true, false}.key()), "//a.example");
    EXPECT_TRUE(is_other(server_identity(plain), server_identity(secured)));
    EXPECT_FALSE(is_other(server_identity(plain), server_identity(plain)));
    EXPECT_FALSE(is_other(server_identity(plain), server_identity(server{"https://a.example", true, false})));
    EXPECT_FALSE(is_other(server_identity(server{"http://a.example", false, false}), server_identity(secured)));
    EXPECT_TRUE(is_other(server_identity(server{"http://b.example", false, false}), server_identity(secured)));
}

/// The same, kept in the order in which entries came.
class model {
public:
    explicit model(std::size_t most) : most_(most) {}
    int* find(std::uint64_t key) {
        for (auto& e : entries_) {
            if (e.used && e.key == key) return &e.value;
        }
        return nullptr;
    }
    bool take(std::uint64_t key, int value) {
        if (int* const known = find(key)) {
            *known = value;
            return false;
        }
        if (entries_.size() == most_) entries_.erase(entries_.begin());
        entries_.push_back({key, value, true});
        return true;
    }
    void erase(std::uint64_t key) {
        for (auto& e : entries_) {
            if (e.key == key) e.used = false;
        }
    }

private:
    struct entry {
        std::uint64_t key;
        int value;
        bool used;
    };
    std::size_t most_;
    std::vector<entry> entries_;
};

// Keys of which many have the same place in the table, and some the same tag.
TEST(forgetful_map, is_as_a_plain_one) {
    const auto key_of = [](std::uint64_t n) { return fingerprint{n % 3 + (n << 40), n % 2}; };
    for (const std::size_t most : {1u, 2u, 16u, 64u}) {
        forgetful_map<int> map(most);
        model plain(most);
        std::uint64_t random = 1;
        std::uint64_t taken = 0;
        EXPECT_EQ(map.find(key_of(1)), nullptr);
        map.erase(key_of(1));
        for (int step = 0; step < 1000; ++step) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            const std::uint64_t key = (random >> 33) % (2 * most + 3);
            if ((random >> 60) % 4 == 0) {
                map.erase(key_of(key));
                plain.erase(key);
            } else {
                const auto [value, is_new] = map.take(key_of(key));
                if (is_new) {
                    EXPECT_EQ(value, 0);
                    ++taken;
                }
                value = step + 1;
                ASSERT_EQ(is_new, plain.take(key, step + 1)) << most << ' ' << step;
            }
            for (std::uint64_t n = 0; n < 2 * most + 3; ++n) {
                const int* const found = map.find(key_of(n));
                const int* const expected = plain.find(n);
                ASSERT_EQ(found == nullptr, expected == nullptr) << most << ' ' << step << ' ' << n;
                if (found != nullptr) {
                    ASSERT_EQ(*found, *expected);
                }
            }
            ASSERT_EQ(map.taken(), taken);
            ASSERT_EQ(map.has_forgotten(), taken > most);
            ASSERT_EQ(map.has_forgotten(2), taken > most + 2);
        }
    }
}

}  // namespace
