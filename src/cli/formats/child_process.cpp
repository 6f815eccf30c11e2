#include "formats/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

extern char** environ;

namespace authlint {

namespace {

/// A file descriptor that is closed in the end.
class descriptor {
public:
    descriptor() noexcept = default;
    explicit descriptor(int file) noexcept : file_(file) {}
    descriptor(descriptor&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
    descriptor& operator=(descriptor&& other) noexcept {
        close();
        file_ = std::exchange(other.file_, -1);
        return *this;
    }
    ~descriptor() { close(); }

    [[nodiscard]] int get() const noexcept { return file_; }
    [[nodiscard]] bool open() const noexcept { return file_ >= 0; }
    void close() noexcept {
        if (file_ >= 0) ::close(file_);
        file_ = -1;
    }

private:
    int file_ = -1;
};

/// A pipe whose end here does not block.
struct channel {
    descriptor ours;
    descriptor theirs;
};
channel make_channel(bool to_child) {
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0) return {};
    channel c;
    c.ours = descriptor(ends[to_child ? 1 : 0]);
    c.theirs = descriptor(ends[to_child ? 0 : 1]);
    ::fcntl(c.ours.get(), F_SETFL, O_NONBLOCK);
    return c;
}

/// write(2) to a pipe that may be closed at the other end: EPIPE, and no signal.
ssize_t write_quietly(int file, std::string_view bytes) {
    sigset_t pipe_signal;
    sigset_t pending;
    sigset_t before;
    ::sigemptyset(&pipe_signal);
    ::sigaddset(&pipe_signal, SIGPIPE);
    ::sigpending(&pending);
    ::pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
    const ssize_t n = ::write(file, bytes.data(), bytes.size());
    const int failed = errno;
    if (n < 0 && failed == EPIPE && ::sigismember(&pending, SIGPIPE) == 0) {
        const timespec at_once{0, 0};
        ::sigtimedwait(&pipe_signal, nullptr, &at_once);
    }
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = failed;
    return n;
}

class filter_source : public byte_source {
public:
    explicit filter_source(std::unique_ptr<byte_source> input) : input_(std::move(input)) {}
    ~filter_source() override { end(); }

    bool start(const std::vector<std::string>& arguments) {
        channel in = make_channel(true);
        channel out = make_channel(false);
        channel err = make_channel(false);
        if (!in.ours.open() || !out.ours.open() || !err.ours.open()) return false;
        std::vector<char*> argv;
        for (const std::string& a : arguments)
            argv.push_back(const_cast<char*>(a.c_str()));  // NOLINT: it is not written
        argv.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, in.theirs.get(), STDIN_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions, out.theirs.get(), STDOUT_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions, err.theirs.get(), STDERR_FILENO);
        const int failed = ::posix_spawnp(&child_, argv[0], &actions, nullptr, argv.data(), environ);
        ::posix_spawn_file_actions_destroy(&actions);
        if (failed != 0) {
            child_ = -1;
            return false;
        }
        in_ = std::move(in.ours);
        out_ = std::move(out.ours);
        err_ = std::move(err.ours);
        name_ = arguments[0];
        return true;
    }

    std::string_view next() override {
        buffer_.resize(std::size_t{1} << 16);
        while (out_.open()) {
            constexpr int patience_ms = 60'000;
            std::array<pollfd, 3> files{{{out_.get(), POLLIN, 0}, {err_.get(), POLLIN, 0}, {in_.get(), POLLOUT, 0}}};
            const int ready = ::poll(files.data(), files.size(), patience_ms);
            if (ready < 0 && errno == EINTR) continue;
            if (ready <= 0) {
                failure_ = name_ + " did nothing for a minute and was ended";
                end();
                return {};
            }
            if (files[1].revents != 0) read_complaints();
            if (files[2].revents != 0) feed();
            if (files[0].revents == 0) continue;
            const ssize_t n = ::read(out_.get(), buffer_.data(), buffer_.size());
            if (n > 0) return std::string_view(buffer_).substr(0, static_cast<std::size_t>(n));
            if (n < 0 && (errno == EINTR || errno == EAGAIN)) continue;
            finish();
        }
        return {};
    }

    [[nodiscard]] std::string failure() const override { return failure_.empty() ? input_->failure() : failure_; }

private:
    void feed() {
        if (piece_.empty()) piece_ = input_->next();
        if (piece_.empty()) {
            in_.close();
            return;
        }
        const ssize_t n = write_quietly(in_.get(), piece_);
        if (n > 0) piece_.remove_prefix(static_cast<std::size_t>(n));
        // It does not read on; what it prints is still read.
        if (n < 0 && errno != EINTR && errno != EAGAIN) in_.close();
    }

    void read_complaints() {
        constexpr std::size_t most = 4096;
        char bytes[512];
        const ssize_t n = ::read(err_.get(), bytes, sizeof bytes);
        if (n > 0) {
            complaints_.append(bytes, static_cast<std::size_t>(n));
            if (complaints_.size() > most) complaints_.erase(0, complaints_.size() - most);
        } else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
            err_.close();
        }
    }

    /// It closed its stdout.
    void finish() {
        out_.close();
        in_.close();
        while (err_.open()) {
            pollfd file{err_.get(), POLLIN, 0};
            if (::poll(&file, 1, 1000) <= 0) break;
            read_complaints();
        }
        int status = 0;
        while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
        }
        child_ = -1;
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
        while (!complaints_.empty() && complaints_.back() == '\n') complaints_.pop_back();
        const std::string last = complaints_.substr(complaints_.rfind('\n') + 1);
        failure_ = last.empty() ? name_ + " failed" : last;
    }

    void end() {
        in_.close();
        out_.close();
        err_.close();
        if (child_ <= 0) return;
        ::kill(child_, SIGKILL);
        while (::waitpid(child_, nullptr, 0) < 0 && errno == EINTR) {
        }
        child_ = -1;
    }

    std::unique_ptr<byte_source> input_;
    std::string_view piece_;
    descriptor in_;
    descriptor out_;
    descriptor err_;
    pid_t child_ = -1;
    std::string name_;
    std::string buffer_;
    std::string complaints_;
    std::string failure_;
};

}  // namespace

std::unique_ptr<byte_source> run_filter(const std::vector<std::string>& arguments, std::unique_ptr<byte_source> input) {
    auto filter = std::make_unique<filter_source>(std::move(input));
    if (!filter->start(arguments)) return nullptr;
    return filter;
}

}  // namespace authlint
