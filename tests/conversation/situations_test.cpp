// Situations × offers × hops × what the server knows of the target: the status of each is worked out from the RFCs in
// expected_status(), and invariants hold for all of them.
#include "situations.hpp"
#include "client.hpp"

#include <authgrammar/policy/decision.hpp>

#include <gtest/gtest.h>

#include <iostream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::conversation::test {
namespace {

using policy::existence_rule;
using policy::hop_role;
using policy::resource_state;

/// By RFC 9110, 11 and 15.5, RFC 6750, 3.1 and RFC 7616, 3.4.6.
int expected_status(worth is, hop_role hop, resource_state resource, existence_rule existence, bool secured) {
    const int ask = hop == hop_role::proxy ? 407 : 401;
    if (resource == resource_state::public_resource) return -1;  // by `decide` alone
    if (!secured) return existence == existence_rule::open ? 403 : -1;
    if (is == worth::bad_request && (resource != resource_state::absent || existence != existence_rule::open))
        return 400;
    const bool known = is == worth::right || is == worth::narrow;
    // Whoever goes on with a handshake, or has a right password and an old nonce, is asked to for every target.
    if ((is == worth::round || is == worth::stale) && existence != existence_rule::open) return ask;
    const bool hidden = existence == existence_rule::hidden
                            ? is != worth::right
                            : existence == existence_rule::hidden_from_strangers && !known;
    if (hidden) return 404;
    switch (is) {
        case worth::right: return resource == resource_state::absent ? 404 : 0;
        case worth::narrow: return resource == resource_state::absent ? -1 : 403;
        case worth::bad_request: return -1;
        default: return resource == resource_state::absent ? -1 : ask;
    }
}

struct setting {
    std::vector<offer> offers;
    hop_role hop;
    resource_state resource;
    existence_rule existence;
    bool secured;

    [[nodiscard]] bool offers_scheme(std::string_view scheme) const {
        for (const offer& o : offers) {
            if (std::holds_alternative<basic_offer>(o) && scheme == "Basic") return true;
            if (std::holds_alternative<digest_offer>(o) && scheme == "Digest") return true;
            if (std::holds_alternative<bearer_offer>(o) && scheme == "Bearer") return true;
            if (const auto* const r = std::get_if<rounds_offer>(&o); r != nullptr && scheme == r->scheme) return true;
        }
        return false;
    }
};

/// What is sent, without what is random.
std::string bytes_of(const exchange& x) {
    std::string bytes = std::to_string(x.status());
    for (const field_to_send& f : x.fields()) {
        std::string value(f.value);
        for (std::size_t at = value.find("nonce=\""); at != std::string::npos; at = value.find("nonce=\"", at + 1)) {
            value.replace(at + 7, verify::nonce_maker::size, "…");
        }
        bytes += "\n" + std::string(f.name) + ": " + value;
    }
    return bytes;
}

class situations_of_a_guard : public ::testing::Test {
protected:
    /// Checks one of them with the exchange, and every invariant of its answer.
    void check(const situation& s, const setting& of, exchange& x) {
        const bool proxy = of.hop == hop_role::proxy;
        request r{};
        r.method = "GET";
        r.target = "/index.html";
        r.secured = true;
        x.check(r);
        const std::string challenges = all_of(x.fields(), proxy ? "Proxy-Authenticate" : "WWW-Authenticate");
        const std::vector<std::string> lines = s.lines(challenges, proxy, x);
        const field_lines views(lines);
        r.credentials = views.value();
        r.secured = of.secured;
        r.resource = of.resource;
        r.existence = of.existence;

        host h;
        x.check(r, h);
        const std::string at_once = bytes_of(x);
        SCOPED_TRACE(std::string(s.name) + ", hop " + std::to_string(static_cast<int>(of.hop)) + ", resource " +
                     std::to_string(static_cast<int>(of.resource)) + ", existence " +
                     std::to_string(static_cast<int>(of.existence)) + (of.secured ? "" : ", unsecured"));
        const bool offered = s.scheme[0] == '\0' || of.offers_scheme(s.scheme);
        const bool digest_not_made = !of.offers_scheme("Digest") && std::string_view(s.scheme) == "Digest" &&
                                     (lines.empty() || lines[0].empty() || lines[0] == "Digest");
        worth is = s.is;
        if (!offered) {
            is = digest_not_made && lines[0].empty() ? worth::malformed : worth::wrong;
        }
        invariants(x, of, is, h);
        const int expected = expected_status(is, of.hop, of.resource, of.existence, of.secured);
        if (expected >= 0) {
            EXPECT_EQ(x.status(), expected) << x.reason().expected;
        }
        ++count_;
        statuses_.insert(x.status());
        if (s.is != worth::stale && s.is != worth::right) deferred(x, r, at_once);
        if (of.existence != existence_rule::open && is != worth::right && is != worth::narrow) {
            r.resource = resource_state::absent;
            x.check(r, h);
            EXPECT_EQ(bytes_of(x), at_once) << "tells whether the target exists";
        }
    }

