#include "common/wording.hpp"
#include "rules/rules.hpp"
#include "rules/scheme_parts.hpp"

#include <algorithm>
#include <unordered_map>

// Which schemes are used, and where.

namespace authgrammar::audit::rules {

namespace {

using detail::words;

/// A known scheme whose name differs by one letter, unless the name hides it on purpose, as xBasic does. Names of less than
/// five letters are not compared.
const schemes::scheme_description* meant_scheme(std::string_view name) {
    if (name.size() < 5) return nullptr;
    for (const schemes::scheme_description& s : schemes::all_schemes()) {
        const bool holds = detail::lower(name).find(detail::lower(s.name)) != std::string::npos;
        if (!holds && s.name.size() >= 5 && is_one_slip_away(name, s.name)) return &s;
    }
    return nullptr;
}

void check_unregistered(const subject& s, report& out) {
    for_each_part(s, [&](const scheme_part& p) {
        if (p.scheme != nullptr || meant_scheme(p.part.scheme().raw()) != nullptr) return;
        out.add(
            p.scheme_at(), p.in.name(),
            words("this scheme is not in the IANA registry as of ", schemes::registry_date, ", and not widely known"));
    });
}

void check_misspelt(const subject& s, report& out) {
    for_each_part(s, [&](const scheme_part& p) {
        if (p.scheme != nullptr) return;
        const schemes::scheme_description* const meant = meant_scheme(p.part.scheme().raw());
        if (meant == nullptr) return;
        out.add(p.scheme_at(), p.in.name(), words("this scheme is not known; ", meant->name, " may be meant"));
    });
}

/// The note on a scheme that authenticates connections, once for each scheme and field.
void check_registry_note(const subject& s, report& out) {
    std::vector<std::pair<field, const schemes::scheme_description*>> said;
    for_each_part(s, [&](const scheme_part& p) {
        if (p.scheme == nullptr || p.scheme->registry_note.empty() || !p.is_challenge() || p.part.token68()) return;
        if (p.scheme->state != schemes::state_rule::connection) return;
        const std::pair<field, const schemes::scheme_description*> key{p.in.name(), p.scheme};
        if (std::find(said.begin(), said.end(), key) != said.end()) return;
        said.push_back(key);
        out.add(p.scheme_at(), p.in.name(),
                words("the registry says of ", p.scheme->name, ": \"", p.scheme->registry_note, "\""));
    });
}

void check_twice(const subject& s, report& out) {
    std::unordered_map<std::string, const scheme_part*> seen;
    const field_reading* in = nullptr;
    for_each_part(s, [&](const scheme_part& p) {
        if (p.scheme == nullptr || !p.is_challenge() || p.part.token68()) return;
        if (in != &p.in) seen.clear();
        in = &p.in;
        std::string key(p.scheme->name);
        for (const std::string_view name : {std::string_view("realm"), p.scheme->ranked_by}) {
            // No value has a line end in it.
            const auto param = p.part.param(name);
            key += param ? "\n=" : "\n-";
            if (param) detail::append_unescaped(key, param->value);
        }
        const auto [first, is_new] = seen.try_emplace(std::move(key), &p);
        if (is_new) return;
        out.add(p.scheme_at(), p.in.name(), words(p.scheme->name, " with this realm is already offered")).related = {
            first->second->scheme_at()};
    });
}

void check_misplaced(const subject& s, report& out) {
    for_each_part(s, [&](const scheme_part& p) {
        if (p.scheme == nullptr) return;
        const bool of_proxy = p.in.name() == field::proxy_authenticate || p.in.name() == field::proxy_authorization;
        const std::string_view name = p.scheme->name;
        if ((of_proxy ? p.scheme->proxy : p.scheme->origin) == schemes::usability::no) {
            out.add(p.scheme_at(), p.in.name(),
                    words(name, " is not defined for ", of_proxy ? "proxies" : "origin servers"))
                .section = p.scheme->reference;
        } else if (p.is_challenge() && p.scheme->challenge.none()) {
            out.add(p.scheme_at(), p.in.name(), words(name, " has no challenges")).section = p.scheme->reference;
        }
    });
}

void check_weaker(const subject& s, report& out) {
    if (!s.around.weaker_scheme) return;
    const linked_places& chosen = *s.around.weaker_scheme;
    out.add(chosen.at, chosen.about, "the password is sent, although the 401 offers a scheme that does not send it")
        .related = {chosen.earlier};
}

}  // namespace

const finding_rule& unregistered_scheme() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "unregistered-scheme";
        r.level = severity::info;
        r.category = rule_category::scheme;
        r.requirements = {"R7235-5.1-registry"};
        r.section = "RFC 9110, 16.4.1";
        r.title = "a scheme that is neither registered nor widely known";
        r.explanation =
            "Schemes are registered with IANA (HTTP Authentication Scheme Registry), and this one is not there. Only "
            "programs made for this service know it. Some services use such a name on purpose, so that browsers do not "
            "open their dialogue.";
        r.peers = "Browsers and libraries skip the challenge; they cannot make credentials for it.";
        r.fix =
            "Use a registered scheme, such as Bearer for tokens, or register the name. If the name is on purpose, "
            "document it.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: xBasic realm=\"app\"\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"app\"\n"
            "\n";
        r.check = check_unregistered;
        return r;
    }();
    return rule;
}

