#include "kept_challenge.hpp"

#include <authgrammar/parse.hpp>

#include <algorithm>
#include <utility>

namespace authgrammar::conversation::detail {

bool kept_challenge::keep(field f, std::string value, schemes::tolerances allowed) {
    read_.reset();
    digest_.reset();
    value_ = std::move(value);
    memory_.resize(std::min<std::size_t>(2 * value_.size() + 8, most_events));
    event_buffer events(memory_.data(), memory_.size());
    const result<challenges> list = parse_challenges(f, value_, events);
    if (!list || list->empty()) return false;
    const challenge c = *list->begin();
    if (c.has_scheme("Digest")) {
        const auto digest = schemes::read_digest_challenge(c, allowed, f);
        if (!digest) return false;
        digest_ = *digest;
    }
    read_ = c;
    return true;
}

std::optional<std::string> kept_challenge::param(std::string_view name) const {
    const std::optional<auth_param> found = read_ ? read_->param(name) : std::nullopt;
    if (!found) return std::nullopt;
    return found->value.str();
}

}  // namespace authgrammar::conversation::detail
