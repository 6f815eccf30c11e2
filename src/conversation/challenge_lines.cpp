#include "challenge_lines.hpp"

#include <authgrammar/verify/hash.hpp>

#include <array>
#include <chrono>

namespace authgrammar::conversation::detail {

namespace {

schemes::bearer_challenge offered(const guard_settings& s) noexcept {
    schemes::bearer_challenge c{};
    c.realm = text(s.options.realm);
    if (!s.bearer->scope.empty()) c.scope = text(s.bearer->scope);
    if (!s.bearer->resource_metadata.empty()) c.resource_metadata = text(s.bearer->resource_metadata);
    return c;
}

}  // namespace

write_result write_bearer(const guard_settings& s, const bearer_refusal& why, value_memory to) noexcept {
    schemes::bearer_challenge c = offered(s);
    if (why.error != schemes::bearer_error::none) c.error = text(name_of(why.error));
    const schemes::bearer_challenge without_details = c;
    if (!why.verdict.scope.empty()) c.scope = text(why.verdict.scope);
    if (!why.verdict.acr_values.empty()) c.acr_values = text(why.verdict.acr_values);
    c.max_age = why.verdict.max_age;
    const write_result written = schemes::write_bearer_challenge(s.challenge_field(), c, to.data, to.capacity);
    return written ? written
                   : schemes::write_bearer_challenge(s.challenge_field(), without_details, to.data, to.capacity);
}

bool challenges_fit(const guard_settings& s) noexcept {
    std::array<char, longest_challenges> memory;
    std::size_t used = 0;
    const auto take = [&](const write_result& written) {
        used += written.size;
        return static_cast<bool>(written);
    };
    const auto rest = [&]() -> value_memory { return {memory.data() + used, memory.size() - used}; };
    if (s.basic != nullptr) used += s.basic_challenge.size();
    for (const offered_rounds& r : s.rounds) used += r.challenge.size();
    if (used > memory.size()) return false;
    if (s.bearer != nullptr &&
        !take(write_bearer(s, {schemes::bearer_error::insufficient_user_authentication, {}}, rest()))) {
        return false;
    }
    if (s.digest == nullptr) return true;
    verify::hasher hashes;
    verify::nonce_maker nonces(s.key, s.options.nonce_times);
    verify::digest_server server(s.digest_offered, hashes, nonces, s.replays);
    for (const schemes::digest_algorithm a : s.digest->algorithms) {
        const value_memory to = rest();
        if (!take(server.write_challenge(a, true, {}, s.now(), to.data, to.capacity))) return false;
    }
    return true;
}

}  // namespace authgrammar::conversation::detail
