// Reading and writing by type takes nothing from the heap, and time linear in the value.

#include <authgrammar/schemes/base64.hpp>
#include <authgrammar/schemes/basic.hpp>
#include <authgrammar/schemes/bearer.hpp>
#include <authgrammar/schemes/ext_value.hpp>
#include <authgrammar/schemes/list.hpp>
#include <authgrammar/schemes/negotiate.hpp>
#include <authgrammar/schemes/scheme_message.hpp>

#include "digest_support.hpp"

#include "support/allocations.hpp"

#include <algorithm>
#include <ctime>

namespace authgrammar::schemes::test {
namespace {

/// Values of each kind, and values that are refused at each place.
const std::string_view credentials_values[] = {
    "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
    "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ",
    "Basic realm=x",
    "Bearer mF_9.B5f-4.1JqM",
    "Negotiate YIIFzAYGKwYBBQUC",
    "NTLM TlRMTVNTUAABAAAA",
    "Digest username*=UTF-8''J%C3%A4s, realm=\"a\\\"b\", uri=\"/\", nonce=n, nc=00000001, cnonce=\"c\", qop=auth, "
    "response=8ca523f5e9506fed4657c9700eebdbec, x=1, y=2",
    "Digest username=a, username*=b",
    "Digest username=a, USERNAME=b",
    "OAuth oauth_consumer_key=\"a%2F\", oauth_token=\"%2f\"",
    "Concealed k=YQ, a=YWI, p=YWJj, s=2055, v=YR",
    "vapid t=YQ.YQ.YQ, k=YQ",
};
const std::string_view challenge_values[] = {
    "Basic realm=\"a\\\"b\", charset=UTF-8",
    "Bearer scope=\"a b\", error=invalid_token, max_age=5",
    "Negotiate",
    "NTLM TlRMTVNTUAACAAAA",
    "Digest realm=\"r\", nonce=n, qop=\"auth, auth-int\", domain=\"/a /b\", stale=true",
    "Digest realm=r, x=1, y=2, z=3, X=4",
    "HOBA challenge=\"YQ==\", max-age=5",
    "SCRAM-SHA-256 sr=\"a\", ttl=x"};

std::size_t seen = 0;
template <typename T>
void use(const result<T, scheme_error>& r) {
    seen += r.has_value() ? 1 : r.error().offset;
}

void read_all(event_buffer& events, char* buffer, std::size_t capacity) {
    for (const std::string_view value : credentials_values) {
        use(read_basic(value, buffer, capacity));
        use(read_bearer(value));
        const auto c = parse_credentials(field::authorization, value, events);
        if (!c) continue;
        use(read_basic_credentials(*c, buffer, capacity, tolerances::all()));
        use(read_bearer_credentials(*c));
        use(read_negotiate_credentials(*c, buffer, capacity));
        use(read_ntlm_credentials(*c, buffer, capacity));
        for (const scheme_description& s : all_schemes()) use(read_scheme_credentials(s, *c));
        const auto d = read_digest_credentials(*c, tolerances::all());
        use(d);
        if (!d) continue;
        use(decode_ext_value(d->username, buffer, capacity));
        seen += write_digest_credentials(field::authorization, *d, buffer, capacity).size;
    }
    for (const std::string_view value : challenge_values) {
        const auto list = parse_challenges(field::www_authenticate, value, events);
        for (const challenge c : *list) {
            const auto basic = read_basic_challenge(c);
            use(basic);
            if (basic) seen += write_basic_challenge(field::www_authenticate, *basic, buffer, capacity).size;
            const auto bearer = read_bearer_challenge(c);
            use(bearer);
            if (bearer) seen += write_bearer_challenge(field::www_authenticate, *bearer, buffer, capacity).size;
            const auto digest = read_digest_challenge(c);
            use(digest);
            if (digest) seen += write_digest_challenge(field::www_authenticate, *digest, buffer, capacity).size;
            use(read_negotiate_challenge(c, 401, buffer, capacity));
            use(read_ntlm_challenge(c, 401, buffer, capacity));
            for (const scheme_description& s : all_schemes()) use(read_scheme_challenge(s, c));
        }
    }
    seen += write_basic_credentials(field::authorization, "user", "password", buffer, capacity).size;
}

TEST(Memory, NothingIsTakenFromTheHeap) {
    std::vector<event> memory(1000);
    event_buffer events(memory.data(), memory.size());
    std::vector<char> buffer(1000);
    const std::size_t before = fuzz::heap_so_far().blocks;
    read_all(events, buffer.data(), buffer.size());
    EXPECT_EQ(fuzz::heap_so_far().blocks, before);
    EXPECT_GT(seen, 0U);
    const std::size_t counted = fuzz::heap_so_far().blocks;
    // By way of a function that the compiler does not see through, so that the block is not optimised away.
    std::vector<char>* volatile more = &buffer;
    more->reserve(2 * buffer.capacity());
    EXPECT_GT(fuzz::heap_so_far().blocks, counted);
}

/// Values that are `n` times as large, of which reading must cost about `n` times as much.
struct family {
    const char* name;
    std::string (*value)(std::size_t n);
};
std::string repeat(std::string_view part, std::size_t n) {
    std::string out;
    for (std::size_t i = 0; i < n; ++i) out += part;
    return out;
}
const std::string required =
    "Digest username=\"u\", realm=\"r\", uri=\"/\", nonce=\"n\", nc=00000001, cnonce=\"c\", "
    "qop=auth, response=\"8ca523f5e9506fed4657c9700eebdbec\"";
const family families[] = {
    {"a long realm", [](std::size_t n) { return required + ", opaque=\"" + repeat("\\\"x", n) + "\""; }},
    {"a long uri", [](std::size_t n) { return "Digest uri=\"/" + repeat("abcd", n) + "\"" + required.substr(6); }},
    {"a long nc", [](std::size_t n) { return "Digest username=u, nc=" + repeat("1", n); }},
    {"a long username*", [](std::size_t n) { return "Digest username*=UTF-8''" + repeat("%C3%A4", n); }},
    {"many parameters",
     [](std::size_t n) {
         std::string value = required;
         for (std::size_t i = 0; i < n / 64; ++i) value += ", p" + std::to_string(i) + "=x";
         return value;
     }},
    {"a long result", [](std::size_t n) { return "HOBA result=\"" + repeat("abc.", n) + "\""; }},
    {"a long token", [](std::size_t n) { return "PrivateToken token=\"" + repeat("QUJD", n) + "\""; }},
    {"long base64", [](std::size_t n) { return "Basic " + repeat("QUJD", n); }},
    {"long base64 with an end", [](std::size_t n) { return "Basic " + repeat("QUJD", n) + "OkI*"; }},
};

double seconds_of(const std::string& value, std::vector<event>& memory, std::vector<char>& buffer) {
    double best = 1e9;
    for (int i = 0; i < 5; ++i) {
        const std::clock_t start = std::clock();  // of the processor: a busy machine is no fault
        event_buffer events(memory.data(), memory.size());
        const auto c = parse_credentials(field::authorization, std::string_view(value), events);
        use(read_basic(value, buffer.data(), buffer.size()));
        if (c) {
            use(read_digest_credentials(*c));
            for (const scheme_description& s : all_schemes()) use(read_scheme_credentials(s, *c));
        }
        best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    return best;
}

TEST(Memory, CostIsLinear) {
    std::vector<event> memory(40000);
    std::vector<char> buffer(1 << 20);
    for (const family& f : families) {
        constexpr std::size_t small = 1 << 13;
        constexpr std::size_t factor = 16;
        const double once = seconds_of(f.value(small), memory, buffer);
        const double more = seconds_of(f.value(small * factor), memory, buffer);
        // A quadratic cost would be 256 times as much.
        EXPECT_LT(more, once * 100 + 1e-3) << f.name;
    }
}

TEST(Memory, ParametersOfOneMebibyte) {
    const std::size_t room = (1 << 20) - 300;
    const std::string most = "Digest username=\"u\", realm=\"r\", nonce=\"n\", cnonce=\"c\", qop=auth";
    const std::string response = ", response=8ca523f5e9506fed4657c9700eebdbec";
    const auto error_of = [](const std::string& value) {
        const auto r = read_credentials(std::string_view(value));
        return r ? scheme_error{} : r.error();
    };
    const std::string long_uri = most + response + ", nc=00000001, uri=\"/" + std::string(room, 'a') + "\"";
    EXPECT_EQ(error_of(long_uri).code, scheme_error_code::none);
    const scheme_error nc = error_of(most + response + ", uri=\"/\", nc=" + std::string(room, '1'));
    EXPECT_EQ(nc.code, scheme_error_code::invalid_value);
    EXPECT_EQ(nc.param, "nc");
    const scheme_error hash = error_of(most + ", uri=\"/\", nc=00000001, response=" + std::string(room, 'a'));
    EXPECT_EQ(hash.code, scheme_error_code::invalid_value);
    EXPECT_EQ(hash.param, "response");
}

}  // namespace
}  // namespace authgrammar::schemes::test
