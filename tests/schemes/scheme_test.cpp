// The table of schemes against the registry, and against itself.

#include <authgrammar/authgrammar.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace authgrammar::schemes;
using authgrammar::field_kind;
using authgrammar::param_form;

constexpr field_kind kinds[]{field_kind::challenges, field_kind::credentials, field_kind::info};

/// The rows of the registry: name, reference, note.
std::vector<std::vector<std::string>> registry() {
    std::ifstream file(AUTHGRAMMAR_SOURCE_DIR "/corpus/registry/iana-authschemes.tsv");
    std::vector<std::vector<std::string>> rows;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#') continue;
        std::vector<std::string> row;
        for (std::size_t at = 0; at <= line.size();) {
            const std::size_t end = std::min(line.find('\t', at), line.size());
            row.push_back(line.substr(at, end - at));
            at = end + 1;
        }
        rows.push_back(std::move(row));
    }
    if (!rows.empty()) rows.erase(rows.begin());  // the names of the columns
    return rows;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
}

// shows: R7235-5.1-registry conforming
TEST(scheme, all_of_the_registry_are_in_the_table_word_for_word) {
    const auto rows = registry();
    ASSERT_EQ(rows.size(), 14u);
    for (const auto& row : rows) {
        ASSERT_EQ(row.size(), 3u) << row[0];
        const scheme_description* s = find_scheme(row[0]);
        ASSERT_NE(s, nullptr) << row[0];
        EXPECT_TRUE(s->registered) << row[0];
        EXPECT_EQ(s->name, row[0]);
        EXPECT_EQ(s->reference, row[1]);
        EXPECT_EQ(s->registry_note, row[2]);
    }
}

// shows: R7235-5.1-registry violating
TEST(scheme, what_is_not_in_the_registry_is_not_called_registered) {
    std::set<std::string> registered;
    for (const auto& row : registry()) registered.insert(row[0]);
    std::set<std::string> others;
    for (const scheme_description& s : all_schemes()) {
        if (!s.registered) others.insert(std::string(s.name));
        EXPECT_EQ(s.registered, registered.count(std::string(s.name)) == 1) << s.name;
    }
    EXPECT_EQ(others, (std::set<std::string>{"AWS4-HMAC-SHA256", "NTLM"}));
    EXPECT_EQ(find_scheme("Newauth"), nullptr);
    std::ifstream file(AUTHGRAMMAR_SOURCE_DIR "/corpus/registry/iana-authschemes.tsv");
    std::string head;
    std::getline(file, head);
    EXPECT_NE(head.find("last updated " + std::string(registry_date)), std::string::npos) << head;
}

TEST(scheme, is_found_without_regard_to_case) {
    for (const scheme_description& s : all_schemes()) {
        std::string upper(s.name);
        for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
        EXPECT_EQ(find_scheme(s.name), &s);
        EXPECT_EQ(find_scheme(lower(s.name)), &s);
        EXPECT_EQ(find_scheme(upper), &s);
        EXPECT_EQ(find_scheme(std::string(s.name) + "x"), nullptr);
        EXPECT_EQ(find_scheme(s.name.substr(1)), nullptr);
    }
    EXPECT_EQ(find_scheme(""), nullptr);
    EXPECT_EQ(find_scheme("SCRAM-SHA-512"), nullptr);
}

/// "status param=value", or "none".
std::string error_of(std::string_view scheme, error_occasion when) {
    const auto signal = find_error(*find_scheme(scheme), when);
    if (!signal) return "none";
    EXPECT_EQ(signal->when, when);
    EXPECT_FALSE(signal->section.empty());
    return std::to_string(signal->status) + ' ' + std::string(signal->param) + '=' + std::string(signal->value);
}

// RFC 6750, 3.1; RFC 9470, 3; RFC 7616, 3.3; RFC 9449, 9; RFC 8120, 4.1; RFC 7804, 5.1.
TEST(scheme, errors_are_told_in_its_own_way) {
    EXPECT_EQ(error_of("Bearer", error_occasion::malformed), "400 error=invalid_request");
    EXPECT_EQ(error_of("Bearer", error_occasion::invalid), "401 error=invalid_token");
    EXPECT_EQ(error_of("Bearer", error_occasion::insufficient), "403 error=insufficient_scope");
    EXPECT_EQ(error_of("Bearer", error_occasion::more_authentication), "401 error=insufficient_user_authentication");
    EXPECT_EQ(error_of("Bearer", error_occasion::stale_nonce), "none");
    EXPECT_EQ(error_of("Digest", error_occasion::stale_nonce), "0 stale=true");
    EXPECT_EQ(error_of("Digest", error_occasion::invalid), "none");
    EXPECT_EQ(error_of("DPoP", error_occasion::stale_nonce), "401 error=use_dpop_nonce");
    EXPECT_EQ(error_of("Mutual", error_occasion::stale_nonce), "0 reason=stale-session");
    EXPECT_EQ(error_of("Basic", error_occasion::stale_nonce), "none");
}

