// The parameters of Digest credentials: each the first of its name.

#include "values/digest_params.hpp"

#include <authgrammar/audit/reading.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace authgrammar;
using audit::digest_params;

/// Calls `check` with the parameters of credentials, as long as they are there.
template <typename Check>
void with_params(const std::string& params, Check&& check) {
    const std::string value = "Digest " + params;
    std::vector<event> events;
    ASSERT_EQ(audit::read_events(field::authorization, value, edition::rfc9110_recipient, events).code,
              error_code::none);
    check(digest_params::of({field_value(value), events.data() + 2, events.data() + events.size() - 1}));
}

TEST(digest_params, each_by_its_name) {
    const std::string names[] = {"username",  "username*", "realm",  "nonce", "uri", "response",
                                 "algorithm", "cnonce",    "opaque", "qop",   "nc",  "userhash"};
    for (const std::string& name : names) {
        with_params("x=1, " + name + "=first, " + name + "=second", [&](const digest_params& p) {
            const std::optional<auth_param>* const all[] = {&p.username, &p.username_ext, &p.realm,     &p.nonce,
                                                            &p.uri,      &p.response,     &p.algorithm, &p.cnonce,
                                                            &p.opaque,   &p.qop,          &p.nc,        &p.userhash};
            for (std::size_t i = 0; i < std::size(all); ++i) {
                ASSERT_EQ(all[i]->has_value(), names[i] == name) << names[i];
                EXPECT_EQ(all[i]->has_value() ? (*all[i])->value.raw() : "", names[i] == name ? "first" : "");
            }
        });
    }
}

// Those of credentials, of challenges and of -Info fields; what is nearly one is none.
TEST(digest_params, names) {
    using audit::digest_name;
    using audit::digest_name_of;
    const std::pair<std::string, digest_name> all[] = {{"username", digest_name::username},
                                                       {"username*", digest_name::username_ext},
                                                       {"realm", digest_name::realm},
                                                       {"nonce", digest_name::nonce},
                                                       {"uri", digest_name::uri},
                                                       {"response", digest_name::response},
                                                       {"algorithm", digest_name::algorithm},
                                                       {"cnonce", digest_name::cnonce},
                                                       {"opaque", digest_name::opaque},
                                                       {"qop", digest_name::qop},
                                                       {"nc", digest_name::nc},
                                                       {"userhash", digest_name::userhash},
                                                       {"stale", digest_name::stale},
                                                       {"domain", digest_name::domain},
                                                       {"charset", digest_name::charset},
                                                       {"nextnonce", digest_name::nextnonce},
                                                       {"rspauth", digest_name::rspauth}};
    ASSERT_EQ(std::size(all), audit::digest_names);
    for (const auto& [name, which] : all) {
        EXPECT_EQ(digest_name_of(name), which) << name;
        for (std::size_t i = 0; i < name.size(); ++i) {
            std::string other = name;
            other[i] = static_cast<char>(name[i] & ~0x20);
            EXPECT_EQ(digest_name_of(other), name[i] == '*' ? std::nullopt : std::optional(which)) << other;
            other[i] = '~';
            EXPECT_EQ(digest_name_of(other), std::nullopt) << other;
        }
        EXPECT_EQ(digest_name_of(name + "s"), std::nullopt) << name;
    }
    EXPECT_EQ(digest_name_of(""), std::nullopt);
}

// RFC 7616, 3.4.4: username is a hash if userhash is true; RFC 8187 decodes username*.
TEST(digest_params, the_user) {
    const auto user = [](const std::string& params) {
        std::optional<std::string> name;
        with_params(params, [&](const digest_params& p) { name = p.user(); });
        return name;
    };
    EXPECT_EQ(user("username=\"a\\\"b\""), "a\"b");
    EXPECT_EQ(user("username=\"a\", userhash=false"), "a");
    EXPECT_EQ(user("username=\"a\", userhash=TRUE"), std::nullopt);
    EXPECT_EQ(user("username*=UTF-8''%C3%A9"), "\xC3\xA9");
    EXPECT_EQ(user("username*=x"), std::nullopt);
    EXPECT_EQ(user("username=a, username*=UTF-8''b"), "a");
    EXPECT_EQ(user("realm=a"), std::nullopt);
}

TEST(digest_params, the_algorithm) {
    using schemes::digest_algorithm;
    const auto algorithm = [](const std::string& params) {
        std::optional<digest_algorithm> known;
        with_params(params, [&](const digest_params& p) { known = p.algorithm_known(); });
        return known;
    };
    EXPECT_EQ(algorithm("realm=a"), digest_algorithm::md5);
    EXPECT_EQ(algorithm("algorithm=\"SHA-\\256\""), digest_algorithm::sha_256);
    EXPECT_EQ(algorithm("algorithm=SHA-1"), std::nullopt);
}

}  // namespace
