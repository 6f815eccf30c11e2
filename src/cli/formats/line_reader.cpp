#include "formats/line_reader.hpp"

#include <algorithm>
#include <utility>

namespace authlint {

bool line_reader::refill() {
    if (rest_.empty()) rest_ = source_.next();
    return !rest_.empty();
}

void line_reader::append(std::string_view piece) {
    const std::size_t room = longest - std::min(line_.size(), longest);
    line_ += piece.substr(0, room);
    cut_ = cut_ || piece.size() > room;
}

std::optional<std::string_view> line_reader::next() {
    if (again_) {
        again_ = false;
        return given_;
    }
    line_.clear();
    cut_ = false;
    ended_ = false;
    if (!refill()) return std::nullopt;
    ++number_;
    do {
        const std::size_t lf = rest_.find('\n');
        ended_ = lf != std::string_view::npos;
        append(rest_.substr(0, lf));
        const std::size_t size = ended_ ? lf + 1 : rest_.size();
        offset_ += size;
        rest_.remove_prefix(size);
    } while (!ended_ && refill());
    given_ = line_;
    if (!given_.empty() && given_.back() == '\r') given_.remove_suffix(1);
    return given_;
}

std::string_view line_reader::take(std::size_t size) {
    if (size == 0 || !refill()) return {};
    const std::string_view piece = rest_.substr(0, std::min(size, std::size_t{1} << 16));
    rest_.remove_prefix(piece.size());
    offset_ += piece.size();
    number_ += static_cast<std::size_t>(std::count(piece.begin(), piece.end(), '\n'));
    return piece;
}

void line_reader::put_back(std::string bytes) {
    offset_ -= bytes.size();
    number_ -= static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\n'));
    bytes += rest_;
    put_back_ = std::move(bytes);
    rest_ = put_back_;
}

}  // namespace authlint
