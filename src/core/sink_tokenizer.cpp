#include <authgrammar/tokenizer.hpp>

namespace authgrammar::detail {

namespace {

struct forward {
    event_sink sink;
    bool on_event(const event& e) const noexcept { return sink(e); }
};

}  // namespace

tokenizer make_tokenizer(field f, edition e, const limits& bounds) noexcept { return tokenizer(f, e, bounds); }

error_code feed_to(tokenizer& t, std::string_view chunk, event_sink sink) noexcept {
    const forward to{sink};
    return t.feed(chunk, to);
}

error_code finish_to(tokenizer& t, event_sink sink) noexcept {
    const forward to{sink};
    return t.finish(to);
}

}  // namespace authgrammar::detail
