#include <authgrammar/schemes/error.hpp>

namespace authgrammar::schemes {

namespace {

struct code_description {
    std::string_view name;
    std::string_view explanation;
};

/// A switch, so that the compiler finds a code without a description.
[[nodiscard]] code_description describe_code(scheme_error_code code) noexcept {
    using code_is = scheme_error_code;
    switch (code) {
        case code_is::none: break;
        case code_is::malformed_value:
            return {"malformed_value", "The field value is not in the grammar of its field."};
        case code_is::other_scheme: return {"other_scheme", "The challenge or credentials are for another scheme."};
        case code_is::expected_token68:
            return {"expected_token68", "A token68 must follow the scheme, but there are parameters, or nothing."};
        case code_is::unexpected_token68:
            return {"unexpected_token68", "A token68 is not allowed here: the scheme takes parameters, or nothing."};
        case code_is::missing_param: return {"missing_param", "A required parameter is missing."};
        case code_is::repeated_param:
            return {"repeated_param", "A parameter occurs twice. Recipients differ in which one they use."};
        case code_is::unexpected_param:
            return {"unexpected_param", "A parameter is not allowed here, or not together with the others."};
        case code_is::invalid_value: return {"invalid_value", "The scheme does not allow this value of the parameter."};
        case code_is::unknown_algorithm:
            return {"unknown_algorithm", "This library does not know the algorithm. Clients ignore such a challenge."};
        case code_is::unknown_qop:
            return {"unknown_qop", "This library knows none of the qop values that the challenge offers."};
        case code_is::buffer_full: return {"buffer_full", "The caller's buffer is too small."};
        case code_is::undefined_message:
            return {"undefined_message",
                    "The scheme has no challenges, or no credentials, or no parameters in -Info fields."};
        case code_is::value_not_quoted:
            return {"value_not_quoted", "The value is a token, but the scheme requires senders to quote it."};
        case code_is::value_quoted:
            return {"value_quoted", "The value is quoted, but the scheme requires senders to write a token."};
        case code_is::invalid_base64:
            return {"invalid_base64", "The octet is not in the alphabet of base64, or \"=\" is not at the end."};
        case code_is::base64_length:
            return {"base64_length", "Base64 never has this length: the last character alone cannot encode an octet."};
        case code_is::base64_padding:
            return {"base64_padding", "An \"=\" is missing at the end, or there is one too many."};
        case code_is::base64_trailing_bits:
            return {"base64_trailing_bits",
                    "The last character has bits that no octet needs, and they are not zero. Otherwise two texts would "
                    "encode the same octets."};
        case code_is::missing_colon: return {"missing_colon", "There is no colon between user-id and password."};
        case code_is::control_character:
            return {"control_character", "The user-id or the password has a control character."};
        case code_is::two_usernames: return {"two_usernames", "username and username* are both present."};
        case code_is::invalid_ext_value: return {"invalid_ext_value", "The value is not an ext-value in UTF-8."};
        case code_is::invalid_message: return {"invalid_message", "The token is not a message of its protocol."};
    }
    return {"none", "There is no error."};
}

}  // namespace

std::string_view name_of(scheme_error_code code) noexcept { return describe_code(code).name; }
std::string_view explain(scheme_error_code code) noexcept { return describe_code(code).explanation; }

}  // namespace authgrammar::schemes
