#include "engine.hpp"

namespace authgrammar::peg {

verdict run_rfc9110_sender(field f, std::string_view value, const event_sink* sink) noexcept {
    return run_field<grammar::fields::rfc9110_sender>(f, value, sink);
}

}  // namespace authgrammar::peg
