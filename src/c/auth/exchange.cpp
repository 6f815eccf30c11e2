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
static_assert(static_cast<int>(exchange_need::round) == AUTHGRAMMAR_NEED_ROUND);
static_assert(static_cast<int>(conversation::round_state::established) == AUTHGRAMMAR_ROUND_ESTABLISHED);
static_assert(static_cast<int>(conversation::reason_code::next_round) == AUTHGRAMMAR_REASON_NEXT_ROUND);
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
        !is_text(r.connection_user) || !are_texts(r.credentials, r.credentials_count) ||
        r.resource < AUTHGRAMMAR_RESOURCE_PUBLIC || r.resource > AUTHGRAMMAR_RESOURCE_MOVED ||
        r.existence < AUTHGRAMMAR_EXISTENCE_OPEN || r.existence > AUTHGRAMMAR_EXISTENCE_HIDDEN_FROM_STRANGERS) {
        return false;
    }
    to.method = view(r.method);
    to.target = view(r.target);
    to.client = view(r.client);
    to.connection_user = view(r.connection_user);
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

[[nodiscard]] authgrammar_user_query query_of(const verify::user_query& q) noexcept {
    return {authgrammar::c::to_c(q.username), q.hashed ? 1 : 0, authgrammar::c::to_c(q.realm),
            static_cast<authgrammar_digest_algorithm>(q.algorithm)};
}

[[nodiscard]] bool is_secret(const authgrammar_user_secret& s) noexcept {
    return is_text(s.username) && is_text(s.password) && is_text(s.a1);
}
[[nodiscard]] verify::user_secret secret_of(const authgrammar_user_secret& s) noexcept {
    return {view(s.username), view(s.password), view(s.a1)};
}

[[nodiscard]] bool is_verdict(const authgrammar_token_verdict& v) noexcept {
    return v.is >= AUTHGRAMMAR_TOKEN_INVALID && v.is <= AUTHGRAMMAR_TOKEN_VALID && is_text(v.user) &&
           is_text(v.scope) && is_text(v.acr_values);
}
[[nodiscard]] conversation::token_verdict verdict_of(const authgrammar_token_verdict& v) noexcept {
    conversation::token_verdict to{};
    to.is = static_cast<conversation::token_state>(v.is);
    to.user = view(v.user);
    to.scope = view(v.scope);
    to.acr_values = view(v.acr_values);
    if (v.has_max_age != 0) to.max_age = v.max_age;
    return to;
}

[[nodiscard]] bool is_verdict(const authgrammar_round_verdict& v) noexcept {
    return v.is >= AUTHGRAMMAR_ROUND_REFUSED && v.is <= AUTHGRAMMAR_ROUND_ESTABLISHED && is_text(v.token) &&
           is_text(v.session) && is_text(v.user);
}
[[nodiscard]] conversation::round_verdict verdict_of(const authgrammar_round_verdict& v) noexcept {
    return {static_cast<conversation::round_state>(v.is), view(v.token), view(v.session), view(v.user)};
}

/// How each answer of the host is passed on: `answer(checks)`, if the arguments are `valid`.
template <typename Answer>
authgrammar_exchange_state pass_on(authgrammar_exchange* x, bool valid, Answer answer) noexcept {
    if (x == nullptr) return AUTHGRAMMAR_EXCHANGE_REFUSED;
    if (!valid) return refuse_argument(*x);
    return to_c(answer(x->checks));
}

/// A host of C, for the exchange that asks it, which gets the password of Basic compared by secret(). Whatever the exchange
/// makes of an answer that is none, the request is to be refused with 500 then.
class host_of_c {
public:
    enum class fault { none, cannot_answer, invalid_argument };

    explicit host_of_c(const authgrammar_host& host) noexcept : host_(host) {}
    [[nodiscard]] fault why_not() const noexcept { return fault_; }

    bool secret(const verify::user_query& query, verify::user_secret& found) noexcept {
        if (host_.secret == nullptr) return fail(fault::cannot_answer);
        const authgrammar_user_query asked = query_of(query);
        authgrammar_user_secret secret{};
        if (host_.secret(host_.context, &asked, &secret) == 0) return false;
        if (!is_secret(secret)) return fail(fault::invalid_argument);
        found = secret_of(secret);
        return true;
    }
    conversation::token_verdict token(std::string_view token) noexcept {
        authgrammar_token_verdict verdict{};
        if (host_.token == nullptr) {
            fail(fault::cannot_answer);
        } else if (host_.token(host_.context, authgrammar::c::to_c(token), &verdict) == 0) {
            verdict = {};
        } else if (!is_verdict(verdict)) {
            fail(fault::invalid_argument);
            verdict = {};
        }
        return verdict_of(verdict);
    }
    std::string_view body_hash(schemes::digest_algorithm algorithm) noexcept {
        authgrammar_text hash{};
        if (host_.body_hash == nullptr ||
            host_.body_hash(host_.context, static_cast<authgrammar_digest_algorithm>(algorithm), &hash) == 0) {
            fail(fault::cannot_answer);
            return {};
        }
        if (!is_text(hash)) fail(fault::invalid_argument);
        return fault_ == fault::none ? view(hash) : std::string_view();
    }
    conversation::round_verdict round(const conversation::client_round& sent) noexcept {
        using authgrammar::c::to_c;
        const authgrammar_client_round asked{to_c(sent.scheme), to_c(sent.token), to_c(sent.session)};
        authgrammar_round_verdict verdict{};
        if (host_.round == nullptr) {
            fail(fault::cannot_answer);
        } else if (host_.round(host_.context, &asked, &verdict) == 0) {
            verdict = {};
        } else if (!is_verdict(verdict)) {
            fail(fault::invalid_argument);
            verdict = {};
        }
        return verdict_of(verdict);
    }

protected:
    const authgrammar_host& host_;

private:
    bool fail(fault why) noexcept {
        fault_ = why;
        return false;
    }

