#ifndef AUTHGRAMMAR_EVENT_HPP
#define AUTHGRAMMAR_EVENT_HPP

#include <authgrammar/detail/consumer.hpp>
#include <authgrammar/detail/portability.hpp>
#include <authgrammar/export.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace authgrammar {

/// What an event reports (RFC 9110, 11.2 to 11.4 and 11.6.3). Within a challenge or credentials the order is
/// challenge_begin, scheme, then token68 or any number of (param_name, param_value), challenge_end.
/// Authentication-Info and Proxy-Authentication-Info have only param_name and param_value.
enum class event_kind : std::uint8_t {
    challenge_begin,  ///< [begin, begin) of the scheme
    scheme,           ///< the auth-scheme
    token68,          ///< the token68
    param_name,       ///< the token before the "=" of an auth-param
    param_value,      ///< the token or quoted-string after the "="
    challenge_end     ///< [begin of the scheme, end of the last scheme, token68 or value, closing DQUOTE included)
};

/// The stable name of `k`, such as "param_name": a view of static storage. Constant time.
[[nodiscard]] AUTHGRAMMAR_EXPORT std::string_view name_of(event_kind k) noexcept;

/// What a tokenizer or another engine reports of a field value: its bytes [begin, end), in bytes from the start of the
/// value, of which several field lines are joined by ", ". The range of a quoted value excludes its DQUOTEs and
/// includes its backslashes. An event holds offsets only, no view. It has twelve bytes, since events are most of what
/// reading writes: no field value has more than the 2^32 - 1 bytes that its offsets reach (limits::total_bytes).
struct event {
    event_kind kind = event_kind::scheme;
    bool quoted = false;  ///< of a param_value: whether it is a quoted-string; of other kinds: false
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

/// Where an engine sends its events: a function and its context, for an interface that is not a template. Copies of a
/// sink share the context, which must outlive them. A sink without a function accepts every event and drops it.
struct event_sink {
    using function = bool (*)(void* context, const event& e) noexcept;
    function on_event = nullptr;  ///< returns false to stop the engine, and is not called again then
    void* context = nullptr;      ///< passed to every call

    /// Sends `e`. Returns whether the engine is to go on.
    [[nodiscard]] bool operator()(const event& e) const noexcept { return on_event == nullptr || on_event(context, e); }
};

/// A sink that calls `bool on_event(const event&) noexcept` of `consumer`, which must outlive it; a consumer without
/// this member, and one that is const where the member is not, does not compile. A sink sends no text: on_text is never
/// called. Constant time, no allocation.
template <typename Consumer>
[[nodiscard]] event_sink sink_for(Consumer& consumer AUTHGRAMMAR_LIFETIMEBOUND) noexcept {
    static_assert(detail::check_event_consumer<Consumer>());
    // A const consumer is const again when it is called.
    return {[](void* context, const event& e) noexcept { return static_cast<Consumer*>(context)->on_event(e); },
            const_cast<std::remove_const_t<Consumer>*>(&consumer)};
}
template <typename Consumer>
event_sink sink_for(const Consumer&& consumer) = delete;  // a temporary consumer ends before the sink: give it a name

namespace detail {
template <typename Consumer>
struct event_output;
}  // namespace detail

/// A consumer that keeps the events in order, in memory that the caller owns. A value with c challenges and p
/// parameters has at most 4c + 2p events. Not copyable: a copy would write to the same memory. All functions take
/// constant time and none allocates.
class event_buffer {
public:
    /// Room for `capacity` events at `data`, which must outlive the buffer and the views that are made from it. All of
    /// it may be overwritten, beyond size() too. If `data` is null there is no room, whatever the capacity.
    event_buffer(event* data AUTHGRAMMAR_LIFETIMEBOUND, std::size_t capacity) noexcept
        : data_(data), capacity_(data == nullptr ? 0 : capacity) {}
    event_buffer(const event_buffer&) = delete;             // a copy would write to the same memory: pass event_buffer&
    event_buffer& operator=(const event_buffer&) = delete;  // a copy would write to the same memory

    /// Appends `e`. If there is no room it returns false, and full() is true from then on.
    bool on_event(const event& e) noexcept {
        if (size_ == capacity_) {
            full_ = true;
            return false;
        }
        data_[size_++] = e;
        return true;
    }

    /// The events. They stay until clear() or the next parse into this buffer. `i` must be less than size().
    [[nodiscard]] const event* begin() const noexcept { return data_; }
    [[nodiscard]] const event* end() const noexcept { return data_ + size_; }
    [[nodiscard]] const event& operator[](std::size_t i) const noexcept { return data_[i]; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }          ///< number of events
    [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }  ///< room, in events
    [[nodiscard]] bool full() const noexcept { return full_; }  ///< whether an event was refused for want of room

    /// Forgets all events. Views that were made from them are no longer valid.
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

/// An event_buffer with room for `Capacity` events, of sizeof(event) bytes each, inside itself. It must outlive the
/// views that are made from it.
template <std::size_t Capacity>
class inline_event_buffer : public event_buffer {
    static_assert(Capacity != 0, "an inline_event_buffer has room for at least one event");

public:
    inline_event_buffer() noexcept : event_buffer(storage_, Capacity) {}

private:
    event storage_[Capacity];
};

}  // namespace authgrammar

#endif
