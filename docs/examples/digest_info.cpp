// After a success (RFC 7616, 3.5): the server writes Authentication-Info, by which it shows that it knows the password and
// names the nonce of the next request; the client checks the one and uses the other.
#include <authgrammar/parse.hpp>
#include <authgrammar/schemes/digest.hpp>
#include <authgrammar/verify/digest_client.hpp>
#include <authgrammar/verify/digest_server.hpp>

#include <chrono>
#include <cstddef>
#include <iostream>
#include <optional>
#include <string_view>

namespace verify = authgrammar::verify;
namespace schemes = authgrammar::schemes;

namespace {

constexpr verify::digest_login login{"Mufasa", "Circle of Life"};

/// One request: the client answers `challenge` and the server verifies it, then the server writes Authentication-Info to
/// `info` and the client checks it. The parameters of that field; nothing if either side is not satisfied.
std::optional<schemes::digest_info> request(verify::digest_server& server, verify::hasher& client,
                                            const schemes::digest_challenge& challenge, std::string_view target,
                                            char* info, std::size_t capacity, authgrammar::event_buffer& events) {
    const verify::time_point now = std::chrono::system_clock::now();
    char cnonce[verify::cnonce_size];
    if (!verify::make_cnonce(cnonce)) return std::nullopt;
    verify::digest_use use{};
    use.method = "GET";
    use.target = target;
    use.cnonce = {cnonce, sizeof cnonce};
    char authorization[1024];
    const auto answer = verify::answer_challenge(client, challenge, login, use, authorization, sizeof authorization);
    if (!answer) return std::nullopt;

    // The server.
    verify::digest_request received{};
    received.method = use.method;
    received.target = target;
    verify::digest_exchange exchange;
    const auto users = [](const verify::user_query& query, verify::user_secret& secret) noexcept {
        secret.password = login.password;
        return query.username == login.username;
    };
    const std::string_view value(authorization, answer.written.size);
    if (server.verify(value, received, users, now, exchange).is != verify::verdict::accepted) return std::nullopt;
    const auto written = server.write_info(exchange, true, {}, {}, now, info, capacity);
    if (!written) return std::nullopt;

    // The client again.
    const auto params =
        authgrammar::parse_info(authgrammar::field::authentication_info, std::string_view(info, written.size), events);
    if (!params) return std::nullopt;
    const auto read = schemes::read_digest_info(*params);
    if (!read || !verify::check_rspauth(client, *read, challenge, answer, use)) return std::nullopt;
    return *read;
}

}  // namespace

int main() {
    const schemes::digest_algorithm algorithms[] = {schemes::digest_algorithm::sha_256};
    verify::digest_offer offer{};
    offer.realm = "files";
    offer.algorithms = algorithms;
    offer.algorithm_count = 1;
    verify::hasher hashes;
    verify::nonce_maker nonces(verify::nonce_key{{1, 2, 3}});  // of an example: use verify::nonce_key::generate()
    verify::replay_memory replays(1000);
    verify::digest_server server(offer, hashes, nonces, replays);

    char value[512];
    const auto sent =
        server.write_challenge(algorithms[0], false, {}, std::chrono::system_clock::now(), value, sizeof value);
    authgrammar::inline_event_buffer<64> events;
    const auto challenges =
        authgrammar::parse_challenges(authgrammar::field::www_authenticate, std::string_view(value, sent.size), events);
    verify::hasher client;
    if (!sent || !challenges) return 1;
    auto challenge = verify::choose_challenge(client, *challenges);
    if (!challenge) return 1;

    char info[2][512];
    authgrammar::inline_event_buffer<16> info_events[2];
    for (int i = 0; i < 2; ++i) {
        const auto said = request(server, client, *challenge, "/index.html", info[i], sizeof info[i], info_events[i]);
        if (!said || !said->nextnonce) return 1;
        std::cout << "the server knows the password, and the next nonce is "
                  << (said->nextnonce->raw() == challenge->nonce.raw() ? "the same" : "another") << '\n';
        challenge->nonce = *said->nextnonce;  // with it nc begins at 1 again
    }
}
