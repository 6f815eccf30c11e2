#ifndef AUTHGRAMMAR_TESTS_PROOFS_FOURTH_EDITION_FIRST_ELEMENT_HPP
#define AUTHGRAMMAR_TESTS_PROOFS_FOURTH_EDITION_FIRST_ELEMENT_HPP

#include <authgrammar/grammar/rfc9110.hpp>

/// The fourth edition of first_element.abnf: the rules that differ from RFC 9110, and those of the six fields.
namespace authgrammar::proofs::first_element {

using namespace tao::pegtl;
using grammar::rfc5234::SP;
using grammar::rfc7235::gap;
using grammar::rfc9110::auth_param;
using grammar::rfc9110::auth_scheme;
using grammar::rfc9110::OWS;
using grammar::rfc9110::token68_at_end;
using grammar::rfc9110::token68_in_list;

struct param_list : opt<auth_param, star<OWS, one<','>, OWS, opt<auth_param>>> {};
struct credentials : seq<auth_scheme, opt<plus<SP>, sor<token68_at_end, param_list>>> {};
/// Without the commas that the list can own.
struct challenge_in_list
    : seq<auth_scheme, opt<plus<SP>, sor<token68_in_list, opt<auth_param, star<gap, auth_param>>>>> {};

struct fields {
    struct WWW_Authenticate : opt<challenge_in_list, star<OWS, one<','>, OWS, opt<challenge_in_list>>> {};
    struct Proxy_Authenticate : WWW_Authenticate {};
    struct Authorization : credentials {};
    struct Proxy_Authorization : credentials {};
    struct Authentication_Info : param_list {};
    struct Proxy_Authentication_Info : param_list {};
};

}  // namespace authgrammar::proofs::first_element

#endif
