#include "formats/message_input.hpp"

#include "formats/apply_origin.hpp"
#include "formats/open_messages.hpp"
#include "shell/terminal.hpp"

namespace authlint {

namespace {

/// An input of which nothing is read.
message_input unreadable(const std::string& path, const std::string& why) {
    message_input input;
    input.unread.push_back({{}, why});
    complain_of_unread(path, input.unread.back());
    return input;
}

/// All of a text, or as much of it as is more than `most`.
std::string all_of(input_stream& text, std::size_t most) {
    std::string out;
    constexpr std::size_t piece = std::size_t{1} << 16;
    for (std::size_t n = 1; n != 0 && out.size() <= most;) {
        const std::size_t before = out.size();
        out.resize(before + piece);
        n = text.read(before, &out[before], piece);
        out.resize(before + n);
        text.release(out.size());
    }
    return out;
}

}  // namespace

message_input read_message_input(const std::string& path, const std::string& kind, std::size_t most) {
    const opened_input opened = open_messages(path, kind);
    if (!opened.refusal.empty()) return unreadable(path, opened.refusal);
    if (opened.made != nullptr) opened.made->keep_all_origins();
    message_input input;
    input.text = all_of(opened.text(), most);
    if (!opened.text().failure().empty()) return unreadable(path, opened.text().failure());
    if (input.text.size() > most) {
        return unreadable(path,
                          "larger than " + std::to_string(most >> 20) +
                              " MiB; its messages are compared with each other, for which they have to be in memory");
    }
    input.messages = authgrammar::audit::read_messages(input.text);
    if (opened.made == nullptr) return input;
    input.unread = opened.made->take_unread();
    for (const unread_part& u : input.unread) complain_of_unread(path, u);
    for (authgrammar::audit::message& m : input.messages) {
        if (const text_origin* const origin = opened.made->origin_of(m.start_line.offset)) apply(*origin, m);
    }
    return input;
}

}  // namespace authlint
