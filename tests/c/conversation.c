/* A guard and an answerer in C, with each other and with hosts that answer at once, later, wrongly, and not at all. */
#include "conversation.h"

static const char user[] = "Mufasa";
static const char password[] = "Circle of Life";
static const char token[] = "mF_9.B5f-4.1JqM";

/* ---- The host ---- */

static int asked;

static int check_password(void* context, authgrammar_text name, authgrammar_text given) {
    (void)context;
    ++asked;
    return authgrammar_equals(name, authgrammar_text_of(user)) &&
           authgrammar_equal_secrets(given, authgrammar_text_of(password));
}

static int find_secret(void* context, const authgrammar_user_query* query, authgrammar_user_secret* secret) {
    (void)context;
    ++asked;
    CHECK_TEXT(query->realm, "files");
    CHECK(query->algorithm == AUTHGRAMMAR_DIGEST_SHA_256);
    if (query->hashed || !authgrammar_equals(query->username, authgrammar_text_of(user))) return 0;
    secret->password = authgrammar_text_of(password);
    return 1;
}

static int judge_token(void* context, authgrammar_text given, authgrammar_token_verdict* verdict) {
    (void)context;
    ++asked;
    if (!authgrammar_equal_secrets(given, authgrammar_text_of(token))) return 0;
    verdict->is = AUTHGRAMMAR_TOKEN_VALID;
    verdict->user = authgrammar_text_of(user);
    return 1;
}

static authgrammar_host whole_host(void) {
    authgrammar_host host;
    authgrammar_host_init(&host, NULL);
    host.password = check_password;
    host.secret = find_secret;
    host.token = judge_token;
    return host;
}

/* ---- The guard ---- */

static void server_alone(void) {
    const authgrammar_guard_options options = options_for_all();
    const authgrammar_host host = whole_host();
    authgrammar_guard* guard = NULL;
    authgrammar_exchange* const x = exchange_of(&options, &guard);
    authgrammar_text lines[2];
    authgrammar_text values[4];
    authgrammar_request request = request_with(NULL, 0);
    authgrammar_log_reason reason;

    CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 401);
    CHECK(fields_of(x, "WWW-Authenticate", values, 4) == 3);
    authgrammar_exchange_reason(x, &reason);
    CHECK_TEXT(reason.name, "no_credentials");

    lines[0] = copy_of("Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZl");
    request = request_with(lines, 1);
    CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_ADMITTED);
    CHECK_TEXT(authgrammar_exchange_user(x), "Mufasa");
    CHECK_TEXT(authgrammar_exchange_scheme(x), "Basic");
    CHECK(authgrammar_exchange_status(x) == 0);
    lines[1] = lines[0];
    request.credentials_count = 2;
    CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    authgrammar_exchange_reason(x, &reason);
    CHECK_TEXT(reason.name, "several_lines");

    lines[0] = AUTHGRAMMAR_TEXT("Bearer mF_9.B5f-4.1JqM");
    request.credentials_count = 1;
    CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_ADMITTED);
    CHECK(authgrammar_exchange_forbid(x, AUTHGRAMMAR_TEXT("write")) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 403);
    CHECK(fields_of(x, "WWW-Authenticate", values, 4) != 0);
    lines[0] = AUTHGRAMMAR_TEXT("Bearer x");
    CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 401);
    lines[0] = AUTHGRAMMAR_TEXT("Bearer =");
    CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 400);
    authgrammar_exchange_reason(x, &reason);
    CHECK(reason.scheme != AUTHGRAMMAR_SCHEME_OK && reason.offset == 7 && reason.section.size != 0);

    request.preflight = 1;
    CHECK(authgrammar_exchange_check(x, &request) == AUTHGRAMMAR_EXCHANGE_PREFLIGHT);
    free((void*)lines[1].data);
    authgrammar_exchange_free(x);
    authgrammar_guard_free(guard);
}

