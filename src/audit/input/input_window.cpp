#include "input/input_window.hpp"

#include <cstring>

namespace authgrammar::audit {

input_window input_window::beside(std::size_t end, std::size_t piece) const noexcept {
    if (source_ == nullptr) return input_window(text(begin_, std::min(end, end_)));
    input_window other(*source_, piece);
    other.limit_ = end;
    other.leads_ = false;
    return other;
}

void input_window::seek(std::size_t at) noexcept {
    keep_ = at;
    if (source_ == nullptr || (at >= begin_ && at <= end_)) return;
    begin_ = end_ = at;
    ended_ = false;
}

bool input_window::fetch(std::size_t offset) {
    if (source_ == nullptr) return false;
    if (offset < begin_) seek(offset);
    while (offset >= end_ && !ended_) read_more();
    return offset < end_;
}

void input_window::read_more() {
    if (end_ >= limit_) {
        ended_ = true;
        return;
    }
    make_room();
    if (leads_) source_->release(std::min(keep_, hold_));
    const std::size_t held = end_ - begin_;
    const std::size_t n =
        source_->read(end_, buffer_.get() + held, std::min({capacity_ - held, piece_, limit_ - end_}));
    end_ += n;
    ended_ = n == 0;
}

/// Makes room for a piece: by dropping what is not kept if that is at least half of what there is, else by growing.
void input_window::make_room() {
    const std::size_t held = end_ - begin_;
    if (capacity_ - held >= piece_) return;
    const std::size_t kept = end_ - std::min(std::max(keep_, begin_), end_);
    const std::size_t dropped = held - kept;
    if (kept + piece_ <= capacity_ && dropped >= kept) {
        std::memmove(buffer_.get(), buffer_.get() + dropped, kept);
    } else {
        capacity_ = std::max(2 * kept, kept + piece_) + piece_;
        // No value: what is not read is not looked at.
        std::unique_ptr<char[]> larger(new char[capacity_]);
        if (kept != 0) std::memcpy(larger.get(), buffer_.get() + dropped, kept);
        buffer_ = std::move(larger);
    }
    begin_ += dropped;
    data_ = buffer_.get();
}

std::size_t input_window::skip_line(std::size_t at) {
    for (;;) {
        keep(at);
        const std::string_view rest = from(at);
        const std::size_t lf = rest.find('\n');
        if (lf != std::string_view::npos) return at + lf + 1;
        if (rest.empty()) return at;
        at += rest.size();
    }
}

/// A line that is not at hand as a whole, or is too long.
dump_line input_window::far_line_at(std::size_t at, std::size_t most, std::size_t cut) {
    std::size_t searched = 0;
    for (;;) {
        const std::string_view rest = from(at + searched);
        const std::size_t size = std::min(rest.size(), cut - std::min(cut, at + searched));
        const void* const lf = size == 0 ? nullptr : std::memchr(rest.data(), '\n', size);
        const std::size_t found =
            searched + (lf == nullptr ? size : static_cast<std::size_t>(static_cast<const char*>(lf) - rest.data()));
        if (found > most) return {at, at + most, at + most, '\0', false, false, false};
        if (lf == nullptr && size != 0) {
            searched = found;
            continue;
        }
        const std::size_t lf_at = at + found;
        const bool has_cr = found != 0 && data_[lf_at - 1 - begin_] == '\r';
        return {at, has_cr ? lf_at - 1 : lf_at, lf_at + (lf == nullptr ? 0 : 1), '\0', false, true, lf != nullptr};
    }
}

}  // namespace authgrammar::audit
