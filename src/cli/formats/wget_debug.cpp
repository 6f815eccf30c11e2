#include "formats/converters.hpp"
#include "formats/line_text.hpp"
#include "formats/message_head.hpp"
#include "input/dump_line.hpp"

#include <optional>

namespace authlint {

namespace {

bool begins_with(std::string_view text, std::string_view start) noexcept {
    return text.substr(0, start.size()) == start;
}

/// `wget -d`: heads between "---request begin---" and "---request end---", and the same for responses.
class wget_text : public line_text {
public:
    using line_text::line_text;

protected:
    void take(std::string_view line, message_sink& out) override {
        if (line == "---request begin---" || line == "---response begin---") {
            give(out);
            within_ = true;
            label_ = place();
        } else if (line == "---request end---" || line == "---response end---") {
            give(out);
        } else if (within_) {
            if (head_.size() <= longest_head) head_.append(line).append("\r\n");
        } else if (begins_with(line, "Created socket ")) {
            ++connections_;
            secured_ = false;
        } else if (begins_with(line, "Initiating SSL handshake")) {
            secured_ = true;
        } else if (begins_with(line, "Reusing existing connection to ") && connections_ > 1) {
            secured_.reset();
        } else if (authgrammar::audit::is_start_line(line)) {
            out.unread(place(), "a start line that wget did not print");
        }
    }

    void end(message_sink& out) override { give(out); }

private:
    void give(message_sink& out) {
        if (within_) {
            if (auto head = head_of_text(head_, label_, out)) {
                head->origin.secured = secured_;
                append(out, std::move(*head));
            }
        }
        within_ = false;
        head_.clear();
    }

    std::string head_;
    std::string label_;
    std::optional<bool> secured_;
    std::size_t connections_ = 0;
    bool within_ = false;
};

}  // namespace

std::unique_ptr<message_text> text_of_wget_debug(std::unique_ptr<byte_source> source) {
    return std::make_unique<wget_text>(std::move(source));
}

}  // namespace authlint
