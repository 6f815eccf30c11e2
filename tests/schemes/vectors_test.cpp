// The vectors of corpus/schemes, as far as nothing has to be computed for them: read, written, and read again.

#include <authgrammar/schemes/base64.hpp>
#include <authgrammar/schemes/basic.hpp>
#include <authgrammar/schemes/ext_value.hpp>

#include "digest_support.hpp"

#include <nlohmann/json.hpp>

#include <fstream>

namespace authgrammar::schemes::test {
namespace {

nlohmann::json vectors_of(const char* name) {
    std::ifstream file(std::string(AUTHGRAMMAR_SOURCE_DIR "/corpus/schemes/") + name);
    nlohmann::json all = nlohmann::json::parse(file).at("vectors");
    EXPECT_FALSE(all.empty());
    return all;
}

/// The octets of a string in ISO-8859-1, whose characters are all in it.
std::string latin1(const std::string& utf8) {
    std::string octets;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto c = static_cast<unsigned char>(utf8[i]);
        octets += c < 0x80 ? static_cast<char>(c) : static_cast<char>(c << 6 | (utf8[++i] & 0x3F));
    }
    return octets;
}

TEST(Vectors, Basic) {
    std::size_t count = 0;
    for (const nlohmann::json& v : vectors_of("basic.json")) {
        SCOPED_TRACE(v.at("id").get<std::string>());
        const bool is_latin1 = v.value("charset", "") == "ISO-8859-1";
        const auto octets = [&](const char* name) {
            const std::string s = v.at(name).get<std::string>();
            return is_latin1 ? latin1(s) : s;
        };
        const std::string value = v.at("credentials").get<std::string>();
        char buffer[100];
        const auto read = read_basic(value, buffer, sizeof buffer);
        ASSERT_TRUE(read.has_value());
        EXPECT_EQ(read->user_id, octets("user"));
        EXPECT_EQ(read->password, octets("password"));
        EXPECT_TRUE(read->used.empty());
        const std::string user = octets("user");
        const std::string password = octets("password");
        EXPECT_EQ(written([&](char* b, std::size_t n) {
                      return write_basic_credentials(field::authorization, user, password, b, n);
                  }),
                  value);
        ++count;
    }
    EXPECT_GE(count, 5U);
}

TEST(Vectors, Digest) {
    std::size_t count = 0;
    for (const nlohmann::json& v : vectors_of("digest.json")) {
        SCOPED_TRACE(v.at("id").get<std::string>());
        const auto of = [&v](const char* name) { return v.at(name).get<std::string>(); };
        const bool old = v.at("qop").is_null();
        const auto algorithm = digest_algorithm_from_name(of("algorithm"));
        ASSERT_TRUE(algorithm.has_value());
        const std::string username = of("username");
        const std::string realm = of("realm");
        const std::string nonce = of("nonce");
        const std::string uri = of("uri");
        const std::string response = of("response");
        const std::string cnonce = old ? "" : of("cnonce");
        const std::string userhash = of("userhash");
        digest_credentials c;
        c.username = username;
        c.realm = realm;
        c.nonce = nonce;
        c.uri = uri;
        c.response = response;
        c.algorithm = *algorithm;
        if (!old) {
            c.cnonce = cnonce;
            c.nc = static_cast<std::uint32_t>(std::stoul(of("nc"), nullptr, 16));
            c.qop = of("qop") == "auth" ? digest_qop::auth : digest_qop::auth_int;
        }
        const tolerances allowed = old ? tolerances(tolerance::digest_without_qop) : tolerances();
        const std::string value = write(c);
        const digest_credentials again = value_of(read_credentials(std::string_view(value), allowed));
        EXPECT_EQ(plain(again.username), username);
        EXPECT_EQ(plain(again.realm), realm);
        EXPECT_EQ(plain(again.nonce), nonce);
        EXPECT_EQ(plain(again.uri), uri);
        EXPECT_EQ(plain(again.response), response);
        EXPECT_EQ(again.algorithm, *algorithm);
        EXPECT_EQ(again.used, allowed);
        if (!old) {
            EXPECT_EQ(plain(again.nc_digits), of("nc"));
            EXPECT_EQ(plain(again.cnonce), cnonce);
            EXPECT_EQ(name_of(again.qop), of("qop"));
        }
        EXPECT_EQ(write(again), value);

        c.form = username_form::hashed;
        c.username = userhash;
        const std::string hashed = write(c);
        EXPECT_EQ(value_of(read_credentials(std::string_view(hashed), allowed)).form, username_form::hashed);
        if (v.contains("username_ext")) {
            std::string ext_value(ext_value_size(username), ' ');
            encode_ext_value(username, ext_value.data());
            EXPECT_EQ(ext_value, of("username_ext"));
        }
        ++count;
    }
    EXPECT_GE(count, 18U);
}

}  // namespace
}  // namespace authgrammar::schemes::test
