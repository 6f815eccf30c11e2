#ifndef AUTHLINT_FORMATS_BYTE_SOURCE_HPP
#define AUTHLINT_FORMATS_BYTE_SOURCE_HPP

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace authlint {

/// Bytes that come piece by piece.
class byte_source {
public:
    byte_source() = default;
    byte_source(const byte_source&) = delete;
    byte_source& operator=(const byte_source&) = delete;
    virtual ~byte_source() = default;

    /// The next bytes, good until the next call; none at the end, or after a failure.
    [[nodiscard]] virtual std::string_view next() = 0;

    /// Why the bytes ended early, for people, without a full stop; empty if they did not.
    [[nodiscard]] virtual std::string failure() const { return {}; }
};

/// The bytes of a text, which must outlive it.
class text_source : public byte_source {
public:
    explicit text_source(std::string_view text, std::size_t piece = std::string_view::npos)
        : rest_(text), piece_(piece) {}
    std::string_view next() override;

private:
    std::string_view rest_;
    std::size_t piece_;
};

/// Another source, of which some bytes are left out or changed.
class filtered_source : public byte_source {
public:
    explicit filtered_source(std::unique_ptr<byte_source> source) : source_(std::move(source)) {}
    std::string_view next() final;
    [[nodiscard]] std::string failure() const final { return source_->failure(); }

protected:
    /// Takes the next byte, and appends to `out` what is to be read in its place.
    virtual void take(char c, std::string& out) = 0;

private:
    std::unique_ptr<byte_source> source_;
    std::string out_;
};

/// What a file descriptor gives, which is read but not closed.
class descriptor_source : public byte_source {
public:
    explicit descriptor_source(int descriptor) : descriptor_(descriptor) {}
    std::string_view next() override;
    [[nodiscard]] std::string failure() const override { return failure_; }

private:
    int descriptor_;
    std::string buffer_;
    std::string failure_;
};

/// Another source, whose first bytes can be looked at before they are read.
class peeked_source : public byte_source {
public:
    explicit peeked_source(std::unique_ptr<byte_source> source) : source_(std::move(source)) {}

    /// The first `size` bytes and those that came with them, or all if there are not so many. Before the first call of next().
    [[nodiscard]] std::string_view peek(std::size_t size);

    /// Leaves out `size` of the bytes that peek() gave.
    void drop(std::size_t size) { start_.erase(0, size); }

    std::string_view next() override;
    [[nodiscard]] std::string failure() const override { return source_->failure(); }

private:
    std::unique_ptr<byte_source> source_;
    std::string start_;
    bool given_ = false;
    bool ended_ = false;
};

}  // namespace authlint

#endif
