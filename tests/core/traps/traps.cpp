// Wrong uses of the core, of objects that have ended or of members that would never be called, each beside a right one.
// traps.py compiles this file and expects a diagnostic where a comment announces one, and nowhere else:
//
//   // error: TEXT   the line does not compile, and the compiler's words for it hold TEXT
//   // warning: TEXT the compiler warns of the line in such words
//   // clang: TEXT   clang warns of the line in such words; g++ has nothing to say
//   // consteval: TEXT like error, for compilers that have consteval
//
// TEXT is what all compilers say, which is often the comment or message of our own that they quote.

#include <authgrammar/authgrammar.hpp>
#include <authgrammar/literals.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace authgrammar {
namespace {

constexpr field W = field::www_authenticate;
constexpr field Z = field::authorization;

std::string made();
const std::string made_const();

/// A string view of another library.
struct other_view {
    const char* data;
    operator std::string_view() const noexcept { return data; }
};
other_view made_other();

// Strings that end before the views of them.

void values_of_strings(event_buffer& events, const std::string& line, char* chars) {
    (void)parse_challenges(W, line, events);
    (void)parse_challenges(W, std::string_view(line), events);
    (void)parse_challenges(W, "Basic realm=x", events);
    (void)parse_challenges(W, chars, events);
    (void)parse_challenges(W, made_other(), events);
    (void)parse_challenges(W, {}, events);
    if (parse_credentials(Z, std::string_view(made()), events)) return;
    const field_value braced{std::string_view(line)};
    const field_value copied{braced};
    (void)parse_challenges(W, copied, events);

    const auto temporary = parse_challenges(W, made(), events);                 // error: give it a name
    const auto constant = parse_challenges(W, made_const(), events);            // error: give it a name
    const auto sum = parse_challenges(W, line + "x", events);                   // error: give it a name
    const auto choice = parse_challenges(W, chars ? line : "Basic", events);    // error: give it a name
    const auto credentials = parse_credentials(Z, std::string("A b"), events);  // error: give it a name
    const auto info = parse_info(field::authentication_info, made(), events);   // error: give it a name
    if (parse_credentials(Z, made(), events)) return;                           // error: give it a name
    const field_value kept = made();                                            // error: give it a name
    const field_value two_lines({"a", "b"});                                    // error: no matching
    (void)parse_challenges(W, {{"a", "b"}}, events);                            // error: field_value
    const field_value null(nullptr);                                            // error: deleted
    const field_value viewed = std::string_view(made());                        // clang: will be destroyed
    const field_value pointed = made().c_str();                                 // clang: will be destroyed
}

void texts_of_strings(const std::string& realm, const challenge& read) {
    const param_spec list[] = {{"realm", realm}, {"nonce", "x", param_form::quoted}, {read.scheme(), made_other()}};
    const challenge_spec named("Digest", list);
    const challenge_spec both[] = {named, {"Bearer", realm}, {realm}, {"Digest", list}};
    (void)write_challenges(W, both, 4, nullptr, 0);
    (void)write_credentials(Z, {"Bearer", std::string_view(made())}, nullptr, 0);
    challenge_spec assigned("Bearer");
    assigned.token68 = realm;
    (void)assigned.scheme.equals(made());

    const param_spec temporary{"realm", made()};                  // error: give it a name
    const param_spec in_array[] = {{"realm", std::string("x")}};  // error: give it a name
    const challenge_spec token68("Bearer", made());               // error: give it a name
    const challenge_spec scheme = challenge_spec(made());         // error: give it a name
    const text kept = made_const();                               // error: give it a name
    const text braced({"a", "b"});                                // error: no matching
    const text null(nullptr);                                     // error: deleted
    assigned.token68 = made();                                    // error: optional
    const text viewed = std::string_view(made());                 // clang: will be destroyed
    const param_spec pointed{"realm", made().c_str()};            // clang: will be destroyed
}

field_value value_of_local() {
    const std::string line = made();
    return field_value(line);  // clang: stack memory
}
text text_of_local() {
    const std::string line = made();
    return text(line);  // clang: stack memory
}
field_value lines_of_local() {
    const std::string_view lines[] = {"A", "B"};
    return {lines, 2};  // clang: stack memory
}

// Arrays that end before the challenge that is to be written.

void arrays_of_params() {
    using one = param_spec[1];
    const one list = {{"realm", "x"}};
    (void)challenge_spec("Digest", list);

    const challenge_spec braces("Digest", {{"realm", "x"}});                 // error: array of parameters a name
    const challenge_spec two{"Digest", {{"realm", "x"}, {"nonce", "y"}}};    // error: array of parameters a name
    const challenge_spec formed("Digest", {{"a", "x", param_form::token}});  // error: array of parameters a name
    const challenge_spec in_array[] = {{"Digest", {{"realm", "x"}}}};        // error: array of parameters a name
    const challenge_spec array("Digest", one{{"realm", "x"}});               // error: array of parameters a name
    const challenge_spec none("Digest", {});                                 // error: array of parameters a name
}
challenge_spec spec_of_local() {
    const param_spec list[] = {{"realm", "x"}};
    return {"Digest", list};  // clang: stack memory
}

// Results and buffers that end before what they hold.

void results(event_buffer& events) {
    for (const challenge c : *parse_challenges(W, "A", events)) (void)c;
    const challenges& extended = *parse_challenges(W, "A", events);
    const error& why = parse_challenges(W, "A", events).error();
    (void)extended, (void)why;

    const challenges* pointer = parse_challenges(W, "A", events).operator->();  // clang: will be destroyed
}
result<challenges> result_of_local(std::string_view line) {
    inline_event_buffer<8> events;
    return parse_challenges(W, line, events);  // clang: stack memory
}
const challenges& reference_to_local(event_buffer& events) {
    const auto read = parse_challenges(W, "A", events);
    return *read;  // clang: stack memory
}
challenges view_of_local(std::string_view line) {
    const event events[2] = {};
    return {line, events, events + 2};  // clang: stack memory
}

void buffers(inline_event_buffer<8>& events) {
    event_buffer& reference = events;
    event memory[4];
    event_buffer own(memory, 4);
    inline_event_buffer<1> one;

    event_buffer sliced = events;           // error: the same memory
    event_buffer copied(own);               // error: the same memory
    own = events;                           // error: the same memory
    inline_event_buffer<8> inner = events;  // error: deleted
    reference = own;                        // error: the same memory
    inline_event_buffer<0> none;            // error: at least one event
}

// Consumers whose members are not what the engines call.

struct taking_all {
    bool on_event(const event&) noexcept { return true; }
    bool on_text(text_role, std::string_view, std::uint64_t) noexcept { return true; }
};
struct taking_events {
    bool on_event(event) const noexcept { return true; }
};
struct final_taking_all final : taking_all {};
struct misspelt {
    bool on_events(const event&) noexcept { return true; }
};
struct hidden {
private:
    bool on_event(const event&) noexcept { return true; }
};
struct throwing {
    bool on_event(const event&) { return true; }
};
struct returning_nothing {
    void on_event(const event&) noexcept {}
};
struct returning_int {
    int on_event(const event&) noexcept { return 1; }
};
struct text_of_other_arguments : taking_events {
    bool on_text(std::string_view, std::uint64_t) noexcept { return true; }
};
struct text_throwing : taking_events {
    bool on_text(text_role, std::string_view, std::uint64_t) { return true; }
};
struct text_returning_nothing : taking_events {
    void on_text(text_role, std::string_view, std::uint64_t) noexcept {}
};
struct text_hidden : taking_events {
private:
    bool on_text(text_role, std::string_view, std::uint64_t) noexcept { return true; }
};
struct text_overloaded : taking_events {
    bool on_text(std::string_view) noexcept { return true; }
    bool on_text(std::string_view, int) noexcept { return true; }
};
struct final_text_of_other_arguments final : taking_events {
    bool on_text(std::string_view) noexcept { return true; }
};

// Types of their own, because each instance of a template is diagnosed once.
struct sink_misspelt : misspelt {};
struct sink_throwing : throwing {};
struct sink_returning_int : returning_int {};
struct sink_changing : taking_all {};
taking_events made_consumer();
const taking_events made_const_consumer();

template <typename Consumer>
void feed(Consumer consumer) {
    tokenizer t(W);
    (void)t.feed("A", consumer);
}
template <typename Consumer>
void finish(Consumer consumer) {
    tokenizer t(W);
    (void)t.finish(consumer);
}
template <typename Consumer>
event_sink sink(Consumer& consumer) {
    return sink_for(consumer);
}

void consumers(event_buffer& events, taking_all& all, sink_misspelt& wrong, sink_throwing& throws,
               sink_returning_int& number, const taking_events& constant, const sink_changing& changing) {
    feed(taking_all{});
    finish(taking_events{});
    feed(final_taking_all{});
    (void)sink(events);
    (void)sink(all);
    (void)sink(constant);

    (void)sink_for(made_consumer());          // error: give it a name
    (void)sink_for(made_const_consumer());    // error: give it a name
    (void)sink(changing);                     // error: on_event of a consumer that is const
    (void)sink(wrong);                        // error: public member bool on_event
    (void)sink(throws);                       // error: on_event of a consumer is noexcept
    (void)sink(number);                       // error: on_event of a consumer returns bool
    feed(misspelt{});                         // error: public member bool on_event
    feed(hidden{});                           // error: public member bool on_event
    feed(event_sink{});                       // error: public member bool on_event
    feed(throwing{});                         // error: on_event of a consumer is noexcept
    feed(returning_nothing{});                // error: on_event of a consumer returns bool
    finish(returning_int{});                  // error: on_event of a consumer returns bool
    feed(text_of_other_arguments{});          // error: public member bool on_text
    finish(text_throwing{});                  // error: public member bool on_text
    feed(text_returning_nothing{});           // error: public member bool on_text
    finish(text_hidden{});                    // error: public member bool on_text
    feed(text_overloaded{});                  // error: public member bool on_text
    finish(final_text_of_other_arguments{});  // error: public member bool on_text
}
event_sink sink_of_local() {
    taking_events consumer;
    return sink_for(consumer);  // clang: stack memory
}

// Results that nobody looks at.

void results(event_buffer& events, tokenizer& t) {
    t.feed("A", events);  // finish() says the same
    if (t.finish(events) != error_code::none) return;

    t.finish(events);                                             // warning: nodiscard
    parse_challenges(W, "A", events);                             // warning: nodiscard
    write_credentials(Z, credentials_spec("A"), nullptr, 0);      // warning: nodiscard
    (void)write_credentials(Z, challenge_spec("A"), nullptr, 0);  // warning: use credentials_spec
    text("A").unescape(nullptr, 0);                               // warning: nodiscard
}

// Literals that are not in the grammar, or only in what a recipient reads.

#if defined(__cpp_consteval)
void literals_of_values() {
    (void)R"(Basic realm="x", Digest)"_challenges;
    (void)"Basic"_credentials;
    (void)"a=b"_auth_info;
    (void)""_auth_info;

    (void)"Basic realm=\"x"_challenges;  // consteval: this_value_is_not_in_the_grammar_of_its_field
    (void)"Basic,,Digest"_challenges;    // consteval: this_value_is_not_in_the_grammar_of_its_field
    (void)"a=b"_challenges;              // consteval: this_value_is_not_in_the_grammar_of_its_field
    (void)"Basic, Digest"_credentials;   // consteval: this_value_is_not_in_the_grammar_of_its_field
    (void)""_credentials;                // consteval: this_value_is_not_in_the_grammar_of_its_field
    (void)"a"_auth_info;                 // consteval: this_value_is_not_in_the_grammar_of_its_field
    (void)",a=b"_auth_info;              // consteval: this_value_is_not_in_the_grammar_of_its_field
}
#endif

// Limits that end before the tokenizer.

void tokenizers(const limits& bounds) {
    const tokenizer t(W, edition::rfc7235, bounds);
    const tokenizer by_default(W);
    const tokenizer temporary(W, edition::rfc7235, limits::none());  // error: deleted
}
tokenizer tokenizer_of_local() {
    const limits bounds = limits::none();
    return tokenizer(W, edition::rfc7235, bounds);  // clang: stack memory
}

}  // namespace
}  // namespace authgrammar
