#ifndef AUTHGRAMMAR_DETAIL_EVENT_OUTPUT_HPP
#define AUTHGRAMMAR_DETAIL_EVENT_OUTPUT_HPP

#include <authgrammar/event.hpp>

#include <cstddef>

namespace authgrammar::detail {

/// Where events that are read at once go: straight into an event_buffer; for other consumers into memory between.
template <typename Consumer>
struct event_output {
    static constexpr bool direct = false;
};
template <>
struct event_output<event_buffer> {
    static constexpr bool direct = true;
    [[nodiscard]] static event* next(event_buffer& b) noexcept { return b.data_ + b.size_; }
    [[nodiscard]] static event* last(event_buffer& b) noexcept { return b.data_ + b.capacity_; }
    [[nodiscard]] static std::size_t room(const event_buffer& b) noexcept { return b.capacity_ - b.size_; }
    static void add(event_buffer& b, std::size_t count) noexcept { b.size_ += count; }
    static void set_end(event_buffer& b, const event* end) noexcept {
        b.size_ = static_cast<std::size_t>(end - b.data_);
    }
};
template <std::size_t Capacity>
struct event_output<inline_event_buffer<Capacity>> : event_output<event_buffer> {};

/// Accepts some events and refuses the next.
struct refusing_consumer {
    std::ptrdiff_t accepts;
    bool on_event(const event&) noexcept { return accepts-- > 0; }
};

/// Whether a consumer's events may be read at once. A refusing one goes again over what was read so.
template <typename Consumer>
struct reads_in_bulk {
    static constexpr bool value = true;
};
template <>
struct reads_in_bulk<refusing_consumer> {
    static constexpr bool value = false;
};

}  // namespace authgrammar::detail

#endif
