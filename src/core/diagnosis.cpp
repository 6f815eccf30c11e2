#include <authgrammar/error.hpp>
#include <authgrammar/tokenizer.hpp>

#include "expected.hpp"

namespace authgrammar {

namespace {

/// An ABNF rule and where each family of RFCs defines it.
struct rule_source {
    std::string_view rule;
    std::string_view rfc7235;
    std::string_view rfc9110;
};

constexpr rule_source auth_scheme{"auth-scheme", "RFC 7235, 2.1", "RFC 9110, 11.1"};
constexpr rule_source auth_param_rule{"auth-param", "RFC 7235, 2.1", "RFC 9110, 11.2"};
constexpr rule_source token68_rule{"token68", "RFC 7235, 2.1", "RFC 9110, 11.2"};
constexpr rule_source challenge_rule{"challenge", "RFC 7235, 2.1", "RFC 9110, 11.3"};
constexpr rule_source credentials_rule{"credentials", "RFC 7235, 2.1", "RFC 9110, 11.4"};
constexpr rule_source token_rule{"token", "RFC 7230, 3.2.6", "RFC 9110, 5.6.2"};
constexpr rule_source quoted_string_rule{"quoted-string", "RFC 7230, 3.2.6", "RFC 9110, 5.6.4"};
constexpr rule_source quoted_pair_rule{"quoted-pair", "RFC 7230, 3.2.6", "RFC 9110, 5.6.4"};

rule_source rule_of(field f) noexcept {
    switch (f) {
        case field::www_authenticate: return {name_of(f), "RFC 7235, 4.1", "RFC 9110, 11.6.1"};
        case field::proxy_authenticate: return {name_of(f), "RFC 7235, 4.3", "RFC 9110, 11.7.1"};
        case field::authorization: return {name_of(f), "RFC 7235, 4.2", "RFC 9110, 11.6.2"};
        case field::proxy_authorization: return {name_of(f), "RFC 7235, 4.4", "RFC 9110, 11.7.2"};
        case field::authentication_info: return {name_of(f), "RFC 7615, 3", "RFC 9110, 11.6.3"};
        case field::proxy_authentication_info: break;
    }
    return {name_of(f), "RFC 7615, 4", "RFC 9110, 11.7.3"};
}

/// The rule that a code speaks of: the innermost one that could have gone on. Null if that is the field.
const rule_source* rule_of(error_code code, field_kind kind) noexcept {
    const rule_source* const credentials = kind == field_kind::credentials ? &credentials_rule : nullptr;
    switch (code) {
        case error_code::expected_scheme:
        case error_code::invalid_scheme: return &auth_scheme;
        case error_code::expected_param_or_token68:
        case error_code::invalid_param_or_token68:
        case error_code::limit_params: return credentials != nullptr ? credentials : &challenge_rule;
        case error_code::invalid_token68: return &token68_rule;
        case error_code::expected_param:
        case error_code::invalid_param_name:
        case error_code::expected_equals:
        case error_code::expected_value:
        case error_code::incomplete_param: return &auth_param_rule;
        case error_code::invalid_value:
        case error_code::limit_name_length: return &token_rule;
        case error_code::invalid_quoted_string:
        case error_code::unterminated_quoted_string: return &quoted_string_rule;
        case error_code::invalid_quoted_pair: return &quoted_pair_rule;
        default: return credentials;
    }
}

std::string_view words_for(edition e, field_kind kind, int state) noexcept {
    static constexpr detail::expectation_table table{};
    if (state == detail::AG_QUOTED) return "qdtext, quoted-pair or DQUOTE";
    if (state == detail::AG_QUOTED_PAIR) return "HTAB, SP, VCHAR or obs-text";
    if (state >= detail::AG_STATES || static_cast<int>(e) >= detail::AG_EDITIONS) return {};
    return table.words(static_cast<int>(e), static_cast<int>(kind), state);
}

std::string_view words_for(error_code code) noexcept {
    switch (code) {
        case error_code::limit_total_bytes: return "at most limits::total_bytes bytes";
        case error_code::limit_challenges: return "at most limits::challenges challenges";
        case error_code::limit_params: return "at most limits::params parameters";
        case error_code::limit_name_length: return "a name of at most limits::name_length bytes";
        case error_code::limit_value_length: return "a value of at most limits::value_length bytes";
        case error_code::limit_empty_elements: return "at most limits::empty_elements empty list elements in a row";
        case error_code::stopped: return "a consumer that does not stop";
        case error_code::fed_after_finish: return "no feed() after finish()";
        case error_code::finished_twice: return "a single finish()";
        default: return {};
    }
}

error describe_as(error_code code, field f, edition e, int state, std::size_t offset) noexcept {
    error out{};
    out.code = code;
    out.offset = offset;
    if (code == error_code::none) return out;
    out.expected = words_for(code);
    if (out.expected.empty()) out.expected = words_for(e, kind_of(f), state);
    if (code >= error_code::stopped) return out;
    const rule_source* const source = rule_of(code, kind_of(f));
    const bool old = e == edition::rfc7235;
    if (source != nullptr) {
        out.rule = source->rule;
        out.section = old ? source->rfc7235 : source->rfc9110;
    } else {
        const rule_source field_rule = rule_of(f);
        out.rule = field_rule.rule;
        out.section = old ? field_rule.rfc7235 : field_rule.rfc9110;
    }
    return out;
}

}  // namespace

namespace detail {

namespace {

error_code code_after_comma(int flags, field_kind kind, int state, int c) noexcept {
    const bool ws = state == AG_COMMA_S_WS || state == AG_COMMA_PS_WS;
    if (c == AG_CLASSES) {
        return ws && (flags & AG_EMPTY_ELEMENTS) != 0 ? error_code::trailing_whitespace : error_code::trailing_comma;
    }
    if (c == AG_COMMA) return error_code::empty_list_element;
    return kind == field_kind::challenges ? error_code::expected_list_element : error_code::expected_param;
}

error_code code_at_start(field_kind kind, int c) noexcept {
    if (c == AG_CLASSES) return error_code::missing_challenge;
    if (c == AG_SP || c == AG_HTAB) return error_code::leading_whitespace;
    if (c == AG_COMMA && kind != field_kind::credentials) return error_code::empty_list_element;
    return kind == field_kind::info ? error_code::expected_param : error_code::expected_scheme;
}

}  // namespace

error_code code_for(int flags, field_kind kind, int state, int c) noexcept {
    const bool end = c == AG_CLASSES;
    const bool tchar = c == AG_ALNUM || c == AG_SIGN;
    switch (state) {
        case AG_START: return code_at_start(kind, c);
        case AG_LEADING_WS: return error_code::leading_whitespace;
        case AG_LEADING_COMMA: return end ? error_code::missing_challenge : error_code::expected_list_element;
        case AG_SCHEME: return error_code::invalid_scheme;
        case AG_ONE_COMMA_SCHEME: return c == AG_EQUALS ? error_code::single_leading_comma : error_code::invalid_scheme;
        case AG_SCHEME_SP:
            return c == AG_COMMA ? error_code::empty_list_element : error_code::expected_param_or_token68;
        case AG_WORD_PS_SP: return error_code::expected_param_or_token68;
        case AG_ONE_COMMA:
        case AG_ONE_COMMA_WS:
            if (end) return error_code::trailing_whitespace;
            return tchar ? error_code::single_leading_comma : error_code::expected_list_element;
        case AG_COMMA_S:
        case AG_COMMA_S_WS:
        case AG_COMMA_PS:
        case AG_COMMA_PS_WS: return code_after_comma(flags, kind, state, c);
        case AG_WORD_PS: return error_code::invalid_param_name;
        case AG_WORD_PS_HTAB:
        case AG_WORD_PS_SP_HTAB:
        case AG_WORD_T_WS: return end ? error_code::trailing_whitespace : error_code::expected_equals;
        case AG_WORD_T: return c == AG_COMMA ? error_code::second_credentials : error_code::invalid_param_or_token68;
        case AG_WORD_T_EQ: return c == AG_COMMA ? error_code::second_credentials : error_code::expected_value;
        case AG_TOKEN68:
        case AG_TOKEN68_EQ: return c == AG_COMMA ? error_code::second_credentials : error_code::invalid_token68;
        case AG_NAME: return end ? error_code::incomplete_param : error_code::invalid_param_name;
        case AG_NAME_WS: return end ? error_code::incomplete_param : error_code::expected_equals;
        case AG_WORD_T_EQ_WS:
        case AG_EQ: return end ? error_code::incomplete_param : error_code::expected_value;
        case AG_VALUE: return error_code::invalid_value;
        case AG_QUOTED: return end ? error_code::unterminated_quoted_string : error_code::invalid_quoted_string;
        case AG_QUOTED_PAIR: return end ? error_code::unterminated_quoted_string : error_code::invalid_quoted_pair;
        case AG_SCHEME_HTAB:
        case AG_SCHEME_SP_HTAB:
        case AG_TOKEN68_WS:
        case AG_VALUE_END:
        case AG_VALUE_WS: return end ? error_code::trailing_whitespace : error_code::expected_comma;
        default: return error_code::none;
    }
}

error describe(const tokenizer_state& s) noexcept {
    return describe_as(s.status_, s.field_, s.edition_, s.state_, s.position_);
}

}  // namespace detail

error diagnose(field f, edition e, std::string_view value, std::size_t offset) noexcept {
    using namespace detail;
    int state = AG_START;
    const int flags = ag_edition_flags[static_cast<std::size_t>(e)];
    const int kind = static_cast<int>(kind_of(f));
    for (std::size_t i = 0; i < offset; ++i) {
        const int c = ag_class_of[static_cast<unsigned char>(value[i])];
        const auto next = static_cast<int>(ag_step(flags, kind, state, c) & 0xFF);
        if (next == AG_DEAD) {
            offset = i;
            break;
        }
        state = next;
    }
    const int c = offset < value.size() ? int{ag_class_of[static_cast<unsigned char>(value[offset])]} : int{AG_CLASSES};
    return describe_as(code_for(flags, kind_of(f), state, c), f, e, state, offset);
}

}  // namespace authgrammar
