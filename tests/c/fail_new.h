/* Allocations of C++, for the tests in C: counted, and made to fail. */
#ifndef AUTHGRAMMAR_TESTS_C_FAIL_NEW_H
#define AUTHGRAMMAR_TESTS_C_FAIL_NEW_H

#ifdef __cplusplus
extern "C" {
#endif

/* The allocation of that number from now on fails, counted from 1, and no other one; none for 0. */
void fail_allocation(unsigned long number);

/* How many there were since then. */
unsigned long allocations(void);

#ifdef __cplusplus
}
#endif

#endif
