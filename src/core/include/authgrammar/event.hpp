#ifndef AUTHGRAMMAR_EVENT_HPP
#define AUTHGRAMMAR_EVENT_HPP

#include <authgrammar/export.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace authgrammar {

/// What an event reports. Within a challenge (or credentials) the order is
/// challenge_begin, scheme, then token68 or any number of (param_name, param_value), challenge_end.
/// Authentication-Info and Proxy-Authentication-Info have only param_name and param_value.
enum class event_kind : std::uint8_t {
    challenge_begin,  ///< [begin, begin) of the scheme
    scheme,           ///< auth-scheme
    token68,          ///< token68
    param_name,       ///< the token before "=" of an auth-param
    param_value,      ///< the token or quoted-string after "="
    challenge_end     ///< [begin of the scheme, end of the last scheme, token68 or value, closing DQUOTE included)
};

/// The stable name of `k`, such as "param_name". The view is of static storage.
[[nodiscard]] AUTHGRAMMAR_EXPORT std::string_view name_of(event_kind k) noexcept;

/// One piece of meaning in a field value: the bytes [begin, end), counted from the start of the value.
/// The range of a quoted value excludes its DQUOTEs and keeps its escapes. Twelve bytes: events are most of what
/// reading writes, and 2^32 - 1 bytes are more than any field value has (limits::total_bytes).
struct event {
    event_kind kind = event_kind::scheme;
    bool quoted = false;  ///< of a param_value: it is a quoted-string, else a token
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};
static_assert(sizeof(event) == 12);

/// What a fragment of text is, as far as it is known when the fragment arrives. At any moment at most one word is
/// undecided, with two candidates; the fragment or the event that follows it decides.
enum class text_role : std::uint8_t {
    scheme_or_name,   ///< after a list comma: an auth-scheme, or a parameter name
    token68_or_name,  ///< after auth-scheme and 1*SP: a token68, or a parameter name
    scheme,
    token68,
    param_name,
    token_value,  ///< of a parameter
    quoted_value  ///< of a parameter: without its DQUOTEs, escapes kept
};

[[nodiscard]] constexpr bool operator==(const event& a, const event& b) noexcept {
    return a.kind == b.kind && a.quoted == b.quoted && a.begin == b.begin && a.end == b.end;
}
[[nodiscard]] constexpr bool operator!=(const event& a, const event& b) noexcept { return !(a == b); }

/// Where an engine puts its events: a function and its context, so that any engine can drive any consumer
/// across a library's border. `on_event` returns false to stop the engine. Copies of a sink share the context.
/// A sink that is called has a function.
struct event_sink {
    using function = bool (*)(void* context, const event& e) noexcept;
    function on_event = nullptr;
    void* context = nullptr;

    [[nodiscard]] bool operator()(const event& e) const noexcept { return on_event(context, e); }
};

/// Makes a sink of any object with `bool on_event(const event&) noexcept`. The object must outlive the sink.
template <typename Consumer>
[[nodiscard]] event_sink sink_for(Consumer& consumer) noexcept {
    return {[](void* context, const event& e) noexcept { return static_cast<Consumer*>(context)->on_event(e); },
            &consumer};
}

namespace detail {
template <typename Consumer>
struct event_output;
}  // namespace detail

/// Events in order, in memory that the caller owns. A value with c challenges and p parameters has at most
/// 4c + 2p events. When the memory is full, on_event() answers false and full() turns true. Memory of the capacity
/// beyond size() is overwritten at will.
class event_buffer {
public:
    event_buffer(event* data, std::size_t capacity) noexcept : data_(data), capacity_(capacity) {}

    bool on_event(const event& e) noexcept {
        if (size_ == capacity_) {
            full_ = true;
            return false;
        }
        data_[size_++] = e;
        return true;
    }

    [[nodiscard]] const event* begin() const noexcept { return data_; }
    [[nodiscard]] const event* end() const noexcept { return data_ + size_; }
    [[nodiscard]] const event& operator[](std::size_t i) const noexcept { return data_[i]; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
    [[nodiscard]] bool full() const noexcept { return full_; }  ///< an event was refused for want of room
    void clear() noexcept {
        size_ = 0;
        full_ = false;
    }

private:
    template <typename Consumer>
    friend struct detail::event_output;

    event* data_;
    std::size_t capacity_;
    std::size_t size_ = 0;
    bool full_ = false;
};

/// An event_buffer with room for `Capacity` events inside itself. Not copyable: views point into it.
template <std::size_t Capacity>
class inline_event_buffer : public event_buffer {
public:
    inline_event_buffer() noexcept : event_buffer(storage_, Capacity) {}
    inline_event_buffer(const inline_event_buffer&) = delete;
    inline_event_buffer& operator=(const inline_event_buffer&) = delete;

private:
    event storage_[Capacity];
};

}  // namespace authgrammar

#endif
