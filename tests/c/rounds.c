/* Schemes of several rounds through the C interface: the handshakes of a guard and of an answerer with each other, by hosts that
 * answer at once and later. The tokens are of a mechanism of two rounds that stands for GSS-API. */
#include "conversation.h"

enum { CLIENT_FIRST, CLIENT_LAST, SERVER_FIRST, SERVER_LAST };
static const char* const tokens[] = {"Y2xpZW50MQ==", "Y2xpZW50Mg==", "c2VydmVyMQ==", "c2VydmVyMg=="};

static authgrammar_text token_of(int which) { return authgrammar_text_of(tokens[which]); }

/* ---- The server's host ---- */

struct mechanism {
    const char* scheme;
    const char* session; /* that it gives the handshake, or "" */
    int rounds;          /* so far */
};

static int judge_round(void* context, const authgrammar_client_round* round, authgrammar_round_verdict* verdict) {
    struct mechanism* const m = context;
    CHECK_TEXT(round->scheme, m->scheme);
    verdict->session = authgrammar_text_of(m->session);
    if (m->rounds == 0 && authgrammar_equal_secrets(round->token, token_of(CLIENT_FIRST))) {
        CHECK(round->session.size == 0);
        verdict->is = AUTHGRAMMAR_ROUND_PROCEED;
        verdict->token = token_of(SERVER_FIRST);
    } else if (m->rounds == 1 && authgrammar_equal_secrets(round->token, token_of(CLIENT_LAST))) {
        CHECK_TEXT(round->session, m->session);
        verdict->is = AUTHGRAMMAR_ROUND_ESTABLISHED;
        verdict->token = token_of(SERVER_LAST);
        verdict->user = AUTHGRAMMAR_TEXT("Mufasa");
    } else {
        return 0;
    }
    ++m->rounds;
    return 1;
}

static authgrammar_exchange* exchange_of_rounds(const char* scheme, authgrammar_guard** guard) {
    authgrammar_guard_options options = options_for_all();
    authgrammar_offer_init(&offers[0], AUTHGRAMMAR_OFFER_ROUNDS);
    if (scheme != NULL) offers[0].rounds = authgrammar_text_of(scheme);
    options.offer_count = 1;
    return exchange_of(&options, guard);
}

static authgrammar_reason reason_of(const authgrammar_exchange* x) {
    authgrammar_log_reason reason;
    authgrammar_exchange_reason(x, &reason);
    return reason.code;
}

/* ---- Client and server ---- */

static authgrammar_text copy_of_text(authgrammar_text text) {
    char* const bytes = exactly(text.size);
    memcpy(bytes, text.data, text.size);
    text.data = bytes;
    return text;
}

