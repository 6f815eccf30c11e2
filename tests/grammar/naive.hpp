#ifndef AUTHGRAMMAR_TESTS_GRAMMAR_NAIVE_HPP
#define AUTHGRAMMAR_TESTS_GRAMMAR_NAIVE_HPP

#include <authgrammar/grammar/bearer.hpp>
#include <authgrammar/grammar/digest.hpp>
#include <authgrammar/grammar/fields.hpp>
#include <authgrammar/grammar/negotiate.hpp>

/// Transcriptions of the ABNF as one writes them before one has met their witnesses. They are wrong, and kept so
/// that the tests and proofs can be seen to notice. Tokens, token68 and auth-param are the grammar's own: they are
/// their ABNF.
namespace authgrammar::naive {

using namespace tao::pegtl;
using grammar::rfc5234::SP;
using grammar::rfc7235::auth_param;
using grammar::rfc7235::auth_scheme;
using grammar::rfc7235::end_of_challenge;
using grammar::rfc7235::OWS;
using grammar::rfc7235::token68;

/// The ABNF copied sign by sign, order kept.
namespace literal_copy {

struct rfc7235 {
    struct challenge
        : seq<auth_scheme,
              opt<plus<SP>, sor<token68, opt<sor<one<','>, auth_param>, star<OWS, one<','>, opt<OWS, auth_param>>>>>> {
    };
    struct WWW_Authenticate : seq<star<one<','>, OWS>, challenge, star<OWS, one<','>, opt<OWS, challenge>>> {};
    struct Authorization : challenge {};
};

struct rfc9110_recipient {
    struct challenge
        : seq<auth_scheme,
              opt<plus<SP>, sor<token68, seq<opt<auth_param>, star<OWS, one<','>, OWS, opt<auth_param>>>>>> {};
    struct WWW_Authenticate : seq<opt<challenge>, star<OWS, one<','>, OWS, opt<challenge>>> {};
    struct Authorization : challenge {};
};

struct rfc9110_sender {
    struct challenge
        : seq<auth_scheme, opt<plus<SP>, sor<token68, opt<auth_param, star<OWS, one<','>, OWS, auth_param>>>>> {};
    struct WWW_Authenticate : opt<challenge, star<OWS, one<','>, OWS, challenge>> {};
    struct Authorization : challenge {};
};

struct digest {
    struct charset : sor<TAO_PEGTL_ISTRING("UTF-8"), grammar::rfc8187::mime_charset> {};
};

}  // namespace literal_copy

/// The alternatives of a challenge exchanged, the list of auth-params still nullable.
namespace params_first {

struct rfc7235 {
    struct challenge
        : seq<auth_scheme,
              opt<plus<SP>, sor<opt<sor<one<','>, auth_param>, star<OWS, one<','>, opt<OWS, auth_param>>>, token68>>> {
    };
    struct WWW_Authenticate : seq<star<one<','>, OWS>, challenge, star<OWS, one<','>, opt<OWS, challenge>>> {};
};

}  // namespace params_first

/// token68 with its lookahead, and the list of auth-params as the RFC has it.
namespace guarded_token68 {

struct rfc7235 {
    struct challenge
        : seq<auth_scheme,
              opt<plus<SP>, sor<seq<token68, end_of_challenge>,
                                opt<sor<one<','>, auth_param>, star<OWS, one<','>, opt<OWS, auth_param>>>>>> {};
    struct WWW_Authenticate : seq<star<one<','>, OWS>, challenge, star<OWS, one<','>, opt<OWS, challenge>>> {};
};

struct rfc9110_recipient {
    struct challenge
        : seq<auth_scheme, opt<plus<SP>, sor<seq<token68, end_of_challenge>,
                                             seq<opt<auth_param>, star<OWS, one<','>, OWS, opt<auth_param>>>>>> {};
    struct WWW_Authenticate : seq<opt<challenge>, star<OWS, one<','>, OWS, opt<challenge>>> {};
};

}  // namespace guarded_token68

/// auth-params separated by one comma each, as list<> of PEGTL gives them.
namespace separated_list {

struct rfc7235 {
    struct challenge
        : seq<auth_scheme,
              opt<plus<SP>, opt<sor<seq<token68, end_of_challenge>, list<auth_param, seq<OWS, one<','>, OWS>>>>>> {};
    struct WWW_Authenticate : seq<star<one<','>, OWS>, challenge, star<OWS, one<','>, opt<OWS, challenge>>> {};
};

}  // namespace separated_list

/// The erratum's defect mended by accident: any commas, or none, before the first auth-param.
namespace optional_gap {

struct rfc7235 {
    using gap = grammar::rfc7235::gap;
    struct params : seq<opt<gap>, auth_param, star<gap, auth_param>> {};
    struct challenge : seq<auth_scheme, opt<plus<SP>, sor<seq<token68, end_of_challenge>, opt<params>>>> {};
    struct WWW_Authenticate : seq<star<one<','>, OWS>, challenge, star<OWS, one<','>, opt<OWS, challenge>>> {};
};

}  // namespace optional_gap

/// `#` read by the wrong text: by RFC 9110, Section 5.6.1.1, which binds senders,
namespace sender_expansion {

using rfc7235 = grammar::fields::rfc9110_sender;
using rfc9110_recipient = grammar::fields::rfc9110_sender;

struct negotiate {
    using gssapi_data = grammar::negotiate::gssapi_data;
    struct challenge
        : seq<TAO_PEGTL_ISTRING("Negotiate"), opt<gssapi_data>, star<OWS, one<','>, OWS, opt<gssapi_data>>> {};
};

}  // namespace sender_expansion

/// by RFC 9110, Section 5.6.1.2, where RFC 7230 rules, or Section 5.6.1.1,
namespace recipient_expansion {

using rfc7235 = grammar::fields::rfc9110_recipient;

struct bearer {
    struct challenge : seq<TAO_PEGTL_ISTRING("Bearer"), plus<SP>, grammar::rfc9110_recipient::param_list> {};
};

struct digest {
    using param = grammar::digest::challenge_param;
    struct challenge : seq<TAO_PEGTL_ISTRING("Digest"), plus<SP>, opt<param>, star<OWS, one<','>, OWS, opt<param>>> {};
};

}  // namespace recipient_expansion

/// and by RFC 7230, Section 7, where RFC 9110 rules.
namespace rfc7230_expansion {

using rfc9110_recipient = grammar::fields::rfc7235;

}  // namespace rfc7230_expansion

}  // namespace authgrammar::naive

#endif
