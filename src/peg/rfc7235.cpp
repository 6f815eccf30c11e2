#include "engine.hpp"

namespace authgrammar::peg {

verdict run_rfc7235(field f, std::string_view value, const event_sink* sink) noexcept {
    return run_field<grammar::fields::rfc7235>(f, value, sink);
}

}  // namespace authgrammar::peg
