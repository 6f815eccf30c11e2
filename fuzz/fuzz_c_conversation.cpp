// Conversations through C: a guard and an answerer of each language get the same messages, and come to the same. One of the
// two answerers speaks, and the guard of its language answers; what becomes of the messages on their way is as in
// fuzz_conversation. What is random, and what is computed from it, is left out of the comparison.

#include "fuzz_c.hpp"

#include "support/oracle.hpp"
#include "support/talk.hpp"

#include <authgrammar_auth.h>

#include <authgrammar/conversation/answerer.hpp>
#include <authgrammar/conversation/exchange.hpp>
#include <authgrammar/field_lines.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace authgrammar::fuzz {

namespace {

using namespace talk;
using namespace authgrammar::conversation;

/// Field lines with the values of these parameters taken out.
std::string without_chance(const lines& values) {
    static constexpr std::string_view random[] = {"nonce", "nextnonce", "cnonce", "response", "rspauth", "nc"};
    std::string out;
    for (std::string value : values) {
        for (const std::string_view name : random) {
            const std::string begin = std::string(name) + "=";
            for (std::size_t at = value.find(begin); at != std::string::npos; at = value.find(begin, at + 1)) {
                if (at != 0 && value[at - 1] != ' ' && value[at - 1] != ',') continue;
                const std::size_t from = at + begin.size();
                const bool quoted = from < value.size() && value[from] == '"';
                const std::size_t to = std::min(value.find(quoted ? '"' : ',', from + (quoted ? 1 : 0)), value.size());
                value.erase(from, to - from);
            }
        }
        out += value + "\n";
    }
    return out;
}

std::vector<authgrammar_text> texts_of(const lines& values) {
    std::vector<authgrammar_text> made;
    for (const std::string& value : values) made.push_back(to_c(value));
    return made;
}

template <typename T, void (*Free)(T*)>
struct freed {
    void operator()(T* p) const noexcept { Free(p); }
};
using c_guard = std::unique_ptr<authgrammar_guard, freed<authgrammar_guard, authgrammar_guard_free>>;
using c_exchange = std::unique_ptr<authgrammar_exchange, freed<authgrammar_exchange, authgrammar_exchange_free>>;
using c_answerer = std::unique_ptr<authgrammar_answerer, freed<authgrammar_answerer, authgrammar_answerer_free>>;
using c_attempt = std::unique_ptr<authgrammar_attempt, freed<authgrammar_attempt, authgrammar_attempt_free>>;

/// The same options for C.
c_guard guard_for(const guard_options& from) {
    static constexpr authgrammar_digest_algorithm algorithms[] = {AUTHGRAMMAR_DIGEST_SHA_256,
                                                                  AUTHGRAMMAR_DIGEST_MD5_SESS};
    static constexpr unsigned char key[16] = {1, 2, 3};
    std::vector<authgrammar_offer> offers;
    for (const offer& one : from.offers) {
        authgrammar_offer& o = offers.emplace_back();
        if (const auto* d = std::get_if<digest_offer>(&one)) {
            authgrammar_offer_init(&o, AUTHGRAMMAR_OFFER_DIGEST);
            o.algorithms = algorithms;
            o.algorithm_count = d->algorithms.size();
            o.userhash = d->userhash ? 1 : 0;
            o.renew_nonce = d->renew_nonce ? 1 : 0;
            o.opaque = to_c(d->opaque);
        } else if (const auto* basic = std::get_if<basic_offer>(&one)) {
            authgrammar_offer_init(&o, AUTHGRAMMAR_OFFER_BASIC);
            o.utf8 = basic->utf8 ? 1 : 0;
        } else if (const auto* bearer = std::get_if<bearer_offer>(&one)) {
            authgrammar_offer_init(&o, AUTHGRAMMAR_OFFER_BEARER);
            o.scope = to_c(bearer->scope);
        } else {
            authgrammar_offer_init(&o, AUTHGRAMMAR_OFFER_ROUNDS);
            o.rounds = to_c(std::get<rounds_offer>(one).scheme);
        }
    }
    authgrammar_guard_options o;
    authgrammar_guard_options_init(&o);
    o.realm = to_c(from.realm);
    o.offers = offers.data();
    o.offer_count = offers.size();
    o.hop = from.hop == policy::hop_role::proxy ? AUTHGRAMMAR_HOP_PROXY : AUTHGRAMMAR_HOP_ORIGIN;
    o.one_line = from.one_line ? 1 : 0;
    o.nonce_key = key;
    o.nonces = from.nonces;
    authgrammar_guard* made = nullptr;
    const authgrammar_code code = authgrammar_guard_new(&o, &made);
    require("guard_is_made", code == AUTHGRAMMAR_OK && made != nullptr && authgrammar_guard_why_not(made).size == 0 &&
                                 !(planted("no_guard_with_three_offers") && offers.size() == 3));
    return c_guard(made);
}

// ---- The host, for C ----

int password_is(void* host, authgrammar_text name, authgrammar_text given) {
    return static_cast<server_host*>(host)->password(view(name), view(given)) ? 1 : 0;
}
int secret_is(void* host, const authgrammar_user_query* q, authgrammar_user_secret* s) {
    verify::user_secret found{};
    const verify::user_query query{view(q->username), q->hashed != 0, view(q->realm),
                                   static_cast<schemes::digest_algorithm>(q->algorithm)};
    if (!static_cast<server_host*>(host)->secret(query, found)) return 0;
    s->username = to_c(found.username);
    s->password = to_c(found.password);
    return 1;
}
int token_is(void* host, authgrammar_text given, authgrammar_token_verdict* v) {
    const token_verdict said = static_cast<server_host*>(host)->token(view(given));
    v->is = static_cast<authgrammar_token_state>(said.is);
    v->user = to_c(said.user);
    return 1;
}
int round_is(void* host, const authgrammar_client_round* r, authgrammar_round_verdict* v) {
    const round_verdict said =
        static_cast<server_host*>(host)->round({view(r->scheme), view(r->token), view(r->session)});
    v->is = static_cast<authgrammar_round_state>(said.is);
    v->token = to_c(said.token);
    v->session = to_c(said.session);
    v->user = to_c(said.user);
    return 1;
}

/// The same host, which is asked one question after another and answers each by a call.
authgrammar_exchange_state check_and_answer(authgrammar_exchange* x, const authgrammar_request& r, server_host& host) {
    authgrammar_exchange_state state = authgrammar_exchange_check(x, &r);
    for (int questions = 0; state == AUTHGRAMMAR_EXCHANGE_PENDING; ++questions) {
        require("questions_come_to_an_end", questions < 4 && authgrammar_exchange_question(x) != 0 &&
                                                !(planted("a_question_is_asked_for_ever") && questions == 0 &&
                                                  view(authgrammar_exchange_scheme(x)) == "Digest"));
        switch (authgrammar_exchange_need_of(x)) {
            case AUTHGRAMMAR_NEED_PASSWORD_VERDICT:
                state = authgrammar_exchange_password_is(
                    x, password_is(&host, authgrammar_exchange_user(x), authgrammar_exchange_password(x)));
                break;
            case AUTHGRAMMAR_NEED_USER_SECRET: {
                authgrammar_user_query q{};
                authgrammar_exchange_query(x, &q);
                authgrammar_user_secret s{};
                state = secret_is(&host, &q, &s) != 0 ? authgrammar_exchange_secret_is(x, &s)
                                                      : authgrammar_exchange_no_such_user(x);
                break;
            }
            case AUTHGRAMMAR_NEED_TOKEN_VERDICT: {
                authgrammar_token_verdict v{};
                token_is(&host, authgrammar_exchange_token(x), &v);
                state = authgrammar_exchange_token_is(x, &v);
                break;
            }
            case AUTHGRAMMAR_NEED_ROUND: {
                const authgrammar_client_round r_of_x{authgrammar_exchange_scheme(x), authgrammar_exchange_token(x),
                                                      authgrammar_exchange_session(x)};
                authgrammar_round_verdict v{};
                round_is(&host, &r_of_x, &v);
                state = authgrammar_exchange_round_is(x, &v);
                break;
            }
            case AUTHGRAMMAR_NEED_NOTHING:
            case AUTHGRAMMAR_NEED_BODY_HASH: state = authgrammar_exchange_cannot_answer(x); break;
        }
    }
    return state;
}

/// What a server sends.
struct response {
    int status = 0;
    lines challenges;
    lines info;

