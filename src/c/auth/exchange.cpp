#include <authgrammar/conversation/exchange.hpp>

#include "allocate.hpp"
#include "guard_object.hpp"
#include "scheme_answer.hpp"

#include <array>
#include <memory>

using namespace authgrammar;
using namespace authgrammar::c;

using conversation::exchange_need;
using conversation::exchange_state;

// The numbers of C are those of C++.
static_assert(static_cast<int>(exchange_state::preflight) == AUTHGRAMMAR_EXCHANGE_PREFLIGHT);
static_assert(static_cast<int>(exchange_need::body_hash) == AUTHGRAMMAR_NEED_BODY_HASH);
static_assert(static_cast<int>(conversation::token_state::valid) == AUTHGRAMMAR_TOKEN_VALID);

struct authgrammar_exchange {
    explicit authgrammar_exchange(const authgrammar_guard& of) noexcept : guard(of), checks(*of.guard) {}

    const authgrammar_guard& guard;
    conversation::exchange checks;
    /// Of the credentials: more than one is too many, whatever it holds.
    std::array<std::string_view, 2> lines{};
    bool invalid_argument = false;  ///< that is why the request is refused
};

namespace {

[[nodiscard]] authgrammar_exchange_state to_c(exchange_state s) noexcept {
    return static_cast<authgrammar_exchange_state>(s);
}

/// Refuses with 500, and forgets what the exchange knew.
authgrammar_exchange_state refuse_argument(authgrammar_exchange& x) noexcept {
    conversation::request nothing{};
    nothing.preflight = true;
    x.checks.check(nothing);
    x.invalid_argument = true;
    return to_c(x.checks.cannot_answer());
}

/// The request in C++. False if an argument is invalid.
bool read_request(const authgrammar_request* from, authgrammar_exchange& x, conversation::request& to) noexcept {
    authgrammar_request r;
    if (!read_versioned(from, r) || !is_text(r.method) || !is_text(r.target) || !is_text(r.client) ||
        !are_texts(r.credentials, r.credentials_count) || r.resource < AUTHGRAMMAR_RESOURCE_PUBLIC ||
        r.resource > AUTHGRAMMAR_RESOURCE_MOVED || r.existence < AUTHGRAMMAR_EXISTENCE_OPEN ||
        r.existence > AUTHGRAMMAR_EXISTENCE_HIDDEN_FROM_STRANGERS) {
        return false;
    }
    to.method = view(r.method);
    to.target = view(r.target);
    to.client = view(r.client);
    to.secured = r.secured != 0;
    to.preflight = r.preflight != 0;
    to.resource = static_cast<policy::resource_state>(r.resource);
    to.existence = static_cast<policy::existence_rule>(r.existence);
    const std::size_t count = r.credentials_count < x.lines.size() ? r.credentials_count : x.lines.size();
    for (std::size_t i = 0; i < count; ++i) x.lines[i] = view(r.credentials[i]);
    if (count == 1) to.credentials = field_value(x.lines[0]);
    if (count > 1) to.credentials = field_value(x.lines.data(), count);
    if (r.has_now == 0 && x.guard.now == nullptr) return true;
    to.now.emplace();
    return to_time(r.has_now != 0 ? r.now_ms : x.guard.now(x.guard.now_context), *to.now);
}

/// How each answer of the host is passed on: `answer(checks)`, if the arguments are `valid`.
template <typename Answer>
authgrammar_exchange_state pass_on(authgrammar_exchange* x, bool valid, Answer answer) noexcept {
    if (x == nullptr) return AUTHGRAMMAR_EXCHANGE_REFUSED;
    if (!valid) return refuse_argument(*x);
    return to_c(answer(x->checks));
}

authgrammar_exchange_state ask_for_secret(authgrammar_exchange* x, const authgrammar_host& host) noexcept {
    authgrammar_user_query query;
    authgrammar_user_secret secret{};
    authgrammar_exchange_query(x, &query);
    if (host.secret(host.context, &query, &secret) == 0) return authgrammar_exchange_no_such_user(x);
    return authgrammar_exchange_secret_is(x, &secret);
}

authgrammar_exchange_state ask_for_token(authgrammar_exchange* x, const authgrammar_host& host) noexcept {
    authgrammar_token_verdict verdict{};
    if (host.token(host.context, authgrammar_exchange_token(x), &verdict) == 0) verdict = {};
    return authgrammar_exchange_token_is(x, &verdict);
}

/// Asks the host for what is needed.
authgrammar_exchange_state ask(authgrammar_exchange* x, const authgrammar_host& host) noexcept {
    switch (x->checks.need()) {
        case exchange_need::password_verdict:
            if (host.password == nullptr) break;
            return authgrammar_exchange_password_is(
                x, host.password(host.context, authgrammar_exchange_user(x), authgrammar_exchange_password(x)));
        case exchange_need::user_secret:
            if (host.secret == nullptr) break;
            return ask_for_secret(x, host);
        case exchange_need::token_verdict:
            if (host.token == nullptr) break;
            return ask_for_token(x, host);
        case exchange_need::body_hash: {
            authgrammar_text hash{};
            if (host.body_hash == nullptr) break;
            if (host.body_hash(host.context, authgrammar_exchange_algorithm(x), &hash) == 0) break;
            return authgrammar_exchange_body_hash_is(x, hash);
        }
        case exchange_need::round:
        case exchange_need::nothing: break;
    }
    return authgrammar_exchange_cannot_answer(x);
}

}  // namespace

