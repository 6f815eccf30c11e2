// Proof P8: what the grammars of the schemes have to do with the framework's.

#include "report.hpp"

#include <authgrammar/abnf/edition.hpp>
#include <authgrammar/abnf/product.hpp>

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace authgrammar;
using namespace authgrammar::proofs;

constexpr std::string_view sender = "rfc9110-sender";

abnf::dfa of_edition(std::string_view edition, std::string_view rule) {
    return get(abnf::make_dfa(get(abnf::load_edition(edition)), rule));
}

/// The language of `rule` in the grammar of the scheme, with the rules of `text` in the place of their namesakes, or
/// added.
abnf::dfa of_scheme(std::string_view scheme, std::string_view rule, std::string_view text = "") {
    for (const abnf::edition_info& known : abnf::schemes()) {
        if (known.name != scheme) continue;
        abnf::rule_set rules;
        const auto add = [&](std::string_view added, std::string_view source) {
            const auto failure = rules.add(get(abnf::read(added, source)));
            if (failure) throw std::runtime_error(abnf::to_string(*failure));
        };
        for (const std::string_view file : known.files) add(get(abnf::load_file(file)), file);
        add(text, "the text of a proof");
        return get(abnf::make_dfa(get(rules.resolve(known.lists)), rule));
    }
    throw std::logic_error("no such scheme");
}

/// The form that Amazon documents, as far as it has to be read to see that it is outside.
constexpr std::string_view aws4 =
    "credentials = \"AWS4-HMAC-SHA256\" 1*SP \"Credential=\" part 3( \"/\" part ) \"/aws4_request\" *OCTET\n"
    "part = 1*( ALPHA / DIGIT / \"-\" / \"_\" / \".\" )\n";

/// Negotiate and a token that are not delimited are one token.
constexpr std::string_view glued = "glued = \"Negotiate\" base64-char *OCTET\n";

/// The language of a scheme's rule as deviations.md has it.
abnf::dfa documented(std::string_view scheme, std::string_view rule) {
    if (scheme == "aws4") return of_scheme("basic", rule, aws4);
    if (scheme == "negotiate") {
        return abnf::subtract(of_scheme(scheme, rule), of_scheme(scheme, "glued", glued));
    }
    return of_scheme(scheme, rule);
}

/// A shortest value of `a` that `b` lacks, made visible; "none" if there is none.
std::string excess(const abnf::dfa& a, const abnf::dfa& b) {
    const auto witness = abnf::find_excess(a, b);
    return witness ? visible(*witness) : "none";
}

TEST(p8, challenges_and_credentials_of_schemes_are_those_of_the_framework) {
    const stopwatch watch;
    std::size_t pairs = 0;
    std::size_t laws = 0;
    const auto included = [&](const abnf::dfa& scheme, const abnf::dfa& framework) {
        ++laws;
        pairs += abnf::count_pairs(scheme, framework);
        EXPECT_EQ(excess(scheme, framework), "none");
    };
    for (const abnf::edition_info& edition : abnf::editions()) {
        SCOPED_TRACE(edition.name);
        const abnf::dfa challenge = of_edition(edition.name, "challenge");
        const abnf::dfa credentials = of_edition(edition.name, "credentials");
        for (const char* scheme : {"basic", "bearer", "digest"}) {
            SCOPED_TRACE(scheme);
            included(of_scheme(scheme, "challenge"), challenge);
            if (std::string_view(scheme) != "digest") included(of_scheme(scheme, "credentials"), credentials);
        }
        // RFC 8187, Section 3.2.1: producers MUST use UTF-8. For other charsets see deviations.md, S-02.
        included(of_scheme("digest", "credentials", "charset = \"UTF-8\"\n"), credentials);
        included(of_scheme("digest", "auth-info"), of_edition(edition.name, "Authentication-Info"));
    }
    if (HasFailure()) return;
    std::printf("P8 Basic, Bearer and Digest within the framework: %zu inclusions, %zu pairs, %.2f s\n", laws, pairs,
                watch.seconds());
}

TEST(p8, negotiate_shares_one_token_with_the_framework) {
    const std::string shared =
        "shared-challenge = \"Negotiate\" [ 1*SP [ gssapi-data ] ]\nshared-credentials = \"Negotiate\" 1*SP "
        "gssapi-data\n";
    for (const std::string rule : {"challenge", "credentials"}) {
        const abnf::dfa both = abnf::intersect(documented("negotiate", rule), of_edition(sender, rule));
        const auto witness = abnf::find_difference(both, of_scheme("negotiate", "shared-" + rule, shared));
        EXPECT_FALSE(witness) << rule << " " << visible(*witness);
    }
}

