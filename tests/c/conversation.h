/* A guard of three schemes and a request, for the tests of conversations. */
#ifndef AUTHGRAMMAR_TESTS_C_CONVERSATION_H
#define AUTHGRAMMAR_TESTS_C_CONVERSATION_H

#include "check.h"

#include <authgrammar_auth.h>

static authgrammar_offer offers[3];

static inline authgrammar_guard_options options_for_all(void) {
    authgrammar_guard_options options;
    authgrammar_offer_init(&offers[0], AUTHGRAMMAR_OFFER_DIGEST);
    authgrammar_offer_init(&offers[1], AUTHGRAMMAR_OFFER_BEARER);
    authgrammar_offer_init(&offers[2], AUTHGRAMMAR_OFFER_BASIC);
    authgrammar_guard_options_init(&options);
    options.realm = AUTHGRAMMAR_TEXT("files");
    options.offers = offers;
    options.offer_count = 3;
    options.allow_unsecured = 1;
    return options;
}

static inline authgrammar_request request_with(const authgrammar_text* credentials, size_t count) {
    authgrammar_request request;
    authgrammar_request_init(&request, AUTHGRAMMAR_TEXT("GET"), AUTHGRAMMAR_TEXT("/a"));
    request.credentials = credentials;
    request.credentials_count = count;
    return request;
}

static inline authgrammar_exchange* exchange_of(const authgrammar_guard_options* options, authgrammar_guard** guard) {
    authgrammar_exchange* x = NULL;
    CHECK(authgrammar_guard_new(options, guard) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_guard_why_not(*guard).size == 0);
    CHECK(authgrammar_exchange_new(*guard, &x) == AUTHGRAMMAR_OK);
    return x;
}

static inline authgrammar_client_request client_request(void) {
    authgrammar_client_request request;
    authgrammar_client_request_init(&request, AUTHGRAMMAR_TEXT("GET"), AUTHGRAMMAR_TEXT("http://127.0.0.1:8080/a"));
    return request;
}

static inline authgrammar_attempt_state receive(authgrammar_attempt* attempt, int status,
                                                const authgrammar_text* challenges, size_t challenge_count,
                                                const authgrammar_text* info, size_t info_count) {
    authgrammar_client_response response;
    authgrammar_client_response_init(&response, status);
    response.challenges = challenges;
    response.challenge_count = challenge_count;
    response.info = info;
    response.info_count = info_count;
    return authgrammar_attempt_receive_dup(attempt, &response);
}

/* The values of the field, up to `most`. */
static inline size_t fields_of(const authgrammar_exchange* x, const char* name, authgrammar_text* values, size_t most) {
    authgrammar_field_line line;
    size_t count = 0;
    size_t i;
    for (i = 0; authgrammar_exchange_field(x, i, &line) && count < most; ++i) {
        if (authgrammar_equals_ignoring_case(line.name, authgrammar_text_of(name))) values[count++] = line.value;
    }
    return count;
}

#endif
