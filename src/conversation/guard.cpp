#include "challenge_lines.hpp"
#include "settings.hpp"

#include <authgrammar/policy/decision.hpp>
#include <authgrammar/schemes/basic.hpp>
#include <authgrammar/verify/hash.hpp>
#include <authgrammar/writer.hpp>

#include <utility>

namespace authgrammar::conversation {

namespace {

/// Notes where each scheme's offer is. Why not, if one is there twice; else empty.
std::string_view find_offers(detail::guard_settings& s) {
    for (const offer& o : s.options.offers) {
        if (std::holds_alternative<rounds_offer>(o)) continue;
        const auto note = [](const auto* which, auto& place) {
            if (which == nullptr) return true;
            return std::exchange(place, which) == nullptr;
        };
        if (!note(std::get_if<basic_offer>(&o), s.basic) || !note(std::get_if<digest_offer>(&o), s.digest) ||
            !note(std::get_if<bearer_offer>(&o), s.bearer)) {
            return "a scheme is offered twice";
        }
    }
    return {};
}

std::string_view prepare_digest(detail::guard_settings& s) {
    const digest_offer& d = *s.digest;
    if (d.algorithms.empty()) return "Digest is offered without an algorithm";
    if (d.qop.empty()) return "Digest is offered without a quality of protection";
    const verify::hasher hashes;
    for (const schemes::digest_algorithm a : d.algorithms) {
        if (!hashes.supports(a)) return "OpenSSL does not offer an algorithm of Digest";
    }
    const std::optional<verify::nonce_key> key =
        s.options.nonce_key ? s.options.nonce_key : verify::nonce_key::generate();
    if (!key) return "there is no randomness for the key of nonces";
    if (key->is_zero()) return "the key of nonces is zero";
    s.key = *key;
    if (!verify::nonce_maker(s.key, s.options.nonce_times).usable()) return "OpenSSL cannot make nonces";
    if (s.options.replays) {
        s.replays = *s.options.replays;
    } else {
        s.own_replays.emplace(s.options.nonces, s.options.nonce_times.lifetime);
        if (!s.own_replays->usable()) {
            return "there is no memory for nonces: none is wanted, they live for less than a second, or none is free";
        }
        s.replays = *s.own_replays;
    }
    if (!s.options.nonce_key && !s.options.replays) s.own_clock.emplace();
    verify::digest_offer& offered = s.digest_offered;
    offered.realm = s.options.realm;
    offered.algorithms = d.algorithms.data();
    offered.algorithm_count = d.algorithms.size();
    offered.qop = d.qop;
    offered.userhash = d.userhash;
    offered.utf8 = d.utf8;
    if (!d.opaque.empty()) offered.opaque = d.opaque;
    if (!d.domain.empty()) offered.domain = d.domain;
    offered.allowed = d.allowed;
    offered.proxy = s.at_proxy();
    return {};
}

/// The facts of a request.
policy::facts facts_of(const guard_options& o, policy::resource_state resource, policy::existence_rule existence,
                       bool secured, bool bad_request, policy::credentials_state whose) noexcept {
    policy::facts f(resource, whose);
    f.hop = o.hop;
    f.existence = existence;
    f.malformed = bad_request ? policy::malformed_policy::bad_request : o.malformed;
    f.hide_with = o.hide_with;
    if (!secured && !o.allow_unsecured && !detail::is_for_everybody(resource))
        f.forbidden = policy::refusal::unsecured_connection;
    return f;
}

void decide_all(detail::guard_settings& s) {
    using policy::credentials_state;
    using policy::existence_rule;
    using policy::resource_state;
    for (const auto resource : {resource_state::public_resource, resource_state::protected_resource,
                                resource_state::absent, resource_state::moved}) {
        for (const auto existence :
             {existence_rule::open, existence_rule::hidden, existence_rule::hidden_from_strangers}) {
            for (const auto whose :
                 {credentials_state::absent, credentials_state::malformed, credentials_state::partial,
                  credentials_state::invalid, credentials_state::insufficient, credentials_state::sufficient}) {
                for (const unsigned bits : {0u, 1u, 2u, 3u}) {
                    const bool secured = (bits & 1) != 0;
                    const bool bad_request = (bits & 2) != 0;
                    // Nobody's credentials suffice for what is not there: those that would get the answer of a target that is
                    // hidden from their user, byte for byte.
                    const bool hides = resource == resource_state::absent && existence == existence_rule::hidden;
                    const auto shown =
                        hides && whose == credentials_state::sufficient ? credentials_state::insufficient : whose;
                    const policy::outcome o =
                        policy::decide(facts_of(s.options, resource, existence, secured, bad_request, shown))
                            .recommended;
                    s.answers[detail::guard_settings::index(resource, existence, secured, bad_request, whose)] = {
                        o.status, o.cache_control, o.vary};
                }
            }
        }
    }
}

std::string_view prepare_basic(detail::guard_settings& s) {
    schemes::basic_challenge c{};
    c.realm = s.options.realm;
    c.utf8 = s.basic->utf8;
    const write_result written = write_to(s.basic_challenge, [&](char* buffer, std::size_t capacity) {
        return schemes::write_basic_challenge(s.challenge_field(), c, buffer, capacity);
    });
    return written ? std::string_view() : "the realm cannot be written";
}

std::string_view prepare_rounds(detail::guard_settings& s) {
    for (const offer& o : s.options.offers) {
        const auto* const r = std::get_if<rounds_offer>(&o);
        if (r == nullptr) continue;
        const auto of = detail::find_round_scheme(r->scheme);
        if (!of) return "a scheme of rounds is none, or not known";
        for (const detail::offered_rounds& other : s.rounds) {
            if (other.of.scheme == of->scheme) return "a scheme is offered twice";
        }
        detail::offered_rounds& made = s.rounds.emplace_back();
        made.of = *of;
        const write_result written = write_to(made.challenge, [&](char* buffer, std::size_t capacity) {
            return detail::write_round(s.challenge_field(), *of, {s.options.realm, {}, {}}, buffer, capacity);
        });
        if (!written) return "the realm cannot be written";
    }
    return {};
}

std::string_view prepare(detail::guard_settings& s) {
    if (s.options.offers.empty()) return "no scheme is offered";
    if (const std::string_view why = find_offers(s); !why.empty()) return why;
    const std::size_t others = s.options.offers.size() - (s.digest != nullptr ? 1 : 0);
    if (others + (s.digest != nullptr ? s.digest->algorithms.size() : 0) > guard::most_challenges) {
        return "more challenges are offered than guard::most_challenges";
    }
    if (s.basic != nullptr) {
        if (const std::string_view why = prepare_basic(s); !why.empty()) return why;
    }
    if (const std::string_view why = prepare_rounds(s); !why.empty()) return why;
    if (s.digest != nullptr) {
        if (const std::string_view why = prepare_digest(s); !why.empty()) return why;
    }
    return detail::challenges_fit(s)
               ? std::string_view()
               : "the challenges cannot be written, or are longer than what an exchange has room for";
}

}  // namespace

guard::guard(guard_options options) {
    auto made = std::make_unique<detail::guard_settings>();
    made->options = std::move(options);
    decide_all(*made);
    made->why_not = prepare(*made);
    settings_ = std::move(made);
}

guard::~guard() = default;

std::string_view guard::why_not() const noexcept { return settings_->why_not; }

}  // namespace authgrammar::conversation
