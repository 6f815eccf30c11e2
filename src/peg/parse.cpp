#include <authgrammar/peg/parse.hpp>

#include "run.hpp"

#include <cstdint>
#include <limits>

namespace authgrammar::peg {

namespace {

verdict run(field f, edition e, std::string_view value, const event_sink* sink) noexcept {
    switch (e) {
        case edition::rfc7235: return run_rfc7235(f, value, sink);
        case edition::rfc9110_recipient: return run_rfc9110_recipient(f, value, sink);
        case edition::rfc9110_sender: break;
    }
    return run_rfc9110_sender(f, value, sink);
}

}  // namespace

verdict parse(field f, edition e, std::string_view value, event_sink sink) noexcept {
    if (sink.on_event == nullptr) return recognise(f, e, value);
    if (value.size() > std::numeric_limits<std::uint32_t>::max()) return {false, 0, true};
    return run(f, e, value, &sink);
}

verdict recognise(field f, edition e, std::string_view value) noexcept { return run(f, e, value, nullptr); }

}  // namespace authgrammar::peg
