#ifndef AUTHLINT_FORMATS_JSON_EXCHANGE_HPP
#define AUTHLINT_FORMATS_JSON_EXCHANGE_HPP

#include "formats/json_stream.hpp"
#include "formats/message_text.hpp"

#include <string>

namespace authlint {

/// Reads an exchange from JSON, whose object has just begun: an entry of HAR 1.2, or a line of NDJSON (docs/audit.md). Appends
/// its request and its response. `place` is its name for people; members that are missing are said to be. False if the JSON
/// is broken; what was read before is appended.
bool read_json_exchange(json_stream& in, const std::string& place, message_sink& out);

}  // namespace authlint

#endif
