#include "conversation/sent_credentials.hpp"

#include "common/field_text.hpp"
#include "values/basic_value.hpp"

namespace authgrammar::audit {

std::optional<std::string> param_of(const challenge& c, std::string_view name) {
    if (const auto param = c.param(name)) return detail::unescaped(param->value);
    return std::nullopt;
}

// In base64; its first octets are the name of the protocol and the number of the message.
bool sent_credentials::is_last_leg_of_ntlm() const noexcept {
    return scheme == "ntlm" && value.find(" TlRMTVNTUAAD") != std::string_view::npos;
}

std::optional<sent_credentials> credentials_in(field f, const std::vector<field_reading>& fields) {
    const field_reading* const r = reading_of(fields, f);
    if (r == nullptr || r->lines().size() != 1) return std::nullopt;
    const challenges parts = r->parts();
    if (parts.empty()) return std::nullopt;
    const challenge c = *parts.begin();
    return sent_credentials{f,
                            detail::lower(detail::unescaped(c.scheme())),
                            r->lines().front()->value.text(),
                            param_of(c, "realm"),
                            param_of(c, "username"),
                            r->lines().front()->name_at};
}

std::optional<span> malformed_in(const std::vector<field_reading>& fields) {
    const field_reading* const r = reading_of(fields, field::authorization);
    if (r == nullptr) return std::nullopt;
    const challenges parts = r->parts();
    const bool readable = r->valid() && (parts.empty() || !basic_fault(*parts.begin()));
    return readable ? std::nullopt : std::optional(r->lines().front()->name_at);
}

bool exposes(std::string_view scheme, schemes::exposure what) noexcept {
    const schemes::scheme_description* const known = schemes::find_scheme(scheme);
    return known != nullptr && known->exposes == what;
}

}  // namespace authgrammar::audit
