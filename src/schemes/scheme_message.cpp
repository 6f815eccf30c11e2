#include <authgrammar/schemes/scheme_message.hpp>

#include "described_value.hpp"
#include "params.hpp"

namespace authgrammar::schemes {

namespace {

using code = scheme_error_code;

/// Reads one message of a scheme: what follows the name of the scheme, if there is one.
class message_reader {
public:
    message_reader(const scheme_description& s, field_kind kind, const auth_params& params, std::size_t end,
                   tolerances allowed) noexcept
        : s_(s), kind_(kind), params_(params), end_(end), allowed_(allowed) {}

    [[nodiscard]] tolerances used() const noexcept { return used_; }

    [[nodiscard]] scheme_error check_form(const std::optional<text>& token68,
                                          const content_forms& forms) const noexcept {
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

    [[nodiscard]] scheme_error check_params() noexcept {
        if (const std::optional<text> name = repeated_name(params_)) {
            const parameter_description* const p = find(*name);
            return fault(code::repeated_param, name->begin(), name_once, "a parameter with another name",
                         tolerance::none, p == nullptr ? std::string_view() : p->name);
        }
        for (const auth_param given : params_) {
            const parameter_description* const p = find(given.name);
            if (p != nullptr) {
                if (const scheme_error e = check_described_value(*p, given.value, allowed_, used_); failed(e)) {
                    return e;
                }
            } else if (s_.unknown_params == unknown_rule::refused && kind_ == field_kind::credentials) {
                return wrong(code::unexpected_param, given.name.begin(), "a parameter that the scheme defines");
            }
        }
        return {};
    }

    [[nodiscard]] scheme_error check_required() const noexcept {
        for (const parameter_description& p : s_.params) {
            if (p.in(kind_) != presence::required || params_.find(p.name)) continue;
            return fault(code::missing_param, end_, {"", p.section}, p.name, tolerance::none, p.name);
        }
        return {};
    }

private:
    [[nodiscard]] scheme_error wrong(code c, std::size_t offset, std::string_view expected) const noexcept {
        return fault(c, offset, {"", s_.reference}, expected);
    }

    [[nodiscard]] const parameter_description* find(const text& name) const noexcept {
        for (const parameter_description& p : s_.params) {
            if (p.in(kind_) != presence::absent && name.equals_ignoring_case(p.name)) return &p;
        }
        return nullptr;
    }

    const scheme_description& s_;
    field_kind kind_;
    const auth_params& params_;
    std::size_t end_;  ///< of the message
    tolerances allowed_;
    tolerances used_{};
};

[[nodiscard]] result<scheme_message, scheme_error> read_message(const scheme_description& s, field_kind kind,
                                                                const challenge& read, const content_forms& forms,
                                                                tolerances allowed) noexcept {
    if (!read.has_scheme(s.name)) return other_scheme(read.begin(), s.name);
    if (forms.none()) {
        const bool asks = kind == field_kind::challenges;
        return fault(code::undefined_message, read.begin(), {"", s.reference},
                     asks ? "a challenge of another scheme" : "credentials of another scheme");
    }
    const auth_params params = read.params();
    const std::optional<text> token68 = read.token68();
    message_reader reader(s, kind, params, read.end(), allowed);
    if (const scheme_error e = reader.check_form(token68, forms); failed(e)) return e;
    if (!token68) {
        if (const scheme_error e = reader.check_params(); failed(e)) return e;
        if (forms.params && !(forms.alone && params.empty())) {
            if (const scheme_error e = reader.check_required(); failed(e)) return e;
        }
    }
    return scheme_message(s, kind, token68, params, reader.used());
}

/// Whether the scheme has parameters in -Info fields.
[[nodiscard]] bool has_info(const scheme_description& s) noexcept {
    for (const parameter_description& p : s.params) {
        if (p.in_info != presence::absent) return true;
    }
    return false;
}

/// One past the last byte of the last value.
[[nodiscard]] std::size_t end_of(const auth_params& params) noexcept {
    if (params.empty()) return 0;
    const event& last = detail::internals::last(params)[-1];
    return last.end + (last.quoted ? 1 : 0);
}

}  // namespace

result<scheme_message, scheme_error> read_scheme_challenge(const scheme_description& s, const challenge& read,
                                                           tolerances allowed) noexcept {
    return read_message(s, field_kind::challenges, read, s.challenge, allowed);
}

result<scheme_message, scheme_error> read_scheme_credentials(const scheme_description& s, const credentials& read,
                                                             tolerances allowed) noexcept {
    return read_message(s, field_kind::credentials, read, s.credentials, allowed);
}

result<scheme_message, scheme_error> read_scheme_info(const scheme_description& s, const auth_params& read,
                                                      tolerances allowed) noexcept {
    if (!has_info(s)) {
        return fault(code::undefined_message, 0, {"", s.reference}, "an -Info field of another scheme");
    }
    message_reader reader(s, field_kind::info, read, end_of(read), allowed);
    if (const scheme_error e = reader.check_params(); failed(e)) return e;
    if (const scheme_error e = reader.check_required(); failed(e)) return e;
    return scheme_message(s, field_kind::info, std::nullopt, read, reader.used());
}

}  // namespace authgrammar::schemes
