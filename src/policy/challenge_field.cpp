#include <authgrammar/policy/challenge_field.hpp>
#include <authgrammar/writer.hpp>

namespace authgrammar::policy {

std::optional<challenge_field> challenges_to_send(const outcome& o, const challenges& offered) {
    if (o.challenges == challenge_set::none) return std::nullopt;
    challenge_field sent;
    sent.name = o.proxy_authenticate == sending::must_not ? field::www_authenticate : field::proxy_authenticate;
    // What cannot be written has no size, and is refused again.
    sent.value.resize(write_challenges(sent.name, offered, nullptr, 0).size);
    if (!write_challenges(sent.name, offered, &sent.value[0], sent.value.size())) return std::nullopt;
    return sent;
}

}  // namespace authgrammar::policy
