#ifndef AUTHGRAMMAR_FUZZ_NAIVE_CONVERSATION_HPP
#define AUTHGRAMMAR_FUZZ_NAIVE_CONVERSATION_HPP

#include <authgrammar/audit/circumstances.hpp>
#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/reading.hpp>

#include <vector>

namespace authgrammar::fuzz {

/// A message with what was read in it.
struct read_message {
    const audit::message* source;
    const std::vector<audit::field_reading>* fields;
};

/// Whether all requests go to one server, known by Host alone, and no response redirects: what the model covers.
[[nodiscard]] bool is_with_one_server(const std::vector<read_message>& messages);

/// Refusal, repetition and other realms of the last message of a conversation with one server. Goes through all
/// messages and keeps lists of everything that was requested or refused.
[[nodiscard]] audit::circumstances expect_circumstances(const std::vector<read_message>& messages);

}  // namespace authgrammar::fuzz

#endif
