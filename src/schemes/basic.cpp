#include <authgrammar/event.hpp>
#include <authgrammar/parse.hpp>
#include <authgrammar/schemes/base64.hpp>
#include <authgrammar/schemes/basic.hpp>

#include <cstdint>
#include <cstring>

#include "base64_blocks.hpp"
#include "base64_credentials.hpp"
#include "grammar_fault.hpp"
#include "params.hpp"
#include "token68_line.hpp"

namespace authgrammar::schemes {

namespace {

constexpr std::string_view basic_scheme = "Basic";
constexpr std::string_view after_basic = "user-id and password in base64";

// decides: R7617-2-unknown-params
constexpr rule realm_required{"R7617-2-realm", "RFC 7617, 2"};
constexpr rule is_token68{"R7617-2-token68", "RFC 7617, 2"};
constexpr rule has_colon{"R7617-2-colon", "RFC 7617, 2"};
constexpr rule no_controls{"R7617-2-no-controls", "RFC 7617, 2"};
constexpr rule basic_charset{"R7617-2.1-charset", "RFC 7617, 2.1"};

/// CTL (RFC 5234, B.1).
[[nodiscard]] constexpr bool is_control(char c) noexcept {
    const auto octet = static_cast<unsigned char>(c);
    return octet < 0x20 || octet == 0x7F;
}

/// Looks for the first colon, and for CTLs, in octets that are decoded.
class octet_finder {
public:
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

    void group(std::uint32_t octets, std::size_t count, std::size_t at) noexcept {
        constexpr std::uint32_t each = 0x01010101;
        // In place of octets that are none, some that are neither.
        const std::uint32_t filled = octets | (each * 'x' << (8 * count) & 0xFFFFFFFF);
        any_control_ |= (((filled - each * 0x20) & ~filled) | zeros(filled ^ each * 0x7F)) & (each * 0x80);
        const std::uint32_t colons = zeros(filled ^ each * ':') & (each * 0x80);
        if (colons != 0 && colon_ == npos) colon_ = at + detail::trailing_zeros(colons) / 8;
    }
#if AUTHGRAMMAR_IS_X86_64
    void block(__m128i octets, std::size_t at) noexcept {
        constexpr unsigned twelve = 0xFFF;
        const __m128i below_space = _mm_cmpeq_epi8(_mm_min_epu8(octets, _mm_set1_epi8(0x1F)), octets);
        const __m128i control = _mm_or_si128(below_space, _mm_cmpeq_epi8(octets, _mm_set1_epi8(0x7F)));
        any_control_ |= static_cast<unsigned>(_mm_movemask_epi8(control)) & twelve;
        const unsigned colons =
            static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(octets, _mm_set1_epi8(':')))) & twelve;
        if (colons != 0 && colon_ == npos) colon_ = at + detail::trailing_zeros(colons);
    }
    AUTHGRAMMAR_TARGET_AVX512 void block(__m512i octets, std::uint64_t which, std::size_t at) noexcept {
        any_control_ |= (_mm512_mask_cmplt_epu8_mask(which, octets, _mm512_set1_epi8(0x20)) |
                         _mm512_mask_cmpeq_epi8_mask(which, octets, _mm512_set1_epi8(0x7F)));
        const std::uint64_t colons = _mm512_mask_cmpeq_epi8_mask(which, octets, _mm512_set1_epi8(':'));
        if (colons != 0 && colon_ == npos) colon_ = at + detail::trailing_zeros(colons);
    }
#endif

    /// The index of the first colon, or `npos`; `npos` too if there is a CTL.
    [[nodiscard]] std::size_t colon() const noexcept { return any_control_ == 0 ? colon_ : npos; }

private:
    /// Of each octet that is 0 the highest bit is set; above the lowest such octet perhaps of others too.
    [[nodiscard]] static constexpr std::uint32_t zeros(std::uint32_t octets) noexcept {
        return (octets - 0x01010101) & ~octets;
    }

    std::uint64_t any_control_ = 0;
    std::size_t colon_ = npos;
};

AUTHGRAMMAR_COLD scheme_error in_base64(scheme_error e, const placed_token& token) noexcept {
    if (e.code == scheme_error_code::buffer_full) return e;
    e.offset += token.begin;
    e.requirement = is_token68.requirement;
    return e;
}

