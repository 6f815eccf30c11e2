#include <authgrammar/schemes/digest.hpp>

#include "common/wording.hpp"
#include "rules/digest_values.hpp"
#include "rules/rules.hpp"
#include "rules/scheme_parts.hpp"

// Digest (RFC 7616): the credentials by themselves, and beside their request.

namespace authgrammar::audit::rules {

namespace {

using detail::words;

constexpr std::string_view digest = "Digest";

template <typename Visit>
void for_each_digest(const subject& s, Visit&& visit) {
    for_each_part(s, [&](const scheme_part& p) {
        if (p.is(digest) && !p.is_challenge()) visit(p);
    });
}

void check_nc(const subject& s, report& out) {
    report_violations(s, out, "digest-nc-malformed",
                      [](const scheme_violation&) { return std::string("nc is not eight hexadecimal digits"); });
    for_each_digest(s, [&](const scheme_part& p) {
        const auto nc = p.part.param("nc");
        if (nc && is_zero_count(nc->value))
            out.add(p.at(nc->value), p.in.name(), "nc is 0; the first request has 00000001");
    });
}

struct hash_form {
    std::size_t digits = 0;
    bool hex = true;
    bool lower = true;
};

hash_form form_of(const text& value) {
    hash_form form;
    value.for_each_octet([&](char c) {
        ++form.digits;
        form.hex = form.hex && detail::hex_value(c) >= 0;
        form.lower = form.lower && (c < 'A' || c > 'F');
        return true;
    });
    return form;
}

/// The hash in `value`, which has `digits` or, of an algorithm that is not known, 32 or 64.
void check_one_hash(const text& value, std::string_view name, std::size_t digits, span at, field about, report& out) {
    if (is_usual_hash(value, digits != 0 ? digits : 64)) return;
    const hash_form form = form_of(value);
    const bool fits = digits != 0 ? form.digits == digits : form.digits == 32 || form.digits == 64;
    if (!fits || !form.hex) {
        out.add(at, about,
                words(name, !form.hex ? " is not hexadecimal" : " has the wrong length",
                      digits == 0 ? "" : words("; its algorithm has ", std::to_string(digits), " digits")));
    } else if (!form.lower) {
        out.add(at, about, words(name, " has upper-case digits")).level = severity::warning;
    }
}

void check_hash(const subject& s, report& out) {
    for_each_digest(s, [&](const scheme_part& p) {
        const auto response = p.part.param("response");
        if (!response) return;
        const auto algorithm = digest_algorithm_of(p.part);
        const std::size_t digits = algorithm ? schemes::hex_digits(*algorithm) : 0;
        check_one_hash(response->value, "response", digits, p.at(response->value), p.in.name(), out);
    });
    for (const field_reading& r : s.fields) {
        if (kind_of(r.name()) != field_kind::info || !r.valid()) continue;
        const auth_params params = params_of_info(r);
        const auto* const scheme = scheme_of_info(s, r, params);
        const auto rspauth = params.find("rspauth");
        if (scheme == nullptr || scheme->name != digest || !rspauth) continue;
        const span at = r.source(rspauth->value.begin(), rspauth->value.end());
        check_one_hash(rspauth->value, "rspauth", 0, at, r.name(), out);
    }
}

// decides: R7616-3.4-two-usernames
void check_usernames(const subject& s, report& out) {
    for_each_digest(s, [&](const scheme_part& p) {
        const auto extended = p.part.param("username*");
        if (!extended) return;
        const auto plain = p.part.param("username");
        const auto hashed = p.part.param("userhash");
        if (plain) {
            out.add(p.at(extended->name), p.in.name(), "username and username* are both there").related = {
                p.at(plain->name)};
        } else if (hashed && hashed->value.equals_ignoring_case("true")) {
            out.add(p.at(extended->name), p.in.name(), "username* is there, although userhash is true").related = {
                p.at(hashed->name)};
        }
    });
}

/// A target or a uri from its path on, for a proxy may have made one form of the other (RFC 9112, 3.2).
std::string_view from_path(std::string_view target) noexcept {
    const std::size_t authority = target.find("://");
    if (authority == std::string_view::npos ||
        target.substr(0, authority).find_first_of("/?") != std::string_view::npos)
        return target;
    const std::size_t path = target.find_first_of("/?", authority + 3);
    return path == std::string_view::npos ? "/" : target.substr(path);
}

/// With the percent-encoded octets decoded: what differs in nothing else names the same resource.
std::string decoded(std::string_view target) {
    std::string out;
    for (std::size_t i = 0; i < target.size(); ++i) {
        const bool escape = target[i] == '%' && i + 2 < target.size() && detail::hex_value(target[i + 1]) >= 0 &&
                            detail::hex_value(target[i + 2]) >= 0;
        if (!escape) {
            out += target[i];
            continue;
        }
        out += static_cast<char>(detail::hex_value(target[i + 1]) * 16 + detail::hex_value(target[i + 2]));
        i += 2;
    }
    return out;
}

std::string_view without_query(std::string_view target) noexcept { return target.substr(0, target.find('?')); }

// decides: R7616-3.4.6-uri
void check_uri(const subject& s, report& out) {
    if (s.source.start != start_kind::request) return;
    for_each_digest(s, [&](const scheme_part& p) {
        const auto uri = p.part.param("uri");
        if (!uri) return;
        if (uri->value.equals(s.source.target)) return;
        const std::string sent = detail::unescaped(uri->value);
        const std::string theirs = decoded(from_path(sent));
        const std::string target = decoded(from_path(s.source.target));
        if (theirs == target) return;
        std::string_view what = "uri is not the request target";
        if (theirs == without_query(target)) {
            what = "uri lacks the query of the request target";
        } else if (without_query(theirs) == target) {
            what = "uri has a query that the request target lacks";
        }
        out.add(p.at(uri->value), p.in.name(), std::string(what)).related = {s.source.start_line};
    });
}

}  // namespace

const finding_rule& digest_nc_malformed() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "digest-nc-malformed";
        r.level = severity::error;
        r.category = rule_category::scheme;
        r.requirements = {"R7616-3.5-nc-digits", "R7616-3.4-nc"};
        r.section = "RFC 7616, 3.4";
        r.title = "a Digest nc that is not a count of eight hexadecimal digits";
        r.explanation =
            "nc counts the requests with this nonce, from 00000001, in exactly eight hexadecimal digits. The digits "
            "are hashed as they are sent.";
        r.peers =
            "Some servers answer 400. Others compare the number and hash the digits, and the two no longer agree.";
        r.fix = "Send the count as eight digits, the first one being 00000001.";
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n1\", uri=\"/\", qop=auth, nc=1, "
            "cnonce=\"c1\", response=\"0123456789abcdef0123456789abcdef\"\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n1\", uri=\"/\", qop=auth, nc=00000001, "
            "cnonce=\"c1\", response=\"0123456789abcdef0123456789abcdef\"\n"
            "\n";
        r.check = check_nc;
        return r;
    }();
    return rule;
}

