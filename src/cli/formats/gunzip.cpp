#include "formats/gunzip.hpp"

#if AUTHLINT_HAS_ZLIB
#include <zlib.h>
#endif

#include <algorithm>
#include <limits>
#include <utility>

namespace authlint {

#if AUTHLINT_HAS_ZLIB

namespace {

class gzip_source : public byte_source {
public:
    explicit gzip_source(std::unique_ptr<byte_source> source)
        : source_(std::move(source)), out_(std::size_t{1} << 16, '\0') {
        ready_ = inflateInit2(&state_, gzip_only) == Z_OK;
        if (!ready_) failure_ = "no memory for gzip data";
    }
    ~gzip_source() override {
        if (ready_) inflateEnd(&state_);
    }

    std::string_view next() override {
        while (failure_.empty()) {
            if (in_.empty() && !refill()) return {};
            if (between_ && !begin_member()) return {};
            const std::size_t made = inflate_some();
            if (made != 0) return std::string_view(out_).substr(0, made);
        }
        return {};
    }

    [[nodiscard]] std::string failure() const override { return failure_; }

private:
    static constexpr int gzip_only = 15 + 16;  // the largest window, and gzip's own header and trailer

    bool refill() {
        in_ = source_->next();
        if (!in_.empty()) return true;
        failure_ = source_->failure();
        if (failure_.empty() && !between_) failure_ = "the gzip data end early, at byte " + std::to_string(read_);
        return false;
    }

    /// Behind the last member there may be NULs, with which some tools fill up a file.
    bool begin_member() {
        while (members_ != 0 && in_.find_first_not_of('\0') != 0) {
            const std::size_t fill = std::min(in_.find_first_not_of('\0'), in_.size());
            in_.remove_prefix(fill);
            read_ += fill;
            if (in_.empty() && !refill()) return false;
        }
        between_ = false;
        ++members_;
        return inflateReset(&state_) == Z_OK;
    }

    std::size_t inflate_some() {
        constexpr std::size_t most = std::numeric_limits<uInt>::max();
        const auto given = static_cast<uInt>(std::min(in_.size(), most));
        // zlib reads through this pointer and does not write.
        state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in_.data()));  // NOLINT
        state_.avail_in = given;
        state_.next_out = reinterpret_cast<Bytef*>(out_.data());  // NOLINT
        state_.avail_out = static_cast<uInt>(out_.size());
        const int result = inflate(&state_, Z_NO_FLUSH);
        const std::size_t taken = given - state_.avail_in;
        in_.remove_prefix(taken);
        read_ += taken;
        if (result == Z_STREAM_END) {
            between_ = true;
        } else if (result != Z_OK && result != Z_BUF_ERROR) {
            failure_ = "the gzip data are damaged at byte " + std::to_string(read_);
        }
        return out_.size() - state_.avail_out;
    }

    std::unique_ptr<byte_source> source_;
    z_stream state_{};
    std::string_view in_;
    std::string out_;
    std::string failure_;
    std::size_t read_ = 0;
    std::size_t members_ = 0;
    bool between_ = true;
    bool ready_ = false;
};

}  // namespace

bool can_gunzip() noexcept { return true; }

std::unique_ptr<byte_source> gunzip(std::unique_ptr<byte_source> source) {
    return std::make_unique<gzip_source>(std::move(source));
}

#else

bool can_gunzip() noexcept { return false; }

std::unique_ptr<byte_source> gunzip(std::unique_ptr<byte_source>) { return nullptr; }

#endif

}  // namespace authlint
