#ifndef AUTHGRAMMAR_CORE_BULK_BLOCK_RUNS_HPP
#define AUTHGRAMMAR_CORE_BULK_BLOCK_RUNS_HPP

#include <authgrammar/detail/portability.hpp>
#include <authgrammar/detail/step_tables.hpp>

#include "structural_index.hpp"

#include <cstddef>
#include <cstdint>

namespace authgrammar::detail {

// Of internal linkage, so that each instruction set has a copy of its own.
namespace {

/// The tables of the headers once more, as data that no other file shares.
struct class_table {
    unsigned char of[256]{};
    constexpr class_table() noexcept {
        for (int byte = 0; byte < 256; ++byte) of[byte] = ag_class_of[byte];
    }
};
constexpr class_table own_classes{};
constexpr set_table own_sets{};

[[nodiscard]] inline int class_of(char c) noexcept { return own_classes.of[static_cast<unsigned char>(c)]; }
[[nodiscard]] inline bool is_in(unsigned set, char c) noexcept {
    return (own_sets.of[static_cast<unsigned char>(c)] & 1u << set) != 0;
}

/// The sets that all of eight bytes are in.
[[nodiscard]] inline unsigned common_sets(const char* p) noexcept {
    unsigned all = ~0u;
    for (int i = 0; i < 8; ++i) all &= own_sets.of[static_cast<unsigned char>(p[i])];
    return all;
}

/// run_length() in blocks. Fewer than Block::shortest bytes are counted one by one.
template <typename Block>
[[nodiscard]] AUTHGRAMMAR_ALWAYS_INLINE std::size_t run_in(unsigned set, const char* p, std::size_t n) noexcept {
    std::size_t i = 0;
    if (Block::has_stride(set)) {
        while (n - i >= Block::stride && Block::all_in(set, p + i)) i += Block::stride;
    }
    for (; n - i >= Block::width; i += Block::width) {
        const std::uint64_t others = ~Block::whole(p + i).members(set);
        if (others != 0) return i + trailing_zeros(others);
    }
    if (n < Block::shortest) {
        while (i < n && is_in(set, p[i])) ++i;
        return i;
    }
    if (i == n) return n;
    const std::uint64_t others = ~Block::part(p, i, n).members(set) & Block::low_bits(n - i);
    return others != 0 ? i + trailing_zeros(others) : n;
}

/// Long runs of SP and of "," are rare: both share one function.
template <typename Block>
AUTHGRAMMAR_NOINLINE std::size_t rare_run(unsigned set, const char* p, std::size_t n) noexcept {
    return run_in<Block>(set, p, n);
}
template <typename Block, unsigned Set>
std::size_t run(const char* p, std::size_t n) noexcept {
    if constexpr (Set == run_sp || Set == run_comma) {
        return rare_run<Block>(Set, p, n);
    } else {
        return run_in<Block>(Set, p, n);
    }
}

/// quoted_length() in blocks.
template <typename Block>
std::size_t quoted_run(const char* p, std::size_t n, bool& escaped) noexcept {
    std::uint64_t carry = escaped ? 1 : 0;
    std::size_t i = 0;
    const auto ends_in = [&](const Block& b, std::uint64_t& escapes) {
        escapes = escaped_in<Block::width>(b.equal('\\'), carry);
        return (b.equal('"') & ~escapes) | b.never();
    };
    const auto found = [&](std::uint64_t ends, std::uint64_t escapes) {
        escaped = (escapes >> trailing_zeros(ends) & 1) != 0;
        return i + trailing_zeros(ends);
    };
    std::uint64_t escapes = 0;
    for (; n - i >= Block::width; i += Block::width) {
        const std::uint64_t ends = ends_in(Block::whole(p + i), escapes);
        if (ends != 0) return found(ends, escapes);
    }
    escaped = carry != 0;
    if (i == n) return n;
    if (n < Block::shortest) {
        for (; i < n; ++i) {
            const int c = class_of(p[i]);
            if (c == AG_NEVER || (c == AG_DQUOTE && !escaped)) return i;
            escaped = c == AG_BACKSLASH && !escaped;
        }
        return n;
    }
    const std::uint64_t ends = ends_in(Block::part(p, i, n), escapes) & Block::low_bits(n - i);
    if (ends != 0) return found(ends, escapes);
    escaped = (escapes >> (n - i) & 1) != 0;
    return n;
}

}  // namespace

}  // namespace authgrammar::detail

#endif
