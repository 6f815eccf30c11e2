#ifndef AUTHLINT_MERGE_REPORT_READER_HPP
#define AUTHLINT_MERGE_REPORT_READER_HPP

#include "report/record.hpp"
#include "report/report_totals.hpp"

#include <istream>
#include <string>

namespace authlint {

/// What is told of a report as it is read.
class report_listener {
public:
    report_listener() = default;
    report_listener(const report_listener&) = delete;
    report_listener& operator=(const report_listener&) = delete;
    virtual ~report_listener() = default;

    virtual void message(const message_record& m) = 0;
    virtual void unread(const unread_record& u) = 0;
    /// The end of a report: its counts.
    virtual void end(const report_totals& totals) = 0;
    /// A report has parts that are of no use here, such as those of --why.
    virtual void left_out(const std::string& member) = 0;
};

/// Nothing in a report is longer than this, in bytes: a message with what was read of it and found in it. What is longer is
/// named with its place and ends the reading.
inline constexpr std::size_t longest_report_line = std::size_t{64} << 20;

/// Reads a file of reports, "-" being stdin: one in JSON, or any number in NDJSON one after the other. They have to be of
/// schema 2 and this version of authlint. Answers why reading ended early, with the place; empty if it did not. What was told
/// until then stands. Memory is bounded by the largest message.
[[nodiscard]] std::string read_reports(const std::string& path, report_listener& listener);

/// The same from a stream.
[[nodiscard]] std::string read_reports(std::istream& in, report_listener& listener);

}  // namespace authlint

#endif
