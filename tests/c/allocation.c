/* Only functions whose names end with _new or _dup allocate, and each of their allocations may fail: that is NO_MEMORY, and
 * nothing is lost or half done. */
#include "conversation.h"
#include "fail_new.h"

static const char token[] = "mF_9.B5f-4.1JqM";

/* Far more allocations than any function here makes: a guard takes some 2000, as it decides all its answers beforehand. */
enum { MOST = 20000 };

/* Of 100 to 2000 only some are made to fail. */
static unsigned long after(unsigned long number) { return number < 100 || number > 2000 ? number + 1 : number + 97; }

/* Makes the first allocation of `call` fail, then the second, until it has no more of them. `call` says NO_MEMORY then, and OK at
 * last. */
static void fail_each(authgrammar_code (*call)(void* context), void* context) {
    unsigned long number = 1;
    authgrammar_code code = AUTHGRAMMAR_ERR_NO_MEMORY;
    while (number < MOST) {
        fail_allocation(number);
        code = call(context);
        fail_allocation(0);
        if (code != AUTHGRAMMAR_ERR_NO_MEMORY) break;
        number = after(number);
    }
    CHECK(code == AUTHGRAMMAR_OK && number > 1);
}

/* ---- What ends with _new ---- */

static int without_replays;

static authgrammar_code make_guard(void* context) {
    authgrammar_guard** const guard = context;
    const authgrammar_guard_options options = options_for_all();
    const authgrammar_code code = authgrammar_guard_new(&options, guard);
    CHECK((code == AUTHGRAMMAR_OK) == (*guard != NULL));
    if (code != AUTHGRAMMAR_OK || authgrammar_guard_why_not(*guard).size == 0) return code;
    ++without_replays; /* there is a guard, but no memory of replays */
    authgrammar_guard_free(*guard);
    return AUTHGRAMMAR_ERR_NO_MEMORY;
}

struct made_of {
    authgrammar_guard* guard;
    authgrammar_exchange* exchange;
    authgrammar_answerer* answerer;
    authgrammar_attempt* attempt;
};

static authgrammar_code make_exchange(void* context) {
    struct made_of* const m = context;
    const authgrammar_code code = authgrammar_exchange_new(m->guard, &m->exchange);
    CHECK((code == AUTHGRAMMAR_OK) == (m->exchange != NULL));
    return code;
}

static authgrammar_code make_answerer(void* context) {
    struct made_of* const m = context;
    authgrammar_answerer_options options;
    authgrammar_code code;
    authgrammar_answerer_options_init(&options);
    options.allow_unsecured = 1;
    code = authgrammar_answerer_new(&options, &m->answerer);
    CHECK((code == AUTHGRAMMAR_OK) == (m->answerer != NULL));
    return code;
}

static authgrammar_code make_attempt(void* context) {
    struct made_of* const m = context;
    const authgrammar_client_request request = client_request();
    const authgrammar_code code = authgrammar_attempt_new(m->answerer, &request, &m->attempt);
    CHECK((code == AUTHGRAMMAR_OK) == (m->attempt != NULL));
    return code;
}

static authgrammar_code make_decision(void* context) {
    authgrammar_decision** const decision = context;
    authgrammar_facts facts;
    authgrammar_code code;
    authgrammar_facts_init(&facts, AUTHGRAMMAR_RESOURCE_PROTECTED, AUTHGRAMMAR_CREDENTIALS_ABSENT);
    code = authgrammar_decision_new(&facts, decision);
    CHECK((code == AUTHGRAMMAR_OK) == (*decision != NULL));
    return code;
}

/* ---- What ends with _dup ---- */

static authgrammar_code add_user(void* context) {
    struct made_of* const m = context;
    const authgrammar_text realm = AUTHGRAMMAR_TEXT("a realm of more bytes than a string has in itself");
    return authgrammar_answerer_add_user_dup(m->answerer, client_request().uri, realm, realm, &realm);
}
static authgrammar_code add_token(void* context) {
    struct made_of* const m = context;
    return authgrammar_answerer_add_token_dup(m->answerer, client_request().uri, authgrammar_text_of(token), NULL);
}
static authgrammar_code add_rounds(void* context) {
    struct made_of* const m = context;
    return authgrammar_answerer_add_rounds_dup(m->answerer, client_request().uri, AUTHGRAMMAR_TEXT("Negotiate"));
}

/* An attempt that ran out of memory gives up, and remains so. */
static authgrammar_code given_up(authgrammar_attempt* attempt, authgrammar_attempt_state state) {
    authgrammar_text value;
    if (state != AUTHGRAMMAR_ATTEMPT_GIVE_UP) return AUTHGRAMMAR_OK;
    CHECK(authgrammar_attempt_state_of(attempt) == AUTHGRAMMAR_ATTEMPT_GIVE_UP);
    CHECK(authgrammar_attempt_why(attempt) == AUTHGRAMMAR_GIVE_UP_NO_MEMORY);
    CHECK(!authgrammar_attempt_credentials(attempt, NULL, &value) && value.size == 0);
    CHECK(receive(attempt, 200, NULL, 0, NULL, 0) == AUTHGRAMMAR_ATTEMPT_GIVE_UP);
    return AUTHGRAMMAR_ERR_NO_MEMORY;
}

