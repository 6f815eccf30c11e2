#ifndef AUTHGRAMMAR_TESTS_PROOFS_PEG_RULES_OF_TYPES_HPP
#define AUTHGRAMMAR_TESTS_PROOFS_PEG_RULES_OF_TYPES_HPP

#include "peg_rules.hpp"
#include "peg_types.hpp"

#include <string>
#include <vector>

namespace authgrammar::proofs {

template <typename Rule>
peg_rule peg_rule_of(std::string name) {
    for (char& c : name) {
        if (c == '_') c = '-';
    }
    return {std::move(name), expression_of<Rule>(), &matches<Rule>};
}

/// The six fields of `Edition`, one of grammar::fields.
template <typename Edition>
std::vector<peg_rule> peg_fields() {
    return {peg_rule_of<typename Edition::WWW_Authenticate>("WWW-Authenticate"),
            peg_rule_of<typename Edition::Proxy_Authenticate>("Proxy-Authenticate"),
            peg_rule_of<typename Edition::Authorization>("Authorization"),
            peg_rule_of<typename Edition::Proxy_Authorization>("Proxy-Authorization"),
            peg_rule_of<typename Edition::Authentication_Info>("Authentication-Info"),
            peg_rule_of<typename Edition::Proxy_Authentication_Info>("Proxy-Authentication-Info")};
}

}  // namespace authgrammar::proofs

#endif
