#ifndef AUTHLINT_MERGE_REPORT_JSON_HPP
#define AUTHLINT_MERGE_REPORT_JSON_HPP

#include "merge/report_reader.hpp"

#include <nlohmann/json_fwd.hpp>

#include <streambuf>
#include <string>

namespace authlint {

/// Whether a report says that it is one that is read here; else why it is not.
[[nodiscard]] std::string check_report_head(const nlohmann::ordered_json& schema,
                                            const nlohmann::ordered_json& version);

/// Reads a report in JSON, message by message. As read_reports().
[[nodiscard]] std::string read_json_report(std::streambuf& in, report_listener& listener);

}  // namespace authlint

#endif
