#include "digest_values.hpp"

#include "value_checks.hpp"

namespace authgrammar::schemes {

namespace {

constexpr std::string_view hashes = "the hexadecimal digits of a hash, in lower case";

}  // namespace

// decides: R7616-3.3-algorithm
std::optional<digest_algorithm> algorithm_of(const text& value) noexcept {
    char name[longest_algorithm_name];
    const result<std::size_t> size = value.unescape(name, sizeof name);
    return size ? digest_algorithm_from_name({name, *size}) : std::nullopt;
}

// decides: R7616-3.4-qop-one
std::optional<digest_qop> qop_of(const text& value) noexcept {
    for (const digest_qop q : {digest_qop::auth, digest_qop::auth_int}) {
        if (value.equals(name_of(q))) return q;
    }
    return std::nullopt;
}

// decides: R7616-3.3-userhash, R7616-3.4-userhash
std::optional<bool> flag_of(const text& value) noexcept {
    if (value.equals_ignoring_case("true")) return true;
    if (value.equals_ignoring_case("false")) return false;
    return std::nullopt;
}

// decides: R7616-3.3-qop-unknown
scheme_error read_qop_list(const text& value, digest_qops& offered) noexcept {
    bool any = false;
    std::optional<std::size_t> wrong;
    std::size_t begin = value.begin();
    std::size_t end = begin;  // of the element, without white space at its end
    std::size_t next = begin;
    bool in_element = false;
    bool ended = false;
    const auto finish_element = [&] {
        if (!in_element) return;
        any = true;
        if (const std::optional<digest_qop> q = qop_of(value.part(begin, end))) offered |= *q;
    };
    value.for_each_octet_at([&](char c, std::size_t at) {
        if (c == ',') {
            finish_element();
            in_element = ended = false;
        } else if (c == ' ' || c == '\t') {
            ended = in_element;
        } else if (ended || !is_tchar(c)) {
            wrong = at;
            return false;
        } else {
            if (!in_element) begin = next;
            in_element = true;
            end = at + 1;
        }
        next = at + 1;
        return true;
    });
    if (wrong) {
        return fault(scheme_error_code::invalid_value, *wrong, qop_offered, "tokens separated by commas",
                     tolerance::none, "qop");
    }
    finish_element();
    if (!any) {
        return fault(scheme_error_code::invalid_value, value.begin(), qop_offered, "\"auth\" or \"auth-int\"",
                     tolerance::none, "qop");
    }
    if (offered.empty()) {
        return fault(scheme_error_code::unknown_qop, value.begin(), qop_unknown, "\"auth\" or \"auth-int\"",
                     tolerance::none, "qop");
    }
    return {};
}

// decides: R7616-3.2-hex
scheme_error check_hash(const text& value, std::size_t count, std::string_view name, reading& r) noexcept {
    const std::size_t size = value.end() - value.begin();
    const bool right_size = count == 0 ? size == 32 || size == 64 : size == count;
    if (right_size && !value.spans_lines() && all_in(value.raw(), lower_hex_digits())) return {};
    // A closer look: what is wrong where, or escapes.
    const std::size_t most = count == 0 ? 64 : count;
    std::size_t lower = 0;  // how many octets begin the value that are right
    std::size_t either = 0;
    bool any_upper = false;
    std::size_t lower_end = value.begin();
    std::size_t end = value.begin();
    value.for_each_octet_at([&](char c, std::size_t at) {
        if (either == most || !(is_lower_hex(c) || is_upper_hex(c))) return false;
        if (!is_lower_hex(c)) any_upper = true;
        end = at + 1;
        ++either;
        if (!any_upper) {
            lower_end = end;
            ++lower;
        }
        return true;
    });
    const bool whole = end == value.end() && (count == 0 ? either == 32 || either == 64 : either == count);
    if (!whole) return fault(scheme_error_code::invalid_value, end, lower_hex, hashes, tolerance::none, name);
    if (lower == either || r.use(tolerance::digest_upper_case_hex)) return {};
    return fault(scheme_error_code::invalid_value, lower_end, lower_hex, hashes, tolerance::digest_upper_case_hex,
                 name);
}

// decides: R7616-3.5-nc-digits
scheme_error read_nc(const text& value, std::uint32_t& nc, reading& r) noexcept {
    if (value.end() - value.begin() == 8 && !value.spans_lines() && all_in(value.raw(), lower_hex_digits())) {
        // As almost all are.
        nc = 0;
        for (const char c : value.raw()) {
            nc = detail::load_scalar(nc) << 4 | ((static_cast<std::uint32_t>(c) & 0xF) + (c >= 'a' ? 9u : 0u));
        }
        if (nc != 0) return {};
    }
    std::size_t digits = 0;
    nc = 0;
    const auto add = [&](char c) {
        if (digits == 8 || !(is_lower_hex(c) || is_upper_hex(c))) return false;
        nc = nc << 4 | static_cast<std::uint32_t>(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
        ++digits;
        return true;
    };
    const std::optional<std::size_t> at = first_refused(value, add);
    constexpr std::string_view expected = "eight hexadecimal digits";
    if (at || digits == 0) {
        return fault(scheme_error_code::invalid_value, at.value_or(value.begin()), eight_digits, expected,
                     tolerance::none, "nc");
    }
    if (digits != 8 && !r.use(tolerance::digest_nc_length)) {
        return fault(scheme_error_code::invalid_value, value.end(), eight_digits, expected, tolerance::digest_nc_length,
                     "nc");
    }
    if (nc != 0) return {};
    return fault(scheme_error_code::invalid_value, value.begin(), nc_sent, "a count that includes this request",
                 tolerance::none, "nc");
}

// decides: R7616-3.4-cnonce-ascii
scheme_error check_cnonce(const text& value) noexcept {
    const std::optional<std::size_t> at = first_outside_class(value, ascii);
    if (!at) return {};
    return fault(scheme_error_code::invalid_value, *at, cnonce_ascii, "ASCII", tolerance::none, "cnonce");
}

// decides: R7616-3.3-domain-syntax
scheme_error check_domain(const text& value) noexcept {
    const auto at = first_outside(value, [](char c) { return c == ' ' || is_uri_character(c); });
    if (!at) return {};
    return fault(scheme_error_code::invalid_value, *at, domain_uris, "URIs separated by spaces", tolerance::none,
                 "domain");
}

// decides: R7616-3.4-improper
scheme_error check_uri(const text& value) noexcept {
    std::optional<std::size_t> at = first_outside_class(value, visible);
    if (!at && value.begin() == value.end()) at = value.begin();
    if (!at) return {};
    return fault(scheme_error_code::invalid_value, *at, proper_value, "the request-target", tolerance::none, "uri");
}

}  // namespace authgrammar::schemes
