#include <authgrammar/detail/portability.hpp>
#include <authgrammar/parse.hpp>
#include <authgrammar/tokenizer.hpp>

#include "bulk/kernels.hpp"
#include "sink_consumer.hpp"

namespace authgrammar {

namespace detail {

/// Reads a whole value with a tokenizer of its own.
class value_reader {
public:
    value_reader(field f, const parse_options& options) noexcept : t_(f, options.language, options.limit) {}

    template <typename Consumer>
    [[nodiscard]] bool read(const field_value& value, Consumer& consumer) noexcept {
        error_code code = error_code::none;
        if (value.line_count() == 1) {
            code = t_.feed(value.line(0), consumer);
        } else {
            value.for_each_piece(0, value.size(), [&](std::string_view piece) {
                code = t_.feed(piece, consumer);
                return code == error_code::none;
            });
        }
        return code == error_code::none && t_.finish(consumer) == error_code::none;
    }

    /// The same for most values: one line, of which the most part is whole elements.
    [[nodiscard]] bool read_at_once(const field_value& value, event_buffer& events) noexcept {
        if (value.line_count() != 1) return read(value, events);
        const std::string_view line = value.line(0);
        if (line.size() < bulk_functions::shortest || line.size() > t_.limits_->total_bytes) return read(value, events);
        using output = event_output<event_buffer>;
        bulk_chunk chunk{line.data(), line.size(), 0, 0, 0, output::next(events), output::last(events)};
        active_kernels->read_elements(t_, chunk);
        output::set_end(events, chunk.out);
        t_.position_ = static_cast<std::uint32_t>(chunk.at);
        const bool read =
            chunk.at == line.size() ? !t_.word_too_long(t_.state_, t_.position_) : read_rest(line, chunk, events);
        return read && t_.finish(events) == error_code::none;
    }

    [[nodiscard]] const tokenizer& state() const noexcept { return t_; }

private:
    AUTHGRAMMAR_NOINLINE bool read_rest(std::string_view line, const bulk_chunk& from, event_buffer& events) noexcept {
        return !refuses(line[from.at]) && t_.step_through(line, from.at, from.retry_at(), events);
    }

    /// Whether the next byte, or the word before it, is the end of it: what most values end with that are refused.
    [[nodiscard]] bool refuses(char next) noexcept {
        const int c = ag_class_of[static_cast<unsigned char>(next)];
        if (t_.word_too_long(t_.state_, t_.position_)) return true;
        if ((t_.language().step[t_.state_][c] & 0xFF) != AG_DEAD) return false;
        (void)t_.refuse(t_.code_for(t_.state_, c), t_.position_);
        return true;
    }

    tokenizer t_;
};

}  // namespace detail

namespace {

AUTHGRAMMAR_COLD error wrong_kind() noexcept {
    error e{};
    e.code = error_code::wrong_field_kind;
    e.expected = "a field of the kind that this function reads";
    return e;
}

/// The same value. Its words are copied one by one, because the caller has just stored them so; see
/// detail::load_scalar.
field_value copy_of(const field_value& value) noexcept {
    if (value.line_count() != 1) return value;
    const std::string_view line = value.line(0);
    return std::string_view(line.data(), detail::load_scalar(line.size()));
}

error refused(const tokenizer& t, const field_value& value) noexcept {
    error e = t.last_error();
    if (value.line_count() == 1) return e;
    const field_position at = value.locate(e.offset);
    e.line = at.line;
    e.offset = at.offset;
    return e;
}

error refused(const tokenizer& t, const field_value& value, const event_buffer& events) noexcept {
    error e = refused(t, value);
    if (!events.full()) return e;
    e.code = error_code::event_buffer_full;
    e.expected = "room for more events";
    return e;
}

/// Credentials of a scheme and a token68, as most are. False: they are none, or need a closer look.
[[nodiscard]] bool read_token68(std::string_view line, event_buffer& events) noexcept {
    if (events.capacity() < 4 || line.empty()) return false;
    using output = detail::event_output<event_buffer>;
    if (!detail::active_kernels->read_token68_value(line.data(), line.size(), output::next(events))) return false;
    output::add(events, 4);
    return true;
}

/// The same if the line is longer than a name may be. False also if a word is too long.
[[nodiscard]] bool read_long_token68(std::string_view line, event_buffer& events, const limits& bounds) noexcept {
    if (line.size() > bounds.total_bytes || bounds.challenges == 0 || !read_token68(line, events)) return false;
    if (events[1].end <= bounds.name_length && line.size() - events[2].begin <= bounds.value_length) return true;
    events.clear();
    return false;
}

/// Any credentials. A function of its own, so that the common case above gets by with few registers.
AUTHGRAMMAR_NOINLINE result<credentials> read_any_credentials(field f, const field_value& value, event_buffer& events,
                                                              const parse_options& options) noexcept {
    detail::value_reader reader(f, options);
    const bool is_long = value.line_count() == 1 && value.line(0).size() > options.limit.name_length;
    if (!(is_long && read_long_token68(value.line(0), events, options.limit)) && !reader.read_at_once(value, events)) {
        return {error_made_by, [&]() noexcept { return refused(reader.state(), value, events); }};
    }
    return credentials{copy_of(value), events.begin(), events.end()};
}

}  // namespace

result<void> parse(field f, const field_value& value, event_sink sink, const parse_options& options) noexcept {
    detail::sink_consumer consumer{sink};
    detail::value_reader reader(f, options);
    if (!reader.read(value, consumer)) return refused(reader.state(), value);
    return {};
}

result<challenges> parse_challenges(field f, const field_value& value, event_buffer& events,
                                    const parse_options& options) noexcept {
    if (kind_of(f) != field_kind::challenges) return wrong_kind();
    events.clear();
    detail::value_reader reader(f, options);
    if (!reader.read_at_once(value, events)) {
        return {error_made_by, [&]() noexcept { return refused(reader.state(), value, events); }};
    }
    return challenges{copy_of(value), events};
}

result<credentials> parse_credentials(field f, const field_value& value, event_buffer& events,
                                      const parse_options& options) noexcept {
    if (kind_of(f) != field_kind::credentials) return wrong_kind();
    events.clear();
    if (value.line_count() == 1) {
        const std::string_view line = value.line(0);
        const limits& most = options.limit;
        if (line.size() <= most.total_bytes && line.size() <= most.name_length && line.size() <= most.value_length &&
            most.challenges != 0 && read_token68(line, events)) {
            return credentials{line, events.begin(), events.begin() + 4};
        }
    }
    return read_any_credentials(f, value, events, options);
}

result<auth_params> parse_info(field f, const field_value& value, event_buffer& events,
                               const parse_options& options) noexcept {
    if (kind_of(f) != field_kind::info) return wrong_kind();
    events.clear();
    detail::value_reader reader(f, options);
    if (!reader.read_at_once(value, events)) {
        return {error_made_by, [&]() noexcept { return refused(reader.state(), value, events); }};
    }
    return auth_params{copy_of(value), events};
}

}  // namespace authgrammar
