#include <authgrammar/audit/redaction.hpp>

#include <algorithm>

namespace authgrammar::audit {

namespace {

/// The events that may be believed: of a value that is not valid, those up to the last complete parameter, but
/// always its scheme.
std::size_t trusted(const std::vector<event>& events, bool valid) noexcept {
    std::size_t count = events.size();
    if (valid) return count;
    while (count != 0 && events[count - 1].kind == event_kind::param_name) --count;
    return count;
}

}  // namespace

std::vector<shown_piece> redact(std::string_view value, const std::vector<event>& events, bool valid) {
    std::vector<shown_piece> pieces;
    std::size_t done = 0;
    const auto add = [&](std::size_t end, bool secret) {
        if (end == done) return;
        if (!pieces.empty() && pieces.back().secret == secret) {
            pieces.back().end = end;
        } else {
            pieces.push_back({done, end, secret});
        }
        done = end;
    };
    const std::size_t count = trusted(events, valid);
    for (std::size_t i = 0; i < count; ++i) {
        const event& e = events[i];
        switch (e.kind) {
            case event_kind::scheme:
            case event_kind::param_name: add(e.end, false); break;
            case event_kind::token68:
                add(e.begin, false);
                add(e.end, true);
                break;
            case event_kind::param_value:
                add(e.begin - (e.quoted ? 1 : 0), false);
                add(e.end + (e.quoted ? 1 : 0), true);
                break;
            case event_kind::challenge_begin:
            case event_kind::challenge_end: break;
        }
    }
    add(std::min(value.find_first_not_of(" \t,", done), value.size()), false);
    add(value.size(), true);
    return pieces;
}

}  // namespace authgrammar::audit
