#include <sofia-sip/msg_header.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sofia_features.h>
#include "survey.h"

static su_home_t home[1];

/* Its parameters are texts like name="value"; its own function takes the quotes off. */
static void give(msg_param_t const* params) {
    for (; params && *params; ++params) {
        char *name = su_strdup(home, *params), *value = strchr(name, '=');
        if (value) {
            *value++ = '\0';
            survey_param(name, *value == '"' ? msg_unquote_dup(home, value) : value);
        }
    }
}

void survey_read(const char* value, const char* field, const char* scheme) {
    (void)scheme;
    su_home_init(home);
    if (strcmp(field, "Authentication-Info") == 0) {
        sip_authentication_info_t* told = sip_authentication_info_make(home, value);
        if (told) give(told->ai_params);
    } else {
        msg_auth_t* told = strcmp(field, "Authorization") ? sip_www_authenticate_make(home, value)
                                                          : sip_authorization_make(home, value);
        for (; told; told = told->au_next) {
            survey_give('s', told->au_scheme);
            give(told->au_params);
        }
    }
    su_home_deinit(home);
}

int main(void) { return survey_serve(SOFIA_SIP_VERSION); }
