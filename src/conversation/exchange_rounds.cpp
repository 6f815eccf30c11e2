#include <authgrammar/conversation/exchange.hpp>

#include "rounds.hpp"
#include "settings.hpp"

#include <authgrammar/parse.hpp>
#include <authgrammar/verify/secure.hpp>

// Schemes of several rounds, in an exchange.

namespace authgrammar::conversation {

using policy::credentials_state;

/// The text itself if nothing in it is escaped, else a copy without the escapes; nothing if there is no room for one.
std::optional<std::string_view> exchange::keep(const text& t) noexcept {
    if (!t.quoted() || t.raw().find('\\') == std::string_view::npos) return t.raw();
    char* const copy = values_.data() + values_size_;
    const result<std::size_t> size = t.unescape(copy, values_.size() - values_size_);
    if (!size) return std::nullopt;
    values_size_ += *size;
    kept_size_ = values_size_;
    return std::string_view(copy, *size);
}

void exchange::forget_kept() noexcept {
    if (kept_size_ != 0) verify::wipe(values_.data(), kept_size_);
    kept_size_ = 0;
}

exchange_state exchange::check_round(const detail::offered_rounds& of) noexcept {
    const auto malformed = [this](const schemes::scheme_error& e) {
        return refuse(credentials_state::malformed,
                      {reason_code::malformed, verify::verify_code::none, e.code, e.offset, e.section, e.expected});
    };
    scheme_ = of.of.scheme->name;
    inline_event_buffer<64> events;
    const result<credentials> read = parse_credentials(settings_->credentials_field(), line_, events);
    if (!read) {
        schemes::scheme_error e{};
        e.code = schemes::scheme_error_code::malformed_value;
        e.offset = read.error().offset;
        e.section = read.error().section;
        e.expected = read.error().expected;
        return malformed(e);
    }
    const auto message = detail::read_round(of.of, *read);
    if (!message) return malformed(message.error());
    const auto token = keep(message->token);
    const auto session = keep(message->session);
    if (!token || !session) {
        return refuse(credentials_state::malformed, {reason_code::malformed, verify::verify_code::too_long});
    }
    token_ = *token;
    session_ = *session;
    rounds_ = &of;
    return wait_for(exchange_need::round);
}

exchange_state exchange::round_is(const round_verdict& verdict) noexcept {
    if (!answers(exchange_need::round)) return fail(reason_code::not_asked);
    round_ = verdict;
    switch (verdict.is) {
        case round_state::established:
            user_ = verdict.user;
            keeps_connection_ = rounds_->of.of_connection();
            return admit();
        case round_state::proceed:
            // Without a token the challenge would begin the handshake again.
            if (verdict.token.empty()) return fail(reason_code::not_answered);
            keeps_connection_ = rounds_->of.of_connection();
            return refuse(credentials_state::partial, {reason_code::next_round});
        case round_state::refused: break;
    }
    return refuse(credentials_state::invalid, {reason_code::wrong_credentials});
}

/// The last token of the server, for a client that it has authenticated. False if it cannot be written.
bool exchange::add_final_round() noexcept {
    if (round_.is != round_state::established || round_.token.empty()) return true;
    const field f = detail::final_round_field(rounds_->of, settings_->at_proxy());
    return add_value(f, detail::write_final_round(f, rounds_->of, {{}, round_.session, round_.token},
                                                  values_.data() + values_size_, values_.size() - values_size_));
}

}  // namespace authgrammar::conversation
