/* Runner protocol 2 for readers in C and C++: see corpus/survey/README.md. A reader defines survey_read(), which calls
   survey_give() for each part that it took, and none if it refuses; and main(), which calls survey_serve(). */
#ifndef SURVEY_H
#define SURVEY_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The value is text that ends with NUL, in memory of its own: field lines are joined. */
void survey_read(const char* value, const char* field, const char* scheme);

static FILE* survey_output;
static int survey_given;

static void survey_give_bytes(char kind, const char* text, size_t size) {
    if (!survey_given) fputs(" read", survey_output);
    survey_given = 1;
    fprintf(survey_output, " %c:", kind);
    for (size_t at = 0; at < size; ++at) fprintf(survey_output, "%02x", (unsigned char)text[at]);
}

static inline void survey_give(char kind, const char* text) {
    if (text) survey_give_bytes(kind, text, strlen(text));
}

static inline void survey_param(const char* name, const char* value) {
    if (name && value) {
        survey_give('n', name);
        survey_give('v', value);
    }
}

static inline int survey_digit(char hex) { return hex <= '9' ? hex - '0' : hex - 'a' + 10; }

static inline char* survey_unhex(const char* hex) {
    char *text = (char*)malloc(strlen(hex) * 2 + 1), *end = text;
    while (*hex && *hex != '\n') {
        if (*hex == ',') {
            *end++ = ',', *end++ = ' ';
            ++hex;
        } else if (*hex == '-') {
            ++hex;
        } else {
            *end++ = (char)(survey_digit(hex[0]) << 4 | survey_digit(hex[1]));
            hex += 2;
        }
    }
    *end = '\0';
    return text;
}

static inline int survey_serve(const char* version) {
    static char line[1 << 18], field[64], scheme[64], number[32];
    int text;
    survey_output = stdout;
    setvbuf(stdout, NULL, _IOFBF, 1 << 16);
    printf("protocol 2 %s\n", version);
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        char* value;
        if (sscanf(line, "%31s %63s %63s %n", number, field, scheme, &text) < 3) return 2;
        value = survey_unhex(line + text);
        survey_given = 0;
        fputs(number, survey_output);
        survey_read(value, field, scheme);
        fputs(survey_given ? "\n" : " refused\n", survey_output);
        fflush(survey_output);
        free(value);
    }
    return 0;
}

#ifdef __cplusplus
}
#endif

#endif