static int find_a1(void* context, const authgrammar_user_query* query, authgrammar_user_secret* secret) {
    (void)context;
    CHECK(!query->hashed);
    CHECK(query->algorithm == AUTHGRAMMAR_DIGEST_SHA_256);
    if (!authgrammar_equals(query->username, authgrammar_text_of(user))) return 0;
    /* SHA-256 of "Mufasa:files:Circle of Life" */
    secret->a1 = AUTHGRAMMAR_TEXT("fc8b2da7371f139a97679f16b5d65b193979ca693792108ecf9da9d2211be765");
    return 1;
}

static int find_nothing(void* context, const authgrammar_user_query* query, authgrammar_user_secret* secret) {
    (void)context;
    (void)query;
    (void)secret;
    return 1;
}

/* Basic, by a host that has no password() but a secret(). */
static void basic_by_secret(void) {
    const authgrammar_guard_options options = options_for_all();
    authgrammar_host host = whole_host();
    authgrammar_guard* guard = NULL;
    authgrammar_exchange* const x = exchange_of(&options, &guard);
    authgrammar_text line;
    const authgrammar_request request = request_with(&line, 1);
    int i;
    host.password = NULL;
    for (i = 0; i < 2; ++i) {
        host.secret = i == 0 ? find_secret : find_a1;
        line = AUTHGRAMMAR_TEXT("Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZl");
        CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_ADMITTED);
        CHECK_TEXT(authgrammar_exchange_user(x), "Mufasa");
        line = AUTHGRAMMAR_TEXT("Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZm");
        CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_REFUSED);
        CHECK(authgrammar_exchange_status(x) == 401);
        line = AUTHGRAMMAR_TEXT("Basic U2ltYmE6Q2lyY2xlIG9mIExpZmU="); /* Simba */
        CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_REFUSED);
        CHECK(authgrammar_exchange_status(x) == 401);
    }
    host.secret = find_nothing;
    CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 401);
    host.secret = NULL;
    CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 500);
    authgrammar_exchange_free(x);
    authgrammar_guard_free(guard);
}

