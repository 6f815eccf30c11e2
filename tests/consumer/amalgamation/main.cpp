// A project that has copied authgrammar.hpp and authgrammar.cpp.

#include "authgrammar.hpp"

#include <cstdio>

int main() {
    char memory[64];
    const auto login = authgrammar::schemes::read_basic("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", memory, sizeof memory);
    if (!login || login->user_id != "Aladdin" || login->password != "open sesame") return 1;
    const auto refused = authgrammar::schemes::read_basic("Basic QQ", memory, sizeof memory);
    if (refused) return 2;
    std::printf("%s\n", authgrammar::name_of(authgrammar::active_isa()).data());
    return 0;
}
