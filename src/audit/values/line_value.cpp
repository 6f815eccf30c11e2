#include <authgrammar/audit/message.hpp>

#include <algorithm>

namespace authgrammar::audit {

std::size_t line_value::source_in_runs(std::size_t offset) const noexcept {
    const std::vector<run>& runs = more_->runs;
    // The end of the value stands behind its last byte, if it has one, and not where the next run would begin.
    const std::size_t byte = std::min(offset, text().size() - 1);
    const auto after =
        std::upper_bound(runs.begin(), runs.end(), byte, [](std::size_t at, const run& r) { return at < r.at; });
    if (after == runs.begin()) return first_source_ + offset;
    const run& r = *(after - 1);
    return r.source + (offset - r.at);
}

void line_value::append_more(std::string_view bytes, std::size_t source) {
    const bool is_second = !more_;
    more_runs& more = more_.edit();
    if (is_second) more.joined = first_;
    more.runs.push_back({more.joined.size(), source});
    more.joined.append(bytes);
}

void line_value::trim_end() noexcept {
    const std::string_view all = text();
    std::size_t size = all.size();
    while (size != 0 && (all[size - 1] == ' ' || all[size - 1] == '\t')) --size;
    if (more_) {
        more_runs& more = more_.edit();
        more.joined.resize(size);
        while (!more.runs.empty() && more.runs.back().at >= size) more.runs.pop_back();
        if (!more.runs.empty()) return;
        more_.reset();
    }
    first_ = first_.substr(0, size);
}

}  // namespace authgrammar::audit
