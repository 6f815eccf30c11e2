#include "grammar_fault.hpp"

#include <authgrammar/event.hpp>
#include <authgrammar/parse.hpp>

namespace authgrammar::schemes {

namespace {

/// Keeps the first events and drops the others.
struct first_events {
    static constexpr std::size_t most = 4;
    event at[most];
    std::size_t count = 0;

    bool on_event(const event& e) noexcept {
        if (count < most) at[count++] = e;
        return true;
    }
};

}  // namespace

scheme_error grammar_fault(const error& e) noexcept {
    scheme_error made = fault(scheme_error_code::malformed_value, e.offset, {"", e.section}, e.expected);
    made.grammar = e.code;
    return made;
}

scheme_error no_token68(const credentials& read, std::string_view scheme, rule broken,
                        std::string_view expected) noexcept {
    if (!read.has_scheme(scheme)) return other_scheme(read.begin(), scheme);
    const auth_params params = read.params();
    const std::size_t offset = params.empty() ? read.end() : params.begin()->name.begin();
    return fault(scheme_error_code::expected_token68, offset, broken, expected);
}

scheme_error unread_token68(std::string_view line, const error& e, std::string_view scheme, rule broken,
                            std::string_view expected) noexcept {
    if (e.code != error_code::event_buffer_full) return grammar_fault(e);
    // There are parameters: what is wrong with them comes first.
    first_events events;
    const result<void> read = parse(field::authorization, line, sink_for(events));
    if (!read) return grammar_fault(read.error());
    return no_token68(credentials(line, events.at, events.at + events.count), scheme, broken, expected);
}

}  // namespace authgrammar::schemes
