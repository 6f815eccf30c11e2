// The members of Digest credentials that were refused: each case with all that is said of it, but for the response, which
// is not computed without a password.

#include "explained.hpp"

#include <sstream>
#include <stdexcept>

namespace authgrammar::audit {
namespace {

using namespace testing;

const std::string unchecked =
    "possible wrong-password [0123456789abcdef0123456789abcdef]: the response was not checked\n";
const std::string response = "response=\"0123456789abcdef0123456789abcdef\"";
const std::string asked = "Digest realm=\"r\", nonce=\"n\", qop=\"auth, auth-int\", opaque=\"o\"";
const std::string members = "username=\"u\", realm=\"r\", nonce=\"n\", uri=\"/\", opaque=\"o\", " + response;
const std::string counted = ", qop=auth, nc=00000001, cnonce=\"c\"";

/// `from` in the members becomes `to`.
std::string with_other(const std::string& from, const std::string& to) {
    std::string out = "Digest " + members + counted;
    const std::size_t at = out.find(from);
    if (at == std::string::npos) throw std::logic_error("no " + from);
    return out.replace(at, from.size(), to);
}

std::string other(const std::string& from, const std::string& to) { return refused_again(with_other(from, to), asked); }

/// What is said, but for the response that was not checked.
void expect_of_members(const std::vector<explanation>& all, const known_login& login = {}) {
    for (const explanation& each : all) {
        std::istringstream lines(last_explained(each.input, login));
        std::string said;
        for (std::string line; std::getline(lines, line);) {
            if (line.find("the response was not checked") == std::string::npos && line != "missing password")
                said += line + "\n";
        }
        EXPECT_EQ(said, each.said) << each.input;
    }
}

TEST(why_digest, nothing_wrong) {
    EXPECT_EQ(last_explained(refused_again("Digest " + members + counted, asked)),
              "possible wrong-password [0123456789abcdef0123456789abcdef]: the response was not checked\n"
              "missing password\n");
}

TEST(why_digest, missing_members) {
    expect_of_members({
        {other("username=\"u\", ", ""), "certain member-missing [Authorization]: username is missing\n"},
        {other("username=\"u\"", "username*=UTF-8''u"), ""},
        {other("realm=\"r\", ",
               "certain member-missing [Authorization] beside [r#2]: realm is missing => realm=\"r\"\n"),
         "certain malformed-credentials [m#5]: the value breaks the grammar here: \"=\", SP or HTAB is expected\n"},
        {other("nonce=\"n\", ", ""),
         "certain member-missing [Authorization] beside [n#7]: nonce is missing => nonce=\"n\"\n"},
        {other("uri=\"/\", ", ""), "certain member-missing [Authorization]: uri is missing => uri=\"/\"\n"},
        {other(", " + response, ""), "certain member-missing [Authorization]: response is missing\n"},
        {other(", cnonce=\"c\"", ""), "certain member-missing [Authorization]: cnonce is missing\n"},
        {other(", nc=00000001", ""), "certain member-missing [Authorization]: nc is missing\n"},
        {other("realm=\"r\", nonce=\"n\", ", ""),
         "certain member-missing [Authorization] beside [r#2] [n#7]: realm, nonce are missing => realm=\"r\", "
         "nonce=\"n\"\n"},
        {refused("Digest " + members + counted, "Digest realm=\"r\", nonce=\"n\", opaque=\"o\""),
         "certain qop-not-offered [auth]: the credentials have qop, and the challenge offers none => neither qop nor "
         "nc and cnonce\n"},
        {refused_again("Digest " + members, "Digest realm=\"r\", nonce=\"n\", opaque=\"o\""), ""},
        {refused("Digest uri=\"/\"", "Bearer"),
         "certain scheme-not-offered [Digest] beside [WWW-Authenticate]: the credentials are for Digest, and the "
         "challenge offers Bearer => credentials for Bearer\n"},
    });
}

TEST(why_digest, forms_of_members) {
    const std::string hash_64 = std::string(64, '0');
    expect_of_members({
        {other("nc=00000001", "nc=1"),
         "certain member-malformed [1#10]: nc is not eight hexadecimal digits => nc=00000001 with a new nonce\n"},
        {other("nc=00000001", "nc=0000000g"),
         "certain member-malformed [0000000g]: nc is not eight hexadecimal digits => nc=00000001 with a new nonce\n"},
        {other("nc=00000001", "nc=000000001"),
         "certain member-malformed [000000001]: nc is not eight hexadecimal digits => nc=00000001 with a new nonce\n"},
        {other(response, "response=\"0123456789abcdef0123456789abcde\""),
         "certain member-malformed [0123456789abcdef0123456789abcde]: response is not 32 or 64 hexadecimal digits\n"},
        {other(response, "response=\"0123456789abcdef0123456789abcdeg\""),
         "certain member-malformed [0123456789abcdef0123456789abcdeg]: response is not 32 or 64 hexadecimal digits\n"},
        {other(response, "response=\"" + hash_64 + "\""),
         "certain wrong-hash [0000000000000000000000000000000000000000000000000000000000000000]: response has 64 "
         "digits, and a hash of MD5 has 32\n"},
        {other(response, "response=\"0123456789ABCDEF0123456789ABCDEF\""),
         "likely member-malformed [0123456789ABCDEF0123456789ABCDEF]: response is in upper case, and most servers "
         "compare it with lower case\n"},
        {other("nonce", "algorithm=SHA-256, nonce"),
         "certain other-algorithm [SHA-256]: algorithm is not that of the challenge => algorithm=MD5, or none\n"
         "certain wrong-hash [0123456789abcdef0123456789abcdef]: response has 32 digits, and a hash of SHA-256 has "
         "64\n"},
        {other("nonce", "algorithm=SHA-1, nonce"),
         "certain other-algorithm [SHA-1]: algorithm is not that of the challenge => algorithm=MD5, or none\n"},
        {other("username=\"u\"", "username=\"u\", username*=UTF-8''u"),
         "certain member-malformed [UTF-8''u]: the username is sent both as username and as username*\n"},
        {other("username=\"u\"", R"(username="D\u")"),
         "likely escapes-hashed [D\\u]: the backslash in the username is not escaped, so that it is lost => two "
         "backslashes for one\n"},
        {other("username=\"u\"", R"(username="D\\u")"), ""},
        {other("username=\"u\"", R"(username="D\"u")"), ""},
        {other("username=\"u\"", R"(username="D\"\u")"),
         "likely escapes-hashed [D\\\"\\u]: the backslash in the username is not escaped, so that it is lost => two "
         "backslashes for one\n"},
        {other("username=\"u\"", "username=u"), ""},
        {other("username=\"u\"", "username=\"\""), "certain placeholder []@218: the username is empty\n"},
        {other("username=\"u\"", "username=\"null\""),
         "likely placeholder [null]: the username is the name of an empty value\n"},
        {other("username=\"u\"", "username*=UTF-8''null"),
         "likely placeholder [UTF-8''null]: the username is the name of an empty value\n"},
        {other("qop=auth", "qop=\"auth\""),
         "possible quoted-member [auth#3]: qop is in quotes => qop without quotes\n"},
        {other("qop=auth", "qop=auth, algorithm=\"MD5\""),
         "possible quoted-member [MD5]: algorithm is in quotes => algorithm without quotes\n"},
        {other("nc=00000001", "NC=\"00000001\""),
         "possible quoted-member [00000001]: nc is in quotes => nc without quotes\n"},
    });
    expect_of_members({{other("username=\"u\"", "username=\"null\""), ""}}, login_of("null", nullptr));
    expect_of_members({{other("username=\"u\"", "username=\"null\""),
                        "certain placeholder [null]: the username is the name of an empty value\n"
                        "certain wrong-user [null]: the user is not the one given\n"}},
                      login_of("u", nullptr));
    expect_of_members({{other("username=\"u\"", "username=\"\""), ""}}, login_of("", nullptr));
}

TEST(why_digest, members_of_the_challenge) {
    const auto answering = [](const std::string& value, const std::string& from, const std::string& to) {
        return refused_again(with_other(from, to), value);
    };
    const std::string plain = "Digest realm=\"r\", nonce=\"n\", opaque=\"o\"";
    expect_of_members({
        {other("realm=\"r\"", "realm=\"R\""),
         "certain other-realm [R] beside [r#2]: realm is not that of the challenge => realm=\"r\"\n"},
        {answering(R"(Digest realm="D\\r", nonce="n", opaque="o", qop="auth")", "realm=\"r\"", R"(realm="D\\\\r")"),
         "certain escapes-hashed [D\\\\\\\\r] beside [D\\\\r]: the realm has more or fewer backslashes than in the "
         "challenge => realm=\"D\\\\r\"\n"},
        {answering(R"(Digest realm="D\\r", nonce="n", opaque="o", qop="auth")", "realm=\"r\"", R"(realm="D\r")"),
         "certain escapes-hashed [D\\r] beside [D\\\\r]: the realm has more or fewer backslashes than in the challenge "
         "=> realm=\"D\\\\r\"\n"},
        {answering(R"(Digest realm="D\r", nonce="n", opaque="o", qop="auth")", "realm=\"r\"", R"(realm="D\\r")"),
         "certain escapes-hashed [D\\\\r] beside [D\\r]: the realm has more or fewer backslashes than in the challenge "
         "=> realm=\"D\\r\"\n"},
        {answering(R"(Digest realm="Dr", nonce="n", opaque="o", qop="auth")", "realm=\"r\"", R"(realm="D\\r")"),
         "certain other-realm [D\\\\r] beside [Dr]: realm is not that of the challenge => realm=\"Dr\"\n"},
        {answering("Digest realm=\"s\", nonce=\"n\", opaque=\"o\", qop=\"auth\", =", "realm=\"r\"", "realm=\"r\""), ""},
        {get("/", "a.example", with("Digest " + members + counted)) +
             answer(401,
                    "WWW-Authenticate: Digest realm=\"s\", nonce=\"n\", opaque=\"o\", qop=\"auth\"\r\n"
                    "WWW-Authenticate: =\r\n"),
         "likely challenge-unreadable [=#14] of WWW-Authenticate: the value begins with \"=\" => WWW-Authenticate: \n"
         "possible other-realm [r#4] beside [s#7]: realm is not that of the challenge => realm=\"s\"\n"},
        {other("qop=auth", "qop=auth, algorithm=SHA-256-sess"),
         "certain other-algorithm [SHA-256-sess]: algorithm is not that of the challenge => algorithm=MD5, or none\n"
         "certain wrong-hash [0123456789abcdef0123456789abcdef]: response has 32 digits, and a hash of SHA-256-sess "
         "has 64\n"},
        {answering(asked + ", algorithm=md5", "qop=auth", "qop=auth, algorithm=MD5"), ""},
        {answering(asked + ", algorithm=SHA-256", "qop=auth", "qop=auth"),
         "certain other-algorithm [Authorization] beside [SHA-256]: algorithm is missing, so it is MD5, and the "
         "challenge has another one => algorithm=SHA-256\n"},
        {answering(asked + ", algorithm=SHA-256", "qop=auth", "qop=auth, algorithm=MD5"),
         "certain other-algorithm [MD5] beside [SHA-256]: algorithm is not that of the challenge => "
         "algorithm=SHA-256\n"},
        {answering(asked, counted, ""),
         "likely qop-missing [Authorization] beside [auth, auth-int]: the challenge offers qop, and the credentials "
         "have none => qop=auth, with cnonce and nc\n"},
        {answering(plain + ", qop=\"auth-int\"", counted, ""),
         "likely qop-missing [Authorization] beside [auth-int]: the challenge offers qop, and the credentials have "
         "none => qop=auth-int, with cnonce and nc\n"},
        {other("qop=auth", "qop=auth-int"), ""},
        {other("qop=auth", "qop=auth-conf"),
         "certain qop-not-offered [auth-conf] beside [auth, auth-int]: qop is not one of those that the challenge "
         "offers => qop=\"auth, auth-int\"\n"},
        {answering(plain, "qop=auth", "qop=auth"),
         "certain qop-not-offered [auth]: the credentials have qop, and the challenge offers none => neither qop nor "
         "nc and cnonce\n"},
        {answering(plain, counted, ""), ""},
        {other("opaque=\"o\", ", ""),
         "certain other-opaque [Authorization] beside [o#6]: opaque is missing => opaque=\"o\"\n"},
        {other("opaque=\"o\"", "opaque=\"O\""),
         "certain other-opaque [O] beside [o#6]: opaque is not that of the challenge => opaque=\"o\"\n"},
        {answering("Digest realm=\"r\", nonce=\"n\", qop=\"auth\"", "qop", "qop"),
         "possible other-opaque [o#10]: the credentials have opaque, and the challenge has none => no opaque\n"},
        {answering("Digest realm=\"r\", nonce=\"n\", qop=\"auth\"", "opaque=\"o\", ", ""), ""},
        {other("nonce=\"n\", uri=\"/\", opaque=\"o\"", "nonce=\"m\", uri=\"/\", opaque=\"O\""),
         "likely other-nonce [m#6] beside [n#7]: the server sent other nonces, and not this one => nonce=\"n\"\n"},
        // What only the response says was not known before.
        {refused(with_other("opaque=\"o\"", "opaque=\"O\""), asked),
         "possible other-opaque [O] beside [o#13]: opaque is not that of the challenge => opaque=\"o\"\n"},
        {refused(with_other("opaque=\"o\", ", ""), asked),
         "possible other-opaque [Authorization] beside [o#12]: opaque is missing => opaque=\"o\"\n"},
        {refused(with_other("nonce=\"n\"", "nonce=\"m\""), asked), ""},
    });
}

TEST(why_digest, hashed_names) {
    const std::string wants = asked + ", userhash=true";
    const std::string hash = std::string(32, 'a');
    const auto answering = [](const std::string& value, const std::string& to) {
        return refused_again(with_other("username=\"u\"", to), value);
    };
    expect_of_members({
        {answering(asked, "username=\"u\", userhash=true"),
         "certain userhash [true]: the username is hashed, and the challenge does not ask for that => the plain "
         "username, without userhash\n"},
        {answering(asked, "username=\"u\", userhash=false"), ""},
        {answering(wants, "username=\"" + hash + "\", userhash=true"), ""},
        {answering(wants, "username=\"" + hash + "\""),
         "certain userhash [aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa]: the username looks hashed, and userhash=true is missing "
         "beside it => userhash=true\n"},
        {answering(wants, "username=\"" + hash + hash + "\""),
         "certain userhash [aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa]: the username looks "
         "hashed, and userhash=true is missing beside it => userhash=true\n"},
        {answering(wants, "username=\"" + hash + "a\""),
         "likely userhash [aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa] beside [true]: the challenge asks for a hashed username, "
         "and this one is plain => userhash=true\n"},
        {answering(wants, "username=\"" + hash.substr(1) + "g\""),
         "likely userhash [aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaag] beside [true]: the challenge asks for a hashed username, "
         "and this one is plain => userhash=true\n"},
        {answering(asked, "username=\"" + hash + "\""), ""},
        {answering(wants, "username=\"u\""),
         "likely userhash [u#9] beside [true]: the challenge asks for a hashed username, and this one is plain => "
         "userhash=true\n"},
        {answering(wants, "username*=UTF-8''u"), ""},
        {answering(asked + ", userhash=false", "username=\"u\""), ""},
    });
}

/// Requests, one after the other, with these values of nc, each accepted but for the last.
std::string counting(const std::vector<std::string>& all, const std::string& last = asked) {
    std::string out = get("/", "a.example") + challenge(asked);
    for (const std::string& nc : all) {
        out += get("/", "a.example", with(with_other("nc=00000001", "nc=" + nc)));
        out += &nc == &all.back() ? challenge(last) : answer(200);
    }
    return out;
}

TEST(why_digest, counters) {
    expect_of_members({
        {counting({"00000001"}), ""},
        {counting({"00000000"}),
         "certain nc-out-of-order [00000000]: nc is 0, and the first request with a nonce has 00000001 => "
         "nc=00000001\n"},
        {counting({"00000002"}),
         "likely nc-out-of-order [00000002]: the nonce is new, and its nc is not 00000001 => nc=00000001\n"},
        {counting({"00000001", "00000001"}),
         "certain nc-out-of-order [00000001#2] beside [Authorization]: the nonce was sent with this nc before => "
         "nc=00000002\n"},
        {counting({"00000001", "00000002"}), ""},
        {counting({"00000001", "00000003"}),
         "likely nc-out-of-order [00000003] beside [Authorization]: nc skips numbers => nc=00000002\n"},
        {counting({"00000001", "00000005", "00000003"}),
         "certain nc-out-of-order [00000003] beside [Authorization#2]: the nonce was sent with a higher nc before => "
         "nc=00000006\n"},
        {counting({"00000001", "0000000f", "00000010"}), ""},
        {counting({"00000001", "0000000F", "00000011"}),
         "likely nc-out-of-order [00000011] beside [Authorization#2]: nc skips numbers => nc=00000010\n"},
        {counting({"00000001", "x", "00000002"}), ""},
        {counting({"00000001", "000000002", "00000002"}), ""},
        {counting({"00000001", "2", "00000002"}),
         "certain nc-out-of-order [00000002] beside [Authorization#2]: the nonce was sent with this nc before => "
         "nc=00000003\n"},
        {counting({"fffffffe", "ffffffff"}), ""},
        {counting({"00000001", "000000001"}),
         "certain member-malformed [000000001]: nc is not eight hexadecimal digits => nc=00000001 with a new nonce\n"},
        // A nonce that came before something else is not new; whether others used it is not known.
        {get("/", "a.example") + challenge(asked) + get("/x", "a.example") +
             challenge("Digest realm=\"r\", nonce=\"m\", qop=\"auth\", opaque=\"o\"") +
             refused(with_other("nc=00000001", "nc=00000002"), asked),
         ""},
        {refused(with_other("nc=00000001", "nc=00000002"), asked), ""},
    });
}

TEST(why_digest, nonces) {
    const std::vector<std::string> twice{"00000001", "00000002"};
    const std::string next = "Authentication-Info: nextnonce=\"m\"\r\n";
    const std::string first =
        get("/", "a.example") + challenge(asked) + get("/", "a.example", with("Digest " + members + counted));
    expect_of_members({
        {other("nonce=\"n\"", "nonce=\"m\""),
         "likely other-nonce [m#6] beside [n#7]: the server sent other nonces, and not this one => nonce=\"n\"\n"},
        {first + answer(200, next) + refused(with_other("nonce=\"n\"", "nonce=\"m\""), asked), ""},
        {first + answer(200, next) +
             refused(with_other("nonce=\"n\", uri=\"/\", opaque=\"o\"", "nonce=\"m\", uri=\"/\", opaque=\"O\""), asked),
         ""},
        {first + answer(200, next) + refused(with_other("nonce=\"n\"", "nonce=\"k\""), asked),
         "likely other-nonce [k] beside [n#7]: the server sent other nonces, and not this one => nonce=\"n\"\n"},
        {first + answer(200, "Authentication-Info: nextnonce=\"m\", =\r\n") +
             refused(with_other("nonce=\"n\"", "nonce=\"m\""), asked),
         "likely other-nonce [m#10] beside [n#7]: the server sent other nonces, and not this one => nonce=\"n\"\n"},
        {counting({"00000001"}, asked + ", stale=true"),
         "certain stale-at-once [n#13] beside [true]: the server calls a nonce stale that it has only just sent => "
         "nonce=\"n\", nc=00000001\n"},
        {counting(twice, asked + ", stale=TRUE"),
         "certain stale-nonce [n#25] beside [TRUE]: the server says stale=true => nonce=\"n\", nc=00000001\n"},
        {counting({"00000001"}, asked + ", stale=false"), ""},
        {counting({"00000001"}, "Bearer, Digest realm=\"r\", stale=true"),
         "certain stale-at-once [n#13] beside [true]: the server calls a nonce stale that it has only just sent\n"},
        {refused("Digest " + members + counted, asked + ", stale=true"),
         "certain stale-nonce [n#5] beside [true]: the server says stale=true => nonce=\"n\", nc=00000001\n"},
        {refused(with_other("nonce=\"n\", ", ""), asked + ", stale=true"),
         "certain member-missing [Authorization] beside [n#13]: nonce is missing => nonce=\"n\"\n"
         "certain stale-nonce [Authorization] beside [true]: the server says stale=true => nonce=\"n\", nc=00000001\n"},
    });
}

TEST(why_digest, targets) {
    const auto sent_to = [](const std::string& target, const std::string& uri) {
        return get("/", "a.example") + challenge(asked) +
               get(target, "a.example", with(with_other("uri=\"/\"", "uri=\"" + uri + "\""))) + challenge(asked);
    };
    expect_of_members({
        {sent_to("/a?b", "/a"),
         "certain other-uri [/a#2] beside [/a?b]: uri lacks the query of the request target => "
         "uri=\"/a?<redacted>\"\n"},
        {sent_to("/a", "/a?b"),
         "certain other-uri [/a?b] beside [/a]: uri has a query, and the request target has none => uri=\"/a\"\n"},
        {sent_to("/a?c", "/b"),
         "certain other-uri [/b] beside [/a?c]: uri is not the request target => uri=\"/a?<redacted>\"\n"},
        {sent_to("/a", "http://a.example/a"),
         "likely other-uri [http://a.example/a] beside [/a]: uri is a whole URI, and the request target is a path => "
         "uri=\"/a\"\n"},
        {sent_to("/", "http://a.example"),
         "likely other-uri [http://a.example] beside [/#4]: uri is a whole URI, and the request target is a path => "
         "uri=\"/\"\n"},
        {sent_to("/a", "http://a.example/b"),
         "certain other-uri [http://a.example/b] beside [/a]: uri is not the request target => uri=\"/a\"\n"},
        {sent_to("/a", "/http://a.example/a"),
         "certain other-uri [/http://a.example/a] beside [/a]: uri is not the request target => uri=\"/a\"\n"},
        {sent_to("http://a.example/a", "/a"), ""},
        {sent_to("http://a.example", "/"), ""},
        {sent_to("http://a.example/a", "http://a.example/b"),
         "certain other-uri [http://a.example/b] beside [http://a.example/a]: uri is not the request target => "
         "uri=\"http://a.example/a\"\n"},
        {sent_to("/%61", "/a"),
         "likely other-uri [/a] beside [/%61]: uri differs from the request target only in its percent-encoding => "
         "uri=\"/%61\"\n"},
        {sent_to("/A", "/a"),
         "certain other-uri [/a] beside [/A]: uri differs from the request target only in case => uri=\"/A\"\n"},
        {sent_to("/a", "/b"), "certain other-uri [/b] beside [/a]: uri is not the request target => uri=\"/a\"\n"},
        {sent_to("/a?token=secret", "/b"),
         "certain other-uri [/b] beside [/a?token=secret]: uri is not the request target => "
         "uri=\"/a?token=<redacted>\"\n"},
    });
}

TEST(why_digest, which_challenge_was_answered) {
    const std::string md5 = "Digest realm=\"r\", nonce=\"n\", opaque=\"o\", qop=\"auth\"";
    const std::string sha = "Digest realm=\"r\", nonce=\"n\", opaque=\"p\", qop=\"auth\", algorithm=SHA-256";
    const std::string mine = "Digest " + members + counted;
    const auto before = [&](const std::string& value, const std::string& credentials) {
        return get("/", "a.example") + challenge(value) + refused(credentials, md5);
    };
    expect_of_members({
        {before(sha + ", " + md5, mine), ""},
        {before(md5 + ", " + sha, mine), ""},
        {before(sha + ", " + md5, with_other("qop=auth", "qop=auth, algorithm=sha-256")),
         "certain other-opaque [o#16] beside [p#3]: opaque is not that of the challenge => opaque=\"p\"\n"
         "certain wrong-hash [0123456789abcdef0123456789abcdef]: response has 32 digits, and a hash of SHA-256 has "
         "64\n"},
        {before("Digest realm=\"x\", nonce=\"m\", opaque=\"p\", qop=\"auth\", " + md5, mine), ""},
        {before("Digest realm=\"x\", nonce=\"n\", opaque=\"p\", qop=\"auth\", Digest realm=\"r\", nonce=\"m\", "
                "qop=\"auth\"",
                mine),
         "certain other-realm [r#7] beside [x#2]: realm is not that of the challenge => realm=\"x\"\n"
         "certain other-opaque [o#13] beside [p#3]: opaque is not that of the challenge => opaque=\"p\"\n"},
        {before("Digest realm=\"r\", nonce=\"m\", opaque=\"p\", qop=\"auth\", Digest realm=\"x\", nonce=\"k\", "
                "qop=\"auth\"",
                mine),
         "likely other-nonce [n#13] beside [m#3]: the server sent other nonces, and not this one => nonce=\"m\"\n"},
        {before("Digest realm=\"x\", nonce=\"m\", opaque=\"p\", qop=\"auth\", algorithm=SHA-256, Digest realm=\"y\", "
                "nonce=\"k\", qop=\"auth\"",
                mine),
         "certain other-realm [r#7] beside [y]: realm is not that of the challenge => realm=\"y\"\n"
         "likely other-nonce [n#13] beside [k]: the server sent other nonces, and not this one => nonce=\"k\"\n"},
        {before("Digest realm=\"x\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256, Digest realm=\"r\", nonce=\"m\", "
                "qop=\"auth\"",
                mine),
         "certain other-realm [r#8] beside [x#2]: realm is not that of the challenge => realm=\"x\"\n"
         "certain other-algorithm [Authorization] beside [SHA-256]: algorithm is missing, so it is MD5, and the "
         "challenge has another one => algorithm=SHA-256\n"
         "possible other-opaque [o#13]: the credentials have opaque, and the challenge has none => no opaque\n"},
        {before("Bearer, " + md5, mine), ""},
        {before("Bearer", mine), ""},
    });
}

}  // namespace
}  // namespace authgrammar::audit
