#include "rules/subject.hpp"

#include "common/field_text.hpp"
#include "input/octet_runs.hpp"
#include "rules/digest_values.hpp"
#include "rules/scheme_parts.hpp"
#include "values/basic_value.hpp"
#include "values/broken_value.hpp"
#include "values/slip_draft.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace authgrammar::audit {

namespace {

using schemes::scheme_description;

/// More names are not compared with each other here.
constexpr std::size_t most_names = 16;

constexpr fact_set when(bool there, fact_set what) noexcept { return there ? what : fact_set{0}; }

bool is_path(std::string_view target) noexcept {
    return target.substr(0, 1) == "/" && target.find('?') == std::string_view::npos;
}

fact_set of_status(int status) noexcept {
    return when(status == 401, fact::status_401 | fact::challenging) |
           when(status == 407, fact::status_407 | fact::challenging) | when(status == 403, fact::status_403) |
           when(status >= 400, fact::error_status);
}

fact_set of_message(const message& m, const named_lines& lines) noexcept {
    const bool names_uris =
        lines.has(line_name::location) || lines.has(line_name::content_location) || lines.has(line_name::referer);
    const bool request = m.start == start_kind::request;
    return when(request, fact::request) | when(m.start == start_kind::none, fact::bare) |
           (m.status ? of_status(*m.status) : fact_set{0}) | when(is_success(m), fact::success) |
           when(m.foreign || m.doubt || m.place == message_place::trailers, fact::framing) |
           when(!m.unreadable.empty(), fact::unreadable) |
           when(names_uris || (request && !is_path(m.target)), fact::uris) |
           when(lines.has(line_name::allow_origin), fact::cors);
}

/// Whether a conversation says something that it says of few messages.
bool is_noted(const circumstances& c) noexcept {
    const digest_circumstances& d = c.digest;
    const bool refused = c.refusal || c.sent_again || c.carried_over || c.malformed || c.credentials_left_out;
    const bool elsewhere =
        c.head_ended || c.unread_uri || !c.other_realms.empty() || !c.domains_elsewhere.empty() || c.in_tunnel;
    const bool of_digest = !d.unlike_challenge.empty() || d.nc_reused || d.nonce_repeated || d.stale_missing ||
                           d.never_accepted || !d.unlike_request.empty();
    const bool chosen = c.weaker_scheme || c.utf8_asked || c.leg_unasked || !c.shared_cache.empty();
    return refused || elsewhere || of_digest || chosen;
}

fact_set of_circumstances(const circumstances& c) noexcept {
    return when(c.request != nullptr, fact::answer) |
           when(c.request != nullptr && c.request->asks_for_header, fact::cors) |
           when(c.tried || c.proxy_tried, fact::tried) |
           when(!c.server_secured.value_or(true) || !c.proxy_secured.value_or(true), fact::unsecured) |
           when(is_noted(c), fact::noted);
}

fact_set of_kind(field_kind kind) noexcept {
    switch (kind) {
        case field_kind::challenges: return fact::challenges;
        case field_kind::credentials: return fact::credentials;
        case field_kind::info: break;
    }
    return fact::info;
}

/// Whether two parameters of one challenge may have the same name. Names of more parameters than a few are not compared.
bool may_repeat_names(const auth_params& params) noexcept {
    std::array<std::string_view, most_names> names;
    std::size_t count = 0;
    for (const auth_param p : params) {
        if (count == names.size()) return true;
        const std::string_view name = p.name.raw();
        for (std::size_t i = 0; i < count; ++i) {
            if (detail::equal_ignoring_case(names[i], name)) return true;
        }
        names[count++] = name;
    }
    return false;
}

/// What there is to say of the parameters of a part whose scheme is known.
fact_set of_params(const scheme_part& p) noexcept {
    const scheme_description& s = *p.scheme;
    std::uint64_t seen = 0;  // rows, as bits: of those that are too many, one for several
    for (const scheme_row row : p.rows) {
        if (row == nullptr)
            return fact::undefined_param | when(may_repeat_names(p.part.params()), fact::repeated_param);
        const std::uint64_t bit = std::uint64_t{1} << (static_cast<std::size_t>(row - s.params.begin()) % 64);
        if ((seen & bit) != 0) return fact::undefined_param | fact::repeated_param;
        seen |= bit;
    }
    return 0;
}

/// Of a challenge of a scheme that has error codes.
fact_set of_error_scheme(const scheme_part& p) noexcept {
    fact_set facts = fact::error_scheme;
    for (const scheme_row row : p.rows) {
        facts |= when(row != nullptr && row->of_refusal, fact::refusal_param) |
                 when(row == nullptr || row->syntax == schemes::value_syntax::uri, fact::uri_param);
    }
    return facts;
}

/// The number of a scheme in the table, as a bit; of those that are too many, one for several.
std::uint32_t bit_of(const scheme_description& scheme) noexcept {
    return std::uint32_t{1} << (static_cast<std::size_t>(&scheme - schemes::all_schemes().begin()) % 32);
}

}  // namespace

