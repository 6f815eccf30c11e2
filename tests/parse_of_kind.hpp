#ifndef AUTHGRAMMAR_TESTS_PARSE_OF_KIND_HPP
#define AUTHGRAMMAR_TESTS_PARSE_OF_KIND_HPP

#include <authgrammar/authgrammar.hpp>

namespace authgrammar::test {

/// Reads a value into `events` by parse_challenges or the sister of it that reads fields of the kind of `f`. Returns the
/// error, or one of code `none`.
[[nodiscard]] inline error parse_of_kind(field f, const field_value& value, event_buffer& events,
                                         const parse_options& options = {}) {
    const auto error_of = [](const auto& result) { return result ? error{} : result.error(); };
    switch (kind_of(f)) {
        case field_kind::challenges: return error_of(parse_challenges(f, value, events, options));
        case field_kind::credentials: return error_of(parse_credentials(f, value, events, options));
        case field_kind::info: break;
    }
    return error_of(parse_info(f, value, events, options));
}

}  // namespace authgrammar::test

#endif
