#include <authgrammar_answerer.h>

#include <authgrammar/conversation/answerer.hpp>

#include "allocate.hpp"
#include "scheme_answer.hpp"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

using namespace authgrammar;
using namespace authgrammar::c;

// The numbers of C are those of C++.
static_assert(static_cast<int>(conversation::attempt_state::give_up) == AUTHGRAMMAR_ATTEMPT_GIVE_UP);
static_assert(static_cast<int>(conversation::give_up_reason::not_computable) == AUTHGRAMMAR_GIVE_UP_NOT_COMPUTABLE);
static_assert(static_cast<int>(conversation::server_proof::wrong) == AUTHGRAMMAR_PROOF_WRONG);

struct authgrammar_answerer {
    conversation::answerer answers;
};

struct authgrammar_attempt {
    explicit authgrammar_attempt(conversation::attempt&& made) noexcept : tries(std::move(made)) {}

    conversation::attempt tries;
    authgrammar_give_up failure = AUTHGRAMMAR_GIVE_UP_NONE;  ///< of C alone: the attempt is over then
};

namespace {

/// The options in C++; nothing if they are none.
std::optional<conversation::answerer_options> read_options(const authgrammar_answerer_options* from) {
    conversation::answerer_options to;
    if (from == nullptr) return to;
    authgrammar_answerer_options o;
    if (!read_versioned(from, o)) return std::nullopt;
    const std::optional<schemes::tolerances> allowed = to_cpp(o.allowed);
    if (!allowed || o.lifetime_s > most_milliseconds / 1000 || o.idle_time_s > most_milliseconds / 1000) {
        return std::nullopt;
    }
    to.limits.entries = o.entries;
    to.limits.bytes = o.bytes;
    to.limits.scopes = o.scopes;
    to.limits.lifetime = std::chrono::seconds(o.lifetime_s);
    to.limits.idle_time = std::chrono::seconds(o.idle_time_s);
    to.retries = {o.tries, o.rounds, o.renewals};
    to.allow_unsecured = o.allow_unsecured != 0;
    to.allowed = *allowed;
    if (o.now != nullptr) {
        to.now = [now = o.now, context = o.now_context] {
            std::chrono::steady_clock::time_point at;
            if (!to_time(now(context), at)) at = {};
            return at;
        };
    }
    return to;
}

/// What an answerer is told: `tell(answerer, realm)` returns whether it could read the URI.
template <typename Tell>
authgrammar_code add(authgrammar_answerer* a, bool valid, const authgrammar_text* realm, Tell tell) noexcept {
    if (a == nullptr || !valid || (realm != nullptr && !is_text(*realm))) return AUTHGRAMMAR_ERR_INVALID_ARGUMENT;
    try {
        std::optional<std::string_view> of;
        if (realm != nullptr) of = view(*realm);
        return tell(a->answers, of) ? AUTHGRAMMAR_OK : AUTHGRAMMAR_ERR_INVALID_ARGUMENT;
    } catch (...) {
        return AUTHGRAMMAR_ERR_NO_MEMORY;
    }
}

/// The request in C++; nothing if it is none.
std::optional<conversation::client_request> read_request(const authgrammar_client_request* from) noexcept {
    authgrammar_client_request r;
    if (!read_versioned(from, r) || !is_text(r.method) || !is_text(r.uri) || !is_text(r.body_hash) ||
        !is_text(r.target)) {
        return std::nullopt;
    }
    return conversation::client_request{view(r.method), view(r.uri), view(r.body_hash), view(r.target)};
}

authgrammar_attempt_state fail(authgrammar_attempt& a, authgrammar_give_up why) noexcept {
    a.failure = why;
    return AUTHGRAMMAR_ATTEMPT_GIVE_UP;
}

/// What an attempt is told: `tell(attempt)` returns its state.
template <typename Tell>
authgrammar_attempt_state go_on(authgrammar_attempt* a, bool valid, Tell tell) noexcept {
    if (a == nullptr || a->failure != AUTHGRAMMAR_GIVE_UP_NONE) return AUTHGRAMMAR_ATTEMPT_GIVE_UP;
    if (!valid) return fail(*a, AUTHGRAMMAR_GIVE_UP_INVALID_ARGUMENT);
    try {
        return static_cast<authgrammar_attempt_state>(tell(a->tries));
    } catch (...) {
        return fail(*a, AUTHGRAMMAR_GIVE_UP_NO_MEMORY);
    }
}

/// The field lines in C++, and their value.
struct lines_of_c {
    std::vector<std::string_view> lines;
    lines_of_c(const authgrammar_text* from, std::size_t count) {
        lines.reserve(count);
        for (std::size_t i = 0; i < count; ++i) lines.push_back(view(from[i]));
    }
    [[nodiscard]] std::optional<field_value> value() const noexcept {
        if (lines.empty()) return std::nullopt;
        if (lines.size() == 1) return field_value(lines.front());
        return field_value(lines.data(), lines.size());
    }
};

}  // namespace

