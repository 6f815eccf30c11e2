#include <authgrammar/error.hpp>

namespace authgrammar {

namespace {

constexpr error_description descriptions[] = {
    {error_code::expected_scheme, "expected_scheme",
     "An auth-scheme, which is a token, has to begin here. A value that begins with a quoted-string, \"=\" or a "
     "control is not a challenge or credentials."},
    {error_code::invalid_scheme, "invalid_scheme",
     "The octet is not allowed in an auth-scheme, or right after one. An auth-scheme is a token; only SP may come "
     "between it and its token68 or parameters."},
    {error_code::expected_param_or_token68, "expected_param_or_token68",
     "After auth-scheme and SP the octet begins neither an auth-param nor a token68."},
    {error_code::invalid_param_or_token68, "invalid_param_or_token68",
     "The octet continues neither the name of an auth-param nor a token68."},
    {error_code::invalid_token68, "invalid_token68",
     "The octet is not allowed in a token68, or right after one. A token68 holds ALPHA, DIGIT and -._~+/, then any "
     "number of \"=\" at its end, and no white space; nothing but a list comma may come after it."},
    {error_code::expected_param, "expected_param", "An auth-param, which begins with a token, has to begin here."},
    {error_code::invalid_param_name, "invalid_param_name",
     "The octet is not allowed in the name of an auth-param, or right after it. After a list comma the word may "
     "also be the auth-scheme of a further challenge, and the octet does not fit that either."},
    {error_code::expected_equals, "expected_equals",
     "\"=\" has to follow the name of an auth-param. Where a further challenge may begin, the word and the white "
     "space behind it make no challenge either."},
    {error_code::expected_value, "expected_value",
     "A token or a quoted-string has to follow \"=\". A value with octets outside token, \"/\" or \":\" for "
     "instance, has to be quoted."},
    {error_code::invalid_value, "invalid_value",
     "The octet is not allowed in a token, or right after the value of an auth-param. A value that holds it has to "
     "be a quoted-string."},
    {error_code::invalid_quoted_string, "invalid_quoted_string",
     "The octet is not allowed in a quoted-string. Controls except HTAB, and DEL, cannot be carried at all."},
    {error_code::unterminated_quoted_string, "unterminated_quoted_string",
     "The value ends inside a quoted-string: its closing DQUOTE is missing, or a \"\\\" escapes it."},
    {error_code::invalid_quoted_pair, "invalid_quoted_pair",
     "The octet cannot follow \"\\\" in a quoted-string: only HTAB, SP, VCHAR and obs-text can be escaped."},
    {error_code::expected_comma, "expected_comma",
     "A list element ends here, and only optional white space and \",\" may follow."},
    {error_code::empty_list_element, "empty_list_element",
     "An empty list element. A recipient accepts it; a sender must not generate it (RFC 9110, 5.6.1.1), and no "
     "edition has one in credentials before the first parameter when it is written."},
    {error_code::expected_list_element, "expected_list_element",
     "After \",\" the octet begins neither an auth-scheme nor an auth-param."},
    {error_code::single_leading_comma, "single_leading_comma",
     "RFC 7235, as published, has no single \",\" before the first auth-param: one is out, two are in (RFC 7230, "
     "erratum 5257). RFC 9110 accepts any number from a recipient."},
    {error_code::leading_whitespace, "leading_whitespace",
     "White space before the first list element. A message parser strips it from a field line before the value is "
     "read (RFC 9112, 5.1); values are taken as they are here."},
    {error_code::trailing_whitespace, "trailing_whitespace",
     "The value ends in white space where its grammar has none. A message parser strips it from a field line "
     "before the value is read (RFC 9112, 5.1); values are taken as they are here."},
    {error_code::trailing_comma, "trailing_comma",
     "The value ends after \",\". That is an empty list element, which a sender must not generate (RFC 9110, "
     "5.6.1.1)."},
    {error_code::missing_challenge, "missing_challenge",
     "The value ends without the challenge or the credentials that it must hold."},
    {error_code::incomplete_param, "incomplete_param", "The value ends inside an auth-param: its value is missing."},
    {error_code::second_credentials, "second_credentials",
     "Authorization and Proxy-Authorization hold exactly one credentials. A comma after it is a sign of merged "
     "field lines, which can never be read as one (RFC 9110, 5.3)."},
    {error_code::limit_total_bytes, "limit_total_bytes",
     "The value is longer than the limit allows. It may be in the language."},
    {error_code::limit_challenges, "limit_challenges",
     "The value holds more challenges than the limit allows. It may be in the language."},
    {error_code::limit_params, "limit_params",
     "The value holds more parameters than the limit allows. It may be in the language."},
    {error_code::limit_name_length, "limit_name_length",
     "An auth-scheme or a parameter name is longer than the limit allows. The value may be in the language."},
    {error_code::limit_value_length, "limit_value_length",
     "A token68 or a parameter value is longer than the limit allows. The field value may be in the language."},
    {error_code::limit_empty_elements, "limit_empty_elements",
     "There are more empty list elements in a row than the limit allows. A recipient accepts a reasonable number "
     "of them (RFC 9110, 5.6.1.2); the value may be in the language."},
    {error_code::stopped, "stopped", "The consumer of the events asked to stop."},
    {error_code::fed_after_finish, "fed_after_finish", "The tokenizer was fed after the value was finished."},
    {error_code::finished_twice, "finished_twice", "The value was finished a second time."},
    {error_code::event_buffer_full, "event_buffer_full",
     "The event buffer that the caller gave is too small for the value: 4 events a challenge and 2 a parameter are "
     "enough."},
    {error_code::wrong_field_kind, "wrong_field_kind",
     "The field's values are of another kind than the function reads."},
    {error_code::text_buffer_full, "text_buffer_full",
     "The text buffer that the caller gave is too small; the offset is the number of bytes that it takes."},
    {error_code::forbidden_octet, "forbidden_octet",
     "An octet that no quoted-string can carry: CR, LF, NUL, another control, or DEL."},
    {error_code::not_a_token, "not_a_token",
     "A scheme, a parameter name, or a value that must not be quoted, is not a token."},
    {error_code::not_a_token68, "not_a_token68", "The text is not a token68."},
    {error_code::repeated_param, "repeated_param",
     "A parameter name occurs twice in one challenge, compared without regard to case (RFC 9110, 11.2)."},
    {error_code::params_beside_token68, "params_beside_token68",
     "A challenge holds either a token68 or parameters, never both (RFC 9110, 11.3)."},
    {error_code::empty_challenge_list, "empty_challenge_list",
     "A WWW-Authenticate or Proxy-Authenticate without a challenge is not written: RFC 7235 requires one."},
    {error_code::buffer_overlap, "buffer_overlap",
     "What is to be written, or an array that describes it, lies in part in the buffer that it is to be written "
     "to. Give a buffer, or a capacity, that keeps clear of the arguments."},
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
