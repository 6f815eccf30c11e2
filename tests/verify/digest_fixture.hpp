#ifndef AUTHGRAMMAR_TESTS_VERIFY_DIGEST_FIXTURE_HPP
#define AUTHGRAMMAR_TESTS_VERIFY_DIGEST_FIXTURE_HPP

#include <authgrammar/parse.hpp>
#include <authgrammar/verify/digest_client.hpp>
#include <authgrammar/verify/digest_server.hpp>

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::verify::testing {

inline constexpr std::array<digest_algorithm, 6> all_algorithms{
    digest_algorithm::md5,          digest_algorithm::md5_sess,    digest_algorithm::sha_256,
    digest_algorithm::sha_256_sess, digest_algorithm::sha_512_256, digest_algorithm::sha_512_256_sess};

inline const time_point now{std::chrono::hours(500'000)};

/// Users and their passwords.
struct user_table {
    hasher& hashes;
    std::map<std::string, std::string> passwords{
        {"Mufasa", "Circle of Life"}, {"Quo\"te\\d", "p:w"}, {"J\xc3\xa4s\xc3\xb8n Doe", "Secret, or not?"}};
    bool stored = false;  ///< whether H(A1) is kept and not the password
    std::string found{};
    std::string password{};
    hex_hash a1{};

    bool operator()(const user_query& q, user_secret& s) noexcept {
        for (const auto& [name, word] : passwords) {
            const bool same =
                q.hashed ? hashes.username(q.algorithm, name, q.realm).view() == q.username : q.username == name;
            if (!same) continue;
            found = name;
            password = word;
            a1 = hashes.a1(q.algorithm, name, q.realm, word);
            if (stored) {
                s.a1 = a1.view();
            } else {
                s.username = found;
                s.password = password;
            }
            return true;
        }
        return false;
    }
};

/// A server and its client, which speak to each other in field values.
struct server_and_client {
    hasher hashes;
    hasher lookup_hashes;
    nonce_maker nonces{nonce_key{{1, 2, 3}}};
    replay_memory replays{100};
    std::vector<digest_algorithm> algorithms{all_algorithms.begin(), all_algorithms.end()};
    digest_offer offer{};
    digest_request request{};
    user_table users{lookup_hashes};
    digest_exchange exchange;
    time_point time = now;

    digest_login login{"Mufasa", "Circle of Life", {}};
    digest_use use{};
    schemes::tolerances client_allows{};
    std::string challenge_value{};
    digest_answer last{};

    server_and_client() {
        offer.realm = "http-auth@example.org";
        request.method = use.method = "GET";
        request.target = use.target = "/dir/index.html";
        request.client = "192.0.2.1";
        use.cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    }

    digest_server server() {
        offer.algorithms = algorithms.data();
        offer.algorithm_count = algorithms.size();
        return {offer, hashes, nonces, replays};
    }

    std::string challenge(digest_algorithm a, bool stale = false) {
        std::string value;
        const write_result w = write_to(value, [&](char* b, std::size_t n) {
            return server().write_challenge(a, stale, request.client, time, b, n);
        });
        EXPECT_TRUE(w) << name_of(w.code);
        return value;
    }

    /// The client's answer to a challenge, with the hash of the body for both sides; or the name of the error.
    std::string answer(const std::string& value) {
        challenge_value = value;
        const auto read = read_challenge();
        if (!read) return std::string(schemes::name_of(read.error().code));
        body_ = body_hash(hashes, read->algorithm).finish();
        use.body_hash = request.body_hash = body_.view();
        char buffer[8192];
        last = answer_challenge(hashes, *read, login, use, buffer, sizeof buffer);
        if (last.error.code != verify_code::none) return std::string(name_of(last.error.code));
        EXPECT_TRUE(last.written) << name_of(last.written.code);
        return {buffer, last.written.size};
    }

    digest_verdict verify(const std::string& value) {
        value_ = value;  // which what is read refers to
        return server().verify(std::string_view(value_), request, users, time, exchange);
    }

    std::string info(bool renew) {
        std::string value;
        const write_result w = write_to(value, [&](char* b, std::size_t n) {
            return server().write_info(exchange, renew, request.client, request.body_hash, time, b, n);
        });
        EXPECT_TRUE(w) << name_of(w.code);
        return value;
    }

    /// Whether the client believes the server's Authentication-Info.
    bool server_knows_password() {
        const std::string value = info(false);
        inline_event_buffer<64> events;
        const auto params = parse_info(field::authentication_info, std::string_view(value), events);
        if (!params) return false;
        const auto read = schemes::read_digest_info(*params);
        const auto challenge = read_challenge();
        return read && challenge && check_rspauth(hashes, *read, *challenge, last, use, use.body_hash);
    }

    /// The credentials with another spelling of nc, and the response that goes with it.
    std::string with_nc(std::string value, std::string_view nc) {
        const auto challenge = read_challenge();
        response_input input;
        input.algorithm = challenge->algorithm;
        input.qop = last.qop;
        input.a1 = last.a1.view();
        input.nonce = challenge->nonce;
        input.nc = nc;
        input.cnonce = text(use.cnonce);
        input.method = use.method;
        input.uri = text(use.target);
        const hex_hash response = hashes.response(input);
        value.replace(value.find(" nc=") + 4, 8, nc);
        value.replace(value.find("response=\"") + 10, response.view().size(), response.view());
        return value;
    }

private:
    result<schemes::digest_challenge, schemes::scheme_error> read_challenge() {
        const field f = use.proxy ? field::proxy_authenticate : field::www_authenticate;
        const auto parsed = parse_challenges(f, std::string_view(challenge_value), events_);
        if (!parsed) {
            schemes::scheme_error e;
            e.code = schemes::scheme_error_code::malformed_value;
            return e;
        }
        return schemes::read_digest_challenge(*(*parsed).begin(), client_allows, f);
    }

    inline_event_buffer<64> events_;
    hex_hash body_{};
    std::string value_;
};

}  // namespace authgrammar::verify::testing

#endif
