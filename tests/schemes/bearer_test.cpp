#include <authgrammar/schemes/bearer.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include "support.hpp"

#include <authgrammar/schemes/list.hpp>

namespace authgrammar::schemes::test {
namespace {

std::optional<std::string> token_of(std::string_view value) {
    parsed p;
    const auto first = p.credentials_by(value, [](const credentials& c) { return read_bearer_credentials(c); });
    const auto at_once = read_bearer(value);
    EXPECT_EQ(first.has_value(), at_once.has_value());
    if (!at_once) return std::nullopt;
    EXPECT_EQ(first->token, at_once->token);
    EXPECT_GE(at_once->token.data(), value.data());
    EXPECT_LE(at_once->token.data() + at_once->token.size(), value.data() + value.size());
    return std::string(at_once->token);
}

result<bearer_challenge, scheme_error> read(const field_value& value, tolerances allowed = {}) {
    parsed p;
    return p.challenge_by(value, [&](const challenge& c) { return read_bearer_challenge(c, allowed); });
}
bearer_challenge challenge_of(const field_value& value, tolerances allowed = {}) {
    const auto r = read(value, allowed);
    EXPECT_TRUE(r.has_value()) << value.line(0);
    return r ? *r : bearer_challenge{};
}

std::vector<std::string> words_of(const std::optional<text>& list) {
    std::vector<std::string> words;
    if (!list) return words;
    for_each_word(*list, [&](const text& word) {
        words.push_back(plain(word));
        return true;
    });
    return words;
}
using words = std::vector<std::string>;

// shows: R6750-2.1-token conforming
TEST(Bearer, ReadsTheToken) {
    EXPECT_EQ(token_of("Bearer mF_9.B5f-4.1JqM"), "mF_9.B5f-4.1JqM");
    EXPECT_EQ(token_of("bearer  a~+/=="), "a~+/==");
    EXPECT_EQ(token_of("BEARER a="), "a=");
}

// shows: R6750-2.1-token violating
TEST(Bearer, RefusesWhatIsNoToken) {
    using code = scheme_error_code;
    for (const refused& c : std::vector<refused>{
             {"Bearer", code::expected_token68, "", "", "R6750-2.1-token"},
             {"Bearer token=abc", code::expected_token68, "token", "", "R6750-2.1-token"},
             {"Bearer a=1, b=2", code::expected_token68, "a=1", "", "R6750-2.1-token"},
             {"Basic QTpC", code::other_scheme, "Basic"},
             {"DPoP abc", code::other_scheme, "DPoP"},
             {"Digest a=b, c=d", code::other_scheme, "Digest"},
         }) {
        expect_refused(read_bearer(c.value), c);
        parsed p;
        expect_refused(p.credentials_by(std::string_view(c.value),
                                        [](const credentials& x) { return read_bearer_credentials(x); }),
                       c);
    }
    // RFC 8959, 2 prints a token that b64token does not hold.
    const auto r = read_bearer("Bearer secret-token:E92FB7EB-D882-47A4-A265-A0B6135DC842%20foo");
    ASSERT_FALSE(r.has_value());
    EXPECT_EQ(r.error().code, code::malformed_value);
    EXPECT_EQ(r.error().offset, 19U);
    for (const std::string_view value : {"Bearer a b", "Bearer \"a\"", "Bearer a, Bearer b", "Bearer\ta"}) {
        ASSERT_FALSE(read_bearer(value).has_value()) << value;
        EXPECT_EQ(read_bearer(value).error().code, code::malformed_value) << value;
    }
}

// shows: R6750-3-params conforming
// shows: R6750-3-once conforming
// shows: R6750-3-scope conforming
// shows: R6750-3-error conforming
// shows: R6750-3-error-uri conforming
TEST(Bearer, ReadsAChallenge) {
    const bearer_challenge c = challenge_of(
        "Bearer realm=\"example\", error=\"invalid_token\", error_description=\"The access token expired!\", "
        "scope=\"openid urn:example:channel=HBO&urn:example:rating=G,PG-13\", "
        "error_uri=\"https://as.example/e?x#[]~\"");
    EXPECT_EQ(plain(c.realm), "example");
    EXPECT_EQ(plain(c.error), "invalid_token");
    EXPECT_EQ(c.code, bearer_error::invalid_token);
    EXPECT_EQ(plain(c.error_description), "The access token expired!");
    EXPECT_EQ(plain(c.error_uri), "https://as.example/e?x#[]~");
    EXPECT_EQ(words_of(c.scope), (words{"openid", "urn:example:channel=HBO&urn:example:rating=G,PG-13"}));
    EXPECT_TRUE(c.used.empty());
    EXPECT_FALSE(c.max_age || c.acr_values || c.resource_metadata);

    const bearer_challenge d = challenge_of("bearer ERROR=custom, Scope = one, future=\"x\"");
    EXPECT_EQ(d.code, bearer_error::other);
    EXPECT_EQ(words_of(d.scope), (words{"one"}));
    EXPECT_EQ(challenge_of("Bearer error=invalid_request").code, bearer_error::invalid_request);
    EXPECT_EQ(challenge_of("Bearer error=insufficient_scope").code, bearer_error::insufficient_scope);
    EXPECT_EQ(challenge_of("Bearer error=Invalid_token").code, bearer_error::other);
    EXPECT_EQ(challenge_of("Bearer realm=x").code, bearer_error::none);
}

// shows: R6750-3-params violating
TEST(Bearer, AChallengeWithoutParametersIsRefused) {
    const refused expected{"Bearer",         scheme_error_code::missing_param, "", "",
                           "R6750-3-params", tolerance::bearer_without_params};
    expect_refused(read("Bearer"), expected);
    EXPECT_TRUE(challenge_of("Bearer", tolerance::bearer_without_params).used.has(tolerance::bearer_without_params));
    expect_refused(read("Bearer abc"),
                   {"Bearer abc", scheme_error_code::unexpected_token68, "abc", "", "R6750-3-params"});
    expect_refused(read("DPoP a=b"), {"DPoP a=b", scheme_error_code::other_scheme, "DPoP"});
}

// shows: R6750-3-once violating
TEST(Bearer, RepeatedParametersAreRefused) {
    for (const std::string name : {"realm", "scope", "error", "error_description", "error_uri"}) {
        const std::string value =
            "Bearer " + name + "=a, x=y, " + std::string(1, static_cast<char>(name[0] - 32)) + name.substr(1) + "=a";
        expect_refused(read(std::string_view(value)),
                       {value, scheme_error_code::repeated_param, value.substr(value.rfind(name.substr(1)) - 1), name,
                        "R6750-3-once"});
    }
    for (const std::string name : {"max_age", "acr_values", "resource_metadata"}) {
        const std::string value = "Bearer " + name + "=1, " + name + "=\"2\"";
        expect_refused(read(std::string_view(value)),
                       {value, scheme_error_code::repeated_param, name + "=\"", name, "R9110-11.2-param-once"});
    }
}

// shows: R6750-3-scope violating
TEST(Bearer, ScopeHoldsWordsOnly) {
    using code = scheme_error_code;
    for (const refused& c : std::vector<refused>{
             {"Bearer scope=\"\"", code::invalid_value, "\"", "scope", "R6750-3-scope"},
             {"Bearer scope=\" a\"", code::invalid_value, " a", "scope", "R6750-3-scope"},
             {"Bearer scope=\"a  b\"", code::invalid_value, " b", "scope", "R6750-3-scope"},
             {"Bearer scope=\"a \"", code::invalid_value, "\"", "scope", "R6750-3-scope"},
             {"Bearer scope=\"a\\\"b\"", code::invalid_value, "\"b", "scope", "R6750-3-scope"},
             {"Bearer scope=\"a\\\\b\"", code::invalid_value, "\\b", "scope", "R6750-3-scope"},
             {"Bearer scope=\"a\xC3\xA9\"", code::invalid_value, "\xC3", "scope", "R6750-3-scope"},
             {"Bearer scope=\"a\tb\"", code::invalid_value, "\t", "scope", "R6750-3-scope"},
         }) {
        // An empty value, and a value that ends too soon, are at its closing DQUOTE.
        const auto r = read(std::string_view(c.value));
        ASSERT_FALSE(r.has_value()) << c.value;
        EXPECT_EQ(r.error().code, c.code) << c.value;
        EXPECT_EQ(r.error().requirement, c.requirement);
        EXPECT_EQ(r.error().param, "scope");
        EXPECT_EQ(r.error().offset, c.at == "\"" ? c.value.size() - 1 : c.value.find(c.at)) << c.value;
    }
    EXPECT_FALSE(read("Bearer scope=\"a  b\"", tolerances::all()).has_value());
}

// shows: R6750-3-error violating
// shows: R6750-3-error-uri violating
TEST(Bearer, ErrorsHoldPrintableAscii) {
    using code = scheme_error_code;
    for (const refused& c : std::vector<refused>{
             {"Bearer error=\"a\\\"b\"", code::invalid_value, "\"b", "error", "R6750-3-error",
              tolerance::bearer_octets},
             {"Bearer error_description=\"caf\xC3\xA9\"", code::invalid_value, "\xC3", "error_description",
              "R6750-3-error", tolerance::bearer_octets},
             {"Bearer error_description=\"a\\\\b\"", code::invalid_value, "\\b", "error_description", "R6750-3-error",
              tolerance::bearer_octets},
             {"Bearer error_uri=\"http://a b\"", code::invalid_value, " b", "error_uri", "R6750-3-error-uri",
              tolerance::bearer_octets},
         }) {
        expect_refused(read(std::string_view(c.value)), c);
        EXPECT_EQ(challenge_of(std::string_view(c.value), tolerances::all()).used,
                  tolerances(tolerance::bearer_octets));
    }
    expect_refused(read("Bearer error=\"\", x=y", tolerances::all()),
                   {"Bearer error=\"\", x=y", code::invalid_value, "\", x", "error", "R6750-3-error"});
}

// shows: R9470-3-max-age conforming
// shows: R9470-3-acr-values conforming
// shows: R9728-5.1-url conforming
TEST(Bearer, ReadsTheParametersOfLaterRfcs) {
    const bearer_challenge c = challenge_of(
        "Bearer error=\"insufficient_user_authentication\", error_description=\"A different authentication level is "
        "required\", acr_values=\"myACR other\", max_age=\"5\", "
        "resource_metadata=\"https://resource.example.com/.well-known/oauth-protected-resource\"");
    EXPECT_EQ(c.code, bearer_error::insufficient_user_authentication);
    EXPECT_EQ(words_of(c.acr_values), (words{"myACR", "other"}));
    EXPECT_EQ(c.max_age, 5U);
    EXPECT_EQ(plain(c.resource_metadata), "https://resource.example.com/.well-known/oauth-protected-resource");
    EXPECT_EQ(challenge_of("Bearer max_age=0").max_age, 0U);
    EXPECT_EQ(challenge_of("Bearer max_age=\"18446744073709551615\"").max_age, 18446744073709551615U);
}

// shows: R9470-3-max-age violating
// shows: R9470-3-acr-values violating
// shows: R9728-5.1-url violating
TEST(Bearer, RefusesOtherValuesOfLaterRfcs) {
    using code = scheme_error_code;
    for (const refused& c : std::vector<refused>{
             {"Bearer max_age=-1", code::invalid_value, "-1", "max_age", "R9470-3-max-age"},
             {"Bearer max_age=5s", code::invalid_value, "s", "max_age", "R9470-3-max-age"},
             {"Bearer max_age=\"\", a=b", code::invalid_value, "\", a", "max_age", "R9470-3-max-age"},
             {"Bearer max_age=18446744073709551616", code::invalid_value, "6", "max_age", "R9470-3-max-age"},
             {"Bearer acr_values=\"a  b\"", code::invalid_value, " b", "acr_values", "R9470-3-acr-values"},
             {"Bearer resource_metadata=\"https://a b/\"", code::invalid_value, " b", "resource_metadata",
              "R9728-5.1-url"},
             {"Bearer resource_metadata=\"\", a=b", code::invalid_value, "\", a", "resource_metadata", "R9728-5.1-url"},
         }) {
        const auto r = read(std::string_view(c.value), tolerances::all());
        ASSERT_FALSE(r.has_value()) << c.value;
        EXPECT_EQ(r.error().code, c.code);
        EXPECT_EQ(r.error().offset, c.at == "6" ? c.value.size() - 1 : c.value.find(c.at)) << c.value;
        EXPECT_EQ(r.error().param, c.param);
        EXPECT_EQ(r.error().requirement, c.requirement);
    }
}

// shows: R6750-3-error-with-token conforming
// shows: R6750-3.1-no-error-without-token conforming
// shows: R6750-3.1-invalid-request conforming
// shows: R6750-3.1-invalid-token conforming
// shows: R6750-3.1-insufficient-scope conforming
TEST(Bearer, ResponsesThatFitTheRequest) {
    EXPECT_TRUE(check_bearer_response(challenge_of("Bearer realm=x, scope=y"), 401, false));
    EXPECT_TRUE(check_bearer_response(challenge_of("Bearer error=invalid_request"), 400, true));
    EXPECT_TRUE(check_bearer_response(challenge_of("Bearer error=invalid_token"), 401, true));
    EXPECT_TRUE(check_bearer_response(challenge_of("Bearer error=insufficient_scope, scope=x"), 403, true));
    EXPECT_TRUE(check_bearer_response(challenge_of("Bearer error=insufficient_user_authentication"), 401, true));
    EXPECT_TRUE(check_bearer_response(challenge_of("Bearer error=other"), 405, true));
    EXPECT_TRUE(check_bearer_response(challenge_of("Bearer realm=x"), 200, true));
}

// The statuses are those of the table of schemes; RFC 9470 has one in its examples only, which is no rule.
TEST(Bearer, ResponsesAreJudgedByTheTable) {
    std::size_t bound = 0;
    for (const error_signal& e : find_scheme("Bearer")->errors) {
        bearer_challenge c;
        c.error = text(e.value);
        EXPECT_TRUE(check_bearer_response(c, e.status, true)) << e.value;
        EXPECT_FALSE(check_bearer_response(bearer_challenge{}, e.status, true)) << e.status;
        const auto other = check_bearer_response(c, 402, true);
        if (e.when == error_occasion::more_authentication) {
            EXPECT_TRUE(other) << e.value;
            continue;
        }
        ASSERT_FALSE(other) << e.value;
        EXPECT_EQ(other.error().expected, "an error that goes with the status");
        ++bound;
    }
    EXPECT_EQ(bound, 3u);
    EXPECT_TRUE(check_bearer_response(bearer_challenge{}, 402, true)) << "no answer to a token";
}

TEST(Bearer, ResponsesAreJudgedByTheErrorThatIsWritten) {
    bearer_challenge made;
    made.error = text("invalid_token");
    EXPECT_TRUE(check_bearer_response(made, 401, true));
    EXPECT_FALSE(check_bearer_response(made, 400, true));
    EXPECT_FALSE(check_bearer_response(made, 403, true));
    made.code = bearer_error::invalid_request;
    EXPECT_FALSE(check_bearer_response(made, 400, true));
}

// shows: R6750-3-error-with-token violating
// shows: R6750-3.1-no-error-without-token violating
// shows: R6750-3.1-invalid-request violating
// shows: R6750-3.1-invalid-token violating
// shows: R6750-3.1-insufficient-scope violating
TEST(Bearer, ResponsesThatDoNotFitTheRequest) {
    const auto requirement_of = [](std::string_view value, int status, bool token) {
        const auto r = check_bearer_response(challenge_of(value), status, token);
        EXPECT_FALSE(r.has_value()) << value;
        return r ? std::string_view() : r.error().requirement;
    };
    for (const std::string_view value :
         {"Bearer error=invalid_token", "Bearer error_description=x", "Bearer error_uri=x"}) {
        EXPECT_EQ(requirement_of(value, 401, false), "R6750-3.1-no-error-without-token");
    }
    for (const int status : {400, 401, 403}) {
        EXPECT_EQ(requirement_of("Bearer realm=x", status, true), "R6750-3-error-with-token");
        if (status != 400) {
            EXPECT_EQ(requirement_of("Bearer error=invalid_request", status, true), "R6750-3.1-invalid-request");
        }
        if (status != 401) {
            EXPECT_EQ(requirement_of("Bearer error=invalid_token", status, true), "R6750-3.1-invalid-token");
        }
        if (status != 403) {
            EXPECT_EQ(requirement_of("Bearer error=insufficient_scope", status, true), "R6750-3.1-insufficient-scope");
        }
    }
}

std::string write(const bearer_challenge& c) {
    return written([&](char* b, std::size_t n) { return write_bearer_challenge(field::www_authenticate, c, b, n); });
}

TEST(Bearer, WritesWhatItReads) {
    bearer_challenge c;
    c.realm = "a\"b";
    c.scope = "read write";
    c.error = "insufficient_scope";
    c.error_description = "more needed";
    c.error_uri = "https://a/";
    c.acr_values = "x y";
    c.max_age = 3600;
    c.resource_metadata = "https://b/";
    const std::string value = write(c);
    EXPECT_EQ(value,
              "Bearer realm=\"a\\\"b\", scope=\"read write\", error=\"insufficient_scope\", "
              "error_description=\"more needed\", error_uri=\"https://a/\", acr_values=\"x y\", max_age=\"3600\", "
              "resource_metadata=\"https://b/\"");
    const bearer_challenge again = challenge_of(std::string_view(value));
    EXPECT_EQ(write(again), value);
    bearer_challenge largest;
    largest.max_age = 18446744073709551615U;
    EXPECT_EQ(write(largest), "Bearer max_age=\"18446744073709551615\"");

    char buffer[100];
    const write_result r = write_bearer_credentials(field::authorization, "abc==", buffer, sizeof buffer);
    ASSERT_TRUE(r);
    EXPECT_EQ(std::string_view(buffer, r.size), "Bearer abc==");
}

TEST(Bearer, RefusesToWriteWhatItWouldRefuse) {
    char buffer[100];
    const auto refusal = [&](const bearer_challenge& c) {
        return write_bearer_challenge(field::www_authenticate, c, buffer, sizeof buffer);
    };
    EXPECT_EQ(refusal({}).code, error_code::empty_challenge_list);
    bearer_challenge c;
    c.realm = "x";
    c.scope = "a  b";
    write_result r = refusal(c);
    EXPECT_EQ(r.code, error_code::forbidden_octet);
    EXPECT_EQ(r.rule, "scope");
    EXPECT_EQ(r.param, 1U);
    EXPECT_EQ(r.offset, 2U);
    c.scope = std::nullopt;
    c.error_description = "caf\xC3\xA9";
    EXPECT_EQ(refusal(c).rule, "error_description");
    EXPECT_EQ(write_bearer_credentials(field::authorization, "a b", buffer, sizeof buffer).code,
              error_code::not_a_token68);
    EXPECT_EQ(write_bearer_credentials(field::authorization, "", buffer, sizeof buffer).code,
              error_code::not_a_token68);
    EXPECT_EQ(write_bearer_credentials(field::www_authenticate, "a", buffer, sizeof buffer).code,
              error_code::wrong_field_kind);
}

TEST(List, WordsKeepTheirEscapesAndStop) {
    const bearer_challenge c = challenge_of("Bearer scope=\"\\a\\b c\\d\"");
    EXPECT_EQ(words_of(c.scope), (words{"ab", "cd"}));
    std::vector<std::string> raw;
    for_each_word(*c.scope, [&](const text& word) {
        raw.emplace_back(word.raw());
        return false;
    });
    EXPECT_EQ(raw, words{"\\a\\b"});
    const std::string_view lines[] = {"Bearer scope=\"one", "two\""};
    const bearer_challenge split = challenge_of({lines, 2});
    EXPECT_EQ(words_of(split.scope), (words{"one,", "two"}));
    EXPECT_EQ(words_of(text("  plain \\text  ")), (words{"plain", "\\text"}));
    EXPECT_EQ(words_of(text("")), words{});
}

}  // namespace
}  // namespace authgrammar::schemes::test
