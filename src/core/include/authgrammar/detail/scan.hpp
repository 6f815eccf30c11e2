#ifndef AUTHGRAMMAR_DETAIL_SCAN_HPP
#define AUTHGRAMMAR_DETAIL_SCAN_HPP

#include <authgrammar/detail/step.h>
#include <authgrammar/export.hpp>

#include <cstddef>
#include <cstdint>

// How far a run of bytes of one set goes: the one question that the tokenizer asks of many bytes at once. Sets are
// unions of the classes of step.h; whatever is not a run goes through ag_step, byte by byte.
namespace authgrammar::detail {

/// The sets of bytes that runs are made of. The first `masked_sets` have a mask in each block.
enum run_set : unsigned {
    run_tchar,
    run_token68,
    run_quoted,
    run_sp,
    masked_sets,
    run_alnum = masked_sets,  ///< tchar and token68 both
    run_comma,
    run_equals,
    run_sets,
    run_none = run_sets
};

/// Whether a byte of class `c` is in the set.
[[nodiscard]] constexpr bool in_set(unsigned set, int c) noexcept {
    switch (set) {
        case run_tchar: return c == AG_ALNUM || c == AG_SIGN;
        case run_token68: return c == AG_ALNUM || c == AG_SLASH;
        case run_quoted: return c != AG_NEVER && c != AG_DQUOTE && c != AG_BACKSLASH;
        case run_sp: return c == AG_SP;
        case run_comma: return c == AG_COMMA;
        case run_alnum: return c == AG_ALNUM;
        case run_equals: return c == AG_EQUALS;
        default: return false;
    }
}

/// For each byte of a block of up to 64, a bit in the mask of each set that it is in. Bits past the block are 0.
struct block_masks {
    std::uint64_t of[masked_sets];
};

/// A value, or the part of it that has come, of the form 1*tchar 1*SP token68: where the spaces begin, where the
/// token68 begins, and where the "=" at its end begin. The rest is "=", or nothing. `begin` is 0 for any other form.
struct token68_form {
    std::size_t spaces;
    std::size_t begin;
    std::size_t equals;
    bool slash;  ///< the token68 holds "/"
};

/// What an instruction set offers. No function reads a byte outside [p, p + n).
struct kernels {
    /// The masks of the `n` bytes at `p`, `n` from 1 to 64.
    void (*classify)(const char* p, std::size_t n, block_masks& out) noexcept;
    /// How many of the first bytes of the `n` at `p` are in `set`, one of the first run_sets.
    std::size_t (*run)(unsigned set, const char* p, std::size_t n) noexcept;
    /// The form of the `n` bytes at `p`, `n` from 1 to 63.
    token68_form (*token68)(const char* p, std::size_t n) noexcept;
};

/// What this machine offers, or null where runs are counted byte by byte. Set before main; see isa.hpp.
AUTHGRAMMAR_EXPORT extern const kernels* active_kernels;

/// The sets of each byte, a bit for each set: what a byte at a time needs, in one table.
struct set_table {
    unsigned char of[256]{};
    constexpr set_table() noexcept {
        for (int byte = 0; byte < 256; ++byte) {
            for (unsigned set = 0; set < run_sets; ++set) {
                if (in_set(set, ag_class_of[byte])) of[byte] = static_cast<unsigned char>(of[byte] | 1u << set);
            }
        }
    }
};
inline constexpr set_table sets{};

/// Runs counted byte by byte.
class byte_scanner {
public:
    byte_scanner(const char* data, std::size_t size) noexcept : data_(data), size_(size) {}
    [[nodiscard]] std::size_t run(unsigned set, std::size_t i) const noexcept {
        const unsigned wanted = 1u << set;
        const auto* const bytes = reinterpret_cast<const unsigned char*>(data_);
        while (size_ - i >= 4) {
            if ((sets.of[bytes[i]] & wanted) == 0) return i;
            if ((sets.of[bytes[i + 1]] & wanted) == 0) return i + 1;
            if ((sets.of[bytes[i + 2]] & wanted) == 0) return i + 2;
            if ((sets.of[bytes[i + 3]] & wanted) == 0) return i + 3;
            i += 4;
        }
        while (i < size_ && (sets.of[bytes[i]] & wanted) != 0) ++i;
        return i;
    }

private:
    const char* data_;
    std::size_t size_;
};

/// Runs counted in the masks of 64-byte blocks, each block classified once; long runs by whole blocks.
class block_scanner {
public:
    block_scanner(const char* data, std::size_t size, const kernels& k) noexcept
        : data_(data), size_(size), kernels_(k) {
        load(0);
    }
    [[nodiscard]] std::size_t run(unsigned set, std::size_t i) noexcept {
        if (i >= size_) return i;
        if (set > run_alnum) return i + kernels_.run(set, data_ + i, size_ - i);
        if ((i & ~std::size_t{63}) != start_) load(i & ~std::size_t{63});
        const std::uint64_t rest = ~mask(set) >> (i & 63);
        return rest != 0 ? i + first(rest) : beyond(set, start_ + 64);
    }

private:
    [[nodiscard]] std::uint64_t mask(unsigned set) const noexcept {
        return set == run_alnum ? masks_.of[run_tchar] & masks_.of[run_token68] : masks_.of[set];
    }
    [[nodiscard]] static std::size_t first(std::uint64_t mask) noexcept {
        return static_cast<std::size_t>(__builtin_ctzll(mask));
    }
    void load(std::size_t start) noexcept {
        start_ = start;
        kernels_.classify(data_ + start, size_ - start < 64 ? size_ - start : 64, masks_);
    }
    /// The run goes on in the block at `i`. The next block is classified, because what follows is likely to end in
    /// it as well; a run that goes on beyond that is a long one.
    [[nodiscard]] std::size_t beyond(unsigned set, std::size_t i) noexcept {
        if (i >= size_) return size_;
        load(i);
        const std::uint64_t rest = ~mask(set);
        if (rest != 0) return i + first(rest);
        i += 64;
        return i >= size_ ? size_ : i + kernels_.run(set, data_ + i, size_ - i);
    }

    const char* data_;
    std::size_t size_;
    const kernels& kernels_;
    std::size_t start_ = 0;
    block_masks masks_;
};

}  // namespace authgrammar::detail

#endif
