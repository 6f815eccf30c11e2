#ifndef AUTHGRAMMAR_TESTS_PROOFS_SMALL_BLOCK_HPP
#define AUTHGRAMMAR_TESTS_PROOFS_SMALL_BLOCK_HPP

#include <authgrammar/detail/step_tables.hpp>

#include "bulk/structural_index.hpp"

#include <cstddef>
#include <cstdint>

namespace authgrammar::proofs {

/// A Block of `Width` bytes, as kernels.inl describes it: byte by byte, from the classes of step.h. Bits that
/// mean nothing are set, and numbers that mean nothing are written.
template <std::size_t Width>
class small_block {
public:
    static constexpr std::size_t width = Width;
    static constexpr std::size_t shortest = 0;

    [[nodiscard]] static small_block whole(const char* p) noexcept { return part(p, 0, Width); }
    [[nodiscard]] static small_block part(const char* p, std::size_t from, std::size_t n) noexcept {
        small_block b;
        b.size_ = n - from;
        for (std::size_t i = 0; i < b.size_; ++i) b.bytes_[i] = p[from + i];
        return b;
    }

    [[nodiscard]] std::uint64_t members(unsigned set) const noexcept {
        return mask([set](char c) { return detail::in_set(set, class_of(c)); }) | beyond() | ~low_bits(Width);
    }
    [[nodiscard]] std::uint64_t equal(char c) const noexcept {
        return mask([c](char byte) { return byte == c; });
    }
    [[nodiscard]] std::uint64_t never() const noexcept { return of_class(detail::AG_NEVER); }
    [[nodiscard]] detail::index_masks masks() const noexcept {
        return {of_class(detail::AG_ALNUM), of_class(detail::AG_DQUOTE), of_class(detail::AG_BACKSLASH),
                of_class(detail::AG_NEVER)};
    }
    struct token68_masks {
        std::uint64_t tchar;
        std::uint64_t token68;
    };
    [[nodiscard]] token68_masks token68() const noexcept {
        return {members(detail::run_tchar) & low_bits(size_), members(detail::run_token68) & low_bits(size_)};
    }

    [[nodiscard]] static constexpr bool has_stride(unsigned set) noexcept { return set != detail::run_quoted; }
    static constexpr std::size_t stride = 2 * Width;
    [[nodiscard]] static bool all_in(unsigned set, const char* p) noexcept {
        for (std::size_t i = 0; i < stride; ++i) {
            if (!detail::in_set(set, class_of(p[i]))) return false;
        }
        return true;
    }

    [[nodiscard]] static std::uint64_t low_bits(std::size_t n) noexcept {
        return n >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << n) - 1;
    }
    [[nodiscard]] static std::uint64_t parity(std::uint64_t bits) noexcept {
        std::uint64_t all = 0;
        for (unsigned i = 0; i < 64; ++i) all |= ((all << 1 ^ bits) & std::uint64_t{1} << i);
        return all;
    }
    [[nodiscard]] static std::uint32_t* write_places(std::uint64_t bits, std::uint32_t base,
                                                     std::uint32_t* to) noexcept {
        std::uint32_t* end = to;
        for (std::uint32_t i = 0; i < 64; ++i) {
            if ((bits >> i & 1) != 0) *end++ = base + i;
        }
        for (std::uint32_t* rest = end; rest != to + 64; ++rest) *rest = base;
        return end;
    }

private:
    [[nodiscard]] static int class_of(char c) noexcept { return detail::ag_class_of[static_cast<unsigned char>(c)]; }
    template <typename Predicate>
    [[nodiscard]] std::uint64_t mask(Predicate is) const noexcept {
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            if (is(bytes_[i])) bits |= std::uint64_t{1} << i;
        }
        return bits;
    }
    /// The bits past the bytes of a part, inside the block.
    [[nodiscard]] std::uint64_t beyond() const noexcept { return low_bits(Width) & ~low_bits(size_); }
    [[nodiscard]] std::uint64_t of_class(int c) const noexcept {
        return mask([c](char byte) { return class_of(byte) == c; }) | beyond();
    }

    std::size_t size_ = 0;
    char bytes_[Width]{};
};

}  // namespace authgrammar::proofs

#endif
