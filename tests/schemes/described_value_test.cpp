#include "schemes/described_value.hpp"

#include <authgrammar/field_value.hpp>
#include <authgrammar/schemes/scheme.hpp>
#include <authgrammar/text.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace authgrammar;
using namespace authgrammar::schemes;

bool is_described(const parameter_description& p, std::string_view raw, bool quoted) {
    tolerances used{};
    scheme_error why{};
    return is_described_value(p, text(field_value(raw), 0, raw.size(), quoted), {}, used, why);
}

/// The rows of the table, one for each syntax and set of values.
std::vector<const parameter_description*> different_rows() {
    std::set<std::array<std::size_t, 3>> seen;
    std::vector<const parameter_description*> rows;
    for (const scheme_description& s : all_schemes()) {
        for (const parameter_description& p : s.params) {
            const std::array<std::size_t, 3> key{static_cast<std::size_t>(p.syntax), has_closed_set(p) ? 1U : 0U,
                                                 has_closed_set(p) ? p.values.begin()->size() : 0U};
            if (seen.insert(key).second) rows.push_back(&p);
        }
    }
    return rows;
}

/// Values around the sizes of a word, and each octet at their start, in their middle and at their end.
std::vector<std::string> values_for(const parameter_description& p) {
    std::vector<std::string> values{""};
    for (const std::string_view v : p.values) values.emplace_back(v);
    for (const char usual : {'a', '0', 'F'}) {
        for (const std::size_t size : {1U, 2U, 7U, 8U, 9U, 15U, 16U, 17U, 31U}) {
            for (int octet = 1; octet < 256; ++octet) {
                for (const std::size_t at : {std::size_t{0}, size / 2, size - 1}) {
                    std::string value(size, usual);
                    value[at] = static_cast<char>(octet);
                    values.push_back(value);
                }
            }
        }
    }
    return values;
}

// The quick look never accepts what the close one refuses, and with a class of octets it misses only sets in another case and
// backslashes.
TEST(DescribedValue, WhatIsSurelyDescribedIsDescribed) {
    std::size_t sure = 0;
    std::size_t refused = 0;
    for (const parameter_description* const p : different_rows()) {
        for (const std::string& raw : values_for(*p)) {
            const bool surely = is_surely_described(*p, raw);
            sure += surely ? 1 : 0;
            const bool unescaped = raw.find('\\') == std::string::npos;
            for (const bool quoted : {false, true}) {
                if (quoted && raw.size() > 1 && raw.back() == '\\') continue;  // which no quoted-string ends with
                const bool described = is_described(*p, raw, quoted);
                refused += described ? 0 : 1;
                ASSERT_TRUE(described || !surely) << p->name << ": " << raw;
                if (p->syntax == value_syntax::hex || p->syntax == value_syntax::ascii ||
                    p->syntax == value_syntax::request_target || p->syntax == value_syntax::nonce_count) {
                    ASSERT_TRUE(!described || surely || !unescaped) << p->name << ": " << raw;
                }
            }
        }
    }
    EXPECT_GE(sure, 10000U);
    EXPECT_GE(refused, 10000U);
}

TEST(DescribedValue, RealmIsQuotedWhateverItsRowSays) {
    parameter_description row;
    for (const std::string_view name : {"realm", "Realm", "REALM"}) {
        row.name = name;
        for (const param_form form : {param_form::automatic, param_form::token, param_form::quoted}) {
            row.form = form;
            EXPECT_TRUE(is_in_form(row, true)) << name;
            EXPECT_FALSE(is_in_form(row, false)) << name;
        }
    }
    for (const std::string_view name : {"", "real", "realms", "resl\x4d",
                                        "\x12"
                                        "ealm"}) {
        row.name = name;
        row.form = param_form::token;
        EXPECT_FALSE(is_in_form(row, true)) << name;
        EXPECT_TRUE(is_in_form(row, false)) << name;
    }
}

}  // namespace
