#include "formats/byte_source.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace authlint {

std::string_view text_source::next() {
    const std::string_view piece = rest_.substr(0, piece_);
    rest_.remove_prefix(piece.size());
    return piece;
}

std::string_view filtered_source::next() {
    do {
        const std::string_view piece = source_->next();
        if (piece.empty()) return {};
        out_.clear();
        for (const char c : piece) take(c, out_);
    } while (out_.empty());
    return out_;
}

std::string_view descriptor_source::next() {
    buffer_.resize(std::size_t{1} << 16);
    ssize_t n = 0;
    do {
        n = ::read(descriptor_, buffer_.data(), buffer_.size());
    } while (n < 0 && errno == EINTR);
    if (n < 0) failure_ = std::strerror(errno);
    return std::string_view(buffer_).substr(0, n < 0 ? 0 : static_cast<std::size_t>(n));
}

std::string_view peeked_source::peek(std::size_t size) {
    while (start_.size() < size && !ended_) {
        const std::string_view more = source_->next();
        ended_ = more.empty();
        start_ += more;
    }
    return start_;
}

std::string_view peeked_source::next() {
    if (!given_) {
        given_ = true;
        if (!start_.empty()) return start_;
    }
    if (!start_.empty()) start_ = {};
    return ended_ ? std::string_view() : source_->next();
}

}  // namespace authlint
