#include "input/start_search.hpp"

#include <algorithm>
#include <string_view>

namespace authgrammar::audit {

namespace {

/// What every start line holds, of HTTP and of RTSP.
constexpr std::string_view mark = "P/";

/// How many bytes of "HTTP/" stand before the mark.
constexpr std::size_t before_mark = 3;

/// How much is shown to the search for a form at least, which looks at up to 1 KiB of the last piece again.
constexpr std::size_t form_piece = std::size_t{1} << 14;

/// Where the last status line in a line begins.
std::optional<std::size_t> status_within(std::string_view text) noexcept {
    const std::size_t at = text.rfind("HTTP/");
    return at != std::string_view::npos && status_of(text.substr(at)) != 0 ? std::optional(at) : std::nullopt;
}

}  // namespace

std::optional<std::size_t> start_within(input_window& window, const dump_line& line, std::size_t longest) {
    const std::optional<std::size_t> status = status_within(window.text(line));
    if (!status || !field_line_of(window.text(window.line_at(line.next, longest)))) return std::nullopt;
    return line.begin + *status;
}

std::optional<std::size_t> start_search::until(std::size_t end) { return search(end, false); }

std::size_t start_search::to_end() {
    if (const std::optional<std::size_t> start = search(input_window::any, true)) return *start;
    return window_.has(at_) ? at_ + 1 : at_;  // behind the first half of a mark
}

std::optional<std::size_t> start_search::if_ends_at(std::size_t end) const {
    start_search copy = *this;
    copy.keeps_ = true;
    return copy.search(end, true);
}

std::optional<std::size_t> start_search::search(std::size_t end, bool is_end) {
    while (next_candidate(end)) {
        const std::size_t most = longest_ < input_window::any - at_ ? at_ + longest_ : input_window::any;
        const std::optional<std::size_t> lf = line_end(std::min(end, most));
        if (!lf && no_lf_ == most) {
            at_ += mark.size();  // a start line would be longer than any that is read
            continue;
        }
        if (!lf && !is_end) return std::nullopt;
        const std::size_t line_end = lf ? *lf : no_lf_;
        const bool has_cr = window_.text(line_end - 1, line_end) == "\r";
        const dump_line line{
            line_, has_cr ? line_end - 1 : line_end, line_end + (lf ? 1 : 0), '\0', false, true, lf.has_value()};
        bool open = false;
        const std::optional<std::size_t> start = start_in(line, end, is_end, open);
        if (start || open) return start;
        at_ = line_ = line.next;
    }
    return std::nullopt;
}

/// Goes to the next mark before `end`.
bool start_search::next_candidate(std::size_t end) {
    for (;;) {
        release();
        if (at_ >= end) return false;
        const std::string_view rest = window_.from(at_).substr(0, end - at_);
        if (rest.empty()) return false;
        const std::size_t found = rest.find(mark);
        const std::size_t passed = std::min(found, rest.size() - (rest.back() == mark.front() ? 1 : 0));
        const std::size_t lf = rest.substr(0, passed).rfind('\n');
        if (lf != std::string_view::npos) line_ = at_ + lf + 1;
        at_ += passed;
        if (found != std::string_view::npos) return true;
        // The first half of a mark may be all that is at hand.
        if (passed == 0 && (end - at_ < mark.size() || !window_.has(at_ + 1))) return false;
    }
}

/// The LF that ends the line of at_, if it is before `end`; else no_lf_ says how far there is none.
std::optional<std::size_t> start_search::line_end(std::size_t end) {
    for (no_lf_ = std::max(no_lf_, at_); no_lf_ < end;) {
        const std::string_view rest = window_.from(no_lf_).substr(0, end - no_lf_);
        if (rest.empty()) break;
        const std::size_t lf = rest.find('\n');
        if (lf != std::string_view::npos) return no_lf_ + lf;
        no_lf_ += rest.size();
    }
    return std::nullopt;
}

/// Where a message starts in the line; `open` if the next line has to be read to tell.
std::optional<std::size_t> start_search::start_in(const dump_line& line, std::size_t end, bool is_end, bool& open) {
    if (line.next - line.begin <= longest_) {
        const dump_line verbose = as_verbose(line, window_.text(line));
        if (is_start_line(window_.text(verbose))) return line.begin;
    }
    const std::size_t from = std::max(line.begin, at_ - std::min(at_, before_mark));
    const std::optional<std::size_t> status = status_within(window_.text(from, line.end));
    if (!status) return std::nullopt;
    const dump_line next = window_.line_at(line.next, longest_, end);
    open = !is_end && next.whole && !next.ended;
    return !open && field_line_of(window_.text(next)) ? std::optional(from + *status) : std::nullopt;
}

void start_search::release() {
    if (keeps_) return;
    const std::size_t kept = std::max(line_, at_ - std::min(at_, longest_));
    if (form_ != nullptr && kept >= seen_ + form_piece) {
        form_->take(window_.text(seen_, kept));
        seen_ = kept;
    }
    window_.keep(form_ == nullptr ? kept : seen_);
}

}  // namespace authgrammar::audit
