// Reading by type, held against a second reader that knows the rules of each scheme one by one; and what was read is
// written and read again. Where authgrammar::verify is built, also what a Digest server says of a client's answer that was
// changed: fuzz_schemes_digest.cpp. The input's LF separate field lines.
// Options: two bytes: the field; the tolerances, and what a Digest server offers.

#include "fuzz_schemes.hpp"

#include "naive/text.hpp"
#include "naive/typed.hpp"
#include "support/input.hpp"
#include "support/mutator.hpp"
#include "support/oracle.hpp"

#include <authgrammar/parse.hpp>
#include <authgrammar/schemes/base64.hpp>
#include <authgrammar/schemes/basic.hpp>
#include <authgrammar/schemes/bearer.hpp>
#include <authgrammar/schemes/digest.hpp>
#include <authgrammar/schemes/ext_value.hpp>
#include <authgrammar/schemes/list.hpp>
#include <authgrammar/schemes/negotiate.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace authgrammar;
using namespace authgrammar::schemes;
using fuzz::lower;
using fuzz::message_of;
using fuzz::planted;
using fuzz::require;
namespace naive = fuzz::naive;

/// What was read, by names: what the second reader has is compared with it.
using values = std::map<std::string, std::string>;

void put(values& v, const char* name, const text& t) { v[name] = detail::unescaped(t); }
void put(values& v, const char* name, const std::optional<text>& t) {
    if (t) v[name] = detail::unescaped(*t);
}

values values_of(const basic_challenge& c) {
    values v;
    put(v, "realm", c.realm);
    v["charset"] = c.utf8 ? "utf-8" : "";
    return v;
}
values values_of(const bearer_challenge& c) {
    values v;
    put(v, "realm", c.realm);
    put(v, "scope", c.scope);
    put(v, "error", c.error);
    put(v, "error_description", c.error_description);
    put(v, "error_uri", c.error_uri);
    put(v, "acr_values", c.acr_values);
    put(v, "resource_metadata", c.resource_metadata);
    if (c.max_age) v["max_age"] = std::to_string(*c.max_age);
    return v;
}
values values_of(const digest_challenge& c) {
    values v;
    put(v, "realm", c.realm);
    put(v, "nonce", c.nonce);
    put(v, "opaque", c.opaque);
    put(v, "domain", c.domain);
    v["algorithm"] = name_of(c.algorithm);
    v["stale"] = c.stale ? "true" : "false";
    v["userhash"] = c.userhash ? "true" : "false";
    v["charset"] = c.utf8 ? "utf-8" : "";
    v["auth"] = c.qop.has(digest_qop::auth) ? "offered" : "";
    v["auth-int"] = c.qop.has(digest_qop::auth_int) ? "offered" : "";
    return v;
}
values values_of(const digest_credentials& c) {
    values v;
    put(v, c.form == username_form::extended ? "username*" : "username", c.username);
    put(v, "realm", c.realm);
    put(v, "nonce", c.nonce);
    put(v, "uri", c.uri);
    put(v, "response", c.response);
    put(v, "cnonce", c.cnonce);
    put(v, "opaque", c.opaque);
    v["algorithm"] = name_of(c.algorithm);
    v["qop"] = name_of(c.qop);
    v["nc"] = c.qop == digest_qop::none ? "" : std::to_string(c.nc);
    v["userhash"] = c.form == username_form::hashed ? "true" : "false";
    return v;
}
values values_of(const digest_info& i) {
    values v;
    put(v, "nextnonce", i.nextnonce);
    put(v, "rspauth", i.rspauth);
    put(v, "cnonce", i.cnonce);
    if (i.nc) v["nc"] = std::to_string(*i.nc);
    v["qop"] = name_of(i.qop);
    return v;
}

