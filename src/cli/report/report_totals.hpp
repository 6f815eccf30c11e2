#ifndef AUTHLINT_REPORT_TOTALS_HPP
#define AUTHLINT_REPORT_TOTALS_HPP

#include <authgrammar/audit/finding.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace authlint {

/// The sum, or the largest number there is: counts that were read from a report may be anything, and never start again at 0.
[[nodiscard]] std::size_t added(std::size_t a, std::size_t b) noexcept;

/// How often an id occurred.
struct id_count {
    const authgrammar::audit::finding_rule* rule = nullptr;
    std::array<std::size_t, 3> counts{};  ///< by severity: info, warning, error

    [[nodiscard]] std::size_t count() const noexcept;
    /// The worst severity that occurred.
    [[nodiscard]] authgrammar::audit::severity worst() const noexcept;
};

/// Counts of a run, or of several.
struct report_totals {
    std::size_t files = 0;
    std::size_t messages = 0;
    std::size_t fields = 0;
    std::size_t errors = 0;
    std::size_t warnings = 0;
    std::size_t infos = 0;
    std::size_t unread = 0;       ///< inputs that were not read in full
    std::size_t not_shown = 0;    ///< findings that --severity, --only and --ignore leave out
    std::size_t in_baseline = 0;  ///< findings that the baseline has

    /// Counts a finding.
    void count(const authgrammar::audit::finding_rule& rule, authgrammar::audit::severity level, std::size_t times = 1);

    /// Adds the counts of another run.
    void add(const report_totals& other);

    /// No error and no warning.
    [[nodiscard]] bool clean() const noexcept { return errors == 0 && warnings == 0; }

    /// The ids that occurred, those with the worst severity first, else in the order of all_finding_rules().
    [[nodiscard]] std::vector<id_count> by_id() const;

private:
    std::unordered_map<const authgrammar::audit::finding_rule*, id_count> ids_;
};

/// The counts for people, and what was not shown or not read.
struct totals_text {
    std::string inputs;    ///< "1 file, 3 messages, 2 authentication fields"
    std::string findings;  ///< "no errors, 1 warning"
    std::string infos;     ///< ", 2 for information"; may be empty
    std::string notes;     ///< "; 1 finding not shown"; may be empty

    [[nodiscard]] std::string rest() const { return infos + notes; }
};
[[nodiscard]] totals_text text_of(const report_totals& totals);

}  // namespace authlint

#endif
