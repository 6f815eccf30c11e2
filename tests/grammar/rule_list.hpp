#ifndef AUTHGRAMMAR_TESTS_GRAMMAR_RULE_LIST_HPP
#define AUTHGRAMMAR_TESTS_GRAMMAR_RULE_LIST_HPP

#include "match.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::test {

struct listed_rule {
    std::string name;
    matcher matches;  ///< whether the rule matches a whole value
};

/// The rules that rules.hpp lists for `source`, in order; each source is compiled by itself.
std::vector<listed_rule> listed_rules(std::string_view source);

std::vector<listed_rule> listed_rfc5234();
std::vector<listed_rule> listed_rfc7230();
std::vector<listed_rule> listed_rfc7235();
std::vector<listed_rule> listed_rfc7615();
std::vector<listed_rule> listed_rfc9110();
std::vector<listed_rule> listed_rfc9110_recipient();
std::vector<listed_rule> listed_rfc2616();
std::vector<listed_rule> listed_rfc4648();
std::vector<listed_rule> listed_rfc6749();
std::vector<listed_rule> listed_rfc8187();
std::vector<listed_rule> listed_basic();
std::vector<listed_rule> listed_bearer();
std::vector<listed_rule> listed_digest();
std::vector<listed_rule> listed_negotiate();

}  // namespace authgrammar::test

#endif
