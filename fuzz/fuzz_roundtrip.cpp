// What is read can be written, and what is written is read as what was meant. The input is read as a field value, as the
// lines of one, and once more as the parts of a value to write, both separated by LF.
// Options: three bytes: field and edition; how values are to be written; where a list gets white space and empty
// elements, and whether the parts are contents of quoted-strings, with escapes.

#include "naive/challenge.hpp"
#include "naive/text.hpp"
#include "support/input.hpp"
#include "support/judge.hpp"
#include "support/mutator.hpp"
#include "support/oracle.hpp"

#include <authgrammar/parse.hpp>
#include <authgrammar/writer.hpp>
#include <repeated_name.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace authgrammar;
using fuzz::lower;
using fuzz::octets_of;
using fuzz::planted;
using fuzz::require;

/// The meaning of a value, in memory of its own.
struct part {
    std::string scheme;
    std::optional<std::string> token68;
    std::vector<std::pair<std::string, std::string>> params;
    friend bool operator==(const part& a, const part& b) {
        return a.scheme == b.scheme && a.token68 == b.token68 && a.params == b.params;
    }
};
using meaning = std::vector<part>;

/// Memory that something is read from.
struct source {
    const void* at;
    std::size_t size;
};

/// A value that was read, with the memory that its views need.
class value_read {
public:
    value_read(field f, edition e, std::string_view value) : value_read(f, e, std::vector<std::string_view>{value}) {}
    value_read(field f, edition e, const std::vector<std::string_view>& lines) : kind_(kind_of(f)) {
        std::size_t octets = 0;
        for (const std::string_view line : lines) {
            lines_.push_back(copies_.emplace_back(line).view());
            octets += line.size() + 2;
        }
        room_.resize(2 * octets + 8);
        const field_value value =
            lines_.size() == 1 ? field_value(lines_[0]) : field_value(lines_.data(), lines_.size());
        parse_options options;
        options.language = e;
        options.limit = limits::none();
        events_ = std::make_unique<event_buffer>(room_.data(), room_.size());
        switch (kind_) {
            case field_kind::challenges: keep(parse_challenges(f, value, *events_, options), challenges_); break;
            case field_kind::credentials: keep(parse_credentials(f, value, *events_, options), credentials_); break;
            case field_kind::info: keep(parse_info(f, value, *events_, options), info_); break;
        }
    }

    [[nodiscard]] bool valid() const noexcept { return valid_; }
    [[nodiscard]] const event_buffer& events() const noexcept { return *events_; }

    /// Calls `f(scheme, token68, params)` for each challenge; an info has a scheme and a token68 of nothing.
    template <typename F>
    void for_each(F&& f) const {
        if (!valid_) return;
        switch (kind_) {
            case field_kind::challenges:
                for (const challenge c : challenges_) f(c.scheme(), c.token68(), c.params());
                break;
            case field_kind::credentials:
                f(credentials_.scheme(), credentials_.token68(), credentials_.params());
                break;
            case field_kind::info: f(text(), std::nullopt, info_); break;
        }
    }

    [[nodiscard]] meaning what() const {
        meaning m;
        for_each([&m](const text& scheme, const std::optional<text>& token68, const auth_params& params) {
            part p{octets_of(scheme), {}, {}};
            if (token68) p.token68 = octets_of(*token68);
            for (const auth_param q : params) p.params.emplace_back(octets_of(q.name), octets_of(q.value));
            m.push_back(std::move(p));
        });
        return m;
    }

    write_result write(field f, char* buffer, std::size_t capacity, quoting_table table) const {
        switch (kind_) {
            case field_kind::challenges: return write_challenges(f, challenges_, buffer, capacity, table);
            case field_kind::credentials: return write_credentials(f, credentials_, buffer, capacity, table);
            case field_kind::info: break;
        }
        return write_info(f, info_, buffer, capacity, table, "Digest");
    }

