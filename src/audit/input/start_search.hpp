#ifndef AUTHGRAMMAR_AUDIT_START_SEARCH_HPP
#define AUTHGRAMMAR_AUDIT_START_SEARCH_HPP

#include "input/input_window.hpp"
#include "values/login_form.hpp"

#include <cstddef>
#include <optional>

namespace authgrammar::audit {

/// A status line in the middle of a line: a body without a line end, and the next answer behind it. The line after it, of
/// which `longest` bytes are looked at, has to be a field line, for a body may well speak of HTTP. Nothing if there is none.
[[nodiscard]] std::optional<std::size_t> start_within(input_window& window, const dump_line& line, std::size_t longest);

/// Looks for the next start line in what may be a body: at the start of a line, or behind a body without a line end. It goes
/// through the body once, in steps, and keeps no more of it than the last line, of which `longest` bytes at most.
class start_search {
public:
    start_search(input_window& window, std::size_t begin, std::size_t longest) noexcept
        : window_(window), longest_(longest), at_(begin), line_(begin), seen_(begin) {}

    /// Where it starts, if that can be told from the bytes before `end`. Further calls with a later end go on.
    [[nodiscard]] std::optional<std::size_t> until(std::size_t end);

    /// The same for all that is left of the input, whose end it is if none starts.
    [[nodiscard]] std::size_t to_end();

    /// What until(end) could not tell, if the input ended at `end`. Nothing changes.
    [[nodiscard]] std::optional<std::size_t> if_ends_at(std::size_t end) const;

    /// Shows what it passes over to `form`, which must outlive it.
    void show_to(login_form_search& form) noexcept { form_ = &form; }

    /// Where bytes begin that were not shown yet.
    [[nodiscard]] std::size_t shown() const noexcept { return seen_; }

private:
    std::optional<std::size_t> search(std::size_t end, bool is_end);
    bool next_candidate(std::size_t end);
    std::optional<std::size_t> line_end(std::size_t end);
    std::optional<std::size_t> start_in(const dump_line& line, std::size_t end, bool is_end, bool& open);
    void release();

    input_window& window_;
    std::size_t longest_;
    std::size_t at_;         // what is before it holds no start line
    std::size_t line_;       // where the line of at_ begins
    std::size_t no_lf_ = 0;  // there is no LF from at_ to here
    std::size_t seen_;
    bool keeps_ = false;
    login_form_search* form_ = nullptr;
};

}  // namespace authgrammar::audit

#endif
