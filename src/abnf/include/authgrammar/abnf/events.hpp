#ifndef AUTHGRAMMAR_ABNF_EVENTS_HPP
#define AUTHGRAMMAR_ABNF_EVENTS_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "authgrammar/abnf/recogniser.hpp"

namespace authgrammar::abnf {

/// What a byte of an accepted value is. `value` is that of a token, `quoted` lies between the two DQUOTEs of a
/// quoted-string, which are `quote`; everything else is `separator`.
enum class role : std::uint8_t { separator, scheme, token68, name, value, quoted, quote };

std::string_view to_string(role r);

/// The parts of a field value, in the order in which they stand in it.
enum class event_kind : std::uint8_t {
    challenge_begin,  ///< a challenge, or credentials, begins with its scheme; an empty range
    scheme,           ///< auth-scheme
    token68,          ///< token68
    param_name,       ///< the name of an auth-param
    param_value,      ///< its value; a quoted one without the DQUOTEs and with the escapes
    challenge_end     ///< from the challenge's begin to the end of its scheme, token68 or last value, a closing
                      ///< DQUOTE included
};

/// The kind's name, `param_value` for example.
std::string_view to_string(event_kind kind);

/// An event with its range [begin, end), in bytes from the start of the value. `quoted` is set for values that
/// are quoted-strings. Authentication-Info values have names and values only.
struct event {
    event_kind kind;
    bool quoted = false;
    std::size_t begin = 0;
    std::size_t end = 0;
};

inline bool operator==(const event& a, const event& b) {
    return a.kind == b.kind && a.quoted == b.quoted && a.begin == b.begin && a.end == b.end;
}
inline bool operator!=(const event& a, const event& b) { return !(a == b); }

/// The events of a derivation of a field value, from the names of its rules alone. Linear in the tree.
std::vector<event> events_of(const derivation_tree& tree);

/// The events of a value whose bytes have these roles. Linear.
std::vector<event> events_of(const std::vector<role>& roles);

/// The role of every byte of a derivation. Linear in the tree.
std::vector<role> roles_of(const derivation_tree& tree);

}  // namespace authgrammar::abnf

#endif