    /// Everything that the views of it read.
    [[nodiscard]] std::vector<source> sources() const {
        std::vector<source> all{{events_->begin(), events_->size() * sizeof(event)}};
        for (const std::string_view line : lines_) all.push_back({line.data(), line.size()});
        if (lines_.size() > 1) all.push_back({lines_.data(), lines_.size() * sizeof(std::string_view)});
        switch (kind_) {
            case field_kind::challenges: all.push_back({&challenges_, sizeof challenges_}); break;
            case field_kind::credentials: all.push_back({&credentials_, sizeof credentials_}); break;
            case field_kind::info: all.push_back({&info_, sizeof info_}); break;
        }
        return all;
    }

private:
    template <typename T>
    void keep(const result<T>& r, T& where) {
        valid_ = r.has_value();
        if (valid_) where = *r;
    }

    field_kind kind_;
    std::vector<fuzz::heap_copy> copies_;
    std::vector<std::string_view> lines_;
    std::vector<event> room_;
    std::unique_ptr<event_buffer> events_;
    bool valid_ = false;
    challenges challenges_;
    credentials credentials_;
    auth_params info_;
};

bool repeats_a_name(const part& p) {
    for (std::size_t i = 0; i < p.params.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (lower(p.params[i].first) == lower(p.params[j].first)) return true;
        }
    }
    return false;
}

/// Whether the whole of `text` is a word of a rule of RFC 9110, by its ABNF.
bool is(std::string_view rule, std::string_view text) {
    static const auto automaton = [](std::string_view name) {
        return abnf::make_dfa(fuzz::judge::rules(edition::rfc9110_sender), name).value();
    };
    static const abnf::dfa token = automaton("token");
    static const abnf::dfa token68 = automaton("token68");
    static const abnf::dfa quoted_pair = automaton("quoted-pair");
    return abnf::accepts(rule == "token" ? token : rule == "token68" ? token68 : quoted_pair, text);
}

/// Whether every octet of `text` can stand in a quoted-string somehow.
bool can_be_quoted(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return is("quoted-pair", std::string("\\") + c); });
}

constexpr quoting quoting_lines[] = {{"Digest", field_kind::challenges, "qop", param_form::quoted},
                                     {"digest", field_kind::credentials, "QOP", param_form::token},
                                     {"Digest", field_kind::info, "nc", param_form::token},
                                     {"Digest", field_kind::challenges, "a", param_form::quoted},
                                     {"Basic", field_kind::challenges, "b", param_form::token}};

quoting_table table_of(unsigned option) {
    return option % 2 == 0 ? quoting_table{} : quoting_table{quoting_lines, std::size(quoting_lines)};
}

/// Writes to a buffer of exactly the size that it takes; checks sizes and small buffers on the way.
template <typename Write>
std::optional<std::string> written(const Write& write, write_result& outcome) {
    const write_result measured = write(nullptr, 0);
    outcome = measured;
    if (measured) return std::string();
    if (measured.code != error_code::text_buffer_full) return std::nullopt;
    const std::unique_ptr<char[]> exact(new char[measured.size]);
    std::fill_n(exact.get(), measured.size, '\x01');
    const write_result small = write(exact.get(), measured.size - 1);
    if (planted("writes_into_too_little") && measured.size > 12) exact[3] = 'x';
    require("small_buffer_is_untouched",
            small.code == error_code::text_buffer_full && small.size == measured.size &&
                std::all_of(exact.get(), exact.get() + measured.size, [](char c) { return c == '\x01'; }));
    outcome = write(exact.get(), measured.size);
    if (planted("measures_one_too_many") && measured.size > 9) --outcome.size;
    require("measured_size", static_cast<bool>(outcome) && outcome.size == measured.size);
    std::string text(exact.get(), outcome.size);

    return text;
}

/// Whether memory holds `expected`. Objects have padding, which MemorySanitizer takes for uninitialized, and which the
/// writer must leave alone all the same.
#if defined(__clang__)
__attribute__((no_sanitize("memory")))
#endif
bool holds(const char* memory, const std::string& expected) {
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (memory[i] != expected[i]) return false;
    }
    return true;
}

/// Writing to memory that the value is read from is refused, whatever the capacity, and changes nothing.
template <typename Write>
void write_over(const Write& write, const source& from) {
    if (from.size == 0) return;
    // Nothing is written, so nothing that is const changes.
    char* const buffer = const_cast<char*>(static_cast<const char*>(from.at));
    const std::string before(buffer, from.size);
    for (const std::size_t capacity : {from.size, std::size_t{1}}) {
        const write_result r = write(buffer, capacity);
        const bool refused = r.code == error_code::buffer_overlap && !planted("writes_over_what_it_reads");
        require("overlap_is_refused", refused && holds(buffer, before));
    }
}

