#include "formats/message_text.hpp"

#include <utility>

namespace authlint {

namespace {

/// A label stands before each finding, so a long one is cut, between characters of UTF-8.
void shorten(std::string& label) {
    constexpr std::size_t longest = 200;
    if (label.size() <= longest) return;
    std::size_t end = longest;
    while (end != 0 && (static_cast<unsigned char>(label[end]) & 0xC0U) == 0x80U) --end;
    label = label.substr(0, end) + "...";
}

}  // namespace

void message_sink::append(std::string_view message, text_origin origin) {
    shorten(origin.label);
    origin.offset = made_ + size();
    origins_.push_back(std::move(origin));
    text_ += message;
}

void message_sink::unread(std::string place, std::string reason) {
    if (unread_.size() > most_unread) return;
    shorten(place);
    if (!unread_.empty() && unread_.back().place == place && unread_.back().reason == reason) return;
    if (unread_.size() == most_unread) reason = "there is more that was not read from here on, which is not listed";
    unread_.push_back({std::move(place), std::move(reason)});
}

bool message_text::next(std::string& text, std::vector<text_origin>& origins, std::vector<unread_part>& unread) {
    message_sink out(text, origins, unread, made_);
    const bool more = make(out);
    made_ += out.size();
    return more;
}

}  // namespace authlint
