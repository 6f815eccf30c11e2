#include <authgrammar/policy/challenge_field.hpp>
#include <authgrammar/writer.hpp>

namespace authgrammar::policy {

std::optional<challenge_field> challenges_to_send(const outcome& o, const challenges& offered) {
    if (o.challenges == challenge_set::none) return std::nullopt;
    challenge_field sent;
    sent.name = o.proxy_authenticate == sending::must_not ? field::www_authenticate : field::proxy_authenticate;
    const write_result size = write_challenges(sent.name, offered, nullptr, 0);
    if (size.code != error_code::text_buffer_full) return std::nullopt;
    sent.value.resize(size.size);
    if (!write_challenges(sent.name, offered, &sent.value[0], sent.value.size())) return std::nullopt;
    return sent;
}

}  // namespace authgrammar::policy