subject::subject(const message& m, const std::vector<field_reading>& read, const circumstances& known)
    : source(m), fields(read), around(known), lines(m), facts_(of_message(m, lines) | of_circumstances(known)) {
    if (fields.empty()) return;
    look_at_lines();
    std::size_t events = 0;
    for (const field_reading& r : fields) events += r.events().size();
    rows_.reserve(events / 2);  // each name has a value; the parts refer to rows, which must not move
    parts_.reserve(fields.size());
    for (const field_reading& r : fields) look_at(r);
    add_info_violations(*this, violations_);
    facts_ |= when(!violations_.empty(), fact::violations | fact::digest_faults);
}

subject::~subject() = default;

void subject::look_at_lines() {
    for (const field_line& line : source.lines) {
        if (!line.known) continue;
        facts_ |= when(has_odd_octets(line.value.text()), fact::odd_octets);
        if (!line.odd) continue;
        facts_ |= when(!line.odd->folds.empty() || line.odd->space_before_colon, fact::odd_lines) |
                  when(!line.odd->unread_after.text.empty(), fact::rest_of_line);
    }
}

void subject::look_at(const field_reading& r) {
    const field_kind kind = kind_of(r.name());
    const bool sent = kind == field_kind::credentials;
    const bool misdirected = source.start != start_kind::none && sent != (source.start == start_kind::request);
    const bool several = r.lines().size() > 1;
    facts_ |= of_kind(kind) | when(misdirected, fact::misdirected) | when(several, fact::several_lines) |
              when(!r.valid(), fact::invalid | fact::untidy) |
              when(r.valid() && r.events().empty(), fact::empty_field) |
              when(r.value().size() > longest_corrected, fact::untidy);
    const std::size_t first = rows_.size();
    append_rows(kind, r.value(), r.events(), rows_);
    const scheme_row* const rows = rows_.data() + first;
    for (std::size_t i = 0; i < r.lines().size(); ++i) {
        // What an element is made of may be in several lines, and an empty line is an empty element.
        const bool readable = r.line_error(i).code == error_code::none;
        facts_ |= when(several && (!readable || r.lines()[i]->value.text().empty()), fact::untidy);
        if (readable) look_at_line(r, i, rows);
    }
    if (kind == field_kind::info) {
        const fact_set found = r.valid() ? facts_of_digest_info(r) : fact::repeated_param;
        const bool repeated = (found & fact::repeated_param) != 0 && may_repeat_names(params_of_info(r));
        facts_ |= repeated ? found : found & ~fact::repeated_param;
    } else {
        look_at_parts(r, rows);
    }
}

