#include "values/digest_params.hpp"

#include <authgrammar/schemes/ext_value.hpp>

#include "common/field_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace authgrammar::audit {

digest_params digest_params::of(const auth_params& params) {
    digest_params out;
    struct place {
        std::string_view name;
        std::optional<auth_param>* to;
    };
    const std::array<place, 12> places{{{"username", &out.username},
                                        {"username*", &out.username_ext},
                                        {"realm", &out.realm},
                                        {"nonce", &out.nonce},
                                        {"uri", &out.uri},
                                        {"response", &out.response},
                                        {"algorithm", &out.algorithm},
                                        {"cnonce", &out.cnonce},
                                        {"opaque", &out.opaque},
                                        {"qop", &out.qop},
                                        {"nc", &out.nc},
                                        {"userhash", &out.userhash}}};
    for (const auth_param& p : params) {
        const auto at = std::find_if(places.begin(), places.end(), [&](const place& x) { return p.has_name(x.name); });
        if (at != places.end() && !*at->to) *at->to = p;
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
