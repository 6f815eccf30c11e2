#include "lint/linted_file.hpp"

#include <algorithm>
#include <utility>

namespace authlint {

linted_file::linted_file(std::string given, std::string_view held, const std::vector<authgrammar::audit::message>& read)
    : name(std::move(given)), bytes(held), messages(read), line_starts_{0} {
    for (std::size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
        line_starts_.push_back(at + 1);
    }
}

text_place linted_file::place_of(std::size_t offset) const {
    const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
    return {static_cast<std::size_t>(after - line_starts_.begin()), offset - *(after - 1) + 1};
}

}  // namespace authlint
