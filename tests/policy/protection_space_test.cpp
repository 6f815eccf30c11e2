#include <authgrammar/policy/protection_space.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::policy {
namespace {

target_uri at(std::string_view uri) {
    const auto target = read_target_uri(uri);
    EXPECT_TRUE(target) << uri;
    return target.value_or(target_uri{});
}

bool covered(const std::vector<scope>& scopes, std::string_view uri) {
    for (const scope& s : scopes) {
        if (contains(s, at(uri))) return true;
    }
    return false;
}

// shows: R7235-2.2-protection-space conforming
// shows: R7235-2.2-protection-space violating
TEST(protection_space, is_root_and_realm) {
    const protection_space one{at("http://Example.com:80/a").root, "r"};
    EXPECT_EQ(one, (protection_space{at("http://example.com/b").root, "r"}));
    EXPECT_NE(one, (protection_space{at("https://example.com/a").root, "r"}));
    EXPECT_NE(one, (protection_space{at("http://example.com:8080/a").root, "r"}));
    EXPECT_NE(one, (protection_space{one.root, "R"})) << "realm has case";
    EXPECT_NE(one, (protection_space{one.root, std::nullopt}));
    EXPECT_NE((protection_space{one.root, ""}), (protection_space{one.root, std::nullopt}));
}

// A neighbour under the same root does not get what it does not ask for by name.
// shows: R7235-6.3-shared-root conforming
// shows: R7235-6.3-shared-root violating
TEST(protection_space, the_example_of_rfc_7617_2_2) {
    const std::vector<scope> basic = scopes_of("basic", at("http://example.com/docs/index.html"), std::nullopt);
    EXPECT_TRUE(covered(basic, "http://example.com/docs/"));
    EXPECT_TRUE(covered(basic, "http://example.com/docs/test.doc"));
    EXPECT_TRUE(covered(basic, "http://example.com/docs/?page=1"));
    EXPECT_FALSE(covered(basic, "http://example.com/other/"));
    EXPECT_FALSE(covered(basic, "https://example.com/docs/"));
    EXPECT_FALSE(covered(basic, "http://example.com/docs"));
    EXPECT_FALSE(covered(basic, "http://example.com/docs/../other/"));
    EXPECT_FALSE(covered(basic, "http://example.com/docs/%2e%2e/other/"));
    EXPECT_FALSE(covered(basic, "http://example.com.evil.test/docs/"));
    EXPECT_FALSE(covered(basic, "http://example.com:8080/docs/"));
    EXPECT_TRUE(covered(scopes_of("Basic", at("http://example.com"), std::nullopt), "http://example.com/any/thing"));
}

TEST(protection_space, digest_without_domain_is_the_whole_server) {
    for (const std::optional<std::string_view> domain :
         {std::optional<std::string_view>(), std::optional<std::string_view>(""),
          std::optional<std::string_view>("  ")}) {
        const std::vector<scope> digest = scopes_of("DIGEST", at("http://example.com/docs/x"), domain);
        EXPECT_TRUE(covered(digest, "http://example.com/other"));
        EXPECT_FALSE(covered(digest, "http://example.com:81/docs/x"));
    }
}

// shows: R7235-2.2-server-bound conforming
TEST(protection_space, digest_domain_lists_uris) {
    const auto base = at("http://example.com/docs/x");
    const std::vector<scope> digest = scopes_of("Digest", base, "/private /a/../b http://other.test:8080/shared/");
    EXPECT_TRUE(covered(digest, "http://example.com/private"));
    EXPECT_TRUE(covered(digest, "http://example.com/private/deep?x"));
    EXPECT_TRUE(covered(digest, "http://example.com/private.html")) << "a prefix, by the letter of RFC 7616, 3.3";
    EXPECT_TRUE(covered(digest, "http://example.com/b"));
    EXPECT_TRUE(covered(digest, "http://other.test:8080/shared/x"));
    EXPECT_FALSE(covered(digest, "http://other.test/shared/x"));
    EXPECT_FALSE(covered(digest, "http://example.com/docs/x"));
    EXPECT_FALSE(covered(digest, "http://example.com/a"));
}

// shows: R7235-2.2-server-bound violating
TEST(protection_space, digest_domain_does_not_leave_what_it_names) {
    const auto secured = at("https://example.com/docs/x");
    EXPECT_FALSE(covered(domain_scopes(secured, "http://example.com/"), "http://example.com/"));
    EXPECT_TRUE(covered(domain_scopes(secured, "http://example.com/"), "https://example.com/docs/y"));
    EXPECT_FALSE(covered(domain_scopes(secured, "https://example.com"), "https://example.com.evil.test/"));
    EXPECT_FALSE(covered(domain_scopes(secured, "//evil.test/"), "https://evil.test/"));
    EXPECT_FALSE(covered(domain_scopes(secured, "/a?b"), "https://example.com/a"));
    EXPECT_TRUE(covered(domain_scopes(secured, "docs/ %%% /ok"), "https://example.com/ok"));
    EXPECT_FALSE(covered(domain_scopes(secured, "%%%"), "https://example.com/ok")) << "unreadable is not empty";
    std::string many;
    for (int i = 0; i < 1000; ++i) many += " /p" + std::to_string(i) + "/";
    EXPECT_EQ(domain_scopes(secured, many).size(), 64u);
}

using texts = std::vector<std::string>;

/// "http://example.com/a/", root and prefix of each.
texts text_of(const std::vector<scope>& scopes) {
    texts list;
    for (const scope& s : scopes) list.push_back(s.root + s.prefix);
    return list;
}

TEST(protection_space, scopes_in_full) {
    EXPECT_EQ(path_scope(at("http://e.test/a/b?c/d")), (scope{"http://e.test", "/a/"}));
    EXPECT_EQ(path_scope(at("http://e.test/a")), (scope{"http://e.test", "/"}));
    EXPECT_EQ(root_scope(at("https://e.test:1/a/b")), (scope{"https://e.test:1", "/"}));
    EXPECT_FALSE((scope{"http://e.test", "/"} == scope{"http://e.test", "/a"}));
    EXPECT_FALSE((scope{"http://e.test", "/"} == scope{"http://f.test", "/"}));
    EXPECT_TRUE(contains({"http://e.test", "/a/"}, at("http://e.test/a/")));
    EXPECT_FALSE(contains({"http://e.test", "/a/"}, at("http://e.test/b/a/")));
    EXPECT_FALSE(contains({"http://e.test", "/a/"}, at("http://e.test/b/")));
}

// RFC 7616, 3.3: URIs separated by white space; each is taken, or left out, by itself.
TEST(protection_space, digest_domain_uri_by_uri) {
    const auto base = at("http://e.test/docs/x");
    EXPECT_EQ(text_of(domain_scopes(base, "/a")), texts{"http://e.test/a"});
    EXPECT_EQ(text_of(domain_scopes(base, " /a\t/b\r\n/c ")),
              (texts{"http://e.test/a", "http://e.test/b", "http://e.test/c"}));
    EXPECT_EQ(text_of(domain_scopes(base, "/a https://e.test/s http://f.test:81 /b")),
              (texts{"http://e.test/a", "https://e.test/s", "http://f.test:81/", "http://e.test/b"}));
    EXPECT_EQ(text_of(domain_scopes(base, "/a?q //f.test/ http://f.test/?q ftp://e.test/ x /b")),
              texts{"http://e.test/b"});
    EXPECT_EQ(text_of(domain_scopes(base, "//f.test/")), texts{"http://e.test/docs/"}) << "none is left: the path's";
    EXPECT_EQ(text_of(domain_scopes(base, "")), texts{"http://e.test/"}) << "none is named: the server's";
    EXPECT_EQ(text_of(domain_scopes(base, " \t\r\n")), texts{"http://e.test/"});
    const auto secured = at("https://e.test/docs/x");
    EXPECT_EQ(text_of(domain_scopes(secured, "http://e.test/ https://f.test/ /a")),
              (texts{"https://f.test/", "https://e.test/a"}));
    EXPECT_EQ(text_of(scopes_of("Digest", base, std::nullopt)), texts{"http://e.test/"});
    EXPECT_EQ(text_of(scopes_of("Basic", base, "/a")), texts{"http://e.test/docs/"});
}

// What is left out counts among the first 64, too.
TEST(protection_space, digest_domain_is_bounded) {
    const auto base = at("http://e.test/docs/x");
    std::string list;
    for (int i = 0; i < 63; ++i) list += "/" + std::to_string(i) + " ";
    EXPECT_EQ(domain_scopes(base, list + "/a").back().prefix, "/a");
    EXPECT_EQ(domain_scopes(base, list + "?q /a").back().prefix, "/62");
    EXPECT_EQ(domain_scopes(base, list + "/a /b").back().prefix, "/a");
    EXPECT_EQ(domain_scopes(base, list + "/a /b").size(), 64u);
}

TEST(protection_space, unknown_schemes_get_the_smaller_scope) {
    EXPECT_EQ(rule_of("Bearer"), scope_rule::path_prefix);
    EXPECT_EQ(rule_of("DiGeSt"), scope_rule::domain_list);
    EXPECT_FALSE(covered(scopes_of("Bearer", at("http://example.com/api/x"), "/"), "http://example.com/"));
}

// A redirect carries credentials on where their scheme says that they hold.
// shows: R7235-2.2-server-bound conforming
// shows: R7235-2.2-server-bound violating
// shows: R7235-6.1-confidentiality violating
TEST(protection_space, a_redirect_stays_in_the_scope_of_the_scheme) {
    const auto from = at("https://e.test/docs/index");
    const auto kept = [&](std::string_view scheme, std::string_view to, std::optional<std::string_view> domain = {}) {
        return keeps_authorization(from, at(to), scheme, domain);
    };
    for (const std::string_view scheme : {"Basic", "basic", "Bearer", "Newauth"}) {
        EXPECT_TRUE(kept(scheme, "https://E.test:443/docs/deep/x?q")) << scheme;
        for (const std::string_view to : {"https://e.test/", "https://e.test/docs", "https://e.test/docs/../x",
                                          "https://e.test/docs/%2e%2e/x", "https://e.test/documents/",
                                          "http://e.test/docs/", "https://e.test:8443/docs/", "https://f.test/docs/"}) {
            EXPECT_FALSE(kept(scheme, to)) << scheme << ' ' << to;
            EXPECT_FALSE(kept(scheme, to, "/ https://f.test/")) << "domain is Digest's";
        }
    }
    EXPECT_TRUE(kept("Digest", "https://e.test/elsewhere"));
    EXPECT_FALSE(kept("Digest", "http://e.test/docs/"));
    EXPECT_FALSE(kept("Digest", "https://f.test/"));
    EXPECT_TRUE(kept("Digest", "https://f.test/a", "/docs/ https://f.test/ http://g.test/"));
    EXPECT_FALSE(kept("Digest", "https://e.test/elsewhere", "/docs/ https://f.test/ http://g.test/"));
    EXPECT_FALSE(kept("Digest", "http://g.test/", "/docs/ https://f.test/ http://g.test/"));
    EXPECT_FALSE(keeps_authorization(at("http://e.test/docs/"), at("https://e.test/docs/"), "Basic")) << "two servers";
}

}  // namespace
}  // namespace authgrammar::policy
