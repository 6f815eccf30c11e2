#ifndef AUTHGRAMMAR_FUZZ_NAIVE_HOP_HPP
#define AUTHGRAMMAR_FUZZ_NAIVE_HOP_HPP

#include <authgrammar/field.hpp>
#include <authgrammar/policy/hop.hpp>

#include <optional>
#include <vector>

namespace authgrammar::fuzz {

/// What became of a field, and what the RFCs say of it. Without a field: the message as a whole is wrong.
struct expected_hop_finding {
    std::optional<field> about;
    policy::field_change change = policy::field_change::changed;
    policy::permission allowed = policy::permission::forbidden;
};

/// The comparison by docs/spaces.md, "What a hop may do": lists of texts, compared as they are and sorted.
[[nodiscard]] std::vector<expected_hop_finding> expect_hop(const policy::hop_message& received,
                                                           const policy::hop_message& sent,
                                                           policy::intermediary between);

}  // namespace authgrammar::fuzz

#endif