    fault fault_ = fault::none;
};

/// One that judges passwords itself.
class judging_host_of_c : public host_of_c {
public:
    using host_of_c::host_of_c;

    bool password(std::string_view user, std::string_view password) noexcept {
        return host_.password(host_.context, authgrammar::c::to_c(user), authgrammar::c::to_c(password)) != 0;
    }
};

/// Checks with that host, and refuses what it could not answer.
template <typename Host>
authgrammar_exchange_state check_with(authgrammar_exchange& x, const conversation::request& r, Host host) noexcept {
    const exchange_state state = x.checks.check(r, host);
    switch (host.why_not()) {
        case host_of_c::fault::none: return to_c(state);
        case host_of_c::fault::cannot_answer: return to_c(x.checks.cannot_answer());
        case host_of_c::fault::invalid_argument: break;
    }
    return refuse_argument(x);
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
    return pass_on(x, secret != nullptr && is_secret(*secret),
                   [secret](auto& checks) noexcept { return checks.secret_is(secret_of(*secret)); });
}

authgrammar_exchange_state authgrammar_exchange_no_such_user(authgrammar_exchange* x) {
    return pass_on(x, true, [](auto& checks) noexcept { return checks.no_such_user(); });
}

authgrammar_exchange_state authgrammar_exchange_token_is(authgrammar_exchange* x,
                                                         const authgrammar_token_verdict* verdict) {
    return pass_on(x, verdict != nullptr && is_verdict(*verdict),
                   [verdict](auto& checks) noexcept { return checks.token_is(verdict_of(*verdict)); });
}

authgrammar_exchange_state authgrammar_exchange_body_hash_is(authgrammar_exchange* x, authgrammar_text hash) {
    return pass_on(x, is_text(hash), [&hash](auto& checks) noexcept { return checks.body_hash_is(view(hash)); });
}

authgrammar_exchange_state authgrammar_exchange_round_is(authgrammar_exchange* x,
                                                         const authgrammar_round_verdict* verdict) {
    return pass_on(x, verdict != nullptr && is_verdict(*verdict),
                   [verdict](auto& checks) noexcept { return checks.round_is(verdict_of(*verdict)); });
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
    conversation::request r{};
    x->invalid_argument = false;
    authgrammar_host h;
    if (!read_versioned(host, h) || !read_request(request, *x, r)) return refuse_argument(*x);
    return h.password != nullptr ? check_with(*x, r, judging_host_of_c(h)) : check_with(*x, r, host_of_c(h));
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

std::uint64_t authgrammar_exchange_question(const authgrammar_exchange* x) {
    return x != nullptr ? x->checks.question() : 0;
}

int authgrammar_exchange_wants_response_hash(const authgrammar_exchange* x) {
    return x != nullptr && x->checks.wants_response_hash() ? 1 : 0;
}

int authgrammar_exchange_response_hash_is(authgrammar_exchange* x, authgrammar_text hash) {
    return x != nullptr && is_text(hash) && x->checks.response_hash_is(view(hash)) ? 1 : 0;
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

authgrammar_text authgrammar_exchange_session(const authgrammar_exchange* x) {
    return authgrammar::c::to_c(x != nullptr ? x->checks.session() : std::string_view());
}

int authgrammar_exchange_keeps_connection(const authgrammar_exchange* x) {
    return x != nullptr && x->checks.keeps_connection() ? 1 : 0;
}

void authgrammar_exchange_query(const authgrammar_exchange* x, authgrammar_user_query* query) {
    if (query == nullptr) return;
    *query = {};
    if (x == nullptr) return;
    *query = query_of(x->checks.query());
}

authgrammar_digest_algorithm authgrammar_exchange_algorithm(const authgrammar_exchange* x) {
    return x != nullptr ? static_cast<authgrammar_digest_algorithm>(x->checks.algorithm()) : AUTHGRAMMAR_DIGEST_MD5;
}

void authgrammar_exchange_reason(const authgrammar_exchange* x, authgrammar_log_reason* reason) {
    if (reason == nullptr) return;
    *reason = {};
    if (x == nullptr || x->invalid_argument) {
        reason->code = AUTHGRAMMAR_REASON_INVALID_ARGUMENT;
        reason->name = authgrammar_reason_name(reason->code);
        return;
    }
    const conversation::log_reason& r = x->checks.reason();
    reason->code = static_cast<authgrammar_reason>(r.code);
    reason->name = authgrammar_reason_name(reason->code);
    reason->verify = authgrammar::c::to_c(name_of(r.verify));
    reason->scheme = static_cast<authgrammar_scheme_code>(r.scheme);
    reason->offset = r.offset;
    reason->section = authgrammar::c::to_c(r.section);
    reason->expected = authgrammar::c::to_c(r.expected);
}

authgrammar_text authgrammar_reason_name(authgrammar_reason reason) {
    if (reason == AUTHGRAMMAR_REASON_INVALID_ARGUMENT) return authgrammar_code_name(AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    if (reason < AUTHGRAMMAR_REASON_NONE || reason > AUTHGRAMMAR_REASON_NEXT_ROUND)
        return authgrammar::c::to_c(std::string_view());
    return authgrammar::c::to_c(name_of(static_cast<conversation::reason_code>(reason)));
}
