#ifndef AUTHLINT_EXCERPT_HPP
#define AUTHLINT_EXCERPT_HPP

#include <authgrammar/audit/span.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace authlint {

/// A line with a mark under it.
struct excerpt {
    std::string line;
    std::string mark;  ///< spaces, then "^~~~"
};

/// Shows the part around `marked` of the stretch `line` of the input, whose bytes are `text`, at most about 100 columns of it, printable.
/// `hidden` stretches, in order and apart, are shown as "<redacted>"; a mark inside one stands at its start and
/// tells nothing of its length. Time is linear in what is shown, logarithmic in `hidden`.
[[nodiscard]] excerpt make_excerpt(std::string_view text, authgrammar::audit::span line,
                                   authgrammar::audit::span marked,
                                   const std::vector<authgrammar::audit::span>& hidden);

}  // namespace authlint

#endif
