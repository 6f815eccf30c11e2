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

}  // namespace

std::optional<message_input> messages_in(std::string bytes, const std::string& path, const std::string& kind) {
    message_input input;
    opened_export opened = open_export(std::make_unique<text_source>(bytes), kind);
    if (!opened.refusal.empty()) {
        complain(path + ": " + opened.refusal);
        return std::nullopt;
    }
    if (opened.messages == nullptr) {
        input.text = std::move(bytes);
    } else {
        std::vector<unread_part> unread;
        while (opened.messages->next(input.text, input.origins, unread)) {
            for (const unread_part& u : unread) complain(path + ": " + u.place + ": not read: " + u.reason);
            input.whole = input.whole && unread.empty();
            unread.clear();
        }
    }
    input.messages = authgrammar::audit::read_messages(input.text);
    apply_origins(input);
    return input;
}

std::optional<message_input> read_message_input(const std::string& path, const std::string& kind) {
    if (path == "-") announce_terminal_input("HTTP messages");
    input_text input = read_input(path);
    if (!input.bytes) {
        complain(path + ": " + input.failure);
        return std::nullopt;
    }
    return messages_in(std::move(*input.bytes), path, kind);
}

}  // namespace authlint
