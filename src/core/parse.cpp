#include <authgrammar/parse.hpp>
#include <authgrammar/tokenizer.hpp>

namespace authgrammar {

namespace {

struct forward {
    event_sink sink;
    bool on_event(const event& e) const noexcept { return sink(e); }
};

[[gnu::cold, gnu::noinline]] error wrong_kind() noexcept {
    error e{};
    e.code = error_code::wrong_field_kind;
    e.expected = "a field of the kind that this function reads";
    return e;
}

[[gnu::noinline]] error refused(const tokenizer& t, const field_value& value) noexcept {
    error e = t.last_error();
    if (value.line_count() == 1) return e;
    const field_position at = value.locate(e.offset);
    e.line = at.line;
    e.offset = at.offset;
    return e;
}

[[gnu::noinline]] error refused(const tokenizer& t, const field_value& value, const event_buffer& events) noexcept {
    error e = refused(t, value);
    if (!events.full()) return e;
    e.code = error_code::event_buffer_full;
    e.expected = "room for more events";
    return e;
}

template <typename Consumer>
[[nodiscard]] bool read(tokenizer& t, const field_value& value, Consumer& consumer) noexcept {
    error_code code = error_code::none;
    if (value.line_count() == 1) {
        code = t.feed(value.line(0), consumer);
    } else {
        value.for_each_piece(0, value.size(), [&](std::string_view piece) {
            code = t.feed(piece, consumer);
            return code == error_code::none;
        });
    }
    return code == error_code::none && t.finish(consumer) == error_code::none;
}

/// Credentials of a scheme and a token68 in one line, as most are. False: they are none, or need a closer look.
[[nodiscard]] bool read_token68(const field_value& value, event_buffer& events, const limits& bounds) noexcept {
    if (value.line_count() != 1) return false;
    const std::string_view line = value.line(0);
    using room = detail::event_room<event_buffer>;
    event* const out = room::next(events);
    if (line.empty() || line.size() > bounds.total_bytes || bounds.challenges == 0 || events.capacity() < 4 ||
        !detail::active_kernels->credentials(line.data(), line.size(), out)) {
        return false;
    }
    if (out[1].end > bounds.name_length || out[2].end - out[2].begin > bounds.value_length) return false;
    room::take_up_to(events, out + 4);
    return true;
}

}  // namespace

result<void> parse(field f, const field_value& value, event_sink sink, const parse_options& options) noexcept {
    forward consumer{sink};
    tokenizer t(f, options.language, options.limit);
    if (!read(t, value, consumer)) return refused(t, value);
    return {};
}

result<challenges> parse_challenges(field f, const field_value& value, event_buffer& events,
                                    const parse_options& options) noexcept {
    if (kind_of(f) != field_kind::challenges) return wrong_kind();
    events.clear();
    tokenizer t(f, options.language, options.limit);
    if (!read(t, value, events)) return refused(t, value, events);
    return challenges{value, events};
}

result<credentials> parse_credentials(field f, const field_value& value, event_buffer& events,
                                      const parse_options& options) noexcept {
    if (kind_of(f) != field_kind::credentials) return wrong_kind();
    events.clear();
    if (!read_token68(value, events, options.limit)) {
        tokenizer t(f, options.language, options.limit);
        if (!read(t, value, events)) return refused(t, value, events);
    }
    return credentials{value, events.begin(), events.end()};
}

result<auth_params> parse_info(field f, const field_value& value, event_buffer& events,
                               const parse_options& options) noexcept {
    if (kind_of(f) != field_kind::info) return wrong_kind();
    events.clear();
    tokenizer t(f, options.language, options.limit);
    if (!read(t, value, events)) return refused(t, value, events);
    return auth_params{value, events};
}

}  // namespace authgrammar
