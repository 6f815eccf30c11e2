#include <authgrammar/audit/reading.hpp>
#include <authgrammar/parse.hpp>
#include <authgrammar/tokenizer.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace authgrammar::audit {

namespace {

struct collector {
    std::vector<event>& events;
    bool on_event(const event& e) noexcept {
        events.push_back(e);
        return true;
    }
};

constexpr limits no_limits = limits::none();

/// Appends events, `shift` bytes later.
void append_later(const event* begin, const event* end, std::size_t shift, std::vector<event>& into) {
    const auto by = static_cast<std::uint32_t>(shift);
    const std::size_t first = into.size();
    into.insert(into.end(), begin, end);
    for (std::size_t i = first; i < into.size(); ++i) {
        into[i].begin += by;
        into[i].end += by;
    }
}

/// Appends the challenges of `found` that are complete, `shift` bytes later.
void append_complete(const std::vector<event>& found, std::size_t shift, std::vector<event>& into) {
    const auto last =
        std::find_if(found.rbegin(), found.rend(), [](const event& e) { return e.kind == event_kind::challenge_end; });
    append_later(found.data(), found.data() + (last.base() - found.begin()), shift, into);
}

/// What can be read of one line of challenges: after each error it goes on behind the next comma. A comma inside a
/// quoted-string that is broken may be taken for one between elements. Linear.
void recover_line(field f, std::string_view line, std::size_t shift, std::vector<event>& into) {
    std::vector<event> found;
    for (std::size_t at = 0; at < line.size();) {
        const error e = read_events(f, line.substr(at), edition::rfc9110_recipient, found);
        append_complete(found, shift + at, into);
        if (e.code == error_code::none) return;
        const std::size_t comma = line.find(',', at + static_cast<std::size_t>(e.offset));
        if (comma == std::string_view::npos) return;
        at = std::min(line.find_first_not_of(" \t", comma + 1), line.size());
    }
}

/// Reads a value whose events have room. False if it has more events, or an error.
bool read_at_once(field f, std::string_view value, edition e, event_buffer& room) noexcept {
    const parse_options options{e, no_limits};
    switch (kind_of(f)) {
        case field_kind::challenges: return parse_challenges(f, value, room, options).has_value();
        case field_kind::credentials: return parse_credentials(f, value, room, options).has_value();
        case field_kind::info: break;
    }
    return parse_info(f, value, room, options).has_value();
}

/// Reads a value that has an error, or more events than there was room for.
error read_in_steps(field f, std::string_view value, edition e, std::vector<event>& events) {
    events.clear();
    collector consumer{events};
    tokenizer t(f, e, no_limits);
    if (t.feed(value, consumer) == error_code::none && t.finish(consumer) == error_code::none) return {};
    return t.last_error();
}

constexpr std::size_t most_at_once = 64;

}  // namespace

error read_events(field f, std::string_view value, edition e, std::vector<event>& events) {
    inline_event_buffer<most_at_once> room;
    if (!read_at_once(f, value, e, room)) return read_in_steps(f, value, e, events);
    events.assign(room.begin(), room.end());
    return {};
}

field_reading::field_reading(field f, std::vector<const field_line*> lines) : field_(f), lines_(std::move(lines)) {
    inline_event_buffer<most_at_once> room;
    read(room);
}

/// Forgets what it was the reading of; the lines of `f` are yet to come.
void field_reading::start(field f) noexcept {
    field_ = f;
    lines_.clear();
    starts_.clear();
    line_errors_.clear();
    asked_ = 0;
}

/// Reads the lines.
void field_reading::read(event_buffer& room) {
    if (lines_.size() == 1) {
        value_ = lines_.front()->value.text();
    } else if (join(room)) {
        error_ = {};
        return;
    }
    if (read_at_once(field_, value_, edition::rfc9110_recipient, room)) {
        error_ = {};
        events_.assign(room.begin(), room.end());
        return;
    }
    error_ = read_in_steps(field_, value_, edition::rfc9110_recipient, events_);
    if (!valid()) recover();
}

