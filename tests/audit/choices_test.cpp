// What a client chose of what it was offered: which challenge before it matters, and until when.

#include "exchange.hpp"
#include "told.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace {

using namespace authgrammar::audit;
using namespace authgrammar::audit::testing;

/// The text of the input that a choice is told beside, "-" for nothing.
std::string beside(const std::string& input, const std::optional<span>& place) {
    return place ? input.substr(place->offset, place->length) + "@" + std::to_string(place->offset) : "-";
}
std::optional<span> earlier(const std::optional<linked_places>& where) {
    return where ? std::optional(where->earlier) : std::nullopt;
}

/// Where `text` stands in the input for the first time, as beside() says it.
std::string at_first(const std::string& input, const std::string& text) {
    return text + "@" + std::to_string(input.find(text));
}

std::string last_leg(const std::string& input) {
    told all;
    return beside(input, earlier(all.next(input).leg_unasked));
}

const std::string third = get("/", "a", with("NTLM TlRMTVNTUAADAAAAAAAAAA=="));

TEST(choices, the_last_leg_of_ntlm) {
    const auto asked = [](const std::string& value) { return get("/", "a") + challenge(value) + third; };
    EXPECT_EQ(last_leg(asked("NTLM")), at_first(asked("NTLM"), "NTLM"));
    EXPECT_EQ(last_leg(asked("Basic realm=\"x\", ntlm, Newauth")),
              at_first(asked("Basic realm=\"x\", ntlm, Newauth"), "ntlm"));
    EXPECT_EQ(last_leg(asked("NTLM TlRMTVNTUAACAAAA")), "-");
    EXPECT_EQ(last_leg(asked("Basic realm=\"x\"")), "-") << "another scheme";
    EXPECT_EQ(last_leg(asked("Negotiate")), "-");
    EXPECT_EQ(last_leg(third), "-") << "nothing was asked";
    EXPECT_EQ(last_leg(get("/", "a") + challenge("NTLM") + get("/", "a") + answer(200) + third), "-") << "it is over";
    EXPECT_EQ(last_leg(get("/", "a") + challenge("NTLM") + get("/", "a") + challenge("Basic") + third), "-");
    EXPECT_EQ(last_leg(get("/", "b") + challenge("NTLM") + third), "-") << "another server";
    EXPECT_EQ(last_leg(get("/", "a") + answer(403, "WWW-Authenticate: NTLM\r\n") + third), "-") << "no 401";
    EXPECT_EQ(last_leg(get("/", "a") + challenge("NTLM") + get("/", "a", with("NTLM TlRMTVNTUAABAAAAB4IIAA=="))), "-")
        << "the first";
}

std::string password(const std::string& input) {
    told all;
    return beside(input, earlier(all.next(input).weaker_scheme));
}

TEST(choices, a_password_where_a_proof_was_offered) {
    const std::string basic = get("/", "a", with("Basic dTpw"));
    const std::string both = get("/", "a") + challenge("Basic realm=\"r\", DIGEST realm=\"r\", nonce=\"n\", Negotiate");
    EXPECT_EQ(password(both + basic), at_first(both, "DIGEST")) << "the first of two";
    EXPECT_EQ(password(both + basic + answer(200) + basic), "-") << "said once";
    EXPECT_EQ(password(both + get("/", "a") + answer(200) + basic), at_first(both, "DIGEST"));
    EXPECT_EQ(password(both + get("/", "a") + challenge("Basic realm=\"r\"") + basic), "-") << "no more";
    EXPECT_EQ(password(both + get("/", "b", with("Basic dTpw"))), "-") << "another server";
    EXPECT_EQ(password(both + get("/", "a", with("Digest realm=\"r\", nonce=\"n\""))), "-");
    EXPECT_EQ(password(get("/", "a") + challenge("Basic realm=\"r\", Newauth") + basic), "-");
}