/* A whole handshake over the two interfaces, for `scheme`. */
static void handshake(const char* scheme, const char* session, const char* final_field, int of_connection) {
    struct mechanism mechanism;
    const authgrammar_client_request wanted = client_request();
    authgrammar_host host;
    authgrammar_guard* guard = NULL;
    authgrammar_exchange* const x = exchange_of_rounds(scheme, &guard);
    authgrammar_answerer_options options;
    authgrammar_answerer* answerer = NULL;
    authgrammar_attempt* attempt = NULL;
    authgrammar_request request = request_with(NULL, 0);
    authgrammar_text credentials;
    authgrammar_text values[2];
    authgrammar_text next;
    authgrammar_text last;
    size_t count;
    mechanism.scheme = scheme;
    mechanism.session = session;
    mechanism.rounds = 0;
    authgrammar_host_init(&host, &mechanism);
    host.round = judge_round;
    authgrammar_answerer_options_init(&options);
    options.allow_unsecured = 1;
    CHECK(authgrammar_answerer_new(&options, &answerer) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_answerer_add_rounds_dup(answerer, wanted.uri, authgrammar_text_of(scheme)) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_attempt_new(answerer, &wanted, &attempt) == AUTHGRAMMAR_OK);
    CHECK_TEXT(authgrammar_attempt_target(attempt), "/a");

    CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 401 && mechanism.rounds == 0);
    CHECK(reason_of(x) == AUTHGRAMMAR_REASON_NO_CREDENTIALS);
    count = fields_of(x, "WWW-Authenticate", values, 2);
    CHECK(count == 1);
    CHECK(receive(attempt, 401, values, count, NULL, 0) == AUTHGRAMMAR_ATTEMPT_PENDING);
    CHECK_TEXT(authgrammar_attempt_scheme(attempt), scheme);
    CHECK(authgrammar_attempt_token(attempt).size == 0);
    next = token_of(CLIENT_FIRST);
    CHECK(authgrammar_attempt_token_is_dup(attempt, &next) == AUTHGRAMMAR_ATTEMPT_SEND);
    CHECK(authgrammar_attempt_credentials(attempt, NULL, &credentials));

    request = request_with(&credentials, 1);
    CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 401 && mechanism.rounds == 1);
    CHECK(reason_of(x) == AUTHGRAMMAR_REASON_NEXT_ROUND);
    CHECK(authgrammar_exchange_keeps_connection(x) == of_connection);
    count = fields_of(x, "WWW-Authenticate", values, 2);
    CHECK(receive(attempt, 401, values, count, NULL, 0) == AUTHGRAMMAR_ATTEMPT_PENDING);
    CHECK_TEXT(authgrammar_attempt_token(attempt), tokens[SERVER_FIRST]);
    next = token_of(CLIENT_LAST);
    CHECK(authgrammar_attempt_token_is_dup(attempt, &next) == AUTHGRAMMAR_ATTEMPT_SEND);
    CHECK(authgrammar_attempt_credentials(attempt, NULL, &credentials));

    last = copy_of_text(credentials); /* the attempt's own lives until it is used again */
    request = request_with(&last, 1);
    CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_ADMITTED);
    CHECK(mechanism.rounds == 2);
    CHECK_TEXT(authgrammar_exchange_user(x), "Mufasa");
    CHECK_TEXT(authgrammar_exchange_scheme(x), scheme);
    CHECK(authgrammar_exchange_keeps_connection(x) == of_connection);
    count = fields_of(x, final_field, values, 2);
    CHECK(count == 1);
    if (of_connection) {
        CHECK(receive(attempt, 200, values, count, NULL, 0) == AUTHGRAMMAR_ATTEMPT_DONE);
    } else {
        CHECK(receive(attempt, 200, NULL, 0, values, count) == AUTHGRAMMAR_ATTEMPT_DONE);
    }
    CHECK_TEXT(authgrammar_attempt_token(attempt), tokens[SERVER_LAST]);

    /* A token that the mechanism does not know: that of the last round once more. */
    CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 401 && authgrammar_exchange_user(x).size == 0);
    CHECK(reason_of(x) == AUTHGRAMMAR_REASON_WRONG_CREDENTIALS);
    CHECK(!authgrammar_exchange_keeps_connection(x));

    /* Later requests on the connection of whoever was admitted; of nobody for SCRAM, which has no such connections. */
    request = request_with(NULL, 0);
    request.connection_user = AUTHGRAMMAR_TEXT("Mufasa");
    CHECK(authgrammar_exchange_check_with(x, &request, &host) ==
          (of_connection ? AUTHGRAMMAR_EXCHANGE_ADMITTED : AUTHGRAMMAR_EXCHANGE_REFUSED));
    CHECK_TEXT(authgrammar_exchange_user(x), of_connection ? "Mufasa" : "");
    free((void*)last.data);
    authgrammar_attempt_free(attempt);
    authgrammar_answerer_free(answerer);
    authgrammar_exchange_free(x);
    authgrammar_guard_free(guard);
}

/* ---- A host that answers later ---- */

