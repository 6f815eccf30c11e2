#ifndef AUTHGRAMMAR_CORE_INDEX_HPP
#define AUTHGRAMMAR_CORE_INDEX_HPP

#include <cstddef>
#include <cstdint>

namespace authgrammar::detail {

// Of internal linkage, so that each instruction set has a copy of its own.
namespace {

/// For each byte of a block of 64, a bit in the mask of each class that matters to an index. Of bytes past the end of
/// the chunk they tell nothing.
struct index_masks {
    std::uint64_t alnum;
    std::uint64_t dquote;
    std::uint64_t backslash;
    std::uint64_t never;
};

/// What one block leaves to the next.
struct index_carry {
    std::uint64_t escapes = 0;  ///< whether its last byte is a backslash that escapes
    std::uint64_t inside = 0;   ///< whether a quoted-string goes on: all bits set
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

/// Where a leap has to look: all bytes but AG_ALNUM outside of quoted-strings, and in them those that begin and end them
/// or that they cannot hold. `parity` answers for each bit whether an odd number of bits is set up to and with it.
template <typename Parity>
inline std::uint64_t places_in(const index_masks& m, index_carry& carry, Parity parity) noexcept {
    std::uint64_t quotes = m.dquote;
    if ((m.backslash | carry.escapes) != 0) quotes &= ~escaped_by(m.backslash, carry.escapes);
    const std::uint64_t inside = parity(quotes) ^ carry.inside;  // the opening DQUOTE is, the closing one is not
    carry.inside = static_cast<std::uint64_t>(static_cast<std::int64_t>(inside) >> 63);
    return (inside & (quotes | m.never)) | ~(inside | m.alnum);
}

/// An index of a chunk, made as far as it is asked for: a Finder for leaper. A `Block` has
///
///   Block(data, size)          the chunk, of at least 16 bytes;
///   masks(at, n, valid)        the masks of the `n` bytes at `at`, n from 1 to 64, and `valid` has so many bits;
///   parity(bits)               as above;
///   write(bits, base, places)  writes base + i for each bit i that is set, and up to `slack` more numbers of no
///                              meaning, and answers one past the last of meaning.
template <typename Block>
class chunk_index {
public:
    using cursor = const std::uint32_t*;
    static constexpr bool leaps_far = true;

    chunk_index(const char* data, std::size_t size, std::size_t at) noexcept
        : block_(data, size), size_(size), end_(at) {
        extend(first_step);
    }

    [[nodiscard]] cursor start() const noexcept { return places_; }
    [[nodiscard]] std::size_t odd(std::size_t, cursor& c) noexcept { return next(c); }
    [[nodiscard]] std::size_t quoted(std::size_t, cursor& c) noexcept { return next(c); }
    static void pass(cursor& c) noexcept { ++c; }
    [[nodiscard]] std::size_t seen() const noexcept { return end_; }

private:
    /// Most values end before the first step does; one that is refused early is not looked at in vain for long.
    static constexpr std::size_t first_step = 128;
    static constexpr std::size_t step = 512;

    [[nodiscard]] std::size_t next(cursor& c) noexcept {
        const std::size_t place = *c++;
        if (__builtin_expect(place < end_, 1)) return place;
        const found_place found = more(c);
        c = found.behind;
        return found.place;
    }

    struct found_place {
        std::size_t place;
        cursor behind;
    };
    /// The cursor stands one past the first place behind the index: extends it until there is that place. By value,
    /// because a cursor with an address would be in memory all the time. Nothing is asked again after `size_`.
    [[gnu::noinline]] found_place more(cursor c) noexcept {
        auto passed = c - 1 - last_;
        while (end_ < size_) {
            extend(step);
            if (passed < last_ - places_) return {places_[passed], places_ + passed + 1};
            passed -= last_ - places_;
        }
        return {size_, c};
    }

    void extend(std::size_t by) noexcept {
        std::uint32_t* to = places_;
        std::size_t at = end_;
        index_carry carry = carry_;
        const std::size_t stop = size_ - at < by ? size_ : at + by;
        while (at < stop) {
            const std::size_t n = stop - at < 64 ? stop - at : 64;
            const std::uint64_t valid = ~std::uint64_t{0} >> (64 - n);
            const std::uint64_t places = places_in(block_.masks(at, n, valid), carry, Block::parity) & valid;
            to = Block::write(places, static_cast<std::uint32_t>(at), to);
            at += n;
        }
        // A cursor may have been moved past two of them.
        for (int i = 0; i < 3; ++i) to[i] = static_cast<std::uint32_t>(at);
        last_ = to;
        carry_ = carry;
        end_ = at;
    }

    Block block_;
    std::size_t size_;
    std::size_t end_;
    index_carry carry_{};
    const std::uint32_t* last_ = nullptr;
    std::uint32_t places_[step + 64];
};

}  // namespace

}  // namespace authgrammar::detail

#endif
