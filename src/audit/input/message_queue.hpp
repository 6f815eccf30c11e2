#ifndef AUTHGRAMMAR_AUDIT_MESSAGE_QUEUE_HPP
#define AUTHGRAMMAR_AUDIT_MESSAGE_QUEUE_HPP

#include <authgrammar/audit/message.hpp>

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <utility>

namespace authgrammar::audit {

/// Messages that were read and not yet taken. The first one goes straight to the message that waits for it, if there is one.
/// The memory of those that were taken is used again.
class message_queue {
public:
    /// Puts the next message that is added in place of `m`, until stop_waiting().
    void wait(message& m) noexcept { waiting_ = &m; }

    /// Whether a message was added since wait().
    bool stop_waiting() noexcept { return std::exchange(waiting_, nullptr) == nullptr; }
    [[nodiscard]] bool is_waiting() const noexcept { return waiting_ != nullptr; }

    /// Where the next message will be added, with what is there now.
    [[nodiscard]] message& place() {
        if (waiting_ != nullptr) return *waiting_;
        if (filled_ == slots_.size()) slots_.emplace_back();
        return slots_[filled_];
    }

    /// Adds the message that was put there.
    void add_placed() noexcept {
        used_ = true;
        if (waiting_ == nullptr) {
            ++filled_;
        } else {
            waiting_ = nullptr;
        }
    }

    /// Adds an empty one, which stays in its place until it is taken.
    message& add() {
        message& m = place();
        add_placed();
        clear(m);
        return m;
    }

    /// The same for one that will have a header section: its `header` may have memory, and bytes, of an earlier one.
    message& add_with_header() {
        message& m = place();
        add_placed();
        clear_all_but_header(m);
        if (m.header == nullptr) m.header = std::move(spare_header_);
        return m;
    }

    /// Empties a message, whose memory is kept.
    void clear(message& m) noexcept {
        clear_all_but_header(m);
        if (m.header != nullptr) spare_header_ = std::move(m.header);
    }

    [[nodiscard]] bool empty() const noexcept { return taken_ == filled_; }

    /// Whether there ever was one.
    [[nodiscard]] bool ever_used() const noexcept { return used_; }

    /// Moves the first one to `m`; false if there is none.
    bool take(message& m) noexcept {
        if (empty()) return false;
        std::swap(m, slots_[taken_++]);
        if (empty()) taken_ = filled_ = 0;
        return true;
    }

private:
    static void clear_all_but_header(message& m) noexcept {
        static_cast<message_facts&>(m) = {};
        m.lines.clear();
        m.unreadable.clear();
    }

    message* waiting_ = nullptr;
    std::deque<message> slots_;
    std::shared_ptr<const std::string> spare_header_;
    std::size_t filled_ = 0;
    std::size_t taken_ = 0;
    bool used_ = false;
};

}  // namespace authgrammar::audit

#endif
