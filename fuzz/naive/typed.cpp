#include "typed.hpp"

#include <algorithm>
#include <set>

namespace authgrammar::fuzz::naive {

namespace {

using schemes::tolerance;
using code = schemes::scheme_error_code;

const std::string digits = "0123456789";
const std::string lower_letters = "abcdefghijklmnopqrstuvwxyz";
const std::string upper_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const std::string letters = lower_letters + upper_letters;
const std::string lower_hex = digits + "abcdef";
const std::string any_hex = lower_hex + "ABCDEF";
const std::string tchars = letters + digits + "!#$%&'*+-.^_`|~";
const std::string attr_chars = letters + digits + "!#$&+-.^_`|~";
const std::string uri_characters = letters + digits + "-._~%:/?#[]@!$&'()*+,;=";

bool only(const std::string& text, const std::string& octets) {
    return text.find_first_not_of(octets) == std::string::npos;
}

std::string visible(const std::string& but) {
    std::string out;
    for (char c = 0x21; c < 0x7F; ++c) {
        if (but.find(c) == std::string::npos) out += c;
    }
    return out;
}
const std::string nqchars = visible("\"\\");

std::string lower(std::string text) {
    for (char& c : text) {
        const std::size_t i = upper_letters.find(c);
        if (i != std::string::npos) c = lower_letters[i];
    }
    return text;
}

/// Words of `octets`, one SP between two of them.
bool words(const std::string& text, const std::string& octets) {
    return !text.empty() && only(text, octets + " ") && text.front() != ' ' && text.back() != ' ' &&
           text.find("  ") == std::string::npos;
}

/// The names of a message, with their first values. Repeated ones are a violation.
typed_reading start(const typed_message& m, const char* scheme, const std::set<std::string>& known) {
    typed_reading r;
    if (scheme != nullptr && lower(m.scheme) != scheme) {
        r.add(code::other_scheme, "");
        return r;
    }
    if (m.token68) {
        r.add(code::unexpected_token68, "");
        return r;
    }
    for (const auto& [name, value] : m.params) {
        const std::string key = lower(name);
        if (!r.values.emplace(key, value).second) r.add(code::repeated_param, known.count(key) != 0 ? key : "");
    }
    if (!r.wrong.empty()) return r;
    for (auto it = r.values.begin(); it != r.values.end();)
        it = known.count(it->first) != 0 ? std::next(it) : r.values.erase(it);
    return r;
}

const std::string* value(const typed_reading& r, const std::string& name) {
    const auto it = r.values.find(name);
    return it == r.values.end() ? nullptr : &it->second;
}

void require_params(typed_reading& r, std::initializer_list<const char*> names) {
    for (const char* name : names) {
        if (value(r, name) == nullptr) r.add(code::missing_param, name);
    }
}

/// The digits of the hashes of an algorithm; 0 if it is not known.
std::size_t hash_digits(const typed_reading& r) {
    const std::string* a = value(r, "algorithm");
    std::string name = a == nullptr ? "md5" : lower(*a);
    if (name.size() > 5 && name.substr(name.size() - 5) == "-sess") name.resize(name.size() - 5);
    if (name == "md5") return 32;
    return name == "sha-256" || name == "sha-512-256" ? 64 : 0;
}
bool is_session(const typed_reading& r) {
    const std::string* a = value(r, "algorithm");
    return a != nullptr && lower(*a).find("-sess") != std::string::npos;
}

void check_hash(typed_reading& r, const char* name, std::size_t most, std::size_t other) {
    const std::string* v = value(r, name);
    if (v == nullptr) return;
    if ((v->size() != most && v->size() != other) || !only(*v, any_hex)) {
        r.add(code::invalid_value, name);
    } else if (!only(*v, lower_hex)) {
        r.add(code::invalid_value, name, tolerance::digest_upper_case_hex);
    }
}

void check_nc(typed_reading& r) {
    const std::string* v = value(r, "nc");
    if (v == nullptr) return;
    if (v->empty() || v->size() > 8 || !only(*v, any_hex) || only(*v, "0")) {
        r.add(code::invalid_value, "nc");
    }
    if (v->size() < 8) r.add(code::invalid_value, "nc", tolerance::digest_nc_length);
}

void check_cnonce(typed_reading& r) {
    const std::string* v = value(r, "cnonce");
    if (v == nullptr) return;
    if (std::any_of(v->begin(), v->end(), [](char c) { return (c & 0x80) != 0; })) r.add(code::invalid_value, "cnonce");
}

void check_flag(typed_reading& r, const char* name) {
    const std::string* v = value(r, name);
    if (v != nullptr && lower(*v) != "true" && lower(*v) != "false") r.add(code::invalid_value, name);
}
bool is_true(const typed_reading& r, const char* name) {
    const std::string* v = value(r, name);
    return v != nullptr && lower(*v) == "true";
}

void check_charset(typed_reading& r) {
    const std::string* v = value(r, "charset");
    if (v != nullptr && lower(*v) != "utf-8") r.add(code::invalid_value, "charset", tolerance::unknown_charset);
}

void check_one_qop(typed_reading& r) {
    const std::string* v = value(r, "qop");
    if (v != nullptr && *v != "auth" && *v != "auth-int") r.add(code::invalid_value, "qop");
}

std::string trimmed(std::string text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string::npos) return "";
    return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

/// A list of tokens, with empty elements.
void check_qop_list(typed_reading& r) {
    const std::string* v = value(r, "qop");
    if (v == nullptr) {
        r.add(code::missing_param, "qop", tolerance::digest_without_qop);
        return;
    }
    bool any = false;
    bool tokens = true;
    std::string known;
    for (std::size_t begin = 0; begin <= v->size();) {
        const std::size_t end = std::min(v->find(',', begin), v->size());
        const std::string element = trimmed(v->substr(begin, end - begin));
        any = any || !element.empty();
        tokens = tokens && only(element, tchars);
        if (element == "auth" || element == "auth-int") known += element + ",";
        begin = end + 1;
    }
    if (!any || !tokens) {
        r.add(code::invalid_value, "qop");
    } else if (known.empty()) {
        r.add(code::unknown_qop, "qop");
    }
    r.values["qop"] = known;
}

/// base64 of a scheme's token.
void read_base64(typed_reading& r, const std::string& text) {
    const std::optional<std::string> octets = base64_octets(text);
    const bool unpadded = text.find('=') == std::string::npos && text.size() % 4 != 0;
    const bool url = text.find_first_of("-_") != std::string::npos;
    for (const code c : {code::invalid_base64, code::base64_length, code::base64_padding, code::base64_trailing_bits}) {
        if (!octets) r.add(c, "");
    }
    if (unpadded) r.add(code::base64_padding, "", tolerance::base64_missing_padding);
    if (url) r.add(code::invalid_base64, "", tolerance::base64url_alphabet);
    if (!octets) return;
    const bool controls = std::any_of(octets->begin(), octets->end(),
                                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    if (controls) r.add(code::control_character, "");
    const std::size_t colon = octets->find(':');
    if (colon == std::string::npos) {
        r.add(code::missing_colon, "");
        return;
    }
    r.values["user-id"] = octets->substr(0, colon);
    r.values["password"] = octets->substr(colon + 1);
}

/// Whether it is UTF-8: each character by the number of its octets, and its code point.
bool is_utf8(const std::string& text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto octet = [&](std::size_t k) { return static_cast<unsigned>(static_cast<unsigned char>(text[k])); };
        const unsigned first = octet(i);
        const std::size_t size = first < 0x80       ? 1
                                 : first >> 5 == 6  ? 2
                                 : first >> 4 == 14 ? 3
                                 : first >> 3 == 30 ? 4
                                                    : 0;
        if (size == 0 || i + size > text.size()) return false;
        unsigned point = size == 1 ? first : first & (0xFFu >> (size + 1));
        for (std::size_t k = 1; k < size; ++k) {
            if (octet(i + k) >> 6 != 2) return false;
            point = point << 6 | (octet(i + k) & 63);
        }
        const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
        if (point < least[size] || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return false;
        i += size;
    }
    return true;
}

typed_reading token_of(const typed_message& m, const char* scheme) {
    typed_reading r;
    if (lower(m.scheme) != scheme) {
        r.add(code::other_scheme, "");
    } else if (!m.token68) {
        r.add(code::expected_token68, "");
    }
    return r;
}

}  // namespace

std::optional<std::string> base64_octets(std::string_view text) {
    const std::string alphabet = upper_letters + lower_letters + digits;
    const bool url = text.find_first_of("-_") != std::string_view::npos;
    const std::string whole = alphabet + (url ? "-_" : "+/");
    std::string bits;
    const std::size_t data = std::min(text.find('='), text.size());
    for (const char c : text.substr(0, data)) {
        const std::size_t index = whole.find(c);
        if (index == std::string::npos) return std::nullopt;
        for (int i = 5; i >= 0; --i) bits += (index >> i & 1) != 0 ? '1' : '0';
    }
    std::string octets;
    for (std::size_t i = 0; i + 8 <= bits.size(); i += 8) {
        int octet = 0;
        for (std::size_t k = 0; k < 8; ++k) octet = octet * 2 + (bits[i + k] - '0');
        octets += static_cast<char>(octet);
    }
    // Encoded again, with padding and without.
    std::string again;
    std::string all;
    for (const char c : octets) {
        for (int i = 7; i >= 0; --i) all += (static_cast<unsigned char>(c) >> i & 1) != 0 ? '1' : '0';
    }
    while (all.size() % 6 != 0) all += '0';
    for (std::size_t i = 0; i < all.size(); i += 6) {
        std::size_t index = 0;
        for (std::size_t k = 0; k < 6; ++k) index = index * 2 + static_cast<std::size_t>(all[i + k] - '0');
        again += whole[index];
    }
    if (text == again) return octets;
    while (again.size() % 4 != 0) again += '=';
    if (text == again) return octets;
    return std::nullopt;
}

/// Nothing, or subtags of one to eight letters and digits, the first of letters (RFC 5646, 2.1).
bool is_language(const std::string& tag) {
    std::size_t begin = 0;
    for (std::size_t end = 0; !tag.empty() && end != tag.size(); begin = end + 1) {
        end = std::min(tag.find('-', begin), tag.size());
        const std::string subtag = tag.substr(begin, end - begin);
        if (subtag.empty() || subtag.size() > 8 || !only(subtag, begin == 0 ? letters : letters + digits)) return false;
    }
    return tag.empty() || begin > tag.size();
}

std::optional<std::string> ext_value_octets(std::string_view text) {
    const std::size_t first = text.find('\'');
    const std::size_t second = first == std::string_view::npos ? first : text.find('\'', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    if (lower(std::string(text.substr(0, first))) != "utf-8") return std::nullopt;
    if (!is_language(std::string(text.substr(first + 1, second - first - 1)))) return std::nullopt;
    std::string out;
    for (std::size_t i = second + 1; i < text.size(); ++i) {
        if (text[i] != '%') {
            if (attr_chars.find(text[i]) == std::string::npos) return std::nullopt;
            out += text[i];
            continue;
        }
        if (i + 2 >= text.size() || !only(std::string(text.substr(i + 1, 2)), any_hex)) return std::nullopt;
        out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
        i += 2;
    }
    if (!is_utf8(out)) return std::nullopt;
    return out;
}

typed_reading read_basic_credentials(const typed_message& m) {
    typed_reading r = token_of(m, "basic");
    if (r.wrong.empty()) read_base64(r, *m.token68);
    return r;
}

typed_reading read_bearer_credentials(const typed_message& m) {
    typed_reading r = token_of(m, "bearer");
    if (r.wrong.empty()) r.values["token"] = *m.token68;
    return r;
}

typed_reading read_basic_challenge(const typed_message& m) {
    typed_reading r = start(m, "basic", {"realm", "charset"});
    if (!r.wrong.empty()) return r;
    if (value(r, "realm") == nullptr) r.add(code::missing_param, "realm", tolerance::basic_missing_realm);
    check_charset(r);
    return r;
}

typed_reading read_bearer_challenge(const typed_message& m) {
    typed_reading r = start(
        m, "bearer",
        {"realm", "scope", "error", "error_description", "error_uri", "acr_values", "max_age", "resource_metadata"});
    if (!r.wrong.empty()) return r;
    if (m.params.empty()) r.add(code::missing_param, "", tolerance::bearer_without_params);
    for (const char* name : {"scope", "acr_values"}) {
        if (value(r, name) != nullptr && !words(*value(r, name), nqchars)) r.add(code::invalid_value, name);
    }
    for (const char* name : {"error", "error_description"}) {
        const std::string* v = value(r, name);
        if (v == nullptr) continue;
        if (v->empty()) r.add(code::invalid_value, name);
        if (!only(*v, nqchars + " ")) r.add(code::invalid_value, name, tolerance::bearer_octets);
    }
    if (value(r, "error_uri") != nullptr && !only(*value(r, "error_uri"), nqchars)) {
        r.add(code::invalid_value, "error_uri", tolerance::bearer_octets);
    }
    if (const std::string* v = value(r, "resource_metadata");
        v != nullptr && (v->empty() || !only(*v, uri_characters))) {
        r.add(code::invalid_value, "resource_metadata");
    }
    if (const std::string* v = value(r, "max_age")) {
        const std::size_t zeros = std::min(v->find_first_not_of('0'), v->size());
        const std::string number = v->substr(zeros);
        const std::string most = "18446744073709551615";
        const bool fits = number.size() < most.size() || (number.size() == most.size() && number <= most);
        if (v->empty() || !only(*v, digits) || !fits) r.add(code::invalid_value, "max_age");
        r.values["max_age"] = number.empty() ? "0" : number;
    }
    return r;
}

typed_reading read_digest_challenge(const typed_message& m, bool to_proxy) {
    typed_reading r =
        start(m, "digest", {"realm", "domain", "nonce", "opaque", "stale", "algorithm", "qop", "charset", "userhash"});
    if (!r.wrong.empty()) return r;
    if (hash_digits(r) == 0) r.add(code::unknown_algorithm, "algorithm");
    require_params(r, {"realm", "nonce"});
    check_qop_list(r);
    check_charset(r);
    check_flag(r, "userhash");
    if (to_proxy) r.values.erase("domain");
    if (value(r, "domain") != nullptr && !only(*value(r, "domain"), uri_characters + " ")) {
        r.add(code::invalid_value, "domain");
    }
    return r;
}

typed_reading read_digest_credentials(const typed_message& m) {
    typed_reading r = start(m, "digest",
                            {"username", "username*", "realm", "nonce", "uri", "response", "algorithm", "cnonce",
                             "opaque", "qop", "nc", "userhash"});
    if (!r.wrong.empty()) return r;
    const std::size_t size = hash_digits(r);
    if (size == 0) {
        r.add(code::unknown_algorithm, "algorithm");
        return r;
    }
    check_flag(r, "userhash");
    const bool hashed = is_true(r, "userhash");
    if (const std::string* extended = value(r, "username*")) {
        if (value(r, "username") != nullptr) r.add(code::two_usernames, "username*");
        if (hashed) r.add(code::unexpected_param, "username*");
        if (!ext_value_octets(*extended)) r.add(code::invalid_ext_value, "username*");
    } else {
        require_params(r, {"username"});
        if (hashed) check_hash(r, "username", size, size);
    }
    require_params(r, {"realm", "nonce", "uri", "response"});
    if (const std::string* uri = value(r, "uri"); uri != nullptr && (uri->empty() || !only(*uri, visible("")))) {
        r.add(code::invalid_value, "uri");
    }
    check_hash(r, "response", size, size);
    check_one_qop(r);
    if (value(r, "qop") != nullptr) {
        require_params(r, {"nc", "cnonce"});
        check_nc(r);
    } else {
        r.add(code::missing_param, "qop", tolerance::digest_without_qop);
        if (value(r, "nc") != nullptr) r.add(code::unexpected_param, "nc");
        if (is_session(r)) require_params(r, {"cnonce"});
    }
    check_cnonce(r);
    return r;
}

typed_reading read_digest_info(const typed_message& m) {
    typed_reading r = start(m, nullptr, {"nextnonce", "rspauth", "cnonce", "nc", "qop"});
    if (!r.wrong.empty()) return r;
    check_one_qop(r);
    if (value(r, "qop") != nullptr) require_params(r, {"rspauth", "cnonce", "nc"});
    check_hash(r, "rspauth", 32, 64);
    check_cnonce(r);
    check_nc(r);
    return r;
}

}  // namespace authgrammar::fuzz::naive
