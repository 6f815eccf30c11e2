// Explains refusals of hostile inputs, each family reading a dump of callgrind's of its own, "why FAMILY BYTES".

#include <authgrammar/audit/why.hpp>

#include <valgrind/callgrind.h>

#include <cstdlib>
#include <string>
#include <vector>

namespace {

using namespace authgrammar::audit;

std::string request(const std::string& credentials) {
    return "GET / HTTP/1.1\r\nHost: a.example\r\nAuthorization: " + credentials + "\r\n\r\n";
}

std::string unauthorized(const std::string& challenge) {
    return "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: " + challenge + "\r\n\r\n";
}

std::string list_of(std::size_t size, const std::string& element) {
    std::string list = element;
    while (list.size() < size) list += ", " + element;
    return list;
}

/// One long challenge, which many requests leave unanswered.
std::string long_challenge(std::size_t size) {
    std::string text = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n" +
                       unauthorized("Digest realm=\"r\", nonce=\"n\", x=\"" + std::string(size / 2, 'x') + "\"");
    const std::string attempt = request("Basic dTpw") + "HTTP/1.1 401 Unauthorized\r\n\r\n";
    while (text.size() < size) text += attempt;
    return text;
}

/// One long value, and many elements to compare it with.
std::string long_nonce(std::size_t size) {
    return request("Digest nonce=\"" + std::string(size / 2, 'n') + "\"") +
           unauthorized(list_of(size / 2, "Digest nonce=n"));
}

std::string long_algorithm(std::size_t size) {
    return request("Digest algorithm=" + std::string(size / 2, 'A')) +
           unauthorized(list_of(size / 2, "Digest algorithm=A"));
}

std::string long_scheme(std::size_t size) {
    return request(std::string(size / 2, 's') + " abc") + unauthorized(list_of(size / 2, "A bc="));
}

std::string many_audiences(std::size_t size) {
    // {"alg":"x"}, and {"aud":[...]} of many URIs, each "http://b", in base64.
    std::string audiences = "eyJhdWQiOlsgICAg";
    while (audiences.size() < size / 2) audiences += "Imh0dHA6Ly9iIiwg";
    return request("Bearer eyJhbGciOiJ4In0." + audiences + "Imh0dHA6Ly9iIl19.c2ln") +
           unauthorized("Bearer realm=\"" + std::string(size / 2, 'r') + "\"");
}

__attribute__((noinline)) std::size_t explain(const std::string& input) {
    known_login login;
    login.password.emplace("p");
    return explain_refusals(read_messages(input), input, {}, login).refused.size();
}

}  // namespace

int main(int argc, char** argv) {
    struct family {
        const char* name;
        std::string (*make)(std::size_t);
    };
    constexpr family families[] = {{"long_challenge", long_challenge},
                                   {"long_nonce", long_nonce},
                                   {"long_algorithm", long_algorithm},
                                   {"long_scheme", long_scheme},
                                   {"many_audiences", many_audiences}};
    for (const family& f : families) {
        for (int i = 2; i < argc; ++i) {
            const std::string input = f.make(std::strtoull(argv[i], nullptr, 10));
            const std::string name = std::string("why ") + f.name + " " + argv[i];
            CALLGRIND_ZERO_STATS;
            const std::size_t refused = explain(input);
            CALLGRIND_DUMP_STATS_AT(name.c_str());
            if (refused == 0) return 1;
        }
    }
    return 0;
}
