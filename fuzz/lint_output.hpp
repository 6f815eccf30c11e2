#ifndef AUTHGRAMMAR_FUZZ_LINT_OUTPUT_HPP
#define AUTHGRAMMAR_FUZZ_LINT_OUTPUT_HPP

#include <authgrammar/audit/conversation.hpp>
#include <authgrammar/audit/message.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::fuzz {

/// What `authlint lint` prints about `messages`, which were read from `input`, with the fixes in JSON. Secrets are hidden
/// unless `reveal`.
[[nodiscard]] std::string lint_text_of(std::string_view input, const std::vector<audit::message>& messages,
                                       const audit::known_facts& facts, bool reveal = false);
[[nodiscard]] std::string lint_json_of(std::string_view input, const std::vector<audit::message>& messages,
                                       const audit::known_facts& facts, bool reveal = false);

}  // namespace authgrammar::fuzz

#endif