    void add(std::string_view name, std::string_view value) {
        const auto which = field_from_name(name);
        if (which) (kind_of(*which) == field_kind::info ? info : challenges).emplace_back(value);
    }
};

// ---- Both languages ----

/// The servers: one request is checked by both.
class servers {
public:
    servers(const guard_options& options, bool right_password)
        : guard_(options), exchange_(guard_), c_guard_(guard_for(options)) {
        authgrammar_exchange* made = nullptr;
        authgrammar_exchange_new(c_guard_.get(), &made);
        c_exchange_.reset(made);
        host_.right_password = c_host_.right_password = right_password;
        authgrammar_host_init(&callbacks_, &c_host_);
        callbacks_.password = password_is;
        callbacks_.secret = secret_is;
        callbacks_.token = token_is;
        callbacks_.round = round_is;
    }

    void check(const lines& credentials, std::string_view request_target, verify::time_point now, bool later) {
        const field_lines views(credentials);
        request q{};
        q.method = "GET";
        q.target = request_target;
        q.credentials = views.value();
        q.secured = true;
        q.now = now;
        exchange_.check(q, host_);

        const std::vector<authgrammar_text> c_credentials = texts_of(credentials);
        authgrammar_request r;
        authgrammar_request_init(&r, to_c(q.method), to_c(q.target));
        r.credentials = c_credentials.data();
        r.credentials_count = c_credentials.size();
        r.secured = 1;
        r.has_now = 1;
        r.now_ms = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
        if (later) {
            check_and_answer(c_exchange_.get(), r, c_host_);
        } else {
            authgrammar_exchange_check_with(c_exchange_.get(), &r, &callbacks_);
        }
        compare();
    }

