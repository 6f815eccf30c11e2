/* The step of the tokenizer as a C compiler makes it. */
#ifndef AUTHGRAMMAR_TESTS_CORE_STEP_C99_H
#define AUTHGRAMMAR_TESTS_CORE_STEP_C99_H

#ifdef __cplusplus
extern "C" {
#endif

int step_c99_is_c(void);
int step_c99_class_of(int octet);
unsigned int step_c99_step(int flags, int kind, int state, int c);
unsigned int step_c99_finish(int flags, int kind, int state);

#ifdef __cplusplus
}
#endif

#endif
