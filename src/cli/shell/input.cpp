#include "shell/input.hpp"

#include "shell/terminal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace authlint {

namespace {

constexpr std::size_t piece = std::size_t{1} << 16;

/// read(2) at the end of `out`: how many bytes, or -1 with errno.
ssize_t append_from(int file, std::string& out) {
    const std::size_t before = out.size();
    out.resize(before + piece);
    ssize_t n = 0;
    do {
        n = ::read(file, &out[before], piece);
    } while (n < 0 && errno == EINTR);
    out.resize(before + (n > 0 ? static_cast<std::size_t>(n) : 0));
    return n;
}

}  // namespace

input_text read_input(const std::string& path, std::size_t most) {
    input_text result;
    const bool standard = path == "-";
    const int file = standard ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        result.failure = std::strerror(errno);
        return result;
    }
    std::string bytes;
    ssize_t n = 0;
    do {
        n = append_from(file, bytes);
    } while (n > 0 && bytes.size() <= most);
    if (n < 0) {
        result.failure = std::strerror(errno);
    } else if (bytes.size() > most) {
        result.too_large = true;
        result.failure = "larger than " + std::to_string(most >> 20) + " MiB";
    } else {
        result.bytes = std::move(bytes);
    }
    if (!standard) ::close(file);
    return result;
}

std::optional<std::string_view> line_source::next() {
    while (true) {
        const std::size_t lf = buffer_.find('\n', searched_);
        if (lf != std::string::npos) {
            const std::string_view line = std::string_view(buffer_).substr(at_, lf - at_);
            at_ = searched_ = lf + 1;
            return line;
        }
        searched_ = buffer_.size();
        if (ended_) {
            if (at_ == buffer_.size() || !failure_.empty()) return std::nullopt;
            const std::string_view line = std::string_view(buffer_).substr(at_);
            at_ = buffer_.size();
            return line;
        }
        ended_ = !refill();
    }
}

bool line_source::refill() {
    flush();
    buffer_.erase(0, at_);
    searched_ -= at_;
    at_ = 0;
    const ssize_t n = append_from(STDIN_FILENO, buffer_);
    if (n < 0) failure_ = std::strerror(errno);
    return n > 0;
}

}  // namespace authlint
