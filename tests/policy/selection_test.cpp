#include <authgrammar/authgrammar.hpp>
#include <authgrammar/policy/selection.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::policy {
namespace {

/// What is chosen of a value: the scheme and, for Digest, its algorithm; or why nothing is.
std::string chosen_of(std::string_view value, bool secured = true, scheme_order order = most_secure_first()) {
    inline_event_buffer<256> events;
    const auto read = parse_challenges(field::www_authenticate, value, events);
    EXPECT_TRUE(read.has_value()) << value;
    if (!read) return "unreadable";
    const challenge_choice choice = choose_challenge(*read, order, secured);
    EXPECT_FALSE(choice.text.empty());
    EXPECT_FALSE(choice.requirement.empty());
    if (!choice) return std::string(name_of(choice.outcome));
    EXPECT_TRUE(choice.chosen.has_scheme(choice.answer_as->name));
    auto at = read->begin();
    std::advance(at, static_cast<std::ptrdiff_t>(choice.index));
    EXPECT_EQ((*at).begin(), choice.chosen.begin());
    std::string text(choice.answer_as->name);
    if (!choice.answer_as->algorithm.empty()) text.append(" ").append(choice.answer_as->algorithm);
    return text;
}

// shows: R7235-2.1-select-strongest conforming
TEST(selection, the_most_secure_scheme_is_chosen_wherever_it_stands) {
    EXPECT_EQ(chosen_of("Basic realm=\"x\", Digest realm=\"x\", nonce=\"n\", algorithm=SHA-256"), "Digest SHA-256");
    EXPECT_EQ(chosen_of("Digest realm=\"x\", nonce=\"n\", algorithm=SHA-256, Basic realm=\"x\""), "Digest SHA-256");
    EXPECT_EQ(chosen_of("basic realm=\"x\", NEGOTIATE, NTLM"), "Negotiate");
    std::vector<std::string> parts{"Basic realm=\"x\"", "Bearer", "Digest nonce=\"n\"", "SCRAM-SHA-256", "Newauth"};
    std::sort(parts.begin(), parts.end());
    do {
        std::string value;
        for (const std::string& part : parts) value += (value.empty() ? "" : ", ") + part;
        EXPECT_EQ(chosen_of(value), "SCRAM-SHA-256") << value;
    } while (std::next_permutation(parts.begin(), parts.end()));
}

// What a client must not do: take the first, or the weaker of two that it understands.
// shows: R7235-2.1-select-strongest violating
TEST(selection, the_first_challenge_is_not_chosen_for_being_first) {
    EXPECT_NE(chosen_of("Basic realm=\"x\", Digest realm=\"x\", nonce=\"n\""), "Basic");
    EXPECT_NE(chosen_of("Digest nonce=\"n\", algorithm=MD5, Digest nonce=\"n\", algorithm=SHA-256"), "Digest MD5");
    EXPECT_NE(chosen_of("Newauth realm=\"x\", Basic realm=\"x\""), "nothing understood");
}

/// What can be answered, the most secure first, as selection.hpp has it: signatures and mutual authentication, then
/// Kerberos, then challenge and response by the strength of the hash, then tokens, then passwords in clear.
struct known_scheme {
    std::string_view name;
    std::string_view algorithm;
    bool in_clear;
    std::string_view specification;
};
constexpr known_scheme known[]{
    {"HOBA", "", false, "RFC 7486, Section 3"},
    {"Mutual", "", false, "RFC 8120"},
    {"SCRAM-SHA-256", "", false, "RFC 7804"},
    {"SCRAM-SHA-1", "", false, "RFC 7804"},
    {"Negotiate", "", false, "RFC 4559, Section 3"},
    {"Digest", "SHA-512-256-sess", false, "RFC 7616"},
    {"Digest", "SHA-512-256", false, "RFC 7616"},
    {"Digest", "SHA-256-sess", false, "RFC 7616"},
    {"Digest", "SHA-256", false, "RFC 7616"},
    {"Digest", "MD5-sess", false, "RFC 7616"},
    {"Digest", "MD5", false, "RFC 7616"},
    {"DPoP", "", true, "RFC 9449, Section 7.1"},
    {"Bearer", "", true, "RFC 6750"},
    {"Basic", "", true, "RFC 7617"},
};

std::string challenge_for(const known_scheme& s) {
    std::string text(s.name);
    if (!s.algorithm.empty()) text.append(" algorithm=").append(s.algorithm);
    return text;
}
std::string choice_of(const known_scheme& s) {
    return std::string(s.name) + (s.algorithm.empty() ? "" : " " + std::string(s.algorithm));
}

TEST(selection, every_scheme_is_before_all_that_are_less_secure) {
    const scheme_order order = most_secure_first();
    ASSERT_EQ(order.count, std::size(known));
    for (std::size_t i = 0; i < std::size(known); ++i) {
        EXPECT_EQ(order.begin()[i].specification, known[i].specification) << known[i].name;
        EXPECT_EQ(order.begin()[i].needs_secured, known[i].in_clear) << known[i].name;
        EXPECT_EQ(order.begin()[i].algorithm_if_none, known[i].algorithm == "MD5") << known[i].name;
        EXPECT_EQ(chosen_of(challenge_for(known[i])), choice_of(known[i]));
        EXPECT_EQ(chosen_of(challenge_for(known[i]), false), known[i].in_clear ? "only unsafe" : choice_of(known[i]));
        for (std::size_t j = i + 1; j < std::size(known); ++j) {
            EXPECT_EQ(chosen_of(challenge_for(known[j]) + ", " + challenge_for(known[i])), choice_of(known[i]));
            EXPECT_EQ(chosen_of(challenge_for(known[i]) + ", " + challenge_for(known[j])), choice_of(known[i]));
        }
    }
}

TEST(selection, says_why) {
    const auto choice = [](std::string_view value) {
        inline_event_buffer<16> events;
        const auto read = parse_challenges(field::www_authenticate, value, events);
        return choose_challenge(*read, most_secure_first(), false);
    };
    const auto expect = [&](std::string_view value, choice_outcome outcome, std::string_view words) {
        const challenge_choice c = choice(value);
        EXPECT_EQ(c.outcome, outcome) << value;
        EXPECT_EQ(static_cast<bool>(c), outcome == choice_outcome::chosen) << value;
        EXPECT_NE(c.text.find(words), std::string_view::npos) << c.text;
        const bool unsafe = outcome == choice_outcome::only_unsafe;
        EXPECT_EQ(c.requirement, unsafe ? "R7235-6.1-confidentiality" : "R7235-2.1-select-strongest") << value;
        EXPECT_EQ(c.section, unsafe ? "RFC 9110, 17.16.1" : "RFC 9110, 11.4") << value;
        EXPECT_EQ(c.answer_as == nullptr, outcome != choice_outcome::chosen) << value;
        EXPECT_EQ(c.index, 0u) << value;
    };
    expect("Negotiate", choice_outcome::chosen, "the most secure one");
    expect(",", choice_outcome::nothing_offered, "no challenge to answer");
    expect("Newauth", choice_outcome::nothing_understood, "No challenge is for a scheme");
    expect("Newauth, Basic, Bearer, Basic", choice_outcome::only_unsafe, "unless it is secured");
    EXPECT_EQ(name_of(choice_outcome::chosen), "chosen");
}

TEST(selection, of_equals_the_first) {
    inline_event_buffer<64> events;
    const auto read = parse_challenges(field::www_authenticate, "A, Basic realm=\"one\", Basic realm=\"two\"", events);
    ASSERT_TRUE(read.has_value());
    const challenge_choice choice = choose_challenge(*read, most_secure_first(), true);
    ASSERT_TRUE(choice);
    EXPECT_EQ(choice.index, 1u);
    EXPECT_TRUE(choice.chosen.param("realm")->value.equals("one"));
}

TEST(selection, algorithms_of_digest) {
    EXPECT_EQ(chosen_of("Digest nonce=\"n\""), "Digest MD5") << "none named is MD5";
    EXPECT_EQ(chosen_of("Digest nonce=\"n\", algorithm=\"sha-256\""), "Digest SHA-256") << "either form, any case";
    EXPECT_EQ(chosen_of("Digest nonce=\"n\", algorithm=MD5, Digest nonce=\"n\", algorithm=SHA-512-256"),
              "Digest SHA-512-256");
    EXPECT_EQ(chosen_of("Digest nonce=\"n\", algorithm=ROT13"), "nothing understood");
    EXPECT_EQ(chosen_of("Digest nonce=\"n\", algorithm=ROT13, Basic realm=\"x\""), "Basic");
    EXPECT_EQ(chosen_of("Digest algorithm=SHA-256, algorithm=MD5"), "nothing understood") << "two readers, two answers";
    EXPECT_EQ(chosen_of("Digest algorithm=MD5, algorithm=SHA-256"), "nothing understood");
    EXPECT_EQ(chosen_of("Digest algorithm=MD5, algorithm=MD5"), "nothing understood");
    EXPECT_EQ(chosen_of("Digest algorithm=MD5, nonce=SHA-256, algorithms=SHA-256"), "Digest MD5") << "other parameters";
    const supported_scheme own[]{{"Digest", "SHA-256"}, {"Digest"}};
    EXPECT_EQ(chosen_of("Digest nonce=n", true, {own, 1}), "nothing understood") << "none is not SHA-256";
    EXPECT_EQ(chosen_of("Digest nonce=n", true, {own, 2}), "Digest") << "whatever it says";
    EXPECT_EQ(chosen_of("Digest algorithm=x, algorithm=y", true, {own, 2}), "Digest");
}

// shows: R7235-6.1-confidentiality conforming
// shows: R7235-6.1-confidentiality violating
TEST(selection, passwords_and_tokens_want_a_secured_connection) {
    EXPECT_EQ(chosen_of("Basic realm=\"x\""), "Basic");
    EXPECT_EQ(chosen_of("Basic realm=\"x\", Bearer", false), "only unsafe");
    EXPECT_EQ(chosen_of("Basic realm=\"x\", Digest nonce=\"n\"", false), "Digest MD5");
    EXPECT_EQ(chosen_of("Newauth", false), "nothing understood");
    EXPECT_EQ(chosen_of(","), "nothing offered");
}

TEST(selection, the_order_is_the_clients) {
    const supported_scheme own[]{{"Newauth"}, {"Basic"}};
    EXPECT_EQ(chosen_of("Digest nonce=\"n\", Basic, Newauth", false, {own, 2}), "Newauth");
    EXPECT_EQ(chosen_of("Digest nonce=\"n\", Basic", false, {own, 2}), "Basic");
    EXPECT_EQ(chosen_of("Digest nonce=\"n\"", false, {own, 2}), "nothing understood");
    EXPECT_EQ(chosen_of("Basic", true, {}), "nothing understood");
}

struct store_test : ::testing::Test {
    credential_store store;
    target_uri target = *read_target_uri("https://example.com/a/b");

