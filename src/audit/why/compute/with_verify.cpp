#include <authgrammar/audit/why.hpp>
#include <authgrammar/verify/hash.hpp>

#include "common/field_text.hpp"
#include "why/compute/digest_hashes.hpp"

namespace authgrammar::audit {

struct digest_hashes::state {
    verify::hasher hashes;
};

digest_hashes::digest_hashes() : state_(std::make_unique<state>()) {}
digest_hashes::~digest_hashes() = default;

bool digest_hashes::supports(schemes::digest_algorithm a) const noexcept { return state_->hashes.supports(a); }

bool digest_hashes::gives(const digest_formula& f, std::string_view response) {
    verify::hasher& hashes = state_->hashes;
    verify::hex_hash a1;
    if (f.a1.hash.empty()) {
        a1 = hashes.a1(f.algorithm, f.a1.user, f.a1.realm, f.a1.password);
    } else {
        a1.assign(f.a1.hash);
    }
    if (a1.empty()) return false;
    if (is_session(f.algorithm)) {
        a1 = hashes.session_a1(f.algorithm, a1.view(), text(f.nonce), text(f.session_cnonce));
    }
    const verify::response_input input{f.algorithm,    f.qop,    a1.view(),   text(f.nonce), f.nc,
                                       text(f.cnonce), f.method, text(f.uri), f.body_hash};
    return hashes.response(input).equals(detail::lower(response));
}

std::string digest_hashes::hashed_user(schemes::digest_algorithm a, std::string_view user, std::string_view realm) {
    return std::string(state_->hashes.username(a, user, realm).view());
}

std::string digest_hashes::hashed_body(schemes::digest_algorithm a, std::string_view body) {
    verify::body_hash all(state_->hashes, a);
    all.feed(body);
    return std::string(all.finish().view());
}

bool can_compute_digest() noexcept { return true; }

}  // namespace authgrammar::audit
