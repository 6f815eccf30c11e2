#ifndef AUTHGRAMMAR_AUDIT_SPAN_HPP
#define AUTHGRAMMAR_AUDIT_SPAN_HPP

#include <cstddef>

namespace authgrammar::audit {

/// A stretch of the input: `length` bytes from byte `offset`, counted from the start of the input.
struct span {
    std::size_t offset = 0;
    std::size_t length = 0;

    [[nodiscard]] std::size_t end() const noexcept { return offset + length; }
};

/// The span of the bytes [begin, end).
[[nodiscard]] inline span span_between(std::size_t begin, std::size_t end) noexcept { return {begin, end - begin}; }

[[nodiscard]] inline bool operator==(span a, span b) noexcept { return a.offset == b.offset && a.length == b.length; }

}  // namespace authgrammar::audit

#endif
