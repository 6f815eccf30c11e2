// The authority of a URI, and which of them never leave the machine.

#include "values/authority.hpp"

#include <gtest/gtest.h>

namespace {

using namespace authgrammar::audit;

TEST(authority, of_a_uri) {
    EXPECT_EQ(authority_of("http://h/"), "h");
    EXPECT_EQ(authority_of("http://h"), "h");
    EXPECT_EQ(authority_of("http://u:p@h:80/a@b"), "u:p@h:80");
    EXPECT_EQ(authority_of("http://h?q/"), "h");
    EXPECT_EQ(authority_of("http://h#f/"), "h");
    EXPECT_EQ(authority_of("http:///a"), "");
    EXPECT_EQ(authority_of("://h/"), "h");
    for (const char* none : {"", "h", "//h/", "http:/h", "/x?u=http://h/", "?http://h/", "#http://h/", "a/http://h/"})
        EXPECT_EQ(authority_of(none), "") << none;
}

TEST(authority, host) {
    EXPECT_EQ(host_in("h"), "h");
    EXPECT_EQ(host_in("h:80"), "h");
    EXPECT_EQ(host_in("h:"), "h");
    EXPECT_EQ(host_in("[::1]"), "[::1]");
    EXPECT_EQ(host_in("[::1]:80"), "[::1]");
    EXPECT_EQ(host_in(""), "");
    EXPECT_EQ(host_in(":80"), "");
}

// RFC 6761, 6.3; RFC 1122, 3.2.1.3; RFC 4291, 2.5.3.
TEST(authority, loopback) {
    for (const char* local : {"localhost", "LocalHost:8080", "a.localhost", "a.b.localhost:1", "127.0.0.1",
                              "127.0.0.1:80", "127.255.1.9", "[::1]", "[::1]:443"})
        EXPECT_TRUE(is_loopback(local)) << local;
    for (const char* other : {"", "h", "localhost.example", "alocalhost", ".localhost", "127.example", "128.0.0.1",
                              "1127.0.0.1", "127.0.0.1.example", "[::2]", "::1", "[::1", "12.7.0.0"})
        EXPECT_FALSE(is_loopback(other)) << other;
}

}  // namespace
