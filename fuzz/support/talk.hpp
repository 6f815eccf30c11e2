#ifndef AUTHGRAMMAR_FUZZ_TALK_HPP
#define AUTHGRAMMAR_FUZZ_TALK_HPP

#include <authgrammar/conversation/exchange.hpp>
#include <authgrammar/conversation/guard.hpp>
#include <authgrammar/verify/hash.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The conversations of fuzz_conversation and fuzz_c: who talks, on what terms, and what becomes of the messages on their way.
namespace authgrammar::fuzz::talk {

inline constexpr std::string_view user = "Mufasa";
inline constexpr std::string_view user_password = "Circle:of Life";
inline constexpr std::string_view user_token = "mF_9.B5f-4.1JqM";
// What a mechanism of two rounds sends: the client's first token, the server's, and the client's proof.
inline constexpr std::string_view first_round = "Zmlyc3Q=";
inline constexpr std::string_view server_round = "c2VydmVy";
inline constexpr std::string_view proof_round = "cHJvb2Y=";
inline constexpr std::string_view handshake = "AAAABBBB";
inline constexpr std::string_view uri = "https://example.com/dir/index.html?a=b";
inline constexpr std::string_view target = "/dir/index.html?a=b";
inline const verify::time_point begin{std::chrono::hours(500'000)};

/// Lines of one field.
using lines = std::vector<std::string>;

/// What the input makes of messages, one after another.
class changes {
public:
    explicit changes(std::string_view text) : rest_(text) {}

    /// Changes the next message. Whether it is another one then.
    bool apply(lines& message) {
        const std::size_t end = std::min(rest_.find('\n'), rest_.size());
        const std::string_view line = rest_.substr(0, end);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        const lines before = message;
        if (!line.empty()) change(message, line[0], line.substr(1));
        return message != before;
    }

private:
    static void change(lines& message, char how, std::string_view with) {
        switch (how) {
            case '=': message.assign(1, std::string(with)); break;
            case '+': message.emplace_back(with); break;
            case '-': message.clear(); break;
            case '~':
                for (std::size_t i = 0; i + 3 <= with.size() && !message.empty(); i += 3) {
                    change_octet(message[i / 3 % message.size()], with.substr(i, 3));
                }
                break;
            default: break;
        }
    }
    static void change_octet(std::string& line, std::string_view how) {
        if (line.empty()) return;
        const std::size_t at = static_cast<unsigned char>(how[0]) * 7 % line.size();
        switch (static_cast<unsigned char>(how[2]) % 3) {
            case 0: line[at] = how[1]; break;
            case 1: line.insert(at, 1, how[1]); break;
            default: line.erase(at, 1); break;
        }
    }

    std::string_view rest_;
};

/// A server's accounts: one user, one token; and the handshake that has begun, if one has.
struct server_host {
    bool right_password;  ///< whether the client's is the server's
    bool begun = false;

    [[nodiscard]] std::string_view secret_of_user() const noexcept {
        return right_password ? user_password : "another";
    }
    bool password(std::string_view name, std::string_view given) const noexcept {
        return name == user && given == secret_of_user();
    }
    bool secret(const verify::user_query& q, verify::user_secret& s) const noexcept {
        verify::hasher hashes;
        if (q.hashed ? hashes.username(q.algorithm, user, q.realm).view() != q.username : q.username != user)
            return false;
        s.username = user;
        s.password = secret_of_user();
        return true;
    }
    conversation::token_verdict token(std::string_view given) const noexcept {
        conversation::token_verdict v{};
        if (right_password && given == user_token) {
            v.is = conversation::token_state::valid;
            v.user = user;
        }
        return v;
    }
    conversation::round_verdict round(const conversation::client_round& r) noexcept {
        const std::string_view sid = r.scheme == "Negotiate" ? std::string_view() : handshake;
        if (r.token == first_round) {
            begun = true;
            return {conversation::round_state::proceed, server_round, sid, {}};
        }
        const bool proven = begun && right_password && r.token == proof_round && r.session == sid;
        begun = false;
        if (!proven) return {};
        return {conversation::round_state::established, {}, sid, user};
    }
};

/// The next token of the client's mechanism.
[[nodiscard]] inline std::optional<std::string_view> next_token(std::string_view of_server) {
    if (of_server.empty()) return first_round;
    if (of_server == server_round) return proof_round;
    return std::nullopt;
}

/// What a guard offers by the two options of a conversation.
[[nodiscard]] inline conversation::guard_options options_for(unsigned schemes, unsigned digest) {
    conversation::guard_options o;
    o.realm = "a \"realm\"";
    if (schemes % 4 != 0) {
        conversation::digest_offer d{};
        if (digest % 2 != 0) d.algorithms.push_back(schemes::digest_algorithm::md5_sess);
        d.userhash = digest / 2 % 2 != 0;
        d.renew_nonce = digest / 4 % 2 != 0;
        if (digest / 8 % 2 != 0) d.opaque = "5ccc069c";
        o.offers.emplace_back(d);
    }
    if (schemes % 4 != 1) o.offers.emplace_back(conversation::basic_offer{digest / 16 % 2 != 0, {}});
    if (schemes / 4 % 2 != 0) o.offers.emplace_back(conversation::bearer_offer{"read", {}});
    if (schemes / 64 % 2 != 0) o.offers.emplace_back(conversation::rounds_offer{"Negotiate"});
    if (schemes / 128 % 2 != 0) o.offers.emplace_back(conversation::rounds_offer{"SCRAM-SHA-256"});
    o.one_line = digest / 32 % 2 != 0;
    o.hop = schemes / 8 % 2 != 0 ? policy::hop_role::proxy : policy::hop_role::origin;
    o.nonce_key = verify::nonce_key{{1, 2, 3}};
    o.nonces = 64;
    return o;
}

}  // namespace authgrammar::fuzz::talk

#endif
