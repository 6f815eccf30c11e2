#include <authgrammar/verify/secure.hpp>

#include <authgrammar/detail/portability.hpp>

#include <openssl/crypto.h>

#include <cstdint>
#include <cstring>

namespace authgrammar::verify {

void wipe(void* bytes, std::size_t size) noexcept {
#if AUTHGRAMMAR_HAS_STORE_BARRIER
    if (size != 0) std::memset(bytes, 0, size);
    detail::store_barrier(bytes);
#else
    OPENSSL_cleanse(bytes, size);
#endif
}

bool equal_secrets(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    std::uint64_t difference = 0;
    std::size_t i = 0;
    for (; i + 8 <= a.size(); i += 8) {
        std::uint64_t x = 0;
        std::uint64_t y = 0;
        std::memcpy(&x, a.data() + i, 8);
        std::memcpy(&y, b.data() + i, 8);
        difference |= x ^ y;
    }
    for (; i != a.size(); ++i) difference |= static_cast<unsigned char>(a[i] ^ b[i]);
    // So that the compiler knows nothing of it before all of it is there. tests/verify/secrets_test.cpp looks at that.
    return detail::load_scalar(difference) == 0;
}

}  // namespace authgrammar::verify