// Of a 401 to a request that is known, and of Digest alone.
TEST(choices, a_domain_of_another_server) {
    const auto domains = [](const std::string& input) {
        told all(at("https://a/"));
        return all.next(input).domains_elsewhere.size();
    };
    const std::string value = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", domain=\"/x https://b/\"\r\n";
    EXPECT_EQ(domains(get("/", "a") + answer(401, value)), 1U);
    EXPECT_EQ(domains(get("/", "b") + answer(401, value)), 0U) << "its own";
    for (const int status : {200, 302, 400, 402, 403, 407}) {
        EXPECT_EQ(domains(get("/", "a") + answer(status, value)), 0U) << status;
    }
    EXPECT_EQ(domains(answer(401, value)), 0U) << "an answer to nothing";
    EXPECT_EQ(domains(get("/", "a") + challenge("Other domain=\"https://b/\"")), 0U);
    EXPECT_EQ(domains(get("/", "a") + challenge("Digest domain=\"/x https://a/\"")), 0U);
    EXPECT_EQ(domains(get("/", "a") + challenge("Other, Digest nonce=n, Digest domain=\"https://b/ https://c/\", "
                                                "Digest domain=\"https://a/\", Digest domain=\"http://a/\"")),
              2U);
}

// Digest credentials hold at the servers that the domain names, though a redirect leads there.
TEST(choices, credentials_for_the_servers_of_a_domain) {
    const auto carried = [](const std::string& host, const std::string& domain, const std::string& scheme) {
        const std::string sent = with(scheme + " username=u, realm=r, nonce=n");
        told all;
        return all
            .next(get("https://a/", "a") + challenge("Digest realm=r, nonce=n, domain=\"" + domain + "\"") +
                  get("https://a/", "a", sent) + moved("https://" + host + "/") +
                  get("https://" + host + "/", host, sent))
            .carried_over.has_value();
    };
    EXPECT_FALSE(carried("b", "https://b/", "Digest"));
    EXPECT_FALSE(carried("b", "/x https://c/ https://b/", "Digest"));
    EXPECT_TRUE(carried("b", "https://c/", "Digest")) << "another one";
    EXPECT_TRUE(carried("b", "http://b/", "Digest")) << "another root";
    EXPECT_TRUE(carried("b", "/", "Digest"));
    EXPECT_TRUE(carried("b", "https://b/", "Other")) << "another scheme";
}

// A redirect is read beside the target of its own request, whatever Host the one before had.
TEST(choices, the_server_that_a_path_leads_to) {
    for (const char* host : {"a", "a/b", "[x"}) {
        told all;
        const std::string before = get("/", host) + answer(200);
        EXPECT_EQ(all.next(before + get("https://c/x", "d") + moved("/y") + get("/y", "")).server, "https://c") << host;
    }
}

std::string utf8(const std::string& input) {
    told all;
    return beside(input, all.next(input).utf8_asked);
}

TEST(choices, the_charset_of_the_last_basic) {
    const std::string basic = get("/", "a", with("Basic dTpw"));
    const auto asked = [](const std::string& value) { return get("/", "a") + challenge(value); };
    const std::string utf = asked("BASIC realm=\"x\", charset=\"utf-8\"");
    EXPECT_EQ(utf8(utf + basic), at_first(utf, "BASIC"));
    EXPECT_EQ(utf8(utf + basic + answer(200) + basic), at_first(utf, "BASIC")) << "each time";
    EXPECT_EQ(utf8(utf + asked("Newauth") + basic), at_first(utf, "BASIC")) << "Basic was not asked for again";
    EXPECT_EQ(utf8(utf + asked("Basic realm=\"x\"") + basic), "-");
    EXPECT_EQ(utf8(asked("Basic realm=\"x\", charset=\"latin1\"") + basic), "-");
    EXPECT_EQ(utf8(asked("Newauth charset=\"UTF-8\"") + basic), "-");
    EXPECT_EQ(utf8(utf + get("/", "a", with("Bearer t"))), "-");
    EXPECT_EQ(utf8(utf + get("/", "b", with("Basic dTpw"))), "-");
    EXPECT_EQ(utf8(get("/", "a") + answer(200, "WWW-Authenticate: Basic charset=\"UTF-8\"\r\n") + basic), "-");
    const std::string two = asked("Newauth, Basic charset=\"x\", basic charset=\"UTF-8\"");
    EXPECT_EQ(utf8(two + basic), at_first(two, "basic")) << "the last of two";
}

}  // namespace