    [[nodiscard]] bool admitted() const noexcept { return exchange_.state() == exchange_state::admitted; }
    [[nodiscard]] bool of_digest() const noexcept { return exchange_.scheme() == "Digest"; }

    [[nodiscard]] response of_cpp() const {
        response made{admitted() ? 200 : exchange_.status(), {}, {}};
        for (const field_to_send& f : exchange_.fields()) made.add(f.name, f.value);
        return made;
    }
    [[nodiscard]] response of_c() const {
        const bool in = authgrammar_exchange_state_of(c_exchange_.get()) == AUTHGRAMMAR_EXCHANGE_ADMITTED;
        response made{in ? 200 : authgrammar_exchange_status(c_exchange_.get()), {}, {}};
        authgrammar_field_line line{};
        for (std::size_t i = 0; authgrammar_exchange_field(c_exchange_.get(), i, &line) != 0; ++i) {
            made.add(view(line.name), view(line.value));
        }
        return made;
    }

private:
    void compare() const {
        const authgrammar_exchange* const x = c_exchange_.get();
        authgrammar_log_reason c{};
        authgrammar_exchange_reason(x, &c);
        const log_reason& cpp = exchange_.reason();
        bool verdicts = static_cast<int>(authgrammar_exchange_state_of(x)) == static_cast<int>(exchange_.state()) &&
                        authgrammar_exchange_status(x) == exchange_.status() &&
                        view(authgrammar_exchange_scheme(x)) == exchange_.scheme() &&
                        view(authgrammar_exchange_user(x)) == exchange_.user();
        if (planted("c_lets_in_who_has_a_token") && admitted() && exchange_.scheme() == "Bearer") verdicts = false;
        require("servers_decide_alike", verdicts);
        bool reasons = static_cast<int>(c.code) == static_cast<int>(cpp.code) && view(c.name) == name_of(cpp.code) &&
                       view(c.verify) == name_of(cpp.verify) &&
                       static_cast<int>(c.scheme) == static_cast<int>(cpp.scheme) && c.offset == cpp.offset &&
                       view(c.section) == cpp.section && view(c.expected) == cpp.expected;
        if (planted("a_stale_nonce_has_another_reason") && cpp.code == reason_code::malformed) reasons = false;
        require("servers_give_the_same_reason", reasons);
        const response in_c = of_c();
        const response in_cpp = of_cpp();
        bool fields = without_chance(in_c.challenges) == without_chance(in_cpp.challenges) &&
                      without_chance(in_c.info) == without_chance(in_cpp.info);
        if (planted("an_info_field_is_lost") && !in_cpp.info.empty()) fields = false;
        require("servers_send_the_same_fields", fields);
    }

