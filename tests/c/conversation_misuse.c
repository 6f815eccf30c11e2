/* What a caller of <authgrammar_guard.h> and <authgrammar_answerer.h> may do wrong: nobody is let in by it. */
#include "conversation.h"

static void misuse_of_guards(void) {
    authgrammar_guard_options options = options_for_all();
    authgrammar_guard* guard = NULL;
    authgrammar_digest_algorithm algorithm = (authgrammar_digest_algorithm)17;
    const authgrammar_code refused = AUTHGRAMMAR_ERR_INVALID_ARGUMENT;
    CHECK(authgrammar_guard_new(NULL, &guard) == refused);
    CHECK(authgrammar_guard_new(&options, NULL) == refused);
    options.realm.size = (size_t)-1;
    CHECK(authgrammar_guard_new(&options, &guard) == refused && guard == NULL);
    options = options_for_all();
    options.offers = NULL;
    CHECK(authgrammar_guard_new(&options, &guard) == refused);
    options.offers = offers;
    options.offer_count = (size_t)-1;
    CHECK(authgrammar_guard_new(&options, &guard) == refused);
    options.offer_count = 3;
    options.hop = (authgrammar_hop)3;
    CHECK(authgrammar_guard_new(&options, &guard) == refused);
    options.hop = AUTHGRAMMAR_HOP_ORIGIN;
    options.nonce_lifetime_ms = (uint64_t)-1;
    CHECK(authgrammar_guard_new(&options, &guard) == refused);
    options.nonce_lifetime_ms = 1000;
    options.nonces = 0;
    CHECK(authgrammar_guard_new(&options, &guard) == refused);
    options.nonces = 10;
    offers[0].algorithms = &algorithm;
    offers[0].algorithm_count = 1;
    CHECK(authgrammar_guard_new(&options, &guard) == refused);
    offers[0].algorithm_count = 0;
    offers[0].qops = 1;
    CHECK(authgrammar_guard_new(&options, &guard) == refused);
    offers[0].qops = 2;
    offers[1].scheme = (authgrammar_offer_scheme)4;
    CHECK(authgrammar_guard_new(&options, &guard) == refused);
    options.size = 8;
    CHECK(authgrammar_guard_new(&options, &guard) == refused);
    /* A guard that is of no use says why. */
    options = options_for_all();
    options.offer_count = 0;
    CHECK(authgrammar_guard_new(&options, &guard) == AUTHGRAMMAR_OK);
    CHECK_TEXT(authgrammar_guard_why_not(guard), "no scheme is offered");
    authgrammar_guard_free(guard);
    options = options_for_all();
    options.nonce_lifetime_ms = 999; /* a memory of replays takes a second at least */
    CHECK(authgrammar_guard_new(&options, &guard) == AUTHGRAMMAR_OK);
    CHECK_TEXT(authgrammar_guard_why_not(guard),
               "there is no memory for nonces: none is wanted, they live for less than a second, or none is free");
    CHECK(authgrammar_guard_why_not(NULL).size != 0);
    authgrammar_guard_free(guard);
    authgrammar_guard_free(NULL);
}

/* What is too long to be copied is not copied. */
static void no_memory(void) {
    authgrammar_guard_options options = options_for_all();
    authgrammar_client_request request = client_request();
    authgrammar_text endless = AUTHGRAMMAR_TEXT("y");
    authgrammar_guard* guard = NULL;
    authgrammar_answerer* answerer = NULL;
    authgrammar_attempt* attempt = NULL;
    endless.size = (size_t)PTRDIFF_MAX;
    options.realm = endless;
    CHECK(authgrammar_guard_new(&options, &guard) == AUTHGRAMMAR_ERR_NO_MEMORY && guard == NULL);
    CHECK_TEXT(authgrammar_code_name(AUTHGRAMMAR_ERR_NO_MEMORY), "no_memory");
    CHECK(authgrammar_answerer_new(NULL, &answerer) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_answerer_add_user_dup(answerer, request.uri, endless, request.method, NULL) ==
          AUTHGRAMMAR_ERR_NO_MEMORY);
    CHECK_TEXT(authgrammar_give_up_name(AUTHGRAMMAR_GIVE_UP_NO_MEMORY), "no_memory");
    CHECK_TEXT(authgrammar_give_up_name(AUTHGRAMMAR_GIVE_UP_NOT_COMPUTABLE), "not_computable");
    CHECK_TEXT(authgrammar_give_up_name((authgrammar_give_up)10), "");
    CHECK_TEXT(authgrammar_give_up_name((authgrammar_give_up)-1), "");
    request.method = endless;
    CHECK(authgrammar_attempt_new(answerer, &request, &attempt) == AUTHGRAMMAR_ERR_NO_MEMORY && attempt == NULL);
    authgrammar_answerer_free(answerer);
}

