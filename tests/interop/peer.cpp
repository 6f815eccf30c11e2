// A small server and a client of ours, for scripts/interop: what they make of each other's and other programs' field values.
//
//   interop_peer serve PORT
//       An HTTP server on loopback that asks for Basic and Digest. The first segment of the path says what it offers:
//       "basic", "basic-utf8", or "digest-" and an algorithm as "md5", "sha-256-sess", and any of "-int", "-userhash", "-utf8",
//       "-other" (another realm), "-stale" (the first nonce has expired when it is sent) and "-both" (MD5 as well). It says
//       X-Verdict, and X-Received with the credentials.
//   interop_peer answer METHOD TARGET USER PASSWORD [proxy]
//       Reads the values of WWW-Authenticate, or Proxy-Authenticate, a line each, and prints the value that answers the first
//       one it can.
//   interop_peer check METHOD TARGET USER PASSWORD
//       Reads the challenge, our credentials and the value of Authentication-Info, a line each, and prints whether rspauth is right.
//   interop_peer negotiate
//       Reads and writes values of Negotiate: see negotiate.hpp.

#include "negotiate.hpp"

#include <authgrammar/authgrammar.hpp>
#include <authgrammar/schemes/basic.hpp>
#include <authgrammar/verify/basic_server.hpp>
#include <authgrammar/verify/digest_client.hpp>
#include <authgrammar/verify/digest_server.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace authgrammar;
using verify::digest_algorithm;

const std::map<std::string, std::string> passwords{
    {"alice", "correct horse"}, {"j\xc3\xa4s\xc3\xb8n", "pass\xc3\xa9"}, {"quo\"te\\d", "p:w"}, {"empty", ""}};

struct request {
    std::string method;
    std::string target;
    std::string authorization;
    std::string body;
};

struct answer {
    int status = 200;
    std::vector<std::string> fields;
};

/// Both sides' state for one path.
struct realm_of_path {
    std::string realm = "staff@example.org";
    std::vector<digest_algorithm> algorithms;
    verify::digest_offer offer;
    bool first_is_stale = false;
};

class server {
public:
    answer respond(const request& r) {
        const std::string first = r.target.substr(1, r.target.find_first_of("/?", 1) - 1);
        answer a = first.compare(0, 5, "basic") == 0 ? basic(r, first == "basic-utf8") : digest(r, first);
        a.fields.push_back("X-Received: " + r.authorization);
        return a;
    }

private:
    answer basic(const request& r, bool utf8) {
        answer a;
        verify::basic_rules rules;
        rules.utf8 = utf8;
        const auto judge = [](std::string_view user, std::string_view word) noexcept {
            const auto found = passwords.find(std::string(user));
            return found != passwords.end() && verify::equal_secrets(found->second, word);
        };
        const verify::verify_error e = verify::verify_basic(r.authorization, rules, judge);
        a.fields.push_back("X-Verdict: " + std::string(name_of(e.code)));
        if (e.code == verify::verify_code::none) return a;
        a.status = static_cast<int>(r.authorization.empty() ? 401 : e.status());
        schemes::basic_challenge c;
        c.realm = "staff@example.org";
        c.utf8 = utf8;
        std::string value;
        (void)write_to(value, [&](char* b, std::size_t n) {
            return schemes::write_basic_challenge(field::www_authenticate, c, b, n);
        });
        a.fields.push_back("WWW-Authenticate: " + value);
        return a;
    }

    static realm_of_path read_path(std::string name) {
        realm_of_path p;
        const auto has = [&name](const std::string& word) {
            const std::size_t at = name.find("-" + word);
            if (at == std::string::npos) return false;
            name.erase(at, word.size() + 1);
            return true;
        };
        p.offer.qop = has("int") ? verify::digest_qop::auth_int : verify::digest_qop::auth;
        p.offer.userhash = has("userhash");
        p.offer.utf8 = has("utf8");
        p.first_is_stale = has("stale");
        if (has("other")) p.realm = "other@example.org";
        const bool both = has("both");
        const auto a = schemes::digest_algorithm_from_name(name.substr(std::strlen("digest-")));
        if (a) p.algorithms.push_back(*a);
        if (both) p.algorithms.push_back(digest_algorithm::md5);
        p.offer.realm = p.realm;
        p.offer.algorithms = p.algorithms.data();
        p.offer.algorithm_count = p.algorithms.size();
        return p;
    }

