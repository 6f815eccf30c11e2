// What makes HTTP messages of exports and dumps: in whatever pieces an input comes, the same text is made; its messages are
// read back where they are said to be; it is not much longer than the input; and what could not be read is told. No program
// is started.
// Options: which format is taken for granted, and the size of the pieces.

#include "formats/open_export.hpp"
#include "support/input.hpp"
#include "support/mutator.hpp"
#include "support/oracle.hpp"

#include <authgrammar/audit/foreign_format.hpp>
#include <authgrammar/audit/message.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace authgrammar;
using fuzz::planted;
using fuzz::require;

/// What an input comes to.
struct made {
    std::string text;
    std::vector<authlint::text_origin> origins;
    std::vector<authlint::unread_part> unread;
    bool opened = false;
};

made make(std::string_view input, std::string_view kind, std::size_t piece) {
    made m;
    const authlint::opened_export opened =
        authlint::open_export(std::make_unique<authlint::text_source>(input, piece), kind);
    m.opened = opened.messages != nullptr;
    while (m.opened && opened.messages->next(m.text, m.origins, m.unread)) {
    }
    return m;
}

/// The kind that an option byte chooses; none for two in three.
std::string_view kind_of(unsigned option) {
    const std::vector<std::string>& kinds = authlint::input_kinds();
    if (option % 3 != 0) return {};
    const std::string& kind = kinds[option / 3 % kinds.size()];
    return kind == "pcap" ? std::string_view() : std::string_view(kind);
}

/// The text without its last line, to plant a bug with.
void lose_a_line(made& m) {
    if (m.text.size() > 2) m.text.resize(m.text.size() - 2);
}

/// Every message begins where the text says, be it behind a mark of `curl -v`.
bool is_read_back(const made& m) {
    const std::vector<audit::message> messages = audit::read_messages(m.text);
    auto next = messages.begin();
    for (const authlint::text_origin& origin : m.origins) {
        next = std::find_if(next, messages.end(),
                            [&](const audit::message& x) { return x.start_line.offset >= origin.offset; });
        if (next == messages.end() || next->start == audit::start_kind::none) return false;
        const std::size_t behind = next->start_line.offset - origin.offset;
        if (behind != 0 && behind != 2) return false;
    }
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const fuzz::input in(data, size, 2);
    const fuzz::heap_copy copy(in.text());
    const std::string_view input = copy.view();
    if (audit::foreign_format_of(input) == audit::foreign_format::pcap) return 0;
    const std::string_view kind = kind_of(in.option(0));

    made whole = make(input, kind, std::string_view::npos);
    made cut = make(input, kind, 1 + in.option(1));
    if (planted("a_cut_loses_a_line")) lose_a_line(cut);
    require("pieces_do_not_matter", whole.text == cut.text && whole.opened == cut.opened &&
                                        whole.origins.size() == cut.origins.size() &&
                                        whole.unread.size() == cut.unread.size());
    if (!whole.opened) return 0;

    if (planted("the_second_message_has_no_place") && whole.origins.size() > 1) whole.origins[1].offset = 0;
    std::size_t least = 0;
    for (const authlint::text_origin& o : whole.origins) {
        require("origins_in_order", o.offset >= least && o.offset < whole.text.size());
        require("origins_have_labels", !(o.label.empty() || (planted("a_response_has_no_label") && o.offset != 0)));
        least = o.offset + 1;
    }
    if (planted("a_message_begins_later") && !whole.origins.empty()) whole.origins.back().offset += 1;
    require("messages_are_read_back", is_read_back(whole));
    if (planted("a_text_is_written_often")) {
        while (!whole.text.empty() && whole.text.size() <= 64 * input.size() + 4096) whole.text += whole.text;
    }
    require("text_is_bounded", whole.text.size() <= 64 * input.size() + 4096);
    if (planted("an_unread_part_has_no_reason") && !whole.unread.empty()) whole.unread[0].reason.clear();
    for (const authlint::unread_part& u : whole.unread)
        require("unread_is_told", !u.place.empty() && !u.reason.empty());
    return 0;
}

AUTHGRAMMAR_FUZZ_MUTATOR(2, authgrammar::fuzz::message_text)
