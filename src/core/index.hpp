#ifndef AUTHGRAMMAR_CORE_INDEX_HPP
#define AUTHGRAMMAR_CORE_INDEX_HPP

#include <cstddef>
#include <cstdint>

namespace authgrammar::detail {

// Of internal linkage, so that each instruction set has a copy of its own.
namespace {

/// A longer chunk is not indexed: the index counts in 32 bits.
inline constexpr std::size_t most_indexed = 0x7FFFFFFF;

/// For each byte of a block of 64, a bit in the mask of each class that matters to an index. Of bytes past the end of
/// the chunk they tell nothing.
struct index_masks {
    std::uint64_t alnum;
    std::uint64_t dquote;
    std::uint64_t backslash;
    std::uint64_t never;
    std::uint64_t equals;
    std::uint64_t comma;
    std::uint64_t sp;
};

/// What one block leaves to the next: bits of its last byte, and whether a quoted-string goes on (all bits set).
struct index_carry {
    std::uint64_t escapes = 0;  ///< a backslash that escapes
    std::uint64_t inside = 0;
    std::uint64_t equals = 0;
    std::uint64_t comma = 0;
    std::uint64_t closing = 0;
};

/// The bytes with an escaping backslash before them. A run of backslashes escapes with every other one of them; the
/// addition carries through the runs.
inline std::uint64_t escaped_by(std::uint64_t backslash, std::uint64_t& carry) noexcept {
    constexpr std::uint64_t odd = 0xAAAAAAAAAAAAAAAAu;
    const std::uint64_t may_escape = backslash & ~carry;
    const std::uint64_t code = (((may_escape << 1) | odd) - may_escape) ^ odd;
    const std::uint64_t escaped = code ^ (backslash | carry);
    carry = (code & backslash) >> 63;
    return escaped;
}

/// Where a leap has to look: all bytes but AG_ALNUM outside of quoted-strings, and in them those that end them or that
/// they cannot hold; without the DQUOTE after "=", the "," after a closing DQUOTE, and the SP after ",", which the leap
/// looks at by itself. `parity` answers for each bit whether an odd number of bits is set up to and with it.
template <typename Parity>
inline std::uint64_t places_in(const index_masks& m, std::uint64_t valid, index_carry& carry, Parity parity) noexcept {
    const std::uint64_t quotes = m.dquote & ~escaped_by(m.backslash, carry.escapes);
    const std::uint64_t inside = parity(quotes) ^ carry.inside;  // the opening DQUOTE is, the closing one is not
    const std::uint64_t closing = quotes & ~inside;
    const std::uint64_t equals = m.equals & ~inside;
    const std::uint64_t comma = m.comma & ~inside;
    const std::uint64_t outside = ~m.alnum & ~inside;
    const std::uint64_t passed = (comma & (closing << 1 | carry.closing)) | (m.sp & (comma << 1 | carry.comma));
    const std::uint64_t opening = quotes & inside & ~(equals << 1 | carry.equals);
    carry.inside = static_cast<std::uint64_t>(static_cast<std::int64_t>(inside) >> 63);
    carry.equals = equals >> 63;
    carry.comma = comma >> 63;
    carry.closing = closing >> 63;
    return ((outside & ~passed) | opening | (m.never & inside)) & valid;
}

/// An index of a chunk, made as far as it is asked for: a Finder for leaper. A `Block` has
///
///   Block(data, size)          the chunk, of at least 16 bytes;
///   masks(at, n)               the masks of the `n` bytes at `at`, n from 1 to 64;
///   parity(bits)               as above;
///   write(bits, base, places)  writes base + i for each bit i that is set, and up to `slack` more numbers of no
///                              meaning, and answers one past the last of meaning.
template <typename Block>
class chunk_index {
public:
    using cursor = const std::uint32_t*;

    chunk_index(const char* data, std::size_t size, std::size_t at) noexcept
        : block_(data, size), size_(size), end_(at) {
        extend(first_step);
    }

    [[nodiscard]] cursor start() const noexcept { return places_; }
    [[nodiscard]] std::size_t odd(std::size_t, cursor& c) noexcept { return next(c); }
    [[nodiscard]] std::size_t quoted(std::size_t, cursor& c) noexcept { return next(c); }
    [[nodiscard]] std::size_t seen() const noexcept { return end_; }

private:
    /// Most values end before the first step does; one that is refused early is not looked at in vain for long.
    static constexpr std::size_t first_step = 128;
    static constexpr std::size_t step = 512;

    [[nodiscard]] std::size_t next(cursor& c) noexcept {
        std::size_t place = *c++;
        if (__builtin_expect(place >= end_, 0)) {
            c = places_;
            place = more();
            ++c;
        }
        return place;
    }

    /// Extends the index until there is a place in it; the first, or the size of the chunk.
    [[gnu::noinline]] std::size_t more() noexcept {
        while (end_ < size_) {
            extend(step);
            if (places_[0] < end_) return places_[0];
        }
        return size_;
    }

    void extend(std::size_t by) noexcept {
        std::uint32_t* to = places_;
        std::size_t at = end_;
        index_carry carry = carry_;
        const std::size_t stop = size_ - at < by ? size_ : at + by;
        while (at < stop) {
            const std::size_t n = stop - at < 64 ? stop - at : 64;
            const std::uint64_t valid = ~std::uint64_t{0} >> (64 - n);
            const std::uint64_t places = places_in(block_.masks(at, n), valid, carry, Block::parity);
            to = Block::write(places, static_cast<std::uint32_t>(at), to);
            at += n;
        }
        *to = static_cast<std::uint32_t>(at);
        carry_ = carry;
        end_ = at;
    }

    Block block_;
    std::size_t size_;
    std::size_t end_;
    index_carry carry_{};
    std::uint32_t places_[step + 64];
};

}  // namespace

}  // namespace authgrammar::detail

#endif
