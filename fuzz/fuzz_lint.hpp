#ifndef AUTHGRAMMAR_FUZZ_LINT_HPP
#define AUTHGRAMMAR_FUZZ_LINT_HPP

#include <authgrammar/audit/conversation.hpp>
#include <authgrammar/audit/message.hpp>

#include <string_view>
#include <vector>

namespace authgrammar::fuzz {

/// What the caller of authlint knows, chosen by the size of the input.
[[nodiscard]] audit::known_facts facts_for(std::string_view input);

/// Follows the messages as one conversation. Aborts if the naive model differs (for messages of one server), if an
/// earlier place is not earlier, or if interim responses or exchanges with another server change anything.
void check_conversation(const std::vector<audit::message>& messages, std::string_view input);

/// Corrects every value and fixes the messages as `authlint lint --fix` does. Aborts if a corrected value could not be sent
/// by a sender that follows RFC 9110, has slips itself, or if a fix changes what a value means or anything but values.
void check_fixes(const std::vector<audit::message>& messages, std::string_view input);

/// Sends the messages again, each with the same body, framed by Content-Length, by chunks, and without a body. Aborts if that
/// changes their findings, or if a body becomes a message.
void check_framing(const std::vector<audit::message>& messages, std::string_view input);

}  // namespace authgrammar::fuzz

#endif
