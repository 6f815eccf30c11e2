/* wget_http_parse_challenges(): all challenges of a field, parameters into string maps. */

#include "../peer.h"

#include <stdlib.h>
#include <string.h>
#include <wget.h>

static void* prepare(const char* text, size_t size, int credentials) {
    char* copy = credentials ? NULL : (char*)malloc(size + 1);
    if (copy == NULL) return NULL;
    memcpy(copy, text, size);
    copy[size] = '\0';
    return copy;
}

static int free_challenge(void* challenge) {
    wget_http_free_challenge((wget_http_challenge_t*)challenge);
    return 0;
}

static int count_param(void* spans, const char* name, void* value) {
    (void)name;
    *(long*)spans += 1 + (value != NULL);
    return 0;
}

static long parse(void* prepared, int credentials, int count) {
    wget_vector_t* list = wget_vector_create(2, NULL);
    long spans = 0;
    int i, size;
    (void)credentials;
    wget_vector_set_destructor(list, free_challenge);
    wget_http_parse_challenges((const char*)prepared, list);
    size = wget_vector_size(list);
    if (size == 0) spans = -1;
    for (i = 0; count && i < size; ++i) {
        const wget_http_challenge_t* c = (const wget_http_challenge_t*)wget_vector_get(list, i);
        spans += c->auth_scheme != NULL;
        if (c->params != NULL) wget_stringmap_browse(c->params, count_param, &spans);
    }
    wget_vector_free(&list);
    return spans;
}

static const authgrammar_bench_peer peer = {AUTHGRAMMAR_BENCH_PEER_VERSION,
                                            "libwget",
                                            "wget_http_parse_challenges",
                                            AUTHGRAMMAR_BENCH_PACKAGE_VERSION,
                                            'F',
                                            prepare,
                                            parse,
                                            free};

const authgrammar_bench_peer* authgrammar_bench_peer_of_module(void) { return &peer; }
