#ifndef AUTHLINT_REPORT_FORMS_HPP
#define AUTHLINT_REPORT_FORMS_HPP

#include "report/report_form.hpp"

#include <memory>

// The forms of report, one source each.

namespace authlint {

class palette;

/// For people: a line for each finding as it comes; at the end each id explained once, and the counts. No line is wider than
/// the terminal; off a terminal nothing is cut. With `quiet` only the lines of findings. The palette must outlive it.
[[nodiscard]] std::unique_ptr<report_form> make_text_form(const palette& colours, bool quiet);

/// One JSON object, in ASCII, in the form of docs/lint.schema.json; with schema 1, in that of authlint before 2.
[[nodiscard]] std::unique_ptr<report_form> make_json_form(int schema);

/// JSON, a line for each message and each unread part, between a first line that says what it is and a last one with the
/// counts.
[[nodiscard]] std::unique_ptr<report_form> make_ndjson_form();

/// SARIF 2.1.0, with the rules that occurred.
[[nodiscard]] std::unique_ptr<report_form> make_sarif_form();

/// JUnit's XML: a suite for each input, in it a test case for each id that occurred.
[[nodiscard]] std::unique_ptr<report_form> make_junit_form();

/// Workflow commands, of which GitHub makes annotations.
[[nodiscard]] std::unique_ptr<report_form> make_github_form();

/// One page of HTML that needs nothing else, findings by id.
[[nodiscard]] std::unique_ptr<report_form> make_html_form();

}  // namespace authlint

#endif
