// Situations × offers × hops × what the server knows of the target: the status of each is worked out from the RFCs in
// expected_status(), and invariants hold for all of them.
#include "client.hpp"

#include <authgrammar/policy/decision.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace authgrammar::conversation::test {
namespace {

using policy::existence_rule;
using policy::hop_role;
using policy::resource_state;

/// What the credentials of a request are, by what they have to lead to.
enum class worth { none, malformed, wrong, stale, round, narrow, step_up, bad_request, right };

struct situation {
    const char* name;
    const char*
        scheme;  ///< that has to be offered for it to be worth that; else it is `wrong`, or `malformed` as it is
    worth is;
    /// The lines of the field, from a value with challenges for a Digest client; nothing if there are none.
    std::function<std::vector<std::string>(const std::string& challenges, bool proxy, exchange& x)> lines;
};

using lines_of = std::vector<std::string>;

lines_of one(std::string value) { return {std::move(value)}; }

std::string with(std::string value, std::string_view what, std::string_view by) {
    const std::size_t at = value.find(what);
    return at == std::string::npos ? value : value.replace(at, what.size(), by);
}

std::string digest_of(const std::string& challenges, bool proxy, digest_login login = {}) {
    login.proxy = proxy;
    return digest(challenges, login);
}

const std::vector<situation>& situations() {
    const auto fixed = [](std::string value) {
        return [value](const std::string&, bool, exchange&) { return one(value); };
    };
    const auto spoilt = [](std::string_view what, std::string_view by) {
        return [what, by](const std::string& c, bool proxy, exchange&) {
            return one(with(digest_of(c, proxy), what, by));
        };
    };
    static const std::vector<situation> all = {
        {"no field", "", worth::none, [](const std::string&, bool, exchange&) { return lines_of(); }},
        {"an empty line", "", worth::malformed, fixed("")},
        {"a scheme alone", "", worth::wrong, fixed("Custom")},
        {"not a scheme", "", worth::malformed, fixed("@")},
        {"NUL", "", worth::malformed, fixed(std::string("Custom a\0b", 10))},
        {"a list", "", worth::malformed, fixed("Custom a=b, Other c=d")},
        {"another scheme", "", worth::wrong, fixed("Custom abc")},
        {"two lines", "", worth::malformed,
         [](const std::string&, bool, exchange&) {
             return lines_of{basic("Mufasa", "Circle of Life"), basic("Mufasa", "Circle of Life")};
         }},
        {"a line and an empty one", "", worth::malformed,
         [](const std::string&, bool, exchange&) {
             return lines_of{basic("Mufasa", "Circle of Life"), ""};
         }},
        {"five lines", "", worth::malformed,
         [](const std::string&, bool, exchange&) { return lines_of(5, "Bearer good"); }},
        {"a folded line", "", worth::malformed, fixed("Custom a=b,\r\n c=d")},
        {"HTAB for SP", "", worth::malformed, fixed("Basic\tTXVmYXNhOkNpcmNsZSBvZiBMaWZl")},
        {"NBSP for SP", "", worth::malformed, fixed("Basic\xC2\xA0TXVmYXNhOkNpcmNsZSBvZiBMaWZl")},
        {"no SP", "", worth::wrong, fixed("BasicTXVmYXNhOkNpcmNsZSBvZiBMaWZl")},
        {"a megabyte", "", worth::malformed, fixed("Custom " + std::string(1 << 20, 'a') + "\"")},

        {"Basic, right", "Basic", worth::right, fixed(basic("Mufasa", "Circle of Life"))},
        {"Basic, in lower case", "Basic", worth::right,
         fixed(with(basic("Mufasa", "Circle of Life"), "Basic", "bASIC"))},
        {"Basic, two spaces", "Basic", worth::right, fixed(with(basic("Mufasa", "Circle of Life"), " ", "  "))},
        {"Basic, a list", "Basic", worth::malformed, fixed(basic("Mufasa", "Circle of Life") + ", Custom a=b")},
        {"Basic, a comma", "Basic", worth::malformed, fixed(basic("Mufasa", "Circle of Life") + ",")},
        {"Basic, folded", "Basic", worth::malformed, fixed("Basic \r\n TXVmYXNhOkNpcmNsZSBvZiBMaWZl")},
        {"Basic, NUL", "Basic", worth::malformed, fixed(basic("Mufasa", "Circle of Life") + std::string(1, '\0'))},
        {"Basic, empty user", "Basic", worth::wrong, fixed(basic("", "Circle of Life"))},
        {"Basic, colon in the user", "Basic", worth::wrong, fixed("Basic TXU6ZmFzYTpDaXJjbGUgb2YgTGlmZQ==")},
        {"Basic, another UTF-8", "Basic", worth::wrong, fixed(basic("Mufas\xC3\xA4", "Circle of Life"))},
        {"Basic, no UTF-8", "Basic", worth::wrong, fixed(basic("Mufas\xE4", "Circle of Life"))},
        {"Basic, fullwidth", "Basic", worth::wrong,
         fixed(basic("\xEF\xBC\xAD"
                     "ufasa",
                     "x"))},
        {"Basic, wrong password", "Basic", worth::wrong, fixed(basic("Mufasa", "circle of life"))},
        {"Basic, nobody", "Basic", worth::wrong, fixed(basic("Scar", "Circle of Life"))},
        {"Basic, empty password", "Basic", worth::wrong, fixed(basic("Mufasa", ""))},
        {"Basic, no colon", "Basic", worth::malformed, fixed("Basic QWxhZGRpbg==")},
        {"Basic, bad base64", "Basic", worth::malformed, fixed("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=")},
        {"Basic, nothing", "Basic", worth::malformed, fixed("Basic")},
        {"Basic, a parameter", "Basic", worth::malformed, fixed("Basic realm=x")},
        {"Basic, a control character", "Basic", worth::malformed, fixed("Basic YToAYg==")},
        {"Basic, too long", "Basic", worth::wrong, fixed("Basic " + std::string(1 << 16, 'Q'))},

        {"Bearer, right", "Bearer", worth::right, fixed("Bearer good")},
        {"Bearer, wrong", "Bearer", worth::wrong, fixed("Bearer bad")},
        {"Bearer, narrow", "Bearer", worth::narrow, fixed("Bearer narrow")},
        {"Bearer, step up", "Bearer", worth::step_up, fixed("Bearer old")},
        {"Bearer, nothing", "Bearer", worth::bad_request, fixed("Bearer")},
        {"Bearer, parameters", "Bearer", worth::bad_request, fixed("Bearer token=good")},

        {"Negotiate, first round", "Negotiate", worth::round, fixed("Negotiate Zmlyc3Q=")},
        {"Negotiate, second round", "Negotiate", worth::right, fixed("Negotiate c2Vjb25k")},
        {"Negotiate, the only round", "Negotiate", worth::right, fixed("negotiate b25seQ==")},
        {"Negotiate, refused", "Negotiate", worth::wrong, fixed("Negotiate b3RoZXI=")},
        {"Negotiate, nothing", "Negotiate", worth::malformed, fixed("Negotiate")},
        {"Negotiate, a parameter", "Negotiate", worth::malformed, fixed("Negotiate a=b")},
        {"SCRAM, first round", "SCRAM-SHA-256", worth::round, fixed(R"(SCRAM-SHA-256 realm="files", data="Zmlyc3Q=")")},
        {"SCRAM, second round", "SCRAM-SHA-256", worth::right, fixed("SCRAM-SHA-256 sid=AAAABBBB, data=c2Vjb25k")},
        {"SCRAM, another sid", "SCRAM-SHA-256", worth::wrong, fixed("SCRAM-SHA-256 sid=AAAABBBC, data=c2Vjb25k")},
        {"SCRAM, no data", "SCRAM-SHA-256", worth::malformed, fixed("SCRAM-SHA-256 sid=AAAABBBB")},
        {"SCRAM, data twice", "SCRAM-SHA-256", worth::malformed, fixed("SCRAM-SHA-256 data=c2Vjb25k, data=c2Vjb25k")},
        {"SCRAM, bad base64", "SCRAM-SHA-256", worth::malformed, fixed("SCRAM-SHA-256 data=c2Vjb25kd")},
        {"SCRAM, a token68", "SCRAM-SHA-256", worth::malformed, fixed("SCRAM-SHA-256 c2Vjb25k")},

        {"Digest, right", "Digest", worth::right,
         [](const std::string& c, bool proxy, exchange&) { return one(digest_of(c, proxy)); }},
        {"Digest, replayed", "Digest", worth::stale,
         [](const std::string& c, bool proxy, exchange& x) {
             const std::string value = digest_of(c, proxy);
             request r{};
             r.method = "GET";
             r.target = "/index.html";
             r.credentials = value;
             r.secured = true;
             x.check(r, host{});
             return one(value);
         }},
        {"Digest, wrong password", "Digest", worth::wrong,
         [](const std::string& c, bool proxy, exchange&) {
             digest_login login{};
             login.password = "circle of life";
             return one(digest_of(c, proxy, login));
         }},
        {"Digest, nobody", "Digest", worth::wrong,
         [](const std::string& c, bool proxy, exchange&) {
             digest_login login{};
             login.user = "Scar";
             return one(digest_of(c, proxy, login));
         }},
        {"Digest, another method", "Digest", worth::wrong,
         [](const std::string& c, bool proxy, exchange&) {
             digest_login login{};
             login.method = "PUT";
             return one(digest_of(c, proxy, login));
         }},
        {"Digest, another target", "Digest", worth::bad_request,
         [](const std::string& c, bool proxy, exchange&) {
             digest_login login{};
             login.target = "/other";
             return one(digest_of(c, proxy, login));
         }},
        {"Digest, another realm", "Digest", worth::wrong, spoilt("realm=\"files\"", "realm=\"filed\"")},
        {"Digest, another nonce", "Digest", worth::wrong, spoilt("nonce=\"", "nonce=\"x")},
        {"Digest, nc of seven digits", "Digest", worth::malformed, spoilt("nc=00000001", "nc=0000001")},
        {"Digest, another nc", "Digest", worth::wrong, spoilt("nc=00000001", "nc=00000002")},
        {"Digest, a list of qop", "Digest", worth::malformed, spoilt("qop=auth", "qop=\"auth,auth-int\"")},
        {"Digest, no nonce", "Digest", worth::malformed, spoilt("nonce=", "nonze=")},
        {"Digest, username twice", "Digest", worth::malformed, spoilt("realm=", "username=\"Mufasa\", realm=")},
        {"Digest, an algorithm not offered", "Digest", worth::wrong, spoilt("algorithm=SHA-256", "algorithm=MD5")},
        {"Digest, upper-case scheme", "Digest", worth::right, spoilt("Digest", "DIGEST")},
        {"Digest, a lone DQUOTE", "Digest", worth::malformed, spoilt("uri=\"/index.html\"", "uri=\"")},
        {"Digest, a name without =", "Digest", worth::malformed, spoilt("realm=", "realm, realm=")},
        {"Digest, NUL", "Digest", worth::malformed, spoilt("uri=\"/", std::string_view("uri=\"\0", 6))},
        {"Digest, a long nc", "Digest", worth::malformed, spoilt("nc=00000001", "nc=0000000000000001")},
        {"Digest, an escaped target", "Digest", worth::right, spoilt("uri=\"/index", "uri=\"/\\index")},
        {"Digest, a target by percent", "Digest", worth::bad_request, spoilt("uri=\"/index", "uri=\"/%69ndex")},
        {"Digest, an absolute target", "Digest", worth::bad_request, spoilt("uri=\"/index", "uri=\"https://h/index")},
        {"Digest, a target in upper case", "Digest", worth::bad_request, spoilt("uri=\"/index", "uri=\"/Index")},
        {"Digest, empty user", "Digest", worth::wrong, spoilt("username=\"Mufasa\"", "username=\"\"")},
        {"Digest, two usernames", "Digest", worth::malformed, spoilt("realm=", "username*=UTF-8''Mufasa, realm=")},
        {"Digest, nothing", "Digest", worth::malformed, fixed("Digest")},
    };
    return all;
}

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

/// A row of docs/conversation.md: why the last request was refused, and the status at each kind of place.
class row_of_the_page {
public:
    explicit row_of_the_page(const situation& s) : situation_(s) {}

