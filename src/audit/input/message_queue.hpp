#ifndef AUTHGRAMMAR_AUDIT_MESSAGE_QUEUE_HPP
#define AUTHGRAMMAR_AUDIT_MESSAGE_QUEUE_HPP

#include <authgrammar/audit/message.hpp>

#include <cstddef>
#include <deque>
#include <utility>

namespace authgrammar::audit {

/// Messages that were read and not yet taken. The memory of those that were is used again.
class message_queue {
public:
    /// A new one at the end, which stays in its place until it is taken.
    message& add() {
        used_ = true;
        if (filled_ == slots_.size()) slots_.emplace_back();
        message& m = slots_[filled_++];
        reset(m);
        return m;
    }

    void drop_last() noexcept { --filled_; }

    [[nodiscard]] bool empty() const noexcept { return taken_ == filled_; }

    /// Whether there ever was one.
    [[nodiscard]] bool ever_used() const noexcept { return used_; }

    /// Moves the first one to `m`; false if there is none.
    bool take(message& m) {
        if (empty()) return false;
        std::swap(m, slots_[taken_++]);
        if (empty()) taken_ = filled_ = 0;
        return true;
    }

private:
    /// A message that holds nothing but memory.
    static void reset(message& m) {
        message fresh;
        fresh.lines.swap(m.lines);
        fresh.lines.clear();
        fresh.unreadable.swap(m.unreadable);
        fresh.unreadable.clear();
        fresh.header = std::move(m.header);
        m = std::move(fresh);
    }

    std::deque<message> slots_;
    std::size_t filled_ = 0;
    std::size_t taken_ = 0;
    bool used_ = false;
};

}  // namespace authgrammar::audit

#endif
