// What the typed functions know of a scheme, held against the table: names of values, parameters and their forms.

#include <authgrammar/authgrammar.hpp>
#include <authgrammar/schemes/basic.hpp>
#include <authgrammar/schemes/bearer.hpp>
#include <authgrammar/schemes/digest.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace {

using namespace authgrammar;
using namespace authgrammar::schemes;

std::string octets_of(const text& t) {
    std::string out;
    t.for_each_octet([&out](char c) {
        out.push_back(c);
        return true;
    });
    return out;
}

/// Whether the parameters are those of the scheme, in the form that it wants, with all that are required. Returns their
/// names.
template <typename Params>
std::set<std::string> names_by_the_table(std::string_view scheme, field_kind kind, const Params& params) {
    const scheme_description& s = *find_scheme(scheme);
    std::set<std::string> names;
    for (const auth_param& p : params) {
        const std::string name = octets_of(p.name);
        names.insert(name);
        const parameter_description* d = find_parameter(s, kind, name);
        if (d == nullptr) {
            ADD_FAILURE() << scheme << " has no " << name;
            continue;
        }
        if (d->form != param_form::automatic) {
            EXPECT_EQ(p.value.quoted(), d->form == param_form::quoted) << name;
        }
    }
    for (const parameter_description& d : s.params) {
        if (d.in(kind) == presence::required) {
            EXPECT_EQ(names.count(std::string(d.name)), 1u) << d.name;
        }
    }
    return names;
}

std::set<std::string> names_of(std::string_view scheme, field f, const std::string& value) {
    inline_event_buffer<64> events;
    if (kind_of(f) == field_kind::challenges) {
        const auto read = parse_challenges(f, value, events);
        EXPECT_TRUE(read) << value;
        return read ? names_by_the_table(scheme, kind_of(f), (*read->begin()).params()) : std::set<std::string>{};
    }
    if (kind_of(f) == field_kind::credentials) {
        const auto read = parse_credentials(f, value, events);
        EXPECT_TRUE(read) << value;
        return read ? names_by_the_table(scheme, kind_of(f), read->params()) : std::set<std::string>{};
    }
    const auto read = parse_info(f, value, events);
    EXPECT_TRUE(read) << value;
    return read ? names_by_the_table(scheme, kind_of(f), *read) : std::set<std::string>{};
}

template <typename Write>
std::string written(Write&& write) {
    std::string out;
    EXPECT_TRUE(write_to(out, write));
    return out;
}

std::set<std::string> values_of(std::string_view scheme, field_kind kind, std::string_view param) {
    const auto& values = find_parameter(*find_scheme(scheme), kind, param)->values;
    return {values.begin(), values.end()};
}

TEST(typed_writers, digest_challenges_are_those_of_the_table) {
    digest_challenge c;
    c.realm = "x y";
    c.nonce = "n";
    c.opaque = "o";
    c.domain = "/a";
    c.algorithm = digest_algorithm::sha_256;
    c.qop = digest_qop::auth | digest_qop::auth_int;
    c.stale = c.userhash = c.utf8 = true;
    const std::string value = written(
        [&](char* buffer, std::size_t n) { return write_digest_challenge(field::www_authenticate, c, buffer, n); });
    EXPECT_EQ(names_of("Digest", field::www_authenticate, value).size(), 9u) << value;
}

TEST(typed_writers, digest_credentials_are_those_of_the_table) {
    digest_credentials c;
    c.username = "u";
    c.realm = "x";
    c.nonce = "n";
    c.uri = "/";
    c.response = "8ca523f5e9506fed4657c9700eebdbec";
    c.cnonce = "c";
    c.opaque = "o";
    c.nc = 1;
    c.qop = digest_qop::auth;
    const auto write = [&](char* buffer, std::size_t n) {
        return write_digest_credentials(field::authorization, c, buffer, n);
    };
    EXPECT_EQ(names_of("Digest", field::authorization, written(write)).count("username"), 1u);
    c.username = "UTF-8''J%C3%A4s%C3%B8n";
    c.form = username_form::extended;
    EXPECT_EQ(names_of("Digest", field::authorization, written(write)).count("username*"), 1u);
    c.username = "00112233445566778899aabbccddeeff";
    c.form = username_form::hashed;
    EXPECT_EQ(names_of("Digest", field::authorization, written(write)).count("userhash"), 1u);
}

TEST(typed_writers, digest_infos_are_those_of_the_table) {
    digest_info i;
    i.nextnonce = "n";
    i.rspauth = "8ca523f5e9506fed4657c9700eebdbec";
    i.cnonce = "c";
    i.nc = 1;
    i.qop = digest_qop::auth;
    const std::string value = written(
        [&](char* buffer, std::size_t n) { return write_digest_info(field::authentication_info, i, buffer, n); });
    EXPECT_EQ(names_of("Digest", field::authentication_info, value).size(), 5u) << value;
}

TEST(typed_writers, basic_and_bearer_challenges_are_those_of_the_table) {
    basic_challenge basic;
    basic.realm = "x";
    basic.utf8 = true;
    const std::string asks = written(
        [&](char* buffer, std::size_t n) { return write_basic_challenge(field::www_authenticate, basic, buffer, n); });
    EXPECT_EQ(names_of("Basic", field::www_authenticate, asks).size(), 2u) << asks;

    bearer_challenge bearer;
    bearer.realm = "x";
    bearer.scope = "a b";
    bearer.error = "invalid_token";
    bearer.error_description = "too old";
    bearer.error_uri = "https://a.example/";
    bearer.acr_values = "m";
    bearer.max_age = 5;
    bearer.resource_metadata = "https://a.example/m";
    const std::string value = written([&](char* buffer, std::size_t n) {
        return write_bearer_challenge(field::www_authenticate, bearer, buffer, n);
    });
    EXPECT_EQ(names_of("Bearer", field::www_authenticate, value).size(), 8u) << value;
}

TEST(typed_writers, values_are_those_of_the_table) {
    std::set<std::string> algorithms;
    for (const digest_algorithm a :
         {digest_algorithm::md5, digest_algorithm::md5_sess, digest_algorithm::sha_256, digest_algorithm::sha_256_sess,
          digest_algorithm::sha_512_256, digest_algorithm::sha_512_256_sess}) {
        algorithms.emplace(name_of(a));
    }
    EXPECT_EQ(algorithms, values_of("Digest", field_kind::challenges, "algorithm"));
    const std::set<std::string> qops{std::string(name_of(digest_qop::auth)),
                                     std::string(name_of(digest_qop::auth_int))};
    EXPECT_EQ(qops, values_of("Digest", field_kind::challenges, "qop"));
    std::set<std::string> errors;
    for (const bearer_error e : {bearer_error::invalid_request, bearer_error::invalid_token,
                                 bearer_error::insufficient_scope, bearer_error::insufficient_user_authentication}) {
        errors.emplace(name_of(e));
    }
    EXPECT_EQ(errors, values_of("Bearer", field_kind::challenges, "error"));
}

}  // namespace