authgrammar_code authgrammar_exchange_new(const authgrammar_guard* guard, authgrammar_exchange** exchange) {
    return allocate(exchange, [guard]() { return guard != nullptr ? new authgrammar_exchange(*guard) : nullptr; });
}

void authgrammar_exchange_free(authgrammar_exchange* exchange) { delete exchange; }

authgrammar_exchange_state authgrammar_exchange_check(authgrammar_exchange* x, const authgrammar_request* request) {
    if (x == nullptr) return AUTHGRAMMAR_EXCHANGE_REFUSED;
    conversation::request r{};
    x->invalid_argument = false;
    if (!read_request(request, *x, r)) return refuse_argument(*x);
    return to_c(x->checks.check(r));
}

authgrammar_exchange_state authgrammar_exchange_password_is(authgrammar_exchange* x, int right) {
    return pass_on(x, true, [right](auto& checks) noexcept { return checks.password_is(right != 0); });
}

authgrammar_exchange_state authgrammar_exchange_secret_is(authgrammar_exchange* x,
                                                          const authgrammar_user_secret* secret) {
    const bool valid =
        secret != nullptr && is_text(secret->username) && is_text(secret->password) && is_text(secret->a1);
    return pass_on(x, valid, [secret](auto& checks) noexcept {
        return checks.secret_is({view(secret->username), view(secret->password), view(secret->a1)});
    });
}

authgrammar_exchange_state authgrammar_exchange_no_such_user(authgrammar_exchange* x) {
    return pass_on(x, true, [](auto& checks) noexcept { return checks.no_such_user(); });
}

authgrammar_exchange_state authgrammar_exchange_token_is(authgrammar_exchange* x,
                                                         const authgrammar_token_verdict* verdict) {
    const bool valid = verdict != nullptr && verdict->is >= AUTHGRAMMAR_TOKEN_INVALID &&
                       verdict->is <= AUTHGRAMMAR_TOKEN_VALID && is_text(verdict->user) && is_text(verdict->scope) &&
                       is_text(verdict->acr_values);
    return pass_on(x, valid, [verdict](auto& checks) noexcept {
        conversation::token_verdict to{};
        to.is = static_cast<conversation::token_state>(verdict->is);
        to.user = view(verdict->user);
        to.scope = view(verdict->scope);
        to.acr_values = view(verdict->acr_values);
        if (verdict->has_max_age != 0) to.max_age = verdict->max_age;
        return checks.token_is(to);
    });
}

authgrammar_exchange_state authgrammar_exchange_body_hash_is(authgrammar_exchange* x, authgrammar_text hash) {
    return pass_on(x, is_text(hash), [&hash](auto& checks) noexcept { return checks.body_hash_is(view(hash)); });
}

authgrammar_exchange_state authgrammar_exchange_cannot_answer(authgrammar_exchange* x) {
    return pass_on(x, true, [](auto& checks) noexcept { return checks.cannot_answer(); });
}

