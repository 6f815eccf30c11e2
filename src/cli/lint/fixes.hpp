#ifndef AUTHLINT_FIXES_HPP
#define AUTHLINT_FIXES_HPP

#include "lint/lint_report.hpp"

#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/reading.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace authlint {

/// Something that was fixed, or that was left as it is.
struct fix_note {
    std::size_t offset = 0;  ///< in the input
    std::string id;          ///< of the finding or the slip
    std::string text;        ///< what was wrong
    std::string why;         ///< why it was not fixed; empty if it was

    /// Of what was not fixed: what might have been meant, and of which field it is the value.
    std::shared_ptr<const std::string> guess{};
    authgrammar::field about{};
};

/// The value of a field line that is written in place of what the input has.
struct fixed_line {
    const authgrammar::audit::field_line* line = nullptr;
    std::string value;
};

/// The fixes of one file: those that do not change what a value means.
class file_fixes {
public:
    /// Fixes the authentication fields of a message, and takes the findings that it does not have any more from `m`.
    void add(judged_message& m);

    [[nodiscard]] const std::vector<fix_note>& applied() const noexcept { return applied_; }
    [[nodiscard]] const std::vector<fix_note>& left() const noexcept { return left_; }
    [[nodiscard]] const std::vector<fixed_line>& lines() const noexcept { return lines_; }

private:
    void fix(const judged_message& m, const authgrammar::audit::field_line& line);

    std::vector<fixed_line> lines_;
    std::vector<fix_note> applied_;
    std::vector<fix_note> left_;
};

/// The input with its fixes.
struct fixed_text {
    std::string bytes;
    bool for_sending = true;  ///< nothing is redacted
};

/// Writes `file` with `fixes`. Without `reveal`, secrets are redacted, and what is neither a start line nor a field line
/// is not shown. Linear.
[[nodiscard]] fixed_text fixed(const linted_file& file, const file_fixes& fixes, bool reveal);

/// The first line of what is not for sending.
inline constexpr std::string_view not_for_sending =
    "# Not for sending: secrets are replaced by <redacted>. --reveal prints them.\n";

}  // namespace authlint

#endif
