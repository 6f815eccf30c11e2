#include "rules/digest_values.hpp"

#include <authgrammar/schemes/list.hpp>

#include "common/field_text.hpp"
#include "rules/subject.hpp"
#include "values/digest_params.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace authgrammar::audit {

namespace {

using schemes::digest_algorithm;

/// A URI (RFC 3986, 3) or an absolute path, as far as its first characters tell.
bool begins_as_uri(std::string_view uri) noexcept {
    if (uri.front() == '/') return true;
    const std::string_view scheme = uri.substr(0, uri.find(':'));
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return scheme.size() < uri.size() && !scheme.empty() && is_letter(scheme.front()) &&
           std::all_of(scheme.begin(), scheme.end(),
                       [&](char c) { return is_letter(c) || detail::is_digit(c) || c == '+' || c == '-' || c == '.'; });
}

/// Names of parameters, as bits.
class name_set {
public:
    constexpr name_set() noexcept = default;
    template <typename... Names>
    explicit constexpr name_set(Names... names) noexcept : bits_((bit(names) | ...)) {}

    void insert(digest_name name) noexcept { bits_ |= bit(name); }
    [[nodiscard]] bool has(digest_name name) const noexcept { return (bits_ & bit(name)) != 0; }
    [[nodiscard]] bool has_all(name_set others) const noexcept { return (bits_ & others.bits_) == others.bits_; }

private:
    static constexpr unsigned bit(digest_name name) noexcept { return 1U << static_cast<unsigned>(name); }
    unsigned bits_ = 0;
};

fact_set facts_of_credentials(const auth_params& params, const message& m) {
    name_set seen;
    std::optional<auth_param> response;
    std::optional<auth_param> algorithm;
    for (const auth_param given : params) {
        const std::optional<digest_name> name = digest_name_of(given.name.raw());
        if (!name) continue;
        if (seen.has(*name)) return fact::digest_faults;
        seen.insert(*name);
        switch (*name) {
            case digest_name::username_ext: return fact::digest_faults;
            case digest_name::response: response = given; break;
            case digest_name::algorithm: algorithm = given; break;
            case digest_name::nc:
                if (is_zero_count(given.value)) return fact::digest_faults;
                break;
            case digest_name::uri:
                if (m.start == start_kind::request && !given.value.equals(m.target)) return fact::digest_faults;
                break;
            default: break;
        }
    }
    const std::optional<digest_algorithm> named = digest_algorithm_of(algorithm);
    const bool usual = named && seen.has(digest_name::username) &&
                       (!response || is_usual_hash(response->value, schemes::hex_digits(*named)));
    return usual ? fact_set{0} : fact::digest_faults;
}

fact_set facts_of_challenge(const scheme_part& p) {
    const std::optional<digest_algorithm> algorithm = digest_algorithm_of(p.part.param("algorithm"));
    const std::optional<auth_param> domain = p.part.param("domain");
    const bool usual = algorithm && (!domain || is_domain(domain->value));
    return (usual ? fact_set{0} : fact::digest_faults) |
           (algorithm && is_md5(*algorithm) ? fact::digest_md5 : fact_set{0});
}

}  // namespace

std::optional<digest_algorithm> digest_algorithm_of(const std::optional<auth_param>& given) {
    if (!given) return digest_algorithm::md5;
    const text& value = given->value;
    if (!value.quoted() && !value.spans_lines()) return schemes::digest_algorithm_from_name(value.raw());
    return schemes::digest_algorithm_from_name(detail::unescaped(value));
}

bool is_md5(digest_algorithm a) noexcept { return a == digest_algorithm::md5 || a == digest_algorithm::md5_sess; }

bool is_zero_count(const text& nc) noexcept { return nc.equals("00000000"); }

bool is_usual_hash(const text& value, std::size_t digits) noexcept {
    const std::string_view raw = value.raw();
    if (raw.size() != digits) return false;
    const auto is_from = [](char c, char first, unsigned count) {
        const auto distance =
            static_cast<unsigned char>(static_cast<unsigned char>(c) - static_cast<unsigned char>(first));
        return distance < count ? 1u : 0u;
    };
    unsigned all = 1;  // without a branch for each, so that compilers take several at a time
    for (const char c : raw) all &= is_from(c, '0', 10) | is_from(c, 'a', 6);
    return all != 0;
}

bool is_domain(const text& domain) {
    bool all = true;
    schemes::for_each_word(domain, [&](const text& word) {
        all = begins_as_uri(detail::unescaped(word));
        return all;
    });
    return all;
}

fact_set facts_of_digest(const scheme_part& p, const message& m) {
    const auth_params params = p.part.params();
    if (!p.sound || params.empty()) return 0;
    return p.is_challenge() ? facts_of_challenge(p) : facts_of_credentials(params, m);
}

fact_set facts_of_digest_info(const auth_params& params) {
    constexpr name_set wanted_with_qop(digest_name::nc, digest_name::cnonce);
    name_set seen;
    bool proved = false;
    for (const auth_param given : params) {
        if (given.has_name("rspauth")) {
            proved = true;
            if (!is_usual_hash(given.value, 32) && !is_usual_hash(given.value, 64)) return fact::digest_faults;
        } else if (const std::optional<digest_name> name = digest_name_of(given.name.raw()); name) {
            seen.insert(*name);
        }
    }
    const bool complete = !seen.has(digest_name::qop) || (proved && seen.has_all(wanted_with_qop));
    return complete ? fact_set{0} : fact::digest_faults;
}

}  // namespace authgrammar::audit
