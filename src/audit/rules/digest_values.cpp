#include "rules/digest_values.hpp"

#include <authgrammar/schemes/list.hpp>

#include "common/field_text.hpp"
#include "core/internals.hpp"
#include "rules/subject.hpp"
#include "schemes/value_checks.hpp"
#include "values/digest_params.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

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

/// digest_name_of() the row of a parameter of `digest`, which is Digest's description.
std::optional<digest_name> digest_name_of(const schemes::scheme_description& digest, scheme_row row) {
    static const std::vector<std::optional<digest_name>> names = [&digest] {
        std::vector<std::optional<digest_name>> made;
        for (const schemes::parameter_description& p : digest.params) made.push_back(audit::digest_name_of(p.name));
        return made;
    }();
    return names[static_cast<std::size_t>(row - digest.params.begin())];
}

fact_set facts_of_credentials(const scheme_part& p, const message& m) {
    const field_value value(p.in.value());
    name_set seen;
    text response;
    std::optional<text> algorithm;
    // The events themselves: an auth_param of each would cost more than all that is done with it.
    const event* next = detail::internals::first(p.part.params());
    for (const scheme_row row : p.rows) {
        const event& sent = next[1];  // behind its name
        next += 2;
        const std::optional<digest_name> name = row == nullptr ? std::nullopt : digest_name_of(*p.scheme, row);
        if (!name) continue;
        if (seen.has(*name)) return fact::digest_faults;
        seen.insert(*name);
        const auto given = [&] { return text(value, sent.begin, sent.end, sent.quoted); };
        switch (*name) {
            case digest_name::username_ext: return fact::digest_faults;
            case digest_name::response: response = given(); break;
            case digest_name::algorithm: algorithm = given(); break;
            case digest_name::nc:
                if (is_zero_count(given())) return fact::digest_faults;
                break;
            case digest_name::uri:
                if (m.start == start_kind::request && !given().equals(m.target)) return fact::digest_faults;
                break;
            default: break;
        }
    }
    const std::optional<digest_algorithm> named = digest_algorithm_of(algorithm);
    const bool usual = named && seen.has(digest_name::username) &&
                       (!seen.has(digest_name::response) || is_usual_hash(response, schemes::hex_digits(*named)));
    return usual ? fact_set{0} : fact::digest_faults;
}

fact_set facts_of_challenge(const scheme_part& p) {
    const std::optional<digest_algorithm> algorithm = digest_algorithm_of(p.part);
    const std::optional<auth_param> domain = p.part.param("domain");
    const bool usual = algorithm && (!domain || is_domain(domain->value));
    return (usual ? fact_set{0} : fact::digest_faults) |
           (algorithm && is_md5(*algorithm) ? fact::digest_md5 : fact_set{0});
}

}  // namespace

std::optional<digest_algorithm> digest_algorithm_of(const std::optional<text>& named) {
    if (!named) return digest_algorithm::md5;
    if (!named->quoted() && !named->spans_lines()) return schemes::digest_algorithm_from_name(named->raw());
    return schemes::digest_algorithm_from_name(detail::unescaped(*named));
}

std::optional<digest_algorithm> digest_algorithm_of(const challenge& c) {
    const std::optional<auth_param> given = c.param("algorithm");
    return digest_algorithm_of(given ? std::optional(given->value) : std::nullopt);
}

bool is_md5(digest_algorithm a) noexcept { return a == digest_algorithm::md5 || a == digest_algorithm::md5_sess; }

bool is_zero_count(const text& nc) noexcept { return nc.equals("00000000"); }

bool is_usual_hash(const text& value, std::size_t digits) noexcept {
    const std::string_view raw = value.raw();
    return raw.size() == digits && schemes::all_in(raw, schemes::lower_hex_digits{});
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
    if (!p.sound || p.part.params().empty()) return 0;
    return p.is_challenge() ? facts_of_challenge(p) : facts_of_credentials(p, m);
}

fact_set facts_of_digest_info(const field_reading& r) {
    constexpr name_set wanted_with_qop(digest_name::rspauth, digest_name::nc, digest_name::cnonce);
    const field_value value(r.value());
    name_set seen;
    fact_set facts = 0;
    for (std::size_t i = 0; i + 1 < r.events().size(); i += 2) {
        const std::optional<digest_name> name = digest_name_of(r.text(r.events()[i]));
        if (!name || seen.has(*name)) facts |= fact::repeated_param;
        if (!name) continue;
        seen.insert(*name);
        if (*name != digest_name::rspauth) continue;
        const event& given = r.events()[i + 1];
        const text hash(value, given.begin, given.end, given.quoted);
        if (!is_usual_hash(hash, 32) && !is_usual_hash(hash, 64)) facts |= fact::digest_faults;
    }
    if (seen.has(digest_name::qop) && !seen.has_all(wanted_with_qop)) facts |= fact::digest_faults;
    return facts;
}

}  // namespace authgrammar::audit
