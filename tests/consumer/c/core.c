/* The C interface of the core as a program in C uses it, from an installation. */
#include <authgrammar.h>

#include <stdio.h>

int main(void) {
    const authgrammar_text line = AUTHGRAMMAR_TEXT("Basic realm=\"x\"");
    authgrammar_event events[8];
    authgrammar_reading reading;
    authgrammar_challenge challenge = {0};
    authgrammar_param realm;
    if (authgrammar_parse(&reading, AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, &line, 1, NULL, events, 8, NULL) !=
        AUTHGRAMMAR_OK) {
        return 1;
    }
    if (!authgrammar_next_challenge(&reading, &challenge)) return 2;
    if (!authgrammar_find_param(&challenge.params, AUTHGRAMMAR_TEXT("realm"), &realm)) return 3;
    printf("%s %.*s\n", authgrammar_version(), AUTHGRAMMAR_PRINT(realm.value.raw));
    return authgrammar_word_is(&realm.value, AUTHGRAMMAR_TEXT("x")) ? 0 : 4;
}
