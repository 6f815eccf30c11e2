// Typed views over one or several field lines: what they show is what the joined value holds; a limit is met exactly
// or exceeded exactly; nothing is allocated. The input's LF separate field lines.
// Options: four bytes: field and edition; which limit is tried; how it is, and by which instruction set all is read;
// how many events there is room for.

#include "support/allocations.hpp"
#include "support/input.hpp"
#include "support/judge.hpp"
#include "support/mutator.hpp"
#include "support/oracle.hpp"

#include <authgrammar/isa.hpp>
#include <authgrammar/parse.hpp>
#include <authgrammar/scheme_of.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace {

using namespace authgrammar;
using fuzz::planted;
using fuzz::require;

/// What this target knows of field lines, told in its own words: RFC 9110, 5.3.
struct field_lines {
    std::vector<fuzz::heap_copy> copies;
    std::vector<std::string_view> lines;
    std::string joined;
    std::vector<field_position> places;  // of each byte of the joined value, and of its end

    explicit field_lines(std::string_view input) {
        for (std::size_t begin = 0;;) {
            const std::size_t end = std::min(input.find('\n', begin), input.size());
            copies.emplace_back(input.substr(begin, end - begin));
            if (end == input.size()) break;
            begin = end + 1;
        }
        field_position last{};
        for (const fuzz::heap_copy& copy : copies) lines.push_back(copy.view());
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (lines[i].empty()) continue;
            if (!joined.empty()) {
                joined += ", ";
                places.insert(places.end(), 2, last);
            }
            joined += lines[i];
            for (std::size_t at = 0; at < lines[i].size(); ++at) places.push_back({i, at});
            last = {i, lines[i].size()};
        }
        places.push_back(last);
    }
};

std::string unescaped(std::string_view raw, bool quoted) {
    std::string out;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (quoted && raw[i] == '\\') ++i;
        out += raw[i];
    }
    return out;
}

std::string other_case(std::string text) {
    for (char& c : text) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) c = static_cast<char>(c ^ 0x20);
    }
    return text;
}

bool same_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
        return lower(x) == lower(y);
    });
}

void check_text(const field_lines& f, const text& t, const event& e) {
    const std::string raw = f.joined.substr(e.begin, e.end - e.begin);
    const std::string plain = unescaped(raw, e.quoted);
    const std::size_t begin = planted("a_dquote_is_part_of_the_text") && e.quoted ? t.begin() - 1 : t.begin();
    require("text_place", begin == e.begin && t.end() == e.end && t.quoted() == e.quoted);
    field_position at = t.position();
    if (planted("position_counts_the_joint") && at.line != 0 && f.lines[0].empty()) ++at.offset;
    require("text_position", at.line == f.places[e.begin].line && at.offset == f.places[e.begin].offset);

    const std::size_t last = e.quoted ? e.end : e.end - 1;
    bool spans = t.spans_lines();
    if (planted("a_joint_at_the_end_is_missed") && spans && raw.back() == ' ') spans = false;
    require("spans_lines", spans == (e.begin != e.end && f.places[e.begin].line != f.places[last].line));
    if (!t.spans_lines()) {
        const bool cut = planted("raw_text_ends_at_a_backslash") && raw.find('\\') != std::string::npos;
        require("raw_text", t.raw() == raw && !cut);
    }
    if (!raw.empty()) {
        const std::string_view first = t.raw();
        require("raw_text", raw.compare(0, first.size(), first) == 0 && (!first.empty()));
    }

    std::size_t octets = t.size();
    if (planted("an_escaped_backslash_counts_twice") && e.quoted && raw.find("\\\\") != std::string::npos) ++octets;
    require("text_size", octets == plain.size());
    const std::unique_ptr<char[]> exact(new char[plain.size()]);
    const result<std::size_t> written = t.unescape(exact.get(), plain.size());
    if (planted("unescape_keeps_a_tab_s_backslash") && raw.find("\\\t") != std::string::npos) exact[0] = '\\';
    require("unescape",
            written.has_value() && *written == plain.size() && std::equal(plain.begin(), plain.end(), exact.get()));
    if (!plain.empty()) {
        const std::unique_ptr<char[]> small(new char[plain.size() - 1]);
        std::fill_n(small.get(), plain.size() - 1, 'Z');
        const result<std::size_t> refused = t.unescape(small.get(), plain.size() - 1);
        if (planted("writes_what_fits") && plain.size() > 4) small[0] = plain[0];
        require("unescape_in_too_little",
                !refused.has_value() && refused.error().code == error_code::text_buffer_full &&
                    refused.error().offset == plain.size() &&
                    std::all_of(small.get(), small.get() + plain.size() - 1, [](char c) { return c == 'Z'; }));
    }

    bool equal = t.equals(plain);
    if (planted("compares_escapes") && e.quoted && plain != raw) equal = t.equals(raw);
    require("equals", equal);
    require("equals", t.equals_ignoring_case(other_case(plain)));
    require("equals", !t.equals(plain + "a"));
    if (!plain.empty()) {
        std::string other = plain;
        other.back() = static_cast<char>(other.back() ^ 1);
        bool differs = !t.equals(other);
        if (planted("compares_all_but_the_last") && plain.size() > 3) differs = false;
        require("differs", differs);
        require("differs", !t.equals(std::string_view(plain).substr(1)) && !t.equals({}));
    }
}

