#ifndef AUTHGRAMMAR_TESTS_PROOFS_MUTANT_TOKENIZER_HPP
#define AUTHGRAMMAR_TESTS_PROOFS_MUTANT_TOKENIZER_HPP

// The tokenizer once more, as class mutant_tokenizer, with a step of which one result at a time can be changed.

#include <authgrammar/tokenizer.hpp>

namespace authgrammar::proofs {

/// A step of the tokenizer, and what the mutant answers in its place. The class AG_CLASSES stands for finish().
struct mutation {
    int edition = -1;
    int kind = -1;
    int state = -1;
    int byte_class = -1;
    ag_step_result answer = AG_DEAD;
};
inline mutation planted{};

[[nodiscard]] inline ag_step_result mutant_step(int edition, int kind, int state, int c) noexcept {
    const bool here = planted.edition == edition && planted.kind == kind && planted.state == state;
    return here && planted.byte_class == c ? planted.answer : ag_step(edition, kind, state, c);
}
[[nodiscard]] inline ag_step_result mutant_finish(int edition, int kind, int state) noexcept {
    const bool here = planted.edition == edition && planted.kind == kind && planted.state == state;
    return here && planted.byte_class == AG_CLASSES ? planted.answer : ag_finish(edition, kind, state);
}

}  // namespace authgrammar::proofs

#undef AUTHGRAMMAR_TOKENIZER_HPP
#define text_role mutant_text_role
#define takes_text mutant_takes_text
#define role_in mutant_role_in
#define fragments mutant_fragments
#define tokenizer mutant_tokenizer
#define ag_step authgrammar::proofs::mutant_step
#define ag_finish authgrammar::proofs::mutant_finish
#include "authgrammar/tokenizer.hpp"
#undef text_role
#undef takes_text
#undef role_in
#undef fragments
#undef tokenizer
#undef ag_step
#undef ag_finish

#endif
