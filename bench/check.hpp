#ifndef AUTHGRAMMAR_BENCH_CHECK_HPP
#define AUTHGRAMMAR_BENCH_CHECK_HPP

#include "path.hpp"

#include <memory>
#include <string>
#include <vector>

namespace authgrammar::bench {

/// What the judge says of a whole item.
struct item_truth {
    std::string verdict;                 ///< "accept", "reject", or "mixed" if it depends on the value
    std::vector<bool> valid;             ///< of each value
    std::vector<std::uint64_t> spans;    ///< of each value; 0 if it is not valid
    std::vector<std::uint64_t> schemes;  ///< those of the spans that are schemes

    /// The average of the values that are valid.
    [[nodiscard]] double spans_per_value() const noexcept;
};

/// Reads every value of the item by the judge and by every path that takes it, and adds a line to `failures` for
/// every path whose verdict, error offset, events or spans differ from the judge's in some value, and for an item
/// whose values do not have the spans that it says.
item_truth check_item(const item& of, const std::vector<std::unique_ptr<path>>& paths,
                      std::vector<std::string>& failures);

}  // namespace authgrammar::bench

#endif
