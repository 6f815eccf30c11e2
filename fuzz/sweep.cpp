// Every state, octet, suffix and cut, without a test framework: for builds
// whose sanitizer would stumble over one. No arguments; exit code 0 if all readings agree.

#include "support/state_cover.hpp"

#include <cstdio>
#include <string>

int main() {
    using namespace authgrammar;
    fuzz::cover_figures n;
    for (const edition e : all_editions) {
        for (const field f : {field::www_authenticate, field::authorization, field::authentication_info}) {
            const std::string fault = fuzz::cover_states(f, e, 1, n);
            if (fault.empty()) continue;
            std::fprintf(stderr, "%s in %s: %s\n", name_of(f).data(), name_of(e).data(), fault.c_str());
            return 1;
        }
    }
    std::printf("%zu states, %zu values (%zu valid), %zu readings agree\n", n.states, n.values, n.valid, n.readings);
    return 0;
}
