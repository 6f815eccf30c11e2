// Counts what is taken from the heap, by every way into the C and C++ heaps. Linked only into the programs that ask for
// it: fuzz targets, and tests that reading allocates nothing.

#include "allocations.hpp"

#include <atomic>
#include <cerrno>
#include <cstdlib>

namespace {

std::atomic<std::size_t> blocks{0};
std::atomic<std::size_t> bytes{0};

void count(std::size_t size) noexcept {
    blocks.fetch_add(1, std::memory_order_relaxed);
    bytes.fetch_add(size, std::memory_order_relaxed);
}

}  // namespace

authgrammar::fuzz::heap_use authgrammar::fuzz::heap_so_far() noexcept { return {blocks, bytes}; }

void authgrammar::fuzz::take_and_give_back(std::size_t size) {
    void* volatile block = std::malloc(size);
    std::free(block);
}

#if defined(__SANITIZE_ADDRESS__)
#define AUTHGRAMMAR_FUZZ_HEAP_HOOKS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define AUTHGRAMMAR_FUZZ_HEAP_HOOKS 1
#endif
#endif

#if defined(AUTHGRAMMAR_FUZZ_HEAP_HOOKS)

// The sanitizer owns the heap, and tells of every call.
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(const volatile void*, std::size_t),
                                                         void (*on_free)(const volatile void*));

namespace {

[[maybe_unused]] const int installed = __sanitizer_install_malloc_and_free_hooks(
    [](const volatile void*, std::size_t size) { count(size); }, [](const volatile void*) {});

}  // namespace

#elif defined(__GLIBC__)

// operator new of the C++ library calls malloc. In a program that is linked statically the C library's functions cannot be
// replaced, and every call of them is led here by the linker: see authgrammar_count_allocations() in AuthgrammarTest.cmake.
#if defined(AUTHGRAMMAR_FUZZ_HEAP_WRAPPED)
#define AUTHGRAMMAR_FUZZ_OUR(function) __wrap_##function
#define AUTHGRAMMAR_FUZZ_LIBC(function) __real_##function
#else
#define AUTHGRAMMAR_FUZZ_OUR(function) function
#define AUTHGRAMMAR_FUZZ_LIBC(function) __libc_##function
#endif

extern "C" {
void* AUTHGRAMMAR_FUZZ_LIBC(malloc)(std::size_t size);
void* AUTHGRAMMAR_FUZZ_LIBC(calloc)(std::size_t number, std::size_t size);
void* AUTHGRAMMAR_FUZZ_LIBC(realloc)(void* p, std::size_t size);
void* AUTHGRAMMAR_FUZZ_LIBC(memalign)(std::size_t alignment, std::size_t size);

void* AUTHGRAMMAR_FUZZ_OUR(malloc)(std::size_t size) {
    count(size);
    return AUTHGRAMMAR_FUZZ_LIBC(malloc)(size);
}
void* AUTHGRAMMAR_FUZZ_OUR(calloc)(std::size_t number, std::size_t size) {
    count(number * size);
    return AUTHGRAMMAR_FUZZ_LIBC(calloc)(number, size);
}
void* AUTHGRAMMAR_FUZZ_OUR(realloc)(void* p, std::size_t size) {
    count(size);
    return AUTHGRAMMAR_FUZZ_LIBC(realloc)(p, size);
}
void* AUTHGRAMMAR_FUZZ_OUR(memalign)(std::size_t alignment, std::size_t size) {
    count(size);
    return AUTHGRAMMAR_FUZZ_LIBC(memalign)(alignment, size);
}
void* AUTHGRAMMAR_FUZZ_OUR(aligned_alloc)(std::size_t alignment, std::size_t size) {
    count(size);
    return AUTHGRAMMAR_FUZZ_LIBC(memalign)(alignment, size);
}
int AUTHGRAMMAR_FUZZ_OUR(posix_memalign)(void** out, std::size_t alignment, std::size_t size) {
    count(size);
    *out = AUTHGRAMMAR_FUZZ_LIBC(memalign)(alignment, size);
    return *out == nullptr ? ENOMEM : 0;
}
}

#else
#error "how allocations are counted on this platform is not known"
#endif