/* Receives the challenge, with the allocation of that number failing, by an attempt of its own; and has its token, if it wants
 * one. Which of the two fails is up to `number`. */
static authgrammar_code receive_challenge(struct made_of* m, const char* challenge, int fails_token,
                                          unsigned long number) {
    const authgrammar_text line = authgrammar_text_of(challenge);
    const authgrammar_text next = AUTHGRAMMAR_TEXT("Y2xpZW50MSwgd2hpY2ggaXMgbG9uZ2VyIHRoYW4gYSBzdHJpbmc=");
    authgrammar_attempt_state state;
    authgrammar_code code;
    CHECK(make_attempt(m) == AUTHGRAMMAR_OK);
    fail_allocation(fails_token ? 0 : number);
    state = receive(m->attempt, 401, &line, 1, NULL, 0);
    if (fails_token) {
        CHECK(state == AUTHGRAMMAR_ATTEMPT_PENDING);
        fail_allocation(number);
        state = authgrammar_attempt_token_is_dup(m->attempt, &next);
    }
    fail_allocation(0);
    code = given_up(m->attempt, state);
    authgrammar_attempt_free(m->attempt);
    return code;
}

static void fail_each_receipt(struct made_of* m, const char* challenge, int fails_token) {
    unsigned long number = 1;
    while (number < MOST && receive_challenge(m, challenge, fails_token, number) != AUTHGRAMMAR_OK)
        number = after(number);
    CHECK(number > 1 && number < MOST);
}

/* ---- The rest does not allocate ---- */

static int check_password(void* context, authgrammar_text user, authgrammar_text password) {
    (void)context;
    return user.size == password.size;
}
static int find_secret(void* context, const authgrammar_user_query* query, authgrammar_user_secret* secret) {
    (void)context;
    (void)query;
    secret->password = AUTHGRAMMAR_TEXT("p");
    return 1;
}
static int judge_token(void* context, authgrammar_text given, authgrammar_token_verdict* verdict) {
    (void)context;
    verdict->user = given;
    verdict->is = AUTHGRAMMAR_TOKEN_VALID;
    return 1;
}

static void exchanges_do_not(authgrammar_exchange* x) {
    static const char* const lines[] = {
        "Basic QTpi", "Bearer y",
        "Bearer =", "Digest username=\"u\", realm=\"files\", nonce=\"n\", uri=\"/a\", response=\"r\""};
    authgrammar_host host;
    authgrammar_facts facts;
    authgrammar_log_reason reason;
    size_t i;
    authgrammar_host_init(&host, NULL);
    host.password = check_password;
    host.secret = find_secret;
    host.token = judge_token;
    fail_allocation(0);
    for (i = 0; i < sizeof lines / sizeof *lines; ++i) {
        const authgrammar_text line = authgrammar_text_of(lines[i]);
        const authgrammar_request request = request_with(&line, 1);
        CHECK(authgrammar_exchange_check_with(x, &request, &host) != AUTHGRAMMAR_EXCHANGE_PENDING);
        authgrammar_exchange_forbid(x, AUTHGRAMMAR_TEXT("s"));
        authgrammar_exchange_reason(x, &reason);
    }
    authgrammar_facts_init(&facts, AUTHGRAMMAR_RESOURCE_PROTECTED, AUTHGRAMMAR_CREDENTIALS_ABSENT);
    CHECK(authgrammar_status_for(&facts) != 0);
    CHECK(allocations() == 0);
}

int main(void) {
    struct made_of m;
    authgrammar_decision* decision = NULL;
    memset(&m, 0, sizeof m);
    fail_each(make_guard, &m.guard);
    CHECK(without_replays == 1);
    fail_each(make_exchange, &m);
    exchanges_do_not(m.exchange);
    authgrammar_exchange_free(m.exchange);
    authgrammar_guard_free(m.guard);
    fail_each(make_decision, &decision);
    authgrammar_decision_free(decision);

    fail_each(make_answerer, &m);
    fail_each(make_attempt, &m);
    authgrammar_attempt_free(m.attempt);
    fail_each(add_token, &m);
    fail_each_receipt(&m, "Bearer realm=\"a realm of more bytes than a string has in itself\"", 0);
    fail_each(add_user, &m);
    fail_each_receipt(
        &m, "Digest realm=\"a realm of more bytes than a string has in itself\", nonce=\"n\", qop=\"auth\"", 0);
    fail_each(add_rounds, &m);
    fail_each_receipt(&m, "Negotiate", 0);
    fail_each_receipt(&m, "Negotiate", 1);
    fail_allocation(0);
    authgrammar_answerer_forget(m.answerer);
    CHECK(allocations() == 0);
    authgrammar_answerer_free(m.answerer);
    return checks_failed("c.allocation");
}
