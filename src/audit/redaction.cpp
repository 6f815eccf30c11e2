#include <authgrammar/audit/redaction.hpp>

#include <algorithm>
#include <iterator>

namespace authgrammar::audit {

namespace {

/// Where the events end that may be believed: of a value that is not valid, those up to the last complete parameter,
/// but always its scheme.
std::vector<event>::const_iterator trusted_end(const std::vector<event>& events, bool valid) noexcept {
    auto end = events.end();
    if (valid) return end;
    while (end != events.begin() && std::prev(end)->kind == event_kind::param_name) --end;
    return end;
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
    const auto end = trusted_end(events, valid);
    for (auto e = events.begin(); e != end; ++e) {
        const std::size_t quote = e->quoted ? 1 : 0;
        switch (e->kind) {
            case event_kind::scheme: add(e->end, false); break;
            case event_kind::token68:
                add(e->begin, false);
                add(e->end, true);
                break;
            case event_kind::param_value:
                add(e->begin - quote, false);
                add(e->end + quote, true);
                break;
            // A name is shown with what stands before its value.
            case event_kind::param_name:
            case event_kind::challenge_begin:
            case event_kind::challenge_end: break;
        }
    }
    add(std::min(value.find_first_not_of(" \t,", done), value.size()), false);
    add(value.size(), true);
    return pieces;
}

}  // namespace authgrammar::audit
