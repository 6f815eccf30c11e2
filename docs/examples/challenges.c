/* Reads WWW-Authenticate from two field lines, takes Digest's realm out of it, and writes a challenge with it. */
#include <authgrammar.h>

#include <stdio.h>

/* Writes the realm of the first Digest challenge to `buffer`, without DQUOTEs and escapes; 1 if there is one. */
static int realm_of_digest(const authgrammar_text* lines, size_t count, char* buffer, size_t capacity) {
    authgrammar_event events[64]; /* 4 for a challenge, 2 for a parameter, 2 for a line */
    authgrammar_reading reading;
    authgrammar_error error;
    authgrammar_challenge digest;
    authgrammar_param realm;
    if (authgrammar_parse(&reading, AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, lines, count, NULL, events, 64, &error)) {
        fprintf(stderr, "%.*s in line %lu at byte %lu, expected %.*s (%.*s)\n", AUTHGRAMMAR_PRINT(error.name),
                (unsigned long)error.line, (unsigned long)error.offset, AUTHGRAMMAR_PRINT(error.expected),
                AUTHGRAMMAR_PRINT(error.section));
        return 0;
    }
    if (!authgrammar_find_challenge(&reading, AUTHGRAMMAR_TEXT("Digest"), &digest)) return 0;
    if (!authgrammar_find_param(&digest.params, AUTHGRAMMAR_TEXT("realm"), &realm)) return 0;
    /* realm.value.raw would keep the escapes. */
    return authgrammar_word_string(&realm.value, buffer, capacity, NULL) == AUTHGRAMMAR_OK;
}

/* A Digest challenge with that realm. What has to be quoted or escaped is, so that the values are given plain. */
static size_t digest_challenge(const char* realm, char* buffer, size_t capacity) {
    authgrammar_param_spec params[4];
    authgrammar_challenge_spec challenge;
    authgrammar_written written;
    memset(params, 0, sizeof params);
    params[0].name = AUTHGRAMMAR_TEXT("realm");
    params[0].value = authgrammar_text_of(realm);
    params[1].name = AUTHGRAMMAR_TEXT("nonce");
    params[1].value = AUTHGRAMMAR_TEXT("dcd98b7102dd");
    params[1].form = AUTHGRAMMAR_FORM_QUOTED;
    params[2].name = AUTHGRAMMAR_TEXT("qop");
    params[2].value = AUTHGRAMMAR_TEXT("auth");
    params[2].form = AUTHGRAMMAR_FORM_QUOTED;
    params[3].name = AUTHGRAMMAR_TEXT("algorithm");
    params[3].value = AUTHGRAMMAR_TEXT("SHA-256");
    memset(&challenge, 0, sizeof challenge);
    challenge.scheme = AUTHGRAMMAR_TEXT("Digest");
    challenge.params = params;
    challenge.param_count = 4;
    if (authgrammar_write_challenges(AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, &challenge, 1, buffer, capacity, &written)) {
        fprintf(stderr, "%.*s, expected %.*s\n", AUTHGRAMMAR_PRINT(written.name), AUTHGRAMMAR_PRINT(written.expected));
        return 0;
    }
    return written.size;
}

int main(void) {
    const authgrammar_text lines[] = {
        AUTHGRAMMAR_TEXT("Basic realm=\"a, b\", Digest realm=\"The \\\"inner\\\" court\\\\yard\", nonce=\"n\""),
        AUTHGRAMMAR_TEXT("qop=\"auth, auth-int\", Bearer"),
    };
    char realm[64];
    char value[256];
    size_t size;
    if (!realm_of_digest(lines, 2, realm, sizeof realm)) return 1;
    size = digest_challenge(realm, value, sizeof value);
    printf("%s\n%.*s\n", realm, (int)size, value);
    return 0;
}
