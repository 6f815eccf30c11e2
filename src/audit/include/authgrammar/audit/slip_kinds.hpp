#ifndef AUTHGRAMMAR_AUDIT_SLIP_KINDS_HPP
#define AUTHGRAMMAR_AUDIT_SLIP_KINDS_HPP

#include <string_view>
#include <vector>

namespace authgrammar::audit {

/// What a slip's id means.
struct slip_kind {
    std::string_view id;           ///< stable: "scheme-twice"
    std::string_view explanation;  ///< a sentence
};

/// The kind of every slip that correct() names, in the order of their ids. Of static storage.
[[nodiscard]] const std::vector<slip_kind>& all_slip_kinds();

}  // namespace authgrammar::audit

#endif
