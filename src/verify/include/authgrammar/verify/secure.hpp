#ifndef AUTHGRAMMAR_VERIFY_SECURE_HPP
#define AUTHGRAMMAR_VERIFY_SECURE_HPP

#include <authgrammar/verify/export.hpp>

#include <cstddef>
#include <string_view>

namespace authgrammar::verify {

/// Overwrites `size` bytes with zeros, in a way that no compiler leaves out. Linear; no allocation.
AUTHGRAMMAR_VERIFY_EXPORT void wipe(void* bytes, std::size_t size) noexcept;

/// Whether `a` and `b` are equal. The time depends on their lengths alone, which are no secret. No allocation.
[[nodiscard]] AUTHGRAMMAR_VERIFY_EXPORT bool equal_secrets(std::string_view a, std::string_view b) noexcept;

/// Bytes that are wiped at the end of their life. Not copied and not moved, so that there is one place to wipe.
template <std::size_t Capacity>
class secret_buffer {
public:
    secret_buffer() noexcept {}  // NOLINT(modernize-use-equals-default): the bytes are left as they are
    secret_buffer(const secret_buffer&) = delete;
    secret_buffer& operator=(const secret_buffer&) = delete;
    ~secret_buffer() { wipe(bytes_, Capacity); }

    [[nodiscard]] char* data() noexcept { return bytes_; }
    [[nodiscard]] const char* data() const noexcept { return bytes_; }
    [[nodiscard]] static constexpr std::size_t capacity() noexcept { return Capacity; }

private:
    char bytes_[Capacity];
};

}  // namespace authgrammar::verify

#endif
