#include "authgrammar/abnf/reference.hpp"

#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "support.hpp"

namespace authgrammar::abnf {
namespace {

TEST(Reference, DecidesFieldValues) {
    reference engine = get(reference::load("rfc9110-recipient"));
    const verdict good = get(engine.parse("www-AUTHENTICATE", "A ,b=c"));
    EXPECT_TRUE(good.valid);
    EXPECT_EQ(good.error_offset, 6U);
    ASSERT_EQ(good.events.size(), 5U);
    EXPECT_EQ(good.events[2], (event{event_kind::param_name, false, 3, 4}));
    EXPECT_EQ(good.derivations, count(1));

    reference old = get(reference::load("rfc7235"));
    const verdict bad = get(old.parse("WWW-Authenticate", "A ,b=c"));
    EXPECT_FALSE(bad.valid);
    EXPECT_EQ(bad.error_offset, 4U);
    EXPECT_TRUE(bad.events.empty());
    EXPECT_EQ(bad.derivations, count(0));
}

TEST(Reference, RefusesWhatItDoesNotKnow) {
    EXPECT_EQ(reference::load("rfc2617").failure().message, "there is no edition rfc2617");
    reference engine = get(reference::load("rfc9110-sender"));
    EXPECT_EQ(engine.parse("Server", "x").failure().message, "there is no field Server");
    EXPECT_EQ(engine.parse("token68", "x").failure().message, "there is no field token68");
}

TEST(Reference, FollowsAChangedText) {
    const std::filesystem::path folder = std::filesystem::current_path() / "own_abnf";
    std::filesystem::remove_all(folder);
    std::filesystem::copy(std::filesystem::path(AUTHGRAMMAR_SOURCE_DIR) / "grammar" / "abnf", folder);
    std::ofstream(folder / "rfc9110-recipient.abnf", std::ios::app) << "\ntoken = 1*DIGIT\n";
    reference engine = get(reference::load("rfc9110-recipient", folder));
    EXPECT_TRUE(get(engine.parse("Authorization", "1 2=3")).valid);
    EXPECT_EQ(get(engine.parse("Authorization", "1 2=a")).error_offset, 4U);
    EXPECT_FALSE(get(engine.parse("Authorization", "A b")).valid);
}

// RFC 2617 had challenge = auth-scheme 1*SP 1#auth-param, for a realm that had to be there.
// shows: R7235-A-realm-optional conforming
// shows: R7235-A-realm-optional violating
TEST(Reference, NeedsNoParameter) {
    const std::filesystem::path folder = std::filesystem::current_path() / "old_abnf";
    std::filesystem::remove_all(folder);
    std::filesystem::copy(std::filesystem::path(AUTHGRAMMAR_SOURCE_DIR) / "grammar" / "abnf", folder);
    std::stringstream text;
    text << std::ifstream(folder / "rfc7235.abnf").rdbuf();
    std::string changed = text.str();
    const std::string rule =
        "challenge = auth-scheme [ 1*SP ( token68 / [ ( \",\" / auth-param ) *(\n OWS \",\" [ OWS auth-param ] ) ] ) ]";
    const std::size_t at = changed.find(rule);
    ASSERT_NE(at, std::string::npos);
    changed.replace(at, rule.size(), "challenge = auth-scheme 1*SP auth-param *( OWS \",\" OWS auth-param )");
    std::ofstream(folder / "rfc7235.abnf") << changed;
    reference now = get(reference::load("rfc7235"));
    reference old = get(reference::load("rfc7235", folder));
    for (const char* value : {"Negotiate", "Basic ", "Negotiate YII="}) {
        EXPECT_TRUE(get(now.parse("WWW-Authenticate", value)).valid) << value;
        EXPECT_FALSE(get(old.parse("WWW-Authenticate", value)).valid) << value;
    }
    EXPECT_TRUE(get(now.parse("WWW-Authenticate", "Digest nonce=x")).valid) << "parameters, and no realm among them";
    EXPECT_TRUE(get(old.parse("WWW-Authenticate", "Digest realm=\"y\", nonce=x")).valid);
}

TEST(Reference, ManagesLongValues) {
    reference engine = get(reference::load("rfc9110-recipient"));
    struct family {
        const char* begin;
        const char* unit;
        std::size_t events_per_unit;
    };
    const family families[] = {{"", "A ,", 3},    {"", "A ,,", 3}, {"", "A a=b,,", 5}, {"A b=\"", "\\\"", 0},
                               {"A b=c", ",", 0}, {"A", " ", 0},   {"A b=c", "\t", 0}, {"", "a", 0}};
    for (const family& f : families) {
        // The recogniser's time does not depend on the family up to its limits: two of them are enough for it.
        const bool both = &f == &families[0] || &f == &families[5];
        for (const std::size_t size : {both ? std::size_t{65000} : std::size_t{70000}, std::size_t{1024} * 1024}) {
            std::string value = f.begin;
            std::size_t units = 0;
            for (; value.size() < size; ++units) value += f.unit;
            if (value.find('"') != std::string::npos) value += "\"";
            if (value.back() == '\t') value += ",";
            const std::clock_t begin = std::clock();
            const verdict good = get(engine.parse("WWW-Authenticate", value));
            EXPECT_TRUE(good.valid) << f.unit;
            if (f.events_per_unit != 0) {
                EXPECT_EQ(good.events.size(), f.events_per_unit * units);
            }
            if (size < reference::longest_for_recogniser * 2) continue;
            const verdict bad = get(engine.parse("WWW-Authenticate", value + '\0'));
            EXPECT_FALSE(bad.valid);
            EXPECT_EQ(bad.error_offset, value.size());
            EXPECT_LT(std::clock() - begin, 30 * CLOCKS_PER_SEC);
        }
    }
}

TEST(Reference, CountsUpToItsLimits) {
    reference engine = get(reference::load("rfc9110-recipient"));
    EXPECT_EQ(get(engine.parse("WWW-Authenticate", std::string(reference::longest_for_recogniser, 'a'))).derivations,
              count(1));
    EXPECT_EQ(
        get(engine.parse("WWW-Authenticate", std::string(reference::longest_for_recogniser + 1, 'a'))).derivations,
        std::nullopt);
    EXPECT_EQ(get(engine.parse("WWW-Authenticate", "A" + std::string(5000, ' ') + ",")).derivations, std::nullopt);
    EXPECT_EQ(get(engine.parse("WWW-Authenticate", "A" + std::string(500, ' ') + ",")).valid, true);
}

}  // namespace
}  // namespace authgrammar::abnf
