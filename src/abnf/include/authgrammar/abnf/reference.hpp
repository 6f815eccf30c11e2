#ifndef AUTHGRAMMAR_ABNF_REFERENCE_HPP
#define AUTHGRAMMAR_ABNF_REFERENCE_HPP

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "authgrammar/abnf/count.hpp"
#include "authgrammar/abnf/error.hpp"
#include "authgrammar/abnf/events.hpp"
#include "authgrammar/abnf/rules.hpp"

namespace authgrammar::abnf {

/// What the reference engine says about a field value.
struct verdict {
    bool valid = false;
    /// Length of the longest viable prefix: the error offset of a value that is not valid, else its length.
    std::size_t error_offset = 0;
    /// The parts of a valid value; empty for others.
    std::vector<event> events;
    /// The number of derivations; none if the recogniser was not used or gave up (see `reference`).
    std::optional<count> derivations;
};

/// The judge: field values by the ABNF text of an edition.
///
/// A value of up to `longest_for_recogniser` bytes is decided twice, by the context-free recogniser and by the
/// automata, which are made from the same text in different ways. They have to agree in verdict, error offset
/// and events; if they do not, `parse` returns an error that says so. A longer value, and one whose chart would
/// have more than `largest_chart` entries (a run of thousands of spaces after a scheme), is decided by the
/// automata alone: that takes linear time, and memory of about a dozen bytes for each of the value's.
class reference {
public:
    static constexpr std::size_t longest_for_recogniser = 65536;
    static constexpr std::size_t largest_chart = 2000000;

    /// The engine for an edition: `rfc7235`, `rfc9110-recipient` or `rfc9110-sender`. With a directory, the ABNF
    /// files are read from there instead of those built in. Errors are those of the files. The automata of a
    /// field are made when a value of it is first parsed, in some tens of milliseconds.
    static result<reference> load(std::string_view edition, const std::optional<std::filesystem::path>& directory = {});

    reference(reference&&) noexcept;
    reference& operator=(reference&&) noexcept;
    ~reference();

    /// Decides a value of a field, whose name is compared without regard to case. The value is taken as it is.
    /// An error if there is no such field in `field_names`, if the edition's rule for it cannot be built (only
    /// with files of one's own), or if the two decisions differ. Not for several threads at once.
    result<verdict> parse(std::string_view field, std::string_view value);

    /// The rules of the edition, resolved.
    const rule_set& rules() const noexcept;

private:
    struct engine;
    struct impl;
    explicit reference(std::unique_ptr<impl> content);
    std::unique_ptr<impl> impl_;
};

}  // namespace authgrammar::abnf

#endif
