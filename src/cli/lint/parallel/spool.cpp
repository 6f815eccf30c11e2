#include "lint/parallel/spool.hpp"

#include "shell/temporary_file.hpp"

#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace authlint {

spool::~spool() {
    if (file_ >= 0) ::close(file_);
}

bool spool::full() const noexcept {
    if (in_memory() < most_in_memory_) return false;
    return failed_ || written_ >= most_on_disk_;
}

void spool::append(std::string_view bytes) {
    if (read_ == written_ && behind_.empty() && in_memory() < most_in_memory_) {
        memory_.append(bytes);
    } else if (failed_ || !write(bytes)) {
        behind_.append(bytes);
    }
}

/// False if nothing was written.
bool spool::write(std::string_view bytes) {
    if (file_ < 0) file_ = open_temporary_file();
    for (std::size_t done = 0; done < bytes.size();) {
        const auto place = static_cast<off_t>(written_ + done);
        const ssize_t n = file_ < 0 ? -1 : ::pwrite(file_, bytes.data() + done, bytes.size() - done, place);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) {
            failed_ = true;
            return false;
        }
        done += static_cast<std::size_t>(n);
    }
    written_ += bytes.size();
    return true;
}

std::string_view spool::front(std::size_t least) {
    if (in_memory() < std::max<std::size_t>(least, 1)) load(least);
    return std::string_view(memory_).substr(begin_);
}

/// Brings bytes of the file into memory, at least `least` if there are that many.
void spool::load(std::size_t least) {
    constexpr std::size_t piece = std::size_t{1} << 16;
    memory_.erase(0, begin_);
    begin_ = 0;
    while (read_ != written_ && memory_.size() < std::max(least, piece)) {
        const std::size_t before = memory_.size();
        memory_.resize(before + std::min(piece, written_ - read_));
        const ssize_t n = ::pread(file_, &memory_[before], memory_.size() - before, static_cast<off_t>(read_));
        if (n < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "a temporary file");
        if (n == 0) throw std::system_error(EIO, std::generic_category(), "a temporary file is shorter than it was");
        memory_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
        read_ += static_cast<std::size_t>(std::max<ssize_t>(n, 0));
    }
    if (read_ != written_) return;
    // The file is empty: it begins anew, and may be written again.
    if (file_ >= 0 && written_ != 0) failed_ = ::ftruncate(file_, 0) != 0;
    read_ = written_ = 0;
    memory_ += behind_;
    behind_.clear();
}

}  // namespace authlint