/* A host whose answers are none. */
static int answer_nonsense_secret(void* context, const authgrammar_user_query* query, authgrammar_user_secret* secret) {
    (void)context;
    (void)query;
    secret->a1.size = 1;
    return 1;
}
static int answer_nonsense_verdict(void* context, authgrammar_text token, authgrammar_token_verdict* verdict) {
    (void)context;
    (void)token;
    verdict->is = (authgrammar_token_state)-1;
    return 1;
}

static void check_refused(authgrammar_exchange* x, authgrammar_exchange_state state) {
    authgrammar_log_reason reason;
    CHECK(state == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_state_of(x) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 500);
    CHECK(authgrammar_exchange_fields(x) == 0);
    CHECK(authgrammar_exchange_user(x).size == 0);
    authgrammar_exchange_reason(x, &reason);
    CHECK_TEXT(reason.name, "invalid_argument");
}

static void misuse_of_exchanges(void) {
    const authgrammar_guard_options options = options_for_all();
    authgrammar_host host;
    authgrammar_guard* guard = NULL;
    authgrammar_exchange* const x = exchange_of(&options, &guard);
    authgrammar_text line = AUTHGRAMMAR_TEXT("Bearer y");
    authgrammar_text huge = AUTHGRAMMAR_TEXT("y");
    authgrammar_request request = request_with(&line, 1);
    authgrammar_user_secret secret;
    authgrammar_token_verdict verdict;
    authgrammar_exchange* none = x;
    authgrammar_user_query query;
    authgrammar_field_line field;
    authgrammar_host_init(&host, NULL);
    memset(&secret, 0, sizeof secret);
    memset(&verdict, 0, sizeof verdict);
    huge.size = (size_t)-1;
    CHECK(authgrammar_exchange_new(NULL, &none) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT && none == NULL);
    CHECK(authgrammar_exchange_new(guard, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);

    check_refused(x, authgrammar_exchange_check(x, NULL));
    check_refused(x, authgrammar_exchange_check_with(x, &request, NULL));
    request.credentials = NULL;
    check_refused(x, authgrammar_exchange_check(x, &request));
    request.credentials = &huge;
    check_refused(x, authgrammar_exchange_check(x, &request));
    request.credentials = &line;
    request.target = huge;
    check_refused(x, authgrammar_exchange_check(x, &request));
    request = request_with(&line, 1);
    request.resource = (authgrammar_resource)4;
    check_refused(x, authgrammar_exchange_check(x, &request));
    request = request_with(&line, 1);
    request.has_now = 1;
    request.now_ms = INT64_MAX;
    check_refused(x, authgrammar_exchange_check(x, &request));
    request = request_with(&line, 1);
    request.size = 1;
    check_refused(x, authgrammar_exchange_check(x, &request));

    request = request_with(&line, 1);
    CHECK(authgrammar_exchange_check(x, &request) == AUTHGRAMMAR_EXCHANGE_PENDING);
    verdict.is = (authgrammar_token_state)4;
    check_refused(x, authgrammar_exchange_token_is(x, &verdict));
    CHECK(authgrammar_exchange_check(x, &request) == AUTHGRAMMAR_EXCHANGE_PENDING);
    check_refused(x, authgrammar_exchange_token_is(x, NULL));
    CHECK(authgrammar_exchange_check(x, &request) == AUTHGRAMMAR_EXCHANGE_PENDING);
    check_refused(x, authgrammar_exchange_secret_is(x, NULL));
    secret.password = huge;
    CHECK(authgrammar_exchange_check(x, &request) == AUTHGRAMMAR_EXCHANGE_PENDING);
    check_refused(x, authgrammar_exchange_secret_is(x, &secret));
    CHECK(authgrammar_exchange_check(x, &request) == AUTHGRAMMAR_EXCHANGE_PENDING);
    check_refused(x, authgrammar_exchange_body_hash_is(x, huge));
    host.token = answer_nonsense_verdict;
    check_refused(x, authgrammar_exchange_check_with(x, &request, &host));
    host.token = NULL;
    /* A host without the callback that is needed; for a public resource, too. */
    CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 500);
    line = AUTHGRAMMAR_TEXT("Basic QTpi");
    CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 500);

    host.secret = answer_nonsense_secret;
    check_refused(x, authgrammar_exchange_check_with(x, &request, &host));
    host.secret = NULL;

    request.resource = AUTHGRAMMAR_RESOURCE_PUBLIC;
    CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 500);

    CHECK(authgrammar_exchange_check(NULL, &request) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_check_with(NULL, &request, &host) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_password_is(NULL, 1) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_forbid(NULL, huge) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(NULL) == 500);
    CHECK(authgrammar_exchange_state_of(NULL) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_need_of(NULL) == AUTHGRAMMAR_NEED_NOTHING);
    CHECK(authgrammar_exchange_user(NULL).size == 0 && authgrammar_exchange_scheme(NULL).size == 0);
    CHECK(authgrammar_exchange_password(NULL).size == 0 && authgrammar_exchange_token(NULL).size == 0);
    CHECK(!authgrammar_exchange_field(NULL, 0, &field) && !authgrammar_exchange_field(x, 99, &field));
    CHECK(!authgrammar_exchange_field(x, 0, NULL));
    authgrammar_exchange_query(NULL, &query);
    CHECK(query.username.size == 0);
    authgrammar_exchange_query(x, NULL);
    authgrammar_exchange_reason(NULL, NULL);
    authgrammar_exchange_free(NULL);
    authgrammar_exchange_free(x);
    authgrammar_guard_free(guard);
}