TEST(p8, no_value_of_aws4_is_in_the_framework) {
    for (const abnf::edition_info& edition : abnf::editions()) {
        const auto common =
            abnf::find_common(documented("aws4", "credentials"), of_edition(edition.name, "credentials"));
        EXPECT_FALSE(common) << edition.name << " " << visible(*common);
    }
}

TEST(p8, bearer_tokens_are_token68) {
    EXPECT_FALSE(abnf::find_difference(of_scheme("bearer", "b64token"), of_edition(sender, "token68")))
        << "RFC 6750, erratum 5335";
    EXPECT_EQ(excess(of_scheme("bearer", "any", "any = \"Bearer\" [ 1*SP [ 1#auth-param ] ]\n"),
                     of_scheme("bearer", "challenge")),
              "'BEaRER'")
        << "RFC 9449, figure 17 has it";
}

// RFC 5802, Section 7 prints base64 without a word on the bits of padding.
TEST(p8, base64_is_that_of_rfc5802_with_bits_of_padding_zero) {
    const abnf::dfa printed = of_scheme("basic", "printed",
                                        "printed = *base64-4 [printed-3 / printed-2]\nprinted-3 = 3base64-char \"=\"\n"
                                        "printed-2 = 2base64-char \"==\"\n");
    const abnf::dfa base64 = of_scheme("basic", "base64");
    EXPECT_EQ(excess(base64, printed), "none");
    EXPECT_EQ(excess(printed, base64), "'aaa='");
    EXPECT_EQ(excess(of_scheme("basic", "basic-credentials"), base64), "none");
    EXPECT_EQ(excess(base64, of_scheme("basic", "basic-credentials")), "''");
}

/// A line `- Shortest: EDITION RULE SCHEME "VALUE"`, or with `Outside`.
struct outside {
    bool shortest = false;
    std::string edition, rule, scheme, value;
};

std::vector<outside> documented_values() {
    std::ifstream in(AUTHGRAMMAR_SOURCE_DIR "/grammar/deviations.md");
    std::vector<outside> values;
    for (std::string line; std::getline(in, line);) {
        outside v;
        v.shortest = line.rfind("- Shortest: ", 0) == 0;
        if (!v.shortest && line.rfind("- Outside: ", 0) != 0) continue;
        std::istringstream words(line.substr(line.find(':') + 1));
        words >> v.edition >> v.rule >> v.scheme;
        const std::size_t first = line.find('"');
        for (std::size_t i = first + 1; i + 1 < line.size(); ++i) {
            const bool tab = line[i] == '\\' && line[i + 1] == 't';
            v.value += tab ? '\t' : line[i];
            i += tab ? 1 : 0;
        }
        values.push_back(v);
    }
    return values;
}

TEST(p8, documented_values_are_outside_the_framework) {
    std::size_t shortest = 0;
    std::set<std::string> shown;
    for (const outside& v : documented_values()) {
        SCOPED_TRACE(v.edition + " " + v.rule + " " + v.scheme + " " + visible(v.value));
        const abnf::dfa scheme = documented(v.scheme, v.rule);
        const abnf::dfa framework = of_edition(v.edition, v.rule);
        EXPECT_TRUE(abnf::accepts(scheme, v.value));
        EXPECT_FALSE(abnf::accepts(framework, v.value));
        if (!v.shortest) continue;
        ++shortest;
        const auto found = abnf::find_excess(scheme, framework);
        ASSERT_TRUE(found);
        EXPECT_EQ(v.value.size(), found->size()) << visible(*found) << " is as short as any";
        shown.insert(v.edition + " " + v.rule + " " + v.scheme);
    }
    // Every exclusion is documented: none for Basic and Bearer.
    std::set<std::string> expected;
    for (const abnf::edition_info& edition : abnf::editions()) {
        const std::string name(edition.name);
        for (const std::string scheme : {"basic", "bearer", "digest", "negotiate", "aws4"}) {
            for (const std::string rule : {"challenge", "credentials"}) {
                if (scheme == "aws4" && rule == "challenge") continue;
                if (abnf::find_excess(documented(scheme, rule), of_edition(name, rule))) {
                    expected.insert(name + " " + rule + " " + scheme);
                }
            }
        }
    }
    EXPECT_EQ(shown, expected);
    if (HasFailure()) return;
    std::printf("P8 outside the framework: %zu shortest values, as grammar/deviations.md has them\n", shortest);
}

}  // namespace