/// Joins the lines, and reads each of them. Whether the events are those of the joined value already: lists that are valid
/// alone are one valid list of the same elements, for the first word of a valid challenge is never taken for the name of a
/// parameter of the one before it. Credentials are no list.
bool field_reading::join(event_buffer& room) {
    if (joined_ == nullptr) joined_ = std::make_unique<std::string>();
    joined_->clear();
    events_.clear();
    std::vector<event> ignored;
    bool are_lists = kind_of(field_) != field_kind::credentials;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const std::string_view line = lines_[i]->value.text();
        const bool read = read_at_once(field_, line, edition::rfc9110_recipient, room);
        line_errors_.push_back(read ? error{} : read_in_steps(field_, line, edition::rfc9110_recipient, ignored));
        if (line.empty()) continue;
        if (!joined_->empty()) joined_->append(", ");
        starts_.push_back({joined_->size(), i});
        joined_->append(line);
        are_lists = are_lists && read;
        if (are_lists) append_later(room.begin(), room.end(), starts_.back().at, events_);
    }
    value_ = *joined_;
    return are_lists && !value_.empty();
}

const error& field_reading::error_in(edition e) const {
    if (e == edition::rfc9110_recipient) return error_;
    std::unique_ptr<error>& why = others_[static_cast<std::size_t>(e)];
    const auto bit = static_cast<std::uint8_t>(1U << static_cast<unsigned>(e));
    if ((asked_ & bit) == 0) {
        const auto read = parse(field_, value_, event_sink{}, {e, no_limits});
        why = read ? nullptr : std::make_unique<error>(read.error());
        asked_ = static_cast<std::uint8_t>(asked_ | bit);
    }
    static constexpr error none;
    return why == nullptr ? none : *why;
}

void field_reading::recover() {
    events_.clear();
    const bool is_list = kind_of(field_) == field_kind::challenges;
    std::vector<event> found;
    if (starts_.empty() && is_list) recover_line(field_, value_, 0, events_);
    for (const joined_line& l : starts_) {
        const std::string_view line = lines_[l.line]->value.text();
        if (is_list) {
            recover_line(field_, line, l.at, events_);
        } else if (kind_of(field_) == field_kind::credentials && starts_.size() > 1 &&
                   read_events(field_, line, edition::rfc9110_recipient, found).code == error_code::none) {
            append_complete(found, l.at, events_);
        }
    }
}

challenges field_reading::parts() const noexcept {
    if (kind_of(field_) == field_kind::info) return {};
    return {value(), events_.data(), events_.data() + events_.size()};
}

std::size_t field_reading::source_in_lines(std::size_t offset) const noexcept {
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset,
                                        [](std::size_t at, const joined_line& l) { return at < l.at; });
    const joined_line& l = *(after - 1);
    const line_value& line = lines_[l.line]->value;
    return line.source_of(std::min(offset - l.at, line.text().size()));
}

span field_reading::source_at(std::size_t offset) const noexcept {
    return {source_of(offset), offset < value_.size() ? std::size_t{1} : std::size_t{0}};
}

void field_reader::read(const message& m, std::vector<field_reading>& into) {
    constexpr std::size_t none = all_fields.size();
    std::array<std::size_t, all_fields.size()> places;  // of the readings
    places.fill(none);
    std::size_t count = 0;
    for (const field_line& line : m.lines) {
        if (!line.known) continue;
        std::size_t& place = places[static_cast<std::size_t>(*line.known)];
        if (place == none) {
            place = count++;
            if (place == into.size()) {
                into.push_back(spare_.empty() ? field_reading() : std::move(spare_.back()));
                if (!spare_.empty()) spare_.pop_back();
            }
            into[place].start(*line.known);
        }
        into[place].lines_.push_back(&line);
    }
    for (; into.size() > count; into.pop_back()) {
        if (spare_.size() < all_fields.size()) spare_.push_back(std::move(into.back()));
    }
    for (field_reading& r : into) r.read(room_);
}

std::vector<field_reading> read_fields(const message& m) {
    std::vector<field_reading> readings;
    field_reader().read(m, readings);
    return readings;
}

const field_reading* reading_of(const std::vector<field_reading>& readings, field f) noexcept {
    const auto found =
        std::find_if(readings.begin(), readings.end(), [f](const field_reading& r) { return r.name() == f; });
    return found == readings.end() ? nullptr : &*found;
}

}  // namespace authgrammar::audit
