#ifndef AUTHLINT_INPUT_STREAM_HPP
#define AUTHLINT_INPUT_STREAM_HPP

#include <authgrammar/audit/input_source.hpp>

#include <cstddef>
#include <deque>
#include <memory>
#include <string>

namespace authlint {

struct text_origin;

/// An input that is read piece by piece, and of which bytes can be read again.
class input_stream : public authgrammar::audit::input_source {
public:
    /// Why reading ended early; empty if it did not.
    [[nodiscard]] const std::string& failure() const noexcept { return failure_; }

    /// Of text that was made from an export: where the byte was there. Null for other inputs.
    [[nodiscard]] virtual const text_origin* origin_of(std::size_t offset) const noexcept {
        static_cast<void>(offset);
        return nullptr;
    }

    /// Its size in bytes, if that is known; else 0.
    [[nodiscard]] virtual std::size_t size() const noexcept { return 0; }

protected:
    std::string failure_;
};

/// The file `path`, "-" is stdin. Null if it cannot be opened, and `failure` says why. What cannot go back, such as a pipe,
/// is kept as far as kept_input says. Before it waits for a pipe it flushes stdout.
[[nodiscard]] std::unique_ptr<input_stream> open_input(const std::string& path, std::string& failure);

/// An input that comes once. Of what was read, memory_bytes are kept in memory; what is not released beyond that, which is a
/// body that may hold messages, goes to an unlinked temporary file in TMPDIR, or /tmp, of spool_bytes at most. Beyond those
/// the oldest bytes are lost.
class kept_input : public input_stream {
public:
    static constexpr std::size_t memory_bytes = std::size_t{1} << 23;
    static constexpr std::size_t spool_bytes = std::size_t{1} << 30;

    /// The sizes are for tests, and multiples of 256 KiB.
    explicit kept_input(std::size_t in_memory = memory_bytes, std::size_t spooled = spool_bytes) noexcept
        : most_in_memory_(in_memory), most_spooled_(spooled) {}
    ~kept_input() override;

    [[nodiscard]] std::size_t read(std::size_t offset, char* into, std::size_t size) final;
    void release(std::size_t offset) final { released_ = offset; }
    [[nodiscard]] std::size_t oldest() const final;
    [[nodiscard]] bool can_keep_to(std::size_t offset) const final {
        return offset - released_ <= most_in_memory_ + most_spooled_;
    }

protected:
    /// The next bytes, `size` at most; 0 at the end, or after a failure that failure_ tells.
    virtual std::size_t fill(char* into, std::size_t size) = 0;

private:
    static constexpr std::size_t block_bytes = std::size_t{1} << 18;

    bool read_more();
    void make_block();
    void spool(const char* block);

    std::size_t most_in_memory_;
    std::size_t most_spooled_;
    std::deque<std::unique_ptr<char[]>> blocks_;
    std::size_t blocks_begin_ = 0;
    std::size_t end_ = 0;
    bool ended_ = false;
    std::size_t released_ = 0;
    int spool_ = -1;
    std::size_t spool_begin_ =
        0;  // the stretch of the input that the file has, each byte at its offset modulo the size
    std::size_t spool_end_ = 0;
};

}  // namespace authlint

#endif
