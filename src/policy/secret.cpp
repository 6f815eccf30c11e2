#include <authgrammar/policy/secret.hpp>

#include <cstring>
#include <utility>

namespace authgrammar::policy {

secret::secret(std::string_view bytes, std::pmr::memory_resource* memory) : memory_(memory) {
    if (bytes.empty()) return;
    data_ = static_cast<char*>(memory_->allocate(bytes.size(), 1));
    size_ = bytes.size();
    std::memcpy(data_, bytes.data(), size_);
}

void secret::wipe() noexcept {
    if (data_ == nullptr) return;
    explicit_bzero(data_, size_);
    memory_->deallocate(data_, size_, 1);
    data_ = nullptr;
    size_ = 0;
}

bool secret::equals(std::string_view other) const noexcept {
    std::size_t differences = other.size() ^ size_;
    for (std::size_t i = 0; i < other.size(); ++i) {
        const char own = size_ == 0 ? other[i] : data_[i % size_];
        differences |= static_cast<unsigned char>(own ^ other[i]);
    }
    return differences == 0;
}

void secret::swap(secret& other) noexcept {
    std::swap(memory_, other.memory_);
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
}

}  // namespace authgrammar::policy
