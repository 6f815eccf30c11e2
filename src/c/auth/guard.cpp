#include "guard_object.hpp"

#include <authgrammar/verify/secure.hpp>

#include "allocate.hpp"
#include "scheme_answer.hpp"

#include <memory>
#include <string>
#include <utility>

using namespace authgrammar;
using namespace authgrammar::c;

static_assert(static_cast<int>(verify::replay_verdict::full) == AUTHGRAMMAR_REPLAY_FULL);

namespace {

std::string string_of(const authgrammar_text& t) { return std::string(view(t)); }

/// The offer in C++; nothing if it is none.
std::optional<conversation::offer> read_digest_offer(const authgrammar_offer& from, schemes::tolerances allowed) {
    conversation::digest_offer to;
    const std::optional<schemes::digest_qops> qops = to_qops(from.qops);
    if (!qops || !is_array(from.algorithms, from.algorithm_count, sizeof *from.algorithms)) return std::nullopt;
    if (from.algorithm_count != 0) to.algorithms.clear();
    for (std::size_t i = 0; i < from.algorithm_count && i <= conversation::guard::most_challenges; ++i) {
        if (!is_algorithm(from.algorithms[i])) return std::nullopt;
        to.algorithms.push_back(static_cast<schemes::digest_algorithm>(from.algorithms[i]));
    }
    to.qop = *qops;
    to.userhash = from.userhash != 0;
    to.utf8 = from.utf8 != 0;
    to.opaque = string_of(from.opaque);
    to.domain = string_of(from.domain);
    to.allowed = allowed;
    to.renew_nonce = from.renew_nonce != 0;
    return to;
}

std::optional<conversation::offer> read_offer(const authgrammar_offer& from) {
    const std::optional<schemes::tolerances> allowed = to_cpp(from.allowed);
    if (!allowed || !is_text(from.opaque) || !is_text(from.domain) || !is_text(from.scope) ||
        !is_text(from.resource_metadata) || !is_text(from.rounds)) {
        return std::nullopt;
    }
    switch (static_cast<int>(from.scheme)) {
        case AUTHGRAMMAR_OFFER_BASIC: return conversation::basic_offer{from.utf8 != 0, *allowed};
        case AUTHGRAMMAR_OFFER_DIGEST: return read_digest_offer(from, *allowed);
        case AUTHGRAMMAR_OFFER_BEARER:
            return conversation::bearer_offer{string_of(from.scope), string_of(from.resource_metadata)};
        case AUTHGRAMMAR_OFFER_ROUNDS: return conversation::rounds_offer{string_of(from.rounds)};
        default: return std::nullopt;
    }
}

/// The replay memory that the options name. False if it is none.
bool read_replays(const authgrammar_guard_options& from, authgrammar_guard& made, conversation::guard_options& to) {
    if (from.replay_check != nullptr) {
        made.host_replays = {from.replay_check, from.replay_context};
        to.replays.emplace(made.host_replays);
    } else if (from.replay_memory != nullptr) {
        made.shared_replays = verify::replay_table::attach(from.replay_memory, from.replay_memory_size);
        if (!made.shared_replays) return false;
        to.replays.emplace(*made.shared_replays);
    }
    to.nonces = from.nonces;
    return from.nonces != 0 || to.replays;
}

bool read_options(const authgrammar_guard_options& from, authgrammar_guard& made, conversation::guard_options& to) {
    if (!is_text(from.realm) || !is_array(from.offers, from.offer_count, sizeof *from.offers) ||
        from.hop < AUTHGRAMMAR_HOP_ORIGIN || from.hop > AUTHGRAMMAR_HOP_GATEWAY ||
        from.malformed < AUTHGRAMMAR_MALFORMED_AS_INVALID || from.malformed > AUTHGRAMMAR_MALFORMED_BAD_REQUEST ||
        from.hide_with < AUTHGRAMMAR_HIDING_NOT_FOUND || from.hide_with > AUTHGRAMMAR_HIDING_CHALLENGE ||
        from.nonce_lifetime_ms > most_milliseconds || from.nonce_skew_ms > most_milliseconds) {
        return false;
    }
    to.realm = string_of(from.realm);
    for (std::size_t i = 0; i < from.offer_count && i <= conversation::guard::most_challenges; ++i) {
        std::optional<conversation::offer> o = read_offer(from.offers[i]);
        if (!o) return false;
        to.offers.push_back(std::move(*o));
    }
    to.hop = static_cast<policy::hop_role>(from.hop);
    to.allow_unsecured = from.allow_unsecured != 0;
    to.one_line = from.one_line != 0;
    to.malformed = static_cast<policy::malformed_policy>(from.malformed);
    to.hide_with = static_cast<policy::hiding_policy>(from.hide_with);
    if (from.nonce_key != nullptr) {
        to.nonce_key.emplace();
        std::memcpy(to.nonce_key->bytes.data(), from.nonce_key, to.nonce_key->bytes.size());
    }
    to.nonce_times.lifetime = std::chrono::milliseconds(from.nonce_lifetime_ms);
    to.nonce_times.skew = std::chrono::milliseconds(from.nonce_skew_ms);
    made.now = from.now;
    made.now_context = from.now_context;
    return read_replays(from, made, to);
}

}  // namespace

std::size_t authgrammar_replay_memory_for(std::uint32_t nonces) { return verify::replay_table::memory_for(nonces); }

authgrammar_code authgrammar_replay_create(void* memory, std::size_t size, std::uint32_t nonces,
                                           std::uint64_t lifetime_ms) {
    if (memory == nullptr || !is_array(memory, size) || nonces == 0 || lifetime_ms > most_milliseconds ||
        size < authgrammar_replay_memory_for(nonces)) {
        return AUTHGRAMMAR_ERR_INVALID_ARGUMENT;
    }
    const auto made = verify::replay_table::create(memory, nonces, std::chrono::milliseconds(lifetime_ms));
    return made ? AUTHGRAMMAR_OK : AUTHGRAMMAR_ERR_INVALID_ARGUMENT;
}

authgrammar_code authgrammar_guard_new(const authgrammar_guard_options* options, authgrammar_guard** guard) {
    return allocate(guard, [options]() -> authgrammar_guard* {
        authgrammar_guard_options from;
        if (!read_versioned(options, from)) return nullptr;
        auto made = std::make_unique<authgrammar_guard>();
        conversation::guard_options to;
        if (!read_options(from, *made, to)) return nullptr;
        made->guard.emplace(to);
        verify::wipe(&to.nonce_key, sizeof to.nonce_key);
        return made.release();
    });
}

void authgrammar_guard_free(authgrammar_guard* guard) { delete guard; }

authgrammar_text authgrammar_guard_why_not(const authgrammar_guard* guard) {
    return to_c(guard != nullptr ? guard->guard->why_not() : std::string_view("there is no guard"));
}
