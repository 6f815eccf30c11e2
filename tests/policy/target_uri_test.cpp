#include <authgrammar/policy/protection_space.hpp>
#include <authgrammar/policy/target_uri.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace authgrammar::policy {
namespace {

std::string root_of(std::string_view uri) {
    const auto target = read_target_uri(uri);
    return target ? target->root : "none";
}

std::string path_of(std::string_view uri) {
    const auto target = read_target_uri(uri);
    return target ? target->path : "none";
}

TEST(target_uri, the_three_uris_of_rfc_9110_4_2_3_are_equal) {
    for (const std::string_view uri :
         {"http://example.com:80/~smith/home.html", "http://EXAMPLE.com/%7Esmith/home.html",
          "http://EXAMPLE.com:/%7esmith/home.html"}) {
        EXPECT_EQ(root_of(uri), "http://example.com");
        EXPECT_EQ(path_of(uri), "/~smith/home.html");
    }
}

TEST(target_uri, scheme_and_host_without_case_and_default_port) {
    EXPECT_EQ(root_of("HTTPS://Example.Com"), "https://example.com");
    EXPECT_EQ(root_of("https://example.com:443/"), "https://example.com");
    EXPECT_EQ(root_of("https://example.com:0443/"), "https://example.com");
    EXPECT_EQ(root_of("https://example.com:80/"), "https://example.com:80");
    EXPECT_EQ(root_of("http://example.com:443/"), "http://example.com:443");
    EXPECT_EQ(root_of("http://example.com:65535/"), "http://example.com:65535");
    EXPECT_EQ(root_of("http://ex%41mple.com/"), "http://example.com");
    EXPECT_NE(root_of("http://example.com./"), root_of("http://example.com/"));
}

TEST(target_uri, ip_literals) {
    EXPECT_EQ(root_of("http://[::1]:8080/x"), "http://[::1]:8080");
    EXPECT_EQ(root_of("http://[2001:DB8:0:0:0:0:0:1]/"), "http://[2001:db8::1]");
    EXPECT_EQ(root_of("http://[0:0:0:0:0:0:0:1]:80/"), "http://[::1]");
    EXPECT_EQ(root_of("http://[v7.A]/"), "http://[v7.a]");
    EXPECT_EQ(root_of("http://192.0.2.1:80/"), "http://192.0.2.1");
    EXPECT_EQ(read_target_uri("http://[::1]/")->host, "[::1]");
}

TEST(target_uri, what_is_not_one) {
    for (const std::string_view uri : {"",
                                       "/docs/",
                                       "example.com",
                                       "//example.com/",
                                       "http:",
                                       "http:/",
                                       "http:///x",
                                       "http://:80/",
                                       "ftp://example.com/",
                                       "http://example.com:65536/",
                                       "http://example.com:99999999999999999999/",
                                       "http://example.com:8x/",
                                       "http://exa mple.com/",
                                       "http://example.com/a b",
                                       "http://example.com\\@evil.test/",
                                       "http://[::1/",
                                       "http://[::g]/",
                                       "http://[fe80::1%25eth0]/",
                                       "http://example.com/\n",
                                       "http://ex\xC3\xA4mple.com/",
                                       "http://example.com/%zz"}) {
        EXPECT_EQ(root_of(uri), "none") << uri;
    }
}

TEST(target_uri, paths_are_normalised) {
    EXPECT_EQ(path_of("http://example.com"), "/");
    EXPECT_EQ(path_of("http://example.com?x"), "/");
    EXPECT_EQ(path_of("http://example.com/docs/../admin"), "/admin");
    EXPECT_EQ(path_of("http://example.com/docs/%2e%2e/admin"), "/admin");
    EXPECT_EQ(path_of("http://example.com/docs/%2E%2E/%2e/admin/"), "/admin/");
    EXPECT_EQ(path_of("http://example.com/../../admin"), "/admin");
    EXPECT_EQ(path_of("http://example.com/docs/.."), "/");
    EXPECT_EQ(path_of("http://example.com/docs/."), "/docs/");
    EXPECT_EQ(path_of("http://example.com//docs"), "//docs");
    EXPECT_EQ(path_of("http://example.com/a%2fb/c"), "/a%2Fb/c");
    EXPECT_EQ(read_target_uri("http://example.com/a?b/../c#d")->query, "b/../c");
}

// RFC 3986, 6.2.2.1: case has no meaning in a host, and the digits of what stays escaped are in upper case.
TEST(target_uri, escapes_in_hosts) {
    EXPECT_EQ(root_of("http://%41b%43.test/"), "http://abc.test");
    EXPECT_EQ(root_of("http://a%ff%41B%aF.test/"), "http://a%FFab%AF.test");
    EXPECT_EQ(root_of("http://%C3%84.test/"), "http://%C3%84.test");
    EXPECT_EQ(root_of("http://%c3%84.TEST/"), "http://%C3%84.test");
    EXPECT_EQ(root_of("http://a.test%2f%3a/"), "http://a.test%2F%3A");
}

// A name that is not ASCII is none of RFC 3986's: who resolves it has to say as which (RFC 5891). Its octets escaped, and
// the form with xn--, are different names here, and neither is ever taken for the other.
TEST(target_uri, international_names) {
    EXPECT_EQ(root_of("https://b\xC3\xBC"
                      "cher.test/"),
              "none")
        << "UTF-8";
    EXPECT_EQ(root_of("https://b\xFC"
                      "cher.test/"),
              "none")
        << "ISO 8859-1";
    EXPECT_EQ(root_of("https://XN--Bcher-KVA.test/"), "https://xn--bcher-kva.test");
    EXPECT_EQ(root_of("https://b%c3%bccher.test/"), "https://b%C3%BCcher.test");
    EXPECT_NE(root_of("https://b%C3%BCcher.test/"), root_of("https://xn--bcher-kva.test/"));
    EXPECT_FALSE(effective_request_uri("GET", "/",
                                       "b\xC3\xBC"
                                       "cher.test",
                                       true));
    EXPECT_FALSE(resolve(*read_target_uri("https://e.test/"),
                         "//b\xC3\xBC"
                         "cher.test/"));
}

// A zone is known to one host only (RFC 6874, 4), so it names no server.
TEST(target_uri, zones_of_ipv6) {
    for (const std::string_view host :
         {"[fe80::1%25eth0]", "[fe80::1%eth0]", "[fe80::1%251]", "[fe80::1%]", "[::1%25]", "[fe80::1]%25eth0"}) {
        const std::string uri = "http://" + std::string(host) + "/";
        EXPECT_EQ(root_of(uri), "none") << uri;
        EXPECT_FALSE(effective_request_uri("GET", "/", host, false)) << host;
        EXPECT_FALSE(effective_request_uri("CONNECT", std::string(host) + ":443", host, false)) << host;
    }
    EXPECT_EQ(root_of("http://[fe80::1]/"), "http://[fe80::1]");
}

// Whatever stands in front of "@" is no host (RFC 9110, 4.2.4), and of a request target or Host it is no part at all.
TEST(target_uri, userinfo) {
    for (const std::string_view uri :
         {"https://example.com@evil.test/", "https://example.com:443@evil.test/", "https://:@evil.test/",
          "https://@evil.test/", "https://example.com%2F@evil.test/", "https://example.com%40@EVIL.test:443/"}) {
        const auto target = read_target_uri(uri);
        ASSERT_TRUE(target) << uri;
        EXPECT_EQ(target->root, "https://evil.test") << uri;
        EXPECT_TRUE(target->userinfo) << uri;
        EXPECT_EQ(target->path, "/") << uri;
    }
    EXPECT_EQ(root_of("https://a@b@evil.test/"), "none");
    EXPECT_EQ(root_of("https://example.com\\@evil.test/"), "none");
    EXPECT_FALSE(read_target_uri("https://evil.test/@example.com")->userinfo);
    EXPECT_FALSE(read_target_uri("https://evil.test?@example.com")->userinfo);
    EXPECT_EQ(root_of("https://evil.test#@example.com"), "https://evil.test");
    EXPECT_FALSE(effective_request_uri("GET", "/", "user@e.test", true));
    EXPECT_FALSE(effective_request_uri("CONNECT", "user@e.test:443", "e.test", true));
    const auto absolute = effective_request_uri("GET", "https://user@e.test/", "other.test", true);
    ASSERT_TRUE(absolute);
    EXPECT_TRUE(absolute->userinfo) << "it is left out of the target, and told";
    EXPECT_EQ(absolute->root, "https://e.test");
}

// An encoded slash is data of its segment (RFC 3986, 2.2): it neither ends one nor makes ".." of what is before it, and
// whoever decodes it afterwards does so within the scope.
TEST(target_uri, encoded_slashes_and_dots) {
    EXPECT_EQ(path_of("http://e.test/docs%2fadmin"), "/docs%2Fadmin");
    EXPECT_EQ(path_of("http://e.test/docs%2Fx/.."), "/") << "one segment";
    EXPECT_EQ(path_of("http://e.test/docs/..%2fadmin"), "/docs/..%2Fadmin");
    EXPECT_EQ(path_of("http://e.test/docs/%2e%2e%2fadmin"), "/docs/..%2Fadmin");
    EXPECT_EQ(path_of("http://e.test/docs/%252e%252e/admin"), "/docs/%252e%252e/admin") << "decoded once";
    EXPECT_EQ(path_of("http://e.test/docs/.%2e/admin"), "/admin");
    EXPECT_EQ(path_of("http://e.test/docs/..."), "/docs/...");
    EXPECT_EQ(path_of("http://e.test/docs/..;/admin"), "/docs/..;/admin");
    EXPECT_EQ(path_of("http://e.test/docs/%5c../admin"), "/docs/%5C../admin");
    const scope docs = path_scope(*read_target_uri("http://e.test/docs/index"));
    for (const std::string_view outside :
         {"http://e.test/docs%2fx", "http://e.test/docs/../x", "http://e.test/docs/%2e%2e/x",
          "http://e.test/docs/a/../../x", "http://e.test/Docs/x", "http://e.test//docs/x"}) {
        EXPECT_FALSE(contains(docs, *read_target_uri(outside))) << outside;
    }
    EXPECT_TRUE(contains(docs, *read_target_uri("http://e.test/x/../docs/%41")));
    EXPECT_TRUE(contains(docs, *read_target_uri("http://e.test/docs/a%2fb")));
}

TEST(target_uri, ports) {
    EXPECT_EQ(root_of("http://e.test:0/"), "http://e.test:0");
    EXPECT_EQ(root_of("http://e.test:81/"), "http://e.test:81");
    EXPECT_EQ(root_of("http://e.test:79/"), "http://e.test:79");
    EXPECT_EQ(root_of("https://e.test:444/"), "https://e.test:444");
    EXPECT_EQ(root_of("https://e.test:442/"), "https://e.test:442");
    EXPECT_EQ(root_of("http://e.test:1234567890/"), "none");
    EXPECT_EQ(root_of("http://e.test:065535/"), "http://e.test:65535");
    EXPECT_EQ(root_of("http://e.test:9080/"), "http://e.test:9080");
}

// Every member, for a URI that has all parts and for one that has none.
TEST(target_uri, in_full) {
    const auto full = read_target_uri("HTTPS://u:p@E.test:8443/a/./B%2f?C=%64#f").value();
    EXPECT_EQ(full.root, "https://e.test:8443");
    EXPECT_EQ(full.host, "e.test");
    EXPECT_EQ(full.path, "/a/B%2F");
    EXPECT_EQ(full.query, "C=d");
    EXPECT_TRUE(full.secured);
    EXPECT_TRUE(full.userinfo);
    const auto bare = read_target_uri("http://e.test").value();
    EXPECT_EQ(bare.root, "http://e.test");
    EXPECT_EQ(bare.host, "e.test");
    EXPECT_EQ(bare.path, "/");
    EXPECT_EQ(bare.query, "");
    EXPECT_FALSE(bare.secured);
    EXPECT_FALSE(bare.userinfo);
    EXPECT_TRUE(read_target_uri("http://@e.test/")->userinfo) << "empty, and there";
    EXPECT_FALSE(target_uri{}.secured);
    EXPECT_FALSE(target_uri{}.userinfo);
    EXPECT_EQ(path_of("http://e.test/a/"), "/a/");
    EXPECT_EQ(path_of("http://e.test//"), "//");
    EXPECT_EQ(path_of("http://e.test/a//b/"), "/a//b/");
}

TEST(target_uri, userinfo_is_left_out) {
    const auto target = read_target_uri("https://example.com@evil.test/");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->root, "https://evil.test");
    EXPECT_TRUE(target->userinfo);
    EXPECT_FALSE(read_target_uri("https://evil.test/")->userinfo);
}

