#ifndef AUTHGRAMMAR_TESTS_AUDIT_PIECES_HPP
#define AUTHGRAMMAR_TESTS_AUDIT_PIECES_HPP

#include <authgrammar/audit/input_source.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace authgrammar::audit::testing {

/// A text in pieces, of which what was released cannot be read again.
class pieces : public input_source {
public:
    pieces(std::string_view text, std::size_t piece, std::size_t cut = std::string_view::npos)
        : text_(text), piece_(piece), cut_(cut) {}

    std::size_t read(std::size_t offset, char* into, std::size_t size) override {
        if (offset < released_) throw std::logic_error("read behind what was released");
        if (offset >= text_.size()) return 0;
        std::size_t n = std::min({size, piece_, text_.size() - offset});
        if (offset < cut_) n = std::min(n, cut_ - offset);
        std::memcpy(into, text_.data() + offset, n);
        total += n;
        furthest = std::max(furthest, offset + n);
        most_asked = std::max(most_asked, size);
        most_kept = std::max(most_kept, furthest - released_);
        return n;
    }
    void release(std::size_t offset) override { released_ = std::max(released_, offset); }
    void begin_message(std::size_t offset) override { begins.push_back(offset); }
    bool can_keep_to(std::size_t offset) const override { return offset - released_ <= can_keep; }
    std::size_t oldest() const override { return furthest - released_ <= can_keep ? released_ : furthest - can_keep; }

    std::size_t furthest = 0;           ///< what was read
    std::size_t total = 0;              ///< that was read, each time
    std::vector<std::size_t> begins{};  ///< of messages, as they were told
    std::size_t most_kept = 0;          ///< of what was not released
    std::size_t most_asked = 0;         ///< at once
    std::size_t can_keep = std::string_view::npos;

private:
    std::string_view text_;
    std::size_t piece_;
    std::size_t cut_;
    std::size_t released_ = 0;
};

}  // namespace authgrammar::audit::testing

#endif