    static void invariants(const exchange& x, const setting& of, worth is, const host& h) {
        const bool open = of.resource == resource_state::public_resource;
        EXPECT_NE(x.state(), exchange_state::pending);
        EXPECT_EQ(x.need(), exchange_need::nothing);
        if (x.state() == exchange_state::admitted) {
            EXPECT_TRUE(is == worth::right || open) << "let in without proof";
            EXPECT_TRUE(of.secured || open) << "let in over an unsecured connection";
            EXPECT_EQ(x.status(), 0);
            EXPECT_EQ(x.reason().code, reason_code::none);
            EXPECT_TRUE(x.user() == "Mufasa" || (open && x.user().empty()));
        } else {
            EXPECT_GE(x.status(), 300);
            EXPECT_NE(x.reason().code, reason_code::none);
            EXPECT_NE(x.status(), 500) << name_of(x.reason().code);
            EXPECT_TRUE(is_of_guards(x.reason().verify)) << name_of(x.reason().verify);
            EXPECT_TRUE(is_of_guards(x.reason().scheme)) << name_of(x.reason().scheme);
        }
        EXPECT_LE(h.asked, 1) << "asked more than once";
        bool www = false;
        bool proxy = false;
        for (const field_to_send& f : x.fields()) {
            const auto which = field_from_name(f.name);
            if (!which) {
                EXPECT_TRUE(f.name == "Cache-Control" || f.name == "Vary") << f.name;
                continue;
            }
            parse_options sender{};
            sender.language = edition::rfc9110_sender;
            EXPECT_TRUE(parse(*which, f.value, event_sink{}, sender)) << f.value;
            if (kind_of(*which) == field_kind::challenges && f.value == "Negotiate bGFzdA==") {
                EXPECT_EQ(is, worth::right) << "only whoever is let in gets the last token";
                continue;
            }
            www = www || *which == field::www_authenticate;
            proxy = proxy || *which == field::proxy_authenticate;
        }
        EXPECT_EQ(x.keeps_connection(),
                  x.scheme() == "Negotiate" && (x.state() == exchange_state::admitted || is == worth::round ||
                                                x.reason().code == reason_code::by_resource));
        EXPECT_EQ(x.reason().code == reason_code::next_round,
                  is == worth::round && x.state() == exchange_state::refused && of.secured);
        EXPECT_EQ(x.status() == 407, proxy) << "407 and its challenge go together";
        EXPECT_TRUE(www || x.status() != 401) << "401 without a challenge";
        EXPECT_TRUE(!www || x.status() == 401 || x.status() == 400 || x.status() == 403);
        EXPECT_FALSE(www && proxy);
        EXPECT_FALSE(of.hop == hop_role::proxy && www);
    }

    /// The same, answered step by step.
    static void deferred(exchange& x, const request& r, const std::string& at_once) {
        host h;
        x.check(r);
        for (int i = 0; i < 4 && x.state() == exchange_state::pending; ++i) {
            verify::user_secret secret{};
            switch (x.need()) {
                case exchange_need::password_verdict: x.password_is(h.password(x.user(), x.password())); break;
                case exchange_need::token_verdict: x.token_is(h.token(x.token())); break;
                case exchange_need::round: x.round_is(h.round({x.scheme(), x.token(), x.session()})); break;
                case exchange_need::user_secret:
                    h.secret(x.query(), secret) ? x.secret_is(secret) : x.no_such_user();
                    break;
                default: x.cannot_answer();
            }
        }
        EXPECT_EQ(bytes_of(x), at_once) << "another answer step by step";
    }

    std::size_t count_ = 0;
    std::set<int> statuses_;
};

TEST_F(situations_of_a_guard, all_are_answered_as_the_RFCs_say) {
    const std::vector<std::vector<offer>> offers = {
        {basic_offer{}},
        {digest_offer{}},
        {bearer_offer{}},
        {digest_offer{}, basic_offer{}},
        {bearer_offer{"read", {}}, digest_offer{}, basic_offer{false, {}}},
        {rounds_offer{}, rounds_offer{"SCRAM-SHA-256"}, digest_offer{}},
    };
    for (const auto& of_scheme : offers) {
        for (const hop_role hop : {hop_role::origin, hop_role::proxy, hop_role::gateway}) {
            guard_options o;
            o.realm = "files";
            o.offers = of_scheme;
            o.hop = hop;
            const guard g(o);
            ASSERT_EQ(g.why_not(), "");
            exchange x(g);
            for (const resource_state resource :
                 {resource_state::protected_resource, resource_state::public_resource, resource_state::absent}) {
                for (const existence_rule existence :
                     {existence_rule::open, existence_rule::hidden, existence_rule::hidden_from_strangers}) {
                    for (const bool secured : {true, false}) {
                        setting of{of_scheme, hop, resource, existence, secured};
                        policy::facts f(resource, policy::credentials_state::absent);
                        f.hop = hop;
                        f.existence = existence;
                        if (policy::status_for(f) == 0) continue;  // cannot be true together
                        for (const situation& s : situations()) check(s, of, x);
                    }
                }
            }
        }
    }
    std::cout << "situations: " << count_ << " answered, " << statuses_.size() << " statuses\n";
    EXPECT_GT(count_, 5000u);
}

}  // namespace
}  // namespace authgrammar::conversation::test
