#include "formats/export_stream.hpp"

#include "formats/open_export.hpp"
#include "shell/terminal.hpp"

#include <authgrammar/audit/foreign_format.hpp>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <utility>

namespace authlint {

std::string_view stream_source::next() {
    buffer_.resize(std::size_t{1} << 16);
    const std::size_t n = stream_.read(at_, buffer_.data(), buffer_.size());
    at_ += n;
    stream_.release(at_);
    return std::string_view(buffer_).substr(0, n);
}

std::size_t export_stream::fill(char* into, std::size_t size) {
    while (at_ == text_.size()) {
        text_.clear();
        at_ = 0;
        if (!messages_->next(text_, made_, unread_)) return 0;
        std::move(made_.begin(), made_.end(), std::back_inserter(origins_));
        made_.clear();
        while (origins_.size() > most_) origins_.pop_front();
    }
    const std::size_t n = std::min(size, text_.size() - at_);
    std::memcpy(into, text_.data() + at_, n);
    at_ += n;
    return n;
}

const text_origin* export_stream::origin_of(std::size_t offset) const {
    const auto after = std::upper_bound(origins_.begin(), origins_.end(), offset,
                                        [](std::size_t at, const text_origin& o) { return at < o.offset; });
    return after == origins_.begin() ? nullptr : &*std::prev(after);
}

std::vector<unread_part> export_stream::take_unread() { return std::exchange(unread_, {}); }

namespace {

/// The first bytes, as far as they are needed to know what the input is.
std::string start_of(input_stream& file) {
    std::string start;
    while (start.size() < authgrammar::audit::recognised_bytes) {
        char piece[4096];
        const std::size_t n = file.read(start.size(), piece, sizeof piece);
        if (n == 0) break;
        start.append(piece, n);
        if (is_text_for_sure(start)) break;
    }
    return start;
}

}  // namespace

opened_input open_messages(const std::string& path, const std::string& kind) {
    opened_input input;
    if (path == "-") announce_terminal_input("HTTP messages");
    input.file = open_input(path, input.refusal);
    if (input.file == nullptr || kind == "text" || (kind.empty() && is_plain_text(start_of(*input.file)))) return input;
    opened_export opened = open_export(std::make_unique<stream_source>(*input.file), kind);
    input.refusal = std::move(opened.refusal);
    if (opened.messages != nullptr) input.made = std::make_unique<export_stream>(std::move(opened.messages));
    return input;
}

void apply_origin(const text_origin& origin, authgrammar::audit::message& m) {
    if (origin.secured) m.secured = origin.secured;
    m.login_form = m.login_form || (origin.login_form && m.status == 401);
}

}  // namespace authlint
