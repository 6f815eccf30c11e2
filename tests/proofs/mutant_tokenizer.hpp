#ifndef AUTHGRAMMAR_TESTS_PROOFS_MUTANT_TOKENIZER_HPP
#define AUTHGRAMMAR_TESTS_PROOFS_MUTANT_TOKENIZER_HPP

// A tokenizer with tables of its own, of which one entry at a time can be changed.

#include <authgrammar/tokenizer.hpp>

namespace authgrammar::proofs {

struct mutant_tables {
    static inline detail::step_tables<detail::AG_EDITIONS> of{detail::ag_edition_flags};
};
using mutant_tokenizer = basic_tokenizer<mutant_tables>;

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

#endif
