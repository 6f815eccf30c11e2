#include <authgrammar/schemes/considerations.hpp>

#include <authgrammar/tokenizer.hpp>

namespace authgrammar::schemes {

namespace {

constexpr std::string_view section = "RFC 9110, 16.4.2; RFC 7235, 5.1.2";

struct ignore_events {
    static bool on_event(const event&) noexcept { return true; }
};

/// Whether a recipient can read the value.
bool is_readable(const sample& s) noexcept {
    constexpr field fields[]{field::www_authenticate, field::authorization, field::authentication_info};
    const field f = fields[static_cast<std::size_t>(s.kind)];
    tokenizer reader(f, edition::rfc9110_recipient);
    ignore_events events;
    return reader.feed(s.value, events) == error_code::none && reader.finish(events) == error_code::none;
}

// decides: R7235-5.1.2-stateless
void check_state(const scheme_description& s, broken_considerations& out) noexcept {
    if (s.state != state_rule::request) out.add(consideration::stateless, name_of(s.state));
}

// decides: R7235-5.1.2-realm-reserved
void consider_realm(const scheme_description& s, broken_considerations& out) noexcept {
    if (s.realm == realm_rule::redefined) out.add(consideration::realm_reserved, "realm");
}

// decides: R7235-5.1.2-token68-legacy
void check_token68(const scheme_description& s, broken_considerations& out) noexcept {
    if (s.challenge.token68) out.add(consideration::token68_legacy, "challenge");
    if (s.credentials.token68) out.add(consideration::token68_legacy, "credentials");
}

/// realm is left out: that it is quoted is the framework's own rule.
// decides: R7235-5.1.2-both-forms
void check_forms(const scheme_description& s, broken_considerations& out) noexcept {
    std::string_view last;
    for (const parameter_description& p : s.params) {
        if (p.form == param_form::automatic || p.form_advised || p.name == "realm" || p.name == last) continue;
        out.add(consideration::both_forms, p.name);
        last = p.name;
    }
}

// decides: R7235-5.1.2-unknown-params
void check_unknown(const scheme_description& s, broken_considerations& out) noexcept {
    if (s.unknown_params == unknown_rule::undefined) out.add(consideration::unknown_params, "unknown parameters");
}

// decides: R7235-5.1.2-where-usable
void check_usability(const scheme_description& s, broken_considerations& out) noexcept {
    if (s.origin == usability::unstated) out.add(consideration::where_usable, "origin servers");
    if (s.proxy == usability::unstated) out.add(consideration::where_usable, "proxies");
}

// decides: R7235-5.1.2-other-field
void check_carriers(const scheme_description& s, broken_considerations& out) noexcept {
    for (const carrier_description& c : s.carriers) {
        if (!c.caching_forbidden) out.add(consideration::other_field, c.name);
    }
}

// decides: R7235-5.1.2-parsing-fixed
void check_samples(const scheme_description& s, broken_considerations& out) noexcept {
    for (const sample& each : s.samples) {
        if (!is_readable(each)) out.add(consideration::parsing_fixed, each.value);
    }
}

/// The framework's own text has it since RFC 9110. Other fields of responses are not described.
// decides: R9110-16.4.2-info-considered
void check_info(const scheme_description& s, broken_considerations& out) noexcept {
    if (!s.info_considered.empty()) return;
    std::string_view last;
    for (const parameter_description& p : s.params) {
        if (p.in_info == presence::absent || p.name == last) continue;
        out.add(consideration::info_considered, p.name);
        last = p.name;
    }
}

}  // namespace

consideration_text text_of(consideration c) noexcept {
    switch (c) {
        case consideration::stateless: break;
        case consideration::realm_reserved:
            return {"R7235-5.1.2-realm-reserved", section, "realm means something other than the protection space.",
                    "Give the parameter another name, and leave realm to RFC 9110, 11.5."};
        case consideration::token68_legacy:
            return {
                "R7235-5.1.2-token68-legacy", section,
                "The scheme uses a token68, of which there can be only one and which leaves no room for extensions.",
                "Use parameters."};
        case consideration::both_forms:
            return {"R7235-5.1.2-both-forms", section,
                    "A parameter may be written in one form only, token or quoted-string.",
                    "Let senders use either form, and define the value as it is without quotes."};
        case consideration::unknown_params:
            return {
                "R7235-5.1.2-unknown-params", section,
                "The scheme does not say what a recipient does with an unknown parameter.",
                "Say that recipients ignore it, so that parameters can be added later, and how new ones are defined."};
        case consideration::where_usable:
            return {"R7235-5.1.2-where-usable", section,
                    "The scheme does not say whether it is for origin servers, proxies or both.",
                    "Say so for each of the two."};
        case consideration::other_field:
            return {"R7235-5.1.2-other-field", section,
                    "Credentials may be sent outside Authorization, where caches do not see them, and caching is not "
                    "forbidden.",
                    "Require Cache-Control: private in responses, or no-store in requests."};
        case consideration::parsing_fixed:
            return {"R7235-5.1.2-parsing-fixed", section,
                    "The scheme shows or allows a value that is outside the grammar of challenges and credentials.",
                    "Quote values that are not tokens, and separate parameters with commas."};
        case consideration::info_considered:
            return {"R9110-16.4.2-info-considered", "RFC 9110, 16.4.2 and 17.16.4",
                    "The scheme uses Authentication-Info, and does not say what that means for security and privacy.",
                    "Say what its parameters tell somebody who reads them, and what a client must check."};
    }
    return {
        "R7235-5.1.2-stateless", section,
        "A request cannot be authenticated on its own: the server has to remember earlier requests, or the connection.",
        "Put everything that is needed into each request, or make sure that nobody else can use the connection."};
}

broken_considerations considerations(const scheme_description& s) noexcept {
    broken_considerations out;
    check_state(s, out);
    consider_realm(s, out);
    check_token68(s, out);
    check_forms(s, out);
    check_unknown(s, out);
    check_usability(s, out);
    check_carriers(s, out);
    check_info(s, out);
    check_samples(s, out);
    return out;
}

}  // namespace authgrammar::schemes