authgrammar_code authgrammar_answerer_new(const authgrammar_answerer_options* options,
                                          authgrammar_answerer** answerer) {
    return allocate(answerer, [options]() -> authgrammar_answerer* {
        std::optional<conversation::answerer_options> o = read_options(options);
        return o ? new authgrammar_answerer{conversation::answerer(std::move(*o))} : nullptr;
    });
}

void authgrammar_answerer_free(authgrammar_answerer* answerer) { delete answerer; }

authgrammar_code authgrammar_answerer_add_user_dup(authgrammar_answerer* a, authgrammar_text uri, authgrammar_text user,
                                                   authgrammar_text password, const authgrammar_text* realm) {
    const bool valid = is_text(uri) && is_text(user) && is_text(password);
    return add(a, valid, realm, [&](conversation::answerer& to, const std::optional<std::string_view>& of) {
        return to.add_user(view(uri), view(user), view(password), of);
    });
}

authgrammar_code authgrammar_answerer_add_token_dup(authgrammar_answerer* a, authgrammar_text uri,
                                                    authgrammar_text token, const authgrammar_text* realm) {
    return add(a, is_text(uri) && is_text(token), realm,
               [&](conversation::answerer& to, const std::optional<std::string_view>& of) {
                   return to.add_token(view(uri), view(token), of);
               });
}

authgrammar_code authgrammar_answerer_add_rounds_dup(authgrammar_answerer* a, authgrammar_text uri,
                                                     authgrammar_text scheme) {
    return add(a, is_text(uri) && is_text(scheme), nullptr,
               [&](conversation::answerer& to, const std::optional<std::string_view>&) {
                   return to.add_rounds(view(uri), view(scheme));
               });
}

void authgrammar_answerer_forget(authgrammar_answerer* a) {
    if (a == nullptr) return;
    try {
        a->answers.forget();
    } catch (...) {  // what is forgotten is freed: there is nothing that could fail
    }
}

authgrammar_code authgrammar_attempt_new(authgrammar_answerer* a, const authgrammar_client_request* request,
                                         authgrammar_attempt** attempt) {
    return allocate(attempt, [&]() -> authgrammar_attempt* {
        const auto r = read_request(request);
        if (a == nullptr || !r) return nullptr;
        return new authgrammar_attempt(a->answers.begin(*r));
    });
}

authgrammar_code authgrammar_attempt_at_proxy_new(authgrammar_answerer* a, authgrammar_text proxy,
                                                  const authgrammar_client_request* request,
                                                  authgrammar_attempt** attempt) {
    return allocate(attempt, [&]() -> authgrammar_attempt* {
        const auto r = read_request(request);
        if (a == nullptr || !is_text(proxy) || !r) return nullptr;
        return new authgrammar_attempt(a->answers.begin_at_proxy(view(proxy), *r));
    });
}

