#ifndef AUTHGRAMMAR_AUDIT_INPUT_WINDOW_HPP
#define AUTHGRAMMAR_AUDIT_INPUT_WINDOW_HPP

#include "input/dump_line.hpp"

#include <authgrammar/audit/input_source.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <limits>
#include <memory>
#include <string_view>

namespace authgrammar::audit {

/// A stretch of an input that is at hand, and moves through it. All offsets count from the start of the input. A view that it
/// gives is good until bytes are asked for that are not at hand yet.
class input_window {
public:
    static constexpr std::size_t any = std::numeric_limits<std::size_t>::max();

    /// All of an input, which must outlive it.
    explicit input_window(std::string_view whole) noexcept : data_(whole.data()), end_(whole.size()), ended_(true) {}

    /// Of a source, from which `piece` bytes are asked for at once.
    explicit input_window(input_source& source, std::size_t piece) noexcept : source_(&source), piece_(piece) {}

    /// Another window over the same input, which ends at `end` at the latest.
    [[nodiscard]] input_window beside(std::size_t end, std::size_t piece) const noexcept;

    /// Whether the input has that byte. It is at hand then. Linear in the bytes between it and those that are kept.
    [[nodiscard]] bool has(std::size_t offset) { return (offset >= begin_ && offset < end_) || fetch(offset); }

    /// What is at hand from `from` on: nothing only if the input ends there.
    [[nodiscard]] std::string_view from(std::size_t from) {
        return has(from) ? std::string_view(data_ + (from - begin_), end_ - from) : std::string_view{};
    }

    /// Bytes that are at hand.
    [[nodiscard]] std::string_view text(std::size_t begin, std::size_t end) const noexcept {
        return {data_ + (begin - begin_), end - begin};
    }
    [[nodiscard]] std::string_view text(const dump_line& line) const noexcept { return text(line.begin, line.end); }

    /// The line that begins at `at`. If it is longer than `most` bytes, it is not whole, and ends behind so many. The input
    /// is taken to end at `cut` at the latest.
    [[nodiscard]] dump_line line_at(std::size_t at, std::size_t most = any, std::size_t cut = any) {
        if (at >= begin_ && at < end_ && end_ <= cut) {
            const char* const start = data_ + (at - begin_);
            const void* const lf = std::memchr(start, '\n', end_ - at);
            const std::size_t size =
                lf == nullptr ? any : static_cast<std::size_t>(static_cast<const char*>(lf) - start);
            if (size <= most && lf != nullptr) {
                const bool has_cr = size != 0 && start[size - 1] == '\r';
                return {at, at + size - (has_cr ? 1 : 0), at + size + 1, '\0', false, true, true};
            }
        }
        return far_line_at(at, most, cut);
    }

    /// Behind the line that `at` is in, of which nothing is kept.
    [[nodiscard]] std::size_t skip_line(std::size_t at);

    /// Whether [begin, end) is at hand.
    [[nodiscard]] bool holds(std::size_t begin, std::size_t end) const noexcept {
        return begin >= begin_ && end <= end_;
    }

    /// Whether `at` can be asked for without a gap, and so that no more than `most` bytes are kept.
    [[nodiscard]] bool is_near(std::size_t at, std::size_t most) const noexcept {
        return source_ == nullptr || (at >= begin_ && at <= end_ && at - keep_ <= most);
    }

    /// What is before `at` need not be at hand any more.
    void keep(std::size_t at) noexcept { keep_ = std::max(keep_, at); }

    /// Lets the source keep what is behind `at` until the next call of release().
    void hold(std::size_t at) noexcept { hold_ = at; }

    /// Tells the source, from the next piece on, to keep only what is kept here.
    void release() noexcept { hold_ = any; }

    /// Goes to `at`, backwards or forwards; what is before it need not be at hand.
    void seek(std::size_t at) noexcept;

    /// The source; null if all of the input is at hand.
    [[nodiscard]] input_source* source() const noexcept { return source_; }

private:
    dump_line far_line_at(std::size_t at, std::size_t most, std::size_t cut);
    bool fetch(std::size_t offset);
    void read_more();
    void make_room();

    input_source* source_ = nullptr;
    std::size_t piece_ = 0;
    const char* data_ = nullptr;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t keep_ = 0;
    std::size_t hold_ = any;
    std::size_t limit_ = any;
    bool leads_ = true;   // the source keeps what is kept here
    bool ended_ = false;  // the input has no byte at end_
    std::unique_ptr<char[]> buffer_;
    std::size_t capacity_ = 0;
};

}  // namespace authgrammar::audit

#endif