/// The name's first parameter, found by looking at all.
const event* first_named(const event* first, const event* last, const field_lines& f, std::string_view name) {
    for (; first != last; first += 2) {
        if (same_ignoring_case(f.joined.substr(first->begin, first->end - first->begin), name)) return first;
    }
    return nullptr;
}

void check_params(const field_lines& f, const auth_params& params, const event* first, const event* last) {
    require("params", params.size() == static_cast<std::size_t>(last - first) / 2 && params.empty() == (first == last));
    const event* at = first;
    for (const auth_param p : params) {
        require("params", at != last && at[0].kind == event_kind::param_name && at[1].kind == event_kind::param_value);
        check_text(f, p.name, at[0]);
        check_text(f, p.value, at[1]);
        const std::string name = other_case(f.joined.substr(at->begin, at->end - at->begin));
        const std::optional<auth_param> found = params.find(name);
        const event* wanted = first_named(first, last, f, name);
        bool first_of_its_name = found.has_value() && found->name.begin() == wanted->begin;
        if (planted("finds_the_last_of_a_name") && wanted != at) first_of_its_name = false;
        require("find", first_of_its_name);
        at += 2;
        if (planted("a_fourth_parameter_is_skipped") && at == first + 6) break;
    }
    require("params", at == last);
    require("find", !params.find("").has_value());

    const event* again = nullptr;
    for (at = first; at != last && again == nullptr; at += 2) {
        if (first_named(first, last, f, f.joined.substr(at->begin, at->end - at->begin)) != at) again = at;
    }
    const std::optional<auth_param> repeated = params.repeated();
    bool right = repeated.has_value() == (again != nullptr) && (!repeated || repeated->name.begin() == again->begin);
    if (planted("a_repeated_name_is_missed") && again != nullptr) right = false;
    require("repeated", right);
}

void check_challenge(const field_lines& f, const challenge& c, const event* first, const event* last) {
    require("challenge", c.begin() == last[-1].begin && c.end() == last[-1].end && c.begin() == first[0].begin);
    // Where it begins a value of one line; with something else behind it, it is none.
    std::string scheme(scheme_of(std::string_view(f.joined).substr(c.begin())));
    const std::size_t end_of_scheme = first[1].end;
    const bool ends = end_of_scheme == f.joined.size() || f.joined[end_of_scheme] == ' ';
    if (planted("a_scheme_alone_is_none") && end_of_scheme == f.joined.size()) scheme.clear();
    require("scheme_of", scheme == (ends ? f.joined.substr(first[1].begin, end_of_scheme - first[1].begin) : ""));
    check_text(f, c.scheme(), first[1]);
    require("challenge", c.has_scheme(other_case(f.joined.substr(first[1].begin, first[1].end - first[1].begin))));
    const bool has_token68 = first[2].kind == event_kind::token68;
    std::optional<text> token68 = c.token68();
    if (planted("a_token68_with_padding_is_lost") && token68 && f.joined[token68->end() - 1] == '=') token68.reset();
    require("challenge", token68.has_value() == has_token68);
    if (token68) check_text(f, *token68, first[2]);
    check_params(f, c.params(), has_token68 ? nullptr : first + 2, has_token68 ? nullptr : last - 1);
}