/// The values of the second reader in the same form.
values values_of(const naive::typed_reading& r, const values& like) {
    values v = r.values;
    if (like.count("algorithm") != 0) {
        v["algorithm"] = v.count("algorithm") != 0 ? lower(v["algorithm"]) : "md5";
    }
    for (const char* flag : {"stale", "userhash"}) {
        if (like.count(flag) != 0) v[flag] = v.count(flag) != 0 && lower(v[flag]) == "true" ? "true" : "false";
    }
    if (like.count("charset") != 0) v["charset"] = lower(v["charset"]) == "utf-8" ? "utf-8" : "";
    if (like.count("auth") != 0) {
        const std::string list = v["qop"];
        v["auth"] = list.find("auth,") != std::string::npos ? "offered" : "";
        v["auth-int"] = list.find("auth-int,") != std::string::npos ? "offered" : "";
        v.erase("qop");
    }
    if (like.count("nc") != 0 || v.count("nc") != 0) {
        v["nc"] = v.count("nc") != 0 && !v["nc"].empty() ? std::to_string(std::stoul(v["nc"], nullptr, 16)) : "";
    }
    // Where there is always a value, it is empty if the parameter is not there.
    for (const char* name : {"qop", "realm"}) {
        if (like.count(name) != 0) v[name];
    }
    return v;
}
values comparable(values v) {
    if (v.count("algorithm") != 0) v["algorithm"] = lower(v["algorithm"]);
    return v;
}

/// What the tolerances leave of the second reader's violations, and which were used.
struct judgement {
    std::vector<naive::violation> wrong;
    tolerances used;

    judgement(const naive::typed_reading& r, tolerances allowed) {
        for (const naive::violation& v : r.wrong) {
            if (v.permitted_by != tolerance::none && allowed.has(v.permitted_by)) {
                used |= v.permitted_by;
            } else {
                wrong.push_back(v);
            }
        }
    }
};

/// Holds a reading against the second one. Returns whether there is a value.
template <typename T>
bool check(const result<T, scheme_error>& r, const naive::typed_reading& other, tolerances allowed, std::size_t size) {
    const judgement judged(other, allowed);
    bool accepted = r.has_value();
    if (planted("two_usernames_are_fine") && !accepted && r.error().code == scheme_error_code::two_usernames) {
        accepted = true;
    }
    require("typed_verdict", accepted == judged.wrong.empty());
    if (r.has_value()) return true;
    scheme_error e = r.error();
    if (planted("a_missing_parameter_is_another") && e.code == scheme_error_code::missing_param) e.param = "other";
    require("typed_error_is_true",
            std::any_of(judged.wrong.begin(), judged.wrong.end(), [&](const naive::violation& v) {
                return v.code == e.code && v.param == e.param && v.permitted_by == e.permitted_by;
            }));
    if (planted("an_error_is_beyond_the_value") && e.code == scheme_error_code::invalid_value) e.offset = size + 1;
    require("typed_error_has_a_place", e.offset <= size && !e.expected.empty() &&
                                           (!e.section.empty() || e.code == scheme_error_code::other_scheme ||
                                            e.code == scheme_error_code::unexpected_token68));
    return false;
}

/// The same for what is compared by names.
template <typename T>
bool check_values(const result<T, scheme_error>& r, const naive::typed_reading& other, tolerances allowed,
                  std::size_t size) {
    if (!check(r, other, allowed, size)) return false;
    values have = comparable(values_of(*r));
    const values want = values_of(other, have);
    if (planted("an_escaped_realm_is_cut") && have.count("realm") != 0 &&
        have["realm"].find('"') != std::string::npos) {
        have["realm"].resize(have["realm"].find('"'));
    }
    require("typed_values", have == want);
    tolerances used = r->used;
    if (planted("a_tolerance_is_not_reported") && used.has(tolerance::digest_without_qop)) used = {};
    require("typed_tolerances", used == judgement(other, allowed).used);
    return true;
}

