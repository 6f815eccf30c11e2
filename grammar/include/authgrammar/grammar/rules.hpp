#ifndef AUTHGRAMMAR_GRAMMAR_RULES_HPP
#define AUTHGRAMMAR_GRAMMAR_RULES_HPP

#include <authgrammar/grammar/basic.hpp>
#include <authgrammar/grammar/bearer.hpp>
#include <authgrammar/grammar/digest.hpp>
#include <authgrammar/grammar/negotiate.hpp>
#include <authgrammar/grammar/rfc2616.hpp>
#include <authgrammar/grammar/rfc4648.hpp>
#include <authgrammar/grammar/rfc5234.hpp>
#include <authgrammar/grammar/rfc6749.hpp>
#include <authgrammar/grammar/rfc7230.hpp>
#include <authgrammar/grammar/rfc7235.hpp>
#include <authgrammar/grammar/rfc7615.hpp>
#include <authgrammar/grammar/rfc8187.hpp>
#include <authgrammar/grammar/rfc9110.hpp>
#include <authgrammar/grammar/rfc9110_recipient.hpp>

/// Every rule of the grammar with its name, for code that has to go through all of them: tests, proofs, tables.
///
/// `visit_SOURCE(visitor)` calls `visitor(named<Rule>{"NAME"})` for each rule of the namespace SOURCE, ABNF rules
/// and helpers, in the order of the header. A rule that several sources share is visited in each.
namespace authgrammar::grammar {

/// A rule as a value: its type and the name under which its source has it, in static storage.
template <typename Rule>
struct named {
    using rule = Rule;
    const char* name;
};

#define AUTHGRAMMAR_VISIT(source, rule) visitor(named<source::rule>{#rule})

template <typename Visitor>
void visit_rfc5234(Visitor&& visitor) {
    AUTHGRAMMAR_VISIT(rfc5234, ALPHA);
    AUTHGRAMMAR_VISIT(rfc5234, BIT);
    AUTHGRAMMAR_VISIT(rfc5234, CHAR);
    AUTHGRAMMAR_VISIT(rfc5234, CR);
    AUTHGRAMMAR_VISIT(rfc5234, LF);
    AUTHGRAMMAR_VISIT(rfc5234, CRLF);
    AUTHGRAMMAR_VISIT(rfc5234, CTL);
    AUTHGRAMMAR_VISIT(rfc5234, DIGIT);
    AUTHGRAMMAR_VISIT(rfc5234, DQUOTE);
    AUTHGRAMMAR_VISIT(rfc5234, HEXDIG);
    AUTHGRAMMAR_VISIT(rfc5234, HTAB);
    AUTHGRAMMAR_VISIT(rfc5234, SP);
    AUTHGRAMMAR_VISIT(rfc5234, WSP);
    AUTHGRAMMAR_VISIT(rfc5234, LWSP);
    AUTHGRAMMAR_VISIT(rfc5234, OCTET);
    AUTHGRAMMAR_VISIT(rfc5234, VCHAR);
}

template <typename Visitor>
void visit_rfc7230(Visitor&& visitor) {
    AUTHGRAMMAR_VISIT(rfc7230, OWS);
    AUTHGRAMMAR_VISIT(rfc7230, BWS);
    AUTHGRAMMAR_VISIT(rfc7230, tchar);
    AUTHGRAMMAR_VISIT(rfc7230, token);
    AUTHGRAMMAR_VISIT(rfc7230, obs_text);
    AUTHGRAMMAR_VISIT(rfc7230, qdtext);
    AUTHGRAMMAR_VISIT(rfc7230, quoted_pair);
    AUTHGRAMMAR_VISIT(rfc7230, quoted_string);
}

template <typename Visitor>
void visit_rfc7235(Visitor&& visitor) {
    AUTHGRAMMAR_VISIT(rfc7235, OWS);
    AUTHGRAMMAR_VISIT(rfc7235, BWS);
    AUTHGRAMMAR_VISIT(rfc7235, token);
    AUTHGRAMMAR_VISIT(rfc7235, quoted_string);
    AUTHGRAMMAR_VISIT(rfc7235, token68);
    AUTHGRAMMAR_VISIT(rfc7235, auth_scheme);
    AUTHGRAMMAR_VISIT(rfc7235, auth_param);
    AUTHGRAMMAR_VISIT(rfc7235, end_of_challenge);
    AUTHGRAMMAR_VISIT(rfc7235, token68_in_list);
    AUTHGRAMMAR_VISIT(rfc7235, token68_at_end);
    AUTHGRAMMAR_VISIT(rfc7235, credentials);
    AUTHGRAMMAR_VISIT(rfc7235, challenge);
    AUTHGRAMMAR_VISIT(rfc7235, gap);
    AUTHGRAMMAR_VISIT(rfc7235, params_in_list);
    AUTHGRAMMAR_VISIT(rfc7235, challenge_in_list);
    AUTHGRAMMAR_VISIT(rfc7235, WWW_Authenticate);
    AUTHGRAMMAR_VISIT(rfc7235, Proxy_Authenticate);
    AUTHGRAMMAR_VISIT(rfc7235, Authorization);
    AUTHGRAMMAR_VISIT(rfc7235, Proxy_Authorization);
}

template <typename Visitor>
void visit_rfc7615(Visitor&& visitor) {
    AUTHGRAMMAR_VISIT(rfc7615, Authentication_Info);
    AUTHGRAMMAR_VISIT(rfc7615, Proxy_Authentication_Info);
}

template <typename Visitor>
void visit_rfc9110(Visitor&& visitor) {
    AUTHGRAMMAR_VISIT(rfc9110, OWS);
    AUTHGRAMMAR_VISIT(rfc9110, BWS);
    AUTHGRAMMAR_VISIT(rfc9110, tchar);
    AUTHGRAMMAR_VISIT(rfc9110, token);
    AUTHGRAMMAR_VISIT(rfc9110, obs_text);
    AUTHGRAMMAR_VISIT(rfc9110, qdtext);
    AUTHGRAMMAR_VISIT(rfc9110, quoted_pair);
    AUTHGRAMMAR_VISIT(rfc9110, quoted_string);
    AUTHGRAMMAR_VISIT(rfc9110, auth_scheme);
    AUTHGRAMMAR_VISIT(rfc9110, auth_param);
    AUTHGRAMMAR_VISIT(rfc9110, token68);
    AUTHGRAMMAR_VISIT(rfc9110, token68_in_list);
    AUTHGRAMMAR_VISIT(rfc9110, token68_at_end);
    AUTHGRAMMAR_VISIT(rfc9110, challenge);
    AUTHGRAMMAR_VISIT(rfc9110, credentials);
    AUTHGRAMMAR_VISIT(rfc9110, WWW_Authenticate);
    AUTHGRAMMAR_VISIT(rfc9110, Proxy_Authenticate);
    AUTHGRAMMAR_VISIT(rfc9110, Authorization);
    AUTHGRAMMAR_VISIT(rfc9110, Proxy_Authorization);
    AUTHGRAMMAR_VISIT(rfc9110, Authentication_Info);
    AUTHGRAMMAR_VISIT(rfc9110, Proxy_Authentication_Info);
}

template <typename Visitor>
void visit_rfc9110_recipient(Visitor&& visitor) {
    AUTHGRAMMAR_VISIT(rfc9110_recipient, param_list);
    AUTHGRAMMAR_VISIT(rfc9110_recipient, credentials);
    AUTHGRAMMAR_VISIT(rfc9110_recipient, challenge);
    AUTHGRAMMAR_VISIT(rfc9110_recipient, gap);
    AUTHGRAMMAR_VISIT(rfc9110_recipient, params_in_list);
    AUTHGRAMMAR_VISIT(rfc9110_recipient, challenge_in_list);
    AUTHGRAMMAR_VISIT(rfc9110_recipient, WWW_Authenticate);
    AUTHGRAMMAR_VISIT(rfc9110_recipient, Proxy_Authenticate);
    AUTHGRAMMAR_VISIT(rfc9110_recipient, Authorization);
    AUTHGRAMMAR_VISIT(rfc9110_recipient, Proxy_Authorization);
    AUTHGRAMMAR_VISIT(rfc9110_recipient, Authentication_Info);
    AUTHGRAMMAR_VISIT(rfc9110_recipient, Proxy_Authentication_Info);
}

template <typename Visitor>
void visit_rfc2616(Visitor&& visitor) {
    AUTHGRAMMAR_VISIT(rfc2616, LWS);
}

template <typename Visitor>
void visit_rfc4648(Visitor&& visitor) {
    AUTHGRAMMAR_VISIT(rfc4648, base64_char);
    AUTHGRAMMAR_VISIT(rfc4648, base64_4);
    AUTHGRAMMAR_VISIT(rfc4648, base64_0_bits_2);
    AUTHGRAMMAR_VISIT(rfc4648, base64_3);
    AUTHGRAMMAR_VISIT(rfc4648, base64_0_bits_4);
    AUTHGRAMMAR_VISIT(rfc4648, base64_2);
    AUTHGRAMMAR_VISIT(rfc4648, base64);
}

template <typename Visitor>
void visit_rfc6749(Visitor&& visitor) {
    AUTHGRAMMAR_VISIT(rfc6749, NQCHAR);
    AUTHGRAMMAR_VISIT(rfc6749, NQSCHAR);
    AUTHGRAMMAR_VISIT(rfc6749, scope_token);
    AUTHGRAMMAR_VISIT(rfc6749, scope);
    AUTHGRAMMAR_VISIT(rfc6749, error);
    AUTHGRAMMAR_VISIT(rfc6749, error_description);
}

template <typename Visitor>
void visit_rfc8187(Visitor&& visitor) {
    AUTHGRAMMAR_VISIT(rfc8187, mime_charsetc);
    AUTHGRAMMAR_VISIT(rfc8187, mime_charset);
    AUTHGRAMMAR_VISIT(rfc8187, charset);
    AUTHGRAMMAR_VISIT(rfc8187, pct_encoded);
    AUTHGRAMMAR_VISIT(rfc8187, attr_char);
    AUTHGRAMMAR_VISIT(rfc8187, value_chars);
}

template <typename Visitor>
void visit_basic(Visitor&& visitor) {
    AUTHGRAMMAR_VISIT(basic, realm);
    AUTHGRAMMAR_VISIT(basic, charset_param);
    AUTHGRAMMAR_VISIT(basic, challenge);
    AUTHGRAMMAR_VISIT(basic, basic_credentials);
    AUTHGRAMMAR_VISIT(basic, credentials);
    AUTHGRAMMAR_VISIT(basic, user_id);
    AUTHGRAMMAR_VISIT(basic, password);
    AUTHGRAMMAR_VISIT(basic, user_pass);
}

template <typename Visitor>
void visit_bearer(Visitor&& visitor) {
    AUTHGRAMMAR_VISIT(bearer, b64token);
    AUTHGRAMMAR_VISIT(bearer, credentials);
    AUTHGRAMMAR_VISIT(bearer, challenge);
    AUTHGRAMMAR_VISIT(bearer, error_uri);
}

template <typename Visitor>
void visit_digest(Visitor&& visitor) {
    AUTHGRAMMAR_VISIT(digest, realm);
    AUTHGRAMMAR_VISIT(digest, domain);
    AUTHGRAMMAR_VISIT(digest, nonce);
    AUTHGRAMMAR_VISIT(digest, opaque);
    AUTHGRAMMAR_VISIT(digest, qop_value);
    AUTHGRAMMAR_VISIT(digest, qop_options);
    AUTHGRAMMAR_VISIT(digest, flag);
    AUTHGRAMMAR_VISIT(digest, stale);
    AUTHGRAMMAR_VISIT(digest, algorithm_value);
    AUTHGRAMMAR_VISIT(digest, algorithm);
    AUTHGRAMMAR_VISIT(digest, charset_param);
    AUTHGRAMMAR_VISIT(digest, userhash);
    AUTHGRAMMAR_VISIT(digest, challenge_param);
    AUTHGRAMMAR_VISIT(digest, challenge);
    AUTHGRAMMAR_VISIT(digest, LHEX);
    AUTHGRAMMAR_VISIT(digest, response_value);
    AUTHGRAMMAR_VISIT(digest, response);
    AUTHGRAMMAR_VISIT(digest, username);
    AUTHGRAMMAR_VISIT(digest, ext_value);
    AUTHGRAMMAR_VISIT(digest, username_ext);
    AUTHGRAMMAR_VISIT(digest, uri);
    AUTHGRAMMAR_VISIT(digest, cnonce);
    AUTHGRAMMAR_VISIT(digest, message_qop);
    AUTHGRAMMAR_VISIT(digest, nc_value);
    AUTHGRAMMAR_VISIT(digest, nc);
    AUTHGRAMMAR_VISIT(digest, credentials_param);
    AUTHGRAMMAR_VISIT(digest, credentials);
    AUTHGRAMMAR_VISIT(digest, nextnonce);
    AUTHGRAMMAR_VISIT(digest, rspauth);
    AUTHGRAMMAR_VISIT(digest, info_param);
    AUTHGRAMMAR_VISIT(digest, auth_info);
}

template <typename Visitor>
void visit_negotiate(Visitor&& visitor) {
    AUTHGRAMMAR_VISIT(negotiate, gssapi_data);
    AUTHGRAMMAR_VISIT(negotiate, auth_data);
    AUTHGRAMMAR_VISIT(negotiate, challenge);
    AUTHGRAMMAR_VISIT(negotiate, auth_data2);
    AUTHGRAMMAR_VISIT(negotiate, credentials);
}

#undef AUTHGRAMMAR_VISIT

}  // namespace authgrammar::grammar

#endif
