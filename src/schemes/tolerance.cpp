#include <authgrammar/schemes/tolerance.hpp>

namespace authgrammar::schemes {

namespace {

struct tolerance_description {
    std::string_view name;
    std::string_view explanation;
};

/// A switch, so that the compiler finds a tolerance without a description.
[[nodiscard]] tolerance_description describe_tolerance(tolerance t) noexcept {
    switch (t) {
        case tolerance::none: break;
        case tolerance::base64_missing_padding:
            return {
                "base64_missing_padding",
                "Base64 without the \"=\" at its end. RFC 4648, 3.2 requires padding unless the specification at hand "
                "says otherwise, and RFC 7617 does not."};
        case tolerance::base64url_alphabet:
            return {
                "base64url_alphabet",
                "Base64 with \"-\" and \"_\" for \"+\" and \"/\". RFC 7617, 2 requires the alphabet of RFC 4648, 4."};
        case tolerance::basic_missing_realm:
            return {"basic_missing_realm", "A Basic challenge without the realm that RFC 7617, 2 requires."};
        case tolerance::unknown_charset:
            return {
                "unknown_charset",
                "A charset other than UTF-8, the only one that RFC 7617, 2.1 and RFC 7616, 3.3 allow, is read as if it "
                "were absent."};
        case tolerance::bearer_without_params:
            return {
                "bearer_without_params",
                "A Bearer challenge that is the scheme alone, as in figure 17 of RFC 9449. RFC 6750, 3 requires one or "
                "more parameters."};
        case tolerance::bearer_octets:
            return {"bearer_octets",
                    "Octets in error, error_description and error_uri that RFC 6750, 3 does not allow, such as DQUOTE, "
                    "backslash and UTF-8."};
        case tolerance::digest_without_qop:
            return {
                "digest_without_qop",
                "A Digest challenge or credentials without qop, as in RFC 2069, which RFC 2617 allowed. Nothing then "
                "protects against chosen plaintext and replay."};
        case tolerance::digest_nc_length:
            return {
                "digest_nc_length",
                "An nc of one to seven hexadecimal digits. RFC 7616, 3.5 requires eight. The digits are hashed as they "
                "are."};
        case tolerance::digest_upper_case_hex:
            return {
                "digest_upper_case_hex",
                "A response, rspauth or hashed username with \"A\" to \"F\". RFC 7616, 3.2 has hashes in lower case."};
        case tolerance::base64_alphabet:
            return {
                "base64_alphabet",
                "Base64url with \"+\" and \"/\" for \"-\" and \"_\". RFC 4648, 5 requires the other alphabet, but the "
                "example of HOBA in RFC 7486 has this one."};
        case tolerance::digest_uri_path:
            return {
                "digest_uri_path",
                "A Digest uri that is the path and query of a request-target in absolute form, as curl sends it to a "
                "proxy. RFC 7616, 3.4.6 requires an absolute URI there. Nothing then protects the host of the target "
                "against change."};
    }
    return {"none", "No tolerance."};
}

}  // namespace

std::string_view name_of(tolerance t) noexcept { return describe_tolerance(t).name; }
std::string_view explain(tolerance t) noexcept { return describe_tolerance(t).explanation; }

std::optional<tolerance> tolerance_from_name(std::string_view name) noexcept {
    for (const tolerance t : all_tolerances) {
        if (name_of(t) == name) return t;
    }
    return std::nullopt;
}

}  // namespace authgrammar::schemes
