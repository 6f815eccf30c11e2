#include <authgrammar/audit/slip_kinds.hpp>

namespace authgrammar::audit {

const std::vector<slip_kind>& all_slip_kinds() {
    static const std::vector<slip_kind> kinds{
        {"after-padding", "Something follows the \"=\" that ends base64: Basic dXNlcjpwYXNz=1."},
        {"apostrophes-as-quotes", "The value of a parameter is in apostrophes, which HTTP takes as part of it."},
        {"backslash-before-quote", "A value ends with a backslash, which escapes the closing quote: realm=\"C:\\\"."},
        {"base64-in-pieces", "A token has white space in it, most often from base64 broken into lines."},
        {"basic-not-encoded", "User-id and password of Basic are not encoded in base64."},
        {"colon-before-value", "The value begins with a colon or \"=\"."},
        {"colon-for-equals", "A parameter has a colon in place of \"=\"."},
        {"comma-after-credentials", "The credentials end with a comma."},
        {"comma-after-scheme", "A comma is between a scheme and its parameters: Basic, realm=\"x\"."},
        {"comma-missing", "The comma between two parameters or two challenges is missing."},
        {"credentials-twice", "The same credentials are in one value twice."},
        {"empty-list-elements", "A comma separates nothing."},
        {"equals-twice", "\"=\" is written twice: realm==\"x\"."},
        {"escaped-quotes", "The quotes around a value have backslashes, as in source code: realm=\\\"x\\\"."},
        {"field-name-in-value", "The value begins with the name of a field: Authorization: Authorization: Bearer x."},
        {"invisible-character", "A no-break space or another invisible character is in place of a space."},
        {"list-after-token", "Something follows a token and a comma, where one token is all."},
        {"list-for-one-value", "A parameter of credentials lists several values: qop=auth,auth-int."},
        {"list-not-quoted", "A list in a challenge is not quoted, so its second value is read as a scheme."},
        {"list-with-semicolons", "The values of a list are separated by semicolons."},
        {"name-missing", "The value of a parameter has no name: Basic \"x\"."},
        {"not-ascii-quotes", "The quotes around a value are typographic, or HTML."},
        {"other-text", "The value is JSON, a URI or an object turned into text."},
        {"own-syntax", "The scheme has a syntax of its own, which HTTP does not allow."},
        {"percent-encoded", "A token is percent-encoded."},
        {"placeholder", "The token is a placeholder that was not replaced, or the name of an empty value."},
        {"quote-missing", "The opening or the closing quote of a value is missing."},
        {"quote-not-escaped", "A quote inside quotes has no backslash: realm=\"My \"special\" site\"."},
        {"quotes-around-value", "The whole value is in quotes."},
        {"quotes-doubled", "The quotes around a value are written twice."},
        {"realm-as-token", "The realm is not quoted."},
        {"scheme-in-info", "Authentication-Info or Proxy-Authentication-Info begins with a scheme."},
        {"scheme-missing", "The scheme before a token or parameters is missing."},
        {"scheme-twice", "The scheme is written twice: Bearer Bearer x."},
        {"semicolon", "A semicolon is where a comma belongs."},
        {"space-around-equals", "White space is around the \"=\" of a parameter."},
        {"space-around-value", "White space is before or after the value."},
        {"space-missing", "The space between the scheme and the token is missing."},
        {"tab-after-scheme", "A tab follows the scheme, where only spaces are allowed."},
        {"token-in-quotes", "The token is in quotes or brackets."},
        {"two-credentials", "Two credentials are in one value."},
        {"two-schemes", "Two different schemes are before the credentials: Bearer Basic x."},
        {"value-missing", "A parameter has no value."},
        {"value-not-quoted", "A value has to be quoted, by the grammar or by its scheme."},
        {"value-quoted", "A value is quoted that its scheme has without quotes."},
        {"wrong-character-in-token", "A token has a character that no token has."},
        {"wrong-separator", "A word or a character other than a comma is between two parameters or challenges."},
        {"wrong-separator-after-scheme", "A colon, \"=\" or a semicolon follows the scheme, where a space belongs."},
    };
    return kinds;
}

}  // namespace authgrammar::audit