/// Everything that can be asked of an accepted value.
void check_views(field f, const field_lines& lines, const field_value& value, const event_buffer& events) {
    if (kind_of(f) == field_kind::info) {
        check_params(lines, auth_params(value, events), events.begin(), events.end());
        return;
    }
    const challenges all(value, events);
    const event* at = events.begin();
    std::size_t count = 0;
    for (const challenge c : all) {
        const event* last =
            std::find_if(at, events.end(), [](const event& e) { return e.kind == event_kind::challenge_end; }) + 1;
        check_challenge(lines, c, at, last);
        const std::string scheme(c.scheme().raw());
        const auto found = all.find(other_case(scheme));
        bool is_first = found.has_value() && found->begin() <= c.begin() && found->has_scheme(scheme);
        if (planted("finds_the_last_scheme") && found && found->begin() != c.begin()) is_first = false;
        require("find_challenge", is_first);
        at = last;
        ++count;
    }
    if (planted("counts_three_challenges_as_two") && count == 3) ++count;
    require("challenges", at == events.end() && all.size() == count && all.empty() == (count == 0));
}

struct sizes {
    std::uint64_t total = 0;
    std::uint64_t longest_name = 0;
    std::uint64_t longest_value = 0;
    std::uint32_t challenges = 0;
    std::uint32_t params = 0;
    std::uint32_t empty = 0;
};

/// What the limits count, counted over an accepted value.
sizes measure(const field_lines& f, const event_buffer& events) {
    sizes s;
    s.total = f.joined.size();
    std::string separators = f.joined;
    for (const event& e : events) {
        const std::uint64_t length = e.end - e.begin;
        switch (e.kind) {
            case event_kind::challenge_begin: ++s.challenges; continue;
            case event_kind::challenge_end: continue;
            case event_kind::scheme: s.longest_name = std::max(s.longest_name, length); break;
            case event_kind::param_name:
                s.longest_name = std::max(s.longest_name, length);
                ++s.params;
                break;
            case event_kind::param_value:
            case event_kind::token68: s.longest_value = std::max(s.longest_value, length); break;
        }
        std::fill(separators.begin() + static_cast<std::ptrdiff_t>(e.begin),
                  separators.begin() + static_cast<std::ptrdiff_t>(e.end), 'x');
    }
    // A comma is an empty element's if it begins the value or follows another one.
    bool after_comma = true;
    std::uint32_t run = 0;
    for (const char c : separators) {
        if (c == ' ' || c == '\t') continue;
        if (c == ',') {
            run = after_comma ? run + 1 : 0;
            s.empty = std::max(s.empty, run);
            after_comma = true;
        } else {
            after_comma = false;
            run = 0;
        }
    }
    return s;
}

result<void> read(field f, const field_value& value, event_buffer& events, const parse_options& options) {
    switch (kind_of(f)) {
        case field_kind::challenges: {
            const auto r = parse_challenges(f, value, events, options);
            if (!r) return r.error();
            break;
        }
        case field_kind::credentials: {
            const auto r = parse_credentials(f, value, events, options);
            if (!r) return r.error();
            break;
        }
        case field_kind::info: {
            const auto r = parse_info(f, value, events, options);
            if (!r) return r.error();
            break;
        }
    }
    return {};
}

/// The functions for fields of another kind say so.
void check_other_kinds(field f, const field_value& value, const parse_options& options) {
    event_buffer none(nullptr, 0);
    const auto wrong = [](const auto& r) { return !r && r.error().code == error_code::wrong_field_kind; };
    const field_kind kind = kind_of(f);
    bool refused = kind == field_kind::challenges || wrong(parse_challenges(f, value, none, options));
    refused = refused && (kind == field_kind::credentials || wrong(parse_credentials(f, value, none, options)));
    refused = refused && (kind == field_kind::info || wrong(parse_info(f, value, none, options)));
    if (planted("reads_info_as_challenges") && kind == field_kind::info) refused = false;
    require("wrong_kind", refused);
}

