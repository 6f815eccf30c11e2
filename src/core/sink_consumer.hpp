#ifndef AUTHGRAMMAR_CORE_SINK_CONSUMER_HPP
#define AUTHGRAMMAR_CORE_SINK_CONSUMER_HPP

#include <authgrammar/event.hpp>

namespace authgrammar::detail {

/// A consumer that sends each event to a sink.
struct sink_consumer {
    event_sink sink;
    bool on_event(const event& e) const noexcept { return sink(e); }
};

}  // namespace authgrammar::detail

#endif
