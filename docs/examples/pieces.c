/* Reads a field value as it arrives, a few bytes at a time, and keeps none of it: prints the schemes that a server offers
 * and the names of their parameters. */
#include <authgrammar.h>

#include <stdio.h>

/* A word after a comma may be a scheme or a name: its text waits here until its event says which. */
struct word {
    char text[32];
    size_t size;
};

static int keep_text(void* context, authgrammar_text_role role, authgrammar_text fragment, uint64_t position) {
    struct word* const word = context;
    size_t i;
    (void)position;
    /* A value may be secret, and so may a word that can still turn out to be a token68. */
    if (role == AUTHGRAMMAR_ROLE_TOKEN68 || role == AUTHGRAMMAR_ROLE_TOKEN_VALUE ||
        role == AUTHGRAMMAR_ROLE_QUOTED_VALUE) {
        return 0;
    }
    for (i = 0; i < fragment.size && word->size < sizeof word->text; ++i) word->text[word->size++] = fragment.data[i];
    return 0;
}

static int print_word(void* context, const authgrammar_event* event) {
    struct word* const word = context;
    switch (event->kind) {
        case AUTHGRAMMAR_EVENT_SCHEME: printf("%.*s\n", (int)word->size, word->text); break;
        case AUTHGRAMMAR_EVENT_PARAM_NAME: printf("    %.*s\n", (int)word->size, word->text); break;
        case AUTHGRAMMAR_EVENT_TOKEN68: printf("    %lu bytes\n", (unsigned long)(event->end - event->begin)); break;
        case AUTHGRAMMAR_EVENT_PARAM_VALUE: break;
        default: return 0; /* the text of the word that comes next may be there already */
    }
    word->size = 0;
    return 0;
}

int main(void) {
    static const char value[] = "Digest realm=\"files\", nonce=\"dcd98b71\", Negotiate YWJj, Basic realm=\"files\"";
    struct word word = {{0}, 0};
    authgrammar_consumer consumer = {print_word, keep_text, NULL};
    authgrammar_tokenizer tokenizer;
    authgrammar_error error;
    size_t at;
    consumer.context = &word;
    authgrammar_tokenizer_init(&tokenizer, AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, NULL);
    for (at = 0; at < sizeof value - 1; at += 7) {
        const size_t rest = sizeof value - 1 - at;
        if (authgrammar_tokenizer_feed(&tokenizer, value + at, rest < 7 ? rest : 7, &consumer) != AUTHGRAMMAR_OK) break;
    }
    /* The value is valid only if this says so, whatever was printed by then. */
    if (authgrammar_tokenizer_finish(&tokenizer, &consumer) == AUTHGRAMMAR_OK) return 0;
    authgrammar_tokenizer_error(&tokenizer, &error);
    fprintf(stderr, "%.*s at byte %lu\n", AUTHGRAMMAR_PRINT(error.name), (unsigned long)error.offset);
    return 1;
}
