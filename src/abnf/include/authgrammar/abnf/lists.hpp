#ifndef AUTHGRAMMAR_ABNF_LISTS_HPP
#define AUTHGRAMMAR_ABNF_LISTS_HPP

#include "authgrammar/abnf/error.hpp"
#include "authgrammar/abnf/tree.hpp"

namespace authgrammar::abnf {

/// How `#element` is read. The sender's form is the same in RFC 7230, Section 7 and RFC 9110, Section 5.6.1.1.
enum class list_form {
    /// `1#e` = `e *( OWS "," OWS e )`, `#e` = `[ 1#e ]`, `n#m e` = `e (n-1)*(m-1)( OWS "," OWS e )`
    sender,
    /// RFC 7230, Section 7: `#e` = `[ ( "," / e ) *( OWS "," [ OWS e ] ) ]`,
    /// `1#e` = `*( "," OWS ) e *( OWS "," [ OWS e ] )`; other bounds have no form there and are an error.
    rfc7230_recipient,
    /// RFC 9110, Section 5.6.1.2: `[ e ] *( OWS "," OWS [ e ] )` whatever the bounds
    rfc9110_recipient,
    /// RFC 2616, Section 2.1, with its null elements: `1#e` = `*( *LWS "," ) *LWS e *( *LWS "," [ *LWS e ] )`; other
    /// bounds are in no text that is read so, and are an error.
    rfc2616
};

/// The definition with every list replaced. The result refers to the rule `OWS`, or `LWS` in the form of RFC 2616.
/// `source` names the text in errors, which carry the place of the list.
result<node> expand_lists(const node& definition, list_form form, const std::string& source);

}  // namespace authgrammar::abnf

#endif
