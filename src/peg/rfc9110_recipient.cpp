#include "engine.hpp"

namespace authgrammar::peg {

verdict run_rfc9110_recipient(field f, std::string_view value, const event_sink* sink) noexcept {
    return run_field<grammar::fields::rfc9110_recipient>(f, value, sink);
}

}  // namespace authgrammar::peg
