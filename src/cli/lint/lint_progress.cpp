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

std::string progress_line(std::size_t done, std::size_t size, const lint_totals& totals,
                          std::chrono::duration<double> elapsed) {
    std::string out = mebibytes(done);
    if (size != 0) out += " of " + mebibytes(size);
    out += " MiB, " + counted(totals.messages, "message") + ", " +
           counted(totals.errors + totals.warnings + totals.infos, "finding");
    if (done != 0 && size > done) {
        const double left = elapsed.count() * static_cast<double>(size - done) / static_cast<double>(done);
        out += ", " + minutes(left) + " left";
    }
    return out;
}

void lint_progress::show(std::size_t done, std::size_t size, const lint_totals& totals) {
    if (++calls_ % 256 != 0) return;
    const clock::time_point now = clock::now();
    if (now < next_) return;
    next_ = now + std::chrono::milliseconds(250);
    show_status(progress_line(done, size, totals, now - began_));
}

}  // namespace authlint
