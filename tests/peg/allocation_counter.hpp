#ifndef AUTHGRAMMAR_TESTS_PEG_ALLOCATION_COUNTER_HPP
#define AUTHGRAMMAR_TESTS_PEG_ALLOCATION_COUNTER_HPP

#include <atomic>
#include <cstddef>
#include <cstdlib>

// The sanitizer has its own malloc; then only operator new counts.
#if defined(__SANITIZE_ADDRESS__)
#define AUTHGRAMMAR_TEST_COUNTS_MALLOC 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define AUTHGRAMMAR_TEST_COUNTS_MALLOC 0
#endif
#endif
#if !defined(AUTHGRAMMAR_TEST_COUNTS_MALLOC) && defined(__GLIBC__)
#define AUTHGRAMMAR_TEST_COUNTS_MALLOC 1
#endif

namespace authgrammar::test {

/// How often the program has asked for memory. Linked in, allocation_counter.cpp replaces the allocator.
extern std::atomic<std::size_t> allocations;

}  // namespace authgrammar::test

#endif
