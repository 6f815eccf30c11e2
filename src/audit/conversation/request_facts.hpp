#ifndef AUTHGRAMMAR_AUDIT_CONVERSATION_REQUEST_FACTS_HPP
#define AUTHGRAMMAR_AUDIT_CONVERSATION_REQUEST_FACTS_HPP

#include <authgrammar/audit/circumstances.hpp>
#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/reading.hpp>

#include "values/line_name.hpp"

#include <vector>

namespace authgrammar::audit {

/// Makes `facts` those of the request `m`. `lines` are its lines by name, and `fields` its readings: none if it is too large to be
/// judged. The memory of the strings in `facts` is used again. Linear in the message.
void take_facts(const message& m, const named_lines& lines, const std::vector<field_reading>& fields,
                request_facts& facts);

}  // namespace authgrammar::audit

#endif
