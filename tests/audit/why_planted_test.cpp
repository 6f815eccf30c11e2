#include <authgrammar/audit/why.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <string>

namespace authgrammar::audit {
namespace {

std::optional<std::string> member(const nlohmann::json& of, const char* name) {
    return of.at(name).is_null() ? std::nullopt : std::optional(of.at(name).get<std::string>());
}

/// "user:realm:digits", or the digits alone.
known_hash hash_of(const std::string& text) {
    known_hash out;
    const std::size_t first = text.find(':');
    const std::size_t last = text.rfind(':');
    if (first == std::string::npos) {
        out.digits = policy::secret(text);
        return out;
    }
    out.user = text.substr(0, first);
    out.realm = text.substr(first + 1, last - first - 1);
    out.digits = policy::secret(text.substr(last + 1));
    return out;
}

/// The planted causes, of which tests/audit/why/planted.py has more. Each is named first, for the last refusal.
TEST(why, planted_causes_are_named_first) {
    if (!can_compute_digest()) GTEST_SKIP() << "built without the verify library";
    std::ifstream file(AUTHGRAMMAR_SOURCE_DIR "/corpus/refusals/planted.ndjson");
    ASSERT_TRUE(file);
    std::size_t count = 0;
    for (std::string line; std::getline(file, line); ++count) {
        const nlohmann::json planted = nlohmann::json::parse(line);
        const std::string text = planted.at("text");
        known_login login;
        login.user = member(planted, "user");
        if (const auto password = member(planted, "password")) login.password.emplace(*password);
        if (const auto hash = member(planted, "ha1")) login.hashes.push_back(hash_of(*hash));
        const std::vector<message> messages = read_messages(text);
        const refusals all = explain_refusals(messages, text, {}, login);
        ASSERT_FALSE(all.refused.empty()) << text;
        const refusal& last = all.refused.back();
        ASSERT_FALSE(last.reasons.empty()) << text;
        EXPECT_EQ(last.reasons.front().cause->id, planted.at("cause").get<std::string>()) << text;
        for (const refusal_reason& r : last.reasons) {
            EXPECT_FALSE(r.text.empty());
            EXPECT_LE(r.at.end(), text.size());
            for (const span& s : r.related) EXPECT_LE(s.end(), text.size());
        }
    }
    EXPECT_GE(count, 300u);
}

}  // namespace
}  // namespace authgrammar::audit
