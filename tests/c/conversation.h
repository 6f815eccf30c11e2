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
    memset(&request, 0, sizeof request);
    request.method = AUTHGRAMMAR_TEXT("GET");
    request.uri = AUTHGRAMMAR_TEXT("http://127.0.0.1:8080/a");
    return request;
}

#endif