    guard guard_;
    exchange exchange_;
    server_host host_{};
    c_guard c_guard_;
    c_exchange c_exchange_;
    server_host c_host_{};
    authgrammar_host callbacks_{};
};

/// The clients: one response is received by both.
class clients {
public:
    clients(std::string_view server, unsigned schemes, bool c_speaks) : c_speaks_(c_speaks) {
        authgrammar_answerer* made = nullptr;
        authgrammar_answerer_new(nullptr, &made);
        c_answerer_.reset(made);
        answerer_.add_user(server, user, user_password);
        bool added = authgrammar_answerer_add_user_dup(made, to_c(server), to_c(user), to_c(user_password), nullptr) ==
                     AUTHGRAMMAR_OK;
        if (schemes / 32 % 2 != 0) {
            answerer_.add_token(server, user_token);
            added = added &&
                    authgrammar_answerer_add_token_dup(made, to_c(server), to_c(user_token), nullptr) == AUTHGRAMMAR_OK;
        }
        for (const auto& [bit, scheme] : {std::pair{64U, "Negotiate"}, std::pair{128U, "SCRAM-SHA-256"}}) {
            if (schemes / bit % 2 == 0) continue;
            answerer_.add_rounds(server, scheme);
            added = added && authgrammar_answerer_add_rounds_dup(made, to_c(server), to_c(scheme)) == AUTHGRAMMAR_OK;
        }
        require("accounts_are_kept", added && !(planted("no_account_for_a_proxy") && server != uri));
    }

    void begin(std::optional<std::string_view> proxy) {
        const client_request r{"GET", uri, {}, {}};
        attempt_.emplace(proxy ? answerer_.begin_at_proxy(*proxy, r) : answerer_.begin(r));
        authgrammar_client_request c_request;
        authgrammar_client_request_init(&c_request, to_c(r.method), to_c(r.uri));
        authgrammar_attempt* made = nullptr;
        if (proxy) {
            authgrammar_attempt_at_proxy_new(c_answerer_.get(), to_c(*proxy), &c_request, &made);
        } else {
            authgrammar_attempt_new(c_answerer_.get(), &c_request, &made);
        }
        c_attempt_.reset(made);
        compare();
    }

    void receive(const response& r, bool of_digest) {
        // What proves that the server knows the password is computed from the nonce of the client that speaks.
        static const lines nothing;
        const lines& info_of_c = of_digest && !c_speaks_ ? nothing : r.info;
        const lines& info_of_cpp = of_digest && c_speaks_ ? nothing : r.info;
        const field_lines challenges(r.challenges);
        const field_lines info(info_of_cpp);
        attempt_->receive(r.status, challenges.value(), info.value());

        const std::vector<authgrammar_text> c_challenges = texts_of(r.challenges);
        const std::vector<authgrammar_text> c_info = texts_of(info_of_c);
        authgrammar_client_response c;
        authgrammar_client_response_init(&c, r.status);
        c.challenges = c_challenges.data();
        c.challenge_count = c_challenges.size();
        c.info = c_info.data();
        c.info_count = c_info.size();
        authgrammar_attempt_receive_dup(c_attempt_.get(), &c);
        compare();
        if (attempt_->state() != attempt_state::pending) return;
        const std::optional<std::string_view> next = next_token(attempt_->token());
        attempt_->token_is(next);
        const authgrammar_text c_next = to_c(next.value_or(std::string_view()));
        authgrammar_attempt_token_is_dup(c_attempt_.get(), next ? &c_next : nullptr);
        compare();
    }

    [[nodiscard]] attempt_state state() const noexcept { return attempt_->state(); }

    /// The credentials of the one who speaks.
    [[nodiscard]] lines credentials() const { return c_speaks_ ? credentials_of_c() : credentials_of_cpp(); }
    /// What the one who speaks says of the server.
    [[nodiscard]] server_proof proof() const noexcept {
        return c_speaks_ ? static_cast<server_proof>(authgrammar_attempt_proof(c_attempt_.get())) : attempt_->proof();
    }

private:
    [[nodiscard]] lines credentials_of_cpp() const {
        const std::optional<std::string_view> value = attempt_->credentials();
        return value ? lines{std::string(*value)} : lines{};
    }
    [[nodiscard]] lines credentials_of_c() const {
        authgrammar_field f = AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE;
        authgrammar_text value{};
        if (authgrammar_attempt_credentials(c_attempt_.get(), &f, &value) == 0) return {};
        require("clients_send_the_same_field",
                static_cast<int>(f) == static_cast<int>(attempt_->credentials_field()) &&
                    !(planted("a_proxy_gets_authorization") && f == AUTHGRAMMAR_FIELD_PROXY_AUTHORIZATION));
        return {std::string(view(value))};
    }

