/* The C interface of all else, likewise. */
#include <authgrammar_auth.h>

int main(void) {
    authgrammar_guard_options options;
    authgrammar_offer offer;
    authgrammar_guard* guard;
    authgrammar_exchange* exchange;
    authgrammar_request request;
    int status;
    authgrammar_offer_init(&offer, AUTHGRAMMAR_OFFER_DIGEST);
    authgrammar_guard_options_init(&options);
    options.realm = AUTHGRAMMAR_TEXT("files");
    options.offers = &offer;
    options.offer_count = 1;
    if (authgrammar_guard_new(&options, &guard) != AUTHGRAMMAR_OK) return 1;
    if (authgrammar_exchange_new(guard, &exchange) != AUTHGRAMMAR_OK) return 2;
    authgrammar_request_init(&request, AUTHGRAMMAR_TEXT("GET"), AUTHGRAMMAR_TEXT("/"));
    request.secured = 1;
    authgrammar_exchange_check(exchange, &request);
    status = authgrammar_exchange_status(exchange);
    authgrammar_exchange_free(exchange);
    authgrammar_guard_free(guard);
    return status == 401 ? 0 : 3;
}
