#ifndef AUTHGRAMMAR_TESTS_PROOFS_PEG_RULES_HPP
#define AUTHGRAMMAR_TESTS_PROOFS_PEG_RULES_HPP

#include "peg_expression.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::proofs {

/// A rule of the PEGTL grammar: its types as an expression, and the function that the compiler made of them.
struct peg_rule {
    std::string name;  ///< in the spelling of the ABNF, `auth-param`
    expression types;
    bool (*matches)(std::string_view value);  ///< whether it matches the whole value
};

/// The rules that rules.hpp lists for each of the grammar's headers, helpers included. A source is compiled by
/// itself: the compiler takes its time.
std::vector<peg_rule> peg_rules_of_rfc5234();
std::vector<peg_rule> peg_rules_of_rfc7230();
std::vector<peg_rule> peg_rules_of_rfc7235();
std::vector<peg_rule> peg_rules_of_rfc7615();
std::vector<peg_rule> peg_rules_of_rfc9110();
std::vector<peg_rule> peg_rules_of_rfc9110_recipient();
std::vector<peg_rule> peg_rules_of_rfc2616();
std::vector<peg_rule> peg_rules_of_rfc4648();
std::vector<peg_rule> peg_rules_of_rfc6749();
std::vector<peg_rule> peg_rules_of_rfc8187();
std::vector<peg_rule> peg_rules_of_basic();
std::vector<peg_rule> peg_rules_of_bearer();
std::vector<peg_rule> peg_rules_of_digest();
std::vector<peg_rule> peg_rules_of_negotiate();

/// The six fields by fields.hpp, which says where an edition has the rule of a field.
std::vector<peg_rule> peg_fields_of_rfc7235();
std::vector<peg_rule> peg_fields_of_rfc9110_recipient();
std::vector<peg_rule> peg_fields_of_rfc9110_sender();

/// A wrong rule of a field in an edition, from tests/grammar/naive.hpp: kept to be refuted.
struct naive_rule {
    std::string_view edition;
    std::string_view transcription;
    peg_rule rule;
};
std::vector<naive_rule> naive_rules();

/// The rules of an edition by name; a later source takes the place of an earlier one, as ABNF files do.
inline std::map<std::string, peg_rule> peg_rules_of(std::string_view edition) {
    std::vector<std::vector<peg_rule>> sources = {peg_rules_of_rfc5234()};
    if (edition == "rfc7235") {
        sources.push_back(peg_rules_of_rfc7230());
        sources.push_back(peg_rules_of_rfc7235());
        sources.push_back(peg_rules_of_rfc7615());
    } else {
        sources.push_back(peg_rules_of_rfc9110());
        if (edition == "rfc9110-recipient") sources.push_back(peg_rules_of_rfc9110_recipient());
    }
    std::map<std::string, peg_rule> rules;
    for (const auto& source : sources) {
        for (const peg_rule& rule : source) rules[rule.name] = rule;
    }
    return rules;
}

/// The rules of the grammar of a scheme by name: those of its own texts.
inline std::map<std::string, peg_rule> peg_rules_of_scheme(std::string_view scheme) {
    std::vector<std::vector<peg_rule>> sources;
    if (scheme == "basic") sources = {peg_rules_of_rfc4648(), peg_rules_of_basic()};
    if (scheme == "bearer") sources = {peg_rules_of_rfc6749(), peg_rules_of_bearer()};
    if (scheme == "digest") sources = {peg_rules_of_rfc8187(), peg_rules_of_digest()};
    if (scheme == "negotiate") sources = {peg_rules_of_rfc2616(), peg_rules_of_rfc4648(), peg_rules_of_negotiate()};
    std::map<std::string, peg_rule> rules;
    for (const auto& source : sources) {
        for (const peg_rule& rule : source) rules[rule.name] = rule;
    }
    return rules;
}

/// The rules of the six fields of an edition.
inline std::vector<peg_rule> peg_fields_of(std::string_view edition) {
    if (edition == "rfc7235") return peg_fields_of_rfc7235();
    return edition == "rfc9110-recipient" ? peg_fields_of_rfc9110_recipient() : peg_fields_of_rfc9110_sender();
}

}  // namespace authgrammar::proofs

#endif
