// fuzz_secrets: generated messages with a secret in each, and what authlint prints of them. The secret is put wherever
// redaction is promised; no four octets in a row of it, nor of its base64, may be shown.

#include "lint_output.hpp"
#include "support/mutator.hpp"
#include "support/random.hpp"

#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/redaction.hpp>
#include <authgrammar/schemes/base64.hpp>

#include <parse/answer.hpp>
#include <parse/parse_fix.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace authgrammar;

constexpr char usage[] = "usage: fuzz_secrets [--count N] [--seed N] [--reveal]\n";

/// No English, no RFC number and no name of a field or scheme has four of them in a row.
constexpr std::string_view letters = "QZJXKVYW";
constexpr std::size_t secret_size = 12;
constexpr std::size_t shortest_leak = 4;

/// Lines in which everything at "$" is secret. A line that is to be malformed is made so by edits.
constexpr std::string_view lines[] = {
    // The four secret fields: value, name, scheme, token68.
    "Authorization: Basic $", "Authorization: Bearer $", "Authorization: $", "Authorization: $ abc",
    "Authorization: $ a=b", "Authorization: Digest username=\"$\", realm=\"r\"",
    "Authorization: Digest username=\"u\", realm=\"$\", qop=auth", "Authorization: Digest username=\"u\", qop=$",
    "Authorization: Digest $=\"u\", nc=00000001", "Authorization: Basic $=1", "Authorization: Newauth a=$",
    "Authorization: Digest username=\"a\\$b\", uri=\"/\"", "Authorization: Digest algorithm=$, nonce=\"$\"",
    "Proxy-Authorization: Basic $", "Proxy-Authorization: $", "Proxy-Authorization: Negotiate $",
    "Authentication-Info: nextnonce=\"$\"", "Authentication-Info: $=\"x\"", "Authentication-Info: rspauth=$",
    "Proxy-Authentication-Info: nextnonce=\"$\", qop=auth",
    // Slips.
    "Authorization: Bearer Bearer $", "Authorization: Bearer \"$\"", "Authorization: Bearer $,Bearer $",
    "Authorization: Bearer $, Basic $", "Authorization: Basic user:$", "Authorization: Basic $:pass",
    "Authorization: user:$", "Authorization: Bearer: $", "Authorization: Bearer, $", "Authorization: Bearer\t$",
    "Authorization: Authorization: Bearer $", "Authorization: \"Bearer $\"", "Authorization: Bearer <$>",
    "Authorization: Bearer $ x", "Authorization: Bearer a$ $", "Authorization: Digest username='$', realm=x",
    "Authorization: Digest username=$ b, realm=\"x\"", "Authorization: Digest username=\"$, realm=\"x\"",
    "Authorization: Digest username=\"a\"$\"b\", realm=\"x\"", "Authorization: Digest username=\"$\" realm=\"x\"",
    "Authorization: Digest username=\xE2\x80\x9C$\xE2\x80\x9D", "Authorization: Digest username = \"$\"",
    "Authorization: Digest qop=auth,$", "Authorization: Basic dXNlcjpwYXNz=$", "Authorization: Basic dXNlcjpwYXNz== $",
    "Authorization: Digest: $", "Authorization: Bearer realm: \"$\"", "Authorization: username=\"$\", nonce=\"n\"",
    "Authorization: AWS4-HMAC-SHA256 Credential=$/a/b, SignedHeaders=a;b, Signature=$",
    "Authorization: Bearer eyJ$.$.$", "Authorization: eyJ$.$.$", "Authorization: https://$/",
    "Authorization: Bearer $;a=b", "Authorization: Digest uri=/a?b=$, username=u",
    // Several lines, folds, lines that are none.
    "Authorization: Basic dXNlcjpwYXNz\r\nAuthorization: $", "Authorization: $\r\nAuthorization: Bearer $",
    "Authorization: Basic abc\r\n $", "Authorization: $\r\n\t$",
    "Authorization: Digest username=\"u\",\r\n realm=\"$\"",
    "Authorization: Basic dXNlcjphLXZlcnktbG9uZy1tYWRlLXVwLXBhc3N3b3Jk\r\n$", "Authorization: Bearer a\r\n$\r\n$",
    "Authorization: Digest username=\"u\",\r\nresponse=\"$\"", "WWW-Authenticate: Digest realm=\"x\",\r\nnonce=\"$\"",
    "WWW-Authenticate: Negotiate aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n$$", "$", "Authorization Bearer $",
    "Authorization; Bearer $", "Authorization= Basic $",
    // Names that are misspelt or unknown, and cookies.
    "Authorisation: Bearer $", "Authorization : Bearer $", "Authorizaton: $", "X-Api-Key: $", "Cookie: a=$",
    "Set-Cookie: a=$; HttpOnly", "X-Forwarded-Authorization: Basic $", "Authentication: $",
    // Fields that are shown in their own form alone.
    "Content-Type: Bearer $", "Content-Type: $", "Date: $", "Retry-After: $", "Content-Length: $", "Host: a:$",
    "Host: a:$@h", "Via: 1.1 a:$", "Via: $", "User-Agent: Bearer $", "Server: Basic $", "Connection: Basic $",
    "Cache-Control: Bearer $",
    // URIs.
    "Location: https://h/p?x=$", "Location: https://$@h/p", "Location: https://u:$@h/p#$", "Referer: http://h/?$",
    "Content-Location: /a?b=c&d=$#$", "GET /p?x=$ HTTP/1.1", "GET /p?$ HTTP/1.1\r\nHost: a",
    "GET http://u:$@h/p HTTP/1.1", "GET /p#$ HTTP/1.1", "GET /p?x=$&y=z", "CONNECT $@h:443 HTTP/1.1"};

