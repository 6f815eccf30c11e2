#include "step_c99.h"

#include <authgrammar/detail/step.h>

#if defined(__cplusplus) || !defined(__STDC_VERSION__) || __STDC_VERSION__ != 199901L
#error "this file is to be compiled as C99"
#endif

int step_c99_is_c(void) { return 1; }
int step_c99_class_of(int octet) { return ag_class_of[octet]; }
unsigned int step_c99_step(int flags, int kind, int state, int c) { return ag_step(flags, kind, state, c); }
unsigned int step_c99_finish(int flags, int kind, int state) { return ag_finish(flags, kind, state); }
