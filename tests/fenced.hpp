#ifndef AUTHGRAMMAR_TESTS_FENCED_HPP
#define AUTHGRAMMAR_TESTS_FENCED_HPP

#include <gtest/gtest.h>

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>
#include <string_view>

namespace authgrammar::test {

/// Memory between two pages that cannot be touched.
class fenced {
public:
    fenced() : page_(static_cast<std::size_t>(sysconf(_SC_PAGESIZE))) {
        void* const all = mmap(nullptr, 3 * page_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        EXPECT_NE(all, MAP_FAILED);
        memory_ = static_cast<char*>(all);
        EXPECT_EQ(mprotect(memory_ + page_, page_, PROT_READ | PROT_WRITE), 0);
    }
    ~fenced() { munmap(memory_, 3 * page_); }
    fenced(const fenced&) = delete;
    fenced& operator=(const fenced&) = delete;

    [[nodiscard]] std::string_view at_front(std::string_view value) const { return put(value, memory_ + page_); }
    [[nodiscard]] std::string_view at_back(std::string_view value) const {
        return put(value, memory_ + 2 * page_ - value.size());
    }

private:
    /// What lies around it would end nothing: not even a path that reads only a little too far looks right.
    [[nodiscard]] std::string_view put(std::string_view value, char* where) const {
        std::memset(memory_ + page_, 'x', page_);
        if (!value.empty()) std::memcpy(where, value.data(), value.size());
        return {where, value.size()};
    }
    std::size_t page_;
    char* memory_ = nullptr;
};

}  // namespace authgrammar::test

#endif
