#ifndef AUTHGRAMMAR_FUZZ_MUTATOR_HPP
#define AUTHGRAMMAR_FUZZ_MUTATOR_HPP

#include "random.hpp"

#include <authgrammar/edition.hpp>
#include <authgrammar/field.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace authgrammar::fuzz {

/// What a mutator knows of the texts of a target.
struct text_grammar {
    std::string (*piece)(random_source& random);  ///< something that may stand inside a text
    std::string (*whole)(random_source& random);  ///< a text from its first byte to its last
};

/// Values of the authentication fields: derivations of any rule, fragments, near misses, long families.
extern const text_grammar header_text;
/// Rule lists, of the project's own ABNF.
extern const text_grammar abnf_text;
/// HTTP messages as dumps have them, with authentication fields.
extern const text_grammar message_text;
/// Scripts for fuzz_policy.
extern const text_grammar policy_text;

/// A value for a field: a derivation of the edition's rule, sometimes with one edit, sometimes with a part repeated, or
/// one of the long repetitive values that stress a reader.
[[nodiscard]] std::string header_value(field f, edition e, random_source& random);

/// Changes a text in one place, or makes it anew.
void edit(std::string& text, random_source& random, const text_grammar& grammar);

/// Changes the input in `data`, whose last `option_bytes` are options, in place, as LLVMFuzzerCustomMutator has to:
/// every third time by the engine's own mutations, else by those that know the grammar. Answers the new size, which
/// is at most `most`. The same for the same seed.
std::size_t mutate(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed, std::size_t option_bytes,
                   const text_grammar& grammar);

}  // namespace authgrammar::fuzz

/// Makes the shared mutator the mutator of a target.
#define AUTHGRAMMAR_FUZZ_MUTATOR(option_bytes, grammar)                                                    \
    extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, \
                                                   unsigned seed) {                                        \
        return authgrammar::fuzz::mutate(data, size, most, seed, option_bytes, grammar);                   \
    }

#endif
