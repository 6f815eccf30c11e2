#include "described_value.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

#include "base64_check.hpp"
#include "ext_value_check.hpp"
#include "fault.hpp"
#include "value_checks.hpp"

namespace authgrammar::schemes {

namespace {

constexpr bool is_hex(char c) noexcept { return is_lower_hex(c) || is_upper_hex(c); }
constexpr bool is_uri_or_space(char c) noexcept { return c == ' ' || is_uri_character(c); }

/// unreserved (RFC 3986, 2.3), which RFC 5849, 3.6 does not encode.
constexpr bool is_unreserved(char c) noexcept {
    return is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

[[nodiscard]] bool is_empty(const text& value) noexcept { return value.begin() == value.end(); }

/// Whether there may be no octet at all.
enum class emptiness { allowed, refused };

/// Of a syntax that is a class of octets, visit(class, whether there may be none of them, what is expected); else false.
template <typename Visit>
bool with_class(value_syntax syntax, Visit&& visit) noexcept {
    switch (syntax) {
        case value_syntax::ascii: return visit(printable, emptiness::allowed, "printable ASCII");
        case value_syntax::token: return visit(octets_where<is_tchar>{}, emptiness::refused, "a token");
        case value_syntax::digits: return visit(octet_range{'0', '9'}, emptiness::refused, "digits");
        case value_syntax::hex: return visit(any_hex_digits{}, emptiness::refused, "hexadecimal digits");
        case value_syntax::uri:
            return visit(octets_where<is_uri_character>{}, emptiness::allowed, "a URI or a relative reference");
        case value_syntax::uri_list:
            return visit(octets_where<is_uri_or_space>{}, emptiness::allowed, "URIs separated by spaces");
        case value_syntax::request_target: return visit(visible, emptiness::refused, "a request-target");
        default: return false;
    }
}

class value_check {
public:
    value_check(const parameter_description& p, const text& value, tolerances allowed, tolerances& used,
                scheme_error& why) noexcept
        : p_(p), value_(value), allowed_(allowed), used_(used), why_(why) {}

    [[nodiscard]] bool run() const noexcept { return check_syntax() && check_set(); }

private:
    /// Writes the error, which most values do not have. False.
    [[nodiscard]] AUTHGRAMMAR_COLD bool wrong(std::size_t offset, std::string_view expected) const noexcept {
        return fails(fault(scheme_error_code::invalid_value, offset, {"", p_.section}, expected));
    }
    [[nodiscard]] AUTHGRAMMAR_COLD bool fails(const scheme_error& e) const noexcept {
        why_ = e;
        why_.param = p_.name;
        return false;
    }

    [[nodiscard]] bool check_syntax() const noexcept {
        switch (p_.syntax) {
            case value_syntax::any:
            case value_syntax::other:
            case value_syntax::boolean: break;
            case value_syntax::ascii:
            case value_syntax::token:
            case value_syntax::digits:
            case value_syntax::hex:
            case value_syntax::uri:
            case value_syntax::uri_list:
            case value_syntax::request_target: return octets();
            case value_syntax::token_list: return token_list();
            case value_syntax::word_list: return word_list();
            case value_syntax::decimal: return decimal();
            case value_syntax::nonce_count: return nonce_count();
            case value_syntax::base64: return base64({false, true});
            case value_syntax::base64url: return base64({true, false});
            case value_syntax::base64url_padded: return base64({true, true});
            case value_syntax::ext_value: return ext_value();
            case value_syntax::percent_encoded: return percent_encoded();
            case value_syntax::jws: return jws();
        }
        return true;
    }

    [[nodiscard]] bool octets() const noexcept {
        return with_class(p_.syntax, [this](auto allowed, emptiness empty, std::string_view expected) {
            if (empty == emptiness::refused && is_empty(value_)) return wrong(value_.begin(), expected);
            const auto at = first_refused(value_, allowed);
            return !at || wrong(*at, expected);
        });
    }

    /// Tokens, of which there is one, with commas and white space between them (RFC 9110, 5.6.1).
    [[nodiscard]] bool token_list() const noexcept {
        bool any = false;
        bool in_token = false;
        bool ended = false;
        const auto at = first_refused(value_, [&](char c) {
            if (c == ',') {
                in_token = ended = false;
                return true;
            }
            if (c == ' ' || c == '\t') {
                ended = in_token;
                return true;
            }
            if (ended || !is_tchar(c)) return false;
            return in_token = any = true;
        });
        constexpr std::string_view expected = "tokens separated by commas";
        if (at || !any) return wrong(at.value_or(value_.begin()), expected);
        return true;
    }

    [[nodiscard]] bool word_list() const noexcept {
        if (const auto at = first_outside_words(value_, visible)) {
            return wrong(*at, "words of visible ASCII, one space between them");
        }
        return true;
    }

    [[nodiscard]] bool decimal() const noexcept {
        constexpr std::string_view expected = "a number without leading zeros";
        std::size_t count = 0;
        bool zero = false;
        const auto at = first_refused(value_, [&](char c) {
            if (!is_digit(c) || zero) return false;
            zero = count++ == 0 && c == '0';
            return true;
        });
        if (at || count == 0) return wrong(at.value_or(value_.begin()), expected);
        return true;
    }

    [[nodiscard]] bool nonce_count() const noexcept {
        std::size_t count = 0;
        const auto at = first_refused(value_, [&](char c) { return is_hex(c) && count++ < 8; });
        if (at || count != 8) return wrong(at.value_or(value_.end()), "eight hexadecimal digits");
        return true;
    }

    [[nodiscard]] bool base64(base64_form form) const noexcept {
        base64_check check(form, allowed_);
        value_.for_each_octet_at([&](char c, std::size_t at) { return check.add(c, at); });
        const scheme_error e = check.finish(value_.end());
        if (e.code != scheme_error_code::none) return fails(e);
        used_ |= check.used();
        return true;
    }

    [[nodiscard]] bool ext_value() const noexcept {
        const scheme_error e = check_ext_value(value_);
        return e.code == scheme_error_code::none || fails(e);
    }

    /// unreserved, or "%" and two hexadecimal digits, in upper case (RFC 5849, 3.6).
    [[nodiscard]] bool percent_encoded() const noexcept {
        unsigned digits = 0;  // that are still to come
        const auto at = first_refused(value_, [&](char c) {
            if (digits != 0) return --digits, is_upper_hex(c);
            if (c == '%') digits = 2;
            return c == '%' || is_unreserved(c);
        });
        if (!at && digits == 0) return true;
        return wrong(at.value_or(value_.end()), "unreserved characters, and \"%\" with two digits in upper case");
    }

    /// Header, payload and signature in base64url, separated by dots; the header, a JSON object, is never empty (RFC 7515,
    /// 7.1). Each of them is base64url without padding: no single character at the end, unused bits zero.
    [[nodiscard]] bool jws() const noexcept {
        unsigned dots = 0;
        std::size_t data = 0;  // in this part
        unsigned last = 0;
        const auto ends_well = [&] {
            return data % 4 != 1 && !base64_has_unused_bits(data, last) && (dots != 0 || data != 0);
        };
        const auto at = first_refused(value_, [&](char c) {
            if (c == '.') {
                if (!ends_well() || ++dots > 2) return false;
                data = last = 0;
                return true;
            }
            const std::optional<unsigned> bits = base64_sextet(c);
            if (!bits || c == '+' || c == '/') return false;
            last = *bits;
            ++data;
            return true;
        });
        if (!at && dots == 2 && ends_well()) return true;
        return wrong(at.value_or(value_.end()), "three parts in base64url, separated by dots");
    }

    /// Whether the value is one of a set that is closed, without regard to case.
    [[nodiscard]] bool check_set() const noexcept {
        if (!has_closed_set(p_)) return true;
        for (const std::string_view v : p_.values) {
            if (value_.equals_ignoring_case(v)) return true;
        }
        return wrong(value_.begin(), "a value that the scheme defines");
    }

    const parameter_description& p_;
    const text& value_;
    tolerances allowed_;
    tolerances& used_;
    scheme_error& why_;
};

}  // namespace

bool is_surely_described(const parameter_description& p, std::string_view raw) noexcept {
    const bool in_class = p.syntax == value_syntax::nonce_count
                              ? raw.size() == 8 && all_in(raw, any_hex_digits{})
                              : with_class(p.syntax, [raw](auto allowed, emptiness empty, std::string_view) {
                                    return (empty == emptiness::allowed || !raw.empty()) && all_in(raw, allowed);
                                });
    if (!in_class || !has_closed_set(p)) return in_class;
    return std::any_of(p.values.begin(), p.values.end(),
                       [raw](std::string_view v) { return detail::equal_ignoring_case(v, raw); });
}

bool is_described_value(const parameter_description& p, const text& value, tolerances allowed, tolerances& used,
                        scheme_error& why) noexcept {
    return value_check(p, value, allowed, used, why).run();
}

}  // namespace authgrammar::schemes
