#include <libsoup/soup.h>
#include "survey.h"

static void give(gpointer name, gpointer value, gpointer data) {
    (void)data;
    survey_param(name, value);
}

void survey_read(const char* value, const char* field, const char* scheme) {
    GHashTable* params = soup_header_parse_param_list(value);
    (void)field, (void)scheme;
    if (params) {
        g_hash_table_foreach(params, give, NULL);
        soup_header_free_param_list(params);
    }
}

int main(void) {
    char version[32];
    snprintf(version, sizeof version, "%u.%u.%u", soup_get_major_version(), soup_get_minor_version(),
             soup_get_micro_version());
    return survey_serve(version);
}