void subject::look_at_line(const field_reading& r, std::size_t i, const scheme_row* rows) {
    const field_line& line = *r.lines()[i];
    std::vector<event> of_line;
    const bool several = r.lines().size() > 1;
    if (several) read_events(r.name(), line.value.text(), edition::rfc9110_recipient, of_line);
    const bool is = several ? is_plain(r.name(), line.value.text(), of_line)
                            : is_plain(r.name(), line.value.text(), r.events(), rows);
    if (is) return;
    notes_[&line].with_slips = true;
    facts_ |= fact::slips | fact::untidy;
}

void subject::look_at_parts(const field_reading& r, const scheme_row* rows) {
    std::uint32_t seen = 0;  // schemes
    for (const challenge& c : r.parts()) {
        const schemes::row_list<scheme_row> own(rows, c.params().size());
        rows = own.end();
        parts_.push_back({r, c, schemes::find_scheme(c.scheme().raw()), own, is_sound(r, c.begin(), c.end())});
        const scheme_part& p = parts_.back();
        const bool as_described = p.scheme != nullptr && p.sound && add_violations(p, violations_);
        facts_ |= of_part(p, as_described);
        if (p.scheme == nullptr) continue;
        const std::uint32_t bit = bit_of(*p.scheme);
        facts_ |= when((seen & bit) != 0, fact::scheme_twice);
        seen |= bit;
    }
}

fact_set subject::of_part(const scheme_part& p, bool as_described) const {
    if (p.scheme == nullptr) {
        return fact::unknown_scheme | when(may_repeat_names(p.part.params()), fact::repeated_param);
    }
    const scheme_description& s = *p.scheme;
    const bool misplaced =
        s.proxy == schemes::usability::no || s.origin == schemes::usability::no || s.challenge.none();
    return (p.is("Digest") ? facts_of_digest(p, source) : fact_set{0}) | when(p.is("DPoP"), fact::dpop) |
           when(s.state == schemes::state_rule::connection, fact::connection_scheme) |
           (p.is_challenge() && !s.errors.empty() ? of_error_scheme(p) : fact_set{0}) |
           when(misplaced, fact::misplaced_scheme) | (as_described ? fact_set{0} : of_params(p)) |
           when(!p.is_challenge() && p.is("Basic") && audit::basic_fault(p.part), fact::basic_fault);
}

const line_correction& subject::correction(const field_line& line) const {
    std::optional<line_correction>& known = notes_[&line].correction;
    if (!known) {
        corrected_value made = correct(*line.known, line.value.text());
        const bool same_meaning = made.same_meaning();
        auto value = made.value ? std::make_shared<const std::string>(std::move(*made.value)) : nullptr;
        known = line_correction{std::move(made.slips), std::move(value), same_meaning};
    }
    return *known;
}

bool subject::says_what_was_meant(const field_line& line) const {
    if (line.odd->unread_after.text.empty()) {
        if (notes_.empty()) return true;
        const auto noted = notes_.find(&line);
        if (noted == notes_.end() || !noted->second.with_slips) return true;
    }
    std::optional<bool>& known = notes_[&line].says_what_was_meant;
    if (!known) known = correction(line).same_meaning && !broken_value_of(line);
    return *known;
}

bool subject::is_sound(const field_reading& r, std::size_t begin, std::size_t end) const {
    const auto& lines_of_field = r.lines();
    if (lines_of_field.size() == 1) {
        return r.line_error(0).code == error_code::none && says_what_was_meant(*lines_of_field.front());
    }
    const auto line_at = [&](std::size_t offset) {
        const auto after =
            std::upper_bound(lines_of_field.begin(), lines_of_field.end(), r.source_of(offset),
                             [](std::size_t place, const field_line* line) { return place < line->whole.offset; });
        return static_cast<std::size_t>(after - lines_of_field.begin()) - 1;
    };
    const std::size_t i = line_at(begin);
    if (i != line_at(std::max(end, begin + 1) - 1) || r.line_error(i).code != error_code::none) return false;
    return says_what_was_meant(*lines_of_field[i]);
}

}  // namespace authgrammar::audit
