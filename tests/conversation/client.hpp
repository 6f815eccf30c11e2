#ifndef AUTHGRAMMAR_TESTS_CONVERSATION_CLIENT_HPP
#define AUTHGRAMMAR_TESTS_CONVERSATION_CLIENT_HPP

#include <authgrammar/conversation/exchange.hpp>
#include <authgrammar/parse.hpp>
#include <authgrammar/schemes/basic.hpp>
#include <authgrammar/verify/digest_client.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Both sides, for tests of a guard: its options and requests, and values of Authorization by the functions of schemes and verify.

namespace authgrammar::conversation::test {

inline guard_options options_for(std::vector<offer> offers) {
    guard_options o;
    o.realm = "files";
    o.offers = std::move(offers);
    return o;
}

inline request get_without() {
    request r{};
    r.method = "GET";
    r.target = "/index.html";
    r.secured = true;
    return r;
}
inline request get(std::string_view authorization) {
    request r = get_without();
    r.credentials = authorization;
    return r;
}

inline std::string basic(std::string_view user, std::string_view password) {
    std::string value;
    const auto written = write_to(value, [&](char* b, std::size_t n) {
        return schemes::write_basic_credentials(field::authorization, user, password, b, n);
    });
    return written ? value : std::string();
}

/// The fields of a name, joined as one value.
inline std::string all_of(const fields_to_send& fields, std::string_view name) {
    std::string joined;
    for (const field_to_send& f : fields) {
        if (f.name == name) joined += (joined.empty() ? "" : ", ") + std::string(f.value);
    }
    return joined;
}

struct digest_login {
    std::string_view user = "Mufasa";
    std::string_view password = "Circle of Life";
    std::string_view method = "GET";
    std::string_view target = "/index.html";
    std::uint32_t nc = 1;
    std::string_view body_hash{};
    bool proxy = false;
};

/// Answers the first Digest challenge of a value; empty if there is none.
inline std::string digest(std::string_view challenges_value, const digest_login& login) {
    verify::hasher hashes;
    inline_event_buffer<128> events;
    const field f = login.proxy ? field::proxy_authenticate : field::www_authenticate;
    const auto list = parse_challenges(f, challenges_value, events);
    if (!list) return {};
    const auto usable = login.body_hash.empty() ? schemes::digest_qops(schemes::digest_qop::auth)
                                                : schemes::digest_qop::auth | schemes::digest_qop::auth_int;
    const auto chosen = verify::choose_challenge(hashes, *list, {}, f, usable);
    if (!chosen) return {};
    verify::digest_login who{};
    who.username = login.user;
    who.password = login.password;
    verify::digest_use use{};
    use.method = login.method;
    use.target = login.target;
    use.cnonce = "0a4f113b";
    use.nc = login.nc;
    use.body_hash = login.body_hash;
    use.proxy = login.proxy;
    char buffer[2048];
    const auto answer = verify::answer_challenge(hashes, *chosen, who, use, buffer, sizeof buffer);
    return answer ? std::string(buffer, answer.written.size) : std::string();
}

/// A host that knows one user and one token.
struct host {
    bool password(std::string_view user, std::string_view password) noexcept {
        ++asked;
        return user == "Mufasa" && verify::equal_secrets(password, "Circle of Life");
    }
    bool secret(const verify::user_query& query, verify::user_secret& found) noexcept {
        ++asked;
        const bool same = query.hashed
                              ? hashes.username(query.algorithm, "Mufasa", query.realm).view() == query.username
                              : query.username == "Mufasa";
        found.username = "Mufasa";
        found.password = "Circle of Life";
        return same;
    }
    token_verdict token(std::string_view token) noexcept {
        ++asked;
        token_verdict v{};
        if (token == "good") {
            v.is = token_state::valid;
            v.user = "Mufasa";
        } else if (token == "narrow") {
            v.is = token_state::insufficient_scope;
            v.scope = "write";
        } else if (token == "old") {
            v.is = token_state::step_up;
            v.max_age = 5;
        }
        return v;
    }
    std::string_view body_hash(schemes::digest_algorithm) noexcept { return hash; }
    /// A mechanism of two rounds, or of one: its tokens are their names in base64.
    round_verdict round(const client_round& r) noexcept {
        ++asked;
        const std::string_view sid = r.scheme == "SCRAM-SHA-256" ? "AAAABBBB" : "";
        if (r.token == first_round && r.session.empty()) return {round_state::proceed, server_round, sid, {}};
        if (r.token == second_round && r.session == sid) return {round_state::established, last_round, sid, "Mufasa"};
        if (r.token == only_round) return {round_state::established, {}, sid, "Mufasa"};
        return {};
    }
    static constexpr std::string_view first_round = "Zmlyc3Q=";
    static constexpr std::string_view server_round = "c2VydmVy";
    static constexpr std::string_view second_round = "c2Vjb25k";
    static constexpr std::string_view last_round = "bGFzdA==";
    static constexpr std::string_view only_round = "b25seQ==";

    std::string hash;
    int asked = 0;
    verify::hasher hashes;
};

}  // namespace authgrammar::conversation::test

#endif