const finding_rule& misspelt_scheme() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "misspelt-scheme";
        r.level = severity::warning;
        r.category = rule_category::scheme;
        r.section = "RFC 9110, 11.1";
        r.title = "a scheme one letter away from a known one";
        r.explanation = "The name is not known, and differs by one letter from one that is.";
        r.peers =
            "Clients skip the challenge and do not log in; servers refuse the credentials as those of an unknown "
            "scheme.";
        r.fix = "Correct the name.";
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Beaer abc123\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Bearer abc123\n"
            "\n";
        r.check = check_misspelt;
        return r;
    }();
    return rule;
}

const finding_rule& registry_note() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "scheme-breaks-framework";
        r.level = severity::info;
        r.category = rule_category::scheme;
        r.requirements = {"R7235-5.1.2-stateless", "R7235-5.1.2-parsing-fixed"};
        r.section = "RFC 9110, 16.4.2";
        r.title = "a scheme that breaks the rules of the framework, by the registry's note";
        r.explanation =
            "The IANA registry has a note on this scheme. It authenticates a connection and not a request, and "
            "proxies, load balancers and HTTP/2 may not keep a user's requests on a connection of their own.";
        r.peers =
            "A proxy that shares connections lends one user's login to others. Load balancers that do not keep a "
            "connection together break the login.";
        r.fix = "Use the scheme on direct connections over HTTP/1.1 only, and keep proxies from sharing them.";
        r.cwe = 287;
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Negotiate\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "\n";
        r.check = check_registry_note;
        return r;
    }();
    return rule;
}

const finding_rule& challenge_twice() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "challenge-twice";
        r.level = severity::info;
        r.category = rule_category::scheme;
        r.section = "RFC 9110, 11.3";
        r.title = "the same challenge twice";
        r.explanation =
            "Two challenges have the same scheme, realm and algorithm, so the second one offers nothing new. Most "
            "often two layers of software each add their own.";
        r.peers =
            "Clients take the first and ignore the other. A Digest client may mix the nonce of one with the opaque of "
            "the other.";
        r.fix = "Send the challenge once.";
        r.violating =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "\n";
        r.conforming =
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "WWW-Authenticate: Basic realm=\"mail\"\n"
            "\n";
        r.check = check_twice;
        return r;
    }();
    return rule;
}

const finding_rule& misplaced_scheme() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "scheme-misplaced";
        r.level = severity::info;
        r.category = rule_category::scheme;
        r.requirements = {"R7235-5.1.2-where-usable"};
        r.section = "RFC 9110, 16.4.2";
        r.title = "a scheme used where its specification does not define it";
        r.explanation =
            "Each scheme says whether it serves origin servers, proxies or both, and whether it has challenges at all. "
            "This use is outside of that.";
        r.peers = "It may still work: many clients use Negotiate with proxies. Others ignore the challenge.";
        r.fix = "Use a scheme that is defined for this place, or make sure that all your clients support it here.";
        r.violating =
            "HTTP/1.1 407 Proxy Authentication Required\n"
            "Proxy-Authenticate: Negotiate\n"
            "\n";
        r.conforming =
            "HTTP/1.1 407 Proxy Authentication Required\n"
            "Proxy-Authenticate: Basic realm=\"office\"\n"
            "\n";
        r.check = check_misplaced;
        return r;
    }();
    return rule;
}

const finding_rule& weaker_scheme_chosen() {
    static const finding_rule rule = [] {
        finding_rule r;
        r.id = "weaker-scheme-chosen";
        r.level = severity::info;
        r.category = rule_category::exchange;
        r.requirements = {"R7235-2.1-select-strongest"};
        r.section = "RFC 9110, 11.3";
        r.title = "a password sent although a scheme was offered that keeps it secret";
        r.explanation =
            "The 401 offered a scheme whose credentials are a proof, such as Digest, and the client chose one that "
            "sends the password itself.";
        r.peers =
            "Many libraries know Basic only. Somebody on the path who can remove the better challenge gets the "
            "password, and the client does not notice.";
        r.fix =
            "Let the client choose the most secure scheme that it has (curl --anyauth), or offer Basic over TLS only.";
        r.needs = "the 401 before the request";
        r.cwe = 757;
        r.violating =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Digest realm=\"files\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n";
        r.conforming =
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "\n"
            "HTTP/1.1 401 Unauthorized\n"
            "WWW-Authenticate: Basic realm=\"files\"\n"
            "\n"
            "GET / HTTP/1.1\n"
            "Host: www.example.com\n"
            "Authorization: Basic dXNlcjpwYXNz\n"
            "\n";
        r.check = check_weaker;
        return r;
    }();
    return rule;
}

}  // namespace authgrammar::audit::rules
