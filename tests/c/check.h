/* What the tests in C have in common: CHECK() says which condition does not hold, and checks_failed() is the exit code. */
#ifndef AUTHGRAMMAR_TESTS_C_CHECK_H
#define AUTHGRAMMAR_TESTS_C_CHECK_H

#include <authgrammar.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned long checks_done, checks_wrong;

#define CHECK(condition) check((condition) ? 1 : 0, #condition, __FILE__, __LINE__)
#define CHECK_TEXT(is, expected) check_text((is), (expected), #is, __FILE__, __LINE__)

static inline void check(int holds, const char* condition, const char* file, int line) {
    ++checks_done;
    if (holds) return;
    ++checks_wrong;
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, condition);
}

static inline void check_text(authgrammar_text is, const char* expected, const char* what, const char* file, int line) {
    ++checks_done;
    if (is.size == strlen(expected) && (is.size == 0 || memcmp(is.data, expected, is.size) == 0)) return;
    ++checks_wrong;
    fprintf(stderr, "%s:%d: %s is \"%.*s\", not \"%s\"\n", file, line, what, AUTHGRAMMAR_PRINT(is), expected);
}

/* Memory of exactly that size, so that AddressSanitizer and valgrind see the byte beyond it. */
static inline void* exactly(size_t size) {
    void* const memory = malloc(size != 0 ? size : 1);
    if (memory == NULL) abort();
    return memory;
}

/* A copy of the string without its NUL. */
static inline authgrammar_text copy_of(const char* string) {
    authgrammar_text copy;
    char* const bytes = exactly(strlen(string));
    memcpy(bytes, string, strlen(string));
    copy.data = bytes;
    copy.size = strlen(string);
    return copy;
}

/* The exit code; a test that checks nothing fails. */
static inline int checks_failed(const char* name) {
    printf("%s: %lu checks, %lu wrong\n", name, checks_done, checks_wrong);
    return checks_done == 0 || checks_wrong != 0;
}

#endif
