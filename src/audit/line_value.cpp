#include <authgrammar/audit/message.hpp>

#include <algorithm>

namespace authgrammar::audit {

std::size_t line_value::source_of(std::size_t offset) const noexcept {
    if (runs_.empty()) return 0;
    // The end of the value stands behind its last byte, not where the next run would begin.
    const std::size_t byte = offset == text_.size() && offset != 0 ? offset - 1 : offset;
    const auto after =
        std::upper_bound(runs_.begin(), runs_.end(), byte, [](std::size_t at, const run& r) { return at < r.at; });
    const run& r = *(after - 1);
    return r.source + (offset - r.at);
}

void line_value::append(std::string_view bytes, std::size_t source) {
    if (!runs_.empty() && runs_.back().at == text_.size()) runs_.pop_back();
    runs_.push_back({text_.size(), source});
    text_.append(bytes);
}

void line_value::trim_end() noexcept {
    while (!text_.empty() && (text_.back() == ' ' || text_.back() == '\t')) text_.pop_back();
    while (runs_.size() > 1 && runs_.back().at >= text_.size()) runs_.pop_back();
}

}  // namespace authgrammar::audit
