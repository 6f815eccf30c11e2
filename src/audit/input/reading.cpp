#include <authgrammar/audit/reading.hpp>
#include <authgrammar/tokenizer.hpp>

#include <algorithm>
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

/// Appends the challenges of `found` that are complete, `shift` bytes later.
void append_complete(const std::vector<event>& found, std::size_t shift, std::vector<event>& into) {
    const auto last =
        std::find_if(found.rbegin(), found.rend(), [](const event& e) { return e.kind == event_kind::challenge_end; });
    const auto by = static_cast<std::uint32_t>(shift);
    std::for_each(found.begin(), last.base(), [&](event e) {
        e.begin += by;
        e.end += by;
        into.push_back(e);
    });
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

}  // namespace

error read_events(field f, std::string_view value, edition e, std::vector<event>& events) {
    events.clear();
    collector consumer{events};
    tokenizer t(f, e, no_limits);
    if (t.feed(value, consumer) == error_code::none && t.finish(consumer) == error_code::none) return {};
    return t.last_error();
}

field_reading::field_reading(field f, std::vector<const field_line*> lines) : field_(f), lines_(std::move(lines)) {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const std::string_view line = lines_[i]->value.text();
        if (line.empty()) continue;
        if (!joined_.empty()) joined_.append(", ");
        starts_.push_back({joined_.size(), i});
        joined_.append(line);
    }
    std::vector<event> ignored;
    for (const edition e : all_editions) {
        const bool recipient = e == edition::rfc9110_recipient;
        errors_[static_cast<std::size_t>(e)] = read_events(f, joined_, e, recipient ? events_ : ignored);
    }
    if (!valid()) recover();
    for (const field_line* line : lines_) {
        line_errors_.push_back(read_events(f, line->value.text(), edition::rfc9110_recipient, ignored));
    }
}

void field_reading::recover() {
    events_.clear();
    const bool is_list = kind_of(field_) == field_kind::challenges;
    std::vector<event> found;
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

std::size_t field_reading::source_of(std::size_t offset) const noexcept {
    if (starts_.empty()) return lines_.front()->value.source_of(0);
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset,
                                        [](std::size_t at, const joined_line& l) { return at < l.at; });
    const joined_line& l = *(after - 1);
    const line_value& line = lines_[l.line]->value;
    return line.source_of(std::min(offset - l.at, line.text().size()));
}

span field_reading::source(std::size_t begin, std::size_t end) const noexcept {
    if (begin >= end) return {source_of(begin), 0};
    return span_between(source_of(begin), source_of(end - 1) + 1);
}

span field_reading::source_at(std::size_t offset) const noexcept {
    return {source_of(offset), offset < joined_.size() ? std::size_t{1} : std::size_t{0}};
}

std::vector<field_reading> read_fields(const message& m) {
    std::array<std::vector<const field_line*>, all_fields.size()> lines;
    std::vector<field> order;
    for (const field_line& line : m.lines) {
        if (!line.known) continue;
        auto& group = lines[static_cast<std::size_t>(*line.known)];
        if (group.empty()) order.push_back(*line.known);
        group.push_back(&line);
    }
    std::vector<field_reading> readings;
    for (const field f : order) readings.emplace_back(f, std::move(lines[static_cast<std::size_t>(f)]));
    return readings;
}

const field_reading* reading_of(const std::vector<field_reading>& readings, field f) noexcept {
    const auto found =
        std::find_if(readings.begin(), readings.end(), [f](const field_reading& r) { return r.name() == f; });
    return found == readings.end() ? nullptr : &*found;
}

}  // namespace authgrammar::audit
