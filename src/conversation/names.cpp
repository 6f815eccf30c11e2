#include <authgrammar/conversation/answerer.hpp>
#include <authgrammar/conversation/exchange.hpp>

namespace authgrammar::conversation {

std::string_view name_of(exchange_state s) noexcept {
    switch (s) {
        case exchange_state::refused: return "refused";
        case exchange_state::pending: return "pending";
        case exchange_state::admitted: return "admitted";
        case exchange_state::preflight: break;
    }
    return "preflight";
}

std::string_view name_of(exchange_need n) noexcept {
    switch (n) {
        case exchange_need::nothing: return "nothing";
        case exchange_need::password_verdict: return "password_verdict";
        case exchange_need::user_secret: return "user_secret";
        case exchange_need::token_verdict: return "token_verdict";
        case exchange_need::body_hash: return "body_hash";
        case exchange_need::round: break;
    }
    return "round";
}

std::string_view name_of(reason_code code) noexcept {
    switch (code) {
        case reason_code::none: return "none";
        case reason_code::no_credentials: return "no_credentials";
        case reason_code::several_lines: return "several_lines";
        case reason_code::malformed: return "malformed";
        case reason_code::scheme_not_offered: return "scheme_not_offered";
        case reason_code::wrong_credentials: return "wrong_credentials";
        case reason_code::stale: return "stale";
        case reason_code::token_invalid: return "token_invalid";
        case reason_code::insufficient_scope: return "insufficient_scope";
        case reason_code::step_up: return "step_up";
        case reason_code::not_permitted: return "not_permitted";
        case reason_code::unsecured: return "unsecured";
        case reason_code::by_resource: return "by_resource";
        case reason_code::contradiction: return "contradiction";
        case reason_code::guard_unusable: return "guard_unusable";
        case reason_code::not_answered: return "not_answered";
        case reason_code::not_asked: return "not_asked";
        case reason_code::not_computable: return "not_computable";
        case reason_code::other_uri: return "other_uri";
        case reason_code::next_round: break;
    }
    return "next_round";
}

std::string_view name_of(attempt_state s) noexcept {
    switch (s) {
        case attempt_state::send: return "send";
        case attempt_state::pending: return "pending";
        case attempt_state::done: return "done";
        case attempt_state::give_up: break;
    }
    return "give_up";
}

std::string_view name_of(give_up_reason r) noexcept {
    switch (r) {
        case give_up_reason::none: return "none";
        case give_up_reason::no_challenge: return "no_challenge";
        case give_up_reason::malformed: return "malformed";
        case give_up_reason::unknown_scheme: return "unknown_scheme";
        case give_up_reason::no_account: return "no_account";
        case give_up_reason::unsecured: return "unsecured";
        case give_up_reason::already_tried: return "already_tried";
        case give_up_reason::refused: return "refused";
        case give_up_reason::wrong_proxy_status: return "wrong_proxy_status";
        case give_up_reason::not_computable: break;
    }
    return "not_computable";
}

}  // namespace authgrammar::conversation
