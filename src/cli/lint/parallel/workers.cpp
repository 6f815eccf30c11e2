#include "lint/parallel/workers.hpp"

#include "formats/open_messages.hpp"
#include "lint/lint_progress.hpp"
#include "lint/parallel/spool.hpp"
#include "shell/terminal.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <new>
#include <stdexcept>
#include <utility>
#include <vector>

namespace authlint {

namespace {

constexpr std::size_t most_waiting_in_memory = std::size_t{1} << 20;  ///< for each process
constexpr std::size_t most_waiting_on_disk = std::size_t{1} << 30;    ///< for all of them

/// A number that is shared with the processes that are forked: how many of the files were taken.
class shared_counter {
public:
    shared_counter() {
        void* const page =
            ::mmap(nullptr, sizeof *count_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);  // NOLINT
        if (page == MAP_FAILED) throw std::bad_alloc();                                                  // NOLINT
        count_ = new (page) std::atomic<std::size_t>(0);
    }
    shared_counter(const shared_counter&) = delete;
    shared_counter& operator=(const shared_counter&) = delete;
    ~shared_counter() { ::munmap(count_, sizeof *count_); }

    std::size_t next() noexcept { return count_->fetch_add(1); }

private:
    static_assert(std::atomic<std::size_t>::is_always_lock_free);
    std::atomic<std::size_t>* count_ = nullptr;
};

/// A process that lints, and what it told that was not printed yet.
struct worker {
    explicit worker(std::size_t most_on_disk) noexcept : waiting(most_waiting_in_memory, most_on_disk) {}

    pid_t process = -1;
    int pipe = -1;  ///< -1 when it told all
    spool waiting;
    std::optional<std::size_t> file;  ///< what it tells of next; nothing if that is not known yet
    std::string ending;               ///< why it told no more
};

/// How a process ended, for people.
std::string ending_of(int status) {
    if (WIFSIGNALED(status)) return "ended by signal " + std::to_string(WTERMSIG(status));
    return "ended with exit status " + std::to_string(WEXITSTATUS(status));
}

bool is_regular_file(const std::string& path) {
    struct stat about {};
    return path != "-" && ::stat(path.c_str(), &about) == 0 && S_ISREG(about.st_mode);
}

/// Which of the inputs are regular files, by index. Pipes may depend on each other, and are read here at their turn.
std::vector<std::size_t> files_for_workers(const std::vector<std::string>& paths) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if (is_regular_file(paths[i])) out.push_back(i);
    }
    return out;
}

}  // namespace

std::size_t count_of_parallel_inputs(const std::vector<std::string>& paths) { return files_for_workers(paths).size(); }

class lint_workers::state {
public:
    state(const lint_job& job, std::size_t jobs) : job_(job), files_(files_for_workers(job.paths)) {
        is_taken_.resize(job.paths.size());
        for (const std::size_t file : files_) is_taken_[file] = true;
        flush();  // what is printed by now is printed once
        for (std::size_t i = 0; i < jobs; ++i) {
            auto one = std::make_unique<worker>(most_waiting_on_disk / jobs);
            if (!fork_into(*one)) break;
            workers_.push_back(std::move(one));
        }
    }
    state(const state&) = delete;
    state& operator=(const state&) = delete;

    ~state() {
        for (const auto& w : workers_) {
            if (w->pipe >= 0) ::close(w->pipe);
            end_process(*w);
        }
    }

    bool replay(std::size_t index, lint_outcome& outcome) {
        if (!is_taken_[index]) return false;
        worker* const w = worker_of(index);
        if (w == nullptr) return false;
        seen_ = {};
        while (true) {
            const std::optional<event_head> head = next_head(*w);
            if (!head) {
                broke_off(index, *w, outcome);
                return true;
            }
            const std::string_view bytes =
                w->waiting.front(event_head_bytes + head->size).substr(event_head_bytes, head->size);
            const bool ended = head->kind == event_kind::end;
            take(*head, bytes, outcome);
            w->waiting.pop(event_head_bytes + head->size);
            if (!ended) continue;
            w->file.reset();
            return true;
        }
    }

private:
    bool fork_into(worker& w) {
        int ends[2] = {-1, -1};
        if (::pipe2(ends, O_CLOEXEC) != 0) return false;
        w.process = ::fork();
        if (w.process == 0) {
            ::close(ends[0]);
            for (const auto& other : workers_) ::close(other->pipe);
            run_lint_worker(job_, ends[1], [this] {
                const std::size_t n = taken_.next();
                return n < files_.size() ? files_[n] : no_file;
            });
            ::_exit(0);  // nothing of the parent's is flushed or removed a second time
        }
        ::close(ends[1]);
        w.pipe = ends[0];
        if (w.process < 0) ::close(std::exchange(w.pipe, -1));
        return w.process > 0;
    }

    static void end_process(worker& w) {
        if (w.process <= 0) return;
        ::kill(w.process, SIGKILL);
        int status = 0;
        while (::waitpid(w.process, &status, 0) < 0 && errno == EINTR) {
        }
        w.process = -1;
    }

    /// The process that tells of the file next; null if there is none, or an interrupt came before it is known.
    worker* worker_of(std::size_t index) {
        while (true) {
            bool may_come = false;
            for (const auto& w : workers_) {
                if (!w->file) read_begin(*w);
                if (w->file == index) return w.get();
                may_come = may_come || (!w->file && w->pipe >= 0);
            }
            if (!may_come || interrupted()) return nullptr;
            pump(nullptr);
        }
    }