const finding_rule& digest_hash_malformed() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "digest-hash-malformed";
        r.level = severity::error;
        r.category = rule_category::scheme;
        r.requirements = {"R7616-3.2-hex"};
        r.section = "RFC 7616, 3.2";
        r.title = "a Digest hash of the wrong form";
        r.explanation =
            "A hash is written in lower-case hexadecimal: 32 digits for MD5, 64 for SHA-256 and SHA-512-256. A hash of "
            "another length is one of another algorithm than the credentials name, or base64.";
        r.peers =
            "Servers compare the digits and refuse the credentials. A length that fits no algorithm is a sign of a "
            "wrong hash function.";
        r.fix = "Write the hash of the algorithm that is named, in lower-case hexadecimal.";
        r.varies = "A warning for upper-case digits of the right number.";
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n1\", uri=\"/\", qop=auth, nc=00000001, "
            "cnonce=\"c1\", response=\"0123456789abcdef0123456789abcdef\", algorithm=SHA-256\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n1\", uri=\"/\", qop=auth, nc=00000001, "
            "cnonce=\"c1\", response=\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\", "
            "algorithm=SHA-256\n"
            "\n";
        r.check = check_hash;
        return r;
    }();
    return rule;
}

const finding_rule& digest_two_usernames() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "digest-two-usernames";
        r.level = severity::error;
        r.category = rule_category::scheme;
        r.requirements = {"R7616-3.4-two-usernames", "R7616-3.4-username-ext"};
        r.section = "RFC 7616, 3.4";
        r.title = "Digest credentials with more than one form of the user name";
        r.explanation =
            "username, username* and a hashed name exclude each other: username* is for names that a quoted-string "
            "cannot carry, and userhash=true says that username is a hash.";
        r.peers = "A server has to refuse them. One that does not may check the one name and log the other.";
        r.fix = "Send username or username*, not both, and username* without userhash=true.";
        r.cwe = 436;
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", username*=UTF-8''us%C3%A9r, realm=\"files\", nonce=\"n1\", "
            "uri=\"/\", qop=auth, nc=00000001, cnonce=\"c1\", response=\"0123456789abcdef0123456789abcdef\"\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username*=UTF-8''us%C3%A9r, realm=\"files\", nonce=\"n1\", uri=\"/\", qop=auth, "
            "nc=00000001, cnonce=\"c1\", response=\"0123456789abcdef0123456789abcdef\"\n"
            "\n";
        r.check = check_usernames;
        return r;
    }();
    return rule;
}

const finding_rule& digest_uri_mismatch() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "digest-uri-mismatch";
        r.level = severity::error;
        r.category = rule_category::message;
        r.requirements = {"R7616-3.4.6-uri"};
        r.section = "RFC 7616, 3.4.6";
        r.title = "a Digest uri that is not the request target";
        r.explanation =
            "The client hashes uri, so that nobody can use the proof for another resource. It has to name the resource "
            "of the request line, query included.";
        r.peers =
            "Servers answer 400, or 401 as for a wrong password. One that does not compare the two accepts a recorded "
            "proof for any resource.";
        r.fix = "Put the request target in uri exactly as it stands in the request line, with its query.";
        r.cwe = 294;
        r.violating =
            "GET /report?year=2026 HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n1\", uri=\"/report\", qop=auth, "
            "nc=00000001, cnonce=\"c1\", response=\"0123456789abcdef0123456789abcdef\"\n"
            "\n";
        r.conforming =
            "GET /report?year=2026 HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Digest username=\"user\", realm=\"files\", nonce=\"n1\", uri=\"/report?year=2026\", "
            "qop=auth, nc=00000001, cnonce=\"c1\", response=\"0123456789abcdef0123456789abcdef\"\n"
            "\n";
        r.check = check_uri;
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
