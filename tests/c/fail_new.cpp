#include "fail_new.h"

#include <cstdlib>
#include <new>

namespace {
unsigned long to_fail = 0;
unsigned long done = 0;
}  // namespace

void fail_allocation(unsigned long number) {
    to_fail = number;
    done = 0;
}

unsigned long allocations() { return done; }

void* operator new(std::size_t size) {
    if (++done == to_fail) throw std::bad_alloc();
    void* const memory = std::malloc(size != 0 ? size : 1);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    return ++done == to_fail ? nullptr : std::malloc(size != 0 ? size : 1);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
