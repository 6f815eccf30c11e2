#ifndef AUTHGRAMMAR_AUDIT_INPUT_SOURCE_HPP
#define AUTHGRAMMAR_AUDIT_INPUT_SOURCE_HPP

#include <cstddef>

namespace authgrammar::audit {

/// The bytes of an input that need not be in memory: a file, or what comes through a pipe. Offsets count from the start of
/// the input.
class input_source {
public:
    input_source() = default;
    input_source(const input_source&) = delete;
    input_source& operator=(const input_source&) = delete;
    virtual ~input_source() = default;

    /// Copies bytes that stand at `offset` and behind it into `into`, `size` at most, which is not 0. Answers how many: at
    /// least one, or none if the input ends at or before `offset` or cannot be read on. May wait for the next byte, but for no
    /// more. `offset` is not before oldest().
    [[nodiscard]] virtual std::size_t read(std::size_t offset, char* into, std::size_t size) = 0;

    /// What is before `offset` will not be read, but perhaps for excerpts. A source that cannot go back keeps the rest.
    virtual void release(std::size_t offset) { static_cast<void>(offset); }

    /// A message begins at `offset`. It is told when its body was read, however long that is: what will be asked of its header
    /// section beside the bytes, such as a line number, has to be found out before.
    virtual void begin_message(std::size_t offset) { static_cast<void>(offset); }

    /// The first byte that can still be read.
    [[nodiscard]] virtual std::size_t oldest() const { return 0; }

    /// Whether everything from what was released to `offset` can be kept.
    [[nodiscard]] virtual bool can_keep_to(std::size_t offset) const {
        static_cast<void>(offset);
        return true;
    }
};

}  // namespace authgrammar::audit

#endif
