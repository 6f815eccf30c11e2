#include <authgrammar/error.hpp>

namespace authgrammar {

namespace {

constexpr error_description descriptions[] = {
    {error_code::expected_scheme, "expected_scheme",
     "The name of a scheme has to start here. A value cannot start with a quote, \"=\" or a control character."},
    {error_code::invalid_scheme, "invalid_scheme",
     "This byte is not allowed in or directly after the name of a scheme. Only spaces may come between the scheme and "
     "its token or parameters."},
    {error_code::expected_param_or_token68, "expected_param_or_token68",
     "After the scheme and a space, a parameter or a token has to follow. This byte starts neither."},
    {error_code::invalid_param_or_token68, "invalid_param_or_token68",
     "This byte is allowed neither in the name of a parameter nor in a token."},
    {error_code::invalid_token68, "invalid_token68",
     "This byte is not allowed in or directly after the token (token68). It consists of letters, digits and -._~+/, "
     "with \"=\" only at its end, and no white space."},
    {error_code::expected_param, "expected_param", "A parameter has to start here, with its name."},
    {error_code::invalid_param_name, "invalid_param_name",
     "This byte is not allowed in or directly after the name of a parameter."},
    {error_code::expected_equals, "expected_equals", "\"=\" has to follow the name of a parameter."},
    {error_code::expected_value, "expected_value",
     "A value has to follow \"=\": a token, or a string in quotes. A value with characters such as \"/\" or \":\" has "
     "to be quoted."},
    {error_code::invalid_value, "invalid_value",
     "This byte is not allowed in or directly after a value without quotes. A value that contains it has to be "
     "quoted."},
    {error_code::invalid_quoted_string, "invalid_quoted_string",
     "This byte is not allowed in a quoted string. Control characters other than tab cannot be sent at all."},
    {error_code::unterminated_quoted_string, "unterminated_quoted_string",
     "The value ends inside a quoted string: the closing quote is missing, or a backslash escapes it."},
    {error_code::invalid_quoted_pair, "invalid_quoted_pair",
     "This byte cannot follow a backslash in a quoted string: control characters other than tab cannot be escaped."},
    {error_code::expected_comma, "expected_comma",
     "A list element ends here. Only white space and a comma may follow."},
    {error_code::empty_list_element, "empty_list_element",
     "A comma that separates nothing. Recipients accept it; senders must not generate it (RFC 9110, 5.6.1.1)."},
    {error_code::expected_list_element, "expected_list_element",
     "After the comma, this byte starts neither a challenge nor a parameter."},
    {error_code::single_leading_comma, "single_leading_comma",
     "RFC 7235, as published, does not allow a single comma before the first parameter: it allows none or two (RFC "
     "7230, erratum 5257). By RFC 9110, recipients accept any number."},
    {error_code::leading_whitespace, "leading_whitespace",
     "White space before the first list element. A message parser strips it from the field line before the value is "
     "read (RFC 9112, 5.1); here the value is read exactly as given."},
    {error_code::trailing_whitespace, "trailing_whitespace",
     "White space at the end of the value, where the grammar has none. A message parser strips it from the field line "
     "before the value is read (RFC 9112, 5.1); here the value is read exactly as given."},
    {error_code::trailing_comma, "trailing_comma",
     "The value ends with a comma, which senders must not generate (RFC 9110, 5.6.1.1)."},
    {error_code::missing_challenge, "missing_challenge",
     "The value has to contain a challenge or credentials, and contains none."},
    {error_code::incomplete_param, "incomplete_param", "The last parameter has no value."},
    {error_code::second_credentials, "second_credentials",
     "Authorization and Proxy-Authorization carry a single value. A comma after it usually means that two field lines "
     "were joined, which is never valid in these fields (RFC 9110, 5.3)."},
    {error_code::limit_total_bytes, "limit_total_bytes",
     "The value is longer than the limit allows. It may still be valid."},
    {error_code::limit_challenges, "limit_challenges",
     "The value has more challenges than the limit allows. It may still be valid."},
    {error_code::limit_params, "limit_params",
     "The value has more parameters than the limit allows. It may still be valid."},
    {error_code::limit_name_length, "limit_name_length",
     "The name of a scheme or a parameter is longer than the limit allows. The value may still be valid."},
    {error_code::limit_value_length, "limit_value_length",
     "A token68 or a parameter value is longer than the limit allows. The value may still be valid."},
    {error_code::limit_empty_elements, "limit_empty_elements",
     "There are more empty list elements in a row than the limit allows. Recipients accept a reasonable number of them "
     "(RFC 9110, 5.6.1.2); the value may still be valid."},
    {error_code::stopped, "stopped", "The consumer of the events asked to stop."},
    {error_code::fed_after_finish, "fed_after_finish", "The tokenizer was fed after the value was finished."},
    {error_code::finished_twice, "finished_twice", "The value was finished a second time."},
    {error_code::event_buffer_full, "event_buffer_full",
     "The caller's event buffer is too small for the value: 4 events per challenge and 2 per parameter are enough."},
    {error_code::wrong_field_kind, "wrong_field_kind", "The function reads a different kind of field."},
    {error_code::text_buffer_full, "text_buffer_full",
     "The caller's text buffer is too small; the offset is the number of bytes needed."},
    {error_code::forbidden_octet, "forbidden_octet",
     "A byte that cannot be sent even in quotes: CR, LF, NUL, another control character, or DEL."},
    {error_code::not_a_token, "not_a_token",
     "A scheme, a parameter name, or a value that must not be quoted, is not a token."},
    {error_code::not_a_token68, "not_a_token68", "The text is not a token68."},
    {error_code::repeated_param, "repeated_param",
     "A parameter name occurs twice in one challenge, compared without regard to case (RFC 9110, 11.2)."},
    {error_code::params_beside_token68, "params_beside_token68",
     "A challenge has either a token68 or parameters, never both (RFC 9110, 11.3)."},
    {error_code::empty_challenge_list, "empty_challenge_list",
     "WWW-Authenticate and Proxy-Authenticate are not written without a challenge: RFC 7235 requires one."},
    {error_code::buffer_overlap, "buffer_overlap",
     "An argument overlaps the output buffer. Pass a buffer, or a capacity, that does not overlap any argument."},
    {error_code::null_array, "null_array",
     "An array of challenges, of parameters or of quoting rules is a null pointer, but its count is not 0."},
};

}  // namespace

error_table all_errors() noexcept {
    return {descriptions, descriptions + sizeof descriptions / sizeof descriptions[0]};
}

std::string_view name_of(error_code code) noexcept {
    for (const error_description& d : descriptions) {
        if (d.code == code) return d.name;
    }
    return "none";
}

std::string_view explain(error_code code) noexcept {
    for (const error_description& d : descriptions) {
        if (d.code == code) return d.explanation;
    }
    return "No error.";
}

std::optional<error_code> error_code_from_name(std::string_view name) noexcept {
    for (const error_description& d : descriptions) {
        if (d.name == name) return d.code;
    }
    return std::nullopt;
}

}  // namespace authgrammar
