#ifndef AUTHGRAMMAR_CORE_BULK_STRUCTURAL_INDEX_HPP
#define AUTHGRAMMAR_CORE_BULK_STRUCTURAL_INDEX_HPP

#include <authgrammar/detail/portability.hpp>

#include <cstddef>
#include <cstdint>

namespace authgrammar::detail {

// Of internal linkage, so that each instruction set has a copy of its own.
namespace {

/// For each byte of a block a bit in the mask of each class that matters to an index. Bits past the end of the chunk
/// mean nothing.
struct index_masks {
    std::uint64_t alnum;
    std::uint64_t dquote;
    std::uint64_t backslash;
    std::uint64_t never;
};

/// What one block leaves to the next.
struct index_carry {
    std::uint64_t escapes = 0;  ///< 1 if its last byte is a backslash that escapes
    std::uint64_t inside = 0;   ///< all bits set if a quoted-string goes on
};

/// The bytes with an escaping backslash before them, in a block of `Width` bytes. A run of backslashes escapes with
/// every other one of them; the addition carries through the runs.
template <unsigned Width>
inline std::uint64_t escaped_in(std::uint64_t backslash, std::uint64_t& carry) noexcept {
    constexpr std::uint64_t odd = 0xAAAAAAAAAAAAAAAAu;
    const std::uint64_t may_escape = backslash & ~carry;
    const std::uint64_t code = (((may_escape << 1) | odd) - may_escape) ^ odd;
    const std::uint64_t escaped = code ^ (backslash | carry);
    carry = (code & backslash) >> (Width - 1) & 1;
    return escaped;
}

/// The structural bytes: all bytes but AG_ALNUM outside of quoted-strings, and in them the DQUOTEs that begin and end
/// them and the bytes that they cannot hold. Bit i of `parity(bits)` is the parity of bits 0 to i.
template <unsigned Width, typename Parity>
inline std::uint64_t structurals_in(const index_masks& m, index_carry& carry, Parity parity) noexcept {
    std::uint64_t quotes = m.dquote;
    if ((m.backslash | carry.escapes) != 0) quotes &= ~escaped_in<Width>(m.backslash, carry.escapes);
    const std::uint64_t inside = parity(quotes) ^ carry.inside;  // the opening DQUOTE is, the closing one is not
    carry.inside = 0 - (inside >> (Width - 1) & 1);
    return (inside & (quotes | m.never)) | ~(inside | m.alnum);
}

/// In what steps an index of these blocks is extended. The first step is short: most values end before it does, and one
/// that is refused early is not looked at in vain for long.
template <typename Block>
struct index_steps {
    static constexpr std::size_t first = 2 * Block::width;
    static constexpr std::size_t next = 8 * Block::width;
};

/// The places of the structural bytes of a chunk, found as far as they are wanted: a source for element_reader. A
/// `Block` is described in kernels.inl.
template <typename Block>
class structural_index {
public:
    using cursor = const std::uint32_t*;
    static constexpr bool crosses_ows = true;

    /// Reads the `size` bytes at `data` from `from` on.
    structural_index(const char* data, std::size_t size, std::size_t from) noexcept
        : data_(data), size_(size), end_(from) {
        extend(index_steps<Block>::first);
    }

    [[nodiscard]] cursor start() const noexcept { return places_; }
    [[nodiscard]] std::size_t next_delimiter(std::size_t, cursor& c) noexcept { return next(c); }
    [[nodiscard]] std::size_t quoted_end(std::size_t, cursor& c) noexcept { return next(c); }
    static void skip(cursor& c) noexcept { ++c; }
    [[nodiscard]] std::size_t scanned() const noexcept { return end_; }

private:
    [[nodiscard]] std::size_t next(cursor& c) noexcept {
        const std::size_t place = *c++;
        if (AUTHGRAMMAR_LIKELY(place < end_)) return place;
        const found_place found = next_behind(c);
        c = found.behind;
        return found.place;
    }

    struct found_place {
        std::size_t place;
        cursor behind;
    };
    /// The cursor is one past a place that the index does not hold yet: extends the index until it does. By value,
    /// because a cursor with an address would be in memory all the time. Nothing is looked up again after `size_`.
    AUTHGRAMMAR_NOINLINE found_place next_behind(cursor c) noexcept {
        auto skipped = c - 1 - last_;
        while (end_ < size_) {
            extend(index_steps<Block>::next);
            if (skipped < last_ - places_) return {places_[skipped], places_ + skipped + 1};
            skipped -= last_ - places_;
        }
        return {size_, c};
    }

    /// Indexes up to `by` bytes more, in place of those before.
    void extend(std::size_t by) noexcept {
        std::uint32_t* to = places_;
        std::size_t at = end_;
        index_carry carry = carry_;
        const std::size_t stop = size_ - at < by ? size_ : at + by;
        while (at < stop) {
            const std::size_t n = stop - at < Block::width ? stop - at : Block::width;
            const std::uint64_t valid = ~std::uint64_t{0} >> (64 - n);
            const index_masks masks =
                n == Block::width ? Block::whole(data_ + at).masks() : Block::part(data_, at, at + n).masks();
            const std::uint64_t places = structurals_in<Block::width>(masks, carry, Block::parity) & valid;
            to = Block::write_places(places, static_cast<std::uint32_t>(at), to);
            at += n;
        }
        // A cursor may have skipped two of them.
        for (int i = 0; i < most_skipped + 1; ++i) to[i] = static_cast<std::uint32_t>(at);
        last_ = to;
        carry_ = carry;
        end_ = at;
    }

    static constexpr int most_skipped = 2;
    static constexpr std::size_t longest_step =
        index_steps<Block>::first < index_steps<Block>::next ? index_steps<Block>::next : index_steps<Block>::first;
    static constexpr std::size_t slack = 64;  // that write_places may use

    const char* data_;
    std::size_t size_;
    std::size_t end_;
    index_carry carry_{};
    const std::uint32_t* last_ = nullptr;
    std::uint32_t places_[longest_step + slack];
};

}  // namespace

}  // namespace authgrammar::detail

#endif
