// A client answers the challenge of a server, and the answer is changed on its way back: parameters that the input has
// replace those of the answer, or are added to it; an input that is no credentials says which octets are replaced, put in or
// left out.
//
// What is protected: the user that is named, realm, nonce, uri, response, cnonce, nc, qop, opaque and algorithm, each unescaped and
// octet by octet, but for the algorithm's case. Everything else is not: order, white space, quoting, unknown parameters,
// whether a name is sent as username, as username*, or as its hash, and whether an algorithm that is the default is there.
// The server lets the answer in if and only if nothing protected is changed; otherwise it names the error that its order of
// checks comes to first. The second reader says what a changed answer means.

#include "fuzz_schemes.hpp"
#include "naive/text.hpp"
#include "support/input.hpp"
#include "support/oracle.hpp"

#include <authgrammar/parse.hpp>
#include <authgrammar/verify/digest_client.hpp>
#include <authgrammar/verify/digest_server.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace authgrammar::fuzz {

namespace {

using namespace authgrammar::verify;

constexpr digest_algorithm algorithms[] = {digest_algorithm::md5,         digest_algorithm::md5_sess,
                                           digest_algorithm::sha_256,     digest_algorithm::sha_256_sess,
                                           digest_algorithm::sha_512_256, digest_algorithm::sha_512_256_sess};
constexpr std::string_view users[] = {"Mufasa", "Quo\"te\\d", "J\xc3\xa4s\xc3\xb8n Doe"};
constexpr std::string_view password = "Circle of Life";
constexpr std::string_view method = "GET";
constexpr std::string_view target = "/dir/index.html?a=b";
constexpr std::string_view body = "the body";
constexpr std::string_view client = "192.0.2.1";
constexpr std::size_t longest_name = 1024;
const time_point now{std::chrono::hours(500'000)};

/// What is protected in credentials, by names; nothing if they cannot be read.
struct protected_values {
    bool readable = false;
    std::map<std::string, std::string> of;
    std::string name;  ///< as sent, decoded
    bool hashed = false;
};

protected_values read(std::string_view line) {
    protected_values p;
    inline_event_buffer<64> events;  // as many as a server has
    const auto parsed = parse_credentials(field::authorization, line, events);
    if (!parsed) return p;
    const naive::typed_reading r = naive::read_digest_credentials(message_of(*parsed));
    if (!r.wrong.empty()) return p;
    p.readable = true;
    p.of = r.values;
    p.hashed = lower(p.of["userhash"]) == "true";
    const auto extended = p.of.find("username*");
    p.name = extended == p.of.end() ? p.of["username"] : naive::ext_value_octets(extended->second).value_or("");
    for (const char* other : {"username", "username*", "userhash"}) p.of.erase(other);
    p.of["algorithm"] = p.of["algorithm"].empty() ? "md5" : lower(p.of["algorithm"]);
    for (auto i = p.of.begin(); i != p.of.end();) {
        static constexpr std::string_view names[] = {"realm", "nonce", "uri",    "response", "cnonce",
                                                     "nc",    "qop",   "opaque", "algorithm"};
        i = std::find(std::begin(names), std::end(names), i->first) == std::end(names) ? p.of.erase(i) : std::next(i);
    }
    return p;
}

/// The parameters of `line` in place of those of `answer`; nothing if it has none.
std::string with_params_of(std::string_view line, std::string_view answer) {
    std::vector<event> memory(4 * (line.size() + answer.size()) + 16);
    event_buffer events(memory.data(), memory.size());
    std::vector<std::pair<std::string, std::string>> params;
    bool any = false;
    for (const std::string_view source : {answer, line}) {
        const auto parsed = parse_credentials(field::authorization, source, events);
        if (!parsed) return {};
        for (const auth_param p : parsed->params()) {
            std::string value(p.value.raw());
            if (p.value.quoted()) value = '"' + value + '"';
            const std::string name(p.name.raw());
            const auto same = std::find_if(params.begin(), params.end(),
                                           [&](const auto& q) { return lower(q.first) == lower(name); });
            if (same != params.end()) {
                same->second = value;
            } else {
                params.emplace_back(name, value);
            }
            any = any || source.data() == line.data();
        }
    }
    if (!any) return {};
    std::string made = "Digest ";
    for (const auto& [name, value] : params) made += (made.size() == 7 ? "" : ", ") + name + '=' + value;
    return made;
}

/// The answer with up to eight of its octets changed: each change is four octets of `line`.
std::string with_octets_of(std::string_view line, std::string answer) {
    const auto number = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(line[i])); };
    for (std::size_t i = 0; i + 4 <= line.size() && i < 32 && !answer.empty(); i += 4) {
        const std::size_t at = (number(i) * 131 + number(i + 1)) % answer.size();
        switch (number(i + 2) % 3) {
            case 0: answer[at] = line[i + 3]; break;
            case 1: answer.insert(at, 1, line[i + 3]); break;
            default: answer.erase(at, 1); break;
        }
    }
    return answer;
}

/// The two sides.
struct conversation {
    hasher hashes{};
    hasher users_hashes{};
    nonce_maker nonces{nonce_key{{1, 2, 3}}};
    digest_offer offer{};
    digest_algorithm algorithm;
    std::string_view user;
    digest_use use{};
    hex_hash body_digest{};

