#ifndef AUTHGRAMMAR_AUDIT_CONVERSATION_FORGETFUL_MAP_HPP
#define AUTHGRAMMAR_AUDIT_CONVERSATION_FORGETFUL_MAP_HPP

#include <authgrammar/detail/portability.hpp>

#include "conversation/fingerprint.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace authgrammar::audit {

/// A map by fingerprints that holds so many entries at most: a new one takes the place of the oldest. Its memory grows up to
/// that. All operations take constant time on average. What find() and take() answer is valid until the next take().
template <typename Value>
class forgetful_map {
public:
    /// `most` is a power of two.
    explicit forgetful_map(std::size_t most) : most_(most) {}

    /// The value; null if there is none.
    [[nodiscard]] Value* find(const fingerprint& key) noexcept {
        if (ring_.empty()) return nullptr;
        const std::uint32_t place = table_[slot_of(key)].place;
        return place == none ? nullptr : &ring_[place].value;
    }
    [[nodiscard]] const Value* find(const fingerprint& key) const noexcept {
        return const_cast<forgetful_map*>(this)->find(key);
    }

    /// The value, and whether it is new, and so made by `Value()`.
    std::pair<Value&, bool> take(const fingerprint& key) {
        if (Value* const known = find(key)) return {*known, false};
        const auto place = static_cast<std::uint32_t>(taken_ % most_);
        if (taken_ < most_) {
            if (2 * ring_.size() >= table_.size()) grow();
            ring_.push_back({key, Value()});
        } else {
            const std::size_t slot = slot_with(ring_[place].key, place);
            if (slot != no_slot) remove(slot);
            ring_[place] = {key, Value()};
        }
        ++taken_;
        table_[free_slot_of(tag_of(key))] = {place, tag_of(key)};
        if (taken_ >= most_) prefetch(ring_[taken_ % most_].key);  // the next one to be forgotten
        return {ring_[place].value, true};
    }

    void erase(const fingerprint& key) noexcept {
        if (ring_.empty()) return;
        const std::size_t slot = slot_of(key);
        if (table_[slot].place == none) return;
        remove(slot);
    }

    /// Has the processor fetch where find() and take() will look for the key: it is far from what they looked at before, and
    /// takes longer to come than all else that they do. Constant time; waits for nothing. Inline, because compilers drop
    /// calls of functions that do nothing else.
    AUTHGRAMMAR_ALWAYS_INLINE void prefetch(const fingerprint& key) const noexcept {
        if (!table_.empty()) AUTHGRAMMAR_PREFETCH(&table_[tag_of(key) & (table_.size() - 1)]);
    }

    /// The same of the value. Some time after prefetch(), for whose answer it waits.
    AUTHGRAMMAR_ALWAYS_INLINE void prefetch_value(const fingerprint& key) const noexcept {
        if (table_.empty()) return;
        const std::size_t mask = table_.size() - 1;
        std::size_t slot = tag_of(key) & mask;
        while (table_[slot].place != none && table_[slot].tag != tag_of(key)) slot = (slot + 1) & mask;
        if (table_[slot].place == none) return;
        constexpr std::size_t line = 64;
        const char* const found = reinterpret_cast<const char*>(&ring_[table_[slot].place]);
        for (std::size_t at = 0; at < sizeof(entry); at += line) AUTHGRAMMAR_PREFETCH(found + at);
        AUTHGRAMMAR_PREFETCH(found + sizeof(entry) - 1);
    }

    /// How many entries there were so far, those that are forgotten included: the number of the next one.
    [[nodiscard]] std::uint64_t taken() const noexcept { return taken_; }

    /// Whether the entry of that number has been forgotten.
    [[nodiscard]] bool has_forgotten(std::uint64_t number) const noexcept {
        return taken_ > most_ && taken_ - most_ > number;
    }

    /// Whether any entry has been forgotten.
    [[nodiscard]] bool has_forgotten() const noexcept { return has_forgotten(0); }

private:
    static constexpr std::uint32_t none = 0xFFFFFFFF;
    static constexpr std::size_t no_slot = static_cast<std::size_t>(-1);

    /// One that the table does not have was erased.
    struct entry {
        fingerprint key;
        Value value;
    };

    /// What the table has of an entry: with the part of the key that tells where it belongs in the table, so that few entries
    /// need be looked at to find one, and none to remove one. The entries are elsewhere, and not in the processor's cache.
    struct slot_content {
        std::uint32_t place = none;
        std::uint32_t tag = 0;
    };
    [[nodiscard]] static std::uint32_t tag_of(const fingerprint& key) noexcept {
        return static_cast<std::uint32_t>(key.first);
    }

    /// Where the key is in the table, or where it would be.
    [[nodiscard]] std::size_t slot_of(const fingerprint& key) const noexcept {
        const std::size_t mask = table_.size() - 1;
        std::size_t slot = tag_of(key) & mask;
        const auto is_other = [&](const slot_content& s) {
            return s.place != none && (s.tag != tag_of(key) || ring_[s.place].key != key);
        };
        while (is_other(table_[slot])) slot = (slot + 1) & mask;
        return slot;
    }

    /// Where the entry at `place` is in the table, whose key is `key`; no_slot if it was erased.
    [[nodiscard]] std::size_t slot_with(const fingerprint& key, std::uint32_t place) const noexcept {
        const std::size_t mask = table_.size() - 1;
        std::size_t slot = tag_of(key) & mask;
        while (table_[slot].place != place) {
            if (table_[slot].place == none) return no_slot;
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /// Empties a slot, and moves those behind it that may no longer be found over it.
    void remove(std::size_t slot) noexcept {
        const std::size_t mask = table_.size() - 1;
        for (std::size_t next = (slot + 1) & mask; table_[next].place != none; next = (next + 1) & mask) {
            const std::size_t home = table_[next].tag & mask;
            if (((next - home) & mask) < ((next - slot) & mask)) continue;
            table_[slot] = table_[next];
            slot = next;
        }
        table_[slot] = {};
    }

    void grow() {
        std::vector<slot_content> before(table_.empty() ? 32 : 2 * table_.size());
        table_.swap(before);
        for (const slot_content& s : before) {
            if (s.place != none) table_[free_slot_of(s.tag)] = s;
        }
    }

    /// The first slot for that tag that is empty.
    [[nodiscard]] std::size_t free_slot_of(std::uint32_t tag) const noexcept {
        const std::size_t mask = table_.size() - 1;
        std::size_t slot = tag & mask;
        while (table_[slot].place != none) slot = (slot + 1) & mask;
        return slot;
    }

    std::size_t most_;
    std::uint64_t taken_ = 0;
    std::vector<entry> ring_;          ///< entry number n is at n % most_
    std::vector<slot_content> table_;  ///< by the key's first bits
};

}  // namespace authgrammar::audit

#endif
