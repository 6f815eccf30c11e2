#include "formats/message_text.hpp"

#include <utility>

namespace authlint {

void message_sink::append(std::string_view message, text_origin origin) {
    origin.offset = made_ + size();
    origins_.push_back(std::move(origin));
    text_ += message;
}

bool message_text::next(std::string& text, std::vector<text_origin>& origins, std::vector<unread_part>& unread) {
    message_sink out(text, origins, unread, made_);
    const bool more = make(out);
    made_ += out.size();
    return more;
}

}  // namespace authlint
