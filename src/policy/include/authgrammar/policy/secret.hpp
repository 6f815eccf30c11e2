#ifndef AUTHGRAMMAR_POLICY_SECRET_HPP
#define AUTHGRAMMAR_POLICY_SECRET_HPP

#include <authgrammar/policy/export.hpp>

#include <cstddef>
#include <memory_resource>
#include <string_view>

namespace authgrammar::policy {

/// Bytes that are wiped before their memory is given back. They stand in one block from `memory`, are never moved or
/// copied within this object's life, and cannot be copied. Allocation failure throws, as of any container.
class AUTHGRAMMAR_POLICY_EXPORT secret {
public:
    secret() noexcept = default;
    explicit secret(std::string_view bytes, std::pmr::memory_resource* memory = std::pmr::get_default_resource());
    secret(const secret&) = delete;
    secret& operator=(const secret&) = delete;
    secret(secret&& other) noexcept { swap(other); }
    secret& operator=(secret&& other) noexcept {
        secret taken(static_cast<secret&&>(other));
        swap(taken);
        return *this;
    }
    ~secret() { wipe(); }

    /// Overwrites the bytes with zeros, in a way that no compiler leaves out, and gives the memory back.
    void wipe() noexcept;

    /// The bytes. Valid until this is wiped, assigned to or destroyed.
    [[nodiscard]] std::string_view bytes() const noexcept { return {data_, size_}; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    /// Whether the bytes are `other`; the time depends on the length of `other` alone.
    [[nodiscard]] bool equals(std::string_view other) const noexcept;

    void swap(secret& other) noexcept;

private:
    std::pmr::memory_resource* memory_ = nullptr;
    char* data_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace authgrammar::policy

#endif
