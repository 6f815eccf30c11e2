/* The headers of libre include none of the types that they use. */
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include <re/re_types.h>

#include <re/re_fmt.h>
#include <re/re_mbuf.h>

#include <re/re_httpauth.h>
#include "survey.h"

static void give(const char* name, struct pl text) {
    if (text.p) {
        survey_give('n', name);
        survey_give_bytes('v', text.p, text.l);
    }
}

void survey_read(const char* value, const char* field, const char* scheme) {
    struct pl text = {value, strlen(value)};
    (void)scheme;
    if (strcmp(field, "Authorization") == 0) {
        struct httpauth_digest_resp told;
        memset(&told, 0, sizeof told);
        if (httpauth_digest_response_decode(&told, &text) == 0) {
            survey_give('s', "Digest");
            give("realm", told.realm), give("nonce", told.nonce), give("response", told.response);
            give("username", told.username), give("uri", told.uri), give("nc", told.nc);
            give("cnonce", told.cnonce), give("qop", told.qop);
        }
    } else {
        struct httpauth_digest_chall told;
        memset(&told, 0, sizeof told);
        if (httpauth_digest_challenge_decode(&told, &text) == 0) {
            survey_give('s', "Digest");
            give("realm", told.realm), give("nonce", told.nonce), give("opaque", told.opaque);
            give("stale", told.stale), give("algorithm", told.algorithm), give("qop", told.qop);
        }
    }
}

int main(void) { return survey_serve(VERSION); }