    void add(const guard& g, hop_role hop, existence_rule existence) {
        exchange x(g);
        const bool proxy = hop == hop_role::proxy;
        request r{};
        r.method = "GET";
        r.target = "/index.html";
        r.secured = true;
        x.check(r);
        const auto lines =
            situation_.lines(all_of(x.fields(), proxy ? "Proxy-Authenticate" : "WWW-Authenticate"), proxy, x);
        const field_lines views(lines);
        r.credentials = views.value();
        r.existence = existence;
        x.check(r, host{});
        const bool in = x.state() == exchange_state::admitted;
        cells_ += " | " + (in ? std::string("let in") : std::to_string(x.status()));
        if (!first_) return;
        first_ = false;
        const log_reason& why = x.reason();
        reason_ = name_of(why.code);
        if (why.verify != verify::verify_code::none && name_of(why.verify) != reason_) {
            reason_ += ", " + std::string(name_of(why.verify));
        }
        if (why.scheme != schemes::scheme_error_code::none) reason_ += ", " + std::string(name_of(why.scheme));
    }

    [[nodiscard]] std::string str() const {
        return "| " + std::string(situation_.name) + " | " + reason_ + cells_ + " |\n";
    }

private:
    const situation& situation_;
    bool first_ = true;
    std::string reason_;
    std::string cells_;
};

std::string table_of_the_page() {
    guard_options o;
    o.realm = "files";
    o.offers = {rounds_offer{}, rounds_offer{"SCRAM-SHA-256"}, digest_offer{}, bearer_offer{}, basic_offer{}};
    const guard origin(o);
    o.hop = hop_role::proxy;
    const guard proxy(o);
    std::string table =
        "| credentials | reason | origin server | proxy | hidden target |\n"
        "|---|---|---|---|---|\n";
    for (const situation& s : situations()) {
        row_of_the_page row(s);
        row.add(origin, hop_role::origin, existence_rule::open);
        row.add(proxy, hop_role::proxy, existence_rule::open);
        row.add(origin, hop_role::origin, existence_rule::hidden);
        table += row.str();
    }
    return table;
}

// The table of docs/conversation.md. With AUTHGRAMMAR_WRITE=1 in the environment it is written there.
TEST(table_of_situations, is_that_of_the_page) {
    const std::string path = AUTHGRAMMAR_SOURCE_DIR "/docs/conversation.md";
    std::stringstream read;
    read << std::ifstream(path).rdbuf();
    std::string page = read.str();
    const std::size_t begin = page.find("| credentials |");
    const std::size_t end = page.find("\n\n", begin);
    ASSERT_NE(end, std::string::npos) << path;
    const std::string table = table_of_the_page();
    if (std::getenv("AUTHGRAMMAR_WRITE") != nullptr) {
        std::ofstream(path) << page.substr(0, begin) << table << page.substr(end + 1);
    } else {
        EXPECT_EQ(page.substr(begin, end + 1 - begin), table)
            << "AUTHGRAMMAR_WRITE=1 build/release/tests/bin/test_conversation_situations";
    }
}

}  // namespace
}  // namespace authgrammar::conversation::test
