#include <authgrammar/event.hpp>
#include <authgrammar/parse.hpp>
#include <authgrammar/schemes/base64.hpp>
#include <authgrammar/schemes/basic.hpp>

#include <cstdint>
#include <cstring>

#include "base64_credentials.hpp"
#include "grammar_fault.hpp"
#include "params.hpp"

namespace authgrammar::schemes {

namespace {

constexpr std::string_view scheme = "Basic";
constexpr std::string_view what_follows = "user-id and password in base64";

// decides: R7617-2-unknown-params
constexpr rule realm_required{"R7617-2-realm", "RFC 7617, 2"};
constexpr rule is_token68{"R7617-2-token68", "RFC 7617, 2"};
constexpr rule has_colon{"R7617-2-colon", "RFC 7617, 2"};
constexpr rule no_controls{"R7617-2-no-controls", "RFC 7617, 2"};
constexpr rule charset_value{"R7617-2.1-charset", "RFC 7617, 2.1"};

/// CTL (RFC 5234, B.1).
[[nodiscard]] constexpr bool is_control(char c) noexcept {
    const auto octet = static_cast<unsigned char>(c);
    return octet < 0x20 || octet == 0x7F;
}

/// Whether one of eight octets is a CTL.
[[nodiscard]] constexpr bool has_control(std::uint64_t octets) noexcept {
    constexpr std::uint64_t each = 0x0101010101010101u;
    const std::uint64_t del = octets ^ (each * 0x7F);
    return (((octets - each * 0x20) & ~octets) | ((del - each) & ~del)) & (each * 0x80);
}

[[nodiscard]] bool has_control(std::string_view octets) noexcept {
    const std::size_t n = octets.size();
    if (n < 8) {
        for (const char c : octets) {
            if (is_control(c)) return true;
        }
        return false;
    }
    bool found = has_control(detail::load_octets<std::uint64_t>(octets.data() + n - 8));
    for (std::size_t i = 0; i + 8 < n; i += 8) {
        found |= has_control(detail::load_octets<std::uint64_t>(octets.data() + i));
    }
    return found;
}

AUTHGRAMMAR_COLD scheme_error in_base64(scheme_error e, const text& token) noexcept {
    if (e.code == scheme_error_code::buffer_full) return e;
    e.offset += token.begin();
    e.requirement = is_token68.requirement;
    return e;
}

/// The error of octets with a control character or without a colon. `token` is what they were decoded from.
AUTHGRAMMAR_COLD scheme_error in_octets(std::string_view octets, const text& token) noexcept {
    for (std::size_t i = 0; i < octets.size(); ++i) {
        if (!is_control(octets[i])) continue;
        return fault(scheme_error_code::control_character, token.begin() + i * 4 / 3, no_controls,
                     "a character that is no control character");
    }
    return fault(scheme_error_code::missing_colon, token.end(), has_colon, "a colon between user-id and password");
}

[[nodiscard]] write_result forbidden(std::string_view name, std::size_t offset, std::string_view expected) noexcept {
    write_result r;
    r.code = error_code::forbidden_octet;
    r.part = written_part::token68;
    r.offset = offset;
    r.rule = name;
    r.section = "RFC 7617, 2";
    r.expected = expected;
    return r;
}

/// What cannot be part of credentials, with the code `none` if all can.
[[nodiscard]] write_result check_written(std::string_view user_id, std::string_view password) noexcept {
    for (std::size_t i = 0; i < user_id.size(); ++i) {
        if (is_control(user_id[i]) || user_id[i] == ':') {
            return forbidden("user-id", i, "neither a control character nor a colon");
        }
    }
    for (std::size_t i = 0; i < password.size(); ++i) {
        if (is_control(password[i])) return forbidden("password", i, "no control character");
    }
    return {};
}

}  // namespace

result<basic_credentials, scheme_error> read_basic(std::string_view value, char* buffer, std::size_t capacity,
                                                   tolerances allowed) noexcept {
    event memory[4];
    event_buffer events(memory, 4);
    const result<credentials> read = parse_credentials(field::authorization, value, events);
    if (!read) return unread_token68(value, read.error(), scheme, is_token68, what_follows);
    return read_basic_credentials(*read, buffer, capacity, allowed);
}

result<basic_credentials, scheme_error> read_basic_credentials(const credentials& read, char* buffer,
                                                               std::size_t capacity, tolerances allowed) noexcept {
    const std::optional<text> token = read.token68();
    if (AUTHGRAMMAR_UNLIKELY(!token || !read.has_scheme(scheme)))
        return no_token68(read, scheme, is_token68, what_follows);
    const result<decoded_base64, scheme_error> decoded = decode_base64(token->raw(), buffer, capacity, allowed);
    if (!decoded) return in_base64(decoded.error(), *token);
    const std::string_view octets(buffer, decoded->size);
    const void* const colon = octets.empty() ? nullptr : std::memchr(buffer, ':', octets.size());
    if (AUTHGRAMMAR_UNLIKELY(colon == nullptr || has_control(octets))) {
        const scheme_error e = in_octets(octets, *token);
        if (!octets.empty()) std::memset(buffer, 0, octets.size());
        return e;
    }
    const auto user_size = static_cast<std::size_t>(static_cast<const char*>(colon) - buffer);
    return basic_credentials{std::string_view(buffer, user_size),
                             std::string_view(buffer + user_size + 1, octets.size() - user_size - 1), decoded->used};
}

result<basic_challenge, scheme_error> read_basic_challenge(const challenge& read, tolerances allowed) noexcept {
    enum : std::size_t { realm, charset, count };
    static constexpr std::array<std::string_view, count> names{"realm", "charset"};
    if (const scheme_error e = check_params_of(read, scheme); failed(e)) return e;
    known_params params(names);
    if (const scheme_error e = params.read(read.params()); failed(e)) return e;

    basic_challenge c;
    if (params.has(realm)) {
        c.realm = params.value(realm);
    } else if (allowed.has(tolerance::basic_missing_realm)) {
        c.used |= tolerance::basic_missing_realm;
    } else {
        return fault(scheme_error_code::missing_param, read.end(), realm_required, "realm",
                     tolerance::basic_missing_realm, names[realm]);
    }
    if (params.has(charset)) {
        c.utf8 = params.value(charset).equals_ignoring_case("UTF-8");
        if (!c.utf8 && !allowed.has(tolerance::unknown_charset)) {
            return fault(scheme_error_code::invalid_value, params.value(charset).begin(), charset_value, "UTF-8",
                         tolerance::unknown_charset, names[charset]);
        }
        if (!c.utf8) c.used |= tolerance::unknown_charset;
    }
    return c;
}

write_result write_basic_credentials(field f, std::string_view user_id, std::string_view password, char* buffer,
                                     std::size_t capacity) noexcept {
    write_result r;
    if (kind_of(f) != field_kind::credentials) {
        r.code = error_code::wrong_field_kind;
        r.expected = "Authorization or Proxy-Authorization";
        return r;
    }
    r = check_written(user_id, password);
    if (r.code != error_code::none) return r;
    const auto octet = [&](std::size_t i) {
        if (i < user_id.size()) return user_id[i];
        return i == user_id.size() ? ':' : password[i - user_id.size() - 1];
    };
    const auto overlap = [&](std::size_t n) { return overlaps(user_id, buffer, n) || overlaps(password, buffer, n); };
    return write_base64_credentials(scheme, user_id.size() + 1 + password.size(), octet, overlap, buffer, capacity);
}

write_result write_basic_challenge(field f, const basic_challenge& c, char* buffer, std::size_t capacity) noexcept {
    const param_spec params[] = {{"realm", c.realm, param_form::quoted}, {"charset", "UTF-8", param_form::quoted}};
    challenge_spec spec(scheme, params);
    if (!c.utf8) spec.param_count = 1;
    return write_challenges(f, &spec, 1, buffer, capacity);
}

}  // namespace authgrammar::schemes
