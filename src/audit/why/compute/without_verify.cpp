#include <authgrammar/audit/why.hpp>

#include "why/compute/digest_hashes.hpp"

namespace authgrammar::audit {

struct digest_hashes::state {};

digest_hashes::digest_hashes() = default;
digest_hashes::~digest_hashes() = default;

bool digest_hashes::supports(schemes::digest_algorithm) const noexcept { return false; }
bool digest_hashes::gives(const digest_formula&, std::string_view) { return false; }
std::string digest_hashes::hashed_user(schemes::digest_algorithm, std::string_view, std::string_view) { return {}; }

std::string digest_hashes::hashed_body(schemes::digest_algorithm, std::string_view) { return {}; }

bool can_compute_digest() noexcept { return false; }

}  // namespace authgrammar::audit
