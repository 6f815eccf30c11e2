// What is known of an attempt, and how its reasons are kept and ranked.

#include "why/attempt.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace authgrammar::audit {
namespace {

using texts = std::vector<std::string>;

/// A request, its response, and the attempt that they are.
struct refused_request {
    explicit refused_request(std::string lines) : input("GET / HTTP/1.1\r\n" + std::move(lines) + "\r\n") {
        messages = read_messages(input);
    }
    [[nodiscard]] std::string host() {
        const attempt a{&messages.front(), nothing, input, field::authorization, nullptr, nullptr, login, hashes};
        return std::string(requested_host(a));
    }

    std::string input;
    std::vector<message> messages;
    message nothing;
    known_login login;
    digest_hashes hashes;
};

TEST(why_attempt, the_host_is_shown_if_it_is_one) {
    const std::string longest(255, 'h');
    const std::pair<std::string, std::string> all[] = {{"a.example", "a.example"},
                                                       {"a.example:8080", "a.example"},
                                                       {"a:", "a"},
                                                       {":80", ""},
                                                       {"", ""},
                                                       {"[::1]", "[::1]"},
                                                       {"[::1]:80", "[::1]"},
                                                       {"[2001:db8::a]", "[2001:db8::a]"},
                                                       {"[::1", "[::1"},
                                                       {"[", "["},
                                                       {"[]", "[]"},
                                                       {"[a b]", ""},
                                                       {"a]", ""},
                                                       {"a[b", ""},
                                                       {"a b", ""},
                                                       {"a/b", ""},
                                                       {"u@h", ""},
                                                       {"u:p@h", ""},
                                                       {"h:1@x", ""},
                                                       {"[::1]@h", ""},
                                                       {"a_b!c", "a_b!c"},
                                                       {longest, longest},
                                                       {longest + ":80", longest},
                                                       {longest + "h", ""}};
    for (const auto& [value, host] : all) EXPECT_EQ(refused_request("Host: " + value + "\r\n").host(), host) << value;
    EXPECT_EQ(refused_request("Accept: x\r\n").host(), "") << "no Host";
    EXPECT_EQ(refused_request("Host: a\r\nHost: b\r\n").host(), "a");
}

TEST(why_attempt, no_request_has_no_host) {
    const message nothing;
    const known_login login;
    digest_hashes hashes;
    const attempt a{nullptr, nothing, {}, field::authorization, nullptr, nullptr, login, hashes};
    EXPECT_EQ(requested_host(a), "");
    EXPECT_EQ(a.credentials(), std::nullopt);
    EXPECT_EQ(a.scheme(), nullptr);
    EXPECT_EQ(a.challenge_of("Basic"), std::nullopt);
    EXPECT_EQ(a.challenge_field(), field::www_authenticate);
}

TEST(why_attempt, long_texts_are_cut) {
    for (const std::size_t size : {0U, 1U, 119U, 120U}) {
        EXPECT_EQ(shown_target(std::string(size, '/')), std::string(size, '/'));
        const std::string value(size, 'v');
        EXPECT_EQ(shown_param("realm", text(field_value(value), 0, size, false)), "realm=" + value);
        EXPECT_EQ(shown_param("realm", text(field_value(value), 0, size, true)), "realm=\"" + value + "\"");
    }
    for (const std::size_t size : {121U, 122U, 1000U}) {
        EXPECT_EQ(shown_target(std::string(size, '/')), std::string(120, '/') + "...");
        const std::string value(size, 'v');
        EXPECT_EQ(shown_param("realm", text(field_value(value), 0, size, true)),
                  "realm=\"" + std::string(120, 'v') + "...\"");
    }
}

/// Reasons in the order in which they were added, after something was done to the list.
texts taken(reason_list& list) {
    refusal out;
    list.take_into(out);
    texts said;
    for (const refusal_reason& r : out.reasons)
        said.push_back(std::string(name_of(r.how)) + " " + std::string(r.cause->id) + " " +
                       std::to_string(r.at.offset) + " " + r.text);
    for (const missing_evidence& m : out.missing) said.push_back("missing " + std::string(m.id) + " " + m.text);
    return said;
}

constexpr field about = field::authorization;

TEST(why_reasons, the_most_certain_comes_first_and_of_those_the_first_cause) {
    reason_list list;
    list.add(about, cause_id::refused_by_server, certainty::possible, {0, 1}, "a");
    list.add(about, cause_id::wrong_user, certainty::likely, {0, 1}, "b");
    list.add(about, cause_id::other_realm, certainty::likely, {0, 1}, "c");
    list.add(about, cause_id::no_challenge, certainty::certain, {0, 1}, "d");
    list.add(about, cause_id::placeholder, certainty::possible, {0, 1}, "e");
    list.add(about, cause_id::placeholder, certainty::possible, {2, 1}, "f");
    EXPECT_EQ(taken(list),
              (texts{"certain no-challenge 0 d", "likely other-realm 0 c", "likely wrong-user 0 b",
                     "possible placeholder 0 e", "possible placeholder 2 f", "possible refused-by-server 0 a"}));
}

TEST(why_reasons, of_two_of_one_cause_at_one_place_the_later_stays_unless_it_is_less_certain) {
    const std::pair<certainty, certainty> all[] = {{certainty::possible, certainty::certain},
                                                   {certainty::likely, certainty::likely},
                                                   {certainty::certain, certainty::likely}};
    const texts kept[] = {{"certain other-uri 3 b"}, {"likely other-uri 3 b"}, {"certain other-uri 3 a"}};
    for (std::size_t i = 0; i < 3; ++i) {
        reason_list list;
        list.add(about, cause_id::other_uri, all[i].first, {3, 1}, "a");
        list.add(about, cause_id::other_uri, all[i].second, {3, 1}, "b");
        EXPECT_EQ(taken(list), kept[i]) << i;
    }
    reason_list apart;
    apart.add(about, cause_id::other_uri, certainty::likely, {3, 1}, "a");
    apart.add(about, cause_id::other_uri, certainty::likely, {3, 2}, "b");
    apart.add(about, cause_id::other_realm, certainty::likely, {3, 1}, "c");
    EXPECT_EQ(taken(apart), (texts{"likely other-realm 3 c", "likely other-uri 3 a", "likely other-uri 3 b"}));
}

TEST(why_reasons, guesses_of_secrets_can_be_forgotten) {
    reason_list list;
    EXPECT_TRUE(list.empty());
    for (const certainty how : {certainty::certain, certainty::likely, certainty::possible}) {
        const auto offset = static_cast<std::size_t>(how);
        for (const cause_id id : {cause_id::wrong_password, cause_id::token_refused, cause_id::altered_password})
            list.add(about, id, how, {offset, 0}, "");
    }
    list.forget_guesses();
    EXPECT_EQ(taken(list), (texts{"certain altered-password 0 ", "certain wrong-password 0 ",
                                  "certain token-refused 0 ", "likely altered-password 1 ", "likely wrong-password 1 ",
                                  "likely token-refused 1 ", "possible altered-password 2 "}));
}

TEST(why_reasons, know_how_certain_they_are) {
    reason_list list;
    for (const certainty how : {certainty::possible, certainty::likely, certainty::certain}) {
        EXPECT_FALSE(list.has(how));
        list.add(about, cause_id::wrong_user, how, {}, "");
        EXPECT_TRUE(list.has(how));
        EXPECT_FALSE(list.empty());
    }
}

TEST(why_reasons, only_certain_faults_of_the_form_make_credentials_unreadable) {
    const std::pair<cause_id, bool> all[] = {
        {cause_id::several_credentials, true}, {cause_id::malformed_credentials, true},
        {cause_id::scheme_not_offered, true},  {cause_id::wrong_form, true},
        {cause_id::connection_closed, false},  {cause_id::wrong_password, false}};
    for (const auto& [id, unreadable] : all) {
        for (const certainty how : {certainty::certain, certainty::likely, certainty::possible}) {
            reason_list list;
            EXPECT_FALSE(list.unreadable());
            list.add(about, id, how, {}, "");
            EXPECT_EQ(list.unreadable(), unreadable && how == certainty::certain) << cause_of(id).id;
        }
    }
}

TEST(why_reasons, what_is_missing_is_said_once) {
    reason_list list;
    list.missing("password", "a");
    list.missing("clock", "b");
    list.missing("password", "c");
    EXPECT_EQ(taken(list), (texts{"missing password a", "missing clock b"}));
}

}  // namespace
}  // namespace authgrammar::audit
