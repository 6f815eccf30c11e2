#ifndef AUTHGRAMMAR_FUZZ_LINT_OUTPUT_HPP
#define AUTHGRAMMAR_FUZZ_LINT_OUTPUT_HPP

#include <authgrammar/audit/conversation.hpp>
#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/why.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::fuzz {

/// What `authlint lint --why --verbose` prints about `messages`, which were read from `input`, with the fixes in JSON. Secrets are
/// hidden unless `reveal`; those of the login always are.
[[nodiscard]] std::string lint_text_of(std::string_view input, const std::vector<audit::message>& messages,
                                       const audit::known_facts& facts, bool reveal = false,
                                       const audit::known_login& login = {});
[[nodiscard]] std::string lint_json_of(std::string_view input, const std::vector<audit::message>& messages,
                                       const audit::known_facts& facts, bool reveal = false,
                                       const audit::known_login& login = {});

/// What `authlint lint` prints in all other forms, one after the other, and what its baseline would have.
[[nodiscard]] std::string lint_reports_of(std::string_view input, const std::vector<audit::message>& messages,
                                          const audit::known_facts& facts, bool reveal = false);

}  // namespace authgrammar::fuzz

#endif