    void compare() const {
        const authgrammar_attempt* const a = c_attempt_.get();
        bool decisions = static_cast<int>(authgrammar_attempt_state_of(a)) == static_cast<int>(attempt_->state()) &&
                         static_cast<int>(authgrammar_attempt_why(a)) == static_cast<int>(attempt_->why()) &&
                         view(authgrammar_attempt_target(a)) == attempt_->target() &&
                         view(authgrammar_attempt_scheme(a)) == attempt_->scheme() &&
                         view(authgrammar_attempt_token(a)) == attempt_->token();
        if (planted("a_client_in_c_gives_up") && attempt_->why() == give_up_reason::malformed) decisions = false;
        require("clients_decide_alike", decisions);
        if (attempt_->state() != attempt_state::send) return;
        bool credentials = without_chance(credentials_of_c()) == without_chance(credentials_of_cpp());
        if (planted("a_client_in_c_forgets_its_token") && attempt_->credentials() &&
            attempt_->credentials()->substr(0, 6) == "Bearer")
            credentials = false;
        require("clients_send_the_same_credentials", credentials);
    }

    bool c_speaks_;
    answerer answerer_;
    std::optional<attempt> attempt_;
    c_answerer c_answerer_;
    c_attempt c_attempt_;
};

/// One conversation, in which nothing but the messages that the input names is changed.
class conversation_in_both {
public:
    conversation_in_both(std::string_view text, unsigned schemes, unsigned digest, bool c_speaks)
        : changes_(text),
          at_proxy_(schemes / 8 % 2 != 0),
          right_password_(schemes / 16 % 2 == 0),
          c_speaks_(c_speaks),
          servers_(options_for(schemes, digest), right_password_),
          clients_(at_proxy_ ? proxy : uri, schemes, c_speaks) {}

    /// One attempt, at a time after the beginning. Whether there may be another one.
    bool run(std::chrono::minutes after) {
        clients_.begin(at_proxy_ ? std::optional(proxy) : std::nullopt);
        int requests = 0;
        while (clients_.state() == attempt_state::send && ++requests <= 12) {
            lines sent = clients_.credentials();
            change(sent);
            servers_.check(sent, at_proxy_ ? uri : target, talk::begin + after, requests % 2 == 0);
            response r = c_speaks_ ? servers_.of_c() : servers_.of_cpp();
            change(r.challenges);
            // Digest's proof holds for the one who speaks: what the other one makes of another one is not comparable.
            const bool other_proof = !r.info.empty() && change(r.info) && servers_.of_digest();
            if (other_proof) return false;
            clients_.receive(r, servers_.of_digest());
        }
        if (anything_changed_ || !right_password_) return true;
        bool in = servers_.admitted() && clients_.state() == attempt_state::done &&
                  (!servers_.of_digest() || clients_.proof() == server_proof::right);
        if (planted("c_does_not_believe_the_server") && c_speaks_ && servers_.of_digest()) in = false;
        require("whoever_speaks_is_let_in", in);
        return true;
    }

private:
    static constexpr std::string_view proxy = "https://proxy.example/";

    bool change(lines& message) {
        const bool changed = changes_.apply(message);
        anything_changed_ = changed || anything_changed_;
        return changed;
    }

    changes changes_;
    bool at_proxy_;
    bool right_password_;
    bool c_speaks_;
    bool anything_changed_ = false;
    servers servers_;
    clients clients_;
};

}  // namespace

void converse_through_c(std::string_view text, unsigned schemes, unsigned digest, bool c_speaks) {
    conversation_in_both talk(text, schemes, digest, c_speaks);
    // What was accepted is used again; later, when nonces may have expired.
    if (talk.run(std::chrono::minutes(0))) talk.run(std::chrono::minutes(digest / 64 * 3));
}

}  // namespace authgrammar::fuzz
