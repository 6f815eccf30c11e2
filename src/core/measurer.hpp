#ifndef AUTHGRAMMAR_CORE_MEASURER_HPP
#define AUTHGRAMMAR_CORE_MEASURER_HPP

#include <authgrammar/error.hpp>
#include <authgrammar/writer.hpp>

#include <cstddef>
#include <string_view>

#include "form_rules.hpp"
#include "repeated_name.hpp"
#include "written_memory.hpp"
#include "written_params.hpp"
#include "written_text.hpp"

namespace authgrammar::detail {

inline constexpr std::string_view outside_the_buffer = "arguments outside the buffer";
inline constexpr std::string_view an_array = "an array, or a count of 0";

/// The forms of the first values, so that these are looked at only once.
class known_forms {
public:
    void add(written_form form) noexcept {
        if (size_ != most) form_[size_++] = form;
    }
    [[nodiscard]] bool knows(std::size_t i) const noexcept { return i < size_; }
    [[nodiscard]] written_form operator[](std::size_t i) const noexcept { return form_[i]; }

private:
    static constexpr std::size_t most = 64;
    written_form form_[most];
    std::size_t size_ = 0;
};

/// Checks the parts of a value and adds up what they take; the first error stays.
class measurer {
public:
    /// `result` is what is to be answered, without an error yet.
    measurer(const form_rules& rules, written_memory memory, write_result& result) noexcept
        : rules_(rules), memory_(memory), result_(result) {}

    template <typename Params>
    bool challenge(const written_text& scheme, const written_text* token68, const Params& params) noexcept {
        param_ = 0;
        if (index_ != 0) size_ += 2;
        if (overlaps(scheme)) return fail_overlap(written_part::scheme);
        const fitness token = token_fitness(scheme);
        if (!token.whole()) {
            return fail(error_code::not_a_token, written_part::scheme, token.fit, "auth-scheme", "RFC 9110, 11.1",
                        "a token (tchar)");
        }
        size_ += token.octets;
        if (token68) {
            if (!credentials68(*token68, params.empty())) return false;
        } else if (!params.empty()) {
            ++size_;
            if (!parameters(scheme, params)) return false;
        }
        ++index_;
        return true;
    }

    template <typename Params>
    bool parameters(const written_text& scheme, const Params& params) noexcept {
        if (params.is_null()) return fail(error_code::null_array, written_part::value, 0, {}, {}, an_array);
        if (params.overlap(memory_)) return fail_overlap(written_part::value);
        std::size_t names = 0;
        params.for_each([&](const written_text& name, const written_text& value, param_form form) {
            if (param_ != 0) size_ += 2;
            if (!parameter_name(name)) return false;
            ++names;
            if (!parameter_value(value, rules_.form_of(scheme, name, form))) return false;
            ++param_;
            return true;
        });
        return unrepeated(params, names) && static_cast<bool>(result_);
    }

    bool fail(error_code code, written_part part, std::size_t offset, std::string_view rule, std::string_view section,
              std::string_view expected) noexcept {
        result_.code = code;
        result_.part = part;
        result_.challenge = index_;
        result_.param = param_;
        result_.offset = offset;
        result_.rule = rule;
        result_.section = section;
        result_.expected = expected;
        return false;
    }
    bool fail_overlap(written_part part) noexcept {
        return fail(error_code::buffer_overlap, part, 0, {}, {}, outside_the_buffer);
    }

    /// What the parts take, if there is no error.
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] const known_forms& forms() const noexcept { return forms_; }

private:
    [[nodiscard]] bool overlaps(const written_text& t) const noexcept {
        return t.source() != nullptr && memory_.overlaps(*t.source());
    }

    bool credentials68(const written_text& token68, bool alone) noexcept {
        if (!alone) {
            return fail(error_code::params_beside_token68, written_part::token68, 0, "challenge", "RFC 9110, 11.3",
                        "a token68 or parameters");
        }
        if (overlaps(token68)) return fail_overlap(written_part::token68);
        const fitness all = token68_fitness(token68);
        if (!all.whole()) {
            return fail(error_code::not_a_token68, written_part::token68, all.fit, "token68", "RFC 9110, 11.2",
                        "ALPHA, DIGIT or -._~+/, and \"=\" at the end only");
        }
        size_ += 1 + all.octets;
        return true;
    }

    bool parameter_name(const written_text& name) noexcept {
        if (overlaps(name)) return fail_overlap(written_part::param_name);
        const fitness token = token_fitness(name);
        if (!token.whole()) {
            return fail(error_code::not_a_token, written_part::param_name, token.fit, "auth-param", "RFC 9110, 11.2",
                        "a token (tchar)");
        }
        size_ += token.octets + 1;
        return true;
    }

    /// Of the first so many names, which are tokens. An error with a later parameter makes way for one that is found here.
    // decides: R7235-2.1-param-once, R9110-11.2-param-once
    template <typename Params>
    bool unrepeated(const Params& params, std::size_t names) noexcept {
        const std::size_t first = first_repeated(names_of<Params>{params, names}, names);
        if (first == names) return true;
        param_ = first;
        return fail(error_code::repeated_param, written_part::param_name, 0, "auth-param", "RFC 9110, 11.2",
                    "a name that the challenge does not have yet");
    }

    bool parameter_value(const written_text& value, param_form wanted) noexcept {
        if (overlaps(value)) return fail_overlap(written_part::param_value);
        const value_shape shape = shape_of(value);
        const written_form form = form_for(shape, wanted);
        if (form == written_form::bare || form == written_form::bare_octets) {
            if (!shape.is_token()) {
                return fail(error_code::not_a_token, written_part::param_value, shape.token, "token", "RFC 9110, 5.6.2",
                            "a token (tchar)");
            }
            size_ += shape.octets;
        } else {
            if (shape.quoted != shape.octets) {
                return fail(error_code::forbidden_octet, written_part::param_value, shape.quoted, "quoted-string",
                            "RFC 9110, 5.6.4", "HTAB, SP, VCHAR or obs-text");
            }
            size_ += 2 + shape.octets + shape.escapes;
        }
        forms_.add(form);
        return true;
    }

    const form_rules& rules_;
    written_memory memory_;  ///< none if no text can lie in it
    write_result& result_;
    std::size_t size_ = 0;
    std::size_t index_ = 0;
    std::size_t param_ = 0;
    known_forms forms_;
};

}  // namespace authgrammar::detail

#endif
