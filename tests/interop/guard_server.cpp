// A server by guards on cpp-httplib, for scripts/interop: guard_server PORT [PAGE | --acceptor PORT]
//
// The first segment of the path says what its guard offers, in order, separated by "+": "basic", "bearer", algorithms of
// Digest such as "sha-256-sess"; "negotiate"; and "userhash", "auth-int", "uri-path" for that tolerance, and "short" for nonces
// of one second. For "proxy+…", or if the
// request-target is an absolute URI, the guard is that of a proxy. A path that ends in "/logout" refuses everybody,
// one in "/public" nobody.
// "/page" is the file PAGE. What tokens of Negotiate lead to says the acceptor on that port of loopback: it gets a line
// "CONNECTION TOKEN", and answers "established USER TOKEN", "proceed - TOKEN" or "refused - -"; a TOKEN may be "-".
//
// The realm is the segment. Each answer says X-Verdict, its status and who was let in or why not, and X-Received, the credentials. Each request is
// written to stdout: method, request-target, verdict.

#include <authgrammar/conversation/exchange.hpp>
#include <authgrammar/field_lines.hpp>
#include <authgrammar/verify/hash.hpp>

#include <arpa/inet.h>
#include <httplib.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

namespace {

namespace conversation = authgrammar::conversation;
namespace schemes = authgrammar::schemes;
namespace verify = authgrammar::verify;

constexpr std::string_view user = "alice";
constexpr std::string_view password = "correct horse";
constexpr std::string_view token = "mF_9.B5f-4.1JqM";

/// What a GSS-API says, in another process.
class acceptor {
public:
    explicit acceptor(int port) : port_(port) {}

    /// Sends a line, and reads the words of the answer; nothing if there is none.
    [[nodiscard]] std::array<std::string, 3> ask(const std::string& line) const {
        std::array<std::string, 3> words;
        const int fd = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(static_cast<std::uint16_t>(port_));
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        std::string answer;
        if (fd >= 0 && connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0 &&
            send(fd, line.data(), line.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(line.size())) {
            char buffer[4096];
            for (ssize_t n = 0; (n = recv(fd, buffer, sizeof buffer, 0)) > 0;) {
                answer.append(buffer, static_cast<std::size_t>(n));
            }
        }
        if (fd >= 0) close(fd);
        std::istringstream(answer) >> words[0] >> words[1] >> words[2];
        return words;
    }

private:
    int port_;
};

class host {
public:
    host(bool refuses, const std::string& body, const acceptor& gssapi, std::string connection)
        : refuses_(refuses), body_(body), gssapi_(gssapi), connection_(std::move(connection)) {}

    bool password(std::string_view name, std::string_view given) noexcept {
        return !refuses_ && name == user && verify::equal_secrets(given, ::password);
    }
    bool secret(const verify::user_query& q, verify::user_secret& found) noexcept {
        const bool same =
            q.hashed ? hashes_.username(q.algorithm, user, q.realm).view() == q.username : q.username == user;
        by_hash_ = q.hashed;
        found.username = user;
        found.password = ::password;
        return same && !refuses_;
    }
    conversation::token_verdict token(std::string_view given) noexcept {
        if (refuses_ || !verify::equal_secrets(given, ::token)) return {};
        return {conversation::token_state::valid, user, {}, {}, {}};
    }
    std::string_view body_hash(schemes::digest_algorithm a) noexcept {
        verify::body_hash body(hashes_, a);
        body.feed(body_);
        hash_ = body.finish();
        return hash_.view();
    }

    conversation::round_verdict round(const conversation::client_round& r) noexcept {
        said_ = gssapi_.ask(connection_ + " " + std::string(r.token) + "\n");
        conversation::round_verdict v{};
        if (refuses_ || said_[0].empty() || said_[0] == "refused") return v;
        v.is = said_[0] == "established" ? conversation::round_state::established : conversation::round_state::proceed;
        if (said_[2] != "-") v.token = said_[2];
        v.user = said_[1];
        return v;
    }

