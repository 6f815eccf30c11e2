#include "engines.hpp"

#include <authgrammar/limits.hpp>
#include <authgrammar/peg/parse.hpp>
#include <authgrammar/tokenizer.hpp>

namespace authgrammar::proofs {

const engine pegtl_engine = {"pegtl", true, [](field f, edition e, std::string_view value, opinion& says) {
                                 const peg::verdict v = peg::parse(f, e, value, sink_for(says));
                                 says.valid = v.valid;
                                 says.offset = v.error_offset;
                             }};

const engine pegtl_recogniser = {"pegtl without events", false,
                                 [](field f, edition e, std::string_view value, opinion& says) {
                                     const peg::verdict v = peg::recognise(f, e, value);
                                     says.valid = v.valid;
                                     says.offset = v.error_offset;
                                 }};

const engine tokenizer_engine = {"tokenizer", true, [](field f, edition e, std::string_view value, opinion& says) {
                                     static constexpr limits unlimited = limits::none();
                                     tokenizer reading(f, e, unlimited);
                                     const bool taken = reading.feed(value, says) == error_code::none;
                                     says.valid = taken && reading.finish(says) == error_code::none;
                                     says.offset = says.valid ? 0 : static_cast<std::size_t>(reading.position());
                                 }};

}  // namespace authgrammar::proofs
