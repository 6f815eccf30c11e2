#include <authgrammar/parse.hpp>
#include <authgrammar/tokenizer.hpp>

namespace authgrammar {

namespace {

struct forward {
    event_sink sink;
    bool on_event(const event& e) const noexcept { return sink(e); }
};

error wrong_kind() noexcept {
    error e{};
    e.code = error_code::wrong_field_kind;
    e.expected = "a field of the kind that this function reads";
    return e;
}

template <typename Consumer>
result<void> read_with(field f, const field_value& value, Consumer& consumer, const parse_options& options) noexcept {
    tokenizer t(f, options.language, options.limit);
    error_code code = error_code::none;
    if (value.line_count() == 1) {
        code = t.feed(value.line(0), consumer);
    } else {
        value.for_each_piece(0, value.size(), [&](std::string_view piece) {
            code = t.feed(piece, consumer);
            return code == error_code::none;
        });
    }
    if (code == error_code::none) code = t.finish(consumer);
    if (code == error_code::none) return {};
    error e = t.last_error();
    const field_position at = value.locate(e.offset);
    e.line = at.line;
    e.offset = at.offset;
    return e;
}

/// Reads a value into `events`; a refused event is the buffer's want of room.
result<void> read(field f, const field_value& value, event_buffer& events, const parse_options& options) noexcept {
    events.clear();
    result<void> outcome = read_with(f, value, events, options);
    if (!outcome && events.full()) {
        error e = outcome.error();
        e.code = error_code::event_buffer_full;
        e.expected = "room for more events";
        outcome = e;
    }
    return outcome;
}

}  // namespace

result<void> parse(field f, const field_value& value, event_sink sink, const parse_options& options) noexcept {
    forward consumer{sink};
    return read_with(f, value, consumer, options);
}

result<challenges> parse_challenges(field f, const field_value& value, event_buffer& events,
                                    const parse_options& options) noexcept {
    if (kind_of(f) != field_kind::challenges) return wrong_kind();
    const result<void> outcome = read(f, value, events, options);
    if (!outcome) return outcome.error();
    return challenges{value, events};
}

result<credentials> parse_credentials(field f, const field_value& value, event_buffer& events,
                                      const parse_options& options) noexcept {
    if (kind_of(f) != field_kind::credentials) return wrong_kind();
    const result<void> outcome = read(f, value, events, options);
    if (!outcome) return outcome.error();
    return credentials{value, events.begin(), events.end()};
}

result<auth_params> parse_info(field f, const field_value& value, event_buffer& events,
                               const parse_options& options) noexcept {
    if (kind_of(f) != field_kind::info) return wrong_kind();
    const result<void> outcome = read(f, value, events, options);
    if (!outcome) return outcome.error();
    return auth_params{value, events};
}

}  // namespace authgrammar
