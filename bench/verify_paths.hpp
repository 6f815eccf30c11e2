#ifndef AUTHGRAMMAR_BENCH_VERIFY_PATHS_HPP
#define AUTHGRAMMAR_BENCH_VERIFY_PATHS_HPP

#include "path.hpp"

#include <memory>
#include <vector>

namespace authgrammar::bench {

/// Digest credentials with SHA-256, in the shape of digest_cred, but right for a server:
/// "<isa>/verify", from the field value to the verdict: read, the nonce checked, H(A1) looked up, the response computed and
/// compared. The replay check, which is the host's choice, is left out.
/// "yardstick/hashes", the two hashes of that by OpenSSL's functions alone, fetched before, of bytes that lie ready.
/// None if authgrammar::verify is not built.
std::vector<std::unique_ptr<path>> verify_paths();

}  // namespace authgrammar::bench

#endif
