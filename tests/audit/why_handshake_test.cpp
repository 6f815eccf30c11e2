// Handshakes of Negotiate and NTLM that were refused: each case with all that is said of it.

#include "explained.hpp"
#include "octets.hpp"

#include "why/gss_token.hpp"

namespace authgrammar::audit {
namespace {

using namespace testing;

std::string ntlm(int type) { return "NTLM " + base64(ntlm_message(type)); }
std::string negotiate(const std::string& token) { return "Negotiate " + base64(token); }
std::string ticket_for(const std::string& host) {
    return negotiate(negotiation_init(kerberos_frame(kerberos_request(host))));
}
std::string refusing(int code) { return negotiate(negotiation_answer(2, kerberos_frame(kerberos_error(code)))); }

/// Credentials, and what the server answers to them.
std::string leg(const std::string& credentials, const std::string& value, const std::string& more = "",
                const std::string& host = "a.example") {
    return get("/", host, with(credentials)) + answer(401, "WWW-Authenticate: " + value + "\r\n" + more);
}

/// What is said, without the tokens.
void expect_of_legs(const std::vector<explanation>& all) {
    for (const explanation& each : all) {
        std::string said = last_explained(each.input);
        for (const char* const start : {"[TlR", "[Y", "[oR"}) {
            for (std::size_t at = said.find(start); at != std::string::npos; at = said.find(start)) {
                said.replace(at, said.find_first_of("#]", at) - at, "[token");
            }
        }
        EXPECT_EQ(said, each.said) << each.input;
    }
}

TEST(why_handshake, tokens_that_cannot_be_read) {
    expect_of_legs({
        {leg("NTLM abc", "NTLM"),
         "certain not-base64 [abc]: the token is not base64 => NTLM, and the token of the client in base64\n"},
        {leg("NTLM abcd", "NTLM"),
         "certain not-base64 [abcd]: the token is not a message of NTLM => NTLM, and the token of the client in "
         "base64\n"},
        {leg("NTLM " + base64(ntlm_message(2)), "NTLM"),
         "certain not-base64 [token]: the token is not a message of NTLM => NTLM, and the token of the client in "
         "base64\n"},
        {leg("Negotiate abc", "Negotiate"),
         "certain not-base64 [abc]: the token is not base64 => Negotiate, and the token of the client in base64\n"},
        {leg("Negotiate abcd", "Negotiate"),
         "likely ticket-refused [abcd]: the server does not accept the client's message\n"
         "missing password\n"},
    });
}

TEST(why_handshake, ntlm) {
    const std::string close = "Connection: close\r\n";
    const std::string begin = leg(ntlm(1), ntlm(2));
    expect_of_legs({
        {begin,
         "likely handshake-unfinished [token]: the server goes on with its part of the handshake, and no further "
         "request does\n"},
        {leg(ntlm(1), "NTLM"),
         "likely ticket-refused [token]: the server does not accept the client's message\n"
         "missing password\n"},
        {leg(ntlm(3), "NTLM"),
         "likely ticket-refused [token]: the server does not accept user and password\n"
         "missing password\n"},
        {leg(ntlm(3), "Bearer"),
         "certain scheme-not-offered [NTLM] beside [WWW-Authenticate]: the credentials are for NTLM, and the challenge "
         "offers Bearer => credentials for Bearer\n"},
        {begin + leg(ntlm(3), "NTLM"),
         "likely ticket-refused [token]: the server does not accept user and password\n"
         "missing password\n"},
        {begin + leg(ntlm(1), "NTLM"),
         "certain handshake-restarted [token#2]: the server sent its part of the handshake, and the client begins "
         "again => the message that answers the server's, on the same connection\n"},
        {begin + leg(ntlm(1), ntlm(2)),
         "likely handshake-unfinished [token#2]: the server goes on with its part of the handshake, and no further "
         "request does\n"},
        {leg(ntlm(1), ntlm(2), close),
         "certain connection-closed [token] beside [Connection: close]: the response closes the connection, and the "
         "handshake needs it => a connection that stays open\n"
         "likely handshake-unfinished [token]: the server goes on with its part of the handshake, and no further "
         "request does\n"},
        {leg(ntlm(1), "NTLM", close),
         "certain connection-closed [token] beside [Connection: close]: the response closes the connection, and the "
         "handshake needs it => a connection that stays open\n"
         "likely ticket-refused [token]: the server does not accept the client's message\n"
         "missing password\n"},
        {leg(ntlm(3), "NTLM", close),
         "likely ticket-refused [token]: the server does not accept user and password\n"
         "missing password\n"},
        {get("/", "a.example", with(ntlm(1)) + close) + challenge("NTLM"),
         "certain connection-closed [token] beside [Connection: close]: the request closes the connection, and the "
         "handshake needs it => a connection that stays open\n"
         "likely ticket-refused [token]: the server does not accept the client's message\n"
         "missing password\n"},
        {get("/", "a.example", with(ntlm(1)) + close) + answer(401, "WWW-Authenticate: NTLM\r\n" + close),
         "certain connection-closed [token] beside [Connection: close]: the request closes the connection, and the "
         "handshake needs it => a connection that stays open\n"
         "likely ticket-refused [token]: the server does not accept the client's message\n"
         "missing password\n"},
        {leg(ntlm(1), ntlm(2), close) + leg(ntlm(3), "NTLM"),
         "certain connection-closed [token] beside [Connection: close]: the response before closes the connection, and "
         "the handshake needs it => a connection that stays open\n"
         "likely ticket-refused [token]: the server does not accept user and password\n"
         "missing password\n"},
        {get("/", "a.example", with(ntlm(1)) + close) + challenge(ntlm(2)) + leg(ntlm(3), "NTLM"),
         "certain connection-closed [token] beside [Connection: close]: the request before closes the connection, and "
         "the handshake needs it => a connection that stays open\n"
         "likely ticket-refused [token]: the server does not accept user and password\n"
         "missing password\n"},
        {begin + get("/", "a.example", with(ntlm(3)) + close) + challenge("NTLM"),
         "likely ticket-refused [token]: the server does not accept user and password\n"
         "missing password\n"},
        {leg(ntlm(1), "NTLM", close) + leg(ntlm(1), "NTLM"),
         "likely ticket-refused [token#2]: the server does not accept the client's message\n"
         "missing password\n"},
        // The scheme in another case; another scheme between.
        {leg("ntlm " + base64(ntlm_message(1)), "NTLM " + base64(ntlm_message(2))) + leg(ntlm(1), "NTLM"),
         "certain handshake-restarted [token#2]: the server sent its part of the handshake, and the client begins "
         "again => the message that answers the server's, on the same connection\n"},
        {begin + leg("Basic dTpw", "Basic realm=\"r\"") + leg(ntlm(1), "NTLM"),
         "likely ticket-refused [token#2]: the server does not accept the client's message\n"
         "missing password\n"},
    });
}

TEST(why_handshake, http_2_and_proxies) {
    const auto over = [](const std::string& request, const std::string& response, const std::string& lines = "") {
        return "GET / " + request + "\r\nHost: a.example\r\n" + with(ntlm(3)) + "\r\n" + response +
               " 401 X\r\nContent-Length: 0\r\nWWW-Authenticate: NTLM\r\n" + lines + "\r\n";
    };
    expect_of_legs({
        {over("HTTP/2", "HTTP/2"),
         "certain handshake-over-http2 [token]: NTLM is used over HTTP/2 => HTTP/1.1\n"
         "likely ticket-refused [token]: the server does not accept user and password\n"
         "missing password\n"},
        {over("HTTP/3", "HTTP/1.1"),
         "certain handshake-over-http2 [token]: NTLM is used over HTTP/3 => HTTP/1.1\n"
         "likely ticket-refused [token]: the server does not accept user and password\n"
         "missing password\n"},
        {over("HTTP/1.1", "HTTP/2.0"),
         "certain handshake-over-http2 [token]: NTLM is used over HTTP/2.0 => HTTP/1.1\n"
         "likely ticket-refused [token]: the server does not accept user and password\n"
         "missing password\n"},
        {over("HTTP/1.1", "HTTP/1.1", "Via: 1.1 p\r\n"),
         "likely handshake-through-proxy [token] beside [Via]: the messages went through a proxy => a tunnel, which "
         "gives the client a connection of its own\n"
         "possible ticket-refused [token]: the server does not accept user and password\n"
         "missing password\n"},
        {get("/", "a.example", with(ntlm(3)) + "Via: 1.1 p\r\n") + challenge("NTLM"),
         "likely handshake-through-proxy [token] beside [Via]: the messages went through a proxy => a tunnel, which "
         "gives the client a connection of its own\n"
         "possible ticket-refused [token]: the server does not accept user and password\n"
         "missing password\n"},
        {get("/", "a.example", with(ntlm(3)) + "Via: 1.1 p\r\n") +
             answer(401, "Via: 1.1 q\r\nWWW-Authenticate: NTLM\r\n"),
         "likely handshake-through-proxy [token] beside [Via#2]: the messages went through a proxy => a tunnel, which "
         "gives the client a connection of its own\n"
         "possible ticket-refused [token]: the server does not accept user and password\n"
         "missing password\n"},
        {get("http://a.example/", "a.example", "Via: 1.1 p\r\nProxy-" + with(ntlm(3))) +
             answer(407, "Proxy-Authenticate: NTLM\r\n"),
         "likely ticket-refused [token] of Proxy-Authorization: the server does not accept user and password\n"
         "missing password\n"},
    });
}

TEST(why_handshake, tickets) {
    expect_of_legs({
        {leg(ticket_for("a.example"), "Negotiate"),
         "likely ticket-refused [token]: the server does not accept the ticket\n"
         "missing clock\n"},
        {leg(ticket_for("A.example:80"), "Negotiate"),
         "likely ticket-refused [token]: the server does not accept the ticket\n"
         "missing clock\n"},
        {leg(ticket_for("b.example"), "Negotiate"),
         "likely wrong-service [token]: the ticket is for a host other than a.example => a ticket for HTTP/a.example\n"
         "possible ticket-refused [token]: the server does not accept the ticket\n"
         "missing clock\n"},
        {leg(ticket_for("b.example"), "Negotiate", "", ""),
         "likely ticket-refused [token]: the server does not accept the ticket\n"
         "missing clock\n"},
        {leg(ticket_for("b.example"), "Bearer"),
         "certain scheme-not-offered [Negotiate] beside [WWW-Authenticate]: the credentials are for Negotiate, and the "
         "challenge offers Bearer => credentials for Bearer\n"},
        {leg(negotiate(negotiation_init(ntlm_message(1))), "Negotiate"),
         "likely no-ticket [token]: the token is NTLM, not Kerberos => a ticket for HTTP/a.example\n"
         "possible ticket-refused [token]: the server does not accept the client's message\n"
         "missing password\n"},
        {leg(negotiate(ntlm_message(1)), "Negotiate"),
         "likely no-ticket [token]: the token is NTLM, not Kerberos => a ticket for HTTP/a.example\n"
         "possible ticket-refused [token]: the server does not accept the client's message\n"
         "missing password\n"},
        {leg(negotiate(ntlm_message(3)), "Negotiate"),
         "likely ticket-refused [token]: the server does not accept user and password\n"
         "missing password\n"},
        {leg(negotiate(ntlm_message(1)), "Negotiate", "", "192.0.2.1:80"),
         "likely no-ticket [token]: the token is NTLM, not Kerberos: the host is an address, and there are no tickets "
         "for those => a ticket for HTTP/192.0.2.1\n"
         "possible ticket-refused [token]: the server does not accept the client's message\n"
         "missing password\n"},
        {leg(negotiate(ntlm_message(1)), "Negotiate", "", "[::1]:80"),
         "likely no-ticket [token]: the token is NTLM, not Kerberos: the host is an address, and there are no tickets "
         "for those => a ticket for HTTP/[::1]\n"
         "possible ticket-refused [token]: the server does not accept the client's message\n"
         "missing password\n"},
        {leg(negotiate(ntlm_message(1)), "Negotiate", "", ""),
         "likely no-ticket [token]: the token is NTLM, not Kerberos => a ticket for HTTP and the name of the host\n"
         "possible ticket-refused [token]: the server does not accept the client's message\n"
         "missing password\n"},
        {leg(negotiate(negotiation_init("x")), "Negotiate", "", "192.0.2.1"),
         "likely wrong-service [token]: the host is an address, and services are registered by name => a host name "
         "that has an SPN\n"
         "possible ticket-refused [token]: the server does not accept the client's message\n"
         "missing password\n"},
        {leg(ticket_for("b.example"), "Negotiate", "", "192.0.2.1"),
         "likely wrong-service [token]: the ticket is for a host other than 192.0.2.1 => a ticket for HTTP/192.0.2.1\n"
         "possible ticket-refused [token]: the server does not accept the ticket\n"
         "missing clock\n"},
        {leg(ticket_for("192.0.2.1"), "Negotiate", "", "192.0.2.1"),
         "likely ticket-refused [token]: the server does not accept the ticket\n"
         "missing clock\n"},
        {leg(negotiate(negotiation_init("x")), "Negotiate", "", "192.0.2.1x"),
         "likely ticket-refused [token]: the server does not accept the client's message\n"
         "missing password\n"},
        {get("/", "a.example", "Proxy-" + with(ticket_for("b.example"))) +
             answer(407, "Proxy-Authenticate: Negotiate\r\n"),
         "likely ticket-refused [token] of Proxy-Authorization: the server does not accept the ticket\n"
         "missing clock\n"},
        {get("/", "a.example", "Proxy-" + with(negotiate(ntlm_message(1)))) +
             answer(407, "Proxy-Authenticate: Negotiate\r\n"),
         "likely no-ticket [token] of Proxy-Authorization: the token is NTLM, not Kerberos => a ticket for HTTP and "
         "the name of the host\n"
         "possible ticket-refused [token] of Proxy-Authorization: the server does not accept the client's message\n"
         "missing password\n"},
        {leg(ticket_for("a.example"), negotiate(negotiation_answer(1))) + leg(ticket_for("a.example"), "Negotiate"),
         "certain handshake-restarted [token#2]: the server sent its part of the handshake, and the client begins "
         "again => the message that answers the server's, on the same connection\n"},
        {leg(ticket_for("a.example"), negotiate(negotiation_answer(1))),
         "likely handshake-unfinished [token]: the server goes on with its part of the handshake, and no further "
         "request does\n"},
    });
}

TEST(why_handshake, errors_of_the_mechanism) {
    const std::string mine = ticket_for("a.example");
    expect_of_legs({
        {leg(mine, refusing(37)),
         "certain clock-skew [token]: the server answers with the Kerberos error for clock skew => clocks that differ "
         "by less than five minutes\n"},
        {leg(mine, refusing(32)),
         "certain clock-skew [token]: the server answers that the ticket has expired => a new ticket (kinit), and "
         "clocks that agree\n"},
        {leg(mine, refusing(33)),
         "certain clock-skew [token]: the server answers that the ticket is not valid yet => a new ticket (kinit), and "
         "clocks that agree\n"},
        {leg(mine, refusing(35)),
         "certain wrong-service [token]: the server answers that the ticket is not one for its key => a ticket for "
         "HTTP/a.example\n"},
        {leg(mine, refusing(41)),
         "certain wrong-service [token]: the server answers that the ticket is not one for its key => a ticket for "
         "HTTP/a.example\n"},
        {leg(mine, refusing(7)),
         "certain wrong-service [token]: the server answers that the ticket is not one for its key => a ticket for "
         "HTTP/a.example\n"},
        {leg(mine, refusing(60)),
         "certain ticket-refused [token]: the server answers with an error of its mechanism\n"},
        {leg(ticket_for("b.example"), refusing(60)),
         "certain ticket-refused [token]: the server answers with an error of its mechanism\n"
         "likely wrong-service [token]: the ticket is for a host other than a.example => a ticket for "
         "HTTP/a.example\n"},
        {leg(mine, negotiate(negotiation_answer(2))),
         "certain ticket-refused [token]: the server answers with an error of its mechanism\n"},
        {leg(mine, negotiate(kerberos_frame(kerberos_error(37)))),
         "certain clock-skew [token]: the server answers with the Kerberos error for clock skew => clocks that differ "
         "by less than five minutes\n"},
        {leg(mine, refusing(7), "", ""),
         "certain wrong-service [token]: the server answers that the ticket is not one for its key => a ticket for "
         "HTTP and the name of the host\n"},
        {get("/", "a.example", "Proxy-" + with(mine)) + answer(407, "Proxy-Authenticate: " + refusing(7) + "\r\n"),
         "certain wrong-service [token] of Proxy-Authorization: the server answers that the ticket is not one for its "
         "key => a ticket for HTTP and the name of the host\n"},
    });
}

std::string facts_in(const std::string& token) {
    const gss_facts f = read_gss_token(token);
    std::string out;
    if (f.kerberos) out += "kerberos ";
    if (f.ntlm) out += "ntlm ";
    if (f.rejected) out += "rejected ";
    if (f.kerberos_error) out += "error " + std::to_string(*f.kerberos_error) + " ";
    if (f.host) out += "for " + *f.host;
    return out;
}

TEST(why_handshake, what_tokens_show) {
    const std::string request = kerberos_request("a.example");
    const std::string framed = kerberos_frame(request);
    EXPECT_EQ(facts_in(request), "kerberos for a.example");
    EXPECT_EQ(facts_in(framed), "kerberos for a.example");
    EXPECT_EQ(facts_in(negotiation_init(framed)), "kerberos for a.example");
    EXPECT_EQ(facts_in(negotiation_init(request)), "kerberos for a.example");
    EXPECT_EQ(facts_in(kerberos_error(200)), "kerberos error 200 ");
    EXPECT_EQ(facts_in(kerberos_frame(kerberos_error(37))), "kerberos error 37 ");
    EXPECT_EQ(facts_in(negotiation_answer(2, kerberos_error(37))), "kerberos rejected error 37 ");
    EXPECT_EQ(facts_in(negotiation_answer(0)), "");
    EXPECT_EQ(facts_in(negotiation_answer(1, ntlm_message(2))), "ntlm ");
    EXPECT_EQ(facts_in(negotiation_init(ntlm_message(1))), "ntlm ");
    EXPECT_EQ(facts_in(ntlm_message(1)), "ntlm ");
    EXPECT_EQ(facts_in(std::string("NTLMSSP\0", 8)), "ntlm ");
    EXPECT_EQ(facts_in("NTLMSSP1"), "");
    EXPECT_EQ(facts_in(""), "");
    EXPECT_EQ(facts_in("\x60"), "");
    EXPECT_EQ(facts_in(der(0x60, {})), "");
    EXPECT_EQ(facts_in(der(0x60, {der(6, {"x"}), std::string("\x01\x00", 2)})), "") << "no message";
    EXPECT_EQ(facts_in(der(0x60, {der(6, {"x"}), std::string("\x01", 1)})), "") << "half of what says what follows";
    EXPECT_EQ(facts_in(der(0x60, {der(6, {"x"}), std::string("\x01\x00", 2), der(0x6F, {"y"})})), "");
    EXPECT_EQ(facts_in(der(0x6E, {})), "kerberos ");
    EXPECT_EQ(facts_in(der(0x6F, {})), "");
    // A name of other parts than two general strings.
    const auto named = [](const std::string& names) {
        const std::string name = der(0x30, {der(0xA1, {der(0x30, {names})})});
        return facts_in(der(0x6E, {der(0x30, {der(0xA3, {der(0x61, {der(0x30, {der(0xA2, {name})})})})})}));
    };
    EXPECT_EQ(named(der(0x1B, {"HTTP"}) + der(0x1B, {"h"})), "kerberos for h");
    EXPECT_EQ(named(der(0x1B, {"HTTP"})), "kerberos ");
    EXPECT_EQ(named(der(0x1A, {"HTTP"}) + der(0x1B, {"h"})), "kerberos ");
    EXPECT_EQ(named(der(0x1B, {"HTTP"}) + der(0x1A, {"h"})), "kerberos ");
    EXPECT_EQ(named(""), "kerberos ");
    // An error-code of two octets, or of none.
    const auto coded = [](const std::string& code) {
        return facts_in(der(0x7E, {der(0x30, {der(0xA6, {der(2, {code})})})}));
    };
    EXPECT_EQ(coded("\x25"), "kerberos error 37 ");
    EXPECT_EQ(coded("\x01\x25"), "kerberos ");
    EXPECT_EQ(coded(""), "kerberos ");
    // RFC 4178, 4.2.2: the state is an ENUMERATED of one octet.
    const auto stated = [](const std::string& state) { return facts_in(der(0xA1, {der(0x30, {der(0xA0, {state})})})); };
    EXPECT_EQ(stated(der(0x0A, {"\x02"})), "rejected ");
    EXPECT_EQ(stated(der(0x0A, {"\x03"})), "");
    EXPECT_EQ(stated(der(0x0A, {std::string("\x00\x02", 2)})), "");
    EXPECT_EQ(stated(der(0x02, {"\x02"})), "");
    EXPECT_EQ(facts_in(der(0xA2, {der(0x30, {der(0xA0, {der(0x0A, {"\x02"})})})})), "");
}

// X.690, 8.1.3: how the length of an element is written.
TEST(why_handshake, lengths_of_der) {
    const std::string inner = der(0x30, {der(0xA6, {der(2, {"\x25"})})});
    const auto with_length = [&](const std::string& length, const std::string& content) {
        return facts_in("\x7E" + length + content);
    };
    const std::string size(1, static_cast<char>(inner.size()));
    EXPECT_EQ(with_length(size, inner), "kerberos error 37 ");
    EXPECT_EQ(with_length("\x81" + size, inner), "kerberos error 37 ");
    EXPECT_EQ(with_length("\x82" + std::string(1, '\0') + size, inner), "kerberos error 37 ");
    EXPECT_EQ(with_length("\x84" + std::string(3, '\0') + size, inner), "kerberos error 37 ");
    EXPECT_EQ(with_length("\x85" + std::string(4, '\0') + size, inner), "") << "five octets of length";
    EXPECT_EQ(with_length("\x80", inner), "") << "an indefinite one";
    EXPECT_EQ(with_length("\x84" + std::string(3, '\0'), ""), "") << "cut off in the length";
    EXPECT_EQ(with_length(std::string(1, static_cast<char>(inner.size() + 1)), inner), "") << "more than there is";
    EXPECT_EQ(with_length("\x82\x01" + size, std::string(256, '\0') + inner), "kerberos error 37 ")
        << "behind 128 empty elements";
    EXPECT_EQ(with_length("\x81", ""), "");
    const std::string padding = der(0x04, {std::string(0x7F, 'x')});
    EXPECT_EQ(with_length("\x81" + std::string(1, static_cast<char>(padding.size() + inner.size())), padding + inner),
              "kerberos error 37 ")
        << "the first element with that tag";
}

}  // namespace
}  // namespace authgrammar::audit