TEST(scheme, a_parameter_says_that_the_nonce_is_stale) {
    EXPECT_TRUE(says_nonce_is_stale("Digest", "stale"));
    EXPECT_TRUE(says_nonce_is_stale("DIGEST", "Stale"));
    EXPECT_FALSE(says_nonce_is_stale("Digest", "nonce"));
    EXPECT_FALSE(says_nonce_is_stale("Digest", "absent"));
    EXPECT_FALSE(says_nonce_is_stale("Basic", "stale")) << "the table knows Basic, which has none";
    EXPECT_TRUE(says_nonce_is_stale("Newauth", "stale")) << "as in some scheme";
    EXPECT_FALSE(says_nonce_is_stale("Newauth", "realm"));
    EXPECT_FALSE(says_nonce_is_stale("Newauth", "absent"));
}

TEST(scheme, a_parameter_differs_from_challenge_to_challenge) {
    EXPECT_TRUE(changes_with_each_challenge("Digest", "nonce"));
    EXPECT_TRUE(changes_with_each_challenge("digest", "STALE"));
    EXPECT_FALSE(changes_with_each_challenge("Digest", "realm"));
    EXPECT_TRUE(changes_with_each_challenge("Newauth", "nonce")) << "as in some scheme";
    EXPECT_TRUE(changes_with_each_challenge("Basic", "nonce")) << "of which Basic says nothing";
    EXPECT_FALSE(changes_with_each_challenge("Newauth", "realm"));
    EXPECT_FALSE(changes_with_each_challenge("Newauth", "absent"));
}

TEST(scheme, what_rests_on_a_summary_is_marked) {
    std::set<std::string> marked;
    for (const scheme_description& s : all_schemes()) {
        if (!s.rests_on.empty()) marked.insert(std::string(s.name));
    }
    EXPECT_EQ(marked, (std::set<std::string>{"AWS4-HMAC-SHA256", "GNAP", "NTLM", "PrivateToken"}));
}

TEST(scheme, parameters_are_found_in_their_kind_of_field) {
    const scheme_description& digest = *find_scheme("Digest");
    ASSERT_NE(find_parameter(digest, field_kind::challenges, "QOP"), nullptr);
    EXPECT_EQ(find_parameter(digest, field_kind::challenges, "qop")->syntax, value_syntax::token_list);
    EXPECT_EQ(find_parameter(digest, field_kind::credentials, "qop")->syntax, value_syntax::token);
    EXPECT_EQ(find_parameter(digest, field_kind::credentials, "stale"), nullptr);
    EXPECT_EQ(find_parameter(digest, field_kind::info, "nonce"), nullptr);
    EXPECT_EQ(find_parameter(digest, field_kind::challenges, "nextnonce"), nullptr);
    EXPECT_NE(find_parameter(digest, field_kind::info, "nextnonce"), nullptr);
}

// What every description has to hold, whichever the scheme.
TEST(scheme, descriptions_are_consistent) {
    for (const scheme_description& s : all_schemes()) {
        SCOPED_TRACE(s.name);
        EXPECT_FALSE(s.name.empty());
        EXPECT_FALSE(s.reference.empty());
        EXPECT_FALSE(s.credentials.none());
        std::set<std::pair<int, std::string>> seen;
        for (const parameter_description& p : s.params) {
            SCOPED_TRACE(p.name);
            EXPECT_FALSE(p.section.empty());
            bool somewhere = false;
            for (const field_kind kind : kinds) {
                if (p.in(kind) == presence::absent) continue;
                somewhere = true;
                EXPECT_TRUE(seen.emplace(static_cast<int>(kind), lower(p.name)).second) << "described twice";
                if (p.in(kind) == presence::conditional) {
                    EXPECT_FALSE(p.when.empty()) << "no condition";
                }
            }
            EXPECT_TRUE(somewhere);
            EXPECT_TRUE(p.in_challenge == presence::absent || s.challenge.params);
            EXPECT_TRUE(p.in_credentials == presence::absent || s.credentials.params);
            if (p.syntax == value_syntax::other) {
                EXPECT_FALSE(p.when.empty()) << "no syntax";
            }
        }
        const parameter_description* realm = find_parameter(s, field_kind::challenges, "realm");
        EXPECT_EQ(realm != nullptr, s.realm == realm_rule::required || s.realm == realm_rule::optional);
        if (realm != nullptr) {
            EXPECT_EQ(realm->in_challenge == presence::required, s.realm == realm_rule::required);
        }
        if (s.unknown_params == unknown_rule::no_params) {
            EXPECT_TRUE(s.params.empty());
        }
        if (!s.ranked_by.empty()) {
            const parameter_description* p = find_parameter(s, field_kind::challenges, s.ranked_by);
            ASSERT_NE(p, nullptr);
            EXPECT_NE(std::find(p->values.begin(), p->values.end(), s.value_if_absent), p->values.end());
        }
    }
}

