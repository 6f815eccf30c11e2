#include "workload.hpp"

#include "shapes.hpp"

#include <algorithm>
#include <functional>

namespace authgrammar::bench {

namespace {

using maker = std::function<std::string(random_source&)>;

constexpr std::string_view alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view lower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view hex = "0123456789abcdef";
constexpr std::string_view base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view base64_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// `plain` in base64 with its pads (RFC 4648, Section 4).
std::string base64(std::string_view plain) {
    std::string out;
    for (std::size_t i = 0; i < plain.size(); i += 3) {
        std::uint32_t bits = 0;
        const std::size_t have = std::min<std::size_t>(3, plain.size() - i);
        for (std::size_t k = 0; k < 3; ++k) {
            bits = bits << 8 | (k < have ? static_cast<unsigned char>(plain[i + k]) : 0u);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            out += k <= have ? base64_alphabet[bits >> (18 - 6 * k) & 63] : '=';
        }
    }
    return out;
}

std::string octets(random_source& random, std::size_t size) {
    std::string out(size, '\0');
    for (char& c : out) c = static_cast<char>(random.below(256));
    return out;
}

const std::vector<std::string>& words() {
    static const std::vector<std::string> list{
        "apps", "simple", "api",    "files",  "media",  "admin",    "users",  "orders", "billing",  "photos",
        "mail", "builds", "status", "search", "intern", "customer", "public", "report", "research", "warehouse"};
    return list;
}

std::string host(random_source& random) {
    static const std::vector<std::string> tops{"example.org", "example.com", "test.example", "corp.example.net"};
    return random.one_of(words()) + "." + random.one_of(tops);
}

std::string basic(random_source& random) {
    const std::string user = random.text(random.between(3, 14), alphanumeric);
    return "Basic " + base64(user + ":" + random.text(random.between(5, 14), alphanumeric));
}

std::string bearer(random_source& random, std::size_t payload) {
    static const std::vector<std::string> algorithms{"RS256", "ES256", "PS256", "EdDSA"};
    std::string header = base64(R"({"alg":")" + random.one_of(algorithms) + R"(","typ":"JWT"})");
    header.erase(std::min(header.find('='), header.size()));
    return "Bearer " + header + "." + random.text(payload, base64url) + "." + random.text(342, base64url);
}

std::string bearer_900(random_source& random) { return bearer(random, random.between(460, 580)); }
std::string bearer_3k(random_source& random) { return bearer(random, random.between(2534, 2734)); }

std::string negotiate_8k(random_source& random) {
    return "Negotiate " + base64(octets(random, random.between(6136, 6142)));
}

std::string digest_cred(random_source& random) {
    const std::string name = random.text(random.between(4, 9), lower);
    return "Digest username=\"" + name + "\", realm=\"http-auth@" + host(random) + "\", uri=\"/dir/" +
           random.text(random.between(6, 18), lower) + ".html\", algorithm=SHA-256, nonce=\"" +
           random.text(44, base64url) + "\", nc=" + random.text(8, hex) + ", cnonce=\"" + random.text(44, base64url) +
           "\", qop=auth, response=\"" + random.text(64, hex) + "\", opaque=\"" + random.text(44, base64url) + "\"";
}

std::string digest_chal2(random_source& random) {
    const std::string shared = "\", qop=\"auth, auth-int\", algorithm=";
    const std::string realm = "Digest realm=\"http-auth@" + host(random);
    const std::string tail = ", nonce=\"" + random.text(40, base64url) + "\", opaque=\"" + random.text(40, base64url);
    return realm + shared + "SHA-256" + tail + "\", " + realm + shared + "MD5" + tail + "\"";
}

std::string newauth_basic(random_source& random) {
    return "Newauth realm=\"" + random.one_of(words()) + "\", type=" + std::to_string(random.below(12)) +
           ", title=\"Login to \\\"" + random.one_of(words()) + "\\\"\", Basic realm=\"" + random.one_of(words()) +
           "\"";
}

std::string bearer_err(random_source& random) {
    static const std::vector<std::string> errors{"invalid_token", "invalid_request", "insufficient_scope"};
    static const std::vector<std::string> descriptions{"The access token expired", "The access token was revoked",
                                                       "The token is not well-formed", "More scope is needed for it"};
    return "Bearer realm=\"" + random.one_of(words()) + "\", error=\"" + random.one_of(errors) +
           "\", error_description=\"" + random.one_of(descriptions) + "\"";
}

std::string docker_bearer(random_source& random) {
    static const std::vector<std::string> rights{"pull", "pull,push", "push", "delete"};
    const std::string site = random.one_of(words()) + ".test";
    return "Bearer realm=\"https://auth." + site + "/token\",service=\"registry." + site +
           "\",scope=\"repository:" + random.text(random.between(4, 9), lower) + "/" + random.one_of(words()) + ":" +
           random.one_of(rights) + "\"";
}

/// Ten challenges, two bare, three with a token68, five with 21 parameters together: 55 spans.
std::string ten_chal(random_source& random) {
    const std::string realm = "realm=\"" + host(random) + "\"";
    std::vector<std::string> list{
        "Negotiate",
        "Kerberos",
        "NTLM " + base64(octets(random, random.between(40, 44))),
        "Token " + random.text(random.between(16, 24), base64url),
        "Hawk68 " + base64(octets(random, random.between(10, 16))),
        "Digest " + realm + ", domain=\"/private /" + random.one_of(words()) + "\", nonce=\"" +
            random.text(36, base64url) + "\", opaque=\"" + random.text(24, hex) +
            "\", algorithm=SHA-256, qop=\"auth, auth-int\", stale=" + (random.below(2) == 0 ? "true" : "FALSE"),
        "Digest " + realm + ", nonce=\"" + random.text(32, hex) + "\", opaque=\"" + random.text(16, hex) +
            "\", algorithm=MD5, qop=\"auth\"",
        "Bearer " + realm + ", scope=\"openid " + random.one_of(words()) +
            "\", error=\"invalid_token\", error_description=\"The \\\"access\\\" token expired\"",
        "Basic " + realm + ", charset=\"UTF-8\"",
        "Newauth realm=\"" + random.one_of(words()) + "\", type=" + std::to_string(random.below(12)) +
            ", title=\"Login to \\\"" + random.one_of(words()) + "\\\"\""};
    for (std::size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[random.below(i)]);
    std::string out;
    for (const std::string& challenge : list) out += (out.empty() ? "" : ", ") + challenge;
    return out;
}

/// Not in the grammar: "/" and ";" stand in values without quotes.
std::string sigv4(random_source& random) {
    static const std::vector<std::string> regions{"us-east-1", "eu-west-1", "eu-central-1", "ap-south-1"};
    return "AWS4-HMAC-SHA256 Credential=AKIA" + random.text(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") + "/2025" +
           std::to_string(random.between(1000, 1299)) + "/" + random.one_of(regions) +
           "/s3/aws4_request, SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, Signature=" +
           random.text(64, hex);
}

std::vector<std::string> pool(std::uint64_t seed, std::size_t variants, const maker& make) {
    random_source random(seed);
    std::vector<std::string> values;
    for (std::size_t i = 0; i < variants; ++i) values.push_back(make(random));
    return values;
}

struct share {
    std::size_t percent;
    maker make;
};

/// Exact shares of `count` values, shuffled.
std::vector<std::string> mix(std::uint64_t seed, std::size_t count, const std::vector<share>& shares) {
    random_source random(seed);
    std::vector<std::string> values;
    for (const share& s : shares) {
        for (std::size_t i = 0; i < count * s.percent / 100; ++i) values.push_back(s.make(random));
    }
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[random.below(i)]);
    return values;
}

struct recipe {
    std::string name;
    authgrammar::field field;
    std::size_t variants;
    std::size_t cold_variants;  ///< none if 0
    std::size_t spans;          ///< of each value; none if it is not in the grammar
    maker make;
};

const std::vector<recipe>& recipes() {
    constexpr field request = field::authorization;
    constexpr field response = field::www_authenticate;
    static const std::vector<recipe> list{
        {"basic", request, 512, 8192, 2, basic},
        {"bearer_900", request, 32, 8192, 2, bearer_900},
        {"bearer_3k", request, 10, 0, 2, bearer_3k},
        {"negotiate_8k", request, 4, 0, 2, negotiate_8k},
        {"digest_cred", request, 64, 8192, 21, digest_cred},
        {"digest_chal2", response, 64, 8192, 22, digest_chal2},
        {"newauth_basic", response, 256, 8192, 10, newauth_basic},
        {"bearer_err", response, 256, 8192, 7, bearer_err},
        {"docker_bearer", response, 256, 8192, 7, docker_bearer},
        {"ten_chal", response, 32, 2048, 55, ten_chal},
        {"sigv4", request, 128, 0, 0, sigv4},
    };
    return list;
}

}  // namespace

std::uint64_t random_source::next() noexcept {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

std::string random_source::text(std::size_t size, std::string_view alphabet) {
    std::string out(size, '\0');
    for (char& c : out) c = alphabet[below(alphabet.size())];
    return out;
}

std::size_t item::bytes() const noexcept {
    std::size_t sum = 0;
    for (const std::string& value : values) sum += value.size();
    return sum;
}

std::vector<item> make_workload(std::size_t variants_at_most) {
    std::vector<item> items;
    std::uint64_t seed = 7235;
    for (const recipe& r : recipes()) {
        items.push_back({r.name, item_kind::common, r.field, pool(++seed, r.variants, r.make), r.spans});
    }
    // The pool of basic has the best known of all credentials in it.
    items.front().values.front() = "Basic dXNlcjpwYXNz";
    items.push_back(
        {"mix_req", item_kind::common, field::authorization,
         mix(++seed, 400,
             {{20, basic}, {48, bearer_900}, {6, bearer_3k}, {2, negotiate_8k}, {16, digest_cred}, {8, sigv4}})});
    items.push_back(
        {"mix_res", item_kind::common, field::www_authenticate,
         mix(++seed, 1000,
             {{10, digest_chal2}, {20, newauth_basic}, {40, bearer_err}, {20, docker_bearer}, {10, ten_chal}})});
    for (const shape& s : adversarial_shapes()) {
        items.push_back({s.name, item_kind::adversarial, s.field, {s.make(65536, 1)}});
    }
    for (const recipe& r : recipes()) {
        ++seed;
        if (r.cold_variants == 0) continue;
        items.push_back({r.name + "_cold", item_kind::cold, r.field,
                         pool(seed, std::min(r.cold_variants, variants_at_most), r.make), r.spans, 512});
    }
    for (item& i : items) {
        if (i.values.size() > variants_at_most) i.values.resize(variants_at_most);
    }
    return items;
}

std::vector<item> make_growth(const std::vector<std::size_t>& sizes, std::size_t bytes_at_most) {
    constexpr std::size_t pass_bytes = 65536;
    const std::size_t pool_bytes = std::min(8 * pass_bytes, bytes_at_most);
    std::vector<item> items;
    for (const auto* shapes : {&adversarial_shapes(), &generated_shapes()}) {
        const bool generated = shapes == &generated_shapes();
        for (const shape& s : *shapes) {
            for (const std::size_t size : sizes) {
                item i{s.name + "@" + std::to_string(size), item_kind::growth, s.field, {}};
                i.shape = s.name;
                i.size = size;
                i.slice = generated ? pass_bytes / size : 0;
                const std::size_t variants = generated ? std::max<std::size_t>(1, pool_bytes / size) : 1;
                for (std::size_t seed = 1; seed <= variants; ++seed) i.values.push_back(s.make(size, seed));
                items.push_back(std::move(i));
            }
        }
    }
    return items;
}

}  // namespace authgrammar::bench
