// Scripts for fuzz_policy. Targets, realms and schemes come from short lists, so that steps meet what others kept.

#include "mutator.hpp"

#include "derivation.hpp"

#include <string>
#include <string_view>

namespace authgrammar::fuzz {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view roots[] = {"http://a.example"sv,       "https://a.example"sv, "HTTP://A.example:80"sv,
                                      "https://b.example:8443"sv, "http://[::1]:8080"sv, "https://u@b.example:443"sv};
constexpr std::string_view hosts[] = {"a.example"sv, "A.EXAMPLE:80"sv, "b.example"sv, "[::1]:8080"sv, "a/b"sv};
constexpr std::string_view segments[] = {"/"sv,   "/a"sv,    "/b"sv,   "/a/"sv,  "/."sv,
                                         "/.."sv, "/%7Eb"sv, "/%2f"sv, "/a%41"sv};
constexpr std::string_view schemes[] = {"Basic"sv, "basic"sv, "Digest"sv, "Bearer"sv, "Negotiate"sv, "X"sv};
constexpr std::string_view realms[] = {"|x"sv, "|y"sv, "|"sv, "|a b"sv, ""sv};
constexpr std::string_view secrets[] = {
    "s"sv, "secret"sv, "dXNlcjpwYXNzd29yZA=="sv, ""sv,
    "a very long secret, longer than there is room for in some of the stores that are"sv};
constexpr std::string_view waits[] = {"1"sv, "14"sv, "30"sv, "100"sv, "400"sv};
constexpr std::string_view credentials[] = {"Basic YTpi"sv,     "basic YTpj"sv, "Digest username=\"u\", nonce=\"1\""sv,
                                            "Negotiate YII="sv, "X y"sv,        "Negotiate"sv};
constexpr std::string_view challenges[] = {"Basic realm=\"x\""sv,
                                           "basic realm=x"sv,
                                           "Basic realm=\"y\""sv,
                                           "Digest realm=\"x\", nonce=\"1\", algorithm=SHA-256"sv,
                                           "Digest realm=\"x\", nonce=\"2\", stale=true"sv,
                                           "Digest realm=\"x\", nonce=\"3\""sv,
                                           "Negotiate"sv,
                                           "Negotiate oYG2"sv,
                                           "Negotiate oYG3MA=="sv,
                                           "X"sv,
                                           "Bearer error=\"invalid_token\""sv,
                                           "DPoP algs=\"ES256\""sv};
constexpr std::string_view statuses[] = {"0 0"sv,     "0"sv,       "401 401"sv, "407 407"sv, "407 401"sv,
                                         "401 407"sv, "200 401"sv, "401 403"sv, "200 200"sv, "401 0"sv};
constexpr std::string_view directives[] = {
    "public"sv,          "Private"sv,     "no-store"sv,          "no-cache=\"a, b\""sv,
    "must-revalidate"sv, "public=1"sv,    "max-age=5"sv,         "s-maxage=10"sv,
    "s-maxage=\"10\""sv, "s-maxage=5x"sv, "x=\"a\\\", public"sv, "s-maxage=\"55"sv};

std::string text(std::string_view view) { return std::string(view); }

std::string path(random_source& random) {
    std::string all;
    for (std::size_t n = random.below(5); n != 0; --n) all += random.any(segments);
    if (random.one_in(8)) all += "?q=/";
    return all;
}

std::string uri(random_source& random) { return text(random.any(roots)) + path(random); }

std::string challenge_list(random_source& random) {
    if (random.one_in(5)) return header_value(field::www_authenticate, edition::rfc9110_recipient, random);
    std::string list = text(random.any(challenges));
    while (random.one_in(2)) list.append(", ").append(random.any(challenges));
    return list;
}

std::string domain(random_source& random) {
    std::string list = random.one_in(3) ? "" : uri(random);
    while (random.one_in(2)) list += " " + (random.one_in(2) ? path(random) : uri(random));
    return list;
}

/// How many values each fact has, in the order of policy::all_facts().
constexpr std::size_t fact_values[] = {3, 4, 3, 2, 6, 6, 7, 2, 2, 5, 4, 2};

std::string facts(random_source& random) {
    std::string digits;
    for (const std::size_t values : fact_values) digits += static_cast<char>('0' + random.below(values));
    return "facts " + digits;
}

std::string hop_line(random_source& random) {
    const field f = random.any(all_fields);
    std::string value;
    switch (kind_of(f)) {
        case field_kind::challenges: value = challenge_list(random); break;
        case field_kind::credentials: value = text(random.any(credentials)); break;
        case field_kind::info: value = "a=1, b=\"2,\\\"\""; break;
    }
    if (random.one_in(6)) value = header_value(f, edition::rfc9110_recipient, random);
    const std::string line = (random.one_in(8) ? "Connection: " + text(name_of(f)) : text(name_of(f)) + ": " + value);
    std::string both = "< " + line;
    if (!random.one_in(4)) both += "\n> " + line;
    return both;
}

/// The end of a comparison: what the lines before it are, and what forwarded them.
std::string hop(random_source& random) {
    std::string line = "hop " + text(random.any(statuses));
    if (random.one_in(3)) line += " gateway";
    if (random.one_in(4)) line += " CONNECT";
    if (random.one_in(4)) line += " tunnel";
    return line;
}

std::string host_line(random_source& random) {
    const std::string received = "Host: " + text(random.any(hosts));
    return "< " + received + "\n> " + (random.one_in(2) ? received : "Host: " + text(random.any(hosts)));
}

std::string cache_line(random_source& random) {
    std::string line = "cache " + text(random.any(directives));
    while (random.one_in(3)) line.append(", ").append(random.any(directives));
    return line;
}

std::string space(random_source& random) { return text(random.any(schemes)).append(random.any(realms)); }

std::string step(random_source& random) {
    switch (random.below(25)) {
        case 0:
        case 1: return facts(random);
        case 2:
        case 3: return "uri " + uri(random);
        case 4: return "at " + (random.one_in(2) ? path(random) : uri(random));
        case 5: return "request GET " + path(random) + " " + text(random.any(hosts));
        case 6:
        case 7:
        case 8: {
            std::string line = "keep " + text(random.any(schemes)) + "|" + text(random.any(secrets));
            line.append(random.any(realms));
            if (random.one_in(3)) line += "|" + domain(random);
            if (random.one_in(8)) line.append("||").append(random.any(waits));
            return line;
        }
        case 9: return "keep-proxy " + text(random.any(schemes)) + "|" + text(random.any(secrets));
        case 10: return "again";
        case 11:
        case 12: return "get";
        case 13: return "get-proxy";
        case 14: return "ask " + space(random);
        case 15:
            return random.one_in(2) ? "drop " + space(random) : "drop-space " + text(random.any(realms)).erase(0, 1);
        case 16: return random.one_in(2) ? "drop-host " + text(random.any(hosts)) : "drop-proxy";
        case 17: return random.one_in(4) ? "drop-all" : "drop-old";
        case 18: return "wait " + text(random.any(waits));
        case 19: return "sent " + text(random.any(credentials));
        case 20: return "401 " + challenge_list(random);
        case 21: return "choose " + challenge_list(random);
        case 22: return hop_line(random);
        case 23: return "reuse authorized";
        default: return hop(random);
    }
}

/// Steps that belong together and seldom meet by chance.
std::string scene(random_source& random) {
    switch (random.below(12)) {
        case 0: {
            const std::string list = challenge_list(random);
            const std::string tried = text(random.any(credentials));
            return "401 " + list + "\nsent " + tried + "\n401 " + (random.one_in(2) ? list : challenge_list(random));
        }
        case 1: {
            std::string lines;
            for (std::size_t n = 1 + random.below(4); n != 0; --n) lines += hop_line(random) + "\n";
            if (random.one_in(3)) lines += host_line(random) + "\n";
            return lines + hop(random);
        }
        case 2: {
            std::string rounds = "401 Negotiate\nsent Negotiate YII=";
            for (std::size_t n = 1 + random.below(6); n != 0; --n) {
                rounds += "\n401 Negotiate " + std::string(n, 'a') + "\nsent Negotiate YII=";
            }
            return rounds + "\n401 Negotiate";
        }
        case 3: {
            std::string below = uri(random);
            std::string lines;
            for (std::size_t n = 1 + random.below(3); n != 0; --n) {
                below += "/a/";
                lines += "uri " + below + "\nkeep " + text(random.any(schemes)) + "|" + text(random.any(secrets)) +
                         text(random.any(realms)) + "\n";
            }
            return lines + "uri " + below + text(random.any(segments)) + "\nget";
        }
        case 4: {
            std::string lines;
            for (std::size_t n = 1 + random.below(4); n != 0; --n) lines += cache_line(random) + "\n";
            return lines + (random.one_in(4) ? "reuse" : "reuse authorized");
        }
        case 5: {
            std::string lines = facts(random);
            for (std::size_t n = random.below(12); n != 0; --n) lines += "\n" + facts(random);
            return lines;
        }
        case 6: {
            const std::string realm(random.any(realms));
            return "uri https://b.example:8443" + path(random) + "\nkeep Basic|s" + realm + "\nkeep Digest|s" + realm +
                   "\ndrop-host b.example";
        }
        default: return step(random);
    }
}

std::string policy_piece(random_source& random) { return scene(random) + "\n"; }

std::string policy_whole(random_source& random) {
    std::string script;
    for (std::size_t n = 1 + random.below(16); n != 0; --n) script += scene(random) + "\n";
    return script;
}

}  // namespace

const text_grammar policy_text{policy_piece, policy_whole};

}  // namespace authgrammar::fuzz
