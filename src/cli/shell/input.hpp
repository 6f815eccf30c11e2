#ifndef AUTHLINT_INPUT_HPP
#define AUTHLINT_INPUT_HPP

#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace authlint {

/// What people are shown for an input that was given as `path`: "stdin" for "-".
[[nodiscard]] inline std::string name_of_input(const std::string& path) { return path == "-" ? "stdin" : path; }

/// What a file, or stdin, holds; or why it cannot be read.
struct input_text {
    std::optional<std::string> bytes;
    std::string failure;
    bool too_large = false;
};

/// Everything in the file `path`. "-" is stdin. An input of more than `most` bytes is not read further, and fails.
[[nodiscard]] input_text read_input(const std::string& path,
                                    std::size_t most = std::numeric_limits<std::size_t>::max());

/// Reads stdin line by line. A line's LF is not part of it; a last line may lack it.
class line_source {
public:
    /// The next line, or nothing at the end or after a failure. The view is good until the next call. Before it
    /// waits for input it flushes stdout, so that a partner at the other end of two pipes is not kept waiting.
    [[nodiscard]] std::optional<std::string_view> next();

    /// Why reading ended early; empty if it did not.
    [[nodiscard]] const std::string& failure() const noexcept { return failure_; }

private:
    bool refill();
    void make_room();

    std::unique_ptr<char[]> buffer_;
    std::size_t capacity_ = 0;
    std::size_t at_ = 0;        // where the next line begins
    std::size_t searched_ = 0;  // no LF is between at_ and here
    std::size_t end_ = 0;       // of what was read
    bool ended_ = false;
    std::string failure_;
};

}  // namespace authlint

#endif
