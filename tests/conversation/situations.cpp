#include "situations.hpp"

#include "client.hpp"

#include <string_view>
#include <utility>

namespace authgrammar::conversation::test {

namespace {

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

}  // namespace

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
        {"a scheme alone, not offered", "", worth::wrong, fixed("Custom")},
        {"no scheme: `@`", "", worth::malformed, fixed("@")},
        {"a NUL", "", worth::malformed, fixed(std::string("Custom a\0b", 10))},
        {"two credentials in one line", "", worth::malformed, fixed("Custom a=b, Other c=d")},
        {"a scheme that is not offered", "", worth::wrong, fixed("Custom abc")},
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
        {"a line break", "", worth::malformed, fixed("Custom a=b,\r\n c=d")},
        {"a tab after the scheme", "", worth::malformed, fixed("Basic\tTXVmYXNhOkNpcmNsZSBvZiBMaWZl")},
        {"a no-break space after the scheme", "", worth::malformed, fixed("Basic\xC2\xA0TXVmYXNhOkNpcmNsZSBvZiBMaWZl")},
        {"no space after the scheme", "", worth::wrong, fixed("BasicTXVmYXNhOkNpcmNsZSBvZiBMaWZl")},
        {"a megabyte, malformed at its end", "", worth::malformed, fixed("Custom " + std::string(1 << 20, 'a') + "\"")},

        {"Basic, right", "Basic", worth::right, fixed(basic("Mufasa", "Circle of Life"))},
        {"Basic, in lower case", "Basic", worth::right,
         fixed(with(basic("Mufasa", "Circle of Life"), "Basic", "bASIC"))},
        {"Basic, two spaces", "Basic", worth::right, fixed(with(basic("Mufasa", "Circle of Life"), " ", "  "))},
        {"Basic, then other credentials", "Basic", worth::malformed,
         fixed(basic("Mufasa", "Circle of Life") + ", Custom a=b")},
        {"Basic, then a comma", "Basic", worth::malformed, fixed(basic("Mufasa", "Circle of Life") + ",")},
        {"Basic, a line break", "Basic", worth::malformed, fixed("Basic \r\n TXVmYXNhOkNpcmNsZSBvZiBMaWZl")},
        {"Basic, a NUL after the token", "Basic", worth::malformed,
         fixed(basic("Mufasa", "Circle of Life") + std::string(1, '\0'))},
        {"Basic, empty user-id", "Basic", worth::wrong, fixed(basic("", "Circle of Life"))},
        {"Basic, a colon in the user-id", "Basic", worth::wrong, fixed("Basic TXU6ZmFzYTpDaXJjbGUgb2YgTGlmZQ==")},
        {"Basic, an unknown user with ä in UTF-8", "Basic", worth::wrong,
         fixed(basic("Mufas\xC3\xA4", "Circle of Life"))},
        {"Basic, a user with ä in Latin-1", "Basic", worth::wrong, fixed(basic("Mufas\xE4", "Circle of Life"))},
        {"Basic, a fullwidth M in the user, wrong password", "Basic", worth::wrong,
         fixed(basic("\xEF\xBC\xAD"
                     "ufasa",
                     "x"))},
        {"Basic, wrong password", "Basic", worth::wrong, fixed(basic("Mufasa", "circle of life"))},
        {"Basic, unknown user", "Basic", worth::wrong, fixed(basic("Scar", "Circle of Life"))},
        {"Basic, empty password", "Basic", worth::wrong, fixed(basic("Mufasa", ""))},
        {"Basic, no colon", "Basic", worth::malformed, fixed("Basic QWxhZGRpbg==")},
        {"Basic, base64 without one of its `=`", "Basic", worth::malformed, fixed("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=")},
        {"Basic, nothing after the scheme", "Basic", worth::malformed, fixed("Basic")},
        {"Basic, a parameter for the token", "Basic", worth::malformed, fixed("Basic realm=x")},
        {"Basic, a control character in the password", "Basic", worth::malformed, fixed("Basic YToAYg==")},
        {"Basic, too long", "Basic", worth::wrong, fixed("Basic " + std::string(1 << 16, 'Q'))},

        {"Bearer, right", "Bearer", worth::right, fixed("Bearer good")},
        {"Bearer, unknown token", "Bearer", worth::wrong, fixed("Bearer bad")},
        {"Bearer, a token without the scope", "Bearer", worth::narrow, fixed("Bearer narrow")},
        {"Bearer, a token of a login that is too old", "Bearer", worth::step_up, fixed("Bearer old")},
        {"Bearer, nothing after the scheme", "Bearer", worth::bad_request, fixed("Bearer")},
        {"Bearer, a parameter for the token", "Bearer", worth::bad_request, fixed("Bearer token=good")},

