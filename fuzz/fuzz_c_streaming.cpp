// Reading in pieces through C: the callbacks are called with the same, in the same order, and stop the reading alike.

#include "fuzz_c.hpp"

#include "support/input.hpp"
#include "support/oracle.hpp"
#include "support/random.hpp"

#include <authgrammar/tokenizer.hpp>

#include <algorithm>
#include <string>

namespace authgrammar::fuzz {

namespace {

/// One call of a consumer: an event, or a fragment of text.
struct call {
    event e{};
    text_role role{};
    std::string fragment{};
    std::uint64_t position = 0;
    friend bool operator==(const call& a, const call& b) {
        return a.e == b.e && a.role == b.role && a.fragment == b.fragment && a.position == b.position;
    }
};

/// What a consumer was told, and the call at which it stops.
struct record {
    std::size_t stop;
    std::vector<call> calls{};

    bool add(call c) {
        calls.push_back(std::move(c));
        return calls.size() != stop;
    }
};

struct event_recorder {
    record& to;
    bool on_event(const event& e) noexcept { return to.add({e, {}, {}, 0}); }
};
struct text_recorder : event_recorder {
    bool on_text(text_role role, std::string_view fragment, std::uint64_t position) noexcept {
        return to.add({{}, role, std::string(fragment), position});
    }
};

int record_event(void* context, const authgrammar_event* e) {
    const event made{static_cast<event_kind>(e->kind), e->quoted != 0, e->begin, e->end};
    return static_cast<record*>(context)->add({made, {}, {}, 0}) ? 0 : 1;
}
int record_text(void* context, authgrammar_text_role role, authgrammar_text fragment, std::uint64_t position) {
    std::string bytes(view(fragment));
    if (planted("a_fragment_loses_its_last_byte") && bytes.size() > 3) bytes.pop_back();
    return static_cast<record*>(context)->add({{}, static_cast<text_role>(role), std::move(bytes), position}) ? 0 : 1;
}

/// Feeds the value to both, in the same pieces, and finishes them.
template <typename Recorder>
void stream(const reading_options& how, std::string_view value, random_source random, std::size_t stop,
            const authgrammar_consumer& callbacks) {
    record cpp{stop};
    record c{stop};
    Recorder recorder{{cpp}};
    authgrammar_consumer consumer = callbacks;
    consumer.context = &c;
    tokenizer of_cpp(how.f, how.e, how.bounds);
    authgrammar_tokenizer of_c;
    const authgrammar_options options = how.for_c();
    require("tokenizer_is_made", authgrammar_tokenizer_init(&of_c, to_c(how.f), &options) == AUTHGRAMMAR_OK &&
                                     !(planted("no_tokenizer_for_proxies") && how.f == field::proxy_authenticate));

    const auto agree = [&](authgrammar_code said, error_code wanted) {
        authgrammar_error why{};
        const bool codes = static_cast<int>(said) == static_cast<int>(wanted) &&
                           authgrammar_tokenizer_error(&of_c, &why) == why.code && same(why, of_cpp.last_error());
        require("pieces_get_the_same_answer",
                codes && !(planted("a_stop_is_no_error") && wanted == error_code::stopped));
        bool calls = c.calls == cpp.calls;
        if (planted("a_callback_is_called_twice") && c.calls.size() == 7) calls = false;
        require("callbacks_are_called_alike", calls);
        return wanted == error_code::none;
    };
    bool goes_on = true;
    while (goes_on && !value.empty()) {
        const heap_copy piece(value.substr(0, random.below(9)));
        value.remove_prefix(piece.view().size());
        // A copy goes on where the original was.
        const authgrammar_tokenizer copy = of_c;
        if (random.below(4) == 0) of_c = copy;
        const error_code wanted = of_cpp.feed(piece.view(), recorder);
        goes_on = agree(authgrammar_tokenizer_feed(&of_c, piece.view().data(), piece.view().size(), &consumer), wanted);
    }
    agree(authgrammar_tokenizer_finish(&of_c, &consumer), of_cpp.finish(recorder));
    // Misuse is answered alike, too.
    agree(authgrammar_tokenizer_feed(&of_c, "x", 1, &consumer), of_cpp.feed("x", recorder));
    agree(authgrammar_tokenizer_finish(&of_c, &consumer), of_cpp.finish(recorder));
}

}  // namespace

void stream_through_c(const reading_options& how, std::string_view value, unsigned cuts, unsigned stop) {
    const std::size_t at = stop % 3 == 0 ? 1 + stop / 3 : 0;
    stream<event_recorder>(how, value, random_source(cuts), at, {record_event, nullptr, nullptr});
    stream<text_recorder>(how, value, random_source(cuts), at, {record_event, record_text, nullptr});
}

}  // namespace authgrammar::fuzz