    answer digest(const request& r, const std::string& name) {
        answer a;
        const realm_of_path p = read_path(name);
        verify::digest_server judge(p.offer, hashes_, nonces_, replays_);
        std::string found;
        std::string word;
        const auto users = [&](const verify::user_query& q, verify::user_secret& s) noexcept {
            for (const auto& [user, secret] : passwords) {
                const bool same = q.hashed ? user_hashes_.username(q.algorithm, user, q.realm).view() == q.username
                                           : q.username == user;
                if (!same) continue;
                found = user;
                word = secret;
                s.username = found;
                s.password = word;
                return true;
            }
            return false;
        };
        const verify::time_point now = std::chrono::system_clock::now();
        verify::digest_request asked;
        asked.method = r.method;
        asked.target = r.target;
        verify::digest_verdict v = judge.verify(std::string_view(r.authorization), asked, users, now, exchange_);
        verify::hex_hash body;
        if (v.error.code == verify::verify_code::body_hash_missing) {
            verify::body_hash hash(hashes_, exchange_.credentials()->algorithm);
            hash.feed(r.body);
            body = hash.finish();
            asked.body_hash = body.view();
            v = judge.verify(std::string_view(r.authorization), asked, users, now, exchange_);
        }
        a.fields.push_back("X-Verdict: " +
                           std::string(v.is == verify::verdict::accepted ? "accepted"
                                       : v.is == verify::verdict::stale  ? "stale "
                                                                         : "refused ") +
                           (v.is == verify::verdict::accepted ? "" : std::string(name_of(v.error.code))));
        std::string value;
        if (v.is == verify::verdict::accepted) {
            verify::body_hash nothing(hashes_, exchange_.credentials()->algorithm);
            nothing.feed("in\n");
            const verify::hex_hash sent = nothing.finish();
            (void)write_to(value, [&](char* b, std::size_t n) {
                return judge.write_info(exchange_, false, {}, sent.view(), now, b, n);
            });
            a.fields.push_back("Authentication-Info: " + value);
            return a;
        }
        a.status = static_cast<int>(r.authorization.empty() ? 401 : v.error.status());
        const bool early = p.first_is_stale && r.authorization.empty();
        for (const digest_algorithm algorithm : p.algorithms) {
            (void)write_to(value, [&](char* b, std::size_t n) {
                return judge.write_challenge(algorithm, v.is == verify::verdict::stale, {},
                                             early ? now - std::chrono::minutes(10) : now, b, n);
            });
            a.fields.push_back("WWW-Authenticate: " + value);
        }
        return a;
    }

    verify::hasher hashes_;
    verify::hasher user_hashes_;
    verify::nonce_maker nonces_{*verify::nonce_key::generate()};
    verify::replay_memory replays_{10000};
    verify::digest_exchange exchange_;
};

/// Reads one request; false at the end of the connection.
bool read_request(int connection, std::string& kept, request& r) {
    const auto more = [&] {
        char buffer[4096];
        const ssize_t n = read(connection, buffer, sizeof buffer);
        if (n > 0) kept.append(buffer, static_cast<std::size_t>(n));
        return n > 0;
    };
    while (kept.find("\r\n\r\n") == std::string::npos) {
        if (!more()) return false;
    }
    const std::size_t end = kept.find("\r\n\r\n");
    std::size_t length = 0;
    r = {};
    for (std::size_t at = 0; at < end;) {
        const std::size_t line_end = kept.find("\r\n", at);
        const std::string line = kept.substr(at, line_end - at);
        if (at == 0) {
            r.method = line.substr(0, line.find(' '));
            r.target = line.substr(line.find(' ') + 1, line.rfind(' ') - line.find(' ') - 1);
        } else if (line.find(':') != std::string::npos) {
            std::string name = line.substr(0, line.find(':'));
            for (char& c : name) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
            std::string value = line.substr(line.find(':') + 1);
            value.erase(0, value.find_first_not_of(' '));
            if (name == "authorization") r.authorization = value;
            if (name == "content-length") length = std::strtoul(value.c_str(), nullptr, 10);
        }
        at = line_end + 2;
    }
    while (kept.size() < end + 4 + length) {
        if (!more()) return false;
    }
    r.body = kept.substr(end + 4, length);
    kept.erase(0, end + 4 + length);
    return true;
}

int serve(unsigned short port) {
    const int listening = socket(AF_INET, SOCK_STREAM, 0);
    const int yes = 1;
    setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listening, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 || listen(listening, 16) != 0)
        return 1;
    server s;
    for (;;) {
        const int connection = accept(listening, nullptr, nullptr);
        if (connection < 0) return 1;
        std::string kept;
        request r;
        if (read_request(connection, kept, r)) {
            const answer a = s.respond(r);
            std::string out =
                "HTTP/1.1 " + std::to_string(a.status) + " X\r\nConnection: close\r\nContent-Length: 3\r\n";
            for (const std::string& f : a.fields) out += f + "\r\n";
            out += "\r\nin\n";
            (void)!write(connection, out.data(), out.size());
        }
        close(connection);
    }
}

