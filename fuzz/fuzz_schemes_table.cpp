#include "fuzz_schemes.hpp"

#include "support/oracle.hpp"

#include <authgrammar/schemes/basic.hpp>
#include <authgrammar/schemes/bearer.hpp>
#include <authgrammar/schemes/digest.hpp>
#include <authgrammar/schemes/scheme_message.hpp>

#include <memory>
#include <string_view>

namespace authgrammar::fuzz {

namespace {

using namespace schemes;

/// What is wrong has a place in the value, a section, and what could be there instead.
void check_error(const scheme_error& e, std::size_t size) {
    std::size_t offset = e.offset;
    if (planted("the_table_s_error_is_beyond_the_value") && e.code == scheme_error_code::missing_param)
        offset = size + 1;
    require("table_error_has_a_place", offset <= size && !e.section.empty() && !e.expected.empty());
}

/// Each parameter is found by its name and by its row, where it is in the value.
void check_message(const scheme_message& m, std::size_t size) {
    for (const auth_param p : m.params()) {
        if (p.name.spans_lines()) continue;
        std::string_view name = p.name.raw();
        if (planted("a_parameter_is_not_found") && p.value.quoted()) name = "";
        const auto found = m.value(name);
        require("table_finds_each_parameter",
                found && found->begin() == p.value.begin() && found->end() == p.value.end() && found->end() <= size);
        const parameter_description* const row = m.describe(p);
        const auto by_row = row == nullptr ? found : m.value(*row);
        require("table_finds_each_parameter", by_row && by_row->begin() == p.value.begin());
    }
}

/// RFC 6750 lets error_uri have octets that no URI has, cnonce may have HTAB, and domain is ignored in Proxy-Authenticate.
[[nodiscard]] bool is_more_than_its_reader_asks(std::string_view param) {
    return param == "error_uri" || param == "cnonce" || param == "domain";
}

/// `accepted`: by the reader of the scheme itself.
void check_verdict(const result<scheme_message, scheme_error>& r, bool accepted, std::size_t size) {
    bool agrees = true;
    if (r.has_value()) {
        check_message(*r, size);
    } else {
        check_error(r.error(), size);
        agrees = !accepted || is_more_than_its_reader_asks(r.error().param);
    }
    if (planted("the_table_refuses_a_realm") && accepted && r.has_value() && r->value("realm")) agrees = false;
    require("table_agrees_with_the_scheme_s_reader", agrees);
}

[[nodiscard]] bool is_read_by_its_own(const challenge& c, field f, std::size_t size) {
    if (kind_of(f) == field_kind::challenges) {
        return read_basic_challenge(c).has_value() || read_bearer_challenge(c).has_value() ||
               read_digest_challenge(c, {}, f).has_value();
    }
    const std::unique_ptr<char[]> buffer(new char[size]);
    return read_basic_credentials(c, buffer.get(), size).has_value() || read_bearer_credentials(c).has_value() ||
           read_digest_credentials(c).has_value();
}

}  // namespace

void check_by_table(const challenge& c, field f, std::size_t size) {
    const scheme_description* const s = c.scheme().spans_lines() ? nullptr : find_scheme(c.scheme().raw());
    if (s == nullptr) return;
    const bool asks = kind_of(f) == field_kind::challenges;
    check_verdict(asks ? read_scheme_challenge(*s, c) : read_scheme_credentials(*s, c), is_read_by_its_own(c, f, size),
                  size);
}

void check_info_by_table(const auth_params& params, std::size_t size) {
    for (const scheme_description& s : all_schemes()) {
        const bool accepted = s.name == "Digest" && read_digest_info(params).has_value();
        check_verdict(read_scheme_info(s, params), accepted, size);
    }
}

}  // namespace authgrammar::fuzz
