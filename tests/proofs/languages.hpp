#ifndef AUTHGRAMMAR_TESTS_PROOFS_LANGUAGES_HPP
#define AUTHGRAMMAR_TESTS_PROOFS_LANGUAGES_HPP

#include <authgrammar/abnf/automaton.hpp>
#include <authgrammar/abnf/edition.hpp>
#include <authgrammar/abnf/labels.hpp>
#include <authgrammar/edition.hpp>
#include <authgrammar/field.hpp>

#include <string>
#include <vector>

#include "report.hpp"

namespace authgrammar::proofs {

/// What the ABNF text says of one field in one edition: the judge's side of a proof.
struct language {
    field f;
    edition e;
    abnf::dfa automaton;
    abnf::labelled_automaton labels;

    [[nodiscard]] std::string name() const { return std::string(name_of(f)) + " in " + std::string(name_of(e)); }
};

/// All six fields in all three editions, from the ABNF files that were built in. Throws what is wrong with them.
inline const std::vector<language>& languages() {
    static const std::vector<language> all = [] {
        std::vector<language> made;
        for (const edition e : all_editions) {
            const auto rules = abnf::load_edition(name_of(e)).value();
            for (const field f : all_fields) {
                made.push_back(
                    {f, e, abnf::make_dfa(rules, name_of(f)).value(), abnf::make_labelled(rules, name_of(f)).value()});
            }
        }
        return made;
    }();
    return all;
}

}  // namespace authgrammar::proofs

#endif
