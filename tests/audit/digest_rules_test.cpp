#include "judged_input.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

// The rules about Digest (RFC 7616).

namespace {

using namespace authgrammar::audit::testing;

const std::string asked =
    answer(401, {"WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=MD5"});
const std::string accepted = answer(200);

/// Digest credentials that answer `asked`, with other values for the parameters in `changes`, a list with semicolons; a
/// parameter without a value is left out.
std::string digest(const std::string& changes = "") {
    std::vector<std::pair<std::string, std::string>> params{
        {"username", "\"u\""}, {"realm", "\"r\""},
        {"nonce", "\"n1\""},   {"uri", "\"/\""},
        {"qop", "auth"},       {"nc", "00000001"},
        {"cnonce", "\"c\""},   {"response", "\"0123456789abcdef0123456789abcdef\""},
        {"algorithm", "MD5"}};
    for (std::size_t begin = 0; begin < changes.size();) {
        const std::size_t end = std::min(changes.find(';', begin), changes.size());
        const std::size_t equals = changes.find('=', begin);
        const std::string name = changes.substr(begin, equals - begin);
        const std::string value = changes.substr(equals + 1, end - equals - 1);
        const auto known = std::find_if(params.begin(), params.end(), [&](const auto& p) { return p.first == name; });
        if (known == params.end()) {
            params.emplace_back(name, value);
        } else {
            known->second = value;
        }
        begin = end + 1;
    }
    std::string out;
    for (const auto& [name, value] : params) {
        if (!value.empty()) out += (out.empty() ? "" : ", ") + name + "=" + value;
    }
    return "Authorization: Digest " + out;
}

TEST(digest_rules, say_what_is_wrong_and_nothing_else) {
    const judged_input inputs[] = {
        {"a whole exchange", get("/", {}) + asked + get("/", {digest()}) + accepted, {"digest-md5-only:info"}},
        {"the query left out of uri", get("/a?b=c", {digest("uri=\"/a\"")}), {"digest-uri-mismatch"}},
        {"a query that is not there", get("/a", {digest("uri=\"/a?b=c\"")}), {"digest-uri-mismatch"}},
        {"another path", get("/a", {digest("uri=\"/A\"")}), {"digest-uri-mismatch"}},
        {"in absolute form", get("/a?b", {digest("uri=\"http://a.example/a?b\"")}), {}},
        {"to a proxy, in origin form",
         get("http://a.example/a", {digest("uri=\"/a\"")}),
         {"credentials-unsecured:info"}},
        {"encoded otherwise", get("/%7Ea", {digest("uri=\"/~a\"")}), {}},
        {"nc is 0", get("/", {digest("nc=00000000")}), {"digest-nc-malformed"}},
        {"nc is short", get("/", {digest("nc=1")}), {"digest-nc-malformed"}},
        {"nc is quoted", get("/", {digest("nc=\"00000001\"")}), {"param-quoted:warning"}},
        {"no cnonce", get("/", {digest("cnonce=")}), {"digest-incomplete"}},
        {"no username", get("/", {digest("username=")}), {"digest-incomplete"}},
        {"username*", get("/", {digest("username=;username*=UTF-8''u")}), {}},
        {"both", get("/", {digest("username*=UTF-8''u")}), {"digest-two-usernames"}},
        {"username* and a hash",
         get("/", {digest("username=;username*=UTF-8''u;userhash=true")}),
         {"digest-two-usernames"}},
        {"a hash of MD5 for SHA-256", get("/", {digest("algorithm=SHA-256")}), {"digest-hash-malformed"}},
        {"a hash in upper case",
         get("/", {digest("response=\"0123456789ABCDEF0123456789ABCDEF\"")}),
         {"digest-hash-malformed:warning"}},
        {"no hash at all", get("/", {digest("response=\"MTIz\"")}), {"digest-hash-malformed"}},
        {"an unknown algorithm has some length",
         get("/", {digest("algorithm=SHA-1")}),
         {"digest-unknown-algorithm:warning"}},
        {"another realm",
         get("/", {}) + asked + get("/", {digest("realm=\"R\"")}),
         {"digest-md5-only:info", "digest-unlike-challenge"}},
        {"an opaque that was not there",
         get("/", {}) + asked + get("/", {digest("opaque=\"undefined\"")}),
         {"digest-md5-only:info", "digest-unlike-challenge"}},
        {"an opaque left out",
         get("/", {}) +
             answer(401,
                    {"WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=MD5, opaque=\"o\""}) +
             get("/", {digest()}),
         {"digest-md5-only:info", "digest-unlike-challenge"}},
        {"another algorithm",
         get("/", {}) +
             answer(401, {"WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256"}) +
             get("/", {digest()}),
         {"digest-unlike-challenge"}},
        {"the second of two challenges",
         get("/", {}) +
             answer(401, {"WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256",
                          "WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=MD5"}) +
             get("/", {digest()}),
         {}},
        {"a qop that was not offered",
         get("/", {}) + asked + get("/", {digest("qop=auth-int")}),
         {"digest-md5-only:info", "digest-unlike-challenge"}},
        {"a qop that was not even one",
         get("/", {}) + asked + get("/", {digest("qop=undefined")}),
         {"digest-md5-only:info", "digest-unlike-challenge"}},
        {"qop left out",
         get("/", {}) + asked + get("/", {digest("qop=;nc=;cnonce=")}),
         {"digest-md5-only:info", "digest-unlike-challenge:warning"}},
        {"an invented nonce",
         get("/", {}) + asked + get("/", {digest("nonce=\"n7\"")}),
         {"digest-md5-only:info", "digest-unlike-challenge"}},
        {"a nonce of another realm may be older",
         get("/", {}) + asked + get("/", {digest("nonce=\"n7\";realm=\"q\"")}),
         {"digest-md5-only:info"}},
        {"a nonce from elsewhere, later",
         get("/", {}) + asked + get("/x", {}) + accepted + get("/", {digest("nonce=\"n7\"")}),
         {"digest-md5-only:info"}},
        {"nc sent again",
         get("/", {}) + asked + get("/", {digest()}) + accepted + get("/", {digest()}),
         {"digest-md5-only:info", "digest-nc-reused:warning"}},
        {"nc counted on",
         get("/", {}) + asked + get("/", {digest()}) + accepted + get("/", {digest("nc=00000002")}),
         {"digest-md5-only:info"}},
        {"the nonce of Authentication-Info",
         get("/", {}) + asked + get("/", {digest()}) + answer(200, {"Authentication-Info: nextnonce=\"n2\""}) +
             get("/", {digest("nonce=\"n2\"")}) + accepted,
         {"digest-md5-only:info"}},
        {"not its own realm",
         get("/", {}) + asked + get("/", {digest()}) + answer(200, {"Authentication-Info: nextnonce=\"n2\""}) +
             get("/", {digest("nonce=\"n2\";realm=\"R\"")}),
         {"digest-md5-only:info", "digest-unlike-challenge"}},
        {"qop without rspauth",
         get("/", {}) + asked + get("/", {digest()}) +
             answer(200, {"Authentication-Info: qop=auth, nc=00000001, cnonce=\"c\""}),
         {"digest-md5-only:info", "digest-info-incomplete:warning"}},
        {"a short rspauth",
         get("/", {}) + asked + get("/", {digest()}) +
             answer(200, {"Authentication-Info: qop=auth, nc=00000001, cnonce=\"c\", rspauth=\"12\""}),
         {"digest-md5-only:info", "digest-hash-malformed"}},
        {"the cnonce of another request",
         get("/", {}) + asked + get("/", {digest()}) +
             answer(200, {"Authentication-Info: qop=auth, nc=00000001, cnonce=\"d\", "
                          "rspauth=\"0123456789abcdef0123456789abcdef\""}),
         {"digest-md5-only:info", "digest-info-unlike-request"}},
        {"the nc of another request",
         get("/", {}) + asked + get("/", {digest()}) +
             answer(200, {"Authentication-Info: qop=auth, nc=00000002, cnonce=\"c\", "
                          "rspauth=\"0123456789abcdef0123456789abcdef\""}),
         {"digest-md5-only:info", "digest-info-unlike-request"}},
        {"a nonce that is too old",
         get("/", {}) + asked + get("/", {digest()}) + accepted + get("/", {digest("nc=00000002")}) +
             answer(401,
                    {"WWW-Authenticate: Digest realm=\"r\", nonce=\"n2\", qop=\"auth\", algorithm=MD5, stale=true"}),
         {"digest-md5-only:info", "digest-md5-only:info"}},
        {"the same without stale",
         get("/", {}) + asked + get("/", {digest()}) + accepted + get("/", {digest("nc=00000002")}) +
             answer(401, {"WWW-Authenticate: Digest realm=\"r\", nonce=\"n2\", qop=\"auth\", algorithm=MD5"}),
         {"digest-md5-only:info", "challenge-repeated:info", "digest-md5-only:info", "digest-stale-missing:warning"}},
        {"another user",
         get("/", {}) + asked + get("/", {digest()}) + accepted + get("/", {digest("username=\"v\";nc=00000002")}) +
             answer(401, {"WWW-Authenticate: Digest realm=\"r\", nonce=\"n2\", qop=\"auth\", algorithm=MD5"}),
         {"digest-md5-only:info", "challenge-repeated:info", "digest-md5-only:info"}},
        {"the nonce again",
         get("/", {}) + asked + get("/b", {}) + asked,
         {"digest-md5-only:info", "digest-md5-only:info", "digest-nonce-repeated:info"}},
        {"no realm",
         answer(401, {"WWW-Authenticate: Digest nonce=\"n\", qop=\"auth\", algorithm=SHA-256"}),
         {"digest-incomplete"}},
        {"no nonce",
         answer(401, {"WWW-Authenticate: Digest realm=\"r\", qop=\"auth\", algorithm=SHA-256"}),
         {"digest-incomplete"}},
        {"neither", answer(401, {"WWW-Authenticate: Digest algorithm=SHA-256"}), {"digest-incomplete"}},
        {"nothing", answer(401, {"WWW-Authenticate: Digest"}), {"digest-incomplete"}},
        {"no qop",
         answer(401, {"WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", algorithm=SHA-256"}),
         {"digest-without-qop:warning"}},
        {"no algorithm is MD5",
         answer(401, {"WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\""}),
         {"digest-md5-only:info"}},
        {"MD5 beside SHA-256",
         answer(401, {"WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256",
                      "WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=MD5"}),
         {}},
        {"an algorithm in lower case",
         answer(401, {"WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=sha-256"}),
         {}},
        {"an algorithm nobody has",
         answer(401, {"WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=SHA1"}),
         {"digest-unknown-algorithm:warning"}},
        {"stale in quotes",
         answer(
             401,
             {"WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256, stale=\"true\""}),
         {"param-quoted:warning"}},
        {"nonce without",
         answer(401, {"WWW-Authenticate: Digest realm=\"r\", nonce=n, qop=\"auth\", algorithm=SHA-256"}),
         {"param-not-quoted:warning"}},
        {"a domain of its own",
         "GET https://a.example/ HTTP/1.1\r\n\r\n" +
             answer(401, {"WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256, "
                          "domain=\"/a https://a.example/b\""}),
         {}},
        {"a domain elsewhere",
         "GET https://a.example/ HTTP/1.1\r\n\r\n" +
             answer(401, {"WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256, "
                          "domain=\"/a https://b.example/\""}),
         {"digest-domain-elsewhere:info"}},
    };
    for (const judged_input& each : inputs) EXPECT_EQ(ids_of(each.input), each.expected) << each.what;
}

}  // namespace
