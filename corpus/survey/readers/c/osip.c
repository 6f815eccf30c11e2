#include <osipparser2/osip_parser.h>
#include <sys/time.h>
#include "survey.h"

/* Its values keep their quotes; its own function takes them off. */
static void give(const char* name, const char* value) {
    if (value && *value == '"') {
        char* text = osip_strdup_without_quote(value);
        survey_param(name, text);
        osip_free(text);
    } else {
        survey_param(name, value);
    }
}

void survey_read(const char* value, const char* field, const char* scheme) {
    (void)scheme;
    if (strcmp(field, "Authorization") == 0) {
        osip_authorization_t* told;
        osip_authorization_init(&told);
        if (osip_authorization_parse(told, value) == 0) {
            survey_give('s', told->auth_type);
            give("username", told->username), give("realm", told->realm), give("nonce", told->nonce);
            give("uri", told->uri), give("response", told->response), give("cnonce", told->cnonce);
            give("opaque", told->opaque), give("qop", told->message_qop), give("nc", told->nonce_count);
        }
        osip_authorization_free(told);
    } else {
        osip_www_authenticate_t* told;
        osip_www_authenticate_init(&told);
        if (osip_www_authenticate_parse(told, value) == 0) {
            survey_give('s', told->auth_type);
            give("realm", told->realm), give("nonce", told->nonce), give("opaque", told->opaque);
            give("algorithm", told->algorithm), give("qop", told->qop_options), give("domain", told->domain);
        }
        osip_www_authenticate_free(told);
    }
}

int main(void) {
    parser_init();
    return survey_serve(VERSION);
}
