/* http_auth_parse_challenges() and http_auth_parse_credentials() of libdovecot, memory from its data stack. */

#include "../peer.h"

#include <lib.h>

#include <array.h>
#include <http-auth.h>

struct text {
    size_t size;
    unsigned char octets[];
};

static void* prepare(const char* octets, size_t size, int credentials) {
    (void)credentials;
    if (!lib_is_initialized()) lib_init();
    struct text* t = malloc(sizeof *t + size + 1);
    if (t == NULL) return NULL;
    t->size = size;
    memcpy(t->octets, octets, size);
    t->octets[size] = 0;
    return t;
}

static long spans_of(const char* scheme, const char* data, const ARRAY_TYPE(http_auth_param) * params) {
    long spans = (scheme != NULL) + (data != NULL);
    const struct http_auth_param* p;
    if (array_is_created(params)) {
        array_foreach(params, p) spans += 1 + (p->value != NULL);
    }
    return spans;
}

static long parse_challenges(const struct text* t, int count) {
    ARRAY_TYPE(http_auth_challenge) list;
    const struct http_auth_challenge* c;
    long spans = 0;
    i_zero(&list);
    if (http_auth_parse_challenges(t->octets, t->size, &list) < 0) return -1;
    if (count && array_is_created(&list)) {
        array_foreach(&list, c) spans += spans_of(c->scheme, c->data, &c->params);
    }
    return spans;
}

static long parse_credentials(const struct text* t, int count) {
    struct http_auth_credentials c;
    i_zero(&c);
    if (http_auth_parse_credentials(t->octets, t->size, &c) < 0) return -1;
    return count ? spans_of(c.scheme, c.data, &c.params) : 0;
}

static long parse(void* prepared, int credentials, int count) {
    long spans;
    T_BEGIN { spans = credentials ? parse_credentials(prepared, count) : parse_challenges(prepared, count); }
    T_END;
    return spans;
}

static const authgrammar_bench_peer peer = {AUTHGRAMMAR_BENCH_PEER_VERSION,
                                            "dovecot",
                                            "http_auth_parse_challenges, http_auth_parse_credentials",
                                            AUTHGRAMMAR_BENCH_PACKAGE_VERSION,
                                            'F',
                                            prepare,
                                            parse,
                                            free};

const authgrammar_bench_peer* authgrammar_bench_peer_of_module(void) { return &peer; }