    explicit conversation(unsigned choices) : algorithm(algorithms[choices % 6]), user(users[choices / 6 % 3]) {
        offer.realm = "a \"realm\"";
        offer.algorithms = &algorithm;
        offer.algorithm_count = 1;
        offer.qop = digest_qop::auth | digest_qop::auth_int;
        offer.opaque = "FQhe/qaU925kfnzjCev0";
        offer.userhash = choices / 36 % 2 != 0;
        use.method = method;
        use.target = target;
        use.cnonce = "0a4f113b0a4f113b";
        use.nc = 0x1a;
        use.prefer_integrity = choices / 18 % 2 != 0;
        body_hash hash(hashes, algorithm);
        hash.feed(body);
        body_digest = hash.finish();
        use.body_hash = body_digest.view();
    }

    /// Whether that is how the user is named.
    bool names_the_user(std::string_view name, bool hashed) {
        return hashed ? users_hashes.username(algorithm, user, offer.realm).view() == name : user == name;
    }
};

/// What a server says first of credentials that are changed; `none` if nothing protected is.
verify_code expected(conversation& with, const protected_values& sent, const protected_values& came) {
    if (!came.readable) return verify_code::unreadable;
    const auto differs = [&](const char* name) {
        const auto a = sent.of.find(name);
        const auto b = came.of.find(name);
        return (a == sent.of.end()) != (b == came.of.end()) || (a != sent.of.end() && a->second != b->second);
    };
    if (differs("realm")) return verify_code::other_realm;
    if (differs("algorithm")) return verify_code::algorithm_not_offered;
    if (differs("opaque")) return verify_code::other_opaque;
    if (differs("uri")) return verify_code::other_uri;
    if (came.name.size() > longest_name) return verify_code::too_long;
    if (differs("nonce")) return verify_code::nonce_foreign;
    for (const char* hashed : {"response", "cnonce", "nc", "qop"}) {
        if (differs(hashed)) return verify_code::wrong_credentials;
    }
    return with.names_the_user(came.name, came.hashed) ? verify_code::none : verify_code::wrong_credentials;
}

}  // namespace

void check_digest_between(std::string_view line, unsigned choices) {
    conversation c(choices);
    // MD5 is not there where OpenSSL is told so.
    if (!c.hashes.supports(c.algorithm)) return;
    digest_server server(c.offer, c.hashes, c.nonces, {});
    char challenge_value[1024];
    const auto written =
        server.write_challenge(c.algorithm, false, client, now, challenge_value, sizeof challenge_value);
    inline_event_buffer<64> events;
    const auto list =
        parse_challenges(field::www_authenticate, std::string_view(challenge_value, written.size), events);
    const auto challenge = list ? choose_challenge(c.hashes, *list) : std::nullopt;
    digest_login login;
    login.username = c.user;
    login.password = password;
    char buffer[2048];
    digest_answer answer;
    if (challenge) answer = answer_challenge(c.hashes, *challenge, login, c.use, buffer, sizeof buffer);
    require("a_challenge_is_answered", static_cast<bool>(answer) && !planted("an_answer_is_not_written"));
    const std::string sent(buffer, answer.written.size);

    std::string changed = with_params_of(line, sent);
    if (changed.empty()) changed = with_octets_of(line, sent);
    const heap_copy came(changed);
    const protected_values was = read(sent);
    const protected_values is = read(came.view());
    const verify_code wanted = expected(c, was, is);

    digest_request request;
    request.method = method;
    request.target = target;
    request.client = client;
    request.body_hash = c.body_digest.view();
    const auto find = [&](const user_query& query, user_secret& secret) noexcept {
        secret.username = c.user;
        secret.password = password;
        return c.names_the_user(query.username, query.hashed);
    };
    digest_exchange exchange;
    const digest_verdict said = server.verify(came.view(), request, find, now, exchange);
    bool accepted = said.is == verdict::accepted;
    if (planted("a_changed_cnonce_is_let_in") && is.readable && was.of.at("cnonce") != is.of.at("cnonce")) {
        accepted = true;
    }
    require("let_in_if_nothing_is_changed", accepted == (wanted == verify_code::none));

    verify_error e = said.error;
    if (planted("another_uri_has_no_name") && e.code == verify_code::other_uri) e.code = verify_code::none;
    // What is no nonce of the server is foreign, or not even of the form.
    const bool malformed = wanted == verify_code::nonce_foreign && e.code == verify_code::nonce_malformed;
    require("the_error_is_named", (e.code == wanted || malformed) && e.offset <= came.view().size() &&
                                      (accepted || (!name_of(e.code).empty() && !e.expected.empty())));
    if (!accepted) return;

    // The server shows that it knows the password too.
    char info_value[1024];
    const auto info_written = server.write_info(exchange, false, client, c.use.body_hash, now, info_value, 1024);
    inline_event_buffer<32> info_events;
    const auto params =
        parse_info(field::authentication_info, std::string_view(info_value, info_written.size), info_events);
    const auto info = params ? schemes::read_digest_info(*params)
                             : result<schemes::digest_info, schemes::scheme_error>(schemes::scheme_error{});
    bool believed = info && check_rspauth(c.hashes, *info, *challenge, answer, c.use, c.use.body_hash);
    if (planted("a_session_s_rspauth_is_not_believed") && is_session(c.algorithm)) believed = false;
    require("the_server_is_believed", believed);
}

}  // namespace authgrammar::fuzz
