#include "values/basic_value.hpp"

#include <authgrammar/schemes/basic.hpp>

#include "values/compute/composed.hpp"
#include "values/utf8.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace authgrammar::audit {

namespace {

bool is_composed(std::string_view text) {
    if (!has_non_ascii(text)) return true;
    std::optional<std::string> other = composed(text);
    if (other) std::fill(other->begin(), other->end(), '\0');
    return !other;
}

result<schemes::basic_credentials, schemes::scheme_error> decode(const challenge& credentials, std::string& buffer) {
    buffer.resize(credentials.end() - credentials.begin());
    return schemes::read_basic_credentials(credentials, buffer.data(), buffer.size());
}

}  // namespace

std::optional<schemes::scheme_error> basic_fault(const challenge& credentials) {
    if (!credentials.has_scheme("Basic") || !credentials.token68()) return std::nullopt;
    std::array<char, 256> room;
    const bool fits = credentials.end() - credentials.begin() <= room.size();
    std::string buffer;
    const auto read =
        fits ? schemes::read_basic_credentials(credentials, room.data(), room.size()) : decode(credentials, buffer);
    return read ? std::nullopt : std::optional(read.error());
}

std::optional<basic_characters> characters_of_basic(const challenge& credentials) {
    std::string buffer;
    const auto read = decode(credentials, buffer);
    if (!read) return std::nullopt;
    return basic_characters{is_utf8(read->user_id) && is_utf8(read->password),
                            is_composed(read->user_id) && is_composed(read->password)};
}

}  // namespace authgrammar::audit