/// Octets that break values, put anywhere but into a secret. No line end and no colon: with them the secret could become
/// the name of a field, which is shown.
constexpr std::string_view breakers = "\",;= \t\\'<>[]{}()/@&\x80\x01";

struct planted_message {
    std::string text;
    std::string secret;
};

std::string random_secret(fuzz::random_source& random) {
    std::string secret;
    while (secret.size() < secret_size) secret += random.any(letters);
    return secret;
}

/// A line with the secret in it, often with an octet too many or too few somewhere else.
std::string secret_line(const std::string& secret, fuzz::random_source& random) {
    std::string line(random.any(lines));
    // Of a URI path segments are shown, and the secret could become one.
    const bool is_value = line.find("uth") != std::string::npos && line.find(": ") != std::string::npos;
    for (std::size_t n = is_value ? random.below(3) : 0; n != 0; --n) {
        const std::size_t first = line.find(": ") + 2;
        const std::size_t at = first + random.below(line.size() - first + 1);
        const bool erases = at < line.size() && std::string_view("$\r\n").find(line[at]) == std::string_view::npos &&
                            (at == 0 || std::string_view("\r\n").find(line[at - 1]) == std::string_view::npos);
        if (random.one_in(3) && erases) {
            line.erase(at, 1);
        } else if (at == line.size() || (line[at] != '\n' && line[at - 1] != '\n')) {
            line.insert(at, 1, random.any(breakers));
        }
    }
    for (std::size_t at = line.find('$'); at != std::string::npos; at = line.find('$', at + secret.size())) {
        line.replace(at, 1, secret);
    }
    return line + (random.one_in(4) ? "\n" : "\r\n");
}

/// Whether `output` has `size` octets in a row of `text`.
bool shows(const std::string& output, std::string_view text, std::size_t size) {
    for (std::size_t i = 0; i + size <= text.size(); ++i) {
        if (output.find(text.substr(i, size)) != std::string::npos) return true;
    }
    return false;
}

/// A login with the secret in it, in one of the forms that servers take, and its refusal.
std::string refused(const planted_message& m, fuzz::random_source& random) {
    const std::string pair = "user:" + m.secret;
    std::string basic(schemes::base64_encoded_size(pair.size()), '\0');
    basic.resize(schemes::encode_base64(pair, &basic[0]));
    const std::string& s = m.secret;
    const std::string credentials[] = {
        "Basic " + basic,
        "Bearer " + s,
        "Bearer eyJhbGciOiJub25lIn0.eyJleHAiOjEsImF1ZCI6Imh0dHBzOi8vYSJ9." + s,
        "Negotiate " + basic,
        "NTLM TlRMTVNTUAABAAAA" + s,
        "Digest username=\"" + s + "\", realm=\"r\", nonce=\"n\", uri=\"/?" + s +
            "\", response=\"0123456789abcdef0123456789abcdef\", qop=auth, nc=00000001, cnonce=\"" + s + "\"",
        "Digest username=\"user\", realm=\"" + s + "\", nonce=\"" + s + "\", uri=\"/\", response=\"" + s +
            "\", algorithm=" + s + ", opaque=\"" + s + "\", userhash=" + s};
    const std::string challenges[] = {"Basic realm=\"r\"", "Bearer realm=\"r\", error=\"invalid_token\", scope=\"a b\"",
                                      "Negotiate", "NTLM TlRMTVNTUAACAAAA",
                                      "Digest realm=\"r\", nonce=\"m\", qop=\"auth\", opaque=\"o\", stale=true"};
    const std::string field = random.one_in(4) ? "Proxy-Authorization" : "Authorization";
    const std::size_t which = random.below(7);
    const std::string answer = field == "Authorization" ? "401 X\r\nWWW" : "407 X\r\nProxy";
    return m.text + "\r\nGET /?x=" + s + " HTTP/1.1\r\nHost: a.example\r\n" + field + ": " + credentials[which] +
           "\r\n\r\nHTTP/1.1 " + answer + "-Authenticate: " + challenges[random.below(5)] + "\r\n\r\n";
}

