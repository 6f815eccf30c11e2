#include <authgrammar/verify/digest_server.hpp>
#include <authgrammar/verify/nonce.hpp>
#include <authgrammar/verify/precis.hpp>
#include <authgrammar/verify/replay.hpp>

namespace authgrammar::verify {

// Switches, so that the compiler finds a value without a name.

std::string_view name_of(precis_code code) noexcept {
    switch (code) {
        case precis_code::none: break;
        case precis_code::not_utf8: return "not_utf8";
        case precis_code::empty: return "empty";
        case precis_code::colon: return "colon";
        case precis_code::disallowed: return "disallowed";
        case precis_code::context: return "context";
        case precis_code::direction: return "direction";
        case precis_code::too_long: return "too_long";
        case precis_code::unstable: return "unstable";
        case precis_code::buffer_full: return "buffer_full";
    }
    return "none";
}

std::string_view name_of(nonce_verdict v) noexcept {
    switch (v) {
        case nonce_verdict::valid: return "valid";
        case nonce_verdict::malformed: return "malformed";
        case nonce_verdict::foreign: return "foreign";
        case nonce_verdict::expired: return "expired";
        case nonce_verdict::from_the_future: return "from_the_future";
        case nonce_verdict::unchecked: break;
    }
    return "unchecked";
}

std::string_view name_of(replay_verdict v) noexcept {
    switch (v) {
        case replay_verdict::first: return "first";
        case replay_verdict::seen: return "seen";
        case replay_verdict::forgotten: return "forgotten";
        case replay_verdict::full: break;
    }
    return "full";
}

std::string_view name_of(verdict v) noexcept {
    switch (v) {
        case verdict::accepted: return "accepted";
        case verdict::stale: return "stale";
        case verdict::refused: break;
    }
    return "refused";
}

}  // namespace authgrammar::verify
