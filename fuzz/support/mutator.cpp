#include "mutator.hpp"

#include "derivation.hpp"
#include "judge.hpp"

#include <authgrammar/abnf/edition.hpp>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <vector>

// The engine's own mutations. Engines that have none by this name leave it null.
extern "C" __attribute__((weak)) std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace authgrammar::fuzz {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view header_rules[] = {"challenge"sv, "credentials"sv, "auth-param"sv,    "auth-scheme"sv,
                                             "token"sv,     "token68"sv,     "quoted-string"sv, "quoted-pair"sv,
                                             "qdtext"sv,    "OWS"sv,         "BWS"sv,           "tchar"sv};

constexpr std::string_view header_fragments[] = {","sv,
                                                 ", "sv,
                                                 " ,"sv,
                                                 " "sv,
                                                 "\t"sv,
                                                 "="sv,
                                                 "=="sv,
                                                 "\""sv,
                                                 "\"\""sv,
                                                 "\\"sv,
                                                 "\\\""sv,
                                                 "/"sv,
                                                 "Basic "sv,
                                                 "Digest "sv,
                                                 "Bearer "sv,
                                                 "Negotiate"sv,
                                                 "realm="sv,
                                                 "=\"x\""sv,
                                                 "a=b"sv,
                                                 "abc="sv,
                                                 " , ,\t"sv,
                                                 "A b=c, D"sv,
                                                 "nonce=\"0\""sv,
                                                 "\x80"sv,
                                                 "\xff"sv,
                                                 "\x7f"sv,
                                                 "\0"sv,
                                                 "\r\n"sv,
                                                 "realm=\"\\\""sv,
                                                 "\n"sv,
                                                 "charset=\"UTF-8\""sv};

edition any_edition(random_source& random) { return random.any(all_editions); }

std::string header_piece(random_source& random) {
    if (random.one_in(2)) return std::string(random.any(header_fragments));
    return judge::words(any_edition(random)).derive(random.any(header_rules), random, 24);
}

std::string header_whole(random_source& random) {
    const edition e = any_edition(random);
    return header_value(random.any(all_fields), e, random);
}

/// The lines of the project's own ABNF.
const std::vector<std::string>& abnf_lines() {
    static const std::vector<std::string> lines = [] {
        std::vector<std::string> all;
        for (const std::string_view file : abnf::embedded_file_names()) {
            const std::string text = abnf::load_file(file).value();
            for (std::size_t begin = 0; begin < text.size();) {
                const std::size_t end = std::min(text.find('\n', begin), text.size());
                all.push_back(text.substr(begin, end - begin) + "\n");
                begin = end + 1;
            }
        }
        return all;
    }();
    return lines;
}

constexpr std::string_view abnf_fragments[] = {"a = "sv,
                                               " / "sv,
                                               "*"sv,
                                               "1*"sv,
                                               "2*3"sv,
                                               "#"sv,
                                               "1#"sv,
                                               "( "sv,
                                               " )"sv,
                                               "[ "sv,
                                               " ]"sv,
                                               "\"a\""sv,
                                               "%x41"sv,
                                               "%x41-5A"sv,
                                               "%d65.66"sv,
                                               "%b1"sv,
                                               "%s\"a\""sv,
                                               "%i\"a\""sv,
                                               "=/ "sv,
                                               "; c\r\n"sv,
                                               "\n "sv,
                                               "\r\n"sv,
                                               "b"sv,
                                               "<b, see [RFC9110], Section 1>"sv,
                                               "OWS"sv,
                                               "\t"sv,
                                               "a = b\nb = a\n"sv,
                                               "%xFF"sv,
                                               "%x100"sv,
                                               "65536"sv,
                                               "\n"sv,
                                               "OWS = *\" \"\n"sv};

std::string abnf_piece(random_source& random) {
    if (random.one_in(4)) return random.any(abnf_lines());
    return std::string(random.any(abnf_fragments));
}

std::string abnf_whole(random_source& random) {
    std::string text;
    for (std::size_t n = 1 + random.below(6); n != 0; --n) {
        if (random.one_in(3)) {
            text += random.any(abnf_lines());
            continue;
        }
        text += static_cast<char>('a' + random.below(4));
        text += " = ";
        for (std::size_t k = 1 + random.below(6); k != 0; --k) text.append(random.any(abnf_fragments)).append(" ");
        text += "\n";
    }
    return text;
}

constexpr std::string_view message_fragments[] = {"HTTP/1.1 401 Unauthorized\r\n"sv,
                                                  "HTTP/1.1 407 Proxy Authentication Required\r\n"sv,
                                                  "HTTP/1.1 200 OK\r\n"sv,
                                                  "GET / HTTP/1.1\r\n"sv,
                                                  "< "sv,
                                                  "> "sv,
                                                  "* "sv,
                                                  "\r\n"sv,
                                                  "\n"sv,
                                                  "\r\n "sv,
                                                  "\r\n\t"sv,
                                                  "Content-Length: 3\r\n"sv,
                                                  "Transfer-Encoding: chunked\r\n"sv,
                                                  "0\r\n\r\n"sv,
                                                  "3\r\nabc\r\n"sv,
                                                  ": "sv,
                                                  "Host: a\r\n"sv,
                                                  "< HTTP/1.1 401 Unauthorized\r\n"sv,
                                                  "> GET / HTTP/1.1\r\n"sv,
                                                  "Authorization: Basic dXNlcjpwYXNzd29yZA==\r\n"sv,
                                                  "\r"sv,
                                                  "WWW-Authenticate : "sv,
                                                  "date: 0\r\n"sv};

/// Of conversations: whole messages, mostly between one client and one server.
constexpr std::string_view whole_requests[] = {
    "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Basic dXNlcjpwYXNzd29yZA==\r\n\r\n"sv,
    "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Digest username=\"u\", realm=\"x\"\r\n\r\n"sv,
    "GET /b HTTP/1.1\r\nHost: a\r\nProxy-Authorization: Basic dTpw\r\n\r\n"sv,
    "GET http://b/ HTTP/1.1\r\nHost: b\r\nAuthorization: Basic dXNlcjpwYXNzd29yZA==\r\n\r\n"sv};
constexpr std::string_view whole_responses[] = {
    "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n"sv,
    "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"1\", Basic realm=\"y\"\r\n\r\n"sv,
    "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: basic\r\n\r\n"sv,
    "HTTP/1.1 302 Found\r\nLocation: http://b/\r\n\r\n"sv,
    "HTTP/1.1 200 OK\r\n\r\n"sv,
    "HTTP/1.1 100 Continue\r\n\r\n"sv};

std::string whole_message(random_source& random) {
    return std::string(random.one_in(2) ? random.any(whole_requests) : random.any(whole_responses));
}

std::string message_line(random_source& random) {
    if (random.one_in(4)) return std::string(random.any(message_fragments));
    const field f = random.any(all_fields);
    std::string value = header_whole(random);
    if (random.one_in(3)) value = near_miss(value, random);
    if (random.one_in(8)) value.insert(random.below(value.size() + 1), "\r\n ");
    return std::string(name_of(f)) + ": " + value + "\r\n";
}

std::string message_piece(random_source& random) {
    switch (random.below(4)) {
        case 0: return header_piece(random);
        case 1: return message_line(random);
        case 2: return whole_message(random);
        default: return std::string(random.any(message_fragments));
    }
}

std::string message_whole(random_source& random) {
    if (random.one_in(3)) {
        // A request and its answer, and what may depend on both: the request again, or another answer.
        const std::string request(random.any(whole_requests));
        std::string talk = request;
        talk += random.any(whole_responses);
        talk += random.one_in(2) ? request : random.any(whole_responses);
        for (std::size_t n = random.below(4); n != 0; --n) talk += whole_message(random);
        return talk;
    }
    std::string text(random.one_in(2) ? "HTTP/1.1 401 Unauthorized\r\n" : "GET / HTTP/1.1\r\n");
    for (std::size_t n = 1 + random.below(4); n != 0; --n) text += message_line(random);
    return text + "\r\n";
}

struct range {
    std::size_t begin;
    std::size_t size;
};

range any_range(std::string_view text, random_source& random) {
    const std::size_t begin = random.below(text.size() + 1);
    return {begin, random.below(std::min<std::size_t>(text.size() - begin, 16) + 1)};
}

}  // namespace

