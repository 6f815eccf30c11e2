#include "options.hpp"

#include <authgrammar/parse.hpp>

#include <cstdint>
#include <new>
#include <optional>

using namespace authgrammar;
using namespace authgrammar::c;

static_assert(sizeof(authgrammar_event) == sizeof(event) && alignof(authgrammar_event) == alignof(event));
static_assert(offsetof(authgrammar_event, begin) == offsetof(event, begin));
static_assert(offsetof(authgrammar_event, end) == offsetof(event, end));
static_assert(offsetof(authgrammar_event, quoted) == offsetof(event, quoted) && sizeof(bool) == 1);

namespace {

/// The room that the array of lines takes at the end of that for events.
constexpr std::size_t events_of_line = 2;
static_assert(events_of_line * sizeof(event) >= sizeof(std::string_view) + alignof(std::string_view));

/// The value of the lines. Several of them are listed at the end of the `capacity` events, of which fewer are left then.
/// Nothing if there is no room.
std::optional<field_value> value_of(const authgrammar_text* lines, std::size_t count, authgrammar_event* events,
                                    std::size_t& capacity) noexcept {
    if (count == 0) return field_value();
    if (count == 1) return field_value(view(lines[0]));
    if (count > capacity / events_of_line) return std::nullopt;
    auto at = reinterpret_cast<std::uintptr_t>(events + capacity) - count * sizeof(std::string_view);
    at -= at % alignof(std::string_view);
    auto* const list = reinterpret_cast<std::string_view*>(at);
    for (std::size_t i = 0; i < count; ++i) ::new (static_cast<void*>(list + i)) std::string_view(view(lines[i]));
    capacity -= count * events_of_line;
    return field_value(list, count);
}

error read(field f, const field_value& value, event_buffer& events, const parse_options& options) noexcept {
    switch (kind_of(f)) {
        case field_kind::challenges:
            if (const auto read = parse_challenges(f, value, events, options); !read) return read.error();
            break;
        case field_kind::credentials:
            if (const auto read = parse_credentials(f, value, events, options); !read) return read.error();
            break;
        case field_kind::info:
            if (const auto read = parse_info(f, value, events, options); !read) return read.error();
            break;
    }
    return {};
}

authgrammar_code no_room_for_lines(authgrammar_error* out) noexcept {
    error e{};
    e.code = error_code::event_buffer_full;
    e.expected = "room for two events more for each field line";
    return answer(e, out);
}

}  // namespace

authgrammar_code authgrammar_parse(authgrammar_reading* reading, authgrammar_field f, const authgrammar_text* lines,
                                   std::size_t line_count, const authgrammar_options* options,
                                   authgrammar_event* events, std::size_t capacity, authgrammar_error* error) {
    if (reading != nullptr) *reading = {};
    parse_options how{};
    if (reading == nullptr || !is_field(f) || !are_texts(lines, line_count) || !read_options(options, how) ||
        !is_array(events, capacity, sizeof *events)) {
        return refuse(AUTHGRAMMAR_ERR_INVALID_ARGUMENT, error);
    }
    const std::optional<field_value> value = value_of(lines, line_count, events, capacity);
    if (!value) return no_room_for_lines(error);
    event_buffer buffer(reinterpret_cast<event*>(events), capacity);
    const auto which = static_cast<field>(f);
    const authgrammar::error e = read(which, *value, buffer, how);
    if (e.code == error_code::none) {
        reading->field = f;
        reading->events = events;
        reading->event_count = buffer.size();
        if (kind_of(which) == field_kind::info)
            reading->params = to_c(auth_params(*value, buffer));
        else
            keep(challenges(*value, buffer), reading->private_view);
    }
    return answer(e, error);
}
