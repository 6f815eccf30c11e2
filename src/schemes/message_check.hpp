#ifndef AUTHGRAMMAR_SCHEMES_MESSAGE_CHECK_HPP
#define AUTHGRAMMAR_SCHEMES_MESSAGE_CHECK_HPP

#include <authgrammar/auth_param.hpp>
#include <authgrammar/schemes/error.hpp>
#include <authgrammar/schemes/scheme.hpp>
#include <authgrammar/schemes/tolerance.hpp>
#include <authgrammar/text.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

#include "described_value.hpp"
#include "fault.hpp"
#include "params.hpp"

namespace authgrammar::schemes {

/// Checks what follows the name of a scheme against the description of that scheme. Each violation goes to `report`, a
/// `bool(const scheme_error&)` that answers whether to go on; each check answers false once it was told to stop.
template <typename Report>
class message_check {
public:
    message_check(const scheme_description& s, field_kind kind, const auth_params& params, std::size_t end,
                  tolerances allowed, Report& report) noexcept
        : s_(s), kind_(kind), params_(params), end_(end), allowed_(allowed), report_(report) {}

    [[nodiscard]] tolerances used() const noexcept { return used_; }

    /// Whether it is a token68, parameters or nothing: no error, or the one.
    [[nodiscard]] scheme_error form(const std::optional<text>& token68, const content_forms& forms) const noexcept {
        if (token68 && !forms.token68) {
            return wrong(code::unexpected_token68, token68->begin(), forms.params ? "parameters" : "the end");
        }
        if (token68) return {};
        if (!params_.empty()) {
            if (forms.params || (!forms.token68 && s_.unknown_params == unknown_rule::ignored)) return {};
            const std::size_t at = params_.begin()->name.begin();
            return forms.alone ? wrong(code::unexpected_param, at, forms.token68 ? "a token68, or the end" : "the end")
                               : wrong(code::expected_token68, at, "a token68");
        }
        if (forms.alone) return {};
        return forms.params ? wrong(code::missing_param, end_, "parameters")
                            : wrong(code::expected_token68, end_, "a token68");
    }

    [[nodiscard]] bool no_name_twice() const noexcept {
        const std::optional<text> name = repeated_name(params_);
        if (!name) return true;
        const parameter_description* const p = find(*name);
        return report_(fault(code::repeated_param, name->begin(), name_once, "a parameter with another name",
                             tolerance::none, p == nullptr ? std::string_view() : p->name));
    }

    [[nodiscard]] bool values() noexcept {
        for (const auth_param given : params_) {
            const parameter_description* const p = find(given.name);
            if (p != nullptr) {
                scheme_error e{};
                if (!is_described_value(*p, given.value, allowed_, used_, e) && !report_(e)) return false;
            } else if (s_.unknown_params == unknown_rule::refused && kind_ == field_kind::credentials) {
                if (!report_(
                        wrong(code::unexpected_param, given.name.begin(), "a parameter that the scheme defines"))) {
                    return false;
                }
            }
        }
        return true;
    }

    [[nodiscard]] bool required() const noexcept {
        for (const parameter_description& p : s_.params) {
            if (p.in(kind_) != presence::required || params_.find(p.name)) continue;
            if (!report_(fault(code::missing_param, end_, {"", p.section}, p.name, tolerance::none, p.name))) {
                return false;
            }
        }
        return true;
    }

    /// The row of a parameter; null if there is none for this kind of field.
    [[nodiscard]] const parameter_description* find(const text& name) const noexcept {
        for (const parameter_description& p : s_.params) {
            if (p.in(kind_) != presence::absent && name.equals_ignoring_case(p.name)) return &p;
        }
        return nullptr;
    }

private:
    using code = scheme_error_code;

    [[nodiscard]] scheme_error wrong(code c, std::size_t offset, std::string_view expected) const noexcept {
        return fault(c, offset, {"", s_.reference}, expected);
    }

    const scheme_description& s_;
    field_kind kind_;
    const auth_params& params_;
    std::size_t end_;  ///< of the message
    tolerances allowed_;
    tolerances used_{};
    Report& report_;
};

/// What a challenge or credentials of the scheme may hold.
[[nodiscard]] inline const content_forms& forms_in(const scheme_description& s, field_kind kind) noexcept {
    return kind == field_kind::challenges ? s.challenge : s.credentials;
}

/// The error of a challenge or credentials that is not of the scheme, or of which the scheme has none.
[[nodiscard]] inline scheme_error check_is_of(const scheme_description& s, field_kind kind,
                                              const challenge& read) noexcept {
    if (!read.has_scheme(s.name)) return other_scheme(read.begin(), s.name);
    if (!forms_in(s, kind).none()) return {};
    return fault(scheme_error_code::undefined_message, read.begin(), {"", s.reference},
                 kind == field_kind::challenges ? "a challenge of another scheme" : "credentials of another scheme");
}

/// The error of an -Info field if the scheme has no parameters there.
[[nodiscard]] inline scheme_error check_has_info(const scheme_description& s) noexcept {
    for (const parameter_description& p : s.params) {
        if (p.in_info != presence::absent) return {};
    }
    return fault(scheme_error_code::undefined_message, 0, {"", s.reference}, "an -Info field of another scheme");
}

/// One past the last byte of the last value.
[[nodiscard]] inline std::size_t end_of(const auth_params& params) noexcept {
    if (params.empty()) return 0;
    const event& last = detail::internals::last(params)[-1];
    return last.end + (last.quoted ? 1 : 0);
}

}  // namespace authgrammar::schemes

#endif