authgrammar_exchange_state authgrammar_exchange_forbid(authgrammar_exchange* x, authgrammar_text scope) {
    return pass_on(x, is_text(scope), [&scope](auto& checks) noexcept { return checks.forbid(view(scope)); });
}

authgrammar_exchange_state authgrammar_exchange_check_with(authgrammar_exchange* x, const authgrammar_request* request,
                                                           const authgrammar_host* host) {
    if (x == nullptr) return AUTHGRAMMAR_EXCHANGE_REFUSED;
    if (host == nullptr) return refuse_argument(*x);
    authgrammar_exchange_state state = authgrammar_exchange_check(x, request);
    while (state == AUTHGRAMMAR_EXCHANGE_PENDING) state = ask(x, *host);
    return state;
}

authgrammar_exchange_state authgrammar_exchange_state_of(const authgrammar_exchange* x) {
    return x != nullptr ? to_c(x->checks.state()) : AUTHGRAMMAR_EXCHANGE_REFUSED;
}

authgrammar_exchange_need authgrammar_exchange_need_of(const authgrammar_exchange* x) {
    return x != nullptr ? static_cast<authgrammar_exchange_need>(x->checks.need()) : AUTHGRAMMAR_NEED_NOTHING;
}

int authgrammar_exchange_status(const authgrammar_exchange* x) { return x != nullptr ? x->checks.status() : 500; }

std::size_t authgrammar_exchange_fields(const authgrammar_exchange* x) {
    return x != nullptr ? x->checks.fields().size() : 0;
}

int authgrammar_exchange_field(const authgrammar_exchange* x, std::size_t number, authgrammar_field_line* line) {
    if (line == nullptr) return 0;
    *line = {};
    if (number >= authgrammar_exchange_fields(x)) return 0;
    const conversation::field_to_send& f = x->checks.fields().begin()[number];
    *line = {authgrammar::c::to_c(f.name), authgrammar::c::to_c(f.value)};
    return 1;
}

authgrammar_text authgrammar_exchange_scheme(const authgrammar_exchange* x) {
    return authgrammar::c::to_c(x != nullptr ? x->checks.scheme() : std::string_view());
}

authgrammar_text authgrammar_exchange_user(const authgrammar_exchange* x) {
    return authgrammar::c::to_c(x != nullptr ? x->checks.user() : std::string_view());
}

authgrammar_text authgrammar_exchange_password(const authgrammar_exchange* x) {
    return authgrammar::c::to_c(x != nullptr ? x->checks.password() : std::string_view());
}

authgrammar_text authgrammar_exchange_token(const authgrammar_exchange* x) {
    return authgrammar::c::to_c(x != nullptr ? x->checks.token() : std::string_view());
}

void authgrammar_exchange_query(const authgrammar_exchange* x, authgrammar_user_query* query) {
    if (query == nullptr) return;
    *query = {};
    if (x == nullptr) return;
    const verify::user_query& q = x->checks.query();
    query->username = authgrammar::c::to_c(q.username);
    query->hashed = q.hashed ? 1 : 0;
    query->realm = authgrammar::c::to_c(q.realm);
    query->algorithm = static_cast<authgrammar_digest_algorithm>(q.algorithm);
}

authgrammar_digest_algorithm authgrammar_exchange_algorithm(const authgrammar_exchange* x) {
    return x != nullptr ? static_cast<authgrammar_digest_algorithm>(x->checks.algorithm()) : AUTHGRAMMAR_DIGEST_MD5;
}

void authgrammar_exchange_reason(const authgrammar_exchange* x, authgrammar_log_reason* reason) {
    if (reason == nullptr) return;
    *reason = {};
    if (x == nullptr || x->invalid_argument) {
        reason->name = authgrammar_code_name(AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
        return;
    }
    const conversation::log_reason& r = x->checks.reason();
    reason->name = authgrammar::c::to_c(name_of(r.code));
    reason->verify = authgrammar::c::to_c(name_of(r.verify));
    reason->scheme = static_cast<authgrammar_scheme_code>(r.scheme);
    reason->offset = r.offset;
    reason->section = authgrammar::c::to_c(r.section);
    reason->expected = authgrammar::c::to_c(r.expected);
}
