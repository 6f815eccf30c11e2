#ifndef AUTHLINT_REPORT_MESSAGE_JSON_HPP
#define AUTHLINT_REPORT_MESSAGE_JSON_HPP

#include "report/record.hpp"
#include "report/report_totals.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

// The parts of reports in JSON, as docs/lint.schema.json describes them: written here, read by merge/report_reader.

namespace authlint {

/// The schema that is written unless the old one is asked for.
inline constexpr int json_schema = 2;

/// JSON in one line of ASCII, with a space behind each colon and comma, as parse --ndjson prints it.
[[nodiscard]] std::string one_line(const nlohmann::ordered_json& json);

/// Appends a message as an object in one line of ASCII, `members` being put first in it: empty, or `"a": 1, `. Schema 1 has the
/// members that it had before there was another one.
void append_message_json(std::string& out, const message_record& m, int schema = json_schema,
                         std::string_view members = {});

/// The message of such an object; if its fields are known, as text, they are left. Answers what is wrong with it; empty if nothing is.
[[nodiscard]] std::string read_message_json(const nlohmann::ordered_json& json, message_record& m);

/// The same for what was not read.
[[nodiscard]] nlohmann::ordered_json unread_as_json(const unread_record& u);
[[nodiscard]] std::string read_unread_json(const nlohmann::ordered_json& json, unread_record& u);

/// The same for the counts.
[[nodiscard]] nlohmann::ordered_json totals_as_json(const report_totals& totals);
[[nodiscard]] std::string read_totals_json(const nlohmann::ordered_json& json, report_totals& totals);

}  // namespace authlint

#endif