bool same_error(const result<void>& a, const result<void>& b) {
    if (a.has_value() != b.has_value() || a.has_value()) return a.has_value() == b.has_value();
    const error& x = a.error();
    const error& y = b.error();
    return x.code == y.code && x.line == y.line && x.offset == y.offset && x.rule == y.rule && x.expected == y.expected;
}

/// Pushing into a sink says the same as reading into a buffer, and so does each instruction set.
void check_other_ways(field f, const field_value& value, const event_buffer& events, const result<void>& outcome,
                      const parse_options& options) {
    std::vector<event> seen;
    struct recorder {
        std::vector<event>& to;
        bool on_event(const event& e) noexcept {
            to.push_back(e);
            return true;
        }
    } consumer{seen};
    const result<void> r = parse(f, value, sink_for(consumer), options);
    bool same =
        same_error(r, outcome) && seen.size() == events.size() && std::equal(seen.begin(), seen.end(), events.begin());
    if (planted("a_sink_misses_the_third_challenge") && seen.size() > 12) same = false;
    require("same_to_a_sink", same);

    const isa before = active_isa();
    std::vector<event> room(events.size() + 1);
    for (const isa path : all_isas) {
        if (!force_isa(path)) continue;
        event_buffer here(room.data(), room.size());
        same = same_error(read(f, value, here, options), outcome) && here.size() == events.size() &&
               std::equal(here.begin(), here.end(), events.begin());
        if (planted("avx2_reads_over_a_slash") && path == isa::avx2 && value.size() > 40 && events.size() == 4) {
            same = same && events.begin()[2] == events.begin()[1];
        }
        require("same_on_each_isa", same);
    }
    force_isa(before);
}

template <typename T>
void try_limit(field f, const field_value& value, parse_options options, T limits::*which, std::uint64_t size,
               error_code code, unsigned difference, event* room, std::size_t capacity) {
    options.limit = limits::none();
    const std::uint64_t most = size + difference % 3 == 0 ? 0 : size + difference % 3 - 1;
    options.limit.*which = static_cast<T>(most);
    event_buffer events(room, capacity);
    const result<void> r = read(f, value, events, options);
    bool exact = size <= most ? r.has_value() : !r.has_value() && r.error().code == code;
    if (planted("a_limit_is_one_too_low") && size == most && size > 6) exact = false;
    require("limit_is_exact", exact);
}

