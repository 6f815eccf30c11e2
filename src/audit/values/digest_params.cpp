#include "values/digest_params.hpp"

#include <authgrammar/schemes/ext_value.hpp>

#include "common/field_text.hpp"
#include "values/one_of.hpp"

#include <string_view>

namespace authgrammar::audit {

namespace {

using slot = std::optional<auth_param> digest_params::*;

/// Where a parameter of that name goes.
std::optional<slot> slot_of(std::string_view name) noexcept {
    using d = digest_params;
    switch (name.size()) {
        case 2: return one_of(name, candidate_name("nc", &d::nc));
        case 3: return one_of(name, candidate_name("uri", &d::uri), candidate_name("qop", &d::qop));
        case 5: return one_of(name, candidate_name("realm", &d::realm), candidate_name("nonce", &d::nonce));
        case 6: return one_of(name, candidate_name("cnonce", &d::cnonce), candidate_name("opaque", &d::opaque));
        case 8:
            return one_of(name, candidate_name("username", &d::username), candidate_name("response", &d::response),
                          candidate_name("userhash", &d::userhash));
        case 9:
            return one_of(name, candidate_name("algorithm", &d::algorithm),
                          candidate_name("username*", &d::username_ext));
        default: return std::nullopt;
    }
}

}  // namespace

digest_params digest_params::of(const auth_params& params) {
    digest_params out;
    for (const auth_param p : params) {
        const std::optional<slot> to = slot_of(p.name.raw());
        if (to && !(out.*(*to))) out.*(*to) = p;
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
