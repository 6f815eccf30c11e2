#ifndef AUTHGRAMMAR_AUDIT_MESSAGE_QUEUE_HPP
#define AUTHGRAMMAR_AUDIT_MESSAGE_QUEUE_HPP

#include <authgrammar/audit/message.hpp>

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

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
        spare_header_ = std::move(m.header);
        m.header = nullptr;
        return m;
    }

    /// The same for one that will have a header section: its `header` has the memory of an earlier one, and bytes of it.
    message& add_with_header() {
        message& m = add();
        m.header = std::move(spare_header_);
        return m;
    }

    void drop_last() noexcept { --filled_; }

    [[nodiscard]] bool empty() const noexcept { return taken_ == filled_; }

    /// Whether there ever was one.
    [[nodiscard]] bool ever_used() const noexcept { return used_; }

    /// Moves the first one to `m`; false if there is none.
    bool take(message& m) {
        if (empty()) return false;
        message& slot = slots_[taken_++];
        memory of_m(m);
        m = std::move(slot);
        of_m.give(slot);
        if (empty()) taken_ = filled_ = 0;
        return true;
    }

private:
    /// What a message has allocated.
    class memory {
    public:
        explicit memory(message& m) noexcept
            : lines_(std::move(m.lines)), unreadable_(std::move(m.unreadable)), header_(std::move(m.header)) {}

        /// Gives it to a message that has none.
        void give(message& m) noexcept {
            m.lines.swap(lines_);
            m.unreadable.swap(unreadable_);
            m.header.swap(header_);
        }

        void clear() noexcept {
            lines_.clear();
            unreadable_.clear();
        }

    private:
        std::vector<field_line> lines_;
        std::vector<span> unreadable_;
        std::shared_ptr<const std::string> header_;
    };

    /// A message that holds nothing but memory.
    static void reset(message& m) {
        memory of_m(m);
        of_m.clear();
        m = message();
        of_m.give(m);
    }

    std::deque<message> slots_;
    std::shared_ptr<const std::string> spare_header_;
    std::size_t filled_ = 0;
    std::size_t taken_ = 0;
    bool used_ = false;
};

}  // namespace authgrammar::audit

#endif
