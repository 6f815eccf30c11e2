#ifndef AUTHGRAMMAR_TESTS_PEG_EVENT_LOG_HPP
#define AUTHGRAMMAR_TESTS_PEG_EVENT_LOG_HPP

#include <authgrammar/peg/parse.hpp>

#include <cstddef>
#include <ostream>
#include <vector>

namespace authgrammar {

inline void PrintTo(const event& e, std::ostream* out) {
    *out << name_of(e.kind) << (e.quoted ? " (quoted) [" : " [") << e.begin << ", " << e.end << ')';
}

}  // namespace authgrammar

namespace authgrammar::test {

/// Keeps the events, and refuses the one after `capacity`.
struct event_log {
    std::vector<event> events;
    std::size_t capacity = static_cast<std::size_t>(-1);
    std::size_t calls = 0;

    bool on_event(const event& e) noexcept {
        ++calls;
        if (events.size() == capacity) return false;
        events.push_back(e);
        return true;
    }
};

inline event begins(std::uint32_t at) { return {event_kind::challenge_begin, false, at, at}; }
inline event scheme(std::uint32_t begin, std::uint32_t end) { return {event_kind::scheme, false, begin, end}; }
inline event token68(std::uint32_t begin, std::uint32_t end) { return {event_kind::token68, false, begin, end}; }
inline event name(std::uint32_t begin, std::uint32_t end) { return {event_kind::param_name, false, begin, end}; }
inline event value(std::uint32_t begin, std::uint32_t end) { return {event_kind::param_value, false, begin, end}; }
inline event quoted(std::uint32_t begin, std::uint32_t end) { return {event_kind::param_value, true, begin, end}; }
inline event ends(std::uint32_t begin, std::uint32_t end) { return {event_kind::challenge_end, false, begin, end}; }

}  // namespace authgrammar::test

#endif
