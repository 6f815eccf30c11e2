#ifndef AUTHGRAMMAR_BENCH_WATCHDOG_HPP
#define AUTHGRAMMAR_BENCH_WATCHDOG_HPP

#include <cstddef>
#include <functional>
#include <string>
#include <type_traits>

namespace authgrammar::bench {

/// How a child process ended.
enum class child_end {
    done,      ///< its work is finished, and the answer has come
    declined,  ///< its work answered false
    hang,      ///< it was ended, having used up its time
    crash      ///< anything else
};

/// Calls `work` in a child process, which is killed after `seconds`; the `size` bytes at `answer` are those that
/// the child has there when `work` has answered true. Not for processes with threads.
child_end in_child_raw(void* answer, std::size_t size, const std::function<bool()>& work, unsigned seconds);

/// The same with a typed answer: `work(answer)`.
template <typename Answer, typename Work>
child_end in_child(Answer& answer, const Work& work, unsigned seconds) {
    static_assert(std::is_trivially_copyable_v<Answer>);
    return in_child_raw(
        &answer, sizeof answer, [&] { return work(answer); }, seconds);
}

/// While it lives, the process may go on for `seconds` at most; then it says `what` and ends with 3. For calls
/// into libraries of others that were probed and still may hang. One at a time.
class deadline {
public:
    deadline(const std::string& what, unsigned seconds);
    ~deadline();
    deadline(const deadline&) = delete;
    deadline& operator=(const deadline&) = delete;
};

}  // namespace authgrammar::bench

#endif