/* A Digest request of a client that knows the password, to a host that answers nonsense. */
static void misuse_of_secrets(void) {
    const authgrammar_guard_options options = options_for_all();
    const authgrammar_client_request request = client_request();
    authgrammar_host host;
    authgrammar_guard* guard = NULL;
    authgrammar_exchange* const x = exchange_of(&options, &guard);
    authgrammar_answerer* answerer = NULL;
    authgrammar_attempt* attempt = NULL;
    authgrammar_request received = request_with(NULL, 0);
    authgrammar_field_line challenge;
    authgrammar_text credentials;
    authgrammar_user_query query;
    size_t i = 0;
    authgrammar_host_init(&host, NULL);
    CHECK(authgrammar_answerer_new(NULL, &answerer) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_answerer_add_user_dup(answerer, request.uri, AUTHGRAMMAR_TEXT("u"), AUTHGRAMMAR_TEXT("p"),
                                            NULL) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_attempt_new(answerer, &request, &attempt) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_exchange_check(x, &received) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    while (authgrammar_exchange_field(x, i, &challenge) &&
           !authgrammar_equals(challenge.name, AUTHGRAMMAR_TEXT("WWW-Authenticate"))) {
        ++i;
    }
    CHECK(receive(attempt, 401, &challenge.value, 1, NULL, 0) == AUTHGRAMMAR_ATTEMPT_SEND);
    CHECK(authgrammar_attempt_credentials(attempt, NULL, &credentials));
    received = request_with(&credentials, 1);
    CHECK(authgrammar_exchange_check(x, &received) == AUTHGRAMMAR_EXCHANGE_PENDING);
    CHECK(authgrammar_exchange_need_of(x) == AUTHGRAMMAR_NEED_USER_SECRET);
    authgrammar_exchange_query(x, &query);
    CHECK_TEXT(query.username, "u");
    CHECK_TEXT(query.realm, "files");
    CHECK(authgrammar_exchange_no_such_user(x) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 401);
    host.secret = answer_nonsense_secret;
    check_refused(x, authgrammar_exchange_check_with(x, &received, &host));
    host.secret = NULL;
    CHECK(authgrammar_exchange_check_with(x, &received, &host) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 500);
    authgrammar_attempt_free(attempt);
    authgrammar_answerer_free(answerer);
    authgrammar_exchange_free(x);
    authgrammar_guard_free(guard);
}

static void misuse_of_answerers(void) {
    const authgrammar_client_request request = client_request();
    authgrammar_client_request broken = client_request();
    authgrammar_answerer_options options;
    authgrammar_answerer* answerer = NULL;
    authgrammar_attempt* attempt = NULL;
    authgrammar_text huge = AUTHGRAMMAR_TEXT("y");
    const authgrammar_code refused = AUTHGRAMMAR_ERR_INVALID_ARGUMENT;
    const authgrammar_text uri = AUTHGRAMMAR_TEXT("http://a/");
    authgrammar_text value;
    huge.size = (size_t)-1;
    authgrammar_answerer_options_init(&options);
    CHECK(authgrammar_answerer_new(NULL, NULL) == refused);
    options.allowed = 1;
    CHECK(authgrammar_answerer_new(&options, &answerer) == refused && answerer == NULL);
    options.allowed = 0;
    options.lifetime_s = (uint64_t)-1;
    CHECK(authgrammar_answerer_new(&options, &answerer) == refused);
    CHECK(authgrammar_answerer_new(NULL, &answerer) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_answerer_add_user_dup(NULL, uri, uri, uri, NULL) == refused);
    CHECK(authgrammar_answerer_add_user_dup(answerer, huge, uri, uri, NULL) == refused);
    CHECK(authgrammar_answerer_add_user_dup(answerer, AUTHGRAMMAR_TEXT("no uri"), uri, uri, NULL) == refused);
    CHECK(authgrammar_answerer_add_token_dup(answerer, uri, uri, &huge) == refused);
    CHECK(authgrammar_answerer_add_rounds_dup(answerer, uri, huge) == refused);
    authgrammar_answerer_forget(NULL);
    broken.method = huge;
    CHECK(authgrammar_attempt_new(answerer, &broken, &attempt) == refused && attempt == NULL);
    CHECK(authgrammar_attempt_new(answerer, NULL, &attempt) == refused);
    CHECK(authgrammar_attempt_new(NULL, &request, &attempt) == refused);
    CHECK(authgrammar_attempt_new(answerer, &request, NULL) == refused);
    CHECK(authgrammar_attempt_at_proxy_new(answerer, huge, &request, &attempt) == refused);
    CHECK(authgrammar_attempt_new(answerer, &request, &attempt) == AUTHGRAMMAR_OK);
    CHECK(receive(attempt, 401, NULL, 1, NULL, 0) == AUTHGRAMMAR_ATTEMPT_GIVE_UP);
    CHECK(authgrammar_attempt_why(attempt) == AUTHGRAMMAR_GIVE_UP_INVALID_ARGUMENT);
    CHECK_TEXT(authgrammar_give_up_name(authgrammar_attempt_why(attempt)), "invalid_argument");
    CHECK(!authgrammar_attempt_credentials(attempt, NULL, &value));
    /* It is over then. */
    CHECK(receive(attempt, 200, NULL, 0, NULL, 0) == AUTHGRAMMAR_ATTEMPT_GIVE_UP);
    CHECK(authgrammar_attempt_token_is_dup(attempt, NULL) == AUTHGRAMMAR_ATTEMPT_GIVE_UP);
    authgrammar_attempt_free(attempt);
    CHECK(authgrammar_attempt_new(answerer, &request, &attempt) == AUTHGRAMMAR_OK);
    CHECK(receive(attempt, 401, NULL, 0, NULL, 0) == AUTHGRAMMAR_ATTEMPT_GIVE_UP);
    CHECK(authgrammar_attempt_why(attempt) == AUTHGRAMMAR_GIVE_UP_NO_CHALLENGE);
    CHECK(!authgrammar_attempt_credentials(attempt, NULL, NULL));
    authgrammar_attempt_free(attempt);
    CHECK(receive(NULL, 401, NULL, 0, NULL, 0) == AUTHGRAMMAR_ATTEMPT_GIVE_UP);
    CHECK(authgrammar_attempt_state_of(NULL) == AUTHGRAMMAR_ATTEMPT_GIVE_UP);
    CHECK(authgrammar_attempt_why(NULL) == AUTHGRAMMAR_GIVE_UP_INVALID_ARGUMENT);
    CHECK(authgrammar_attempt_scheme(NULL).size == 0 && authgrammar_attempt_token(NULL).size == 0);
    CHECK(authgrammar_attempt_proof(NULL) == AUTHGRAMMAR_PROOF_NONE);
    authgrammar_attempt_free(NULL);
    authgrammar_answerer_free(answerer);
    authgrammar_answerer_free(NULL);
}

int main(void) {
    misuse_of_guards();
    no_memory();
    misuse_of_secrets();
    misuse_of_exchanges();
    misuse_of_answerers();
    return checks_failed("c.conversation_misuse");
}
