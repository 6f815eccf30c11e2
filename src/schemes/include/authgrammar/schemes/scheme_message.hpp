#ifndef AUTHGRAMMAR_SCHEMES_SCHEME_MESSAGE_HPP
#define AUTHGRAMMAR_SCHEMES_SCHEME_MESSAGE_HPP

#include <authgrammar/auth_param.hpp>
#include <authgrammar/challenge.hpp>
#include <authgrammar/detail/portability.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/result.hpp>
#include <authgrammar/schemes/error.hpp>
#include <authgrammar/schemes/export.hpp>
#include <authgrammar/schemes/scheme.hpp>
#include <authgrammar/schemes/tolerance.hpp>
#include <authgrammar/text.hpp>

#include <optional>
#include <string_view>

// Any scheme, read by its description: those of the table, which find_scheme() finds, and those that a caller describes.
//
// This is a check of syntax, by what a description states, and nothing else: which parameters are required, but not those
// that are required under a condition; what a value is, but not `when`. That a message is read does not say that what it
// means is right: no signature, proof or token is verified. Whether a value is quoted binds senders alone (RFC 9110, 11.2).
// For Basic, Bearer, Digest, Negotiate and NTLM the readers of basic.hpp and so on check more.

namespace authgrammar::schemes {

/// A challenge, credentials, or the parameters of an -Info field that are as the description of their scheme has them. A
/// view: the field value, its events and the description must outlive it. Nothing here allocates.
class scheme_message {
public:
    /// No message, of a scheme without a name.
    scheme_message() noexcept = default;

    /// Of what was read and found right: read_scheme_challenge() and the others make it.
    scheme_message(const scheme_description& scheme AUTHGRAMMAR_LIFETIMEBOUND, field_kind kind,
                   const std::optional<text>& token68, const auth_params& params, tolerances used = {}) noexcept
        : scheme_(&scheme), token68_(token68), params_(params), used_(used), kind_(kind) {}

    /// Constant time, as kind(), token68() and params().
    [[nodiscard]] const scheme_description& scheme() const noexcept { return *scheme_; }
    [[nodiscard]] field_kind kind() const noexcept { return kind_; }

    /// The token68, if there is one; a secret in credentials.
    [[nodiscard]] const std::optional<text>& token68() const noexcept { return token68_; }

    /// All parameters in order, those that the description does not have included.
    [[nodiscard]] const auth_params& params() const noexcept { return params_; }

    /// The tolerances that were needed. Constant time.
    [[nodiscard]] tolerances used() const noexcept { return used_; }

    /// The value of the parameter of that name, compared without regard to ASCII case, whether the description has it or
    /// not; nothing if it is not there. Linear in the parameters, as the next one.
    [[nodiscard]] std::optional<text> value(std::string_view name) const noexcept {
        const std::optional<auth_param> p = params_.find(name);
        if (!p) return std::nullopt;
        return p->value;
    }

    /// The value of a parameter of the description: nothing if it is not there, or is none of this kind of field.
    [[nodiscard]] std::optional<text> value(const parameter_description& p) const noexcept {
        if (p.in(kind_) == presence::absent) return std::nullopt;
        return value(p.name);
    }

    /// The description of a parameter of params(); null if there is none. Linear in the description.
    [[nodiscard]] const parameter_description* describe(const auth_param& p) const noexcept {
        return p.name.spans_lines() ? nullptr : find_parameter(*scheme_, kind_, p.name.raw());
    }

private:
    static constexpr scheme_description no_scheme{};

    const scheme_description* scheme_ = &no_scheme;
    std::optional<text> token68_{};
    auth_params params_{};
    tolerances used_{};
    field_kind kind_ = field_kind::challenges;
};

/// Reads a challenge of the scheme that `s` describes. Parameters that `s` does not have are ignored, unless the scheme
/// has none at all. Tolerances, of values in base64: base64_missing_padding, base64url_alphabet, base64_alphabet.
///
/// Errors, the first of them: other_scheme; undefined_message if the scheme has no challenges; unexpected_token68,
/// expected_token68, unexpected_param or missing_param for another form than the scheme has; repeated_param, whatever the
/// name; invalid_value, invalid_ext_value and the errors of base64 for a value that is not of its syntax, or not one of
/// those that are defined; missing_param. `param` is the name in the description, `section` that of the parameter or the
/// reference of the scheme: of static storage if the description is of the table, else views of it. Linear in the value
/// times the parameters of `s`; no allocation, up to 32 KiB of stack.
AUTHGRAMMAR_SCHEMES_EXPORT result<scheme_message, scheme_error> read_scheme_challenge(
    const scheme_description& s AUTHGRAMMAR_LIFETIMEBOUND, const challenge& read, tolerances allowed = {}) noexcept;
result<scheme_message, scheme_error> read_scheme_challenge(const scheme_description&& s, const challenge& read,
                                                           tolerances allowed = {}) = delete;

/// The same for credentials. Parameters that `s` does not have are unexpected_param if it says that they are refused, else
/// ignored.
AUTHGRAMMAR_SCHEMES_EXPORT result<scheme_message, scheme_error> read_scheme_credentials(
    const scheme_description& s AUTHGRAMMAR_LIFETIMEBOUND, const credentials& read, tolerances allowed = {}) noexcept;
result<scheme_message, scheme_error> read_scheme_credentials(const scheme_description&& s, const credentials& read,
                                                             tolerances allowed = {}) = delete;

/// The same for the parameters of Authentication-Info or Proxy-Authentication-Info, which do not name their scheme: it is
/// that of the credentials before. undefined_message if `s` has no parameters there.
AUTHGRAMMAR_SCHEMES_EXPORT result<scheme_message, scheme_error> read_scheme_info(
    const scheme_description& s AUTHGRAMMAR_LIFETIMEBOUND, const auth_params& read, tolerances allowed = {}) noexcept;
result<scheme_message, scheme_error> read_scheme_info(const scheme_description&& s, const auth_params& read,
                                                      tolerances allowed = {}) = delete;

}  // namespace authgrammar::schemes

#endif
