#include "lint/lint_progress.hpp"

#include "common/wording.hpp"
#include "shell/terminal.hpp"

#include <cstdio>

namespace authlint {

namespace {

using authgrammar::detail::counted;

std::string mebibytes(std::size_t bytes) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", static_cast<double>(bytes) / 1048576);
    return text;
}

std::string minutes(double seconds) {
    char text[32];
    const auto whole = static_cast<unsigned long>(seconds);
    std::snprintf(text, sizeof text, "%lu:%02lu", whole / 60, whole % 60);
    return text;
}

}  // namespace

std::string progress_line(const run_progress& p) {
    std::string out = mebibytes(p.done);
    if (p.size != 0) out += " of " + mebibytes(p.size);
    out += " MiB, " + counted(p.messages, "message") + ", " + counted(p.findings, "finding");
    if (p.done != 0 && p.size > p.done) {
        const double elapsed = static_cast<double>(p.elapsed_ms) / 1000;
        const double left = elapsed * static_cast<double>(p.size - p.done) / static_cast<double>(p.done);
        out += ", " + minutes(left) + " left";
    }
    return out;
}

void lint_progress::show(std::size_t done, std::size_t size, const lint_totals& totals) {
    if (++calls_ % 256 != 0) return;
    const clock::time_point now = clock::now();
    if (now < next_) return;
    next_ = now + std::chrono::milliseconds(250);
    const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - began_);
    tell({done, size, totals.messages, totals.errors + totals.warnings + totals.infos,
          static_cast<std::size_t>(elapsed.count())});
}

void lint_progress::tell(const run_progress& progress) { show_status(progress_line(progress)); }

}  // namespace authlint
