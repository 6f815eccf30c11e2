#ifndef AUTHLINT_LINT_PARALLEL_SPOOL_HPP
#define AUTHLINT_LINT_PARALLEL_SPOOL_HPP

#include <cstddef>
#include <string>
#include <string_view>

namespace authlint {

/// Bytes that wait to be read in the order they came: the first ones in memory, the others in a temporary file.
class spool {
public:
    /// At most `most_in_memory` bytes and one append in memory, and `most_on_disk` in the file.
    spool(std::size_t most_in_memory, std::size_t most_on_disk) noexcept
        : most_in_memory_(most_in_memory), most_on_disk_(most_on_disk) {}
    spool(const spool&) = delete;
    spool& operator=(const spool&) = delete;
    ~spool();

    /// Whether it should be given no more until something was taken: the file has its size, or cannot be written.
    [[nodiscard]] bool full() const noexcept;

    /// Takes bytes. Where the file fails they are kept in memory all the same: nothing is lost.
    void append(std::string_view bytes);

    /// The next bytes, at least `least` if there are that many. The view is good until the next call.
    [[nodiscard]] std::string_view front(std::size_t least);

    /// Takes `size` of the bytes that front() showed away.
    void pop(std::size_t size) noexcept { begin_ += size; }

private:
    [[nodiscard]] std::size_t in_memory() const noexcept { return memory_.size() - begin_; }
    [[nodiscard]] bool write(std::string_view bytes);
    void load(std::size_t least);

    std::size_t most_in_memory_;
    std::size_t most_on_disk_;
    std::string memory_;     // before what is in the file
    std::size_t begin_ = 0;  // of what was not taken
    std::string behind_;     // behind what is in the file, if that could not be written
    int file_ = -1;
    std::size_t read_ = 0;
    std::size_t written_ = 0;
    bool failed_ = false;
};

}  // namespace authlint

#endif
