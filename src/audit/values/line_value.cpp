#include <authgrammar/audit/message.hpp>

#include <algorithm>

namespace authgrammar::audit {

std::size_t line_value::source_of(std::size_t offset) const noexcept {
    if (runs_.empty()) return 0;
    if (runs_.size() == 1) return runs_[0].source + (offset - runs_[0].at);
    // The end of the value stands behind its last byte, if it has one, and not where the next run would begin.
    const std::size_t byte = std::min(offset, text_.size() - 1);
    const auto after =
        std::upper_bound(runs_.begin(), runs_.end(), byte, [](std::size_t at, const run& r) { return at < r.at; });
    const run& r = *(after - 1);
    return r.source + (offset - r.at);
}

void line_value::append(std::string_view bytes, std::size_t source) {
    runs_.push_back({text_.size(), source});
    text_.append(bytes);
}

void line_value::trim_end() noexcept {
    text_.resize(text_.find_last_not_of(" \t") + 1);
    while (!runs_.empty() && runs_.back().at > text_.size()) runs_.pop_back();
}

}  // namespace authgrammar::audit
