#include <authgrammar/verify/precis.hpp>

#include "values/compute/composed.hpp"

namespace authgrammar::audit {

std::optional<std::string> composed(std::string_view text) {
    std::string out(3 * text.size(), '\0');
    const verify::precis_result made = verify::normalize(text, out.data(), out.size());
    if (!made) return std::nullopt;
    out.resize(made.size);
    return out == text ? std::nullopt : std::optional(std::move(out));
}

}  // namespace authgrammar::audit
