#include "shell/excerpt.hpp"

#include "shell/terminal.hpp"

#include <authgrammar/audit/redaction.hpp>

#include <algorithm>

namespace authlint {

namespace {

using authgrammar::audit::span;

constexpr std::size_t before_mark = 60;
constexpr std::size_t whole_width = 110;

/// The first hidden stretch that ends behind `at`, or null.
const span* hidden_from(const std::vector<span>& hidden, std::size_t at) {
    const auto found = std::upper_bound(hidden.begin(), hidden.end(), at,
                                        [](std::size_t place, const span& s) { return place < s.end(); });
    return found == hidden.end() ? nullptr : &*found;
}

}  // namespace

excerpt make_excerpt(std::string_view text, span line, span marked, const std::vector<span>& hidden) {
    const std::size_t mark_end = std::min(std::max(marked.end(), marked.offset + 1), line.end());
    std::size_t at = line.offset;
    excerpt out;
    if (marked.offset > line.offset + before_mark) {
        at = marked.offset - before_mark;
        const span* cut = hidden_from(hidden, at);
        if (cut != nullptr && cut->offset < at) at = std::max(cut->offset, line.offset);
        if (at != line.offset) out.line = "...";
    }
    std::size_t from = std::string::npos;
    std::size_t to = 0;
    const span* secret = hidden_from(hidden, at);
    while (at < line.end()) {
        if (out.line.size() > whole_width && at > marked.offset) {
            out.line += "...";
            break;
        }
        if (from == std::string::npos && at >= marked.offset) from = out.line.size();
        if (secret != nullptr && at >= secret->offset) {
            if (from == std::string::npos && marked.offset < secret->end()) from = out.line.size();
            to = std::max(to, from == std::string::npos ? 0 : from + 1);
            out.line += authgrammar::audit::redacted;
            at = secret->end();
            secret = hidden_from(hidden, at);
            continue;
        }
        out.line += printable(text.substr(at - line.offset, 1));
        ++at;
        if (at <= mark_end) to = out.line.size();
    }
    if (from == std::string::npos) from = out.line.size();
    out.mark = std::string(from, ' ') + "^";
    if (to > from + 1) out.mark += std::string(to - from - 1, '~');
    return out;
}

}  // namespace authlint
