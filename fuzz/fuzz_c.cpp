// The C interface says what the C++ interface says. The input is read as field lines, as a value in pieces, and as parts to
// write, separated by LF; or it says what becomes of the messages of a conversation, as in fuzz_conversation.
// Options: four bytes: field and edition, and limits; cuts, or the schemes of a conversation; how parts are written and at
// which callback reading stops, or Digest's variants; which part of the interface, and who speaks for the client.

#include "fuzz_c.hpp"

#include "support/input.hpp"
#include "support/mutator.hpp"

#include <algorithm>

namespace authgrammar::fuzz {

authgrammar_options reading_options::for_c() const noexcept {
    authgrammar_options o;
    authgrammar_options_init(&o);
    o.edition = static_cast<authgrammar_edition>(e);
    o.limits = {bounds.total_bytes, bounds.name_length, bounds.value_length,
                bounds.challenges,  bounds.params,      bounds.empty_elements};
    return o;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

}  // namespace authgrammar::fuzz

namespace {

using namespace authgrammar;

/// Limits of which one is low: 0 for none.
limits bounds_for(unsigned option) {
    limits l = limits::none();
    switch (option % 7) {
        case 1: l.total_bytes = 16; break;
        case 2: l.name_length = 3; break;
        case 3: l.value_length = 4; break;
        case 4: l.challenges = 1; break;
        case 5: l.params = 2; break;
        case 6: l.empty_elements = 1; break;
        default: break;
    }
    return l;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const fuzz::input in(data, size, 4);
    const fuzz::reading_options how{in.field_option(0), in.edition_option(0), bounds_for(in.rest_option(0))};
    switch (in.option(3) % 8) {
        case 0:
        case 1:
            fuzz::read_through_c(how, in.text(), in.option(3) % 8 == 0 ? std::size_t{1} << 20 : in.option(1) % 32);
            break;
        case 2:
        case 3: fuzz::stream_through_c(how, in.text(), in.option(1), in.option(2)); break;
        case 4:
        case 5: fuzz::write_through_c(how.f, in.text(), in.option(1), in.option(2)); break;
        case 6: fuzz::misuse_c(how, in.text(), in.option(1)); break;
        default:
#if AUTHGRAMMAR_FUZZ_HAS_CONVERSATION
            fuzz::converse_through_c(in.text(), in.option(1), in.option(2), in.option(3) / 8 % 2 != 0);
#endif
            break;
    }
    return 0;
}

AUTHGRAMMAR_FUZZ_MUTATOR(4, authgrammar::fuzz::header_text)
