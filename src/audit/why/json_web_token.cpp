#include "why/json_web_token.hpp"

#include <authgrammar/schemes/base64.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace authgrammar::audit {

namespace {

using nlohmann::json;

/// The object that a part of a token holds; a discarded value if it holds none.
json object_in(std::string_view part) {
    std::string buffer(schemes::base64_decoded_size(part.size()), '\0');
    const auto read = schemes::decode_base64(
        part, buffer.data(), buffer.size(),
        schemes::tolerances(schemes::tolerance::base64_missing_padding) | schemes::tolerance::base64url_alphabet);
    json value(json::value_t::discarded);
    if (read)
        value = json::parse(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(read->size), nullptr, false);
    std::fill(buffer.begin(), buffer.end(), '\0');
    return value.is_object() ? value : json(json::value_t::discarded);
}

/// A NumericDate (RFC 7519, 2), which may have a fraction.
std::optional<std::int64_t> time_of(const json& claims, const char* name) {
    const auto found = claims.find(name);
    if (found == claims.end() || !found->is_number()) return std::nullopt;
    const double seconds = found->get<double>();
    if (!(std::fabs(seconds) < 1e15)) return std::nullopt;
    return static_cast<std::int64_t>(std::floor(seconds));
}

void append_words(std::vector<std::string>& out, const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end != at) out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
}

/// A string, or an array of strings.
std::vector<std::string> texts_of(const json& value) {
    std::vector<std::string> out;
    if (value.is_string()) out.push_back(value.get<std::string>());
    if (!value.is_array()) return out;
    for (const json& element : value) {
        if (element.is_string()) out.push_back(element.get<std::string>());
    }
    return out;
}

}  // namespace

token_claims read_token(std::string_view token) {
    token_claims out;
    std::vector<std::string_view> parts;
    std::string_view rest = token;
    while (parts.size() < 6) {
        const std::size_t dot = rest.find('.');
        parts.push_back(rest.substr(0, dot));
        if (dot == std::string_view::npos) break;
        rest.remove_prefix(dot + 1);
    }
    const json header = object_in(parts[0]);
    if (header.is_discarded()) {
        // "eyJ" is how {" begins in base64.
        if (parts[0].substr(0, 3) == "eyJ") out.form = token_form::broken;
        return out;
    }
    if (parts.size() == 5) {
        out.form = token_form::encrypted;
        return out;
    }
    const json claims = parts.size() == 3 ? object_in(parts[1]) : json(json::value_t::discarded);
    if (claims.is_discarded() || (parts[2].empty() && header.value("alg", json()) != "none")) {
        out.form = token_form::broken;
        return out;
    }
    out.form = token_form::signed_;
    out.expires = time_of(claims, "exp");
    out.not_before = time_of(claims, "nbf");
    out.issued = time_of(claims, "iat");
    out.logged_in = time_of(claims, "auth_time");
    if (const auto aud = claims.find("aud"); aud != claims.end()) out.audience = texts_of(*aud);
    for (const char* name : {"scope", "scp"}) {
        const auto found = claims.find(name);
        if (found == claims.end()) continue;
        out.has_scopes = true;
        for (const std::string& text : texts_of(*found)) append_words(out.scopes, text);
    }
    return out;
}

}  // namespace authgrammar::audit