    chosen_answer answer(std::string_view value) {
        const auto read = parse_challenges(field::www_authenticate, value, events);
        EXPECT_TRUE(read.has_value());
        return choose_answer(store, target, *read, most_secure_first());
    }
    inline_event_buffer<64> events;
};

TEST_F(store_test, credentials_are_those_of_the_challenge) {
    accepted_credentials kept{"Basic", "x", {}, "u:p"};
    ASSERT_TRUE(store.remember(target, kept));
    const chosen_answer found = answer("Basic realm=\"\\x\"");
    ASSERT_TRUE(found.choice);
    ASSERT_TRUE(found.credentials.has_value());
    EXPECT_EQ(found.credentials->secret, "u:p");
    EXPECT_FALSE(answer("Basic realm=\"y\"").credentials.has_value()) << "another space";
    EXPECT_FALSE(answer("Basic").credentials.has_value()) << "a space without a realm is another";
    const chosen_answer second = answer("Newauth, Basic realm=\"y\", Basic realm=\"x\", Basic realm=\"z\"");
    ASSERT_TRUE(second.credentials.has_value()) << "of several realms, the one that there are some for";
    EXPECT_EQ(second.choice.index, 2u);
    EXPECT_TRUE(second.choice.chosen.param("realm")->value.equals("x"));
    EXPECT_EQ(answer("Newauth, Basic realm=\"y\", Basic realm=\"z\"").choice.index, 1u) << "or the first";
    const chosen_answer stronger = answer("Basic realm=\"x\", Digest realm=\"x\", nonce=\"n\"");
    EXPECT_TRUE(stronger.choice.chosen.has_scheme("Digest"));
    EXPECT_FALSE(stronger.credentials.has_value()) << "no falling back on Basic";
    const chosen_answer twice = answer("Basic realm=\"x\", Basic realm=\"x\", charset=UTF-8");
    EXPECT_EQ(twice.choice.index, 0u) << "the first that there are some for";
    const chosen_answer nothing = answer("Newauth");
    EXPECT_EQ(nothing.choice.outcome, choice_outcome::nothing_understood);
    EXPECT_FALSE(nothing.credentials.has_value());
    target = *read_target_uri("http://example.com/a/b");
    const chosen_answer unsafe = answer("Basic realm=\"x\"");
    EXPECT_EQ(unsafe.choice.outcome, choice_outcome::only_unsafe);
    EXPECT_FALSE(unsafe.credentials.has_value());
}

// One store serves one request after the other.
TEST_F(store_test, a_store_that_is_used_again_and_again) {
    for (int i = 0; i < 3; ++i) {
        const std::string secret = "u:" + std::to_string(i);
        EXPECT_FALSE(answer("Basic realm=\"x\"").credentials.has_value());
        ASSERT_TRUE(store.remember(target, {"Basic", "x", {}, secret}));
        for (int j = 0; j < 3; ++j) {
            const chosen_answer found = answer("Basic realm=\"y\", Basic realm=\"x\"");
            ASSERT_TRUE(found.credentials.has_value());
            EXPECT_EQ(found.credentials->secret, secret);
            EXPECT_EQ(found.credentials->scheme, "basic");
            EXPECT_EQ(found.choice.index, 1u);
        }
        EXPECT_EQ(store.discard({target.root, "x"}, "Basic"), 1u);
    }
}

}  // namespace
}  // namespace authgrammar::policy