/// Writes what was read, reads that strictly, and compares.
template <typename T, typename Write, typename Read>
void write_back(const T& value, const Write& write, const Read& read) {
    std::string out;
    const write_result r = write_to(out, [&](char* b, std::size_t n) { return write(value, b, n); });
    // What a tolerance let pass is not written, or in another form.
    if (!value.used.empty()) return;
    // A challenge of unknown parameters alone leaves nothing to write.
    if (r.code == error_code::empty_challenge_list && values_of(value).empty()) return;
    bool is_written = static_cast<bool>(r);
    if (planted("a_long_value_is_lost") && out.size() > 40) is_written = false;
    require("typed_is_written", is_written);
    std::vector<event> memory(4 * out.size() + 8);
    event_buffer events(memory.data(), memory.size());
    const auto again = read(std::string_view(out), events);
    bool same = again.has_value() && values_of(*again) == values_of(value);
    if (planted("stale_is_not_written") && out.find("stale=true") != std::string::npos) same = false;
    require("typed_is_read_back", same);
    std::string twice;
    static_cast<void>(write_to(twice, [&](char* b, std::size_t n) { return write(*again, b, n); }));
    if (planted("a_second_writing_differs") && out.find("userhash") != std::string::npos) twice += ' ';
    require("typed_fixed_point", twice == out);
}

void check_challenge(const challenge& c, field f, tolerances allowed, std::size_t size) {
    const naive::typed_message m = message_of(c);
    const auto first = [f](std::string_view value, event_buffer& events) {
        return *parse_challenges(f, value, events)->begin();
    };
    const auto basic = read_basic_challenge(c, allowed);
    if (check_values(basic, naive::read_basic_challenge(m), allowed, size)) {
        write_back(
            *basic, [f](const auto& v, char* b, std::size_t n) { return write_basic_challenge(f, v, b, n); },
            [&](std::string_view v, event_buffer& e) { return read_basic_challenge(first(v, e)); });
    }
    const auto bearer = read_bearer_challenge(c, allowed);
    if (check_values(bearer, naive::read_bearer_challenge(m), allowed, size)) {
        write_back(
            *bearer, [f](const auto& v, char* b, std::size_t n) { return write_bearer_challenge(f, v, b, n); },
            [&](std::string_view v, event_buffer& e) { return read_bearer_challenge(first(v, e)); });
    }
    const auto digest = read_digest_challenge(c, allowed, f);
    if (check_values(digest, naive::read_digest_challenge(m, f == field::proxy_authenticate), allowed, size)) {
        write_back(
            *digest, [f](const auto& v, char* b, std::size_t n) { return write_digest_challenge(f, v, b, n); },
            [&](std::string_view v, event_buffer& e) { return read_digest_challenge(first(v, e), {}, f); });
    }
}

/// user-id and password, in a buffer of exactly the size that they take.
void check_basic(const credentials& c, const naive::typed_message& m, tolerances allowed, std::size_t size) {
    const naive::typed_reading other = naive::read_basic_credentials(m);
    const std::size_t room = m.token68 ? base64_decoded_size(m.token68->size()) : 0;
    const std::unique_ptr<char[]> buffer(new char[room]);
    const auto r = read_basic_credentials(c, buffer.get(), room, allowed);
    if (!check(r, other, allowed, size)) return;
    std::string user_id(r->user_id);
    const std::string password(r->password);
    if (planted("the_last_colon_splits") && password.find(':') != std::string::npos) user_id += ':';
    require("typed_values", other.values.at("user-id") == user_id && other.values.at("password") == password);
    require("typed_tolerances", r->used == judgement(other, allowed).used);

    std::string out;
    const write_result w = write_to(out, [&](char* b, std::size_t n) {
        return write_basic_credentials(field::authorization, user_id, password, b, n);
    });
    require("typed_is_written", static_cast<bool>(w));
    std::string again(out.size(), ' ');
    const auto twice = read_basic(out, again.data(), again.size());
    require("typed_is_read_back", twice && twice->user_id == user_id && twice->password == password);
}

