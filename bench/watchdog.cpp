#include "watchdog.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>

namespace authgrammar::bench {

namespace {

char deadline_text[256];

extern "C" void end_after_deadline(int) {
    const auto written = write(STDERR_FILENO, deadline_text, std::strlen(deadline_text));
    _exit(written < 0 ? 4 : 3);
}

/// Reads `size` bytes from `fd` before `seconds` are over. False if they do not come; `late` tells why.
bool read_in_time(int fd, char* to, std::size_t size, unsigned seconds, bool& late) {
    using clock = std::chrono::steady_clock;
    const clock::time_point end = clock::now() + std::chrono::seconds(seconds);
    while (size != 0) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - clock::now()).count();
        pollfd wait{fd, POLLIN, 0};
        if (left <= 0 || poll(&wait, 1, static_cast<int>(left)) == 0) {
            late = true;
            return false;
        }
        const ssize_t got = read(fd, to, size);
        if (got <= 0) return false;
        to += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

bool write_all(int fd, const char* from, std::size_t size) {
    while (size != 0) {
        const ssize_t put = write(fd, from, size);
        if (put <= 0) return false;
        from += put;
        size -= static_cast<std::size_t>(put);
    }
    return true;
}

}  // namespace

child_end in_child_raw(void* answer, std::size_t size, const std::function<bool()>& work, unsigned seconds) {
    int ends[2];
    if (pipe(ends) != 0) return child_end::crash;
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child < 0) {
        close(ends[0]);
        close(ends[1]);
        return child_end::crash;
    }
    if (child == 0) {
        close(ends[0]);
        const char good = work() ? 1 : 0;
        const bool sent =
            write_all(ends[1], &good, 1) && (good == 0 || write_all(ends[1], static_cast<char*>(answer), size));
        _exit(sent ? 0 : 1);
    }
    close(ends[1]);
    char good = 0;
    bool late = false;
    const bool told = read_in_time(ends[0], &good, 1, seconds, late);
    const bool complete = told && (good == 0 || read_in_time(ends[0], static_cast<char*>(answer), size, 1, late));
    close(ends[0]);
    if (!complete) kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    if (late) return child_end::hang;
    if (!complete) return child_end::crash;
    return good != 0 ? child_end::done : child_end::declined;
}

deadline::deadline(const std::string& what, unsigned seconds) {
    std::snprintf(deadline_text, sizeof deadline_text, "authgrammar_bench: %s did not end in %u s\n", what.c_str(),
                  seconds);
    signal(SIGALRM, end_after_deadline);
    alarm(seconds);
}

deadline::~deadline() { alarm(0); }

}  // namespace authgrammar::bench
