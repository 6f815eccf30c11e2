// The examples that the RFCs print, as the corpus has them, and those in the table, held against the table.

#include <authgrammar/authgrammar.hpp>
#include <authgrammar/schemes/considerations.hpp>

#include "vectors/vector_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace authgrammar;
using namespace authgrammar::schemes;

std::string unescaped(const text& t) {
    std::string out;
    t.for_each_octet([&out](char c) {
        out.push_back(c);
        return true;
    });
    return out;
}

/// Where an example is not what its scheme says.
struct departures {
    std::vector<std::string> list;
    std::size_t params = 0;  ///< parameters that were looked at

    void judge(const scheme_description& s, field_kind kind, const challenge& c) {
        const content_forms& forms = kind == field_kind::challenges ? s.challenge : s.credentials;
        const bool has_params = c.params().begin() != c.params().end();
        if (c.token68() ? !forms.token68 : has_params ? !forms.params : !forms.alone) say(s, "form", "of its content");
        for (const auth_param& p : c.params()) judge(s, kind, p);
        for (const parameter_description& d : s.params) {
            if (has_params && d.in(kind) == presence::required && !c.param(d.name)) say(s, d.name, "is missing");
        }
    }

    void judge(const scheme_description& s, field_kind kind, const auth_param& p) {
        ++params;
        const std::string name = unescaped(p.name);
        const parameter_description* d = find_parameter(s, kind, name);
        if (d == nullptr) return say(s, name, "is unknown");
        const bool quoted = p.value.quoted();
        if (!d->form_advised && d->form != param_form::automatic && quoted != (d->form == param_form::quoted)) {
            say(s, name, quoted ? "is quoted" : "is bare");
        }
        if (d->values.empty() || d->values_open || d->syntax == value_syntax::token_list) return;
        const bool known = std::any_of(d->values.begin(), d->values.end(),
                                       [&](std::string_view v) { return p.value.equals_ignoring_case(v); });
        if (!known) say(s, name, "has another value");
    }

    void say(const scheme_description& s, std::string_view what, std::string_view why) {
        list.push_back(std::string(s.name) + " " + std::string(what) + " " + std::string(why));
    }
};

void judge_value(departures& out, std::set<std::string>& seen, field f, const std::string& value) {
    std::vector<event> memory(2 * value.size() + 4);
    event_buffer events(memory.data(), memory.size());
    const auto judge = [&](const challenge& c) {
        const scheme_description* s = find_scheme(unescaped(c.scheme()));
        if (s == nullptr) return;
        seen.insert(std::string(s->name) + (kind_of(f) == field_kind::challenges ? " challenge" : " credentials"));
        out.judge(*s, kind_of(f), c);
    };
    if (kind_of(f) == field_kind::challenges) {
        const auto read = parse_challenges(f, value, events);
        ASSERT_TRUE(read) << value;
        for (const challenge& c : *read) judge(c);
    } else if (kind_of(f) == field_kind::credentials) {
        const auto read = parse_credentials(f, value, events);
        ASSERT_TRUE(read) << value;
        judge(*read);
    } else {
        const auto read = parse_info(f, value, events);
        ASSERT_TRUE(read) << value;
        for (const auth_param& p : *read) out.judge(*find_scheme("Digest"), field_kind::info, p);
    }
}

TEST(scheme_examples, of_the_rfcs_are_what_the_table_says) {
    const authlint::vector_file file =
        authlint::read_vector_file(AUTHGRAMMAR_SOURCE_DIR "/corpus/vectors/rfc-examples.json");
    departures found;
    std::set<std::string> seen;
    for (const authlint::test_vector& v : file.vectors) {
        const bool of_a_scheme = v.id.rfind("rfc7235", 0) != 0 && v.id.rfind("rfc9110", 0) != 0;
        const bool valid = std::any_of(v.expected.begin(), v.expected.end(), [](const auto& e) { return e.valid; });
        if (!of_a_scheme || !valid) continue;
        for (const field f : v.fields) judge_value(found, seen, f, v.value());
    }
    EXPECT_EQ(found.list, std::vector<std::string>{});
    EXPECT_EQ(seen, (std::set<std::string>{"Basic challenge", "Basic credentials", "Concealed credentials",
                                           "Digest challenge", "Digest credentials"}));
    EXPECT_GT(found.params, 40u);
}

// The samples that the framework can read are what the scheme says; so they are no longer examples of something else.
TEST(scheme_examples, in_the_table_are_what_it_says) {
    departures found;
    std::set<std::string> seen;
    for (const scheme_description& s : all_schemes()) {
        for (const sample& each : s.samples) {
            scheme_description alone;
            alone.samples = {&each, 1};
            if (considerations(alone).has(consideration::parsing_fixed)) continue;
            judge_value(found, seen,
                        each.kind == field_kind::challenges ? field::www_authenticate : field::authorization,
                        std::string(each.value));
        }
    }
    // The example of RFC 9577, A.2 shows that unknown parameters are ignored.
    EXPECT_EQ(found.list, std::vector<std::string>{"PrivateToken unknownChallengeAttribute is unknown"});
    EXPECT_EQ(seen.count("vapid challenge") + seen.count("HOBA credentials") + seen.count("OAuth credentials"), 3u);
}

}  // namespace