void authgrammar_attempt_free(authgrammar_attempt* attempt) { delete attempt; }

authgrammar_attempt_state authgrammar_attempt_receive_dup(authgrammar_attempt* a,
                                                          const authgrammar_client_response* response) {
    authgrammar_client_response r;
    const bool valid = read_versioned(response, r) && are_texts(r.challenges, r.challenge_count) &&
                       are_texts(r.info, r.info_count) && is_text(r.body_hash);
    return go_on(a, valid, [&r](conversation::attempt& tries) {
        const lines_of_c challenge_lines(r.challenges, r.challenge_count);
        const lines_of_c info_lines(r.info, r.info_count);
        return tries.receive(r.status, challenge_lines.value(), info_lines.value(), view(r.body_hash));
    });
}

authgrammar_attempt_state authgrammar_attempt_token_is_dup(authgrammar_attempt* a, const authgrammar_text* token68) {
    return go_on(a, token68 == nullptr || is_text(*token68), [&](conversation::attempt& tries) {
        std::optional<std::string_view> token;
        if (token68 != nullptr) token = view(*token68);
        return tries.token_is(token);
    });
}

authgrammar_attempt_state authgrammar_attempt_state_of(const authgrammar_attempt* a) {
    if (a == nullptr || a->failure != AUTHGRAMMAR_GIVE_UP_NONE) return AUTHGRAMMAR_ATTEMPT_GIVE_UP;
    return static_cast<authgrammar_attempt_state>(a->tries.state());
}

authgrammar_give_up authgrammar_attempt_why(const authgrammar_attempt* a) {
    if (a == nullptr) return AUTHGRAMMAR_GIVE_UP_INVALID_ARGUMENT;
    if (a->failure != AUTHGRAMMAR_GIVE_UP_NONE) return a->failure;
    return static_cast<authgrammar_give_up>(a->tries.why());
}

int authgrammar_attempt_credentials(const authgrammar_attempt* a, authgrammar_field* field, authgrammar_text* value) {
    if (value != nullptr) *value = {};
    if (authgrammar_attempt_state_of(a) != AUTHGRAMMAR_ATTEMPT_SEND || value == nullptr) return 0;
    const std::optional<std::string_view> credentials = a->tries.credentials();
    if (!credentials) return 0;
    if (field != nullptr) *field = static_cast<authgrammar_field>(a->tries.credentials_field());
    *value = to_c(*credentials);
    return 1;
}

authgrammar_text authgrammar_attempt_target(const authgrammar_attempt* a) {
    return to_c(a != nullptr ? a->tries.target() : std::string_view());
}

authgrammar_text authgrammar_attempt_scheme(const authgrammar_attempt* a) {
    return to_c(a != nullptr ? a->tries.scheme() : std::string_view());
}

authgrammar_text authgrammar_attempt_token(const authgrammar_attempt* a) {
    return to_c(a != nullptr ? a->tries.token() : std::string_view());
}

authgrammar_server_proof authgrammar_attempt_proof(const authgrammar_attempt* a) {
    return a != nullptr ? static_cast<authgrammar_server_proof>(a->tries.proof()) : AUTHGRAMMAR_PROOF_NONE;
}

authgrammar_text authgrammar_give_up_name(authgrammar_give_up reason) {
    if (reason == AUTHGRAMMAR_GIVE_UP_INVALID_ARGUMENT) return authgrammar_code_name(AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    if (reason == AUTHGRAMMAR_GIVE_UP_NO_MEMORY) return authgrammar_code_name(AUTHGRAMMAR_ERR_NO_MEMORY);
    if (reason < AUTHGRAMMAR_GIVE_UP_NONE || reason > AUTHGRAMMAR_GIVE_UP_NOT_COMPUTABLE)
        return to_c(std::string_view());
    return to_c(name_of(static_cast<conversation::give_up_reason>(reason)));
}