void check_credentials(const credentials& c, tolerances allowed, std::size_t size) {
    const naive::typed_message m = message_of(c);
    check_basic(c, m, allowed, size);
    const naive::typed_reading token = naive::read_bearer_credentials(m);
    const auto bearer = read_bearer_credentials(c);
    if (check(bearer, token, allowed, size)) require("typed_values", token.values.at("token") == bearer->token);

    const auto digest = read_digest_credentials(c, allowed);
    if (!check_values(digest, naive::read_digest_credentials(m), allowed, size)) return;
    if (digest->form == username_form::extended) {
        const std::string ext_value = detail::unescaped(digest->username);
        std::string name(ext_value.size(), ' ');
        const auto decoded = decode_ext_value(digest->username, name.data(), name.size());
        require("typed_values", decoded && naive::ext_value_octets(ext_value) == name.substr(0, *decoded));
    }
    write_back(
        *digest,
        [](const auto& v, char* b, std::size_t n) { return write_digest_credentials(field::authorization, v, b, n); },
        [](std::string_view v, event_buffer& e) {
            return read_digest_credentials(*parse_credentials(field::authorization, v, e));
        });
}

void check_info(const auth_params& params, tolerances allowed, std::size_t size) {
    naive::typed_message m;
    for (const auth_param p : params) m.params.emplace_back(detail::unescaped(p.name), detail::unescaped(p.value));
    const auto info = read_digest_info(params, allowed);
    if (!check_values(info, naive::read_digest_info(m), allowed, size)) return;
    write_back(
        *info,
        [](const auto& v, char* b, std::size_t n) { return write_digest_info(field::authentication_info, v, b, n); },
        [](std::string_view v, event_buffer& e) {
            return read_digest_info(*parse_info(field::authentication_info, v, e));
        });
}

/// The one call is the two calls in turn.
void check_at_once(std::string_view line, tolerances allowed) {
    const fuzz::heap_copy value(line);
    std::vector<event> memory(4 * line.size() + 8);
    event_buffer events(memory.data(), memory.size());
    const auto parsed = parse_credentials(field::authorization, value.view(), events);
    const std::unique_ptr<char[]> one(new char[line.size()]);
    const std::unique_ptr<char[]> two(new char[line.size()]);
    const auto basic = read_basic(value.view(), one.get(), line.size(), allowed);
    const auto bearer = read_bearer(value.view());
    if (!parsed) {
        bool right = !basic && basic.error().code == scheme_error_code::malformed_value &&
                     basic.error().grammar == parsed.error().code && basic.error().offset == parsed.error().offset;
        if (planted("an_empty_value_is_no_error") && line.empty()) right = false;
        require("at_once_agrees", right);
        require("at_once_agrees", !bearer && bearer.error().offset == parsed.error().offset);
        return;
    }
    const auto same = read_basic_credentials(*parsed, two.get(), line.size(), allowed);
    require("at_once_agrees", same.has_value() == basic.has_value());
    if (basic) require("at_once_agrees", basic->user_id == same->user_id && basic->password == same->password);
    if (!basic)
        require("at_once_agrees",
                basic.error().code == same.error().code && basic.error().offset == same.error().offset);
    inline_event_buffer<64> few;
    const auto digest = read_digest(value.view(), few, allowed);
    const auto read = read_digest_credentials(*parsed, allowed);
    if (!few.full()) {
        require("at_once_agrees", digest.has_value() == read.has_value());
        if (digest) require("at_once_agrees", values_of(*digest) == values_of(*read));
    }
    const auto token = read_bearer_credentials(*parsed);
    require("at_once_agrees", token.has_value() == bearer.has_value() && (!token || token->token == bearer->token));
}

