#include "formats/message_input.hpp"

#include "formats/open_export.hpp"
#include "shell/input.hpp"
#include "shell/terminal.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace authlint {

namespace {

/// Tells the messages what the export says of them.
void apply_origins(message_input& input) {
    for (authgrammar::audit::message& m : input.messages) {
        const auto after = std::upper_bound(input.origins.begin(), input.origins.end(), m.start_line.offset,
                                            [](std::size_t at, const text_origin& o) { return at < o.offset; });
        if (after == input.origins.begin()) continue;
        const text_origin& origin = *std::prev(after);
        if (origin.secured) m.secured = origin.secured;
        m.login_form = m.login_form || (origin.login_form && m.status == 401);
    }
}

/// An input of which nothing is read.
message_input unreadable(const std::string& path, const std::string& why) {
    complain(path + ": " + why);
    message_input input;
    input.unread.push_back({{}, why});
    return input;
}

}  // namespace

message_input messages_in(std::string bytes, const std::string& path, const std::string& kind) {
    message_input input;
    opened_export opened = open_export(std::make_unique<text_source>(bytes), kind);
    if (!opened.refusal.empty()) return unreadable(path, opened.refusal);
    if (opened.messages == nullptr) {
        input.text = std::move(bytes);
    } else {
        while (opened.messages->next(input.text, input.origins, input.unread)) {
        }
    }
    for (const unread_part& u : input.unread) complain(path + ": " + u.place + ": not read: " + u.reason);
    input.messages = authgrammar::audit::read_messages(input.text);
    apply_origins(input);
    return input;
}

message_input read_message_input(const std::string& path, const std::string& kind) {
    if (path == "-") announce_terminal_input("HTTP messages");
    input_text input = read_input(path);
    return input.bytes ? messages_in(std::move(*input.bytes), path, kind) : unreadable(path, input.failure);
}

}  // namespace authlint
