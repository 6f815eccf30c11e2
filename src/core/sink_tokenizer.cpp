#include <authgrammar/tokenizer.hpp>

#include "sink_consumer.hpp"

namespace authgrammar::detail {

tokenizer make_tokenizer(field f, edition e, const limits& bounds) noexcept { return tokenizer(f, e, bounds); }

error_code feed_to(tokenizer& t, std::string_view chunk, event_sink sink) noexcept {
    const sink_consumer to{sink};
    return t.feed(chunk, to);
}

error_code finish_to(tokenizer& t, event_sink sink) noexcept {
    const sink_consumer to{sink};
    return t.finish(to);
}

}  // namespace authgrammar::detail
