/* The same in C99 with the step alone, for platforms without a C++ library: verdicts and offsets, not events. */

#include <authgrammar/detail/step.h>

#include <stdio.h>
#include <string.h>

/* The longest value in hexadecimal, and the longest list of events. */
enum { most_hex = 1 << 18, most_events = 1 << 18 };
static char hex[most_hex + 1];
static char events[most_events + 1];

static int edition_of(const char* name) {
    static const char* const names[AG_EDITIONS] = {"rfc7235", "rfc9110-recipient", "rfc9110-sender"};
    int edition = 0;
    while (edition < AG_EDITIONS && strcmp(names[edition], name) != 0) ++edition;
    return edition;
}

static int kind_of(const char* field) {
    if (strstr(field, "-Info") != NULL) return AG_INFO;
    return strstr(field, "-Authenticate") != NULL ? AG_CHALLENGES : AG_CREDENTIALS;
}

/* The value of a digit, of which the input has no others. */
static int digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

/* Where the value is refused, or -1. */
static long refused_at(int flags, int kind) {
    int state = AG_START;
    const size_t size = strcmp(hex, "-") == 0 ? 0 : strlen(hex) / 2;
    for (size_t i = 0; i < size; ++i) {
        const int octet = digit(hex[2 * i]) * 16 + digit(hex[2 * i + 1]);
        state = (int)(ag_step(flags, kind, state, ag_class_of[octet]) & 0xFF);
        if (state == AG_DEAD) return (long)i;
    }
    return (ag_finish(flags, kind, state) & 0xFF) == AG_DEAD ? (long)size : -1;
}

int main(void) {
    char field[64];
    char edition_name[64];
    int valid;
    long offset;
    unsigned count = 0;
    while (scanf("%63s %63s %d %ld %262144s %262144s", field, edition_name, &valid, &offset, hex, events) == 6) {
        const int edition = edition_of(edition_name);
        ++count;
        if (edition == AG_EDITIONS || refused_at(ag_edition_flags[edition], kind_of(field)) != (valid ? -1 : offset)) {
            printf("line %u: %s in %s: %s\n", count, field, edition_name, hex);
            return 1;
        }
    }
    printf("%u values, portable\n", count);
    return 0;
}