    /// Whether the name was sent as a hash.
    [[nodiscard]] bool by_hash() const noexcept { return by_hash_; }

private:
    bool refuses_;
    bool by_hash_ = false;
    const std::string& body_;
    const acceptor& gssapi_;
    std::string connection_;
    std::array<std::string, 3> said_;
    verify::hasher hashes_;
    verify::hex_hash hash_;
};

conversation::guard_options options_for(const std::string& segment) {
    conversation::guard_options o;
    o.realm = segment;
    o.allow_unsecured = true;
    conversation::digest_offer digest{};
    digest.algorithms.clear();
    std::optional<std::size_t> digest_at;
    std::istringstream words(segment);
    for (std::string word; std::getline(words, word, '+');) {
        if (word == "basic") {
            o.offers.emplace_back(conversation::basic_offer{});
        } else if (word == "bearer") {
            o.offers.emplace_back(conversation::bearer_offer{});
        } else if (word == "negotiate") {
            o.offers.emplace_back(conversation::rounds_offer{"Negotiate"});
        } else if (word == "uri-path") {
            digest.allowed |= schemes::tolerance::digest_uri_path;
        } else if (word == "userhash") {
            digest.userhash = true;
        } else if (word == "auth-int") {
            digest.qop = schemes::digest_qop::auth_int;
        } else if (word == "short") {
            o.nonce_times.lifetime = std::chrono::seconds(1);
        } else if (word == "proxy") {
            o.hop = authgrammar::policy::hop_role::proxy;
        } else if (const auto algorithm = schemes::digest_algorithm_from_name(word)) {
            digest.algorithms.push_back(*algorithm);
            if (!digest_at) {
                digest_at = o.offers.size();
                o.offers.emplace_back(digest);
            }
        }
    }
    if (digest_at) o.offers[*digest_at] = digest;
    return o;
}

class guards {
public:
    const conversation::guard& of(const std::string& segment) {
        const std::lock_guard<std::mutex> lock(mutex_);
        auto& g = all_[segment];
        if (!g) g = std::make_unique<conversation::guard>(options_for(segment));
        return *g;
    }

private:
    std::mutex mutex_;
    std::map<std::string, std::unique_ptr<conversation::guard>> all_;
};

std::string verdict_of(const conversation::exchange& x) {
    if (x.state() == conversation::exchange_state::admitted) {
        return "200 " + std::string(x.user().empty() ? "nobody" : x.user());
    }
    const std::string reason(name_of(x.reason().code));
    const std::string more(x.reason().verify == verify::verify_code::none ? "" : name_of(x.reason().verify));
    return std::to_string(x.status()) + " " + reason + (more.empty() || more == reason ? "" : " " + more);
}

bool ends_in(std::string_view target, std::string_view end) {
    return target.size() > end.size() && target.substr(target.size() - end.size()) == end;
}

void respond(guards& all, const acceptor& gssapi, const httplib::Request& in, httplib::Response& out) {
    const bool proxied = in.target.compare(0, 7, "http://") == 0;
    std::string segment = in.target.substr(proxied ? in.target.find('/', 7) + 1 : 1);
    segment = (proxied ? "proxy+" : "") + segment.substr(0, segment.find_first_of("/?"));
    const bool proxy = segment.compare(0, 6, "proxy+") == 0;

    const authgrammar::field_lines lines(in.headers.equal_range(proxy ? "Proxy-Authorization" : "Authorization"));
    conversation::request r{};
    r.method = in.method;
    r.target = in.target;
    r.credentials = lines.value();
    r.client = in.remote_addr;
    const bool logout = ends_in(in.target, "/logout");
    if (ends_in(in.target, "/public")) r.resource = authgrammar::policy::resource_state::public_resource;
    host h(logout, in.body, gssapi, in.remote_addr + ":" + std::to_string(in.remote_port));
    conversation::exchange x(all.of(segment));
    const bool admitted = x.check(r, h) == conversation::exchange_state::admitted;
    for (const auto& f : x.fields()) out.set_header(std::string(f.name).c_str(), std::string(f.value));
    if (!admitted) out.status = x.status();
    const std::string verdict = verdict_of(x) + (admitted && h.by_hash() ? " by hash" : "");
    out.set_header("X-Verdict", verdict);
    if (!lines.empty()) out.set_header("X-Received", std::string(*lines.begin()));
    out.set_header("Cache-Control", "no-store");
    out.set_content(verdict + "\n", "text/plain");
    std::printf("%s %s %s\n", in.method.c_str(), in.target.c_str(), verdict.c_str());
}

}  // namespace

int main(int argc, char** argv) {
    const bool accepts = argc == 4 && std::string_view(argv[2]) == "--acceptor";
    if (argc != 2 && argc != 3 && !accepts) return 2;
    std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
    guards all;
    const acceptor gssapi(accepts ? std::atoi(argv[3]) : 0);
    httplib::Server server;
    if (argc == 3) {
        std::stringstream page;
        page << std::ifstream(argv[2]).rdbuf();
        server.Get("/page", [text = page.str()](const httplib::Request& in, httplib::Response& out) {
            std::printf("GET %s 200\n", in.target.c_str());
            out.set_content(text, "text/html; charset=utf-8");
        });
    }
    const auto answer = [&](const httplib::Request& in, httplib::Response& out) { respond(all, gssapi, in, out); };
    server.Get(".*", answer);
    server.Post(".*", answer);
    return server.listen("127.0.0.1", std::atoi(argv[1])) ? 0 : 1;
}