/// A written value: in the sender's language and its supersets, and of the meaning that was to be written.
void check_written(field f, const std::string& text, const meaning& wanted) {
    for (const edition e : all_editions) {
        if (e == edition::rfc7235 && text.empty()) continue;
        bool accepted = fuzz::judge::of(f, e).decide(text).valid;
        if (planted("writes_a_trailing_comma") && wanted.size() == 3) accepted = false;
        require("written_is_in_the_language", accepted);
    }
    const value_read again(f, edition::rfc9110_sender, text);
    const bool lost = planted("an_escaped_dquote_ends_the_text") && text.find("\\\"") != std::string::npos;
    require("read_of_written", again.valid() && !lost);
    meaning what = again.what();
    if (planted("loses_an_escape")) {
        for (part& p : what) {
            for (auto& q : p.params)
                q.second.erase(std::remove(q.second.begin(), q.second.end(), '\\'), q.second.end());
        }
    }
    require("meaning_survives", what == wanted);

    write_result outcome;
    const auto twice = written([&](char* b, std::size_t n) { return again.write(f, b, n, {}); }, outcome);
    require("fixed_point", twice.has_value());
    const value_read third(f, edition::rfc9110_sender, *twice);
    const auto thrice = written([&](char* b, std::size_t n) { return third.write(f, b, n, {}); }, outcome);
    bool fixed = thrice == twice;
    if (planted("canonical_form_wanders") && wanted.size() == 2) fixed = false;
    require("fixed_point", fixed);
}

/// RFC 9110, 11.5: realm is always written as quoted-string.
bool realms_are_quoted(field f, const std::string& text) {
    const value_read read(f, edition::rfc9110_sender, text);
    const event_buffer& events = read.events();
    for (std::size_t i = 0; i + 1 < events.size(); ++i) {
        const event& e = events[i];
        if (e.kind != event_kind::param_name || lower(text.substr(e.begin, e.end - e.begin)) != "realm") continue;
        if (!events[i + 1].quoted ||
            (planted("a_token_realm_is_bare") &&
             is("token", text.substr(events[i + 1].begin, events[i + 1].end - events[i + 1].begin)))) {
            return false;
        }
    }
    return true;
}

void write_what_was_read(field f, const value_read& read, const meaning& what, quoting_table table) {
    write_result outcome;
    const auto text = written([&](char* b, std::size_t n) { return read.write(f, b, n, table); }, outcome);
    const bool repeated = std::any_of(what.begin(), what.end(), repeats_a_name);
    const bool none = kind_of(f) == field_kind::challenges && what.empty();
    if (!text) {
        bool right = repeated || none || outcome.code == error_code::not_a_token;
        if (planted("refuses_long_challenges") && what.size() > 1) right = false;
        require("refuses_only_what_it_must", right);
        // A table may ask for a bare value that is no token; nothing else is refused for that.
        require("refuses_only_what_it_must", outcome.code != error_code::not_a_token || table.count != 0);
        return;
    }
    bool allowed = !repeated && !none;

    if (planted("repeats_a_name") && what.size() == 1 && what[0].params.size() == 3) allowed = false;
    require("refuses_what_it_must", allowed);
    check_written(f, *text, what);
    require("realm_is_quoted", realms_are_quoted(f, *text));
    const auto write = [&](char* b, std::size_t n) { return read.write(f, b, n, table); };
    for (const source& from : read.sources()) write_over(write, from);
}

/// Specs, with the memory that they view.
struct specs {
    std::vector<std::vector<param_spec>> params{};
    std::vector<challenge_spec> list{};
    std::vector<credentials_spec> credentials{};  // the same

