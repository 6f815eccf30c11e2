// What is found out of a message before any rule is asked: exactly which facts hold. One too few and a finding is lost; one too
// many costs time for every message, and no other test sees it.

#include "exchange.hpp"

#include "rules/subject.hpp"

#include <authgrammar/audit/conversation.hpp>

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace {

using namespace authgrammar::audit;

const std::vector<std::pair<fact_set, const char*>> names{
    {fact::request, "request"},
    {fact::bare, "bare"},
    {fact::status_401, "status_401"},
    {fact::status_407, "status_407"},
    {fact::status_403, "status_403"},
    {fact::challenging, "challenging"},
    {fact::success, "success"},
    {fact::error_status, "error_status"},
    {fact::framing, "framing"},
    {fact::unreadable, "unreadable"},
    {fact::uris, "uris"},
    {fact::cors, "cors"},
    {fact::challenges, "challenges"},
    {fact::credentials, "credentials"},
    {fact::info, "info"},
    {fact::misdirected, "misdirected"},
    {fact::several_lines, "several_lines"},
    {fact::odd_lines, "odd_lines"},
    {fact::rest_of_line, "rest_of_line"},
    {fact::odd_octets, "odd_octets"},
    {fact::empty_field, "empty_field"},
    {fact::invalid, "invalid"},
    {fact::slips, "slips"},
    {fact::untidy, "untidy"},
    {fact::digest_faults, "digest_faults"},
    {fact::dpop, "dpop"},
    {fact::connection_scheme, "connection_scheme"},
    {fact::error_scheme, "error_scheme"},
    {fact::unknown_scheme, "unknown_scheme"},
    {fact::misplaced_scheme, "misplaced_scheme"},
    {fact::scheme_twice, "scheme_twice"},
    {fact::repeated_param, "repeated_param"},
    {fact::undefined_param, "undefined_param"},
    {fact::basic_fault, "basic_fault"},
    {fact::violations, "violations"},
    {fact::answer, "answer"},
    {fact::tried, "tried"},
    {fact::unsecured, "unsecured"},
    {fact::noted, "noted"},
    {fact::digest_md5, "digest_md5"},
    {fact::refusal_param, "refusal_param"},
    {fact::uri_param, "uri_param"},
};

/// Each part has what the table of schemes says of its parameters.
void expect_rows_of_parts(const subject& s) {
    for (const scheme_part& p : s.parts()) {
        const authgrammar::auth_params params = p.part.params();
        ASSERT_EQ(p.rows.size(), params.size());
        std::size_t i = 0;
        for (const authgrammar::auth_param given : params) {
            const authgrammar::schemes::parameter_description* const row =
                p.scheme == nullptr ? nullptr
                                    : authgrammar::schemes::find_parameter(*p.scheme, authgrammar::kind_of(p.in.name()),
                                                                           given.name.raw());
            EXPECT_EQ(p.rows[i++], row) << given.name.raw();
        }
    }
}

/// The facts of the last message of an input.
std::string facts_of(const std::string& input) {
    fact_set known = 0;
    conversation all;
    for (const message& m : read_messages(input)) {
        const auto fields = read_fields(m);
        const circumstances around = all.next(m, fields);
        const subject s(m, fields, around);
        known = s.known();
        expect_rows_of_parts(s);
    }
    std::string out;
    for (const auto& [fact, name] : names) {
        if ((known & fact) != 0) out += (out.empty() ? "" : " ") + std::string(name);
        known &= ~fact;
    }
    EXPECT_EQ(known, 0U) << "facts without a name";
    return out;
}

struct expected_facts {
    std::string input;
    const char* facts;
};

std::string get(const std::string& target, const std::string& lines = "") {
    return "GET " + target + " HTTP/1.1\r\nHost: h\r\n" + lines + "\r\n";
}
std::string answer(int status, const std::string& lines = "") {
    return "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Length: 0\r\n" + lines + "\r\n";
}
std::string www(const std::string& value) { return "WWW-Authenticate: " + value + "\r\n"; }
std::string credentials(const std::string& value) { return "Authorization: " + value + "\r\n"; }

/// Credentials of Digest that nothing is to be said of, but for one parameter.
std::string digest_but(const std::string& name, const std::string& with) {
    std::string out = "Digest realm=\"r\", nonce=\"n\", qop=auth, cnonce=\"c\"";
    for (const auto& [usual, value] : {std::pair<std::string, std::string>{"username", "\"u\""},
                                       {"uri", "\"/\""},
                                       {"nc", "00000001"},
                                       {"algorithm", "MD5"},
                                       {"response", "\"0123456789abcdef0123456789abcdef\""}}) {
        if (name != usual) out += ", " + usual + "=" + value;
    }
    return credentials(out + (with.empty() ? "" : ", " + with));
}
std::string digest_challenge(const std::string& more) {
    return www("Digest realm=\"r\", nonce=\"n\", qop=\"auth\"" + more);
}
std::string info(const std::string& value) { return "Authentication-Info: " + value + "\r\n"; }

const expected_facts table[] = {
    {get("/"), "request"},
    {get("/?a"), "request uris"},
    {get("*"), "request uris noted"},
    {get("http://h/"), "request uris unsecured"},
    {get("/", "Referer: /\r\n"), "request uris"},
    {answer(200, "Location: /\r\n"), "success uris"},
    {answer(200, "Content-Location: /\r\n"), "success uris"},
    {"X: y\r\n", "bare"},
    {"SIP/2.0 401 X\r\n", "bare framing"},
    {answer(199), ""},
    {answer(200), "success"},
    {answer(299), "success"},
    {answer(300), ""},
    {answer(399), ""},
    {answer(400), "error_status"},
    {answer(401), "status_401 challenging error_status"},
    {answer(403), "status_403 error_status"},
    {answer(407), "status_407 challenging error_status"},
    {answer(500), "error_status"},
    {"HTTP/1.1 200 X\r\nContent-Length: 1\r\n\r\nabc\r\n", "success framing"},
    {"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\n\r\n", "bare framing"},
    {get("/", "stray\r\n"), "request unreadable"},
    {answer(200, "Access-Control-Allow-Origin: *\r\n"), "success cors"},
    {get("/") + answer(200), "success answer"},
    {get("http://h/") + answer(200), "success answer unsecured"},
    {"GET https://h/ HTTP/1.1\r\n\r\n" + answer(200), "success answer"},
    {get("/", "Access-Control-Request-Method: GET\r\nAccess-Control-Request-Headers: authorization\r\n") + answer(200),
     "success answer"},
    {get("/", credentials("Basic dTpw")), "request credentials"},
    {get("http://h/", credentials("Basic dTpw")), "request uris credentials unsecured"},
    {get("/", credentials("Basic dTpw")) + answer(200), "success answer tried"},
    {get("http://h/", "Proxy-Authorization: Basic dTpw\r\n") + answer(200), "success answer tried unsecured"},
    {get("/", credentials("Basic dTpw")) + answer(401, www("Basic realm=\"x\"")),
     "status_401 challenging error_status challenges answer tried noted"},
    {get("/", credentials("Basic dT")), "request credentials basic_fault"},
    {get("/", credentials("Basic")), "request credentials digest_faults violations"},
    {get("/", credentials("Foo dT")), "request credentials unknown_scheme"},
    {get("/", credentials("Bearer t")), "request credentials"},
    {get("/", credentials("DPoP t")), "request credentials dpop misplaced_scheme"},
    {get("/", credentials("NTLM TlRMTVNTUAABAAAAB4IIAA==")), "request credentials connection_scheme"},
    {get("/", credentials("Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"/\", qop=auth, nc=00000001, "
                          "cnonce=\"c\", response=\"0\"")),
     "request credentials digest_faults"},
    {get("/", credentials("Digest username=\"u\", x=y")),
     "request credentials digest_faults undefined_param violations"},
    {get("/", credentials("Digest username=\"u\", username=\"u\"")),
     "request credentials digest_faults repeated_param undefined_param violations"},
    {get("/", digest_but("", "")), "request credentials"},
    {get("/", digest_but("algorithm", "")), "request credentials"},
    {get("/", digest_but("algorithm", "algorithm=\"MD5\"")),
     "request credentials slips untidy digest_faults violations"},
    {get("/", digest_but("algorithm", "algorithm=SHA-256")), "request credentials digest_faults"},
    {get("/", digest_but("algorithm", "algorithm=SHA-1")), "request credentials digest_faults"},
    {get("/", digest_but("username", "")), "request credentials digest_faults"},
    {get("/", digest_but("username", "username*=UTF-8''u")), "request credentials digest_faults"},
    {get("/", digest_but("", "username*=UTF-8''u")), "request credentials digest_faults"},
    {get("/", digest_but("", "userhash=true")), "request credentials"},
    {get("/", digest_but("nc", "nc=00000000")), "request credentials digest_faults"},
    {get("/", digest_but("uri", "uri=\"/a\"")), "request credentials digest_faults"},
    {digest_but("uri", "uri=\"/a\""), "bare credentials"},
    {get("/", digest_but("response", "response=\"0123456789ABCDEF0123456789abcdef\"")),
     "request credentials digest_faults"},
    {digest_challenge(", algorithm=SHA-256"), "bare challenges"},
    {digest_challenge(""), "bare challenges digest_md5"},
    {digest_challenge(", algorithm=MD5-sess"), "bare challenges digest_md5"},
    {digest_challenge(", algorithm=SHA-1"), "bare challenges digest_faults"},
    {digest_challenge(", algorithm=SHA-256, domain=\"/a http://h/\""), "bare challenges"},
    {digest_challenge(", algorithm=SHA-256, domain=\"/a b\""), "bare challenges digest_faults"},
    {info("rspauth=\"0123456789abcdef0123456789abcdef\", qop=auth, cnonce=\"c\", nc=00000001"), "bare info"},
    {info("rspauth=\"0123456789abcdef0123456789abcdef\", qop=auth, cnonce=\"c\""), "bare info digest_faults"},
    {info("rspauth=\"0123456789abcdef0123456789abcdef\", qop=auth, nc=00000001"), "bare info digest_faults"},
    {info("qop=auth, cnonce=\"c\", nc=00000001"), "bare info digest_faults"},
    {info("rspauth=\"0123456789ABCDEF0123456789abcdef\""), "bare info digest_faults"},
    {info("rspauth=\"0123456789abcdef\""), "bare info digest_faults"},
    {get("/", credentials("@")), "request credentials invalid untidy"},
    {get("/", credentials("Foo a=1, A=2")), "request credentials unknown_scheme repeated_param"},
    {get("/", credentials("Foo a=1, b=2")), "request credentials unknown_scheme"},
    {get("/", credentials("Foo a1=1,a2=1,a3=1,a4=1,a5=1,a6=1,a7=1,a8=1,a9=1,b1=1,b2=1,b3=1,b4=1,b5=1,b6=1,b7=1")),
     "request credentials unknown_scheme"},
    {get("/", credentials("Foo a1=1,a2=1,a3=1,a4=1,a5=1,a6=1,a7=1,a8=1,a9=1,b1=1,b2=1,b3=1,b4=1,b5=1,b6=1,b7=1,b8=1")),
     "request credentials unknown_scheme repeated_param"},
    {get("/", credentials("Basic dTpw") + credentials("Basic dTpw")),
     "request credentials several_lines invalid untidy scheme_twice"},
    {get("/", www("Basic realm=\"x\"")), "request challenges misdirected"},
    {www("Basic realm=\"x\""), "bare challenges"},
    {credentials("Basic dTpw"), "bare credentials"},
    {"Authentication-Info: nextnonce=\"x\"\r\n", "bare info"},
    {"Authentication-Info: nextnonce=\"x\", nextnonce=\"y\"\r\n", "bare info repeated_param"},
    {answer(200, "Authentication-Info: nextnonce=\"x\"\r\n"), "success info"},
    {answer(200, credentials("Basic dTpw")), "success credentials misdirected"},
    {www(""), "bare challenges empty_field"},
    {www(","), "bare challenges empty_field slips untidy"},
    {www("Basic"), "bare challenges digest_faults violations"},
    {www("Basic realm=\"x\","), "bare challenges slips untidy"},
    {www("Basic realm=x"), "bare challenges slips untidy"},
    {www("Basic realm=\"x\", Bearer realm=\"x\""), "bare challenges error_scheme"},
    {www("Basic realm=\"x\", basic realm=\"x\""), "bare challenges scheme_twice"},
    {www("Basic realm=\"x\"") + www("Basic realm=\"x\""), "bare challenges several_lines scheme_twice"},
    {www("Basic realm=\"x\"") + www(""), "bare challenges several_lines untidy"},
    {www("Basic realm=\"x\"") + www(",Bearer realm=\"x\""), "bare challenges several_lines slips untidy error_scheme"},
    {www("Basic realm=\"x\"") + www("charset=\"UTF-8\""), "bare challenges several_lines untidy"},
    {www("Basic realm=\"x\"") + "Proxy-Authenticate: Basic realm=\"x\"\r\n", "bare challenges"},
    {www("Foo, Foo"), "bare challenges unknown_scheme"},
    {www("Negotiate"), "bare challenges connection_scheme misplaced_scheme"},
    {www("Concealed a=b"), "bare challenges misplaced_scheme undefined_param"},
    {"Proxy-Authenticate: Bearer realm=\"x\"\r\n", "bare challenges error_scheme"},
    {www("Bearer error=\"invalid_token\""), "bare challenges error_scheme refusal_param"},
    {www("Bearer ERROR_DESCRIPTION=\"x\""), "bare challenges error_scheme refusal_param"},
    {www("Bearer error_uri=\"x\""), "bare challenges error_scheme refusal_param uri_param"},
    {www("Bearer resource_metadata=\"x\""), "bare challenges error_scheme uri_param"},
    {www("Bearer x=\"y\""), "bare challenges digest_faults error_scheme undefined_param violations uri_param"},
    {www("Basic error=\"x\""), "bare challenges digest_faults undefined_param violations"},
    {"Proxy-Authenticate: Negotiate\r\n", "bare challenges connection_scheme misplaced_scheme"},
    {www("vapid k=\"BAAA\""), "bare challenges misplaced_scheme undefined_param"},
    {www("Basic realm=\"x\", foo=bar"), "bare challenges undefined_param"},
    {www("Basic realm=\"x\", realm=\"y\""), "bare challenges repeated_param undefined_param"},
    {www("Basic realm=\"\\x\""), "bare challenges odd_octets"},
    {www("Basic realm=\"01234567\\x\""), "bare challenges odd_octets"},
    {www("Basic realm=\"\xC3\xA9\""), "bare challenges odd_octets"},
    {www("Basic realm=\"0123456789\xC3\xA9\""), "bare challenges odd_octets"},
    {www("Basic realm=\"\x7F\""), "bare challenges invalid untidy"},
    {www("Basic realm=\"x[]^_`\""), "bare challenges"},
    {www("Basic realm=\"01234567[\""), "bare challenges"},
    {"X: \\\xC3\r\n", "bare"},
    {www("Basic realm=\"x\",\r\n Bearer realm=\"y\""), "bare challenges odd_lines error_scheme"},
    {"WWW-Authenticate : Basic realm=\"x\"\r\n", "bare challenges odd_lines"},
    {www("Basic realm=\"x\"") + "stray\r\n", "bare unreadable challenges rest_of_line"},
    {"X: y\r\nstray\r\n", "bare unreadable"},
    {get("/") + answer(403), "status_403 error_status answer"},
    {get("/a") + answer(401, www("Basic realm=\"a\"")) + get("/b") + answer(401, www("Basic realm=\"b\"")),
     "status_401 challenging error_status challenges answer noted"},
    {get("/", "Cache-Control: x\r\n" + credentials("Basic dTpw")) + answer(200, "Cache-Control: public\r\n"),
     "success answer tried noted"},
    {"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "request noted"},
    {get("/") + answer(302, "Location: https://[x/\r\n"), "uris answer noted"},
    {get("/") + "Accept: x\r\n\r\n", "bare noted"},
    {get("/", credentials("@")) + answer(500), "error_status answer noted"},
    {get("/", credentials("Basic dTpw")) + answer(401, www("Basic realm=\"x\"")) + get("/", credentials("Basic dTpw")),
     "request credentials noted"},
    {get("/", credentials("Basic dTpw")) + answer(302, "Location: http://g/\r\n") + "GET / HTTP/1.1\r\nHost: g\r\n" +
         credentials("Basic dTpw") + "\r\n",
     "request credentials unsecured noted"},
    {get("http://h/a", "Proxy-Authorization: Basic dTpw\r\n") + answer(200) + get("http://h/b") +
         answer(407, "Proxy-Authenticate: Basic realm=\"x\"\r\n"),
     "status_407 challenging error_status challenges answer unsecured noted"},
    {"GET https://a.test/ HTTP/1.1\r\n\r\n" +
         answer(401,
                www("Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256, domain=\"https://b.test/\"")),
     "status_401 challenging error_status challenges answer noted"},
    {"CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\nHTTP/1.1 200 X\r\n\r\n" + get("/"), "request noted"},
    {get("/") +
         answer(401,
                www("Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256") + www("Basic realm=\"r\"")) +
         get("/", credentials("Basic dTpw")),
     "request credentials noted"},
    {get("/") + answer(401, www("Basic realm=\"r\", charset=\"UTF-8\"")) + get("/", credentials("Basic dTpw")),
     "request credentials noted"},
    {get("/") + answer(401, www("NTLM")) + get("/", credentials("NTLM TlRMTVNTUAADAAAAAAAAAA==")),
     "request credentials connection_scheme noted"},
    {get("/") + answer(401, www("Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256")) + get("/b") +
         answer(401, www("Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256")),
     "status_401 challenging error_status challenges answer noted"},
    {"OPTIONS / HTTP/1.1\r\nHost: h\r\nOrigin: x\r\nAccess-Control-Request-Method: "
     "GET\r\nAccess-Control-Request-Headers: authorization\r\n\r\n" +
         answer(200),
     "success cors answer"},
    {www("Basic realm=\"x\ry\""), "bare challenges odd_octets invalid untidy"},
    {www("Basic realm=\"01234567890\ry\""), "bare challenges odd_octets invalid untidy"},
    {www("Basic realm=\"" + std::string(65522, 'x') + "\""), "bare challenges"},
    {www("Basic realm=\"" + std::string(65523, 'x') + "\""), "bare challenges untidy"},
    {www("Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256, opaque=\"o\", stale=true, charset=UTF-8, "
         "userhash=true, domain=\"/\""),
     "bare challenges"},
    {www("Basic realm=" + std::string(70000, 'x')), "bare challenges untidy"},
    {www("Basic abc"), "bare challenges digest_faults violations"},
};

TEST(facts, are_exactly_these) {
    for (const expected_facts& each : table) EXPECT_EQ(facts_of(each.input), each.facts) << each.input;
}

}  // namespace
