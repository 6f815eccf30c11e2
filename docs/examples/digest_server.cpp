// Both sides of Digest (RFC 7616): a challenge, its answer, the verdict, and the same answer once more.
#include <authgrammar/parse.hpp>
#include <authgrammar/verify/digest_client.hpp>
#include <authgrammar/verify/digest_server.hpp>

#include <chrono>
#include <iostream>
#include <string_view>

namespace verify = authgrammar::verify;
namespace schemes = authgrammar::schemes;

int main() {
    // The server. Its key comes from verify::nonce_key::generate() where it is not an example.
    const schemes::digest_algorithm algorithms[] = {schemes::digest_algorithm::sha_256};
    verify::digest_offer offer{};
    offer.realm = "files";
    offer.algorithms = algorithms;
    offer.algorithm_count = 1;
    verify::hasher hashes;
    verify::nonce_maker nonces(verify::nonce_key{{1, 2, 3}});
    verify::replay_memory replays(1000);
    verify::digest_server server(offer, hashes, nonces, replays);
    const auto users = [](const verify::user_query& query, verify::user_secret& secret) noexcept {
        if (query.username != "Mufasa") return false;
        secret.password = "Circle of Life";
        return true;
    };
    const verify::time_point now = std::chrono::system_clock::now();

    char challenge[512];
    const auto sent = server.write_challenge(algorithms[0], false, "192.0.2.1", now, challenge, sizeof challenge);
    if (!sent) return 1;

    // The client, which answers the first challenge that it can.
    verify::hasher client_hashes;
    authgrammar::inline_event_buffer<64> events;
    const std::string_view value(challenge, sent.size);
    const auto challenges = authgrammar::parse_challenges(authgrammar::field::www_authenticate, value, events);
    if (!challenges) return 1;
    const auto chosen = verify::choose_challenge(client_hashes, *challenges);
    if (!chosen) return 1;
    verify::digest_login login{};
    login.username = "Mufasa";
    login.password = "Circle of Life";
    char cnonce[verify::cnonce_size];
    if (!verify::make_cnonce(cnonce)) return 1;
    verify::digest_use use{};
    use.method = "GET";
    use.target = "/index.html";
    use.cnonce = std::string_view(cnonce, sizeof cnonce);
    char authorization[1024];
    const auto answer =
        verify::answer_challenge(client_hashes, *chosen, login, use, authorization, sizeof authorization);
    if (!answer) return 1;

    // The server again. The second time the answer is a replay.
    verify::digest_request request{};
    request.method = "GET";
    request.target = "/index.html";
    request.client = "192.0.2.1";
    verify::digest_exchange exchange;
    for (int i = 0; i < 2; ++i) {
        const auto verdict =
            server.verify(std::string_view(authorization, answer.written.size), request, users, now, exchange);
        if (verdict.is == verify::verdict::accepted) {
            std::cout << "let in: " << exchange.username() << '\n';
        } else {
            std::cout << "refused: " << name_of(verdict.error.code) << '\n';
        }
    }
}