    /// Finds out what file the process tells of next, if it has told.
    static void read_begin(worker& w) {
        constexpr std::size_t size = event_head_bytes + sizeof(std::size_t);
        const std::string_view bytes = w.waiting.front(size);
        if (bytes.size() < size || read_event_head(bytes).kind != event_kind::begin) return;
        w.file = read_number(bytes.substr(event_head_bytes, sizeof(std::size_t)));
        w.waiting.pop(size);
    }

    /// The head of the next event, all of which is there; nothing if the process ended before.
    std::optional<event_head> next_head(worker& w) {
        while (true) {
            std::string_view bytes = w.waiting.front(event_head_bytes);
            if (bytes.size() >= event_head_bytes) {
                const event_head head = read_event_head(bytes);
                bytes = w.waiting.front(event_head_bytes + head.size);
                if (bytes.size() >= event_head_bytes + head.size) return head;
            }
            if (w.pipe < 0) return std::nullopt;
            pass_interrupt_on();
            pump(&w);
        }
    }

    /// What an interrupt of this process asks for, it asks of those that lint: the file whose turn it is ends where it is.
    void pass_interrupt_on() {
        if (!interrupted() || std::exchange(interrupt_passed_on_, true)) return;
        for (const auto& w : workers_) {
            if (w->process > 0) ::kill(w->process, SIGTERM);
        }
    }

    /// Waits a little for what any process tells, and takes it; of those that are too far ahead nothing, but for `turn`.
    void pump(const worker* turn) {
        std::vector<pollfd> files;
        for (const auto& w : workers_) {
            const bool is_asked = w->pipe >= 0 && (w.get() == turn || !w->waiting.full());
            files.push_back({is_asked ? w->pipe : -1, POLLIN, 0});
        }
        constexpr int a_little_ms = 250;  // interrupts are looked for that often at least
        if (::poll(files.data(), files.size(), a_little_ms) <= 0) return;
        for (std::size_t i = 0; i < files.size(); ++i) {
            if (files[i].revents != 0) read_from(*workers_[i]);
        }
    }

    void read_from(worker& w) {
        const ssize_t n = ::read(w.pipe, buffer_.data(), buffer_.size());
        if (n < 0 && (errno == EINTR || errno == EAGAIN)) return;
        if (n > 0) return w.waiting.append({buffer_.data(), static_cast<std::size_t>(n)});
        ::close(std::exchange(w.pipe, -1));
        int status = 0;
        while (::waitpid(w.process, &status, 0) < 0 && errno == EINTR) {
        }
        w.process = -1;
        w.ending = ending_of(status);
    }

    void take(const event_head& head, std::string_view bytes, lint_outcome& outcome) {
        switch (head.kind) {
            case event_kind::start: return job_.form->start(std::string(bytes));
            case event_kind::message: return message(read_message(bytes));
            case event_kind::unread: return job_.form->add_unread(read_unread(bytes));
            case event_kind::print: return print(bytes);
            case event_kind::complain: return complain(bytes);
            case event_kind::progress: return progress(read_progress(bytes), outcome.totals);
            case event_kind::end: return end(read_end(bytes), outcome);
            case event_kind::failure: throw std::runtime_error(std::string(bytes));
            case event_kind::begin: break;
        }
        throw std::logic_error("a worker tells of a file before the end of another");
    }

    void message(const message_record& m) {
        ++seen_.messages;
        seen_.fields += m.field_count;
        for (const finding_record& f : m.findings) seen_.count(*f.rule, f.level);
        job_.form->add(m);
    }

    void progress(run_progress p, const report_totals& before) const {
        if (job_.task.progress == nullptr) return;
        p.messages += before.messages;
        p.findings += before.errors + before.warnings + before.infos;
        job_.task.progress->tell(p);
    }

    void end(file_end e, lint_outcome& outcome) {
        outcome.totals.add(e.totals);
        outcome.all_read = outcome.all_read && e.all_read;
        if (job_.found != nullptr) job_.found->add(e.found);
    }

    /// The process ended before the file did: what it told of it counts.
    void broke_off(std::size_t index, const worker& w, lint_outcome& outcome) {
        const std::string why = "the process that checked it was " + w.ending;
        complain_of_unread(job_.paths[index], {{}, why});
        if (job_.form != nullptr) job_.form->add_unread({job_.paths[index], {}, why});
        ++seen_.files;
        ++seen_.unread;
        outcome.totals.add(seen_);
        outcome.all_read = false;
    }

    const lint_job& job_;
    std::vector<std::size_t> files_;
    std::vector<bool> is_taken_;
    shared_counter taken_;
    std::vector<std::unique_ptr<worker>> workers_;
    std::string buffer_ = std::string(std::size_t{1} << 16, '\0');
    report_totals seen_;  // of the file whose turn it is
    bool interrupt_passed_on_ = false;
};

lint_workers::lint_workers(const lint_job& job, std::size_t jobs) : state_(std::make_unique<state>(job, jobs)) {}

lint_workers::~lint_workers() = default;

bool lint_workers::replay(std::size_t index, lint_outcome& outcome) { return state_->replay(index, outcome); }

}  // namespace authlint
