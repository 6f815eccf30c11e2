// What no caller may hand in: refused, and nothing read or written.

#include "fuzz_c.hpp"

#include "support/oracle.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <string>

namespace authgrammar::fuzz {

namespace {

constexpr std::size_t too_large = SIZE_MAX;

/// Arguments of authgrammar_parse(), of which one is wrong.
class wrong_parse {
public:
    wrong_parse(const reading_options& how, std::string_view text) : options_(how.for_c()), line_(to_c(text)) {
        events_.fill({9, 9, 9, 9, 9});
        field_ = to_c(how.f);
    }

    /// What is answered if it is wrong in that way.
    authgrammar_code call(unsigned how_wrong) {
        authgrammar_reading reading{};
        reading.event_count = 7;
        const authgrammar_text* lines = &line_;
        std::size_t count = 1;
        authgrammar_event* events = events_.data();
        std::size_t capacity = events_.size();
        authgrammar_reading* to = &reading;
        switch (how_wrong % 9) {
            case 0: to = nullptr; break;
            case 1: field_ = static_cast<authgrammar_field>(6); break;
            case 2: field_ = static_cast<authgrammar_field>(-1); break;
            case 3: options_.edition = static_cast<authgrammar_edition>(3); break;
            case 4: options_.size = 3; break;
            case 5: lines = nullptr; break;
            case 6: line_ = {nullptr, 1}; break;
            case 7: line_.size = too_large; break;
            default: events = nullptr; break;
        }
        if (how_wrong / 9 % 2 != 0) count = too_large;
        if (how_wrong / 18 % 2 != 0) capacity = too_large;
        authgrammar_error why{};
        const authgrammar_code code = authgrammar_parse(to, field_, lines, count, &options_, events, capacity, &why);
        if (why.code != code || (to != nullptr && reading.event_count != 0)) return AUTHGRAMMAR_OK;
        for (const authgrammar_event& e : events_) {
            if (e.kind != 9 || e.begin != 9) return AUTHGRAMMAR_OK;
        }
        return code;
    }

private:
    authgrammar_options options_;
    authgrammar_field field_;
    authgrammar_text line_;
    std::array<authgrammar_event, 4> events_{};
};

authgrammar_code wrong_write(const reading_options& how, std::string_view text, unsigned how_wrong) {
    authgrammar_param_spec param{to_c("a"), to_c(text), AUTHGRAMMAR_FORM_AUTOMATIC};
    authgrammar_challenge_spec spec{to_c("A"), {nullptr, 0}, &param, 1};
    std::array<char, 64> buffer{};
    char* to = buffer.data();
    std::size_t capacity = buffer.size();
    std::size_t count = 1;
    const authgrammar_challenge_spec* list = &spec;
    switch (how_wrong % 7) {
        case 0: param.form = static_cast<authgrammar_form>(3); break;
        case 1: param.value.size = too_large; break;
        case 2: spec.params = nullptr; break;
        case 3: spec.scheme = {nullptr, 1}; break;
        case 4: to = nullptr; break;
        case 5: list = nullptr; break;
        default: count = too_large; break;
    }
    if (how_wrong / 7 % 2 != 0) capacity = too_large;
    authgrammar_written w{};
    w.size = 5;
    const authgrammar_code code = authgrammar_write_challenges(to_c(how.f), list, count, to, capacity, &w);
    const bool untouched = buffer == std::array<char, 64>{};
    return untouched && w.code == code && w.size == 0 ? code : AUTHGRAMMAR_OK;
}

/// Uses the tokenizer that calls it.
struct meddler {
    authgrammar_tokenizer* tokenizer;
    bool busy = true;
    std::size_t calls = 0;
};
int meddle(void* context, const authgrammar_event*) {
    auto& m = *static_cast<meddler*>(context);
    ++m.calls;
    m.busy = m.busy && authgrammar_tokenizer_feed(m.tokenizer, "x", 1, nullptr) == AUTHGRAMMAR_ERR_BUSY &&
             authgrammar_tokenizer_finish(m.tokenizer, nullptr) == AUTHGRAMMAR_ERR_BUSY;
    return 0;
}

/// A callback cannot use the tokenizer that calls it, and does no harm if it tries.
void meddle_with(const reading_options& how, std::string_view text) {
    authgrammar_tokenizer plain;
    authgrammar_tokenizer meddled;
    const authgrammar_options options = how.for_c();
    authgrammar_tokenizer_init(&plain, to_c(how.f), &options);
    authgrammar_tokenizer_init(&meddled, to_c(how.f), &options);
    meddler m{&meddled};
    const authgrammar_consumer consumer{meddle, nullptr, &m};
    authgrammar_tokenizer_feed(&plain, text.data(), text.size(), nullptr);
    authgrammar_tokenizer_feed(&meddled, text.data(), text.size(), &consumer);
    const authgrammar_code expected = authgrammar_tokenizer_finish(&plain, nullptr);
    const bool alike = authgrammar_tokenizer_finish(&meddled, &consumer) == expected;
    require("a_callback_cannot_meddle", m.busy && alike && !(planted("a_callback_feeds_its_tokenizer") && m.calls > 2));
}

}  // namespace

void misuse_c(const reading_options& how, std::string_view text, unsigned how_wrong) {
    bool refused = wrong_parse(how, text).call(how_wrong) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT;
    if (planted("a_null_array_of_events_is_empty") && how_wrong % 9 == 8) refused = false;
    require("wrong_arguments_are_refused", refused);
    refused = wrong_write(how, text, how_wrong) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT;
    if (planted("a_fourth_form_is_quoted") && how_wrong % 7 == 0) refused = false;
    require("wrong_parts_are_refused", refused);

    authgrammar_tokenizer never_made{};
    refused =
        authgrammar_tokenizer_feed(&never_made, text.data(), text.size(), nullptr) == AUTHGRAMMAR_ERR_NOT_INITIALISED &&
        authgrammar_tokenizer_finish(&never_made, nullptr) == AUTHGRAMMAR_ERR_NOT_INITIALISED &&
        authgrammar_tokenizer_feed(nullptr, text.data(), text.size(), nullptr) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT &&
        authgrammar_tokenizer_finish(nullptr, nullptr) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT;
    if (planted("reads_without_being_made") && text.size() > 4) refused = false;
    require("a_tokenizer_has_to_be_made", refused);
    meddle_with(how, text);

    // Two field lines and no room for them, which C++ does not need.
    const std::array<authgrammar_text, 2> lines{to_c(text), to_c(text)};
    authgrammar_reading reading{};
    authgrammar_error why{};
    const authgrammar_code code =
        authgrammar_parse(&reading, to_c(how.f), lines.data(), lines.size(), nullptr, nullptr, 0, &why);
    require("lines_take_room", code == AUTHGRAMMAR_ERR_EVENT_BUFFER_FULL && why.code == code &&
                                   !(planted("lines_take_no_room") && text.size() == 3));
}

}  // namespace authgrammar::fuzz