// shows: R7235-2.2-protection-space conforming
TEST(target_uri, effective_request_uri) {
    const auto root = [](std::string_view method, std::string_view target, std::string_view host, bool secured) {
        const auto t = effective_request_uri(method, target, host, secured);
        return t ? t->root + t->path : "none";
    };
    EXPECT_EQ(root("GET", "/pub/x?y", "Example.com:80", false), "http://example.com/pub/x");
    EXPECT_EQ(root("GET", "/pub/x", "example.com:8443", true), "https://example.com:8443/pub/x");
    EXPECT_EQ(root("GET", "http://other.test/x", "example.com", true), "http://other.test/x");
    EXPECT_EQ(root("CONNECT", "example.com:443", "", true), "https://example.com/");
    EXPECT_EQ(root("OPTIONS", "*", "example.com", false), "http://example.com/");
    EXPECT_EQ(root("GET", "*", "example.com", false), "none");
    EXPECT_EQ(root("GET", "/", "", false), "none");
    EXPECT_EQ(root("GET", "/", "example.com/evil", false), "none");
    EXPECT_EQ(root("GET", "/", "a@example.com", false), "none");
    EXPECT_EQ(root("GET", "", "example.com", false), "none");
    EXPECT_EQ(root("CONNECT", "example.com/x", "", true), "none");
    EXPECT_EQ(root("GET", "/x#y", "example.com", false), "none");
    EXPECT_EQ(root("GET", "//evil.test/x", "example.com", false), "http://example.com//evil.test/x");
    EXPECT_EQ(root("GET", "//evil.test/x", "", false), "none");
    // What is no authority does not become one, in any form that needs it.
    for (const std::string no_authority : {"", "e.test/", "e.test?", "e.test#", "u@e.test", "/", "?", "#", "@"}) {
        EXPECT_EQ(root("GET", "/", no_authority, false), "none") << no_authority;
        EXPECT_EQ(root("OPTIONS", "*", no_authority, false), "none") << no_authority;
        EXPECT_EQ(root("CONNECT", no_authority, "e.test", false), "none") << no_authority;
    }
    EXPECT_EQ(root("CONNECT", "e.test:80", "other.test", false), "http://e.test/") << "the target, not Host";
    EXPECT_EQ(root("CONNECT", "/x", "e.test", false), "none");
    const auto extended = effective_request_uri("CONNECT", "/chat", "e.test:443", true, true);
    ASSERT_TRUE(extended);
    EXPECT_EQ(extended->root + extended->path, "https://e.test/chat") << "it has a URI (RFC 8441, 4)";
    EXPECT_EQ(root("OPTIONS", "*", "e.test:8080", true), "https://e.test:8080/");
    EXPECT_EQ(root("OPTIONS", "/x", "e.test", true), "https://e.test/x");
    EXPECT_EQ(root("POST", "*", "e.test", true), "none");
    EXPECT_EQ(root("GET", "https://e.test/x", "", false), "https://e.test/x") << "absolute-form needs no Host";
    EXPECT_EQ(root("GET", "https://e.test/x#y", "e.test", false), "none");
    EXPECT_EQ(root("GET", "x", "e.test", false), "none");
    EXPECT_EQ(root("GET", "?x", "e.test", false), "none");
    EXPECT_EQ(effective_request_uri("GET", "/a?b=/c", "e.test", false)->query, "b=/c");
    EXPECT_FALSE(effective_request_uri("GET", "/", "e.test", false)->secured);
    EXPECT_TRUE(effective_request_uri("GET", "/", "e.test", true)->secured);
}

