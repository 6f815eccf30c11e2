#include <authgrammar/policy/selection.hpp>

#include <authgrammar/schemes/scheme.hpp>

#include "common/field_text.hpp"

#include <array>
#include <cassert>
#include <optional>

namespace authgrammar::policy {

namespace {

/// The schemes of the table that have a rank, in its order; one with algorithms once for each of them.
class known_schemes {
public:
    known_schemes() noexcept {
        for (std::uint8_t rank = 1; rank != 0; ++rank) {
            for (const schemes::scheme_description& s : schemes::all_schemes()) {
                if (s.rank == rank) add(s);
            }
        }
    }

    [[nodiscard]] scheme_order order() const noexcept { return {list_.data(), count_}; }

private:
    void add(const schemes::scheme_description& s) noexcept {
        const bool needs_secured = s.exposes != schemes::exposure::proof;
        const schemes::parameter_description* algorithms =
            schemes::find_parameter(s, field_kind::challenges, s.ranked_by);
        if (algorithms == nullptr) return add({s.name, {}, false, needs_secured, s.reference});
        for (const std::string_view a : algorithms->values) {
            add({s.name, a, a == s.value_if_absent, needs_secured, s.reference});
        }
    }
    void add(const supported_scheme& s) noexcept {
        assert(count_ < list_.size());
        if (count_ < list_.size()) list_[count_++] = s;
    }

    std::array<supported_scheme, 32> list_{};
    std::size_t count_ = 0;
};

bool has_algorithm(const challenge& c, const supported_scheme& s) noexcept {
    if (s.algorithm.empty()) return true;
    std::optional<text> named;
    for (const auth_param& p : c.params()) {
        if (!p.has_name("algorithm")) continue;
        if (named) return false;
        named = p.value;
    }
    return named ? named->equals_ignoring_case(s.algorithm) : s.algorithm_if_none;
}

bool understands(const supported_scheme& s, const challenge& c) noexcept {
    return c.has_scheme(s.name) && has_algorithm(c, s);
}

constexpr challenge_choice result_of(choice_outcome outcome) noexcept {
    challenge_choice c;
    c.outcome = outcome;
    c.requirement = "R7235-2.1-select-strongest";
    c.section = "RFC 9110, 11.4";
    switch (outcome) {
        case choice_outcome::chosen:
            c.text = "Of the schemes offered, the most secure one that the client supports.";
            break;
        case choice_outcome::nothing_offered: c.text = "There is no challenge to answer."; break;
        case choice_outcome::nothing_understood:
            c.text = "No challenge is for a scheme that the client supports.";
            break;
        case choice_outcome::only_unsafe:
            c.requirement = "R7235-6.1-confidentiality";
            c.section = "RFC 9110, 17.16.1";
            c.text =
                "Each scheme that the client supports would show reusable credentials to anyone who can read the "
                "connection. They are not sent unless it is secured.";
            break;
    }
    return c;
}

}  // namespace

scheme_order most_secure_first() noexcept {
    static const known_schemes known;
    return known.order();
}

std::string_view name_of(choice_outcome o) noexcept {
    switch (o) {
        case choice_outcome::chosen: return "chosen";
        case choice_outcome::nothing_offered: return "nothing offered";
        case choice_outcome::nothing_understood: return "nothing understood";
        case choice_outcome::only_unsafe: break;
    }
    return "only unsafe";
}

// decides: R7235-2.1-select-strongest
challenge_choice choose_challenge(const challenges& offered, scheme_order order, bool secured) noexcept {
    if (offered.empty()) return result_of(choice_outcome::nothing_offered);
    bool unsafe = false;
    for (const supported_scheme& s : order) {
        std::size_t index = 0;
        for (const challenge& c : offered) {
            if (understands(s, c)) {
                if (secured || !s.needs_secured) {
                    challenge_choice choice = result_of(choice_outcome::chosen);
                    choice.chosen = c;
                    choice.index = index;
                    choice.answer_as = &s;
                    return choice;
                }
                unsafe = true;
            }
            ++index;
        }
    }
    return result_of(unsafe ? choice_outcome::only_unsafe : choice_outcome::nothing_understood);
}

chosen_answer choose_answer(credential_store& store, const target_uri& target, const challenges& offered,
                            scheme_order order) {
    chosen_answer answer{choose_challenge(offered, order, target.secured), std::nullopt};
    if (!answer.choice) return answer;
    const supported_scheme& scheme = *answer.choice.answer_as;
    std::size_t index = 0;
    // Challenges of one scheme may name several realms (RFC 9110, 11.5), and are equally secure.
    for (const challenge& c : offered) {
        if (understands(scheme, c)) {
            protection_space space;
            space.root = target.root;
            if (const auto realm = c.param("realm")) space.realm = detail::unescaped(realm->value);
            answer.credentials = store.find(space, scheme.name);
            if (answer.credentials) {
                answer.choice.chosen = c;
                answer.choice.index = index;
                break;
            }
        }
        ++index;
    }
    return answer;
}

}  // namespace authgrammar::policy
