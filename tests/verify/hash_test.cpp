#include <authgrammar/verify/hash.hpp>

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <fstream>
#include <optional>
#include <string>
#include <string_view>

namespace authgrammar::verify {
namespace {

using nlohmann::json;

std::string text_of(const json& vector, const char* name) {
    const auto found = vector.find(name);
    return found == vector.end() || found->is_null() ? std::string() : found->get<std::string>();
}

/// The algorithm with this name; the schemes library has its own test of names.
digest_algorithm algorithm_of(const std::string& name) {
    if (name == "MD5") return digest_algorithm::md5;
    if (name == "MD5-sess") return digest_algorithm::md5_sess;
    if (name == "SHA-256") return digest_algorithm::sha_256;
    if (name == "SHA-256-sess") return digest_algorithm::sha_256_sess;
    if (name == "SHA-512-256") return digest_algorithm::sha_512_256;
    EXPECT_EQ(name, "SHA-512-256-sess");
    return digest_algorithm::sha_512_256_sess;
}

digest_qop qop_of(const std::string& name) {
    return name.empty() ? digest_qop::none : name == "auth-int" ? digest_qop::auth_int : digest_qop::auth;
}

/// The value in a quoted-string, escaped.
std::string quoted(const std::string& plain) {
    std::string made;
    for (const char c : plain) {
        if (c == '"' || c == '\\') made += '\\';
        made += c;
    }
    return made;
}

text as_read(const std::string& escaped) { return {field_value(std::string_view(escaped)), 0, escaped.size(), true}; }

/// A vector, computed.
struct computed {
    hex_hash a1;
    hex_hash response;
    hex_hash rspauth;
    hex_hash userhash;
};

computed compute(hasher& h, const json& v) {
    computed c;
    const digest_algorithm a = algorithm_of(text_of(v, "algorithm"));
    const std::string user = text_of(v, "username");
    const std::string realm = text_of(v, "realm");
    const std::string nonce = quoted(text_of(v, "nonce"));
    const std::string cnonce = quoted(text_of(v, "cnonce"));
    const std::string uri = quoted(text_of(v, "uri"));
    const std::string nc = text_of(v, "nc");
    const std::string method = text_of(v, "method");
    c.a1 = h.a1(a, user, realm, text_of(v, "password"));
    if (is_session(a)) c.a1 = h.session_a1(a, c.a1.view(), as_read(nonce), as_read(cnonce));
    body_hash body(h, a);
    const std::string octets = text_of(v, "entity_body");
    for (const char& octet : octets) body.feed({&octet, 1});
    const hex_hash hashed_body = body.finish();
    response_input input;
    input.algorithm = a;
    input.qop = qop_of(text_of(v, "qop"));
    input.a1 = c.a1.view();
    input.nonce = as_read(nonce);
    input.nc = nc;
    input.cnonce = as_read(cnonce);
    input.method = method;
    input.uri = as_read(uri);
    input.body = hashed_body.view();
    c.response = h.response(input);
    input.method = {};
    c.rspauth = h.response(input);
    c.userhash = h.username(a, user, realm);
    return c;
}

json vectors() {
    std::ifstream file(AUTHGRAMMAR_SOURCE_DIR "/corpus/schemes/digest.json");
    return json::parse(file).at("vectors");
}

// All values but those that the RFC prints wrong, of which the note names the erratum.
// shows: R7616-3.4.1-response conforming
// shows: R7616-3.4.2-a1-session conforming
// shows: R7616-3.5-rspauth-value conforming
// shows: R7616-3.4.3-a2 conforming
// shows: R7616-3.4.4-userhash conforming
TEST(hash, vectors) {
    hasher h;
    int printed = 0;
    int wrong = 0;
    for (const json& v : vectors()) {
        SCOPED_TRACE(text_of(v, "id"));
        const computed c = compute(h, v);
        EXPECT_EQ(c.a1.view(), text_of(v, "H_A1"));
        EXPECT_EQ(c.response.view(), text_of(v, "response"));
        EXPECT_EQ(c.rspauth.view(), text_of(v, "rspauth_for_empty_or_same_body"));
        EXPECT_EQ(c.userhash.view(), text_of(v, "userhash"));
        if (v.at("printed").is_null()) continue;
        ++printed;
        const bool right = v.at("printed_is_right").get<bool>();
        EXPECT_EQ(c.response.view() == text_of(v, "printed"), right);
        if (!right) {
            ++wrong;
            EXPECT_NE(text_of(v, "note").find("erratum"), std::string::npos);
        }
    }
    EXPECT_EQ(printed, 5);
    EXPECT_EQ(wrong, 2) << "RFC 7616, 3.9.2 (erratum 4897) and RFC 2069, 2.4 (erratum 749)";
}

// Each part of what is hashed counts.
// shows: R7616-3.4.1-response violating
// shows: R7616-3.4.3-a2 violating
// shows: R7616-3.5-rspauth-value violating
// shows: R7616-3.4.2-a1-session violating
// shows: R7616-3.4.4-userhash violating
TEST(hash, every_part_counts) {
    hasher h;
    for (const json& v : vectors()) {
        SCOPED_TRACE(text_of(v, "id"));
        const computed right = compute(h, v);
        for (const char* part :
             {"username", "realm", "password", "method", "uri", "nonce", "nc", "cnonce", "entity_body"}) {
            if (v.at(part).is_null()) continue;
            json other = v;
            other[part] = text_of(v, part) + "x";
            const std::string_view name = part;
            const computed c = compute(h, other);
            const bool body_counts = text_of(v, "qop") == "auth-int";
            EXPECT_EQ(c.response.view() == right.response.view(), name == "entity_body" && !body_counts) << part;
            EXPECT_EQ(c.rspauth.view() == right.rspauth.view(),
                      name == "method" || (name == "entity_body" && !body_counts))
                << part;
            EXPECT_EQ(c.userhash.view() == right.userhash.view(), name != "username" && name != "realm") << part;
        }
    }
}

// However long a part is, and wherever the buffer of what is hashed ends.
TEST(hash, long_parts) {
    hasher h;
    for (std::size_t size = 0; size < 1300; size += size < 500 ? 1 : 37) {
        const std::string name(size, 'n');
        const hex_hash made = h.a1(digest_algorithm::sha_256, name, "realm", "password");
        body_hash one_piece(h, digest_algorithm::sha_256);
        one_piece.feed(name + ":realm:password");
        EXPECT_EQ(made.view(), one_piece.finish().view());

        const std::string escaped = quoted(name + "\\\"");
        const hex_hash session = h.session_a1(digest_algorithm::sha_256_sess, made.view(), as_read(escaped), "c");
        one_piece.feed(std::string(made.view()) + ":" + name + "\\\":c");
        EXPECT_EQ(session.view(), one_piece.finish().view()) << size;
    }
}

// A body in any pieces, and two hashes in turns.
TEST(hash, bodies_in_pieces) {
    hasher h;
    const std::string octets(1000, 'b');
    body_hash whole(h, digest_algorithm::sha_512_256);
    whole.feed(octets);
    const hex_hash expected = whole.finish();
    for (std::size_t cut = 0; cut <= octets.size(); cut += 41) {
        body_hash pieces(h, digest_algorithm::sha_512_256);
        pieces.feed(std::string_view(octets).substr(0, cut));
        static_cast<void>(h.username(digest_algorithm::sha_512_256, "between", "pieces"));
        pieces.feed(std::string_view(octets).substr(cut));
        EXPECT_EQ(pieces.finish().view(), expected.view()) << cut;
    }
    EXPECT_EQ(body_hash(h, digest_algorithm::md5).finish().view(), "d41d8cd98f00b204e9800998ecf8427e");
}

TEST(hash, compares) {
    hasher h;
    const hex_hash made = h.username(digest_algorithm::md5, "a", "b");
    std::string digits(made.view());
    EXPECT_TRUE(made.equals(digits));
    for (std::size_t i = 0; i != digits.size(); ++i) {
        std::string other = digits;
        other[i] = other[i] == '0' ? '1' : '0';
        EXPECT_FALSE(made.equals(other)) << i;
    }
    EXPECT_FALSE(made.equals(digits.substr(1)));
    EXPECT_FALSE(made.equals(""));
    EXPECT_FALSE(hex_hash().equals("")) << "what could not be computed is equal to nothing";
}

}  // namespace
}  // namespace authgrammar::verify
