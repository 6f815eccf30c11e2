#ifndef AUTHGRAMMAR_DETAIL_RUN_SCANNER_HPP
#define AUTHGRAMMAR_DETAIL_RUN_SCANNER_HPP

#include <authgrammar/detail/bulk.hpp>
#include <authgrammar/detail/step_tables.hpp>

#include <cstddef>

namespace authgrammar::detail {

/// Finds the ends of the runs of a chunk. Most are short: only what is longer is worth a call.
template <typename Bulk>
class run_scanner {
public:
    run_scanner(const char* data, std::size_t size) noexcept : data_(data), size_(size) {}

    /// The index of the first byte from `i` on that is not in the set, or the size of the chunk.
    [[nodiscard]] std::size_t end_of_run(unsigned set, std::size_t i) const noexcept {
        // A long chunk that begins in a word is likely to go on in it.
        if (i == 0 && size_ >= 64) return Bulk::run_length(set, data_, size_);
        const unsigned wanted = 1u << set;
        const std::size_t few = size_ - i < short_run ? size_ : i + short_run;
        for (; i < few; ++i) {
            if ((sets.of[static_cast<unsigned char>(data_[i])] & wanted) == 0) return i;
        }
        return i == size_ ? i : i + Bulk::run_length(set, data_ + i, size_ - i);
    }

private:
    static constexpr std::size_t short_run = 12;
    const char* data_;
    std::size_t size_;
};

}  // namespace authgrammar::detail

#endif