TEST(target_uri, references_resolve_by_rfc_3986) {
    const auto base = *read_target_uri("http://a.test/b/c/d?q");
    const auto resolved = [&](std::string_view reference) {
        const auto t = resolve(base, reference);
        return t ? t->root + t->path + (t->query.empty() ? "" : "?" + t->query) : "none";
    };
    EXPECT_EQ(resolved(""), "http://a.test/b/c/d?q");
    EXPECT_EQ(resolved("#s"), "http://a.test/b/c/d?q") << "the base's query, as for an empty reference";
    EXPECT_EQ(resolved("?y"), "http://a.test/b/c/d?y");
    EXPECT_EQ(resolved("g"), "http://a.test/b/c/g");
    EXPECT_EQ(resolved("../g"), "http://a.test/b/g");
    EXPECT_EQ(resolved("/g"), "http://a.test/g");
    EXPECT_EQ(resolved("//other.test/g"), "http://other.test/g");
    EXPECT_EQ(resolved("https://a.test/"), "https://a.test/");
    EXPECT_EQ(resolved("mailto:x@a.test"), "none");
    EXPECT_EQ(resolved("http:g"), "none") << "strictly: a scheme without an authority is another URI";
    EXPECT_EQ(resolved("g?h/../i#j"), "http://a.test/b/c/g?h/../i");
    EXPECT_EQ(resolved("../../../g"), "http://a.test/g");
    EXPECT_EQ(resolved("%%%"), "none");
    EXPECT_EQ(resolved("//x y/"), "none");
    const auto without_query = *read_target_uri("https://u@a.test:8443/b/c");
    EXPECT_EQ(resolve(without_query, "#s")->query, "");
    EXPECT_EQ(resolve(without_query, "d")->root, "https://a.test:8443");
    EXPECT_EQ(resolve(without_query, "d")->path, "/b/d");
    EXPECT_EQ(resolve(without_query, "")->path, "/b/c");
    EXPECT_TRUE(resolve(without_query, "")->userinfo) << "the base as it is";
    EXPECT_EQ(resolve(without_query, std::string_view())->path, "/b/c");
    EXPECT_FALSE(resolve(target_uri{}, "g")) << "no base";
}

