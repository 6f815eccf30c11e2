#ifndef AUTHGRAMMAR_TESTS_PROOFS_ENGINES_HPP
#define AUTHGRAMMAR_TESTS_PROOFS_ENGINES_HPP

#include <authgrammar/edition.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace authgrammar::proofs {

/// What an engine, or the judge, says of a value.
struct opinion {
    bool valid = false;
    std::size_t offset = 0;     ///< of the error, if it is not valid; else 0
    std::vector<event> events;  ///< if it is valid; else empty

    /// Collects what an engine sends.
    bool on_event(const event& e) noexcept {
        events.push_back(e);
        return true;
    }
};

/// An engine that gives its opinion of a value. `says.events` may be left empty if `events` is false.
struct engine {
    const char* name;
    bool events;
    void (*read)(field f, edition e, std::string_view value, opinion& says);
};

/// The PEGTL engine with and without events, and the tokenizer.
extern const engine pegtl_engine;
extern const engine pegtl_recogniser;
extern const engine tokenizer_engine;

/// Broken ones, for WWW-Authenticate in rfc7235: the literal copy of the ABNF; the grammar with the place where its
/// rule stopped for an error offset; the grammar with the action of token68 before its lookahead.
extern const engine engine_of_the_literal_copy;
extern const engine engine_without_furthest_failure;
extern const engine engine_that_acts_too_early;

}  // namespace authgrammar::proofs

#endif
