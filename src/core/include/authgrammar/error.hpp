#ifndef AUTHGRAMMAR_ERROR_HPP
#define AUTHGRAMMAR_ERROR_HPP

#include <authgrammar/edition.hpp>
#include <authgrammar/export.hpp>
#include <authgrammar/field.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace authgrammar {

/// Why a value was not read or not written. The numbers are stable: they are never changed or used again.
enum class error_code : std::uint8_t {
    none = 0,

    // The value is not in the language of the edition.
    expected_scheme = 1,              ///< an auth-scheme must begin here
    invalid_scheme = 2,               ///< the octet is not allowed in an auth-scheme or right after one
    expected_param_or_token68 = 3,    ///< after auth-scheme and 1*SP, the octet begins neither auth-param nor token68
    invalid_param_or_token68 = 4,     ///< the octet continues neither the name of an auth-param nor a token68
    invalid_token68 = 5,              ///< the octet is not allowed in a token68 or right after one
    expected_param = 6,               ///< an auth-param must begin here
    invalid_param_name = 7,           ///< the octet is not allowed in the name of an auth-param
    expected_equals = 8,              ///< "=" must follow the name of an auth-param
    expected_value = 9,               ///< a token or quoted-string must follow "="
    invalid_value = 10,               ///< the octet is not allowed in the token value of an auth-param
    invalid_quoted_string = 11,       ///< the octet is not allowed in a quoted-string
    unterminated_quoted_string = 12,  ///< the value ends inside a quoted-string
    invalid_quoted_pair = 13,         ///< the octet is not allowed after "\" in a quoted-string
    expected_comma = 14,              ///< only OWS and "," may follow here
    empty_list_element = 15,          ///< an empty list element, which this edition does not allow
    expected_list_element = 16,       ///< after ",", the octet begins no list element
    single_leading_comma = 17,        ///< RFC 7235 as published: "," before the first auth-param needs a second one
    leading_whitespace = 18,          ///< white space before the first list element
    trailing_whitespace = 19,         ///< the value ends in white space where the edition allows none
    trailing_comma = 20,              ///< the value ends after a "," where the edition requires a list element
    missing_challenge = 21,           ///< the value ends without the challenge or credentials that it must hold
    incomplete_param = 22,            ///< the value ends inside an auth-param
    second_credentials = 23,          ///< something follows the one credentials that the field may hold

    // A limit was exceeded; the value may be in the language.
    limit_total_bytes = 64,
    limit_challenges = 65,
    limit_params = 66,
    limit_name_length = 67,
    limit_value_length = 68,
    limit_empty_elements = 69,

    // Misuse by the caller, or a stop that it asked for.
    stopped = 96,            ///< the consumer of events stopped the reading
    fed_after_finish = 97,   ///< feed() after finish()
    finished_twice = 98,     ///< finish() after finish()
    event_buffer_full = 99,  ///< the caller's event buffer is too small for the value
    wrong_field_kind = 100,  ///< the function is for fields of another kind

    // Writing.
    text_buffer_full = 112,       ///< the caller's text buffer is too small
    forbidden_octet = 113,        ///< an octet that no quoted-string can carry (CR, LF, NUL and other controls)
    not_a_token = 114,            ///< a scheme or parameter name, or a value that must be bare, is not a token
    not_a_token68 = 115,          ///< the text is not a token68
    repeated_param = 116,         ///< a parameter name occurs twice in one challenge (RFC 9110, 11.2)
    params_beside_token68 = 117,  ///< a challenge holds either a token68 or parameters
    empty_challenge_list = 118,   ///< a challenge field without a challenge is not written
    buffer_overlap = 119,         ///< what is to be written lies, in part, in the buffer that it is written to
    null_array = 120              ///< an array that is to be written is null, but its count is not 0
};

/// Where and why a value was not read. All views are of static storage.
///
/// For a value that is not in the language `offset` is the length of its longest viable prefix: the index of the first
/// byte that no valid value has there, or the length of a value that is viable but incomplete. For a value that exceeds
/// a limit it is the index of the first byte that is too many. In a value of several lines it counts from the start of
/// line `line`; the length of that line stands for its end and for the ", " that joins it to the next.
struct error {
    error_code code = error_code::none;
    std::size_t offset = 0;       ///< in bytes
    std::size_t line = 0;         ///< index of the field line; 0 if there is only one
    std::string_view rule{};      ///< the ABNF rule that was being read, such as "auth-param"
    std::string_view section{};   ///< the section that defines it, such as "RFC 9110, 11.2"
    std::string_view expected{};  ///< what may be at `offset`, in words
};

/// A code, its name and its meaning. The views are of static storage.
struct error_description {
    error_code code;
    std::string_view name;         ///< the stable name, such as "expected_scheme"
    std::string_view explanation;  ///< one or two sentences for people
};

/// A range of descriptions in static storage.
struct error_table {
    const error_description* first;
    const error_description* last;
    [[nodiscard]] const error_description* begin() const noexcept { return first; }
    [[nodiscard]] const error_description* end() const noexcept { return last; }
};
/// The descriptions of all codes but `none`, in the order of the enumeration. Constant time.
[[nodiscard]] AUTHGRAMMAR_EXPORT error_table all_errors() noexcept;

/// The stable name of `code`, such as "expected_scheme": a view of static storage. "none" for a number that is no code.
/// Linear in the number of codes, as are the next two functions; no allocation.
[[nodiscard]] AUTHGRAMMAR_EXPORT std::string_view name_of(error_code code) noexcept;

/// What `code` means, in one or two sentences: a view of static storage.
[[nodiscard]] AUTHGRAMMAR_EXPORT std::string_view explain(error_code code) noexcept;

/// The code with exactly this name, or nothing. `none` has no name here.
[[nodiscard]] AUTHGRAMMAR_EXPORT std::optional<error_code> error_code_from_name(std::string_view name) noexcept;

/// The error of `value`, one field line that is not in the language of `f` in edition `e`, for engines that find only
/// the offset of the error. `offset` must not exceed `value.size()`; the bytes before it must be a viable prefix, or
/// the error is that of the first byte that is not. Linear in `offset`; no allocation.
[[nodiscard]] AUTHGRAMMAR_EXPORT error diagnose(field f, edition e, std::string_view value,
                                                std::size_t offset) noexcept;

}  // namespace authgrammar

#endif
