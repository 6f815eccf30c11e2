#ifndef AUTHGRAMMAR_PEG_RUN_HPP
#define AUTHGRAMMAR_PEG_RUN_HPP

#include <authgrammar/peg/parse.hpp>

#include <string_view>

namespace authgrammar::peg {

// One source for each edition, because the compiler takes its time over each. Without a sink they only recognise.
[[nodiscard]] verdict run_rfc7235(field f, std::string_view value, const event_sink* sink) noexcept;
[[nodiscard]] verdict run_rfc9110_recipient(field f, std::string_view value, const event_sink* sink) noexcept;
[[nodiscard]] verdict run_rfc9110_sender(field f, std::string_view value, const event_sink* sink) noexcept;

}  // namespace authgrammar::peg

#endif
