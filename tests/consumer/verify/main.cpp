// The component verify, as an installed program uses it: a Digest server challenges, its client answers, and the answer is let in
// once. Basic too. The component brings OpenSSL and utf8proc with it.

#include <authgrammar/parse.hpp>
#include <authgrammar/verify/basic_server.hpp>
#include <authgrammar/verify/digest_client.hpp>
#include <authgrammar/verify/digest_server.hpp>

#include <chrono>
#include <cstdio>
#include <string_view>

namespace verify = authgrammar::verify;

int main() {
    const verify::digest_algorithm algorithms[] = {verify::digest_algorithm::sha_256};
    verify::digest_offer offer;
    offer.realm = "files";
    offer.algorithms = algorithms;
    offer.algorithm_count = 1;
    verify::hasher hashes;
    const auto key = verify::nonce_key::generate();
    if (!key || !hashes.supports(algorithms[0])) return 1;
    verify::nonce_maker nonces(*key);
    verify::replay_memory replays(100);
    verify::digest_server server(offer, hashes, nonces, replays);
    const verify::time_point now = std::chrono::system_clock::now();
    char challenge[512];
    const auto sent = server.write_challenge(algorithms[0], false, {}, now, challenge, sizeof challenge);
    if (!sent) return 2;

    authgrammar::inline_event_buffer<64> events;
    const std::string_view value(challenge, sent.size);
    const auto list = authgrammar::parse_challenges(authgrammar::field::www_authenticate, value, events);
    if (!list) return 3;
    const auto chosen = verify::choose_challenge(hashes, *list);
    if (!chosen) return 4;
    verify::digest_login login;
    login.username = "Mufasa";
    login.password = "Circle of Life";
    verify::digest_use use;
    use.method = "GET";
    use.target = "/";
    use.cnonce = "0a4f113b";
    char authorization[1024];
    const auto answer = verify::answer_challenge(hashes, *chosen, login, use, authorization, sizeof authorization);
    if (!answer) return 5;

    verify::digest_request request;
    request.method = "GET";
    request.target = "/";
    verify::digest_exchange exchange;
    const auto users = [](const verify::user_query&, verify::user_secret& secret) noexcept {
        secret.password = "Circle of Life";
        return true;
    };
    const std::string_view given(authorization, answer.written.size);
    if (server.verify(given, request, users, now, exchange).is != verify::verdict::accepted) return 6;
    if (server.verify(given, request, users, now, exchange).error.code != verify::verify_code::replayed) return 7;

    verify::basic_rules rules;
    rules.utf8 = true;
    const auto judge = [](std::string_view user, std::string_view password) noexcept {
        return user == "user" && verify::equal_secrets(password, "pass");
    };
    if (verify::verify_basic("Basic dXNlcjpwYXNz", rules, judge).code != verify::verify_code::none) return 8;

    std::puts("let in once");
    return 0;
}