/// The whole input as base64, and as octets.
void check_base64(std::string_view text, tolerances allowed) {
    const std::size_t room = base64_decoded_size(text.size());
    const std::unique_ptr<char[]> buffer(new char[room]);
    const auto r = decode_base64(text, buffer.get(), room, allowed);
    const auto octets = naive::base64_octets(text);
    const bool unpadded = text.find('=') == std::string_view::npos && text.size() % 4 != 0;
    const bool url = text.find_first_of("-_") != std::string_view::npos;
    bool right = octets && (!unpadded || allowed.has(tolerance::base64_missing_padding)) &&
                 (!url || allowed.has(tolerance::base64url_alphabet));
    if (planted("a_slash_is_no_character") && right && text.find('/') != std::string_view::npos) right = false;
    require("base64_agrees", r.has_value() == right);
    if (r) require("base64_agrees", *octets == std::string_view(buffer.get(), r->size));

    std::string out(base64_encoded_size(text.size()), ' ');
    require("base64_is_read_back", encode_base64(text, out.data()) == out.size());
    std::string back(text.size(), ' ');
    const auto again = decode_base64(out, back.data(), back.size());
    if (planted("an_octet_of_three_is_lost") && back.size() % 3 == 2) back.pop_back();
    require("base64_is_read_back", again && back == text);
}

/// Legs and tokens of Negotiate and NTLM stay within the value and the buffer: the sanitizers look on.
void read_exchange(const challenge& c, tolerances allowed, std::size_t size) {
    const std::unique_ptr<char[]> buffer(new char[size]);
    for (const int status : {200, 401}) {
        const auto n = read_negotiate_challenge(c, status, buffer.get(), size, allowed);
        if (n) {
            exchange_leg leg = n->leg;
            if (planted("a_token_begins_an_exchange") && n->token.size() > 2) leg = exchange_leg::start;
            require("a_leg_has_its_token", (leg == exchange_leg::start) == (n->kind == exchange_token::none));
        }
        const auto t = read_ntlm_challenge(c, status, buffer.get(), size, allowed);
        bool of_server = !t || t->kind == exchange_token::none || t->kind == exchange_token::ntlm_challenge;
        if (planted("a_client_s_message_is_a_server_s") && t && !t->token.empty()) of_server = false;
        require("an_ntlm_message_is_of_its_side", of_server);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const fuzz::input in(data, size, 2);
    const field f = in.field_option(0);
    tolerances allowed;
    for (const tolerance t : all_tolerances) {
        if ((in.option(1) >> (static_cast<unsigned>(t) % 8) & 1) != 0) allowed |= t;
    }
    check_base64(in.text(), allowed);

    std::vector<std::string_view> lines;
    for (std::size_t begin = 0; begin <= in.text().size();) {
        const std::size_t end = std::min(in.text().find('\n', begin), in.text().size());
        lines.push_back(in.text().substr(begin, end - begin));
        begin = end + 1;
    }
    if (lines.size() == 1) check_at_once(lines.front(), allowed);
#if AUTHGRAMMAR_FUZZ_HAS_VERIFY
    if (lines.size() == 1) fuzz::check_digest_between(lines.front(), in.option(1));
#endif
    const field_value value = lines.size() == 1 ? field_value(lines.front()) : field_value(lines.data(), lines.size());
    std::vector<event> memory(4 * value.size() + 8);
    event_buffer events(memory.data(), memory.size());
    switch (kind_of(f)) {
        case field_kind::challenges: {
            const auto read = parse_challenges(f, value, events);
            if (!read) break;
            for (const challenge c : *read) {
                check_challenge(c, f, allowed, value.size());
                read_exchange(c, allowed, value.size());
                fuzz::check_by_table(c, f, value.size());
            }
            break;
        }
        case field_kind::credentials: {
            const auto read = parse_credentials(f, value, events);
            if (!read) break;
            check_credentials(*read, allowed, value.size());
            fuzz::check_by_table(*read, f, value.size());
            break;
        }
        case field_kind::info: {
            const auto read = parse_info(f, value, events);
            if (!read) break;
            check_info(*read, allowed, value.size());
            fuzz::check_info_by_table(*read, value.size());
            break;
        }
    }
    return 0;
}

AUTHGRAMMAR_FUZZ_MUTATOR(2, authgrammar::fuzz::header_text)