    void add(const text& scheme, const std::optional<text>& token68, std::vector<param_spec> of_it) {
        params.push_back(std::move(of_it));
        challenge_spec spec(scheme);
        spec.token68 = token68;
        spec.params = params.back().data();
        spec.param_count = params.back().size();
        list.push_back(spec);
        credentials.emplace_back(spec);
    }
    /// Where the specs that are written are.
    source memory(field f) const {
        if (kind_of(f) == field_kind::credentials) return {credentials.data(), sizeof(credentials_spec)};
        return {list.data(), list.size() * sizeof(challenge_spec)};
    }
    write_result write(field f, char* buffer, std::size_t capacity, quoting_table table) const {
        switch (kind_of(f)) {
            case field_kind::challenges: return write_challenges(f, list.data(), list.size(), buffer, capacity, table);
            case field_kind::credentials: return write_credentials(f, credentials.front(), buffer, capacity, table);
            case field_kind::info: break;
        }
        return write_info(f, params.front().data(), params.front().size(), buffer, capacity, table, "Digest");
    }
};

/// Specs of the texts that were read give what the views give.
void write_specs_of_what_was_read(field f, const value_read& read, quoting_table table) {
    specs same;
    read.for_each([&same](const text& scheme, const std::optional<text>& token68, const auth_params& params) {
        std::vector<param_spec> list;
        for (const auth_param p : params) list.push_back({p.name, p.value});
        same.add(scheme, token68, std::move(list));
    });
    if (same.list.empty() && kind_of(f) != field_kind::challenges) return;
    write_result of_views;
    write_result of_specs;
    const auto wanted = written([&](char* b, std::size_t n) { return read.write(f, b, n, table); }, of_views);
    auto text = written([&](char* b, std::size_t n) { return same.write(f, b, n, table); }, of_specs);
    if (planted("specs_of_texts_lose_an_escape") && text) {
        text->erase(std::remove(text->begin(), text->end(), '\\'), text->end());
    }
    require("specs_write_what_views_write", text == wanted && of_specs.code == of_views.code &&
                                                of_specs.challenge == of_views.challenge &&
                                                of_specs.param == of_views.param && of_specs.part == of_views.part &&
                                                of_specs.offset == of_views.offset && of_specs.size == of_views.size);
}

/// Several lines, separated by LF, are written as the value that they make together is.
void write_lines(field f, edition e, std::string_view bytes, quoting_table table) {
    std::vector<std::string_view> lines;
    std::string joined;
    for (std::size_t begin = 0; begin <= bytes.size();) {
        const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
        const std::string_view line = bytes.substr(begin, end - begin);
        if (!line.empty()) joined.append(joined.empty() ? "" : ", ").append(line);
        lines.push_back(line);
        begin = end + 1;
    }
    if (lines.size() < 2) return;
    const value_read apart(f, e, lines);
    const value_read together(f, e, joined);
    if (!apart.valid() || !together.valid()) return;
    write_result of_lines;
    write_result of_one;
    auto text = written([&](char* b, std::size_t n) { return apart.write(f, b, n, table); }, of_lines);
    const auto wanted = written([&](char* b, std::size_t n) { return together.write(f, b, n, table); }, of_one);
    if (planted("writes_lines_apart") && text && lines.size() > 2) text->push_back(' ');
    require("lines_are_written_as_one", text == wanted && of_lines.code == of_one.code &&
                                            of_lines.challenge == of_one.challenge && of_lines.param == of_one.param &&
                                            of_lines.part == of_one.part && of_lines.offset == of_one.offset);
    write_what_was_read(f, apart, apart.what(), table);
}

/// Functions that write fields of another kind say so.
void write_to_another_field(field f, const value_read& read) {
    for (const field other : all_fields) {
        if (kind_of(other) == kind_of(f)) continue;
        const write_result r = read.write(other, nullptr, 0, {});
        const bool refused = r.code == error_code::wrong_field_kind && !planted("writes_info_as_credentials");
        require("wrong_kind", refused);
    }
}

/// The value with the case of its schemes and names changed: it means the same.
void fold_case(field f, edition e, std::string_view value, const value_read& read, const meaning& what) {
    std::string other(value);
    for (const event& ev : read.events()) {
        if (ev.kind != event_kind::scheme && ev.kind != event_kind::param_name) continue;
        for (std::size_t i = ev.begin; i < ev.end; ++i) {
            if ((other[i] >= 'a' && other[i] <= 'z') || (other[i] >= 'A' && other[i] <= 'Z')) {
                other[i] = static_cast<char>(other[i] ^ 0x20);
            }
        }
    }
    const value_read folded(f, e, other);
    meaning same = folded.what();
    if (planted("an_upper_case_z_ends_a_token") && other.find('Z') != std::string::npos) same.clear();
    bool equal = same.size() == what.size();
    for (std::size_t i = 0; equal && i < same.size(); ++i) {
        equal = lower(same[i].scheme) == lower(what[i].scheme) && same[i].token68 == what[i].token68 &&
                same[i].params.size() == what[i].params.size();
        for (std::size_t j = 0; equal && j < same[i].params.size(); ++j) {
            equal = lower(same[i].params[j].first) == lower(what[i].params[j].first) &&
                    same[i].params[j].second == what[i].params[j].second;
        }
    }
    require("case_means_nothing", folded.valid() && equal);
}

