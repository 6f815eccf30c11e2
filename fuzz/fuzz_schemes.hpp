#ifndef AUTHGRAMMAR_FUZZ_SCHEMES_HPP
#define AUTHGRAMMAR_FUZZ_SCHEMES_HPP

#include "common/field_text.hpp"
#include "naive/typed.hpp"

#include <authgrammar/challenge.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/text.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace authgrammar::fuzz {

/// A challenge or credentials as the second reader wants them.
inline naive::typed_message message_of(const challenge& c) {
    naive::typed_message m;
    m.scheme = detail::unescaped(c.scheme());
    if (const auto token = c.token68()) m.token68 = detail::unescaped(*token);
    for (const auth_param p : c.params()) m.params.emplace_back(detail::unescaped(p.name), detail::unescaped(p.value));
    return m;
}

/// A server of Digest challenges, a client answers, and `line` says what becomes of the answer on its way back: see
/// fuzz_schemes_digest.cpp. `choices` is the algorithm, the user and what is offered.
void check_digest_between(std::string_view line, unsigned choices);

/// Reads a challenge or credentials of a field by the description of its scheme. Aborts if the reading leaves the value of
/// `size` bytes, loses a parameter, or refuses what the scheme's own reader takes.
void check_by_table(const challenge& c, field f, std::size_t size);

/// The same for the parameters of an -Info field, by each scheme that has any.
void check_info_by_table(const auth_params& params, std::size_t size);

}  // namespace authgrammar::fuzz

#endif