std::vector<std::string> lines() {
    std::vector<std::string> all;
    std::string line;
    while (std::getline(std::cin, line)) all.push_back(line);
    return all;
}

/// Answers one Digest challenge; empty if it cannot.
std::string answer_digest(const challenge& c, char** words, bool proxy, std::string_view cnonce,
                          verify::digest_answer& made) {
    verify::hasher hashes;
    const auto read =
        schemes::read_digest_challenge(c, {}, proxy ? field::proxy_authenticate : field::www_authenticate);
    if (!read) {
        std::fprintf(stderr, "%s\n", std::string(name_of(read.error().code)).c_str());
        return {};
    }
    verify::digest_use use;
    use.method = words[0];
    use.target = words[1];
    use.cnonce = cnonce;
    use.proxy = proxy;
    const verify::hex_hash body = verify::body_hash(hashes, read->algorithm).finish();
    use.body_hash = body.view();
    char buffer[8192];
    made = verify::answer_challenge(hashes, *read, {words[2], words[3], {}}, use, buffer, sizeof buffer);
    if (!made) return {};
    return {buffer, made.written.size};
}

int answer_first(char** words, bool proxy) {
    const field asked = proxy ? field::proxy_authenticate : field::www_authenticate;
    for (const std::string& line : lines()) {
        inline_event_buffer<256> events;
        const auto read = parse_challenges(asked, std::string_view(line), events);
        if (!read) continue;
        for (const challenge c : *read) {
            if (c.has_scheme("Digest")) {
                char cnonce[verify::cnonce_size];
                verify::digest_answer made;
                if (!verify::make_cnonce(cnonce)) return 1;
                const std::string value = answer_digest(c, words, proxy, {cnonce, sizeof cnonce}, made);
                if (value.empty()) continue;
                std::puts(value.c_str());
                return 0;
            }
            if (!schemes::read_basic_challenge(c)) continue;
            std::string value;
            const write_result w = write_to(value, [&](char* b, std::size_t n) {
                return schemes::write_basic_credentials(proxy ? field::proxy_authorization : field::authorization,
                                                        words[2], words[3], b, n);
            });
            if (!w) continue;
            std::puts(value.c_str());
            return 0;
        }
    }
    std::fputs("no challenge that can be answered\n", stderr);
    return 1;
}

int check(char** words) {
    const std::vector<std::string> all = lines();
    if (all.size() != 3) return 2;
    inline_event_buffer<256> challenge_events;
    inline_event_buffer<64> credentials_events;
    inline_event_buffer<64> info_events;
    const auto asked = parse_challenges(field::www_authenticate, std::string_view(all[0]), challenge_events);
    const auto sent = parse_credentials(field::authorization, std::string_view(all[1]), credentials_events);
    const auto said = parse_info(field::authentication_info, std::string_view(all[2]), info_events);
    if (!asked || !sent || !said) return 2;
    const auto info = schemes::read_digest_info(*said);
    const auto credentials = schemes::read_digest_credentials(*sent);
    if (!info || !credentials || !credentials->cnonce) {
        std::puts("unreadable");
        return 0;
    }
    for (const challenge c : *asked) {
        const auto read = schemes::read_digest_challenge(c);
        if (!read || read->algorithm != credentials->algorithm) continue;
        verify::hasher hashes;
        verify::digest_answer made;
        const std::string cnonce(credentials->cnonce->raw());
        (void)answer_digest(c, words, false, cnonce, made);
        verify::digest_use use;
        use.method = words[0];
        use.target = words[1];
        use.cnonce = cnonce;
        std::puts(verify::check_rspauth(hashes, *info, *read, made, use) ? "right" : "wrong");
        return 0;
    }
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view mode = argc > 1 ? argv[1] : "";
    if (mode == "serve" && argc == 3) return serve(static_cast<unsigned short>(std::atoi(argv[2])));
    if (mode == "answer" && argc >= 6) return answer_first(argv + 2, argc == 7);
    if (mode == "check" && argc == 6) return check(argv + 2);
    if (mode == "negotiate" && argc == 2) return interop::answer_negotiate();
    std::fputs(
        "usage: interop_peer serve PORT | answer METHOD TARGET USER PASSWORD [proxy] | check METHOD TARGET USER "
        "PASSWORD | negotiate\n",
        stderr);
    return 2;
}
