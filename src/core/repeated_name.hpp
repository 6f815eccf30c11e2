#ifndef AUTHGRAMMAR_CORE_REPEATED_NAME_HPP
#define AUTHGRAMMAR_CORE_REPEATED_NAME_HPP

#include <authgrammar/detail/portability.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "name_filter.hpp"
#include "name_view.hpp"

// Which of many names is equal to one before it, without regard to ASCII case, in a fixed amount of memory.
//
// A filter of 8 bits a name, made from hashes, finds the names that may be repetitions: all that are, and about one in a
// hundred that are not. A second look at all names tells which. Both are linear for up to 16,384 names; each further
// 16,384 cost two more looks at all. If the hashes of too many names agree that differ, which an attacker can arrange, the
// names are sorted instead, at least 320 with each look at all of them: n names take ceil(n / 320) looks at most, each of
// which compares a name about ten times.
namespace authgrammar::detail {

/// What a hash is made with, so that names that agree in one may differ in the other.
inline constexpr std::uint64_t filter_seed = 0;
inline constexpr std::uint64_t order_seed = 0xA0761D6478BD642Fu;

/// A search with the filter.
template <typename Names, typename Hash>
class filtered_search {
public:
    filtered_search(const Names& names, std::size_t count, Hash hash) noexcept
        : names_(names), hash_(hash), count_(count), first_(count) {}

    /// The least index of a name that is equal to one before it, or `count`; nothing if the hashes of too many names
    /// agree.
    [[nodiscard]] std::optional<std::size_t> run() noexcept {
        const std::size_t parts = (count_ + name_filter::most_names - 1) / name_filter::most_names;
        for (std::size_t part = 0; part < parts; ++part) {
            const auto in_part = [&](std::uint64_t h) { return parts == 1 || (h >> 48) % parts == part; };
            filter_.clear((count_ + parts - 1) / parts);
            suspects_.clear();
            const std::size_t looked_at = find_suspects(in_part);
            if (!suspects_.empty() && !meet_suspects(in_part, looked_at)) return std::nullopt;
        }
        return first_;
    }

private:
    /// Looks at the names before the repeated one that is known, if any, or at fewer if there are too many suspects.
    /// Returns at how many.
    template <typename InPart>
    [[nodiscard]] std::size_t find_suspects(InPart in_part) noexcept {
        std::size_t looked_at = 0;
        names_.for_each([&](std::size_t i, const name_view& name) {
            if (i == first_) return false;
            looked_at = i + 1;
            const std::uint64_t h = hash_(name, filter_seed);
            return !in_part(h) || !filter_.add(h) || suspects_.add(h);
        });
        return looked_at;
    }

    /// Looks for the first repeated name among the first so many, all of whose repetitions are suspects. False: unknown.
    template <typename InPart>
    [[nodiscard]] bool meet_suspects(InPart in_part, std::size_t looked_at) noexcept {
        using answer = name_suspects::answer;
        answer last = answer::new_name;
        names_.for_each([&](std::size_t i, const name_view& name) {
            if (i == looked_at) return false;
            const std::uint64_t h = hash_(name, filter_seed);
            if (in_part(h)) last = suspects_.meet(h, name);
            if (last == answer::repeated) first_ = i;
            return last == answer::new_name;
        });
        return last == answer::repeated || (last == answer::new_name && looked_at == first_);
    }

    const Names& names_;
    Hash hash_;
    std::size_t count_;
    std::size_t first_;  ///< the least index of a repeated name that is known
    name_filter filter_;
    name_suspects suspects_;
};

template <typename Names, typename Hash>
AUTHGRAMMAR_NOINLINE std::optional<std::size_t> repeated_by_filter(const Names& names, std::size_t count,
                                                                   Hash hash) noexcept {
    return filtered_search<Names, Hash>(names, count, hash).run();
}

/// A search by sorting: with each look at all names, those that come next in order.
template <typename Names, typename Hash>
class sorted_search {
public:
    sorted_search(const Names& names, std::size_t count, Hash hash) noexcept
        : names_(names), hash_(hash), count_(count), first_(count) {}

    /// The least index of a name that is equal to one before it, or `count`.
    [[nodiscard]] std::size_t run() noexcept {
        for (std::size_t sorted = 0; sorted < count_; sorted += size_) {
            collect();
            std::make_heap(entries_, entries_ + size_, less);
            std::sort_heap(entries_, entries_ + size_, less);
            for (std::size_t i = 0; i < size_; ++i) compare(i != 0 ? entries_[i - 1] : last_, entries_[i]);
            last_ = entries_[size_ - 1];
            any_sorted_ = true;
        }
        return first_;
    }

private:
    struct entry {
        std::uint64_t key;  ///< a hash, which most names differ in
        name_view name;
        std::size_t index;
    };

    /// By name, then by index.
    [[nodiscard]] static bool less(const entry& a, const entry& b) noexcept {
        if (a.key != b.key) return a.key < b.key;
        const int difference = order(a.name, b.name);
        return difference < 0 || (difference == 0 && a.index < b.index);
    }

    /// Keeps the least entries of those that are more than all that were sorted before: `least` of them or more, if
    /// there are so many.
    void collect() noexcept {
        size_ = 0;
        bool cut = false;
        entry beyond{};  // if `cut`: entries from this one on are not kept
        names_.for_each([&](std::size_t i, const name_view& name) {
            const entry e{hash_(name, order_seed), name, i};
            if ((any_sorted_ && !less(last_, e)) || (cut && !less(e, beyond))) return true;
            if (size_ == most) {
                std::nth_element(entries_, entries_ + least, entries_ + most, less);
                beyond = entries_[least];
                cut = true;
                size_ = least;
                if (!less(e, beyond)) return true;
            }
            entries_[size_++] = e;
            return true;
        });
    }

    void compare(const entry& before, const entry& e) noexcept {
        if (!any_sorted_ && &e == entries_) return;
        if (before.key == e.key && before.name == e.name && e.index < first_) first_ = e.index;
    }

    static constexpr std::size_t least = 320;
    static constexpr std::size_t most = 2 * least;

    const Names& names_;
    Hash hash_;
    std::size_t count_;
    std::size_t first_;  ///< the least index of a repeated name so far
    bool any_sorted_ = false;
    std::size_t size_ = 0;
    entry last_{};  ///< the greatest of those that were sorted before
    entry entries_[most];
};

template <typename Names, typename Hash>
AUTHGRAMMAR_NOINLINE std::size_t repeated_by_sorting(const Names& names, std::size_t count, Hash hash) noexcept {
    return sorted_search<Names, Hash>(names, count, hash).run();
}

/// The least index of a name that is equal to one before it, or `count`. `names` calls `f(index, name_view)` for each of
/// `count` names in order while `f` returns true; `hash(name, seed)` is the same for equal names.
template <typename Names, typename Hash>
[[nodiscard]] std::size_t first_repeated(const Names& names, std::size_t count, Hash hash) noexcept {
    if (count < 2) return count;
    if (const auto first = repeated_by_filter(names, count, hash)) return *first;
    return repeated_by_sorting(names, count, hash);
}
template <typename Names>
[[nodiscard]] std::size_t first_repeated(const Names& names, std::size_t count) noexcept {
    return first_repeated(names, count, [](const name_view& name, std::uint64_t seed) { return name.hash(seed); });
}

}  // namespace authgrammar::detail

#endif
