#include <authgrammar/tokenizer.hpp>

#include "options.hpp"

#include <cstdint>
#include <new>
#include <string_view>
#include <type_traits>

using namespace authgrammar;
using namespace authgrammar::c;

namespace {

/// What is in the private memory of a tokenizer of C. It may be copied: its limits move with it.
struct state {
    tokenizer reads;
    limits bounds;
    std::uint32_t made;  ///< by which an initialised one is known
    std::uint32_t busy;
};
static_assert(sizeof(state) <= sizeof(authgrammar_tokenizer) && alignof(state) <= alignof(authgrammar_tokenizer));
static_assert(std::is_trivially_copyable_v<state>);

constexpr std::uint32_t is_made = 0x41474D52;

state* state_of(authgrammar_tokenizer* t) noexcept {
    auto* const s = std::launder(reinterpret_cast<state*>(t->private_state));
    s->reads.set_limits(s->bounds);
    return s;
}

struct event_consumer {
    const authgrammar_consumer& to;
    bool on_event(const event& e) noexcept {
        if (to.on_event == nullptr) return true;
        const authgrammar_event shown{static_cast<std::uint8_t>(e.kind), static_cast<std::uint8_t>(e.quoted ? 1 : 0), 0,
                                      e.begin, e.end};
        return to.on_event(to.context, &shown) == 0;
    }
};
struct text_consumer : event_consumer {
    bool on_text(text_role role, std::string_view fragment, std::uint64_t position) noexcept {
        return to.on_text(to.context, static_cast<authgrammar_text_role>(role), to_c(fragment), position) == 0;
    }
};

/// What a call has to say before the tokenizer is asked.
authgrammar_code why_not(const authgrammar_tokenizer* t) noexcept {
    if (t == nullptr) return AUTHGRAMMAR_ERR_INVALID_ARGUMENT;
    const auto* const s = std::launder(reinterpret_cast<const state*>(t->private_state));
    if (s->made != is_made) return AUTHGRAMMAR_ERR_NOT_INITIALISED;
    return s->busy != 0 ? AUTHGRAMMAR_ERR_BUSY : AUTHGRAMMAR_OK;
}

/// Calls `read(tokenizer, consumer)` with a consumer of the kind that is needed.
template <typename Read>
authgrammar_code with_consumer(authgrammar_tokenizer* t, const authgrammar_consumer* to, Read read) noexcept {
    static constexpr authgrammar_consumer nobody{};
    state* const s = state_of(t);
    const authgrammar_consumer& whom = to == nullptr ? nobody : *to;
    s->busy = 1;
    error_code code = error_code::none;
    if (whom.on_text != nullptr) {
        text_consumer consumer{{whom}};
        code = read(s->reads, consumer);
    } else {
        event_consumer consumer{whom};
        code = read(s->reads, consumer);
    }
    s->busy = 0;
    return static_cast<authgrammar_code>(code);
}

}  // namespace

authgrammar_code authgrammar_tokenizer_init(authgrammar_tokenizer* t, authgrammar_field f,
                                            const authgrammar_options* options) {
    if (t == nullptr) return AUTHGRAMMAR_ERR_INVALID_ARGUMENT;
    *t = {};
    parse_options how{};
    if (!is_field(f) || !read_options(options, how)) return AUTHGRAMMAR_ERR_INVALID_ARGUMENT;
    // Its limits are set before each use.
    ::new (static_cast<void*>(t->private_state))
        state{tokenizer(static_cast<field>(f), how.language), how.limit, is_made, 0};
    return AUTHGRAMMAR_OK;
}

authgrammar_code authgrammar_tokenizer_feed(authgrammar_tokenizer* t, const char* data, std::size_t size,
                                            const authgrammar_consumer* consumer) {
    if (!is_array(data, size)) return AUTHGRAMMAR_ERR_INVALID_ARGUMENT;
    if (const authgrammar_code why = why_not(t); why != AUTHGRAMMAR_OK) return why;
    return with_consumer(
        t, consumer, [&](tokenizer& reads, auto& to) noexcept { return reads.feed(std::string_view(data, size), to); });
}

authgrammar_code authgrammar_tokenizer_finish(authgrammar_tokenizer* t, const authgrammar_consumer* consumer) {
    if (const authgrammar_code why = why_not(t); why != AUTHGRAMMAR_OK) return why;
    return with_consumer(t, consumer, [](tokenizer& reads, auto& to) noexcept { return reads.finish(to); });
}

authgrammar_code authgrammar_tokenizer_error(const authgrammar_tokenizer* t, authgrammar_error* error) {
    if (const authgrammar_code why = why_not(t); why != AUTHGRAMMAR_OK) return refuse(why, error);
    state copy = *std::launder(reinterpret_cast<const state*>(t->private_state));
    copy.reads.set_limits(copy.bounds);
    return answer(copy.reads.last_error(), error);
}
