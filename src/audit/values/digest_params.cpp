#include "values/digest_params.hpp"

#include <authgrammar/schemes/ext_value.hpp>

#include "common/field_text.hpp"

namespace authgrammar::audit {

std::optional<auth_param>* digest_params::find(digest_name name) noexcept {
    switch (name) {
        case digest_name::username: return &username;
        case digest_name::username_ext: return &username_ext;
        case digest_name::realm: return &realm;
        case digest_name::nonce: return &nonce;
        case digest_name::uri: return &uri;
        case digest_name::response: return &response;
        case digest_name::algorithm: return &algorithm;
        case digest_name::cnonce: return &cnonce;
        case digest_name::opaque: return &opaque;
        case digest_name::qop: return &qop;
        case digest_name::nc: return &nc;
        case digest_name::userhash: return &userhash;
        case digest_name::stale:
        case digest_name::domain:
        case digest_name::charset:
        case digest_name::nextnonce:
        case digest_name::rspauth: break;
    }
    return nullptr;
}

digest_params digest_params::of(const auth_params& params) {
    digest_params out;
    for (const auth_param p : params) {
        const std::optional<digest_name> name = digest_name_of(p.name.raw());
        std::optional<auth_param>* const member = name ? out.find(*name) : nullptr;
        if (member != nullptr && !*member) *member = p;
    }
    return out;
}

std::optional<schemes::digest_algorithm> digest_params::algorithm_known() const {
    if (!algorithm) return schemes::digest_algorithm::md5;
    return schemes::digest_algorithm_from_name(detail::unescaped(algorithm->value));
}

std::optional<std::string> digest_params::user() const {
    if (hashes_user()) return std::nullopt;
    if (username) return detail::unescaped(username->value);
    if (!username_ext) return std::nullopt;
    std::string name(username_ext->value.size(), '\0');
    const auto size = schemes::decode_ext_value(username_ext->value, name.data(), name.size());
    if (!size) return std::nullopt;
    name.resize(*size);
    return name;
}

}  // namespace authgrammar::audit
