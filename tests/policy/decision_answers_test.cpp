// Every answer in full: status, fields, challenges and each rule with its section, for the recommended answer and for
// each of the others. What is expected here comes from docs/decisions.md and the sections that it names.

#include "decision_rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace authgrammar::policy {
namespace {

using namespace testing;
using answers = std::vector<std::string>;

/// "W!" for WWW-Authenticate that must be sent, "W?" for one that may.
std::string field_word(char name, sending s) {
    if (s == sending::must_not) return "";
    return std::string(" ") + name + (s == sending::must ? '!' : '?');
}

/// "401 W! offered: S401-1 [11.4 and 15.5.2]; …". Sections are of RFC 9110.
std::string text_of(const outcome& o) {
    std::string text = std::to_string(o.status) + field_word('W', o.www_authenticate) +
                       field_word('P', o.proxy_authenticate) + field_word('L', o.location);
    text += field_word('U', o.upgrade) + field_word('R', o.retry_after);
    if (o.challenges != challenge_set::none) text.append(" ").append(name_of(o.challenges));
    if (o.error != challenge_error::none) text.append(", ").append(name_of(o.error));
    if (!o.cache_control.empty()) text.append(", ").append(o.cache_control);
    if (!o.vary.empty()) text.append(", ").append(o.vary);
    text += ':';
    for (const reason& r : o.reasons) {
        const bool main = r.section.substr(0, 10) == "RFC 9110, ";
        text.append(" ").append(r.requirement.empty() ? "practice" : r.requirement);
        text.append(" [").append(r.section.substr(main ? 10 : 0)).append("];");
    }
    text.pop_back();
    return text;
}

/// The recommended answer and the others.
answers answers_of(const facts& f) {
    const decision d = decide(f);
    EXPECT_TRUE(d) << describe(f);
    answers all{text_of(d.recommended)};
    for (const outcome& o : d.also) all.push_back(text_of(o));
    return all;
}

facts facts_for(resource_state r, credentials_state c = credentials_state::absent) {
    facts f(resource_state{}, credentials_state{});
    f.resource = r;
    f.credentials = c;
    return f;
}
facts for_protected(credentials_state c) { return facts_for(resource_state::protected_resource, c); }
facts for_proxy(credentials_state c) {
    facts f = for_protected(c);
    f.hop = hop_role::proxy;
    return f;
}
facts for_hidden(credentials_state c, hiding_policy p = hiding_policy::not_found) {
    facts f = for_protected(c);
    f.existence = existence_rule::hidden;
    f.hide_with = p;
    return f;
}
facts for_form(credentials_state c, login_policy p = login_policy::forbidden) {
    facts f = for_protected(c);
    f.authentication = authentication_kind::form;
    f.login = p;
    return f;
}
facts refused_by(refusal r) {
    facts f = for_protected(credentials_state::absent);
    f.forbidden = r;
    return f;
}

const std::string no_credentials = " S401-1 [11.4 and 15.5.2];";
const std::string refused_credentials = " S401-2 [11.4 and 15.5.2];";
const std::string as_invalid = " S401-3 [11.4 and 15.5.1];";
const std::string next_round = " R7235-2.1-multi-round [11.4];";
const std::string challenged = " R7235-2.1-no-or-bad-credentials [11.4]; R7235-2.1-401-challenge [11.6.1 and 15.5.2]";
const std::string proxy_asks = " S401-10 [11.3 and 15.5.8];";
const std::string proxy_challenged =
    " R7235-2.1-no-or-bad-proxy-credentials [11.4]; R7235-2.1-407-challenge [11.7.1 and 15.5.8]";
const std::string refused_again = "; R7235-3.1-401-refused [15.5.2]";
const std::string may_offer = "; R7235-4.1-elsewhere [11.6.1]";
const std::string rfc2616_403 = "; S401-11 [15.5.4 (RFC 2616, 10.4.4)]";
const std::string rfc2616_401 = "; S401-11 [11.4 (RFC 2616, 10.4.2)]";
const std::string inadequate = " S401-4 [11.4 and 15.5.4]; R7235-2.1-inadequate-403 [11.4]";
const std::string hidden = " S401-6 [15.5.4 and 15.5.5]";
const std::string same_for_all = " S401-6 [15.5.4];";
const std::string hidden_by_401 = " S401-7 [11.4 and 15.5.2];";
const std::string unasked = " R9110-15.5.4-403 [11.4 and 15.5.4]";
const std::string forbidden_too = "403 W? offered:" + unasked + may_offer + rfc2616_403;
const std::string not_kept = "; R9110-15.5.5-heuristic [15.5.5, and RFC 9111, 4.2.2 and 5.2.2.5]";
const std::string hidden_too = "404 W? offered, no-store:" + hidden + may_offer + not_kept;
const std::string kept_private = "; R9111-3.5-personal [RFC 9111, 3.5, 4.1 and 5.2.2.7]";
const std::string form_403 = " S401-8 [11.4, 15.5.2 and 15.5.4]" + rfc2616_403;
const std::string form_redirect = " S401-8 [11.4, 15.5.2 and 15.4]";
const std::string form_302 = form_redirect + "; S401-8 [15.4.3]";
const std::string form_307 = form_redirect + "; S401-8 [15.4.8]";

// S401-1 to S401-4.
TEST(decision_answers, of_an_origin_server_for_a_protected_resource) {
    using state = credentials_state;
    EXPECT_EQ(answers_of(for_protected(state::absent)),
              (answers{"401 W! offered:" + no_credentials + challenged, forbidden_too, hidden_too}));
    const std::string unauthorized = "401 W! offered, invalid:" + as_invalid + challenged;
    const std::string bad_request = "400 W? offered, malformed: S401-3 [15.5.1]" + may_offer;
    facts malformed = for_protected(state::malformed);
    EXPECT_EQ(answers_of(malformed), (answers{unauthorized, forbidden_too, hidden_too, bad_request}));
    malformed.malformed = malformed_policy::bad_request;
    EXPECT_EQ(answers_of(malformed), (answers{bad_request, unauthorized}));
    EXPECT_EQ(answers_of(for_protected(state::partial)), answers{"401 W! next round:" + next_round + challenged});
    EXPECT_EQ(answers_of(for_protected(state::invalid)),
              (answers{"401 W! offered, invalid:" + refused_credentials + challenged + refused_again, forbidden_too,
                       hidden_too}));
    EXPECT_EQ(
        answers_of(for_protected(state::insufficient)),
        (answers{"403 W? offered, insufficient:" + inadequate + may_offer + rfc2616_403 + rfc2616_401, hidden_too}))
        << "the 404 beside the 403 may have a challenge as well: other credentials would help";
    EXPECT_EQ(answers_of(for_protected(state::sufficient)),
              answers{"200 W? offered, private, Authorization: R7235-4.2-realm-wide [11.4 and 11.6.2]" + may_offer +
                      kept_private});
}

// S401-10: 407 in place of 401, and no 404 beside the 403, for who asks a proxy knows that it is there.
TEST(decision_answers, of_a_proxy) {
    using state = credentials_state;
    const std::string forbidden = "403 P? offered:" + unasked + rfc2616_403;
    EXPECT_EQ(answers_of(for_proxy(state::absent)),
              (answers{"407 P! offered:" + proxy_asks + proxy_challenged, forbidden}));
    const std::string authentication_required = "407 P! offered, invalid:" + proxy_asks + as_invalid + proxy_challenged;
    const std::string bad_request = "400 P? offered, malformed: S401-3 [15.5.1]";
    facts malformed = for_proxy(state::malformed);
    EXPECT_EQ(answers_of(malformed), (answers{authentication_required, forbidden, bad_request}));
    malformed.malformed = malformed_policy::bad_request;
    EXPECT_EQ(answers_of(malformed), (answers{bad_request, authentication_required}));
    EXPECT_EQ(answers_of(for_proxy(state::partial)),
              answers{"407 P! next round:" + proxy_asks + next_round + proxy_challenged});
    EXPECT_EQ(answers_of(for_proxy(state::invalid)),
              (answers{"407 P! offered, invalid:" + proxy_asks + refused_credentials + proxy_challenged, forbidden}));
    EXPECT_EQ(answers_of(for_proxy(state::insufficient)),
              answers{"403 P? offered, insufficient:" + inadequate + rfc2616_403 + rfc2616_401});
    EXPECT_EQ(answers_of(for_proxy(state::sufficient)), answers{"200 P? offered: R7235-4.4-consumed [11.7.2]"});
    facts open = facts_for(resource_state::public_resource);
    open.hop = hop_role::proxy;
    EXPECT_EQ(answers_of(open), answers{"200: S401-10 [11.4]"});
    facts refused = for_proxy(state::absent);
    refused.forbidden = refusal::always;
    EXPECT_EQ(answers_of(refused), answers{"403: S401-5 [15.5.4]" + rfc2616_403});
}

// S401-9.
TEST(decision_answers, for_what_needs_no_credentials) {
    EXPECT_EQ(answers_of(facts_for(resource_state::public_resource)),
              answers{"200 W? offered: S401-9 [11.4]" + may_offer});
    EXPECT_EQ(answers_of(facts_for(resource_state::absent)),
              (answers{"404: S401-9 [15.5.5]", "410: S401-9 [15.5.5 and 15.5.11]"}));
    EXPECT_EQ(answers_of(facts_for(resource_state::moved)),
              (answers{"301 L!: S401-9 [15.4.2]", "308 L!: S401-9 [15.4.2]; S401-9 [15.4.9]",
                       "302 L!: S401-9 [15.4.2]; S401-9 [15.4.3 and 15.4.8]",
                       "307 L!: S401-9 [15.4.2]; S401-9 [15.4.3 and 15.4.8]"}));
}

// S401-5.
TEST(decision_answers, for_what_is_refused_whatever_the_credentials) {
    const std::string hiding = "404, no-store:" + hidden + not_kept;
    const std::string to_https =
        " R7235-6.1-server-secures [15.4.2, 15.4.9 and 17.16.1]; R7235-6.1-server-secures [17.16.1]";
    EXPECT_EQ(answers_of(refused_by(refusal::always)), (answers{"403: S401-5 [15.5.4]" + rfc2616_403, hiding}));
    EXPECT_EQ(answers_of(refused_by(refusal::network)), (answers{"403: S401-5 [15.5.4]" + rfc2616_403, hiding}));
    EXPECT_EQ(answers_of(refused_by(refusal::unsecured_connection)),
              (answers{"403: S401-5 [15.5.4 and 17.16.1]; R7235-6.1-server-secures [17.16.1]" + rfc2616_403, hiding,
                       "308 L!:" + to_https, "301 L!:" + to_https}));
    const auto text = [](refusal r) { return decide(refused_by(r)).recommended.reasons.front().text; };
    EXPECT_NE(text(refusal::always).find("nothing to do with its credentials"), std::string_view::npos);
    EXPECT_NE(text(refusal::network).find("network"), std::string_view::npos);
    EXPECT_NE(text(refusal::unsecured_connection).find("not encrypted"), std::string_view::npos);
    facts f = refused_by(refusal::always);
    f.existence = existence_rule::hidden;
    EXPECT_EQ(answers_of(f), (answers{"404, no-store:" + hidden + "; S401-5 [15.5.4]" + not_kept,
                                      "403:" + same_for_all + " S401-5 [15.5.4]" + rfc2616_403}));
}

// S401-6 and S401-7.
TEST(decision_answers, where_existence_is_hidden) {
    using state = credentials_state;
    const std::string& not_found = hidden_too;
    const std::string all_403 = "403:" + same_for_all + rfc2616_403.substr(1);
    const auto by_401 = [](const std::string& why) {
        return (why == no_credentials ? "401 W! offered:" : "401 W! offered, invalid:") + hidden_by_401 + why +
               challenged;
    };
    EXPECT_EQ(answers_of(for_hidden(state::absent)), (answers{not_found, by_401(no_credentials), all_403}));
    EXPECT_EQ(answers_of(for_hidden(state::invalid)),
              (answers{not_found, by_401(refused_credentials) + refused_again, all_403}));
    EXPECT_EQ(answers_of(for_hidden(state::insufficient)),
              (answers{not_found, "403:" + same_for_all + rfc2616_403.substr(1)}));
    const std::string round = "401 W! next round:" + hidden_by_401 + next_round + challenged;
    EXPECT_EQ(answers_of(for_hidden(state::partial)), answers{round});
    EXPECT_EQ(answers_of(for_hidden(state::absent, hiding_policy::challenge)),
              (answers{by_401(no_credentials), not_found, all_403}));
    EXPECT_EQ(answers_of(for_hidden(state::partial, hiding_policy::challenge)), answers{round});
    EXPECT_EQ(answers_of(for_hidden(state::insufficient, hiding_policy::challenge)),
              (answers{not_found, "403:" + same_for_all + rfc2616_403.substr(1)}));
    const std::string bad_request = "400 W? offered, malformed: S401-3 [15.5.1]" + may_offer;
    facts malformed = for_hidden(state::malformed);
    EXPECT_EQ(answers_of(malformed), (answers{not_found, by_401(as_invalid), all_403, bad_request}));
    malformed.malformed = malformed_policy::bad_request;
    EXPECT_EQ(answers_of(malformed), (answers{bad_request, not_found}));
    EXPECT_EQ(answers_of(for_hidden(state::sufficient)), answers_of(for_protected(state::sufficient)));
    // Hiding and the round are told apart in words: one hides, the other completes the handshake first.
    const auto first = [](const facts& f) { return decide(f).recommended.reasons.front().text; };
    EXPECT_NE(first(for_hidden(state::absent, hiding_policy::challenge)).find("same challenge"),
              std::string_view::npos);
    EXPECT_NE(first(for_hidden(state::partial)).find("completed first"), std::string_view::npos);
}

// S401-8.
TEST(decision_answers, of_a_service_with_a_form_only) {
    using state = credentials_state;
    const answers logins{"403:" + form_403, "302 L!:" + form_302, "303 L!:" + form_redirect, "307 L!:" + form_307};
    constexpr login_policy policies[]{login_policy::forbidden, login_policy::found, login_policy::see_other,
                                      login_policy::temporary_redirect};
    for (std::size_t i = 0; i < logins.size(); ++i) {
        answers expected{logins[i]};
        std::copy_if(logins.begin(), logins.end(), std::back_inserter(expected),
                     [&](const std::string& other) { return other != logins[i]; });
        expected.push_back("404, no-store:" + hidden + not_kept);
        EXPECT_EQ(answers_of(for_form(state::absent, policies[i])), expected);
    }
    facts f = for_form(state::malformed, login_policy::see_other);
    f.malformed = malformed_policy::bad_request;
    EXPECT_EQ(answers_of(f), (answers{"400: S401-3 [15.5.1]", logins[2]}));
    EXPECT_EQ(answers_of(for_form(state::insufficient)),
              (answers{"403:" + inadequate + rfc2616_403 + rfc2616_401, "404, no-store:" + hidden + not_kept}));
    EXPECT_EQ(answers_of(for_form(state::sufficient)),
              answers{"200, private, Cookie: R7235-4.2-realm-wide [11.4 and 11.6.2]" + kept_private});
    f = for_form(state::absent);
    f.existence = existence_rule::hidden;
    answers expected{"404, no-store:" + hidden + not_kept};
    for (const std::string& login : logins) {
        const std::size_t reasons = login.find(':') + 1;
        expected.push_back(login.substr(0, reasons) + same_for_all + login.substr(reasons));
    }
    EXPECT_EQ(answers_of(f), expected) << "whichever it is, every path gets it";
    f.hop = hop_role::proxy;
    f.existence = existence_rule::open;
    answers of_portal = logins;
    of_portal.push_back("511, no-store: R6585-6-511 [RFC 6585, 6]");
    EXPECT_EQ(answers_of(f), of_portal) << "a captive portal";
}

// What must not differ between which cases.
TEST(decision_answers, name_what_must_be_alike) {
    for (const facts& f : all_cases()) {
        const decision d = decide(f);
        const auto names = [&](std::string_view words) {
            return std::count_if(d.alike.begin(), d.alike.end(),
                                 [&](std::string_view text) { return text.find(words) != std::string_view::npos; });
        };
        if (f.method == request_method::preflight && f.forbidden == refusal::no && f.hop != hop_role::proxy) continue;
        const bool refused = f.forbidden != refusal::no;
        const bool bad_request =
            f.credentials == credentials_state::malformed && f.malformed == malformed_policy::bad_request;
        const bool made = f.resource == resource_state::absent && f.method == request_method::put;
        const bool checked = f.resource == resource_state::public_resource && f.optional == public_policy::check;
        const bool judged =
            f.resource == resource_state::protected_resource || made || checked || f.existence != existence_rule::open;
        const int paths = refused && f.existence != existence_rule::open ? 1 : 0;
        const int targets = !refused && !bad_request && !may_know(f) ? 1 : 0;
        const int causes = !refused && judged && f.credentials == credentials_state::invalid ? 1 : 0;
        ASSERT_EQ(names("every path"), paths) << describe(f);
        ASSERT_EQ(names("does not exist"), targets) << describe(f);
        ASSERT_EQ(names("a wrong password, an unknown user"), causes) << describe(f);
        ASSERT_EQ(d.alike.size(), static_cast<std::size_t>(paths + targets + causes)) << describe(f);
    }
}

// What the new facts lead to, in full.
TEST(decision_answers, to_methods_and_reasons) {
    facts f = for_protected(credentials_state::absent);
    f.method = request_method::preflight;
    const std::string fetch = " practice [the Fetch standard, CORS-preflight fetch]";
    EXPECT_EQ(answers_of(f), (answers{"200:" + fetch, "401 W! offered:" + fetch + ";" + no_credentials + challenged}));
    f.resource = resource_state::public_resource;
    EXPECT_EQ(answers_of(f), answers{"200:" + fetch});
    f.existence = existence_rule::hidden;
    f.resource = resource_state::protected_resource;
    EXPECT_EQ(decide(f).alike.size(), 1u);

    f = facts_for(resource_state::absent, credentials_state::sufficient);
    f.method = request_method::put;
    EXPECT_EQ(
        answers_of(f),
        answers{"201 W? offered: R7235-4.2-realm-wide [11.4 and 11.6.2]; R9110-9.3.4-created [9.3.4]" + may_offer});
    f.credentials = credentials_state::absent;
    EXPECT_EQ(answers_of(f)[0], "401 W! offered: R9110-9.3.4-created [9.3.4 and 11.4];" + no_credentials + challenged);

    EXPECT_EQ(answers_of(refused_by(refusal::too_many_requests)),
              (answers{"429 R?, no-store: R6585-4-429 [RFC 6585, 4]; S401-5 [15.5.4]",
                       "403: S401-5 [15.5.4]; S401-5 [15.5.4]" + rfc2616_403}));
    EXPECT_EQ(answers_of(refused_by(refusal::upgrade_required))[0],
              "426 U!: R9110-15.5.22-426 [15.5.22]; S401-5 [15.5.4]");
    EXPECT_EQ(answers_of(refused_by(refusal::legal_reasons)),
              (answers{"451: R7725-3-451 [RFC 7725, 3]; S401-5 [15.5.4]",
                       "403: S401-5 [15.5.4]; S401-5 [15.5.4]" + rfc2616_403, "404, no-store:" + hidden + not_kept}));

    f = facts_for(resource_state::public_resource, credentials_state::invalid);
    const std::string check = " R9110-11.4-optional [11.4 and 15.5.2];";
    const std::string unauthorized =
        "401 W! offered, invalid:" + check + refused_credentials + challenged + refused_again;
    EXPECT_EQ(answers_of(f), (answers{"200 W? offered: S401-9 [11.4]" + may_offer, unauthorized}));
    f.optional = public_policy::check;
    EXPECT_EQ(answers_of(f),
              (answers{unauthorized, "200 W? offered, Authorization: R9110-11.4-optional [11.4]; S401-9 [11.4]" +
                                         may_offer + "; R9111-3.5-personal [RFC 9111, 4.1]"}));

    f = for_protected(credentials_state::absent);
    f.method = request_method::connect;
    EXPECT_EQ(answers_of(f)[0],
              "407 P! offered: R9110-9.3.6-connect [9.3.6 and 15.5.8];" + proxy_asks + proxy_challenged);
}

// What the challenge says follows from the cause, the status does not.
TEST(decision_answers, say_what_is_wrong_with_credentials) {
    facts f = for_protected(credentials_state::invalid);
    f.cause = invalid_cause::stale_nonce;
    EXPECT_EQ(decide(f).recommended.error, challenge_error::stale_nonce);
    f.cause = invalid_cause::more_authentication;
    EXPECT_EQ(decide(f).recommended.error, challenge_error::more_authentication);
    EXPECT_EQ(status_for(f), 401);
}

TEST(decision_answers, names) {
    EXPECT_EQ(name_of(sending::must_not), "must not");
    EXPECT_EQ(name_of(sending::may), "may");
    EXPECT_EQ(name_of(sending::must), "must");
    EXPECT_EQ(name_of(challenge_error::none), "none");
    EXPECT_EQ(name_of(challenge_error::malformed), "malformed");
    EXPECT_EQ(name_of(challenge_error::invalid), "invalid");
    EXPECT_EQ(name_of(challenge_error::stale_nonce), "stale nonce");
    EXPECT_EQ(name_of(challenge_error::more_authentication), "more authentication");
    EXPECT_EQ(name_of(challenge_error::insufficient), "insufficient");
    EXPECT_EQ(name_of(challenge_set::none), "none");
    EXPECT_EQ(name_of(challenge_set::offered), "offered");
    EXPECT_EQ(name_of(challenge_set::next_round), "next round");
}

}  // namespace
}  // namespace authgrammar::policy