/* The host answers later, one need after another. */
static void pending(void) {
    const authgrammar_guard_options options = options_for_all();
    authgrammar_guard* guard = NULL;
    authgrammar_exchange* const x = exchange_of(&options, &guard);
    authgrammar_text line = AUTHGRAMMAR_TEXT("Basic TXVmYXNhOng=");
    const authgrammar_request request = request_with(&line, 1);
    authgrammar_token_verdict verdict;
    authgrammar_log_reason reason;
    CHECK(authgrammar_exchange_check(x, &request) == AUTHGRAMMAR_EXCHANGE_PENDING);
    CHECK(authgrammar_exchange_need_of(x) == AUTHGRAMMAR_NEED_PASSWORD_VERDICT);
    CHECK_TEXT(authgrammar_exchange_password(x), "x");
    CHECK(authgrammar_exchange_password_is(x, 0) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 401);
    /* An answer to another question lets nobody in. */
    memset(&verdict, 0, sizeof verdict);
    verdict.is = AUTHGRAMMAR_TOKEN_VALID;
    CHECK(authgrammar_exchange_check(x, &request) == AUTHGRAMMAR_EXCHANGE_PENDING);
    CHECK(authgrammar_exchange_token_is(x, &verdict) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 500);
    CHECK(authgrammar_exchange_password_is(x, 1) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    authgrammar_exchange_reason(x, &reason);
    CHECK_TEXT(reason.name, "not_asked");
    line = AUTHGRAMMAR_TEXT("Bearer y");
    CHECK(authgrammar_exchange_check(x, &request) == AUTHGRAMMAR_EXCHANGE_PENDING);
    CHECK_TEXT(authgrammar_exchange_token(x), "y");
    verdict.is = AUTHGRAMMAR_TOKEN_STEP_UP;
    verdict.acr_values = AUTHGRAMMAR_TEXT("gold");
    verdict.has_max_age = 1;
    verdict.max_age = 60;
    CHECK(authgrammar_exchange_token_is(x, &verdict) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 401);
    CHECK(authgrammar_exchange_check(x, &request) == AUTHGRAMMAR_EXCHANGE_PENDING);
    CHECK(authgrammar_exchange_cannot_answer(x) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 500);
    authgrammar_exchange_free(x);
    authgrammar_guard_free(guard);
}

/* ---- Client and server ---- */

struct replays {
    uint32_t last;
    int calls;
    authgrammar_replay_verdict answer;
};
static authgrammar_replay_verdict remember(void* context, uint64_t made, uint64_t random, uint32_t nc) {
    struct replays* const r = context;
    (void)made;
    (void)random;
    r->last = nc;
    ++r->calls;
    return r->answer;
}

static int64_t clock_ms;
static int64_t tell_time(void* context) {
    (void)context;
    return clock_ms;
}

/* Sends an attempt to the exchange as often as it wants; the last status, 200 if it was admitted. */
static int converse(authgrammar_attempt* attempt, authgrammar_exchange* x, const authgrammar_host* host, int* sent) {
    int status = 0;
    while (authgrammar_attempt_state_of(attempt) == AUTHGRAMMAR_ATTEMPT_SEND) {
        authgrammar_text credentials;
        authgrammar_text challenges[4];
        authgrammar_text info[1];
        authgrammar_field field = AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE;
        const int has = authgrammar_attempt_credentials(attempt, &field, &credentials);
        const authgrammar_request request = request_with(&credentials, has ? 1 : 0);
        size_t challenge_count;
        size_t info_count;
        if (has) CHECK(field == AUTHGRAMMAR_FIELD_AUTHORIZATION);
        status = authgrammar_exchange_check_with(x, &request, host) == AUTHGRAMMAR_EXCHANGE_ADMITTED
                     ? 200
                     : authgrammar_exchange_status(x);
        challenge_count = fields_of(x, "WWW-Authenticate", challenges, 4);
        info_count = fields_of(x, "Authentication-Info", info, 1);
        receive(attempt, status, challenges, challenge_count, info, info_count);
        ++*sent;
    }
    return status;
}

static void client_and_server(void) {
    authgrammar_guard_options options = options_for_all();
    const authgrammar_host host = whole_host();
    const authgrammar_client_request request = client_request();
    struct replays replays;
    authgrammar_guard* guard = NULL;
    authgrammar_exchange* x;
    authgrammar_answerer* answerer = NULL;
    authgrammar_attempt* attempt = NULL;
    int sent = 0;
    memset(&replays, 0, sizeof replays);
    options.replay_check = remember;
    options.replay_context = &replays;
    options.now = tell_time;
    clock_ms = 1700000000000;
    x = exchange_of(&options, &guard);
    CHECK(authgrammar_answerer_new(NULL, &answerer) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_answerer_add_user_dup(answerer, AUTHGRAMMAR_TEXT("http://127.0.0.1:8080/"),
                                            authgrammar_text_of(user), authgrammar_text_of(password),
                                            NULL) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_attempt_new(answerer, &request, &attempt) == AUTHGRAMMAR_OK);
    CHECK(converse(attempt, x, &host, &sent) == 200);
    CHECK(sent == 2);
    CHECK_TEXT(authgrammar_exchange_scheme(x), "Digest");
    CHECK_TEXT(authgrammar_exchange_user(x), "Mufasa");
    CHECK(authgrammar_attempt_state_of(attempt) == AUTHGRAMMAR_ATTEMPT_DONE);
    CHECK(authgrammar_attempt_proof(attempt) == AUTHGRAMMAR_PROOF_RIGHT);
    CHECK(replays.calls == 1 && replays.last == 1);
    authgrammar_attempt_free(attempt);

    /* The next request has its credentials at once. */
    sent = 0;
    CHECK(authgrammar_attempt_new(answerer, &request, &attempt) == AUTHGRAMMAR_OK);
    CHECK(converse(attempt, x, &host, &sent) == 200);
    CHECK(sent == 1 && replays.last == 2);
    authgrammar_attempt_free(attempt);

    /* The clock of the host makes the nonce too old: renewed, without the user being asked. */
    clock_ms += 300001;
    sent = 0;
    CHECK(authgrammar_attempt_new(answerer, &request, &attempt) == AUTHGRAMMAR_OK);
    CHECK(converse(attempt, x, &host, &sent) == 200);
    CHECK(sent == 2);
    authgrammar_attempt_free(attempt);

    /* The store of the host says that it was seen, or what is no answer: refused. */
    replays.answer = AUTHGRAMMAR_REPLAY_SEEN;
    sent = 0;
    CHECK(authgrammar_attempt_new(answerer, &request, &attempt) == AUTHGRAMMAR_OK);
    CHECK(converse(attempt, x, &host, &sent) == 401);
    CHECK(authgrammar_attempt_state_of(attempt) == AUTHGRAMMAR_ATTEMPT_GIVE_UP);
    CHECK(authgrammar_attempt_why(attempt) == AUTHGRAMMAR_GIVE_UP_REFUSED);
    CHECK_TEXT(authgrammar_give_up_name(authgrammar_attempt_why(attempt)), "refused");
    authgrammar_attempt_free(attempt);
    replays.answer = (authgrammar_replay_verdict)17;
    authgrammar_answerer_forget(answerer);
    sent = 0;
    CHECK(authgrammar_attempt_new(answerer, &request, &attempt) == AUTHGRAMMAR_OK);
    CHECK(converse(attempt, x, &host, &sent) == 401);
    authgrammar_attempt_free(attempt);

    authgrammar_answerer_free(answerer);
    authgrammar_exchange_free(x);
    authgrammar_guard_free(guard);
}

/* Two guards with one key and one memory are one: what one has let in, the other does not let in again. */
static void shared_memory(void) {
    static const unsigned char key[16] = "0123456789abcde";
    const size_t size = authgrammar_replay_memory_for(16);
    void* const memory = exactly(size);
    authgrammar_guard_options options = options_for_all();
    const authgrammar_host host = whole_host();
    const authgrammar_client_request request = client_request();
    authgrammar_guard* guards[2] = {NULL, NULL};
    authgrammar_exchange* x[2];
    authgrammar_answerer* answerer = NULL;
    authgrammar_attempt* attempt = NULL;
    authgrammar_text credentials;
    authgrammar_text challenges[4];
    authgrammar_request first = request_with(NULL, 0);
    authgrammar_log_reason reason;
    size_t count;
    CHECK(authgrammar_replay_create(memory, size - 1, 16, 300000) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_replay_create(NULL, size, 16, 300000) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_replay_create(memory, size, 0, 300000) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_replay_create(memory, size, 16, 999) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_replay_create(memory, size, 16, (uint64_t)-1) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    memset(memory, 0, size);
    options.replay_memory = memory;
    options.replay_memory_size = size;
    options.nonce_key = key;
    CHECK(authgrammar_guard_new(&options, &guards[0]) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_replay_create(memory, size, 16, 300000) == AUTHGRAMMAR_OK);
    x[0] = exchange_of(&options, &guards[0]);
    x[1] = exchange_of(&options, &guards[1]);
    CHECK(authgrammar_answerer_new(NULL, &answerer) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_answerer_add_user_dup(answerer, request.uri, authgrammar_text_of(user),
                                            authgrammar_text_of(password), NULL) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_attempt_new(answerer, &request, &attempt) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_exchange_check(x[0], &first) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    count = fields_of(x[0], "WWW-Authenticate", challenges, 4);
    CHECK(receive(attempt, 401, challenges, count, NULL, 0) == AUTHGRAMMAR_ATTEMPT_SEND);
    CHECK(authgrammar_attempt_credentials(attempt, NULL, &credentials));
    first = request_with(&credentials, 1);
    CHECK(authgrammar_exchange_check_with(x[1], &first, &host) == AUTHGRAMMAR_EXCHANGE_ADMITTED);
    CHECK(authgrammar_exchange_check_with(x[0], &first, &host) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    authgrammar_exchange_reason(x[0], &reason);
    CHECK_TEXT(reason.name, "stale");
    CHECK_TEXT(reason.verify, "replayed");
    authgrammar_attempt_free(attempt);
    authgrammar_answerer_free(answerer);
    authgrammar_exchange_free(x[0]);
    authgrammar_exchange_free(x[1]);
    authgrammar_guard_free(guards[0]);
    authgrammar_guard_free(guards[1]);
    free(memory);
}

static void other_schemes_of_clients(void) {
    const authgrammar_client_request request = client_request();
    authgrammar_answerer_options options;
    authgrammar_answerer* answerer = NULL;
    authgrammar_attempt* attempt = NULL;
    authgrammar_field field;
    authgrammar_text value;
    authgrammar_text challenge = AUTHGRAMMAR_TEXT("Bearer realm=\"r\"");
    const authgrammar_text proxy = AUTHGRAMMAR_TEXT("http://proxy:3128");
    const authgrammar_text realm = AUTHGRAMMAR_TEXT("r");
    const authgrammar_text leg = AUTHGRAMMAR_TEXT("YWJj");
    authgrammar_answerer_options_init(&options);
    options.allow_unsecured = 1;
    options.now = tell_time;
    CHECK(authgrammar_answerer_new(&options, &answerer) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_answerer_add_token_dup(answerer, request.uri, authgrammar_text_of(token), &realm) ==
          AUTHGRAMMAR_OK);
    CHECK(authgrammar_answerer_add_rounds_dup(answerer, proxy, AUTHGRAMMAR_TEXT("Negotiate")) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_attempt_new(answerer, &request, &attempt) == AUTHGRAMMAR_OK);
    CHECK(!authgrammar_attempt_credentials(attempt, &field, &value));
    CHECK(receive(attempt, 401, &challenge, 1, NULL, 0) == AUTHGRAMMAR_ATTEMPT_SEND);
    CHECK(authgrammar_attempt_credentials(attempt, &field, &value));
    CHECK_TEXT(value, "Bearer mF_9.B5f-4.1JqM");
    CHECK(receive(attempt, 200, NULL, 0, NULL, 0) == AUTHGRAMMAR_ATTEMPT_DONE);
    CHECK(authgrammar_attempt_why(attempt) == AUTHGRAMMAR_GIVE_UP_NONE);
    authgrammar_attempt_free(attempt);

    challenge = AUTHGRAMMAR_TEXT("Negotiate");
    CHECK(authgrammar_attempt_at_proxy_new(answerer, proxy, &request, &attempt) == AUTHGRAMMAR_OK);
    CHECK(receive(attempt, 407, &challenge, 1, NULL, 0) == AUTHGRAMMAR_ATTEMPT_PENDING);
    CHECK_TEXT(authgrammar_attempt_scheme(attempt), "Negotiate");
    CHECK(authgrammar_attempt_token(attempt).size == 0);
    CHECK(authgrammar_attempt_token_is_dup(attempt, &leg) == AUTHGRAMMAR_ATTEMPT_SEND);
    CHECK(authgrammar_attempt_credentials(attempt, &field, &value));
    CHECK(field == AUTHGRAMMAR_FIELD_PROXY_AUTHORIZATION);
    CHECK_TEXT(value, "Negotiate YWJj");
    authgrammar_attempt_free(attempt);
    authgrammar_answerer_free(answerer);
}

int main(void) {
    server_alone();
    basic_by_secret();
    pending();
    client_and_server();
    shared_memory();
    other_schemes_of_clients();
    CHECK(asked > 5);
    return checks_failed("c.conversation");
}
