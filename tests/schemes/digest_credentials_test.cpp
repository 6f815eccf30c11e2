#include "digest_support.hpp"

#include <authgrammar/parse.hpp>
#include <authgrammar/schemes/ext_value.hpp>

namespace authgrammar::schemes::test {
namespace {

using code = scheme_error_code;

const std::string hash32 = "8ca523f5e9506fed4657c9700eebdbec";
const std::string hash64 = "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1";

/// Credentials with all that is required but for what `changes` says: "nc=1" replaces the value of nc, "nc" leaves it
/// out, and a name that is not there is added.
std::string with(const std::vector<std::string>& changes) {
    std::vector<std::pair<std::string, std::string>> params = {
        {"username", "\"Mufasa\""}, {"realm", "\"r\""},  {"uri", "\"/x\""}, {"nonce", "\"n\""},
        {"nc", "00000001"},         {"cnonce", "\"c\""}, {"qop", "auth"},   {"response", '"' + hash32 + '"'}};
    for (const std::string& change : changes) {
        const std::size_t equals = change.find('=');
        const std::string name = change.substr(0, equals);
        std::size_t i = 0;
        while (i < params.size() && params[i].first != name) ++i;
        if (equals == std::string::npos) {
            params.erase(params.begin() + static_cast<std::ptrdiff_t>(i));
        } else if (i < params.size()) {
            params[i].second = change.substr(equals + 1);
        } else {
            params.emplace_back(name, change.substr(equals + 1));
        }
    }
    std::string value = "Digest ";
    for (const auto& [name, text] : params) value += (value.size() == 7 ? "" : ", ") + name + "=" + text;
    return value;
}

void expect_refusals(const std::vector<refused>& cases, tolerances allowed = {}) {
    for (const refused& c : cases) expect_refused(read_credentials(std::string_view(c.value), allowed), c);
}
bool reads(const std::vector<std::string>& changes, tolerances allowed = {}) {
    return read_credentials(std::string_view(with(changes)), allowed).has_value();
}

// shows: R7616-3.4-required conforming
// shows: R7616-3.4-improper conforming
// shows: R7616-3.4-qop-one conforming
// shows: R7616-3.4-cnonce conforming
// shows: R7616-3.4-cnonce-ascii conforming
// shows: R7616-3.4-nc conforming
// shows: R7616-3.2-hex conforming
// shows: R7616-3.5-nc-digits conforming
TEST(DigestCredentials, OfTheRfc) {
    const digest_credentials c = value_of(read_credentials(
        "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\", algorithm=SHA-256, "
        "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001, "
        "cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth, "
        "response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\", "
        "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""));
    EXPECT_EQ(plain(c.username), "Mufasa");
    EXPECT_EQ(c.form, username_form::plain);
    EXPECT_EQ(plain(c.realm), "http-auth@example.org");
    EXPECT_EQ(plain(c.uri), "/dir/index.html");
    EXPECT_EQ(c.algorithm, digest_algorithm::sha_256);
    EXPECT_EQ(plain(c.nonce), "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v");
    EXPECT_EQ(c.nc, 1U);
    EXPECT_EQ(plain(c.nc_digits), "00000001");
    EXPECT_EQ(plain(c.cnonce), "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
    EXPECT_EQ(c.qop, digest_qop::auth);
    EXPECT_EQ(plain(c.response), hash64);
    EXPECT_EQ(plain(c.opaque), "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS");
    EXPECT_TRUE(c.used.empty());

    EXPECT_TRUE(reads({}));
    EXPECT_TRUE(reads({"qop=\"auth-int\"", "nc=\"FFFFFFFF\"", "response=" + hash32, "uri=*", "username=\"\""}));
    EXPECT_TRUE(reads({"uri=\"http://example.org/a?b\"", "algorithm=MD5-sess", "nc=0000000a", "x=y"}));
}

// shows: R7616-3.4-required violating
// shows: R7616-3.4-cnonce violating
// shows: R7616-3.4-nc violating
TEST(DigestCredentials, MissingParameters) {
    for (const std::string name : {"username", "realm", "nonce", "uri", "response"}) {
        expect_refusals({{with({name}), code::missing_param, "", name, "R7616-3.4-required"}});
        expect_refusals({{with({name}), code::missing_param, "", name, "R7616-3.4-required"}}, tolerances::all());
    }
    expect_refusals({{with({"cnonce"}), code::missing_param, "", "cnonce", "R7616-3.4-cnonce"},
                     {with({"nc"}), code::missing_param, "", "nc", "R7616-3.4-nc"},
                     {with({"nc=00000000"}), code::invalid_value, "00000000", "nc", "R7616-3.4-nc"},
                     {"Digest", code::missing_param, "", "username", "R7616-3.4-required"},
                     {"Digest abc=", code::unexpected_token68, "abc=", "", "R7616-3.4-required"},
                     {"Basic QTpC", code::other_scheme, "Basic"},
                     {with({"NC=00000002"}), code::repeated_param, "NC", "nc", "R9110-11.2-param-once"},
                     {with({"x=1", "y=2", "X=3"}), code::repeated_param, "X=3", "", "R9110-11.2-param-once"}});
}

// shows: R7616-3.4-improper violating
TEST(DigestCredentials, ImproperUris) {
    for (const std::string bad : {" ", "\t", "\\ ", "\xE9"}) {
        expect_refusals({{with({"uri=\"/a" + bad + "b\""}), code::invalid_value, bad.substr(bad.size() - 1) + "b\"",
                          "uri", "R7616-3.4-improper"}});
    }
    expect_refusals(
        {{with({"uri=\"\""}), code::invalid_value, "\", nonce", "uri", "R7616-3.4-improper"},
         {with({"algorithm=SHA-1"}), code::unknown_algorithm, "SHA-1", "algorithm", "R7616-3.3-algorithm"}});
}

// shows: R7616-3.4-qop-one violating
TEST(DigestCredentials, QopIsOneWord) {
    for (const std::string bad :
         {"\"auth,auth-int\"", "\"auth, auth-int\"", "\"\"", "\"auth \"", "auth-conf", "AUTH"}) {
        expect_refusals({{with({"qop=" + bad}), code::invalid_value, (bad[0] == '"' ? bad.substr(1) : bad) + ", resp",
                          "qop", "R7616-3.4-qop-one"}},
                        tolerances::all());
    }
}

// shows: R7616-3.5-nc-digits violating
TEST(DigestCredentials, NcHasEightDigits) {
    for (const std::string bad : {"1", "0000001", "abcdef"}) {
        expect_refusals({{with({"nc=" + bad}), code::invalid_value, ", cnonce", "nc", "R7616-3.5-nc-digits",
                          tolerance::digest_nc_length}});
        const std::string value = with({"nc=" + bad});
        const digest_credentials c = value_of(read_credentials(std::string_view(value), tolerances::all()));
        EXPECT_EQ(c.used, tolerances(tolerance::digest_nc_length));
        EXPECT_EQ(c.nc, std::stoul(bad, nullptr, 16));
        EXPECT_EQ(plain(c.nc_digits), bad);
    }
    expect_refusals({{with({"nc=000000001"}), code::invalid_value, "1, cnonce", "nc", "R7616-3.5-nc-digits"},
                     {with({"nc=\"\""}), code::invalid_value, "\", cnonce", "nc", "R7616-3.5-nc-digits"},
                     {with({"nc=0000000g"}), code::invalid_value, "g, cnonce", "nc", "R7616-3.5-nc-digits"},
                     {with({"nc=0x000001"}), code::invalid_value, "x0000", "nc", "R7616-3.5-nc-digits"},
                     {with({"nc=\"6:00000001\""}), code::invalid_value, ":00000001", "nc", "R7616-3.5-nc-digits"}},
                    tolerances::all());
    EXPECT_EQ(value_of(read_credentials(std::string_view(with({"nc=FfFf0aA9"})))).nc, 0xFFFF0AA9U);
}

// shows: R7616-3.2-hex violating
TEST(DigestCredentials, TheResponseIsAHash) {
    std::string upper = hash32;
    upper[1] = 'C';
    expect_refusals(
        {{with({"response=" + hash32 + "0", "a=b"}), code::invalid_value, "0, a", "response", "R7616-3.2-hex"},
         {with({"response=" + hash32.substr(1)}), code::invalid_value, "", "response", "R7616-3.2-hex"},
         {with({"response=" + hash64}), code::invalid_value, hash64.substr(32), "response", "R7616-3.2-hex"},
         {with({"response=\"\"", "a=b"}), code::invalid_value, "\", a=b", "response", "R7616-3.2-hex"},
         {with({"response=x" + hash32.substr(1)}), code::invalid_value, "xca5", "response", "R7616-3.2-hex"},
         {with({"response=" + upper}), code::invalid_value, "Ca5", "response", "R7616-3.2-hex",
          tolerance::digest_upper_case_hex},
         {with({"response=" + hash32, "algorithm=SHA-256"}), code::invalid_value, ", algorithm", "response",
          "R7616-3.2-hex"}});
}

TEST(DigestCredentials, UpperCaseIsATolerance) {
    std::string upper = hash32;
    for (char& c : upper) c = c >= 'a' ? static_cast<char>(c - 32) : c;
    const std::string value = with({"response=" + upper});
    EXPECT_EQ(value_of(read_credentials(std::string_view(value), tolerances::all())).used,
              tolerances(tolerance::digest_upper_case_hex));
    const std::string lower = with({});
    EXPECT_TRUE(value_of(read_credentials(std::string_view(lower), tolerances::all())).used.empty());
}

// shows: R7616-3.4-cnonce-ascii violating
TEST(DigestCredentials, CnonceIsAscii) {
    expect_refusals({{with({"cnonce=\"a\xC3\xA9\""}), code::invalid_value, "\xC3", "cnonce", "R7616-3.4-cnonce-ascii"}},
                    tolerances::all());
    EXPECT_TRUE(reads({"cnonce=\"a b\\\"c\""}));
}

// shows: R7616-3.4-two-usernames conforming
// shows: R7616-3.4-username-ext conforming
// shows: R7616-3.4-userhash conforming
// shows: R8187-3.2.1-ext-value conforming
TEST(DigestCredentials, FormsOfTheUsername) {
    const std::string extended = with({"username", "username*=UTF-8''J%C3%A4s%C3%B8n%20Doe", "userhash=false"});
    const digest_credentials c = value_of(read_credentials(std::string_view(extended)));
    EXPECT_EQ(c.form, username_form::extended);
    EXPECT_EQ(plain(c.username), "UTF-8''J%C3%A4s%C3%B8n%20Doe");
    char name[100];
    const auto size = decode_ext_value(c.username, name, sizeof name);
    ASSERT_TRUE(size.has_value());
    EXPECT_EQ(std::string_view(name, *size), "J\xC3\xA4s\xC3\xB8n Doe");

    const std::string hashed = with({"username=\"" + hash32 + "\"", "userhash=true"});
    const digest_credentials d = value_of(read_credentials(std::string_view(hashed)));
    EXPECT_EQ(d.form, username_form::hashed);
    EXPECT_EQ(plain(d.username), hash32);
    EXPECT_TRUE(
        reads({"username=\"" + hash64 + "\"", "userhash=\"TRUE\"", "algorithm=SHA-512-256", "response=" + hash64}));

    const std::string escaped = with({"username=\"DOM\\\\a\\\"in\""});
    EXPECT_EQ(plain(value_of(read_credentials(std::string_view(escaped))).username), "DOM\\a\"in");
}

// shows: R7616-3.4-two-usernames violating
// shows: R7616-3.4-username-ext violating
// shows: R7616-3.4-userhash violating
// shows: R8187-3.2.1-ext-value violating
TEST(DigestCredentials, WrongFormsOfTheUsername) {
    expect_refusals(
        {{with({"username*=UTF-8''a"}), code::two_usernames, "UTF-8''a", "username*", "R7616-3.4-two-usernames"},
         {"Digest username*=UTF-8''a, username=b", code::two_usernames, "b", "username*", "R7616-3.4-two-usernames"},
         {with({"username", "username*=UTF-8''a", "userhash=true"}), code::unexpected_param, "UTF-8''a", "username*",
          "R7616-3.4-username-ext"},
         {with({"userhash=yes"}), code::invalid_value, "yes", "userhash", "R7616-3.4-userhash"},
         {with({"userhash=true"}), code::invalid_value, "Mufasa", "username", "R7616-3.2-hex"},
         {with({"userhash=true", "username=\"" + hash64 + "\""}), code::invalid_value, "2ca10daf", "username",
          "R7616-3.2-hex"},
         {with({"username", "username*=ISO-8859-1''a"}), code::invalid_ext_value, "ISO", "username*",
          "R8187-3.2.1-ext-value"},
         {with({"username", "username*=UTF-8''%C3%28", "a=b"}), code::invalid_ext_value, "28, a", "username*",
          "R8187-3.2.1-ext-value"}},
        tolerances::all());
}

TEST(DigestCredentials, WithoutQopAreATolerance) {
    expect_refusals({{with({"qop", "nc", "cnonce"}), code::missing_param, "", "qop", "R7616-3.4-qop-one",
                      tolerance::digest_without_qop}});
    const std::string value = with({"qop", "nc", "cnonce"});
    const digest_credentials c = value_of(read_credentials(std::string_view(value), tolerance::digest_without_qop));
    EXPECT_EQ(c.qop, digest_qop::none);
    EXPECT_EQ(c.nc, 0U);
    EXPECT_EQ(c.used, tolerances(tolerance::digest_without_qop));
    EXPECT_TRUE(reads({"qop", "nc", "algorithm=MD5-sess"}, tolerances::all()));
    expect_refusals(
        {{with({"qop"}), code::unexpected_param, "00000001", "nc", "R7616-3.4-qop-one"},
         {with({"qop", "nc", "cnonce", "algorithm=MD5-sess"}), code::missing_param, "", "cnonce", "R7616-3.4-cnonce"}},
        tolerances::all());
}

TEST(DigestCredentials, InSeveralLines) {
    const std::string_view lines[] = {"Digest username=\"a", "b\", realm=r, uri=\"/\"", "",
                                      "nonce=n, nc=00000002, cnonce=c",
                                      "qop=auth, response=8ca523f5e9506fed4657c9700eebdbec"};
    const digest_credentials c = value_of(read_credentials({lines, 5}));
    EXPECT_EQ(plain(c.username), "a, b");
    EXPECT_EQ(c.nc, 2U);
    EXPECT_EQ(plain(c.response), hash32);
    const std::string_view broken[] = {"Digest username=a, realm=r, uri=\"/", "x\", nonce=n"};
    const auto r = read_credentials({broken, 2});
    ASSERT_FALSE(r.has_value());
    EXPECT_EQ(r.error().code, code::missing_param);
    const std::string_view in_uri[] = {"Digest username=a, realm=r, response=8ca523f5e9506fed4657c9700eebdbec, uri=\"/",
                                       "x\", nonce=n"};
    const auto s = read_credentials({in_uri, 2});
    ASSERT_FALSE(s.has_value());
    EXPECT_EQ(s.error().param, "uri");
    EXPECT_EQ(s.error().offset, in_uri[0].size() + 1);
}

// shows: R7616-3.4-quoted conforming
// shows: R7616-3.4-quoted violating
// shows: R7616-3.4-bare conforming
// shows: R7616-3.4-bare violating
TEST(DigestCredentials, AreWrittenInTheFormsOfTheRfc) {
    const std::string wrong = "Digest response=" + hash32 +
                              ", opaque=o, qop=\"auth-int\", cnonce=c, nc=\"0000000A\", nonce=n, algorithm=\"md5\", "
                              "uri=*, realm=r, username=u";
    const digest_credentials c = value_of(read_credentials(std::string_view(wrong)));
    const std::string right =
        "Digest username=\"u\", realm=\"r\", uri=\"*\", algorithm=MD5, nonce=\"n\", nc=0000000a, cnonce=\"c\", "
        "qop=auth-int, response=\"" +
        hash32 + "\", opaque=\"o\"";
    EXPECT_EQ(write(c), right);
    EXPECT_EQ(write(value_of(read_credentials(std::string_view(right)))), right);

    digest_credentials d = c;
    d.form = username_form::hashed;
    d.username = text(hash32);
    d.opaque = std::nullopt;
    d.algorithm_given = false;
    EXPECT_EQ(write(d), "Digest username=\"" + hash32 +
                            "\", realm=\"r\", uri=\"*\", nonce=\"n\", nc=0000000a, cnonce=\"c\", qop=auth-int, "
                            "response=\"" +
                            hash32 + "\", userhash=true");
    d.form = username_form::extended;
    d.username = "UTF-8''%C3%A4";
    d.qop = digest_qop::none;
    d.cnonce = std::nullopt;
    EXPECT_EQ(write(d),
              "Digest username*=UTF-8''%C3%A4, realm=\"r\", uri=\"*\", nonce=\"n\", response=\"" + hash32 + "\"");
}

// RFC 7616, 3.4: of what nobody sets, algorithm is sent, and nothing else.
TEST(DigestCredentials, ThatAreFilledInSendTheirAlgorithm) {
    digest_credentials c;
    c.username = "u";
    c.realm = "r";
    c.nonce = "n";
    c.uri = "/";
    c.response = text(hash32);
    EXPECT_EQ(write(c),
              "Digest username=\"u\", realm=\"r\", uri=\"/\", algorithm=MD5, nonce=\"n\", response=\"" + hash32 + "\"");
}

TEST(DigestCredentials, AreNotWrittenIfTheyCannotBeRead) {
    const std::string value = with({});
    const digest_credentials right = value_of(read_credentials(std::string_view(value)));
    char buffer[500];
    const auto rule_of = [&](const digest_credentials& c) {
        const write_result r = write_digest_credentials(field::authorization, c, buffer, sizeof buffer);
        EXPECT_EQ(r.code, error_code::forbidden_octet);
        return std::string(r.rule);
    };
    digest_credentials c = right;
    c.nc = 0;
    EXPECT_EQ(rule_of(c), "nc");
    c = right;
    c.cnonce = std::nullopt;
    EXPECT_EQ(rule_of(c), "cnonce");
    c = right;
    c.cnonce = "\xC3\xA9";
    EXPECT_EQ(rule_of(c), "cnonce");
    c = right;
    c.response = text(hash64);
    EXPECT_EQ(rule_of(c), "response");
    c = right;
    c.response = "8CA523F5E9506FED4657C9700EEBDBEC";
    EXPECT_EQ(rule_of(c), "response");
    c = right;
    c.uri = "/a b";
    EXPECT_EQ(rule_of(c), "uri");
    c = right;
    c.form = username_form::extended;
    EXPECT_EQ(rule_of(c), "username*");
    c.form = username_form::hashed;
    EXPECT_EQ(rule_of(c), "username");
    c = right;
    c.username = "line\nfeed";
    EXPECT_EQ(write_digest_credentials(field::authorization, c, buffer, sizeof buffer).code,
              error_code::forbidden_octet);
    EXPECT_TRUE(write_digest_credentials(field::proxy_authorization, right, buffer, sizeof buffer));
}

// From the field value to the same, with all that can be wrong on the way.
TEST(DigestCredentials, AtOnce) {
    const std::string value = with({});
    inline_event_buffer<64> events;
    const auto read = read_digest(std::string_view(value), events);
    ASSERT_TRUE(read);
    EXPECT_EQ(plain(read->username), "Mufasa");
    EXPECT_EQ(plain(read->response), hash32);
    EXPECT_EQ(read->response.begin(), value.find(hash32));
    EXPECT_EQ(read->nc, 1u);

    const auto error_of = [&](const field_value& v, event_buffer& room, tolerances allowed = {}) {
        const auto r = read_digest(v, room, allowed);
        return r ? scheme_error{} : r.error();
    };
    const scheme_error broken = error_of("Digest realm=\"r", events);
    EXPECT_EQ(broken.code, code::malformed_value);
    EXPECT_EQ(broken.grammar, parse_credentials(field::authorization, "Digest realm=\"r", events).error().code);
    EXPECT_EQ(broken.offset, 15u);
    EXPECT_FALSE(broken.expected.empty());
    EXPECT_EQ(error_of("Basic dXNlcjpwYXNz", events).code, code::other_scheme);
    EXPECT_EQ(error_of("Digest dXNlcjpwYXNz", events).code, code::unexpected_token68);
    EXPECT_EQ(error_of("Digest", events).param, "username");

    // Eight parameters are 3 and 16 events.
    inline_event_buffer<18> small;
    EXPECT_EQ(error_of(std::string_view(value), small).grammar, error_code::event_buffer_full);
    inline_event_buffer<19> enough;
    EXPECT_EQ(error_of(std::string_view(value), enough).code, code::none);

    const std::string old = with({"qop", "nc", "cnonce"});
    EXPECT_EQ(error_of(std::string_view(old), events).permitted_by, tolerance::digest_without_qop);
    EXPECT_EQ(error_of(std::string_view(old), events, tolerance::digest_without_qop).code, code::none);

    const std::string_view lines[] = {"Digest username=\"Mufasa\", realm=\"r\", uri=\"/x\", nonce=\"n",
                                      "m\", nc=00000001, cnonce=\"c\", qop=auth, "
                                      "response=\"8ca523f5e9506fed4657c9700eebdbec\""};
    const auto joined = read_digest(field_value(lines, 2), events);
    ASSERT_TRUE(joined);
    EXPECT_EQ(plain(joined->nonce), "n, m");
}

// Values are looked at eight octets at a time: each place of each octet, at sizes around that.
TEST(DigestCredentials, EveryPlaceIsLookedAt) {
    for (std::size_t size = 1; size <= 20; ++size) {
        EXPECT_TRUE(reads({"uri=\"" + std::string(size, '/') + '"'})) << size;
        EXPECT_TRUE(reads({"cnonce=\"" + std::string(size, 'c') + '"'})) << size;
        for (std::size_t at = 0; at != size; ++at) {
            std::string uri(size, '/');
            std::string cnonce(size, 'c');
            for (const char wrong : {' ', '\t', '\x80', '\xff'}) {
                uri[at] = wrong;
                EXPECT_FALSE(reads({"uri=\"" + uri + '"'})) << size << ' ' << at;
            }
            cnonce[at] = '\x80';
            EXPECT_FALSE(reads({"cnonce=\"" + cnonce + '"'})) << size << ' ' << at;
        }
    }
    for (std::size_t at = 0; at != hash32.size(); ++at) {
        for (const char wrong : {'g', '`', '/', ':', 'A', '\xb1', '\xe1'}) {
            std::string response = hash32;
            response[at] = wrong;
            EXPECT_FALSE(reads({"response=\"" + response + '"'})) << at << wrong;
        }
    }
    for (std::size_t at = 0; at != 8; ++at) {
        for (const char wrong : {'g', '`', '/', ':', '@', 'G'}) {
            std::string nc = "00000001";
            nc[at] = wrong;
            EXPECT_FALSE(reads({"nc=\"" + nc + '"'})) << at << wrong;
        }
    }
    EXPECT_EQ(value_of(read_credentials(std::string_view(with({"nc=89abcdef"})))).nc, 0x89abcdefu);
    EXPECT_EQ(value_of(read_credentials(std::string_view(with({"nc=01234567"})))).nc, 0x01234567u);
    EXPECT_EQ(value_of(read_credentials(std::string_view(with({"nc=89ABCDEF"})))).nc, 0x89abcdefu);
}

}  // namespace
}  // namespace authgrammar::schemes::test
