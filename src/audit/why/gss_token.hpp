#ifndef AUTHGRAMMAR_AUDIT_WHY_GSS_TOKEN_HPP
#define AUTHGRAMMAR_AUDIT_WHY_GSS_TOKEN_HPP

#include <optional>
#include <string>
#include <string_view>

namespace authgrammar::audit {

/// What can be read in a token of Negotiate, whose outer layers are not encrypted.
struct gss_facts {
    bool ntlm = false;                  ///< NTLM, by itself or in SPNEGO
    bool kerberos = false;              ///< a message of Kerberos
    bool rejected = false;              ///< negState reject (RFC 4178, 4.2.2)
    std::optional<std::string> host;    ///< for which service the ticket is: HTTP/host (RFC 4120, 5.3)
    std::optional<int> kerberos_error;  ///< error-code of KRB-ERROR (RFC 4120, 7.5.9)
};

/// Reads a token of SPNEGO (RFC 4178), Kerberos (RFC 4121) or NTLM. Linear; reads no further than the first thing that is
/// not as it should be.
[[nodiscard]] gss_facts read_gss_token(std::string_view token);

}  // namespace authgrammar::audit

#endif
