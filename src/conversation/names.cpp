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

namespace {

struct reason_description {
    std::string_view name;
    std::string_view explanation;
};

/// A switch, so that the compiler finds a code without a description.
[[nodiscard]] reason_description describe(reason_code code) noexcept {
    using is = reason_code;
    switch (code) {
        case is::none: break;
        case is::no_credentials: return {"no_credentials", "There are no credentials."};
        case is::several_lines:
            return {"several_lines",
                    "There is more than one field line of credentials: nobody knows which one counts."};
        case is::malformed: return {"malformed", "The value cannot be read as credentials of its scheme."};
        case is::scheme_not_offered:
            return {"scheme_not_offered", "The credentials are of a scheme that is not offered."};
        case is::wrong_credentials: return {"wrong_credentials", "The credentials are not right."};
        case is::stale:
            return {"stale",
                    "The password is right, but not with this nonce: the client repeats the request with the new one."};
        case is::token_invalid: return {"token_invalid", "The host does not know the token, or no longer takes it."};
        case is::insufficient_scope: return {"insufficient_scope", "The token is valid, and does not cover this."};
        case is::step_up: return {"step_up", "The user has to authenticate again, or more strongly."};
        case is::not_permitted: return {"not_permitted", "The host has said that whoever this is may not have it."};
        case is::unsecured: return {"unsecured", "The request did not come over a secured connection."};
        case is::by_resource: return {"by_resource", "The resource is absent, or has moved."};
        case is::contradiction: return {"contradiction", "What the host says of the resource cannot be true together."};
        case is::guard_unusable:
            return {"guard_unusable", "The options of the guard are unusable: guard::why_not() says why."};
        case is::not_answered:
            return {"not_answered", "The host cannot answer what it was asked, or has no function for it."};
        case is::not_asked: return {"not_asked", "The host has answered what it was not asked."};
        case is::not_computable:
            return {"not_computable", "OpenSSL cannot compute something, or an answer does not fit."};
        case is::other_uri: return {"other_uri", "Digest's uri is not the request-target: perhaps an attack."};
        case is::next_round:
            return {"next_round", "Nothing is wrong: the handshake goes on with the client's next request."};
    }
    return {"none", "The request is not refused."};
}

}  // namespace

std::string_view name_of(reason_code code) noexcept { return describe(code).name; }
std::string_view explain(reason_code code) noexcept { return describe(code).explanation; }

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