std::string header_value(field f, edition e, random_source& random) {
    switch (random.below(8)) {
        case 0: return all_families()[random.below(all_families().size())].member(16 + random.below(600));
        case 1: return near_miss(judge::words(e).derive(name_of(f), random, 80), random);
        case 2: {
            judge& j = judge::of(f, e);
            return pump(j.automaton(), judge::words(e).derive(name_of(f), random, 60), random, 50 + random.below(400));
        }
        default: return judge::words(e).derive(name_of(f), random, 20 + random.below(100));
    }
}

void edit(std::string& text, random_source& random, const text_grammar& grammar) {
    const range r = any_range(text, random);
    switch (random.below(8)) {
        case 0:
        case 1: text.insert(r.begin, grammar.piece(random)); break;
        case 2:
        case 3: text.replace(r.begin, r.size, grammar.piece(random)); break;
        case 4: text.erase(r.begin, r.size); break;
        case 5: text = near_miss(text, random); break;
        case 6: {
            const std::string unit = text.substr(r.begin, r.size);
            for (std::size_t n = 1 + random.below(random.one_in(4) ? 60 : 4); n != 0; --n) text.insert(r.begin, unit);
            break;
        }
        default: text = grammar.whole(random); break;
    }
}

const text_grammar header_text{header_piece, header_whole};
const text_grammar abnf_text{abnf_piece, abnf_whole};
const text_grammar message_text{message_piece, message_whole};

std::size_t mutate(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed, std::size_t option_bytes,
                   const text_grammar& grammar) {
    random_source random(seed);
    if (LLVMFuzzerMutate != nullptr && random.one_in(3)) return LLVMFuzzerMutate(data, size, most);
    if (most < option_bytes) return size;

    std::string options(option_bytes, '\0');
    std::string text(reinterpret_cast<const char*>(data), size > option_bytes ? size - option_bytes : 0);
    if (size >= option_bytes) std::memcpy(&options[0], data + (size - option_bytes), option_bytes);
    if (option_bytes != 0 && random.one_in(4))
        options[random.below(option_bytes)] = static_cast<char>(random.below(256));
    for (std::size_t edits = 1 + random.below(3); edits != 0; --edits) edit(text, random, grammar);
    if (text.size() > most - option_bytes) text.resize(most - option_bytes);

    text += options;
    if (!text.empty()) std::memcpy(data, text.data(), text.size());
    return text.size();
}

}  // namespace authgrammar::fuzz
