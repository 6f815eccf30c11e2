#ifndef AUTHGRAMMAR_FUZZ_NAIVE_STALE_HPP
#define AUTHGRAMMAR_FUZZ_NAIVE_STALE_HPP

#include <string>

namespace authgrammar::fuzz {

/// Whether stale=true in a challenge of the scheme, in lower case, is what it is in Digest: Digest and SCRAM define it, the
/// other schemes that are known do not, and of unknown ones it is assumed.
[[nodiscard]] inline bool may_be_stale(const std::string& scheme) {
    for (const char* without : {"basic", "bearer", "concealed", "dpop", "gnap", "hoba", "mutual", "negotiate", "oauth",
                                "privatetoken", "vapid", "ntlm", "aws4-hmac-sha256"}) {
        if (scheme == without) return false;
    }
    return true;
}

}  // namespace authgrammar::fuzz

#endif
