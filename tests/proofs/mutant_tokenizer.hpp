#ifndef AUTHGRAMMAR_TESTS_PROOFS_MUTANT_TOKENIZER_HPP
#define AUTHGRAMMAR_TESTS_PROOFS_MUTANT_TOKENIZER_HPP

// The tokenizer once more, as class mutant_tokenizer, with tables of its own of which one entry at a time can be
// changed.

#include <authgrammar/tokenizer.hpp>

namespace authgrammar::detail {

inline language_tables mutant_languages{};
inline loop_table mutant_loops{};

}  // namespace authgrammar::detail

namespace authgrammar::proofs {

/// A wrong entry in one of the mutant's tables, for as long as it lives.
template <typename Entry>
class planted {
public:
    planted(Entry& entry, Entry wrong) noexcept : entry_(entry), right_(entry) { entry_ = wrong; }
    ~planted() { entry_ = right_; }
    planted(const planted&) = delete;
    planted& operator=(const planted&) = delete;

private:
    Entry& entry_;
    Entry right_;
};

}  // namespace authgrammar::proofs

#undef AUTHGRAMMAR_TOKENIZER_HPP
#undef AUTHGRAMMAR_DETAIL_FRAGMENTS_HPP
#undef AUTHGRAMMAR_DETAIL_WALK_HPP
#define text_role mutant_text_role
#define takes_text mutant_takes_text
#define role_in mutant_role_in
#define fragments mutant_fragments
#define tokenizer mutant_tokenizer
#define languages mutant_languages
#define loops mutant_loops
#include "authgrammar/tokenizer.hpp"
#undef text_role
#undef takes_text
#undef role_in
#undef fragments
#undef tokenizer
#undef languages
#undef loops

#endif
