#include "scheme_answer.hpp"

namespace authgrammar::c {

using schemes::scheme_error_code;
using schemes::tolerance;

// The numbers of C are those of C++.
static_assert(static_cast<int>(scheme_error_code::value_quoted) == AUTHGRAMMAR_SCHEME_ERR_VALUE_QUOTED);
static_assert(static_cast<int>(scheme_error_code::base64_trailing_bits) == AUTHGRAMMAR_SCHEME_ERR_BASE64_TRAILING_BITS);
static_assert(static_cast<int>(scheme_error_code::control_character) == AUTHGRAMMAR_SCHEME_ERR_CONTROL_CHARACTER);
static_assert(static_cast<int>(scheme_error_code::invalid_ext_value) == AUTHGRAMMAR_SCHEME_ERR_INVALID_EXT_VALUE);
static_assert(static_cast<int>(scheme_error_code::invalid_message) == AUTHGRAMMAR_SCHEME_ERR_INVALID_MESSAGE);
static_assert(1 << static_cast<int>(tolerance::base64_missing_padding) == AUTHGRAMMAR_TOLERATE_BASE64_MISSING_PADDING);
static_assert(1 << static_cast<int>(tolerance::bearer_octets) == AUTHGRAMMAR_TOLERATE_BEARER_OCTETS);
static_assert(1 << static_cast<int>(tolerance::base64_alphabet) == AUTHGRAMMAR_TOLERATE_BASE64_ALPHABET);
static_assert(static_cast<int>(schemes::digest_algorithm::sha_512_256_sess) == AUTHGRAMMAR_DIGEST_SHA_512_256_SESS);
static_assert(static_cast<int>(schemes::digest_qop::auth_int) == AUTHGRAMMAR_QOP_AUTH_INT);
static_assert(static_cast<int>(schemes::username_form::hashed) == AUTHGRAMMAR_USERNAME_HASHED);

namespace {

constexpr std::string_view invalid_argument = "invalid_argument";

[[nodiscard]] constexpr authgrammar_tolerances bit(tolerance t) noexcept {
    return t == tolerance::none ? 0 : authgrammar_tolerances{1} << static_cast<unsigned>(t);
}

}  // namespace

std::optional<schemes::tolerances> to_cpp(authgrammar_tolerances bits) noexcept {
    schemes::tolerances set;
    for (const tolerance t : schemes::all_tolerances) {
        if ((bits & bit(t)) != 0) set |= t;
        bits &= ~bit(t);
    }
    if (bits != 0) return std::nullopt;
    return set;
}

authgrammar_tolerances to_c(schemes::tolerances set) noexcept {
    authgrammar_tolerances bits = 0;
    for (const tolerance t : schemes::all_tolerances) {
        if (set.has(t)) bits |= bit(t);
    }
    return bits;
}

std::optional<schemes::digest_qops> to_qops(unsigned bits) noexcept {
    schemes::digest_qops set;
    for (const auto q : {AUTHGRAMMAR_QOP_AUTH, AUTHGRAMMAR_QOP_AUTH_INT}) {
        if ((bits & qop_bit(q)) != 0) set |= static_cast<schemes::digest_qop>(q);
        bits &= ~qop_bit(q);
    }
    if (bits != 0) return std::nullopt;
    return set;
}

unsigned to_c(schemes::digest_qops set) noexcept {
    unsigned bits = 0;
    for (const auto q : {AUTHGRAMMAR_QOP_AUTH, AUTHGRAMMAR_QOP_AUTH_INT}) {
        if (set.has(static_cast<schemes::digest_qop>(q))) bits |= qop_bit(q);
    }
    return bits;
}

authgrammar_scheme_code answer(const schemes::scheme_error& e, authgrammar_scheme_error* out) noexcept {
    const auto code = static_cast<authgrammar_scheme_code>(e.code);
    if (out != nullptr) {
        *out = {};
        out->code = code;
        out->grammar = static_cast<authgrammar_code>(e.grammar);
        out->permitted_by = bit(e.permitted_by);
        out->offset = e.offset;
        out->name = to_c(name_of(e.code));
        out->param = to_c(e.param);
        out->section = to_c(e.section);
        out->expected = to_c(e.expected);
    }
    return code;
}

authgrammar_scheme_code refuse_argument(authgrammar_scheme_error* out) noexcept {
    if (out != nullptr) {
        answer(schemes::scheme_error{}, out);
        out->code = AUTHGRAMMAR_SCHEME_ERR_INVALID_ARGUMENT;
        out->name = to_c(invalid_argument);
        out->expected = to_c(find_c_error(AUTHGRAMMAR_ERR_INVALID_ARGUMENT)->expected);
    }
    return AUTHGRAMMAR_SCHEME_ERR_INVALID_ARGUMENT;
}

}  // namespace authgrammar::c

using namespace authgrammar;
using namespace authgrammar::c;

authgrammar_text authgrammar_scheme_code_name(authgrammar_scheme_code code) {
    if (code == AUTHGRAMMAR_SCHEME_ERR_INVALID_ARGUMENT) return authgrammar::c::to_c(invalid_argument);
    const bool known = code >= 0 && code <= UINT8_MAX;
    return authgrammar::c::to_c(name_of(known ? static_cast<scheme_error_code>(code) : scheme_error_code::none));
}