// From the tables of the RFCs' own text, written down by hand: the parameters that a message cannot do without.
TEST(scheme, required_parameters) {
    struct expectation {
        const char* scheme;
        field_kind kind;
        std::set<std::string> names;
    };
    const expectation expected[]{
        {"Basic", field_kind::challenges, {"realm"}},
        {"Bearer", field_kind::challenges, {}},
        {"Concealed", field_kind::credentials, {"a", "k", "p", "s", "v"}},
        {"Digest", field_kind::challenges, {"nonce", "qop", "realm"}},
        {"Digest", field_kind::credentials, {"cnonce", "nc", "nonce", "qop", "realm", "response", "uri"}},
        {"Digest", field_kind::info, {}},
        {"DPoP", field_kind::challenges, {}},
        {"GNAP", field_kind::challenges, {}},
        {"HOBA", field_kind::challenges, {"challenge", "max-age"}},
        {"HOBA", field_kind::credentials, {"result"}},
        {"Mutual", field_kind::challenges, {"algorithm", "realm", "validation", "version"}},
        {"Mutual", field_kind::credentials, {"algorithm", "realm", "validation", "version"}},
        {"Mutual", field_kind::info, {"sid", "version", "vks"}},
        {"OAuth", field_kind::challenges, {}},
        {"OAuth", field_kind::credentials, {"oauth_consumer_key", "oauth_signature", "oauth_signature_method"}},
        {"PrivateToken", field_kind::challenges, {"challenge"}},
        {"PrivateToken", field_kind::credentials, {"token"}},
        {"SCRAM-SHA-1", field_kind::challenges, {}},
        {"SCRAM-SHA-256", field_kind::credentials, {"data"}},
        {"SCRAM-SHA-256", field_kind::info, {"data", "sid"}},
        {"vapid", field_kind::credentials, {"k", "t"}},
    };
    for (const expectation& e : expected) {
        std::set<std::string> required;
        for (const parameter_description& p : find_scheme(e.scheme)->params) {
            if (p.in(e.kind) == presence::required) required.insert(std::string(p.name));
        }
        EXPECT_EQ(required, e.names) << e.scheme;
    }
}

// Whoever reads these has what the scheme keeps secret, or knows who the user is.
TEST(scheme, proofs_tokens_and_names_are_secret) {
    const std::pair<const char*, const char*> secrets[]{
        {"Digest", "response"},
        {"Digest", "username"},
        {"Digest", "username*"},
        {"HOBA", "result"},
        {"Concealed", "p"},
        {"Mutual", "user"},
        {"Mutual", "user*"},
        {"Mutual", "kc1"},
        {"Mutual", "vkc"},
        {"OAuth", "oauth_signature"},
        {"OAuth", "oauth_token"},
        {"PrivateToken", "token"},
        {"SCRAM-SHA-1", "data"},
        {"SCRAM-SHA-256", "data"},
        {"vapid", "t"},
        {"AWS4-HMAC-SHA256", "Signature"},
        {"OAuth", "oauth_verifier"},
        {"OAuth", "oauth_consumer_key"},
    };
    for (const auto& [scheme, name] : secrets) {
        const parameter_description* p = find_parameter(*find_scheme(scheme), field_kind::credentials, name);
        ASSERT_NE(p, nullptr) << scheme << " " << name;
        EXPECT_TRUE(p->secret) << scheme << " " << name;
    }
    for (const char* shown : {"realm", "nonce", "uri", "qop", "nc", "cnonce", "algorithm", "opaque"}) {
        EXPECT_FALSE(find_parameter(*find_scheme("Digest"), field_kind::credentials, shown)->secret) << shown;
    }
}

}  // namespace
