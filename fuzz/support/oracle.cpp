#include "oracle.hpp"

#include <cstdio>
#include <cstdlib>

namespace authgrammar::fuzz {

void refute(const char* clause) noexcept {
    std::fprintf(stderr, "oracle: %s\n", clause);
    std::abort();
}

#ifdef AUTHGRAMMAR_FUZZ_PLANTED_BUGS
bool planted(std::string_view bug) noexcept {
    static const char* const wanted = std::getenv("AUTHGRAMMAR_PLANTED_BUG");
    return wanted != nullptr && bug == wanted;
}
#endif

}  // namespace authgrammar::fuzz