/// The error of octets with a control character or without a colon, which were decoded from `token`; they are
/// overwritten.
AUTHGRAMMAR_COLD scheme_error in_octets(char* octets, std::size_t size, const placed_token& token) noexcept {
    scheme_error e = fault(scheme_error_code::missing_colon, token.begin + token.text.size(), has_colon,
                           "a colon between user-id and password");
    for (std::size_t i = size; i-- != 0;) {
        if (!is_control(octets[i])) continue;
        e = fault(scheme_error_code::control_character, token.begin + i * 4 / 3, no_controls,
                  "a character that is no control character");
    }
    if (size != 0) std::memset(octets, 0, size);
    return e;
}

/// The credentials that `size` octets are, if the first colon is at `colon`.
AUTHGRAMMAR_ALWAYS_INLINE result<basic_credentials, scheme_error> split(const placed_token& token, char* octets,
                                                                        std::size_t size, std::size_t colon,
                                                                        tolerances used) noexcept {
    if (AUTHGRAMMAR_UNLIKELY(colon == octet_finder::npos)) return in_octets(octets, size, token);
    const std::string_view password(octets + colon + 1, size - colon - 1);
    return basic_credentials{std::string_view(octets, colon), password, used};
}

/// Decodes what is not strict base64, with an error or a tolerance.
AUTHGRAMMAR_COLD result<basic_credentials, scheme_error> decode_leniently(const placed_token& token, char* buffer,
                                                                          std::size_t capacity,
                                                                          tolerances allowed) noexcept {
    const result<decoded_base64, scheme_error> decoded = decode_base64(token.text, buffer, capacity, allowed);
    if (!decoded) return in_base64(decoded.error(), token);
    octet_finder finder;
    for (std::size_t i = 0; i < decoded->size; ++i) finder.group(static_cast<unsigned char>(buffer[i]), 1, i);
    return split(token, buffer, decoded->size, finder.colon(), decoded->used);
}

AUTHGRAMMAR_ALWAYS_INLINE result<basic_credentials, scheme_error> decode(const placed_token& token, char* buffer,
                                                                         std::size_t capacity,
                                                                         tolerances allowed) noexcept {
    octet_finder finder;
    const strict_base64 strict = decode_strict_base64(token.text, buffer, capacity, finder);
    if (AUTHGRAMMAR_UNLIKELY(!strict.decoded)) return decode_leniently(token, buffer, capacity, allowed);
    return split(token, buffer, strict.size, finder.colon(), {});
}

/// What is no token68_line of Basic: it is at fault, or long.
AUTHGRAMMAR_COLD result<basic_credentials, scheme_error> read_closely(std::string_view value, char* buffer,
                                                                      std::size_t capacity,
                                                                      tolerances allowed) noexcept {
    event memory[4];
    event_buffer events(memory, 4);
    const result<credentials> read = parse_credentials(field::authorization, value, events);
    if (!read) return unread_token68(value, read.error(), basic_scheme, is_token68, after_basic);
    return read_basic_credentials(*read, buffer, capacity, allowed);
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
    const token68_line line(value, basic_scheme);
    if (AUTHGRAMMAR_LIKELY(line)) return decode(line.token(), buffer, capacity, allowed);
    return read_closely(value, buffer, capacity, allowed);
}

result<basic_credentials, scheme_error> read_basic_credentials(const credentials& read, char* buffer,
                                                               std::size_t capacity, tolerances allowed) noexcept {
    const std::optional<text> token = read.token68();
    if (AUTHGRAMMAR_UNLIKELY(!token || !read.has_scheme(basic_scheme))) {
        return no_token68(read, basic_scheme, is_token68, after_basic);
    }
    return decode({token->raw(), token->begin()}, buffer, capacity, allowed);
}

result<basic_challenge, scheme_error> read_basic_challenge(const challenge& read, tolerances allowed) noexcept {
    enum : std::size_t { realm, charset, count };
    static constexpr param_names<count> names{"realm", "charset"};
    if (const scheme_error e = check_params_of(read, basic_scheme, realm_required); failed(e)) return e;
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
            return fault(scheme_error_code::invalid_value, params.value(charset).begin(), basic_charset, "UTF-8",
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
    const auto overlap = [&](const detail::written_memory& m) { return m.overlaps(user_id) || m.overlaps(password); };
    return write_base64_credentials(basic_scheme, user_id.size() + 1 + password.size(), octet, overlap, buffer,
                                    capacity);
}

write_result write_basic_challenge(field f, const basic_challenge& c, char* buffer, std::size_t capacity) noexcept {
    const param_spec params[] = {{"realm", c.realm, param_form::quoted}, {"charset", "UTF-8", param_form::quoted}};
    challenge_spec spec(basic_scheme, params);
    if (!c.utf8) spec.param_count = 1;
    return write_challenges(f, &spec, 1, buffer, capacity);
}

}  // namespace authgrammar::schemes