static void pending(void) {
    authgrammar_guard* guard = NULL;
    authgrammar_exchange* const x = exchange_of_rounds("SCRAM-SHA-256", &guard);
    authgrammar_text line = AUTHGRAMMAR_TEXT("SCRAM-SHA-256 sid=\"a\\b\", data=\"Y2xpZW50MQ==\"");
    authgrammar_text values[2];
    const authgrammar_request request = request_with(&line, 1);
    authgrammar_round_verdict verdict;
    uint64_t question;
    memset(&verdict, 0, sizeof verdict);
    CHECK(authgrammar_exchange_question(x) == 0);
    CHECK(authgrammar_exchange_check(x, &request) == AUTHGRAMMAR_EXCHANGE_PENDING);
    CHECK(authgrammar_exchange_need_of(x) == AUTHGRAMMAR_NEED_ROUND);
    CHECK_TEXT(authgrammar_exchange_scheme(x), "SCRAM-SHA-256");
    CHECK_TEXT(authgrammar_exchange_token(x), tokens[CLIENT_FIRST]);
    CHECK_TEXT(authgrammar_exchange_session(x), "ab");
    question = authgrammar_exchange_question(x);
    CHECK(question != 0);
    verdict.is = AUTHGRAMMAR_ROUND_PROCEED;
    verdict.token = token_of(SERVER_FIRST);
    verdict.session = AUTHGRAMMAR_TEXT("ab");
    CHECK(authgrammar_exchange_round_is(x, &verdict) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(reason_of(x) == AUTHGRAMMAR_REASON_NEXT_ROUND);
    CHECK(fields_of(x, "WWW-Authenticate", values, 2) == 1);
    CHECK(authgrammar_exchange_question(x) == 0);
    /* The next question is another one. */
    CHECK(authgrammar_exchange_check(x, &request) == AUTHGRAMMAR_EXCHANGE_PENDING);
    CHECK(authgrammar_exchange_question(x) != question && authgrammar_exchange_question(x) != 0);
    verdict.is = AUTHGRAMMAR_ROUND_REFUSED;
    CHECK(authgrammar_exchange_round_is(x, &verdict) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 401);
    authgrammar_exchange_free(x);
    authgrammar_guard_free(guard);
}

/* ---- What may be done wrong ---- */

static int answer_nonsense(void* context, const authgrammar_client_round* round, authgrammar_round_verdict* verdict) {
    (void)context;
    (void)round;
    verdict->is = (authgrammar_round_state)3;
    return 1;
}

static int proceed_without_token(void* context, const authgrammar_client_round* round,
                                 authgrammar_round_verdict* verdict) {
    (void)context;
    (void)round;
    verdict->is = AUTHGRAMMAR_ROUND_PROCEED;
    return 1;
}

static void misuse_of_verdicts(void) {
    authgrammar_guard* guard = NULL;
    authgrammar_exchange* const x = exchange_of_rounds(NULL, &guard);
    authgrammar_text line = AUTHGRAMMAR_TEXT("Negotiate Y2xpZW50MQ==");
    authgrammar_text huge = AUTHGRAMMAR_TEXT("y");
    authgrammar_request request = request_with(&line, 1);
    authgrammar_round_verdict verdict;
    authgrammar_host host;
    int i;
    huge.size = (size_t)-1;
    memset(&verdict, 0, sizeof verdict);
    verdict.is = AUTHGRAMMAR_ROUND_ESTABLISHED;
    verdict.user = AUTHGRAMMAR_TEXT("Mufasa");

    CHECK(authgrammar_exchange_round_is(NULL, &verdict) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_round_is(x, &verdict) == AUTHGRAMMAR_EXCHANGE_REFUSED); /* before any request */
    CHECK(reason_of(x) == AUTHGRAMMAR_REASON_NOT_ASKED && authgrammar_exchange_user(x).size == 0);
    for (i = 0; i < 6; ++i) {
        authgrammar_round_verdict wrong = verdict;
        if (i == 1) wrong.is = (authgrammar_round_state)3;
        if (i == 2) wrong.is = (authgrammar_round_state)-1;
        if (i == 3) wrong.token = huge;
        if (i == 4) wrong.session = huge;
        if (i == 5) wrong.user = huge;
        CHECK(authgrammar_exchange_check(x, &request) == AUTHGRAMMAR_EXCHANGE_PENDING);
        CHECK(authgrammar_exchange_round_is(x, i != 0 ? &wrong : NULL) == AUTHGRAMMAR_EXCHANGE_REFUSED);
        CHECK(authgrammar_exchange_status(x) == 500 && authgrammar_exchange_user(x).size == 0);
        CHECK(reason_of(x) == AUTHGRAMMAR_REASON_INVALID_ARGUMENT);
    }
    /* An answer to another question, and a second one to the same. */
    CHECK(authgrammar_exchange_check(x, &request) == AUTHGRAMMAR_EXCHANGE_PENDING);
    CHECK(authgrammar_exchange_password_is(x, 1) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(reason_of(x) == AUTHGRAMMAR_REASON_NOT_ASKED);
    CHECK(authgrammar_exchange_check(x, &request) == AUTHGRAMMAR_EXCHANGE_PENDING);
    CHECK(authgrammar_exchange_round_is(x, &verdict) == AUTHGRAMMAR_EXCHANGE_ADMITTED);
    CHECK(authgrammar_exchange_round_is(x, &verdict) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 500);

    authgrammar_host_init(&host, NULL);
    CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 500 && reason_of(x) == AUTHGRAMMAR_REASON_NOT_ANSWERED);
    host.round = answer_nonsense;
    CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 500 && reason_of(x) == AUTHGRAMMAR_REASON_INVALID_ARGUMENT);
    host.round = proceed_without_token;
    CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(authgrammar_exchange_status(x) == 500 && reason_of(x) == AUTHGRAMMAR_REASON_NOT_ANSWERED);
    host.size = 0; /* not initialised */
    CHECK(authgrammar_exchange_check_with(x, &request, &host) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(reason_of(x) == AUTHGRAMMAR_REASON_INVALID_ARGUMENT);

    line = AUTHGRAMMAR_TEXT("Negotiate a=b");
    CHECK(authgrammar_exchange_check(x, &request) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(reason_of(x) == AUTHGRAMMAR_REASON_MALFORMED);
    request = request_with(NULL, 0);
    request.connection_user = huge;
    CHECK(authgrammar_exchange_check(x, &request) == AUTHGRAMMAR_EXCHANGE_REFUSED);
    CHECK(reason_of(x) == AUTHGRAMMAR_REASON_INVALID_ARGUMENT && authgrammar_exchange_user(x).size == 0);
    CHECK(authgrammar_exchange_session(NULL).size == 0 && !authgrammar_exchange_keeps_connection(NULL));
    CHECK(authgrammar_exchange_question(NULL) == 0);
    CHECK(!authgrammar_exchange_wants_response_hash(NULL) && !authgrammar_exchange_wants_response_hash(x));
    CHECK(!authgrammar_exchange_response_hash_is(NULL, line) && !authgrammar_exchange_response_hash_is(x, huge));
    authgrammar_exchange_free(x);
    authgrammar_guard_free(guard);
}

static void misuse_of_offers(void) {
    authgrammar_guard_options options = options_for_all();
    authgrammar_guard* guard = NULL;
    authgrammar_offer_init(&offers[0], AUTHGRAMMAR_OFFER_ROUNDS);
    CHECK_TEXT(offers[0].rounds, "Negotiate");
    offers[0].rounds.size = (size_t)-1;
    CHECK(authgrammar_guard_new(&options, &guard) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    offers[0].rounds = AUTHGRAMMAR_TEXT("Basic"); /* of one round */
    CHECK(authgrammar_guard_new(&options, &guard) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_guard_why_not(guard).size != 0);
    authgrammar_guard_free(guard);
}

static void names(void) {
    int code;
    for (code = AUTHGRAMMAR_REASON_NONE; code <= AUTHGRAMMAR_REASON_NEXT_ROUND; ++code) {
        CHECK(authgrammar_reason_name((authgrammar_reason)code).size != 0);
    }
    CHECK_TEXT(authgrammar_reason_name(AUTHGRAMMAR_REASON_NO_CREDENTIALS), "no_credentials");
    CHECK_TEXT(authgrammar_reason_name(AUTHGRAMMAR_REASON_NOT_COMPUTABLE), "not_computable");
    CHECK_TEXT(authgrammar_reason_name(AUTHGRAMMAR_REASON_OTHER_URI), "other_uri");
    CHECK_TEXT(authgrammar_reason_name(AUTHGRAMMAR_REASON_NEXT_ROUND), "next_round");
    CHECK_TEXT(authgrammar_reason_name(AUTHGRAMMAR_REASON_INVALID_ARGUMENT), "invalid_argument");
    CHECK_TEXT(authgrammar_reason_name((authgrammar_reason)20), "");
    CHECK_TEXT(authgrammar_reason_name((authgrammar_reason)-1), "");
}

int main(void) {
    handshake("Negotiate", "", "WWW-Authenticate", 1);
    handshake("NTLM", "", "WWW-Authenticate", 1);
    handshake("SCRAM-SHA-1", "one", "Authentication-Info", 0);
    handshake("SCRAM-SHA-256", "256", "Authentication-Info", 0);
    pending();
    misuse_of_verdicts();
    misuse_of_offers();
    names();
    return checks_failed("c.rounds");
}