/// The value with white space and empty elements beside its list commas: to a recipient it means the same.
void loosen_lists(field f, std::string_view value, const value_read& read, const meaning& what, unsigned option) {
    static constexpr std::string_view loose[] = {" ,", ",\t", "\t, ", ",,", " , ,", ", \t,"};
    std::vector<bool> is_text(value.size(), false);
    for (const event& ev : read.events()) {
        if (ev.kind == event_kind::challenge_end || ev.kind == event_kind::challenge_begin) continue;
        std::fill(is_text.begin() + static_cast<std::ptrdiff_t>(ev.begin),
                  is_text.begin() + static_cast<std::ptrdiff_t>(ev.end), true);
    }
    std::string other;
    unsigned n = option;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] == ',' && !is_text[i]) {
            other += loose[n++ % std::size(loose)];
        } else {
            other += value[i];
        }
    }
    const value_read loosened(f, edition::rfc9110_recipient, other);
    meaning same = loosened.what();
    if (planted("a_tab_begins_a_challenge") && other.find(",\t") != std::string::npos) same.emplace_back();
    require("list_white_space_means_nothing", loosened.valid() && same == what);
}

/// What first_repeated() goes through.
struct name_list {
    const std::vector<std::string>& names;
    bool escaped;
    template <typename F>
    void for_each(F&& f) const {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (!f(i, detail::name_view(names[i], escaped))) return;
        }
    }
};

/// The writer's search for a repeated name finds the first one, however many hashes of other names an attacker has made
/// equal.
void find_repeated_name(const std::vector<std::string>& names, bool escaped, unsigned strength) {
    static constexpr std::uint64_t different[] = {1, 7, 1024, std::uint64_t{1} << 62};
    const std::uint64_t hashes = different[strength % std::size(different)];
    std::set<std::string> seen;
    std::size_t wanted = names.size();
    for (std::size_t i = 0; i < names.size() && wanted == names.size(); ++i) {
        if (!seen.insert(lower(octets_of(text(names[i], 0, names[i].size(), escaped)))).second) wanted = i;
    }
    const auto hash = [hashes](const detail::name_view& name, std::uint64_t seed) {
        return name.hash(seed) % hashes * 0x9E3779B97F4A7C15u;
    };
    const std::size_t found = detail::first_repeated(name_list{names, escaped}, names.size(), hash);
    require("repeated_name_is_found", found == wanted && !(planted("misses_a_repeated_name") && wanted == 2));
}

