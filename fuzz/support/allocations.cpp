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

// The C library's own functions under other names; operator new of the C++ library calls malloc.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t number, std::size_t size);
void* __libc_realloc(void* p, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) {
    count(size);
    return __libc_malloc(size);
}
void* calloc(std::size_t number, std::size_t size) {
    count(number * size);
    return __libc_calloc(number, size);
}
void* realloc(void* p, std::size_t size) {
    count(size);
    return __libc_realloc(p, size);
}
void* memalign(std::size_t alignment, std::size_t size) {
    count(size);
    return __libc_memalign(alignment, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
    count(size);
    return __libc_memalign(alignment, size);
}
int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
    count(size);
    *out = __libc_memalign(alignment, size);
    return *out == nullptr ? ENOMEM : 0;
}
}

#else
#error "how allocations are counted on this platform is not known"
#endif
