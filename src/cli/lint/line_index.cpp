#include "lint/line_index.hpp"

#include <algorithm>
#include <string_view>

namespace authlint {

std::size_t line_index::lines_in(std::string_view bytes) noexcept {
    constexpr std::size_t step = 128;
    std::size_t lines = 0;
    std::size_t at = 0;
    for (; bytes.size() - at >= step; at += step) {
        // Small sums of small numbers, as many each time: compilers add many of them at once.
        unsigned char sum = 0;
        for (std::size_t i = 0; i < step; ++i) sum = static_cast<unsigned char>(sum + (bytes[at + i] == '\n' ? 1 : 0));
        lines += sum;
    }
    return lines + static_cast<std::size_t>(std::count(bytes.data() + at, bytes.data() + bytes.size(), '\n'));
}

void line_index::count(mark& m, std::string_view bytes) noexcept {
    m.lines += lines_in(bytes);
    const std::size_t lf = bytes.rfind('\n');
    if (lf != std::string_view::npos) m.line_start = m.offset + lf + 1;
    m.offset += bytes.size();
}

void line_index::see(std::size_t offset, std::string_view bytes) {
    if (offset > counted_.offset || offset + bytes.size() <= counted_.offset) return;
    bytes.remove_prefix(counted_.offset - offset);
    while (!bytes.empty()) {
        const std::string_view piece = bytes.substr(0, near_marks - counted_.offset % near_marks);
        count(counted_, piece);
        if (counted_.offset % near_marks == 0) remember(counted_);
        bytes.remove_prefix(piece.size());
    }
}

/// Counts on from `m` to `offset`. False if bytes between are lost; the end of the input ends it, too.
bool line_index::advance(mark& m, std::size_t offset) {
    char bytes[near_marks];
    while (m.offset < offset) {
        if (m.offset < source_.oldest()) return false;
        const std::size_t n = source_.read(m.offset, bytes, std::min(offset - m.offset, sizeof bytes));
        if (n == 0) return true;
        count(m, {bytes, n});
    }
    return true;
}

void line_index::remember(const mark& m) {
    recent_.push_back(m);
    if (recent_.size() > most_recent) recent_.pop_front();
    if (m.offset % stride_ != 0) return;
    sparse_.push_back(m);
    if (sparse_.size() <= most_sparse) return;
    stride_ *= 2;
    const std::size_t stride = stride_;
    sparse_.erase(
        std::remove_if(sparse_.begin(), sparse_.end(), [stride](const mark& s) { return s.offset % stride != 0; }),
        sparse_.end());
}

/// The last mark that is not behind `offset`.
line_index::mark line_index::before(std::size_t offset) const {
    if (!recent_.empty() && offset >= recent_.front().offset) {
        return recent_[std::min((offset - recent_.front().offset) / near_marks, recent_.size() - 1)];
    }
    const auto is_behind = [](std::size_t at, const mark& m) { return at < m.offset; };
    const auto sparse = std::upper_bound(sparse_.begin(), sparse_.end(), offset, is_behind);
    return sparse == sparse_.begin() ? mark{} : *(sparse - 1);
}

std::optional<line_index::place> line_index::place_of(std::size_t offset) {
    char bytes[near_marks];
    while (counted_.offset < offset && counted_.offset >= source_.oldest()) {
        const std::size_t n = source_.read(counted_.offset, bytes, std::min(offset - counted_.offset, sizeof bytes));
        if (n == 0) break;
        see(counted_.offset, {bytes, n});
    }
    if (last_.offset != offset) {
        mark m = before(offset);
        for (const mark& known : {last_, kept_}) {
            if (known.offset <= offset && known.offset > m.offset) m = known;
        }
        if (!advance(m, offset) || m.offset != offset) return std::nullopt;
        last_ = m;
    }
    return place{last_.lines + 1, offset - last_.line_start + 1};
}

}  // namespace authlint
