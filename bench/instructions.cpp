#include "instructions.hpp"

#include <algorithm>

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))
#include <csignal>

#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace authgrammar::bench {

std::size_t counted_values(const item& of, std::size_t variants) {
    constexpr std::size_t most_bytes = 16384;
    const std::size_t each = of.bytes() / of.values.size();
    return std::min(
        {variants, of.values.size(), std::max<std::size_t>(1, most_bytes / std::max<std::size_t>(each, 1))});
}

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))

namespace {

/// The child: stops itself before and after each cell. The first run of a cell resolves symbols and warms caches.
[[noreturn]] void run_cells(const std::vector<cell>& cells, std::size_t variants) {
    if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(1);
    volatile std::uint64_t sink = 0;
    for (const cell& c : cells) {
        const std::size_t last = counted_values(*c.of, variants);
        c.by->prepare(*c.of);
        sink = c.by->run(*c.of, 0, last);
        raise(SIGSTOP);
        sink = c.by->run(*c.of, 0, last);
        raise(SIGSTOP);
    }
    (void)sink;
    _exit(0);
}

[[nodiscard]] bool stopped_by(pid_t child, int& signal) {
    int status = 0;
    if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) return false;
    signal = WSTOPSIG(status);
    return true;
}

/// Steps from one stop to the next. What the stops themselves take is the same for every cell.
[[nodiscard]] std::optional<std::uint64_t> step_through(pid_t child) {
    for (std::uint64_t count = 0;; ++count) {
        if (ptrace(PTRACE_SINGLESTEP, child, nullptr, nullptr) != 0) return std::nullopt;
        int signal = 0;
        if (!stopped_by(child, signal)) return std::nullopt;
        if (signal == SIGSTOP) return count;
        if (signal != SIGTRAP) return std::nullopt;
    }
}

}  // namespace

std::optional<std::vector<std::uint64_t>> count_instructions(const std::vector<cell>& cells, std::size_t variants) {
    const pid_t child = fork();
    if (child < 0) return std::nullopt;
    if (child == 0) run_cells(cells, variants);
    std::vector<std::uint64_t> counts;
    for (const cell& c : cells) {
        (void)c;
        int signal = 0;
        if (!stopped_by(child, signal) || signal != SIGSTOP) break;
        const auto count = step_through(child);
        if (!count) break;
        counts.push_back(*count);
        if (ptrace(PTRACE_CONT, child, nullptr, nullptr) != 0) break;
    }
    const bool all = counts.size() == cells.size();
    if (!all) kill(child, SIGKILL);
    int status = 0;
    (void)waitpid(child, &status, 0);
    if (!all) return std::nullopt;
    return counts;
}

#else

std::optional<std::vector<std::uint64_t>> count_instructions(const std::vector<cell>&, std::size_t) {
    return std::nullopt;
}

#endif

}  // namespace authgrammar::bench
