#include "errors.hpp"
#include "hex.hpp"
#include "utf8.hpp"

#include <authgrammar/schemes/ext_value.hpp>
#include <authgrammar/verify/digest_client.hpp>
#include <authgrammar/verify/secure.hpp>

#include <openssl/rand.h>

#include <algorithm>

namespace authgrammar::verify {

namespace {

constexpr std::size_t longest_name = 1024;

void write_nc(std::uint32_t nc, char* digits) noexcept {
    const unsigned char bytes[4] = {static_cast<unsigned char>(nc >> 24), static_cast<unsigned char>(nc >> 16 & 0xff),
                                    static_cast<unsigned char>(nc >> 8 & 0xff), static_cast<unsigned char>(nc & 0xff)};
    write_hex(bytes, sizeof bytes, digits);
}

[[nodiscard]] digest_qop choose(const schemes::digest_challenge& c, const digest_use& use) noexcept {
    const bool integrity = c.qop.has(digest_qop::auth_int) && !use.body_hash.empty();
    if (integrity && (use.prefer_integrity || !c.qop.has(digest_qop::auth))) return digest_qop::auth_int;
    return c.qop.has(digest_qop::auth) ? digest_qop::auth : digest_qop::none;
}

/// Whether these are the digits of a hash of the algorithm, in lower case (RFC 7616, 3.2).
[[nodiscard]] bool is_hash(std::string_view digits, digest_algorithm a) noexcept {
    return digits.size() == schemes::hex_digits(a) && std::all_of(digits.begin(), digits.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

/// Whether it has to be sent as username*, where the server knows that.
[[nodiscard]] bool needs_ext_value(std::string_view name) noexcept {
    return std::any_of(name.begin(), name.end(), [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return u < 0x20 || u >= 0x7f;
    });
}

[[nodiscard]] response_input input_of(const schemes::digest_challenge& challenge, const digest_answer& answer,
                                      const digest_use& use, std::string_view nc) noexcept {
    response_input input;
    input.algorithm = challenge.algorithm;
    input.qop = answer.qop;
    input.a1 = answer.a1.view();
    input.nonce = challenge.nonce;
    input.nc = nc;
    input.cnonce = text(use.cnonce);
    input.uri = text(use.target);
    return input;
}

}  // namespace

bool make_cnonce(char* buffer) noexcept {
    unsigned char bytes[cnonce_size / 2];
    if (RAND_bytes(bytes, sizeof bytes) != 1) return false;
    write_hex(bytes, sizeof bytes, buffer);
    return true;
}

// decides: R7616-3.7-first-supported
std::optional<schemes::digest_challenge> choose_challenge(const hasher& hashes, const challenges& list,
                                                          schemes::tolerances allowed, field f,
                                                          schemes::digest_qops usable) noexcept {
    for (const challenge c : list) {
        const auto read = schemes::read_digest_challenge(c, allowed, f);
        if (!read || !hashes.supports(read->algorithm)) continue;
        const bool any_usable = (read->qop.has(digest_qop::auth) && usable.has(digest_qop::auth)) ||
                                (read->qop.has(digest_qop::auth_int) && usable.has(digest_qop::auth_int));
        if (read->qop.empty() || any_usable) return *read;
    }
    return std::nullopt;
}

// decides: R7616-3.4-qop-offered, R7616-3.4-algorithm-echoed, R7616-3.4.4-userhash
digest_answer answer_challenge(hasher& hashes, const schemes::digest_challenge& challenge, const digest_login& login,
                               const digest_use& use, char* buffer, std::size_t capacity) noexcept {
    digest_answer answer;
    char realm[longest_name];
    const result<std::size_t> realm_size = challenge.realm.unescape(realm, sizeof realm);
    if (login.username.size() > longest_name || !realm_size) {
        answer.error = make_error(verify_code::too_long, challenge.realm.begin());
        return answer;
    }
    const std::string_view unescaped_realm(realm, *realm_size);
    answer.qop = choose(challenge, use);
    if (answer.qop == digest_qop::none && !challenge.qop.empty()) {
        answer.error = make_error(verify_code::body_hash_missing, 0);
        return answer;
    }

    if (!login.a1.empty() && !is_hash(login.a1, challenge.algorithm)) {
        answer.error = make_error(verify_code::a1_unfit, 0);
        return answer;
    }
    if (login.a1.empty()) {
        answer.a1 = hashes.a1(challenge.algorithm, login.username, unescaped_realm, login.password);
    } else {
        answer.a1.assign(login.a1);
    }
    if (is_session(challenge.algorithm) && !answer.a1.empty()) {
        const std::string_view cnonce = use.session_cnonce.empty() ? use.cnonce : use.session_cnonce;
        answer.a1 = hashes.session_a1(challenge.algorithm, answer.a1.view(), challenge.nonce, text(cnonce));
    }
    char nc[8];
    write_nc(use.nc, nc);
    response_input input = input_of(challenge, answer, use, {nc, sizeof nc});
    input.method = use.method;
    input.body = use.body_hash;
    const hex_hash response = answer.a1.empty() ? hex_hash() : hashes.response(input);

    // "after any other hash calculation" (RFC 7616, 3.4.4)
    hex_hash hashed_name;
    char ext_value[3 * longest_name + 8];
    schemes::digest_credentials c;
    c.username = text(login.username);
    if (challenge.userhash) {
        hashed_name = hashes.username(challenge.algorithm, login.username, unescaped_realm);
        c.username = text(hashed_name.view());
        c.form = schemes::username_form::hashed;
    } else if (needs_ext_value(login.username)) {
        if (const precis_result utf8 = check_utf8(login.username); !utf8) {
            answer.error = make_error(verify_code::username_unfit, utf8, utf8.offset);
            return answer;
        }
        c.username = text(std::string_view(ext_value, schemes::encode_ext_value(login.username, ext_value)));
        c.form = schemes::username_form::extended;
    }
    if (response.empty() || (challenge.userhash && hashed_name.empty())) {
        answer.error = make_error(verify_code::not_computable, 0);
        return answer;
    }

    c.realm = challenge.realm;
    c.nonce = challenge.nonce;
    c.opaque = challenge.opaque;
    c.uri = text(use.target);
    c.response = text(response.view());
    if (answer.qop != digest_qop::none || is_session(challenge.algorithm)) c.cnonce = text(use.cnonce);
    c.nc = use.nc;
    c.qop = answer.qop;
    c.algorithm = challenge.algorithm;
    c.algorithm_given = challenge.algorithm_given;
    answer.written =
        write_digest_credentials(use.proxy ? field::proxy_authorization : field::authorization, c, buffer, capacity);
    return answer;
}

// decides: R7616-3.5-rspauth-value
bool check_rspauth(hasher& hashes, const schemes::digest_info& info, const schemes::digest_challenge& challenge,
                   const digest_answer& answer, const digest_use& use, std::string_view body_hash) noexcept {
    // Without H(A1), which an answer that failed has not, anybody could compute rspauth.
    if (answer.a1.empty() || !info.rspauth) return false;
    // "MUST be present if qop=auth or qop=auth-int is specified", and if they are, those of the request.
    const bool counted = info.qop != digest_qop::none;
    if (info.cnonce ? !info.cnonce->equals(use.cnonce) : counted) return false;
    if (info.nc ? *info.nc != use.nc : counted) return false;
    char nc[8];
    write_nc(use.nc, nc);
    response_input input = input_of(challenge, answer, use, {nc, sizeof nc});
    input.body = body_hash;
    char given[64];
    const result<std::size_t> size = info.rspauth->unescape(given, sizeof given);
    if (!size) return false;
    if (info.used.has(schemes::tolerance::digest_upper_case_hex)) to_lower_hex(given, *size);
    return hashes.response(input).equals({given, *size});
}

}  // namespace authgrammar::verify
