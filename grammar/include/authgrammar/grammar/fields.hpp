#ifndef AUTHGRAMMAR_GRAMMAR_FIELDS_HPP
#define AUTHGRAMMAR_GRAMMAR_FIELDS_HPP

#include <authgrammar/grammar/rfc7235.hpp>
#include <authgrammar/grammar/rfc7615.hpp>
#include <authgrammar/grammar/rfc9110.hpp>
#include <authgrammar/grammar/rfc9110_recipient.hpp>

/// The rule of each of the six fields in each edition: `fields::rfc7235::WWW_Authenticate`, and so on. A value is
/// in the language when `seq<Rule, eof>` matches it. An edition is a struct, so that code can be written once
/// for all of them: `template <typename Edition> … typename Edition::Authorization`.
namespace authgrammar::grammar::fields {

/// RFC 7235, Appendix C, as published; the -Info fields, which it lacks, are RFC 7615's.
struct rfc7235 {
    using WWW_Authenticate = grammar::rfc7235::WWW_Authenticate;
    using Proxy_Authenticate = grammar::rfc7235::Proxy_Authenticate;
    using Authorization = grammar::rfc7235::Authorization;
    using Proxy_Authorization = grammar::rfc7235::Proxy_Authorization;
    using Authentication_Info = grammar::rfc7615::Authentication_Info;
    using Proxy_Authentication_Info = grammar::rfc7615::Proxy_Authentication_Info;
};

/// RFC 9110 with the list form of Section 5.6.1.2.
struct rfc9110_recipient {
    using WWW_Authenticate = grammar::rfc9110_recipient::WWW_Authenticate;
    using Proxy_Authenticate = grammar::rfc9110_recipient::Proxy_Authenticate;
    using Authorization = grammar::rfc9110_recipient::Authorization;
    using Proxy_Authorization = grammar::rfc9110_recipient::Proxy_Authorization;
    using Authentication_Info = grammar::rfc9110_recipient::Authentication_Info;
    using Proxy_Authentication_Info = grammar::rfc9110_recipient::Proxy_Authentication_Info;
};

/// RFC 9110, Appendix A.
struct rfc9110_sender {
    using WWW_Authenticate = grammar::rfc9110::WWW_Authenticate;
    using Proxy_Authenticate = grammar::rfc9110::Proxy_Authenticate;
    using Authorization = grammar::rfc9110::Authorization;
    using Proxy_Authorization = grammar::rfc9110::Proxy_Authorization;
    using Authentication_Info = grammar::rfc9110::Authentication_Info;
    using Proxy_Authentication_Info = grammar::rfc9110::Proxy_Authentication_Info;
};

}  // namespace authgrammar::grammar::fields

#endif
