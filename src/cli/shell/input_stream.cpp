#include "shell/input_stream.hpp"

#include "shell/temporary_file.hpp"
#include "shell/terminal.hpp"

#include <fcntl.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

namespace authlint {

namespace {

/// A file that is closed when nobody reads it any more; stdin stays open.
class descriptor {
public:
    explicit descriptor(int number) noexcept : number_(number) {}
    descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    descriptor& operator=(descriptor&&) = delete;
    ~descriptor() {
        if (number_ > STDIN_FILENO) ::close(number_);
    }
    [[nodiscard]] int number() const noexcept { return number_; }

private:
    int number_;
};

template <typename Read>
std::size_t uninterrupted(Read read, std::string& failure) {
    while (!interrupted()) {
        const ssize_t n = read();
        if (n >= 0) return static_cast<std::size_t>(n);
        if (errno == EINTR) continue;
        failure = std::strerror(errno);
        return 0;
    }
    failure = "interrupted";
    return 0;
}

/// Waits until there is something to read, or an interrupt comes, which must not be missed between a look for it and the
/// wait.
void wait_for_input(int file) {
    if (file >= FD_SETSIZE) return;
    sigset_t interrupts;
    sigset_t before;
    sigemptyset(&interrupts);
    sigaddset(&interrupts, SIGINT);
    sigaddset(&interrupts, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &interrupts, &before);
    fd_set files;
    FD_ZERO(&files);
    FD_SET(file, &files);
    if (!interrupted()) ::pselect(file + 1, &files, nullptr, nullptr, nullptr, &before);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

/// A file in which one can go back. It may grow or shrink meanwhile: what is read is copied.
class regular_file : public input_stream {
public:
    regular_file(descriptor file, std::size_t size) noexcept : file_(std::move(file)), size_(size) {}

    [[nodiscard]] std::size_t read(std::size_t offset, char* into, std::size_t size) override {
        const std::size_t n =
            uninterrupted([&] { return ::pread(file_.number(), into, size, static_cast<off_t>(offset)); }, failure_);
        struct stat now {};
        if (n == 0 && offset < size_ && failure_.empty() && ::fstat(file_.number(), &now) == 0 &&
            static_cast<std::size_t>(now.st_size) < size_) {
            failure_ = "the file became shorter while it was read";
        }
        return n;
    }
    [[nodiscard]] std::size_t size() const noexcept override { return size_; }

private:
    descriptor file_;
    std::size_t size_;
};

class pipe_input : public kept_input {
public:
    explicit pipe_input(descriptor file) noexcept : file_(std::move(file)) {}

protected:
    std::size_t fill(char* into, std::size_t size) override {
        flush();
        wait_for_input(file_.number());
        return uninterrupted([&] { return ::read(file_.number(), into, size); }, failure_);
    }

private:
    descriptor file_;
};

}  // namespace

std::unique_ptr<input_stream> open_input(const std::string& path, std::string& failure) {
    const bool standard = path == "-";
    descriptor file(standard ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat about {};
    if (file.number() < 0 || ::fstat(file.number(), &about) != 0) {
        failure = std::strerror(errno);
        return nullptr;
    }
    if (S_ISDIR(about.st_mode)) {
        failure = std::strerror(EISDIR);
        return nullptr;
    }
    // Offsets count from where stdin stands, which for a file that was read in part is not its start.
    const bool at_start = !standard || ::lseek(file.number(), 0, SEEK_CUR) == 0;
    if (S_ISREG(about.st_mode) && about.st_size > 0 && at_start) {
        return std::make_unique<regular_file>(std::move(file), static_cast<std::size_t>(about.st_size));
    }
    return std::make_unique<pipe_input>(std::move(file));
}

kept_input::~kept_input() {
    if (spool_ >= 0) ::close(spool_);
}

std::size_t kept_input::oldest() const { return spool_begin_ != spool_end_ ? spool_begin_ : blocks_begin_; }

std::size_t kept_input::read(std::size_t offset, char* into, std::size_t size) {
    while (offset >= end_) {
        if (!read_more()) return 0;
    }
    if (offset < oldest()) return 0;
    if (offset < blocks_begin_) {
        size = std::min(size, block_bytes - offset % block_bytes);
        return uninterrupted([&] { return ::pread(spool_, into, size, static_cast<off_t>(offset % most_spooled_)); },
                             failure_);
    }
    const std::size_t in_block = (offset - blocks_begin_) % block_bytes;
    const std::size_t n = std::min({size, block_bytes - in_block, end_ - offset});
    std::memcpy(into, blocks_[(offset - blocks_begin_) / block_bytes].get() + in_block, n);
    return n;
}

bool kept_input::read_more() {
    if (ended_ || !failure_.empty()) return false;
    const std::size_t filled = (end_ - blocks_begin_) % block_bytes;
    if (filled == 0 && end_ - blocks_begin_ == blocks_.size() * block_bytes) make_block();
    if (!failure_.empty()) return false;
    const std::size_t n = fill(blocks_.back().get() + filled, block_bytes - filled);
    end_ += n;
    ended_ = n == 0;
    return n != 0;
}

/// A block for what comes next: a new one, or the oldest, whose bytes are dropped or spooled.
void kept_input::make_block() {
    if (blocks_.size() * block_bytes < most_in_memory_) {
        blocks_.emplace_back(new char[block_bytes]);  // no value: what was not read is not looked at
        return;
    }
    std::unique_ptr<char[]> oldest = std::move(blocks_.front());
    blocks_.pop_front();
    if (released_ < blocks_begin_ + block_bytes) {
        spool(oldest.get());
    } else {
        spool_begin_ = spool_end_ = blocks_begin_ + block_bytes;
    }
    blocks_begin_ += block_bytes;
    blocks_.push_back(std::move(oldest));
}

/// Writes a block to the temporary file, in the place of the oldest if it has its size.
void kept_input::spool(const char* block) {
    if (spool_begin_ == spool_end_) spool_begin_ = spool_end_ = blocks_begin_;
    if (most_spooled_ == 0) {
        spool_begin_ = spool_end_ = blocks_begin_ + block_bytes;
        return;
    }
    if (spool_ < 0) spool_ = open_temporary_file();
    for (std::size_t done = 0; done < block_bytes;) {
        const auto place = static_cast<off_t>(spool_end_ % most_spooled_ + done);
        const ssize_t n = spool_ < 0 ? -1 : ::pwrite(spool_, block + done, block_bytes - done, place);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) {
            failure_ = std::string("a body that may hold messages cannot be kept in a temporary file: ") +
                       std::strerror(n < 0 ? errno : ENOSPC);
            spool_begin_ = spool_end_ = blocks_begin_ + block_bytes;
            return;
        }
        done += static_cast<std::size_t>(n);
    }
    spool_end_ += block_bytes;
    spool_begin_ = std::max(spool_begin_, spool_end_ - std::min(spool_end_, most_spooled_));
}

}  // namespace authlint
