#include "shell/input.hpp"

#include "shell/terminal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

namespace authlint {

namespace {

constexpr std::size_t piece = std::size_t{1} << 16;

/// read(2): how many bytes, or -1 with errno.
ssize_t read_some(int file, char* into, std::size_t size) {
    ssize_t n = 0;
    do {
        n = ::read(file, into, size);
    } while (n < 0 && errno == EINTR);
    return n;
}

/// The same at the end of `out`.
ssize_t append_from(int file, std::string& out) {
    const std::size_t before = out.size();
    out.resize(before + piece);
    const ssize_t n = read_some(file, &out[before], piece);
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
        const std::string_view read(buffer_.get(), end_);
        const std::size_t lf = read.find('\n', searched_);
        if (lf != std::string_view::npos) {
            const std::string_view line = read.substr(at_, lf - at_);
            at_ = searched_ = lf + 1;
            return line;
        }
        searched_ = end_;
        if (ended_) {
            if (at_ == end_ || !failure_.empty()) return std::nullopt;
            const std::string_view line = read.substr(at_);
            at_ = end_;
            return line;
        }
        ended_ = !refill();
    }
}

bool line_source::refill() {
    flush();
    make_room();
    const ssize_t n = read_some(STDIN_FILENO, buffer_.get() + end_, piece);
    if (n < 0) failure_ = std::strerror(errno);
    if (n > 0) end_ += static_cast<std::size_t>(n);
    return n > 0;
}

/// Makes room for a piece behind the line that has begun, which moves to the start.
void line_source::make_room() {
    const std::size_t kept = end_ - at_;
    if (capacity_ - kept < piece) {
        capacity_ = 2 * (kept + piece);
        std::unique_ptr<char[]> larger(new char[capacity_]);  // no value: what is not read is not looked at
        if (kept != 0) std::memcpy(larger.get(), buffer_.get() + at_, kept);
        buffer_ = std::move(larger);
    } else if (at_ != 0) {
        std::memmove(buffer_.get(), buffer_.get() + at_, kept);
    }
    searched_ -= at_;
    end_ -= at_;
    at_ = 0;
}

}  // namespace authlint
