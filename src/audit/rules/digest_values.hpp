#ifndef AUTHGRAMMAR_AUDIT_DIGEST_VALUES_HPP
#define AUTHGRAMMAR_AUDIT_DIGEST_VALUES_HPP

#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/reading.hpp>
#include <authgrammar/challenge.hpp>
#include <authgrammar/schemes/digest.hpp>
#include <authgrammar/text.hpp>

#include "rules/facts.hpp"

#include <cstddef>
#include <optional>

// What the rules about Digest (RFC 7616) want of values, and whether there is anything for them in a message.

namespace authgrammar::audit {

struct scheme_part;

/// The algorithm that a value names, MD5 without one; nothing if it is not registered. Linear.
[[nodiscard]] std::optional<schemes::digest_algorithm> digest_algorithm_of(const std::optional<text>& named);

/// The same of a challenge or credentials.
[[nodiscard]] std::optional<schemes::digest_algorithm> digest_algorithm_of(const challenge& c);

/// MD5 or MD5-sess.
[[nodiscard]] bool is_md5(schemes::digest_algorithm a) noexcept;

/// Whether nc is 0. Counting starts with 1 (RFC 7616, 3.4).
[[nodiscard]] bool is_zero_count(const text& nc) noexcept;

/// Whether a hash has so many hexadecimal digits, a multiple of eight, in lower case, as most have. Linear.
[[nodiscard]] bool is_usual_hash(const text& value, std::size_t digits) noexcept;

/// Whether each word of domain may be a URI or an absolute path (RFC 7616, 3.3), as far as its first characters tell. Linear.
[[nodiscard]] bool is_domain(const text& domain);

/// What there may be to say of a challenge or credentials of Digest in `m`, beside their violations: fact::digest_faults and
/// fact::digest_md5. Linear in the parameters.
[[nodiscard]] fact_set facts_of_digest(const scheme_part& p, const message& m);

/// The same of an -Info field that is in the grammar, if its parameters are Digest's; and fact::repeated_param if a name is there
/// twice, or one is not Digest's.
[[nodiscard]] fact_set facts_of_digest_info(const field_reading& r);

}  // namespace authgrammar::audit

#endif
