#ifndef AUTHGRAMMAR_AUDIT_SELDOM_HPP
#define AUTHGRAMMAR_AUDIT_SELDOM_HPP

#include <memory>

namespace authgrammar::audit {

/// A part that few objects have. One that has none takes a pointer's room, allocates nothing, and reads as `T()`. Copies are
/// independent.
template <typename T>
class seldom {
public:
    seldom() noexcept = default;
    seldom(seldom&&) noexcept = default;
    seldom& operator=(seldom&&) noexcept = default;
    seldom(const seldom& other) : part_(other ? std::make_unique<T>(*other.part_) : nullptr) {}
    seldom& operator=(const seldom& other) {
        if (this != &other) *this = seldom(other);
        return *this;
    }
    ~seldom() = default;

    /// Whether there is one.
    [[nodiscard]] explicit operator bool() const noexcept { return part_ != nullptr; }

    /// The part, or an empty one.
    [[nodiscard]] const T& operator*() const noexcept {
        static const T none{};
        return part_ != nullptr ? *part_ : none;
    }
    [[nodiscard]] const T* operator->() const noexcept { return &**this; }

    /// The part to change, which is made if there is none.
    [[nodiscard]] T& edit() {
        if (part_ == nullptr) part_ = std::make_unique<T>();
        return *part_;
    }

    void reset() noexcept { part_.reset(); }

private:
    std::unique_ptr<T> part_;
};

}  // namespace authgrammar::audit

#endif