/// The line in a generated message: at the start of one of its lines.
planted_message generate(fuzz::random_source& random) {
    planted_message out;
    out.text = fuzz::message_text.whole(random);
    for (std::size_t n = random.below(3); n != 0; --n) fuzz::edit(out.text, random, fuzz::message_text);
    do {
        out.secret = random_secret(random);
    } while (shows(out.text, out.secret, shortest_leak));
    std::vector<std::size_t> starts{0};
    for (std::size_t at = out.text.find('\n'); at != std::string::npos; at = out.text.find('\n', at + 1)) {
        starts.push_back(at + 1);
    }
    // Not behind the empty line that ends a header section, as a rule.
    const std::size_t at = random.one_in(4) ? random.any(starts) : starts[std::min<std::size_t>(1, starts.size() - 1)];
    const bool in_order = at == 0 || out.text[at - 1] == '\n';
    out.text.insert(at, (in_order ? "" : "\r\n") + secret_line(out.secret, random));
    if (random.one_in(2)) out.text = refused(out, random);
    return out;
}

/// What `why` is told besides: that the secret is the right password.
audit::known_login login_of(const std::string& secret) {
    audit::known_login login;
    login.user = "user";
    login.password.emplace(secret);
    return login;
}

/// Everything that lint, why and parse print of the message.
std::string everything_printed(const planted_message& planted, bool reveal) {
    const std::string& input = planted.text;
    const std::vector<audit::message> messages = audit::read_messages(input);
    const audit::known_login login = login_of(planted.secret);
    std::string out =
        fuzz::lint_text_of(input, messages, {}, reveal) + fuzz::lint_text_of(input, messages, {}, reveal, login) +
        fuzz::lint_json_of(input, messages, {}, reveal, login) + fuzz::lint_reports_of(input, messages, {}, reveal);
    for (const audit::message& m : messages) {
        for (const audit::field_line& line : m.lines) {
            if (!line.known || !audit::is_secret(*line.known)) continue;
            const authlint::question q{*line.known, {std::string(line.value.text())}, false};
            authlint::verdict v;
            v.why = audit::read_events(q.field, q.lines[0], edition::rfc9110_recipient, v.events);
            v.valid = v.why.code == error_code::none;
            append_answer(out, q, q.lines[0], v, reveal);
            append_fix(out, q, reveal);
        }
    }
    return out;
}

/// What base64 makes of the secret, wherever it is in the octets that are encoded, without the digits that other octets
/// have a part in.
bool shows_base64(const std::string& output, const std::string& secret) {
    for (const std::size_t before : {0u, 1u, 2u}) {
        const std::string octets = std::string(before, 'a') + secret;
        std::string digits(schemes::base64_encoded_size(octets.size()), '\0');
        digits.resize(schemes::encode_base64(octets, &digits[0]));
        const std::size_t first = before == 0 ? 0 : before + 1;
        if (shows(output, std::string_view(digits).substr(first, 14), 6)) return true;
    }
    return false;
}

std::size_t number(const char* text) {
    char* end = nullptr;
    const unsigned long long n = std::strtoull(text, &end, 10);
    if (*text == '\0' || *end != '\0') {
        std::fputs(usage, stderr);
        std::exit(2);
    }
    return static_cast<std::size_t>(n);
}

}  // namespace

int main(int argc, char** argv) {
    std::size_t count = 1000;
    std::size_t seed = 1;
    bool reveal = false;
    for (int i = 1; i < argc; ++i) {
        const std::string_view option = argv[i];
        if (option == "--reveal") {
            reveal = true;
        } else if ((option == "--count" || option == "--seed") && i + 1 < argc) {
            (option == "--count" ? count : seed) = number(argv[++i]);
        } else {
            std::fputs(usage, option == "--help" ? stdout : stderr);
            return option == "--help" ? 0 : 2;
        }
    }
    fuzz::random_source random(seed);
    std::size_t octets = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const planted_message m = generate(random);
        const std::string output = everything_printed(m, reveal);
        octets += output.size();
        if (!shows(output, m.secret, shortest_leak) && !shows_base64(output, m.secret)) continue;
        std::printf("a secret is shown: %s, in message %zu of seed %zu\n%s\n--- is reported as\n%s\n", m.secret.c_str(),
                    i, seed, m.text.c_str(), output.c_str());
        return 1;
    }
    std::printf("%zu messages with a secret, %zu octets printed of them, no secret shown\n", count, octets);
    return 0;
}
