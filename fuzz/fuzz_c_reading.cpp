// Reading through C: authgrammar_parse(), the views of it, the words, and writing what was read.

#include "fuzz_c.hpp"

#include "support/input.hpp"
#include "support/oracle.hpp"

#include <authgrammar/challenge.hpp>
#include <authgrammar/field_value.hpp>
#include <authgrammar/parse.hpp>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <string>

namespace authgrammar::fuzz {

namespace {

/// Whether all bytes of a struct of C are 0, which stands for "none".
template <typename Struct>
bool is_nothing(const Struct& s) noexcept {
    Struct zero;
    std::memset(&zero, 0, sizeof zero);
    return same_bytes(&s, &zero, sizeof s);
}

/// A word says what the text says, and unescapes to it in exactly the room that it takes.
void check_word(const authgrammar_word& w, const text& t) {
    const field_position at = t.position();
    bool placed = view(w.raw) == t.raw() && w.begin == t.begin() && w.end == t.end() && w.line == at.line &&
                  w.offset == at.offset && (w.quoted != 0) == t.quoted() && (w.spans_lines != 0) == t.spans_lines();
    if (planted("a_word_of_the_second_line_is_in_the_first") && w.line == 1) placed = false;
    require("word_is_in_its_place", placed);

    const std::string meant = t.str();
    const std::unique_ptr<char[]> exact(new char[meant.size() + 1]);
    std::fill_n(exact.get(), meant.size() + 1, '\x01');
    std::size_t size = 0;
    if (!meant.empty()) {
        const authgrammar_code small = authgrammar_word_unescape(&w, exact.get(), meant.size() - 1, &size);
        bool refused = small == AUTHGRAMMAR_ERR_TEXT_BUFFER_FULL && size == meant.size() && exact[0] == '\x01';
        if (planted("unescapes_into_too_little") && t.quoted() && meant.size() == 3) refused = false;
        require("small_buffer_is_untouched", refused);
    }
    bool unescaped = authgrammar_word_size(&w) == meant.size() &&
                     authgrammar_word_unescape(&w, exact.get(), meant.size(), &size) == AUTHGRAMMAR_OK &&
                     std::string_view(exact.get(), size) == meant && exact[meant.size()] == '\x01';
    if (planted("an_escape_is_kept") && meant.size() != t.end() - t.begin()) unescaped = false;
    require("word_unescapes", unescaped);
    const bool string =
        authgrammar_word_string(&w, exact.get(), meant.size() + 1, &size) == AUTHGRAMMAR_OK && size == meant.size() &&
        std::string_view(exact.get(), size) == meant && exact[size] == '\0' &&
        authgrammar_word_string(&w, exact.get(), meant.size(), &size) == AUTHGRAMMAR_ERR_TEXT_BUFFER_FULL &&
        size == meant.size() && (meant.empty() || exact[0] == '\0');
    require("word_is_a_string", string && !(planted("a_string_has_no_end") && meant.size() == 5));

    std::string other = meant;
    for (char& c : other) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const bool compares = authgrammar_word_is(&w, to_c(meant)) == 1 &&
                          authgrammar_word_is(&w, to_c(other)) == (other == meant ? 1 : 0) &&
                          authgrammar_word_is_ignoring_case(&w, to_c(other)) == 1 &&
                          authgrammar_word_is_ignoring_case(&w, to_c(meant + "x")) == 0;
    require("word_compares", compares && !(planted("case_counts") && other != meant));

    // A word that is unescaped over itself is refused.
    if (t.begin() != t.end()) {
        const std::string before(w.raw.data, w.raw.size);
        const authgrammar_code over = authgrammar_word_unescape(&w, const_cast<char*>(w.raw.data), w.raw.size, &size);
        require("word_is_not_unescaped_over_itself", over == AUTHGRAMMAR_ERR_BUFFER_OVERLAP && view(w.raw) == before &&
                                                         !(planted("unescapes_in_place") && t.quoted()));
    }
}

void check_params(const authgrammar_params& c, const auth_params& list) {
    bool right = c.count == list.size();
    authgrammar_param p{};
    for (const auth_param wanted : list) {
        if (authgrammar_next_param(&c, &p) != 1) {
            right = false;
            break;
        }
        check_word(p.name, wanted.name);
        check_word(p.value, wanted.value);
        authgrammar_param found{};
        const std::string name = wanted.name.str();
        const std::optional<auth_param> first = list.find(name);
        const bool finds = authgrammar_find_param(&c, to_c(name), &found) == 1 && first &&
                           found.name.begin == first->name.begin() && found.value.end == first->value.end();
        require("param_is_found",
                finds && !(planted("finds_the_last_param") && first->name.begin() != wanted.name.begin()));
    }
    if (planted("loses_the_fourth_param") && c.count > 3) right = false;
    require("params_are_the_same", right && authgrammar_next_param(&c, &p) == 0 && is_nothing(p));
    const std::optional<auth_param> repeated = list.repeated();
    const int found = authgrammar_find_repeated_param(&c, &p);
    require("repeated_param_is_found",
            (repeated ? found == 1 && p.name.begin == repeated->name.begin() : found == 0 && is_nothing(p)) &&
                !(planted("nothing_is_repeated") && repeated));
}

void check_challenge(const authgrammar_challenge& c, const challenge& wanted) {
    check_word(c.scheme, wanted.scheme());
    const std::optional<text> token68 = wanted.token68();
    bool right =
        (c.token68.raw.data != nullptr) == token68.has_value() && c.begin == wanted.begin() && c.end == wanted.end();
    if (planted("a_token68_is_a_param") && token68) right = false;
    require("challenge_is_the_same", right);
    if (token68) check_word(c.token68, *token68);
    check_params(c.params, wanted.params());
}

void check_challenges(const authgrammar_reading& reading, const challenges& list) {
    authgrammar_challenge c{};
    bool right = true;
    for (const challenge wanted : list) {
        if (authgrammar_next_challenge(&reading, &c) != 1) {
            right = false;
            break;
        }
        check_challenge(c, wanted);
        authgrammar_challenge found{};
        const std::string scheme = wanted.scheme().str();
        const std::optional<challenge> first = list.find(scheme);
        const bool finds =
            authgrammar_find_challenge(&reading, to_c(scheme), &found) == 1 && first && found.begin == first->begin();
        require("challenge_is_found",
                finds && !(planted("finds_the_last_challenge") && first->begin() != wanted.begin()));
    }
    if (planted("loses_the_third_challenge") && list.size() > 2) right = false;
    require("challenges_are_the_same", right && authgrammar_next_challenge(&reading, &c) == 0 && is_nothing(c));
}

/// What was read is written as C++ writes it.
template <typename Write>
void check_written(const authgrammar_reading& reading, const Write& write) {
    authgrammar_written c{};
    write_result cpp = write(nullptr, 0);
    authgrammar_write_reading(&reading, nullptr, 0, &c);
    require("reading_is_measured_alike", same(c, cpp) && !(planted("measures_a_reading_with_its_end") && cpp.size > 8));
    if (cpp.code != error_code::text_buffer_full) return;
    std::string expected(cpp.size, '\0');
    cpp = write(&expected[0], expected.size());
    const std::unique_ptr<char[]> exact(new char[expected.size()]);
    authgrammar_write_reading(&reading, exact.get(), expected.size(), &c);
    require("reading_is_written_alike", same(c, cpp) && std::string_view(exact.get(), c.size) == expected &&
                                            !(planted("writes_a_reading_in_reverse") && c.size > 12));
}

}  // namespace

void read_through_c(const reading_options& how, std::string_view text, std::size_t capacity) {
    std::vector<heap_copy> copies;
    std::vector<std::string_view> lines;
    for (const std::string_view line : lines_of(text)) lines.push_back(copies.emplace_back(line).view());
    std::vector<authgrammar_text> c_lines;
    for (const std::string_view line : lines) c_lines.push_back(to_c(line));
    capacity = std::min(capacity, AUTHGRAMMAR_EVENTS_FOR(text.size(), std::size_t{0}));

    // In C the array of lines takes room of the events.
    std::vector<event> room(capacity);
    std::vector<authgrammar_event> c_room(capacity + (lines.size() > 1 ? 2 * lines.size() : 0));
    event_buffer events(room.data(), room.size());
    const field_value value = lines.size() == 1 ? field_value(lines[0]) : field_value(lines.data(), lines.size());
    const parse_options options{how.e, how.bounds};
    const authgrammar_options c_options = how.for_c();
    authgrammar_reading reading{};
    authgrammar_error why{};
    const authgrammar_code code = authgrammar_parse(&reading, to_c(how.f), c_lines.data(), c_lines.size(), &c_options,
                                                    c_room.data(), c_room.size(), &why);

    const auto compare = [&](const auto& read) {
        const error expected = read ? error{} : read.error();
        bool verdict = static_cast<int>(code) == static_cast<int>(expected.code) && same(why, expected);
        if (planted("an_error_is_in_the_first_line") && expected.line == 1) verdict = false;
        require("verdict_is_the_same", verdict);
        bool events_agree = read ? reading.event_count == events.size() : is_nothing(reading);
        for (std::size_t i = 0; events_agree && read && i < events.size(); ++i) {
            events_agree = same(reading.events[i], events[i]);
        }
        if (planted("a_quoted_value_is_a_token") && read &&
            std::any_of(events.begin(), events.end(), [](const event& e) { return e.quoted; }))
            events_agree = false;
        require("events_are_the_same", events_agree);
        return read.has_value();
    };
    switch (kind_of(how.f)) {
        case field_kind::challenges: {
            const auto read = parse_challenges(how.f, value, events, options);
            if (!compare(read)) return;
            check_challenges(reading, *read);
            check_written(reading, [&](char* b, std::size_t n) { return write_challenges(how.f, *read, b, n); });
            break;
        }
        case field_kind::credentials: {
            const auto read = parse_credentials(how.f, value, events, options);
            if (!compare(read)) return;
            authgrammar_challenge c{};
            require("credentials_are_one", authgrammar_next_challenge(&reading, &c) == 1 &&
                                               !(planted("there_are_no_credentials") && events.size() == 4));
            check_challenge(c, *read);
            require("credentials_are_one", authgrammar_next_challenge(&reading, &c) == 0);
            check_written(reading, [&](char* b, std::size_t n) { return write_credentials(how.f, *read, b, n); });
            break;
        }
        case field_kind::info: {
            const auto read = parse_info(how.f, value, events, options);
            if (!compare(read)) return;
            check_params(reading.params, *read);
            check_written(reading, [&](char* b, std::size_t n) { return write_info(how.f, *read, b, n); });
            break;
        }
    }
}

}  // namespace authgrammar::fuzz
