#ifndef AUTHGRAMMAR_TESTS_PROOFS_PEG_EXPRESSION_HPP
#define AUTHGRAMMAR_TESTS_PROOFS_PEG_EXPRESSION_HPP

#include <bitset>
#include <utility>
#include <vector>

namespace authgrammar::proofs {

/// A parsing expression as a value: what is left of PEGTL's types when `opt`, `plus`, `rep` and `at` are written
/// with the others.
struct expression {
    enum class form {
        octet,     ///< one octet of `octets`
        success,   ///< matches nothing, always
        failure,   ///< never matches
        end,       ///< matches nothing, at the end of the input
        sequence,  ///< the parts, one after the other
        choice,    ///< the first of the parts that matches; the others are not tried then
        star,      ///< the one part, as often as it matches
        not_ahead  ///< matches nothing, where the one part does not match
    };
    form is = form::success;
    std::bitset<256> octets;
    std::vector<expression> parts;
};

inline expression make(expression::form is, std::vector<expression> parts = {}) { return {is, {}, std::move(parts)}; }

}  // namespace authgrammar::proofs

#endif