// shows: R7235-2.2-server-bound conforming
// shows: R7235-2.2-server-bound violating
TEST(target_uri, a_redirect_keeps_authorization_within_its_root_only) {
    const auto from = *read_target_uri("https://example.com/login");
    EXPECT_TRUE(keeps_authorization(from, *read_target_uri("https://EXAMPLE.com:443/elsewhere")));
    EXPECT_FALSE(keeps_authorization(from, *read_target_uri("http://example.com/elsewhere")));
    EXPECT_FALSE(keeps_authorization(from, *read_target_uri("https://example.com:8443/")));
    EXPECT_FALSE(keeps_authorization(from, *read_target_uri("https://example.com.evil.test/")));
    EXPECT_FALSE(keeps_authorization(from, *read_target_uri("https://example.com@evil.test/")));
}

// The default port, named or not, is one server (RFC 9110, 4.2.1 and 4.2.2): for roots, redirects and spaces.
TEST(target_uri, a_default_port_makes_no_other_server) {
    struct pair {
        std::string_view with_port;
        std::string_view without;
    };
    for (const pair& p : {pair{"https://example.com:443/x", "https://example.com/y"},
                          pair{"http://example.com:80/x", "http://EXAMPLE.com/y"},
                          pair{"https://example.com:/x", "https://example.com/y"},
                          pair{"https://[2001:db8::1]:443/x", "https://[2001:db8::1]/y"}}) {
        const target_uri a = read_target_uri(p.with_port).value();
        const target_uri b = read_target_uri(p.without).value();
        EXPECT_EQ(a.root, b.root) << p.with_port;
        EXPECT_TRUE(keeps_authorization(a, b)) << p.with_port;
        EXPECT_TRUE(keeps_authorization(b, a)) << p.with_port;
        EXPECT_EQ((protection_space{a.root, "r"}), (protection_space{b.root, "r"})) << p.with_port;
    }
    EXPECT_EQ(effective_request_uri("GET", "/", "example.com:443", true)->root, root_of("https://example.com/"));
    EXPECT_EQ(effective_request_uri("GET", "/", "example.com:80", false)->root, root_of("http://example.com/"));
    EXPECT_NE(root_of("http://example.com:443/"), root_of("https://example.com/"));
    EXPECT_NE(root_of("https://example.com:80/"), root_of("http://example.com/"));
}

}  // namespace
}  // namespace authgrammar::policy
