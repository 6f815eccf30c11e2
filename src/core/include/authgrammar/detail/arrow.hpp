#ifndef AUTHGRAMMAR_DETAIL_ARROW_HPP
#define AUTHGRAMMAR_DETAIL_ARROW_HPP

#include <authgrammar/detail/portability.hpp>

namespace authgrammar::detail {

/// What `->` of an iterator returns whose `*` makes a new object.
template <typename T>
struct arrow {
    T value;
    [[nodiscard]] const T* operator->() const noexcept AUTHGRAMMAR_LIFETIMEBOUND { return &value; }
};

}  // namespace authgrammar::detail

#endif
