#ifndef AUTHGRAMMAR_CORE_COMPOSER_HPP
#define AUTHGRAMMAR_CORE_COMPOSER_HPP

#include <authgrammar/writer.hpp>

#include <cstddef>

#include "form_rules.hpp"
#include "measurer.hpp"
#include "text_output.hpp"
#include "written_text.hpp"

namespace authgrammar::detail {

/// Writes the parts of a value that was measured.
class composer {
public:
    composer(const form_rules& rules, const known_forms& forms, char* buffer, std::size_t capacity) noexcept
        : rules_(rules), forms_(forms), out_(buffer, capacity) {}

    // decides: R9110-5.6.1.1-no-empty
    template <typename Params>
    bool challenge(const written_text& scheme, const written_text* token68, const Params& params) noexcept {
        if (!first_) out_.put(", ");
        first_ = false;
        out_.put_word(scheme);
        if (token68) {
            out_.put(' ');
            out_.put_word(*token68);
        } else if (!params.empty()) {
            out_.put(' ');
            parameters(scheme, params);
        }
        return true;
    }

    template <typename Params>
    bool parameters(const written_text& scheme, const Params& params) noexcept {
        bool first = true;
        params.for_each([&](const written_text& name, const written_text& value, param_form form) {
            if (!first) out_.put(", ");
            first = false;
            out_.put_word(name);
            out_.put('=');
            put_value(value, forms_.knows(param_) ? forms_[param_]
                                                  : form_for(shape_of(value), rules_.form_of(scheme, name, form)));
            ++param_;
            return true;
        });
        return true;
    }

private:
    void put_value(const written_text& value, written_form form) noexcept {
        switch (form) {
            case written_form::bare: out_.put(value.raw()); return;
            case written_form::bare_octets: out_.put_octets(value); return;
            case written_form::quoted:
                out_.put('"');
                out_.put(value.raw());
                break;
            case written_form::escaped:
                out_.put('"');
                out_.put_escaped(value);
                break;
        }
        out_.put('"');
    }

    const form_rules& rules_;
    const known_forms& forms_;
    output out_;
    bool first_ = true;
    std::size_t param_ = 0;  ///< of all challenges
};

}  // namespace authgrammar::detail

#endif