/// Parts to write, any octets: what cannot be carried is refused and named, and nothing is smuggled in. If they are
/// `escaped`, they are contents of quoted-strings, and what counts is what they mean.
void write_parts(field f, std::string_view bytes, unsigned forms, bool escaped, quoting_table table) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= bytes.size();) {
        const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
        parts.emplace_back(bytes.substr(begin, end - begin));
        begin = end + 1;
    }
    find_repeated_name(parts, escaped, forms);
    const auto text_of = [&](std::size_t i) { return text(parts[i], 0, parts[i].size(), escaped); };
    part wanted;
    std::vector<param_spec> params_of_spec;
    const bool info = kind_of(f) == field_kind::info;
    const bool with_token68 = !info && forms % 4 == 3 && parts.size() >= 2;
    std::vector<std::size_t> used;
    if (!info) {
        wanted.scheme = octets_of(text_of(0));
        used.push_back(0);
    }
    for (std::size_t i = info ? 0 : with_token68 ? 2 : 1; i + 1 < parts.size(); i += 2) {
        wanted.params.emplace_back(octets_of(text_of(i)), octets_of(text_of(i + 1)));
        used.insert(used.end(), {i, i + 1});
        params_of_spec.push_back({text_of(i), text_of(i + 1), static_cast<param_form>((forms >> 2) % 3)});
    }
    std::optional<text> token68;
    if (with_token68) {
        token68 = text_of(1);
        used.push_back(1);
        wanted.token68 = octets_of(*token68);
    }

    // The same challenge up to three times, or none.
    const std::size_t count = kind_of(f) == field_kind::challenges ? (1 + forms / 32) % 4 : 1;
    specs spec;
    for (std::size_t i = 0; i < count; ++i) spec.add(info ? text() : text_of(0), token68, params_of_spec);

    write_result outcome;
    const auto out = written([&](char* b, std::size_t n) { return spec.write(f, b, n, table); }, outcome);

    bool good = info || is("token", wanted.scheme);
    if (wanted.token68) good = good && is("token68", *wanted.token68) && wanted.params.empty();
    good = good && count != 0;
    good = good && !repeats_a_name(wanted);
    for (const auto& [name, value] : wanted.params) good = good && is("token", name) && can_be_quoted(value);
    if (out) {
        if (planted("writes_a_carriage_return") && wanted.params.size() > 1) good = false;
        require("nothing_is_smuggled_in", good);
        check_written(f, *out, meaning(count, wanted));
        const auto write = [&](char* b, std::size_t n) { return spec.write(f, b, n, table); };
        for (const std::size_t i : used) write_over(write, {parts[i].data(), parts[i].size()});
        for (const std::vector<param_spec>& params : spec.params) {
            write_over(write, {params.data(), params.size() * sizeof(param_spec)});
        }
        if (!info) write_over(write, spec.memory(f));
        write_over(write, {table.lines, table.count * sizeof(quoting)});
        return;
    }
    // Refused: the part and the octet that are named are at fault.
    const auto& params = wanted.params;
    std::string_view culprit;
    switch (outcome.part) {
        case written_part::scheme: culprit = wanted.scheme; break;
        case written_part::token68: culprit = wanted.token68 ? *wanted.token68 : std::string_view(); break;
        case written_part::param_name: culprit = params.at(outcome.param).first; break;
        case written_part::param_value: culprit = params.at(outcome.param).second; break;
        case written_part::value: break;
    }
    const std::string_view before = culprit.substr(0, std::min(outcome.offset, culprit.size()));
    const std::string_view through = culprit.substr(0, std::min(outcome.offset + 1, culprit.size()));
    bool named = false;
    switch (outcome.code) {
        case error_code::not_a_token:
            named = !is("token", culprit) && (before.empty() || is("token", before)) &&
                    (through.empty() || !is("token", through));
            break;
        case error_code::not_a_token68:
            named = !is("token68", culprit) && (before.empty() || is("token68", before)) &&
                    (through.empty() || !is("token68", through));
            break;
        case error_code::forbidden_octet: named = can_be_quoted(before) && !can_be_quoted(through); break;
        case error_code::repeated_param: named = repeats_a_name(wanted); break;
        case error_code::params_beside_token68: named = wanted.token68 && !wanted.params.empty(); break;
        case error_code::empty_challenge_list: named = count == 0; break;
        default: break;
    }
    if (planted("names_the_octet_after") && outcome.code == error_code::forbidden_octet) named = false;
    require("fault_is_named", named && !outcome.rule.empty() && !outcome.section.empty() && !outcome.expected.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const fuzz::input in(data, size, 3);
    const field f = in.field_option(0);
    const edition e = in.edition_option(0);
    const quoting_table table = table_of(in.option(1));
    write_parts(f, in.text(), in.option(1) / 2, in.option(2) % 2 != 0, table);
    write_lines(f, e, in.text(), table);

    const value_read read(f, e, in.text());
    if (!read.valid()) return 0;
    const meaning what = read.what();
    write_what_was_read(f, read, what, table);
    write_specs_of_what_was_read(f, read, table);
    write_to_another_field(f, read);
    fold_case(f, e, in.text(), read, what);
    loosen_lists(f, in.text(), read, what, in.option(2));
    return 0;
}

AUTHGRAMMAR_FUZZ_MUTATOR(3, authgrammar::fuzz::header_text)