/// A name leads back to what it names, whatever its case where case means nothing; less a letter it names nothing.
void check_names(std::size_t choice) {
    const field f = all_fields[choice % all_fields.size()];
    std::string name = other_case(std::string(name_of(f)));
    require("names", field_from_name(name) == f);
    name.pop_back();
    require("names", !field_from_name(name) && !planted("a_field_s_name_may_be_cut_short"));

    const edition e = all_editions[choice % all_editions.size()];
    name = name_of(e);
    require("names", edition_from_name(name) == e && !edition_from_name(other_case(name)));

    const error_table errors = all_errors();
    const error_description& d = errors.begin()[choice % static_cast<std::size_t>(errors.end() - errors.begin())];
    require("names", name_of(d.code) == d.name && explain(d.code) == d.explanation &&
                         error_code_from_name(d.name) == d.code && !error_code_from_name(d.explanation) &&
                         name_of(error_code::none) == "none" && !explain(error_code::none).empty());
    for (int k = 0; k <= static_cast<int>(event_kind::challenge_end); ++k) {
        const event one{static_cast<event_kind>(k), false, 0, 0};
        const event other{static_cast<event_kind>(choice % 6), false, 0, 0};
        require("names", (name_of(one.kind) == name_of(other.kind)) == (one == other));
    }
    std::size_t active = 0;
    for (const isa i : all_isas) active += name_of(i) == name_of(active_isa()) && is_available(i) ? 1 : 0;
    require("names", active == 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const fuzz::input in(data, size, 4);
    const field f = in.field_option(0);
    static const isa best = active_isa();
    if (!force_isa(all_isas[in.option(2) / 8 % all_isas.size()])) force_isa(best);
    check_names(in.option(1));
    const field_lines lines(in.text());
    const field_value value =
        lines.lines.size() == 1 ? field_value(lines.lines[0]) : field_value(lines.lines.data(), lines.lines.size());
    parse_options options;
    options.language = in.edition_option(0);
    options.limit = limits::none();
    std::size_t joined_size = value.size();
    if (planted("an_empty_line_has_a_joint") && lines.lines.size() > 2 && lines.lines[1].empty()) joined_size += 2;
    require("joined_size", joined_size == lines.joined.size());
    for (std::size_t i = 0; i < lines.places.size(); ++i) {
        field_position p = value.locate(i);
        if (planted("a_joint_stands_in_the_next_line") && p.line == 1 && p.offset == lines.lines[1].size()) p = {2, 0};
        require("locate", p.line == lines.places[i].line && p.offset == lines.places[i].offset);
    }

    const fuzz::opinion truth = fuzz::judge::of(f, options.language).decide(lines.joined);
    std::vector<event> room(truth.events.size() + 2 * lines.joined.size() + 4);
    event_buffer events(room.data(), room.size());
    const fuzz::heap_use before = fuzz::heap_so_far();
    result<void> outcome = read(f, value, events, options);
    if (planted("allocates_for_long_names") && lines.joined.size() > 20) fuzz::take_and_give_back(lines.joined.size());
    require("no_allocation", fuzz::heap_so_far().blocks == before.blocks);

    if (planted("an_empty_line_is_joined") && truth.valid && lines.lines.size() > 2 && lines.lines[1].empty()) {
        outcome = error{error_code::expected_comma, 0, 0};
    }
    require("lines_are_joined", outcome.has_value() == truth.valid);
    check_other_kinds(f, value, options);
    check_other_ways(f, value, events, outcome, options);
    if (!outcome) {
        const error& why = outcome.error();
        const field_position at = lines.places[truth.offset];
        std::size_t offset = why.offset;
        if (planted("error_offset_in_the_joined_value") && why.line != 0) offset = truth.offset;
        require("error_position", why.line == at.line && offset == at.offset);
        return 0;
    }
    const bool moved = planted("the_second_line_begins_one_later") && lines.lines.size() > 1 && events.size() > 4;
    require("events_of_lines", !moved && events.size() == truth.events.size() &&
                                   std::equal(events.begin(), events.end(), truth.events.begin()));
    check_views(f, lines, value, events);

    const std::size_t few = in.option(3) % (events.size() + 2);
    event_buffer small(room.data() + events.size(), few);
    const std::vector<event> kept(events.begin(), events.end());
    const result<void> crowded = read(f, value, small, options);
    bool told = crowded.has_value() == (few >= kept.size()) &&
                (crowded.has_value() || crowded.error().code == error_code::event_buffer_full);
    if (planted("a_full_buffer_is_no_error") && !crowded && few == 3) told = false;
    require("event_room",
            told && small.full() == (few < kept.size()) && std::equal(small.begin(), small.end(), kept.begin()));

    const sizes s = measure(lines, events);
    const unsigned d = in.option(2);
    switch (in.option(1) % 6) {
        case 0:
            try_limit(f, value, options, &limits::total_bytes, s.total, error_code::limit_total_bytes, d, room.data(),
                      room.size());
            break;
        case 1:
            try_limit(f, value, options, &limits::name_length, s.longest_name, error_code::limit_name_length, d,
                      room.data(), room.size());
            break;
        case 2:
            try_limit(f, value, options, &limits::value_length, s.longest_value, error_code::limit_value_length, d,
                      room.data(), room.size());
            break;
        case 3:
            try_limit(f, value, options, &limits::challenges, s.challenges, error_code::limit_challenges, d,
                      room.data(), room.size());
            break;
        case 4:
            try_limit(f, value, options, &limits::params, s.params, error_code::limit_params, d, room.data(),
                      room.size());
            break;
        default:
            try_limit(f, value, options, &limits::empty_elements, s.empty, error_code::limit_empty_elements, d,
                      room.data(), room.size());
            break;
    }
    return 0;
}

AUTHGRAMMAR_FUZZ_MUTATOR(4, authgrammar::fuzz::header_text)