        {"Negotiate, first round", "Negotiate", worth::round, fixed("Negotiate Zmlyc3Q=")},
        {"Negotiate, second round", "Negotiate", worth::right, fixed("Negotiate c2Vjb25k")},
        {"Negotiate, complete in one round", "Negotiate", worth::right, fixed("negotiate b25seQ==")},
        {"Negotiate, refused by the mechanism", "Negotiate", worth::wrong, fixed("Negotiate b3RoZXI=")},
        {"Negotiate, nothing after the scheme", "Negotiate", worth::malformed, fixed("Negotiate")},
        {"Negotiate, a parameter for the token", "Negotiate", worth::malformed, fixed("Negotiate a=b")},
        {"SCRAM, first round", "SCRAM-SHA-256", worth::round, fixed(R"(SCRAM-SHA-256 realm="files", data="Zmlyc3Q=")")},
        {"SCRAM, second round", "SCRAM-SHA-256", worth::right, fixed("SCRAM-SHA-256 sid=AAAABBBB, data=c2Vjb25k")},
        {"SCRAM, `sid` of another handshake", "SCRAM-SHA-256", worth::wrong,
         fixed("SCRAM-SHA-256 sid=AAAABBBC, data=c2Vjb25k")},
        {"SCRAM, no `data`", "SCRAM-SHA-256", worth::malformed, fixed("SCRAM-SHA-256 sid=AAAABBBB")},
        {"SCRAM, `data` twice", "SCRAM-SHA-256", worth::malformed, fixed("SCRAM-SHA-256 data=c2Vjb25k, data=c2Vjb25k")},
        {"SCRAM, `data` that is no base64", "SCRAM-SHA-256", worth::malformed, fixed("SCRAM-SHA-256 data=c2Vjb25kd")},
        {"SCRAM, a token68 for the parameters", "SCRAM-SHA-256", worth::malformed, fixed("SCRAM-SHA-256 c2Vjb25k")},

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
        {"Digest, unknown user", "Digest", worth::wrong,
         [](const std::string& c, bool proxy, exchange&) {
             digest_login login{};
             login.user = "Scar";
             return one(digest_of(c, proxy, login));
         }},
        {"Digest, computed for another method", "Digest", worth::wrong,
         [](const std::string& c, bool proxy, exchange&) {
             digest_login login{};
             login.method = "PUT";
             return one(digest_of(c, proxy, login));
         }},
        {"Digest, `uri` of another target", "Digest", worth::bad_request,
         [](const std::string& c, bool proxy, exchange&) {
             digest_login login{};
             login.target = "/other";
             return one(digest_of(c, proxy, login));
         }},
        {"Digest, another `realm`", "Digest", worth::wrong, spoilt("realm=\"files\"", "realm=\"filed\"")},
        {"Digest, a nonce of another form", "Digest", worth::wrong, spoilt("nonce=\"", "nonce=\"x")},
        {"Digest, a nonce of another server", "Digest", worth::wrong,
         [](const std::string& c, bool proxy, exchange&) {
             static const guard other(options_for({digest_offer{}}));
             if (digest_of(c, proxy).empty()) return one({});
             exchange x(other);
             x.check(get_without());
             return one(digest_of(all_of(x.fields(), "WWW-Authenticate"), false));
         }},
        {"Digest, `nc` of seven digits", "Digest", worth::malformed, spoilt("nc=00000001", "nc=0000001")},
        {"Digest, `nc` changed after it was hashed", "Digest", worth::wrong, spoilt("nc=00000001", "nc=00000002")},
        {"Digest, two values in `qop`", "Digest", worth::malformed, spoilt("qop=auth", "qop=\"auth,auth-int\"")},
        {"Digest, no `nonce`", "Digest", worth::malformed, spoilt("nonce=", "nonze=")},
        {"Digest, `username` twice", "Digest", worth::malformed, spoilt("realm=", "username=\"Mufasa\", realm=")},
        {"Digest, an algorithm that is not offered", "Digest", worth::wrong,
         [](const std::string& c, bool proxy, exchange&) {
             return one(digest_of(with(c, "algorithm=SHA-256", "algorithm=MD5"), proxy));
         }},
        {"Digest, `response` longer than a hash of `algorithm`", "Digest", worth::malformed,
         spoilt("algorithm=SHA-256", "algorithm=MD5")},
        {"Digest, scheme in upper case", "Digest", worth::right, spoilt("Digest", "DIGEST")},
        {"Digest, a quotation mark without its partner", "Digest", worth::malformed,
         spoilt("uri=\"/index.html\"", "uri=\"")},
        {"Digest, a name without `=`", "Digest", worth::malformed, spoilt("realm=", "realm, realm=")},
        {"Digest, a NUL", "Digest", worth::malformed, spoilt("uri=\"/", std::string_view("uri=\"\0", 6))},
        {"Digest, `nc` of sixteen digits", "Digest", worth::malformed, spoilt("nc=00000001", "nc=0000000000000001")},
        {"Digest, `uri` with a backslash escape", "Digest", worth::right, spoilt("uri=\"/index", "uri=\"/\\index")},
        {"Digest, `uri` with %69 for i", "Digest", worth::bad_request, spoilt("uri=\"/index", "uri=\"/%69ndex")},
        {"Digest, an absolute `uri` for a path", "Digest", worth::bad_request,
         spoilt("uri=\"/index", "uri=\"https://h/index")},
        {"Digest, `uri` in another letter case", "Digest", worth::bad_request, spoilt("uri=\"/index", "uri=\"/Index")},
        {"Digest, empty `username`", "Digest", worth::wrong, spoilt("username=\"Mufasa\"", "username=\"\"")},
        {"Digest, `username` and `username*`", "Digest", worth::malformed,
         spoilt("realm=", "username*=UTF-8''Mufasa, realm=")},
        {"Digest, nothing after the scheme", "Digest", worth::malformed, fixed("Digest")},
    };
    return all;
}

}  // namespace authgrammar::conversation::test
