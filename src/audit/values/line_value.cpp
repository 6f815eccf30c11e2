#include <authgrammar/audit/message.hpp>

#include <algorithm>

namespace authgrammar::audit {

std::size_t line_value::source_in_runs(std::size_t offset) const noexcept {
    // The end of the value stands behind its last byte, if it has one, and not where the next run would begin.
    const std::size_t byte = std::min(offset, text().size() - 1);
    const auto after =
        std::upper_bound(more_.begin(), more_.end(), byte, [](std::size_t at, const run& r) { return at < r.at; });
    if (after == more_.begin()) return first_source_ + offset;
    const run& r = *(after - 1);
    return r.source + (offset - r.at);
}

void line_value::append_more(std::string_view bytes, std::size_t source) {
    if (more_.empty()) joined_ = first_;
    more_.push_back({joined_.size(), source});
    joined_.append(bytes);
}

void line_value::trim_end() noexcept {
    const std::string_view all = text();
    std::size_t size = all.size();
    while (size != 0 && (all[size - 1] == ' ' || all[size - 1] == '\t')) --size;
    if (more_.empty()) {
        first_ = first_.substr(0, size);
        return;
    }
    joined_.resize(size);
    while (!more_.empty() && more_.back().at >= size) more_.pop_back();
    if (more_.empty()) first_ = first_.substr(0, size);
}

}  // namespace authgrammar::audit
