#ifndef AUTHGRAMMAR_TESTS_AUDIT_OF_RULE_HPP
#define AUTHGRAMMAR_TESTS_AUDIT_OF_RULE_HPP

#include "found.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::audit::testing {

/// The findings of one rule.
inline std::vector<found> of_rule(std::string_view id, const std::string& input, const known_facts& facts = {}) {
    std::vector<found> list;
    for (const found& f : findings_in(input, facts)) {
        if (f.id == id) list.push_back(f);
    }
    return list;
}

/// The one finding of one rule.
inline found the(std::string_view id, const std::string& input, const known_facts& facts = {}) {
    const auto list = of_rule(id, input, facts);
    EXPECT_EQ(list.size(), 1u) << id << " in " << input;
    return list.empty() ? found{} : list.front();
}

inline bool says(const found& f, std::string_view words) { return f.text.find(words) != std::string::npos; }

inline known_facts form_login() {
    known_facts facts;
    facts.form_login = true;
    return facts;
}

inline const std::array<field, 6> fields{field::www_authenticate,    field::authorization,
                                         field::proxy_authenticate,  field::proxy_authorization,
                                         field::authentication_info, field::proxy_authentication_info};

// Where each field is defined: RFC 9110, 11.6 and 11.7.
inline const std::map<field, std::string> sections{
    {field::www_authenticate, "RFC 9110, 11.6.1"},    {field::authorization, "RFC 9110, 11.6.2"},
    {field::authentication_info, "RFC 9110, 11.6.3"}, {field::proxy_authenticate, "RFC 9110, 11.7.1"},
    {field::proxy_authorization, "RFC 9110, 11.7.2"}, {field::proxy_authentication_info, "RFC 9110, 11.7.3"},
};

inline std::string line_of(field f, const std::string& value) { return std::string(name_of(f)) + ": " + value + "\n"; }

}  // namespace authgrammar::audit::testing

#endif
