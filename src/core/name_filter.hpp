#ifndef AUTHGRAMMAR_CORE_NAME_FILTER_HPP
#define AUTHGRAMMAR_CORE_NAME_FILTER_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "name_view.hpp"

namespace authgrammar::detail {

/// Sets of 64 bits. Each name has two bits in each of two sets.
class name_filter {
public:
    static constexpr std::size_t most_names = 16384;

    /// Empties it, and makes it ready for so many names.
    void clear(std::size_t names) noexcept {
        sets_ = names <= 8 * least_sets ? least_sets : (names + 7) / 8;
        std::memset(set_, 0, sets_ * sizeof set_[0]);
    }

    /// Adds a name by its hash. True: all of its bits were there, so the name may have been too.
    [[nodiscard]] bool add(std::uint64_t hash) noexcept {
        const auto bit = [hash](unsigned from) { return std::uint64_t{1} << (hash >> from & 63); };
        const bool in_first = add(hash >> 24 & 0xFFFFF, bit(0) | bit(6));
        const bool in_second = add(hash >> 44, bit(12) | bit(18));
        return in_first && in_second;
    }

private:
    /// `place` is a number of 20 bits.
    [[nodiscard]] bool add(std::uint64_t place, std::uint64_t bits) noexcept {
        std::uint64_t& set = set_[place * sets_ >> 20];
        const bool there = (set & bits) == bits;
        set |= bits;
        return there;
    }

    static constexpr std::size_t least_sets = 16;
    std::size_t sets_;
    std::uint64_t set_[most_names / 8];
};

/// The names that may be repetitions, by the upper half of their hashes.
class name_suspects {
public:
    /// Adds one by its hash. False: there are too many.
    [[nodiscard]] bool add(std::uint64_t hash) noexcept {
        if (count_ == 0) std::memset(tag_, 0, sizeof tag_);
        const std::size_t i = slot_of(hash);
        if (tag_[i] != 0) return true;
        tag_[i] = tag_of(hash);
        met_[i] = false;
        return ++count_ <= most;
    }
    [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
    void clear() noexcept { count_ = 0; }

    enum class answer { new_name, repeated, unclear };

    /// Meets a name, in order: whether it is equal to one that was met. Unclear if only their hashes are.
    [[nodiscard]] answer meet(std::uint64_t hash, const name_view& name) noexcept {
        const std::size_t i = slot_of(hash);
        if (tag_[i] == 0) return answer::new_name;
        if (met_[i]) return first_[i] == name ? answer::repeated : answer::unclear;
        met_[i] = true;
        first_[i] = name;
        return answer::new_name;
    }

private:
    static constexpr std::size_t slots = 256;
    static constexpr std::size_t most = 192;

    [[nodiscard]] static std::uint32_t tag_of(std::uint64_t hash) noexcept {
        return static_cast<std::uint32_t>(hash >> 32) | 1;
    }
    [[nodiscard]] std::size_t slot_of(std::uint64_t hash) const noexcept {
        const std::uint32_t tag = tag_of(hash);
        std::size_t i = (tag >> 1) % slots;
        while (tag_[i] != 0 && tag_[i] != tag) i = (i + 1) % slots;
        return i;
    }

    std::size_t count_ = 0;
    std::uint32_t tag_[slots];  ///< 0: the slot is free
    bool met_[slots];
    name_view first_[slots];  ///< the first name that was met
};

}  // namespace authgrammar::detail

#endif
