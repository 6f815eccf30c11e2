#include "formats/converted_input.hpp"

#include "shell/terminal.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace authlint {

const text_origin* converted_input::origin_of(std::size_t offset) const noexcept {
    const auto after = std::upper_bound(origins_.begin(), origins_.end(), offset,
                                        [](std::size_t at, const text_origin& o) { return at < o.offset; });
    return after == origins_.begin() ? nullptr : &*(after - 1);
}

std::vector<unread_part> converted_input::take_unread() { return std::exchange(unread_, {}); }

std::size_t converted_input::fill(char* into, std::size_t size) {
    while (given_ == text_.size()) {
        if (interrupted()) {
            failure_ = "interrupted";
            return 0;
        }
        text_.clear();
        given_ = 0;
        if (origins_.size() > most_) {
            origins_.erase(origins_.begin(), origins_.end() - static_cast<std::ptrdiff_t>(most_ / 2));
        }
        flush();
        if (!from_->next(text_, origins_, unread_)) return 0;
    }
    const std::size_t n = std::min(size, text_.size() - given_);
    std::memcpy(into, text_.data() + given_, n);
    given_ += n;
    return n;
}

}  // namespace authlint
